//! Loads a pack of law (nạp quy định riêng, sổ luật mới): an overlay, or a newer national book.

use thidua_domain::actor::{Thing, Verb};
use thidua_domain::eligibility::{LawAct, LawStep, judge_load, packs_in_force};
use thidua_domain::subject::Entered;
use thidua_domain::{Actor, Refusal};
use thidua_law::fault::Faults;
use thidua_law::loaded::{LawPack, LawPackKind, Unfit, tried};
use thidua_store as store;

use super::in_force::{packs, told};
use crate::permit::permit;
use crate::{App, Error};

/// Loads the files of a pack, each by its name below the folder, after all its cases held; a pack of its code that is in
/// force goes out of force with it. Nothing is loaded where anything is wrong.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not; [`Refusal::LawFaults`] and [`Refusal::LawCases`] with everything found;
/// what [`judge_load`] refuses.
pub fn load_law(app: &App, by: &Actor, files: Vec<(String, String)>, reason: &str) -> Result<LawAct, Error> {
    permit(by, Verb::LoadLaw, Thing::Tenant, "law")?;
    let faults = |faults: Faults| Refusal::LawFaults { found: told(&faults) };
    let pack = LawPack::of(files).map_err(faults)?;
    let now = app.clock.now();
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let number = store::law_act::next(&mut tx, tenant)?;
    let acts = store::law_act::acts(&mut tx, tenant)?;
    let held = packs_in_force(&acts);
    let before = packs(&mut tx, tenant, &held)?;
    let national = before.iter().find(|pack| pack.kind() == LawPackKind::National);
    let national = national.map(|pack| pack.on(app.shipped)).transpose().map_err(faults)?;
    let called = pack.called(national.as_ref().unwrap_or(app.shipped)).map_err(faults)?;
    judge_load(&acts, &called.code, pack.hash(), reason)?;
    let stays = held.iter().zip(before).filter(|(act, _)| act.code != called.code);
    let stay: Vec<LawPack> = stays.map(|(_, pack)| pack).collect();
    let book = tried(app.shipped, &stay, &pack).map_err(|unfit| match unfit {
        Unfit::Faults(found) => faults(Faults(found)),
        Unfit::Cases(found) => Refusal::LawCases { found },
    })?;
    let act = LawAct {
        number,
        step: LawStep::Load,
        code: called.code,
        kind: pack.kind(),
        name: called.name.vi,
        is_sample: called.is_sample,
        hash: pack.hash().to_owned(),
        book: book.hash().to_owned(),
        entered: Entered { by: by.name.clone(), at: now, reason: reason.trim().to_owned() },
    };
    store::law_act::insert(&mut tx, tenant, &act, pack.files())?;
    let detail = format!("{}: {} ({})", act.name, act.hash, act.entered.reason);
    store::audit::append(&mut tx, by, now, Verb::LoadLaw.word(), &format!("law:{}", act.code), &detail)?;
    tx.commit()?;
    Ok(act)
}
