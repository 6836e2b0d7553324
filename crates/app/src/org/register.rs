//! The units of a day in their trees, with what they were called before and what happened to them.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::{OrgId, TreeId};
use thidua_base::text::collate;
use thidua_domain::Actor;
use thidua_domain::org::{Unit, UnitEvent};

use crate::shelf::Ground;
use crate::{App, Error};

/// The register of units on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The day.
    pub day: Date,
    /// Trees and the units that stand in them below the reporting unit, in reading order.
    pub trees: Vec<(TreeId, Vec<Place>)>,
    /// Units that stood below the reporting unit once, at whatever depth, and are no more on the day: as they were last, by
    /// name; those that stood directly below it come first.
    pub gone: Vec<Gone>,
    /// What happened to units up to the day, latest first, each with the names of the units before and after.
    pub events: Vec<Happening>,
}

/// A unit in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The unit as it is on the day.
    pub unit: Unit,
    /// Earlier versions, oldest first.
    pub former: Vec<Unit>,
}

/// A unit that is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its last version.
    pub unit: Unit,
    /// Whether it stood directly below the reporting unit.
    pub is_direct: bool,
}

/// An event with names instead of ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// The event.
    pub event: UnitEvent,
    /// Names of the units before, on the day before.
    pub from: Vec<String>,
    /// Names of the units after, on the first day.
    pub to: Vec<String>,
}

/// Reads the register of units of the day.
pub fn register(app: &App, by: &Actor) -> Result<Register, Error> {
    app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        let standing = super::standing::of(tx, app, by, &ground.units)?;
        Ok(made(standing.dated, &standing.unit, &ground))
    })
}

fn made(day: Date, root: &OrgId, ground: &Ground) -> Register {
    let Ground { units, edges, events, .. } = ground;
    let mut versions: BTreeMap<&OrgId, Vec<&Unit>> = BTreeMap::new();
    for unit in units.iter() {
        versions.entry(&unit.id).or_default().push(unit);
    }
    let on = |id: &OrgId, day: Date| versions.get(id).and_then(|all| all.iter().find(|unit| unit.on(day)).copied());
    let mut trees: Vec<(TreeId, Vec<Place>)> = Vec::new();
    for edge in edges.iter().filter(|edge| edge.on(day) && edge.parent == *root) {
        let Some(unit) = on(&edge.child, day) else { continue };
        let mut former: Vec<Unit> =
            versions[&unit.id].iter().filter(|u| u.valid_from < unit.valid_from).map(|u| (*u).clone()).collect();
        former.sort_by_key(|u| u.valid_from);
        let place = Place { unit: unit.clone(), former };
        match trees.iter_mut().find(|(tree, _)| *tree == edge.tree) {
            Some((_, places)) => places.push(place),
            None => trees.push((edge.tree.clone(), vec![place])),
        }
    }
    for (_, places) in &mut trees {
        places.sort_by(|a, b| {
            a.unit.kind.cmp(&b.unit.kind).then_with(|| collate(&a.unit.short_name, &b.unit.short_name))
        });
    }
    // The territory is what most come for; further trees follow by name.
    trees.sort_by_key(|(tree, _)| (tree.as_str() != "territory", tree.clone()));
    let gone = gone(day, root, ground, &versions);
    // What a whole country went through would bury what happened here.
    let here: BTreeSet<&OrgId> =
        trees.iter().flat_map(|(_, places)| places.iter().map(|place| &place.unit.id)).chain([root]).collect();
    let touches =
        |event: &UnitEvent| event.links.iter().any(|link| here.contains(&link.from) || here.contains(&link.to));
    let mut happenings: Vec<Happening> = events
        .iter()
        .filter(|event| event.effective_on <= day && touches(event))
        .map(|event| {
            let before = event.effective_on.day_before();
            let name = |id: &OrgId, day| on(id, day).map_or_else(|| id.to_string(), |unit| unit.name.clone());
            let mut from: Vec<String> = event.links.iter().map(|link| name(&link.from, before)).collect();
            let mut to: Vec<String> = event.links.iter().map(|link| name(&link.to, event.effective_on)).collect();
            from.dedup();
            to.dedup();
            Happening { event: event.clone(), from, to }
        })
        .collect();
    happenings
        .sort_by(|a, b| b.event.effective_on.cmp(&a.event.effective_on).then_with(|| a.event.id.cmp(&b.event.id)));
    Register { day, trees, gone, events: happenings }
}

/// Units that stood in the territory below a unit once, at any depth, and are no more.
fn gone(day: Date, root: &OrgId, ground: &Ground, versions: &BTreeMap<&OrgId, Vec<&Unit>>) -> Vec<Gone> {
    let mut below: BTreeMap<&OrgId, Vec<&OrgId>> = BTreeMap::new();
    for edge in &ground.territory {
        below.entry(&edge.parent).or_default().push(&edge.child);
    }
    let mut seen: BTreeSet<&OrgId> = BTreeSet::new();
    let mut open = vec![root];
    while let Some(at) = open.pop() {
        for child in below.get(at).into_iter().flatten() {
            if seen.insert(child) {
                open.push(child);
            }
        }
    }
    let direct: BTreeSet<&OrgId> = below.get(root).into_iter().flatten().copied().collect();
    let last = |id: &&OrgId| versions.get(id)?.iter().max_by_key(|unit| unit.valid_from).copied();
    let ended = |unit: &&Unit| unit.valid_to.is_some_and(|to| to <= day);
    let mut gone: Vec<Gone> = seen
        .iter()
        .filter_map(last)
        .filter(ended)
        .map(|unit| Gone { is_direct: direct.contains(&unit.id), unit: unit.clone() })
        .collect();
    gone.sort_by(|a, b| b.is_direct.cmp(&a.is_direct).then_with(|| collate(&a.unit.short_name, &b.unit.short_name)));
    gone
}
