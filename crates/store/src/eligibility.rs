//! What persons answered to conditions that only a person can judge; only added to.

use thidua_base::code::TenantId;
use thidua_domain::eligibility::{GivenAnswer, Reply};
use thidua_domain::subject::{Entered, SubjectId};

use crate::column::{Cells, Read, set};
use crate::engine::{Tx, Value};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_ANSWER = "
        INSERT INTO condition_answer (
            tenant, id, subject, number, honour, year, path, said, reply, asked_on, book, answered_by, answered_at, reason
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    ANSWERS_OF = "
        SELECT id, subject, number, honour, year, path, said, reply, asked_on, book, answered_by, answered_at, reason
        FROM condition_answer
        WHERE tenant = $1 AND subject IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
        ORDER BY answered_at, number, id",
);

/// Adds an answer; a second one of the same number is a [`Error::Clash`] of `condition_answer_number_uq`.
pub fn insert(tx: &mut Tx, tenant: &TenantId, answer: &GivenAnswer) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&answer.id)
        .with(&answer.subject)
        .with(answer.number)
        .with(&answer.honour)
        .with(answer.year)
        .with(&answer.condition)
        .with(&answer.said)
        .with(answer.reply.word())
        .with(answer.asked_on)
        .with(&answer.book)
        .with(&answer.entered.by)
        .with(answer.entered.at)
        .with(&answer.entered.reason);
    tx.execute(&INSERT_ANSWER, &Vec::from(row)).map(drop)
}

/// Every answer about some subjects, also those taken back, in the order they were given; the caller has found the
/// subjects within reach.
pub fn answers_of(tx: &mut Tx, tenant: &TenantId, subjects: &[SubjectId]) -> Result<Vec<GivenAnswer>, Error> {
    tx.query(&ANSWERS_OF, &[tenant.into(), set(subjects)], |row| {
        let (id, subject, number) = (row.next()?, row.next()?, row.next()?);
        let (honour, year) = (row.next()?, row.next()?);
        let (condition, said) = (row.next()?, row.next()?);
        let reply: Replied = row.next()?;
        Ok(GivenAnswer {
            id,
            subject,
            number,
            honour,
            year,
            condition,
            said,
            reply: reply.0,
            asked_on: row.next()?,
            book: row.next()?,
            entered: Entered { by: row.next()?, at: row.next()?, reason: row.next()? },
        })
    })
}

/// A reply, as read from a cell.
struct Replied(Reply);

impl Read for Replied {
    const WHAT: &'static str = "yes, no or open";

    fn read(cell: Value) -> Option<Self> {
        String::read(cell).and_then(|word| Reply::parse(&word)).map(Self)
    }
}
