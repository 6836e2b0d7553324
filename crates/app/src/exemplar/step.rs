//! What the steps of an exemplar share: read, decide, save, record, commit.

use thidua_base::code::ExemplarId;
use thidua_base::{Date, Number};
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::exemplar::course;
use thidua_domain::exemplar::{Event, Standing};
use thidua_store as store;

use super::desk::{Desk, Eyes, account, overtaken, subject};
use crate::permit::permit;
use crate::{App, Error};

/// A step that is asked for.
pub(super) struct NewStep<'a> {
    pub(super) verb: Verb,
    pub(super) day: Option<Date>,
    pub(super) decision: &'a str,
    pub(super) size: Option<Number>,
    pub(super) reason: &'a str,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What happened.
    pub event: Event,
    /// How the exemplar stands after it.
    pub standing: Standing,
}

/// Takes a step; without a day it holds from today.
pub(super) fn take(app: &App, by: &Actor, id: &ExemplarId, new: &NewStep<'_>) -> Result<Taken, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by, Some(id))?;
    let exemplar = desk.seen(by, id, Eyes::Own)?;
    permit(by, new.verb, Thing::Unit(desk.place(exemplar)), "exemplar")?;
    let own = account(by);
    let course = desk.course(exemplar);
    let asked = course::Asked {
        verb: new.verb,
        day: new.day.unwrap_or(desk.today),
        decision: new.decision,
        size: new.size,
        reason: new.reason,
        by: &by.name,
        account: own.as_deref(),
        at: desk.now,
    };
    let event = course.step(&asked, desk.today)?;

    store::exemplar::course::append_many(&mut tx, &by.scope.tenant, &[(&course, &event)]).map_err(overtaken)?;
    let told = [event.decision.as_str(), event.reason.as_str()];
    let told = told.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
    let detail = format!("{} {told}", event.day);
    store::audit::append(&mut tx, by, desk.now, event.verb.word(), &subject(id), detail.trim_end())?;
    tx.commit()?;
    let after = course.after(event.clone());
    let standing = after.standing(desk.today, desk.taken_over).unwrap_or(Standing::Proposed);
    Ok(Taken { event, standing })
}
