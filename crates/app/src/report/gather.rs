//! Gathers what a report is made from, in one snapshot and a constant number of queries.

use thidua_base::code::ReportId;
use thidua_domain::Actor;
use thidua_report::ReportData;
use thidua_store as store;
use thidua_store::Tx;

use crate::{App, Error};

/// The data of a report.
///
/// # Errors
/// [`Error::NotFound`] where the report is not, or not for this actor; [`Error::Store`] where the store fails.
pub fn gather(app: &App, by: &Actor, id: &ReportId, tx: &mut Tx) -> Result<ReportData, Error> {
    let scope = &by.scope;
    let reports = store::office::reports(tx, scope)?;
    let report = reports.into_iter().find(|report| report.id == *id).ok_or(Error::NotFound("report"))?;
    let document = store::office::document_of(tx, scope, id)?.ok_or(Error::NotFound("document"))?;
    let period = report.period;
    let periods = [period, period.same_period_last_year(), period.plan_year()];
    Ok(ReportData {
        recipients: store::office::recipients_of(tx, scope, &document.id)?,
        signing: store::office::signing(tx, scope, &report.unit, report.dated)?,
        units: store::org::units(tx, scope)?,
        edges: store::org::edges(tx, scope)?.into_iter().filter(|edge| edge.tree.as_str() == TERRITORY).collect(),
        indicators: store::indicator::indicators(tx, scope)?,
        readings: store::reading::readings_of(tx, scope, &periods)?,
        plans: store::plan::plans(tx, scope)?,
        plan_values: store::plan::plan_values(tx, scope, &periods)?,
        standards: store::standard::standards(tx, scope)?,
        members: store::standard::members(tx, scope)?,
        recognitions: store::standard::recognitions(tx, scope)?,
        movements: store::movement::movements(tx, scope)?,
        occasions: store::movement::occasions(tx, scope)?,
        clusters: store::cluster::clusters(tx, scope)?,
        awards: store::award::awards(tx, scope, period.first_day(), period.last_day())?,
        honours: app.book.honours().cloned().collect(),
        instruments: store::instrument::instruments(tx)?,
        exemplars: store::exemplar::exemplars(tx, scope)?,
        findings: store::finding::findings(tx, scope, period)?,
        tasks: store::finding::tasks(tx, scope, period.next())?,
        passages: store::draft::passages_of(tx, scope, id)?,
        overrides: store::draft::overrides_of(tx, scope, id)?,
        report,
        document,
    })
}

/// The tree by which figures roll up.
const TERRITORY: &str = "territory";
