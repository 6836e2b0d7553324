//! Takes in a list of exemplars: looked at row by row, then confirmed; nothing is written before.

use std::collections::BTreeMap;

use thidua_base::code::{MovementCode, OrgId};
use thidua_domain::actor::{Scope, Thing, Verb, reach_of};
use thidua_domain::exemplar::listed::{Ground, Line, read};
use thidua_domain::refusal::FileFault;
use thidua_domain::{Actor, Origin, Provenance, Refusal};
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::subject::list::ListUpload;

use super::desk::Desk;
use super::propose::{New, names_there, save_all};
use crate::collection::workbook::Read;
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// How long a list waits for its sender's word.
const WAITS_MINUTES: i64 = 60;

/// A list as its sender sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSeen {
    /// The name under which it waits.
    pub upload: String,
    /// The file's name.
    pub file: String,
    /// The name of the unit of rows that name none.
    pub unit_name: String,
    /// What each row comes to.
    pub lines: Vec<Line>,
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Exemplars that were proposed.
    pub proposed: usize,
    /// Rows that were left out.
    pub left_out: usize,
}

/// Takes in a list and looks at it; it waits for its sender's word, and nothing of it is written. `fields` are names of
/// fields with their words.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not propose for the unit; [`Refusal::BadFile`] for a file that is not taken.
pub fn preview_list(
    app: &App,
    by: &Actor,
    unit: &OrgId,
    file: &str,
    bytes: &[u8],
    fields: &[(String, String)],
) -> Result<ListSeen, Error> {
    permit(by, Verb::ProposeExemplar, Thing::Unit(unit), "unit")?;
    let now = app.clock.now();
    let upload = ListUpload {
        id: hex(&app.entropy.bytes::<16>()?),
        unit: unit.clone(),
        sent_by: crate::collection::sender(by),
        file: thidua_base::text::nfc(file),
        bytes: bytes.to_vec(),
        expires_at: now.plus_seconds(WAITS_MINUTES * 60),
    };
    let mut tx = app.db.begin()?;
    let desk = Desk::read(&mut tx, app, by, None)?;
    desk.ground.units.on(unit, desk.today).ok_or(Error::NotFound("unit"))?;
    let looked = look(&mut tx, by, &desk, &upload, fields)?;
    store::subject::list::forget(&mut tx, &by.scope.tenant, &upload.sent_by, now)?;
    store::subject::list::insert(&mut tx, &by.scope.tenant, &upload)?;
    tx.commit()?;
    Ok(looked)
}

/// Looks at a waiting list again.
///
/// # Errors
/// As [`preview_list`]; [`Refusal::StaleForm`] where no such list waits any more.
pub fn look_at_list(app: &App, by: &Actor, upload: &str, fields: &[(String, String)]) -> Result<ListSeen, Error> {
    app.db.read(|tx| {
        let upload = waiting(tx, app, by, upload)?;
        let desk = Desk::read(tx, app, by, None)?;
        look(tx, by, &desk, &upload, fields)
    })
}

/// Proposes every row that can be; the list is forgotten.
///
/// # Errors
/// As [`look_at_list`]; [`Refusal::NothingChosen`] where no row can be.
pub fn confirm_list(app: &App, by: &Actor, upload: &str, fields: &[(String, String)]) -> Result<Imported, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let upload = waiting(&mut tx, app, by, upload)?;
    let desk = Desk::read(&mut tx, app, by, None)?;
    let looked = look(&mut tx, by, &desk, &upload, fields)?;
    let all = looked.lines.len();
    let mut new = Vec::new();
    for line in looked.lines {
        let Ok(judged) = line.outcome else { continue };
        let source = format!("{}, dòng {}", upload.file, line.row);
        let place = i64::try_from(new.len() + 1).unwrap_or(i64::MAX);
        new.push(New::of(app, by, judged, &desk, place, Provenance { origin: Origin::Reported, source })?);
    }
    if new.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    let imported = Imported { proposed: new.len(), left_out: all - new.len() };

    save_all(&mut tx, by, &new)?;
    store::subject::list::forget(&mut tx, &by.scope.tenant, &upload.sent_by, desk.now)?;
    let hash = crate::collection::workbook::hash(&upload.bytes);
    let detail =
        format!("{}, sha-256 {hash}: {} proposed, {} left out", upload.file, imported.proposed, imported.left_out);
    store::audit::append(&mut tx, by, desk.now, "import-exemplars", &format!("unit:{}", upload.unit), &detail)?;
    tx.commit()?;
    Ok(imported)
}

fn waiting(tx: &mut Tx, app: &App, by: &Actor, id: &str) -> Result<ListUpload, Error> {
    let scope = Scope { tenant: by.scope.tenant.clone(), units: reach_of(by, Verb::ProposeExemplar) };
    let sent_by = crate::collection::sender(by);
    let found = store::subject::list::upload(tx, &scope, id, &sent_by, app.clock.now())?;
    found.ok_or_else(|| Refusal::StaleForm.into())
}

/// Holds a list against what is there; rows may name the units in which the actor may propose.
fn look(
    tx: &mut Tx,
    by: &Actor,
    desk: &Desk,
    upload: &ListUpload,
    fields: &[(String, String)],
) -> Result<ListSeen, Error> {
    let bad = |why| Refusal::BadFile { file: upload.file.clone(), why };
    let tables = match Read::of(&upload.bytes, &upload.file).map_err(bad)? {
        Read::Lists(tables) => tables,
        // A sheet of figures made here holds no exemplars.
        Read::Form(_) => return Err(bad(FileFault::NoHeadings).into()),
    };
    let reach = reach_of(by, Verb::ProposeExemplar);
    let mut units: BTreeMap<OrgId, Vec<String>> = BTreeMap::new();
    for unit in desk.ground.units.iter().filter(|unit| unit.on(desk.today) && reach.holds(&unit.id)) {
        let names = units.entry(unit.id.clone()).or_default();
        names.extend([unit.name.clone(), unit.short_name.clone(), unit.id.to_string()]);
        names.retain(|name| !name.is_empty());
    }
    let units: Vec<(OrgId, Vec<String>)> = units.into_iter().collect();
    let movements = store::movement::movements(tx, &Scope::whole(by.scope.tenant.clone()))?;
    let movements: Vec<(MovementCode, Vec<String>)> = movements
        .into_iter()
        .map(|known| {
            let code = known.code.to_string();
            (known.code, known.aliases.into_iter().chain([known.name, code]).collect())
        })
        .collect();
    let there = names_there(desk);
    let ground = || Ground {
        unit: &upload.unit,
        units: &units,
        fields,
        movements: &movements,
        there: there.clone(),
        year_now: desk.today.year(),
    };
    let lines =
        tables.iter().find_map(|table| read(&table.rows, ground())).ok_or_else(|| bad(FileFault::NoHeadings))?;
    Ok(ListSeen { upload: upload.id.clone(), file: upload.file.clone(), unit_name: desk.name(&upload.unit), lines })
}
