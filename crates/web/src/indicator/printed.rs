//! Where a fact is printed in a report, with the words around it.

use thidua_base::code::ReportId;
use thidua_paper::tree::{Block, Document, Inline, Role, numbered, text_of};

use crate::paths;

/// A place where a fact is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The place on the screen.
    pub href: String,
    /// The section, as numbered and titled.
    pub place: String,
    /// Words before.
    pub before: String,
    /// What is printed.
    pub text: String,
    /// Words after.
    pub after: String,
}

/// Letters of context on each side.
const CONTEXT: usize = 60;
/// Places listed at most: a figure that stands in a list with fifty others is printed with all of them.
const PLACES_MOST: usize = 24;

/// Every place where the fact of a key, or a figure that depends on it, is printed.
pub fn printed_in(document: &Document, report: &ReportId, key: &str) -> Vec<Printed> {
    let mut out = Vec::new();
    let mut place = String::new();
    let mut anchor = String::new();
    for entry in numbered(&document.body) {
        let lines: Vec<&[Inline]> = match entry.block {
            Block::Section(section) => {
                place = format!("{} {}", entry.number, text_of(&section.title));
                anchor.clone_from(&section.id);
                vec![&section.title]
            }
            Block::Paragraph(text) | Block::Item { text, .. } => vec![text],
            Block::Table(table) => {
                table.rows.iter().chain(&table.totals).flatten().map(|cell| cell.text.as_slice()).collect()
            }
        };
        let href = format!("{}#{anchor}", paths::report(report));
        for line in lines {
            for (at, inline) in line.iter().enumerate() {
                if out.len() == PLACES_MOST {
                    return out;
                }
                if let Some(text) = bound_to(inline, key) {
                    out.push(Printed {
                        href: href.clone(),
                        place: place.clone(),
                        before: tail(&text_of(&line[..at])),
                        text: text.to_owned(),
                        after: head(&text_of(&line[at + 1..])),
                    });
                }
            }
        }
    }
    out
}

/// The text of a figure that is, or depends on, the fact of a key.
fn bound_to<'a>(inline: &'a Inline, key: &str) -> Option<&'a str> {
    match inline {
        Inline::Bound { text, tie } if tie.role == Role::Figure => {
            (tie.key == key || tie.sources.iter().any(|source| source == key)).then_some(text.as_str())
        }
        Inline::Bound { .. } | Inline::Text(_) | Inline::Italic(_) => None,
    }
}

fn tail(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    match letters.len().checked_sub(CONTEXT) {
        None | Some(0) => text.to_owned(),
        Some(cut) => format!("…{}", letters[cut..].iter().collect::<String>()),
    }
}

fn head(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(CONTEXT).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use thidua_paper::tree::Tie;

    use super::*;

    #[test]
    fn a_figure_is_found_by_its_key_and_by_its_sources() {
        let inline = |role| Inline::Bound {
            text: "53,8%".into(),
            tie: Arc::new(Tie { key: "a".into(), sources: vec!["b".into()], role }),
        };
        assert_eq!(bound_to(&inline(Role::Figure), "a"), Some("53,8%"));
        assert_eq!(bound_to(&inline(Role::Figure), "b"), Some("53,8%"));
        assert_eq!(bound_to(&inline(Role::Figure), "c"), None);
        assert_eq!(bound_to(&inline(Role::Words), "a"), None);
    }

    #[test]
    fn context_is_cut_between_letters() {
        let long = "ộ".repeat(CONTEXT + 5);
        assert_eq!(tail(&long).chars().count(), CONTEXT + 1);
        assert_eq!(head(&long).chars().count(), CONTEXT + 1);
        assert_eq!((tail("ngắn").as_str(), head("ngắn").as_str()), ("ngắn", "ngắn"));
    }
}
