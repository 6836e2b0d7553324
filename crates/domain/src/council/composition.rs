//! Who sits in a council over time (thành lập, kiện toàn) and by which rules of its own: acts by dated decisions, only
//! added to.

use thidua_base::Date;

use super::rule::HouseRule;
use super::{Seat, SeatNumber, SeatRole, Signed, TEXT_MAX, Warrant, in_order};
use crate::refusal::{CouncilFault, Refusal};

/// Something done to a council's composition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompositionAct {
    /// A seat is given.
    Seated(Seat, Signed),
    /// A seat ends.
    Unseated(SeatNumber, Date, Warrant, Signed),
    /// A rule of its own begins.
    Ruled(HouseRule, Signed),
}

/// A council's seats and rules over time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Composition {
    /// Every seat there ever was, by number.
    pub seats: Vec<Seat>,
    /// Its own rules, by first day.
    pub rules: Vec<HouseRule>,
    /// The number of the last act; 0 before the first.
    pub last: i64,
}

/// A seat as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSeat {
    /// Its part.
    pub role: SeatRole,
    /// Whether it votes.
    pub votes: bool,
    /// The person's name.
    pub name: String,
    /// Their office.
    pub position: String,
    /// The unit they come from.
    pub unit: Option<thidua_base::code::OrgId>,
    /// The account by which they act.
    pub account: Option<crate::actor::AccountId>,
    /// Who they are in the register of persons.
    pub subject: Option<crate::subject::SubjectId>,
}

impl Composition {
    /// Takes an act in, the next after the last.
    pub fn take(&mut self, act: CompositionAct) {
        match act {
            CompositionAct::Seated(seat, _) => self.seats.push(seat),
            CompositionAct::Unseated(number, until, warrant, _) => {
                if let Some(seat) = self.seats.iter_mut().find(|seat| seat.number == number) {
                    seat.ended = Some((until, warrant));
                }
            }
            CompositionAct::Ruled(rule, _) => {
                self.rules.push(rule);
                self.rules.sort_by_key(|rule| rule.from);
            }
        }
        self.last += 1;
    }

    /// Who sits on a day, in order.
    pub fn on(&self, day: Date) -> Vec<Seat> {
        in_order(self.seats.iter().filter(|seat| seat.holds_on(day)).cloned().collect())
    }

    /// The rule of its own on a day: of several that begin on one day, the one given last.
    pub fn rule_on(&self, day: Date) -> Option<&HouseRule> {
        self.rules.iter().rev().find(|rule| rule.from <= day)
    }

    /// The acts of a change by a decision, from a day: whose seats end, who comes in.
    ///
    /// # Errors
    /// [`CouncilFault::BadWarrant`], [`CouncilFault::NoSuchSeat`], [`CouncilFault::NamelessSeat`],
    /// [`CouncilFault::SeatedTwice`], [`CouncilFault::TwoChairs`], [`CouncilFault::NoChair`], [`CouncilFault::NothingChanges`].
    pub fn change(
        &self,
        warrant: &Warrant,
        from: Date,
        ended: &[SeatNumber],
        given: Vec<NewSeat>,
        signed: &Signed,
    ) -> Result<Vec<CompositionAct>, Refusal> {
        judge_warrant(warrant, from)?;
        if ended.is_empty() && given.is_empty() {
            return Err(CouncilFault::NothingChanges.into());
        }
        let mut after = self.clone();
        let mut acts = Vec::new();
        for number in ended {
            let held =
                after.seats.iter().any(|seat| seat.number == *number && seat.ended.is_none() && seat.from <= from);
            if !held {
                return Err(CouncilFault::NoSuchSeat { number: *number }.into());
            }
            acts.push(CompositionAct::Unseated(*number, from, warrant.clone(), signed.clone()));
            after.take(acts[acts.len() - 1].clone());
        }
        for new in given {
            let name = new.name.trim().to_owned();
            if name.is_empty() || name.chars().count() > TEXT_MAX {
                return Err(CouncilFault::NamelessSeat.into());
            }
            let twice = after.on(from).into_iter().any(|seat| new.account.is_some() && seat.account == new.account);
            if twice {
                return Err(CouncilFault::SeatedTwice { name }.into());
            }
            let number = after.seats.iter().map(|seat| seat.number).max().unwrap_or(0).saturating_add(1);
            let seat = Seat {
                number,
                role: new.role,
                votes: new.votes,
                name,
                position: new.position.trim().to_owned(),
                unit: new.unit,
                account: new.account,
                subject: new.subject,
                from,
                warrant: warrant.clone(),
                ended: None,
            };
            acts.push(CompositionAct::Seated(seat, signed.clone()));
            after.take(acts[acts.len() - 1].clone());
        }
        match after.on(from).iter().filter(|seat| seat.role == SeatRole::Chair).count() {
            0 => Err(CouncilFault::NoChair.into()),
            1 => Ok(acts),
            _ => Err(CouncilFault::TwoChairs.into()),
        }
    }

    /// The act of a rule of its own.
    ///
    /// # Errors
    /// [`CouncilFault::RuleWithoutCitation`]: a rule nobody can look up binds nobody.
    pub fn rule(&self, rule: HouseRule, signed: &Signed) -> Result<CompositionAct, Refusal> {
        if rule.cite.trim().is_empty() {
            return Err(CouncilFault::RuleWithoutCitation.into());
        }
        Ok(CompositionAct::Ruled(rule, signed.clone()))
    }
}

/// A decision has a number and counts from its own day on, not before.
fn judge_warrant(warrant: &Warrant, from: Date) -> Result<(), Refusal> {
    if warrant.number.trim().is_empty() || from < warrant.on {
        return Err(CouncilFault::BadWarrant.into());
    }
    Ok(())
}
