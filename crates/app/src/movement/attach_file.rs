//! Attaches a file to a unit's registration (minh chứng): it shows progress, or what an answer to a review says.

use thidua_base::code::{EvidenceId, MovementCode, OrgId};
use thidua_domain::actor::{Scope, Thing, Verb, may};
use thidua_domain::collection::evidence::{DESCRIPTION_CHARS_MAX, EvidenceFile, MovementFile, PIECES_MAX};
use thidua_domain::refusal::EvidenceFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::desk::{Desk, account, subject, tidy};
use crate::collection::file_of;
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// A file to be attached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewFile {
    /// What it is; may be empty.
    pub description: String,
    /// Whether it belongs to the open review; else it shows progress.
    pub of_review: bool,
    /// Its name as sent.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Attaches it. The same bytes attached twice to the same are attached once.
///
/// # Errors
/// [`Error::NotFound`] where the unit was not called on or the actor may not report for it; [`Refusal::MovementPhase`] where
/// the movement is over or no review is open; [`Refusal::BadEvidence`] for a file that is not taken, or beyond
/// [`PIECES_MAX`]; [`Refusal::LongText`].
pub fn attach_movement_file(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    unit: &OrgId,
    new: &NewFile,
) -> Result<MovementFile, Error> {
    permit(by, Verb::ReportMovement, Thing::Unit(unit), "registration")?;
    let file = file_of(&new.name, &new.bytes)?;
    let description = tidy(&new.description);
    if description.chars().count() > DESCRIPTION_CHARS_MAX {
        return Err(Refusal::LongText { most: DESCRIPTION_CHARS_MAX }.into());
    }
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.call(code, unit)?;
    let course = desk.course_of(code);
    let phase = course.phase();
    let wrong = Refusal::MovementPhase { phase: phase.word() };
    if !phase.is_running() {
        return Err(wrong.into());
    }
    let round = match new.of_review {
        true => Some(course.open_round().ok_or(wrong)?.number),
        false => None,
    };
    let whole = Scope::whole(by.scope.tenant.clone());
    let mut there = store::collection::evidence::of_movement(&mut tx, &whole, code)?;
    there.retain(|known| known.unit == *unit);
    let is_same =
        |known: &&MovementFile| known.round == round && known.file == file && known.description == description;
    if let Some(same) = there.iter().find(is_same) {
        return Ok(same.clone());
    }
    if there.len() >= PIECES_MAX {
        return Err(Refusal::from(EvidenceFault::TooMany { most: PIECES_MAX }).into());
    }
    let id = hex(&app.entropy.bytes::<16>()?);
    let piece = MovementFile {
        id: EvidenceId::parse(&id).map_err(|why| Error::Internal(why.into()))?,
        movement: code.clone(),
        unit: unit.clone(),
        round,
        description,
        file,
        added_by: by.name.clone(),
        added_at: desk.now,
    };

    let tenant = &by.scope.tenant;
    store::collection::evidence::insert_movement_file(&mut tx, tenant, &piece, account(by).as_deref(), &new.bytes)?;
    let detail = format!("{unit}: {} {} sha256:{}", piece.id, piece.file.name, piece.file.hash);
    store::audit::append(&mut tx, by, desk.now, "attach-movement-file", &subject(code), &detail)?;
    tx.commit()?;
    Ok(piece)
}

/// A file of a registration and its bytes.
///
/// # Errors
/// [`Error::NotFound`] where there is no such file, or the registration is not the actor's to read.
pub fn movement_file(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    unit: &OrgId,
    id: &EvidenceId,
) -> Result<(EvidenceFile, Vec<u8>), Error> {
    let absent = || Error::NotFound("evidence");
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by)?;
        let movement = desk.movement(code)?;
        if !desk.leads(by, movement) && !may(by, Verb::ReadPledges, Thing::Unit(unit)).is_granted() {
            return Err(absent());
        }
        let whole = Scope::whole(by.scope.tenant.clone());
        let pieces = store::collection::evidence::of_movement(tx, &whole, code)?;
        let piece = pieces.into_iter().find(|piece| piece.id == *id && piece.unit == *unit).ok_or_else(absent)?;
        let bytes = store::collection::evidence::bytes_of(tx, &whole, &piece.file.hash)?.ok_or_else(absent)?;
        Ok((piece.file, bytes))
    })
}
