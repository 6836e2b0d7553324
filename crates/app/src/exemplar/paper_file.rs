//! Reads the file of a paper or picture of an exemplar.

use thidua_base::code::{EvidenceId, ExemplarId};
use thidua_domain::Actor;
use thidua_domain::actor::Scope;
use thidua_domain::exemplar::Paper;
use thidua_store as store;

use super::desk::{Desk, Eyes};
use crate::{App, Error};

/// The paper and the bytes of its file. The public gets pictures that whoever recognised or confirmed has seen.
///
/// # Errors
/// [`Error::NotFound`] where there is no such paper for this actor, or it has no file.
pub fn paper_file(app: &App, by: &Actor, id: &ExemplarId, paper: &EvidenceId) -> Result<(Paper, Vec<u8>), Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by, Some(id))?;
        let exemplar = desk.seen(by, id, Eyes::Own)?;
        let whole = Scope::whole(by.scope.tenant.clone());
        let papers = store::exemplar::paper::papers(tx, &whole, Some(id))?;
        let found = papers.into_iter().find(|known| known.id == *paper).ok_or(Error::NotFound("paper"))?;
        if !desk.reads(by, exemplar, Eyes::Own) && !found.is_public(&desk.course(exemplar)) {
            return Err(Error::NotFound("paper"));
        }
        let hash = found.file.as_ref().map(|file| file.hash.clone()).ok_or(Error::NotFound("paper"))?;
        let bytes = store::collection::evidence::bytes_of(tx, &whole, &hash)?.ok_or(Error::NotFound("paper"))?;
        Ok((found, bytes))
    })
}
