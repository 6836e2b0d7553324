//! The way of a movement from the register to its final review: its phases, and the only acts between them.

use thidua_base::code::MovementCode;
use thidua_base::{Date, Timestamp};

use super::review::{ReviewKind, Round};
use crate::refusal::Refusal;

/// Where a movement stands (giai đoạn).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// In the register only: named in reports, its launch is not kept here.
    Listed,
    /// Its terms are being written.
    Drafted,
    /// Launched; units register and carry it out.
    Launched,
    /// An interim review is asked of the units.
    InterimAsked,
    /// The interim review is concluded; it goes on.
    InterimDone,
    /// The final review is asked of the units.
    FinalAsked,
    /// The final review is concluded.
    Closed,
}

/// What is done with a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Write its terms, or write them anew.
    Draft,
    /// Launch it (phát động).
    Launch,
    /// Ask the units for the interim review (sơ kết).
    AskInterim,
    /// Conclude it.
    ConcludeInterim,
    /// Ask the units for the final review (tổng kết).
    AskFinal,
    /// Conclude it, which ends the movement.
    ConcludeFinal,
}

use Phase::{Closed, Drafted, FinalAsked, InterimAsked, InterimDone, Launched, Listed};

/// The table of acts: pages, rights and the API read it.
#[rustfmt::skip]
pub const ACTS: &[(Act, &[Phase], Phase)] = &[
    (Act::Draft,           &[Listed, Drafted],       Drafted),
    (Act::Launch,          &[Drafted],               Launched),
    (Act::AskInterim,      &[Launched, InterimDone], InterimAsked),
    (Act::ConcludeInterim, &[InterimAsked],          InterimDone),
    (Act::AskFinal,        &[Launched, InterimDone], FinalAsked),
    (Act::ConcludeFinal,   &[FinalAsked],            Closed),
];

/// One thing that was done with a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What.
    pub act: Act,
    /// The day it holds from: of the launch; of a review, the last day to answer in time.
    pub day: Option<Date>,
    /// What was said: the conclusion of a review; may be empty.
    pub note: String,
    /// Who, as named then.
    pub by: String,
    /// Their account, where a person signed in did it.
    pub account: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A movement's way so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// The movement.
    pub movement: MovementCode,
    /// What was done, oldest first.
    pub milestones: Vec<Milestone>,
}

impl Phase {
    /// Every phase, in the order of the way.
    pub const ALL: [Self; 7] = [Listed, Drafted, Launched, InterimAsked, InterimDone, FinalAsked, Closed];

    /// The word in addresses, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Listed => "listed",
            Drafted => "drafted",
            Launched => "launched",
            InterimAsked => "interim-asked",
            InterimDone => "interim-done",
            FinalAsked => "final-asked",
            Closed => "closed",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }

    /// Whether units register, report and answer now.
    pub fn is_running(self) -> bool {
        matches!(self, Launched | InterimAsked | InterimDone | FinalAsked)
    }
}

impl Act {
    /// Every act, in the order of the way.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Launch, Self::AskInterim, Self::ConcludeInterim, Self::AskFinal, Self::ConcludeFinal];

    /// The word in columns, keys of sentences and the journal.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft-movement",
            Self::Launch => "launch-movement",
            Self::AskInterim => "ask-interim-review",
            Self::ConcludeInterim => "conclude-interim-review",
            Self::AskFinal => "ask-final-review",
            Self::ConcludeFinal => "conclude-final-review",
        }
    }
}

impl Course {
    /// A movement with which nothing was done yet.
    pub fn new(movement: MovementCode) -> Self {
        Self { movement, milestones: Vec::new() }
    }

    /// Where it stands.
    pub fn phase(&self) -> Phase {
        let last = self.milestones.last().map(|milestone| milestone.act);
        let row = ACTS.iter().find(|(act, _, _)| Some(*act) == last);
        row.map_or(Listed, |(_, _, to)| *to)
    }

    /// Whether an act is open now.
    pub fn may(&self, act: Act) -> bool {
        let phase = self.phase();
        ACTS.iter().any(|(known, from, _)| *known == act && from.contains(&phase))
    }

    /// Whether an act may be done now.
    ///
    /// # Errors
    /// [`Refusal::MovementPhase`].
    pub fn judge(&self, act: Act) -> Result<(), Refusal> {
        if self.may(act) { Ok(()) } else { Err(Refusal::MovementPhase { phase: self.phase().word() }) }
    }

    /// The day of the launch.
    pub fn launched_on(&self) -> Option<Date> {
        self.milestones.iter().find(|milestone| milestone.act == Act::Launch).and_then(|milestone| milestone.day)
    }

    /// The reviews asked so far, oldest first; the number of each is its place, from 1.
    pub fn rounds(&self) -> Vec<Round> {
        let mut rounds: Vec<Round> = Vec::new();
        for milestone in &self.milestones {
            let kind = match milestone.act {
                Act::AskInterim => ReviewKind::Interim,
                Act::AskFinal => ReviewKind::Final,
                Act::ConcludeInterim | Act::ConcludeFinal => {
                    if let Some(open) = rounds.last_mut() {
                        open.conclusion = Some(milestone.note.clone());
                    }
                    continue;
                }
                Act::Draft | Act::Launch => continue,
            };
            let Some(due_on) = milestone.day else { continue };
            let number = i64::try_from(rounds.len()).unwrap_or(i64::MAX).saturating_add(1);
            rounds.push(Round { number, kind, due_on, asked: milestone.note.clone(), conclusion: None });
        }
        rounds
    }

    /// The review that is open now.
    pub fn open_round(&self) -> Option<Round> {
        match self.phase() {
            InterimAsked | FinalAsked => self.rounds().pop(),
            Listed | Drafted | Launched | InterimDone | Closed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(acts: &[Act]) -> Course {
        let milestone = |act: &Act| Milestone {
            act: *act,
            day: Date::parse("2020-07-06").ok(),
            note: format!("{act:?}"),
            by: "Lê Thị Hoa".into(),
            account: None,
            at: Timestamp::parse("2020-07-05T02:00:00Z").unwrap(),
        };
        Course { movement: MovementCode::parse("PT01").unwrap(), milestones: acts.iter().map(milestone).collect() }
    }

    #[test]
    fn the_table_is_the_whole_way() {
        let way = [Act::Draft, Act::Draft, Act::Launch, Act::AskInterim, Act::ConcludeInterim, Act::AskInterim];
        for until in 0..way.len() {
            let so_far = course(&way[..until]);
            assert_eq!(so_far.judge(way[until]), Ok(()), "{until}");
        }
        let listed = course(&[]);
        assert_eq!(listed.phase(), Phase::Listed);
        assert_eq!(listed.judge(Act::Launch), Err(Refusal::MovementPhase { phase: "listed" }));
        let closed = course(&[Act::Draft, Act::Launch, Act::AskFinal, Act::ConcludeFinal]);
        assert_eq!(closed.phase(), Phase::Closed);
        for act in Act::ALL {
            assert_eq!(closed.judge(act), Err(Refusal::MovementPhase { phase: "closed" }), "nothing follows the end");
        }
        assert_eq!(
            course(&[Act::Draft, Act::Launch]).judge(Act::Draft),
            Err(Refusal::MovementPhase { phase: "launched" })
        );
    }

    #[test]
    fn reviews_are_numbered_and_the_open_one_is_the_last() {
        let asked = course(&[Act::Draft, Act::Launch, Act::AskInterim, Act::ConcludeInterim, Act::AskFinal]);
        let rounds = asked.rounds();
        assert_eq!(
            rounds.iter().map(|round| (round.number, round.kind)).collect::<Vec<_>>(),
            [(1, ReviewKind::Interim), (2, ReviewKind::Final)]
        );
        assert_eq!(rounds[0].conclusion.as_deref(), Some("ConcludeInterim"));
        assert_eq!(asked.open_round().map(|round| round.number), Some(2));
        assert_eq!(course(&[Act::Draft, Act::Launch]).open_round(), None);
        assert_eq!(asked.launched_on(), Date::parse("2020-07-06").ok());
    }

    #[test]
    fn words_of_phases_are_read_back() {
        for phase in Phase::ALL {
            assert_eq!(Phase::parse(phase.word()), Some(phase));
        }
    }
}
