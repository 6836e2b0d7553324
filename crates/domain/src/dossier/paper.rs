//! Papers of a dossier (thành phần hồ sơ): what the law asks for on a day, and what is there; missing first.

use thidua_base::code::EvidenceId;
use thidua_base::text::nfc;
use thidua_base::{Date, Timestamp};
use thidua_law::honour::{Dated, Honour, Paper, on_day};
use thidua_law::vocabulary::Confidence;

use super::{BatchId, DossierId, LINE_CHARS_MAX};
use crate::collection::evidence::EvidenceFile;
use crate::refusal::{DossierFault, EvidenceFault, Refusal};

/// The code of the paper that the report written here is.
pub const REPORT_PAPER: &str = "bao-cao-thanh-tich";

/// A paper that was attached, to one dossier or to a whole list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperHeld {
    /// Its id.
    pub id: EvidenceId,
    /// The dossier it belongs to.
    pub dossier: Option<DossierId>,
    /// The list it belongs to; counts for every dossier of it.
    pub batch: Option<BatchId>,
    /// Which paper it is, a code of the law book.
    pub code: String,
    /// Number of the document; may be empty.
    pub number: String,
    /// Its date.
    pub dated: Option<Date>,
    /// What it is; may be empty.
    pub description: String,
    /// The file, where one was sent.
    pub file: Option<EvidenceFile>,
    /// Who attached it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Whether a paper is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperStanding {
    /// Missing, and the clause that asks for it was read.
    Missing,
    /// Missing, and the clause was not read in the text: warns and refuses nothing.
    Unverified,
    /// Asked for only in some cases, and not there.
    Conditional,
    /// There.
    Held,
}

impl PaperStanding {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unverified => "unverified",
            Self::Conditional => "conditional",
            Self::Held => "held",
        }
    }
}

/// A paper of the law with what is there of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    /// What the law asks for.
    pub paper: Dated<Paper>,
    /// Whether it is there.
    pub standing: PaperStanding,
    /// What is there, the newest last.
    pub held: Vec<PaperHeld>,
}

/// The papers of a honour by the law of a day against what is there: the missing ones first.
pub fn needed(honour: &Honour, law_on: Date, held: &[PaperHeld], has_report: bool) -> Vec<Needed> {
    let mut all: Vec<Needed> = on_day(&honour.procedure.papers, law_on)
        .map(|row| {
            let there: Vec<PaperHeld> = held.iter().filter(|one| one.code == row.what.code).cloned().collect();
            let is_held = !there.is_empty() || (has_report && row.what.code == REPORT_PAPER);
            let standing = match (is_held, row.what.when.is_some(), row.confidence) {
                (true, _, _) => PaperStanding::Held,
                (false, true, _) => PaperStanding::Conditional,
                (false, false, Confidence::TextSeen) => PaperStanding::Missing,
                (false, false, _) => PaperStanding::Unverified,
            };
            Needed { paper: row.clone(), standing, held: there }
        })
        .collect();
    all.sort_by_key(|one| one.standing);
    all
}

impl PaperHeld {
    /// Brings its texts into order, and checks that the law of the day knows it.
    ///
    /// # Errors
    /// [`DossierFault::UnknownPaper`]; [`EvidenceFault::Nothing`] without a file, a number and a description;
    /// [`Refusal::LongText`].
    pub fn checked(mut self, honours: &[&Honour], law_on: Date) -> Result<Self, Refusal> {
        let of = |honour: &&&Honour| on_day(&honour.procedure.papers, law_on).any(|row| row.what.code == self.code);
        if !honours.iter().any(|honour| of(&honour)) {
            return Err(DossierFault::UnknownPaper { asked: self.code }.into());
        }
        self.number = nfc(self.number.trim());
        self.description = nfc(self.description.trim());
        if self.file.is_none() && self.number.is_empty() && self.description.is_empty() {
            return Err(EvidenceFault::Nothing.into());
        }
        for text in [&self.number, &self.description] {
            if text.chars().count() > LINE_CHARS_MAX {
                return Err(Refusal::LongText { most: LINE_CHARS_MAX });
            }
        }
        Ok(self)
    }
}
