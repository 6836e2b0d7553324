//! Objections of a unit to a mark (kiến nghị về điểm): bound to one criterion, answered by a day, with an outcome that stays.

use thidua_base::code::{CriterionCode, OrgId};
use thidua_base::{Date, Timestamp};

use super::mark::{Stage, Standing};
use super::scheme::Level;
use crate::refusal::{MarkFault, Refusal};

/// An objection of a unit to the mark of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Whose.
    pub unit: OrgId,
    /// The criterion.
    pub criterion: CriterionCode,
    /// Whose mark it is about.
    pub level: Level,
    /// Why, in the unit's words.
    pub grounds: String,
    /// Who raised it, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The last day for an answer.
    pub due: Date,
    /// What was said after it, the oldest first.
    pub said: Vec<Remark>,
    /// How it ended; `None` while it is open. There is one only.
    pub outcome: Option<Outcome>,
}

/// Something said in the course of an objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What.
    pub text: String,
    /// Who, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How an objection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What became of it.
    pub answer: Answer,
    /// Why; always given.
    pub reason: String,
    /// Who, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What became of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The mark was changed; the new mark carries its own reason.
    Accepted,
    /// The mark stands.
    Declined,
    /// The unit took it back.
    Withdrawn,
}

/// Where an objection stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Waiting for an answer, with so many days left.
    Open(i64),
    /// Its day has passed without an answer, by so many days.
    Overdue(i64),
    /// It ended in time.
    Answered,
    /// It ended after its day.
    AnsweredLate,
}

impl Objection {
    /// The key of its thread, as bound text names it.
    pub fn key(&self) -> String {
        format!("objection:{}:{}:{}", self.unit, self.criterion, self.at)
    }

    /// Where it stands on a day.
    pub fn on(&self, day: Date) -> Progress {
        match &self.outcome {
            Some(outcome) if outcome.at.date_in_vietnam() <= self.due => Progress::Answered,
            Some(_) => Progress::AnsweredLate,
            None if day <= self.due => Progress::Open(self.due.days_since(day)),
            None => Progress::Overdue(day.days_since(self.due)),
        }
    }

    /// Whether the unit may raise it: about its own mark, with grounds, while the round is open.
    ///
    /// # Errors
    /// Where the round is frozen, another raises it, it is about the unit's own mark, or it has no grounds.
    pub fn raised(&self, by: &Standing, stage: Stage) -> Result<(), Refusal> {
        self.open(stage)?;
        match by {
            Standing::Member(own) | Standing::Head(own) if *own == self.unit && self.level != Level::Own => {
                if self.grounds.trim().is_empty() { Err(self.refused(MarkFault::NoReason)) } else { Ok(()) }
            }
            Standing::Member(_) | Standing::Head(_) | Standing::Appraiser | Standing::Council => {
                Err(self.refused(MarkFault::NotYours))
            }
        }
    }

    /// The objection with its outcome: withdrawn by the unit, accepted or declined by the level it is about or by the council.
    ///
    /// # Errors
    /// Where the round is frozen, it ended already, someone else would end it, or no reason is given.
    pub fn ended(&self, by: &Standing, outcome: Outcome, stage: Stage) -> Result<Self, Refusal> {
        self.open(stage)?;
        let may = match (outcome.answer, by) {
            (Answer::Withdrawn, Standing::Member(own) | Standing::Head(own)) => *own == self.unit,
            (Answer::Accepted | Answer::Declined, Standing::Council) => true,
            (Answer::Accepted | Answer::Declined, Standing::Appraiser) => self.level == Level::Appraisal,
            (Answer::Accepted | Answer::Declined, Standing::Member(peer) | Standing::Head(peer)) => {
                self.level == Level::Peer && *peer != self.unit
            }
            (Answer::Withdrawn, Standing::Appraiser | Standing::Council) => false,
        };
        if !may || self.outcome.is_some() {
            return Err(self.refused(MarkFault::NotYours));
        }
        if outcome.reason.trim().is_empty() {
            return Err(self.refused(MarkFault::NoReason));
        }
        Ok(Self { outcome: Some(outcome), ..self.clone() })
    }

    fn open(&self, stage: Stage) -> Result<(), Refusal> {
        match stage {
            Stage::Open => Ok(()),
            Stage::Frozen => Err(self.refused(MarkFault::Frozen)),
        }
    }

    fn refused(&self, why: MarkFault) -> Refusal {
        Refusal::BadMark { unit: self.unit.to_string(), criterion: self.criterion.to_string(), why }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn unit(id: &str) -> OrgId {
        OrgId::parse(id).unwrap()
    }

    fn objection() -> Objection {
        Objection {
            unit: unit("A"),
            criterion: CriterionCode::parse("B.3").unwrap(),
            level: Level::Appraisal,
            grounds: "Đã họp đủ bốn cuộc, có biên bản".to_owned(),
            by: "Lê Thị Bình".to_owned(),
            at: at("2026-12-01T09:00:00+07:00"),
            due: day("2026-12-08"),
            said: Vec::new(),
            outcome: None,
        }
    }

    fn outcome(answer: Answer, reason: &str, when: &str) -> Outcome {
        Outcome { answer, reason: reason.to_owned(), by: "Nguyễn Văn An".to_owned(), at: at(when) }
    }

    fn fault<T: std::fmt::Debug>(found: Result<T, Refusal>) -> MarkFault {
        match found {
            Err(Refusal::BadMark { why, .. }) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_unit_objects_to_marks_of_others_with_grounds() {
        let own = Standing::Member(unit("A"));
        assert_eq!(objection().raised(&own, Stage::Open), Ok(()));
        assert_eq!(fault(objection().raised(&Standing::Member(unit("B")), Stage::Open)), MarkFault::NotYours);
        assert_eq!(fault(objection().raised(&own, Stage::Frozen)), MarkFault::Frozen);
        let about_itself = Objection { level: Level::Own, ..objection() };
        assert_eq!(fault(about_itself.raised(&own, Stage::Open)), MarkFault::NotYours);
        let silent = Objection { grounds: " ".to_owned(), ..objection() };
        assert_eq!(fault(silent.raised(&own, Stage::Open)), MarkFault::NoReason);
    }

    #[test]
    fn it_ends_once_by_those_it_is_about_with_a_reason() {
        let declined = || outcome(Answer::Declined, "Biên bản không có chữ ký", "2026-12-05T09:00:00+07:00");
        let ended = objection().ended(&Standing::Appraiser, declined(), Stage::Open).unwrap();
        assert_eq!(ended.on(day("2026-12-20")), Progress::Answered);
        assert_eq!(fault(ended.ended(&Standing::Council, declined(), Stage::Open)), MarkFault::NotYours);
        for by in [Standing::Member(unit("A")), Standing::Head(unit("B"))] {
            assert_eq!(fault(objection().ended(&by, declined(), Stage::Open)), MarkFault::NotYours, "{by:?}");
        }
        let silent = outcome(Answer::Accepted, "", "2026-12-05T09:00:00+07:00");
        assert_eq!(fault(objection().ended(&Standing::Council, silent, Stage::Open)), MarkFault::NoReason);
        assert_eq!(fault(objection().ended(&Standing::Council, declined(), Stage::Frozen)), MarkFault::Frozen);
        let withdrawn = outcome(Answer::Withdrawn, "Nhầm", "2026-12-02T09:00:00+07:00");
        assert!(objection().ended(&Standing::Member(unit("A")), withdrawn.clone(), Stage::Open).is_ok());
        assert_eq!(fault(objection().ended(&Standing::Council, withdrawn, Stage::Open)), MarkFault::NotYours);
    }

    #[test]
    fn its_day_passes() {
        assert_eq!(objection().on(day("2026-12-06")), Progress::Open(2));
        assert_eq!(objection().on(day("2026-12-08")), Progress::Open(0));
        assert_eq!(objection().on(day("2026-12-11")), Progress::Overdue(3));
        let late = outcome(Answer::Accepted, "Có biên bản", "2026-12-09T00:30:00+07:00");
        let ended = objection().ended(&Standing::Council, late, Stage::Open).unwrap();
        assert_eq!(ended.on(day("2026-12-09")), Progress::AnsweredLate);
    }
}
