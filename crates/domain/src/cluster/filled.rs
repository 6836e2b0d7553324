//! A score sheet that was filled in a table elsewhere, held against the scoring row by row before anything is written:
//! what is new, what differs, what is the same, what is refused and why.

use std::collections::BTreeMap;

use thidua_base::code::{ClusterCode, CriterionCode, EvidenceId, OrgId};
use thidua_base::text::fold;
use thidua_base::{Number, Timestamp};

use super::answer::{AnswerFault, answer_text, read_answer};
use super::evidence::Claimed;
use super::journal::Act;
use super::mark::{Desk, Standing};
use super::review::{Reviewed, Verdict};
use super::scheme::Level;
use super::score::ScoreSheet;
use crate::collection::import::Written;
use crate::refusal::{CellFault, MarkFault, Refusal};

/// Whose column of a filled sheet is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// What the unit claims.
    Claims,
    /// The marks of a level above the unit.
    Marks(Level),
}

/// Which sheet a table was made for, where it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreStamp {
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// The member.
    pub unit: OrgId,
}

/// A row of a filled sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledScore {
    /// The row of the file, from 1.
    pub row: usize,
    /// The cell of the answer: `D12`.
    pub place: String,
    /// The criterion's code, as it stands there.
    pub criterion: String,
    /// The answer, or the points of a level.
    pub answer: Written,
    /// Names of files of evidence, parted by `;`.
    pub files: Written,
    /// The note, or the reason of a level.
    pub note: Written,
    /// The mark below as the file shows it: over it the level marked.
    pub below: Written,
}

/// What a row comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// It says nothing.
    Empty,
    /// Something where nothing was.
    New,
    /// Something else than there is.
    Changed,
    /// What there is.
    Unchanged,
    /// It is not taken.
    Refused(Refusal),
}

/// A row held against the scoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreLine {
    /// The row of the file, from 1.
    pub row: usize,
    /// The cell.
    pub place: String,
    /// The criterion's code, as it stands in the file.
    pub criterion: String,
    /// Its name; empty where the scheme has no such criterion.
    pub label: String,
    /// What the file says.
    pub in_file: String,
    /// What the scoring holds.
    pub held: String,
    /// The note or reason of the file.
    pub note: String,
    /// What it comes to.
    pub came: Came,
    /// What would be kept.
    pub act: Option<Act>,
}

/// Who takes a file, and when.
#[derive(Debug, Clone)]
pub struct Taker<'a> {
    /// For whom.
    pub standing: &'a Standing,
    /// The name.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
    /// Whether the unit's sheet lies with others.
    pub is_sent: bool,
}

/// Holds the rows of a filled sheet against a member's sheet, in their order; rows without a code of a criterion and
/// without an answer are headings, signatures and the like, and are passed over.
pub fn held_against(
    desk: &Desk<'_>,
    sheet: &ScoreSheet,
    taken: Taken,
    taker: &Taker<'_>,
    rows: &[FilledScore],
) -> Vec<ScoreLine> {
    let mut seen: BTreeMap<CriterionCode, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for row in rows {
        let code = CriterionCode::parse(row.criterion.trim()).ok();
        let criterion = code.as_ref().and_then(|code| desk.scheme.criterion(code));
        if criterion.is_none() && row.answer.is_empty() {
            continue;
        }
        let mut line = ScoreLine {
            row: row.row,
            place: row.place.clone(),
            criterion: row.criterion.clone(),
            label: criterion.map(|found| found.label.clone()).unwrap_or_default(),
            in_file: row.answer.shown(),
            held: String::new(),
            note: row.note.shown(),
            came: Came::Empty,
            act: None,
        };
        let refused = |why: MarkFault| {
            Came::Refused(Refusal::BadMark { unit: sheet.unit.to_string(), criterion: row.criterion.clone(), why })
        };
        let Some(criterion) = criterion else {
            line.came = refused(MarkFault::NoSuchLeaf);
            lines.push(line);
            continue;
        };
        let first = seen.get(&criterion.code).copied();
        if !row.answer.is_empty() {
            seen.entry(criterion.code.clone()).or_insert(row.row);
        }
        let place = desk.scheme.place(&criterion.code).unwrap_or(usize::MAX);
        match taken {
            Taken::Claims => claim(desk, sheet, taker, row, criterion, &mut line),
            Taken::Marks(level) => mark(desk, sheet, taker, row, (place, level), &mut line, criterion.rule.is_some()),
        }
        // One criterion in two rows: nobody can know which is meant.
        if let (Some(first), false) = (first, row.answer.is_empty()) {
            line.came = Came::Refused(Refusal::BadCell { why: CellFault::Twice { row: first } });
        }
        if matches!(line.came, Came::Refused(_) | Came::Empty | Came::Unchanged) {
            line.act = None;
        }
        lines.push(line);
    }
    lines
}

fn claim(
    desk: &Desk<'_>,
    sheet: &ScoreSheet,
    taker: &Taker<'_>,
    row: &FilledScore,
    criterion: &super::scheme::Criterion,
    line: &mut ScoreLine,
) {
    let unit = &sheet.unit;
    let refused =
        |why: MarkFault| Refusal::BadMark { unit: unit.to_string(), criterion: criterion.code.to_string(), why };
    let last = desk.evidence.claim(unit, &criterion.code);
    line.held = last.map(|claimed| answer_text(criterion, &claimed.claim)).unwrap_or_default();
    // What the workbook itself writes where nothing is to be typed is no answer.
    if row.answer.is_empty() || (criterion.is_from_figures() && fold(&row.answer.shown()) == fold(FROM_FIGURES)) {
        return;
    }
    let claimed = match read_answer(criterion, &row.answer) {
        Ok(None) => return,
        Ok(Some(claim)) => claim,
        Err(AnswerFault::Cell(refusal)) => return line.came = Came::Refused(refusal),
        Err(AnswerFault::Mark(why)) => return line.came = Came::Refused(refused(why)),
    };
    let files = match files(desk, unit, &row.files) {
        Ok(Some(files)) => files,
        Ok(None) => last.map(|claimed| claimed.files.clone()).unwrap_or_default(),
        Err(why) => return line.came = Came::Refused(refused(why)),
    };
    let note = match &row.note {
        Written::Empty => last.map(|claimed| claimed.note.clone()).unwrap_or_default(),
        other => other.shown(),
    };
    let claimed = Claimed { claim: claimed, files, note, by: taker.by.to_owned(), at: taker.at };
    if taker.is_sent {
        return line.came = Came::Refused(refused(MarkFault::Sent));
    }
    if let Err(refusal) = desk.claim(taker.standing, unit, &criterion.code, &claimed) {
        return line.came = Came::Refused(refusal);
    }
    line.came = match last {
        None => Came::New,
        Some(last) if (&last.claim, &last.files, &last.note) == (&claimed.claim, &claimed.files, &claimed.note) => {
            Came::Unchanged
        }
        Some(_) => Came::Changed,
    };
    line.act = Some(Act::Claimed(unit.clone(), criterion.code.clone(), claimed));
}

/// What stands in the cell of a criterion that is scored from figures.
pub const FROM_FIGURES: &str = "Theo số liệu";

/// The files that a cell names; `None` where it says nothing.
fn files(desk: &Desk<'_>, unit: &OrgId, cell: &Written) -> Result<Option<Vec<EvidenceId>>, MarkFault> {
    let text = cell.shown();
    if text.is_empty() {
        return Ok(None);
    }
    let named = text.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty());
    let found = named.map(|name| {
        let mut known = desk.evidence.files.iter().filter(|(_, file)| file.unit == *unit && file.revoked.is_none());
        let by_name = known.find(|(id, file)| fold(&file.name) == fold(name) || id.as_str() == name);
        by_name.map(|(id, _)| id.clone()).ok_or_else(|| MarkFault::NoSuchEvidence { file: name.to_owned() })
    });
    found.collect::<Result<Vec<_>, _>>().map(Some)
}

fn mark(
    desk: &Desk<'_>,
    sheet: &ScoreSheet,
    taker: &Taker<'_>,
    row: &FilledScore,
    (place, level): (usize, Level),
    line: &mut ScoreLine,
    is_leaf: bool,
) {
    let (unit, now) = (&sheet.unit, sheet.below(place, level));
    let last = sheet.lines.get(place).and_then(|line| line.marks.iter().find(|mark| mark.level == level));
    line.held = last.map(|mark| mark.points.vi()).unwrap_or_default();
    let number = |cell: &Written| -> Result<Option<Number>, Refusal> {
        match cell {
            Written::Empty => Ok(None),
            Written::Number(number) => Ok(Some(*number)),
            Written::Text(text) => {
                let read = Number::parse_vi(text).or_else(|_| Number::parse(text));
                read.map(Some).map_err(|_| Refusal::NotANumber { asked: text.clone() })
            }
            Written::Day(_) => Err(Refusal::BadCell { why: CellFault::Day }),
            Written::Fault(found) => Err(Refusal::BadCell { why: CellFault::Formula { found: found.clone() } }),
            Written::Long(found) => Err(Refusal::BadCell { why: CellFault::NotExact { found: found.clone() } }),
        }
    };
    let (points, over) = match (number(&row.answer), number(&row.below)) {
        (Ok(None), _) => return,
        // A group's points are a sum that the workbook shows.
        (Ok(Some(_)), _) if !is_leaf => return,
        // Where the file says nothing readable of the mark below, it was made over the one there now.
        (Ok(Some(points)), below) => (points, below.ok().flatten().unwrap_or(now)),
        (Err(refusal), _) => return line.came = Came::Refused(refusal),
    };
    let verdict = if points == over { Verdict::Agreed } else { Verdict::Points(points) };
    let by_unit = match taker.standing {
        Standing::Member(own) | Standing::Head(own) => Some(own.clone()),
        Standing::Appraiser | Standing::Council => None,
    };
    let reason = row.note.shown();
    if last.is_some_and(|last| last.points == points && (reason.is_empty() || last.reason == reason)) {
        line.came = Came::Unchanged;
        return;
    }
    let reviewed = Reviewed { level, verdict, over, reason, by: taker.by.to_owned(), by_unit, at: taker.at };
    let Some(code) = desk.scheme.criteria.get(place).map(|criterion| criterion.code.clone()) else { return };
    if let Err(refusal) = desk.review(taker.standing, unit, &code, &reviewed, now) {
        return line.came = Came::Refused(refusal);
    }
    line.came = if last.is_some() { Came::Changed } else { Came::New };
    line.act = Some(Act::Marked(unit.clone(), code, reviewed));
}
