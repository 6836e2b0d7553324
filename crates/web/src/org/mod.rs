//! Units.

mod carried;
mod divided;
pub mod list;
pub mod show;

pub(crate) use carried::fraction;
