//! Closed words (từ khóa): the same in the law book, in columns, in forms and in the API.

use crate::refusal::{Refusal, SubjectFault};

/// A closed list of words, each with a meaning.
pub trait Term: Copy + Eq + 'static {
    /// Every value, in order.
    const ALL: &'static [Self];

    /// The word of a value.
    fn word(self) -> &'static str;

    /// The value of a word.
    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == word)
    }

    /// The value of a word of a form.
    ///
    /// # Errors
    /// [`SubjectFault::UnknownWord`] with the words that are known.
    fn read(field: &'static str, word: &str) -> Result<Self, Refusal> {
        let known = || Self::ALL.iter().map(|value| value.word().to_owned()).collect();
        Self::of_word(word).ok_or_else(|| {
            Refusal::Subject(SubjectFault::UnknownWord { field, asked: word.to_owned(), known: known() })
        })
    }
}
