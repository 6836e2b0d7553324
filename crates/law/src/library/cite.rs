//! Who cites an instrument: by its id, or in words with its number.

use std::collections::BTreeMap;

use thidua_base::code::InstrumentId;
use thidua_base::text::fold;

use super::Library;

/// Something that cites; `what` says what, in the caller's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citing<T> {
    /// What cites.
    pub what: T,
    /// How.
    pub cites: Cites,
}

/// How an instrument is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cites {
    /// By id, with the provision in words (`Điều 9 khoản 3`); may be empty.
    Instrument(InstrumentId, String),
    /// In words: `Bộ luật Lao động 10/2012/QH13, Điều 115 khoản 1`; may name several, or none of the library.
    Words(String),
}

/// One place that cites an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation<T> {
    /// What cites it.
    pub what: T,
    /// The provision; empty where the whole is cited.
    pub provision: String,
}

/// What cites each instrument of a library, in the order given; the same place twice counts once. Whatever is not in the
/// library is left out.
pub fn citations<T: Clone + PartialEq>(
    library: &Library,
    citing: impl IntoIterator<Item = Citing<T>>,
) -> BTreeMap<InstrumentId, Vec<Citation<T>>> {
    let mut found: BTreeMap<InstrumentId, Vec<Citation<T>>> = BTreeMap::new();
    let mut add = |id: InstrumentId, what: &T, provision: String| {
        let citation = Citation { what: what.clone(), provision };
        let known = found.entry(id).or_default();
        if !known.contains(&citation) {
            known.push(citation);
        }
    };
    for Citing { what, cites } in citing {
        match cites {
            Cites::Instrument(id, provision) if library.get(&id).is_some() => add(id, &what, provision),
            Cites::Instrument(_, _) => {}
            Cites::Words(text) => {
                for (id, provision) in cited_in(library, &text) {
                    add(id, &what, provision);
                }
            }
        }
    }
    found
}

/// The instruments a text names by number, in the order of the text, each with the words that follow up to the next
/// semicolon: its provision.
fn cited_in(library: &Library, text: &str) -> Vec<(InstrumentId, String)> {
    let mut found = Vec::new();
    for part in text.split(';') {
        let mut named: Vec<(usize, usize, &InstrumentId)> = library
            .entries()
            .filter_map(|entry| {
                let at = number_at(part, &entry.number)?;
                let is_its_kind = is_only(library, &entry.number) || fold(&part[..at]).contains(&fold(&entry.kind));
                is_its_kind.then_some((at, at + entry.number.len(), &entry.id))
            })
            .collect();
        named.sort_unstable();
        for (i, (_, after, id)) in named.iter().enumerate() {
            let until = named.get(i + 1).map_or(part.len(), |(at, _, _)| *at);
            let rest = part[*after..until].trim_matches(|c: char| c == ',' || c.is_whitespace());
            let is_provision = ["dieu", "khoan", "diem", "phu luc"].iter().any(|word| fold(rest).starts_with(word));
            found.push(((*id).clone(), if is_provision { rest.to_owned() } else { String::new() }));
        }
    }
    found
}

fn is_only(library: &Library, number: &str) -> bool {
    library.entries().filter(|entry| entry.number == number).count() == 1
}

/// Where a number stands in a text, not as a part of a longer one.
fn number_at(text: &str, number: &str) -> Option<usize> {
    let goes_on = |c: char| c.is_alphanumeric() || c == '/' || c == '-';
    text.match_indices(number).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + number.len()..].chars().next();
        !before.is_some_and(goes_on) && !after.is_some_and(goes_on)
    })
}
