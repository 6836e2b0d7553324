//! What units propose about their targets, and what the assigners answer; only added to.

use thidua_base::code::TenantId;
use thidua_domain::Scope;
use thidua_domain::indicator::assign::{Answer, Proposal, ProposalId, Verdict};

use crate::column::{Cells, Word, scope_values};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_PROPOSAL = "
        INSERT INTO plan_proposal (
            tenant, id, plan, indicator, unit, period, value, scale, reason, proposed_by, proposed_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    INSERT_ANSWER = "
        INSERT INTO plan_answer (tenant, proposal, verdict, reason, revision, answered_by, answered_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    PROPOSALS = "
        SELECT plan_proposal.id, plan_proposal.plan, plan_proposal.indicator, plan_proposal.unit,
            plan_proposal.period, plan_proposal.value, plan_proposal.scale, plan_proposal.reason,
            proposed_by, proposed_at, verdict, plan_answer.reason, revision, answered_by, answered_at
        FROM plan_proposal
        JOIN plan ON plan.tenant = plan_proposal.tenant AND plan.id = plan_proposal.plan
        LEFT JOIN plan_answer
            ON plan_answer.tenant = plan_proposal.tenant AND plan_answer.proposal = plan_proposal.id
        WHERE plan_proposal.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR plan_proposal.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR plan.assigner IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY proposed_at, plan_proposal.id",
);

/// Adds a proposal.
pub fn insert(tx: &mut Tx, tenant: &TenantId, proposal: &Proposal) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&proposal.id)
        .with(&proposal.plan)
        .with(&proposal.indicator)
        .with(&proposal.unit)
        .with(proposal.period)
        .number(Some(proposal.value))
        .with(&proposal.reason)
        .with(&proposal.by)
        .with(proposal.at);
    tx.execute(&INSERT_PROPOSAL, &Vec::from(row)).map(drop)
}

/// Adds an answer; a second one is a [`Error::Clash`] of `plan_answer_pk`.
pub fn answer(tx: &mut Tx, tenant: &TenantId, proposal: &ProposalId, answer: &Answer) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(proposal)
        .with(answer.verdict)
        .with(&answer.reason)
        .with(answer.revision.as_ref())
        .with(&answer.by)
        .with(answer.at);
    tx.execute(&INSERT_ANSWER, &Vec::from(row)).map(drop)
}

/// The proposals of units in reach, and those to assigners in reach, oldest first.
pub fn proposals(tx: &mut Tx, scope: &Scope) -> Result<Vec<Proposal>, Error> {
    tx.query(&PROPOSALS, &scope_values(scope), |row| {
        Ok(Proposal {
            id: row.next()?,
            plan: row.next()?,
            indicator: row.next()?,
            unit: row.next()?,
            period: row.next()?,
            value: row.number()?,
            reason: row.next()?,
            by: row.next()?,
            at: row.next()?,
            answer: answer_from(row)?,
        })
    })
}

fn answer_from(row: &mut Row<'_>) -> Result<Option<Answer>, Error> {
    let verdict: Option<Verdict> = row.next()?;
    let reason: Option<String> = row.next()?;
    let revision = row.next()?;
    let (by, at) = (row.next()?, row.next()?);
    Ok(verdict.zip(reason).zip(by).zip(at).map(|(((verdict, reason), by), at)| Answer {
        verdict,
        reason,
        revision,
        by,
        at,
    }))
}

impl Word for Verdict {
    const ALL: &'static [Self] = &[Self::Granted, Self::Declined];

    fn word(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Declined => "declined",
        }
    }
}
