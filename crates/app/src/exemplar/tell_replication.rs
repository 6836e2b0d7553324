//! Tells that a unit copied an exemplar (ghi việc học theo), and where a change would be seen.

use thidua_base::Date;
use thidua_base::code::{ExemplarId, IndicatorCode, OrgId};
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::exemplar::Replication;
use thidua_domain::exemplar::replication::Place;
use thidua_domain::refusal::ExemplarFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::desk::{Desk, Eyes, account, overtaken, subject};
use crate::permit::permit;
use crate::{App, Error};

/// A copy to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReplication {
    /// Who copied.
    pub unit: OrgId,
    /// Since when.
    pub since: Date,
    /// How.
    pub how: String,
    /// Where a change would be seen; the figures come from the indicator chapter.
    pub indicators: Vec<IndicatorCode>,
}

/// Tells it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such exemplar for this actor, or they may not tell for the unit; what
/// [`Replication::checked`] refuses; [`ExemplarFault::UnknownIndicator`].
pub fn tell_replication(app: &App, by: &Actor, id: &ExemplarId, new: &NewReplication) -> Result<Replication, Error> {
    permit(by, Verb::TellReplication, Thing::Unit(&new.unit), "unit")?;
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by, Some(id))?;
    let exemplar = desk.seen(by, id, Eyes::Own)?;
    desk.ground.units.on(&new.unit, desk.today).ok_or(Error::NotFound("unit"))?;
    if let Some(other) = new.indicators.iter().find(|code| desk.ground.indicators.iter().all(|i| i.code != **code)) {
        return Err(Refusal::from(ExemplarFault::UnknownIndicator { asked: other.to_string() }).into());
    }
    let told = store::exemplar::copied::copies(&mut tx, &Scope::whole(by.scope.tenant.clone()), Some(id))?;
    let state = desk.course(exemplar).state();
    let place = Place { state, unit: exemplar.unit.as_ref(), told: &told, today: desk.today };
    let copy = Replication {
        exemplar: id.clone(),
        unit: new.unit.clone(),
        since: new.since,
        how: new.how.clone(),
        indicators: new.indicators.clone(),
        by: by.name.clone(),
        account: account(by),
        at: desk.now,
    };
    let copy = copy.checked(&place)?;

    store::exemplar::copied::add(&mut tx, &by.scope.tenant, &copy, told.len()).map_err(overtaken)?;
    let detail = format!("{} since {}", copy.unit, copy.since);
    store::audit::append(&mut tx, by, desk.now, Verb::TellReplication.word(), &subject(id), &detail)?;
    tx.commit()?;
    Ok(copy)
}
