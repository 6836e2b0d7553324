//! The act that grants or refuses; its number, its signer, the register of awards.

pub mod act;
pub mod fund;
pub mod money;

use thidua_base::Date;
use thidua_base::code::{AwardId, HonourCode, OrgId};

use std::collections::BTreeSet;

use crate::honour::{CommendationType, Subject};
use crate::origin::{Origin, Provenance};

pub use crate::honour::DirectWorker;
pub use act::{Act, Decision, DecisionId, Draft, Event, Granted, Line, Signature, SignedAs, State};
pub use fund::{Fund, FundEntry, FundId};
pub use money::Bonus;

/// One award in the register (sổ khen thưởng): one honour, one subject, one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Identity.
    pub id: AwardId,
    /// The honour.
    pub honour: HonourCode,
    /// Who grants it, as printed: `UBND tỉnh`, `Chủ tịch UBND tỉnh`.
    pub authority: String,
    /// Whom it is given to.
    pub subject: Subject,
    /// The subject's name as written in the decision.
    pub subject_name: String,
    /// The unit the subject belongs to or is.
    pub unit: OrgId,
    /// The type of commendation.
    pub commendation: CommendationType,
    /// Whether the person works directly (người trực tiếp lao động); `None` for collectives and where unknown.
    pub direct_worker: Option<DirectWorker>,
    /// Decision number; empty where unknown.
    pub decision_number: String,
    /// Day of the decision.
    pub decided_on: Date,
    /// What it is for; may be empty.
    pub achievement: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Award {
    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("award:{}", self.id)
    }
}

/// What units and those in them won of an honour: registered titles are held against it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Won {
    /// Awards to collectives: the units themselves and collectives of theirs.
    pub collectives: usize,
    /// Awards to households.
    pub households: usize,
    /// Awards to persons.
    pub persons: usize,
    /// The latest award.
    pub latest: Option<Award>,
    /// Whether one of them is made up.
    pub has_sample: bool,
}

impl Won {
    /// Counts the awards of an honour to some units, or to those in them, decided from a day to another, both included.
    pub fn of(honour: &HonourCode, units: &BTreeSet<OrgId>, awards: &[Award], from: Date, to: Date) -> Self {
        let mut won = Self::default();
        let theirs = awards.iter().filter(|award| {
            award.honour == *honour && units.contains(&award.unit) && from <= award.decided_on && award.decided_on <= to
        });
        for award in theirs {
            match award.subject {
                Subject::Collective => won.collectives += 1,
                Subject::Household => won.households += 1,
                Subject::Individual => won.persons += 1,
            }
            won.has_sample |= award.provenance.origin == Origin::Sample;
            let is_later =
                won.latest.as_ref().is_none_or(|known| (known.decided_on, &known.id) < (award.decided_on, &award.id));
            if is_later {
                won.latest = Some(award.clone());
            }
        }
        won
    }

    /// Whether there is any.
    pub fn any(&self) -> bool {
        self.latest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn award(id: &str, honour: &str, subject: Subject, unit: &str, on: &str) -> Award {
        Award {
            id: AwardId::parse(id).unwrap(),
            honour: HonourCode::parse(honour).unwrap(),
            authority: String::new(),
            subject,
            subject_name: id.into(),
            unit: OrgId::parse(unit).unwrap(),
            commendation: CommendationType::Achievement,
            direct_worker: None,
            decision_number: String::new(),
            decided_on: Date::parse(on).unwrap(),
            achievement: String::new(),
            provenance: Provenance { origin: Origin::Reported, source: String::new() },
        }
    }

    #[test]
    fn what_a_unit_and_its_people_won_is_counted_within_the_days() {
        let awards = [
            award("1", "a", Subject::Collective, "x", "2020-01-01"),
            award("2", "a", Subject::Individual, "x", "2020-12-31"),
            award("3", "a", Subject::Individual, "below", "2020-06-01"),
            award("4", "a", Subject::Individual, "x", "2021-01-01"),
            award("5", "b", Subject::Individual, "x", "2020-06-01"),
            award("6", "a", Subject::Household, "other", "2020-06-01"),
        ];
        let units: BTreeSet<OrgId> = ["x", "below"].map(|id| OrgId::parse(id).unwrap()).into();
        let day = |text| Date::parse(text).unwrap();
        let honour = HonourCode::parse("a").unwrap();
        let won = Won::of(&honour, &units, &awards, day("2020-01-01"), day("2020-12-31"));
        assert_eq!((won.collectives, won.households, won.persons), (1, 0, 2));
        assert_eq!(won.latest.as_ref().map(|award| award.id.as_str()), Some("2"));
        assert!(won.any() && !won.has_sample);
        let none = Won::of(&honour, &units, &awards, day("2022-01-01"), day("2022-12-31"));
        assert!(!none.any());
    }
}
