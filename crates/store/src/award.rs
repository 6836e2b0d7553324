//! The register of awards (sổ khen thưởng).

use thidua_base::Date;
use thidua_base::code::TenantId;
use thidua_domain::Scope;
use thidua_domain::decision::{Award, DirectWorker};
use thidua_domain::honour::{CommendationType, Subject};

use crate::column::{Cells, Word, scope_values};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_AWARD = "
        INSERT INTO award (
            tenant, id, honour, authority, subject, subject_name, unit, commendation, direct_worker,
            decision_number, decided_on, achievement, origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    AWARDS = "
        SELECT id, honour, authority, subject, subject_name, unit, commendation, direct_worker,
            decision_number, decided_on, achievement, origin, low, low_scale, high, high_scale, source
        FROM award
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND decided_on BETWEEN $3 AND $4
        ORDER BY decided_on, id",
);

/// Adds awards.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, awards: &[Award]) -> Result<(), Error> {
    let rows = awards.iter().map(|award| {
        Cells::of(tenant)
            .with(&award.id)
            .with(&award.honour)
            .with(&award.authority)
            .with(award.subject)
            .with(&award.subject_name)
            .with(&award.unit)
            .with(award.commendation)
            .with(award.direct_worker)
            .with(&award.decision_number)
            .with(award.decided_on)
            .with(&award.achievement)
            .provenance(&award.provenance)
    });
    tx.insert_many(&INSERT_AWARD, rows)
}

/// The awards to units in reach decided from `first` to `last`, both included, by day: rows of the register, and awards
/// entered with the subject that holds them.
pub fn awards(tx: &mut Tx, scope: &Scope, first: Date, last: Date) -> Result<Vec<Award>, Error> {
    let mut awards = rows(tx, scope, first, last)?;
    awards.extend(crate::subject::fact::registered(tx, scope, first, last)?);
    awards.sort_by(|a, b| (a.decided_on, &a.id).cmp(&(b.decided_on, &b.id)));
    Ok(awards)
}

fn rows(tx: &mut Tx, scope: &Scope, first: Date, last: Date) -> Result<Vec<Award>, Error> {
    let mut values = scope_values(scope);
    values.extend([first.into(), last.into()]);
    tx.query(&AWARDS, &values, |row| {
        Ok(Award {
            id: row.next()?,
            honour: row.next()?,
            authority: row.next()?,
            subject: row.next()?,
            subject_name: row.next()?,
            unit: row.next()?,
            commendation: row.next()?,
            direct_worker: row.next()?,
            decision_number: row.next()?,
            decided_on: row.next()?,
            achievement: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

impl Word for Subject {
    const ALL: &'static [Self] = &[Self::Individual, Self::Collective, Self::Household];

    fn word(self) -> &'static str {
        match self {
            Self::Individual => "individual",
            Self::Collective => "collective",
            Self::Household => "household",
        }
    }
}

impl Word for CommendationType {
    const ALL: &'static [Self] =
        &[Self::Achievement, Self::Thematic, Self::Irregular, Self::Contribution, Self::Seniority, Self::Diplomatic];

    fn word(self) -> &'static str {
        match self {
            Self::Achievement => "achievement",
            Self::Thematic => "thematic",
            Self::Irregular => "irregular",
            Self::Contribution => "contribution",
            Self::Seniority => "seniority",
            Self::Diplomatic => "diplomatic",
        }
    }
}

impl Word for DirectWorker {
    const ALL: &'static [Self] = &[Self::Direct, Self::Leading];

    fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Leading => "leading",
        }
    }
}
