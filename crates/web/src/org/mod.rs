//! Units.

pub mod list;
