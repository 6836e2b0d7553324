//! Takes back a proposal nobody has decided on (thôi đề xuất).

use thidua_base::code::ExemplarId;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;

use super::step::{NewStep, Taken, take};
use crate::{App, Error};

/// Takes it back, with a reason.
///
/// # Errors
/// [`Error::NotFound`] where there is no such exemplar for this actor, or they may not propose there;
/// [`thidua_domain::Refusal`] where it was decided on, or there is no reason.
pub fn retract(app: &App, by: &Actor, id: &ExemplarId, reason: &str) -> Result<Taken, Error> {
    take(app, by, id, &NewStep { verb: Verb::RetractExemplar, day: None, decision: "", size: None, reason })
}
