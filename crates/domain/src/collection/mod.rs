//! Who reports which figures by when: forms, cycles, entry, and the way of a unit's sheet upwards.

pub mod cycle;
pub mod entry;
pub mod explanation;
pub mod form;
pub mod sheet;
pub mod submission;

pub use cycle::{Cycle, Extension, Stage, Waiver};
pub use entry::{Change, Entry, How, Outcome};
pub use explanation::Explanation;
pub use form::{Assigned, Assignment, Form, FormRow};
pub use sheet::{Sheet, SheetRow};
pub use submission::{State, Step, Submission};
