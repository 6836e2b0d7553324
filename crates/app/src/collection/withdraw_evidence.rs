//! Takes evidence back (rút minh chứng): it stays to be read, with who took it back and why.

use thidua_base::code::EvidenceId;
use thidua_base::text::nfc;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::evidence::{DESCRIPTION_CHARS_MAX, Withdrawal};
use thidua_domain::collection::{State, Submission};
use thidua_domain::refusal::EvidenceFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{held, of_units, overtaken};
use super::sheet::SheetKey;
use crate::permit::permit;
use crate::{App, Error};

/// Takes a piece back.
///
/// # Errors
/// [`Error::NotFound`] where there is no such piece, or its figures are not the actor's to enter;
/// [`Refusal::SheetSent`] while the sheet is on its way: who takes it in must find what was sent;
/// [`Refusal::NoReason`], [`Refusal::LongText`], [`EvidenceFault::Withdrawn`].
pub fn withdraw_evidence(app: &App, by: &Actor, key: &SheetKey, id: &EvidenceId, reason: &str) -> Result<(), Error> {
    permit(by, Verb::EnterFigures, Thing::Unit(&key.unit), "sheet")?;
    let reason = nfc(reason.trim());
    let mut tx = app.db.begin()?;
    held(&mut tx, by, &key.form, key.period)?;
    let of_unit = of_units(by, std::slice::from_ref(&key.unit));
    let pieces = store::collection::evidence::of_sheets(&mut tx, &of_unit, &key.form, key.period)?;
    let piece = pieces.iter().find(|piece| piece.id == *id).ok_or(Error::NotFound("evidence"))?;
    if !piece.stands() {
        return Err(Refusal::from(EvidenceFault::Withdrawn).into());
    }
    let sheets = store::collection::submission::submissions(&mut tx, &of_unit, &key.form, key.period)?;
    let state = sheets.first().map_or(State::Draft, Submission::state);
    if !matches!(state, State::Draft | State::Returned) {
        return Err(Refusal::SheetSent { state: state.word() }.into());
    }
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    if reason.chars().count() > DESCRIPTION_CHARS_MAX {
        return Err(Refusal::LongText { most: DESCRIPTION_CHARS_MAX }.into());
    }
    let now = app.clock.now();
    let detail = format!("{id}: {reason}");
    let withdrawal = Withdrawal { by: by.name.clone(), at: now, reason };
    store::collection::evidence::withdraw(&mut tx, &by.scope.tenant, id, &withdrawal).map_err(overtaken)?;
    store::audit::append(&mut tx, by, now, "withdraw-evidence", &key.subject(), &detail)?;
    tx.commit()?;
    Ok(())
}
