//! A password that the program makes up: told once to whoever manages accounts, changed by its owner.

use std::fmt;

use thidua_domain::account::second_factor::{base32, grouped};

use crate::Error;
use crate::entropy::Entropy;

/// Random bytes of it: 80 bits, beyond guessing at one try each second for longer than it lasts.
const BYTES: usize = 10;

/// A password that the program made up; printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct GivenPassword(String);

impl GivenPassword {
    /// A new one: four groups of four small letters and digits, without those that look alike.
    pub(super) fn new(entropy: &Entropy) -> Result<Self, Error> {
        let letters = base32(&entropy.bytes::<BYTES>()?).to_lowercase();
        Ok(Self(grouped(&letters, "-")))
    }

    /// The text, to be shown once.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for GivenPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GivenPassword(…)")
    }
}
