//! Reading findings of the period and tasks of the next, owners by name.

use std::collections::BTreeMap;

use thidua_base::Period;
use thidua_base::code::IndicatorCode;
use thidua_domain::Actor;
use thidua_domain::finding::{Finding, Task};
use thidua_store as store;

use crate::{App, Error};

/// Findings and tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The period of the findings; tasks are of the one after.
    pub period: Period,
    /// Findings in list order, with the owner's name.
    pub findings: Vec<(Finding, Option<String>)>,
    /// Tasks in list order, with the owner's name.
    pub tasks: Vec<(Task, Option<String>)>,
    /// Names of the indicators that findings speak of.
    pub indicators: BTreeMap<IndicatorCode, String>,
}

/// Reads findings and tasks.
pub fn register(app: &App, by: &Actor) -> Result<Register, Error> {
    app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        let standing = crate::org::standing::of(tx, app, by, &ground.units)?;
        let period = standing.period;
        let name = |id: &Option<_>| id.as_ref().map(|id| ground.units.name_on(id, standing.dated));
        let mut findings = store::finding::findings(tx, &by.scope, period)?;
        findings.sort_by_key(|finding| (finding.ordinal, finding.id.clone()));
        let mut tasks = store::finding::tasks(tx, &by.scope, period.next())?;
        tasks.sort_by_key(|task| (task.ordinal, task.id.clone()));
        let spoken_of = |code: &IndicatorCode| findings.iter().any(|finding| finding.about.contains(code));
        let indicators = ground
            .indicators
            .iter()
            .filter(|indicator| spoken_of(&indicator.code))
            .map(|indicator| (indicator.code.clone(), indicator.name.clone()))
            .collect();
        Ok(Register {
            period,
            findings: findings.into_iter().map(|f| (name(&f.owner), f)).map(|(owner, f)| (f, owner)).collect(),
            tasks: tasks.into_iter().map(|t| (name(&t.owner), t)).map(|(owner, t)| (t, owner)).collect(),
            indicators,
        })
    })
}
