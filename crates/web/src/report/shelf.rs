//! Reports as they were last written, kept while nothing changes: writing and checking one takes far
//! longer than showing it.

use std::sync::{Arc, Mutex, PoisonError};

use thidua_app::indicator::Facts;
use thidua_app::report::{Made, make};
use thidua_app::{App, Error, org};
use thidua_base::code::ReportId;
use thidua_domain::{Actor, Scope};

/// A report with the facts behind its figures.
#[derive(Debug)]
pub struct Written {
    /// The report.
    pub made: Made,
    /// The facts.
    pub facts: Facts,
}

/// The reports kept; shared by all requests.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    kept: Arc<Mutex<Vec<Kept>>>,
}

#[derive(Debug)]
struct Kept {
    /// Number of the newest row of the journal when it was written: every change adds one.
    stamp: i64,
    scope: Scope,
    written: Arc<Written>,
}

/// Reports kept at most; each weighs a few megabytes.
const KEPT_MOST: usize = 8;

impl Shelf {
    /// A report as it stands, from the shelf where nothing has changed since.
    ///
    /// # Errors
    /// As `thidua_app::report::make`.
    pub fn written(&self, app: &App, by: &Actor, id: &ReportId) -> Result<Arc<Written>, Error> {
        // Read before the report: a change in between makes the next reader write it anew.
        let stamp = org::last_change(app, by)?;
        let is_it = |kept: &Kept| kept.written.made.data.report.id == *id && kept.scope == by.scope;
        if let Some(stamp) = stamp
            && let Some(kept) = self.lock().iter().find(|kept| is_it(kept) && kept.stamp == stamp)
        {
            return Ok(Arc::clone(&kept.written));
        }
        let made = make(app, by, id)?;
        let facts = Facts::of(&made.data);
        let written = Arc::new(Written { made, facts });
        if let Some(stamp) = stamp {
            let mut kept = self.lock();
            kept.retain(|kept| !is_it(kept));
            if kept.len() == KEPT_MOST {
                kept.remove(0);
            }
            kept.push(Kept { stamp, scope: by.scope.clone(), written: Arc::clone(&written) });
        }
        Ok(written)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Kept>> {
        // What is kept is whole whenever the lock is free, so a thread that died leaves nothing half done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
