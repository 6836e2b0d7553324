//! Writing in progress: fills templates from the data, and remembers what was cited before.

use std::collections::BTreeSet;
use std::sync::Arc;

use thidua_base::code::InstrumentId;
use thidua_base::number::CountStyle;
use thidua_domain::indicator::Figures;
use thidua_paper::tree::{Inline, Role, Tie};
use thidua_prose::write::{Clause, Piece as Said};

use crate::data::ReportData;
use crate::say;
use crate::template::{BadTemplate, Piece, parse};

/// A report being written.
#[derive(Debug)]
pub struct Writing<'a> {
    /// What it is written from.
    pub data: &'a ReportData,
    /// The figures among it, indexed on the report's day.
    pub figures: Figures,
    /// How counts below ten are written.
    pub counts: CountStyle,
    /// Instruments cited so far: the first citation is full, later ones are short.
    pub cited: BTreeSet<InstrumentId>,
}

/// Why a template cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfillable {
    /// The template itself is broken.
    #[error("{0}")]
    Template(#[from] BadTemplate),
    /// The first word names nothing that exists.
    #[error("{{{slot}}}: nothing is called '{name}'")]
    UnknownName {
        /// The words between the braces.
        slot: String,
        /// The name that was looked for.
        name: String,
    },
    /// A word that says nothing of such a subject.
    #[error("{{{slot}}}: '{word}' cannot be said of it")]
    UnknownWord {
        /// The words between the braces.
        slot: String,
        /// The word.
        word: String,
    },
    /// A sum or percentage does not fit.
    #[error("{{{slot}}}: {why}")]
    Number {
        /// The words between the braces.
        slot: String,
        /// What is wrong.
        why: String,
    },
}

impl<'a> Writing<'a> {
    /// Begins to write.
    pub fn new(data: &'a ReportData) -> Self {
        let figures = Figures::new(
            &data.indicators,
            &data.readings,
            &data.plans,
            &data.plan_values,
            &data.edges,
            data.report.dated,
        );
        Self { data, figures, counts: CountStyle::Plain, cited: BTreeSet::new() }
    }

    /// Fills a template: text stays, slots become bound text with the capital their place asks for.
    ///
    /// # Errors
    /// When the template is broken or names something that does not exist.
    pub fn fill(&mut self, template: &str) -> Result<Vec<Inline>, Unfillable> {
        let mut out: Vec<Inline> = Vec::new();
        for piece in parse(template)? {
            match piece {
                Piece::Text(text) => out.push(Inline::Text(text)),
                Piece::Slot(slot) => {
                    let mut said = say::said(self, &slot.words)?;
                    if begins_sentence(&out) {
                        capitalise(&mut said);
                    }
                    out.append(&mut said);
                }
            }
        }
        Ok(out)
    }
}

/// Binds a clause to what it follows from: figures become links, words do not.
pub fn bind(clause: Clause, key: &str, mut sources: Vec<String>) -> Vec<Inline> {
    sources.sort();
    sources.dedup();
    let tie = |role| Arc::new(Tie { key: key.to_owned(), sources: sources.clone(), role });
    let (figure, words) = (tie(Role::Figure), tie(Role::Words));
    clause
        .0
        .into_iter()
        .map(|piece| match piece {
            Said::Figure(text) => Inline::Bound { text, tie: Arc::clone(&figure) },
            Said::Words(text) => Inline::Bound { text, tie: Arc::clone(&words) },
        })
        .collect()
}

/// Runs of inlines with a separator between those that say something.
pub fn joined(runs: Vec<Vec<Inline>>, separator: &str) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for mut run in runs.into_iter().filter(|run| !run.is_empty()) {
        if !out.is_empty() {
            out.push(Inline::Text(separator.to_owned()));
        }
        out.append(&mut run);
    }
    out
}

/// Gives the first letter of a run its capital.
pub fn capitalise(run: &mut [Inline]) {
    if let Some(first) = run.iter_mut().find(|inline| !inline.text().is_empty()) {
        match first {
            Inline::Text(text) | Inline::Italic(text) | Inline::Bound { text, .. } => {
                *text = thidua_base::text::upper_first(text);
            }
        }
    }
}

/// Whether what follows begins a sentence.
fn begins_sentence(before: &[Inline]) -> bool {
    let last = before.iter().rev().map(Inline::text).find(|text| !text.trim().is_empty());
    last.is_none_or(|text| text.trim_end().ends_with(['.', '!', '?']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_at_the_head_and_after_a_full_stop_begins_a_sentence() {
        let text = |t: &str| Inline::Text(t.into());
        assert!(begins_sentence(&[]));
        assert!(begins_sentence(&[text("Xong. ")]));
        assert!(!begins_sentence(&[text("Trong kỳ, ")]));
        assert!(!begins_sentence(&[text("Xong."), text("; ")]));
    }

    #[test]
    fn binding_sorts_sources_and_parts_words_from_figures() {
        let clause = Clause::words("tăng ").show("13,2%");
        let bound = bind(clause, "k", vec!["b".into(), "a".into(), "b".into()]);
        let [Inline::Bound { tie: words, .. }, Inline::Bound { tie: figure, .. }] = &bound[..] else {
            panic!("two bound pieces: {bound:?}")
        };
        assert_eq!((words.role, figure.role), (Role::Words, Role::Figure));
        assert_eq!(figure.sources, ["a", "b"]);
    }
}
