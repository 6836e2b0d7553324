//! What is due (việc đến hạn): from the books of a tenant to the lines a person sees.

use std::sync::Arc;

use thidua_base::Date;
use thidua_base::code::{OrgId, TenantId};
use thidua_domain::account::RoleHeld;
use thidua_domain::actor::{Capacity, Thing, Verb, may};
use thidua_domain::collection::submission::Side;
use thidua_domain::collection::{Assignment, Cycle, DueItem, Extension, Filing, Form, Submission, Waiver};
use thidua_domain::{Actor, Scope};
use thidua_law::Calendar;
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::account::role;

use crate::shelf::Ground;
use crate::{App, Error};

/// A line of the list of what is due, with the names of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What, for whom, by when, and what next.
    pub item: DueItem,
    /// Number of the form, as printed above the table.
    pub form_number: String,
    /// Title of the form.
    pub form_name: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Whether the next step is this person's to take.
    pub is_mine: bool,
}

/// What the books of a tenant hold about its cycles.
#[derive(Debug, Clone)]
pub struct Books {
    /// The forms.
    pub forms: Vec<Form>,
    /// Who reports by them.
    pub assignments: Vec<Assignment>,
    /// The units and their trees.
    pub(super) ground: Arc<Ground>,
    /// The cycles.
    pub cycles: Vec<Cycle>,
    /// More time given.
    pub extensions: Vec<Extension>,
    /// Sheets that will not come.
    pub waivers: Vec<Waiver>,
    /// What happened to the sheets.
    pub submissions: Vec<Submission>,
}

impl Books {
    /// The books as the rules of filing see them.
    pub fn filing(&self) -> Filing<'_> {
        Filing {
            forms: &self.forms,
            assignments: &self.assignments,
            edges: &self.ground.edges,
            cycles: &self.cycles,
            extensions: &self.extensions,
            waivers: &self.waivers,
            submissions: &self.submissions,
        }
    }

    /// The name of a unit on a day, or its id where it has none then.
    pub fn unit_name(&self, id: &OrgId, day: Date) -> String {
        self.ground.units.name_on(id, day)
    }

    /// What an actor sees of what is due: the sheets they may read, their own work first, the most urgent
    /// first. `own` are the units in which they hold a role: whoever reaches dozens of units may enter figures for each,
    /// but that is the units' work and not theirs.
    pub fn due_for(&self, by: &Actor, own: &[OrgId], today: Date, calendar: &Calendar) -> Vec<Due> {
        let mut due = Vec::new();
        for item in self.filing().due(today, calendar) {
            let Some(form) = self.forms.iter().find(|form| form.id == item.form) else { continue };
            let reads = |unit: &OrgId| may(by, Verb::ReadSheets, Thing::Unit(unit)).is_granted();
            if !reads(&item.unit) && !reads(&form.receiver) {
                continue;
            }
            let is_person = matches!(by.capacity, Capacity::Person { .. });
            let (at, is_own) = match item.side {
                Side::Reporter => (&item.unit, own.contains(&item.unit)),
                Side::Receiver => (&form.receiver, true),
            };
            due.push(Due {
                form_number: form.number.clone(),
                form_name: form.name.clone(),
                unit_name: self.unit_name(&item.unit, today),
                is_mine: is_person && is_own && may(by, item.next, Thing::Unit(at)).is_granted(),
                item,
            });
        }
        due.sort_by_key(|due| !due.is_mine);
        due
    }
}

/// What is due, as an actor sees it: their own work first, the most urgent first.
///
/// # Errors
/// Where the store fails.
pub fn due_list(app: &App, by: &Actor) -> Result<Vec<Due>, Error> {
    let today = app.clock.now().date_in_vietnam();
    let tenant = &by.scope.tenant;
    let (books, own) = app.db.read(|tx| {
        let roles = match &by.capacity {
            Capacity::Person { account, .. } => role::roles_of(tx, tenant, account)?,
            Capacity::Reader | Capacity::Unguarded | Capacity::Operator => Vec::new(),
        };
        Ok::<_, Error>((books(tx, app, tenant, today)?, units_of(&roles, today)))
    })?;
    Ok(books.due_for(by, &own, today, app.shipped.calendar()))
}

/// The units in which roles are held on a day.
pub(super) fn units_of(roles: &[RoleHeld], day: Date) -> Vec<OrgId> {
    roles.iter().filter(|held| held.on(day)).filter_map(|held| held.unit.clone()).collect()
}

/// Cycles due more days ago than these are history: whatever still lies there is not told every morning.
const DAYS_REMEMBERED: i64 = 366;

/// Reads the books of a tenant about its open cycles; a constant number of statements, units and trees from the shelf.
pub(super) fn books(tx: &mut Tx, app: &App, tenant: &TenantId, today: Date) -> Result<Books, Error> {
    let whole = Scope::whole(tenant.clone());
    let since = today.plus_days(-DAYS_REMEMBERED).unwrap_or(today);
    let mut cycles = store::collection::cycle::cycles(tx, &whole)?;
    cycles.retain(|cycle| cycle.closing.is_none() && cycle.due_on >= since);
    Ok(Books {
        forms: store::collection::forms(tx, &whole)?,
        assignments: store::collection::assignments(tx, &whole)?,
        ground: app.ground(tx, &whole)?,
        extensions: store::collection::cycle::extensions(tx, &whole)?,
        waivers: store::collection::cycle::waivers(tx, &whole)?,
        submissions: store::notice::sheets::of_open_cycles(tx, &whole, since)?,
        cycles,
    })
}
