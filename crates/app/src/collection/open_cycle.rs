//! Sets the days of a cycle (mở đợt báo cáo).

use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::Cycle;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use crate::permit::permit;
use crate::{App, Error};

/// Opens a cycle of a form for a period.
///
/// # Errors
/// [`Error::NotFound`] where there is no such form for this actor; [`Refusal::CycleDays`] where its days are not in
/// order; [`Refusal::WrongPeriod`] for a period of another kind than the form's; [`Refusal::CycleExists`].
pub fn open_cycle(app: &App, by: &Actor, cycle: &Cycle) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let forms = store::collection::forms(&mut tx, &by.scope)?;
    let form = forms.iter().find(|known| known.id == cycle.form).ok_or(Error::NotFound("form"))?;
    permit(by, Verb::ManageForms, Thing::Unit(&form.receiver), "form")?;
    if cycle.period.kind() != form.every {
        return Err(Refusal::WrongPeriod { asked: cycle.period.to_string() }.into());
    }
    let cycle = cycle.clone().checked()?;
    let there = store::collection::cycle::cycles(&mut tx, &by.scope)?;
    if there.iter().any(|known| known.is(&cycle.form, cycle.period)) {
        return Err(Refusal::CycleExists.into());
    }

    store::collection::cycle::insert_many(&mut tx, &by.scope.tenant, std::slice::from_ref(&cycle))?;
    let subject = format!("cycle:{}:{}", cycle.form, cycle.period);
    let detail = format!("{} to {}, closes {}", cycle.opens_on, cycle.due_on, cycle.closes_on);
    store::audit::append(&mut tx, by, app.clock.now(), "open-cycle", &subject, &detail)?;
    tx.commit()?;
    Ok(())
}
