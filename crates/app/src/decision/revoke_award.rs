//! Takes an award back (thu hồi, huỷ bỏ quyết định tặng) by a decision of its own: it no longer counts anywhere from that
//! day, and what it held of the fund is free.

use thidua_base::Date;
use thidua_domain::actor::Verb;
use thidua_domain::decision::{Act, DecisionId};
use thidua_domain::subject::{About, Fact};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::desk::{decision, keep, overtaken, tidy};
use crate::subject::new_fact;
use crate::{App, Error};

/// Takes the award of a line back, by a decision with a number and a day, with a reason.
///
/// # Errors
/// [`Error::NotFound`]; what [`thidua_domain::decision::Decision::judge`] refuses; [`Refusal::ChangedMeanwhile`] where the
/// award in the record was corrected meanwhile by another hand.
pub fn revoke_award(
    app: &App,
    by: &Actor,
    id: &DecisionId,
    line: usize,
    number: &str,
    on: Date,
    reason: &str,
) -> Result<(), Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let held = decision(&mut tx, by, Verb::RevokeAward, id)?;
    let act = Act::Revoke { line, number: tidy(number), on, reason: tidy(reason) };
    held.judge(&act)?;
    if on > now.date_in_vietnam() {
        return Err(thidua_domain::refusal::DecisionFault::DayAhead { on }.into());
    }
    let granted = held.granted.iter().find(|granted| granted.line == line).ok_or(Error::NotFound("decision"))?;
    let fact = store::subject::fact::standing(&mut tx, &by.scope.tenant, &granted.fact)?;
    let fact = fact.ok_or(Error::NotFound("fact"))?;
    let About::Award(award) = &fact.about else { return Err(Refusal::ChangedMeanwhile.into()) };
    let mut award = award.clone();
    award.revoked_on = Some(on);
    let source = format!("Quyết định số {} ngày {}", tidy(number), on.in_table());
    let mut revoked: Fact = new_fact(app, by, &fact.subject, About::Award(award), &source, now)?;
    revoked.supersedes = Some(fact.id.clone());
    revoked.entered.reason = tidy(reason);

    let written = store::subject::fact::insert_many(&mut tx, &by.scope.tenant, std::slice::from_ref(&revoked));
    written.map_err(overtaken)?;
    let detail = format!("line {line}: {} on {on}: {}", tidy(number), tidy(reason));
    keep(&mut tx, app, by, (id, held.events.len()), act, None, &detail)?;
    tx.commit()?;
    Ok(())
}
