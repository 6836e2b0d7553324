//! Meetings of a cluster (họp cụm): who came, what was spoken of, what was concluded about marks and flags. Minutes that
//! were wrong are written anew; the earlier ones stay.

use thidua_base::code::{ClusterCode, OrgId};
use thidua_base::{Date, Timestamp};

use super::{Cluster, ClusterRole};
use crate::refusal::{MinutesFault, Refusal};

/// What a meeting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeetingKind {
    /// Ký giao ước thi đua.
    Pledge,
    /// Sơ kết.
    Interim,
    /// Chấm điểm, xét cờ.
    Scoring,
    /// Tổng kết, bầu cụm trưởng năm sau.
    Closing,
    /// Another one.
    Other,
}

/// A meeting of a cluster, as its minutes have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// Its number in the year, from 1.
    pub number: i64,
    /// How often its minutes were written, from 1; the last count.
    pub revision: i64,
    /// What it was for.
    pub kind: MeetingKind,
    /// The day.
    pub held_on: Date,
    /// Where.
    pub place: String,
    /// The member that chaired it: the head of the cluster or a deputy, or the unit that formed it.
    pub chaired_by: OrgId,
    /// Who chaired it, by name and office.
    pub chair: String,
    /// Who wrote the minutes.
    pub scribe: String,
    /// What was on the agenda, one point a line.
    pub agenda: Vec<String>,
    /// What was concluded, one point a line.
    pub conclusions: Vec<String>,
    /// What was decided about marks and flags, one point a line.
    pub decided: Vec<String>,
    /// Every member, in the order of the cluster.
    pub attendance: Vec<Attendance>,
    /// Who put it in.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Whether a member came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// The member.
    pub unit: OrgId,
    /// Whether it came.
    pub came: bool,
    /// For whom: name and office; empty where nobody came or nobody was named.
    pub person: String,
}

impl MeetingKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Pledge, Self::Interim, Self::Scoring, Self::Closing, Self::Other];

    /// The word in columns and keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pledge => "pledge",
            Self::Interim => "interim",
            Self::Scoring => "scoring",
            Self::Closing => "closing",
            Self::Other => "other",
        }
    }
}

impl Meeting {
    /// Its key, as the journal names it.
    pub fn key(&self) -> String {
        format!("meeting:{}:{}:{}", self.cluster, self.year, self.number)
    }

    /// How many members came.
    pub fn came(&self) -> usize {
        self.attendance.iter().filter(|one| one.came).count()
    }

    /// Whether the minutes are taken: of a meeting that was held, chaired by who chairs this cluster, that concluded
    /// something. Members of which nothing is said did not come.
    ///
    /// # Errors
    /// [`Refusal::BadMinutes`] with what is wrong.
    pub fn taken(mut self, cluster: &Cluster, today: Date) -> Result<Self, Refusal> {
        let bad = |why| Err(Refusal::BadMinutes { why });
        if self.held_on > today {
            return bad(MinutesFault::NotHeld);
        }
        // The closing meeting of a year may be held after it.
        if self.held_on.year() != self.year && self.held_on.year() != self.year + 1 {
            return bad(MinutesFault::OtherYear);
        }
        if self.place.trim().is_empty() {
            return bad(MinutesFault::NoPlace);
        }
        if self.conclusions.iter().chain(&self.decided).all(|line| line.trim().is_empty()) {
            return bad(MinutesFault::NoConclusion);
        }
        let leads = |role: ClusterRole| matches!(role, ClusterRole::Lead | ClusterRole::Deputy);
        let chairs = cluster.members.iter().any(|member| member.unit == self.chaired_by && leads(member.role));
        if !chairs && self.chaired_by != cluster.formed_by {
            return bad(MinutesFault::OtherChair);
        }
        let is_member = |unit: &OrgId| cluster.members.iter().any(|member| member.unit == *unit);
        if !self.attendance.iter().all(|one| is_member(&one.unit)) {
            return bad(MinutesFault::NotMember);
        }
        let said = std::mem::take(&mut self.attendance);
        let of = |unit: &OrgId| {
            let found = said.iter().find(|one| one.unit == *unit).cloned();
            found.unwrap_or_else(|| Attendance { unit: unit.clone(), came: false, person: String::new() })
        };
        self.attendance = cluster.members.iter().map(|member| of(&member.unit)).collect();
        if self.came() == 0 {
            return bad(MinutesFault::NobodyCame);
        }
        Ok(self)
    }
}
