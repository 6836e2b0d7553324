//! What an installation loaded beside the shipped law book, act by act: overlays, a newer national book; only added to.

use thidua_law::loaded::LawPackKind;

use crate::refusal::Refusal;
use crate::subject::{Entered, TEXT_CHARS_MAX};

/// What was done to the book in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LawStep {
    /// A pack came into force, in place of one of its code where there was one.
    Load,
    /// A pack went out of force.
    Unload,
}

impl LawStep {
    /// Every step.
    pub const ALL: [Self; 2] = [Self::Load, Self::Unload];

    /// The word in columns and keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Unload => "unload",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }
}

/// One act of loading or unloading a pack of law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawAct {
    /// Its number, from 1.
    pub number: i64,
    /// What was done.
    pub step: LawStep,
    /// The code of the pack.
    pub code: String,
    /// What the pack is.
    pub kind: LawPackKind,
    /// Its name, as it was read.
    pub name: String,
    /// Whether it is a sample and no real regulation.
    pub is_sample: bool,
    /// The hash of its files.
    pub hash: String,
    /// The hash of the whole book that came into force by this act.
    pub book: String,
    /// Who, when, why.
    pub entered: Entered,
}

/// The acts whose packs are in force, in the order in which they came.
pub fn packs_in_force(acts: &[LawAct]) -> Vec<&LawAct> {
    let mut held: Vec<&LawAct> = Vec::new();
    for act in acts {
        held.retain(|other| other.code != act.code);
        if act.step == LawStep::Load {
            held.push(act);
        }
    }
    held
}

/// Decides whether a pack can be loaded beside what is in force.
///
/// # Errors
/// [`Refusal::LawInForce`] where the same files of the same pack are in force; [`Refusal::LongText`].
pub fn judge_load(acts: &[LawAct], code: &str, hash: &str, reason: &str) -> Result<(), Refusal> {
    if let Some(same) = packs_in_force(acts).into_iter().find(|act| act.code == code && act.hash == hash) {
        return Err(Refusal::LawInForce { name: same.name.clone() });
    }
    judge_reason(reason)
}

/// Decides whether a pack can be unloaded, and finds the act by which it came.
///
/// # Errors
/// [`Refusal::LawNotInForce`]; [`Refusal::NoReason`]; [`Refusal::LongText`].
pub fn judge_unload<'a>(acts: &'a [LawAct], code: &str, reason: &str) -> Result<&'a LawAct, Refusal> {
    let held = packs_in_force(acts);
    let found = held.iter().find(|act| act.code == code).copied();
    let known = held.iter().map(|act| act.code.clone()).collect();
    let found = found.ok_or_else(|| Refusal::LawNotInForce { asked: code.to_owned(), known })?;
    if reason.trim().is_empty() {
        return Err(Refusal::NoReason);
    }
    judge_reason(reason)?;
    Ok(found)
}

fn judge_reason(reason: &str) -> Result<(), Refusal> {
    if reason.chars().count() > TEXT_CHARS_MAX { Err(Refusal::LongText { most: TEXT_CHARS_MAX }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_base::Timestamp;

    fn act(number: i64, step: LawStep, code: &str, hash: &str) -> LawAct {
        LawAct {
            number,
            step,
            code: code.to_owned(),
            kind: LawPackKind::Overlay,
            name: format!("Quy định {code}"),
            is_sample: true,
            hash: hash.to_owned(),
            book: "b".to_owned(),
            entered: Entered {
                by: "x".to_owned(),
                at: Timestamp::parse("2026-11-24T00:00:00Z").unwrap(),
                reason: String::new(),
            },
        }
    }

    #[test]
    fn a_pack_of_a_code_takes_the_place_of_the_one_before_and_stands_last() {
        use LawStep::{Load, Unload};
        let acts = [act(1, Load, "a", "1"), act(2, Load, "b", "1"), act(3, Load, "a", "2")];
        let held: Vec<i64> = packs_in_force(&acts).iter().map(|act| act.number).collect();
        assert_eq!(held, [2, 3]);
        let acts = [act(1, Load, "a", "1"), act(2, Unload, "a", "1")];
        assert!(packs_in_force(&acts).is_empty());
    }

    #[test]
    fn the_same_files_are_not_loaded_twice_and_what_is_not_there_is_not_unloaded() {
        use LawStep::{Load, Unload};
        let acts = [act(1, Load, "a", "1"), act(2, Load, "b", "1"), act(3, Unload, "b", "1")];
        assert_eq!(judge_load(&acts, "a", "1", ""), Err(Refusal::LawInForce { name: "Quy định a".to_owned() }));
        assert_eq!(judge_load(&acts, "a", "2", ""), Ok(()));
        assert_eq!(judge_load(&acts, "b", "1", "nạp lại"), Ok(()));
        let unknown = Refusal::LawNotInForce { asked: "b".to_owned(), known: vec!["a".to_owned()] };
        assert_eq!(judge_unload(&acts, "b", "hết hiệu lực"), Err(unknown));
        assert_eq!(judge_unload(&acts, "a", " "), Err(Refusal::NoReason));
        let long = "x".repeat(TEXT_CHARS_MAX + 1);
        assert_eq!(judge_unload(&acts, "a", &long), Err(Refusal::LongText { most: TEXT_CHARS_MAX }));
        assert_eq!(judge_unload(&acts, "a", "hết hiệu lực").map(|act| act.number), Ok(1));
    }
}
