//! Random texts that open something to whoever holds them: a session, a calendar feed, the way in of a program.

use std::fmt;
use std::marker::PhantomData;

use thidua_store::account::api_token::TokenHash;
use thidua_store::account::session::SessionKey;
use thidua_store::notice::feed::FeedKey;

use crate::Error;
use crate::entropy::{Entropy, hex};

/// Random bytes of a secret: 256 bits, beyond any guessing.
const BYTES: usize = 32;

/// What the row of a secret is found by; the secret itself is never kept.
pub trait Opens {
    /// What every secret of the kind begins with, so that one in the wrong place is recognised.
    const PREFIX: &'static str = "";

    /// The key of a secret's text.
    fn of(text: &str) -> Self;
}

/// A secret that opens one kind of thing; printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<K> {
    text: String,
    kind: PhantomData<fn() -> K>,
}

impl<K: Opens> Secret<K> {
    /// A new secret.
    pub(crate) fn new(entropy: &Entropy) -> Result<Self, Error> {
        Ok(Self::from_text(format!("{}{}", K::PREFIX, hex(&entropy.bytes::<BYTES>()?))))
    }

    /// Reads what was sent; a text of another shape is none.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(K::PREFIX)?;
        let fits =
            digits.len() == 2 * BYTES && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self::from_text(text.to_owned()))
    }

    /// The text, for whoever is to hold it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The key of its row.
    pub(crate) fn key(&self) -> K {
        K::of(&self.text)
    }

    fn from_text(text: String) -> Self {
        Self { text, kind: PhantomData }
    }
}

impl<K> fmt::Debug for Secret<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Opens for SessionKey {
    fn of(text: &str) -> Self {
        Self::of(text)
    }
}

impl Opens for FeedKey {
    fn of(text: &str) -> Self {
        Self::of(text)
    }
}

impl Opens for TokenHash {
    const PREFIX: &'static str = "td_";

    fn of(text: &str) -> Self {
        Self::of(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_read_back_and_nonsense_is_none<K: Opens + Clone + PartialEq>() {
        let secret = Secret::<K>::new(&Entropy::set(1)).unwrap();
        assert!(Secret::read(secret.text()) == Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        let digits = secret.text().strip_prefix(K::PREFIX).unwrap();
        let bad = ["", "abc", &digits.to_uppercase(), &format!("{digits}0"), &"ố".repeat(32)];
        for digits in bad {
            let text = format!("{}{digits}", K::PREFIX);
            assert!(Secret::<K>::read(&text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_secret_is_read_back_shows_nothing_and_nonsense_is_none() {
        is_read_back_and_nonsense_is_none::<SessionKey>();
        is_read_back_and_nonsense_is_none::<FeedKey>();
        is_read_back_and_nonsense_is_none::<TokenHash>();
    }

    #[test]
    fn a_secret_of_another_kind_is_none() {
        let session = Secret::<SessionKey>::new(&Entropy::set(1)).unwrap();
        assert!(Secret::<TokenHash>::read(session.text()).is_none());
        assert!(Secret::<SessionKey>::read(Secret::<TokenHash>::new(&Entropy::set(1)).unwrap().text()).is_none());
    }
}
