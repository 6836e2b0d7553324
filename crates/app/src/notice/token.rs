//! The token of a calendar feed: part of its address, known to its owner only.

use std::fmt;

use thidua_store::notice::feed::FeedKey;

use crate::Error;
use crate::entropy::{Entropy, hex};

/// Random bytes of a token: 256 bits, beyond any guessing.
const BYTES: usize = 32;

/// A feed's token; printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedToken(String);

impl FeedToken {
    /// A new token.
    pub(super) fn new(entropy: &Entropy) -> Result<Self, Error> {
        Ok(Self(hex(&entropy.bytes::<BYTES>()?)))
    }

    /// Reads the part of an address; a text of another shape is none.
    pub fn read(text: &str) -> Option<Self> {
        let fits = text.len() == 2 * BYTES && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self(text.to_owned()))
    }

    /// The text, for the address only.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The key of its row.
    pub(super) fn key(&self) -> FeedKey {
        FeedKey::of(&self.0)
    }
}

impl fmt::Debug for FeedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FeedToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_shows_nothing_and_nonsense_is_none() {
        let token = FeedToken::new(&Entropy::set(1)).unwrap();
        assert_eq!(FeedToken::read(token.text()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "FeedToken(…)");
        for bad in ["", "abc", &token.text().to_uppercase(), &format!("{}0", token.text()), &"ố".repeat(32)] {
            assert_eq!(FeedToken::read(bad), None, "{bad:?}");
        }
    }
}
