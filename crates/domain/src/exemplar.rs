//! Advanced models worth telling others about, with the evidence.
//!
//! A row says what it is; its [`course`] says where it stands and is only added to. A row without a course was taken
//! over with a pack and counts as recognised.

pub mod course;
pub mod listed;
pub mod paper;
pub mod picture;
pub mod profile;
pub mod public;
pub mod replication;

pub use course::{Course, Event, STEPS, Standing, State, Step};
pub use paper::{Paper, Withdrawn};
pub use picture::Picture;
pub use profile::{Contact, ExemplarKind, Profile, Proposal};
pub use public::{Part, Shown};
pub use replication::Replication;

use thidua_base::Number;
use thidua_base::code::{ExemplarId, OrgId};

use crate::origin::Provenance;

/// An exemplar (điển hình, mô hình): who or what, where, how big, since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemplar {
    /// Identity; one place of one model is one exemplar.
    pub id: ExemplarId,
    /// `chuoi-cung-ung`, `trong-trot`, `chan-nuoi`, `trang-trai`, `ocop`, `tap-the`, `ca-nhan`.
    pub field: String,
    /// The model as a sentence names it: `rau an toàn trong nhà lưới`.
    pub name: String,
    /// Exemplars of one model in several places share a group; empty where it stands alone.
    pub group: String,
    /// The place, where known.
    pub unit: Option<OrgId>,
    /// Its size, where known.
    pub size: Option<Number>,
    /// The size's unit of measure: `ha`.
    pub measure: String,
    /// Year since when, where known.
    pub since: Option<i16>,
    /// What is told about it, in words of our own; may be empty.
    pub story: String,
    /// Order in lists.
    pub ordinal: i64,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Exemplar {
    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("exemplar:{}", self.id)
    }
}
