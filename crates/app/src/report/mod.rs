//! Reports: gathered from the store, written, checked, printed.

mod check;
mod gather;
mod issue;
mod issued;
mod list;
mod make;
mod override_figure;
mod print;
mod written;

pub use check::{check, check_printed, printed_of_loaded};
pub use gather::gather;
pub use issue::{issue, issued_file, issues, issues_using};
pub use issued::{Corrected, Issued, IssuedSeen, issued};
pub use list::{Listed, list};
pub use make::{Made, make};
pub(crate) use make::{form_of, refused_template};
pub use override_figure::{NewOverride, Printed, override_figure};
pub use print::{Format, print};
pub(crate) use written::gathered;
pub use written::{Gathered, Written, written};
