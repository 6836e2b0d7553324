//! Takes a pack of law out of force (thôi áp dụng quy định đã nạp); its files and what was judged by it stay in the record.

use thidua_domain::actor::{Thing, Verb};
use thidua_domain::eligibility::{LawAct, LawStep, judge_unload, packs_in_force};
use thidua_domain::subject::Entered;
use thidua_domain::{Actor, Refusal};
use thidua_law::loaded::in_force;
use thidua_store as store;

use super::in_force::{packs, told};
use crate::permit::permit;
use crate::{App, Error};

/// Takes the pack of a code out of force. What stays must hold without it.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not; what [`judge_unload`] refuses; [`Refusal::LawFaults`] where something
/// that stays was laid on what goes.
pub fn unload_law(app: &App, by: &Actor, code: &str, reason: &str) -> Result<LawAct, Error> {
    permit(by, Verb::LoadLaw, Thing::Tenant, "law")?;
    let now = app.clock.now();
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let number = store::law_act::next(&mut tx, tenant)?;
    let acts = store::law_act::acts(&mut tx, tenant)?;
    let gone = judge_unload(&acts, code, reason)?;
    let mut stay = packs_in_force(&acts);
    stay.retain(|act| act.code != gone.code);
    let packs = packs(&mut tx, tenant, &stay)?;
    let book = in_force(app.shipped, &packs).map_err(|faults| Refusal::LawFaults { found: told(&faults) })?;
    let act = LawAct {
        number,
        step: LawStep::Unload,
        book: book.hash().to_owned(),
        entered: Entered { by: by.name.clone(), at: now, reason: reason.trim().to_owned() },
        ..gone.clone()
    };
    store::law_act::insert(&mut tx, tenant, &act, &[])?;
    let detail = format!("{}: {} ({})", act.name, act.hash, act.entered.reason);
    store::audit::append(&mut tx, by, now, "unload-law", &format!("law:{}", act.code), &detail)?;
    tx.commit()?;
    Ok(act)
}
