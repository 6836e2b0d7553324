//! Takes in a list of awards given in earlier years: looked at row by row, then confirmed; nothing is written before.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::{HonourCode, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::collection::import::mapping::{Candidate, Known, ListKind, Mapping, Proposal, propose};
use thidua_domain::refusal::FileFault;
use thidua_domain::subject::history::{Ground, Line, Outcome, Said, Who, listed, position_of, preview};
use thidua_domain::subject::matching::Register;
use thidua_domain::subject::{About, Entered, Fact, SubjectId, current};
use thidua_domain::{Actor, Refusal, Scope};
use thidua_law::Book;
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::subject::list::ListUpload;

use super::held::{BookHonours, everyone, known_unit};
use super::open_subject::{new_fact, new_identity};
use crate::collection::workbook::Read;
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// How long a list waits for its sender's word.
const WAITS_MINUTES: i64 = 60;

/// A list as its sender sees it.
#[derive(Debug, Clone)]
pub struct AwardListSeen {
    /// The name under which it waits.
    pub upload: String,
    /// The file's name.
    pub file: String,
    /// The unit of rows that name none.
    pub unit: OrgId,
    /// That unit's name.
    pub unit_name: String,
    /// What the list seems to mean.
    pub proposal: Proposal,
    /// What was taken of that, or what the person said.
    pub mapping: Mapping,
    /// What each row comes to.
    pub lines: Vec<Line>,
    /// Names of those whom rows may mean, by id.
    pub names: BTreeMap<SubjectId, String>,
    /// The honours of the book, by name, to choose from.
    pub honours: Vec<(HonourCode, String)>,
    /// The units to choose from, by name.
    pub units: Vec<(OrgId, String)>,
}

/// A row that was left out, because it was unclear or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The row.
    pub row: usize,
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Awards that were entered.
    pub awards: usize,
    /// Persons, collectives and households that were entered.
    pub subjects: usize,
    /// Rows that were known already.
    pub there: usize,
    /// Rows that were left out.
    pub left_out: Vec<Unknown>,
}

/// Takes in a list and looks at it; it waits for its sender's word, and nothing of it is written.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not enter facts of the unit; [`Refusal::BadFile`] for a file that is not
/// taken.
pub fn preview_awards(app: &App, by: &Actor, unit: &OrgId, file: &str, bytes: &[u8]) -> Result<AwardListSeen, Error> {
    permit(by, Verb::EnterFacts, Thing::Unit(unit), "unit")?;
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
    known_unit(&mut tx, app, by, unit)?;
    let looked = look(&mut tx, app, by, &upload, None, &BTreeMap::new())?;
    store::subject::list::forget(&mut tx, &by.scope.tenant, &upload.sent_by, now)?;
    store::subject::list::insert(&mut tx, &by.scope.tenant, &upload)?;
    tx.commit()?;
    Ok(looked)
}

/// Looks at a waiting list again, by what the person says of it.
///
/// # Errors
/// As [`preview_awards`]; [`Refusal::StaleForm`] where no such list waits any more.
pub fn look_again_at_awards(
    app: &App,
    by: &Actor,
    upload: &str,
    mapping: Option<&Mapping>,
    said: &BTreeMap<usize, Said>,
) -> Result<AwardListSeen, Error> {
    app.db.read(|tx| {
        let upload = waiting(tx, app, by, upload)?;
        look(tx, app, by, &upload, mapping, said)
    })
}

/// Enters every row that is new; what was said of the columns and names is remembered, and the list is forgotten.
///
/// # Errors
/// As [`look_again_at_awards`]; [`Refusal::NothingChosen`] where no row is new.
pub fn confirm_awards(
    app: &App,
    by: &Actor,
    upload: &str,
    mapping: Option<&Mapping>,
    said: &BTreeMap<usize, Said>,
) -> Result<Imported, Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let upload = waiting(&mut tx, app, by, upload)?;
    let looked = look(&mut tx, app, by, &upload, mapping, said)?;
    let (mut identities, mut facts) = (Vec::new(), Vec::new());
    let mut ids: BTreeMap<usize, SubjectId> = BTreeMap::new();
    let years = years_of_new(&looked.lines);
    let mut imported = Imported { awards: 0, subjects: 0, there: 0, left_out: Vec::new() };
    for line in &looked.lines {
        let source = format!("{}, dòng {}", upload.file, line.listed.row);
        match &line.outcome {
            Outcome::New { who, about, .. } => {
                let id = match who {
                    Who::Known { id, .. } => id.clone(),
                    Who::New { number, details, unit } => match ids.get(number) {
                        Some(id) => id.clone(),
                        None => {
                            permit(by, Verb::EnterFacts, Thing::Unit(unit), "unit")?;
                            let identity = new_identity(app, by, details.clone(), &source, now)?;
                            let id = identity.id.clone();
                            let first = years.get(number).cloned().unwrap_or_default();
                            if let Some(place) = position_of(unit, line.listed.award.get("post"), &first) {
                                facts.push(new_fact(app, by, &id, About::Position(place), &source, now)?);
                            }
                            ids.insert(*number, id.clone());
                            identities.push(identity);
                            id
                        }
                    },
                };
                facts.push(new_fact(app, by, &id, about.clone(), &source, now)?);
                imported.awards += 1;
            }
            Outcome::There { .. } => imported.there += 1,
            Outcome::Unclear { .. } | Outcome::Refused { .. } => {
                imported.left_out.push(Unknown { row: line.listed.row });
            }
        }
    }
    if imported.awards == 0 {
        return Err(Refusal::NothingChosen.into());
    }
    imported.subjects = identities.len();

    let tenant = &by.scope.tenant;
    store::subject::insert_many(&mut tx, tenant, &identities)?;
    store::subject::fact::insert_many(&mut tx, tenant, &facts)?;
    let entered = Entered { by: by.name.clone(), at: now, reason: String::new() };
    store::subject::list::remember(&mut tx, tenant, &looked.proposal.signature, &looked.mapping, &entered)?;
    store::subject::list::forget(&mut tx, tenant, &upload.sent_by, now)?;
    let hash = crate::collection::workbook::hash(&upload.bytes);
    let detail = format!(
        "{}, sha-256 {hash}: {} awards, {} subjects, {} known, {} left out",
        upload.file,
        imported.awards,
        imported.subjects,
        imported.there,
        imported.left_out.len()
    );
    store::audit::append(&mut tx, by, now, "import-awards", &format!("unit:{}", upload.unit), &detail)?;
    tx.commit()?;
    Ok(imported)
}

/// The years of the awards of each new subject of a list.
fn years_of_new(lines: &[Line]) -> BTreeMap<usize, BTreeSet<i16>> {
    let mut years: BTreeMap<usize, BTreeSet<i16>> = BTreeMap::new();
    for line in lines {
        if let Outcome::New { who: Who::New { number, .. }, about: About::Award(held), .. } = &line.outcome {
            years.entry(*number).or_default().insert(held.year);
        }
    }
    years
}

fn waiting(tx: &mut Tx, app: &App, by: &Actor, id: &str) -> Result<ListUpload, Error> {
    let scope = super::held::scope_of(by, Verb::EnterFacts)?;
    let sent_by = crate::collection::sender(by);
    let found = store::subject::list::upload(tx, &scope, id, &sent_by, app.clock.now())?;
    found.ok_or_else(|| Refusal::StaleForm.into())
}

/// Holds a list against who and what is known.
fn look(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    upload: &ListUpload,
    mapping: Option<&Mapping>,
    said: &BTreeMap<usize, Said>,
) -> Result<AwardListSeen, Error> {
    let bad = |why| Refusal::BadFile { file: upload.file.clone(), why };
    let tables = match Read::of(&upload.bytes, &upload.file).map_err(bad)? {
        Read::Lists(tables) => tables,
        // A sheet of figures made here holds no awards.
        Read::Form(_) => return Err(bad(FileFault::NoHeadings).into()),
    };
    let today = app.clock.now().date_in_vietnam();
    let tenant = &by.scope.tenant;
    let ground = app.ground(tx, &Scope::whole(tenant.clone()))?;
    let day = app.home.dated.max(today);
    let book = app.book_in(tx, by)?;
    let known = known(&book, &ground.units, today);
    let mut found = None;
    for table in &tables {
        if let Ok(proposal) = propose(table, &known, None) {
            found = Some((table, proposal));
            break;
        }
    }
    let (table, first) = found.ok_or_else(|| bad(FileFault::NoHeadings))?;
    let kept = store::subject::list::remembered(tx, tenant, &first.signature)?;
    let proposal = match &kept {
        Some(kept) => propose(table, &known, Some(kept)).map_err(bad)?,
        None => first,
    };
    let mapping = mapping.cloned().unwrap_or_else(|| {
        let mut mapping = proposal.sure();
        if let Some(kept) = kept {
            mapping.honours.extend(kept.honours.into_iter().filter(|(_, is)| is.is_none()));
            mapping.units.extend(kept.units.into_iter().filter(|(_, is)| is.is_none()));
        }
        mapping
    });
    let all = everyone(tx, by, today)?;
    let ids: Vec<SubjectId> = all.details.keys().flat_map(|id| all.groups.members(id)).collect();
    let facts = store::subject::fact::facts_of(tx, tenant, &ids)?;
    let mut by_subject: BTreeMap<SubjectId, Vec<&Fact>> = BTreeMap::new();
    for fact in current(&facts) {
        by_subject.entry(all.groups.stands_for(&fact.subject).clone()).or_default().push(fact);
    }
    let rows = listed(table, &proposal.headings, &mapping);
    let register = Register::of(&all.known);
    let ground_of_rows = Ground {
        register: &register,
        details: &all.details,
        facts: &by_subject,
        unit: &upload.unit,
        honours: &BookHonours(&book),
        today,
    };
    let lines = preview(rows, ground_of_rows, said);
    let names = all.details.iter().map(|(id, details)| {
        let born = details.born.in_table();
        (id.clone(), if born.is_empty() { details.name.clone() } else { format!("{} ({born})", details.name) })
    });
    let mut honours: Vec<(HonourCode, String)> =
        book.honours().map(|honour| (honour.code.clone(), honour.name.clone())).collect();
    honours.sort_by(|(_, a), (_, b)| thidua_base::text::collate(a, b));
    Ok(AwardListSeen {
        upload: upload.id.clone(),
        file: upload.file.clone(),
        unit: upload.unit.clone(),
        unit_name: ground.units.name_on(&upload.unit, day),
        names: names.collect(),
        honours,
        units: super::show::units_of(&ground.units, &thidua_domain::actor::reach_of(by, Verb::EnterFacts), day),
        proposal,
        mapping,
        lines,
    })
}

/// What a list of awards may speak of: every honour of the book and every unit by all its names.
fn known(book: &Book, units: &crate::shelf::Units, today: Date) -> Known {
    let honours = book
        .honours()
        .map(|honour| Candidate { id: honour.code.clone(), names: vec![honour.name.clone(), honour.code.to_string()] });
    let mut by_id: BTreeMap<OrgId, Vec<String>> = BTreeMap::new();
    for unit in units.iter() {
        let names = by_id.entry(unit.id.clone()).or_default();
        for name in [unit.name.clone(), unit.short_name.clone(), format!("UBND {}", unit.name)] {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    Known {
        list: ListKind::Awards,
        period: Period::Year { year: today.year() },
        indicators: Vec::new(),
        units: by_id.into_iter().map(|(id, names)| Candidate { id, names }).collect(),
        honours: honours.collect(),
    }
}
