//! The urns of secret votes that are open (hòm phiếu): in the memory of this process and nowhere else.
//!
//! Until a vote is closed no ballot is written to any file, so that nobody who watches the database, its journal of
//! changes or its copies between two votes sees what the second one was. The price: an urn does not outlive the process;
//! a vote it was open for is voided and put again.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use thidua_base::code::TenantId;
use thidua_domain::council::{Choice, QuestionNumber, SessionId};

use crate::Error;
use crate::entropy::Entropy;

/// Letters of a receipt's code: none that is taken for another.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Letters of a code: nearly 40 bits, beyond guessing in a room.
const LENGTH: usize = 8;
/// Bytes from here on would make some letters likelier than others; they are drawn again.
const FAIR: u8 = 248;

/// Whose urn it is.
pub(super) type UrnKey = (TenantId, SessionId, QuestionNumber);

/// Ballots by their codes; the order in which they were cast is not kept.
pub(super) type Urn = BTreeMap<String, Choice>;

/// The urns that are open.
#[derive(Default)]
pub struct Urns(Mutex<BTreeMap<UrnKey, Urn>>);

impl Urns {
    /// The urns, until the guard is dropped: held over a commit, a voter's row and their ballot come or fail together.
    pub(super) fn hold(&self) -> MutexGuard<'_, BTreeMap<UrnKey, Urn>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Urns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Urns(…)")
    }
}

/// A new code that no ballot of an urn bears.
pub(super) fn code(entropy: &Entropy, urn: &Urn) -> Result<String, Error> {
    loop {
        let bytes: [u8; 32] = entropy.bytes()?;
        let letters = bytes.iter().filter(|byte| **byte < FAIR).map(|byte| LETTERS[usize::from(*byte) % LETTERS.len()]);
        let code: String = letters.take(LENGTH).map(char::from).collect();
        if code.len() == LENGTH && !urn.contains_key(&code) {
            return Ok(code);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_new_and_an_urn_shows_nothing() {
        let entropy = Entropy::set(1);
        let mut urn = Urn::new();
        for _ in 0..200 {
            let code = code(&entropy, &urn).unwrap();
            assert!(code.len() == LENGTH && !code.contains(['0', 'O', '1', 'I', 'L']), "{code}");
            assert_eq!(urn.insert(code, Choice::Agree), None);
        }
        let urns = Urns::default();
        urns.hold().insert((TenantId::parse("t").unwrap(), SessionId::parse("s").unwrap(), 1), urn);
        assert_eq!(format!("{urns:?}"), "Urns(…)");
    }
}
