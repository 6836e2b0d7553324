//! Chance: the only place in the program that draws random bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;
use sha2::{Digest, Sha256};

use crate::Error;

/// A source of random bytes, real or set.
#[derive(Debug, Clone)]
pub enum Entropy {
    /// The machine's, fit for keys and tokens.
    Machine,
    /// The same bytes in the same order; for tests and replays, never for a server.
    Set(Arc<AtomicU64>),
}

impl Entropy {
    /// A set source that begins at a number.
    pub fn set(seed: u64) -> Self {
        Self::Set(Arc::new(AtomicU64::new(seed)))
    }

    /// The next random bytes, at most 32.
    ///
    /// # Errors
    /// Where the machine has none to give.
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask the machine for chance")]
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], Error> {
        const { assert!(N <= 32, "a set source gives no more than one hash at a time") };
        let mut bytes = [0; N];
        match self {
            Self::Machine => getrandom::fill(&mut bytes).context("asking the machine for random bytes")?,
            Self::Set(next) => {
                let made = Sha256::digest(next.fetch_add(1, Ordering::Relaxed).to_be_bytes());
                bytes.copy_from_slice(&made[..N]);
            }
        }
        Ok(bytes)
    }
}

/// Bytes as lower-case hexadecimal digits, the form of ids and tokens.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_source_repeats_itself_and_the_machine_does_not() {
        let drawn = |source: &Entropy| (source.bytes::<16>().unwrap(), source.bytes::<16>().unwrap());
        assert_eq!(drawn(&Entropy::set(1)), drawn(&Entropy::set(1)));
        assert_ne!(drawn(&Entropy::set(1)).0, drawn(&Entropy::set(1)).1);
        assert_ne!(drawn(&Entropy::Machine).0, drawn(&Entropy::Machine).0);
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }
}
