//! The board of movements: the register of the year with phases, registrations, and what the year remembers.

use thidua_base::code::{MovementCode, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::movement::{Anniversary, Movement, Occasion, Phase, PledgeState, Terms};
use thidua_law::instrument::Instrument;
use thidua_store as store;

use super::desk::Desk;
use crate::{App, Error};

/// The movements that run in the year of the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The period.
    pub period: Period,
    /// Movements in list order.
    pub movements: Vec<BoardRow>,
    /// Occasions by day, each with its anniversary of the year where it is one that comes back.
    pub occasions: Vec<(Occasion, Option<Anniversary>)>,
    /// Whether the actor may put a movement into the register.
    pub adds: bool,
}

/// A movement on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    /// The movement.
    pub movement: Movement,
    /// Its owners by name, in their order.
    pub owners: Vec<String>,
    /// Its terms, where they are written.
    pub terms: Option<Terms>,
    /// Where it stands.
    pub phase: Phase,
    /// Units called on.
    pub called: usize,
    /// Of those, units that registered, whether or not they signed.
    pub registered: usize,
    /// Of those, units that signed.
    pub signed: usize,
    /// Units that have not registered though the last day is over.
    pub late: usize,
}

/// What a form of a movement offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Units in whose name the actor may act, by name.
    pub owners: Vec<(OrgId, String)>,
    /// Fields that movements of the register belong to, in its order.
    pub fields: Vec<String>,
    /// Instruments of the library, the newest first.
    pub instruments: Vec<Instrument>,
    /// Movements that could be carried out, in list order.
    pub movements: Vec<(MovementCode, String)>,
    /// Today.
    pub today: Date,
}

/// Reads the register of movements: those that run in the year of the pages, those launched here, and those drafted.
///
/// # Errors
/// Where the store fails.
pub fn register(app: &App, by: &Actor) -> Result<Register, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by)?;
        let standing = crate::org::standing::of(tx, app, by, &desk.ground.units)?;
        let whole = Scope::whole(by.scope.tenant.clone());
        let pledges = store::movement::pledge::pledges(tx, &whole, None)?;
        let year = standing.period.year();
        let mut rows = Vec::new();
        for movement in &desk.movements {
            let phase = desk.course_of(&movement.code).phase();
            let terms = desk.terms_of(&movement.code);
            let is_of_year = movement.runs_in(year) || terms.is_some_and(|terms| terms.from.year() >= year);
            if !is_of_year {
                continue;
            }
            let calls = desk.calls.iter().filter(|call| call.movement == movement.code);
            let mut row = BoardRow {
                movement: movement.clone(),
                owners: movement.owners.iter().map(|id| desk.ground.units.name_on(id, standing.dated)).collect(),
                terms: terms.cloned(),
                phase,
                called: 0,
                registered: 0,
                signed: 0,
                late: 0,
            };
            for call in calls {
                let of = |pledge: &&thidua_domain::movement::Pledge| {
                    pledge.movement == call.movement && pledge.unit == call.unit
                };
                let state = pledges.iter().find(of).map_or(PledgeState::Asked, thidua_domain::movement::Pledge::state);
                row.called += 1;
                row.registered += usize::from(matches!(state, PledgeState::Registered | PledgeState::Signed));
                row.signed += usize::from(state == PledgeState::Signed);
                let is_owed = matches!(state, PledgeState::Asked | PledgeState::Returned);
                row.late += usize::from(phase.is_running() && is_owed && call.register_by < desk.today);
            }
            rows.push(row);
        }
        rows.sort_by_key(|row| (row.movement.ordinal, row.movement.code.clone()));
        let mut occasions = store::movement::occasions(tx, &by.scope)?;
        occasions.sort_by_key(|occasion| (occasion.on, occasion.code.clone()));
        let comes_back = |occasion: &Occasion| matches!(occasion.kind.as_str(), "anniversary" | "launch");
        let with = |occasion: Occasion| {
            let found = thidua_domain::movement::anniversary::anniversary(occasion.on, year);
            (occasion.clone(), found.filter(|_| comes_back(&occasion)))
        };
        Ok(Register {
            period: standing.period,
            movements: rows,
            occasions: occasions.into_iter().map(with).collect(),
            adds: may(by, Verb::ManageMovements, Thing::Unit(&app.home.unit)).is_granted()
                || desk
                    .ground
                    .units
                    .iter()
                    .any(|unit| may(by, Verb::ManageMovements, Thing::Unit(&unit.id)).is_granted()),
        })
    })
}

/// What the forms of movements offer to an actor who may act in some unit's name.
///
/// # Errors
/// [`Error::NotFound`] where there is no such unit.
pub fn choices(app: &App, by: &Actor) -> Result<Choices, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by)?;
        let mut owners: Vec<(OrgId, String)> = desk
            .ground
            .units
            .iter()
            .filter(|unit| unit.on(desk.today) && may(by, Verb::ManageMovements, Thing::Unit(&unit.id)).is_granted())
            .map(|unit| (unit.id.clone(), unit.name.clone()))
            .collect();
        if owners.is_empty() {
            return Err(Error::NotFound("unit"));
        }
        owners.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
        let mut fields: Vec<String> = Vec::new();
        for movement in &desk.movements {
            if !movement.field.is_empty() && !fields.contains(&movement.field) {
                fields.push(movement.field.clone());
            }
        }
        let book = app.book_in(tx, by)?;
        let mut instruments = crate::instrument::citable(tx, &book)?;
        instruments.sort_by(|a, b| (b.issued_on, &b.id).cmp(&(a.issued_on, &a.id)));
        Ok(Choices {
            owners,
            fields,
            instruments,
            movements: desk.movements.iter().map(|known| (known.code.clone(), known.name.clone())).collect(),
            today: desk.today,
        })
    })
}
