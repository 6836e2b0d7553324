//! Closes a cycle for good (khóa đợt báo cáo): what stood then can be rebuilt from its number of readings.

use thidua_base::Period;
use thidua_base::code::FormId;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::cycle::Closing;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::held;
use crate::permit::permit;
use crate::{App, Error};

/// Closes a cycle.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cycle for this actor; [`Refusal::ChangedMeanwhile`] where it is closed.
pub fn close_cycle(app: &App, by: &Actor, form: &FormId, period: Period) -> Result<Closing, Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, form, period)?;
    permit(by, Verb::ManageForms, Thing::Unit(&held.form.receiver), "cycle")?;
    let tenant = &by.scope.tenant;
    let as_of_seq = store::reading::lock(&mut tx, tenant)?;
    let closing = Closing { at: app.clock.now(), by: by.name.clone(), as_of_seq };

    if !store::collection::cycle::close(&mut tx, tenant, form, period, &closing)? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let detail = format!("as of reading {as_of_seq}");
    store::audit::append(&mut tx, by, closing.at, "close-cycle", &format!("cycle:{form}:{period}"), &detail)?;
    tx.commit()?;
    Ok(closing)
}
