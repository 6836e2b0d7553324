//! Recognises an exemplar by a decision (công nhận điển hình).

use thidua_base::Date;
use thidua_base::code::ExemplarId;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;

use super::step::{NewStep, Taken, take};
use crate::{App, Error};

/// Recognises it by the decision of a number and a day.
///
/// # Errors
/// [`Error::NotFound`] where there is no such exemplar for this actor, or they may not recognise there;
/// [`thidua_domain::Refusal`] where it is not proposed, names no decision, a day that cannot be, or the proposer asks.
pub fn recognise(
    app: &App,
    by: &Actor,
    id: &ExemplarId,
    decision: &str,
    day: Date,
    note: &str,
) -> Result<Taken, Error> {
    let new = NewStep { verb: Verb::RecogniseExemplar, day: Some(day), decision, size: None, reason: note };
    take(app, by, id, &new)
}
