//! Collection: one's sheets, the grid, the steps of a sheet, and the board of a cycle.

pub mod board;
pub mod enter;
pub mod import;
pub mod import_preview;
mod import_words;
pub mod list;
pub mod sheet;
mod sheet_row;
pub mod step;
pub mod wire;

use thidua_app::collection::SheetKey;
use thidua_base::Period;
use thidua_base::code::{FormId, OrgId};
use thidua_domain::collection::{Stage, State};

use crate::fault::Fault;
use crate::messages::Messages;

/// Form and period of an address.
fn cycle_of(form: &str, period: &str) -> Result<(FormId, Period), Fault> {
    let form = FormId::parse(form).map_err(|_| Fault::NotFound)?;
    Ok((form, Period::parse(period).map_err(|_| Fault::NotFound)?))
}

/// Form, period and unit of an address.
fn key_of(form: &str, period: &str, unit: &str) -> Result<SheetKey, Fault> {
    let (form, period) = cycle_of(form, period)?;
    Ok(SheetKey { form, period, unit: OrgId::parse(unit).map_err(|_| Fault::NotFound)? })
}

/// A state as a badge: its words and a class of the stylesheet. Colour never stands alone.
#[derive(Debug, Clone)]
pub struct Badge {
    /// Words.
    pub word: String,
    /// Class.
    pub class: &'static str,
}

fn state_badge(say: &'static Messages, state: State) -> Badge {
    let class = match state {
        State::Draft => "plain",
        State::Submitted | State::Verified => "note",
        State::Returned => "bad",
        State::Accepted | State::Approved | State::Published => "good",
    };
    Badge { word: say.get(&format!("sheet-state.{}", state.word())).to_owned(), class }
}

fn stage_badge(say: &'static Messages, stage: Stage) -> Badge {
    let class = match stage {
        Stage::Planned | Stage::Closed => "plain",
        Stage::Open => "good",
        Stage::Late => "bad",
        Stage::Reopened => "warn",
    };
    Badge { word: say.get(&format!("cycle-stage.{}", stage.word())).to_owned(), class }
}
