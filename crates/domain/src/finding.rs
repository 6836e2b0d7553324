//! What went well, what did not and why, and what is to be done: findings and tasks with owners.

use thidua_base::code::{FindingId, OrgId, TaskId};
use thidua_base::{Date, Period};

use crate::origin::Provenance;

/// A finding of a period (kết quả, tồn tại, nguyên nhân), written by a person and reusable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Identity.
    pub id: FindingId,
    /// What it is.
    pub kind: FindingKind,
    /// The period it was made for.
    pub period: Period,
    /// The unit it speaks of.
    pub unit: OrgId,
    /// Who answers for it; `None` where open.
    pub owner: Option<OrgId>,
    /// The finding, one or two sentences without figures.
    pub text: String,
    /// `open`, `answered`, `closed`.
    pub status: String,
    /// Indicators it speaks of, so that the checker knows a weak figure is mentioned.
    pub about: Vec<thidua_base::code::IndicatorCode>,
    /// Order in lists.
    pub ordinal: i64,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Kinds of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    /// Kết quả đạt được.
    Result,
    /// Tồn tại, hạn chế.
    Limit,
    /// Nguyên nhân.
    Cause,
}

/// A task or solution for a period ahead (nhiệm vụ, giải pháp), followed up afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Identity.
    pub id: TaskId,
    /// What it is.
    pub kind: TaskKind,
    /// The period in which it is to be done.
    pub period: Period,
    /// The unit that sets it.
    pub unit: OrgId,
    /// Who does it; `None` where everyone does.
    pub owner: Option<OrgId>,
    /// The task, one or two sentences; `{PT01}` names a movement, `{van-ban ID}` cites an instrument.
    pub text: String,
    /// `planned`, `under-way`, `done`, `carried-over`.
    pub status: String,
    /// Due day, where set.
    pub due_on: Option<Date>,
    /// Order in lists.
    pub ordinal: i64,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Kinds of task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskKind {
    /// Nhiệm vụ trọng tâm.
    Aim,
    /// Giải pháp.
    Measure,
}
