//! A group of units that compare themselves: criteria, self-score, peer score, reviewed score, ranking.

pub mod answer;
pub mod evidence;
pub mod exact;
pub mod explain;
pub mod filled;
pub mod flags;
pub mod freeze;
pub mod journal;
pub mod mark;
pub mod measure;
pub mod meeting;
pub mod objection;
pub mod opening;
pub mod question;
pub mod rank;
pub mod review;
pub mod scheme;
pub mod score;
pub mod seat;
pub mod suppose;

use thidua_base::code::{ClusterCode, OrgId};

use crate::origin::Provenance;

/// An emulation cluster or block (cụm, khối thi đua) in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Stable code over the years.
    pub code: ClusterCode,
    /// The year.
    pub year: i16,
    /// Name: `Cụm thi đua số 2`.
    pub name: String,
    /// The number in its series, where it has one.
    pub number: Option<i64>,
    /// The unit that formed it: a district for its own clusters, the province for those between districts.
    pub formed_by: OrgId,
    /// Members, in order.
    pub members: Vec<ClusterMember>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A member of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterMember {
    /// The unit.
    pub unit: OrgId,
    /// Its part in that year.
    pub role: ClusterRole,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Parts in a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterRole {
    /// Cụm trưởng.
    Lead,
    /// Cụm phó.
    Deputy,
    /// Thành viên.
    Member,
}

impl Cluster {
    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("cluster:{}:{}", self.code, self.year)
    }
}

#[cfg(test)]
mod tests;
