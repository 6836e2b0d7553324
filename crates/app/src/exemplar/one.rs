//! One exemplar as an actor sees it: its facts, proof, pictures, way and copies, and what the actor may do.

use thidua_base::code::{AwardId, ExemplarId, MovementCode, OrgId};
use thidua_base::{Date, Number};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::decision::Award;
use thidua_domain::exemplar::course::grey_from;
use thidua_domain::exemplar::{Course, Event, Exemplar, Paper, Profile, Standing, Step};
use thidua_domain::indicator::Indicator;
use thidua_domain::subject::SubjectId;
use thidua_store as store;
use thidua_store::Tx;

use super::copied::{CopySeen, copies_seen};
use super::desk::{Desk, Eyes};
use crate::{App, Error};

/// One exemplar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct One {
    /// The exemplar.
    pub exemplar: Exemplar,
    /// What its proposal said; without the contact and the record where the actor sees what the public sees.
    pub profile: Profile,
    /// How it stands today.
    pub standing: Standing,
    /// The name of its place.
    pub place: Option<String>,
    /// The movement it came out of.
    pub movement: Option<(MovementCode, String)>,
    /// The record's name, where the actor may see it.
    pub subject: Option<(SubjectId, String)>,
    /// Its size today.
    pub size: Option<Number>,
    /// The last day on which somebody vouched for it.
    pub vouched_on: Option<Date>,
    /// The day from which it is grey, unless somebody confirms it.
    pub grey_from: Option<Date>,
    /// The decision that recognised it, with its day.
    pub decision: Option<(String, Date)>,
    /// Whether it was taken over with a pack.
    pub is_taken_over: bool,
    /// What happened, oldest first; nothing for the public.
    pub history: Vec<Event>,
    /// Pictures that who looks may see, oldest first.
    pub pictures: Vec<Paper>,
    /// Papers, oldest first; none for the public.
    pub papers: Vec<Paper>,
    /// Awards that papers refer to.
    pub awards: Vec<Award>,
    /// Who copied it.
    pub copies: Vec<CopySeen>,
    /// Whether the actor sees more than the public.
    pub reads: bool,
    /// The steps the actor may take now.
    pub steps: Vec<Step>,
    /// Whether the actor may add papers and pictures.
    pub adds: bool,
    /// Awards a paper may refer to, the newest first; only for who adds.
    pub citable: Vec<Award>,
    /// Units for which the actor may tell a copy, by name.
    pub copying: Vec<(OrgId, String)>,
    /// Indicators in which a change would be seen; only for who tells.
    pub indicators: Vec<Indicator>,
    /// Today.
    pub today: Date,
}

/// Most awards that are offered to refer to.
const CITABLE_MAX: usize = 200;

/// Reads one exemplar with a constant number of statements; `as_public` leaves out what the public does not see.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none for this actor.
pub fn one(app: &App, by: &Actor, id: &ExemplarId, as_public: bool) -> Result<One, Error> {
    let eyes = if as_public { Eyes::Public } else { Eyes::Own };
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by, Some(id))?;
        let exemplar = desk.seen(by, id, eyes)?.clone();
        let reads = desk.reads(by, &exemplar, eyes);
        let whole = Scope::whole(by.scope.tenant.clone());
        let (course, mut profile) = (desk.course(&exemplar), desk.profile(&exemplar));
        let movement = match &profile.movement {
            Some(code) => {
                let known = store::movement::movements(tx, &whole)?;
                known.into_iter().find(|known| known.code == *code).map(|known| (known.code, known.name))
            }
            None => None,
        };
        let subject = match profile.subject.clone() {
            Some(subject) if reads => named(tx, by, &desk, &exemplar, subject)?,
            Some(_) | None => None,
        };
        if !reads {
            profile.contact = thidua_domain::exemplar::Contact::default();
            profile.subject = None;
            profile.by = String::new();
        }
        let papers = store::exemplar::paper::papers(tx, &whole, Some(id))?;
        let (pictures, mut papers): (Vec<Paper>, Vec<Paper>) =
            papers.into_iter().partition(|paper| paper.picture.is_some());
        let pictures = pictures.into_iter().filter(|picture| reads || picture.is_public(&course)).collect();
        if !reads {
            papers.clear();
        }
        let copies = store::exemplar::copied::copies(tx, &whole, Some(id))?;
        let place = desk.place(&exemplar).clone();
        let can = |verb: Verb| eyes == Eyes::Own && may(by, verb, Thing::Unit(&place)).is_granted();
        let standing = desk.standing(&exemplar).ok_or(Error::NotFound("exemplar"))?;
        let adds = can(Verb::ProposeExemplar) && standing != Standing::Withdrawn;
        let mut copying = match standing {
            Standing::Recognised | Standing::Confirmed | Standing::Grey if eyes == Eyes::Own => {
                desk.units_for(by, Verb::TellReplication)
            }
            _ => Vec::new(),
        };
        copying.retain(|(unit, _)| exemplar.unit.as_ref() != Some(unit));
        let cited: Vec<&AwardId> = papers.iter().filter_map(|paper| paper.award.as_ref()).collect();
        let all_awards = if adds || !cited.is_empty() { awards(tx, &whole, desk.today)? } else { Vec::new() };
        let awards = all_awards.iter().filter(|award| cited.contains(&&award.id)).cloned().collect();
        let citable = all_awards.into_iter().rev().filter(|award| adds && award.unit == place).take(CITABLE_MAX);
        let vouched_on = course.vouched_on(desk.today, desk.taken_over);
        Ok(One {
            place: exemplar.unit.as_ref().map(|unit| desk.name(unit)),
            movement,
            subject,
            size: course.size_on(desk.today, exemplar.size),
            grey_from: vouched_on.filter(|_| standing != Standing::Withdrawn).map(grey_from),
            vouched_on,
            decision: decision(&course),
            is_taken_over: course.events.first().is_none_or(|first| first.verb != Verb::ProposeExemplar),
            steps: course.open_steps().filter(|step| can(step.verb)).collect(),
            copies: copies_seen(tx, app, by, &desk, copies)?,
            indicators: if copying.is_empty() { Vec::new() } else { defined(&desk) },
            history: if reads { course.events } else { Vec::new() },
            citable: citable.collect(),
            profile,
            standing,
            pictures,
            papers,
            awards,
            reads,
            adds,
            copying,
            today: desk.today,
            exemplar,
        })
    })
}

/// The decision that recognised it.
fn decision(course: &Course) -> Option<(String, Date)> {
    let event = course.last(Verb::RecogniseExemplar)?;
    Some((event.decision.clone(), event.day))
}

/// The name of a record, where the actor may read records of the place.
fn named(
    tx: &mut Tx,
    by: &Actor,
    desk: &Desk,
    exemplar: &Exemplar,
    subject: SubjectId,
) -> Result<Option<(SubjectId, String)>, Error> {
    if !may(by, Verb::ReadSubjects, Thing::Unit(desk.place(exemplar))).is_granted() {
        return Ok(None);
    }
    let versions = store::subject::versions(tx, &by.scope.tenant, std::slice::from_ref(&subject))?;
    let latest = versions.into_iter().max_by_key(|version| version.version);
    Ok(latest.map(|version| (subject, version.details.name)))
}

/// The awards of the register up to a day, by day.
fn awards(tx: &mut Tx, scope: &Scope, today: Date) -> Result<Vec<Award>, Error> {
    let first = Date::new(thidua_domain::exemplar::profile::YEAR_MIN, 1, 1).unwrap_or(today);
    Ok(store::award::awards(tx, scope, first, today)?)
}

/// The indicators that are defined today, or were on the day of the pages, in the order of the catalogue.
fn defined(desk: &Desk) -> Vec<Indicator> {
    let figures = thidua_domain::indicator::Figures::new(
        &desk.ground.indicators,
        &[],
        &desk.ground.plans,
        &[],
        &desk.ground.territory,
        desk.today,
    );
    figures.indicators().into_iter().cloned().collect()
}
