//! A look at all movements of the year together: the statistical form 0601, what overlaps, whom they reach.

use thidua_base::Period;
use thidua_base::code::OrgId;
use thidua_base::text::collate;
use thidua_domain::Actor;
use thidua_domain::actor::Scope;
use thidua_domain::movement::coverage::reached;
use thidua_domain::movement::overlap::overlaps;
use thidua_domain::movement::terms::callable;
use thidua_domain::movement::{Census, Movement, Overlap, Reached, Terms};
use thidua_store as store;

use super::desk::Desk;
use crate::{App, Error};

/// All movements of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// The year.
    pub year: i16,
    /// The movements that run in it, in list order, with their terms.
    pub movements: Vec<(Movement, Option<Terms>)>,
    /// The statistical form.
    pub census: Census,
    /// What overlaps.
    pub overlaps: Vec<Overlap>,
    /// Whom they reach.
    pub reached: Reached,
    /// Names of the units the house may call on, in the order of [`Reached::units`].
    pub unit_names: Vec<String>,
}

/// Looks at the movements of a year; of the year of the pages where none is asked for. How many units are called on and
/// registered is no secret: only what they wrote is theirs.
///
/// # Errors
/// Where the store fails.
pub fn survey(app: &App, by: &Actor, year: Option<i16>) -> Result<Surveyed, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by)?;
        let standing = crate::org::standing::of(tx, app, by, &desk.ground.units)?;
        let year = year.unwrap_or_else(|| standing.period.year());
        let span = Period::Year { year };
        let runs = |movement: &Movement| match desk.terms_of(&movement.code) {
            Some(terms) => terms.from <= span.last_day() && terms.to.is_none_or(|last| span.first_day() <= last),
            None => movement.runs_in(year),
        };
        let seen: Vec<(&Movement, Option<&Terms>)> = desk
            .movements
            .iter()
            .filter(|movement| runs(movement))
            .map(|movement| (movement, desk.terms_of(&movement.code)))
            .collect();
        let whole = Scope::whole(by.scope.tenant.clone());
        let pledges = store::movement::pledge::pledges(tx, &whole, None)?;
        let mut fields: Vec<String> = Vec::new();
        for movement in &desk.movements {
            if !fields.contains(&movement.field) {
                fields.push(movement.field.clone());
            }
        }
        let mut units: Vec<(OrgId, String)> = callable(&app.home.unit, &desk.ground.edges, desk.today)
            .into_iter()
            .filter(|unit| desk.ground.units.on(unit, desk.today).is_some())
            .map(|unit| (unit.clone(), desk.name(&unit)))
            .collect();
        units.sort_by(|a, b| collate(&a.1, &b.1));
        let ids: Vec<OrgId> = units.iter().map(|(id, _)| id.clone()).collect();
        Ok(Surveyed {
            year,
            census: Census::of(seen.iter().copied()),
            overlaps: overlaps(&seen),
            reached: reached(&seen, &desk.courses, &desk.calls, &pledges, &fields, &ids),
            movements: seen.iter().map(|(movement, terms)| ((*movement).clone(), terms.cloned())).collect(),
            unit_names: units.into_iter().map(|(_, name)| name).collect(),
        })
    })
}
