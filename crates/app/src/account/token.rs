//! The token of a session or of a half-done sign-in: what the browser keeps, and nobody else.

use std::fmt;

use thidua_store::account::session::SessionKey;

use crate::Error;
use crate::entropy::{Entropy, hex};

/// Random bytes of a token: 256 bits, beyond any guessing.
const BYTES: usize = 32;

/// A session's token; printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new token.
    pub(super) fn new(entropy: &Entropy) -> Result<Self, Error> {
        Ok(Self(hex(&entropy.bytes::<BYTES>()?)))
    }

    /// Reads what a browser sent; a text of another shape is none.
    pub fn read(text: &str) -> Option<Self> {
        let fits = text.len() == 2 * BYTES && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self(text.to_owned()))
    }

    /// The text, for the cookie only.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The key of its row.
    pub(super) fn key(&self) -> SessionKey {
        SessionKey::of(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_shows_nothing_and_nonsense_is_none() {
        let token = Token::new(&Entropy::set(1)).unwrap();
        assert_eq!(Token::read(token.text()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "Token(…)");
        let upper = token.text().to_uppercase();
        for bad in ["", "abc", upper.as_str(), &format!("{}0", token.text()), &"ố".repeat(32)] {
            assert_eq!(Token::read(bad), None, "{bad:?}");
        }
    }
}
