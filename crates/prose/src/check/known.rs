//! Registered names, prepared for comparison, and the words of a text that may spell one.

use std::ops::Range;

use thidua_base::text::fold;

use super::Names;
use super::spelling::old_tone_placement;

/// The registers of [`Names`], prepared once for a whole text.
pub(super) struct Registers {
    pub places: Vec<Known>,
    pub bodies: Vec<Known>,
    /// Movements under their names and aliases; `of` is the movement's index.
    pub movements: Vec<Known>,
}

/// A registered name.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub name: String,
    /// The index of what it names.
    pub of: usize,
    pub rank: Rank,
    loose: Vec<String>,
    folded: Vec<String>,
}

/// Whether a name is the one to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Canonical,
    Alias,
}

/// How a text agrees with a registered name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// Only once tones and marks are taken off: a typing mistake.
    Folded,
    /// But for capitals, hyphens, commas, and the place of the tone.
    Loose,
    /// To the letter.
    Exact,
}

/// A word of a text with its place.
#[derive(Debug, Clone)]
pub(super) struct WordAt {
    pub span: Range<usize>,
    loose: String,
    folded: String,
}

impl Registers {
    pub fn of(names: &Names) -> Self {
        let canonical = |(of, name): (usize, &String)| Known::new(name, of, Rank::Canonical);
        let movements = names.movements.iter().enumerate().flat_map(|(of, movement)| {
            let aliases = movement.aliases.iter().map(move |alias| Known::new(alias, of, Rank::Alias));
            std::iter::once(Known::new(&movement.name, of, Rank::Canonical)).chain(aliases)
        });
        Self {
            places: names.places.iter().map(|place| &place.name).enumerate().map(canonical).collect(),
            bodies: names.bodies.iter().enumerate().map(canonical).collect(),
            movements: movements.collect(),
        }
    }
}

impl Known {
    fn new(name: &str, of: usize, rank: Rank) -> Self {
        let words = words_at(name, 0, usize::MAX);
        let (loose, folded) = words.into_iter().map(|word| (word.loose, word.folded)).unzip();
        Self { name: name.to_owned(), of, rank, loose, folded }
    }

    /// How the first words of a text spell this name, and where the spelling ends.
    fn agreement(&self, text: &str, words: &[WordAt]) -> Option<(Agreement, Range<usize>)> {
        let first = words.get(..self.loose.len()).filter(|first| !first.is_empty())?;
        let span = first.first()?.span.start..first.last()?.span.end;
        let agreement = if text.get(span.clone()) == Some(&self.name) {
            Agreement::Exact
        } else if first.iter().map(|word| &word.loose).eq(&self.loose) {
            Agreement::Loose
        } else if first.iter().map(|word| &word.folded).eq(&self.folded) {
            Agreement::Folded
        } else {
            return None;
        };
        Some((agreement, span))
    }

    /// How a whole text spells this name.
    pub fn agreement_whole(&self, text: &str) -> Option<Agreement> {
        let words = words_at(text, 0, usize::MAX);
        let (agreement, _) = self.agreement(text, &words).filter(|_| words.len() == self.loose.len())?;
        Some(agreement)
    }

    /// How many words the name and a text share, in hundredths of the longer.
    pub fn likeness(&self, text: &str) -> usize {
        let words = words_at(text, 0, usize::MAX);
        let shared = words.iter().filter(|word| self.folded.contains(&word.folded)).count();
        100 * shared / words.len().max(self.folded.len()).max(1)
    }
}

/// The registered name that the text spells at a position: the best agreement, then the longest.
pub(super) fn spelt_at<'k>(known: &'k [Known], text: &str, at: usize) -> Option<(&'k Known, Agreement, Range<usize>)> {
    let words = words_at(text, at, 24);
    known
        .iter()
        .filter_map(|name| name.agreement(text, &words).map(|(agreement, span)| (name, agreement, span)))
        .max_by_key(|(_, agreement, span)| (*agreement >= Agreement::Loose, span.end, *agreement))
}

/// The words from a position up to a mark that no name contains; hyphens and commas are passed over.
pub(super) fn words_at(text: &str, at: usize, most: usize) -> Vec<WordAt> {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(['.', ';', ':', '(', ')', '"', '“', '”', '…', '*', '\n']).unwrap_or(rest.len());
    let mut words: Vec<WordAt> = Vec::new();
    let mut start = None;
    for (i, c) in rest[..end].char_indices().chain([(end, ' ')]) {
        let is_letter = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}');
        match start {
            None if is_letter => start = Some(i),
            Some(from) if !is_letter => {
                let word = &rest[from..i];
                let loose = old_tone_placement(&word.to_lowercase());
                words.push(WordAt { span: at + from..at + i, folded: fold(&loose), loose });
                start = None;
                if words.len() == most {
                    break;
                }
            }
            None | Some(_) => {}
        }
    }
    words
}

/// The capitalised words from a position, as a proper name would be written; none for capitals throughout.
pub(super) fn proper_name_at(text: &str, at: usize, most: usize) -> Option<Range<usize>> {
    let mut end = at;
    for count in 0..most {
        let word_at = if count == 0 { at } else { end + 1 };
        let separated = count == 0 || text.get(end..).is_some_and(|rest| rest.starts_with([' ', '\u{a0}']));
        let word = text.get(word_at..).filter(|_| separated).map(first_word).unwrap_or_default();
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        if !capital || (letters.clone().count() > 0 && letters.all(char::is_uppercase)) {
            break;
        }
        end = word_at + word.len();
    }
    (end > at).then_some(at..end)
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    &text[..end]
}
