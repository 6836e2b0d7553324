//! Reading the library of legal instruments, and which are in force on the day.

use thidua_base::Date;
use thidua_domain::Actor;
use thidua_law::instrument::Instrument;
use thidua_store as store;

use crate::{App, Error};

/// The library on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// The day.
    pub day: Date,
    /// Instruments, latest first.
    pub instruments: Vec<Instrument>,
}

/// Reads the library.
pub fn library(app: &App, by: &Actor) -> Result<Library, Error> {
    app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        let day = crate::org::standing::of(tx, app, by, &ground.units)?.dated;
        let mut instruments = store::instrument::instruments(tx)?;
        instruments.sort_by(|a, b| b.issued_on.cmp(&a.issued_on).then_with(|| a.id.cmp(&b.id)));
        Ok(Library { day, instruments })
    })
}
