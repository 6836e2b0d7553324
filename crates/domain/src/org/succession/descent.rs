//! The descent of units between two days, laid out for restating many columns of figures.

use std::collections::BTreeMap;

use thidua_base::Number;
use thidua_base::code::OrgId;
use thidua_base::number::BadNumber;

use super::Weight;
use crate::org::Ratio;

/// Units of one day and their heirs on another. Figures are given as columns in the order of [`Descent::units`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descent {
    units: Vec<OrgId>,
    heirs: Vec<OrgId>,
    /// For each unit, its heirs by place, and how much each got.
    fates: Vec<Vec<(usize, Weight)>>,
    /// For each heir, the units it comes from by place, and how much of them it got.
    sources: Vec<Vec<Source>>,
}

/// What an heir, or several together, got of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Source {
    at: usize,
    got: Got,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Got {
    All,
    Part(Ratio),
    NobodyKnows,
}

/// How an old unit came to an heir, or to several together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// All of it.
    Whole,
    /// This part of it.
    Part(Ratio),
    /// A part, and nobody has said how large.
    Unknown,
}

/// What a figure of old units is for units of a later day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restated {
    /// Every predecessor came whole: the sum is exact.
    Exact(Total),
    /// Some predecessors were divided by shares; the exact fraction was rounded once.
    Shared(Total),
    /// Some predecessors were divided and nobody has said how: there is no figure.
    NotComparable {
        /// The predecessors in the way, in id order.
        blockers: Vec<OrgId>,
    },
}

/// A sum, and the units that should be in it but reported nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The sum of those that reported.
    pub sum: Number,
    /// Those that did not, in id order. A unit that did not report is missing, not zero.
    pub missing: Vec<OrgId>,
}

impl Descent {
    pub(super) fn new(fates: Vec<(OrgId, Vec<(OrgId, Weight)>)>) -> Self {
        let mut places: BTreeMap<OrgId, usize> =
            fates.iter().flat_map(|(_, fate)| fate.iter().map(|(heir, _)| (heir.clone(), 0))).collect();
        for (place, slot) in places.values_mut().enumerate() {
            *slot = place;
        }
        let mut sources = vec![Vec::new(); places.len()];
        let mut units = Vec::with_capacity(fates.len());
        let mut by_place = Vec::with_capacity(fates.len());
        for (at, (unit, fate)) in fates.into_iter().enumerate() {
            units.push(unit);
            let fate: Vec<(usize, Weight)> = fate.into_iter().map(|(heir, weight)| (places[&heir], weight)).collect();
            for (heir, weight) in &fate {
                sources[*heir].push(Source { at, got: Got::of(*weight) });
            }
            by_place.push(fate);
        }
        Self { units, heirs: places.into_keys().collect(), fates: by_place, sources }
    }

    /// The old units, in id order: the order of every column.
    pub fn units(&self) -> &[OrgId] {
        &self.units
    }

    /// Their heirs, in id order.
    pub fn heirs(&self) -> &[OrgId] {
        &self.heirs
    }

    /// The heirs of one old unit.
    pub fn heirs_of(&self, unit: &OrgId) -> Vec<&OrgId> {
        let fate = self.units.binary_search(unit).map_or(&[][..], |at| &self.fates[at]);
        fate.iter().map(|(heir, _)| &self.heirs[*heir]).collect()
    }

    /// A column in the order of [`Descent::units`].
    pub fn column(&self, mut value: impl FnMut(&OrgId) -> Option<Number>) -> Vec<Option<Number>> {
        self.units.iter().map(&mut value).collect()
    }

    /// The figure of each heir, in the order of [`Descent::heirs`]. Where shares divide, it is rounded once to
    /// `decimals`, and the rounded figures may miss the exact total by a residue: see [`residue`].
    ///
    /// # Errors
    /// [`BadNumber::TooLarge`] where a sum does not fit in 64 bits or a fraction outgrows exactness.
    pub fn restate(&self, column: &[Option<Number>], decimals: u8) -> Result<Vec<Restated>, BadNumber> {
        self.sources.iter().map(|sources| self.of_sources(sources, column, decimals)).collect()
    }

    /// The figure of several heirs taken together, such as all communes of a province. What was divided among
    /// them only is whole for them all, so a total may be exact where its parts are not comparable.
    ///
    /// # Errors
    /// As [`Descent::restate`].
    pub fn restate_together<'a>(
        &self,
        column: &[Option<Number>],
        heirs: impl IntoIterator<Item = &'a OrgId>,
        decimals: u8,
    ) -> Result<Restated, BadNumber> {
        self.of_sources(&self.sources_of(heirs)?, column, decimals)
    }

    /// The old units that heirs taken together come from, in id order, each with how it came.
    ///
    /// # Errors
    /// As [`Descent::restate`].
    pub fn origins<'a>(&self, heirs: impl IntoIterator<Item = &'a OrgId>) -> Result<Vec<(&OrgId, Came)>, BadNumber> {
        let sources = self.sources_of(heirs)?;
        Ok(sources
            .into_iter()
            .map(|source| {
                let came = match source.got {
                    Got::All => Came::Whole,
                    Got::Part(share) => Came::Part(share),
                    Got::NobodyKnows => Came::Unknown,
                };
                (&self.units[source.at], came)
            })
            .collect())
    }

    fn sources_of<'a>(&self, heirs: impl IntoIterator<Item = &'a OrgId>) -> Result<Vec<Source>, BadNumber> {
        let mut inside = vec![Inside::No; self.heirs.len()];
        for heir in heirs {
            if let Ok(place) = self.heirs.binary_search(heir) {
                inside[place] = Inside::Yes;
            }
        }
        let mut sources = Vec::new();
        for (at, fate) in self.fates.iter().enumerate() {
            if fate.iter().any(|(heir, _)| inside[*heir] == Inside::Yes) {
                sources.push(Source { at, got: got_inside(fate, &inside)? });
            }
        }
        Ok(sources)
    }

    fn of_sources(&self, sources: &[Source], column: &[Option<Number>], decimals: u8) -> Result<Restated, BadNumber> {
        if sources.iter().any(|source| source.got == Got::NobodyKnows) {
            let blocking = sources.iter().filter(|source| source.got == Got::NobodyKnows);
            return Ok(Restated::NotComparable { blockers: blocking.map(|s| self.units[s.at].clone()).collect() });
        }
        let mut whole = Sum::default();
        let mut parts: Option<Ratio> = None;
        let mut missing = Vec::new();
        for source in sources {
            match (column.get(source.at).copied().flatten(), source.got) {
                (None, _) => missing.push(self.units[source.at].clone()),
                (Some(value), Got::Part(share)) => {
                    parts = Some(parts.unwrap_or(Ratio::ZERO).plus(share.times(value.into())?)?);
                }
                (Some(value), Got::All | Got::NobodyKnows) => whole.add(value)?,
            }
        }
        let whole = whole.number()?;
        match parts {
            None => Ok(Restated::Exact(Total { sum: whole, missing })),
            Some(parts) => {
                let sum = parts.plus(whole.into())?.rounded(decimals)?;
                Ok(Restated::Shared(Total { sum, missing }))
            }
        }
    }
}

impl Got {
    fn of(weight: Weight) -> Self {
        match weight {
            Weight::Known(share) if share == Ratio::ONE => Self::All,
            Weight::Known(share) => Self::Part(share),
            Weight::Unknown => Self::NobodyKnows,
        }
    }
}

/// An exact sum under way. Columns are long and of one scale, so the digits are added as they are.
#[derive(Debug, Default)]
struct Sum {
    digits: i128,
    scale: u8,
}

impl Sum {
    fn add(&mut self, value: Number) -> Result<(), BadNumber> {
        let mut digits = i128::from(value.digits());
        if value.scale() > self.scale {
            self.digits = raised(self.digits, value.scale() - self.scale)?;
            self.scale = value.scale();
        } else if value.scale() < self.scale {
            digits = raised(digits, self.scale - value.scale())?;
        }
        self.digits = self.digits.checked_add(digits).ok_or(BadNumber::TooLarge)?;
        Ok(())
    }

    fn number(&self) -> Result<Number, BadNumber> {
        let digits = i64::try_from(self.digits).map_err(|_| BadNumber::TooLarge)?;
        Ok(Number::new(digits, self.scale).expect("the scale is that of a number added"))
    }
}

fn raised(digits: i128, by: u8) -> Result<i128, BadNumber> {
    digits.checked_mul(10i128.pow(by.into())).ok_or(BadNumber::TooLarge)
}

/// Whether an heir belongs to those asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Yes,
    No,
}

/// How much of a unit the heirs asked for got together.
fn got_inside(fate: &[(usize, Weight)], inside: &[Inside]) -> Result<Got, BadNumber> {
    let (mut known_inside, mut known_outside) = (Ratio::ZERO, Ratio::ZERO);
    let (mut unknown_inside, mut unknown_outside) = (0, 0);
    for (heir, weight) in fate {
        match (weight, inside[*heir]) {
            (Weight::Known(share), Inside::Yes) => known_inside = known_inside.plus(*share)?,
            (Weight::Known(share), Inside::No) => known_outside = known_outside.plus(*share)?,
            (Weight::Unknown, Inside::Yes) => unknown_inside += 1,
            (Weight::Unknown, Inside::No) => unknown_outside += 1,
        }
    }
    match (unknown_inside, unknown_outside) {
        (0, _) => Ok(Got::of(Weight::Known(known_inside))),
        // Whatever the unknown parts are, all of them are inside.
        (_, 0) => Ratio::ONE.minus(known_outside).map(|share| Got::of(Weight::Known(share))),
        (_, _) => Ok(Got::NobodyKnows),
    }
}

impl Restated {
    /// The figure, where there is one.
    pub fn total(&self) -> Option<&Total> {
        match self {
            Self::Exact(total) | Self::Shared(total) => Some(total),
            Self::NotComparable { .. } => None,
        }
    }
}

/// What rounding leaves between a total and its parts: total minus the sum of the parts shown. `None` where a
/// part or the total has no figure. Nobody gets it; whoever shows both says so.
///
/// # Errors
/// [`BadNumber::TooLarge`] where the sum does not fit in 64 bits.
pub fn residue(total: &Restated, parts: &[Restated]) -> Result<Option<Number>, BadNumber> {
    let shown: Option<Vec<Number>> = parts.iter().map(|part| part.total().map(|total| total.sum)).collect();
    match (total.total(), shown) {
        (Some(total), Some(shown)) => total.sum.minus(Number::sum(shown)?).map(Some),
        (Some(_), None) | (None, _) => Ok(None),
    }
}
