//! The bonus that goes with an award: base salaries of the day of the decision, as the law book says.

use thidua_base::code::HonourCode;
use thidua_base::{Date, Number};
use thidua_law::Book;
use thidua_law::procedure::BonusDue;
use thidua_law::vocabulary::SubjectKind;

/// The bonus of an award, frozen when it was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bonus {
    /// How many base salaries; nothing where the book does not say.
    pub times: Option<Number>,
    /// The base salary of the day, in đồng; zero where there are no `times`.
    pub base_salary: i64,
    /// How much, in đồng.
    pub vnd: i64,
    /// Where it is read, as printed; empty where the book does not say.
    pub cite: String,
    /// How surely: a word of `thidua_law::vocabulary::Confidence`; empty where the book does not say.
    pub confidence: String,
}

impl Bonus {
    /// No bonus that the book knows of.
    pub fn none() -> Self {
        Self { times: None, base_salary: 0, vnd: 0, cite: String::new(), confidence: String::new() }
    }

    /// The bonus of an honour by a decision of a day: the row of the law book that gives an amount. Of rows for several
    /// levels the one without a level holds; ceilings are no amounts.
    ///
    /// The product is exact; nothing is rounded, since no text seen says how.
    pub fn of(book: &Book, honour: &HonourCode, subject: SubjectKind, on: Date) -> Self {
        let rows: Vec<BonusDue> = book.bonuses(honour, subject, on).into_iter().filter(|row| !row.at_most).collect();
        let chosen = match rows.as_slice() {
            [only] => Some(only),
            several => {
                let mut plain = several.iter().filter(|row| row.level.is_none());
                plain.next().filter(|_| plain.next().is_none())
            }
        };
        chosen.map_or_else(Self::none, |row| Self {
            times: Some(row.times),
            base_salary: row.base_salary,
            vnd: row.vnd,
            cite: row.cites.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            confidence: row.confidence.word().to_owned(),
        })
    }
}
