//! Takes a paper or a picture of an exemplar back, with a reason; it stays to be read by those who may.

use thidua_base::code::{EvidenceId, ExemplarId};
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::exemplar::Withdrawn;
use thidua_domain::exemplar::course::REASON_CHARS_MAX;
use thidua_domain::refusal::EvidenceFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::desk::{Desk, Eyes, overtaken, subject};
use crate::permit::permit;
use crate::{App, Error};

/// Takes it back.
///
/// # Errors
/// [`Error::NotFound`] where there is no such paper for this actor, or they may not propose there;
/// [`Refusal::NoReason`]; [`EvidenceFault::Withdrawn`] where it was taken back before.
pub fn withdraw_paper(app: &App, by: &Actor, id: &ExemplarId, paper: &EvidenceId, reason: &str) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by, Some(id))?;
    let exemplar = desk.seen(by, id, Eyes::Own)?;
    permit(by, Verb::ProposeExemplar, Thing::Unit(desk.place(exemplar)), "exemplar")?;
    let papers = store::exemplar::paper::papers(&mut tx, &Scope::whole(by.scope.tenant.clone()), Some(id))?;
    let found = papers.iter().find(|known| known.id == *paper).ok_or(Error::NotFound("paper"))?;
    if !found.stands() {
        return Err(Refusal::from(EvidenceFault::Withdrawn).into());
    }
    let reason = thidua_base::text::nfc(reason.trim());
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(Refusal::LongText { most: REASON_CHARS_MAX }.into());
    }
    let withdrawn = Withdrawn { by: by.name.clone(), at: desk.now, reason };

    store::exemplar::paper::withdraw(&mut tx, &by.scope.tenant, paper, &withdrawn).map_err(overtaken)?;
    let detail = format!("{paper}: {}", withdrawn.reason);
    store::audit::append(&mut tx, by, desk.now, "withdraw-exemplar-paper", &subject(id), &detail)?;
    tx.commit()?;
    Ok(())
}
