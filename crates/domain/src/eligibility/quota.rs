//! Quotas of a round at a tier: how many places the share of a base gives, and whether those entitled fit.
//!
//! No order breaks a tie: where more are entitled than there are places, they are reported as to be voted.

use thidua_base::code::OrgId;
use thidua_law::vocabulary::Rounding;

/// What is counted at a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TierCount {
    /// Who already has an honour of the base for the year.
    pub base_held: u32,
    /// Who is entitled to one of the base and has none yet.
    pub base_entitled: u32,
    /// Who already has the honour itself for the year.
    pub held: u32,
    /// Who is entitled to it and has it not yet.
    pub entitled: u32,
}

/// A quota at a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// The unit whose tier it is, with everything below it.
    pub unit: OrgId,
    /// What was counted.
    pub count: TierCount,
    /// The share.
    pub percent: u8,
    /// The rule by which the places were made whole.
    pub rounding: Rounding,
    /// All places.
    pub places: u32,
    /// Places that are left.
    pub left: u32,
    /// How many stand equal at the line and must be voted on for the places left; 0 where all fit or none is left.
    pub to_vote: u32,
    /// How many more than the places already have it.
    pub over: u32,
}

/// The quota of a share at a tier. Where the law fixes no rounding, the places are rounded down.
pub fn tier(unit: OrgId, percent: u8, rounding: Rounding, count: TierCount) -> Tier {
    let hundredths = u64::from(percent) * (u64::from(count.base_held) + u64::from(count.base_entitled));
    let whole = match rounding {
        Rounding::Down | Rounding::NotFixed => hundredths / 100,
        Rounding::Up => hundredths.div_ceil(100),
        Rounding::Nearest => (hundredths + 50) / 100,
    };
    let places = u32::try_from(whole).unwrap_or(u32::MAX);
    let left = places.saturating_sub(count.held);
    let to_vote = if left > 0 && count.entitled > left { count.entitled } else { 0 };
    Tier { unit, count, percent, rounding, places, left, to_vote, over: count.held.saturating_sub(places) }
}
