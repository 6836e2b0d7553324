//! What if: a cluster's year scored with inputs changed for the question (thử giả định). Nothing is kept.

use thidua_base::code::ClusterCode;
use thidua_domain::Actor;
use thidua_domain::cluster::suppose::{Supposed, WhatIf, what_if};

use super::seen::{Seen, scoring};
use crate::{App, Error};

/// Scores a year as it would be.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for this actor.
pub fn suppose(
    app: &App,
    by: &Actor,
    code: &ClusterCode,
    year: i16,
    changes: &[Supposed],
) -> Result<(Seen, WhatIf), Error> {
    let seen = scoring(app, by, code, year)?;
    let scored = seen.scored.clone().ok_or(Error::NotFound("scoring"))?;
    let would = what_if(&scored.scheme, &scored.round, &scored.last, changes);
    Ok((seen, would.map_err(|why| Error::Internal(why.into()))?))
}
