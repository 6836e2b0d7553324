//! Who may have which honour (xét điều kiện), from what the law book says: prospects, what is lacking, what changes
//! between two days, and what persons answered where only a person can.

mod change;
mod given;
mod loaded;
mod prospect;
mod quota;

#[cfg(test)]
mod tests;

pub use change::{Change, Side, changes};
pub use given::{AnswerId, AnswerTag, GivenAnswer, Reply, answerable, decide, for_question, standing};
pub use loaded::{LawAct, LawStep, judge_load, judge_unload, packs_in_force};
pub use prospect::{Lack, NEAR_YEARS, Prospect, lacks, prospect, prospect_of};
pub use quota::{Tier, TierCount, tier};
