//! Says that a unit's sheet will not come (miễn gửi), with the reason that the printed notes give.

use thidua_base::Period;
use thidua_base::code::{FormId, OrgId};
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::Waiver;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{held, overtaken};
use crate::permit::permit;
use crate::{App, Error};

/// Waives a unit's sheet.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cycle for this actor, or the unit does not report in it;
/// [`Refusal::NoReason`]; [`Refusal::ChangedMeanwhile`] where it is waived already.
pub fn waive(
    app: &App,
    by: &Actor,
    form: &FormId,
    period: Period,
    unit: &OrgId,
    reason: &str,
) -> Result<Waiver, Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, form, period)?;
    permit(by, Verb::ManageForms, Thing::Unit(&held.form.receiver), "cycle")?;
    if !held.report(&mut tx, by, std::slice::from_ref(unit))? {
        return Err(Error::NotFound("unit"));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let waiver = Waiver {
        form: form.clone(),
        period,
        unit: unit.clone(),
        reason: reason.to_owned(),
        granted_by: by.name.clone(),
        granted_at: app.clock.now(),
    };

    store::collection::cycle::waive(&mut tx, &by.scope.tenant, &waiver).map_err(overtaken)?;
    let subject = format!("sheet:{form}:{period}:{unit}");
    store::audit::append(&mut tx, by, waiver.granted_at, "waive-sheet", &subject, reason)?;
    tx.commit()?;
    Ok(waiver)
}
