//! Exemplars.

pub mod list;
