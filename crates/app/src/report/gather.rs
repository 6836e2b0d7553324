//! Gathers what a report is made from, in one snapshot and a constant number of queries.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::{ExemplarId, OrgId, ReportId};
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::exemplar::{Course, Exemplar};
use thidua_domain::org::{TERRITORY, within};
use thidua_domain::{Actor, Scope};
use thidua_law::Book;
use thidua_report::ReportData;
use thidua_store as store;
use thidua_store::Tx;

use crate::Error;
use crate::permit::permit;

/// The data of a report.
///
/// # Errors
/// [`Error::NotFound`] where the report is not, or not for this actor; [`Error::Store`] where the store fails.
pub fn gather(book: &Book, by: &Actor, id: &ReportId, tx: &mut Tx) -> Result<ReportData, Error> {
    let scope = &by.scope;
    let reports = store::office::reports(tx, scope)?;
    let report = reports.into_iter().find(|report| report.id == *id).ok_or(Error::NotFound("report"))?;
    permit(by, Verb::PrintReport, Thing::Unit(&report.unit), "report")?;
    // Whoever may print the report may read what stands in it: names of bodies above and beside the unit, plans
    // assigned from above, and the figures of the units below.
    let scope = &Scope::whole(by.scope.tenant.clone());
    let document = store::office::document_of(tx, scope, id)?.ok_or(Error::NotFound("document"))?;
    let period = report.period;
    let edges = store::org::edges(tx, scope)?;
    // A report speaks of its unit and what stands below it, not of the tenant's other units.
    let ours = within(&report.unit, &edges, report.dated);
    let is_ours = |unit: &OrgId| ours.contains(unit);
    let before = period.same_period_last_year();
    // The same period belongs to the units of its own day, which may have merged since.
    let were_ours = within(&report.unit, &edges, before.last_day());
    let periods = [period, before, period.plan_year()];
    Ok(ReportData {
        recipients: store::office::recipients_of(tx, scope, &document.id)?,
        signing: store::office::signing(tx, scope, &report.unit, report.dated)?,
        units: store::org::units(tx, scope)?,
        edges: edges.iter().filter(|edge| edge.tree.as_str() == TERRITORY).cloned().collect(),
        indicators: store::indicator::indicators(tx, scope)?,
        readings: kept(store::reading::readings_of(tx, scope, &periods)?, |reading| {
            is_ours(&reading.unit) || (reading.period == before && were_ours.contains(&reading.unit))
        }),
        plans: store::plan::plans(tx, scope)?,
        plan_values: kept(store::plan::plan_values(tx, scope, &periods)?, |value| is_ours(&value.unit)),
        standards: store::standard::standards(tx, scope)?,
        members: kept(store::standard::members(tx, scope)?, |member| member.unit.as_ref().is_none_or(is_ours)),
        recognitions: store::standard::recognitions(tx, scope)?,
        movements: store::movement::movements(tx, scope)?,
        occasions: store::movement::occasions(tx, scope)?,
        clusters: store::cluster::clusters(tx, scope)?,
        awards: kept(store::award::awards(tx, scope, period.first_day(), period.last_day())?, |award| {
            is_ours(&award.unit)
        }),
        honours: book.honours().cloned().collect(),
        instruments: crate::instrument::citable(tx, book)?,
        exemplars: offered(tx, scope, report.dated, is_ours)?,
        findings: store::finding::findings(tx, scope, period)?,
        tasks: store::finding::tasks(tx, scope, period.next())?,
        passages: store::draft::passages_of(tx, scope, id)?,
        overrides: store::draft::overrides_of(tx, scope, id)?,
        report,
        document,
    })
}

/// The exemplars a report proposes: recognised, and vouched for on its day, with the size of that day.
fn offered(tx: &mut Tx, scope: &Scope, day: Date, is_ours: impl Fn(&OrgId) -> bool) -> Result<Vec<Exemplar>, Error> {
    let courses = store::exemplar::course::courses(tx, scope, None)?;
    let courses: BTreeMap<ExemplarId, Course> =
        courses.into_iter().map(|course| (course.exemplar.clone(), course)).collect();
    let mut exemplars = store::exemplar::exemplars(tx, scope)?;
    exemplars.retain(|exemplar| exemplar.unit.as_ref().is_none_or(&is_ours));
    exemplars.retain_mut(|exemplar| {
        let Some(course) = courses.get(&exemplar.id) else { return true };
        exemplar.size = course.size_on(day, exemplar.size);
        course.is_offered(day)
    });
    Ok(exemplars)
}

fn kept<T>(mut rows: Vec<T>, is_kept: impl Fn(&T) -> bool) -> Vec<T> {
    rows.retain(is_kept);
    rows
}
