//! Corrects who a subject is (đính chính), with a reason; what it was before stays in the record.

use thidua_base::text::nfc;
use thidua_domain::actor::Verb;
use thidua_domain::refusal::SubjectFault;
use thidua_domain::subject::decide::birth_fits;
use thidua_domain::subject::{Details, Entered, Fields, Identity, SubjectId, current, hide_numbers};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{everyone, held};
use crate::{App, Error};

/// Adds a version; `over` is the number of the one the person saw. Whoever may not see the citizen's number keeps it
/// as it is.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not enter here; [`Refusal::NoReason`]; [`Refusal::ChangedMeanwhile`]; what
/// [`Details::read`] refuses; [`SubjectFault::BeforeBirth`] where a known fact would come before the birth.
pub fn correct_subject(
    app: &App,
    by: &Actor,
    id: &SubjectId,
    over: i64,
    fields: &Fields,
    reason: &str,
) -> Result<Identity, Error> {
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, today, id)?;
    held.permit(by, Verb::EnterFacts, today)?;
    let before = held.identity()?.clone();
    let reason = nfc(reason.trim());
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    if before.version != over {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let mut details = Details::read(before.details.kind, fields)?;
    if details.cccd.is_none() && !held.allows(by, Verb::ReadCccd, today) {
        details.cccd.clone_from(&before.details.cccd);
        if let Some(number) = &details.cccd {
            number.check(thidua_domain::subject::CccdCheck { born: details.born, sex: details.sex })?;
        }
    }
    birth_fits(&details, &current(&held.facts))?;
    if details.cccd.is_some() && details.cccd != before.details.cccd {
        let all = everyone(&mut tx, by, today)?;
        let holder = all.details.iter().find(|(other, known)| **other != held.id && known.cccd == details.cccd);
        if let Some((_, known)) = holder {
            return Err(SubjectFault::CccdHeld { name: known.name.clone() }.into());
        }
    }
    let identity = Identity {
        version: before.version + 1,
        details,
        entered: Entered { by: by.name.clone(), at: now, reason },
        ..before.clone()
    };
    let written = store::subject::add_version(&mut tx, &by.scope.tenant, &identity);
    written.map_err(overtaken)?;
    let detail = format!("version {}: {}", identity.version, hide_numbers(&identity.entered.reason));
    store::audit::append(&mut tx, by, now, "correct-subject", &format!("subject:{}", held.id), &detail)?;
    tx.commit()?;
    Ok(identity)
}

/// Someone else took the step that was to be taken.
pub(super) fn overtaken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}
