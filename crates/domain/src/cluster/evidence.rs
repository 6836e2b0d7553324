//! What a unit claims for a criterion, and the files that prove it: one file may be cited by many criteria, and is
//! revoked once for all of them.

use std::collections::BTreeMap;

use thidua_base::code::{CriterionCode, EvidenceId, OrgId};
use thidua_base::{Number, Timestamp};

/// An answer to what a criterion asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// One of the answers of a choice.
    Option(String),
    /// So many, or so much.
    Amount(Number),
    /// So much, in a circumstance that gives other points.
    Circumstance {
        /// How much.
        amount: Number,
        /// The code of the circumstance.
        code: String,
    },
    /// A part of a whole; a whole of zero says that nothing arose.
    Share {
        /// The part.
        part: Number,
        /// The whole.
        whole: Number,
    },
    /// Awards held, by code.
    Awards(BTreeMap<String, i64>),
    /// Points by judging body.
    Bodies(BTreeMap<OrgId, Number>),
    /// Percentages by part.
    Parts {
        /// The kind of subject.
        set: String,
        /// The percentages.
        percents: BTreeMap<String, Number>,
    },
    /// Points, where a person marks the criterion.
    Points(Number),
}

/// A claim of a unit, with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// What.
    pub claim: Claim,
    /// Files that prove it.
    pub files: Vec<EvidenceId>,
    /// A note; may be empty.
    pub note: String,
    /// Who, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A piece of evidence (minh chứng), as far as scoring looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Whose.
    pub unit: OrgId,
    /// Number and abstract of the paper, or the name of the file.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// Why it counts no more.
    pub revoked: Option<Revoked>,
}

/// Why a file counts no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// Why.
    pub reason: String,
    /// Who, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Claims and files of a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// Pieces of evidence.
    pub files: BTreeMap<EvidenceId, Proof>,
    /// Claims by unit and criterion, the oldest first; the last counts.
    pub claims: BTreeMap<OrgId, BTreeMap<CriterionCode, Vec<Claimed>>>,
}

impl Claims {
    /// The claim that counts.
    pub fn claim(&self, unit: &OrgId, criterion: &CriterionCode) -> Option<&Claimed> {
        self.claims.get(unit)?.get(criterion)?.last()
    }

    /// Adds a claim after the others.
    pub fn add(&mut self, unit: &OrgId, criterion: &CriterionCode, claimed: Claimed) {
        self.claims.entry(unit.clone()).or_default().entry(criterion.clone()).or_default().push(claimed);
    }

    /// Whether a file is there, belongs to the unit and was not revoked.
    pub fn stands(&self, unit: &OrgId, file: &EvidenceId) -> bool {
        self.files.get(file).is_some_and(|found| found.unit == *unit && found.revoked.is_none())
    }

    /// The claims that cite a file, by unit and criterion.
    pub fn citing<'a>(&'a self, file: &'a EvidenceId) -> impl Iterator<Item = (&'a OrgId, &'a CriterionCode)> {
        self.claims.iter().flat_map(move |(unit, claims)| {
            let cites = |list: &[Claimed]| list.last().is_some_and(|claimed| claimed.files.contains(file));
            claims.iter().filter(move |(_, list)| cites(list)).map(move |(code, _)| (unit, code))
        })
    }
}
