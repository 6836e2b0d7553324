//! Checks a report without printing it.

use thidua_base::code::ReportId;
use thidua_domain::Actor;
use thidua_prose::check::Remark;
use thidua_report::Writing;
use thidua_report::check::printed;
use thidua_report::printed::Printed;
use thidua_store as store;

use super::{gather, make};
use crate::pack::{read, shipped};
use crate::{App, Error};

/// The remarks on a report, the most severe first.
///
/// # Errors
/// As [`make`].
pub fn check(app: &App, by: &Actor, id: &ReportId) -> Result<Vec<Remark>, Error> {
    Ok(make(app, by, id)?.remarks)
}

/// The remarks on what a paper printed, held against the data of a report.
///
/// # Errors
/// [`Error::NotFound`] where there is no such report for this actor; where the store fails.
pub fn check_printed(app: &App, by: &Actor, id: &ReportId, claims: &Printed) -> Result<Vec<Remark>, Error> {
    let data = app.db.read(|tx| {
        let book = app.book_in(tx, by)?;
        gather(&book, by, id, tx)
    })?;
    Ok(printed::check(&Writing::new(&data), claims))
}

/// The claims that come with the pack the tenant loaded, where that pack ships with the program.
///
/// # Errors
/// [`Error::NotFound`] where it does not: then the pack's folder must be named.
pub fn printed_of_loaded(app: &App, by: &Actor) -> Result<Printed, Error> {
    let loaded = app.db.read(|tx| store::pack::loaded(tx, &by.scope))?;
    let files = loaded.iter().find_map(|held| shipped(&held.pack)).ok_or(Error::NotFound("pack"))?;
    Ok(read(&files, app.shipped)?.printed)
}
