//! Titles that units registered for, against what they and those in them were awarded.

use std::collections::BTreeSet;

use thidua_base::code::{HonourCode, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::actor::Scope;
use thidua_domain::decision::{Award, Won};
use thidua_domain::honour::Honour;
use thidua_domain::movement::{Pledge, Terms};
use thidua_domain::org::within;
use thidua_store as store;
use thidua_store::Tx;

use super::desk::Desk;
use thidua_law::Book;

use crate::Error;

/// A title a unit registered for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleSeen {
    /// The title; `None` where the book no longer knows it.
    pub honour: Option<Honour>,
    /// Its code.
    pub code: HonourCode,
    /// What the unit and those in it won of it.
    pub won: Won,
}

/// A title that units registered for, all together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleTally {
    /// Its code.
    pub code: HonourCode,
    /// Its name, or its code where the book no longer knows it.
    pub name: String,
    /// Units that registered for it.
    pub registered: usize,
    /// Of those, units that won it, themselves or in someone of theirs.
    pub reached: usize,
    /// Awards to collectives.
    pub collectives: usize,
    /// Awards to persons.
    pub persons: usize,
    /// Whether one of the awards is made up.
    pub has_sample: bool,
}

/// The awards that titles registered in a movement are held against.
pub(super) struct Awarded {
    awards: Vec<Award>,
    from: Date,
    to: Date,
}

impl TitleSeen {
    /// The name of the title, or its code where the book no longer knows it.
    pub fn name(&self) -> String {
        self.honour.as_ref().map_or_else(|| self.code.to_string(), |honour| honour.name.clone())
    }
}

/// The days whose decisions count: from the movement's first day to the end of the half-year after the one it ends in, for
/// titles are decided after the work. A movement without an end, or without terms, counts until today.
pub(super) fn counted(terms: Option<&Terms>, today: Date) -> (Date, Date) {
    let from = terms.map_or(today, |terms| terms.from);
    let to = terms.and_then(|terms| terms.to).map_or(today, |last| {
        let half = Period::Half { year: last.year(), half: if last.month() <= 6 { 1 } else { 2 } };
        half.next().last_day()
    });
    (from, to.max(from))
}

impl Awarded {
    /// Reads them, where a title is registered at all.
    pub(super) fn read<'a>(
        tx: &mut Tx,
        by: &Actor,
        desk: &Desk,
        terms: Option<&Terms>,
        pledges: impl IntoIterator<Item = &'a Pledge>,
    ) -> Result<Self, Error> {
        let (from, to) = counted(terms, desk.today);
        let asks = |pledge: &Pledge| pledge.promise().is_some_and(|promise| !promise.titles.is_empty());
        let awards = if pledges.into_iter().any(asks) {
            store::award::awards(tx, &Scope::whole(by.scope.tenant.clone()), from, to)?
        } else {
            Vec::new()
        };
        Ok(Self { awards, from, to })
    }

    /// What a unit and those in it won of a title.
    fn won(&self, desk: &Desk, unit: &OrgId, honour: &HonourCode) -> Won {
        let theirs: BTreeSet<OrgId> = within(unit, &desk.ground.edges, self.to.min(desk.today).max(self.from));
        Won::of(honour, &theirs, &self.awards, self.from, self.to)
    }

    /// The titles of one registration.
    pub(super) fn titles(&self, book: &Book, desk: &Desk, pledge: &Pledge) -> Vec<TitleSeen> {
        let registered = pledge.promise().map(|promise| promise.titles.as_slice()).unwrap_or_default();
        let seen = |code: &HonourCode| TitleSeen {
            honour: book.honour(code).cloned(),
            code: code.clone(),
            won: self.won(desk, &pledge.unit, code),
        };
        registered.iter().map(seen).collect()
    }

    /// The titles of some registrations together, in the order in which they are first registered.
    pub(super) fn tallies<'a>(
        &self,
        book: &Book,
        desk: &Desk,
        pledges: impl IntoIterator<Item = &'a Pledge>,
    ) -> Vec<TitleTally> {
        let mut tallies: Vec<TitleTally> = Vec::new();
        for seen in pledges.into_iter().flat_map(|pledge| self.titles(book, desk, pledge)) {
            let at = tallies.iter().position(|known| known.code == seen.code).unwrap_or_else(|| {
                tallies.push(TitleTally {
                    name: seen.name(),
                    code: seen.code.clone(),
                    registered: 0,
                    reached: 0,
                    collectives: 0,
                    persons: 0,
                    has_sample: false,
                });
                tallies.len() - 1
            });
            let tally = &mut tallies[at];
            tally.registered += 1;
            tally.reached += usize::from(seen.won.any());
            tally.collectives += seen.won.collectives;
            tally.persons += seen.won.persons;
            tally.has_sample |= seen.won.has_sample;
        }
        tallies
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_decided_until_half_a_year_after_the_half_year_of_the_end() {
        let day = |text: &str| Date::parse(text).unwrap();
        let terms = |to: Option<&'static str>| Terms {
            movement: thidua_base::Code::parse("PT01").unwrap(),
            launcher: thidua_base::Code::parse("h").unwrap(),
            parent: None,
            from: day("2020-07-06"),
            to: to.map(day),
            register_by: day("2020-07-17"),
            contents: Vec::new(),
            criteria: Vec::new(),
            standards: Vec::new(),
            addressees: Vec::new(),
        };
        let today = day("2020-09-01");
        assert_eq!(counted(Some(&terms(Some("2020-12-31"))), today), (day("2020-07-06"), day("2021-06-30")));
        assert_eq!(counted(Some(&terms(Some("2021-05-01"))), today), (day("2020-07-06"), day("2021-12-31")));
        assert_eq!(counted(Some(&terms(None)), today), (day("2020-07-06"), today));
        assert_eq!(counted(None, today), (today, today));
    }
}
