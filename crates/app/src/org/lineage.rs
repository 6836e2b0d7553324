//! One unit through time: what it was made of, what became of it, and how it was divided (lai lịch đơn vị).

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_base::text::collate;
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::org::division::parts;
use thidua_domain::org::{Division, Portion, Share, Unit, UnitEvent};
use thidua_store as store;

use crate::shelf::Ground;
use crate::{App, Error};

/// A unit through time.
#[derive(Debug, Clone)]
pub struct Lineage {
    /// The unit as it is on the day of the pages, or as it was last.
    pub unit: Unit,
    /// Every version, oldest first.
    pub versions: Vec<Unit>,
    /// The first day it was no more; `None` while it stands.
    pub ended: Option<Date>,
    /// The unit above it in the territory, on the day or on its last one.
    pub above: Option<Named>,
    /// What it was made of, latest first.
    pub came: Vec<Arrow>,
    /// What became of it, latest first.
    pub went: Vec<Arrow>,
    /// Of a unit that is no more: the units that stood below it on its last day, each with what became of it; by name.
    pub below: Vec<(Named, Vec<Arrow>)>,
    /// The days on which it was divided, latest first.
    pub divided: Vec<Divided>,
}

/// A unit with its name on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The unit.
    pub id: OrgId,
    /// Its name then.
    pub name: String,
}

/// One arrow of an event, seen from one of its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// The unit at the other end.
    pub other: Named,
    /// First day of the new state.
    pub on: Date,
    /// What happened: `merge`, `split`, ….
    pub kind: String,
    /// The instrument, as cited.
    pub legal_ref: String,
    /// All of it or a part.
    pub portion: Portion,
    /// How large the part is, by each basis somebody entered or a register told.
    pub shares: Vec<Share>,
}

/// A division of a unit.
#[derive(Debug, Clone)]
pub struct Divided {
    /// The day.
    pub on: Date,
    /// The units that got a part.
    pub heirs: Vec<Named>,
    /// What people entered, oldest first.
    pub entered: Vec<Division>,
    /// Whether the actor may enter shares: who is in charge of every heir.
    pub divides: bool,
}

/// Reads a unit through time.
///
/// # Errors
/// [`Error::NotFound`] for a unit nobody knows, or that is not to be seen.
pub fn lineage(app: &App, by: &Actor, id: &OrgId) -> Result<Lineage, Error> {
    let (ground, shares, divisions, day) = app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        let standing = super::standing::of(tx, app, by, &ground.units)?;
        let shares = store::org::shares(tx, &by.scope)?;
        let divisions = store::org::divisions(tx, &by.scope)?;
        Ok::<_, Error>((ground, shares, divisions, standing.dated))
    })?;
    let mut versions: Vec<Unit> = ground.units.iter().filter(|unit| unit.id == *id).cloned().collect();
    versions.sort_by_key(|unit| unit.valid_from);
    let last = versions.last().ok_or(Error::NotFound("unit"))?.clone();
    let unit = versions.iter().find(|unit| unit.on(day)).unwrap_or(&last).clone();
    let ended = last.valid_to.filter(|to| *to <= day);
    // The last day on which it can be asked who stood above and below it.
    let stood = ended.map_or(day, Date::day_before);
    let seen = Seen { ground: &ground, shares: &shares };
    let above = ground.territory.iter().find(|edge| edge.child == *id && edge.on(stood));
    let mut below: Vec<(Named, Vec<Arrow>)> = Vec::new();
    if ended.is_some() {
        let children = ground.territory.iter().filter(|edge| edge.parent == *id && edge.on(stood));
        below = children.map(|edge| (seen.named(&edge.child, stood), seen.went(&edge.child))).collect();
        below.sort_by(|a, b| collate(&a.0.name, &b.0.name));
    }
    let went = seen.went(id);
    let mut days: Vec<Date> =
        went.iter().filter(|arrow| arrow.portion == Portion::Partial).map(|arrow| arrow.on).collect();
    days.dedup();
    let divided = days.into_iter().map(|on| {
        let heirs: Vec<Named> =
            parts(&ground.events, id, on).into_iter().map(|(_, heir)| seen.named(heir, on)).collect();
        Divided {
            divides: heirs.iter().all(|heir| may(by, Verb::DivideUnit, Thing::Unit(&heir.id)).is_granted()),
            entered: divisions.iter().filter(|one| one.from == *id && one.on == on).cloned().collect(),
            heirs,
            on,
        }
    });
    Ok(Lineage {
        divided: divided.collect(),
        above: above.map(|edge| seen.named(&edge.parent, stood)),
        came: seen.came(id),
        went,
        below,
        ended,
        versions,
        unit,
    })
}

/// What arrows are told from.
struct Seen<'a> {
    ground: &'a Ground,
    shares: &'a [Share],
}

impl Seen<'_> {
    fn named(&self, id: &OrgId, day: Date) -> Named {
        Named { id: id.clone(), name: self.ground.units.name_on(id, day) }
    }

    /// What became of a unit, latest first; that it went on as itself is no news.
    fn went(&self, id: &OrgId) -> Vec<Arrow> {
        self.arrows(|event| {
            let links = event.links.iter().filter(|link| link.from == *id && link.to != *id);
            links.map(|link| (self.named(&link.to, event.effective_on), &link.from, &link.to, link.portion)).collect()
        })
    }

    /// What a unit was made of, latest first.
    fn came(&self, id: &OrgId) -> Vec<Arrow> {
        self.arrows(|event| {
            let links = event.links.iter().filter(|link| link.to == *id && link.from != *id);
            let before = event.effective_on.day_before();
            links.map(|link| (self.named(&link.from, before), &link.from, &link.to, link.portion)).collect()
        })
    }

    fn arrows<'e>(&'e self, ends: impl Fn(&'e UnitEvent) -> Vec<(Named, &'e OrgId, &'e OrgId, Portion)>) -> Vec<Arrow> {
        let mut arrows: Vec<Arrow> = Vec::new();
        for event in &self.ground.events {
            for (other, from, to, portion) in ends(event) {
                let is_it = |share: &&Share| share.event == event.id && share.from == *from && share.to == *to;
                arrows.push(Arrow {
                    other,
                    on: event.effective_on,
                    kind: event.kind.clone(),
                    legal_ref: event.legal_ref.clone(),
                    portion,
                    shares: self.shares.iter().filter(is_it).cloned().collect(),
                });
            }
        }
        arrows.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| collate(&a.other.name, &b.other.name)));
        arrows
    }
}
