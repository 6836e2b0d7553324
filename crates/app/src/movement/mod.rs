//! Reading movements: the register with its owners by name, one movement, and what the year remembers.

use thidua_base::code::MovementCode;
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::movement::{Movement, Occasion};
use thidua_law::instrument::Instrument;
use thidua_store as store;

use crate::{App, Error};

/// The movements that run in the year of the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The period.
    pub period: Period,
    /// Movements in list order, each with the names of its owners.
    pub movements: Vec<(Movement, Vec<String>)>,
    /// Occasions by day.
    pub occasions: Vec<Occasion>,
}

/// One movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct One {
    /// The movement.
    pub movement: Movement,
    /// Its owners by name, in their order.
    pub owners: Vec<String>,
    /// The instrument that launched it.
    pub launched_by: Option<Instrument>,
    /// Its occasions by day.
    pub occasions: Vec<Occasion>,
    /// The day whose names are shown.
    pub day: Date,
}

/// Reads the register of movements.
pub fn register(app: &App, by: &Actor) -> Result<Register, Error> {
    app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        let standing = crate::org::standing::of(tx, app, by, &ground.units)?;
        let mut movements: Vec<Movement> = store::movement::movements(tx, &by.scope)?
            .into_iter()
            .filter(|movement| movement.runs_in(standing.period.year()))
            .collect();
        movements.sort_by_key(|movement| (movement.ordinal, movement.code.clone()));
        let named = movements
            .into_iter()
            .map(|movement| {
                let owners = movement.owners.iter().map(|id| ground.units.name_on(id, standing.dated)).collect();
                (movement, owners)
            })
            .collect();
        let mut occasions = store::movement::occasions(tx, &by.scope)?;
        occasions.sort_by_key(|occasion| (occasion.on, occasion.code.clone()));
        Ok(Register { period: standing.period, movements: named, occasions })
    })
}

/// Reads one movement.
pub fn one(app: &App, by: &Actor, code: &MovementCode) -> Result<One, Error> {
    app.db.read(|tx| {
        let ground = app.ground(tx, &by.scope)?;
        let day = crate::org::standing::of(tx, app, by, &ground.units)?.dated;
        let movement = store::movement::movements(tx, &by.scope)?
            .into_iter()
            .find(|movement| movement.code == *code)
            .ok_or(Error::NotFound("movement"))?;
        let instruments = crate::instrument::citable(tx, &app.book)?;
        let mut occasions: Vec<Occasion> = store::movement::occasions(tx, &by.scope)?
            .into_iter()
            .filter(|occasion| occasion.movement.as_ref() == Some(code))
            .collect();
        occasions.sort_by_key(|occasion| (occasion.on, occasion.code.clone()));
        Ok(One {
            owners: movement.owners.iter().map(|id| ground.units.name_on(id, day)).collect(),
            launched_by: movement
                .launched_by
                .as_ref()
                .and_then(|id| instruments.into_iter().find(|instrument| instrument.id == *id)),
            movement,
            occasions,
            day,
        })
    })
}
