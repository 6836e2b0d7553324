//! The passport of a figure: its value, its origin, who entered it, what it was computed from and how.

use std::collections::BTreeSet;
use std::sync::Arc;

use thidua_base::code::{FormId, HonourCode, IndicatorCode, OrgId, StandardCode};
use thidua_base::{Date, Number, Percent, Period, Timestamp};
use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb, may};
use thidua_domain::collection::submission::Event;
use thidua_domain::collection::{Entry, Evidence};
use thidua_domain::decision::Award;
use thidua_domain::draft::Issue;
use thidua_domain::honour::Subject;
use thidua_domain::indicator::figures::{Coverage, Made, Trace};
use thidua_domain::indicator::{Absence, Indicator, Reading, TreeRule, ValueKind, cell_key};
use thidua_domain::org::{Structure, Unit};
use thidua_store as store;
use thidua_store::Tx;

use super::accepted::{Accepted, accepted};
use super::fact::{Fact, FactKind, FactValue};
use super::figures::{Asked, Loaded, load, untold};
use super::overview::{Row, row};
use super::restated::{self, RestatedAsked, RestatedRow};
use super::standard::{StandardCount, counts};
use crate::org::Standing;
use crate::report::Gathered;
use crate::{App, Error};
use thidua_domain::indicator::compare::Change;

/// The passport of a key.
#[derive(Debug, Clone)]
pub struct Passport {
    /// Unit, period, day of the pages.
    pub standing: Standing,
    /// The key.
    pub key: String,
    /// What the key names.
    pub subject: PassportSubject,
    /// How each figure shown with it is computed, with the numbers filled in.
    pub formulas: Vec<Formula>,
    /// Stored facts it depends on, in the order of their keys.
    pub used: Vec<Fact>,
}

/// What a passport is about.
#[derive(Debug, Clone)]
pub enum PassportSubject {
    /// An indicator of a unit in a period.
    Cell(Box<Cell>),
    /// A standard counted on the last day of the period.
    Standard(Box<StandardCount>),
    /// Awards of one honour in the period.
    Honour {
        /// Its name.
        name: String,
        /// What is counted: `giấy khen`.
        measure: String,
        /// All awards.
        all: usize,
        /// Those to collectives.
        collectives: usize,
        /// Those to individuals.
        individuals: usize,
    },
    /// A figure of an earlier period, carried to a unit of a later day.
    Restated(Box<RestatedCell>),
    /// Any other stored fact.
    Fact(Box<Fact>),
}

/// A figure carried to a unit of a later day.
#[derive(Debug, Clone)]
pub struct RestatedCell {
    /// The indicator, as it was defined for the period.
    pub indicator: Indicator,
    /// The period.
    pub period: Period,
    /// The day whose unit it is.
    pub day: Date,
    /// What divided units were divided by; empty where they were not.
    pub basis: String,
    /// The unit with its figure and what it is made up of.
    pub row: RestatedRow,
}

/// An indicator of a unit in a period.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The unit.
    pub unit: Unit,
    /// The period.
    pub period: Period,
    /// Value, plans, same period.
    pub row: Row,
    /// The unit's own reading, if it made one.
    pub reading: Option<Reading>,
    /// Every reading of the cell, latest first.
    pub history: Vec<Reading>,
    /// How its readings came in and went up, oldest first.
    pub trail: Vec<Trail>,
    /// The papers it cites, oldest first, for who may read the unit's sheets; withdrawn ones too.
    pub evidence: Vec<Evidence>,
    /// Of a total: how much was taken in.
    pub accepted: Option<Accepted>,
}

/// Something that happened to a cell's readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trail {
    /// Someone entered a figure.
    Entered(Box<Entry>),
    /// A sheet with it took a step: sent, taken in, approved.
    Stepped(FormId, Event),
    /// A report that prints it was issued.
    Issued(Issue),
}

impl Trail {
    /// When.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Entered(entry) => entry.at,
            Self::Stepped(_, event) => event.at,
            Self::Issued(issue) => issue.at,
        }
    }
}

/// How a figure is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// A sum over units.
    Sum {
        /// Units with a value.
        units: usize,
        /// The sum.
        total: Number,
    },
    /// The number of units whose value is above zero.
    CountPositive {
        /// The indicator counted.
        of: IndicatorCode,
        /// The count.
        total: Number,
    },
    /// One indicator over another, each rolled up by itself.
    Quotient {
        /// What is divided.
        up: Term,
        /// By what.
        down: Term,
        /// 100 for a percentage, else 1.
        factor: i64,
        /// The result, rounded once; `None` where a side has no value or there is nothing to divide by.
        result: Option<Number>,
    },
    /// 100 · actual / plan.
    PercentOfPlan {
        /// Who assigned it.
        assigner: String,
        /// The value.
        actual: Number,
        /// The plan.
        plan: Number,
        /// The result, rounded once.
        percent: Percent,
    },
    /// 100 · actual / prior, minus 100.
    Growth {
        /// The value.
        actual: Number,
        /// The same period's value.
        prior: Number,
        /// The rounded percentage.
        percent: Percent,
        /// The growth.
        growth: Option<Number>,
    },
    /// actual − prior.
    Difference {
        /// The value.
        actual: Number,
        /// The same period's value.
        prior: Number,
        /// The difference.
        change: Number,
    },
    /// 100 · n / m.
    Share {
        /// n.
        reached: usize,
        /// m.
        population: usize,
        /// The result, rounded once.
        percent: Percent,
    },
}

/// A side of a quotient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its indicator.
    pub indicator: IndicatorCode,
    /// Its name on the day, or its code.
    pub name: String,
    /// Its unit of measure.
    pub measure: String,
    /// Its value for the unit and period.
    pub value: Option<Number>,
    /// How many units reported it.
    pub reported: Coverage,
}

/// Reads the passport of a key.
pub fn passport(app: &App, by: &Actor, key: &str) -> Result<Passport, Error> {
    let parts: Vec<&str> = key.split(':').collect();
    app.db.read(|tx| match parts[..] {
        ["reading", indicator, unit, period] => cell(tx, app, by, key, (indicator, unit, period)),
        ["restated", indicator, unit, period, day, basis] => {
            carried(tx, app, by, key, (indicator, unit, period), (day, basis))
        }
        ["standard", code] => standard(tx, app, by, key, code),
        ["honour", code] => honour(tx, app, by, key, code),
        _ => {
            let (standing, gathered) = facts_of(tx, app, by)?;
            let fact = gathered.facts.find(key).ok_or(Error::NotFound("fact"))?.clone();
            let subject = PassportSubject::Fact(Box::new(fact));
            Ok(Passport { standing, key: key.to_owned(), subject, formulas: Vec::new(), used: Vec::new() })
        }
    })
}

/// Standing and facts of the report the pages open on; without a report there is nothing to explain.
fn facts_of(tx: &mut Tx, app: &App, by: &Actor) -> Result<(Standing, Arc<Gathered>), Error> {
    let ground = app.ground(tx, &by.scope)?;
    let standing = crate::org::standing::of(tx, app, by, &ground.units)?;
    let report = standing.report.as_ref().ok_or(Error::NotFound("report"))?;
    let gathered = crate::report::gathered(tx, app, by, &report.id)?;
    Ok((standing, gathered))
}

fn cell(tx: &mut Tx, app: &App, by: &Actor, key: &str, words: (&str, &str, &str)) -> Result<Passport, Error> {
    let (indicator, unit, period) = words;
    let not_there = || Error::NotFound("figure");
    let code = IndicatorCode::parse(indicator).map_err(|_| not_there())?;
    let unit = OrgId::parse(unit).map_err(|_| not_there())?;
    let period = Period::parse(period).map_err(|_| not_there())?;
    let loaded = load(tx, app, by, Asked::Period(period), 1)?;
    // What was reported before a definition or a unit ended still has its passport.
    let definition = loaded.figures.indicator(&code).or_else(|| loaded.figures.defined(&code, period));
    let definition = definition.ok_or_else(not_there)?;
    let held = loaded.unit(&unit).or_else(|| loaded.ground.units.on(&unit, period.last_day()));
    let held = held.ok_or_else(not_there)?.clone();
    let row = row(&loaded, definition, &unit, Trace::Followed)?;
    let history = store::reading::history(tx, &by.scope, &code, &unit, period)?;
    if row.actual.value.is_none() && history.is_empty() && row.plans.is_empty() {
        return Err(not_there());
    }
    let mut keys = row.actual.sources.clone();
    keys.extend(row.plans.iter().map(|plan| plan.assigned.key()));
    if row.prior.value.is_some() {
        keys.extend(row.prior.sources.iter().cloned());
    }
    let used = match facts_of(tx, app, by) {
        Ok((_, gathered)) => keys.iter().filter_map(|key| gathered.facts.find(key)).cloned().collect(),
        // Without a report nothing is told of what a figure follows from; its own history is.
        Err(Error::NotFound("report")) => Vec::new(),
        Err(other) => return Err(other),
    };
    let mut formulas: Vec<Formula> = quotient_of(&loaded, &row, &unit)?.into_iter().collect();
    formulas.extend(formulas_of(&row)?);
    let reading = loaded.figures.reading(&code, &unit, period).cloned();
    let seqs: Vec<i64> = history.iter().map(|reading| reading.seq).collect();
    let trail = trail(tx, by, &seqs)?;
    let evidence = match may(by, Verb::ReadSheets, Thing::Unit(&unit)).is_granted() {
        true => store::collection::evidence::of_cell(tx, &by.scope, &code, &unit, period)?,
        false => Vec::new(),
    };
    let accepted = match row.actual.made {
        Made::RolledUp => accepted(tx, app, by, &code, (&unit, period), loaded.standing.dated)?,
        Made::Own => None,
    };
    let subject =
        PassportSubject::Cell(Box::new(Cell { unit: held, period, row, reading, history, trail, evidence, accepted }));
    Ok(Passport { standing: loaded.standing, key: key.to_owned(), subject, formulas, used })
}

/// A figure that was carried to a unit of a later day, with what it was made up of.
fn carried(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    key: &str,
    (indicator, unit, period): (&str, &str, &str),
    (day, basis): (&str, &str),
) -> Result<Passport, Error> {
    let not_there = || Error::NotFound("figure");
    let period = Period::parse(period).map_err(|_| not_there())?;
    let day = Date::parse(day).map_err(|_| not_there())?;
    let asked = RestatedAsked {
        unit: OrgId::parse(unit).map_err(|_| not_there())?,
        period: Some(period),
        structure: Structure::RestatedTo(day),
        indicator: Some(IndicatorCode::parse(indicator).map_err(|_| not_there())?),
        basis: basis.to_owned(),
    };
    let (indicator, row) = restated::alone(tx, app, by, &asked)?;
    if row.made_of.iter().all(|part| part.value.is_none()) {
        return Err(not_there());
    }
    let used = row
        .made_of
        .iter()
        .map(|part| Fact {
            key: cell_key(&indicator.code, &part.unit.id, period),
            kind: FactKind::Reading,
            label: part.unit.name.clone(),
            value: match part.value {
                Some(value) => FactValue::Text(value.vi_with(&indicator.measure)),
                None => FactValue::Absent(Absence::NotReported),
            },
            provenance: part.provenance.clone(),
        })
        .collect();
    let ground = app.ground(tx, &by.scope)?;
    let standing = crate::org::standing::of(tx, app, by, &ground.units)?;
    let basis = asked.basis;
    let subject = PassportSubject::Restated(Box::new(RestatedCell { indicator, period, day, basis, row }));
    Ok(Passport { standing, key: key.to_owned(), subject, formulas: Vec::new(), used })
}

/// The two sides of a quotient that was rolled up, with their values; nothing for any other figure.
fn quotient_of(loaded: &Loaded, row: &Row, unit: &OrgId) -> Result<Option<Formula>, Error> {
    let (Made::RolledUp, TreeRule::Quotient(up, down)) = (row.actual.made, &row.indicator.tree_rule) else {
        return Ok(None);
    };
    let term = |code: &IndicatorCode| -> Result<Term, Error> {
        let actual = loaded.figures.traced(code, unit, loaded.period, Trace::Left).map_err(untold)?;
        let definition = loaded.figures.indicator(code);
        Ok(Term {
            indicator: code.clone(),
            name: definition.map_or_else(|| code.to_string(), |one| one.name.clone()),
            measure: definition.map(|one| one.measure.clone()).unwrap_or_default(),
            value: actual.value,
            reported: actual.reported,
        })
    };
    let factor = if row.indicator.measure == "%" { 100 } else { 1 };
    Ok(Some(Formula::Quotient { up: term(up)?, down: term(down)?, factor, result: row.actual.value }))
}

/// What happened to readings, oldest first.
fn trail(tx: &mut Tx, by: &Actor, seqs: &[i64]) -> Result<Vec<Trail>, Error> {
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    let entries = store::collection::entry::of_readings(tx, &by.scope, seqs)?;
    let events = store::collection::submission::pinning(tx, &by.scope, seqs)?;
    let issues = store::report_issue::using(tx, &by.scope, seqs)?;
    let mut trail: Vec<Trail> = entries.into_iter().map(|entry| Trail::Entered(Box::new(entry))).collect();
    trail.extend(events.into_iter().map(|(form, event)| Trail::Stepped(form, event)));
    trail.extend(issues.into_iter().map(Trail::Issued));
    trail.sort_by_key(Trail::at);
    Ok(trail)
}

fn formulas_of(row: &Row) -> Result<Vec<Formula>, Error> {
    let mut formulas = Vec::new();
    if let (Made::RolledUp, Some(total)) = (row.actual.made, row.actual.value) {
        match &row.indicator.tree_rule {
            TreeRule::CountPositive(of) => formulas.push(Formula::CountPositive { of: of.clone(), total }),
            TreeRule::Own | TreeRule::Sum => {
                formulas.push(Formula::Sum { units: row.actual.reported.reported, total });
            }
            // Told apart, with the values of both sides.
            TreeRule::Quotient(..) => {}
        }
    }
    let Some(actual) = row.actual.value else { return Ok(formulas) };
    for plan in &row.plans {
        if let Some(against) = plan.against {
            formulas.push(Formula::PercentOfPlan {
                assigner: plan.assigner.clone(),
                actual,
                plan: against.base,
                percent: against.percent,
            });
        }
    }
    match (row.change, row.prior.value) {
        (Change::Percent(against), Some(prior)) => {
            formulas.push(Formula::Growth { actual, prior, percent: against.percent, growth: against.growth() });
            let is_counted = row.indicator.kind == ValueKind::Stock || row.indicator.decimals == 0;
            if is_counted && row.indicator.kind != ValueKind::Index {
                formulas.push(Formula::Difference { actual, prior, change: actual.minus(prior).map_err(untold)? });
            }
        }
        (Change::Points(change), Some(prior)) => formulas.push(Formula::Difference { actual, prior, change }),
        (Change::Percent(_) | Change::Points(_), None) | (Change::Unknown(_), Some(_) | None) => {}
    }
    Ok(formulas)
}

fn standard(tx: &mut Tx, app: &App, by: &Actor, key: &str, code: &str) -> Result<Passport, Error> {
    let code = StandardCode::parse(code).map_err(|_| Error::NotFound("standard"))?;
    let (standing, gathered) = facts_of(tx, app, by)?;
    let data = &gathered.data;
    let day = standing.period.last_day();
    let count = counts(&data.standards, &data.members, &data.recognitions, day)
        .into_iter()
        .find(|count| count.standard.code == code)
        .ok_or(Error::NotFound("standard"))?;
    let of_standard: BTreeSet<_> =
        data.members.iter().filter(|member| member.standard == code).map(|member| &member.id).collect();
    // What happened in the period comes first: it is what the report tells.
    let mut events: Vec<_> =
        data.recognitions.iter().filter(|event| of_standard.contains(&event.member) && event.on <= day).collect();
    events.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| a.id.cmp(&b.id)));
    let used = events.iter().filter_map(|event| gathered.facts.find(&event.key())).cloned().collect();
    let formulas = vec![Formula::Share { reached: count.reached, population: count.population, percent: count.share }];
    let subject = PassportSubject::Standard(Box::new(count));
    Ok(Passport { standing, key: key.to_owned(), subject, formulas, used })
}

fn honour(tx: &mut Tx, app: &App, by: &Actor, key: &str, code: &str) -> Result<Passport, Error> {
    let code = HonourCode::parse(code).map_err(|_| Error::NotFound("honour"))?;
    let book = app.book_in(tx, by)?;
    let honour = book.honour(&code).ok_or(Error::NotFound("honour"))?;
    let (standing, gathered) = facts_of(tx, app, by)?;
    let data = &gathered.data;
    let awards: Vec<&Award> = data.awards.iter().filter(|award| award.honour == code).collect();
    let given_to = |subject| awards.iter().filter(|award| award.subject == subject).count();
    let subject = PassportSubject::Honour {
        name: honour.name.clone(),
        measure: honour.measure.clone(),
        all: awards.len(),
        collectives: given_to(Subject::Collective),
        individuals: given_to(Subject::Individual),
    };
    let used = awards.iter().filter_map(|award| gathered.facts.find(&award.key())).cloned().collect();
    Ok(Passport { standing, key: key.to_owned(), subject, formulas: Vec::new(), used })
}
