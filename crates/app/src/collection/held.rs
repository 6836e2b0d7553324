//! What every verb about a cycle reads first: the form, the cycle, who reports by it.

use thidua_base::Period;
use thidua_base::code::{FormId, OrgId};
use thidua_domain::actor::{Reach, Scope};
use thidua_domain::collection::form::reporters;
use thidua_domain::collection::{Assignment, Cycle, Form};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;

use crate::Error;
use crate::shelf::Ground;

/// A cycle with its form.
pub(super) struct Held {
    pub form: Form,
    pub cycle: Cycle,
    pub assignments: Vec<Assignment>,
}

/// Reads a cycle with its form.
pub(super) fn held(tx: &mut Tx, by: &Actor, form: &FormId, period: Period) -> Result<Held, Error> {
    let cycles = store::collection::cycle::cycles(tx, &by.scope)?;
    let cycle = cycles.into_iter().find(|cycle| cycle.is(form, period)).ok_or(Error::NotFound("cycle"))?;
    let forms = store::collection::forms(tx, &by.scope)?;
    let form = forms.into_iter().find(|known| known.id == *form).ok_or(Error::NotFound("form"))?;
    let assignments = store::collection::assignments(tx, &by.scope)?;
    Ok(Held { form, cycle, assignments })
}

impl Held {
    /// The units that report in this cycle: by the tree of the day it is due.
    pub fn reporters(&self, ground: &Ground) -> Vec<OrgId> {
        reporters(&self.form.id, &self.assignments, &ground.edges, self.cycle.due_on)
    }

    /// Whether units report in this cycle; reads the places of these units only.
    pub fn report(&self, tx: &mut Tx, by: &Actor, units: &[OrgId]) -> Result<bool, Error> {
        let edges = store::org::edges(tx, &of_units(by, units))?;
        let all = reporters(&self.form.id, &self.assignments, &edges, self.cycle.due_on);
        Ok(units.iter().all(|unit| all.contains(unit)))
    }
}

/// The scope of some units of the actor's tenant, where the right to them was found by the table.
pub(super) fn of_units(by: &Actor, units: &[OrgId]) -> Scope {
    Scope { tenant: by.scope.tenant.clone(), units: Reach::Only(units.to_vec()) }
}

/// Someone else took the step that was to be taken.
pub(super) fn overtaken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}
