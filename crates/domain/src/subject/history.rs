//! A list of awards given in earlier years (lịch sử khen thưởng), row by row, before anything of it is written.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::OrgId;
use thidua_base::text::fold;

use super::decide::{Beside, Honours, Warning, decide, is_same};
use super::fact::{About, Authority, Fact, FactKind, Position};
use super::matching::{Candidate, Found, Reason, Register, Sought};
use super::term::Term;
use super::{Born, Details, Fields, SubjectId};
use crate::collection::import::Written;
use crate::collection::import::mapping::{Headings, Mapping, Role, Table, name_in};
use crate::honour::Subject;
use crate::refusal::{Refusal, SubjectFault};

/// What a row of a list says, not yet held against anyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAward {
    /// The row, from 1.
    pub row: usize,
    /// Who, as it stands there; the citizen's number is among its fields.
    pub who: Fields,
    /// The unit as it stands there.
    pub unit_text: String,
    /// The unit, where it is known what is meant.
    pub unit: Option<OrgId>,
    /// The honour as it stands there.
    pub honour_text: String,
    /// The award, field by field.
    pub award: Fields,
    /// Person, collective or household, as far as the row tells.
    pub kind: Subject,
}

/// What a row comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is new; for whom, and what should be looked at.
    New {
        /// For whom.
        who: Who,
        /// What it says.
        about: About,
        /// What should be looked at.
        warnings: Vec<Warning>,
    },
    /// It is known already.
    There {
        /// Of whom.
        who: SubjectId,
    },
    /// Several may be meant: a person must say.
    Unclear {
        /// Those, nearest first.
        candidates: Vec<Candidate>,
    },
    /// It is not taken.
    Refused {
        /// Why.
        why: Refusal,
    },
}

/// For whom a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Someone who is known, and why it is they.
    Known {
        /// Who.
        id: SubjectId,
        /// Why.
        reasons: Vec<Reason>,
    },
    /// Someone new; rows with the same number speak of the same.
    New {
        /// Counted from 0 in the order of the list.
        number: usize,
        /// Who.
        details: Details,
        /// The unit they belong to.
        unit: OrgId,
    },
}

/// What a person said of a row that was unclear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It is this one.
    Known(SubjectId),
    /// It is somebody new.
    New,
    /// It is left out.
    LeftOut,
}

/// A row with what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The row.
    pub listed: ListedAward,
    /// What it comes to.
    pub outcome: Outcome,
}

/// What a list is held against.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Who is known.
    pub register: &'a Register<'a>,
    /// Who each of them is.
    pub details: &'a BTreeMap<SubjectId, Details>,
    /// What counts of what is known of each.
    pub facts: &'a BTreeMap<SubjectId, Vec<&'a Fact>>,
    /// The unit of rows that name none.
    pub unit: &'a OrgId,
    /// The law book.
    pub honours: &'a dyn Honours,
    /// Today.
    pub today: thidua_base::Date,
}

/// Reads the rows of a list by a mapping; rows in which nothing of an award stands are left out.
pub fn listed(table: &Table, headings: &Headings, mapping: &Mapping) -> Vec<ListedAward> {
    let at = |wanted: &Role| -> Vec<usize> {
        mapping.columns.iter().enumerate().filter(|(_, role)| *role == wanted).map(|(at, _)| at).collect()
    };
    let columns: BTreeMap<String, Vec<usize>> = Role::of_awards().map(|role| (role.word(), at(&role))).collect();
    let mut rows = Vec::new();
    for (row, cells) in headings.body(table) {
        let text = |role: Role| cell_in(cells, &columns[&role.word()]);
        let (name, honour_text) = (text(Role::Person), text(Role::Honour));
        if name.is_empty() || (honour_text.is_empty() && text(Role::Number).is_empty()) {
            continue;
        }
        let unit_text = text(Role::Unit);
        let (honour, unit) = mapping.named(&honour_text, &unit_text);
        let mut cccd = text(Role::Cccd);
        // A spreadsheet takes the number for a number and drops its zeros.
        if (9..12).contains(&cccd.len()) && cccd.bytes().all(|byte| byte.is_ascii_digit()) {
            cccd = format!("{cccd:0>12}");
        }
        let decided_on = text(Role::DecidedOn);
        let (number, day_in_number) = split_number(&text(Role::Number));
        rows.push(ListedAward {
            row,
            kind: kind_of(&text(Role::SubjectKind), &name),
            who: Fields::of([("name", name.as_str()), ("born", &text(Role::Born)), ("cccd", &cccd)]),
            award: Fields::of([
                ("honour", honour.map_or("", |code| code.as_str())),
                ("year", &text(Role::Year)),
                ("number", &number),
                ("decided_on", if decided_on.is_empty() { &day_in_number } else { &decided_on }),
                ("authority", authority_in(&text(Role::Authority)).map_or("", Term::word)),
                ("authority_text", &text(Role::Authority)),
                ("achievement", &text(Role::Achievement)),
                ("post", &text(Role::Post)),
            ]),
            unit: unit.cloned(),
            unit_text,
            honour_text,
        });
    }
    rows
}

fn cell_in(cells: &[Written], columns: &[usize]) -> String {
    let day = columns.iter().filter_map(|at| cells.get(*at)).find_map(|cell| match cell {
        Written::Day(Some(day)) => Some(day.to_string()),
        _ => None,
    });
    day.or_else(|| name_in(cells, columns)).unwrap_or_default()
}

/// `412/QĐ-UBND ngày 06/02/2020` is a number and a day.
fn split_number(text: &str) -> (String, String) {
    let at = text.char_indices().map(|(at, _)| at).find(|at| fold(&text[*at..]).starts_with("ngay "));
    match at {
        Some(at) => {
            let day = text[at..].split_whitespace().nth(1).unwrap_or_default().trim_end_matches(['.', ',', ')']);
            (text[..at].trim_end_matches([' ', ',', '(']).to_owned(), day.to_owned())
        }
        None => (text.to_owned(), String::new()),
    }
}

fn kind_of(text: &str, name: &str) -> Subject {
    let folded = fold(if text.is_empty() { name } else { text });
    let is = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    if is(&["ho gia dinh", "gia dinh", "ho ong", "ho ba"]) {
        Subject::Household
    } else if is(COLLECTIVE_WORDS) {
        Subject::Collective
    } else {
        Subject::Individual
    }
}

/// Words with which names of collectives begin.
const COLLECTIVE_WORDS: &[&str] = &[
    "tap the",
    "can bo va nhan dan",
    "nhan dan va can bo",
    "phong ",
    "ban ",
    "so ",
    "uy ban",
    "ubnd",
    "truong ",
    "doan ",
    "hoi ",
    "chi bo",
    "dang bo",
    "cong ty",
    "hop tac xa",
    "htx",
    "don vi",
    "xa ",
    "thi tran",
    "trung tam",
    "benh vien",
    "tram ",
    "to ",
    "doi ",
    "thon ",
    "khu pho",
    "cong an",
    "cong doan",
    "chi cuc",
];

/// The authority of a text as lists write it: `UBND huyện`, `Chủ tịch UBND tỉnh`, `Thủ tướng Chính phủ`.
pub fn authority_in(text: &str) -> Option<Authority> {
    if let Some(authority) = Authority::of_word(text.trim()) {
        return Some(authority);
    }
    let folded = fold(text);
    let has = |word: &str| folded.contains(word);
    let is_committee = has("ubnd") || has("uy ban nhan dan") || folded.starts_with("chu tich");
    let found = if has("chu tich nuoc") {
        Authority::President
    } else if has("uy ban thuong vu") {
        Authority::StandingCommittee
    } else if has("thu tuong") {
        Authority::PrimeMinister
    } else if has("chinh phu") {
        Authority::Government
    } else if is_committee && (has("tinh") || has("thanh pho truc thuoc")) || folded == "tinh" {
        Authority::ProvinceChair
    } else if is_committee && (has("huyen") || has("thi xa") || has("quan")) || folded == "huyen" {
        Authority::DistrictChair
    } else if is_committee && (has("xa") || has("phuong") || has("thi tran")) || folded == "xa" {
        Authority::CommuneChair
    } else if has("bo truong") || folded.starts_with("bo ") {
        Authority::Minister
    } else if has("giam doc so") || folded.starts_with("so ") {
        Authority::DepartmentHead
    } else {
        return None;
    };
    Some(found)
}

/// Holds the rows of a list against who and what is known; `said` is what a person said of rows that were unclear.
pub fn preview(rows: Vec<ListedAward>, ground: Ground<'_>, said: &BTreeMap<usize, Said>) -> Vec<Line> {
    let mut taken: Vec<(String, About)> = Vec::new();
    let mut new: Vec<(Details, OrgId)> = Vec::new();
    rows.into_iter()
        .filter_map(|listed| {
            let answer = said.get(&listed.row);
            if answer == Some(&Said::LeftOut) {
                return None;
            }
            let outcome = outcome(&listed, ground, answer, &mut new, &mut taken);
            let outcome = outcome.unwrap_or_else(|why| Outcome::Refused { why });
            Some(Line { listed, outcome })
        })
        .collect()
}

fn outcome(
    listed: &ListedAward,
    ground: Ground<'_>,
    said: Option<&Said>,
    new: &mut Vec<(Details, OrgId)>,
    taken: &mut Vec<(String, About)>,
) -> Result<Outcome, Refusal> {
    let details = Details::read(listed.kind, &listed.who)?;
    let unit = match (&listed.unit, listed.unit_text.as_str()) {
        (Some(unit), _) => unit.clone(),
        (None, "") => ground.unit.clone(),
        (None, text) => return Err(Refusal::UnknownUnit { asked: text.to_owned(), near: Vec::new() }),
    };
    let about = award_of(listed, &unit)?;
    let sought =
        Sought { name: details.name.clone(), born: details.born, cccd: details.cccd.clone(), unit: Some(unit.clone()) };
    let found = match said {
        Some(Said::Known(id)) if ground.details.contains_key(id) => {
            Found::One(Candidate { id: id.clone(), reasons: Vec::new(), weight: 100 })
        }
        Some(Said::New) => Found::Nobody,
        _ => same_kind(ground.register.find(&sought), listed.kind, ground),
    };
    let (who, known, facts): (Who, Details, &[&Fact]) = match found {
        Found::Unclear(candidates) => return Ok(Outcome::Unclear { candidates }),
        Found::One(candidate) => {
            let known = ground.details.get(&candidate.id).cloned().unwrap_or_else(|| details.clone());
            let facts = ground.facts.get(&candidate.id).map_or(&[][..], Vec::as_slice);
            let held =
                |fact: &&Fact| matches!((&fact.about, &about), (About::Award(a), About::Award(b)) if is_same(a, b));
            if facts.iter().any(held) {
                return Ok(Outcome::There { who: candidate.id });
            }
            (Who::Known { id: candidate.id, reasons: candidate.reasons }, known, facts)
        }
        Found::Nobody => {
            let same = |other: &(Details, OrgId)| {
                fold(&other.0.name) == fold(&details.name)
                    && other.0.kind == details.kind
                    && other.0.born == details.born
                    && other.0.cccd == details.cccd
                    && other.1 == unit
            };
            let number = new.iter().position(same).unwrap_or_else(|| {
                new.push((details.clone(), unit.clone()));
                new.len() - 1
            });
            (Who::New { number, details: details.clone(), unit }, details, &[])
        }
    };
    let warnings = decide(&about, Beside { details: &known, facts, honours: ground.honours, today: ground.today })?;
    let key = match &who {
        Who::Known { id, .. } => id.to_string(),
        Who::New { number, .. } => format!("new {number}"),
    };
    let twice = taken.iter().find_map(|(other, told)| match (told, &about) {
        (About::Award(told), About::Award(held)) if *other == key && is_same(told, held) => Some(held),
        _ => None,
    });
    if let Some(held) = twice {
        return Err(Refusal::Subject(SubjectFault::DuplicateAward {
            honour: ground.honours.name(&held.honour).unwrap_or_default(),
            year: held.year,
            number: held.number.clone(),
            on: held.decided_on,
        }));
    }
    taken.push((key, about.clone()));
    Ok(Outcome::New { who, about, warnings })
}

/// A name of one kind never means a subject of another.
fn same_kind(found: Found, kind: Subject, ground: Ground<'_>) -> Found {
    let is = |candidate: &Candidate| ground.details.get(&candidate.id).is_some_and(|known| known.kind == kind);
    match found {
        Found::One(candidate) if is(&candidate) => Found::One(candidate),
        Found::Unclear(candidates) => {
            let kept: Vec<Candidate> = candidates.into_iter().filter(is).collect();
            if kept.is_empty() { Found::Nobody } else { Found::Unclear(kept) }
        }
        Found::One(_) | Found::Nobody => Found::Nobody,
    }
}

fn award_of(listed: &ListedAward, unit: &OrgId) -> Result<About, Refusal> {
    let mut fields = listed.award.clone();
    if fields.get("honour").is_empty() {
        return Err(Refusal::Subject(SubjectFault::UnknownHonour { asked: listed.honour_text.clone() }));
    }
    if fields.get("authority").is_empty() && !fields.get("authority_text").is_empty() {
        let known = Authority::all().map(|authority| authority.word().to_owned()).collect();
        return Err(Refusal::Subject(SubjectFault::UnknownAuthority {
            asked: fields.get("authority_text").to_owned(),
            known,
        }));
    }
    fields.set("unit", unit.as_str());
    About::read(FactKind::Award, &fields)
}

/// The place in a unit that a new subject of a list gets: from the first day of the year of the earliest award.
pub fn position_of(unit: &OrgId, post: &str, years: &BTreeSet<i16>) -> Option<Position> {
    let from = thidua_base::Date::new(*years.first()?, 1, 1)?;
    Some(Position {
        unit: unit.clone(),
        post: post.to_owned(),
        from,
        to: None,
        category: None,
        duty: None,
        office: String::new(),
    })
}

impl Details {
    /// Someone of whom only a name is known.
    pub fn named(kind: Subject, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            born: Born::Unknown,
            sex: None,
            cccd: None,
            place: String::new(),
            recruited_on: None,
            note: String::new(),
        }
    }
}
