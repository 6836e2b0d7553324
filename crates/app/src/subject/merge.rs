//! Says that two subjects are one (gộp), and takes it back (tách): nothing is moved, so nothing is lost.

use thidua_base::text::nfc;
use thidua_domain::actor::Verb;
use thidua_domain::subject::{Entered, Groups, Merge, MergeId, SubjectId, hide_numbers, merge};
use thidua_domain::{Actor, Refusal, Scope};
use thidua_store as store;

use super::correct_subject::overtaken;
use super::held::held;
use super::show::{SubjectSeen, seen};
use crate::entropy::hex;
use crate::{App, Error};

/// Two subjects side by side, before they are merged.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not merge one of them.
pub fn side_by_side(
    app: &App,
    by: &Actor,
    one: &SubjectId,
    two: &SubjectId,
) -> Result<(SubjectSeen, SubjectSeen), Error> {
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let mut both = Vec::new();
        for id in [one, two] {
            let held = held(tx, by, today, id)?;
            held.permit(by, Verb::MergeSubjects, today)?;
            both.push(seen(&held, &[], &ground.units, by, today)?);
        }
        let two = both.pop().ok_or(Error::NotFound("subject"))?;
        let one = both.pop().ok_or(Error::NotFound("subject"))?;
        Ok((one, two))
    })
}

/// Says that two subjects are one; `kept` stands for both.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not merge one of them; [`Refusal::NoReason`]; what
/// [`merge::merge`] refuses.
pub fn merge_subjects(
    app: &App,
    by: &Actor,
    kept: &SubjectId,
    merged: &SubjectId,
    reason: &str,
) -> Result<Merge, Error> {
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let mut tx = app.db.begin()?;
    let one = held(&mut tx, by, today, kept)?;
    let two = held(&mut tx, by, today, merged)?;
    one.permit(by, Verb::MergeSubjects, today)?;
    two.permit(by, Verb::MergeSubjects, today)?;
    let groups = Groups::of(one.merges.iter().chain(&two.merges));
    merge::merge(&groups, (kept, &one.details()?), (merged, &two.details()?))?;
    let reason = nfc(reason.trim());
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let id = format!("m-{}", hex(&app.entropy.bytes::<12>()?));
    let done = Merge {
        id: MergeId::parse(&id).map_err(|why| Error::Internal(why.into()))?,
        kept: kept.clone(),
        merged: merged.clone(),
        entered: Entered { by: by.name.clone(), at: now, reason },
        undone: None,
    };

    store::subject::merge::insert(&mut tx, &by.scope.tenant, &done)?;
    let detail = hide_numbers(&format!("{} stands for {merged}: {}", kept, done.entered.reason));
    store::audit::append(&mut tx, by, now, "merge-subjects", &format!("subject:{kept}"), &detail)?;
    tx.commit()?;
    Ok(done)
}

/// Takes a merge back: both are again what they were.
///
/// # Errors
/// [`Error::NotFound`] where there is no such merge that the actor may take back; [`Refusal::NoReason`];
/// [`Refusal::ChangedMeanwhile`] where it was taken back already.
pub fn undo_merge(app: &App, by: &Actor, id: &MergeId, reason: &str) -> Result<Merge, Error> {
    let now = app.clock.now();
    let today = now.date_in_vietnam();
    let mut tx = app.db.begin()?;
    let done = store::subject::merge::merge(&mut tx, &by.scope.tenant, id)?.ok_or(Error::NotFound("merge"))?;
    let held = held(&mut tx, by, today, &done.kept)?;
    held.permit(by, Verb::MergeSubjects, today)?;
    if done.undone.is_some() {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let reason = nfc(reason.trim());
    if reason.is_empty() {
        return Err(Refusal::NoReason.into());
    }
    let undone = Entered { by: by.name.clone(), at: now, reason };
    store::subject::merge::undo(&mut tx, &by.scope.tenant, id, &undone).map_err(overtaken)?;
    let detail = hide_numbers(&format!("{} no more stands for {}: {}", done.kept, done.merged, undone.reason));
    store::audit::append(&mut tx, by, now, "undo-merge", &format!("subject:{}", done.kept), &detail)?;
    tx.commit()?;
    Ok(Merge { undone: Some(undone), ..done })
}
