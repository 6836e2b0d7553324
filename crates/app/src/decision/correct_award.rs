//! Puts the name of a line right as it is printed (đính chính); whose award it is stays as it was.

use thidua_base::Date;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::decision::{Act, DecisionId};
use thidua_store as store;

use super::desk::{decision, keep, tidy};
use crate::{App, Error};

/// Puts it right by a paper with a number and a day, with a reason.
///
/// # Errors
/// [`Error::NotFound`]; what [`thidua_domain::decision::Decision::judge`] refuses.
pub fn correct_award(
    app: &App,
    by: &Actor,
    id: &DecisionId,
    (line, name): (usize, &str),
    (number, on): (&str, Date),
    reason: &str,
) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let held = decision(&mut tx, by, Verb::RevokeAward, id)?;
    let act = Act::Correct { line, name: tidy(name), number: tidy(number), on, reason: tidy(reason) };
    held.judge(&act)?;
    if on > app.clock.now().date_in_vietnam() {
        return Err(thidua_domain::refusal::DecisionFault::DayAhead { on }.into());
    }

    let detail = format!("line {line}: {} on {on}: {}", tidy(number), tidy(reason));
    keep(&mut tx, app, by, (id, held.events.len()), act, None, &detail)?;
    tx.commit()?;
    Ok(())
}
