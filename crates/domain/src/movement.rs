//! An emulation movement: who launched it, its contents and criteria, who registered, interim and final review.

pub mod anniversary;
pub mod census;
pub mod course;
pub mod coverage;
pub mod due;
pub mod overlap;
pub mod pledge;
pub mod review;
pub mod terms;

pub use anniversary::{Anniversary, Roundness};
pub use census::{Census, CensusColumn, CensusRow, Duration};
pub use course::{Act, Course, Milestone, Phase};
pub use coverage::Reached;
pub use due::{Chore, MovementDue};
pub use overlap::{Likeness, Overlap};
pub use pledge::{Call, Outturn, Pledge, PledgeAct, PledgeEvent, PledgeState, Promise, PromisedTarget};
pub use review::{Evidence, Progress, ReviewAnswer, ReviewKind, Round, Standing};
pub use terms::{Addressee, Terms};

use thidua_base::Date;
use thidua_base::code::{InstrumentId, MovementCode, OccasionCode, OrgId};

use crate::origin::Provenance;

/// An emulation movement (phong trào thi đua), campaign (cuộc vận động) or occasion (đợt thi đua).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Stable code: `PT01`.
    pub code: MovementCode,
    /// Canonical name without quotation marks.
    pub name: String,
    /// Other wordings under which it is known.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: MovementKind,
    /// How far it reaches: `trung-uong`, `tinh`, `huyen`, `nganh`, `doan-the`. A level is data.
    pub scope: String,
    /// Owners, in the order they are named.
    pub owners: Vec<OrgId>,
    /// Sector of the report it belongs to: `kinh-te`, `van-hoa-xa-hoi`, `nong-thon-moi`, `quoc-phong-an-ninh`, `he-thong-chinh-tri`.
    pub field: String,
    /// First year, where stated.
    pub year_from: Option<i16>,
    /// Last year, where stated.
    pub year_to: Option<i16>,
    /// The instrument that launched it.
    pub launched_by: Option<InstrumentId>,
    /// What it asks, in a sentence of our own; may be empty.
    pub content: String,
    /// Order in lists.
    pub ordinal: i64,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Kinds of movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementKind {
    /// Thường xuyên.
    Regular,
    /// Theo chuyên đề.
    Thematic,
    /// Cuộc vận động.
    Campaign,
    /// Đợt thi đua, chào mừng ngày lễ.
    Occasion,
}

impl MovementKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Thematic, Self::Campaign, Self::Occasion];

    /// The word in columns, addresses, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Thematic => "thematic",
            Self::Campaign => "campaign",
            Self::Occasion => "occasion",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A dated event the year remembers or a movement holds: an anniversary, a conference, a congress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// Stable code.
    pub code: OccasionCode,
    /// What kind: `anniversary`, `conference`, `congress`.
    pub kind: String,
    /// Name inside a sentence: `Ngày giải phóng miền Nam, thống nhất đất nước`.
    pub name: String,
    /// The day it first happened, or the day of the event itself.
    pub on: Date,
    /// First year of the term it speaks of (`giai đoạn 2015 - 2020`).
    pub term_from: Option<i16>,
    /// Last year of that term.
    pub term_to: Option<i16>,
    /// The movement it belongs to.
    pub movement: Option<MovementCode>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Movement {
    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("movement:{}", self.code)
    }

    /// Whether the movement runs in a year; one without years runs always.
    pub fn runs_in(&self, year: i16) -> bool {
        self.year_from.is_none_or(|from| from <= year) && self.year_to.is_none_or(|to| year <= to)
    }
}

impl Occasion {
    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("occasion:{}", self.code)
    }

    /// The number of years from the first day to its anniversary in a year.
    pub fn years_in(&self, year: i16) -> i16 {
        year - self.on.year()
    }
}
