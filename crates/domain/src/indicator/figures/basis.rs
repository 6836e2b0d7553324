//! What figures are judged by on one day: definitions, plans in force, and who stands below whom.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::{IndicatorCode, OrgId, PlanId};
use thidua_base::{Date, Period};

use crate::indicator::definition::in_force;
use crate::indicator::{Indicator, Plan, PlanValue};
use crate::org::Edge;

/// Definitions, plans and the tree of a day, indexed.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    pub(super) indicators: BTreeMap<IndicatorCode, Indicator>,
    /// Every version of every definition.
    pub(super) versions: BTreeMap<IndicatorCode, Vec<Indicator>>,
    pub(super) plans: BTreeMap<(IndicatorCode, OrgId, Period), Vec<(Plan, PlanValue)>>,
    /// The units directly below each on the day.
    pub(super) children: BTreeMap<OrgId, Vec<OrgId>>,
    /// Every place ever held below each, in id order.
    pub(super) places: BTreeMap<OrgId, Vec<Edge>>,
    /// The day; `None` of a basis without anything.
    pub(super) day: Option<Date>,
}

impl Basis {
    /// Indexes what was loaded. Definitions are taken as on `day`, plans as decided by then. Lists of units follow the
    /// tree of that day; a total of an earlier period is made up of the units of its own last day (as it was).
    pub fn new(indicators: &[Indicator], plans: &[Plan], plan_values: &[PlanValue], edges: &[Edge], day: Date) -> Self {
        let mut basis = Self::default();
        for indicator in indicators {
            basis.versions.entry(indicator.code.clone()).or_default().push(indicator.clone());
        }
        basis.indicators =
            in_force(indicators, day).map(|indicator| (indicator.code.clone(), indicator.clone())).collect();
        let revised = Revisions::of(plans, plan_values, day);
        let by_id: BTreeMap<_, _> = plans.iter().map(|plan| (&plan.id, plan)).collect();
        for value in plan_values {
            let Some(plan) = by_id.get(&value.plan) else { continue };
            if plan.decided_on > day || revised.replaces(value) {
                continue;
            }
            let cell = (value.indicator.clone(), value.unit.clone(), value.period);
            basis.plans.entry(cell).or_default().push(((*plan).clone(), value.clone()));
        }
        for edge in edges {
            if edge.on(day) {
                basis.children.entry(edge.parent.clone()).or_default().push(edge.child.clone());
            }
            basis.places.entry(edge.parent.clone()).or_default().push(edge.clone());
        }
        for children in basis.children.values_mut() {
            children.sort();
        }
        for places in basis.places.values_mut() {
            places.sort_by(|a, b| a.child.cmp(&b.child));
        }
        basis.day = Some(day);
        basis
    }
}

/// Which assigned figures a later plan replaces: a revision replaces the cells it names, and no others.
struct Revisions<'a> {
    /// Later plans that revise a plan, directly or through others, decided by the day.
    later: BTreeMap<&'a PlanId, Vec<&'a PlanId>>,
    cells: BTreeSet<(&'a PlanId, &'a IndicatorCode, &'a OrgId, Period)>,
}

impl<'a> Revisions<'a> {
    fn of(plans: &'a [Plan], values: &'a [PlanValue], day: Date) -> Self {
        let mut later: BTreeMap<&PlanId, Vec<&PlanId>> = BTreeMap::new();
        for plan in plans.iter().filter(|plan| plan.decided_on <= day) {
            // Each step goes back one plan; a ring of revisions is longer than the plans there are.
            let mut revised = plan.supersedes.as_ref();
            for _ in 0..plans.len() {
                let Some(earlier) = revised else { break };
                later.entry(earlier).or_default().push(&plan.id);
                revised = plans.iter().find(|other| other.id == *earlier).and_then(|other| other.supersedes.as_ref());
            }
        }
        let cells = values.iter().map(|v| (&v.plan, &v.indicator, &v.unit, v.period)).collect();
        Self { later, cells }
    }

    fn replaces(&self, value: &PlanValue) -> bool {
        let later = self.later.get(&value.plan).into_iter().flatten();
        later.into_iter().any(|plan| self.cells.contains(&(*plan, &value.indicator, &value.unit, value.period)))
    }
}
