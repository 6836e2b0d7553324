//! Collection: forms and cycles kept, figures entered and explained, sheets sent, returned and taken in.

mod assign_form;
mod board;
mod close_cycle;
mod confirm_import;
mod create_form;
mod enter;
mod explain;
mod extend;
mod held;
mod kept;
mod list;
mod open_cycle;
mod others;
mod preview_import;
mod prior;
mod sheet;
mod step;
mod waive;
pub mod workbook;
mod workbook_of;

pub use assign_form::assign_form;
pub use board::{Board, BoardRow, board};
pub use close_cycle::close_cycle;
pub use confirm_import::confirm_import;
pub use create_form::create_form;
pub use enter::{Answer, enter};
pub use explain::{NewExplanation, explain};
pub use extend::{More, extend};
pub use kept::{FormsKept, forms_kept};
pub use list::{Catalogue, catalogue, cycle};
pub use open_cycle::open_cycle;
pub use preview_import::{ImportSeen, ListSeen, WAITS_MINUTES, look_again, preview_import};
pub use sheet::{SheetKey, SheetSeen, sheet};
pub use step::{NewStep, step, step_together};
pub use waive::waive;
pub use workbook_of::{FileKind, workbook_of};
