//! Questions put to the vote, ballots, opinions in writing, and the tally (kiểm phiếu), counted in whole persons.

use std::collections::BTreeSet;

use thidua_base::Date;
use thidua_law::vocabulary::VoteBase;

use super::rule::{CountRule, Denominator, Need};
use super::{MatterNumber, QuestionNumber, SeatNumber, Signed};

/// Fewest voters of a secret ballot: of fewer, the tally alone would say who chose what.
pub const SECRET_MIN: usize = 3;

/// How votes are cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ballot {
    /// In the open, by name (biểu quyết).
    Open,
    /// Secretly (bỏ phiếu kín).
    Secret,
}

/// What a member chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// Đồng ý.
    Agree,
    /// Không đồng ý.
    Disagree,
    /// Phiếu trắng.
    Blank,
}

/// An opinion in writing (ý kiến bằng văn bản); the last one of a member and matter counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// The vote it carries, where it carries one.
    pub choice: Option<Choice>,
    /// What it says.
    pub text: String,
    /// The day the paper was received.
    pub received_on: Date,
    /// Who wrote it down.
    pub signed: Signed,
}

/// A question as it was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its number within the session.
    pub number: QuestionNumber,
    /// The matter.
    pub matter: MatterNumber,
    /// Which vote on the matter it is, from 1.
    pub round: u16,
    /// How votes are cast.
    pub ballot: Ballot,
    /// Its words.
    pub text: String,
    /// Why the matter is voted on again; empty in the first round.
    pub reason: String,
    /// The rule it is counted by.
    pub rule: CountRule,
    /// Who put it, and when.
    pub put: Signed,
}

/// What came of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Enough agreed.
    Passed,
    /// Too few agreed.
    Failed,
    /// Too few were present.
    NoQuorum,
}

/// A tally, with everyone it rests on, as frozen when the vote was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Voting members that shares of all members are taken of.
    pub members: u32,
    /// Who was entitled.
    pub entitled: Vec<SeatNumber>,
    /// Who of them was present.
    pub present: Vec<SeatNumber>,
    /// Voting members without a part in the matter.
    pub conflicted: Vec<SeatNumber>,
    /// Who cast a ballot; for a secret ballot this says nothing of what they chose.
    pub voted: Vec<SeatNumber>,
    /// Absent members who voted in writing, and how.
    pub written: Vec<(SeatNumber, Choice)>,
    /// Ballots by choice, those in writing not among them.
    pub ballots: Heap,
    /// How many had to be present.
    pub quorum_needed: u32,
    /// How many the threshold is a share of.
    pub denominator: u32,
    /// How many had to agree.
    pub needed: u32,
    /// How many agreed, those in writing among them where they count.
    pub agreed: u32,
    /// What came of it.
    pub outcome: Outcome,
}

/// Ballots by choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heap {
    /// Đồng ý.
    pub agree: u32,
    /// Không đồng ý.
    pub disagree: u32,
    /// Phiếu trắng.
    pub blank: u32,
}

/// Who takes part in the vote on a matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Voting members without a conflict.
    pub entitled: Vec<SeatNumber>,
    /// Voting members with one.
    pub conflicted: Vec<SeatNumber>,
    /// The entitled who are present.
    pub present: Vec<SeatNumber>,
}

impl Heap {
    /// The heap of some choices.
    pub fn of(choices: impl IntoIterator<Item = Choice>) -> Self {
        let mut heap = Self::default();
        for choice in choices {
            match choice {
                Choice::Agree => heap.agree += 1,
                Choice::Disagree => heap.disagree += 1,
                Choice::Blank => heap.blank += 1,
            }
        }
        heap
    }

    /// All ballots.
    pub fn all(self) -> u32 {
        self.agree + self.disagree + self.blank
    }
}

impl Part {
    /// How many members shares of all members are taken of: those with a conflict leave it only where the rule says so.
    pub fn members(&self, conflict: Denominator) -> u32 {
        let away = match conflict {
            Denominator::Keeps => self.conflicted.len(),
            Denominator::Leaves => 0,
        };
        persons(self.entitled.len() + away)
    }

    /// How many a need is of; `written` are opinions of absent members that count.
    pub fn base(&self, need: Need, conflict: Denominator, written: usize) -> u32 {
        match need.of {
            VoteBase::Members | VoteBase::Summoned => self.members(conflict),
            VoteBase::Present => persons(self.present.len() + written),
        }
    }

    /// How many must be present.
    pub fn quorum(&self, rule: &CountRule) -> u32 {
        rule.quorum.share.needed(self.base(rule.quorum, rule.conflict, 0))
    }
}

/// Counts a vote. `part` is who takes part at its closing, `voted` who cast a ballot, `written` the opinions with a vote
/// of members who are not present.
///
/// Whoever voted and then left was present.
pub fn count(
    rule: &CountRule,
    part: &Part,
    voted: &BTreeSet<SeatNumber>,
    ballots: Heap,
    written: &[(SeatNumber, Choice)],
) -> Count {
    let mut part = part.clone();
    part.present =
        part.entitled.iter().filter(|seat| part.present.contains(seat) || voted.contains(seat)).copied().collect();
    let written: Vec<(SeatNumber, Choice)> = written
        .iter()
        .filter(|(seat, _)| part.entitled.contains(seat) && !part.present.contains(seat))
        .copied()
        .collect();
    let counted =
        if rule.written_counts { Heap::of(written.iter().map(|(_, choice)| *choice)) } else { Heap::default() };
    let denominator = part.base(rule.threshold, rule.conflict, counted.all() as usize);
    let (quorum_needed, needed) = (part.quorum(rule), rule.threshold.share.needed(denominator));
    let agreed = ballots.agree + counted.agree;
    // A quorum that is only remembered warns; it undoes no vote.
    let outcome = if persons(part.present.len()) < quorum_needed && rule.quorum_from.is_certain() {
        Outcome::NoQuorum
    } else if agreed >= needed {
        Outcome::Passed
    } else {
        Outcome::Failed
    };
    Count {
        members: part.members(rule.conflict),
        voted: voted.iter().copied().collect(),
        entitled: part.entitled,
        present: part.present,
        conflicted: part.conflicted,
        written,
        ballots,
        quorum_needed,
        denominator,
        needed,
        agreed,
        outcome,
    }
}

/// A number of persons.
fn persons(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Ballot {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Open, Self::Secret];

    /// The word in columns, on forms and in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Secret => "secret",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

impl Choice {
    /// All, in the order of a ballot paper.
    pub const ALL: [Self; 3] = [Self::Agree, Self::Disagree, Self::Blank];

    /// The word in columns, on forms and in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Blank => "blank",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

impl Outcome {
    /// All.
    pub const ALL: [Self; 3] = [Self::Passed, Self::Failed, Self::NoQuorum];

    /// The word in columns, in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::NoQuorum => "no-quorum",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}
