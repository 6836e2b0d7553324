//! What movements ask of units by a day: register, sign, answer a review.

use thidua_base::Date;
use thidua_base::code::{MovementCode, OrgId};
use thidua_law::{Calendar, WorkingDays};

use super::course::Course;
use super::pledge::{Call, Pledge, PledgeState};
use super::review::{ReviewAnswer, ReviewKind};
use crate::actor::Verb;

/// What a movement asks of a unit now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chore {
    /// Register.
    Register,
    /// Register anew: it was sent back.
    RegisterAgain,
    /// Sign the pledge.
    Sign,
    /// Answer a review.
    Answer(ReviewKind),
}

/// Something that a movement asks of a unit by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementDue {
    /// The movement.
    pub movement: MovementCode,
    /// Of whom.
    pub unit: OrgId,
    /// What.
    pub chore: Chore,
    /// Last day.
    pub until: Date,
    /// Working days left until then; negative when late.
    pub left: WorkingDays,
    /// Whether that day is over.
    pub is_late: bool,
}

impl Chore {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::RegisterAgain => "register-again",
            Self::Sign => "sign",
            Self::Answer(ReviewKind::Interim) => "answer-interim",
            Self::Answer(ReviewKind::Final) => "answer-final",
        }
    }

    /// The verb of whoever does it.
    pub fn verb(self) -> Verb {
        match self {
            Self::Register | Self::RegisterAgain => Verb::RegisterForMovement,
            Self::Sign => Verb::SignPledge,
            Self::Answer(_) => Verb::ReportMovement,
        }
    }
}

/// What is due of the units called on, the most urgent first; nothing of movements that are over.
pub fn due(
    courses: &[Course],
    calls: &[Call],
    pledges: &[Pledge],
    answers: &[ReviewAnswer],
    today: Date,
    calendar: &Calendar,
) -> Vec<MovementDue> {
    let mut due = Vec::new();
    for call in calls {
        let Some(course) = courses.iter().find(|course| course.movement == call.movement) else { continue };
        if !course.phase().is_running() {
            continue;
        }
        let mut add = |chore, until: Date| {
            due.push(MovementDue {
                movement: call.movement.clone(),
                unit: call.unit.clone(),
                chore,
                until,
                left: calendar.working_days(today, until),
                is_late: today > until,
            });
        };
        let pledge = pledges.iter().find(|pledge| pledge.movement == call.movement && pledge.unit == call.unit);
        match pledge.map_or(PledgeState::Asked, Pledge::state) {
            PledgeState::Asked => add(Chore::Register, call.register_by),
            PledgeState::Returned => add(Chore::RegisterAgain, call.register_by),
            PledgeState::Registered => add(Chore::Sign, call.register_by),
            PledgeState::Signed => {}
        }
        let Some(round) = course.open_round() else { continue };
        let has_answered = answers
            .iter()
            .any(|answer| answer.movement == call.movement && answer.round == round.number && answer.unit == call.unit);
        if !has_answered {
            add(Chore::Answer(round.kind), round.due_on);
        }
    }
    due.sort_by(|a, b| (a.until, &a.movement, &a.unit).cmp(&(b.until, &b.movement, &b.unit)));
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::movement::course::{Act, Milestone};
    use crate::movement::pledge::{PledgeAct, PledgeEvent, Promise};
    use thidua_base::Timestamp;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn at() -> Timestamp {
        Timestamp::parse("2020-07-06T02:00:00Z").unwrap()
    }

    fn code() -> MovementCode {
        MovementCode::parse("PT01").unwrap()
    }

    fn unit(id: &str) -> OrgId {
        OrgId::parse(id).unwrap()
    }

    fn course(acts: &[(Act, &str)]) -> Course {
        let milestone = |(act, on): &(Act, &str)| Milestone {
            act: *act,
            day: Some(day(on)),
            note: String::new(),
            by: String::new(),
            account: None,
            at: at(),
        };
        Course { movement: code(), milestones: acts.iter().map(milestone).collect() }
    }

    fn pledge(id: &str, acts: &[PledgeAct]) -> Pledge {
        let event = |act: &PledgeAct| PledgeEvent {
            act: *act,
            promise: Promise::default(),
            position: String::new(),
            reason: String::new(),
            by: String::new(),
            account: None,
            at: at(),
        };
        Pledge { events: acts.iter().map(event).collect(), ..Pledge::new(code(), unit(id)) }
    }

    #[test]
    fn each_unit_is_asked_for_what_it_owes_and_nothing_when_the_movement_is_over() {
        let calls: Vec<Call> = ["a", "b", "c"]
            .map(|id| Call { movement: code(), unit: unit(id), register_by: day("2020-07-10"), called_on: None })
            .into();
        let pledges = [
            pledge("a", &[PledgeAct::Register, PledgeAct::Sign]),
            pledge("b", &[PledgeAct::Register]),
            pledge("c", &[PledgeAct::Register, PledgeAct::Return]),
        ];
        let asked = course(&[(Act::Draft, "2020-07-01"), (Act::Launch, "2020-07-01"), (Act::AskInterim, "2020-07-08")]);
        let answers = [ReviewAnswer {
            movement: code(),
            round: 1,
            unit: unit("b"),
            results: "x".into(),
            shortfalls: String::new(),
            proposals: String::new(),
            by: String::new(),
            account: None,
            at: at(),
        }];
        let calendar = thidua_law::Book::shipped().unwrap();
        let of = |course: &Course| -> Vec<(String, Chore, bool, i64)> {
            let found =
                due(std::slice::from_ref(course), &calls, &pledges, &answers, day("2020-07-09"), calendar.calendar());
            found.into_iter().map(|one| (one.unit.to_string(), one.chore, one.is_late, one.left.days)).collect()
        };
        let answer = Chore::Answer(ReviewKind::Interim);
        assert_eq!(
            of(&asked),
            [
                ("a".to_owned(), answer, true, -1),
                ("c".to_owned(), answer, true, -1),
                ("b".to_owned(), Chore::Sign, false, 1),
                ("c".to_owned(), Chore::RegisterAgain, false, 1),
            ]
        );
        let over = course(&[
            (Act::Draft, "2020-07-01"),
            (Act::Launch, "2020-07-01"),
            (Act::AskFinal, "2020-07-08"),
            (Act::ConcludeFinal, "2020-07-08"),
        ]);
        assert!(of(&over).is_empty());
        assert!(of(&course(&[(Act::Draft, "2020-07-01")])).is_empty(), "what is not launched asks nothing");
    }
}
