//! Standards that units or objects reach (đạt chuẩn): a register of recognitions, counted as n of m.
//!
//! n and m are never typed: m is the population on a day, n those whose last valid event is a recognition.

use thidua_base::Date;
use thidua_base::code::{MemberId, OrgId, StandardCode};

use crate::org::holds;
use crate::origin::Provenance;

/// A standard (chuẩn, bộ tiêu chí, chỉ tiêu) with its own population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// Stable code: `truong-chuan-quoc-gia`.
    pub code: StandardCode,
    /// Name for tables.
    pub name: String,
    /// Name inside a sentence: `trường đạt chuẩn quốc gia`.
    pub phrase: String,
    /// What is counted: `trường`, `xã`, `chuỗi`.
    pub measure: String,
    /// What the population is, in words: `xã, thị trấn của huyện`; said where the share is said.
    pub population: String,
    /// Decimals of its share.
    pub percent_decimals: u8,
    /// Sector heading it is listed under.
    pub field: String,
    /// Order in lists.
    pub ordinal: i64,
    /// What it counts and since when; may be empty.
    pub definition: String,
}

/// A member of a standard's population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Identity.
    pub id: MemberId,
    /// The standard.
    pub standard: StandardCode,
    /// Its name: `Trường Mầm non Tiến Nông`.
    pub name: String,
    /// The unit it is or lies in.
    pub unit: Option<OrgId>,
    /// First day in the population.
    pub valid_from: Date,
    /// First day after; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// An event of a member on its way to, or from, a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// Identity within the tenant.
    pub id: String,
    /// The member.
    pub member: MemberId,
    /// What happened.
    pub state: RecognitionState,
    /// When.
    pub on: Date,
    /// The decision, as cited; empty where unknown.
    pub decision: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// States of a member towards a standard; only two of them count as reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecognitionState {
    /// Đăng ký.
    Registered,
    /// Được thẩm định: judged, not yet recognised.
    Appraised,
    /// Công nhận mới.
    Recognised,
    /// Công nhận lại.
    RecognisedAgain,
    /// Thu hồi, hết hiệu lực.
    Revoked,
}

/// A count against its population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Members reached, in the order given.
    pub reached: Vec<MemberId>,
    /// Size of the population.
    pub population: usize,
}

impl RecognitionState {
    /// Whether the standard is held after this event.
    pub fn holds_standard(self) -> bool {
        match self {
            Self::Recognised | Self::RecognisedAgain => true,
            Self::Registered | Self::Appraised | Self::Revoked => false,
        }
    }
}

impl Member {
    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("member:{}", self.id)
    }
}

impl Recognition {
    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("recognition:{}", self.id)
    }
}

/// n of m of a standard on a day: members in the population, and those whose last event by then holds it.
///
/// Events of one day count in the order given.
pub fn count_on(standard: &StandardCode, members: &[Member], recognitions: &[Recognition], day: Date) -> Count {
    let population: Vec<&Member> =
        members.iter().filter(|m| m.standard == *standard && holds(m.valid_from, m.valid_to, day)).collect();
    let reached = population
        .iter()
        .filter(|member| {
            recognitions
                .iter()
                .filter(|r| r.member == member.id && r.on <= day)
                .max_by_key(|r| r.on)
                .is_some_and(|last| last.state.holds_standard())
        })
        .map(|member| member.id.clone())
        .collect();
    Count { reached, population: population.len() }
}
