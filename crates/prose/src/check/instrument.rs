//! Legal instruments: known, rightly dated, rightly named, and in force.

use thidua_base::text::fold;

use super::{InstrumentName, On, Remark, Severity};
use crate::read::{CitationRead, ClauseRead, Said};

/// From how many hundredths of shared words a title is taken for that of another instrument.
const LIKENESS_MIN: usize = 80;

/// All checks of citations on one line.
pub(super) fn check(on: &On, found: &mut Vec<Remark>) {
    for clause in on.clauses {
        let Said::Citation(cited) = &clause.said else { continue };
        match on.names.instruments.iter().find(|known| same_number(&known.number, &cited.number)) {
            Some(known) => compare(on, clause, cited, known, found),
            None => {
                let remark = on.remark(Severity::Error, "unknown-instrument").at(clause.span.clone());
                found.push(remark.fact("kind", &cited.kind).fact("number", &cited.number));
            }
        }
    }
}

fn compare(on: &On, clause: &ClauseRead, cited: &CitationRead, known: &InstrumentName, found: &mut Vec<Remark>) {
    let remark = |code| on.remark(Severity::Error, code).at(clause.span.clone()).fact("number", &known.number);
    if let (Some(printed), Some(right)) = (cited.date, known.issued_on)
        && printed != right
    {
        found.push(remark("instrument-date").fact("printed", &printed.in_text()).fact("right", &right.in_text()));
    }
    if let Some(title) = &cited.title
        && !names_subject(title, &known.title)
    {
        let owner = owner_of(title, &on.names.instruments);
        let remark = remark("wrong-instrument-title").fact("printed", title).fact("right", &known.title);
        found.push(remark.fact("belongs-to", owner.map_or("", |other| &other.number)));
    }
    let day = on.names.on;
    let begins = known.in_force_from.filter(|from| day < *from);
    let ended = known.in_force_to.filter(|to| *to < day);
    if begins.is_some() || ended.is_some() {
        let date = |day: Option<thidua_base::Date>| day.map(|day| day.in_text()).unwrap_or_default();
        found.push(remark("instrument-not-in-force").fact("begins", &date(begins)).fact("ended", &date(ended)));
    }
}

/// Whether a printed subject begins with the right one; a bare subject runs on with its sentence.
fn names_subject(printed: &str, right: &str) -> bool {
    let (printed, right) = (bare_subject(printed), bare_subject(right));
    !right.is_empty() && printed.strip_prefix(&right).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The instrument whose subject a printed title resembles most, when it resembles one.
fn owner_of<'a>(title: &str, instruments: &'a [InstrumentName]) -> Option<&'a InstrumentName> {
    let printed = bare_subject(title);
    let printed: Vec<&str> = printed.split(' ').collect();
    let likeness = |other: &InstrumentName| {
        let subject = bare_subject(&other.title);
        let words: Vec<&str> = subject.split(' ').collect();
        let shared = printed.iter().filter(|word| words.contains(word)).count();
        100 * shared / words.len().max(printed.len())
    };
    let best = instruments.iter().max_by_key(|other| likeness(other))?;
    (likeness(best) >= LIKENESS_MIN).then_some(best)
}

/// The subject for comparison: without `về`, `về việc`, quotation marks, tones, hyphens and commas.
fn bare_subject(title: &str) -> String {
    let words: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let folded = fold(&words).trim().to_owned();
    let bare = folded.strip_prefix("ve viec ").or_else(|| folded.strip_prefix("ve ")).unwrap_or(&folded);
    bare.trim().to_owned()
}

/// Numbers agree whatever their case and leading zeros: `05-CT/TW` is `5-CT/TW`.
fn same_number(a: &str, b: &str) -> bool {
    let normal = |number: &str| number.trim_start_matches('0').to_uppercase();
    normal(a) == normal(b)
}
