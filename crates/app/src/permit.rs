//! Asks the table of rights, and answers like what does not exist where it says no.

use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb, may};

use crate::Error;

/// Goes on only where the actor may do the verb to the thing; `what` is the thing's word in [`Error::NotFound`].
///
/// # Errors
/// [`Error::NotFound`]: a stranger learns nothing, not even that there was something to be refused.
pub fn permit(by: &Actor, verb: Verb, thing: Thing<'_>, what: &'static str) -> Result<(), Error> {
    if may(by, verb, thing).is_granted() { Ok(()) } else { Err(Error::NotFound(what)) }
}
