//! Stops a dossier (tạm dừng) for some days, or says when it goes on; it goes on by itself when they are over.

use thidua_base::Date;
use thidua_domain::actor::Verb;
use thidua_domain::dossier::{DossierId, Side, Stop, StopCause};
use thidua_domain::refusal::DossierFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{held, may_on, overtaken, said, thing};
use crate::{App, Error};

/// A stop to be set; the newest counts, so another ends or changes the one before.
#[derive(Debug, Clone)]
pub struct NewStop {
    /// Why.
    pub cause: StopCause,
    /// First day.
    pub from: Date,
    /// First day on which the dossier goes on; `None` until somebody says so.
    pub until: Option<Date>,
    /// The document, or the reason in words.
    pub reason: String,
}

/// Sets it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dossier for this actor, or it is not theirs to stop;
/// [`DossierFault::WrongStage`] at an end; [`Refusal::EmptySpan`], [`Refusal::NoReason`], [`Refusal::ChangedMeanwhile`].
pub fn stop(app: &App, by: &Actor, id: &DossierId, new: &NewStop) -> Result<Stop, Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let (dossier, round) = held(&mut tx, by, id)?;
    if !may_on(by, Verb::StopDossier, Side::Receiver, &dossier, &round) {
        return Err(Error::NotFound("dossier"));
    }
    let stage = dossier.stage();
    if thidua_domain::dossier::steps_from(stage).next().is_none() {
        return Err(Refusal::from(DossierFault::WrongStage { stage: stage.word() }).into());
    }
    if let Some(until) = new.until.filter(|until| *until < new.from) {
        return Err(Refusal::EmptySpan { from: new.from, to: until }.into());
    }
    let reason = said(&new.reason, Refusal::NoReason)?;
    let stop = Stop { cause: new.cause, from: new.from, until: new.until, reason, by: by.name.clone(), at: now };

    store::dossier::stop(&mut tx, &by.scope.tenant, &dossier, &stop).map_err(overtaken)?;
    let until = stop.until.map(|until| until.to_string()).unwrap_or_default();
    let detail = format!("{} {} - {until}: {}", stop.cause.word(), stop.from, stop.reason);
    store::audit::append(&mut tx, by, now, Verb::StopDossier.word(), &thing(id), &detail)?;
    tx.commit()?;
    Ok(stop)
}
