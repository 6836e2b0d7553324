//! What facts say, as cells of tables: one table for each kind, in the order of years.

use thidua_base::Date;
use thidua_domain::subject::Term;
use thidua_domain::subject::fact::{About, FactKind, Held};
use thidua_domain::subject::read::groups_text;
use thidua_law::vocabulary::Word;

use super::{Choices, word};
use crate::messages::Messages;

/// The keys of the headings of a kind's table.
pub fn heads(kind: FactKind) -> &'static [&'static str] {
    match kind {
        FactKind::Position => &["fact-field.unit", "fact-field.post", "person.span"],
        FactKind::Rating => &["fact-field.year", "fact-field.grade", "person.decision"],
        FactKind::Initiative => &["fact-field.year", "fact-field.name", "fact-field.scope", "person.decision"],
        FactKind::Award => &[
            "fact-field.year",
            "fact-field.honour",
            "person.decision",
            "fact-field.authority",
            "fact-field.achievement",
        ],
        FactKind::Registration => &["fact-field.year", "fact-field.honour", "fact-field.on"],
        FactKind::Discipline => &["fact-field.discipline_level", "person.span", "person.decision"],
        FactKind::Inquiry => &["fact-field.inquiry_kind", "person.span", "fact-field.name"],
        FactKind::Service => &["fact-field.field", "person.span", "fact-field.hardship"],
        FactKind::Ranking => &["fact-field.year", "fact-field.rank", "fact-field.organiser"],
        FactKind::Result => &["fact-field.year", "fact-field.name", "fact-field.outcome"],
        FactKind::Score => {
            &["fact-field.year", "fact-field.points", "fact-field.segment", "fact-field.groups", "fact-field.minutes"]
        }
        FactKind::Count => &["fact-field.fact", "fact-field.amount", "fact-field.proof"],
        FactKind::Statement => &["fact-field.fact", "fact-field.holds", "fact-field.proof"],
        FactKind::Complete => &["fact-field.completed", "fact-field.year"],
    }
}

/// The cells of a fact, as many as its kind has headings; `unit` is the name of the unit it names.
pub fn cells(say: &'static Messages, choices: &Choices, about: &About, unit: &str) -> Vec<String> {
    let year = about.year().map(|year| year.to_string()).unwrap_or_default();
    let cells = match about {
        About::Position(one) => {
            let extra = [one.category.map(|value| word(say, value)), one.duty.map(|value| word(say, value))];
            let post = std::iter::once(one.post.clone()).filter(|post| !post.is_empty());
            let post: Vec<String> = post.chain(extra.into_iter().flatten()).collect();
            vec![unit.to_owned(), post.join("; "), span(say, one.from, one.to)]
        }
        About::Rating(one) => vec![year, word(say, one.grade), decision(say, &one.number, one.decided_on)],
        About::Initiative(one) => vec![
            year,
            format!("{} ({})", one.name, word(say, one.kind)),
            format!("{}; {}", word(say, one.scope), word(say, one.status)),
            decision(say, &one.number, Some(one.decided_on)),
        ],
        About::Award(held) => award(say, choices, held, year),
        About::Registration(one) => {
            let honour = one.honour.as_ref().map(|code| choices.honour(say, code)).unwrap_or_default();
            vec![year, honour, one.on.in_table()]
        }
        About::Discipline(one) => {
            vec![word(say, one.level), span(say, one.from, one.to), one.number.clone()]
        }
        About::Inquiry(one) => vec![word(say, one.kind), span(say, one.from, one.to), one.name.clone()],
        About::Service(one) => vec![
            choices.term(say, "field", &one.field),
            span(say, one.from, one.to),
            say.get(if one.is_hardship { "person.yes" } else { "person.no" }).to_owned(),
        ],
        About::Ranking(one) => {
            let name = if one.name.is_empty() { String::new() } else { format!(": {}", one.name) };
            vec![year, one.rank.to_string(), format!("{}{name}", word(say, one.organiser))]
        }
        About::Result(one) => {
            vec![year, one.name.clone(), format!("{} ({})", word(say, one.outcome), word(say, one.at))]
        }
        About::Score(one) => {
            let segment =
                if one.segment.is_empty() { String::new() } else { choices.term(say, "segment", &one.segment) };
            let floor = match one.groups_ok {
                Some(true) => say.get("person.floors-met"),
                Some(false) => say.get("person.floors-unmet"),
                None => "",
            };
            let groups: Vec<String> =
                [groups_text(&one.groups), floor.to_owned()].into_iter().filter(|text| !text.is_empty()).collect();
            vec![year, one.points.vi(), segment, groups.join("; "), one.number.clone()]
        }
        About::Count(one) => {
            vec![choices.term(say, "fact", &one.fact), one.amount.to_string(), one.number.clone()]
        }
        About::Statement(one) => vec![
            choices.term(say, "statement", &one.fact),
            say.get(if one.holds { "person.yes" } else { "person.no" }).to_owned(),
            one.number.clone(),
        ],
        About::Complete(one) => vec![word(say, one.what), year],
        About::Withdrawn => Vec::new(),
    };
    // An empty cell would be read as a fault.
    cells.into_iter().map(|cell| if cell.is_empty() { "–".to_owned() } else { cell }).collect()
}

/// The cells of a fact as one line, without those that say nothing.
pub fn line(say: &'static Messages, choices: &Choices, about: &About, unit: &str) -> String {
    let filled = cells(say, choices, about, unit).into_iter().filter(|cell| cell != "–");
    filled.collect::<Vec<_>>().join(", ")
}

fn award(say: &'static Messages, choices: &Choices, held: &Held, year: String) -> Vec<String> {
    let mut what: Vec<String> = Vec::new();
    if !held.achievement.is_empty() {
        what.push(held.achievement.clone());
    }
    if let Some((from, to)) = held.period {
        let (from, to) = (from.in_table(), to.in_table());
        what.push(say.with("person.period", &[("from", &from), ("to", &to)]));
    }
    if let Some(on) = held.revoked_on {
        what.push(say.with("person.revoked", &[("on", &on.in_table())]));
    }
    vec![
        year,
        choices.honour(say, &held.honour),
        decision(say, &held.number, Some(held.decided_on)),
        format!("{} ({})", word(say, held.authority), held.level.in_lang(say)),
        what.join("; "),
    ]
}

/// A span of days: from, and to the last day that counts.
pub fn span(say: &'static Messages, from: Date, to: Option<Date>) -> String {
    match to {
        Some(to) => say.with("person.from-to", &[("from", &from.in_table()), ("to", &to.day_before().in_table())]),
        None => say.with("person.since", &[("from", &from.in_table())]),
    }
}

fn decision(say: &'static Messages, number: &str, on: Option<Date>) -> String {
    match (number, on) {
        ("", None) => String::new(),
        ("", Some(on)) => on.in_table(),
        (number, None) => number.to_owned(),
        (number, Some(on)) => say.with("award.decided", &[("number", number), ("day", &on.in_table())]),
    }
}

/// A word in the middle of a sentence.
trait InLang: Word {
    fn in_lang(self, say: &'static Messages) -> &'static str {
        match say.lang() {
            crate::messages::Lang::Vi => self.vi(),
            crate::messages::Lang::En => self.en(),
        }
    }
}

impl<T: Term> InLang for T {}
