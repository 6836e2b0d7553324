//! Reads the file of a piece of evidence.

use thidua_base::code::EvidenceId;
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::collection::evidence::EvidenceFile;
use thidua_store as store;

use super::held::{held, of_units};
use super::sheet::SheetKey;
use crate::{App, Error};

/// The file of a piece and its bytes; of a withdrawn one, too.
///
/// # Errors
/// [`Error::NotFound`] where there is no such piece, it has no file, or the sheet is not the actor's to read.
pub fn evidence_file(app: &App, by: &Actor, key: &SheetKey, id: &EvidenceId) -> Result<(EvidenceFile, Vec<u8>), Error> {
    app.db.read(|tx| {
        let held = held(tx, by, &key.form, key.period)?;
        let may_read = |unit| may(by, Verb::ReadSheets, Thing::Unit(unit)).is_granted();
        if !(may_read(&key.unit) || may_read(&held.form.receiver)) {
            return Err(Error::NotFound("evidence"));
        }
        let of_unit = of_units(by, std::slice::from_ref(&key.unit));
        let pieces = store::collection::evidence::of_sheets(tx, &of_unit, &key.form, key.period)?;
        let piece = pieces.into_iter().find(|piece| piece.id == *id);
        let file = piece.and_then(|piece| piece.file).ok_or(Error::NotFound("evidence"))?;
        let bytes = store::collection::evidence::file(tx, &of_unit, id)?.ok_or(Error::NotFound("evidence"))?;
        Ok((file, bytes))
    })
}
