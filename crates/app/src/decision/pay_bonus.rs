//! Enters that a bonus was paid (chi tiền thưởng).

use thidua_base::Date;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::decision::{Act, DecisionId};
use thidua_store as store;

use super::desk::{decision, keep, tidy};
use crate::{App, Error};

/// Enters that so much was paid for a line, by a voucher; all that is due where nothing is said.
///
/// # Errors
/// [`Error::NotFound`]; what [`thidua_domain::decision::Decision::judge`] refuses.
pub fn pay_bonus(
    app: &App,
    by: &Actor,
    id: &DecisionId,
    line: usize,
    number: &str,
    on: Date,
    vnd: Option<i64>,
) -> Result<i64, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let held = decision(&mut tx, by, Verb::PayBonus, id)?;
    let vnd = vnd.unwrap_or_else(|| held.due(line));
    let act = Act::Pay { line, number: tidy(number), on, vnd };
    held.judge(&act)?;
    if on > app.clock.now().date_in_vietnam() {
        return Err(thidua_domain::refusal::DecisionFault::DayAhead { on }.into());
    }

    let detail = format!("line {line}: {vnd} đồng by {}", tidy(number));
    keep(&mut tx, app, by, (id, held.events.len()), act, None, &detail)?;
    tx.commit()?;
    Ok(vnd)
}
