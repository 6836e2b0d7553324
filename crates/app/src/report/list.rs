//! Lists the reports an actor may see.

use thidua_domain::Actor;
use thidua_domain::office::Report;
use thidua_report::form::form;
use thidua_store as store;

use crate::{App, Error};

/// A report in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The report.
    pub report: Report,
    /// The name of its unit on its day.
    pub unit_name: String,
    /// The Vietnamese name of its form.
    pub form_name: String,
}

/// Every report, the latest period first.
///
/// # Errors
/// Where the store fails.
pub fn list(app: &App, by: &Actor) -> Result<Vec<Listed>, Error> {
    let (mut reports, ground) =
        app.db.read(|tx| Ok::<_, Error>((store::office::reports(tx, &by.scope)?, app.ground(tx, &by.scope)?)))?;
    reports.sort_by(|a, b| b.period.last_day().cmp(&a.period.last_day()).then_with(|| a.id.cmp(&b.id)));
    let listed = reports.into_iter().map(|report| Listed {
        unit_name: ground.units.name_on(&report.unit, report.dated),
        form_name: form(&report.form).map_or_else(|| report.form.clone(), |form| form.name.vi.clone()),
        report,
    });
    Ok(listed.collect())
}
