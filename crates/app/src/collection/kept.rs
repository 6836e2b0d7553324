//! What is needed to keep forms: the catalogue, the indicators to choose rows from, the units to assign to.

use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::indicator::Indicator;
use thidua_domain::indicator::definition::in_force;

use super::list::{Catalogue, catalogue};
use crate::permit::permit;
use crate::{App, Error};

/// Forms as the unit that collects keeps them.
#[derive(Debug, Clone)]
pub struct FormsKept {
    /// The unit that collects.
    pub receiver: OrgId,
    /// Its name today.
    pub receiver_name: String,
    /// Every form the actor has to do with.
    pub catalogue: Catalogue,
    /// Indicators, in the order of their catalogue.
    pub indicators: Vec<Indicator>,
    /// The units directly below, by name.
    pub below: Vec<(OrgId, String)>,
}

/// Reads what is needed to keep the forms of a unit.
///
/// # Errors
/// [`Error::NotFound`] where keeping its forms is not the actor's.
pub fn forms_kept(app: &App, by: &Actor, receiver: &OrgId) -> Result<FormsKept, Error> {
    permit(by, Verb::ManageForms, Thing::Unit(receiver), "form")?;
    let mut catalogue = catalogue(app, by)?;
    catalogue.forms.retain(|listed| listed.is_kept);
    let today = catalogue.today;
    app.db.read(|tx| {
        let whole = Scope::whole(by.scope.tenant.clone());
        let ground = app.ground(tx, &whole)?;
        let mut indicators: Vec<Indicator> = in_force(&ground.indicators, today).cloned().collect();
        indicators.sort_by_key(|indicator| (indicator.ordinal, indicator.code.clone()));
        let mut below: Vec<(OrgId, String)> = ground
            .territory
            .iter()
            .filter(|edge| edge.parent == *receiver && edge.on(today))
            .map(|edge| (edge.child.clone(), ground.units.name_on(&edge.child, today)))
            .collect();
        below.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
        Ok(FormsKept {
            receiver_name: ground.units.name_on(receiver, today),
            receiver: receiver.clone(),
            catalogue,
            indicators,
            below,
        })
    })
}
