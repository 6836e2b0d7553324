//! Shares: how much of a divided unit went to each of its heirs, by a basis such as its population.

use thidua_base::Date;
use thidua_base::code::OrgId;

use super::Ratio;

/// What one heir got of a divided unit, measured by one basis.
///
/// The shares of a unit divided on one day add up to exactly 1 for each basis, or there are none: a unit
/// without shares is not divisible, and whatever needs its parts is not comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// What it was measured by: `population`, `area`, …
    pub basis: String,
    /// The event whose arrow it belongs to.
    pub event: String,
    /// The unit divided.
    pub from: OrgId,
    /// The heir.
    pub to: OrgId,
    /// How many parts the heir got, 0 to `denominator`.
    pub numerator: i64,
    /// Of how many; above 0.
    pub denominator: i64,
    /// The document that says so.
    pub source: String,
}

impl Share {
    /// The exact fraction; `None` where it is none, or not from 0 to 1.
    pub fn ratio(&self) -> Option<Ratio> {
        Ratio::new(self.numerator, self.denominator).filter(|ratio| ratio.is_share())
    }
}

/// Why events and shares do not make one history.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHistory {
    /// A unit went whole to one heir and yet to another on the same day.
    #[error("{unit} goes whole to one unit on {day} and also to another")]
    WholeAndMore {
        /// The unit.
        unit: OrgId,
        /// The day.
        day: Date,
    },
    /// A part of a unit went, and nothing says where the rest is.
    #[error("a part of {unit} goes on {day}, and nothing says where the rest is")]
    LonePart {
        /// The unit.
        unit: OrgId,
        /// The day.
        day: Date,
    },
    /// A share of an arrow that no event has, or that is not a part.
    #[error("event {event} has no part of {from} that goes to {to}")]
    NoSuchPart {
        /// The event.
        event: String,
        /// The unit divided.
        from: OrgId,
        /// The heir.
        to: OrgId,
    },
    /// A share that is no fraction from 0 to 1.
    #[error("{numerator}/{denominator} is not a share of {unit}")]
    NotAShare {
        /// The unit divided.
        unit: OrgId,
        /// As given.
        numerator: i64,
        /// As given.
        denominator: i64,
    },
    /// Shares of a unit that leave a part out, or do not make up the whole.
    #[error("the shares of {unit} on {day} by {basis} do not make up the whole")]
    NotWhole {
        /// The unit divided.
        unit: OrgId,
        /// The day.
        day: Date,
        /// The basis.
        basis: String,
    },
}
