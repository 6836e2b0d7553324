//! Reports as they were last written, kept while nothing changes: writing and checking one takes far longer than
//! showing it.

use std::sync::Arc;

use thidua_base::code::ReportId;
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_report::ReportData;
use thidua_store::Tx;

use super::gather;
use super::make::{Made, made};
use crate::indicator::Facts;
use crate::permit::permit;
use crate::{App, Error};

/// What a report is made from.
#[derive(Debug)]
pub struct Gathered {
    /// The rows.
    pub data: Arc<ReportData>,
    /// The facts behind its figures, by key.
    pub facts: Arc<Facts>,
}

/// A report with the facts behind its figures.
#[derive(Debug)]
pub struct Written {
    /// The report.
    pub made: Made,
    /// The facts.
    pub facts: Arc<Facts>,
}

/// A report as it stands.
///
/// # Errors
/// As [`super::make`].
pub fn written(app: &App, by: &Actor, id: &ReportId) -> Result<Arc<Written>, Error> {
    let (shelf, gathered) = app.db.read(|tx| {
        let shelf = app.shelf.within(tx, &by.scope)?;
        Ok::<_, Error>((shelf, gathered(tx, app, by, id)?))
    })?;
    // Written after the transaction, under its stamp: a connection is not held for so long.
    shelf.written(id, || Ok(Written { made: made(Arc::clone(&gathered.data))?, facts: Arc::clone(&gathered.facts) }))
}

/// What a report is made from, inside a transaction.
pub(crate) fn gathered(tx: &mut Tx, app: &App, by: &Actor, id: &ReportId) -> Result<Arc<Gathered>, Error> {
    let shelf = app.shelf.within(tx, &by.scope)?;
    let gathered = shelf.gathered(id, || {
        let book = app.book_in(tx, by)?;
        let data = gather(&book, by, id, tx)?;
        Ok(Gathered { facts: Arc::new(Facts::of(&data)), data: Arc::new(data) })
    })?;
    allowed(by, &gathered.data)?;
    Ok(gathered)
}

/// The shelf knows scopes and not rights: who finds a report there must have been able to have it written.
fn allowed(by: &Actor, data: &ReportData) -> Result<(), Error> {
    permit(by, Verb::PrintReport, Thing::Unit(&data.report.unit), "report")
}
