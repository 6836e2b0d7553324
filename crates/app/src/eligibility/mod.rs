//! Who may have which honour, by the law book and what is known: one subject, a list of a unit, two days side by side;
//! answers of persons; the honours themselves.

mod answer;
mod check;
mod compare;
mod honours;
mod list;
mod many;
mod names;
mod question;

pub use answer::{AnswerAsked, answer_condition, reply_of};
pub use check::{Checked, Registered, check, check_record};
pub use compare::{Compared, ComparedList, ComparedOne, ListChange, compare, compare_list, compare_list_part};
pub use honours::{
    BonusSeen, ConditionSeen, HonourSeen, Honours, QuotaSeen, VersionSeen, honour, honour_called, honour_called_in,
    honour_of, honours,
};
pub use list::{Direct, Group, HonourTally, ListAsked, Listed, Part, Row, list, list_part, units};
pub use names::Names;
pub(crate) use question::kinds;
pub use question::{Asked, Frame};
