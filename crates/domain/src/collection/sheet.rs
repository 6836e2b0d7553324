//! A sheet (bảng số liệu): a form as one unit fills it in one cycle, with everything an official wants beside a cell.

use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::number::BadNumber;
use thidua_base::{Number, Period};

use super::cycle::{Cycle, Stage};
use super::entry::{Entry, is_filled};
use super::form::{Form, FormRow};
use super::submission::{State, Submission};
use crate::indicator::compare::{Against, against};
use crate::indicator::{Indicator, PlanValue, Reading, Value, ValueKind};

/// A form as one unit fills it for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The form.
    pub form: Form,
    /// The cycle.
    pub cycle: Cycle,
    /// The unit.
    pub unit: OrgId,
    /// Where the cycle stands for it today.
    pub stage: Stage,
    /// What happened to the sheet.
    pub submission: Submission,
    /// The rows, in the form's order.
    pub rows: Vec<SheetRow>,
}

/// A row of a sheet. Columns follow the official table: plan for the year, plan to date, same period, this period,
/// accumulated, percent of plan, percent of the same period, note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// The row of the form.
    pub row: FormRow,
    /// The definition on the last day of the period.
    pub indicator: Indicator,
    /// The reading that holds the cell.
    pub current: Option<Reading>,
    /// The figure assigned for the year, in force.
    pub plan_year: Option<PlanValue>,
    /// The figure assigned for this very period, where the plan document phases the year.
    pub plan_to_date: Option<PlanValue>,
    /// The same period a year earlier, restated to the unit as it is.
    pub same_period: Prior,
    /// What the year has reached by the end of the period; none for rates.
    pub accumulated: Option<Number>,
    /// Earlier periods of the same kind that have a value, newest first.
    pub earlier: Vec<(Period, Number)>,
    /// The same figure of the other units that report by this form, for comparison.
    pub peers: Vec<Number>,
    /// The sum over the units below, where they report it too.
    pub below: Option<Number>,
    /// What was explained or noted beside the cell, newest first.
    pub note: String,
    /// Changes that came across the reading that holds the cell and wait to be settled.
    pub conflicts: Vec<Entry>,
    /// Why the receiver sent this cell back.
    pub returned: Option<String>,
}

/// What a unit of today had in an earlier period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prior {
    /// Exactly this.
    Of(Number),
    /// Not every predecessor reported.
    NotReported,
    /// A predecessor was divided, and its figure cannot be; or the definition of then has another measure or price basis.
    NotComparable,
}

impl Prior {
    /// The number, if there is one.
    pub fn number(self) -> Option<Number> {
        match self {
            Self::Of(number) => Some(number),
            Self::NotReported | Self::NotComparable => None,
        }
    }
}

impl Sheet {
    /// Cells filled and cells required, by the form.
    pub fn completeness(&self) -> Completeness {
        let required = self.rows.iter().filter(|row| row.row.is_required);
        let filled = required.clone().filter(|row| row.is_filled()).count();
        Completeness { filled, required: required.count() }
    }

    /// Whether its unit may change it now.
    pub fn is_editable(&self) -> bool {
        self.stage.is_open() && self.submission.is_editable()
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        self.submission.state()
    }

    /// The row of an indicator.
    pub fn row(&self, indicator: &IndicatorCode) -> Option<&SheetRow> {
        self.rows.iter().find(|row| row.row.indicator == *indicator)
    }
}

/// How much of a sheet is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completeness {
    /// Required cells with a number or a word for its absence other than "not reported".
    pub filled: usize,
    /// Required cells.
    pub required: usize,
}

impl Completeness {
    /// Whether nothing is lacking.
    pub fn is_whole(self) -> bool {
        self.filled >= self.required
    }
}

impl SheetRow {
    /// Whether the cell holds a number or a word for its absence.
    pub fn is_filled(&self) -> bool {
        self.current.as_ref().is_some_and(|reading| is_filled(reading.value))
    }

    /// The number in the cell.
    pub fn value(&self) -> Option<Number> {
        self.current.as_ref().and_then(|reading| reading.value.number())
    }

    /// What the year has reached, against the plan of the year; by the very period's plan where there is one.
    ///
    /// # Errors
    /// When the percentage does not fit in 64 bits.
    pub fn against_plan(&self) -> Result<Option<Against>, BadNumber> {
        let (reached, plan) = match (&self.plan_to_date, &self.plan_year) {
            (Some(plan), _) => (self.value(), plan),
            (None, Some(plan)) => (self.accumulated.or_else(|| self.value()), plan),
            (None, None) => return Ok(None),
        };
        reached.map(|value| against(value, plan.value, self.indicator.percent_decimals)).transpose()
    }

    /// This period against the same one a year earlier; none between two percentages.
    ///
    /// # Errors
    /// As [`SheetRow::against_plan`].
    pub fn against_same_period(&self) -> Result<Option<Against>, BadNumber> {
        if self.indicator.kind == ValueKind::Ratio {
            return Ok(None);
        }
        let both = self.value().zip(self.same_period.number());
        both.map(|(value, base)| against(value, base, self.indicator.percent_decimals)).transpose()
    }
}

/// What the year has reached by the end of a period, from the values of its periods of one kind.
///
/// What flows is added up from the first period of the year; what is held at a period's end is that value; a rate is
/// never added. `None` where a period in between has no number.
///
/// # Errors
/// When the sum does not fit in 64 bits.
pub fn accumulated(
    kind: ValueKind,
    period: Period,
    value: impl Fn(Period) -> Option<Value>,
) -> Result<Option<Number>, BadNumber> {
    let number = |period| match value(period) {
        Some(Value::Of(number)) => Some(number),
        Some(Value::Absent(crate::indicator::Absence::NoneOccurred)) => Some(Number::whole(0)),
        Some(Value::Absent(_)) | None => None,
    };
    match kind {
        ValueKind::Ratio | ValueKind::Index => Ok(None),
        ValueKind::Stock => Ok(number(period)),
        ValueKind::Flow => {
            let parts: Option<Vec<Number>> = periods_of_year(period).into_iter().map(number).collect();
            parts.map(Number::sum).transpose()
        }
    }
}

/// The periods of the same kind from the beginning of the year to this one, earliest first; a period that holds the
/// year from its beginning (a half-year's first, nine months, a year) is alone.
pub fn periods_of_year(period: Period) -> Vec<Period> {
    let first = match period {
        Period::Month { year, .. } => Period::Month { year, month: 1 },
        Period::Quarter { year, .. } => Period::Quarter { year, quarter: 1 },
        Period::Half { year, .. } => Period::Half { year, half: 1 },
        Period::NineMonths { .. } | Period::Year { .. } | Period::Term { .. } | Period::SchoolYear { .. } => period,
    };
    std::iter::successors(Some(first), |at| (*at != period).then(|| at.next())).collect()
}

/// Shorter periods that begin with the same year and end before this one does: what flows cannot have reached less by
/// its end than by theirs. Nearest first; none for periods that do not begin with a year.
pub fn shorter_periods(period: Period) -> Vec<Period> {
    let of = |year| [Period::NineMonths { year }, Period::Half { year, half: 1 }, Period::Quarter { year, quarter: 1 }];
    match period {
        Period::Year { year } | Period::NineMonths { year } | Period::Half { year, half: 1 } => {
            of(year).into_iter().filter(|shorter| shorter.last_day() < period.last_day()).collect()
        }
        Period::Month { .. }
        | Period::Quarter { .. }
        | Period::Half { .. }
        | Period::Term { .. }
        | Period::SchoolYear { .. } => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::Absence;

    fn p(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    #[test]
    fn what_flows_adds_up_over_the_year_and_what_is_held_does_not() {
        let of = |period: Period| match period {
            Period::Quarter { quarter: 2, .. } => Some(Value::Absent(Absence::NoneOccurred)),
            Period::Quarter { quarter, .. } => Some(Value::Of(Number::whole(i64::from(quarter)))),
            _ => None,
        };
        assert_eq!(accumulated(ValueKind::Flow, p("2020-Q3"), of), Ok(Some(Number::whole(4))));
        assert_eq!(accumulated(ValueKind::Stock, p("2020-Q3"), of), Ok(Some(Number::whole(3))));
        assert_eq!(accumulated(ValueKind::Ratio, p("2020-Q3"), of), Ok(None));
        assert_eq!(accumulated(ValueKind::Flow, p("2020-H1"), of), Ok(None));
    }

    #[test]
    fn a_year_is_held_against_its_nine_months_its_half_and_its_quarter() {
        assert_eq!(shorter_periods(p("2020")), [p("2020-C9"), p("2020-H1"), p("2020-Q1")]);
        assert_eq!(shorter_periods(p("2020-C9")), [p("2020-H1"), p("2020-Q1")]);
        assert_eq!(shorter_periods(p("2020-H1")), [p("2020-Q1")]);
        for none in ["2020-H2", "2020-Q3", "2020-M05", "2016-2020", "SY2020"] {
            assert!(shorter_periods(p(none)).is_empty(), "{none}");
        }
    }

    #[test]
    fn a_gap_in_the_year_has_no_sum() {
        let of = |period: Period| (period == p("2020-M03")).then_some(Value::Of(Number::whole(1)));
        assert_eq!(accumulated(ValueKind::Flow, p("2020-M03"), of), Ok(None));
        assert_eq!(periods_of_year(p("2020-M03")), [p("2020-M01"), p("2020-M02"), p("2020-M03")]);
        assert_eq!(periods_of_year(p("2020-C9")), [p("2020-C9")]);
    }
}
