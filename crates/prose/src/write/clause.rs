//! A clause and its pieces.

use thidua_base::text::{lower_first, upper_first};

/// A piece of a clause; it carries its own spaces, so that pieces join by standing side by side.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Words: fixed by the grammar, or chosen by the value.
    Words(String),
    /// A figure, name or date taken from a stored value.
    Figure(String),
}

/// A clause: pieces in reading order, without mark or space at its ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Clause(pub Vec<Piece>);

impl Piece {
    /// The text, whatever its kind.
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Figure(text) => text,
        }
    }
}

impl Clause {
    /// A clause of words alone; none at all for an empty text.
    pub fn words(text: &str) -> Self {
        Self::default().say(text)
    }

    /// A clause of one figure, name or date.
    pub fn figure(text: &str) -> Self {
        Self::default().show(text)
    }

    /// The text of all pieces.
    pub fn text(&self) -> String {
        self.0.iter().map(Piece::text).collect()
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| piece.text().is_empty())
    }

    /// The clause with words put before it: the name of what is measured and a space.
    #[must_use]
    pub fn after(self, words: &str) -> Self {
        Self::words(words).join(self)
    }

    /// The clause with words put after it.
    #[must_use]
    pub fn say(mut self, words: &str) -> Self {
        match self.0.last_mut() {
            _ if words.is_empty() => {}
            Some(Piece::Words(last)) => last.push_str(words),
            Some(Piece::Figure(_)) | None => self.0.push(Piece::Words(words.to_owned())),
        }
        self
    }

    /// The clause with a figure, name or date put after it.
    #[must_use]
    pub fn show(mut self, figure: &str) -> Self {
        if !figure.is_empty() {
            self.0.push(Piece::Figure(figure.to_owned()));
        }
        self
    }

    /// Two clauses side by side, with nothing between them.
    #[must_use]
    pub fn join(self, next: Self) -> Self {
        next.0.into_iter().fold(self, |clause, piece| match piece {
            Piece::Words(text) => clause.say(&text),
            Piece::Figure(text) => clause.show(&text),
        })
    }

    /// The clause in brackets, with the space before them: ` (đạt 100%)`; empty stays empty.
    #[must_use]
    pub fn in_brackets(self) -> Self {
        if self.is_empty() { self } else { self.after(" (").say(")") }
    }

    /// Clauses with a separator between those that say something.
    pub fn joined(clauses: Vec<Self>, separator: &str) -> Self {
        clauses
            .into_iter()
            .filter(|clause| !clause.is_empty())
            .fold(Self::default(), |all, clause| if all.is_empty() { clause } else { all.say(separator).join(clause) })
    }

    /// The clause beginning with a capital, as after a full stop.
    #[must_use]
    pub fn begins_sentence(self) -> Self {
        self.with_first(upper_first)
    }

    /// The clause beginning with a small letter, as after a semicolon.
    ///
    /// Only words change: a name keeps its capital, and so does an abbreviation.
    #[must_use]
    pub fn continues_sentence(self) -> Self {
        match self.0.first() {
            Some(Piece::Words(_)) => self.with_first(lower_first),
            Some(Piece::Figure(_)) | None => self,
        }
    }

    fn with_first(mut self, change: fn(&str) -> String) -> Self {
        if let Some(Piece::Words(text) | Piece::Figure(text)) = self.0.first_mut() {
            *text = change(text);
        }
        self
    }
}
