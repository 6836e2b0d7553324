//! Overlaps (trùng lặp): one nominee found again in other units, years and forms.

use thidua_base::code::HonourCode;
use thidua_base::text::fold;
use thidua_law::table::Said;

use super::DossierId;

/// What is claimed for a nominee: by a dossier, or by an award that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The dossier; none of an award.
    pub dossier: Option<DossierId>,
    /// The honour.
    pub honour: HonourCode,
    /// Its name.
    pub name: Said,
    /// The award year.
    pub year: i16,
    /// The achievement in a line; may be empty of an award.
    pub achievement: String,
    /// Whether the honour is a form of commendation and no title.
    pub is_form: bool,
    /// By whom: the unit that nominates, or the number of the decision.
    pub by: String,
}

/// How two claims overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverlapKind {
    /// The same honour for the same year.
    SameHonour,
    /// Another form for the same achievement.
    SameAchievement,
    /// Another form in the same year; a question and no fault.
    SameYear,
}

/// An overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// How.
    pub kind: OverlapKind,
    /// With what.
    pub with: Claimed,
}

impl OverlapKind {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::SameHonour => "same-honour",
            Self::SameAchievement => "same-achievement",
            Self::SameYear => "same-year",
        }
    }
}

/// The overlaps of a claim with others for the same nominee, the gravest first; itself is left out.
pub fn overlaps(claim: &Claimed, others: &[Claimed]) -> Vec<Overlap> {
    let mine = fold(&claim.achievement);
    let kind_of = |other: &Claimed| {
        let theirs = fold(&other.achievement);
        if other.honour == claim.honour && other.year == claim.year {
            Some(OverlapKind::SameHonour)
        } else if !(claim.is_form && other.is_form) {
            None
        } else if !mine.is_empty() && mine == theirs {
            Some(OverlapKind::SameAchievement)
        } else if other.year == claim.year {
            Some(OverlapKind::SameYear)
        } else {
            None
        }
    };
    let is_self = |other: &Claimed| other.dossier.is_some() && other.dossier == claim.dossier;
    let mut found: Vec<Overlap> = others
        .iter()
        .filter(|other| !is_self(other))
        .filter_map(|other| Some(Overlap { kind: kind_of(other)?, with: other.clone() }))
        .collect();
    found.sort_by_key(|overlap| overlap.kind);
    found
}
