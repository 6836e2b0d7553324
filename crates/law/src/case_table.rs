//! Cases on the dated tables: quotas, votes, bonuses, who decides, and every other row by its words.

use thidua_base::Date;
use thidua_base::code::HonourCode;

use crate::book::Book;
use crate::case::Failure;
use crate::fault::{Fault, Wrong};
use crate::honour::on_day;
use crate::procedure::{Ballot, count_ballot};
use crate::quota::room;
use crate::table::{Source, Table};
use crate::vocabulary::{SubjectKind, Word};

/// A case on a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCase {
    /// The file it stands in.
    pub file: String,
    /// The line it begins in.
    pub line: usize,
    /// What it shows.
    pub name: String,
    /// The honour.
    pub honour: HonourCode,
    /// The day.
    pub on: Date,
    /// What is asked.
    pub ask: Ask,
    /// What must come out.
    pub want: Vec<String>,
}

/// What is asked of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// How many places a quota gives for a base.
    Quota(u32),
    /// What a vote comes to.
    Ballot(Ballot),
    /// What bonus is due, in đồng.
    Bonus(SubjectKind),
    /// Who decides.
    Decider,
    /// Every row of a table that holds on the day, in words.
    Rows(String),
}

/// Every table that has rows.
pub const TABLES: [&str; 9] =
    ["decider", "proposer", "paper", "vote", "deadline", "processing", "bonus", "quota", "waiting"];

impl TableCase {
    /// Reads every such case of a file; the others are left to [`crate::case::Case::read`].
    ///
    /// # Errors
    /// When the file is not of its format.
    pub fn read(source: Source<'_>) -> Result<Vec<Self>, Fault> {
        source.read(|table| {
            // Asked for so that they are not taken for unknown keys.
            let all = table.maybe_text("honour")?.map(str::to_owned);
            table.tables("history")?;
            table.tables("case")?;
            table.tables("probe")?;
            let mut cases = Vec::new();
            for key in ["quota", "ballot", "bonus", "decider", "rows"] {
                for row in table.tables(key)? {
                    cases.push(read_one(key, &row, all.as_deref())?);
                    row.all_used()?;
                }
            }
            Ok(cases)
        })
    }

    /// Runs the case.
    pub fn run(&self, book: &Book) -> Vec<Failure> {
        let found = self.found(book);
        if found == self.want {
            return Vec::new();
        }
        vec![Failure {
            file: self.file.clone(),
            line: self.line,
            name: self.name.clone(),
            of: format!("{:?}", self.ask),
            cite: String::new(),
            wanted: self.want.join("; "),
            found: found.join("; "),
            evidence: String::new(),
        }]
    }

    /// What the book says.
    pub fn found(&self, book: &Book) -> Vec<String> {
        let Some(honour) = book.honour(&self.honour) else { return Vec::new() };
        let procedure = &honour.procedure;
        match &self.ask {
            Ask::Quota(base) => {
                let rows = on_day(&procedure.quotas, self.on);
                rows.map(|row| room(row.what.percent, *base, row.what.rounding).places.to_string()).collect()
            }
            Ask::Ballot(ballot) => {
                let rows = on_day(&procedure.votes, self.on);
                rows.map(|row| count_ballot(&row.what, ballot).code().to_owned()).collect()
            }
            Ask::Bonus(subject) => {
                let due = book.bonuses(&self.honour, *subject, self.on);
                due.iter().map(|due| due.vnd.to_string()).collect()
            }
            Ask::Decider => on_day(&procedure.deciders, self.on).map(|row| row.what.authority.clone()).collect(),
            Ask::Rows(table) => book.rows_in_words(&self.honour, table, self.on),
        }
    }
}

fn read_one(key: &str, row: &Table<'_>, all: Option<&str>) -> Result<TableCase, Fault> {
    let number = |key: &str| row.number(key, Some(0), 0..=1_000_000).map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    let ask = match key {
        "quota" => Ask::Quota(number("base")?),
        "ballot" => Ask::Ballot(Ballot {
            members: number("members")?,
            summoned: number("summoned")?,
            present: number("present")?,
            yes: number("yes")?,
            written_yes: number("written_yes")?,
        }),
        "bonus" => Ask::Bonus(row.word("subject")?),
        "decider" => Ask::Decider,
        _ => {
            let table = row.text("table")?;
            if !TABLES.contains(&table) {
                let wrong = Wrong::UnknownWord { word: table.to_owned(), what: "bảng" };
                return Err(row.wrong_at("table", wrong));
            }
            Ask::Rows(table.to_owned())
        }
    };
    let code = match row.maybe_text("honour")?.or(all) {
        Some(code) => code,
        None => return Err(row.wrong_at("honour", Wrong::Missing)),
    };
    Ok(TableCase {
        file: row.file().to_owned(),
        line: row.line(),
        name: row.maybe_text("name")?.unwrap_or(key).to_owned(),
        honour: HonourCode::parse(code).map_err(|_| row.wrong_at("honour", Wrong::NotACode(code.to_owned())))?,
        on: row.date("on")?,
        ask,
        want: row.texts("want")?.into_iter().map(str::to_owned).collect(),
    })
}

impl Book {
    /// The rows of a table of an honour that hold on a day, each in one line of words: what the day says, without its
    /// dates.
    pub fn rows_in_words(&self, honour: &HonourCode, table: &str, day: Date) -> Vec<String> {
        let Some(honour) = self.honour(honour) else { return Vec::new() };
        let procedure = &honour.procedure;
        let maybe = |text: Option<String>| text.map(|text| format!(" {text}")).unwrap_or_default();
        match table {
            "decider" => on_day(&procedure.deciders, day).map(|row| row.what.authority.clone()).collect(),
            "proposer" => on_day(&procedure.proposers, day).map(|row| row.what.vi.clone()).collect(),
            "paper" => on_day(&procedure.papers, day)
                .map(|row| {
                    let original = if row.what.original { " bản chính" } else { "" };
                    format!("{} {}{original}{}", row.what.code, row.what.copies, maybe(row.what.form.clone()))
                })
                .collect(),
            "vote" => on_day(&procedure.votes, day)
                .map(|row| {
                    let percent = row.what.percent.map(|n| format!("{n}%"));
                    let of = row.what.of.map(|of| of.code().to_owned());
                    let method = row.what.method.map(|method| method.code().to_owned());
                    let written = row.what.written_counts.map(|counts| format!("giấy={counts}"));
                    let quorum = row.what.quorum.map(|(n, of)| format!("có mặt {n}% {}", of.code()));
                    format!(
                        "{}{}{}{}{}{}",
                        row.what.body,
                        maybe(method),
                        maybe(percent),
                        maybe(of),
                        maybe(written),
                        maybe(quorum)
                    )
                })
                .collect(),
            "deadline" => on_day(&procedure.deadlines, day)
                .map(|row| {
                    let education = row.what.education.map(|day| format!("giáo dục {}", day.code()));
                    let year = row.what.year.map(|year| year.code().to_owned());
                    let opens = row.what.opens.map(|day| format!("từ {}", day.code()));
                    format!("{}{}{}{}", row.what.month_day.code(), maybe(education), maybe(year), maybe(opens))
                })
                .collect(),
            "processing" => on_day(&procedure.processing, day)
                .map(|row| {
                    format!(
                        "{} {} {}{}",
                        row.what.step,
                        row.what.days,
                        row.what.clock.code(),
                        maybe(row.what.level.clone())
                    )
                })
                .collect(),
            "bonus" => on_day(&procedure.bonuses, day)
                .map(|row| {
                    let most = if row.what.at_most { " tối đa" } else { "" };
                    format!("{} {}{most}{}", row.what.subject.code(), row.what.times, maybe(row.what.level.clone()))
                })
                .collect(),
            "quota" => on_day(&procedure.quotas, day)
                .map(|row| format!("{}% {}{}", row.what.percent, row.what.rounding.code(), maybe(row.what.per.clone())))
                .collect(),
            "waiting" => on_day(&procedure.waiting, day).map(|row| format!("{} năm", row.what.years)).collect(),
            _ => Vec::new(),
        }
    }
}
