//! Why a step with a dossier is not ripe, each with the clause where a clause says so.

use thidua_base::Date;
use thidua_law::table::Said;

/// Why something is not done with a dossier; [`DossierFault::code`] names its sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DossierFault {
    /// A step that the dossier's stage does not allow.
    #[error("no such step from {stage}")]
    WrongStage {
        /// Where the dossier stands, as a word.
        stage: &'static str,
    },
    /// A dossier sent for the first time outside the days of its round.
    #[error("the round takes dossiers from {opens} to {closes}")]
    RoundClosed {
        /// First day.
        opens: Date,
        /// Last day.
        closes: Date,
    },
    /// A dossier that was stopped for some days.
    #[error("the dossier is stopped ({cause}) from {from}")]
    Stopped {
        /// Why, as a word.
        cause: &'static str,
        /// First day.
        from: Date,
        /// First day on which it goes on again by itself, where one was set.
        until: Option<Date>,
    },
    /// A clause suspends it: something about the nominee is being looked into.
    #[error("suspended: {} ({cite})", condition.vi)]
    Suspended {
        /// The rule in words.
        condition: Said,
        /// Where it is read.
        cite: String,
    },
    /// A condition of the law that the nominee does not meet.
    #[error("barred: {} ({cite})", condition.vi)]
    Barred {
        /// The condition in words.
        condition: Said,
        /// Where it is read.
        cite: String,
    },
    /// No law of the honour holds on the day, or the honour is not for such a nominee.
    #[error("no law of {} for this nominee on {day}", honour.vi)]
    OutsideLaw {
        /// Its name.
        honour: Said,
        /// The day whose law was asked.
        day: Date,
    },
    /// Papers that the law asks for and that are not there.
    #[error("missing: {} ({cite})", papers.vi)]
    MissingPapers {
        /// Which, in one line.
        papers: Said,
        /// Where the first of them is asked for.
        cite: String,
    },
    /// More nominees than a quota has places.
    #[error("{asked} nominees for {places} places of {unit}: {percent} percent of {base} ({cite})")]
    OverQuota {
        /// The unit of the tier, by name.
        unit: String,
        /// How many are nominated or have it.
        asked: u32,
        /// How many places there are.
        places: u32,
        /// The share.
        percent: u8,
        /// Of how many.
        base: u32,
        /// Where it is read.
        cite: String,
    },
    /// The same achievement was nominated, or given an award, in another form.
    #[error("the achievement is in '{}' already ({cite})", other.vi)]
    SameAchievement {
        /// The other form, by name.
        other: Said,
        /// Where the rule is read.
        cite: String,
    },
    /// The nominee is nominated for the same honour and year already, or has it.
    #[error("nominated already by {by}")]
    NominatedAlready {
        /// The unit that did, or the number of the decision.
        by: String,
    },
    /// The law asks for public notice and none was given.
    #[error("public notice of {days} days is missing ({cite})")]
    NoticeMissing {
        /// How many days it lasts; 0 where the law does not say.
        days: u16,
        /// Where it is read.
        cite: String,
    },
    /// A public notice shorter than the law asks.
    #[error("a public notice lasts at least {days} days ({cite})")]
    NoticeTooShort {
        /// How many days it lasts.
        days: u16,
        /// Where it is read.
        cite: String,
    },
    /// A public notice whose last day is not over.
    #[error("public notice lasts until {until}")]
    NoticeRuns {
        /// Its last day.
        until: Date,
    },
    /// Objections that are not closed.
    #[error("{count} objections are open")]
    ObjectionsOpen {
        /// How many.
        count: usize,
    },
    /// An office that was asked has not answered and still has days.
    #[error("{whom} has until {until}")]
    ConsultationRuns {
        /// Who was asked.
        whom: String,
        /// The last day.
        until: Date,
    },
    /// The law asks for a council's vote.
    #[error("a council's vote is missing ({cite})")]
    CouncilMissing {
        /// Where it is read.
        cite: String,
    },
    /// An objection that is answered or closed out of turn.
    #[error("no such act while the matter is {state}")]
    MatterState {
        /// Where the matter stands, as a word.
        state: &'static str,
    },
    /// A paper that the law does not know for this honour on the day.
    #[error("no paper '{asked}'")]
    UnknownPaper {
        /// What was asked for.
        asked: String,
    },
}

impl DossierFault {
    /// The stable code: the key of the sentence and what an API sends.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongStage { .. } => "dossier-stage",
            Self::RoundClosed { .. } => "round-closed",
            Self::Stopped { .. } => "dossier-stopped",
            Self::Suspended { .. } => "dossier-suspended",
            Self::Barred { .. } => "dossier-barred",
            Self::OutsideLaw { .. } => "dossier-outside-law",
            Self::MissingPapers { .. } => "papers-missing",
            Self::OverQuota { .. } => "over-quota",
            Self::SameAchievement { .. } => "same-achievement",
            Self::NominatedAlready { .. } => "nominated-already",
            Self::NoticeMissing { .. } => "notice-missing",
            Self::NoticeTooShort { .. } => "notice-too-short",
            Self::NoticeRuns { .. } => "notice-runs",
            Self::ObjectionsOpen { .. } => "dossier-objections-open",
            Self::ConsultationRuns { .. } => "consultation-runs",
            Self::CouncilMissing { .. } => "council-missing",
            Self::MatterState { .. } => "matter-state",
            Self::UnknownPaper { .. } => "unknown-paper",
        }
    }
}
