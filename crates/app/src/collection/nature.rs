//! How firm the figures of a cycle are, for who enters them without reading the sheet.

use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::indicator::Nature;

use super::SheetKey;
use super::held::held;
use crate::permit::permit;
use crate::{App, Error};

/// The nature of a cycle's figures.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cycle, or the actor may neither enter nor correct figures of the unit.
pub fn nature(app: &App, by: &Actor, key: &SheetKey) -> Result<Nature, Error> {
    app.db.read(|tx| {
        let held = held(tx, by, &key.form, key.period)?;
        permit(by, Verb::EnterFigures, Thing::Unit(&key.unit), "sheet")
            .or_else(|_| permit(by, Verb::CorrectFigures, Thing::Unit(&held.form.receiver), "sheet"))?;
        Ok(held.cycle.nature)
    })
}
