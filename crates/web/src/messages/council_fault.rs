//! Sentences of why something in a council or its session is not done.

use thidua_domain::refusal::CouncilFault;

use super::Messages;

impl Messages {
    /// The sentence of a fault.
    pub fn council_fault(&self, fault: &CouncilFault) -> String {
        let key = format!("refusal.{}", fault.code());
        match fault {
            CouncilFault::NoSuchSeat { number } => self.with(&key, &[("number", &number.to_string())]),
            CouncilFault::SeatedTwice { name } => self.with(&key, &[("name", name)]),
            CouncilFault::BadShare { asked } | CouncilFault::Unknown { asked } => self.with(&key, &[("asked", asked)]),
            CouncilFault::Stage { found } => {
                let stage = self.get(&format!("council-stage.{found}")).to_lowercase();
                self.with(&key, &[("stage", &stage)])
            }
            CouncilFault::LongText { most } => self.with(&key, &[("most", &most.to_string())]),
            CouncilFault::MustBeSecret { cite } => self.with(&key, &[("cite", cite)]),
            CouncilFault::TooFewForSecrecy { least } => self.with(&key, &[("least", &least.to_string())]),
            CouncilFault::QuorumLacking { present, needed } => {
                self.with(&key, &[("present", &present.to_string()), ("needed", &needed.to_string())])
            }
            CouncilFault::UrnLost { voters, ballots } => {
                self.with(&key, &[("voters", &voters.to_string()), ("ballots", &ballots.to_string())])
            }
            CouncilFault::OpenQuestions { count } => self.with(&key, &[("count", &count.to_string())]),
            CouncilFault::BadWarrant
            | CouncilFault::NothingChanges
            | CouncilFault::NamelessSeat
            | CouncilFault::NoChair
            | CouncilFault::TwoChairs
            | CouncilFault::RuleWithoutCitation
            | CouncilFault::EmptyAgenda
            | CouncilFault::NoHouseRule
            | CouncilFault::NoSuchMatter
            | CouncilFault::NoSuchQuestion
            | CouncilFault::EmptyText
            | CouncilFault::DayAhead
            | CouncilFault::Conflicted
            | CouncilFault::NotDeclared
            | CouncilFault::NotPresent
            | CouncilFault::NoVote
            | CouncilFault::BallotClosed
            | CouncilFault::VotedAlready
            | CouncilFault::QuestionOpen
            | CouncilFault::RevoteWithoutReason => self.get(&key).to_owned(),
        }
    }
}

/// One of every kind.
#[cfg(test)]
pub(super) fn every() -> Vec<CouncilFault> {
    use CouncilFault::{
        BadShare, BadWarrant, BallotClosed, Conflicted, DayAhead, EmptyAgenda, EmptyText, LongText, MustBeSecret,
        NamelessSeat, NoChair, NoHouseRule, NoSuchMatter, NoSuchQuestion, NoSuchSeat, NoVote, NotDeclared, NotPresent,
        NothingChanges, OpenQuestions, QuestionOpen, QuorumLacking, RevoteWithoutReason, RuleWithoutCitation,
        SeatedTwice, Stage, TooFewForSecrecy, TwoChairs, Unknown, UrnLost, VotedAlready,
    };
    let text = || "x".to_owned();
    let mut every = vec![
        BadWarrant,
        NothingChanges,
        NoSuchSeat { number: 3 },
        NamelessSeat,
        SeatedTwice { name: text() },
        NoChair,
        TwoChairs,
        RuleWithoutCitation,
        BadShare { asked: text() },
        EmptyAgenda,
        NoHouseRule,
        NoSuchMatter,
        Unknown { asked: text() },
        NoSuchQuestion,
        EmptyText,
        LongText { most: 4000 },
        DayAhead,
        Conflicted,
        NotDeclared,
        NotPresent,
        NoVote,
        BallotClosed,
        VotedAlready,
        QuestionOpen,
        RevoteWithoutReason,
        MustBeSecret { cite: text() },
        TooFewForSecrecy { least: 3 },
        QuorumLacking { present: 3, needed: 4 },
        UrnLost { voters: 3, ballots: 0 },
        OpenQuestions { count: 1 },
    ];
    every.extend(["called", "open", "closed"].map(|found| Stage { found }));
    every
}
