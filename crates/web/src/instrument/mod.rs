//! Legal instruments.

pub mod list;
