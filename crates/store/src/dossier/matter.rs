//! Consultations, public notices and objections, with what was done about each; only added to.

use std::collections::BTreeMap;

use thidua_base::code::TenantId;
use thidua_domain::dossier::{DossierId, Matter, MatterAct, MatterActKind, MatterKind};
use thidua_law::vocabulary::{Clock, Word as LawWord};

use crate::column::{Cells, Word, set};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_MATTER = "
        INSERT INTO dossier_matter (
            tenant, dossier, number, kind, from_on, days, clock, party, body, entered_by, entered_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    MATTERS = "
        SELECT dossier, number, kind, from_on, days, clock, party, body, entered_by, entered_at
        FROM json_each(CAST($2 AS TEXT)) AS asked
        CROSS JOIN dossier_matter
        WHERE dossier_matter.tenant = $1 AND dossier_matter.dossier = asked.value
        ORDER BY dossier, number",
    /// Dossiers with a notice: what the public page begins with.
    NOTICED = "
        SELECT DISTINCT dossier
        FROM dossier_matter
        WHERE tenant = $1 AND kind = $2 AND from_on >= $3
        ORDER BY dossier",
    INSERT_ACT = "
        INSERT INTO dossier_matter_act (tenant, dossier, number, ordinal, act, days, body, done_by, done_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    ACTS = "
        SELECT dossier, number, act, days, body, done_by, done_at
        FROM json_each(CAST($2 AS TEXT)) AS asked
        CROSS JOIN dossier_matter_act
        WHERE dossier_matter_act.tenant = $1 AND dossier_matter_act.dossier = asked.value
        ORDER BY dossier, number, ordinal",
);

/// Adds matters; one of a number that its dossier has is a [`Error::Clash`] of `dossier_matter_pk`.
pub fn open_many(tx: &mut Tx, tenant: &TenantId, opened: &[(&DossierId, Matter)]) -> Result<(), Error> {
    let rows = opened.iter().map(|(dossier, matter)| {
        Cells::of(tenant)
            .with(*dossier)
            .with(matter.number)
            .with(matter.kind)
            .with(matter.from)
            .with(i64::from(matter.days))
            .with(matter.clock)
            .with(&matter.party)
            .with(&matter.body)
            .with(&matter.by)
            .with(matter.at)
    });
    tx.insert_many(&INSERT_MATTER, rows)
}

/// Adds an act after those that were loaded; where another came meanwhile it is a [`Error::Clash`] of
/// `dossier_matter_act_pk`.
pub fn act(tx: &mut Tx, tenant: &TenantId, dossier: &DossierId, matter: &Matter, act: &MatterAct) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(dossier)
        .with(matter.number)
        .place(matter.acts.len())
        .with(act.kind)
        .with(i64::from(act.days))
        .with(&act.body)
        .with(&act.by)
        .with(act.at);
    tx.execute(&INSERT_ACT, &Vec::from(row)).map(drop)
}

/// The matters of some dossiers that the caller has found within reach, by dossier, oldest first.
pub fn matters(
    tx: &mut Tx,
    tenant: &TenantId,
    dossiers: &[&DossierId],
) -> Result<BTreeMap<DossierId, Vec<Matter>>, Error> {
    let asked = [tenant.into(), set(dossiers)];
    let rows: Vec<(DossierId, Matter)> = tx.query(&MATTERS, &asked, |row| {
        let id = row.next()?;
        let (number, kind, from) = (row.next()?, row.next()?, row.next()?);
        let days: i64 = row.next()?;
        Ok((
            id,
            Matter {
                number,
                kind,
                from,
                days: u16::try_from(days).unwrap_or(u16::MAX),
                clock: row.next()?,
                party: row.next()?,
                body: row.next()?,
                by: row.next()?,
                at: row.next()?,
                acts: Vec::new(),
            },
        ))
    })?;
    let mut acts: BTreeMap<(DossierId, i64), Vec<MatterAct>> = BTreeMap::new();
    for (key, act) in tx.query(&ACTS, &asked, |row| {
        let key = (row.next()?, row.next()?);
        let (kind, days): (MatterActKind, i64) = (row.next()?, row.next()?);
        let days = u16::try_from(days).unwrap_or(u16::MAX);
        Ok((key, MatterAct { kind, days, body: row.next()?, by: row.next()?, at: row.next()? }))
    })? {
        acts.entry(key).or_default().push(act);
    }
    let mut found: BTreeMap<DossierId, Vec<Matter>> = BTreeMap::new();
    for (id, mut matter) in rows {
        matter.acts = acts.remove(&(id.clone(), matter.number)).unwrap_or_default();
        found.entry(id).or_default().push(matter);
    }
    Ok(found)
}

/// The dossiers with a public notice that began on a day or later: what is public is public for everyone.
pub fn noticed(tx: &mut Tx, tenant: &TenantId, since: thidua_base::Date) -> Result<Vec<DossierId>, Error> {
    tx.query(&NOTICED, &[tenant.into(), MatterKind::Notice.word().into(), since.into()], |row| row.next())
}

impl Word for MatterKind {
    const ALL: &'static [Self] = &MatterKind::ALL;

    fn word(self) -> &'static str {
        MatterKind::word(self)
    }
}

impl Word for MatterActKind {
    const ALL: &'static [Self] = &MatterActKind::ALL;

    fn word(self) -> &'static str {
        MatterActKind::word(self)
    }
}

impl Word for Clock {
    const ALL: &'static [Self] = &[Clock::WorkingDays, Clock::Days];

    fn word(self) -> &'static str {
        self.code()
    }
}
