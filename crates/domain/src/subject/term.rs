//! Closed words (từ khóa): those of the law book and those of facts alike, in columns, in forms and in the API.

use thidua_law::vocabulary::Word;

use crate::refusal::{Refusal, SubjectFault};

/// A closed list of words; what the law book calls a [`Word`], as forms read it.
pub trait Term: Word {
    /// Every value, in order.
    fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.iter().map(|row| row.0)
    }

    /// The word of a value.
    fn word(self) -> &'static str {
        self.code()
    }

    /// The value of a word.
    fn of_word(word: &str) -> Option<Self> {
        Self::parse(word)
    }

    /// The value of a word of a form.
    ///
    /// # Errors
    /// [`SubjectFault::UnknownWord`] with the words that are known.
    fn read(field: &'static str, word: &str) -> Result<Self, Refusal> {
        let known = || Self::WORDS.iter().map(|row| row.1.to_owned()).collect();
        let unknown = || SubjectFault::UnknownWord { field, asked: word.to_owned(), known: known() };
        Self::parse(word).ok_or_else(|| unknown().into())
    }
}

impl<W: Word> Term for W {}
