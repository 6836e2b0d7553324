//! Attaches evidence (minh chứng) to figures of a sheet: a file, or a reference to a document.

use sha2::{Digest, Sha256};
use thidua_base::Date;
use thidua_base::code::{EvidenceId, IndicatorCode};
use thidua_domain::actor::{Capacity, Thing, Verb};
use thidua_domain::collection::evidence::{Evidence, EvidenceFile, PIECES_MAX, kept_name, kind_of};
use thidua_domain::refusal::EvidenceFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{held, of_units};
use super::sheet::SheetKey;
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// A paper to be attached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewEvidence {
    /// The cells that cite it.
    pub cells: Vec<IndicatorCode>,
    /// Number of the document; may be empty.
    pub number: String,
    /// Its date.
    pub dated: Option<Date>,
    /// What it is; may be empty where there is a file or a number.
    pub description: String,
    /// The file: its name as sent, and its bytes.
    pub file: Option<(String, Vec<u8>)>,
}

/// Attaches a paper. The same one attached twice to the same cells is attached once; bytes that are kept already are
/// not kept again.
///
/// # Errors
/// [`Error::NotFound`] where the figures are not the actor's to enter; [`Refusal::NotAsked`] for a row the form has
/// not; [`Refusal::BadEvidence`] for a file that is not taken, for nothing at all, or beyond [`PIECES_MAX`].
pub fn attach_evidence(app: &App, by: &Actor, key: &SheetKey, new: NewEvidence) -> Result<Evidence, Error> {
    permit(by, Verb::EnterFigures, Thing::Unit(&key.unit), "sheet")?;
    let (file, bytes) = match new.file {
        Some((name, bytes)) => (Some(file_of(&name, &bytes)?), bytes),
        None => (None, Vec::new()),
    };
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, &key.form, key.period)?;
    if !held.report(&mut tx, by, std::slice::from_ref(&key.unit))? {
        return Err(Error::NotFound("sheet"));
    }
    if let Some(other) = new.cells.iter().find(|cell| !held.form.asks(cell)) {
        return Err(Refusal::NotAsked { indicator: other.to_string() }.into());
    }
    let now = app.clock.now();
    let id = hex(&app.entropy.bytes::<16>()?);
    let piece = Evidence {
        id: EvidenceId::parse(&id).map_err(|why| Error::Internal(why.into()))?,
        form: key.form.clone(),
        period: key.period,
        unit: key.unit.clone(),
        cells: new.cells,
        number: new.number,
        dated: new.dated,
        description: new.description,
        file,
        added_by: by.name.clone(),
        added_at: now,
        withdrawn: None,
    };
    let piece = piece.checked()?;
    let of_unit = of_units(by, std::slice::from_ref(&key.unit));
    let there = store::collection::evidence::of_sheets(&mut tx, &of_unit, &key.form, key.period)?;
    if let Some(same) = there.iter().find(|other| is_same(other, &piece)) {
        return Ok(same.clone());
    }
    if there.len() >= PIECES_MAX {
        return Err(Refusal::from(EvidenceFault::TooMany { most: PIECES_MAX }).into());
    }
    let account = match &by.capacity {
        Capacity::Person { account, .. } => Some(account.to_string()),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => None,
    };

    let tenant = &by.scope.tenant;
    store::collection::evidence::insert(&mut tx, tenant, &piece, account.as_deref(), &bytes)?;
    store::audit::append(&mut tx, by, now, "attach-evidence", &key.subject(), &told(&piece))?;
    tx.commit()?;
    Ok(piece)
}

/// A file as it is kept with evidence, whosever it is: its kind by its bytes, and its hash.
///
/// # Errors
/// [`Refusal::BadEvidence`] for a file that is not taken.
/// A file as it is kept: its name, its kind by its bytes, its hash.
///
/// # Errors
/// [`EvidenceFault`] for one that is not taken.
pub(crate) fn file_of(name: &str, bytes: &[u8]) -> Result<EvidenceFile, Refusal> {
    let name = kept_name(name);
    let kind = kind_of(&name, bytes)?;
    let size = i64::try_from(bytes.len()).map_err(|_| EvidenceFault::Broken)?;
    Ok(EvidenceFile { name, kind, size, hash: hex(&Sha256::digest(bytes)) })
}

/// Whether two pieces say the same of the same cells.
fn is_same(there: &Evidence, new: &Evidence) -> bool {
    let hash = |piece: &Evidence| piece.file.as_ref().map(|file| file.hash.clone());
    there.stands()
        && (&there.cells, &there.number, there.dated, &there.description)
            == (&new.cells, &new.number, new.dated, &new.description)
        && hash(there) == hash(new)
}

/// A piece in the journal.
fn told(piece: &Evidence) -> String {
    let cells = piece.cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match &piece.file {
        Some(file) => format!("{} {cells}: {} sha256:{}", piece.id, file.name, file.hash),
        None => format!("{} {cells}: {} {}", piece.id, piece.number, piece.description),
    }
}
