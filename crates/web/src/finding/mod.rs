//! Findings and tasks.

pub mod list;
