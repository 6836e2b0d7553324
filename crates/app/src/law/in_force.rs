//! The book in force for a tenant, read once and kept until something is loaded.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use thidua_base::code::TenantId;
use thidua_domain::eligibility::{LawAct, packs_in_force};
use thidua_domain::{Actor, Refusal};
use thidua_law::Book;
use thidua_law::fault::Faults;
use thidua_law::loaded::{LawPack, in_force};
use thidua_law::table::Said;
use thidua_store as store;
use thidua_store::Tx;

use crate::{App, Error};

/// A law book at hand: the shipped one, or one with what was loaded.
#[derive(Debug, Clone)]
pub enum LawBook {
    /// The one the program ships with.
    Shipped(&'static Book),
    /// One with what a tenant loaded.
    Laid(Arc<Book>),
}

impl Deref for LawBook {
    type Target = Book;

    fn deref(&self) -> &Book {
        match self {
            Self::Shipped(book) => book,
            Self::Laid(book) => book,
        }
    }
}

/// The books in force by tenant, each under the number of the act it was read at.
#[derive(Debug, Default)]
pub struct LawShelf {
    books: Mutex<BTreeMap<TenantId, (i64, Arc<Book>)>>,
}

impl LawShelf {
    fn books(&self) -> MutexGuard<'_, BTreeMap<TenantId, (i64, Arc<Book>)>> {
        // What is kept is whole whenever the lock is free, so a thread that died leaves nothing half done.
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// The law book in force for the tenant of an actor.
    ///
    /// # Errors
    /// [`Refusal::LawUnfit`] where what was loaded does not fit on the book this program ships with: nothing is then
    /// judged by half a book.
    pub fn book(&self, by: &Actor) -> Result<LawBook, Error> {
        self.db.read(|tx| self.book_in(tx, by))
    }

    /// The same as a transaction sees it. The book is read anew only after something was loaded, by whichever process.
    ///
    /// # Errors
    /// As [`App::book`].
    pub fn book_in(&self, tx: &mut Tx, by: &Actor) -> Result<LawBook, Error> {
        let tenant = &by.scope.tenant;
        let number = store::law_act::last(tx, tenant)?;
        if number == 0 {
            return Ok(LawBook::Shipped(self.shipped));
        }
        if let Some((_, book)) = self.law.books().get(tenant).filter(|(at, _)| *at == number) {
            return Ok(LawBook::Laid(Arc::clone(book)));
        }
        let acts = store::law_act::acts(tx, tenant)?;
        let packs = packs(tx, tenant, &packs_in_force(&acts))?;
        let book = in_force(self.shipped, &packs).map_err(|faults| Refusal::LawUnfit { found: told(&faults) })?;
        let book = Arc::new(book);
        // What a writing transaction reads may never be committed, and its number be given again.
        if acts.last().is_some_and(|last| last.number == number) && !tx.may_write() {
            self.law.books().insert(tenant.clone(), (number, Arc::clone(&book)));
        }
        Ok(LawBook::Laid(book))
    }
}

/// The packs of acts, from the files that are kept.
pub(super) fn packs(tx: &mut Tx, tenant: &TenantId, acts: &[&LawAct]) -> Result<Vec<LawPack>, Error> {
    let numbers: Vec<i64> = acts.iter().map(|act| act.number).collect();
    let mut files: BTreeMap<i64, Vec<(String, String)>> = BTreeMap::new();
    for (act, name, text) in store::law_act::files(tx, tenant, &numbers)? {
        files.entry(act).or_default().push((name, text));
    }
    let pack = |act: &i64| {
        let own = files.remove(act).unwrap_or_default();
        LawPack::of(own).map_err(|faults| Refusal::LawUnfit { found: told(&faults) }.into())
    };
    numbers.iter().map(pack).collect()
}

/// Faults in both languages.
pub(super) fn told(faults: &Faults) -> Vec<Said> {
    faults.0.iter().map(|fault| Said::new(fault.said_vi(), fault.to_string())).collect()
}
