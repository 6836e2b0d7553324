//! Small charts drawn by the server: bars against a plan, this year against last, parts of a whole.
//!
//! A chart repeats figures that stand beside it as text, so its shapes are whole pixels and hidden
//! from screen readers only where the text says the same.

use askama::Template;
use thidua_app::indicator::Pace;
use thidua_base::{Date, Number, Percent, Period};

/// How far a plan is met: a bar, the mark of the year's pace, and the full plan.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/plan_bar.html")]
pub struct PlanBar {
    /// Length of the bar in pixels of 90.
    pub length: i64,
    /// Where the pace of the year stands, in pixels of 90.
    pub pace: i64,
    /// Whether the bar ends before the pace.
    pub standing: PlanStanding,
}

/// A span of days on a scale, with the mark of a day.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/span_bar.html")]
pub struct SpanBar {
    /// Where the span begins, in pixels of 150.
    pub left: i64,
    /// How long it is, in pixels of 150; never less than can be seen.
    pub length: i64,
    /// Where the day stands, in pixels of 150.
    pub day: i64,
}

impl SpanBar {
    /// A span from a first day to the first day after it, on a scale of the same kind.
    pub fn of(scale: (Date, Date), span: (Date, Date), day: Date) -> Self {
        let whole = scale.1.days_since(scale.0).max(1);
        let at = |day: Date| (150 * day.days_since(scale.0) / whole).clamp(0, 150);
        let left = at(span.0).min(148);
        Self { left, length: (at(span.1) - left).max(2), day: at(day).max(1) }
    }
}

/// How an indicator stands against the pace of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanStanding {
    /// At or before the pace.
    OnPace,
    /// Behind it.
    Behind,
}

/// A bar of a comparison over periods or units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// The value as text.
    pub text: String,
    /// Length in pixels of [`BARS_WIDTH`].
    pub length: i64,
    /// Class of the stylesheet: `now`, `before`, `plan`.
    pub class: &'static str,
    /// Top edge in pixels.
    pub top: i64,
}

/// Bars one above the other on one scale.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/bars.html")]
pub struct Bars {
    /// What the chart shows, read out by screen readers.
    pub title: String,
    /// An id for the title, unique on the page.
    pub id: &'static str,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Height of the whole in pixels.
    pub height: i64,
}

/// A slice of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// What it stands for.
    pub label: String,
    /// Its share as text.
    pub text: String,
    /// Left edge in pixels of [`WHOLE_WIDTH`].
    pub left: i64,
    /// Width in pixels.
    pub width: i64,
    /// 1 to 4: the shade of the stylesheet.
    pub shade: usize,
}

/// Parts of a whole as one bar.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/shares.html")]
pub struct Shares {
    /// What the chart shows.
    pub title: String,
    /// An id for the title, unique on the page.
    pub id: &'static str,
    /// The slices.
    pub slices: Vec<Slice>,
}

// The templates escape what they are given, so the text is HTML already.
impl askama::filters::HtmlSafe for PlanBar {}
impl askama::filters::HtmlSafe for SpanBar {}
impl askama::filters::HtmlSafe for Bars {}
impl askama::filters::HtmlSafe for Shares {}

/// The length that stands for 100 % of a plan.
const FULL_PLAN: i64 = 72;
/// The longest plan bar drawn: 125 %.
const PLAN_LENGTH_MAX: i64 = 90;
/// The length of the longest bar of [`Bars`].
pub const BARS_WIDTH: i64 = 390;
/// The width of [`Shares`].
pub const WHOLE_WIDTH: i64 = 600;
const BAR_STEP: i64 = 44;

impl PlanBar {
    /// The bar of a percentage of the annual plan at the end of a period; `None` where there is no percentage.
    pub fn of(percent: Percent, pace: Pace, period: Period) -> Option<Self> {
        let Percent::Of(number) = percent else { return None };
        let standing = match pace {
            Pace::Behind => PlanStanding::Behind,
            Pace::OnPace | Pace::NotJudged => PlanStanding::OnPace,
        };
        let hundredths = number.rounded(0).digits().clamp(0, 125);
        Some(Self {
            length: (hundredths * FULL_PLAN / 100).clamp(1, PLAN_LENGTH_MAX),
            pace: FULL_PLAN * i64::from(period.months_passed()) / 12,
            standing,
        })
    }
}

impl Bars {
    /// Bars whose lengths stand to each other as the values do; below zero and missing have none.
    pub fn of(
        title: impl Into<String>,
        id: &'static str,
        values: Vec<(String, String, Option<Number>, &'static str)>,
    ) -> Self {
        let longest = values.iter().filter_map(|(_, _, value, _)| *value).max().unwrap_or(Number::whole(0));
        let mut bars = Vec::with_capacity(values.len());
        let mut top = 0;
        for (label, text, value, class) in values {
            let length = value.map_or(0, |value| scaled(value, longest, BARS_WIDTH));
            bars.push(Bar { label, text, length, class, top });
            top += BAR_STEP;
        }
        Self { title: title.into(), id, bars, height: top }
    }
}

impl Shares {
    /// Slices of shares given in percent; a rest to 100 % stays empty.
    pub fn of(title: impl Into<String>, id: &'static str, shares: Vec<(String, Number)>) -> Self {
        let hundred = Number::whole(100);
        let mut slices = Vec::with_capacity(shares.len());
        let mut left = 0;
        for (index, (label, share)) in shares.into_iter().enumerate() {
            let width = scaled(share, hundred, WHOLE_WIDTH).min(WHOLE_WIDTH - left);
            slices.push(Slice { label, text: share.vi_with("%"), left, width, shade: index % 4 + 1 });
            left += width;
        }
        Self { title: title.into(), id, slices }
    }
}

/// The length of `value` where `longest` has the length `full`, in whole pixels.
fn scaled(value: Number, longest: Number, full: i64) -> i64 {
    match thidua_base::number::percent(value, longest, 2) {
        Ok(Percent::Of(percent)) => (percent.digits() * full / 10_000).clamp(0, full),
        Ok(Percent::NoBase | Percent::NegativeBase) | Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn a_plan_bar_shows_pace_and_length() {
        let half = Period::parse("2020-H1").unwrap();
        let bar = PlanBar::of(Percent::Of(n("43.5")), Pace::Behind, half).unwrap();
        assert_eq!((bar.length, bar.pace, bar.standing), (31, 36, PlanStanding::Behind));
        let bar = PlanBar::of(Percent::Of(n("300")), Pace::OnPace, half).unwrap();
        assert_eq!((bar.length, bar.standing), (PLAN_LENGTH_MAX, PlanStanding::OnPace));
        assert_eq!(PlanBar::of(Percent::NoBase, Pace::NotJudged, half), None);
    }

    #[test]
    fn bars_share_one_scale() {
        let bars = Bars::of(
            "x",
            "x",
            vec![
                ("a".into(), "50".into(), Some(n("50")), "now"),
                ("b".into(), "100".into(), Some(n("100")), "before"),
                ("c".into(), "chưa báo cáo".into(), None, "before"),
            ],
        );
        assert_eq!(bars.bars.iter().map(|bar| bar.length).collect::<Vec<_>>(), [195, 390, 0]);
        assert_eq!(bars.height, 3 * BAR_STEP);
    }

    #[test]
    fn slices_never_leave_the_whole() {
        let shares = Shares::of("x", "x", vec![("a".into(), n("70.0")), ("b".into(), n("40.0"))]);
        assert_eq!(shares.slices[1].left + shares.slices[1].width, WHOLE_WIDTH);
    }
}
