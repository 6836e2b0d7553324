//! Checks a report without printing it.

use thidua_base::code::ReportId;
use thidua_domain::Actor;
use thidua_prose::check::Remark;
use thidua_report::Writing;
use thidua_report::check::printed;
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

/// The remarks on what the founding paper printed, held against the data it was loaded as.
///
/// # Errors
/// [`Error::NotFound`] where no pack that ships with the program is loaded for the report's tenant.
pub fn check_printed(app: &App, by: &Actor, id: &ReportId) -> Result<Vec<Remark>, Error> {
    let (data, loaded) = app.db.read(|tx| {
        let data = gather(app, by, id, tx)?;
        Ok::<_, Error>((data, store::pack::loaded(tx, &by.scope)?))
    })?;
    let files = loaded.iter().find_map(|held| shipped(&held.pack)).ok_or(Error::NotFound("pack"))?;
    let pack = read(&files, &app.book)?;
    Ok(printed::check(&Writing::new(&data), &pack.printed))
}
