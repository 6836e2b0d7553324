//! A unit's score sheet: the tree of criteria on the left, one criterion on the right, for whoever claims and whoever marks.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::cluster::{CellKey, Scored, Seen, scoring};
use thidua_base::code::{CriterionCode, OrgId};
use thidua_domain::Refusal;
use thidua_domain::cluster::explain::explained;
use thidua_domain::cluster::scheme::Level;
use thidua_domain::cluster::score::{Counted, Line, ScoreSheet};
use thidua_report::why::{Called, in_english, in_vietnamese};

use super::claiming::asks;
use super::objections::{ObjectionView, objections};
use super::year::rank_of;
use super::{Head, Leaf, key_of, shown, words};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::{Lang, Messages};
use crate::option::Link;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// A unit's score sheet.
#[derive(Debug, Template)]
#[template(path = "cluster/sheet.html")]
pub struct SheetPage {
    page: Page,
    refusal: String,
    head: Head,
    unit: String,
    total: String,
    grade: String,
    rank: String,
    back: String,
    tree: Vec<TreeRow>,
    criterion: CriterionView,
    previous: String,
    next: String,
    skip: String,
    previous_unit: String,
    next_unit: String,
    claims: bool,
    sends: bool,
    is_sent: bool,
    leads: bool,
    returns: Vec<(String, String, bool)>,
    turns: Vec<String>,
    sanctions: Vec<(String, String)>,
    stated: Vec<(String, String)>,
    address: String,
    to_files: String,
    to_fill: String,
    papers: Vec<Link>,
    form_token: String,
}

/// A criterion in the tree.
#[derive(Debug)]
struct TreeRow {
    code: String,
    label: String,
    depth: usize,
    href: String,
    points: String,
    max: String,
    is_current: bool,
    is_group: bool,
    /// Something a person should look at: unmarked, changed, sent back, objected to.
    note: &'static str,
    note_class: &'static str,
}

/// The criterion on the right.
#[derive(Debug, Default)]
struct CriterionView {
    code: String,
    label: String,
    max: String,
    points: String,
    rules: Vec<String>,
    is_leaf: bool,
    from_figures: bool,
    marks: Vec<MarkView>,
    why: Vec<String>,
    claim: Vec<ClaimView>,
    options: Vec<(String, String, bool)>,
    numbers: Vec<(String, String, String)>,
    note: String,
    files: Vec<FileView>,
    levels: Vec<LevelForm>,
    excuses: bool,
    objections: Vec<ObjectionView>,
    objects: Vec<(&'static str, &'static str)>,
}

/// The mark of a level.
#[derive(Debug)]
struct MarkView {
    level: &'static str,
    points: String,
    by: String,
    reason: String,
    counts: bool,
}

/// A claim as it was made.
#[derive(Debug)]
struct ClaimView {
    by: String,
    at: String,
    note: String,
    files: Vec<(String, String)>,
}

/// A file of the unit.
#[derive(Debug)]
struct FileView {
    id: String,
    name: String,
    href: String,
    is_cited: bool,
    revoked: String,
}

/// A level at which the reader may mark.
#[derive(Debug)]
struct LevelForm {
    word: &'static str,
    name: &'static str,
    over: String,
    over_shown: String,
    /// What the level marked last, else the mark below.
    points: String,
}

/// Which criterion is looked at.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// Its code.
    #[serde(rename = "tc", default)]
    pub criterion: String,
}

type Address = Path<(String, String, String)>;

/// `GET /cum-thi-dua/{code}/{year}/cham/{unit}`
pub async fn page(ask: Ask, Path((code, year, unit)): Address, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown_page(&ask, sheet_of(&code, &year, &unit)?, &asked.criterion, None).await
}

/// Cluster, year and unit of an address.
pub(super) fn sheet_of(
    code: &str,
    year: &str,
    unit: &str,
) -> Result<(thidua_base::code::ClusterCode, i16, OrgId), Fault> {
    let (code, year) = key_of(code, year)?;
    Ok((code, year, OrgId::parse(unit).map_err(|_| Fault::NotFound)?))
}

/// The page, with what was refused where something was.
pub(super) async fn shown_page(
    ask: &Ask,
    key: (thidua_base::code::ClusterCode, i16, OrgId),
    criterion: &str,
    refusal: Option<Refusal>,
) -> Result<Response, Fault> {
    let (code, year, unit) = key;
    let (house, seen) = ask.verb(move |app, by| scoring(app, by, &code, year)).await?;
    let say = ask.messages();
    let scored = seen.scored.clone().ok_or(Fault::NotFound)?;
    let sheet = scored.sheet(&unit).ok_or(Fault::NotFound)?;
    let title = format!("{} – {}", scored.name(&unit), seen.cluster.name);
    let page = ask.page(Part::Clusters, &title, &house);
    let mut view = SheetPage::of(page, say, &seen, &scored, sheet, criterion, ask.form_token()?);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

/// The leaf that is looked at: the one asked for, else the first that waits for somebody, else the first.
fn chosen(scored: &Scored, sheet: &ScoreSheet, asked: &str) -> usize {
    let by_code = scored.scheme.criteria.iter().position(|criterion| criterion.code.as_str() == asked);
    let waiting = || scored.scheme.leaves().find(|(place, _)| is_open(sheet, *place)).map(|(place, _)| place);
    let first = || scored.scheme.leaves().next().map(|(place, _)| place);
    by_code.or_else(waiting).or_else(first).unwrap_or(0)
}

/// Whether nobody has marked a leaf.
fn is_open(sheet: &ScoreSheet, place: usize) -> bool {
    sheet.lines.get(place).is_some_and(|line| line.counted == Counted::Unscored)
}

impl SheetPage {
    fn of(
        page: Page,
        say: &'static Messages,
        seen: &Seen,
        scored: &Scored,
        sheet: &ScoreSheet,
        asked: &str,
        form_token: String,
    ) -> Self {
        let (code, year, unit) = (&seen.cluster.code, seen.cluster.year, &sheet.unit);
        let at = chosen(scored, sheet, asked);
        let to = |place: usize| {
            let code_of = scored.scheme.criteria.get(place).map_or("", |criterion| criterion.code.as_str());
            paths::score_sheet(code, year, unit, code_of)
        };
        let leaves: Vec<usize> = scored.scheme.leaves().map(|(place, _)| place).collect();
        let before = leaves.iter().rev().find(|place| **place < at);
        let after = leaves.iter().find(|place| **place > at);
        let open_after = leaves.iter().find(|place| **place > at && is_open(sheet, **place));
        let members = &scored.round.members;
        let own_place = members.iter().position(|member| member == unit);
        let code_asked = scored.scheme.criteria.get(at).map_or("", |criterion| criterion.code.as_str());
        let beside = |by: isize| {
            let place = own_place.and_then(|place| place.checked_add_signed(by));
            place.and_then(|place| members.get(place)).map(|member| paths::score_sheet(code, year, member, code_asked))
        };
        let is_frozen = scored.frozen.is_some();
        let is_sent = scored.journal.is_up(unit);
        let row = scored.ranking.rows.iter().find(|row| row.unit == *unit);
        let back = scored.journal.sent_back(unit);
        let named: &[CriterionCode] = back.map_or(&[], |(_, named)| named);
        let grade = row.and_then(|row| row.grade.as_deref());
        let grade = grade.and_then(|code| scored.scheme.grades.iter().find(|grade| grade.code == code));
        let leads = !is_frozen && (seen.rights.appraises || seen.rights.decides);
        Self {
            refusal: String::new(),
            head: Head::of(say, seen, Leaf::Sheet),
            unit: scored.name(unit),
            total: shown(sheet.total.points),
            grade: grade.map(|grade| grade.name.clone()).unwrap_or_default(),
            rank: row.map(|row| rank_of(say, row.rank, row.shared_by)).unwrap_or_default(),
            back: back.map(|(reason, _)| reason.to_owned()).unwrap_or_default(),
            tree: tree(say, scored, sheet, at, named, to),
            criterion: CriterionView::of(say, seen, scored, sheet, at),
            previous: before.map(|place| to(*place)).unwrap_or_default(),
            next: after.map(|place| to(*place)).unwrap_or_default(),
            skip: open_after.map(|place| to(*place)).unwrap_or_default(),
            previous_unit: beside(-1).unwrap_or_default(),
            next_unit: beside(1).unwrap_or_default(),
            claims: !is_frozen && !is_sent && seen.rights.claims.contains(unit),
            sends: !is_frozen && !is_sent && seen.rights.sends.contains(unit),
            is_sent,
            leads,
            returns: if leads && is_sent {
                let named = |(place, leaf): (usize, &thidua_domain::cluster::scheme::Criterion)| {
                    (leaf.code.to_string(), words::label(say, leaf), place == at)
                };
                scored.scheme.leaves().map(named).collect()
            } else {
                Vec::new()
            },
            turns: seen
                .members
                .iter()
                .filter(|(member, ..)| member.unit == *unit)
                .flat_map(|(_, _, seat)| seat.turns.iter().map(|turn| words::turn(say, seen, turn)))
                .collect(),
            sanctions: if leads {
                let sanctions = scored.scheme.sanctions.iter();
                sanctions.map(|one| (one.code.clone(), words::sanction(say, one))).collect()
            } else {
                Vec::new()
            },
            stated: scored
                .round
                .reviews
                .stated
                .get(unit)
                .into_iter()
                .flatten()
                .map(|stated| {
                    let known = scored.scheme.sanctions.iter().find(|one| one.code == stated.sanction);
                    let label = known.map_or_else(|| stated.sanction.clone(), |one| words::sanction(say, one));
                    (label, format!("{} ({}, {})", stated.reason, stated.by, stated.at.in_table()))
                })
                .collect(),
            to_fill: paths::score_fill(code, year, unit),
            papers: super::papers::of_sheet(say, code, year, unit),
            address: to(at),
            to_files: paths::score_files(code, year, unit),
            form_token,
            page,
        }
    }
}

fn tree(
    say: &'static Messages,
    scored: &Scored,
    sheet: &ScoreSheet,
    at: usize,
    named: &[CriterionCode],
    to: impl Fn(usize) -> String,
) -> Vec<TreeRow> {
    let objected = |code: &CriterionCode| {
        let mut open = scored.journal.objections.values().filter(|objection| objection.outcome.is_none());
        open.any(|objection| objection.unit == sheet.unit && objection.criterion == *code)
    };
    let rows = scored.scheme.criteria.iter().zip(&sheet.lines).enumerate();
    rows.map(|(place, (criterion, line))| {
        let differs = sheet.differences.iter().any(|one| one.criterion == criterion.code);
        let (note, note_class) = if named.contains(&criterion.code) {
            ("scoring.note-back", "bad")
        } else if objected(&criterion.code) {
            ("scoring.note-objected", "warn")
        } else if differs {
            ("scoring.note-differs", "warn")
        } else if line.counted == Counted::Unscored {
            ("scoring.note-open", "plain")
        } else if line.marks.iter().any(|mark| mark.points != mark.over) {
            ("scoring.note-changed", "note")
        } else {
            ("", "")
        };
        TreeRow {
            code: criterion.code.to_string(),
            label: words::label(say, criterion),
            depth: criterion.depth.min(5),
            href: to(place),
            points: points_of(line),
            max: line.max.map(shown).unwrap_or_default(),
            is_current: place == at,
            is_group: criterion.rule.is_none(),
            note: if note.is_empty() { "" } else { say.get(note) },
            note_class,
        }
    })
    .collect()
}

/// The points of a line, or a dash where nobody has marked it.
pub(super) fn points_of(line: &Line) -> String {
    if line.counted == Counted::Unscored { "–".to_owned() } else { shown(line.points) }
}

/// The sentences of why a criterion has its points.
pub(crate) fn why(say: &Messages, scored: &Scored, sheet: &ScoreSheet, place: usize) -> Vec<String> {
    let Some(found) = explained(&scored.scheme, sheet, place) else { return Vec::new() };
    let called = Called { units: &scored.names, measures: &scored.measures };
    let said = match say.lang() {
        Lang::Vi => in_vietnamese(&found, called),
        Lang::En => in_english(&found, called),
    };
    said.iter().map(thidua_prose::write::Clause::text).collect()
}

impl CriterionView {
    fn of(say: &'static Messages, seen: &Seen, scored: &Scored, sheet: &ScoreSheet, at: usize) -> Self {
        let (code, year, unit) = (&seen.cluster.code, seen.cluster.year, &sheet.unit);
        let (Some(criterion), Some(line)) = (scored.scheme.criteria.get(at), sheet.lines.get(at)) else {
            return Self::default();
        };
        let is_frozen = scored.frozen.is_some();
        let evidence = &scored.round.evidence;
        let claims = evidence.claims.get(unit).and_then(|claims| claims.get(&criterion.code));
        let last = claims.and_then(|claims| claims.last());
        let file_name = |id: &thidua_base::code::EvidenceId| {
            let name = evidence.files.get(id).map_or_else(|| id.to_string(), |file| file.name.clone());
            (name, paths::score_file(code, year, id))
        };
        let asked = asks(say, criterion, last.map(|claimed| &claimed.claim));
        let files = evidence.files.iter().filter(|(_, file)| file.unit == *unit).map(|(id, file)| FileView {
            id: id.to_string(),
            name: file.name.clone(),
            href: paths::score_file(code, year, id),
            is_cited: last.is_some_and(|claimed| claimed.files.contains(id)),
            revoked: file.revoked.as_ref().map(|revoked| revoked.reason.clone()).unwrap_or_default(),
        });
        let may = if is_frozen || criterion.rule.is_none() {
            Vec::new()
        } else {
            seen.rights.levels(unit, &scored.scheme.marks)
        };
        let levels = may.into_iter().map(|level| {
            let over = below(line, level);
            LevelForm {
                word: level.word(),
                name: words::level(say, level),
                over: over.to_string(),
                over_shown: shown(over),
                points: shown(line.mark(level).unwrap_or(over)),
            }
        });
        Self {
            code: criterion.code.to_string(),
            label: words::label(say, criterion),
            max: line.max.map(shown).unwrap_or_default(),
            points: points_of(line),
            rules: words::rule(say, criterion),
            is_leaf: criterion.rule.is_some(),
            from_figures: criterion.is_from_figures(),
            marks: marks(say, line),
            why: why(say, scored, sheet, at),
            claim: claims
                .into_iter()
                .flatten()
                .rev()
                .map(|claimed| ClaimView {
                    by: claimed.by.clone(),
                    at: claimed.at.in_table(),
                    note: claimed.note.clone(),
                    files: claimed.files.iter().map(file_name).collect(),
                })
                .collect(),
            options: asked.options,
            numbers: asked.numbers,
            note: last.map(|claimed| claimed.note.clone()).unwrap_or_default(),
            files: files.collect(),
            levels: levels.collect(),
            excuses: !is_frozen && (seen.rights.appraises || seen.rights.decides),
            objections: objections(say, seen, scored, unit, &criterion.code),
            objects: if !is_frozen && seen.rights.sends.contains(unit) {
                line.marks.iter().map(|mark| (mark.level.word(), words::level(say, mark.level))).collect()
            } else {
                Vec::new()
            },
        }
    }
}

/// The mark below a level.
fn below(line: &Line, level: Level) -> thidua_base::Number {
    let under = line.marks.iter().rfind(|mark| mark.level < level);
    under.map(|mark| mark.points).or(line.own).unwrap_or(thidua_base::Number::whole(0))
}

fn marks(say: &'static Messages, line: &Line) -> Vec<MarkView> {
    let counts = |level: Level| line.counted == Counted::Level(level);
    let own = line.own.map(|points| MarkView {
        level: words::level(say, Level::Own),
        points: shown(points),
        by: String::new(),
        reason: String::new(),
        counts: counts(Level::Own),
    });
    let others = line.marks.iter().map(|mark| MarkView {
        level: words::level(say, mark.level),
        points: shown(mark.points),
        by: mark.by.clone(),
        reason: mark.reason.clone(),
        counts: counts(mark.level),
    });
    own.into_iter().chain(others).collect()
}

/// The cell of an address and a code.
pub(super) fn cell_of(key: &(thidua_base::code::ClusterCode, i16, OrgId), criterion: &str) -> Result<CellKey, Fault> {
    Ok(CellKey {
        cluster: key.0.clone(),
        year: key.1,
        unit: key.2.clone(),
        criterion: CriterionCode::parse(criterion).map_err(|_| Fault::NotFound)?,
    })
}

#[cfg(test)]
impl crate::sampled::Sampled for SheetPage {
    fn samples(lang: Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = Messages::of(lang);
        let row = |at: usize| TreeRow {
            code: format!("A.{at}"),
            label: LONG_NAME.into(),
            depth: at,
            href: "/cum-thi-dua/c/2020/cham/x?tc=A.1".into(),
            points: "10".into(),
            max: "12,5".into(),
            is_current: at == 1,
            is_group: at == 0,
            note: if at == 1 { say.get("scoring.note-open") } else { "" },
            note_class: "plain",
        };
        let full = CriterionView {
            code: "A.1".into(),
            label: LONG_NAME.into(),
            max: "12,5".into(),
            points: "10".into(),
            rules: vec![LONG_NAME.into()],
            is_leaf: true,
            from_figures: false,
            marks: vec![MarkView {
                level: say.get("scoring.own"),
                points: "10".into(),
                by: LONG_NAME.into(),
                reason: LONG_NAME.into(),
                counts: true,
            }],
            why: vec![LONG_NAME.into()],
            claim: vec![ClaimView {
                by: LONG_NAME.into(),
                at: "05/7/2020".into(),
                note: LONG_NAME.into(),
                files: vec![(LONG_NAME.into(), "/cum-thi-dua/c/2020/minh-chung/f".into())],
            }],
            options: vec![("a".into(), LONG_NAME.into(), true)],
            numbers: vec![("so".into(), LONG_NAME.into(), "4".into())],
            note: LONG_NAME.into(),
            files: vec![FileView {
                id: "f".into(),
                name: LONG_NAME.into(),
                href: "/cum-thi-dua/c/2020/minh-chung/f".into(),
                is_cited: true,
                revoked: LONG_NAME.into(),
            }],
            levels: vec![LevelForm {
                word: "appraisal",
                name: say.get("scoring.appraisal"),
                over: "10".into(),
                over_shown: "10".into(),
                points: "7,5".into(),
            }],
            excuses: true,
            objections: vec![ObjectionView {
                number: 4,
                level: say.get("scoring.appraisal"),
                grounds: LONG_NAME.into(),
                by: LONG_NAME.into(),
                at: "05/7/2020".into(),
                due: "12/7/2020".into(),
                state: say.get("scoring.objection-open"),
                state_class: "note",
                said: vec![(LONG_NAME.into(), LONG_NAME.into())],
                outcome: LONG_NAME.into(),
                answers: true,
                withdraws: true,
            }],
            objects: vec![("appraisal", say.get("scoring.appraisal"))],
        };
        let of = |criterion: CriterionView, tree: Vec<TreeRow>, may: bool| Self {
            page: frame(Part::Clusters, lang),
            refusal: if may { LONG_NAME.into() } else { String::new() },
            head: Head::sample(say),
            unit: LONG_NAME.into(),
            total: "92,5".into(),
            grade: if may { LONG_NAME.into() } else { String::new() },
            rank: "1".into(),
            back: if may { LONG_NAME.into() } else { String::new() },
            tree,
            criterion,
            previous: if may { "/cum-thi-dua/c/2020/cham/x?tc=A.0".into() } else { String::new() },
            next: if may { "/cum-thi-dua/c/2020/cham/x?tc=A.2".into() } else { String::new() },
            skip: if may { "/cum-thi-dua/c/2020/cham/x?tc=A.3".into() } else { String::new() },
            previous_unit: if may { "/cum-thi-dua/c/2020/cham/w".into() } else { String::new() },
            next_unit: if may { "/cum-thi-dua/c/2020/cham/y".into() } else { String::new() },
            claims: may,
            sends: may,
            is_sent: !may,
            leads: may,
            returns: if may { vec![("A.1".into(), LONG_NAME.into(), true)] } else { Vec::new() },
            address: "/cum-thi-dua/c/2020/cham/x?tc=A.1".into(),
            turns: vec![LONG_NAME.into()],
            sanctions: vec![("ky-luat".into(), LONG_NAME.into())],
            stated: vec![(LONG_NAME.into(), LONG_NAME.into())],
            to_fill: "/cum-thi-dua/c/2020/cham/x/nhap-tep".into(),
            papers: Vec::new(),
            to_files: "/cum-thi-dua/c/2020/cham/x/minh-chung".into(),
            form_token: "0-0".into(),
        };
        let quiet =
            CriterionView {
                code: "A".into(), label: LONG_NAME.into(), points: "–".into(), ..CriterionView::default()
            };
        vec![of(quiet, Vec::new(), false), of(full, vec![row(0), row(1)], true)]
    }
}
