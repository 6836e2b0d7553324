//! Quotas of a honour at a tier, counted from dossiers and awards: how many places, how many ask for them.

use thidua_base::code::OrgId;
use thidua_law::cite::Citation;
use thidua_law::honour::{Dated, Quota};
use thidua_law::quota::room;
use thidua_law::vocabulary::{Confidence, Rounding};

/// The places of a quota at a tier, live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The unit whose tier it is, with everything below it.
    pub unit: OrgId,
    /// Its name.
    pub name: String,
    /// The share.
    pub percent: u8,
    /// Of how many; 0 while nothing is known of the base.
    pub base: u32,
    /// How the law makes places whole.
    pub rounding: Rounding,
    /// Places by that rule; where the law fixes none, rounded down.
    pub places: u32,
    /// Places by the reading that gives most: where the law fixes no rounding, rounded up.
    pub most: u32,
    /// How many are nominated or have it.
    pub asked: u32,
    /// Where it is read.
    pub cite: Citation,
    /// How surely.
    pub confidence: Confidence,
}

impl Places {
    /// Whether more ask than any reading of the clause allows; of an unknown base never.
    pub fn is_over(&self) -> bool {
        self.base > 0 && self.asked > self.most
    }

    /// Whether more ask than there are places when rounded down: those at the line are to be voted on, no order
    /// breaks a tie.
    pub fn is_tight(&self) -> bool {
        self.base > 0 && self.asked > self.places
    }
}

/// The places of a quota at a tier.
pub fn places(unit: (OrgId, String), quota: &Dated<Quota>, base: u32, asked: u32) -> Places {
    let rounding = quota.what.rounding;
    let by = |rounding| room(quota.what.percent, base, rounding).places;
    let most = if rounding == Rounding::NotFixed { by(Rounding::Up) } else { by(rounding) };
    Places {
        unit: unit.0,
        name: unit.1,
        percent: quota.what.percent,
        base,
        rounding,
        places: by(rounding),
        most,
        asked,
        cite: quota.cite.clone(),
        confidence: quota.confidence,
    }
}
