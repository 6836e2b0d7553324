//! Progress told between reviews, interim and final reviews (sơ kết, tổng kết): who answered, who is late.

use thidua_base::code::{MovementCode, OrgId};
use thidua_base::{Date, Timestamp};

use super::terms::judge_length;
use crate::refusal::Refusal;

/// Most pieces of evidence of one report.
pub const EVIDENCE_MAX: usize = 20;

/// The two kinds of review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewKind {
    /// Sơ kết.
    Interim,
    /// Tổng kết.
    Final,
}

/// A review asked of the units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its number within the movement, from 1.
    pub number: i64,
    /// Interim or final.
    pub kind: ReviewKind,
    /// Last day to answer in time.
    pub due_on: Date,
    /// What was asked beyond the usual; may be empty.
    pub asked: String,
    /// What the launcher concluded, once it did.
    pub conclusion: Option<String>,
}

/// What a unit tells between reviews (tiến độ thực hiện).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The movement.
    pub movement: MovementCode,
    /// Whose.
    pub unit: OrgId,
    /// What was done.
    pub text: String,
    /// By what it is shown.
    pub evidence: Vec<Evidence>,
    /// Who told it, as named then.
    pub by: String,
    /// Their account, where a person signed in told it.
    pub account: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// By what progress is shown (minh chứng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it is: `Biên bản nghiệm thu đường thôn 3`.
    pub title: String,
    /// Where it is found: number of a document, or an address; may be empty.
    pub found_at: String,
}

/// A unit's answer to a review; a later one stands beside the earlier and counts instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewAnswer {
    /// The movement.
    pub movement: MovementCode,
    /// Number of the review.
    pub round: i64,
    /// Whose.
    pub unit: OrgId,
    /// What was reached (kết quả).
    pub results: String,
    /// What fell short, and why (tồn tại, nguyên nhân); may be empty.
    pub shortfalls: String,
    /// What is proposed, with who is to be commended (đề xuất); may be empty.
    pub proposals: String,
    /// Who answered, as named then.
    pub by: String,
    /// Their account, where a person signed in did.
    pub account: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// How a unit stands to a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It answered in time, by its first answer.
    Answered(Date),
    /// It answered after the last day.
    AnsweredLate(Date),
    /// It has still time.
    Awaited,
    /// The last day is over and it has not answered.
    Late,
}

impl ReviewKind {
    /// The word in addresses, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Interim => "interim",
            Self::Final => "final",
        }
    }
}

impl Standing {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Answered(_) => "answered",
            Self::AnsweredLate(_) => "answered-late",
            Self::Awaited => "awaited",
            Self::Late => "late",
        }
    }
}

impl Round {
    /// How a unit stands on a day. Its first answer decides whether it was in time: a better one later is no delay.
    pub fn standing(&self, unit: &OrgId, answers: &[ReviewAnswer], today: Date) -> Standing {
        let theirs = answers.iter().filter(|answer| answer.round == self.number && answer.unit == *unit);
        match theirs.map(|answer| answer.at.date_in_vietnam()).min() {
            Some(on) if on <= self.due_on => Standing::Answered(on),
            Some(on) => Standing::AnsweredLate(on),
            None if today <= self.due_on => Standing::Awaited,
            None => Standing::Late,
        }
    }
}

/// Whether a review may be asked: its last day is not over yet.
///
/// # Errors
/// [`Refusal::MovementDays`].
pub fn judge_due(due_on: Date, today: Date) -> Result<(), Refusal> {
    if due_on < today { Err(Refusal::MovementDays) } else { Ok(()) }
}

/// Whether progress can be kept: it says something, and its evidence is named.
///
/// # Errors
/// [`Refusal::EmptyText`], [`Refusal::TooMany`], [`Refusal::LongText`].
pub fn judge_progress(progress: &Progress) -> Result<(), Refusal> {
    judge_said(&progress.text)?;
    if progress.evidence.len() > EVIDENCE_MAX {
        return Err(Refusal::TooMany { most: EVIDENCE_MAX });
    }
    for piece in &progress.evidence {
        judge_said(&piece.title)?;
        judge_length(&piece.found_at)?;
    }
    Ok(())
}

/// Whether an answer to a review can be kept: it tells results.
///
/// # Errors
/// [`Refusal::EmptyText`], [`Refusal::LongText`].
pub fn judge_answer(answer: &ReviewAnswer) -> Result<(), Refusal> {
    judge_said(&answer.results)?;
    judge_length(&answer.shortfalls)?;
    judge_length(&answer.proposals)
}

/// Whether a text that has to say something does.
///
/// # Errors
/// [`Refusal::EmptyText`], [`Refusal::LongText`].
pub fn judge_said(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::EmptyText);
    }
    judge_length(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn answer(unit: &str, at: &str) -> ReviewAnswer {
        ReviewAnswer {
            movement: MovementCode::parse("PT01").unwrap(),
            round: 1,
            unit: OrgId::parse(unit).unwrap(),
            results: "Đã làm 2 km đường".into(),
            shortfalls: String::new(),
            proposals: String::new(),
            by: "Lê Thị Thủy".into(),
            account: None,
            at: Timestamp::parse(at).unwrap(),
        }
    }

    #[test]
    fn the_first_answer_decides_whether_a_unit_was_in_time() {
        let round = Round {
            number: 1,
            kind: ReviewKind::Interim,
            due_on: day("2020-12-10"),
            asked: String::new(),
            conclusion: None,
        };
        // The last one is of 10 December in Greenwich and of 11 December here.
        let answers = [
            answer("a", "2020-12-12T02:00:00Z"),
            answer("a", "2020-12-10T02:00:00Z"),
            answer("b", "2020-12-10T18:00:00Z"),
        ];
        let of = |unit: &str, today| round.standing(&OrgId::parse(unit).unwrap(), &answers, day(today));
        assert_eq!(of("a", "2020-12-20"), Standing::Answered(day("2020-12-10")));
        assert_eq!(of("b", "2020-12-20"), Standing::AnsweredLate(day("2020-12-11")));
        assert_eq!(of("c", "2020-12-10"), Standing::Awaited);
        assert_eq!(of("c", "2020-12-11"), Standing::Late);
        let other = Round { number: 2, ..round };
        assert_eq!(other.standing(&OrgId::parse("a").unwrap(), &answers, day("2020-12-11")), Standing::Late);
    }

    #[test]
    fn what_says_nothing_is_not_kept() {
        assert_eq!(judge_answer(&answer("a", "2020-12-10T02:00:00Z")), Ok(()));
        let empty = ReviewAnswer { results: "  ".into(), ..answer("a", "2020-12-10T02:00:00Z") };
        assert_eq!(judge_answer(&empty), Err(Refusal::EmptyText));
        let progress = |text: &str, titles: &[&str]| Progress {
            movement: empty.movement.clone(),
            unit: empty.unit.clone(),
            text: text.into(),
            evidence: titles.iter().map(|title| Evidence { title: (*title).into(), found_at: String::new() }).collect(),
            by: String::new(),
            account: None,
            at: empty.at,
        };
        assert_eq!(judge_progress(&progress("Xong", &["Biên bản"])), Ok(()));
        assert_eq!(judge_progress(&progress("Xong", &[""])), Err(Refusal::EmptyText));
        assert_eq!(judge_progress(&progress("", &[])), Err(Refusal::EmptyText));
        let many = vec!["x"; EVIDENCE_MAX + 1];
        assert_eq!(judge_progress(&progress("Xong", &many)), Err(Refusal::TooMany { most: EVIDENCE_MAX }));
        assert_eq!(judge_due(day("2020-12-09"), day("2020-12-10")), Err(Refusal::MovementDays));
        assert_eq!(judge_due(day("2020-12-10"), day("2020-12-10")), Ok(()));
    }
}
