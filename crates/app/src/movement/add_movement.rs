//! Puts a movement into the register (ghi phong trào vào sổ).

use thidua_base::code::{InstrumentId, MovementCode, OrgId};
use thidua_base::text::fold;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::movement::review::judge_said;
use thidua_domain::movement::terms::judge_length;
use thidua_domain::movement::{Movement, MovementKind};
use thidua_domain::{Actor, Origin, Provenance, Refusal};
use thidua_store as store;

use super::desk::{Desk, subject, tidy, tidy_lines};
use crate::permit::permit;
use crate::{App, Error};

/// A movement to be put into the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMovement {
    /// Canonical name, without quotation marks.
    pub name: String,
    /// Other wordings.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: MovementKind,
    /// How far it reaches, a word of [`thidua_domain::movement::census::scopes`].
    pub scope: String,
    /// Sector of the report it belongs to; may be empty.
    pub field: String,
    /// Who owns it.
    pub owner: OrgId,
    /// The instrument that launched it, in the library.
    pub launched_by: Option<InstrumentId>,
    /// What it asks, in a sentence; may be empty.
    pub content: String,
}

/// Puts it into the register under the next free code.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not do so in the owner's name, or there is no such instrument;
/// [`Refusal::NamelessMovement`], [`Refusal::MovementExists`], [`Refusal::LongText`].
pub fn add_movement(app: &App, by: &Actor, new: &NewMovement) -> Result<Movement, Error> {
    permit(by, Verb::ManageMovements, Thing::Unit(&new.owner), "unit")?;
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.ground.units.on(&new.owner, desk.today).ok_or(Error::NotFound("unit"))?;
    let name = tidy(&new.name);
    judge_said(&name).map_err(|_| Refusal::NamelessMovement)?;
    judge_length(&new.content)?;
    let aliases = tidy_lines(&new.aliases);
    let is_called = |known: &Movement, wording: &str| {
        std::iter::once(&known.name).chain(&known.aliases).any(|known| fold(known) == fold(wording))
    };
    let wordings = std::iter::once(&name).chain(&aliases);
    for wording in wordings {
        if let Some(known) = desk.movements.iter().find(|known| is_called(known, wording)) {
            return Err(Refusal::MovementExists { code: known.code.to_string() }.into());
        }
    }
    if let Some(instrument) = &new.launched_by {
        let book = app.book_in(&mut tx, by)?;
        let known = crate::instrument::citable(&mut tx, &book)?;
        known.iter().find(|known| known.id == *instrument).ok_or(Error::NotFound("instrument"))?;
    }
    let movement = Movement {
        code: free_code(&desk.movements)?,
        name,
        aliases,
        kind: new.kind,
        scope: tidy(&new.scope),
        owners: vec![new.owner.clone()],
        field: tidy(&new.field),
        year_from: None,
        year_to: None,
        launched_by: new.launched_by.clone(),
        content: tidy(&new.content),
        ordinal: desk.movements.iter().map(|known| known.ordinal).max().unwrap_or(0).saturating_add(10),
        provenance: Provenance { origin: Origin::Reported, source: by.name.clone() },
    };
    store::movement::insert_movements(&mut tx, &by.scope.tenant, std::slice::from_ref(&movement))?;
    store::audit::append(&mut tx, by, desk.now, "add-movement", &subject(&movement.code), &movement.name)?;
    tx.commit()?;
    Ok(movement)
}

/// The first code `PT…` that no movement has.
fn free_code(movements: &[Movement]) -> Result<MovementCode, Error> {
    let codes = (1..=movements.len() + 1).filter_map(|number| MovementCode::parse(&format!("PT{number:02}")).ok());
    let free = codes.into_iter().find(|code| movements.iter().all(|known| known.code != *code));
    free.ok_or_else(|| Error::Internal(anyhow::anyhow!("every code of a movement is taken")))
}
