//! Withdraws an exemplar (rút điển hình khỏi sổ).

use thidua_base::code::ExemplarId;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;

use super::step::{NewStep, Taken, take};
use crate::{App, Error};

/// Withdraws it from today, with a reason; its history stays.
///
/// # Errors
/// [`Error::NotFound`] where there is no such exemplar for this actor, or they may not withdraw there;
/// [`thidua_domain::Refusal`] where it was withdrawn, or there is no reason.
pub fn withdraw(app: &App, by: &Actor, id: &ExemplarId, reason: &str) -> Result<Taken, Error> {
    take(app, by, id, &NewStep { verb: Verb::WithdrawExemplar, day: None, decision: "", size: None, reason })
}
