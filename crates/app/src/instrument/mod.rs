//! Reading the library of legal instruments: what holds on a day, what cites it, what ends soon.

mod cited;

use thidua_base::Date;
use thidua_base::code::InstrumentId;
use thidua_domain::Actor;
use thidua_domain::actor::{Capacity, Role};
use thidua_law::instrument::Instrument;
use thidua_law::library::{Citation, LibraryEntry};
use thidua_law::{Book, Library};
use thidua_store as store;
use thidua_store::Tx;

use crate::{App, Error};

pub use cited::{CitedBy, CitingReport};

/// The library as it is asked on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// The day.
    pub day: Date,
    /// Today.
    pub today: Date,
    /// The instruments of the law book, with those of data packs.
    pub library: Library,
}

/// One instrument, and what cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct One {
    /// The library, with the day asked of it.
    pub catalogue: Catalogue,
    /// The instrument.
    pub entry: LibraryEntry,
    /// What of our data cites it.
    pub cited: Vec<Citation<CitedBy>>,
    /// The reports whose text cites it, the latest period first.
    pub reports: Vec<CitingReport>,
}

/// The instruments that papers can cite: those of the book as the program knows them now, not as an earlier release
/// stored them, and those that data packs brought.
pub(crate) fn citable(tx: &mut Tx, book: &Book) -> Result<Vec<Instrument>, store::Error> {
    let local = local(tx, book)?;
    let mut instruments: Vec<Instrument> = book.instruments().cloned().chain(local).collect();
    instruments.sort_by(|a, b| (a.issued_on, &a.id).cmp(&(b.issued_on, &b.id)));
    Ok(instruments)
}

/// The instruments that only data packs hold.
fn local(tx: &mut Tx, book: &Book) -> Result<Vec<Instrument>, store::Error> {
    let mut stored = store::instrument::instruments(tx)?;
    stored.retain(|instrument| book.library().get(&instrument.id).is_none());
    Ok(stored)
}

/// The library on a day; without one, on the day the pages speak of.
///
/// # Errors
/// Where the store fails.
pub fn library(app: &App, by: &Actor, day: Option<Date>) -> Result<Catalogue, Error> {
    app.db.read(|tx| catalogue(tx, app, by, day))
}

fn catalogue(tx: &mut Tx, app: &App, by: &Actor, day: Option<Date>) -> Result<Catalogue, Error> {
    let day = match day {
        Some(day) => day,
        None => {
            let ground = app.ground(tx, &by.scope)?;
            crate::org::standing::of(tx, app, by, &ground.units)?.dated
        }
    };
    let today = app.clock.now().date_in_vietnam();
    let book = app.book_in(tx, by)?;
    Ok(Catalogue { day, today, library: book.library().with_local(&local(tx, &book)?) })
}

/// One instrument on a day, with what cites it as far as the actor sees.
///
/// # Errors
/// [`Error::NotFound`] where there is no such instrument.
pub fn one(app: &App, by: &Actor, id: &InstrumentId, day: Option<Date>) -> Result<One, Error> {
    app.db.read(|tx| {
        let catalogue = catalogue(tx, app, by, day)?;
        let entry = catalogue.library.get(id).cloned().ok_or(Error::NotFound("instrument"))?;
        let cited = cited::in_data(tx, app, by, &catalogue.library, id)?;
        let reports = cited::in_reports(tx, app, by, id)?;
        Ok(One { catalogue, entry, cited, reports })
    })
}

/// What ends soon, counted from today, for those whose work rests on it: whoever holds a post in which law is applied.
/// Nothing for anyone else.
///
/// # Errors
/// Where the store fails.
pub fn lapsing(app: &App, by: &Actor) -> Result<Catalogue, Error> {
    let today = app.clock.now().date_in_vietnam();
    if !applies_law(by) {
        return Ok(Catalogue { day: today, today, library: Library::default() });
    }
    library(app, by, Some(today))
}

/// Whether an actor holds a post in which law is applied to papers of others.
fn applies_law(by: &Actor) -> bool {
    match &by.capacity {
        Capacity::Person { posts, .. } => posts.iter().any(|post| match post.role {
            Role::Specialist | Role::CouncilSecretary | Role::Leader | Role::Clerk => true,
            Role::Reporter | Role::ClusterLead | Role::CouncilMember | Role::Administrator => false,
        }),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => false,
    }
}
