//! The readings that count in one period, cell by cell, and how a further reading changes them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use thidua_base::code::{IndicatorCode, OrgId};

use crate::indicator::Reading;

/// The current readings of one period. Of several of one cell the firmest counts, then the latest.
///
/// A clone shares what it does not change: a further reading copies the cells of its unit, no more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    by_unit: BTreeMap<OrgId, Arc<BTreeMap<IndicatorCode, Held>>>,
    readings: usize,
}

/// The current readings of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    counts: Reading,
    /// Those that would count without it, the firmest last: an estimate beside an official figure.
    beside: Vec<Reading>,
}

impl Cells {
    /// Takes readings of one period, in the order of their numbers.
    pub fn of(readings: impl IntoIterator<Item = Reading>) -> Self {
        let mut cells = Self::default();
        readings.into_iter().for_each(|reading| cells.take(reading));
        cells
    }

    /// Takes a further reading; the one it supersedes counts no more.
    pub fn take(&mut self, reading: Reading) {
        let unit = Arc::make_mut(self.by_unit.entry(reading.unit.clone()).or_default());
        match unit.entry(reading.indicator.clone()) {
            Entry::Vacant(cell) => {
                cell.insert(Held { counts: reading, beside: Vec::new() });
                self.readings += 1;
            }
            Entry::Occupied(cell) => {
                let held = cell.into_mut();
                let before = held.len();
                held.take(reading);
                self.readings += held.len();
                self.readings -= before;
            }
        }
    }

    /// The reading of a cell that counts.
    pub fn get(&self, code: &IndicatorCode, unit: &OrgId) -> Option<&Reading> {
        self.by_unit.get(unit)?.get(code).map(|held| &held.counts)
    }

    /// The readings of an indicator that count, by unit.
    pub fn of_indicator<'a>(&'a self, code: &'a IndicatorCode) -> impl Iterator<Item = &'a Reading> {
        self.by_unit.values().filter_map(move |unit| unit.get(code).map(|held| &held.counts))
    }

    /// Every reading that counts, by unit.
    pub fn all(&self) -> impl Iterator<Item = &Reading> {
        self.by_unit.values().flat_map(|unit| unit.values().map(|held| &held.counts))
    }

    /// How many readings are held, with those that stand beside.
    pub fn len(&self) -> usize {
        self.readings
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.readings == 0
    }
}

impl Held {
    fn take(&mut self, reading: Reading) {
        let rank = |reading: &Reading| (reading.nature, reading.seq);
        let replaces_counting = reading.supersedes == Some(self.counts.seq);
        self.beside.retain(|held| reading.supersedes != Some(held.seq));
        // A reading without a number of its own, not stored yet, comes last among equals.
        if rank(&reading) >= rank(&self.counts) || replaces_counting {
            let before = std::mem::replace(&mut self.counts, reading);
            if !replaces_counting {
                self.beside.push(before);
            }
        } else {
            self.beside.push(reading);
        }
        self.beside.sort_by_key(rank);
        // What replaced the counting one may be less firm than what stands beside.
        if let Some(best) = self.beside.last_mut()
            && rank(best) > rank(&self.counts)
        {
            std::mem::swap(best, &mut self.counts);
            self.beside.sort_by_key(rank);
        }
    }

    fn len(&self) -> usize {
        1 + self.beside.len()
    }
}
