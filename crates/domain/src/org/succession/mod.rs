//! Succession: what became of units, and what their old figures are for the units of a later day.
//!
//! Arrows of one day happen at once; days follow one another. A unit without arrows stays what it is. Nothing
//! here moves a figure: restating computes what an heir would have reported, or says that nobody can know.

mod descent;

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_base::number::BadNumber;

use super::share::BadHistory;
use super::{Portion, Ratio, Share, UnitEvent};

pub use descent::{Came, Descent, Restated, Total, residue};

/// What became of units, day by day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Succession {
    days: BTreeMap<Date, BTreeMap<OrgId, Vec<(OrgId, Weight)>>>,
}

/// How much of a unit goes to an heir.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// So much.
    Known(Ratio),
    /// A part, and nobody has said how large.
    Unknown,
}

impl Succession {
    /// The history that events tell, every divided unit indivisible.
    ///
    /// # Errors
    /// [`BadHistory`] where the arrows of a unit on one day contradict each other.
    pub fn of(events: &[UnitEvent]) -> Result<Self, BadHistory> {
        Self::by_basis(events, &[], "")
    }

    /// The history that events tell, with units divided by the shares of one basis. The order of events and of
    /// their arrows does not matter, and an arrow told twice counts once.
    ///
    /// # Errors
    /// [`BadHistory`] where arrows contradict each other, or shares do not make up a whole.
    pub fn by_basis(events: &[UnitEvent], shares: &[Share], basis: &str) -> Result<Self, BadHistory> {
        let mut arrows: BTreeMap<(Date, OrgId), BTreeMap<OrgId, Portion>> = BTreeMap::new();
        for event in events {
            for link in &event.links {
                let told = arrows.entry((event.effective_on, link.from.clone())).or_default();
                match told.insert(link.to.clone(), link.portion) {
                    Some(before) if before != link.portion => {
                        return Err(BadHistory::WholeAndMore { unit: link.from.clone(), day: event.effective_on });
                    }
                    Some(_) | None => {}
                }
            }
        }
        let known = shares_of(events, shares, basis)?;
        let mut days: BTreeMap<Date, BTreeMap<OrgId, Vec<(OrgId, Weight)>>> = BTreeMap::new();
        for ((day, unit), told) in arrows {
            let parts = weights(day, &unit, told, &known, basis)?;
            days.entry(day).or_default().insert(unit, parts);
        }
        Ok(Self { days })
    }

    /// What became of units between two days: what they were on `from`, seen on `to`. Nothing is carried back:
    /// where `to` is not later, every unit is its own heir.
    ///
    /// # Errors
    /// [`BadNumber::TooLarge`] where a chain of shares outgrows exact fractions.
    pub fn between<'a>(
        &self,
        units: impl IntoIterator<Item = &'a OrgId>,
        from: Date,
        to: Date,
    ) -> Result<Descent, BadNumber> {
        let units: BTreeSet<&OrgId> = units.into_iter().collect();
        let mut fates = Vec::with_capacity(units.len());
        for unit in units {
            let mut fate = BTreeMap::from([(unit.clone(), Weight::Known(Ratio::ONE))]);
            if from < to {
                for (_, step) in self.days.range(from.next_day()..=to) {
                    fate = moved(fate, step)?;
                }
            }
            fates.push((unit.clone(), fate.into_iter().collect()));
        }
        Ok(Descent::new(fates))
    }
}

/// Shares by day, unit divided and heir; every one belongs to a part that an event tells of.
fn shares_of<'a>(
    events: &'a [UnitEvent],
    shares: &'a [Share],
    basis: &str,
) -> Result<BTreeMap<(Date, &'a OrgId, &'a OrgId), Ratio>, BadHistory> {
    let by_id: BTreeMap<&str, &UnitEvent> = events.iter().map(|event| (event.id.as_str(), event)).collect();
    let mut known = BTreeMap::new();
    for share in shares.iter().filter(|share| share.basis == basis) {
        let event = by_id.get(share.event.as_str()).filter(|event| {
            let is_it = |link: &&super::UnitLink| link.from == share.from && link.to == share.to;
            event.links.iter().find(is_it).is_some_and(|link| link.portion == Portion::Partial)
        });
        let Some(event) = event else {
            return Err(BadHistory::NoSuchPart {
                event: share.event.clone(),
                from: share.from.clone(),
                to: share.to.clone(),
            });
        };
        let ratio = share.ratio().ok_or_else(|| BadHistory::NotAShare {
            unit: share.from.clone(),
            numerator: share.numerator,
            denominator: share.denominator,
        })?;
        known.insert((event.effective_on, &share.from, &share.to), ratio);
    }
    Ok(known)
}

/// The arrows of a unit on a day with their weights.
fn weights(
    day: Date,
    unit: &OrgId,
    told: BTreeMap<OrgId, Portion>,
    known: &BTreeMap<(Date, &OrgId, &OrgId), Ratio>,
    basis: &str,
) -> Result<Vec<(OrgId, Weight)>, BadHistory> {
    let whole = told.values().any(|portion| *portion == Portion::Full);
    match (whole, told.len()) {
        (true, 1) => return Ok(told.into_keys().map(|heir| (heir, Weight::Known(Ratio::ONE))).collect()),
        (true, _) => return Err(BadHistory::WholeAndMore { unit: unit.clone(), day }),
        (false, 1) => return Err(BadHistory::LonePart { unit: unit.clone(), day }),
        (false, _) => {}
    }
    let shares: Vec<Option<Ratio>> = told.keys().map(|heir| known.get(&(day, unit, heir)).copied()).collect();
    if shares.iter().all(Option::is_none) {
        return Ok(told.into_keys().map(|heir| (heir, Weight::Unknown)).collect());
    }
    let not_whole = || BadHistory::NotWhole { unit: unit.clone(), day, basis: basis.to_owned() };
    let all: Vec<Ratio> = shares.into_iter().collect::<Option<_>>().ok_or_else(not_whole)?;
    let sum = all.iter().try_fold(Ratio::ZERO, |sum, share| sum.plus(*share));
    if sum != Ok(Ratio::ONE) {
        return Err(not_whole());
    }
    Ok(told.into_keys().zip(all).map(|(heir, share)| (heir, Weight::Known(share))).collect())
}

/// A fate one day later.
fn moved(
    fate: BTreeMap<OrgId, Weight>,
    step: &BTreeMap<OrgId, Vec<(OrgId, Weight)>>,
) -> Result<BTreeMap<OrgId, Weight>, BadNumber> {
    if !fate.keys().any(|unit| step.contains_key(unit)) {
        return Ok(fate);
    }
    let mut next: BTreeMap<OrgId, Weight> = BTreeMap::new();
    for (unit, weight) in fate {
        match step.get(&unit) {
            Some(parts) => {
                for (heir, part) in parts {
                    add(&mut next, heir.clone(), times(weight, *part)?)?;
                }
            }
            None => add(&mut next, unit, weight)?,
        }
    }
    settled(next)
}

fn times(a: Weight, b: Weight) -> Result<Weight, BadNumber> {
    match (a, b) {
        (Weight::Known(a), Weight::Known(b)) => a.times(b).map(Weight::Known),
        // Nothing of an unknown part is nothing.
        (Weight::Known(zero), Weight::Unknown) | (Weight::Unknown, Weight::Known(zero)) if zero == Ratio::ZERO => {
            Ok(Weight::Known(Ratio::ZERO))
        }
        (Weight::Known(_) | Weight::Unknown, Weight::Known(_) | Weight::Unknown) => Ok(Weight::Unknown),
    }
}

fn add(fate: &mut BTreeMap<OrgId, Weight>, heir: OrgId, weight: Weight) -> Result<(), BadNumber> {
    let held = fate.entry(heir).or_insert(Weight::Known(Ratio::ZERO));
    *held = match (*held, weight) {
        (Weight::Known(a), Weight::Known(b)) => Weight::Known(a.plus(b)?),
        (Weight::Known(_) | Weight::Unknown, Weight::Known(_) | Weight::Unknown) => Weight::Unknown,
    };
    Ok(())
}

/// Drops heirs of nothing, and sizes a part that is unknown alone: it is what the others leave.
fn settled(mut fate: BTreeMap<OrgId, Weight>) -> Result<BTreeMap<OrgId, Weight>, BadNumber> {
    let mut rest = Ratio::ONE;
    let mut unknown = Vec::new();
    for (heir, weight) in &fate {
        match weight {
            Weight::Known(share) => rest = rest.minus(*share)?,
            Weight::Unknown => unknown.push(heir.clone()),
        }
    }
    if let [only] = unknown.as_slice() {
        fate.insert(only.clone(), Weight::Known(rest));
    }
    fate.retain(|_, weight| *weight != Weight::Known(Ratio::ZERO));
    Ok(fate)
}

#[cfg(test)]
mod tests;
