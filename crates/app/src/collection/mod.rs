//! Collection: forms and cycles kept, figures entered and explained, sheets sent, returned and taken in.

mod assign_form;
mod board;
mod close_cycle;
mod create_form;
mod enter;
mod explain;
mod extend;
mod held;
mod list;
mod open_cycle;
mod prior;
mod sheet;
mod step;
mod waive;
pub mod workbook;

pub use assign_form::assign_form;
pub use board::{Board, BoardRow, board};
pub use close_cycle::close_cycle;
pub use create_form::create_form;
pub use enter::{Answer, enter};
pub use explain::{NewExplanation, explain};
pub use extend::{More, extend};
pub use list::{Catalogue, catalogue};
pub use open_cycle::open_cycle;
pub use sheet::{SheetKey, SheetSeen, sheet};
pub use step::{NewStep, step, step_together};
pub use waive::waive;
