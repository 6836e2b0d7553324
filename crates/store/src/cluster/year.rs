//! A cluster's year around its scoring: meetings with who came, the rule for flags, moves between clusters, signatures of
//! frozen rankings; only added to.
//!
//! Readers find the cluster within reach first ([`super::clusters`]): it is seen whole or not at all.

use std::collections::BTreeMap;

use thidua_base::code::{ClusterCode, TenantId};
use thidua_domain::Scope;
use thidua_domain::cluster::flags::{Barred, FlagRules};
use thidua_domain::cluster::meeting::{Attendance, Meeting, MeetingKind};
use thidua_domain::cluster::opening::Signed;
use thidua_domain::cluster::scheme::FlagRule;
use thidua_domain::cluster::seat::Move;
use thidua_domain::cluster::{ClusterMember, ClusterRole};
use thidua_domain::{Origin, Provenance};

use crate::column::{Cells, Word};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_MEETING = "
        INSERT INTO cluster_meeting (
            tenant, cluster, year, number, revision, kind, held_on, place, chaired_by, chair, scribe,
            agenda, conclusions, decided, entered_by, entered_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    INSERT_ATTENDANCE = "
        INSERT INTO cluster_attendance (tenant, cluster, year, number, revision, ordinal, unit, came, person)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    MEETINGS = "
        SELECT cluster, year, number, revision, kind, held_on, place, chaired_by, chair, scribe,
            agenda, conclusions, decided, entered_by, entered_at
        FROM cluster_meeting
        WHERE tenant = $1 AND cluster = $2 AND year = $3
        ORDER BY number, revision",
    ATTENDANCES = "
        SELECT number, revision, unit, came, person
        FROM cluster_attendance
        WHERE tenant = $1 AND cluster = $2 AND year = $3
        ORDER BY number, revision, ordinal",
    INSERT_FLAG_RULE = "
        INSERT INTO cluster_flag_rule (tenant, cluster, year, revision, least, least_scale, entered_by, entered_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    INSERT_FLAG_PLACE = "
        INSERT INTO cluster_flag_place (tenant, cluster, year, revision, ordinal, honour, places, grade)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    INSERT_FLAG_BAR = "
        INSERT INTO cluster_flag_bar (tenant, cluster, year, revision, unit, reason)
        VALUES ($1, $2, $3, $4, $5, $6)",
    FLAG_RULE = "
        SELECT revision, least, least_scale, entered_by, entered_at
        FROM cluster_flag_rule
        WHERE tenant = $1 AND cluster = $2 AND year = $3
        ORDER BY revision DESC
        LIMIT 1",
    FLAG_PLACES = "
        SELECT honour, places, grade
        FROM cluster_flag_place
        WHERE tenant = $1 AND cluster = $2 AND year = $3 AND revision = $4
        ORDER BY ordinal",
    FLAG_BARS = "
        SELECT unit, reason
        FROM cluster_flag_bar
        WHERE tenant = $1 AND cluster = $2 AND year = $3 AND revision = $4
        ORDER BY unit",
    INSERT_MOVE = "
        INSERT INTO cluster_move (
            tenant, year, number, unit, from_cluster, to_cluster, moved_on, reason, entered_by, entered_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    MOVES = "
        SELECT unit, year, from_cluster, to_cluster, moved_on, reason, entered_by, entered_at
        FROM cluster_move
        WHERE tenant = $1 AND year = $2
        ORDER BY moved_on, number",
    LAST_MEMBER = "
        SELECT MAX(ordinal)
        FROM cluster_member
        WHERE tenant = $1 AND cluster = $2 AND year = $3",
    INSERT_JOINED = "
        INSERT INTO cluster_member (
            tenant, cluster, year, ordinal, unit, role,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    INSERT_SIGNATURE = "
        INSERT INTO cluster_signature (tenant, cluster, year, public_key, signature, signed_at)
        VALUES ($1, $2, $3, $4, $5, $6)",
    SIGNATURE = "
        SELECT public_key, signature, signed_at
        FROM cluster_signature
        WHERE tenant = $1 AND cluster = $2 AND year = $3",
);

/// Keeps minutes with who came; the same number and revision twice is a [`Error::Clash`] of `cluster_meeting_pk`.
pub fn add_meeting(tx: &mut Tx, tenant: &TenantId, meeting: &Meeting) -> Result<(), Error> {
    let key = || key(tenant, &meeting.cluster, meeting.year).with(meeting.number).with(meeting.revision);
    let row = key()
        .with(meeting.kind)
        .with(meeting.held_on)
        .with(&meeting.place)
        .with(&meeting.chaired_by)
        .with(&meeting.chair)
        .with(&meeting.scribe)
        .with(&meeting.agenda.join("\n"))
        .with(&meeting.conclusions.join("\n"))
        .with(&meeting.decided.join("\n"))
        .with(&meeting.by)
        .with(meeting.at);
    tx.execute(&INSERT_MEETING, &Vec::from(row))?;
    let rows =
        meeting.attendance.iter().enumerate().map(|(at, one)| {
            key().place(at).with(&one.unit).with(if one.came { CAME } else { ABSENT }).with(&one.person)
        });
    tx.insert_many(&INSERT_ATTENDANCE, rows)
}

const CAME: &str = "came";
const ABSENT: &str = "absent";

/// The meetings of a cluster's year by number, each as its minutes were written last.
pub fn meetings(tx: &mut Tx, scope: &Scope, cluster: &ClusterCode, year: i16) -> Result<Vec<Meeting>, Error> {
    let values = Vec::from(key(&scope.tenant, cluster, year));
    let mut came: BTreeMap<(i64, i64), Vec<Attendance>> = BTreeMap::new();
    let read = tx.query(&ATTENDANCES, &values, |row| {
        let of: (i64, i64) = (row.next()?, row.next()?);
        let unit = row.next()?;
        let word: String = row.next()?;
        Ok((of, Attendance { unit, came: word == CAME, person: row.next()? }))
    })?;
    for (of, one) in read {
        came.entry(of).or_default().push(one);
    }
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    let all = tx.query(&MEETINGS, &values, |row| {
        let (cluster, year, number, revision) = (row.next()?, row.next()?, row.next()?, row.next()?);
        let (kind, held_on, place) = (row.next()?, row.next()?, row.next()?);
        let (chaired_by, chair, scribe) = (row.next()?, row.next()?, row.next()?);
        let (agenda, conclusions, decided): (String, String, String) = (row.next()?, row.next()?, row.next()?);
        Ok(Meeting {
            cluster,
            year,
            number,
            revision,
            kind,
            held_on,
            place,
            chaired_by,
            chair,
            scribe,
            agenda: lines(&agenda),
            conclusions: lines(&conclusions),
            decided: lines(&decided),
            attendance: came.remove(&(number, revision)).unwrap_or_default(),
            by: row.next()?,
            at: row.next()?,
        })
    })?;
    let last: BTreeMap<i64, Meeting> = all.into_iter().map(|meeting| (meeting.number, meeting)).collect();
    Ok(last.into_values().collect())
}

/// Keeps a rule for flags; the same revision twice is a [`Error::Clash`] of `cluster_flag_rule_pk`.
pub fn set_flag_rule(
    tx: &mut Tx,
    tenant: &TenantId,
    cluster: &ClusterCode,
    year: i16,
    rules: &FlagRules,
) -> Result<(), Error> {
    let key = || key(tenant, cluster, year).with(rules.revision);
    let row = key().number(rules.least_points).with(&rules.by).with(rules.at);
    tx.execute(&INSERT_FLAG_RULE, &Vec::from(row))?;
    let places = rules.rules.iter().enumerate().map(|(at, rule)| {
        let many = i64::try_from(rule.places).unwrap_or(i64::MAX);
        key().place(at).with(&rule.honour).with(many).with(rule.least.as_deref())
    });
    tx.insert_many(&INSERT_FLAG_PLACE, places)?;
    let bars = rules.barred.iter().map(|bar| key().with(&bar.unit).with(&bar.reason));
    tx.insert_many(&INSERT_FLAG_BAR, bars)
}

/// The rule for flags of a cluster's year, as it was set last.
pub fn flag_rule(tx: &mut Tx, scope: &Scope, cluster: &ClusterCode, year: i16) -> Result<Option<FlagRules>, Error> {
    let of = || key(&scope.tenant, cluster, year);
    let head = tx.query_first(&FLAG_RULE, &Vec::from(of()), |row| {
        let (revision, least_points) = (row.next()?, row.number_or_none()?);
        Ok(FlagRules {
            revision,
            rules: Vec::new(),
            least_points,
            barred: Vec::new(),
            by: row.next()?,
            at: row.next()?,
        })
    })?;
    let Some(mut rules) = head else { return Ok(None) };
    let values = Vec::from(of().with(rules.revision));
    rules.rules = tx.query(&FLAG_PLACES, &values, |row| {
        let honour = row.next()?;
        let places: i64 = row.next()?;
        Ok(FlagRule { honour, places: usize::try_from(places).unwrap_or(0), least: row.next()? })
    })?;
    rules.barred = tx.query(&FLAG_BARS, &values, |row| Ok(Barred { unit: row.next()?, reason: row.next()? }))?;
    Ok(Some(rules))
}

/// Keeps a move, the next after `last`, and puts the unit after the members of the cluster it came into.
pub fn add_move(tx: &mut Tx, tenant: &TenantId, last: i64, one: &Move) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(one.year)
        .with(last + 1)
        .with(&one.unit)
        .with(one.from.as_ref().map(ClusterCode::as_str))
        .with(one.to.as_ref().map(ClusterCode::as_str))
        .with(one.on)
        .with(&one.reason)
        .with(&one.by)
        .with(one.at);
    tx.execute(&INSERT_MOVE, &Vec::from(row))?;
    let Some(to) = &one.to else { return Ok(()) };
    let ordinal: Option<Option<i64>> =
        tx.query_first(&LAST_MEMBER, &Vec::from(key(tenant, to, one.year)), |row| row.next())?;
    let provenance = Provenance { origin: Origin::Reported, source: one.reason.clone() };
    let member = ClusterMember { unit: one.unit.clone(), role: ClusterRole::Member, provenance };
    let row = key(tenant, to, one.year)
        .with(ordinal.flatten().unwrap_or(0) + 1)
        .with(&member.unit)
        .with(member.role)
        .provenance(&member.provenance);
    tx.execute(&INSERT_JOINED, &Vec::from(row)).map(drop)
}

/// The moves of a year between all clusters of the tenant, by day.
pub fn moves(tx: &mut Tx, scope: &Scope, year: i16) -> Result<Vec<Move>, Error> {
    tx.query(&MOVES, &Vec::from(Cells::of(&scope.tenant).with(year)), |row| {
        Ok(Move {
            unit: row.next()?,
            year: row.next()?,
            from: row.next()?,
            to: row.next()?,
            on: row.next()?,
            reason: row.next()?,
            by: row.next()?,
            at: row.next()?,
        })
    })
}

/// Keeps the signature of a frozen ranking; a second one is a [`Error::Clash`] of `cluster_signature_pk`.
pub fn sign(tx: &mut Tx, tenant: &TenantId, cluster: &ClusterCode, year: i16, signed: &Signed) -> Result<(), Error> {
    let row = key(tenant, cluster, year).with(&signed.public_key).with(&signed.signature).with(signed.at);
    tx.execute(&INSERT_SIGNATURE, &Vec::from(row)).map(drop)
}

/// The signature of a frozen ranking.
pub fn signature(tx: &mut Tx, scope: &Scope, cluster: &ClusterCode, year: i16) -> Result<Option<Signed>, Error> {
    tx.query_first(&SIGNATURE, &Vec::from(key(&scope.tenant, cluster, year)), |row| {
        Ok(Signed { public_key: row.next()?, signature: row.next()?, at: row.next()? })
    })
}

fn key(tenant: &TenantId, cluster: &ClusterCode, year: i16) -> Cells {
    Cells::of(tenant).with(cluster).with(year)
}

impl Word for MeetingKind {
    const ALL: &'static [Self] = &MeetingKind::ALL;

    fn word(self) -> &'static str {
        Self::word(self)
    }
}
