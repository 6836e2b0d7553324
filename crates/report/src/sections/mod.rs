//! Sections: what a form can place. One file each; a new one is a file, a variant and its arms here.

mod behind;
mod findings;
mod movements;
mod passage;
mod tasks;

use serde::Deserialize;
use thidua_paper::tree::Block;

use crate::form::BlockSpec;
use crate::writing::{Unfillable, Writing};

pub use behind::behind_pace;
pub use passage::OPEN_PASSAGE;

/// The sections a form can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// A passage typed for the report.
    Passage,
    /// The movements that run in the year, by owner.
    Movements,
    /// Findings of one kind.
    Findings,
    /// Indicators behind the pace of the year, computed.
    Behind,
    /// Tasks of one kind.
    Tasks,
}

impl Use {
    /// What the section lacks in a form, if anything.
    pub fn fault(self, spec: &BlockSpec) -> Option<String> {
        match self {
            Self::Passage => spec.slot.is_empty().then(|| "a passage without a slot".to_owned()),
            Self::Findings => findings::kind_of(&spec.kind).is_none().then(|| format!("findings '{}'", spec.kind)),
            Self::Tasks => tasks::kind_of(&spec.kind).is_none().then(|| format!("tasks '{}'", spec.kind)),
            Self::Behind => {
                spec.lead.is_empty().then(|| "a list of what is behind, without words that lead to it".to_owned())
            }
            Self::Movements => None,
        }
    }
}

/// Writes a section.
///
/// # Errors
/// When a template in it cannot be filled.
pub fn blocks(writing: &mut Writing, spec: &BlockSpec) -> Result<Vec<Block>, Unfillable> {
    match spec.r#use {
        Use::Passage => passage::blocks(writing, &spec.slot),
        Use::Movements => movements::blocks(writing),
        Use::Findings => findings::blocks(writing, &spec.kind),
        Use::Behind => behind::blocks(writing, &spec.lead),
        Use::Tasks => tasks::blocks(writing, &spec.kind),
    }
}
