//! Takes in rows that another program sends for a sheet: looked at first, kept as a whole or not at all.

use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::import::{Filled, Found, Line, Pick, Preview, changes, preview};

use super::enter::{Answer, enter_whole};
use super::sheet::{SheetKey, sheet};
use crate::permit::permit;
use crate::{App, Error};

/// What rows come to.
#[derive(Debug, Clone)]
pub struct Imported {
    /// What each cell would change, or changed.
    pub preview: Preview,
    /// What became of the changes; empty where nothing was to be kept.
    pub answers: Vec<Answer>,
    /// Whether they were kept.
    pub is_kept: bool,
}

/// Holds rows against a sheet, and keeps them unless one of them is refused or this is only a look.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not read the sheet or enter its figures; what [`preview`] refuses as a whole.
pub fn import_rows(app: &App, by: &Actor, key: &SheetKey, filled: &Filled, is_dry: bool) -> Result<Imported, Error> {
    permit(by, Verb::EnterFigures, Thing::Unit(&key.unit), "sheet")?;
    let seen = sheet(app, by, key)?;
    let preview = preview(filled, &seen.sheet)?;
    let is_refused = preview.lines.iter().any(|line| matches!(line.found, Found::Refused { .. }));
    if is_dry || is_refused {
        return Ok(Imported { preview, answers: Vec::new(), is_kept: false });
    }
    let brings = |line: &&Line| line.brings().is_some();
    let picks: Vec<Pick> =
        preview.lines.iter().filter(brings).map(|line| Pick { place: line.place.clone(), shown: line.held }).collect();
    // What came since the sheet was read is met as a conflict there, or refused: then nothing is kept.
    let answers = enter_whole(app, by, &key.form, key.period, &changes(&preview, &picks))?;
    let is_kept = answers.iter().all(|answer| answer.outcome.is_ok());
    Ok(Imported { preview, answers, is_kept })
}
