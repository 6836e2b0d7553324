//! What is printed: forms, sections and the checker, from plain data to a document tree.

pub mod achievement;
pub mod by_hand;
pub mod check;
pub mod cluster;
pub mod compose;
pub mod data;
pub mod decision;
pub mod form;
pub mod minutes;
pub mod movement;
pub mod official;
pub mod printed;
pub mod say;
pub mod sections;
pub mod template;
pub mod why;
pub mod writing;

pub use compose::compose;
pub use data::ReportData;
pub use form::{Form, form, forms};
pub use writing::Writing;
