//! Objections of a unit to marks of one criterion, as its sheet shows them.

use thidua_app::cluster::{Scored, Seen};
use thidua_base::code::{CriterionCode, OrgId};
use thidua_domain::cluster::objection::{Answer, Progress};
use thidua_domain::cluster::scheme::Level;

use super::words;
use crate::messages::Messages;

/// An objection with what was said.
#[derive(Debug)]
pub(super) struct ObjectionView {
    pub(super) number: i64,
    pub(super) level: &'static str,
    pub(super) grounds: String,
    pub(super) by: String,
    pub(super) at: String,
    pub(super) due: String,
    pub(super) state: &'static str,
    pub(super) state_class: &'static str,
    pub(super) said: Vec<(String, String)>,
    pub(super) outcome: String,
    pub(super) answers: bool,
    pub(super) withdraws: bool,
}

/// The objections to marks of a criterion, the oldest first.
pub(super) fn objections(
    say: &'static Messages,
    seen: &Seen,
    scored: &Scored,
    unit: &OrgId,
    criterion: &CriterionCode,
) -> Vec<ObjectionView> {
    let theirs = scored.journal.objections.iter().filter(|(_, one)| one.unit == *unit && one.criterion == *criterion);
    theirs
        .map(|(number, objection)| {
            let (state, state_class) = match objection.on(seen.today) {
                Progress::Open(_) => ("scoring.objection-open", "note"),
                Progress::Overdue(_) => ("scoring.objection-late", "bad"),
                Progress::Answered | Progress::AnsweredLate => match objection.outcome.as_ref().map(|one| one.answer) {
                    Some(Answer::Accepted) => ("scoring.objection-accepted", "good"),
                    Some(Answer::Withdrawn) => ("scoring.objection-withdrawn", "plain"),
                    Some(Answer::Declined) | None => ("scoring.objection-declined", "plain"),
                },
            };
            let is_open = objection.outcome.is_none() && scored.frozen.is_none();
            ObjectionView {
                number: *number,
                level: words::level(say, objection.level),
                grounds: objection.grounds.clone(),
                by: objection.by.clone(),
                at: objection.at.in_table(),
                due: objection.due.in_table(),
                state: say.get(state),
                state_class,
                said: objection.said.iter().map(|remark| (remark.by.clone(), remark.text.clone())).collect(),
                outcome: objection
                    .outcome
                    .as_ref()
                    .map(|outcome| format!("{} ({}, {})", outcome.reason, outcome.by, outcome.at.in_table()))
                    .unwrap_or_default(),
                answers: is_open && !seen.rights.levels(unit, &[objection.level, Level::Council]).is_empty(),
                withdraws: is_open && seen.rights.sends.contains(unit),
            }
        })
        .collect()
}
