//! Freezing a round: everything the marks follow from and the marks themselves as one text, the same bytes whenever and
//! wherever they are made, so that years later anyone can compute them again.
//!
//! The text holds the scheme's file as it was, the members, their figures with targets and plan versions, claims, files,
//! marks, excuses and last year's ranks; then the results. Lines are records of fields between tabs, in one order.

pub(crate) mod record;
pub(crate) mod thaw;
pub(super) mod write;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use thidua_base::code::{ClusterCode, OrgId};
use thidua_base::number::BadNumber;

use super::scheme::{BrokenScheme, read};
use super::score::Round;

/// What is frozen: a round with the file of its scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freeze {
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// Name of the scheme's file.
    pub scheme_file: String,
    /// The scheme's file, as it was.
    pub scheme: String,
    /// The round.
    pub round: Round,
    /// Last year's ranks.
    pub last: BTreeMap<OrgId, usize>,
}

/// Why a round cannot be frozen or read again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FreezeFault {
    /// The scheme is broken.
    #[error("the scheme is broken: {}", .0.first().map_or_else(String::new, ToString::to_string))]
    Scheme(Vec<BrokenScheme>),
    /// A total does not fit in 64 bits.
    #[error(transparent)]
    TooLarge(#[from] BadNumber),
    /// The scheme is incomplete: a cluster cannot be judged by it.
    #[error("the scheme is incomplete")]
    Incomplete,
    /// The bytes are no frozen round; the first line that does not fit, from 1.
    #[error("line {0} does not belong into a frozen round")]
    NotFrozen(usize),
    /// It was frozen by a later version of the rules of this program.
    #[error("frozen by version {0}, which this program does not know")]
    LaterVersion(String),
}

/// Whether a frozen round gives the same bytes when it is computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recomputed {
    /// Every byte.
    Same,
    /// Not from this line on, from 1: as frozen, as computed now.
    Differs {
        /// The line.
        line: usize,
        /// As frozen.
        frozen: String,
        /// As computed now.
        now: String,
    },
}

/// The version of the format and of the arithmetic behind it; another arithmetic is another version, and the old one
/// stays computable.
pub const VERSION: &str = "1";

impl Freeze {
    /// The frozen bytes: UTF-8 text.
    ///
    /// # Errors
    /// Where the scheme is broken or incomplete, or a total does not fit.
    pub fn bytes(&self) -> Result<Vec<u8>, FreezeFault> {
        let scheme = read(&self.scheme_file, &self.scheme).map_err(FreezeFault::Scheme)?;
        if !scheme.is_whole() {
            return Err(FreezeFault::Incomplete);
        }
        Ok(write::written(self, &scheme)?.into_bytes())
    }

    /// The round behind frozen bytes.
    ///
    /// # Errors
    /// Where they are no frozen round.
    pub fn thawed(bytes: &[u8]) -> Result<Self, FreezeFault> {
        thaw::thawed(std::str::from_utf8(bytes).map_err(|_| FreezeFault::NotFrozen(1))?)
    }
}

/// The ranks that frozen bytes hold: what next year's movement is counted from.
///
/// # Errors
/// Where they are no frozen round.
pub fn ranks(bytes: &[u8]) -> Result<BTreeMap<OrgId, usize>, FreezeFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| FreezeFault::NotFrozen(1))?;
    let mut ranks = BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| line.starts_with("rank\t")) {
        let broken = || FreezeFault::NotFrozen(at + 1);
        let found = record::fields(line).ok_or_else(broken)?;
        let of = thaw::Fields(&found);
        ranks.insert(of.code(3).ok_or_else(broken)?, of.whole(1).ok_or_else(broken)?);
    }
    Ok(ranks)
}

/// SHA-256 of frozen bytes, in hexadecimal: what a decision cites and a signature signs.
pub fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Computes a frozen round again from its own inputs.
///
/// # Errors
/// Where the bytes are no frozen round.
pub fn recompute(bytes: &[u8]) -> Result<Recomputed, FreezeFault> {
    let again = Freeze::thawed(bytes)?.bytes()?;
    if again == bytes {
        return Ok(Recomputed::Same);
    }
    let (frozen, now) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&again));
    let (mut was, mut is) = (frozen.lines(), now.lines());
    for line in 1.. {
        match (was.next(), is.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                let told = |text: Option<&str>| text.unwrap_or_default().to_owned();
                return Ok(Recomputed::Differs { line, frozen: told(a), now: told(b) });
            }
        }
    }
    Ok(Recomputed::Differs { line: 1, frozen: String::new(), now: String::new() })
}
