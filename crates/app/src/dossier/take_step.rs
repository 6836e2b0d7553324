//! Takes a step with one dossier or with many: prepared first, then applied together.

use thidua_domain::actor::Verb;
use thidua_domain::dossier::{
    Act, Ask, BATCH_MAX, Dossier, DossierId, Event, Judgement, LINE_CHARS_MAX, NamedField, Obstacle, Stage, Step,
    first_refusal, step_of,
};
use thidua_domain::refusal::DossierFault;
use thidua_domain::subject::hide_numbers;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;

use super::gathered::{Gathered, Look, gather};
use super::held::{event, held_many, may_on, overtaken, said, thing};
use crate::{App, Error};

/// The steps that are taken in this chapter; the others belong to councils and decisions.
pub const TAKEN_HERE: [Verb; 7] = [
    Verb::SubmitDossier,
    Verb::WithdrawDossier,
    Verb::ReturnDossier,
    Verb::AppraiseDossier,
    Verb::RejudgeDossier,
    Verb::DropDossier,
    Verb::TableDossier,
];

/// A step to be taken.
#[derive(Debug, Clone)]
pub struct StepAsked {
    /// What.
    pub verb: Verb,
    /// Why; must say something where the step asks for it.
    pub reason: String,
    /// The fields that a return names.
    pub fields: Vec<NamedField>,
}

/// A dossier before a step.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The dossier as it was seen.
    pub dossier: Dossier,
    /// The nominee's name.
    pub name: String,
    /// What stands in the way, or is to be known; empty where it is ripe.
    pub obstacles: Vec<Obstacle>,
}

impl Prepared {
    /// Whether nothing refuses.
    pub fn is_ripe(&self) -> bool {
        !self.obstacles.iter().any(|obstacle| obstacle.refuses)
    }
}

/// What a step would meet, for each of some dossiers; nothing is changed.
///
/// # Errors
/// [`Error::NotFound`] where one is not the actor's to see or the step not theirs to take; [`Refusal::NothingChosen`],
/// [`Refusal::TooMany`].
pub fn prepare(app: &App, by: &Actor, verb: Verb, ids: &[DossierId]) -> Result<Vec<Prepared>, Error> {
    app.db.read(|tx| {
        let (dossiers, mut gathered) = read(tx, app, by, ids)?;
        let asked = StepAsked { verb, reason: String::new(), fields: Vec::new() };
        let now = app.clock.now();
        let mut prepared = Vec::new();
        for dossier in dossiers {
            let look = gathered.look(&dossier)?;
            let obstacles = match step(by, verb, &dossier, &look) {
                Ok(step) => {
                    let obstacles = gathered.obstacles(step, &dossier, &look);
                    // Of a list sent together each takes the place of those before it.
                    if first_refusal(&obstacles).is_ok()
                        && let Ok(act) = act(step, &look, &asked)
                    {
                        let mut after = dossier.clone();
                        after.events.push(event(by, act, now, ""));
                        gathered.replace(&after);
                    }
                    obstacles
                }
                Err(Error::Refused(Refusal::Dossier(fault))) => vec![Obstacle { fault, refuses: true }],
                Err(other) => return Err(other),
            };
            prepared.push(Prepared { name: look.recorded.details.name, dossier, obstacles });
        }
        Ok(prepared)
    })
}

/// Takes a step with one dossier, over the version that was seen.
///
/// # Errors
/// As [`take_steps`].
pub fn take_step(app: &App, by: &Actor, id: &DossierId, seen: usize, asked: &StepAsked) -> Result<Stage, Error> {
    take_steps(app, by, &[(id.clone(), seen)], asked)?.pop().ok_or(Error::NotFound("dossier"))
}

/// Takes a step with some dossiers, each over the version that was seen: all of them, or none.
///
/// # Errors
/// [`Error::NotFound`] where one is not the actor's to see or the step not theirs to take; [`Refusal::ChangedMeanwhile`];
/// what is not ripe, by the table of steps and the law book; [`Refusal::NoReason`]; [`Refusal::NothingChosen`] for a
/// return that names no field.
pub fn take_steps(app: &App, by: &Actor, seen: &[(DossierId, usize)], asked: &StepAsked) -> Result<Vec<Stage>, Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    // Quotas are counted over many dossiers: writers wait for one another.
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let ids: Vec<DossierId> = seen.iter().map(|(id, _)| id.clone()).collect();
    let (mut dossiers, mut gathered) = read(&mut tx, app, by, &ids)?;
    let mut taken: Vec<(Dossier, Event)> = Vec::with_capacity(dossiers.len());
    for dossier in &mut dossiers {
        let look = gathered.look(dossier)?;
        let version = seen.iter().find(|(id, _)| *id == dossier.id).map_or(0, |(_, version)| *version);
        let step = match step(by, asked.verb, dossier, &look) {
            // Whoever comes second hears that something changed, not that the step is not there.
            Err(Error::Refused(_)) if dossier.version() != version => return Err(Refusal::ChangedMeanwhile.into()),
            other => other?,
        };
        dossier.judge_seen(version)?;
        first_refusal(&gathered.obstacles(step, dossier, &look))?;
        let reason = reason(step, asked)?;
        let done = event(by, act(step, &look, asked)?, now, &reason);
        taken.push((dossier.clone(), done.clone()));
        // The next one is judged as if this one had been kept already: quotas are counted over both.
        dossier.events.push(done);
        gathered.replace(dossier);
    }

    let events: Vec<(&Dossier, Event)> = taken.iter().map(|(before, done)| (before, done.clone())).collect();
    store::dossier::append(&mut tx, &by.scope.tenant, &events).map_err(overtaken)?;
    for (before, done) in &taken {
        let detail = format!("{} {} {} {}", before.subject, before.honour, before.year, done.reason);
        let detail = hide_numbers(detail.trim_end());
        store::audit::append(&mut tx, by, now, asked.verb.word(), &thing(&before.id), &detail)?;
    }
    tx.commit()?;
    Ok(taken.iter().map(|(_, done)| done.act.stage()).collect())
}

fn read(tx: &mut Tx, app: &App, by: &Actor, ids: &[DossierId]) -> Result<(Vec<Dossier>, Gathered), Error> {
    if ids.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    if ids.len() > BATCH_MAX {
        return Err(Refusal::TooMany { most: BATCH_MAX }.into());
    }
    let dossiers = held_many(tx, by, ids)?;
    let gathered = gather(tx, app, by, &dossiers)?;
    Ok((dossiers, gathered))
}

/// The step for a dossier where it stands, if it is the actor's to take.
fn step(by: &Actor, verb: Verb, dossier: &Dossier, look: &Look) -> Result<&'static Step, Error> {
    let side = thidua_domain::dossier::STEPS.iter().find(|step| step.verb == verb).map(|step| step.side);
    let side = side.filter(|_| TAKEN_HERE.contains(&verb)).ok_or(Error::NotFound("step"))?;
    if !may_on(by, verb, side, dossier, &look.round) {
        return Err(Error::NotFound("dossier"));
    }
    step_of(verb, dossier).map_err(|fault: DossierFault| Refusal::from(fault).into())
}

fn reason(step: &Step, asked: &StepAsked) -> Result<String, Refusal> {
    if step.asks.contains(&Ask::Reason) {
        said(&asked.reason, Refusal::NoReason)
    } else {
        said(&asked.reason, Refusal::NoReason).or_else(|refusal| match refusal {
            Refusal::NoReason => Ok(String::new()),
            other => Err(other),
        })
    }
}

/// The act of a step, with what belongs to it.
fn act(step: &Step, look: &Look, asked: &StepAsked) -> Result<Act, Refusal> {
    Ok(match step.verb {
        Verb::SubmitDossier => Act::Submit(Box::new(Judgement::of(&look.answer))),
        Verb::RejudgeDossier => Act::Rejudge(Box::new(Judgement::of(look.now.as_ref().unwrap_or(&look.answer)))),
        Verb::ReturnDossier => {
            let named: Vec<NamedField> = asked.fields.iter().map(tidy).collect();
            if named.is_empty() {
                return Err(Refusal::NothingChosen);
            }
            Act::Return(named)
        }
        other => Act::plain(other).ok_or(Refusal::NothingChosen)?,
    })
}

fn tidy(field: &NamedField) -> NamedField {
    let cut = |text: &str| thidua_base::text::nfc(text.trim()).chars().take(LINE_CHARS_MAX).collect();
    NamedField { field: cut(&field.field), reason: cut(&field.reason) }
}
