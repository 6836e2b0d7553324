//! Checks a report without printing it.

use thidua_base::code::ReportId;
use thidua_domain::{Actor, Refusal};
use thidua_prose::check::Remark;
use thidua_report::check::printed;
use thidua_report::form::{Form, form, forms};
use thidua_report::writing::Unfillable;
use thidua_report::{ReportData, Writing};
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

/// The form a report follows.
pub(super) fn form_of(data: &ReportData) -> Result<&'static Form, Error> {
    form(&data.report.form).ok_or_else(|| {
        Error::Refused(Refusal::UnknownForm {
            asked: data.report.form.clone(),
            known: forms().iter().map(|form| form.code.clone()).collect(),
        })
    })
}

/// A template that cannot be filled, as a refusal that names the place.
pub fn refused_template(fault: Unfillable) -> Error {
    Error::Refused(Refusal::BadPassage { why: fault.to_string() })
}
