//! Copies of an exemplar (nhân rộng): who copied it, since when, how, and in which figures a change would be seen.
//!
//! Nobody types the change: it is what the indicator chapter holds of the copying unit before and since.

use thidua_base::code::{ExemplarId, IndicatorCode, OrgId};
use thidua_base::text::nfc;
use thidua_base::{Date, Number, Period, Timestamp};

use super::course::{REASON_CHARS_MAX, State};
use crate::refusal::{ExemplarFault, Refusal};

/// Most indicators of one copy.
pub const INDICATORS_MAX: usize = 8;
/// Most years since the copy began that are looked at.
pub const YEARS_MAX: i16 = 5;

/// A copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replication {
    /// Of what.
    pub exemplar: ExemplarId,
    /// Who copied it.
    pub unit: OrgId,
    /// Since when.
    pub since: Date,
    /// How: what was taken over and what was done otherwise.
    pub how: String,
    /// Where a change would be seen.
    pub indicators: Vec<IndicatorCode>,
    /// Who told it, as named then.
    pub by: String,
    /// Their account.
    pub account: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What a copy is held against: where the exemplar stands, and what was told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Where the exemplar stands.
    pub state: State,
    /// Where it is.
    pub unit: Option<&'a OrgId>,
    /// Its other copies.
    pub told: &'a [Replication],
    /// Today.
    pub today: Date,
}

impl Replication {
    /// Brings it into order, and checks it.
    ///
    /// # Errors
    /// [`ExemplarFault`] where nobody has recognised what is copied, a unit copies itself, the day has not come, no
    /// indicator is named, or the unit told it before; [`Refusal::EmptyText`] and [`Refusal::LongText`].
    pub fn checked(mut self, place: &Place<'_>) -> Result<Self, Refusal> {
        if !matches!(place.state, State::Recognised | State::Confirmed) {
            return Err(ExemplarFault::NotRecognised.into());
        }
        if place.unit == Some(&self.unit) {
            return Err(ExemplarFault::OwnCopy.into());
        }
        if self.since > place.today {
            return Err(ExemplarFault::DayAhead.into());
        }
        self.how = nfc(self.how.trim());
        if self.how.is_empty() {
            return Err(Refusal::EmptyText);
        }
        if self.how.chars().count() > REASON_CHARS_MAX {
            return Err(Refusal::LongText { most: REASON_CHARS_MAX });
        }
        self.indicators.sort();
        self.indicators.dedup();
        self.indicators.truncate(INDICATORS_MAX);
        if self.indicators.is_empty() {
            return Err(ExemplarFault::NoIndicator.into());
        }
        if place.told.iter().any(|known| known.unit == self.unit && known.since == self.since) {
            return Err(ExemplarFault::ToldBefore.into());
        }
        Ok(self)
    }
}

/// A figure of the copying unit before the copy, beside one since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The period before.
    pub before_period: Period,
    /// Its figure; `None` where there is none.
    pub before: Option<Number>,
    /// The period since.
    pub after_period: Period,
    /// Its figure; `None` where there is none.
    pub after: Option<Number>,
}

impl Change {
    /// What changed, where both figures are known.
    pub fn difference(&self) -> Option<Number> {
        self.after?.minus(self.before?).ok()
    }
}

/// The pairs of periods of a copy: the last one that was over before it began, and each like one since, up to a day.
/// Half-years are held against half-years of the same half, years against years.
pub fn pairs(since: Date, today: Date) -> Vec<(Period, Period)> {
    let begun = since.year();
    let last = today.year().min(begun.saturating_add(YEARS_MAX));
    let mut pairs = Vec::new();
    for year in begun..=last {
        for kind in [Some(1), Some(2), None] {
            let of = |year: i16| match kind {
                Some(half) => Period::Half { year, half },
                None => Period::Year { year },
            };
            let mut before = of(begun);
            // A period in which the copy began belongs to neither side.
            while before.last_day() >= since {
                before = before.same_period_last_year();
            }
            let after = of(year);
            if after.first_day() >= first_since(since, after) && after.last_day() <= today && after != before {
                pairs.push((before, after));
            }
        }
    }
    pairs
}

/// The day from which a period counts as since the copy: a period that had begun may count where the copy began in its
/// first month.
fn first_since(since: Date, of: Period) -> Date {
    let first = of.first_day();
    let is_in_its_first_month = since.year() == first.year() && since.month() == first.month();
    if is_in_its_first_month { first } else { since }
}

/// The change that is told: the newest pair in which both figures are known, else the newest with one since, else the
/// newest.
pub fn telling(changes: &[Change]) -> Option<&Change> {
    let newest = |is: &dyn Fn(&Change) -> bool| {
        changes.iter().filter(|change| is(change)).max_by_key(|change| change.after_period.last_day())
    };
    newest(&|change| change.before.is_some() && change.after.is_some())
        .or_else(|| newest(&|change| change.after.is_some()))
        .or_else(|| newest(&|change| change.before.is_some()))
        .or_else(|| newest(&|_| true))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn copy() -> Replication {
        Replication {
            exemplar: ExemplarId::parse("dua").unwrap(),
            unit: OrgId::parse("x-2").unwrap(),
            since: day("2018-05-10"),
            how: " Dùng giống khác ".to_owned(),
            indicators: ["NN02", "NN01", "NN02"].map(|code| IndicatorCode::parse(code).unwrap()).to_vec(),
            by: "Lê Thị Thủy".to_owned(),
            account: None,
            at: Timestamp::parse("2020-07-05T00:00:00Z").unwrap(),
        }
    }

    #[test]
    fn a_copy_is_taken_in_order_and_what_cannot_be_is_refused() {
        let own = OrgId::parse("x-1").unwrap();
        let place = Place { state: State::Recognised, unit: Some(&own), told: &[], today: day("2020-07-05") };
        let kept = copy().checked(&place).unwrap();
        assert_eq!((kept.how.as_str(), kept.indicators.len()), ("Dùng giống khác", 2));
        let refused = |copy: Replication, place: &Place<'_>| copy.checked(place).unwrap_err();
        let proposed = Place { state: State::Proposed, ..place };
        assert_eq!(refused(copy(), &proposed), ExemplarFault::NotRecognised.into());
        assert_eq!(refused(Replication { unit: own.clone(), ..copy() }, &place), ExemplarFault::OwnCopy.into());
        assert_eq!(refused(Replication { since: day("2020-07-06"), ..copy() }, &place), ExemplarFault::DayAhead.into());
        assert_eq!(refused(Replication { indicators: vec![], ..copy() }, &place), ExemplarFault::NoIndicator.into());
        assert_eq!(refused(Replication { how: " ".into(), ..copy() }, &place), Refusal::EmptyText);
        let told = [kept];
        assert_eq!(refused(copy(), &Place { told: &told, ..place }), ExemplarFault::ToldBefore.into());
    }

    #[test]
    fn a_copy_is_held_against_the_last_like_period_before_it_began() {
        let pairs: Vec<String> = pairs(day("2018-05-10"), day("2020-07-05"))
            .into_iter()
            .map(|(before, after)| format!("{before}>{after}"))
            .collect();
        assert_eq!(pairs, ["2017-H2>2018-H2", "2017-H1>2019-H1", "2017-H2>2019-H2", "2017>2019", "2017-H1>2020-H1"]);
    }

    #[test]
    fn the_newest_pair_with_both_figures_is_told() {
        let change = |after: &str, before: Option<i64>, after_is: Option<i64>| Change {
            before_period: Period::parse("2017").unwrap(),
            before: before.map(Number::whole),
            after_period: Period::parse(after).unwrap(),
            after: after_is.map(Number::whole),
        };
        let changes =
            [change("2018", Some(5), Some(7)), change("2019", Some(5), Some(9)), change("2020", Some(5), None)];
        assert_eq!(telling(&changes).unwrap().difference(), Some(Number::whole(4)));
        assert_eq!(telling(&changes[2..]).unwrap().difference(), None);
        assert!(telling(&[]).is_none());
    }

    proptest! {
        #[test]
        fn no_period_stands_on_both_sides(year in 2000i16..2030, month in 1i8..13, dom in 1i8..29, later in 0i64..4000) {
            let since = Date::new(year, month, dom).unwrap();
            let today = since.plus_days(later).unwrap();
            for (before, after) in pairs(since, today) {
                prop_assert!(before.last_day() < since, "{} {}", before, since);
                prop_assert!(after.last_day() <= today && after.first_day() > before.first_day());
                prop_assert_eq!(before.kind(), after.kind());
            }
        }
    }
}
