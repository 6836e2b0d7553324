//! Gives one unit more time, or opens a closed cycle for it again (gia hạn, mở lại).

use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::Extension;
use thidua_domain::collection::entry::NOTE_CHARS_MAX;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{held, of_units};
use crate::permit::permit;
use crate::{App, Error};

/// More time for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct More {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// For whom.
    pub unit: OrgId,
    /// Its new last day in time, where that moves too.
    pub due_on: Option<Date>,
    /// Last day on which it may enter and send.
    pub open_until: Date,
    /// Why.
    pub reason: String,
}

/// Gives a unit more time; it ends by itself.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cycle for this actor, or the unit does not report in it;
/// [`Refusal::NoReason`]; [`Refusal::EmptySpan`] for a last day that is over already.
pub fn extend(app: &App, by: &Actor, more: &More) -> Result<Extension, Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, &more.form, more.period)?;
    permit(by, Verb::ManageForms, Thing::Unit(&held.form.receiver), "cycle")?;
    if !held.report(&mut tx, by, std::slice::from_ref(&more.unit))? {
        return Err(Error::NotFound("unit"));
    }
    let reason = more.reason.trim();
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    if reason.chars().count() > NOTE_CHARS_MAX {
        return Err(Refusal::LongText { most: NOTE_CHARS_MAX }.into());
    }
    if more.open_until < today {
        return Err(Refusal::EmptySpan { from: today, to: more.open_until }.into());
    }
    let given = Extension {
        form: more.form.clone(),
        period: more.period,
        unit: more.unit.clone(),
        due_on: more.due_on,
        open_until: more.open_until,
        reason: reason.to_owned(),
        granted_by: by.name.clone(),
        granted_at: now,
    };
    let of_unit = of_units(by, std::slice::from_ref(&more.unit));
    let there = store::collection::cycle::extensions(&mut tx, &of_unit)?;
    let place = there.iter().filter(|one| held.cycle.is(&one.form, one.period)).count();

    store::collection::cycle::extend(&mut tx, &by.scope.tenant, &given, place)?;
    let subject = format!("sheet:{}:{}:{}", given.form, given.period, given.unit);
    let detail = format!("until {}: {}", given.open_until, given.reason);
    store::audit::append(&mut tx, by, now, "extend-cycle", &subject, &detail)?;
    tx.commit()?;
    Ok(given)
}
