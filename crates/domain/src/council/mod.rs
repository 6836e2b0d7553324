//! Emulation and Commendation Councils (Hội đồng Thi đua - Khen thưởng): who sits, what is put to the vote, how it is counted.
//!
//! A council is a unit's; its seats and its own rules are dated and never changed. A session freezes who sits when it is
//! opened; a question freezes the rule it is counted by when it is put, and everyone concerned when it is closed.

pub mod composition;
pub mod conflict;
mod record;
pub mod rule;
pub mod session;
pub mod vote;

use thidua_base::code::{HonourCode, Kind, OrgId};
use thidua_base::{Code, Date, Timestamp};
use thidua_law::vocabulary::SubjectKind;

use crate::actor::AccountId;
use crate::origin::Provenance;
use crate::subject::SubjectId;

pub use composition::{Composition, CompositionAct};
pub use conflict::{Declared, Ground};
pub use rule::{CountRule, Denominator, HouseRule, Need, RuleSource, Share};
pub use session::{Session, SessionAct, Sitting, Stage};
pub use vote::{Ballot, Choice, Count, Heap, Opinion, Outcome, Part, Question};

/// The marker of [`CouncilId`].
#[derive(Debug)]
pub struct CouncilTag;

impl Kind for CouncilTag {
    const NAME: &'static str = "council";
}

/// The id of a council.
pub type CouncilId = Code<CouncilTag>;

/// The marker of [`SessionId`].
#[derive(Debug)]
pub struct SessionTag;

impl Kind for SessionTag {
    const NAME: &'static str = "session";
}

/// The id of a session.
pub type SessionId = Code<SessionTag>;

/// The number of a seat within its council, from 1; never given twice.
pub type SeatNumber = u16;

/// The number of a matter on the agenda of its session, from 1.
pub type MatterNumber = u16;

/// The number of a question within its session, from 1.
pub type QuestionNumber = u16;

/// Most characters of a typed text.
pub const TEXT_MAX: usize = 4000;

/// A council of a unit (Hội đồng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// Its id.
    pub id: CouncilId,
    /// The unit it advises.
    pub unit: OrgId,
    /// Its name: `Hội đồng Thi đua - Khen thưởng huyện Triệu Sơn`.
    pub name: String,
    /// The body that votes as the law book names it; none where the book knows no such body, so that only its own rules hold.
    pub body: Option<String>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// The decision by which a council is composed or strengthened (quyết định thành lập, kiện toàn).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warrant {
    /// Its number: `123/QĐ-UBND`.
    pub number: String,
    /// Its day.
    pub on: Date,
}

/// A place in a council and whoever holds it (thành viên).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Its number.
    pub number: SeatNumber,
    /// Its part.
    pub role: SeatRole,
    /// Whether it votes.
    pub votes: bool,
    /// The person's name.
    pub name: String,
    /// Their office: `Trưởng phòng Nội vụ`; may be empty.
    pub position: String,
    /// The unit they come from, where the register has it.
    pub unit: Option<OrgId>,
    /// The account by which they act.
    pub account: Option<AccountId>,
    /// Who they are in the register of persons.
    pub subject: Option<SubjectId>,
    /// First day.
    pub from: Date,
    /// The decision that gave it.
    pub warrant: Warrant,
    /// First day without it, with the decision that ended it.
    pub ended: Option<(Date, Warrant)>,
}

/// Parts in a council.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeatRole {
    /// Chủ tịch.
    Chair,
    /// Phó Chủ tịch.
    ViceChair,
    /// Ủy viên thường trực.
    Standing,
    /// Ủy viên.
    Member,
    /// Thư ký.
    Secretary,
}

/// What a council is asked about (việc đưa ra Hội đồng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Its place on the agenda, from 1.
    pub number: MatterNumber,
    /// What it is elsewhere, such as a dossier: a text of whoever brought it, never read here.
    pub reference: String,
    /// What it is: the nominee and the honour.
    pub title: String,
    /// The honour.
    pub honour: HonourCode,
    /// Whether for a person, a collective, ….
    pub kind: SubjectKind,
    /// The nominee in the register.
    pub subject: Option<SubjectId>,
    /// The unit that nominated.
    pub nominated_by: OrgId,
    /// One page in words.
    pub summary: String,
}

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// As named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl SeatRole {
    /// Every part, in the order in which members are listed.
    pub const ALL: [Self; 5] = [Self::Chair, Self::ViceChair, Self::Standing, Self::Member, Self::Secretary];

    /// The word in columns, on forms and in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Chair => "chair",
            Self::ViceChair => "vice-chair",
            Self::Standing => "standing",
            Self::Member => "member",
            Self::Secretary => "secretary",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

impl Seat {
    /// Whether it is held on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.ended.as_ref().is_none_or(|(until, _)| day < *until)
    }
}

/// Seats as they are listed: by part, then by number.
pub fn in_order(mut seats: Vec<Seat>) -> Vec<Seat> {
    seats.sort_by_key(|seat| (seat.role, seat.number));
    seats
}

#[cfg(test)]
mod tests;
