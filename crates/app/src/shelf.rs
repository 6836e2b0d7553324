//! What was read and made, kept in memory while it holds.
//!
//! A value is kept under the [`Stamp`] of the snapshot it was read from, and served to a reader whose own snapshot
//! has an equal stamp: what is served is what a fresh read in that very transaction would give. Further readings are
//! not read anew but added: those with higher numbers than the cells on the shelf have taken, in their order, whoever
//! committed them. Everything is kept by the scope it was read with, so nobody sees through the shelf what the store
//! would not show them. A transaction that writes reads past the shelf.

mod ground;
mod kept;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context;
use thidua_base::code::{ClusterCode, IndicatorCode, ReportId};
use thidua_base::{Date, Period};
use thidua_domain::Scope;
use thidua_domain::indicator::Reading;
use thidua_domain::indicator::figures::{Basis, Cells, Rolled};
use thidua_domain::org::Succession;
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::tenant::Stamp;

use crate::cluster::Scored;
use crate::indicator::{One, Overview};
use crate::report::{Gathered, Written};
use crate::subject::People;
use crate::{App, Error, Home};

pub(crate) use ground::{Ground, Units};
use kept::Kept;

/// Scopes whose ground is kept: readers of pages share one, and few roles are at work at a time.
const GROUNDS: usize = 4;
/// Days and years for which definitions and plans are kept indexed.
const BASES: usize = 8;
/// Readings kept, over all periods and scopes: about a hundred megabytes.
const READINGS: usize = 250_000;
/// Overviews kept, and single indicators.
const PAGES: usize = 64;
/// Reports kept, and what each is made from; each weighs a few megabytes.
const REPORTS: usize = 8;
/// Subjects kept with their records, over all lists: a few kilobytes each.
const PEOPLE: usize = 40_000;
/// Scorings of clusters kept; each weighs some kilobytes for each member.
const SCORINGS: usize = 32;

/// What is kept; shared by all threads.
#[derive(Debug)]
pub struct Shelf {
    rows: Mutex<Rows>,
}

#[derive(Debug)]
struct Rows {
    grounds: Kept<Scope, i64, Arc<Ground>>,
    bases: Kept<(Scope, Date, Period), i64, Arc<Basis>>,
    successions: Kept<(Scope, String), i64, Arc<Succession>>,
    cells: Kept<(Scope, Period), i64, Arc<Rolled>>,
    overviews: Kept<Seen, Stamp, Arc<Overview>>,
    ones: Kept<(Seen, IndicatorCode), Stamp, Arc<One>>,
    gathered: Kept<(Scope, ReportId), Stamp, Arc<Gathered>>,
    written: Kept<(Scope, ReportId), Stamp, Arc<Written>>,
    scorings: Kept<(Scope, ClusterCode, i16), Stamp, Arc<Scored>>,
    people: Kept<(Scope, (Date, Date)), Stamp, Arc<People>>,
}

/// From where a page looks: with which scope, at whose data.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    scope: Scope,
    home: Home,
}

impl Default for Shelf {
    fn default() -> Self {
        Self {
            rows: Mutex::new(Rows {
                grounds: Kept::new(GROUNDS),
                bases: Kept::new(BASES),
                successions: Kept::new(GROUNDS),
                cells: Kept::new(READINGS),
                overviews: Kept::new(PAGES),
                ones: Kept::new(PAGES),
                gathered: Kept::new(REPORTS),
                written: Kept::new(REPORTS),
                scorings: Kept::new(SCORINGS),
                people: Kept::new(PEOPLE),
            }),
        }
    }
}

impl Shelf {
    /// The shelf as the snapshot of a transaction sees it, within a scope.
    pub(crate) fn within<'a>(&'a self, tx: &mut Tx, scope: &'a Scope) -> Result<Within<'a>, Error> {
        Ok(Within { shelf: self, scope, stamp: store::tenant::stamp(tx, scope)? })
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        // What is kept is whole whenever the lock is free, so a thread that died leaves nothing half done.
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The shelf, as one snapshot and one scope see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Within<'a> {
    shelf: &'a Shelf,
    scope: &'a Scope,
    /// `None` where the transaction may write: then everything is read, and nothing kept.
    stamp: Option<Stamp>,
}

impl Within<'_> {
    /// Units, places, definitions and plans.
    pub(crate) fn ground(&self, tx: &mut Tx) -> Result<Arc<Ground>, Error> {
        self.of_ground(|rows| &mut rows.grounds, self.scope.clone(), || Ok(Arc::new(Ground::read(tx, self.scope)?)))
    }

    /// Definitions, plans and the territory of a day, with the figures assigned for a year.
    pub(crate) fn basis(&self, tx: &mut Tx, ground: &Ground, day: Date, year: Period) -> Result<Arc<Basis>, Error> {
        self.of_ground(
            |rows| &mut rows.bases,
            (self.scope.clone(), day, year),
            || {
                let values = store::plan::plan_values(tx, self.scope, &[year])?;
                Ok(Arc::new(Basis::new(&ground.indicators, &ground.plans, &values, &ground.territory, day)))
            },
        )
    }

    /// What became of units, by the shares of a basis.
    pub(crate) fn succession(&self, tx: &mut Tx, ground: &Ground, shares_of: &str) -> Result<Arc<Succession>, Error> {
        self.of_ground(
            |rows| &mut rows.successions,
            (self.scope.clone(), shares_of.to_owned()),
            || {
                let shares = store::org::shares(tx, self.scope)?;
                let succession = Succession::by_basis(&ground.events, &shares, shares_of);
                Ok(Arc::new(succession.context("reading the history of units")?))
            },
        )
    }

    /// The current readings of periods, each period once.
    pub(crate) fn cells(&self, tx: &mut Tx, periods: &[Period]) -> Result<Vec<(Period, Arc<Rolled>)>, Error> {
        let mut asked = periods.to_vec();
        asked.sort();
        asked.dedup();
        let Some(stamp) = self.stamp.map(|stamp| stamp.readings) else {
            return self.read_cells(tx, &asked);
        };
        let (mut found, mut behind, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        {
            let mut rows = self.shelf.rows();
            for period in asked {
                match rows.cells.held(&(self.scope.clone(), period)) {
                    Some((seq, cells)) if seq == stamp => found.push((period, cells)),
                    Some((seq, cells)) if seq < stamp => behind.push((seq, period, cells)),
                    Some(_) | None => missing.push(period),
                }
            }
        }
        let mut fresh = self.caught_up(tx, behind)?;
        fresh.extend(self.read_cells(tx, &missing)?);
        let mut rows = self.shelf.rows();
        for (period, cells) in &fresh {
            let weight = cells.cells().len().max(1);
            rows.cells.put((self.scope.clone(), *period), stamp, weight, Arc::clone(cells));
        }
        found.extend(fresh);
        Ok(found)
    }

    fn read_cells(&self, tx: &mut Tx, periods: &[Period]) -> Result<Vec<(Period, Arc<Rolled>)>, Error> {
        if periods.is_empty() {
            return Ok(Vec::new());
        }
        let readings = store::reading::readings_of(tx, self.scope, periods)?;
        let mut cells: Vec<(Period, Cells)> = periods.iter().map(|period| (*period, Cells::default())).collect();
        for reading in readings {
            if let Some((_, cells)) = cells.iter_mut().find(|(period, _)| *period == reading.period) {
                cells.take(reading);
            }
        }
        Ok(cells.into_iter().map(|(period, cells)| (period, Arc::new(Rolled::of(cells)))).collect())
    }

    /// Cells with the readings that came after those they have taken.
    fn caught_up(
        &self,
        tx: &mut Tx,
        behind: Vec<(i64, Period, Arc<Rolled>)>,
    ) -> Result<Vec<(Period, Arc<Rolled>)>, Error> {
        let Some(from) = behind.iter().map(|(seq, _, _)| *seq).min() else { return Ok(Vec::new()) };
        let periods: Vec<Period> = behind.iter().map(|(_, period, _)| *period).collect();
        let further = store::reading::readings_after(tx, self.scope, from, &periods)?;
        let caught = behind.into_iter().map(|(seq, period, cells)| {
            let is_new = |reading: &&Reading| reading.period == period && reading.seq > seq;
            let new: Vec<Reading> = further.iter().filter(is_new).cloned().collect();
            // Where other periods were reported, this one is as true as before.
            (period, if new.is_empty() { cells } else { Arc::new(cells.with(new)) })
        });
        Ok(caught.collect())
    }

    /// The overview of a home, made where it is not kept.
    pub(crate) fn overview(
        &self,
        home: &Home,
        make: impl FnOnce() -> Result<Overview, Error>,
    ) -> Result<Arc<Overview>, Error> {
        self.of_all(|rows| &mut rows.overviews, self.seen(home), || make().map(Arc::new))
    }

    /// One indicator of a home, made where it is not kept.
    pub(crate) fn one(
        &self,
        home: &Home,
        code: &IndicatorCode,
        make: impl FnOnce() -> Result<One, Error>,
    ) -> Result<Arc<One>, Error> {
        self.of_all(|rows| &mut rows.ones, (self.seen(home), code.clone()), || make().map(Arc::new))
    }

    /// What a report is made from, gathered where it is not kept.
    pub(crate) fn gathered(
        &self,
        report: &ReportId,
        gather: impl FnOnce() -> Result<Gathered, Error>,
    ) -> Result<Arc<Gathered>, Error> {
        self.of_all(|rows| &mut rows.gathered, (self.scope.clone(), report.clone()), || gather().map(Arc::new))
    }

    /// A report, written where it is not kept.
    pub(crate) fn written(
        &self,
        report: &ReportId,
        write: impl FnOnce() -> Result<Written, Error>,
    ) -> Result<Arc<Written>, Error> {
        self.of_all(|rows| &mut rows.written, (self.scope.clone(), report.clone()), || write().map(Arc::new))
    }

    /// The scoring of a cluster's year, computed where it is not kept.
    pub(crate) fn scoring(
        &self,
        cluster: &ClusterCode,
        year: i16,
        make: impl FnOnce() -> Result<Scored, Error>,
    ) -> Result<Arc<Scored>, Error> {
        let key = (self.scope.clone(), cluster.clone(), year);
        self.of_all(|rows| &mut rows.scorings, key, || make().map(Arc::new))
    }

    /// Everyone of some units as seen today and as known on a day, read where they are not kept.
    pub(crate) fn people(
        &self,
        days: (Date, Date),
        read: impl FnOnce() -> Result<People, Error>,
    ) -> Result<Arc<People>, Error> {
        let key = (self.scope.clone(), days);
        let Some(stamp) = self.stamp else { return read().map(Arc::new) };
        if let Some(people) = self.shelf.rows().people.at(&key, stamp) {
            return Ok(people);
        }
        let people = Arc::new(read()?);
        let weight = people.recorded.len().max(1);
        self.shelf.rows().people.put(key, stamp, weight, Arc::clone(&people));
        Ok(people)
    }

    fn seen(&self, home: &Home) -> Seen {
        Seen { scope: self.scope.clone(), home: home.clone() }
    }

    /// A value that holds while the ground does not move.
    fn of_ground<K: PartialEq, V: Clone>(
        &self,
        of: impl Fn(&mut Rows) -> &mut Kept<K, i64, V>,
        key: K,
        make: impl FnOnce() -> Result<V, Error>,
    ) -> Result<V, Error> {
        self.kept(self.stamp.map(|stamp| stamp.ground), of, key, make)
    }

    /// A value that holds while nothing at all changes.
    fn of_all<K: PartialEq, V: Clone>(
        &self,
        of: impl Fn(&mut Rows) -> &mut Kept<K, Stamp, V>,
        key: K,
        make: impl FnOnce() -> Result<V, Error>,
    ) -> Result<V, Error> {
        self.kept(self.stamp, of, key, make)
    }

    fn kept<K: PartialEq, S: Ord + Copy, V: Clone>(
        &self,
        stamp: Option<S>,
        of: impl Fn(&mut Rows) -> &mut Kept<K, S, V>,
        key: K,
        make: impl FnOnce() -> Result<V, Error>,
    ) -> Result<V, Error> {
        let Some(stamp) = stamp else { return make() };
        if let Some(value) = of(&mut self.shelf.rows()).at(&key, stamp) {
            return Ok(value);
        }
        // Made outside the lock: two may make the same at once, which is better than all waiting for one.
        let value = make()?;
        of(&mut self.shelf.rows()).put(key, stamp, 1, value.clone());
        Ok(value)
    }
}

impl App {
    /// What figures stand on, as an actor sees it.
    pub(crate) fn ground(&self, tx: &mut Tx, scope: &Scope) -> Result<Arc<Ground>, Error> {
        self.shelf.within(tx, scope)?.ground(tx)
    }
}

#[cfg(test)]
mod tests;
