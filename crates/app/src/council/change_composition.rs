//! Strengthens a council by a decision: whose seats end, who comes in (kiện toàn).

use thidua_base::Date;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::council::composition::NewSeat;
use thidua_domain::council::{CouncilId, SeatNumber, Signed, Warrant};
use thidua_store as store;

use super::desk::{held, overtaken};
use crate::{App, Error};

/// Changes it from a day on. Sessions that are open keep who sat at their opening.
///
/// # Errors
/// [`Error::NotFound`] for those who compose no such council; [`thidua_domain::refusal::CouncilFault::Unknown`] for an
/// account or a unit that is not there; as
/// [`thidua_domain::council::Composition::change`].
pub fn change_composition(
    app: &App,
    by: &Actor,
    council: &CouncilId,
    warrant: &Warrant,
    from: Date,
    ended: &[SeatNumber],
    given: Vec<NewSeat>,
) -> Result<(), Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let found = held(&mut tx, by, council, Verb::ComposeCouncil)?;
    super::desk::judge_seats(&mut tx, by, &given)?;
    let signed = Signed { by: by.name.clone(), at: now };
    let acts = found.composition.change(warrant, from, ended, given, &signed)?;
    store::council::add_acts(&mut tx, &by.scope.tenant, council, found.composition.last, &acts).map_err(overtaken)?;
    let detail = format!("{} changes from {from} by {}", acts.len(), warrant.number);
    store::audit::append(&mut tx, by, now, "change-composition", &format!("council:{council}"), &detail)?;
    tx.commit()?;
    Ok(())
}
