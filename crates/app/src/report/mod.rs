//! Reports: gathered from the store, written, checked, printed.

mod check;
mod gather;
mod list;
mod make;
mod override_figure;
mod print;

pub use check::{check, check_printed};
pub use gather::gather;
pub use list::{Listed, list};
pub use make::{Made, make};
pub use override_figure::{NewOverride, override_figure};
pub use print::{Format, print};
