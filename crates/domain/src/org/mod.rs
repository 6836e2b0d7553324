//! Units and people, their places in the tree, and from when to when; units open, close, merge and split.

pub mod division;
mod history;
mod ratio;
mod reach;
mod share;
mod structure;
pub mod succession;

use thidua_base::Date;
use thidua_base::code::{OrgId, TreeId};

use crate::origin::Provenance;

pub use division::Division;
pub use history::{Additions, History, UnitEnd};
pub use ratio::Ratio;
pub use reach::{TERRITORY, within};
pub use share::{BadHistory, Share};
pub use structure::Structure;
pub use succession::{Came, Descent, Restated, Succession, Total};

/// A unit (cơ quan, tổ chức, đơn vị) as it was during one span of days.
///
/// Its id never changes and is not its statistical code: codes are reused for other units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Identity.
    pub id: OrgId,
    /// What it is: `nation`, `province`, `district`, `commune`, `township`, `village`, `office`, `school`,
    /// `mass-organisation`, `party-body`, `armed-force`, `council`, … Levels are dated data, so this is a word, not an enum.
    pub kind: String,
    /// Statistical or internal code on those days; empty where it has none.
    pub code: String,
    /// Full name with its type: `Xã Tiến Nông`, `Thị trấn Nưa`, `UBND huyện Triệu Sơn`.
    pub name: String,
    /// Name without the type: `Tiến Nông`.
    pub short_name: String,
    /// First day of this version.
    pub valid_from: Date,
    /// First day after this version; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// The instrument behind this version, as cited; may be empty.
    pub legal_ref: String,
    /// Where the fact comes from.
    pub provenance: Provenance,
}

/// A place of a unit in a tree during one span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The tree: territory, sector, offices.
    pub tree: TreeId,
    /// The unit.
    pub child: OrgId,
    /// The unit above it.
    pub parent: OrgId,
    /// First day.
    pub valid_from: Date,
    /// First day after; `None` while it lasts.
    pub valid_to: Option<Date>,
}

/// Something that happened to units (sáp nhập, chia tách, đổi tên).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitEvent {
    /// Identity within the tenant.
    pub id: String,
    /// `create`, `rename`, `recode`, `move`, `merge`, `split`, `abolish`, `restore`.
    pub kind: String,
    /// The first day of the new state.
    pub effective_on: Date,
    /// The instrument, as cited.
    pub legal_ref: String,
    /// From unit, to unit, and whether all of it went.
    pub links: Vec<UnitLink>,
}

/// One arrow of a [`UnitEvent`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLink {
    /// The unit before.
    pub from: OrgId,
    /// The unit after.
    pub to: OrgId,
    /// How much of it.
    pub portion: Portion,
}

/// How much of a unit went along an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portion {
    /// All of it.
    Full,
    /// A part.
    Partial,
}

/// Whether a half-open span of days holds a day.
pub fn holds(valid_from: Date, valid_to: Option<Date>, day: Date) -> bool {
    valid_from <= day && valid_to.is_none_or(|to| day < to)
}

impl Unit {
    /// Whether this version is in force on a day.
    pub fn on(&self, day: Date) -> bool {
        holds(self.valid_from, self.valid_to, day)
    }

    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("unit:{}:{}", self.id, self.valid_from)
    }
}

impl Edge {
    /// Whether the place is held on a day.
    pub fn on(&self, day: Date) -> bool {
        holds(self.valid_from, self.valid_to, day)
    }
}
