//! Who reports which figures by when: forms, cycles, entry, and the way of a unit's sheet upwards.

pub mod check;
pub mod cycle;
pub mod entry;
pub mod evidence;
pub mod explanation;
pub mod filing;
pub mod form;
pub mod import;
pub mod reminder;
pub mod sheet;
pub mod submission;
pub mod timeliness;
pub mod typed;

pub use check::{CheckResult, RuleBook, SheetFacts, check};
pub use cycle::{Cycle, Extension, Stage, Waiver};
pub use entry::{Change, Entry, How, Outcome};
pub use evidence::Evidence;
pub use explanation::Explanation;
pub use filing::{Expected, Filing};
pub use form::{Assigned, Assignment, Form, FormRow};
pub use reminder::{DueItem, Reminder, ReminderKind};
pub use sheet::{Sheet, SheetRow};
pub use submission::{State, Step, Submission};
pub use timeliness::{Late, Timeliness};
pub use typed::{Typed, read_column, read_typed};
