//! A bounded set of connections: taken for one transaction, given back after it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::error::Error;

/// How long a transaction waits for a connection before the database counts as busy; a person waits
/// no longer for a page.
const WAIT: Duration = Duration::from_secs(10);

/// Connections, at most a fixed number of them, opened when first needed.
pub(super) struct Slots<C> {
    state: Mutex<State<C>>,
    freed: Condvar,
    most: usize,
    /// What a caller is told that waited in vain.
    busy: &'static str,
}

struct State<C> {
    idle: Vec<C>,
    open: usize,
}

/// A connection in use; back among the idle ones when dropped.
pub(super) struct Held<C> {
    slots: Arc<Slots<C>>,
    connection: Option<C>,
}

impl<C> Slots<C> {
    /// No connections yet, `most` of them later.
    pub fn new(most: usize, busy: &'static str) -> Arc<Self> {
        Arc::new(Self { state: Mutex::new(State { idle: Vec::new(), open: 0 }), freed: Condvar::new(), most, busy })
    }

    /// Takes an idle connection, or opens one, or waits for one.
    pub fn take(self: &Arc<Self>, open: impl FnOnce() -> Result<C, Error>) -> Result<Held<C>, Error> {
        let mut state = self.state();
        if state.idle.is_empty() && state.open >= self.most {
            let none_free = |state: &mut State<C>| state.idle.is_empty() && state.open >= self.most;
            let waited = self.freed.wait_timeout_while(state, WAIT, none_free);
            let (after, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            if timeout.timed_out() {
                return Err(Error::Busy(self.busy));
            }
            state = after;
        }
        if let Some(connection) = state.idle.pop() {
            return Ok(Held { slots: Arc::clone(self), connection: Some(connection) });
        }
        state.open += 1;
        drop(state);
        // Made before opening, so that a failure to open frees the slot again.
        let mut held = Held { slots: Arc::clone(self), connection: None };
        held.connection = Some(open()?);
        Ok(held)
    }

    /// A panic elsewhere cannot leave the counts wrong: they change in one step under the lock.
    fn state(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Held<C> {
    /// The connection.
    pub fn connection(&mut self) -> &mut C {
        self.connection.as_mut().expect("a held connection is there until it is closed or dropped")
    }

    /// Closes the connection for good, because it can no longer be trusted.
    pub fn close(mut self) {
        self.connection = None;
    }
}

impl<C> Drop for Held<C> {
    fn drop(&mut self) {
        let mut state = self.slots.state();
        match self.connection.take() {
            Some(connection) => state.idle.push(connection),
            None => state.open -= 1,
        }
        drop(state);
        self.slots.freed.notify_one();
    }
}
