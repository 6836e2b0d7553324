//! A cluster's scoring of one year as it is opened, and as it is frozen.

use thidua_base::code::ClusterCode;
use thidua_base::{Date, Period, Timestamp};

use super::freeze::hash;
use crate::origin::Provenance;

/// The opening of a cluster's scoring for a year (mở đợt chấm điểm): the scheme it is scored by, as its file was that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// The period whose figures count.
    pub period: Period,
    /// The closing day: units that exist on it are scored, and figures changed shortly before it are asked about.
    pub closes_on: Date,
    /// Name of the scheme's file.
    pub file: String,
    /// The scheme's file, whole.
    pub scheme: String,
    /// Whether it is real, or a sample.
    pub provenance: Provenance,
    /// Who opened it, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A frozen ranking, as it is kept (bản chốt).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// SHA-256 of the bytes, in hexadecimal.
    pub hash: String,
    /// The bytes, which anyone can compute again.
    pub bytes: Vec<u8>,
    /// Who froze it, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The signature of a frozen ranking (chữ ký số của bản chốt): of its bytes, by the key of the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The Ed25519 public key, in hexadecimal.
    pub public_key: String,
    /// The signature over the frozen bytes, in hexadecimal.
    pub signature: String,
    /// When.
    pub at: Timestamp,
}

impl Opening {
    /// SHA-256 of the scheme's file, in hexadecimal: by it the same scheme of two clusters is one.
    pub fn scheme_hash(&self) -> String {
        hash(self.scheme.as_bytes())
    }

    /// The key of this fact, as bound text and the journal name it.
    pub fn key(&self) -> String {
        format!("scoring:{}:{}", self.cluster, self.year)
    }
}
