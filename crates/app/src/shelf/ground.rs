//! What figures stand on: units, places, definitions and plans, as an actor sees them.

use std::ops::Deref;

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Scope;
use thidua_domain::indicator::{Indicator, Plan};
use thidua_domain::org::{Edge, TERRITORY, Unit, UnitEvent};
use thidua_store as store;
use thidua_store::Tx;

/// What figures stand on, within one scope.
#[derive(Debug)]
pub(crate) struct Ground {
    /// Every version of every unit.
    pub(crate) units: Units,
    /// Places in every tree.
    pub(crate) edges: Vec<Edge>,
    /// Places in the territory.
    pub(crate) territory: Vec<Edge>,
    /// What happened to units.
    pub(crate) events: Vec<UnitEvent>,
    /// Every version of every definition.
    pub(crate) indicators: Vec<Indicator>,
    /// Plan documents.
    pub(crate) plans: Vec<Plan>,
}

/// Versions of units, found by id and day.
#[derive(Debug)]
pub(crate) struct Units(Vec<Unit>);

impl Ground {
    pub(super) fn read(tx: &mut Tx, scope: &Scope) -> Result<Self, store::Error> {
        let edges = store::org::edges(tx, scope)?;
        Ok(Self {
            units: Units::of(store::org::units(tx, scope)?),
            territory: edges.iter().filter(|edge| edge.tree.as_str() == TERRITORY).cloned().collect(),
            edges,
            events: store::org::events(tx, scope)?,
            indicators: store::indicator::indicators(tx, scope)?,
            plans: store::plan::plans(tx, scope)?,
        })
    }
}

impl Units {
    fn of(mut units: Vec<Unit>) -> Self {
        units.sort_by(|a, b| (&a.id, a.valid_from).cmp(&(&b.id, b.valid_from)));
        Self(units)
    }

    /// A unit as it is on a day.
    pub(crate) fn on(&self, id: &OrgId, day: Date) -> Option<&Unit> {
        let from = self.0.partition_point(|unit| unit.id < *id);
        self.0[from..].iter().take_while(|unit| unit.id == *id).find(|unit| unit.on(day))
    }

    /// The name of a unit on a day, or its id where it has none then.
    pub(crate) fn name_on(&self, id: &OrgId, day: Date) -> String {
        self.on(id, day).map_or_else(|| id.to_string(), |unit| unit.name.clone())
    }
}

impl Deref for Units {
    type Target = [Unit];

    fn deref(&self) -> &[Unit] {
        &self.0
    }
}
