//! The cells of a period with the totals that were made of them: kept, and made again only where a reading touches them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use thidua_base::code::{IndicatorCode, OrgId};

use super::{Actual, Basis, Cells};
use crate::indicator::{Reading, TreeRule};

/// Bases for which totals are kept beside one period's cells: the day of the pages, and another.
const BASES: usize = 2;

/// The cells of one period, and totals made of them on the way.
#[derive(Debug, Default)]
pub struct Rolled {
    cells: Cells,
    totals: Mutex<Vec<(Arc<Basis>, Totals)>>,
}

/// Totals by indicator and unit. What no reading touches is shared with the totals before.
type Totals = BTreeMap<IndicatorCode, Arc<Mutex<BTreeMap<OrgId, Actual>>>>;

impl Rolled {
    /// Cells without any total yet.
    pub fn of(cells: Cells) -> Self {
        Self { cells, totals: Mutex::default() }
    }

    /// The cells.
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// The same with further readings, in the order of their numbers. Totals of an indicator that none of them touches,
    /// directly or through those it is made of, are kept.
    #[must_use]
    pub fn with(&self, readings: Vec<Reading>) -> Self {
        let mut totals = locked(&self.totals).clone();
        for (basis, totals) in &mut totals {
            for code in basis.touched_by(readings.iter().map(|reading| &reading.indicator)) {
                totals.remove(&code);
            }
        }
        let mut cells = self.cells.clone();
        readings.into_iter().for_each(|reading| cells.take(reading));
        Self { cells, totals: Mutex::new(totals) }
    }

    /// A total, made by `make` where it is not kept.
    pub(super) fn total<E>(
        &self,
        basis: &Arc<Basis>,
        (code, unit): (&IndicatorCode, &OrgId),
        make: impl FnOnce() -> Result<Actual, E>,
    ) -> Result<Actual, E> {
        let of_code = self.of_code(basis, code);
        let kept = locked(&of_code).get(unit).cloned();
        if let Some(total) = kept {
            return Ok(total);
        }
        // Made outside the lock: a total is made of others.
        let total = make()?;
        locked(&of_code).insert(unit.clone(), total.clone());
        Ok(total)
    }

    fn of_code(&self, basis: &Arc<Basis>, code: &IndicatorCode) -> Arc<Mutex<BTreeMap<OrgId, Actual>>> {
        let mut bases = locked(&self.totals);
        let at = bases.iter().position(|(held, _)| Arc::ptr_eq(held, basis)).unwrap_or_else(|| {
            if bases.len() == BASES {
                bases.remove(0);
            }
            bases.push((Arc::clone(basis), Totals::default()));
            bases.len() - 1
        });
        let totals = &mut bases[at].1;
        match totals.get(code) {
            Some(kept) => Arc::clone(kept),
            None => Arc::clone(totals.entry(code.clone()).or_default()),
        }
    }
}

impl Basis {
    /// The indicators given and those made of them, directly or not.
    fn touched_by<'a>(&'a self, codes: impl Iterator<Item = &'a IndicatorCode>) -> BTreeSet<IndicatorCode> {
        let mut touched: BTreeSet<IndicatorCode> = codes.cloned().collect();
        loop {
            let before = touched.len();
            let further = self.indicators.values().filter(|indicator| match &indicator.tree_rule {
                TreeRule::Own | TreeRule::Sum => false,
                TreeRule::CountPositive(of) => touched.contains(of),
                TreeRule::Quotient(up, down) => touched.contains(up) || touched.contains(down),
            });
            let further: Vec<IndicatorCode> = further.map(|indicator| indicator.code.clone()).collect();
            touched.extend(further);
            if touched.len() == before {
                return touched;
            }
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Totals are put in whole, so a thread that died leaves none half made.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
