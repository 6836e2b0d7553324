//! Votes and money: arithmetic on what the book says of a procedure.

use thidua_base::code::HonourCode;
use thidua_base::{Date, Number};

use crate::book::Book;
use crate::cite::Citation;
use crate::honour::{Vote, on_day};
use crate::vocabulary::{Confidence, SubjectKind, VoteBase};

/// How a body voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ballot {
    /// Members of the body.
    pub members: u32,
    /// Those summoned.
    pub summoned: u32,
    /// Those present.
    pub present: u32,
    /// Those present who said yes.
    pub yes: u32,
    /// Absent members who said yes in writing.
    pub written_yes: u32,
}

/// What came of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BallotResult {
    /// Enough said yes.
    Passed {
        /// How many were needed.
        needed: u32,
    },
    /// Too few said yes.
    Failed {
        /// How many were needed.
        needed: u32,
    },
    /// Too few were present.
    NoQuorum {
        /// How many were needed.
        needed: u32,
    },
    /// The book does not say how many are needed.
    NotFixed,
}

impl BallotResult {
    /// The code: `dat`, `khong-dat`, `khong-du-nguoi`, `chua-quy-dinh`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Passed { .. } => "dat",
            Self::Failed { .. } => "khong-dat",
            Self::NoQuorum { .. } => "khong-du-nguoi",
            Self::NotFixed => "chua-quy-dinh",
        }
    }
}

/// What a vote comes to: a share is of persons, so a part of a person more is a person more.
pub fn count_ballot(vote: &Vote, ballot: &Ballot) -> BallotResult {
    let of = |base: VoteBase| match base {
        VoteBase::Members => ballot.members,
        VoteBase::Present => ballot.present,
        VoteBase::Summoned => ballot.summoned,
    };
    let share = |percent: u8, base: VoteBase| (u64::from(percent) * u64::from(of(base))).div_ceil(100);
    let whole = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    if let Some((percent, base)) = vote.quorum
        && u64::from(ballot.present) < share(percent, base)
    {
        return BallotResult::NoQuorum { needed: whole(share(percent, base)) };
    }
    let (Some(percent), Some(base)) = (vote.percent, vote.of) else { return BallotResult::NotFixed };
    let written = if vote.written_counts == Some(true) { ballot.written_yes } else { 0 };
    let yes = u64::from(ballot.yes) + u64::from(written);
    let needed = share(percent, base);
    if yes >= needed {
        BallotResult::Passed { needed: whole(needed) }
    } else {
        BallotResult::Failed { needed: whole(needed) }
    }
}

/// A bonus for a decision of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusDue {
    /// How many base salaries.
    pub times: Number,
    /// The base salary of the day, in đồng.
    pub base_salary: i64,
    /// The exact product in đồng; whether and how it is rounded is an open question (A9) and so left to the payer.
    pub vnd: i64,
    /// The same made up to the next ten thousand đồng, as some papers do.
    pub vnd_rounded_up: i64,
    /// At which level, where it says one.
    pub level: Option<String>,
    /// Whether it is a ceiling and no amount.
    pub at_most: bool,
    /// Where it is read: the multiple, then the salary.
    pub cites: [Citation; 2],
    /// How surely: the weaker of the two.
    pub confidence: Confidence,
}

/// Ten thousand đồng.
const TEN_THOUSAND: i64 = 10_000;

impl Book {
    /// The bonuses of an honour for a subject by a decision of a day; none where the book does not say.
    pub fn bonuses(&self, honour: &HonourCode, subject: SubjectKind, day: Date) -> Vec<BonusDue> {
        let (Some(honour), Some(salary)) = (self.honour(honour), self.rules().base_salary(day)) else {
            return Vec::new();
        };
        let rows = on_day(&honour.procedure.bonuses, day).filter(|row| row.what.subject == subject);
        let due = rows.filter_map(|row| {
            let vnd = exact_product(row.what.times, salary.what.vnd)?;
            let cites = [row.cite.clone(), salary.cite.clone()];
            let confidence = row.confidence.max(salary.confidence);
            Some(BonusDue {
                times: row.what.times,
                base_salary: salary.what.vnd,
                vnd,
                vnd_rounded_up: vnd.checked_add(TEN_THOUSAND - 1)? / TEN_THOUSAND * TEN_THOUSAND,
                level: row.what.level.clone(),
                at_most: row.what.at_most,
                cites,
                confidence,
            })
        });
        due.collect()
    }
}

/// A multiple of a whole number of đồng, down to whole đồng; multiples have at most two decimals and salaries end in
/// three zeros, so nothing is cut off.
fn exact_product(times: Number, vnd: i64) -> Option<i64> {
    let hundredths = times.at_scale(2)?;
    let digits: i64 = hundredths.to_string().replace('.', "").parse().ok()?;
    digits.checked_mul(vnd).map(|product| product / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ninety_percent_of_twenty_two_are_twenty_and_letters_count() {
        let vote = Vote {
            body: "hoi-dong-bo-tinh".to_owned(),
            method: None,
            percent: Some(90),
            of: Some(VoteBase::Members),
            written_counts: Some(true),
            quorum: None,
        };
        let ballot = Ballot { members: 22, present: 20, yes: 18, written_yes: 2, ..Ballot::default() };
        assert_eq!(count_ballot(&vote, &ballot), BallotResult::Passed { needed: 20 });
        let less = Ballot { written_yes: 1, ..ballot };
        assert_eq!(count_ballot(&vote, &less), BallotResult::Failed { needed: 20 });
        let quorum = Vote { quorum: Some((95, VoteBase::Members)), ..vote };
        assert_eq!(count_ballot(&quorum, &ballot), BallotResult::NoQuorum { needed: 21 });
    }

    #[test]
    fn three_tenths_of_a_base_salary_are_exact() {
        let times = Number::parse("0.3").unwrap();
        assert_eq!(exact_product(times, 1_490_000), Some(447_000));
        assert_eq!(exact_product(Number::parse("0.15").unwrap(), 1_490_000), Some(223_500));
        assert_eq!(exact_product(Number::parse("46").unwrap(), 1_490_000), Some(68_540_000));
    }
}
