//! Finding an instrument by a number, parts of one, or words of its title, typed without marks and not quite right.

use std::cmp::Reverse;

use strsim::osa_distance;
use thidua_base::text::fold;

use super::LibraryEntry;

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The entry.
    pub entry: &'a LibraryEntry,
    /// Whether every word typed stands in it; else words were taken for similar ones.
    pub is_exact: bool,
}

/// From how many words on one of them may be past recognition.
const WORDS_FOR_A_MISS: usize = 4;

/// The entries that words find, the best first. Where entries hold every word as typed (or begin with it), others are
/// given only if all that was typed is nearly their title; else words that differ by a letter or two count too. Numbers
/// are never taken for others. Nothing typed finds everything, the latest first.
pub(super) fn find<'a>(entries: impl Iterator<Item = &'a LibraryEntry>, words: &str) -> Vec<Found<'a>> {
    let asked = tokens(words);
    let mut met: Vec<(Met, &LibraryEntry)> =
        entries.filter_map(|entry| Some((met(&Terms::of(entry), &asked)?, entry))).collect();
    if met.iter().any(|(met, _)| met.is_exact()) {
        met.retain(|(met, _)| met.is_exact() || met.is_near_title);
    }
    met.sort_by_key(|(met, entry)| (Reverse(*met), Reverse(entry.issued_on.or(entry.in_force_from)), &entry.id));
    met.into_iter().map(|(met, entry)| Found { entry, is_exact: met.is_exact() }).collect()
}

/// How well an entry meets what was typed; greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    names_number: bool,
    is_near_title: bool,
    missed: Reverse<usize>,
    slips: Reverse<usize>,
    is_within_title: bool,
    weight: u32,
}

impl Met {
    fn is_exact(&self) -> bool {
        self.missed.0 == 0 && self.slips.0 == 0
    }
}

/// The searched words of an entry, the heaviest first.
struct Terms {
    number: Vec<String>,
    title: Vec<String>,
    weighed: Vec<(String, u32)>,
}

impl Terms {
    fn of(entry: &LibraryEntry) -> Self {
        let number = tokens(&entry.number);
        let title = tokens(&entry.title);
        let year = entry.issued_on.or(entry.in_force_from).map(|day| day.year().to_string());
        let weighed = number
            .iter()
            .enumerate()
            .map(|(at, token)| (token.clone(), if at == 0 { 8 } else { 5 }))
            .chain(year.map(|year| (year, 4)))
            .chain(tokens(&entry.kind).into_iter().map(|token| (token, 4)))
            .chain(title.iter().cloned().map(|token| (token, 3)))
            .chain(tokens(&entry.issuer).into_iter().map(|token| (token, 2)))
            .chain(tokens(&entry.role).into_iter().map(|token| (token, 1)))
            .collect();
        Self { number, title, weighed }
    }

    /// Serial and year of the number, as far as it has them: `91`, `2017`.
    fn digits(&self) -> &[String] {
        let until = self.number.iter().position(|token| !is_number(token)).unwrap_or(self.number.len());
        &self.number[..until]
    }
}

fn met(terms: &Terms, asked: &[String]) -> Option<Met> {
    let mut met = Met {
        names_number: holds(asked, terms.digits()),
        is_near_title: is_near(&terms.title, asked),
        missed: Reverse(0),
        slips: Reverse(0),
        is_within_title: asked.len() > 1 && holds(&terms.title, asked),
        weight: 0,
    };
    for token in asked {
        match place(terms, token) {
            Some((slips, weight)) => {
                met.slips.0 += usize::from(slips > 0);
                met.weight += weight;
            }
            None if is_number(token) => return None,
            None => met.missed.0 += 1,
        }
    }
    let is_met = met.missed.0 <= usize::from(asked.len() >= WORDS_FOR_A_MISS) && met.slips.0 <= asked.len().div_ceil(3);
    (is_met || met.is_near_title).then_some(met)
}

/// Whether what was typed is a title but for a letter or two.
fn is_near(title: &[String], asked: &[String]) -> bool {
    let (title, asked) = (title.join(" "), asked.join(" "));
    let (long, short) = (title.len().max(asked.len()), title.len().min(asked.len()));
    let allowed = if long < 12 { 1 } else { 2 };
    short > allowed && long - short <= allowed && osa_distance(&title, &asked) <= allowed
}

/// Where a typed word stands best: letters that differ, and the weight of the place. `nd91` stands where both its parts do.
fn place(terms: &Terms, token: &str) -> Option<(usize, u32)> {
    let exact = terms.weighed.iter().filter(|(term, _)| term == token).map(|(_, weight)| 2 * weight).max();
    if let Some(weight) = exact {
        return Some((0, weight));
    }
    if is_number(token) {
        return None;
    }
    if let Some((letters, digits)) = parted(token) {
        let begins = terms.number.first().is_some_and(|serial| serial == digits);
        if begins && terms.number.iter().skip(1).any(|term| term == letters) {
            return Some((0, 16));
        }
    }
    let words = || terms.weighed.iter().filter(|(term, _)| !is_number(term));
    if let Some(weight) = words().filter(|(term, _)| term.starts_with(token)).map(|(_, weight)| *weight).max() {
        return Some((0, weight));
    }
    let allowed = match token.chars().count() {
        0 | 1 => return None,
        2..=7 => 1,
        _ => 2,
    };
    words()
        .map(|(term, weight)| (osa_distance(term, token), *weight))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, weight)| (*distance, Reverse(*weight)))
}

/// Folded words and numbers of a text; leading zeros do not count: `05-CT/TW` is `5`, `ct`, `tw`.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let bare = parts.map(|part| if is_number(part) { part.trim_start_matches('0') } else { part });
    bare.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn is_number(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_digit())
}

/// `nd91` as `nd` and `91`.
fn parted(token: &str) -> Option<(&str, &str)> {
    let at = token.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)?;
    let (letters, digits) = token.split_at(at);
    is_number(digits).then_some((letters, digits.trim_start_matches('0')))
}

/// Whether a row of words stands within another.
fn holds(whole: &[String], part: &[String]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}
