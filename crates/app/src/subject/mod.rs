//! Persons, collectives and households: found, read, entered, corrected, merged; lists of awards taken in.

mod award_list;
mod correct_subject;
mod duplicates;
mod enter_fact;
mod held;
mod list;
mod merge;
mod open_subject;
mod record_of;
mod show;

pub use award_list::{AwardListSeen, Imported, Unknown, confirm_awards, look_again_at_awards, preview_awards};
pub use correct_subject::correct_subject;
pub use duplicates::{Double, duplicates};
pub use enter_fact::{EnteredFact, FactAsked, enter_fact, withdraw_fact};
pub(crate) use held::{BookHonours, known_to};
pub use held::{may_enter, may_merge};
pub use list::{Asked, Listed, SubjectRow, by_cccd, list};
pub use merge::{merge_subjects, side_by_side, undo_merge};
pub(crate) use open_subject::new_fact;
pub use open_subject::{Alike, Opened, open_subject};
pub(crate) use record_of::{People, people_in, record_in, records_in};
pub use record_of::{Recorded, record_of, records_of};
pub use show::show;
pub use show::{FactSeen, MergeSeen, SubjectSeen, units_to_enter};
