//! Adds a form to the catalogue (lập biểu mẫu).

use std::collections::BTreeSet;

use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::{Assignment, Form};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::assign_form::assigned_once;
use crate::permit::permit;
use crate::{App, Error};

/// Adds a form with those who report by it.
///
/// # Errors
/// [`Refusal::NotAsked`] for a row of an indicator that nobody defined; [`Refusal::FormExists`] for an id in use;
/// [`Refusal::EmptyForm`] without rows or without a name; [`Refusal::AskedTwice`] where a cell would have two owners.
pub fn create_form(app: &App, by: &Actor, form: &Form, assignments: &[Assignment]) -> Result<(), Error> {
    permit(by, Verb::ManageForms, Thing::Unit(&form.receiver), "form")?;
    let mut tx = app.db.begin()?;
    let known: BTreeSet<_> =
        store::indicator::indicators(&mut tx, &by.scope)?.into_iter().map(|indicator| indicator.code).collect();
    let mut forms = store::collection::forms(&mut tx, &by.scope)?;
    if forms.iter().any(|other| other.id == form.id) {
        return Err(Refusal::FormExists { asked: form.id.to_string() }.into());
    }
    if form.rows.is_empty() || form.name.trim().is_empty() {
        return Err(Refusal::EmptyForm.into());
    }
    if let Some(row) = form.rows.iter().find(|row| !known.contains(&row.indicator)) {
        return Err(Refusal::NotAsked { indicator: row.indicator.to_string() }.into());
    }
    forms.push(form.clone());
    assigned_once(&mut tx, by, form, &forms, assignments)?;

    let tenant = &by.scope.tenant;
    store::collection::insert_form(&mut tx, tenant, form)?;
    store::collection::insert_assignments(&mut tx, tenant, assignments, 0)?;
    let detail = format!("{} rows, {} assignments", form.rows.len(), assignments.len());
    store::audit::append(&mut tx, by, app.clock.now(), "create-form", &format!("form:{}", form.id), &detail)?;
    tx.commit()?;
    Ok(())
}
