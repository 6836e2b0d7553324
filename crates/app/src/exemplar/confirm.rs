//! Confirms that an exemplar still is what it was (xác nhận lại điển hình), and how big it is by now.

use thidua_base::code::ExemplarId;
use thidua_base::{Date, Number};
use thidua_domain::Actor;
use thidua_domain::actor::Verb;

use super::step::{NewStep, Taken, take};
use crate::{App, Error};

/// Confirms what was seen on a day, with the size that was found where it is another.
///
/// # Errors
/// [`Error::NotFound`] where there is no such exemplar for this actor, or they may not confirm there;
/// [`thidua_domain::Refusal`] where nobody recognised it, or the day cannot be.
pub fn confirm(
    app: &App,
    by: &Actor,
    id: &ExemplarId,
    day: Date,
    size: Option<Number>,
    note: &str,
) -> Result<Taken, Error> {
    let new = NewStep { verb: Verb::ConfirmExemplar, day: Some(day), decision: "", size, reason: note };
    take(app, by, id, &new)
}
