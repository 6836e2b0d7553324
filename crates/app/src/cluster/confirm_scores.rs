//! Takes the rows of a waiting score sheet that its sender chose.

use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::cluster::filled::{Came, ScoreLine};
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::preview_scores::{look, waiting};
use crate::collection::sender;
use crate::{App, Error};

/// Keeps the chosen rows, each by its number; what is refused by now is told, and nothing else of the file is kept.
///
/// # Errors
/// [`Refusal::StaleForm`] where no such file waits any more; as [`super::preview_scores`]. Where nothing of what was
/// chosen is taken, nothing is written and the file waits on.
pub fn confirm_scores(
    app: &App,
    by: &Actor,
    cluster: &ClusterCode,
    year: i16,
    unit: &OrgId,
    upload: &str,
    chosen: &[usize],
) -> Result<Vec<ScoreLine>, Error> {
    let mut tx = app.db.begin()?;
    let (into, upload) = waiting(&mut tx, app, by, cluster, year, unit, upload)?;
    let (held, looked) = look(&mut tx, app, by, &into, &upload)?;
    let wanted: Vec<ScoreLine> = looked.lines.into_iter().filter(|line| chosen.contains(&line.row)).collect();
    let acts: Vec<_> = wanted.iter().filter_map(|line| line.act.clone()).collect();
    if acts.is_empty() {
        return match wanted.into_iter().find_map(|line| match line.came {
            Came::Refused(refusal) => Some(refusal),
            Came::Empty | Came::New | Came::Changed | Came::Unchanged => None,
        }) {
            Some(refusal) => Err(refusal.into()),
            None => Err(Refusal::StaleForm.into()),
        };
    }
    let now = app.clock.now();
    let hash = crate::collection::workbook::hash(&upload.bytes);
    let detail = format!("{}: {} rows of {} ({hash})", upload.level, acts.len(), upload.file);
    held.keep(&mut tx, by, now, &acts, "import-scores", &detail)?;
    store::cluster::upload::forget(&mut tx, &by.scope.tenant, &sender(by), now)?;
    tx.commit()?;
    Ok(wanted)
}
