//! One dossier: what is missing first, what the law book says, the report, the steps, what happened.

use thidua_base::Date;
use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::dossier::{
    Batch, Dossier, DossierId, JudgedFinding, Matter, Obstacle, ReportVersion, Side, Standing, Step, steps_from,
};
use thidua_law::table::Said;
use thidua_store as store;

use super::gathered::{Look, gather};
use super::held::{held, may_on, scope_of};
use super::take_step::TAKEN_HERE;
use crate::{App, Error};

/// A dossier as an actor sees it.
#[derive(Debug, Clone)]
pub struct DossierSeen {
    /// The dossier.
    pub dossier: Dossier,
    /// What decides about it.
    pub look: Look,
    /// The name of its honour today.
    pub honour: Said,
    /// The name of the unit that nominates.
    pub unit: String,
    /// The name of the unit of the round.
    pub receiver: String,
    /// The list it is in.
    pub batch: Option<Batch>,
    /// The findings frozen when it was sent; empty before.
    pub frozen: Vec<JudgedFinding>,
    /// The versions of the report, oldest first.
    pub reports: Vec<ReportVersion>,
    /// How each of its matters stands, in their order.
    pub clocks: Vec<(Matter, Standing)>,
    /// The steps that the actor may take, with what stands in the way.
    pub steps: Vec<StepSeen>,
    /// Whether the actor writes the report and attaches papers now.
    pub writes: bool,
    /// Whether the actor may stop it.
    pub stops: bool,
    /// Whether the actor runs consultation and notice.
    pub runs: bool,
    /// The hash of the book today.
    pub book: String,
    /// Today.
    pub today: Date,
}

/// A step that an actor may take.
#[derive(Debug, Clone)]
pub struct StepSeen {
    /// The step.
    pub step: &'static Step,
    /// What stands in the way, or is to be known.
    pub obstacles: Vec<Obstacle>,
}

impl StepSeen {
    /// Whether nothing refuses.
    pub fn is_ripe(&self) -> bool {
        !self.obstacles.iter().any(|obstacle| obstacle.refuses)
    }
}

/// Reads it.
///
/// # Errors
/// [`Error::NotFound`] where there is none that this actor may read.
pub fn show(app: &App, by: &Actor, id: &DossierId) -> Result<DossierSeen, Error> {
    app.db.read(|tx| {
        let (dossier, round) = held(tx, by, id)?;
        let gathered = gather(tx, app, by, std::slice::from_ref(&dossier))?;
        let look = gathered.look(&dossier)?;
        let open = steps_from(dossier.stage()).filter(|step| TAKEN_HERE.contains(&step.verb));
        let mine = open.filter(|step| may_on(by, step.verb, step.side, &dossier, &round));
        let steps = mine.map(|step| StepSeen { step, obstacles: gathered.obstacles(step, &dossier, &look) });
        let steps = steps.collect();
        let batches = store::dossier::batches(tx, &scope_of(by)?, &round.id)?;
        let clock = |matter: &Matter| (matter.clone(), matter.standing(gathered.today, gathered.book.calendar()));
        let is_open = steps_from(dossier.stage()).next().is_some();
        let honour = look.honour.name_on(gathered.today);
        Ok(DossierSeen {
            frozen: store::dossier::findings(tx, &by.scope.tenant, id)?,
            reports: store::dossier::paper::reports(tx, &by.scope.tenant, id)?,
            clocks: look.matters.iter().map(clock).collect(),
            honour,
            unit: gathered.unit_name(&dossier.unit),
            receiver: gathered.unit_name(&round.unit),
            batch: batches.into_iter().find(|batch| Some(&batch.id) == dossier.batch.as_ref()),
            writes: dossier.is_written() && may_on(by, Verb::Nominate, Side::Nominator, &dossier, &round),
            stops: is_open && may_on(by, Verb::StopDossier, Side::Receiver, &dossier, &round),
            runs: is_open && dossier.stage().is_sent() && may_on(by, Verb::RunNotice, Side::Receiver, &dossier, &round),
            steps,
            book: gathered.book.hash().to_owned(),
            today: gathered.today,
            dossier,
            look,
        })
    })
}
