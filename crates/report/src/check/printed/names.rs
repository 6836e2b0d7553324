//! Names against registers: instruments by title and date, places by day, headings, counts with their names.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::text::fold;
use thidua_domain::org::Unit;
use thidua_law::instrument::Instrument;
use thidua_prose::check::{Remark, Severity};

use super::super::remark;
use crate::printed::{Printed, PrintedCitation};
use crate::writing::Writing;

/// Every check of the printed names.
pub fn check(writing: &Writing, printed: &Printed) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for citation in &printed.citations {
        remarks.extend(cited(writing, citation));
    }
    remarks.extend(printed.places.iter().filter_map(|place| placed(writing, place)));
    remarks.extend(headings(printed));
    remarks.extend(counts(printed));
    remarks
}

/// `unknown-instrument`, `instrument-date`, `wrong-instrument-title`, `instrument-not-in-force`.
fn cited(writing: &Writing, citation: &PrintedCitation) -> Vec<Remark> {
    let known: Vec<&Instrument> =
        writing.data.instruments.iter().filter(|instrument| instrument.number == citation.number).collect();
    let number = ("number", citation.number.clone());
    let Some(instrument) = known.first() else {
        return vec![remark(Severity::Hint, "unknown-instrument", &citation.number, &[number])];
    };
    let mut remarks = Vec::new();
    if let Ok(day) = Date::parse_vi(&citation.date)
        && day != instrument.issued_on
    {
        let facts = [number.clone(), ("printed", citation.date.clone()), ("right", instrument.issued_on.in_text())];
        remarks.push(remark(Severity::Error, "instrument-date", &citation.number, &facts));
    }
    if !citation.title.is_empty() && !same_title(&citation.title, &instrument.title) {
        let owner = writing.data.instruments.iter().find(|other| resembles(&citation.title, &other.title));
        let facts = [
            number.clone(),
            ("printed", citation.title.clone()),
            ("right", instrument.title.clone()),
            ("owner", owner.map_or_else(String::new, |other| other.cited_short())),
        ];
        remarks.push(remark(Severity::Error, "wrong-instrument-title", &citation.number, &facts));
    }
    if !instrument.is_in_force(writing.data.report.dated) {
        remarks.push(remark(Severity::Error, "instrument-not-in-force", &citation.number, &[number]));
    }
    remarks
}

/// Words of a title that tell it from another: folded, without the opening `về`, `về việc` and punctuation.
fn words_of(title: &str) -> Vec<String> {
    const OPENING: [&str; 2] = ["ve", "viec"];
    let folded = fold(title);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned);
    words.skip_while(|word| OPENING.contains(&word.as_str())).collect()
}

fn same_title(printed: &str, right: &str) -> bool {
    words_of(printed) == words_of(right)
}

/// Whether nine of ten words of the right title stand in the printed one: titles are quoted with small slips.
fn resembles(printed: &str, right: &str) -> bool {
    let (printed, right) = (words_of(printed), words_of(right));
    let found = right.iter().filter(|word| printed.contains(word)).count();
    right.len() >= 5 && found * 10 >= right.len() * 9
}

/// `former-place`: a name that was no longer in use; `unknown-place`: one that never was.
fn placed(writing: &Writing, place: &str) -> Option<Remark> {
    let day = writing.data.report.dated;
    let wanted = fold(place);
    let names = |unit: &Unit| fold(&unit.name) == wanted;
    if writing.data.units.iter().any(|unit| names(unit) && unit.on(day)) {
        return None;
    }
    let Some(former) = writing.data.units.iter().find(|unit| names(unit)) else {
        return Some(remark(Severity::Error, "unknown-place", place, &[("what", place.to_owned())]));
    };
    let now = writing.data.unit(&former.id).map_or_else(String::new, |unit| unit.name.clone());
    let until = former.valid_to.map_or_else(String::new, Date::in_text);
    let facts = [("what", place.to_owned()), ("now", now), ("until", until)];
    Some(remark(Severity::Error, "former-place", place, &facts))
}

/// `duplicate-number`, `topic-without-figure`.
fn headings(printed: &Printed) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for heading in &printed.headings {
        *seen.entry(&heading.number).or_default() += 1;
        for topic in &heading.topics {
            let wanted = fold(topic);
            if !printed.figures.iter().any(|figure| fold(&figure.name).contains(&wanted)) {
                let facts = [("number", heading.number.clone()), ("what", topic.clone())];
                remarks.push(remark(Severity::Hint, "topic-without-figure", &heading.number, &facts));
            }
        }
    }
    for (number, times) in seen {
        if times > 1 {
            let facts = [("number", number.to_owned()), ("times", times.to_string())];
            remarks.push(remark(Severity::Error, "duplicate-number", number, &facts));
        }
    }
    remarks
}

/// `named-count`: names that are not as many as stated; `same-count`: one number for different sets, not all named.
fn counts(printed: &Printed) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut sets: BTreeMap<(&str, &str), Vec<&crate::printed::PrintedCount>> = BTreeMap::new();
    for count in &printed.counts {
        let stated = count.count.parse::<usize>().ok();
        if !count.names.is_empty() && stated != Some(count.names.len()) {
            let facts = [
                ("what", count.what.clone()),
                ("count", count.count.clone()),
                ("names", count.names.len().to_string()),
            ];
            remarks.push(remark(Severity::Error, "named-count", &count.what, &facts));
        }
        sets.entry((&count.count, &count.measure)).or_default().push(count);
    }
    for ((count, measure), same) in sets {
        if same.len() > 1 && same.iter().any(|set| set.names.is_empty()) {
            let listed: Vec<&str> = same.iter().map(|set| set.what.as_str()).collect();
            let facts = [("count", format!("{count} {measure}")), ("what", listed.join("; "))];
            remarks.push(remark(Severity::Hint, "same-count", "", &facts));
        }
    }
    remarks
}
