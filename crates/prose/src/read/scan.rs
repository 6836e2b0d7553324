//! Small steps over a text by byte position; every position returned lies between two characters.

use thidua_base::Number;

/// A text being read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scan<'t> {
    pub text: &'t str,
}

impl<'t> Scan<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text }
    }

    /// The text from a position on; empty past the end.
    pub fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    pub fn char_at(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    pub fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at).and_then(|before| before.chars().next_back())
    }

    /// After any white space; the no-break space is one.
    pub fn skip_space(&self, at: usize) -> usize {
        self.text.len().min(at) + (self.rest(at).len() - self.rest(at).trim_start().len())
    }

    /// After the phrase, when it stands here whole; case is not minded, a space stands for any white space.
    pub fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut here = at;
        for wanted in phrase.chars() {
            let found = self.char_at(here)?;
            if wanted == ' ' {
                if !found.is_whitespace() {
                    return None;
                }
                here = self.skip_space(here);
            } else if is_same_letter(found, wanted) {
                here += found.len_utf8();
            } else {
                return None;
            }
        }
        let ends = !phrase.ends_with(char::is_alphanumeric) || !self.char_at(here).is_some_and(char::is_alphanumeric);
        ends.then_some(here)
    }

    /// After the phrase and the white space that must follow it.
    pub fn phrase_then_space(&self, at: usize, phrase: &str) -> Option<usize> {
        let end = self.phrase(at, phrase)?;
        self.char_at(end).filter(|c| c.is_whitespace()).map(|_| self.skip_space(end))
    }

    /// The number that begins here, as Vietnamese text writes it, with its end: `14.854,7`.
    pub fn number(&self, at: usize) -> Option<(usize, Number)> {
        let rest = self.rest(at);
        let bytes = rest.as_bytes();
        let sign = usize::from(bytes.first() == Some(&b'-'));
        let digits_from = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
        let first = digits_from(sign);
        if first == 0 {
            return None;
        }
        let mut end = sign + first;
        if first <= 3 {
            while bytes.get(end) == Some(&b'.') && digits_from(end + 1) == 3 {
                end += 4;
            }
        }
        if bytes.get(end) == Some(&b',') && digits_from(end + 1) > 0 {
            end += 1 + digits_from(end + 1);
        }
        let number = Number::parse_vi(rest.get(..end)?).ok()?;
        Some((at + end, number))
    }

    /// A whole number of plain digits, with its end: `2020`.
    pub fn digits(&self, at: usize) -> Option<(usize, u32)> {
        let rest = self.rest(at);
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let value = rest.get(..length)?.parse().ok()?;
        Some((at + length, value))
    }

    /// The word of letters and digits that begins here, with its end.
    pub fn word(&self, at: usize) -> Option<(usize, &'t str)> {
        let rest = self.rest(at);
        let end = rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len());
        rest.get(..end).filter(|word| !word.is_empty()).map(|word| (at + end, word))
    }

    /// The word that ends before a position, white space between passed over.
    pub fn word_before(&self, at: usize) -> Option<&'t str> {
        let before = self.text.get(..at)?.trim_end();
        let start = before.char_indices().rev().take_while(|(_, c)| is_word_char(*c)).last()?.0;
        before.get(start..)
    }

    /// Whether a word or number begins here, and not in the middle of a symbol such as `34-CT/TW`.
    pub fn begins_word(&self, at: usize) -> bool {
        let Some(first) = self.char_at(at) else { return false };
        let before = self.char_before(at);
        let after_word = before.is_some_and(is_word_char);
        match first {
            '-' => {
                before.is_none_or(char::is_whitespace) && self.rest(at + 1).starts_with(|c: char| c.is_ascii_digit())
            }
            c if c.is_ascii_digit() => !after_word && !before.is_some_and(|b| "/-.,".contains(b)),
            c => is_word_char(c) && !after_word,
        }
    }

    /// After the number, word or single character that stands here.
    pub fn after_token(&self, at: usize) -> usize {
        if let Some((end, _)) = self.number(at) {
            return end;
        }
        match (self.word(at), self.char_at(at)) {
            (Some((end, _)), _) => end,
            (None, Some(c)) => at + c.len_utf8(),
            (None, None) => self.text.len(),
        }
    }

    /// After the quoted name that opens here, when it is closed in the same paragraph.
    pub fn quoted(&self, at: usize) -> Option<usize> {
        let closing = match self.char_at(at)? {
            '“' => '”',
            '"' => '"',
            _ => return None,
        };
        let opens = self.char_before(at).is_none_or(|c| !c.is_alphanumeric());
        let inside = at + self.char_at(at)?.len_utf8();
        let begins = self.char_at(inside).is_some_and(|c| !c.is_whitespace());
        let length = self.rest(inside).find(closing)?;
        (opens && begins).then_some(inside + length + closing.len_utf8())
    }
}

/// The same letter in either case; the early answers matter, tables of phrases are tried at every word.
fn is_same_letter(a: char, b: char) -> bool {
    match (a.is_ascii(), b.is_ascii()) {
        (true, true) => a.eq_ignore_ascii_case(&b),
        (false, false) => a == b || a.to_lowercase().eq(b.to_lowercase()),
        (true, false) | (false, true) => false,
    }
}

/// Letters, digits and the marks of decomposed text.
fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}
