//! Collection: one's sheets, the grid, the steps of a sheet, and the board of a cycle.

pub mod board;
pub mod enter;
pub(crate) mod entering;
pub mod evidence;
pub(crate) mod evidence_view;
pub mod form;
pub mod forms;
pub mod import;
pub mod import_preview;
pub mod import_words;
pub mod list;
pub mod matrix;
pub mod sheet;
mod sheet_row;
pub mod step;
pub mod wire;

use std::collections::HashMap;

use axum::response::Response;
use thidua_app::collection::SheetKey;
use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::Refusal;
use thidua_domain::collection::timeliness::Late;
use thidua_domain::collection::{Stage, State};
use thidua_law::Calendar;

use crate::fault::Fault;
use crate::messages::Messages;
use crate::site::Ask;

/// Form and period of an address.
pub(crate) fn cycle_of(form: &str, period: &str) -> Result<(FormId, Period), Fault> {
    let form = FormId::parse(form).map_err(|_| Fault::NotFound)?;
    Ok((form, Period::parse(period).map_err(|_| Fault::NotFound)?))
}

/// Form, period and unit of an address.
pub(crate) fn key_of(form: &str, period: &str, unit: &str) -> Result<SheetKey, Fault> {
    let (form, period) = cycle_of(form, period)?;
    Ok(SheetKey { form, period, unit: OrgId::parse(unit).map_err(|_| Fault::NotFound)? })
}

/// The fields of a form, by name.
type Fields = HashMap<String, String>;

/// The text of a field; empty where it was not sent.
fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", |text| text.trim())
}

/// The sheet that a form was sent for, or, where the form is stale, the page that says so.
async fn sheet_of(
    ask: &Ask,
    (form, period, unit): (String, String, String),
    fields: &Fields,
) -> Result<Result<SheetKey, Response>, Fault> {
    let key = key_of(&form, &period, &unit)?;
    if ask.takes(field(fields, "ma")) {
        return Ok(Ok(key));
    }
    sheet::shown(ask, key, Some(Refusal::StaleForm), Vec::new()).await.map(Err)
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

/// How many working days are left until a day, or over it: `còn 3 ngày làm việc`, `quá 2 ngày làm việc`.
fn days_left(say: &'static Messages, calendar: &Calendar, today: Date, due: Date) -> String {
    if today <= due {
        return say.with("collection.days-left", &[("days", &calendar.working_days(today, due).days.to_string())]);
    }
    late_in_words(say, Late::of(due, today, calendar))
}

/// How late something was, in working days, or in calendar days where no working day passed.
fn late_in_words(say: &'static Messages, late: Late) -> String {
    match late.working_days {
        0 => say.with("collection.calendar-days-late", &[("days", &late.calendar_days.to_string())]),
        days => say.with("collection.days-late", &[("days", &days.to_string())]),
    }
}
