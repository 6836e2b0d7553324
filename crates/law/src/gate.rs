//! What stands beside the honours: gates, transitions, base salaries, catalogues.

use thidua_base::Date;
use thidua_base::code::{HonourCode, InstrumentId};

use crate::cite::Citation;
use crate::condition::Node;
use crate::condition_read::{cite, cites, confidence, honours, read_root};
use crate::fault::{Fault, Wrong};
use crate::honour::{Dated, Honour, HonourKind, Span};
use crate::honour_read::{instrument, rows, span};
use crate::table::{Said, Table};
use crate::terms::Terms;
use crate::vocabulary::{AwardType, Class, Confidence, Effect, SubjectKind, TransitionLaw, TransitionWhen};

/// A rule that stands before many honours (điều kiện chung).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// When it holds.
    pub span: Span,
    /// What it does when it is not met.
    pub effect: Effect,
    /// For what.
    pub applies: Applies,
    /// The test.
    pub node: Node,
    /// The line of the file it begins in.
    pub line: usize,
}

/// For which honours and subjects a gate stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applies {
    /// Kinds; together with classes and honours they widen, and none of them means every honour.
    pub kinds: Vec<HonourKind>,
    /// Classes.
    pub classes: Vec<Class>,
    /// Honours.
    pub honours: Vec<HonourCode>,
    /// Only these subjects; every one where empty.
    pub subjects: Vec<SubjectKind>,
    /// Only these types of commendation; every one where empty.
    pub types: Vec<AwardType>,
    /// Not these types.
    pub not_types: Vec<AwardType>,
}

impl Applies {
    /// Whether it stands before an honour for a subject.
    pub fn to(&self, honour: &Honour, subject: SubjectKind) -> bool {
        let everywhere = self.kinds.is_empty() && self.classes.is_empty() && self.honours.is_empty();
        let named = self.kinds.contains(&honour.kind)
            || self.classes.contains(&honour.class)
            || self.honours.contains(&honour.code);
        (everywhere || named) && (self.subjects.is_empty() || self.subjects.contains(&subject))
    }

    /// Whether it stands for a type of commendation: yes, no, or not known.
    pub fn to_type(&self, kind: Option<AwardType>) -> Option<bool> {
        stands_for(&self.types, &self.not_types, kind)
    }
}

/// Whether what is for some types, or not for some, stands for one: yes, no, or not known.
pub(crate) fn stands_for(types: &[AwardType], not_types: &[AwardType], kind: Option<AwardType>) -> Option<bool> {
    if types.is_empty() && not_types.is_empty() {
        return Some(true);
    }
    let kind = kind?;
    Some((types.is_empty() || types.contains(&kind)) && !not_types.contains(&kind))
}

/// A clause on files, awards and achievements around a day when the law changed (điều khoản chuyển tiếp).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// Its id.
    pub id: String,
    /// The day of the change.
    pub boundary: Date,
    /// In which case.
    pub when: TransitionWhen,
    /// Which law.
    pub law: TransitionLaw,
    /// For these honours; with classes they widen, and neither means every honour.
    pub honours: Vec<HonourCode>,
    /// For these classes.
    pub classes: Vec<Class>,
    /// The clauses of the same day it goes before.
    pub over: Vec<String>,
    /// Where it is read.
    pub cite: Citation,
    /// How surely.
    pub confidence: Confidence,
    /// Our own words on it.
    pub note: Option<Said>,
    /// The line of the file it begins in.
    pub line: usize,
}

impl Transition {
    /// Whether it is for an honour.
    pub fn to(&self, honour: &Honour) -> bool {
        let everywhere = self.classes.is_empty() && self.honours.is_empty();
        everywhere || self.classes.contains(&honour.class) || self.honours.contains(&honour.code)
    }
}

/// The base salary of a time, in đồng a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseSalary {
    /// Đồng a month.
    pub vnd: i64,
    /// The instrument that set it.
    pub instrument: InstrumentId,
}

/// The honours of a law on a day, to hold the book against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// The law.
    pub law: InstrumentId,
    /// The day.
    pub day: Date,
    /// Every honour of it.
    pub honours: Vec<HonourCode>,
}

/// Reads `gates.toml`.
pub(crate) fn gates(table: &Table<'_>, terms: &Terms) -> Result<Vec<Gate>, Fault> {
    table.tables("gate")?.iter().map(|row| gate(row, terms)).collect()
}

pub(crate) fn gate(row: &Table<'_>, terms: &Terms) -> Result<Gate, Fault> {
    let applies = match row.maybe_table("applies")? {
        Some(table) => {
            let applies = Applies {
                kinds: table.words("kinds")?,
                classes: table.words("classes")?,
                honours: honours(&table, "honours")?,
                subjects: table.words("subjects")?,
                types: table.words("types")?,
                not_types: table.words("not_types")?,
            };
            table.all_used()?;
            applies
        }
        None => Applies::default(),
    };
    let id = row.text("id")?.to_owned();
    let cite = cite(row, "cite")?;
    let confidence = confidence(row)?;
    let gate = Gate {
        name: row.said("name")?,
        span: span(row)?,
        effect: row.word("effect")?,
        applies,
        node: Node {
            id: Some(id.clone()),
            also: cites(row, "also")?,
            confidence,
            note: row.maybe_said("note")?,
            open: row.maybe_text("open")?.map(str::to_owned),
            test: read_root(&row.table("test")?, terms, &cite, confidence)?,
            cite,
        },
        line: row.line(),
        id,
    };
    row.all_used()?;
    Ok(gate)
}

/// Reads `transitions.toml`.
pub(crate) fn transitions(table: &Table<'_>) -> Result<Vec<Transition>, Fault> {
    let list: Vec<Transition> = table.tables("transition")?.iter().map(transition).collect::<Result<_, _>>()?;
    for (row, one) in table.tables("transition")?.iter().zip(&list) {
        if let Some(missing) = one.over.iter().find(|id| !list.iter().any(|other| other.id == **id)) {
            return Err(row.wrong_at("over", Wrong::NoCondition(missing.clone())));
        }
        let rival = list.iter().find(|other| {
            other.id != one.id && other.boundary == one.boundary && other.meets(one) && !other.is_ordered_with(one)
        });
        if let Some(rival) = rival {
            return Err(row.wrong(Wrong::TwoTransitions(rival.id.clone())));
        }
    }
    Ok(list)
}

impl Transition {
    fn is_ordered_with(&self, other: &Self) -> bool {
        self.over.contains(&other.id) || other.over.contains(&self.id)
    }

    /// Whether both can choose the law of one file: awards and works begun before do not choose it.
    fn meets(&self, other: &Self) -> bool {
        let chooses = |one: &Self| {
            matches!(
                one.when,
                TransitionWhen::ReceivedBefore | TransitionWhen::ProposedBefore | TransitionWhen::AchievedBefore
            )
        };
        chooses(self) && chooses(other)
    }
}

fn transition(row: &Table<'_>) -> Result<Transition, Fault> {
    let transition = Transition {
        id: row.text("id")?.to_owned(),
        boundary: row.date("boundary")?,
        when: row.word("when")?,
        law: row.word("law")?,
        honours: honours(row, "honours")?,
        classes: row.words("classes")?,
        over: row.texts("over")?.into_iter().map(str::to_owned).collect(),
        cite: cite(row, "cite")?,
        confidence: confidence(row)?,
        note: row.maybe_said("note")?,
        line: row.line(),
    };
    cites(row, "also")?;
    row.maybe_text("open")?;
    row.all_used()?;
    Ok(transition)
}

/// Reads `salary.toml`.
pub(crate) fn salaries(table: &Table<'_>) -> Result<Vec<Dated<BaseSalary>>, Fault> {
    rows(table, "base_salary", |row| {
        Ok(BaseSalary { vnd: row.number("vnd", None, 1..=1_000_000_000)?, instrument: instrument(row, "instrument")? })
    })
}

/// Reads `catalogue.toml`.
pub(crate) fn catalogues(table: &Table<'_>) -> Result<Vec<Catalogue>, Fault> {
    let read = |row: &Table<'_>| {
        let catalogue =
            Catalogue { law: instrument(row, "law")?, day: row.date("day")?, honours: honours(row, "honours")? };
        row.all_used()?;
        Ok(catalogue)
    };
    table.tables("catalogue")?.iter().map(read).collect()
}
