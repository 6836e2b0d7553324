//! The catalogue of forms and their cycles, as far as an actor has to do with them.

use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::collection::form::reporters;
use thidua_domain::collection::{Assignment, Cycle, Extension, Form, Stage};
use thidua_store as store;

use crate::shelf::Ground;
use crate::{App, Error};

/// Forms, cycles, and the units an actor has to do with.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Today.
    pub today: Date,
    /// Every form with its cycles, the latest first.
    pub forms: Vec<Listed>,
}

/// A form with its cycles.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The form.
    pub form: Form,
    /// Who reports by it.
    pub assignments: Vec<Assignment>,
    /// The name of the unit that collects.
    pub receiver: String,
    /// Whether the actor keeps it.
    pub is_kept: bool,
    /// Its cycles, the latest first.
    pub cycles: Vec<ListedCycle>,
}

/// A cycle with the sheets an actor may fill in or read.
#[derive(Debug, Clone)]
pub struct ListedCycle {
    /// The cycle.
    pub cycle: Cycle,
    /// How many units report.
    pub reporters: usize,
    /// The units whose sheets the actor may enter, with names and stages, by name.
    pub mine: Vec<(OrgId, String, Stage)>,
}

/// Reads the catalogue; forms with which the actor has nothing to do are left out.
pub fn catalogue(app: &App, by: &Actor) -> Result<Catalogue, Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let whole = Scope::whole(by.scope.tenant.clone());
        let forms = store::collection::forms(tx, &by.scope)?;
        let assignments = store::collection::assignments(tx, &by.scope)?;
        let cycles = store::collection::cycle::cycles(tx, &by.scope)?;
        let extensions = store::collection::cycle::extensions(tx, &whole)?;
        let ground = app.ground(tx, &whole)?;
        let listed = forms.into_iter().map(|form| {
            let of_form: Vec<Assignment> = assignments.iter().filter(|a| a.form == form.id).cloned().collect();
            let mut of_cycles: Vec<ListedCycle> = cycles
                .iter()
                .filter(|cycle| cycle.form == form.id)
                .map(|cycle| {
                    let all = reporters(&form.id, &of_form, &ground.edges, cycle.due_on);
                    listed_cycle(by, cycle, &all, &extensions, &ground, today)
                })
                .collect();
            of_cycles.sort_by_key(|listed| std::cmp::Reverse((listed.cycle.due_on, listed.cycle.period)));
            Listed {
                receiver: ground.units.name_on(&form.receiver, today),
                is_kept: may(by, Verb::ManageForms, Thing::Unit(&form.receiver)).is_granted(),
                assignments: of_form,
                cycles: of_cycles,
                form,
            }
        });
        let concerns = |listed: &Listed| {
            let reads = may(by, Verb::ReadSheets, Thing::Unit(&listed.form.receiver)).is_granted();
            listed.is_kept || reads || listed.cycles.iter().any(|cycle| !cycle.mine.is_empty())
        };
        Ok(Catalogue { today, forms: listed.filter(concerns).collect() })
    })
}

fn listed_cycle(
    by: &Actor,
    cycle: &Cycle,
    all: &[OrgId],
    extensions: &[Extension],
    ground: &Ground,
    today: Date,
) -> ListedCycle {
    let enters = |unit: &&OrgId| may(by, Verb::EnterFigures, Thing::Unit(unit)).is_granted();
    let mut mine: Vec<(OrgId, String, Stage)> = all
        .iter()
        .filter(enters)
        .map(|unit| (unit.clone(), ground.units.name_on(unit, cycle.due_on), cycle.stage(unit, extensions, today)))
        .collect();
    mine.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
    ListedCycle { cycle: cycle.clone(), reporters: all.len(), mine }
}

/// A cycle, for who enters figures in it by a program: its nature and its days.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cycle.
pub fn cycle(app: &App, by: &Actor, form: &FormId, period: Period) -> Result<Cycle, Error> {
    let cycles = app.db.read(|tx| store::collection::cycle::cycles(tx, &by.scope))?;
    cycles.into_iter().find(|cycle| cycle.is(form, period)).ok_or(Error::NotFound("cycle"))
}
