//! Dossiers (hồ sơ đề nghị khen thưởng): rounds, nominees, papers, and the only way from a nomination to a decision.
//!
//! Everything that happens to a dossier is a row that is added; where it stands follows from them.

mod event;
mod judgement;
mod matter;
mod overlap;
mod paper;
mod places;
mod report;
mod ripe;
mod round;
mod step;

#[cfg(test)]
mod tests;

use thidua_base::code::{HonourCode, Kind, OrgId};
use thidua_base::{Code, Date};

use crate::origin::Provenance;
use crate::refusal::{DossierFault, Refusal};
use crate::subject::SubjectId;

pub use event::{Act, Event, NamedField};
pub use judgement::{JudgedFinding, Judgement};
pub use matter::{Matter, MatterAct, MatterActKind, MatterKind, MatterState, Standing, judge_opening};
pub use overlap::{Claimed, Overlap, OverlapKind, overlaps};
pub use paper::{Needed, PaperHeld, PaperStanding, REPORT_PAPER, needed};
pub use places::{Places, places};
pub use report::{Change, ReportVersion, changes, judge_report};
pub use ripe::{CONSULTED, NO_AWARD_YET, Obstacle, PUBLISHED, Seen, first_refusal, ripe};
pub use round::{Batch, NewRound, Round, judge_round, line};
pub use step::{Ask, STEPS, Side, Stage, Step, step_of, steps_from};

/// The marker of [`RoundId`].
#[derive(Debug)]
pub struct RoundTag;

impl Kind for RoundTag {
    const NAME: &'static str = "round";
}

/// The id of a round.
pub type RoundId = Code<RoundTag>;

/// The marker of [`BatchId`].
#[derive(Debug)]
pub struct BatchTag;

impl Kind for BatchTag {
    const NAME: &'static str = "batch";
}

/// The id of a list that a unit sends with one letter.
pub type BatchId = Code<BatchTag>;

/// The marker of [`DossierId`].
#[derive(Debug)]
pub struct DossierTag;

impl Kind for DossierTag {
    const NAME: &'static str = "dossier";
}

/// The id of a dossier.
pub type DossierId = Code<DossierTag>;

/// Longest text of one line: a name, what the achievement is, a document.
pub const LINE_CHARS_MAX: usize = 300;
/// Longest reason, question, objection or answer, in characters.
pub const TEXT_CHARS_MAX: usize = 4_000;
/// Longest achievement report, in characters.
pub const REPORT_CHARS_MAX: usize = 60_000;
/// Most dossiers that one list or one act takes.
pub const BATCH_MAX: usize = 2_000;

/// One nominee for one honour in a round (hồ sơ của một trường hợp).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Identity.
    pub id: DossierId,
    /// The round.
    pub round: RoundId,
    /// The list it is sent with, where there is one.
    pub batch: Option<BatchId>,
    /// The unit that nominates.
    pub unit: OrgId,
    /// Who is nominated.
    pub subject: SubjectId,
    /// For what.
    pub honour: HonourCode,
    /// The award year.
    pub year: i16,
    /// The achievement, in a line: what two dossiers for one achievement have in common.
    pub achievement: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// What happened, the oldest first; never empty, since nominating is the first.
    pub events: Vec<Event>,
    /// The days it is stopped, the newest last; only the newest counts.
    pub stops: Vec<Stop>,
}

/// Days on which nothing is done with a dossier (tạm dừng); it goes on by itself when they are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Why.
    pub cause: StopCause,
    /// First day.
    pub from: Date,
    /// First day on which it goes on again; `None` until somebody says so.
    pub until: Option<Date>,
    /// The document, or the reason in words.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: thidua_base::Timestamp,
}

/// Why a dossier is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopCause {
    /// Kỷ luật đang xem xét.
    Discipline,
    /// Thanh tra, kiểm tra, kiểm toán, điều tra.
    Inspection,
    /// Khiếu nại, tố cáo.
    Complaint,
    /// Điều khác.
    Other,
}

impl StopCause {
    /// Every cause.
    pub const ALL: [Self; 4] = [Self::Discipline, Self::Inspection, Self::Complaint, Self::Other];

    /// The word in columns, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Discipline => "discipline",
            Self::Inspection => "inspection",
            Self::Complaint => "complaint",
            Self::Other => "other",
        }
    }
}

impl Dossier {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.events.last().map_or(Stage::Draft, |event| event.act.stage())
    }

    /// How many things happened to it; an act is done over the version that was seen.
    pub fn version(&self) -> usize {
        self.events.len()
    }

    /// The judgement it carries since it was sent, or since it was judged anew; none before.
    pub fn judgement(&self) -> Option<&Judgement> {
        self.events.iter().rev().find_map(|event| event.act.judgement())
    }

    /// The fields it was sent back with, while it is.
    pub fn returned_fields(&self) -> &[NamedField] {
        match self.events.last().map(|event| &event.act) {
            Some(Act::Return(fields)) => fields,
            Some(_) | None => &[],
        }
    }

    /// The day it was first sent.
    pub fn received_on(&self) -> Option<Date> {
        let sent = self.events.iter().find(|event| matches!(event.act, Act::Submit(_)));
        sent.map(|event| event.at.date_in_vietnam())
    }

    /// What stops it on a day.
    pub fn stopped_on(&self, day: Date) -> Option<&Stop> {
        self.stops.last().filter(|stop| stop.from <= day && stop.until.is_none_or(|until| day < until))
    }

    /// Whether what it contains can still be written.
    pub fn is_written(&self) -> bool {
        matches!(self.stage(), Stage::Draft | Stage::Returned)
    }

    /// Goes on only over the version that was seen.
    ///
    /// # Errors
    /// [`Refusal::ChangedMeanwhile`].
    pub fn judge_seen(&self, seen: usize) -> Result<(), Refusal> {
        if self.version() == seen { Ok(()) } else { Err(Refusal::ChangedMeanwhile) }
    }

    /// Goes on only while it is written.
    ///
    /// # Errors
    /// [`DossierFault::WrongStage`].
    pub fn judge_written(&self) -> Result<(), Refusal> {
        if self.is_written() { Ok(()) } else { Err(DossierFault::WrongStage { stage: self.stage().word() }.into()) }
    }
}
