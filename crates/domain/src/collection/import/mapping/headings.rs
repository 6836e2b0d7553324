//! Where the headings of a list stand, and what each column seems to hold.

use std::collections::BTreeSet;

use thidua_base::text::fold;

use super::{Candidate, Column, GUESS, Guess, Index, Known, ListKind, Role, SURE, Table, Written, bare};

/// Rows among which headings are looked for: above them stand titles and addresses.
const SEARCHED: usize = 40;

/// Most rows of headings, one above the other.
const DEPTH: usize = 3;

/// The rows of headings of a table, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headings {
    /// The first.
    pub first: usize,
    /// The last.
    pub last: usize,
}

impl Headings {
    /// The rows that look most like headings; none where no row has two of them.
    pub(super) fn find(table: &Table, known: &Known) -> Option<Self> {
        let index = Index::of(&known.indicators);
        let score = |row: &Vec<Written>| {
            let titles: BTreeSet<String> = row.iter().filter_map(title_of).collect();
            let is_heading = |title: &String| {
                by_words(title, known).is_some_and(|guess| guess.confidence >= SURE)
                    || index.guess(&bare(title), false).is_some()
            };
            titles.iter().filter(|title| is_heading(title)).count()
        };
        let scores = table.rows.iter().take(SEARCHED).map(score).enumerate();
        // The first of the best: below it stand sub-headings and figures.
        let best = scores.max_by_key(|(row, score)| (*score, std::cmp::Reverse(*row)))?;
        let (first, _) = (best.1 >= 2).then_some(best)?;
        let mut headings = Self { first, last: first };
        while headings.last + 1 < first + DEPTH && headings.continue_at(table, headings.last + 1, known) {
            headings.last += 1;
        }
        Some(headings)
    }

    /// Whether a row goes on with the headings: words only, and only under columns that need more words.
    fn continue_at(self, table: &Table, row: usize, known: &Known) -> bool {
        let Some(cells) = table.rows.get(row) else { return false };
        let is_text = |cell: &&Written| matches!(cell, Written::Text(_));
        let words = cells.iter().filter(is_text).count();
        let names_a_row = |(column, title): (usize, &Written)| {
            let role = title_of(title).and_then(|title| by_words(&title, known));
            let names = role.is_some_and(|g| {
                matches!(g.is, Role::Indicator | Role::Unit | Role::Code | Role::Ordinal | Role::Person | Role::Honour)
            });
            names && cells.get(column).is_some_and(|cell| !cell.is_empty())
        };
        let has_name = table.rows[self.first].iter().enumerate().any(names_a_row);
        words >= 1 && !has_name && cells.iter().all(|cell| cell.is_empty() || is_text(&cell))
    }

    /// The heading of each column, with those above it.
    pub(super) fn titles(self, table: &Table) -> Vec<String> {
        let rows = &table.rows[self.first..=self.last];
        let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let titles = (0..width).map(|column| {
            let parts = rows.iter().enumerate().filter_map(|(depth, cells)| {
                let below_is_filled =
                    rows[depth + 1..].iter().any(|row| row.get(column).is_some_and(|c| !c.is_empty()));
                match cells.get(column).and_then(title_of) {
                    Some(title) => Some(title),
                    // A heading over several columns stands in the first of them.
                    None if below_is_filled => cells[..column.min(cells.len())].iter().rev().find_map(title_of),
                    None => None,
                }
            });
            parts.collect::<Vec<_>>().join(" ")
        });
        titles.collect()
    }

    /// The rows below, with their numbers from 1.
    pub fn body(self, table: &Table) -> impl Iterator<Item = (usize, &[Written])> {
        table.rows.iter().enumerate().skip(self.last + 1).map(|(row, cells)| (row + 1, cells.as_slice()))
    }
}

fn title_of(cell: &Written) -> Option<String> {
    match cell {
        Written::Text(text) => Some(text.clone()),
        Written::Number(number) => Some(number.to_string()),
        Written::Empty | Written::Long(_) | Written::Day(_) | Written::Fault(_) => None,
    }
}

/// What each column seems to hold: by the words of its heading, then by the names that stand below.
pub(super) fn columns(table: &Table, headings: &Headings, titles: &[String], known: &Known) -> Vec<Column> {
    let index = Index::of(&known.indicators);
    let guess = |title: &String| {
        let by_name = || {
            let guess = index.guess(&bare(title), true)?;
            Some(Guess { is: Role::ActualOf(guess.is), confidence: guess.confidence })
        };
        // An indicator's own name is surer than a word in it.
        let named = index.guess(&bare(title), false).and_then(|_| by_name());
        let nothing = Guess { is: Role::Ignored, confidence: 100 };
        named.or_else(|| by_words(title, known)).or_else(by_name).unwrap_or(nothing)
    };
    let mut columns: Vec<Column> =
        titles.iter().map(|title| Column { title: title.clone(), role: guess(title) }).collect();
    by_names_below(table, headings, &mut columns, &known.indicators, &Role::Indicator);
    by_names_below(table, headings, &mut columns, &known.units, &Role::Unit);
    by_names_below(table, headings, &mut columns, &known.honours, &Role::Honour);
    let singles: Vec<Role> = match known.list {
        ListKind::Figures => vec![Role::Code, Role::Indicator, Role::Unit, Role::Actual],
        ListKind::Awards => Role::of_awards().filter(|role| !matches!(role, Role::Ignored | Role::Note)).collect(),
    };
    for single in singles {
        doubt_all_but_one(&mut columns, &single);
    }
    columns
}

/// Where no heading says which column holds the names, the one with most known names does.
fn by_names_below<I: Clone + PartialEq>(
    table: &Table,
    headings: &Headings,
    columns: &mut [Column],
    known: &[Candidate<I>],
    role: &Role,
) {
    let is_found = columns.iter().any(|column| column.role.is == *role || column.role.is == Role::Code);
    if is_found {
        return;
    }
    let index = Index::of(known);
    let count = |at: usize| {
        let cells = headings.body(table).filter_map(|(_, cells)| cells.get(at).and_then(title_of));
        cells.filter(|name| index.guess(&bare(name), false).is_some()).count()
    };
    let open = (0..columns.len()).filter(|at| columns[*at].role.is == Role::Ignored);
    let best = open.map(|at| (count(at), at)).max_by_key(|(count, at)| (*count, std::cmp::Reverse(*at)));
    if let Some((2.., at)) = best {
        columns[at].role = Guess { is: role.clone(), confidence: SURE };
    }
}

/// Of several columns that all seem to hold what only one can, none is sure, unless one is surer than all others.
fn doubt_all_but_one(columns: &mut [Column], role: &Role) {
    let most = columns.iter().filter(|c| c.role.is == *role).map(|c| c.role.confidence).max().unwrap_or(0);
    let first = columns.iter().filter(|c| c.role.is == *role && c.role.confidence == most).count();
    for column in columns.iter_mut().filter(|column| column.role.is == *role) {
        if first > 1 || column.role.confidence < most {
            column.role.confidence = column.role.confidence.min(GUESS);
        }
    }
}

/// Words of headings, surest first: those that are the whole heading, and those that stand in it.
#[rustfmt::skip]
const WORDS: &[(Role, &[&str], &[&str])] = &[
    (Role::Percent,     &["%", "ty le", "th/kh"],             &["so voi", "so sanh", "% ke hoach", "% kh", "% cung ky", "dat %", "% dat", "ty le dat", "ty le hoan thanh", "tang giam", "tang, giam", "tang/giam"]),
    (Role::SamePeriod,  &["ck"],                              &["cung ky", "nam truoc", "ky truoc"]),
    (Role::Accumulated, &[],                                  &["luy ke"]),
    (Role::Plan,        &["kh", "muc tieu"],                  &["ke hoach", "du toan", "duoc giao", "chi tieu giao", "kh nam", "kh giao"]),
    (Role::Measure,     &["dvt", "dv tinh", "dv"],            &["don vi tinh", "don vi do"]),
    (Role::Ordinal,     &["stt", "tt", "so tt", "so thu tu"], &[]),
    (Role::Code,        &["ma", "ma so", "ma chi tieu"],      &[]),
    (Role::Note,        &["ghi chu", "giai trinh"],           &["ghi chu"]),
    (Role::Unit,        &["don vi", "xa", "phuong", "dia phuong", "ten xa", "ten don vi", "co quan", "truong", "don vi bao cao"],
                                                              &["xa, thi tran", "xa, phuong", "xa/phuong", "xa - thi tran", "ten don vi", "ten xa", "don vi, dia phuong"]),
    (Role::Indicator,   &["chi tieu", "noi dung", "ten chi tieu", "danh muc", "tieu chi"],
                                                              &["chi tieu", "noi dung"]),
    (Role::Actual,      &["so luong", "gia tri", "uoc", "so lieu", "ket qua", "thuc hien", "th"],
                                                              &["thuc hien", "ket qua", "ky nay", "so lieu", "uoc th", "dat duoc"]),
];

/// Words of headings of lists of awards.
#[rustfmt::skip]
const AWARD_WORDS: &[(Role, &[&str], &[&str])] = &[
    (Role::Ordinal,     &["stt", "tt", "so tt", "so thu tu"], &[]),
    (Role::Cccd,        &["cccd", "so cccd", "cmnd", "so can cuoc", "so dinh danh"], &["can cuoc", "cccd", "dinh danh", "cmnd"]),
    (Role::Born,        &["nam sinh", "ngay sinh", "sinh nam"], &["ngay sinh", "nam sinh", "ngay thang nam sinh", "nam thanh lap", "ngay thanh lap"]),
    (Role::DecidedOn,   &["ngay qd", "ngay ky", "ngay quyet dinh", "ngay thang"], &["ngay qd", "ngay quyet dinh", "ngay ky", "ngay ban hanh", "ngay thang nam quyet dinh"]),
    (Role::Number,      &["so qd", "quyet dinh", "so quyet dinh", "so"], &["so quyet dinh", "so qd", "quyet dinh so"]),
    (Role::Authority,   &["cap khen", "co quan khen", "tham quyen", "nguoi ky"], &["cap khen", "co quan khen", "cap quyet dinh", "tham quyen", "co quan quyet dinh", "cap ban hanh"]),
    (Role::Year,        &["nam", "nam khen", "nam thanh tich", "nam dat"], &["nam khen", "nam dat", "nam thanh tich", "thanh tich nam"]),
    (Role::Honour,      &["danh hieu", "hinh thuc", "danh hieu thi dua", "hinh thuc khen thuong"], &["danh hieu", "hinh thuc"]),
    (Role::SubjectKind, &["doi tuong", "loai doi tuong"],     &["loai doi tuong"]),
    (Role::Post,        &["chuc vu", "chuc danh"],            &["chuc vu", "chuc danh"]),
    (Role::Unit,        &["don vi", "don vi cong tac", "noi cong tac", "co quan", "xa", "phuong", "truong", "dia chi"],
                                                              &["don vi", "noi cong tac", "xa, phuong", "xa/phuong"]),
    (Role::Person,      &["ho va ten", "ho ten", "ten", "ca nhan", "tap the", "ten ca nhan", "ten tap the", "chu ho"],
                                                              &["ho va ten", "ho ten", "ten ca nhan", "ten tap the", "ten chu ho", "ca nhan, tap the"]),
    (Role::Achievement, &["thanh tich", "noi dung", "noi dung khen"], &["thanh tich", "noi dung khen"]),
    (Role::Note,        &["ghi chu"],                         &["ghi chu"]),
];

fn by_words(title: &str, known: &Known) -> Option<Guess<Role>> {
    let title = fold(title);
    let words = match known.list {
        ListKind::Figures => WORDS,
        ListKind::Awards => AWARD_WORDS,
    };
    let found = words.iter().find_map(|(role, whole, part)| {
        let is_whole = whole.contains(&title.as_str());
        let confidence = if is_whole { Some(100) } else { part.iter().any(|word| title.contains(word)).then_some(90) };
        Some((role, confidence?))
    });
    if known.list == ListKind::Awards {
        return found.map(|(role, confidence)| Guess { is: role.clone(), confidence });
    }
    let (this, before) = (known.period.year().to_string(), (known.period.year() - 1).to_string());
    let says_before = title.contains(&before) && !title.contains(&this);
    if let Some((role, confidence)) = found {
        if *role == Role::Actual && says_before {
            return Some(Guess { is: Role::SamePeriod, confidence: 90 });
        }
        return Some(Guess { is: role.clone(), confidence });
    }
    if says_before {
        return Some(Guess { is: Role::SamePeriod, confidence: 70 });
    }
    title.contains(&this).then_some(Guess { is: Role::Actual, confidence: 70 })
}
