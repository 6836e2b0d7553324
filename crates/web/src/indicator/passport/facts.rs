//! What a passport says of its figure, label by label.

use thidua_app::indicator::passport::Cell;
use thidua_app::indicator::{Passport, PassportSubject};
use thidua_domain::Origin;
use thidua_domain::indicator::figures::Made;
use thidua_domain::indicator::{Absence, Nature, Qualifier, cell_key};
use thidua_domain::org::{Came, Restated};

use crate::indicator::show::accepted_text;
use crate::indicator::{change_figure, field_name};
use crate::messages::Messages;
use crate::option::LabelledFact;
use crate::org::fraction;
use crate::paths;

/// The labelled facts of a passport.
pub fn facts(say: &'static Messages, passport: &Passport) -> Vec<LabelledFact> {
    match &passport.subject {
        PassportSubject::Cell(cell) => cell_facts(say, cell),
        PassportSubject::Standard(count) => {
            let mut facts = vec![LabelledFact::new(say.get("standard.population"), count.standard.population.clone())];
            facts.push(LabelledFact::new(say.get("indicator.field"), field_name(say, &count.standard.field)));
            if !count.standard.definition.is_empty() {
                facts.push(LabelledFact::new(say.get("indicator.definition"), count.standard.definition.clone()));
            }
            facts.push(LabelledFact::leading(
                say.get("passport.register"),
                count.standard.name.clone(),
                paths::standard(&count.standard.code),
            ));
            facts
        }
        PassportSubject::Honour { collectives, individuals, .. } => vec![
            LabelledFact::new(say.get("award.collectives"), collectives.to_string()),
            LabelledFact::new(say.get("award.individuals"), individuals.to_string()),
        ],
        PassportSubject::Restated(cell) => {
            let how = match &cell.row.figure {
                Restated::Exact(_) => say.get("lineage.exact"),
                Restated::Shared(_) => say.get("lineage.shared"),
                Restated::NotComparable { .. } => say.get("lineage.because"),
            };
            let mut facts = vec![
                LabelledFact::leading(
                    say.get("passport.unit"),
                    cell.row.unit.name.clone(),
                    paths::unit(&cell.row.unit.id),
                ),
                LabelledFact::new(say.get("indicator.period"), say.period(cell.period)),
                LabelledFact::new(say.get("passport.restated-to"), cell.day.in_table()),
                LabelledFact::new(say.get("lineage.how"), how),
            ];
            if !cell.basis.is_empty() {
                let word = say.find(&format!("basis.{}", cell.basis)).unwrap_or(&cell.basis);
                facts.push(LabelledFact::new(say.get("lineage.basis"), word));
            }
            let missing = cell.row.figure.total().map_or(0, |total| total.missing.len());
            if missing > 0 {
                let said = say.with("lineage.missing", &[("n", &missing.to_string())]);
                facts.push(LabelledFact::new(say.get("passport.missing"), said));
            }
            for part in cell.row.made_of.iter().filter(|part| part.came != Came::Whole) {
                let text = match part.came {
                    Came::Part(share) => match share.terms() {
                        Some((up, down)) => fraction(up, down),
                        None => say.get("lineage.partial").to_owned(),
                    },
                    Came::Whole => say.get("lineage.full").to_owned(),
                    Came::Unknown => say.get("lineage.unknown-part").to_owned(),
                };
                let href = format!("{}#ty-le", paths::unit(&part.unit.id));
                facts.push(LabelledFact::leading(
                    say.get("lineage.share"),
                    format!("{}: {text}", part.unit.name),
                    href,
                ));
            }
            facts
        }
        PassportSubject::Fact(fact) => {
            let kind = say.get(&format!("fact-kind.{}", fact.kind.word()));
            let mut facts = vec![LabelledFact::new(say.get("passport.kind"), kind)];
            if let Some(provenance) = &fact.provenance {
                facts.extend(source_facts(say, provenance.origin, &provenance.source));
            }
            facts
        }
    }
}

/// The interval and the source of an origin, where it has them.
pub fn source_facts(say: &'static Messages, origin: Origin, source: &str) -> Vec<LabelledFact> {
    let mut facts = Vec::new();
    let within = interval(say, origin);
    if !within.is_empty() {
        facts.push(LabelledFact::new(say.get("passport.interval"), within));
    }
    if !source.is_empty() {
        facts.push(LabelledFact::new(say.get("passport.source"), source));
    }
    facts
}

/// The interval an implied value lies in; empty for other origins.
pub fn interval(say: &'static Messages, origin: Origin) -> String {
    match origin {
        Origin::Implied { low, high } if low == high => say.with("passport.exactly", &[("value", &low.vi())]),
        Origin::Implied { low, high } => say.with("passport.between", &[("low", &low.vi()), ("high", &high.vi())]),
        Origin::Reported | Origin::Sample | Origin::Reference => String::new(),
    }
}

fn cell_facts(say: &'static Messages, cell: &Cell) -> Vec<LabelledFact> {
    let row = &cell.row;
    let mut facts = vec![
        LabelledFact::leading(say.get("passport.unit"), cell.unit.name.clone(), paths::unit(&cell.unit.id)),
        LabelledFact::new(say.get("indicator.period"), say.period(cell.period)),
    ];
    if let Some(day) = row.actual.as_of {
        facts.push(LabelledFact::new(say.get("passport.as-of"), day.in_table()));
    }
    if row.actual.value.is_some() {
        facts.push(LabelledFact::new(say.get("passport.nature"), nature(say, row.actual.nature)));
    }
    let qualifier = match row.actual.qualifier {
        Qualifier::Plain => "",
        Qualifier::Above => say.get("qualifier.above"),
        Qualifier::Nearly => say.get("qualifier.nearly"),
        Qualifier::Still => say.get("qualifier.still"),
    };
    if !qualifier.is_empty() {
        facts.push(LabelledFact::new(say.get("passport.qualifier"), qualifier));
    }
    match (&cell.reading, row.actual.made) {
        (Some(reading), _) => {
            facts.push(LabelledFact::new(say.get("passport.entered-by"), reading.entered_by.clone()));
            facts.push(LabelledFact::new(say.get("passport.entered-at"), reading.entered_at.in_table()));
            facts.extend(source_facts(say, reading.provenance.origin, &reading.provenance.source));
        }
        (None, Made::RolledUp) => {
            facts.push(LabelledFact::new(say.get("passport.made"), say.get("passport.rolled-up")));
            if let Some(known) = &cell.accepted {
                let text = accepted_text(say, known, &row.indicator.measure);
                facts.push(LabelledFact::new(say.get("indicator.accepted-label"), text));
            }
        }
        (None, Made::Own) => {}
    }
    for plan in &row.plans {
        let number = match plan.plan.number.as_str() {
            "" => plan.plan.word.clone(),
            number => format!("{} {number}", plan.plan.word),
        };
        let value = plan.assigned.value.vi_with(&row.indicator.measure);
        facts.push(LabelledFact::leading(
            say.get("passport.plan"),
            format!("{value} – {number}, {}", plan.assigner),
            paths::passport(&plan.assigned.key()),
        ));
    }
    if let Some(prior) = row.prior.value {
        let last = cell.period.same_period_last_year();
        let change = change_figure(say, row).text;
        facts.push(LabelledFact::leading(
            say.get("passport.prior"),
            format!("{} ({}; {change})", prior.vi_with(&row.indicator.measure), say.period(last)),
            paths::passport(&cell_key(&row.indicator.code, &cell.unit.id, last)),
        ));
    }
    facts
}

/// How firm a reading is, in words.
pub fn nature(say: &'static Messages, nature: Nature) -> &'static str {
    say.get(match nature {
        Nature::Estimate => "nature.estimate",
        Nature::Provisional => "nature.provisional",
        Nature::Official => "nature.official",
    })
}

/// Why there is no number, in words.
pub fn absence_word(say: &'static Messages, absence: Absence) -> &'static str {
    say.get(match absence {
        Absence::NotReported => "figure.not-reported",
        Absence::NotApplicable => "figure.not-applicable",
        Absence::NoneOccurred => "figure.none-occurred",
        Absence::Withheld => "figure.withheld",
    })
}
