//! Dossiers: rounds, their boards, one dossier, nominating, the report, public notices.

pub mod act;
pub mod board;
pub mod list;
pub mod nominate;
pub mod notices;
pub mod report;
pub mod show;

use thidua_base::text::upper_first;
use thidua_domain::dossier::{DossierId, Obstacle, RoundId, Stage};

use crate::fault::Fault;
use crate::messages::Messages;

/// A word with the class of its mark.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The word.
    pub word: String,
    /// The class of its look.
    pub class: &'static str,
}

/// What stands in the way of a step, as a sentence.
#[derive(Debug, Clone)]
pub struct Told {
    /// The sentence.
    pub text: String,
    /// Whether it refuses; else it warns.
    pub refuses: bool,
}

fn told(say: &Messages, obstacles: &[Obstacle]) -> Vec<Told> {
    let one = |obstacle: &Obstacle| Told { text: say.dossier_fault(&obstacle.fault), refuses: obstacle.refuses };
    obstacles.iter().map(one).collect()
}

fn stage_mark(say: &Messages, stage: Stage) -> Marked {
    Marked {
        word: upper_first(say.get(&format!("dossier-stage.{}", stage.word()))),
        class: match stage {
            Stage::Returned | Stage::Declined | Stage::Refused => "bad",
            Stage::Submitted | Stage::BeforeCouncil | Stage::Forwarded => "note",
            Stage::Appraised | Stage::Recommended | Stage::Granted => "good",
            Stage::Draft | Stage::Withdrawn | Stage::Dropped => "plain",
        },
    }
}

fn dossier_of(text: &str) -> Result<DossierId, Fault> {
    DossierId::parse(text).map_err(|_| Fault::NotFound)
}

fn round_of(text: &str) -> Result<RoundId, Fault> {
    RoundId::parse(text).map_err(|_| Fault::NotFound)
}

/// The sentence of a refusal, or nothing.
fn refused(say: &Messages, refusal: Option<&thidua_domain::Refusal>) -> String {
    refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default()
}
