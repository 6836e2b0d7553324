//! Takes a step with a sheet: send, withdraw, verify, return, take in, approve, publish, correct. One door, one table.

use thidua_base::Period;
use thidua_base::code::{FormId, OrgId};
use thidua_domain::actor::{Capacity, Thing, Verb};
use thidua_domain::collection::submission::{Asked, Event, NamedCell, STEPS, Side};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;

use super::held::overtaken;
use super::sheet::{SheetKey, SheetSeen, seen};
use crate::permit::permit;
use crate::{App, Error};

/// A step that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// What.
    pub verb: Verb,
    /// Why; some steps must say.
    pub reason: String,
    /// The cells it names, each with its reason.
    pub cells: Vec<NamedCell>,
}

/// Takes a step with one sheet.
///
/// # Errors
/// [`Error::NotFound`] where there is no such sheet for this actor or the step is not theirs; what
/// [`thidua_domain::collection::Submission::step`] refuses; [`Refusal::CycleClosed`] for a sheet sent outside its days;
/// [`Refusal::SheetNotReady`] for one with empty cells, open findings or unsettled conflicts;
/// [`Refusal::ChangedMeanwhile`].
pub fn step(app: &App, by: &Actor, key: &SheetKey, new: &NewStep) -> Result<Event, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let event = taken(&mut tx, app, by, key, new)?;
    tx.commit()?;
    Ok(event)
}

/// Takes one step with the sheets of several units of a cycle, all or none: a level approves a set of sheets, and the
/// journal lists each with its revision.
///
/// # Errors
/// As [`step`], for the first sheet that refuses.
pub fn step_together(
    app: &App,
    by: &Actor,
    form: &FormId,
    period: Period,
    units: &[OrgId],
    new: &NewStep,
) -> Result<Vec<Event>, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let mut events = Vec::with_capacity(units.len());
    for unit in units {
        let key = SheetKey { form: form.clone(), period, unit: unit.clone() };
        events.push(taken(&mut tx, app, by, &key, new)?);
    }
    tx.commit()?;
    Ok(events)
}

fn taken(tx: &mut Tx, app: &App, by: &Actor, key: &SheetKey, new: &NewStep) -> Result<Event, Error> {
    let seen = seen(tx, app, by, key)?;
    let sheet = &seen.sheet;
    let side = STEPS.iter().find(|step| step.verb == new.verb).ok_or(Error::NotFound("step"))?.side;
    let whose = match side {
        Side::Reporter => &sheet.unit,
        Side::Receiver => &sheet.form.receiver,
    };
    permit(by, new.verb, Thing::Unit(whose), "sheet")?;
    if new.verb == Verb::SubmitSheet {
        ready(&seen)?;
    }
    if let Some(cell) = new.cells.iter().find(|cell| sheet.row(&cell.indicator).is_none()) {
        return Err(Refusal::NotAsked { indicator: cell.indicator.to_string() }.into());
    }
    let account = match &by.capacity {
        Capacity::Person { account, .. } => Some(account.as_str()),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => None,
    };
    let asked = Asked {
        verb: new.verb,
        by: &by.name,
        account,
        at: app.clock.now(),
        reason: &new.reason,
        cells: new.cells.clone(),
    };
    let event = sheet.submission.step(asked, sheet.form.is_verified)?;
    let pinned: Vec<i64> = match new.verb {
        Verb::SubmitSheet | Verb::AcceptSheet | Verb::ApproveSheets => {
            sheet.rows.iter().filter_map(|row| Some(row.current.as_ref()?.seq)).collect()
        }
        _ => Vec::new(),
    };

    store::collection::submission::append(tx, &by.scope.tenant, &sheet.submission, &event, &pinned)
        .map_err(overtaken)?;
    let detail = format!("revision {}, {} figures: {}", event.revision, pinned.len(), event.reason);
    store::audit::append(tx, by, event.at, new.verb.word(), &key.subject(), &detail)?;
    Ok(event)
}

/// Whether a sheet may be sent: in its days, filled, explained, and with one value in each cell.
fn ready(seen: &SheetSeen) -> Result<(), Refusal> {
    let sheet = &seen.sheet;
    if !sheet.stage.is_open() {
        return Err(Refusal::CycleClosed { stage: sheet.stage.word() });
    }
    let completeness = sheet.completeness();
    let empty = completeness.required.saturating_sub(completeness.filled);
    let conflicts = sheet.rows.iter().filter(|row| !row.conflicts.is_empty()).count();
    let unanswered = seen.open_findings().len();
    if empty + conflicts + unanswered > 0 {
        return Err(Refusal::SheetNotReady { empty, unanswered, conflicts });
    }
    Ok(())
}
