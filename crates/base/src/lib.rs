//! Ids, dates, periods, exact numbers and Vietnamese text: what every other crate may know.
//!
//! The list of modules is closed; a sixth needs an ADR.

pub mod code;
pub mod date;
pub mod number;
pub mod period;
pub mod text;

pub use code::Code;
pub use date::{Date, Timestamp};
pub use number::{Number, Percent};
pub use period::{Period, PeriodKind};
