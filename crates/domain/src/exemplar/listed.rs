//! A list of exemplars from a workbook or a text of columns, read row by row into proposals; nothing is guessed.

use std::collections::BTreeMap;

use thidua_base::code::{MovementCode, OrgId};
use thidua_base::text::fold;

use super::profile::{Contact, ExemplarKind, FIELDS, Judged, Proposal, judge};
use crate::collection::import::Written;
use crate::refusal::{ExemplarFault, Refusal};

/// Rows above the headings that are looked at.
const HEADINGS_WITHIN: usize = 20;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Its name.
    Name,
    /// Its field.
    Field,
    /// What it is.
    Kind,
    /// Where.
    Unit,
    /// How big.
    Size,
    /// Measured in.
    Measure,
    /// Since which year.
    Since,
    /// What is told.
    Story,
    /// How it is done.
    Method,
    /// Whom to ask.
    ContactName,
    /// How to reach them.
    ContactWay,
    /// The movement it came out of.
    Movement,
}

/// Headings by column, folded; the first is the one that exports write.
const HEADINGS: [(Column, &[&str]); 12] = [
    (Column::Name, &["ten mo hinh, dien hinh", "ten mo hinh", "ten dien hinh", "mo hinh", "dien hinh", "ten", "name"]),
    (Column::Field, &["linh vuc", "field"]),
    (Column::Kind, &["loai", "kind"]),
    (Column::Unit, &["dia ban", "don vi", "noi thuc hien", "xa", "place", "unit"]),
    (Column::Size, &["quy mo", "size"]),
    (Column::Measure, &["don vi tinh", "dvt", "measure"]),
    (Column::Since, &["tu nam", "nam bat dau", "since"]),
    (Column::Story, &["noi dung", "ket qua", "story"]),
    (Column::Method, &["cach lam", "method"]),
    (Column::ContactName, &["nguoi lien he", "lien he", "contact"]),
    (Column::ContactWay, &["cach lien he", "dien thoai", "telephone"]),
    (Column::Movement, &["phong trao", "movement"]),
];

/// Words by which lists name kinds, folded.
const KINDS: [(ExemplarKind, &[&str]); 4] = [
    (ExemplarKind::Model, &["mo hinh", "model", ""]),
    (ExemplarKind::Person, &["ca nhan", "person"]),
    (ExemplarKind::Collective, &["tap the", "collective"]),
    (ExemplarKind::Household, &["ho gia dinh", "household"]),
];

/// What the rows of a list are held against.
#[derive(Debug, Clone)]
pub struct Ground<'a> {
    /// The unit of rows that name none.
    pub unit: &'a OrgId,
    /// The units rows may name, each with all its names.
    pub units: &'a [(OrgId, Vec<String>)],
    /// Names of fields, each with its word of [`FIELDS`].
    pub fields: &'a [(String, String)],
    /// The movements, each with all its wordings.
    pub movements: &'a [(MovementCode, Vec<String>)],
    /// Names of the exemplars there are, by place.
    pub there: BTreeMap<OrgId, Vec<String>>,
    /// This year.
    pub year_now: i16,
}

/// What a row comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub row: usize,
    /// The name as written.
    pub name: String,
    /// The place as written; empty where the row names none.
    pub place: String,
    /// The proposal, or why it is none.
    pub outcome: Result<Judged, Refusal>,
}

/// Reads the rows of a list; `None` where no row names the columns: a name and how it is done at least.
pub fn read(rows: &[Vec<Written>], mut ground: Ground<'_>) -> Option<Vec<Line>> {
    let named = |row: &Vec<Written>| -> BTreeMap<Column, usize> {
        let columns = row.iter().enumerate().filter_map(|(at, cell)| Some((column_of(&cell.shown())?, at)));
        // Of two columns of one heading the first counts.
        columns.rev().collect()
    };
    let (head, columns) = rows.iter().take(HEADINGS_WITHIN).enumerate().find_map(|(at, row)| {
        let columns = named(row);
        (columns.contains_key(&Column::Name) && columns.contains_key(&Column::Method)).then_some((at, columns))
    })?;
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(head + 1) {
        let cell = |column: Column| -> String {
            let found = columns.get(&column).and_then(|at| row.get(*at));
            match (column, found) {
                (_, None) => String::new(),
                // A year and a telephone number are no amounts: they have no points between thousands.
                (Column::Since | Column::ContactWay, Some(Written::Number(number))) => number.to_string(),
                (_, Some(cell)) => cell.shown().trim().to_owned(),
            }
        };
        let (name, place) = (cell(Column::Name), cell(Column::Unit));
        if name.is_empty() && row.iter().all(|cell| cell.shown().trim().is_empty()) {
            continue;
        }
        let outcome = proposal(&ground, &cell).and_then(|asked| {
            let there = ground.there.get(&asked.unit).cloned().unwrap_or_default();
            judge(asked, ground.year_now, &there)
        });
        if let Ok(judged) = &outcome {
            let proposal = &judged.proposal;
            ground.there.entry(proposal.unit.clone()).or_default().push(proposal.name.clone());
        }
        lines.push(Line { row: at + 1, name, place, outcome });
    }
    Some(lines)
}

fn proposal(ground: &Ground<'_>, cell: &impl Fn(Column) -> String) -> Result<Proposal, Refusal> {
    let place = cell(Column::Unit);
    let unit = match place.as_str() {
        "" => ground.unit.clone(),
        named => one_named(ground.units, named)
            .ok_or_else(|| Refusal::UnknownUnit { asked: named.to_owned(), near: Vec::new() })?,
    };
    let movement = match cell(Column::Movement).as_str() {
        "" => None,
        named => {
            let unknown = || ExemplarFault::UnknownMovement { asked: named.to_owned() };
            Some(one_named(ground.movements, named).ok_or_else(unknown)?)
        }
    };
    let (field, kind) = (plain(&cell(Column::Field)), plain(&cell(Column::Kind)));
    let named = ground.fields.iter().find(|(name, _)| plain(name) == field).map(|(_, word)| word.as_str());
    let known = FIELDS.into_iter().find(|word| plain(word) == field || Some(*word) == named);
    let of_kind = KINDS.iter().find(|(_, words)| words.contains(&kind.as_str())).map(|(kind, _)| *kind);
    let field = known.map_or_else(|| cell(Column::Field), str::to_owned);
    Ok(Proposal {
        kind: of_kind.unwrap_or_else(|| ExemplarKind::of_field(&field)),
        subject: None,
        field,
        name: cell(Column::Name),
        unit,
        size: cell(Column::Size),
        measure: cell(Column::Measure),
        since: cell(Column::Since),
        story: cell(Column::Story),
        method: cell(Column::Method),
        contact: Contact { name: cell(Column::ContactName), way: cell(Column::ContactWay) },
        movement,
    })
}

/// The one thing that a name means; none where nothing or several bear it.
fn one_named<I: Clone>(known: &[(I, Vec<String>)], named: &str) -> Option<I> {
    let asked = plain(named);
    let mut found = known.iter().filter(|(_, names)| names.iter().any(|name| plain(name) == asked));
    match (found.next(), found.next()) {
        (Some((id, _)), None) => Some(id.clone()),
        _ => None,
    }
}

fn column_of(heading: &str) -> Option<Column> {
    let asked = plain(heading);
    HEADINGS.iter().find(|(_, names)| names.iter().any(|name| plain(name) == asked)).map(|(column, _)| *column)
}

/// A text without marks, signs and case: what two spellings of one name share.
fn plain(text: &str) -> String {
    let letters: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str) -> Vec<Vec<Written>> {
        text.lines().map(|line| line.split('|').map(Written::text).collect()).collect()
    }

    fn lines(text: &str) -> Option<Vec<Line>> {
        let own = OrgId::parse("x-1").unwrap();
        let units = [
            (own.clone(), vec!["Xã Dân Lý".to_owned(), "Dân Lý".to_owned()]),
            (OrgId::parse("x-2").unwrap(), vec!["Xã Vân Sơn".to_owned()]),
            (OrgId::parse("x-3").unwrap(), vec!["Thôn 1".to_owned()]),
            (OrgId::parse("x-4").unwrap(), vec!["Thôn 1".to_owned()]),
        ];
        let movements = [(MovementCode::parse("PT01").unwrap(), vec!["Dân vận khéo".to_owned()])];
        let fields = [("Sản phẩm OCOP".to_owned(), "ocop".to_owned())];
        let there = BTreeMap::from([(own.clone(), vec!["Rau an toàn".to_owned()])]);
        read(
            &rows(text),
            Ground { unit: &own, units: &units, fields: &fields, movements: &movements, there, year_now: 2020 },
        )
    }

    #[test]
    fn rows_become_proposals_or_say_why_not() {
        let read = lines(
            "DANH SÁCH ĐIỂN HÌNH\nTT|Tên mô hình|Lĩnh vực|Đơn vị|Quy mô|ĐVT|Từ năm|Cách làm|Phong trào\n\
             1|Dưa nhà màng|Trồng trọt|xã vân sơn|0,5|ha|2018|Tưới nhỏ giọt|dân vận khéo\n\
             2|Dưa nhà màng|Trồng trọt|Xã Vân Sơn||||Tưới|\n\
             3|rau an toàn|Trồng trọt|||||Vòm|\n\
             4|Nuôi ong|Làm vườn|||||Thùng|\n\
             5|Nuôi ong|Chăn nuôi|Thôn 1||||Thùng|\n\
             ||||||||\n\
             6|Nuôi ong|Chăn nuôi||3|||Thùng|\n\
             7|Mật ong|sản phẩm Ocop||3|lít||Thùng|\n",
        )
        .unwrap();
        let faults: Vec<Option<Refusal>> = read.iter().map(|line| line.outcome.clone().err()).collect();
        let first = read[0].outcome.as_ref().unwrap();
        assert_eq!((first.proposal.unit.as_str(), first.since), ("x-2", Some(2018)));
        assert_eq!(first.proposal.movement.as_ref().unwrap().as_str(), "PT01");
        assert_eq!(faults[1], Some(ExemplarFault::AlreadyThere { name: "Dưa nhà màng".into() }.into()));
        assert_eq!(faults[2], Some(ExemplarFault::AlreadyThere { name: "Rau an toàn".into() }.into()));
        assert_eq!(faults[3], Some(ExemplarFault::UnknownField { asked: "Làm vườn".into() }.into()));
        assert_eq!(faults[4], Some(Refusal::UnknownUnit { asked: "Thôn 1".into(), near: vec![] }), "two bear the name");
        assert_eq!(faults[5], Some(ExemplarFault::NoMeasure.into()));
        assert_eq!(read[6].outcome.as_ref().unwrap().proposal.field, "ocop");
        assert_eq!(read.iter().map(|line| line.row).collect::<Vec<_>>(), [3, 4, 5, 6, 7, 9, 10]);
    }

    #[test]
    fn a_table_without_headings_is_none() {
        assert_eq!(lines("a|b\nc|d"), None);
        assert_eq!(lines(""), None);
    }

    proptest! {
        #[test]
        fn any_table_is_read(cells in prop::collection::vec(prop::collection::vec(".{0,8}", 0..10), 0..8)) {
            let mut text = "Tên|Cách làm|Lĩnh vực|Đơn vị".to_owned();
            for row in &cells {
                let row: Vec<String> = row.iter().map(|cell| cell.replace(['|', '\n', '\r'], " ")).collect();
                text.push('\n');
                text.push_str(&row.join("|"));
            }
            let read = lines(&text);
            prop_assert!(read.is_some_and(|lines| lines.len() <= cells.len()));
        }
    }
}
