//! Which units a question is asked for, when units have changed since.

use thidua_base::{Date, Period};

/// How a question about figures names its units. Every such question names one; there is no silent default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Structure {
    /// The tree of each period's own last day: 2024 by districts, 2026 by communes of two tiers.
    AsItWas,
    /// The tree of one day for every period; units that day does not know are left out.
    AsOf(Date),
    /// The tree of one day, with older figures carried over to the heirs of the units that reported them.
    RestatedTo(Date),
}

impl Structure {
    /// The day whose tree answers for a period.
    pub fn tree_day(self, period: Period) -> Date {
        match self {
            Self::AsItWas => period.last_day(),
            Self::AsOf(day) | Self::RestatedTo(day) => day,
        }
    }

    /// The day to which the figures of a period are carried; `None` where they stay with who reported them.
    /// Figures of the day's own units need no carrying, and none are carried back in time.
    pub fn restated_to(self, period: Period) -> Option<Date> {
        match self {
            Self::AsItWas | Self::AsOf(_) => None,
            Self::RestatedTo(day) => (period.last_day() < day).then_some(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_structure_has_its_day() {
        let day = |text| Date::parse(text).unwrap();
        let half = Period::parse("2024-H1").unwrap();
        let today = day("2026-06-30");
        assert_eq!(Structure::AsItWas.tree_day(half), day("2024-06-30"));
        assert_eq!(Structure::AsOf(today).tree_day(half), today);
        assert_eq!(Structure::RestatedTo(today).tree_day(half), today);
        assert_eq!(Structure::AsItWas.restated_to(half), None);
        assert_eq!(Structure::AsOf(today).restated_to(half), None);
        assert_eq!(Structure::RestatedTo(today).restated_to(half), Some(today));
        assert_eq!(Structure::RestatedTo(day("2020-01-01")).restated_to(half), None);
    }
}
