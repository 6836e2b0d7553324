//! Says who else reports by a form (giao đơn vị báo cáo).

use thidua_base::code::{FormId, OrgId};
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::collection::form::asked_twice;
use thidua_domain::collection::{Assigned, Assignment, Form};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;

use crate::permit::permit;
use crate::{App, Error};

/// Adds those who report by a form.
///
/// # Errors
/// [`Error::NotFound`] where there is no such form for this actor; [`Refusal::AskedTwice`] where a cell would have two
/// owners.
pub fn assign_form(app: &App, by: &Actor, form: &FormId, added: &[Assignment]) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let forms = store::collection::forms(&mut tx, &by.scope)?;
    let form = forms.iter().find(|known| known.id == *form).ok_or(Error::NotFound("form"))?;
    permit(by, Verb::ManageForms, Thing::Unit(&form.receiver), "form")?;
    let there = assigned_once(&mut tx, by, form, &forms, added)?;

    store::collection::insert_assignments(&mut tx, &by.scope.tenant, added, there)?;
    let detail = format!("{} assignments", added.len());
    store::audit::append(&mut tx, by, app.clock.now(), "assign-form", &format!("form:{}", form.id), &detail)?;
    tx.commit()?;
    Ok(())
}

/// Refuses a form that would ask a unit for a cell another form asks it for, on the first day of any assignment; gives
/// how many assignments the form has already.
pub(super) fn assigned_once(
    tx: &mut Tx,
    by: &Actor,
    form: &Form,
    forms: &[Form],
    added: &[Assignment],
) -> Result<usize, Error> {
    let mut assignments = store::collection::assignments(tx, &by.scope)?;
    let there = assignments.iter().filter(|assignment| assignment.form == form.id).count();
    assignments.extend(added.iter().cloned());
    let parents: Vec<OrgId> = assignments
        .iter()
        .filter_map(|assignment| match &assignment.to {
            Assigned::Below(parent) => Some(parent.clone()),
            Assigned::Unit(_) => None,
        })
        .collect();
    let edges = store::org::edges_below(tx, &Scope::whole(by.scope.tenant.clone()), &parents)?;
    for day in added.iter().map(|assignment| assignment.valid_from) {
        if let Some(twice) = asked_twice(form, forms, &assignments, &edges, day) {
            let refusal = Refusal::AskedTwice {
                indicator: twice.indicator.to_string(),
                unit: twice.unit.to_string(),
                by: twice.by.to_string(),
            };
            return Err(refusal.into());
        }
    }
    Ok(there)
}
