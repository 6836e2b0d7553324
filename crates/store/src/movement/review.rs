//! Progress with its evidence, and answers to reviews; only added to.

use std::collections::BTreeMap;

use thidua_base::code::{MovementCode, OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::movement::{Evidence, Progress, ReviewAnswer};

use crate::column::{Cells, scope_values};
use crate::engine::{Tx, Value};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_PROGRESS = "
        INSERT INTO movement_progress (tenant, movement, unit, ordinal, told, told_by, account, told_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    INSERT_EVIDENCE = "
        INSERT INTO movement_evidence (tenant, movement, unit, ordinal, place, title, found_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    PROGRESS = "
        SELECT movement, unit, ordinal, told, told_by, account, told_at
        FROM movement_progress
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND movement = $3
        ORDER BY movement, unit, ordinal",
    EVIDENCE = "
        SELECT unit, ordinal, title, found_at
        FROM movement_evidence
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND movement = $3
        ORDER BY unit, ordinal, place",
    INSERT_ANSWER = "
        INSERT INTO review_answer (
            tenant, movement, round, unit, ordinal, results, shortfalls, proposals, answered_by, account, answered_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    ANSWERS = "
        SELECT movement, round, unit, results, shortfalls, proposals, answered_by, account, answered_at
        FROM review_answer
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND (CAST($3 AS TEXT) IS NULL OR movement = CAST($3 AS TEXT))
        ORDER BY movement, round, unit, ordinal",
);

/// Adds progress as the unit's `place`th, from 0, in its movement.
pub fn tell(tx: &mut Tx, tenant: &TenantId, progress: &Progress, place: usize) -> Result<(), Error> {
    let key = || Cells::of(tenant).with(&progress.movement).with(&progress.unit).place(place);
    let row = key().with(&progress.text).with(&progress.by).with(progress.account.as_ref()).with(progress.at);
    tx.execute(&INSERT_PROGRESS, &Vec::from(row))?;
    let pieces = progress.evidence.iter().enumerate();
    tx.insert_many(&INSERT_EVIDENCE, pieces.map(|(at, piece)| key().place(at).with(&piece.title).with(&piece.found_at)))
}

/// What units in reach told of a movement, by unit, oldest first.
pub fn progress(tx: &mut Tx, scope: &Scope, movement: &MovementCode) -> Result<Vec<Progress>, Error> {
    let mut values = scope_values(scope);
    values.push(movement.into());
    let mut evidence: BTreeMap<(OrgId, i64), Vec<Evidence>> = BTreeMap::new();
    for (place, piece) in tx.query(&EVIDENCE, &values, |row| {
        let place: (OrgId, i64) = (row.next()?, row.next()?);
        Ok((place, Evidence { title: row.next()?, found_at: row.next()? }))
    })? {
        evidence.entry(place).or_default().push(piece);
    }
    tx.query(&PROGRESS, &values, |row| {
        let movement = row.next()?;
        let place: (OrgId, i64) = (row.next()?, row.next()?);
        Ok(Progress {
            movement,
            evidence: evidence.remove(&place).unwrap_or_default(),
            unit: place.0,
            text: row.next()?,
            by: row.next()?,
            account: row.next()?,
            at: row.next()?,
        })
    })
}

/// Adds an answer as the unit's `place`th, from 0, to its review.
pub fn answer(tx: &mut Tx, tenant: &TenantId, answer: &ReviewAnswer, place: usize) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&answer.movement)
        .with(answer.round)
        .with(&answer.unit)
        .place(place)
        .with(&answer.results)
        .with(&answer.shortfalls)
        .with(&answer.proposals)
        .with(&answer.by)
        .with(answer.account.as_ref())
        .with(answer.at);
    tx.execute(&INSERT_ANSWER, &Vec::from(row)).map(drop)
}

/// The answers of units in reach, of one movement or of all, by movement, review and unit, oldest first.
pub fn answers(tx: &mut Tx, scope: &Scope, movement: Option<&MovementCode>) -> Result<Vec<ReviewAnswer>, Error> {
    let mut values = scope_values(scope);
    values.push(movement.map_or(Value::Null, Value::from));
    tx.query(&ANSWERS, &values, |row| {
        Ok(ReviewAnswer {
            movement: row.next()?,
            round: row.next()?,
            unit: row.next()?,
            results: row.next()?,
            shortfalls: row.next()?,
            proposals: row.next()?,
            by: row.next()?,
            account: row.next()?,
            at: row.next()?,
        })
    })
}
