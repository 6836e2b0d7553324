//! Rounds, lists, and dossiers with what happened to each; only added to.

pub mod matter;
pub mod paper;

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::TenantId;
use thidua_domain::Scope;
use thidua_domain::actor::Verb;
use thidua_domain::dossier::{
    Act, Batch, Dossier, DossierId, Event, JudgedFinding, Judgement, NamedField, Round, RoundId, Stop, StopCause,
};
use thidua_domain::subject::{Entered, SubjectId};
use thidua_law::answer::Verdict;
use thidua_law::table::Said;
use thidua_law::vocabulary::Confidence;

use crate::column::{Cells, Word, scope_values, set};
use crate::engine::{Row, Tx, Value};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_ROUND = "
        INSERT INTO award_round (
            tenant, id, unit, year, kind, name, opens_on, closes_on,
            origin, low, low_scale, high, high_scale, source, opened_by, opened_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    ROUNDS = "
        SELECT id, unit, year, kind, name, opens_on, closes_on,
            origin, low, low_scale, high, high_scale, source, opened_by, opened_at
        FROM award_round
        WHERE tenant = $1
        ORDER BY closes_on DESC, opened_at DESC, id",
    INSERT_BATCH = "
        INSERT INTO dossier_batch (tenant, id, round, unit, title, made_by, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    BATCHES = "
        SELECT dossier_batch.id, round, dossier_batch.unit, title, made_by, made_at
        FROM dossier_batch
        JOIN award_round ON award_round.tenant = dossier_batch.tenant AND award_round.id = dossier_batch.round
        WHERE dossier_batch.tenant = $1
            AND (
                CAST($2 AS TEXT) IS NULL
                OR dossier_batch.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR award_round.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
            )
            AND round = $3
        ORDER BY made_at, dossier_batch.id",
    INSERT_DOSSIER = "
        INSERT INTO dossier (
            tenant, id, round, batch, unit, subject, honour, year, achievement,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    DOSSIERS = "
        SELECT dossier.id, round, batch, dossier.unit, subject, honour, dossier.year, achievement,
            dossier.origin, dossier.low, dossier.low_scale, dossier.high, dossier.high_scale, dossier.source
        FROM dossier
        JOIN award_round ON award_round.tenant = dossier.tenant AND award_round.id = dossier.round
        WHERE dossier.tenant = $1
            AND (
                CAST($2 AS TEXT) IS NULL
                OR dossier.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR award_round.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
            )
            AND (CAST($3 AS TEXT) IS NULL OR round = CAST($3 AS TEXT))
            AND (CAST($4 AS TEXT) IS NULL OR dossier.id IN (SELECT value FROM json_each(CAST($4 AS TEXT))))
            AND (CAST($5 AS TEXT) IS NULL OR subject IN (SELECT value FROM json_each(CAST($5 AS TEXT))))
            AND (CAST($6 AS BIGINT) IS NULL OR dossier.year = CAST($6 AS BIGINT))
        ORDER BY dossier.id",
    INSERT_EVENT = "
        INSERT INTO dossier_event (tenant, dossier, ordinal, verb, reason, done_by, account, done_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    EVENTS = "
        SELECT dossier, ordinal, verb, reason, done_by, account, done_at
        FROM json_each(CAST($2 AS TEXT)) AS asked
        CROSS JOIN dossier_event
        WHERE dossier_event.tenant = $1 AND dossier_event.dossier = asked.value
        ORDER BY dossier, ordinal",
    INSERT_FIELD = "
        INSERT INTO dossier_named_field (tenant, dossier, ordinal, place, field, reason)
        VALUES ($1, $2, $3, $4, $5, $6)",
    FIELDS = "
        SELECT dossier, ordinal, field, reason
        FROM json_each(CAST($2 AS TEXT)) AS asked
        CROSS JOIN dossier_named_field
        WHERE dossier_named_field.tenant = $1 AND dossier_named_field.dossier = asked.value
        ORDER BY dossier, ordinal, place",
    INSERT_JUDGEMENT = "
        INSERT INTO dossier_judgement (
            tenant, dossier, ordinal, asked_on, law_on, rule, rule_cite, version_from, book, outcome
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    JUDGEMENTS = "
        SELECT dossier, ordinal, asked_on, law_on, rule, rule_cite, version_from, book, outcome
        FROM json_each(CAST($2 AS TEXT)) AS asked
        CROSS JOIN dossier_judgement
        WHERE dossier_judgement.tenant = $1 AND dossier_judgement.dossier = asked.value
        ORDER BY dossier, ordinal",
    INSERT_FINDING = "
        INSERT INTO dossier_finding (
            tenant, dossier, ordinal, place, path, said_vi, said_en, verdict, cite, confidence, part, missing_vi,
            missing_en
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    FINDINGS = "
        SELECT ordinal, path, said_vi, said_en, verdict, cite, confidence, part, missing_vi, missing_en
        FROM dossier_finding
        WHERE tenant = $1 AND dossier = $2
        ORDER BY ordinal, place",
    INSERT_STOP = "
        INSERT INTO dossier_stop (tenant, dossier, ordinal, cause, from_on, until_on, reason, stopped_by, stopped_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    STOPS = "
        SELECT dossier, cause, from_on, until_on, reason, stopped_by, stopped_at
        FROM json_each(CAST($2 AS TEXT)) AS asked
        CROSS JOIN dossier_stop
        WHERE dossier_stop.tenant = $1 AND dossier_stop.dossier = asked.value
        ORDER BY dossier, ordinal",
);

/// The words of a finding's part.
const GATE: &str = "gate";
const CONDITION: &str = "condition";

/// Which dossiers are read; what is `None` narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of a round.
    pub round: Option<RoundId>,
    /// These.
    pub ids: Option<Vec<DossierId>>,
    /// Of these nominees.
    pub subjects: Option<Vec<SubjectId>>,
    /// Of an award year.
    pub year: Option<i16>,
}

/// Adds a round.
pub fn open_round(tx: &mut Tx, tenant: &TenantId, round: &Round) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&round.id)
        .with(&round.unit)
        .with(round.year)
        .with(round.kind)
        .with(&round.name)
        .with(round.opens)
        .with(round.closes)
        .provenance(&round.provenance)
        .with(&round.entered.by)
        .with(round.entered.at);
    tx.execute(&INSERT_ROUND, &Vec::from(row)).map(drop)
}

/// Every round of the tenant, the one that closes last first: a round calls on everyone.
pub fn rounds(tx: &mut Tx, tenant: &TenantId) -> Result<Vec<Round>, Error> {
    tx.query(&ROUNDS, &[tenant.into()], |row| {
        Ok(Round {
            id: row.next()?,
            unit: row.next()?,
            year: row.next()?,
            kind: row.next()?,
            name: row.next()?,
            opens: row.next()?,
            closes: row.next()?,
            provenance: row.provenance()?,
            entered: Entered { by: row.next()?, at: row.next()?, reason: String::new() },
        })
    })
}

/// Adds a list.
pub fn make_batch(tx: &mut Tx, tenant: &TenantId, batch: &Batch) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&batch.id)
        .with(&batch.round)
        .with(&batch.unit)
        .with(&batch.title)
        .with(&batch.by)
        .with(batch.at);
    tx.execute(&INSERT_BATCH, &Vec::from(row)).map(drop)
}

/// The lists of a round whose unit, or whose round's unit, is in reach, oldest first.
pub fn batches(tx: &mut Tx, scope: &Scope, round: &RoundId) -> Result<Vec<Batch>, Error> {
    let mut values = scope_values(scope);
    values.push(round.into());
    tx.query(&BATCHES, &values, |row| {
        Ok(Batch {
            id: row.next()?,
            round: row.next()?,
            unit: row.next()?,
            title: row.next()?,
            by: row.next()?,
            at: row.next()?,
        })
    })
}

/// Adds dossiers with what happened to them so far.
pub fn insert(tx: &mut Tx, tenant: &TenantId, dossiers: &[Dossier]) -> Result<(), Error> {
    let rows = dossiers.iter().map(|one| {
        Cells::of(tenant)
            .with(&one.id)
            .with(&one.round)
            .with(one.batch.as_ref())
            .with(&one.unit)
            .with(&one.subject)
            .with(&one.honour)
            .with(one.year)
            .with(&one.achievement)
            .provenance(&one.provenance)
    });
    tx.insert_many(&INSERT_DOSSIER, rows)?;
    let all = dossiers.iter().flat_map(|one| one.events.iter().enumerate().map(|(at, event)| (&one.id, at, event)));
    add_events(tx, tenant, &all.collect::<Vec<_>>())
}

/// Adds what happened to a dossier over the version that was loaded; where something else happened meanwhile it is a
/// [`Error::Clash`] of `dossier_event_pk`.
pub fn append(tx: &mut Tx, tenant: &TenantId, done: &[(&Dossier, Event)]) -> Result<(), Error> {
    let rows: Vec<(&DossierId, usize, &Event)> =
        done.iter().map(|(dossier, event)| (&dossier.id, dossier.version(), event)).collect();
    add_events(tx, tenant, &rows)
}

/// Adds events, each with the number of those before it.
fn add_events(tx: &mut Tx, tenant: &TenantId, rows: &[(&DossierId, usize, &Event)]) -> Result<(), Error> {
    let key = |id: &DossierId, at: usize| Cells::of(tenant).with(id).place(at);
    let events = rows.iter().map(|(id, at, event)| {
        key(id, *at)
            .with(event.act.verb().word())
            .with(&event.reason)
            .with(&event.by)
            .with(event.account.as_ref())
            .with(event.at)
    });
    tx.insert_many(&INSERT_EVENT, events)?;
    let fields = rows.iter().flat_map(|(id, at, event)| {
        let named: &[NamedField] = if let Act::Return(named) = &event.act { named } else { &[] };
        let cell =
            move |(place, one): (usize, &NamedField)| key(id, *at).place(place).with(&one.field).with(&one.reason);
        named.iter().enumerate().map(cell)
    });
    tx.insert_many(&INSERT_FIELD, fields)?;
    let judged = || rows.iter().filter_map(|(id, at, event)| Some((*id, *at, event.act.judgement()?)));
    let judgements = judged().map(|(id, at, one)| {
        key(id, at)
            .with(one.asked_on)
            .with(one.law_on)
            .with(&one.rule)
            .with(&one.rule_cite)
            .with(one.version_from)
            .with(&one.book)
            .with(&one.outcome)
    });
    tx.insert_many(&INSERT_JUDGEMENT, judgements)?;
    let findings = judged().flat_map(|(id, at, one)| {
        one.findings.iter().enumerate().map(move |(place, finding)| {
            key(id, at)
                .place(place)
                .with(&finding.path)
                .with(&finding.said.vi)
                .with(&finding.said.en)
                .with(finding.verdict)
                .with(&finding.cite)
                .with(finding.confidence)
                .with(if finding.is_gate { GATE } else { CONDITION })
                .with(&finding.missing.vi)
                .with(&finding.missing.en)
        })
    });
    tx.insert_many(&INSERT_FINDING, findings)
}

/// Dossiers whose unit, or whose round's unit, is in reach, with what happened to each and its stops; judgements come
/// without their findings ([`findings`]). Five statements, however many there are.
pub fn dossiers(tx: &mut Tx, scope: &Scope, wanted: &Wanted) -> Result<Vec<Dossier>, Error> {
    let mut values = scope_values(scope);
    values.push(wanted.round.as_ref().into());
    values.push(wanted.ids.as_deref().map_or(Value::Null, set));
    values.push(wanted.subjects.as_deref().map_or(Value::Null, set));
    values.push(wanted.year.map(i64::from).into());
    let mut found = tx.query(&DOSSIERS, &values, |row| {
        Ok(Dossier {
            id: row.next()?,
            round: row.next()?,
            batch: row.next()?,
            unit: row.next()?,
            subject: row.next()?,
            honour: row.next()?,
            year: row.next()?,
            achievement: row.next()?,
            provenance: row.provenance()?,
            events: Vec::new(),
            stops: Vec::new(),
        })
    })?;
    let asked = [(&scope.tenant).into(), set(&found.iter().map(|one| &one.id).collect::<Vec<_>>())];
    let mut fields: BTreeMap<(DossierId, i64), Vec<NamedField>> = BTreeMap::new();
    for (key, field) in tx.query(&FIELDS, &asked, |row| {
        let key = (row.next()?, row.next()?);
        Ok((key, NamedField { field: row.next()?, reason: row.next()? }))
    })? {
        fields.entry(key).or_default().push(field);
    }
    let judgements = tx.query(&JUDGEMENTS, &asked, |row| Ok(((row.next()?, row.next()?), judgement_from(row)?)))?;
    let mut judgements: BTreeMap<(DossierId, i64), Judgement> = judgements.into_iter().collect();
    let mut events: BTreeMap<DossierId, Vec<Event>> = BTreeMap::new();
    let rows = tx.query(&EVENTS, &asked, |row| {
        let (id, ordinal, verb): (DossierId, i64, Verb) = (row.next()?, row.next()?, row.next()?);
        let reason = row.next()?;
        let event = (reason, row.next()?, row.next()?, row.next()?);
        Ok((id, ordinal, verb, event))
    })?;
    for (id, ordinal, verb, (reason, by, account, at)) in rows {
        let key = (id.clone(), ordinal);
        let act = match verb {
            Verb::SubmitDossier => judgements.remove(&key).map(|one| Act::Submit(Box::new(one))),
            Verb::RejudgeDossier => judgements.remove(&key).map(|one| Act::Rejudge(Box::new(one))),
            Verb::ReturnDossier => Some(Act::Return(fields.remove(&key).unwrap_or_default())),
            other => Act::plain(other),
        };
        let act = act.ok_or_else(|| Error::Integrity(format!("dossier '{id}': event {ordinal} is no known act")))?;
        events.entry(id).or_default().push(Event { act, by, account, at, reason });
    }
    let mut stops: BTreeMap<DossierId, Vec<Stop>> = BTreeMap::new();
    for (id, stop) in tx.query(&STOPS, &asked, |row| Ok((row.next()?, stop_from(row)?)))? {
        stops.entry(id).or_default().push(stop);
    }
    for one in &mut found {
        one.events = events.remove(&one.id).unwrap_or_default();
        one.stops = stops.remove(&one.id).unwrap_or_default();
    }
    Ok(found)
}

/// The findings of the newest judgement of a dossier that the caller has found within reach.
pub fn findings(tx: &mut Tx, tenant: &TenantId, id: &DossierId) -> Result<Vec<JudgedFinding>, Error> {
    let rows: Vec<(i64, JudgedFinding)> = tx.query(&FINDINGS, &[tenant.into(), id.into()], |row| {
        let ordinal = row.next()?;
        let (path, vi, en) = (row.next()?, row.next::<String>()?, row.next::<String>()?);
        let (verdict, cite, confidence) = (row.next()?, row.next()?, row.next()?);
        let part: String = row.next()?;
        let missing = Said::new(row.next::<String>()?, row.next::<String>()?);
        let said = Said::new(vi, en);
        Ok((ordinal, JudgedFinding { path, said, verdict, cite, confidence, is_gate: part == GATE, missing }))
    })?;
    let newest = rows.iter().map(|(ordinal, _)| *ordinal).max();
    Ok(rows.into_iter().filter(|(ordinal, _)| Some(*ordinal) == newest).map(|(_, finding)| finding).collect())
}

/// Adds a stop after those that were loaded; see [`append`] for one who comes second.
pub fn stop(tx: &mut Tx, tenant: &TenantId, dossier: &Dossier, stop: &Stop) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&dossier.id)
        .place(dossier.stops.len())
        .with(stop.cause)
        .with(stop.from)
        .with(stop.until)
        .with(&stop.reason)
        .with(&stop.by)
        .with(stop.at);
    tx.execute(&INSERT_STOP, &Vec::from(row)).map(drop)
}

fn judgement_from(row: &mut Row<'_>) -> Result<Judgement, Error> {
    let (asked_on, law_on): (Date, Date) = (row.next()?, row.next()?);
    Ok(Judgement {
        asked_on,
        law_on,
        rule: row.next()?,
        rule_cite: row.next()?,
        version_from: row.next()?,
        book: row.next()?,
        outcome: row.next()?,
        findings: Vec::new(),
    })
}

fn stop_from(row: &mut Row<'_>) -> Result<Stop, Error> {
    Ok(Stop {
        cause: row.next()?,
        from: row.next()?,
        until: row.next()?,
        reason: row.next()?,
        by: row.next()?,
        at: row.next()?,
    })
}

impl Word for StopCause {
    const ALL: &'static [Self] = &StopCause::ALL;

    fn word(self) -> &'static str {
        StopCause::word(self)
    }
}

impl Word for Verdict {
    const ALL: &'static [Self] = &[Verdict::Met, Verdict::NotMet, Verdict::AskHuman];

    fn word(self) -> &'static str {
        self.code()
    }
}

impl Word for Confidence {
    const ALL: &'static [Self] = &[Confidence::TextSeen, Confidence::Secondary, Confidence::Recalled];

    fn word(self) -> &'static str {
        Confidence::word(self)
    }
}
