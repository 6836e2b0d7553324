//! Cycles (đợt báo cáo): one form for one period, with its days of opening, due, grace and close.

use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period, Timestamp};

use crate::indicator::Nature;
use crate::refusal::Refusal;

/// One form reported for one period; the two together are its identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// First day on which figures may be entered; may lie before the period's end, for estimates.
    pub opens_on: Date,
    /// Last day on which a sheet is in time.
    pub due_on: Date,
    /// Last day on which a late sheet is still taken without asking.
    pub grace_until: Date,
    /// First day on which nothing is entered any more without an extension.
    pub closes_on: Date,
    /// How firm its figures are meant to be.
    pub nature: Nature,
    /// Set when the receiver closed it for good; what stood then can be rebuilt.
    pub closing: Option<Closing>,
}

/// When a cycle was closed, and up to which reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// When.
    pub at: Timestamp,
    /// By whom, as named then.
    pub by: String,
    /// The last number of the tenant's readings then.
    pub as_of_seq: i64,
}

/// More time for one unit (gia hạn, mở lại), with who gave it and why; it expires by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// For whom.
    pub unit: OrgId,
    /// Its new last day in time, where the receiver moved that too.
    pub due_on: Option<Date>,
    /// Last day on which it may enter and send.
    pub open_until: Date,
    /// Why.
    pub reason: String,
    /// Who gave it, as named then.
    pub granted_by: String,
    /// When.
    pub granted_at: Timestamp,
}

/// A unit whose sheet will not come (miễn gửi); name and reason stand in the printed notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// For whom.
    pub unit: OrgId,
    /// Why.
    pub reason: String,
    /// Who granted it, as named then.
    pub granted_by: String,
    /// When.
    pub granted_at: Timestamp,
}

/// Where a cycle stands for a unit on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Not open yet.
    Planned,
    /// Open, and in time.
    Open,
    /// Open, after the due day.
    Late,
    /// Over.
    Closed,
    /// Over, but opened again for this unit until a day.
    Reopened,
}

impl Stage {
    /// Every stage, in the order of days.
    pub const ALL: [Self; 5] = [Self::Planned, Self::Open, Self::Late, Self::Closed, Self::Reopened];

    /// Whether figures may be entered and sheets sent.
    pub fn is_open(self) -> bool {
        match self {
            Self::Open | Self::Late | Self::Reopened => true,
            Self::Planned | Self::Closed => false,
        }
    }

    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Late => "late",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
        }
    }
}

impl Cycle {
    /// Checks the order of its days.
    ///
    /// # Errors
    /// [`Refusal::CycleDays`] unless opening ≤ due ≤ grace < close.
    pub fn checked(self) -> Result<Self, Refusal> {
        let fits = self.opens_on <= self.due_on && self.due_on <= self.grace_until && self.grace_until < self.closes_on;
        if fits { Ok(self) } else { Err(Refusal::CycleDays) }
    }

    /// Whether it is the cycle of a form and a period.
    pub fn is(&self, form: &FormId, period: Period) -> bool {
        self.form == *form && self.period == period
    }

    /// The last day in time for a unit: its own where an extension moved it.
    pub fn due_for(&self, unit: &OrgId, extensions: &[Extension]) -> Date {
        self.extensions_of(unit, extensions).filter_map(|given| given.due_on).max().unwrap_or(self.due_on)
    }

    /// Where it stands for a unit on a day.
    pub fn stage(&self, unit: &OrgId, extensions: &[Extension], today: Date) -> Stage {
        let reopened = self.extensions_of(unit, extensions).any(|given| today <= given.open_until);
        if today < self.opens_on {
            Stage::Planned
        } else if self.closing.is_some() || today >= self.closes_on {
            if reopened { Stage::Reopened } else { Stage::Closed }
        } else if today <= self.due_for(unit, extensions) {
            Stage::Open
        } else {
            Stage::Late
        }
    }

    fn extensions_of<'a>(
        &'a self,
        unit: &'a OrgId,
        extensions: &'a [Extension],
    ) -> impl Iterator<Item = &'a Extension> + 'a {
        extensions.iter().filter(move |given| given.unit == *unit && self.is(&given.form, given.period))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn cycle() -> Cycle {
        Cycle {
            form: FormId::parse("bieu-01").unwrap(),
            period: Period::parse("2020-H1").unwrap(),
            opens_on: day("2020-06-01"),
            due_on: day("2020-06-15"),
            grace_until: day("2020-06-20"),
            closes_on: day("2020-06-26"),
            nature: Nature::Estimate,
            closing: None,
        }
    }

    fn extension(open_until: &str, due_on: Option<&str>) -> Extension {
        Extension {
            form: cycle().form,
            period: cycle().period,
            unit: OrgId::parse("x-1").unwrap(),
            due_on: due_on.map(day),
            open_until: day(open_until),
            reason: "Mất điện do bão".to_owned(),
            granted_by: "Lê Văn Bình".to_owned(),
            granted_at: Timestamp::parse("2020-06-26T01:00:00Z").unwrap(),
        }
    }

    #[test]
    fn stages_follow_the_days() {
        let unit = OrgId::parse("x-1").unwrap();
        let stage = |text: &str| cycle().stage(&unit, &[], day(text));
        assert_eq!(stage("2020-05-31"), Stage::Planned);
        assert_eq!(stage("2020-06-15"), Stage::Open);
        assert_eq!(stage("2020-06-16"), Stage::Late);
        assert_eq!(stage("2020-06-25"), Stage::Late);
        assert_eq!(stage("2020-06-26"), Stage::Closed);
    }

    #[test]
    fn an_extension_opens_again_for_its_unit_alone_and_expires() {
        let (mine, other) = (OrgId::parse("x-1").unwrap(), OrgId::parse("x-2").unwrap());
        let given = [extension("2020-06-30", Some("2020-06-30"))];
        assert_eq!(cycle().stage(&mine, &given, day("2020-06-28")), Stage::Reopened);
        assert_eq!(cycle().stage(&other, &given, day("2020-06-28")), Stage::Closed);
        assert_eq!(cycle().stage(&mine, &given, day("2020-07-01")), Stage::Closed);
        assert_eq!(cycle().due_for(&mine, &given), day("2020-06-30"));
        assert_eq!(cycle().due_for(&other, &given), day("2020-06-15"));
        // Before the close it moves the due day, and nothing is reopened.
        assert_eq!(cycle().stage(&mine, &given, day("2020-06-20")), Stage::Open);
    }

    #[test]
    fn a_cycle_closed_by_hand_is_closed_before_its_day() {
        let closing =
            Closing { at: Timestamp::parse("2020-06-18T01:00:00Z").unwrap(), by: String::new(), as_of_seq: 7 };
        let closed = Cycle { closing: Some(closing), ..cycle() };
        assert_eq!(closed.stage(&OrgId::parse("x-2").unwrap(), &[], day("2020-06-18")), Stage::Closed);
    }

    #[test]
    fn days_out_of_order_are_refused() {
        assert!(cycle().checked().is_ok());
        assert_eq!(Cycle { due_on: day("2020-06-21"), ..cycle() }.checked(), Err(Refusal::CycleDays));
        assert_eq!(Cycle { closes_on: day("2020-06-20"), ..cycle() }.checked(), Err(Refusal::CycleDays));
        assert_eq!(Cycle { opens_on: day("2020-06-16"), ..cycle() }.checked(), Err(Refusal::CycleDays));
    }
}
