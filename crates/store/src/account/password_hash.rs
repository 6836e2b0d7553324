//! The kept form of a password: Argon2id, as a PHC string that only this crate can read.

use std::fmt;

use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::{Algorithm, Argon2, CustomizedPasswordHasher, Params, PasswordVerifier, Version};

/// Memory in KiB. With the two constants below the first choice of the OWASP Password Storage Cheat Sheet for
/// Argon2id (19 MiB, two passes, one lane); RFC 9106 wants more memory than an old office machine can spare.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes, each a thread's work.
const LANES: u32 = 1;

/// Random bytes mixed into each hash: 16, as RFC 9106 (3.1) recommends.
pub type Salt = [u8; 16];

/// A password as it is kept. There is no way to its text from outside this crate, and printing it shows none.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

/// Whether a password is the one that was hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Fit {
    /// It is.
    Right,
    /// It is not.
    Wrong,
}

impl PasswordHash {
    /// Hashes a password; takes some hundredths of a second and 19 MiB, by design.
    pub fn of(password: &str, salt: &Salt) -> Self {
        let hash: Phc = argon2()
            .hash_password_customized(password.as_bytes(), salt, None, None, params())
            .expect("a salt of 16 bytes and fixed parameters suit Argon2id");
        Self(hash.to_string())
    }

    /// Whether a password is the one that was hashed; compares in constant time. A kept text that is no hash
    /// fits nothing.
    pub fn fits(&self, password: &str) -> Fit {
        let right = Phc::new(&self.0).is_ok_and(|kept| argon2().verify_password(password.as_bytes(), &kept).is_ok());
        if right { Fit::Right } else { Fit::Wrong }
    }

    /// Does the work of [`PasswordHash::fits`] where there is no account to compare with.
    pub fn none_fits(password: &str) -> Fit {
        // The result is looked at, so that the work cannot be left out.
        let made = Self::of(password, &[0; 16]);
        if made.0.is_empty() { Fit::Right } else { Fit::Wrong }
    }

    /// The text in the column.
    pub(super) fn kept(&self) -> &str {
        &self.0
    }

    /// The text of the column.
    pub(super) fn read(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

fn params() -> Params {
    Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the constants above suit Argon2")
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_password_fits_and_its_neighbours_do_not() {
        let hash = PasswordHash::of("thi đua gặt lúa", &[7; 16]);
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.0);
        assert_eq!(hash.fits("thi đua gặt lúa"), Fit::Right);
        for near in ["thi đua gặt lúa ", "Thi đua gặt lúa", "thi dua gat lua", ""] {
            assert_eq!(hash.fits(near), Fit::Wrong, "{near:?}");
        }
        assert_eq!(PasswordHash::none_fits("thi đua gặt lúa"), Fit::Wrong);
        assert_eq!(PasswordHash::read("not a hash".into()).fits("not a hash"), Fit::Wrong);
    }

    #[test]
    fn one_password_has_as_many_hashes_as_salts_and_shows_none() {
        let (one, two) = (PasswordHash::of("thi đua gặt lúa", &[1; 16]), PasswordHash::of("thi đua gặt lúa", &[2; 16]));
        assert_ne!(one, two);
        assert_eq!(format!("{one:?}"), "PasswordHash(…)");
    }
}
