//! Looks at a file before anything of it is written: what each of its cells would change in a sheet.

use thidua_base::Timestamp;
use thidua_domain::actor::{Capacity, Thing, Verb};
use thidua_domain::collection::import::mapping::{
    Candidate, Known, ListKind, Mapping, Proposal, Unmatched, apply, propose,
};
use thidua_domain::collection::import::{Filled, Preview, Upload, preview};
use thidua_domain::org::Unit;
use thidua_domain::refusal::FileFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;
use thidua_store::Tx;

use super::held::of_units;
use super::sheet::{SheetKey, SheetSeen, seen};
use super::workbook::Read;
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// How long a file waits for its sender's word.
pub const WAITS_MINUTES: i64 = 60;

/// A file held against a sheet, as its sender sees it.
#[derive(Debug, Clone)]
pub struct ImportSeen {
    /// The name under which the file waits.
    pub upload: String,
    /// The sheet as it is.
    pub sheet: SheetSeen,
    /// What each cell would change.
    pub preview: Preview,
    /// How a list made elsewhere was understood; `None` for a workbook made here.
    pub list: Option<ListSeen>,
}

/// How a list made elsewhere was understood.
#[derive(Debug, Clone)]
pub struct ListSeen {
    /// What it seems to mean.
    pub proposal: Proposal,
    /// What was taken of that, or what the person said.
    pub mapping: Mapping,
    /// Rows of which nobody said what they are.
    pub unmatched: Vec<Unmatched>,
}

/// Takes in a file and looks at it; it waits for its sender's word, and nothing of it is written to the sheet.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not enter figures there; [`Refusal::BadFile`] for a file that is not taken;
/// what [`preview`] refuses as a whole.
pub fn preview_import(app: &App, by: &Actor, key: &SheetKey, file: &str, bytes: &[u8]) -> Result<ImportSeen, Error> {
    // Who may not enter here learns nothing of the file either.
    app.db.read(|tx| allowed(tx, app, by, key))?;
    let read = read(file, bytes)?;
    let now = app.clock.now();
    let upload = Upload {
        id: hex(&app.entropy.bytes::<16>()?),
        form: key.form.clone(),
        period: key.period,
        unit: key.unit.clone(),
        sent_by: sender(by),
        file: file.to_owned(),
        bytes: bytes.to_vec(),
        expires_at: later(now),
    };
    let mut tx = app.db.begin()?;
    let looked = look(&mut tx, app, by, &upload, read, None)?;
    store::import_upload::forget(&mut tx, &by.scope.tenant, &upload.sent_by, now)?;
    store::import_upload::insert(&mut tx, &by.scope.tenant, &upload)?;
    tx.commit()?;
    Ok(looked)
}

/// Looks at a waiting file again, a list by what the person says of it.
///
/// # Errors
/// As [`preview_import`]; [`Refusal::StaleForm`] where no such file waits any more.
pub fn look_again(
    app: &App,
    by: &Actor,
    key: &SheetKey,
    upload: &str,
    said: Option<&Mapping>,
) -> Result<ImportSeen, Error> {
    app.db.read(|tx| {
        let upload = waiting(tx, app, by, key, upload)?;
        let read = read(&upload.file, &upload.bytes)?;
        look(tx, app, by, &upload, read, said)
    })
}

/// The waiting file of a name, sent by this actor for this sheet.
pub(super) fn waiting(tx: &mut Tx, app: &App, by: &Actor, key: &SheetKey, id: &str) -> Result<Upload, Error> {
    allowed(tx, app, by, key)?;
    let scope = of_units(by, std::slice::from_ref(&key.unit));
    let found = store::import_upload::upload(tx, &scope, id, &sender(by), app.clock.now())?;
    let fits = |upload: &Upload| upload.form == key.form && upload.period == key.period && upload.unit == key.unit;
    found.filter(fits).ok_or_else(|| Refusal::StaleForm.into())
}

fn allowed(tx: &mut Tx, app: &App, by: &Actor, key: &SheetKey) -> Result<(), Error> {
    seen(tx, app, by, key)?;
    permit(by, Verb::EnterFigures, Thing::Unit(&key.unit), "sheet")
}

/// Reads a file; a refusal names it.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Read, Refusal> {
    Read::of(bytes, file).map_err(|why| bad(file, why))
}

fn bad(file: &str, why: FileFault) -> Refusal {
    Refusal::BadFile { file: file.to_owned(), why }
}

/// The account of a person signed in; a command acts under its name.
pub(crate) fn sender(by: &Actor) -> String {
    match &by.capacity {
        Capacity::Person { account, .. } => account.to_string(),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => by.name.clone(),
    }
}

fn later(now: Timestamp) -> Timestamp {
    now.plus_seconds(WAITS_MINUTES * 60)
}

/// Holds what was read against the sheet as it is.
pub(super) fn look(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    upload: &Upload,
    read: Read,
    said: Option<&Mapping>,
) -> Result<ImportSeen, Error> {
    let key = SheetKey { form: upload.form.clone(), period: upload.period, unit: upload.unit.clone() };
    let sheet = seen(tx, app, by, &key)?;
    let (filled, list) = match read {
        Read::Form(filled) => (filled, None),
        Read::Lists(tables) => {
            let units = store::org::units(tx, &of_units(by, std::slice::from_ref(&key.unit)))?;
            let known = known(&sheet, &units);
            let mut found = None;
            for table in &tables {
                let Ok(first) = propose(table, &known, None) else { continue };
                let kept = store::import_mapping::remembered(tx, &by.scope, &key.form, &first.signature)?;
                let proposal = match &kept {
                    Some(kept) => propose(table, &known, Some(&kept.mapping)).map_err(|why| bad(&upload.file, why))?,
                    None => first,
                };
                let mapping = said.cloned().unwrap_or_else(|| with_kept(&proposal, kept.map(|kept| kept.mapping)));
                let mut applied = apply(table, &proposal.headings, &mapping, Some(&key.unit));
                let nothing = Filled { source: table.source.clone(), stamp: None, rows: Vec::new() };
                let filled = applied.by_unit.remove(&key.unit).unwrap_or(nothing);
                let is_first = found.is_none();
                let says_something = !filled.rows.is_empty();
                // The first sheet with headings, unless a later one has figures and it has none.
                if is_first || says_something {
                    found = Some((filled, ListSeen { proposal, mapping, unmatched: applied.unmatched }));
                }
                if says_something {
                    break;
                }
            }
            let (filled, list) = found.ok_or_else(|| bad(&upload.file, FileFault::NoHeadings))?;
            (filled, Some(list))
        }
    };
    let preview = preview(&filled, &sheet.sheet)?;
    Ok(ImportSeen { upload: upload.id.clone(), sheet, preview, list })
}

/// What is sure, with the names that were left out on purpose the last time.
fn with_kept(proposal: &Proposal, kept: Option<Mapping>) -> Mapping {
    let mut mapping = proposal.sure();
    if let Some(kept) = kept {
        mapping.indicators.extend(kept.indicators.into_iter().filter(|(_, is)| is.is_none()));
        mapping.units.extend(kept.units.into_iter().filter(|(_, is)| is.is_none()));
    }
    mapping
}

/// What a list for this sheet may speak of.
fn known(sheet: &SheetSeen, units: &[Unit]) -> Known {
    let indicators = sheet.sheet.rows.iter().map(|row| Candidate {
        id: row.indicator.code.clone(),
        names: vec![row.indicator.name.clone(), row.indicator.phrase.clone(), row.indicator.code.to_string()],
    });
    let unit = &sheet.sheet.unit;
    let mut names = vec![sheet.unit_name.clone()];
    for version in units.iter().filter(|version| version.id == *unit) {
        names.extend([version.name.clone(), version.short_name.clone(), format!("UBND {}", version.name)]);
        names.extend([version.code.clone()].into_iter().filter(|code| !code.is_empty()));
    }
    Known {
        list: ListKind::Figures,
        period: sheet.sheet.cycle.period,
        indicators: indicators.collect(),
        units: vec![Candidate { id: unit.clone(), names }],
        honours: Vec::new(),
    }
}
