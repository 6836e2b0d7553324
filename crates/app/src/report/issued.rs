//! The issues of a report, each with the figures it printed that were corrected since.

use thidua_base::Period;
use thidua_base::code::{OrgId, ReportId};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::draft::Issue;
use thidua_domain::indicator::{Indicator, cell_key};
use thidua_store as store;

use crate::permit::permit;
use crate::{App, Error};

/// The issues of a report.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Whether the actor may issue it.
    pub issues: bool,
    /// Its issues, oldest first.
    pub seen: Vec<IssuedSeen>,
}

/// An issue of a report.
#[derive(Debug, Clone)]
pub struct IssuedSeen {
    /// The issue.
    pub issue: Issue,
    /// Figures it printed that were corrected since, by indicator and unit.
    pub corrected: Vec<Corrected>,
}

/// A figure that an issue printed and that was corrected since.
#[derive(Debug, Clone)]
pub struct Corrected {
    /// The key of its passport.
    pub key: String,
    /// What.
    pub indicator: Indicator,
    /// Whose.
    pub unit: OrgId,
    /// Their name on the report's day.
    pub unit_name: String,
    /// For when.
    pub period: Period,
}

/// Reads the issues of a report, in a constant number of statements.
///
/// # Errors
/// [`Error::NotFound`] where there is no such report for this actor.
pub fn issued(app: &App, by: &Actor, id: &ReportId) -> Result<Issued, Error> {
    app.db.read(|tx| {
        let reports = store::office::reports(tx, &by.scope)?;
        let report = reports.into_iter().find(|report| report.id == *id).ok_or(Error::NotFound("report"))?;
        permit(by, Verb::PrintReport, Thing::Unit(&report.unit), "report")?;
        let issues = store::report_issue::issues(tx, &by.scope)?;
        let corrected = store::report_issue::corrected(tx, &by.scope, id)?;
        // Whoever may print the report may read the names of the units whose figures stand in it.
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let indicators = store::indicator::indicators(tx, &by.scope)?;
        let of_issue = |number: i64| {
            let cells = corrected.iter().filter(|cell| cell.0 == number);
            cells
                .filter_map(|(_, code, unit, period)| {
                    Some(Corrected {
                        key: cell_key(code, unit, *period),
                        indicator: indicators.iter().find(|known| known.code == *code)?.clone(),
                        unit: unit.clone(),
                        unit_name: ground.units.name_on(unit, report.dated),
                        period: *period,
                    })
                })
                .collect()
        };
        let seen = issues.into_iter().filter(|issue| issue.report == *id);
        let seen = seen.map(|issue| IssuedSeen { corrected: of_issue(issue.number), issue });
        Ok(Issued { issues: may(by, Verb::IssueReport, Thing::Unit(&report.unit)).is_granted(), seen: seen.collect() })
    })
}
