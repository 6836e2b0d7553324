//! Proposes an exemplar (đề xuất điển hình), and what the form offers.

use std::collections::BTreeMap;

use thidua_base::code::{ExemplarId, MovementCode, OrgId};
use thidua_base::{Date, Timestamp};
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::exemplar::profile::{Judged, judge};
use thidua_domain::exemplar::{Course, Event, Exemplar, Profile, Proposal, State};
use thidua_domain::{Actor, Origin, Provenance};
use thidua_store as store;
use thidua_store::Tx;

use super::desk::{Desk, account, overtaken, subject};
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// What a form of a proposal offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Units in which the actor may propose, by name.
    pub units: Vec<(OrgId, String)>,
    /// Movements of the register, in its order.
    pub movements: Vec<(MovementCode, String)>,
    /// Today.
    pub today: Date,
}

/// What the form offers to an actor who may propose somewhere.
///
/// # Errors
/// [`Error::NotFound`] where they may nowhere.
pub fn choices(app: &App, by: &Actor) -> Result<Choices, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by, None)?;
        let units = desk.units_for(by, Verb::ProposeExemplar);
        if units.is_empty() {
            return Err(Error::NotFound("unit"));
        }
        let movements = store::movement::movements(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let movements = movements.into_iter().map(|known| (known.code, known.name)).collect();
        Ok(Choices { units, movements, today: desk.today })
    })
}

/// Proposes it.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not propose for the place, or there is no such movement or record for them;
/// what [`judge`] refuses.
pub fn propose(app: &App, by: &Actor, proposal: &Proposal) -> Result<ExemplarId, Error> {
    permit(by, Verb::ProposeExemplar, Thing::Unit(&proposal.unit), "unit")?;
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by, None)?;
    desk.ground.units.on(&proposal.unit, desk.today).ok_or(Error::NotFound("unit"))?;
    if let Some(code) = &proposal.movement {
        let known = store::movement::movements(&mut tx, &Scope::whole(by.scope.tenant.clone()))?;
        known.iter().find(|known| known.code == *code).ok_or(Error::NotFound("movement"))?;
    }
    let mut proposal = proposal.clone();
    if let Some(id) = &proposal.subject {
        let found = crate::subject::known_to(&mut tx, by, desk.today, id)?;
        if proposal.kind.subject() != Some(found.1) {
            return Err(Error::NotFound("subject"));
        }
        proposal.subject = Some(found.0);
    }
    let there = names_there(&desk);
    let judged = judge(proposal.clone(), desk.today.year(), there.get(&proposal.unit).map_or(&[][..], Vec::as_slice))?;
    let source = by.name.clone();
    let new = New::of(app, by, judged, &desk, 1, Provenance { origin: Origin::Reported, source })?;

    new.save(&mut tx, by)?;
    let detail = format!("{}, {}", new.exemplar.name, proposal.unit);
    store::audit::append(&mut tx, by, desk.now, Verb::ProposeExemplar.word(), &subject(&new.exemplar.id), &detail)?;
    tx.commit()?;
    Ok(new.exemplar.id)
}

/// The names of exemplars that were not withdrawn, by place.
pub(super) fn names_there(desk: &Desk) -> BTreeMap<OrgId, Vec<String>> {
    let mut names: BTreeMap<OrgId, Vec<String>> = BTreeMap::new();
    for exemplar in &desk.exemplars {
        let stands = desk.course(exemplar).state() != State::Withdrawn;
        if let Some(unit) = exemplar.unit.as_ref().filter(|_| stands) {
            names.entry(unit.clone()).or_default().push(exemplar.name.clone());
        }
    }
    names
}

/// A proposal ready to be kept.
pub(super) struct New {
    pub(super) exemplar: Exemplar,
    pub(super) profile: Profile,
    pub(super) event: Event,
}

impl New {
    /// Makes the rows of a proposal; it is the `place`th new one in the list order, from 1.
    pub(super) fn of(
        app: &App,
        by: &Actor,
        judged: Judged,
        desk: &Desk,
        place: i64,
        provenance: Provenance,
    ) -> Result<Self, Error> {
        let id = hex(&app.entropy.bytes::<8>()?);
        let id = ExemplarId::parse(&id).map_err(|why| Error::Internal(why.into()))?;
        let last = desk.exemplars.iter().map(|known| known.ordinal).max().unwrap_or(0);
        let Judged { proposal, size, since } = judged;
        Ok(Self {
            event: first_event(by, desk.today, desk.now),
            profile: Profile {
                exemplar: id.clone(),
                kind: proposal.kind,
                subject: proposal.subject,
                method: proposal.method,
                contact: proposal.contact,
                movement: proposal.movement,
                by: by.name.clone(),
                at: desk.now,
            },
            exemplar: Exemplar {
                id,
                field: proposal.field,
                name: proposal.name,
                group: String::new(),
                unit: Some(proposal.unit),
                size,
                measure: proposal.measure,
                since,
                story: proposal.story,
                ordinal: last.saturating_add(place.saturating_mul(10)),
                provenance,
            },
        })
    }

    /// Keeps it.
    pub(super) fn save(&self, tx: &mut Tx, by: &Actor) -> Result<(), Error> {
        save_all(tx, by, std::slice::from_ref(self))
    }
}

/// Keeps proposals, set by set.
pub(super) fn save_all(tx: &mut Tx, by: &Actor, new: &[New]) -> Result<(), Error> {
    let tenant = &by.scope.tenant;
    let exemplars: Vec<Exemplar> = new.iter().map(|one| one.exemplar.clone()).collect();
    let profiles: Vec<Profile> = new.iter().map(|one| one.profile.clone()).collect();
    let courses: Vec<Course> = exemplars.iter().map(|exemplar| Course::new(exemplar.id.clone())).collect();
    let events: Vec<(&Course, &Event)> = courses.iter().zip(new.iter().map(|one| &one.event)).collect();
    store::exemplar::insert_many(tx, tenant, &exemplars)?;
    store::exemplar::course::insert_profiles(tx, tenant, &profiles)?;
    store::exemplar::course::append_many(tx, tenant, &events).map_err(overtaken)
}

fn first_event(by: &Actor, today: Date, now: Timestamp) -> Event {
    Event {
        verb: Verb::ProposeExemplar,
        to: State::Proposed,
        day: today,
        decision: String::new(),
        size: None,
        reason: String::new(),
        by: by.name.clone(),
        account: account(by),
        at: now,
    }
}
