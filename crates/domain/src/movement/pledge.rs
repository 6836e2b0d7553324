//! Registration for a movement and the pledge (đăng ký thi đua, giao ước): called on, registered, signed, returned;
//! and what was registered against what was reached.

use thidua_base::code::{HonourCode, IndicatorCode, MovementCode, OrgId};
use thidua_base::{Date, Number, Period, Timestamp};

use super::terms::judge_length;
use crate::indicator::{Comparator, Direction};
use crate::refusal::Refusal;

/// Most titles, and most targets, of one registration.
pub const PROMISES_MAX: usize = 30;

/// A unit called on by a launch; as the trees stood on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The movement.
    pub movement: MovementCode,
    /// Who is called on.
    pub unit: OrgId,
    /// Last day on which it registers in time.
    pub register_by: Date,
    /// The day it was called on after the launch; `None` where the launch itself called on it.
    pub called_on: Option<Date>,
}

/// Where a registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PledgeState {
    /// Called on; nothing came yet.
    Asked,
    /// Registered; the pledge is not signed.
    Registered,
    /// The pledge is signed.
    Signed,
    /// Sent back by the launcher with a reason.
    Returned,
}

/// What is done with a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PledgeAct {
    /// Register, or register anew (đăng ký).
    Register,
    /// Sign the pledge (ký giao ước).
    Sign,
    /// Send it back (trả lại).
    Return,
}

use PledgeState::{Asked, Registered, Returned, Signed};

/// The table of acts. What is signed changes only after it was sent back.
#[rustfmt::skip]
pub const PLEDGE_ACTS: &[(PledgeAct, &[PledgeState], PledgeState)] = &[
    (PledgeAct::Register, &[Asked, Registered, Returned], Registered),
    (PledgeAct::Sign,     &[Registered],                  Signed),
    (PledgeAct::Return,   &[Registered, Signed],          Returned),
];

/// What a unit registers (nội dung đăng ký).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Promise {
    /// What it pledges, in words.
    pub text: String,
    /// The emulation titles it registers for, in the order given.
    pub titles: Vec<HonourCode>,
    /// The figures it means to reach, in the order given.
    pub targets: Vec<PromisedTarget>,
}

/// A figure that a unit means to reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromisedTarget {
    /// What is measured.
    pub indicator: IndicatorCode,
    /// For when.
    pub period: Period,
    /// What it means to reach.
    pub value: Number,
    /// What was assigned to it then, by the plan in force.
    pub assigned: Option<Number>,
}

/// One thing that was done with a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PledgeEvent {
    /// What.
    pub act: PledgeAct,
    /// What is registered; empty for a signature and a return, which change nothing of it.
    pub promise: Promise,
    /// In what position it was signed: `Chủ tịch UBND xã`; empty otherwise.
    pub position: String,
    /// Why it was sent back; empty otherwise.
    pub reason: String,
    /// Who, as named then.
    pub by: String,
    /// Their account, where a person signed in did it.
    pub account: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A unit's registration with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pledge {
    /// The movement.
    pub movement: MovementCode,
    /// Whose.
    pub unit: OrgId,
    /// What happened, oldest first.
    pub events: Vec<PledgeEvent>,
}

/// What became of a figure that was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outturn {
    /// Reached.
    Reached,
    /// Not reached.
    Missed,
    /// Nothing was reported for the period.
    NotReported,
}

impl PledgeState {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Asked => "asked",
            Registered => "registered",
            Signed => "signed",
            Returned => "returned",
        }
    }
}

impl PledgeAct {
    /// Every act.
    pub const ALL: [Self; 3] = [Self::Register, Self::Sign, Self::Return];

    /// The word in columns, keys of sentences and the journal.
    pub fn word(self) -> &'static str {
        match self {
            Self::Register => "register-for-movement",
            Self::Sign => "sign-pledge",
            Self::Return => "return-pledge",
        }
    }
}

impl Outturn {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Missed => "missed",
            Self::NotReported => "not-reported",
        }
    }
}

impl Pledge {
    /// A registration that was asked for and not made yet.
    pub fn new(movement: MovementCode, unit: OrgId) -> Self {
        Self { movement, unit, events: Vec::new() }
    }

    /// Where it stands.
    pub fn state(&self) -> PledgeState {
        let last = self.events.last().map(|event| event.act);
        let row = PLEDGE_ACTS.iter().find(|(act, _, _)| Some(*act) == last);
        row.map_or(Asked, |(_, _, to)| *to)
    }

    /// Whether an act is open now.
    pub fn may(&self, act: PledgeAct) -> bool {
        let state = self.state();
        PLEDGE_ACTS.iter().any(|(known, from, _)| *known == act && from.contains(&state))
    }

    /// Whether an act may be done now.
    ///
    /// # Errors
    /// [`Refusal::PledgeState`].
    pub fn judge(&self, act: PledgeAct) -> Result<(), Refusal> {
        if self.may(act) { Ok(()) } else { Err(Refusal::PledgeState { state: self.state().word() }) }
    }

    /// What is registered now.
    pub fn promise(&self) -> Option<&Promise> {
        let made = self.events.iter().rev().find(|event| event.act == PledgeAct::Register);
        made.map(|event| &event.promise)
    }

    /// The day on which the unit first registered.
    pub fn registered_on(&self) -> Option<Date> {
        let first = self.events.iter().find(|event| event.act == PledgeAct::Register);
        first.map(|event| event.at.date_in_vietnam())
    }

    /// The signature that holds now.
    pub fn signature(&self) -> Option<&PledgeEvent> {
        self.events.last().filter(|event| event.act == PledgeAct::Sign)
    }
}

/// Whether a promise can be registered: it says something, asks for no figure twice, and asks of the unit no less than
/// the plan does. `assigned` gives what was assigned, and how it is met.
///
/// # Errors
/// [`Refusal::EmptyPledge`], [`Refusal::TooMany`], [`Refusal::LongText`], [`Refusal::PromisedTwice`],
/// [`Refusal::BelowAssigned`].
pub fn judge_promise(
    promise: &Promise,
    assigned: impl Fn(&PromisedTarget) -> Option<(Number, Comparator)>,
) -> Result<(), Refusal> {
    if promise.text.trim().is_empty() && promise.titles.is_empty() && promise.targets.is_empty() {
        return Err(Refusal::EmptyPledge);
    }
    judge_length(&promise.text)?;
    if promise.titles.len() > PROMISES_MAX || promise.targets.len() > PROMISES_MAX {
        return Err(Refusal::TooMany { most: PROMISES_MAX });
    }
    for (place, target) in promise.targets.iter().enumerate() {
        let is_same = |other: &PromisedTarget| other.indicator == target.indicator && other.period == target.period;
        if promise.targets[..place].iter().any(is_same) {
            return Err(Refusal::PromisedTwice { indicator: target.indicator.to_string() });
        }
        let Some((figure, how)) = assigned(target) else { continue };
        let keeps_up = match how {
            Comparator::AtLeast => target.value >= figure,
            Comparator::AtMost => target.value <= figure,
            Comparator::Exactly => target.value == figure,
        };
        if !keeps_up {
            let indicator = target.indicator.to_string();
            return Err(Refusal::BelowAssigned { indicator, assigned: figure.vi() });
        }
    }
    Ok(())
}

/// What became of a figure that was registered, by what the indicator chapter holds for the period.
pub fn outturn(promised: Number, actual: Option<Number>, direction: Direction) -> Outturn {
    match (actual, direction) {
        (None, Direction::Up | Direction::Down | Direction::Neutral) => Outturn::NotReported,
        (Some(actual), Direction::Down) if actual <= promised => Outturn::Reached,
        (Some(actual), Direction::Up | Direction::Neutral) if actual >= promised => Outturn::Reached,
        (Some(_), Direction::Up | Direction::Down | Direction::Neutral) => Outturn::Missed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(act: PledgeAct, text: &str) -> PledgeEvent {
        PledgeEvent {
            act,
            promise: Promise { text: text.into(), ..Promise::default() },
            position: String::new(),
            reason: String::new(),
            by: "Lê Thị Thủy".into(),
            account: None,
            at: Timestamp::parse("2020-07-05T20:00:00Z").unwrap(),
        }
    }

    fn pledge(events: &[(PledgeAct, &str)]) -> Pledge {
        Pledge {
            events: events.iter().map(|(act, text)| event(*act, text)).collect(),
            ..Pledge::new(MovementCode::parse("PT01").unwrap(), OrgId::parse("xa-a").unwrap())
        }
    }

    fn target(indicator: &str, value: i64) -> PromisedTarget {
        PromisedTarget {
            indicator: IndicatorCode::parse(indicator).unwrap(),
            period: Period::Year { year: 2020 },
            value: Number::whole(value),
            assigned: None,
        }
    }

    #[test]
    fn what_is_signed_changes_only_after_it_was_sent_back() {
        use PledgeAct::{Register, Return, Sign};
        let fresh = pledge(&[]);
        assert_eq!((fresh.state(), fresh.promise()), (Asked, None));
        assert_eq!(fresh.judge(Sign), Err(Refusal::PledgeState { state: "asked" }));
        let signed = pledge(&[(Register, "một"), (Register, "hai"), (Sign, "")]);
        assert_eq!(signed.state(), Signed);
        assert_eq!(signed.promise().unwrap().text, "hai");
        assert!(signed.signature().is_some());
        assert_eq!(signed.registered_on(), Date::parse("2020-07-06").ok());
        assert_eq!(signed.judge(Register), Err(Refusal::PledgeState { state: "signed" }));
        let back = pledge(&[(Register, "một"), (Sign, ""), (Return, "")]);
        assert_eq!((back.state(), back.signature()), (Returned, None));
        assert_eq!(back.judge(Register), Ok(()));
        assert_eq!(back.judge(Return), Err(Refusal::PledgeState { state: "returned" }));
    }

    #[test]
    fn a_promise_asks_no_less_than_the_plan() {
        let of = |targets: Vec<PromisedTarget>| Promise { targets, ..Promise::default() };
        let plan = |target: &PromisedTarget| match target.indicator.as_str() {
            "NN01" => Some((Number::whole(100), Comparator::AtLeast)),
            "XH01" => Some((Number::whole(5), Comparator::AtMost)),
            "TC01" => Some((Number::whole(19), Comparator::Exactly)),
            _ => None,
        };
        assert_eq!(judge_promise(&Promise::default(), plan), Err(Refusal::EmptyPledge));
        assert_eq!(judge_promise(&of(vec![target("NN01", 100), target("XH01", 5), target("TC01", 19)]), plan), Ok(()));
        assert_eq!(judge_promise(&of(vec![target("KT09", 0)]), plan), Ok(()), "nothing is assigned");
        for (indicator, value, assigned) in [("NN01", 99, "100"), ("XH01", 6, "5"), ("TC01", 20, "19")] {
            let refused = Refusal::BelowAssigned { indicator: indicator.into(), assigned: assigned.into() };
            assert_eq!(judge_promise(&of(vec![target(indicator, value)]), plan), Err(refused));
        }
        let twice = of(vec![target("NN01", 100), target("NN01", 120)]);
        assert_eq!(judge_promise(&twice, plan), Err(Refusal::PromisedTwice { indicator: "NN01".into() }));
        let many = Promise { titles: vec![HonourCode::parse("x").unwrap(); PROMISES_MAX + 1], ..Promise::default() };
        assert_eq!(judge_promise(&many, plan), Err(Refusal::TooMany { most: PROMISES_MAX }));
    }

    #[test]
    fn the_direction_says_what_reached_means() {
        let of = |promised, actual: Option<i64>, direction| {
            outturn(Number::whole(promised), actual.map(Number::whole), direction)
        };
        assert_eq!(of(10, Some(10), Direction::Up), Outturn::Reached);
        assert_eq!(of(10, Some(9), Direction::Up), Outturn::Missed);
        assert_eq!(of(3, Some(2), Direction::Down), Outturn::Reached);
        assert_eq!(of(3, Some(4), Direction::Down), Outturn::Missed);
        assert_eq!(of(0, Some(0), Direction::Neutral), Outturn::Reached);
        assert_eq!(of(0, None, Direction::Up), Outturn::NotReported, "nothing reported is no zero");
    }
}
