//! Standards, their populations and the register of recognitions.

use thidua_base::code::TenantId;
use thidua_domain::Scope;
use thidua_domain::indicator::standard::{Member, Recognition, RecognitionState, Standard};

use crate::column::{Cells, Word, scope_values};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;
use crate::tenant::{Counter, take_numbers};

sql!(
    INSERT_STANDARD = "
        INSERT INTO standard (
            tenant, code, name, phrase, measure, population, percent_decimals, field, ordinal, definition
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    STANDARDS = "
        SELECT code, name, phrase, measure, population, percent_decimals, field, ordinal, definition
        FROM standard
        WHERE tenant = $1
        ORDER BY ordinal, code",
    INSERT_MEMBER = "
        INSERT INTO standard_member (
            tenant, id, seq, standard, name, unit, valid_from, valid_to,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    MEMBERS = "
        SELECT id, standard, name, unit, valid_from, valid_to,
            origin, low, low_scale, high, high_scale, source
        FROM standard_member
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY seq",
    INSERT_RECOGNITION = "
        INSERT INTO recognition (
            tenant, id, seq, member, state, happened_on, decision,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    RECOGNITIONS = "
        SELECT recognition.id, recognition.member, recognition.state, recognition.happened_on, recognition.decision,
            recognition.origin, recognition.low, recognition.low_scale, recognition.high, recognition.high_scale,
            recognition.source
        FROM recognition
        JOIN standard_member ON standard_member.tenant = recognition.tenant
            AND standard_member.id = recognition.member
        WHERE recognition.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR standard_member.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY recognition.seq",
);

/// Adds standards.
pub fn insert_standards(tx: &mut Tx, tenant: &TenantId, standards: &[Standard]) -> Result<(), Error> {
    let rows = standards.iter().map(|standard| {
        Cells::of(tenant)
            .with(&standard.code)
            .with(&standard.name)
            .with(&standard.phrase)
            .with(&standard.measure)
            .with(&standard.population)
            .with(standard.percent_decimals)
            .with(&standard.field)
            .with(standard.ordinal)
            .with(&standard.definition)
    });
    tx.insert_many(&INSERT_STANDARD, rows)
}

/// Every standard, in list order; standards are the whole tenant's.
pub fn standards(tx: &mut Tx, scope: &Scope) -> Result<Vec<Standard>, Error> {
    tx.query(&STANDARDS, &[(&scope.tenant).into()], |row| {
        Ok(Standard {
            code: row.next()?,
            name: row.next()?,
            phrase: row.next()?,
            measure: row.next()?,
            population: row.next()?,
            percent_decimals: row.next()?,
            field: row.next()?,
            ordinal: row.next()?,
            definition: row.next()?,
        })
    })
}

/// Adds members of populations; they keep the order given.
pub fn insert_members(tx: &mut Tx, tenant: &TenantId, members: &[Member]) -> Result<(), Error> {
    let first = take_numbers(tx, tenant, Counter::Member, members.len())?;
    let rows = (first..).zip(members).map(|(seq, member)| {
        Cells::of(tenant)
            .with(&member.id)
            .with(seq)
            .with(&member.standard)
            .with(&member.name)
            .with(member.unit.as_ref())
            .with(member.valid_from)
            .with(member.valid_to)
            .provenance(&member.provenance)
    });
    tx.insert_many(&INSERT_MEMBER, rows)
}

/// The members that are, or lie in, a unit in reach; those without a unit only with everything in reach.
pub fn members(tx: &mut Tx, scope: &Scope) -> Result<Vec<Member>, Error> {
    tx.query(&MEMBERS, &scope_values(scope), |row| {
        Ok(Member {
            id: row.next()?,
            standard: row.next()?,
            name: row.next()?,
            unit: row.next()?,
            valid_from: row.next()?,
            valid_to: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

/// Adds events of members; they keep the order given.
pub fn insert_recognitions(tx: &mut Tx, tenant: &TenantId, recognitions: &[Recognition]) -> Result<(), Error> {
    let first = take_numbers(tx, tenant, Counter::Recognition, recognitions.len())?;
    let rows = (first..).zip(recognitions).map(|(seq, recognition)| {
        Cells::of(tenant)
            .with(&recognition.id)
            .with(seq)
            .with(&recognition.member)
            .with(recognition.state)
            .with(recognition.on)
            .with(&recognition.decision)
            .provenance(&recognition.provenance)
    });
    tx.insert_many(&INSERT_RECOGNITION, rows)
}

/// The events of the members in reach, in the order given.
pub fn recognitions(tx: &mut Tx, scope: &Scope) -> Result<Vec<Recognition>, Error> {
    tx.query(&RECOGNITIONS, &scope_values(scope), |row| {
        Ok(Recognition {
            id: row.next()?,
            member: row.next()?,
            state: row.next()?,
            on: row.next()?,
            decision: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

impl Word for RecognitionState {
    const ALL: &'static [Self] =
        &[Self::Registered, Self::Appraised, Self::Recognised, Self::RecognisedAgain, Self::Revoked];

    fn word(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Appraised => "appraised",
            Self::Recognised => "recognised",
            Self::RecognisedAgain => "recognised-again",
            Self::Revoked => "revoked",
        }
    }
}
