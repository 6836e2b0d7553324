//! Writes the achievement report (báo cáo thành tích): drafted from the nominee's record, then edited; versions stay.

use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::dossier::{DossierId, ReportVersion, Side, judge_report};
use thidua_domain::subject::current;
use thidua_domain::{Refusal, Scope};
use thidua_report::achievement::{Achieved, draft};
use thidua_store as store;

use super::held::{held, may_on, overtaken, thing};
use crate::subject::record_in;
use crate::{App, Error};

/// Keeps a new version over the one that was seen; 0 where none was.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dossier for this actor, or it is not theirs to write; what
/// [`judge_report`] refuses; [`thidua_domain::refusal::DossierFault::WrongStage`] once it was sent;
/// [`Refusal::ChangedMeanwhile`].
pub fn write_report(app: &App, by: &Actor, id: &DossierId, seen: i64, body: &str) -> Result<ReportVersion, Error> {
    let body = judge_report(body)?;
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let (dossier, round) = held(&mut tx, by, id)?;
    if !may_on(by, Verb::Nominate, Side::Nominator, &dossier, &round) {
        return Err(Error::NotFound("dossier"));
    }
    dossier.judge_written()?;
    let known = store::dossier::paper::reports(&mut tx, &by.scope.tenant, id)?;
    let newest = known.last();
    if newest.map_or(0, |report| report.version) != seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if let Some(same) = newest.filter(|report| report.body == body) {
        return Ok(same.clone());
    }
    let report = ReportVersion { version: seen + 1, body, by: by.name.clone(), at: now };

    store::dossier::paper::write_report(&mut tx, &by.scope.tenant, id, &report).map_err(overtaken)?;
    store::audit::append(&mut tx, by, now, "write-report", &thing(id), &report.version.to_string())?;
    tx.commit()?;
    Ok(report)
}

/// A draft from what is known of the nominee; nothing is kept.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dossier for this actor.
pub fn draft_report(app: &App, by: &Actor, id: &DossierId) -> Result<String, Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let (dossier, _) = held(tx, by, id)?;
        let recorded = record_in(tx, app, by, &dossier.subject, today)?;
        let facts = store::subject::fact::facts_of(tx, &by.scope.tenant, &recorded.members)?;
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let book = app.book_in(tx, by)?;
        let honour_name = |code: &thidua_base::code::HonourCode| {
            book.honour(code).map_or_else(|| code.to_string(), |honour| honour.name_on(today).vi)
        };
        let unit_name = |unit: &thidua_base::code::OrgId, day| {
            // The register of units does not reach as far back as careers do.
            let then = ground.units.on(unit, day).map(|known| known.name.clone());
            then.unwrap_or_else(|| ground.units.name_on(unit, today))
        };
        Ok(draft(&Achieved {
            details: &recorded.details,
            facts: &current(&facts),
            unit: &ground.units.name_on(&dossier.unit, today),
            honour: &honour_name(&dossier.honour),
            year: dossier.year,
            achievement: &dossier.achievement,
            honour_name: &honour_name,
            unit_name: &unit_name,
        }))
    })
}
