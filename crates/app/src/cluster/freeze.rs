//! Freezes the ranking of a cluster's year (chốt): all it follows from and the marks themselves as bytes with their hash,
//! which anyone can compute again; signed where the installation has a key.

use anyhow::Context;
use thidua_base::code::ClusterCode;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::cluster::freeze::{Freeze, hash};
use thidua_domain::cluster::opening::Frozen;
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{held, overtaken};
use crate::permit::permit;
use crate::{App, Error};

/// Freezes a ranking.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for this actor; [`Refusal::OpenObjections`];
/// [`Refusal::BadMark`] where it is frozen already.
pub fn freeze(app: &App, by: &Actor, code: &ClusterCode, year: i16) -> Result<Frozen, Error> {
    let mut tx = app.db.begin()?;
    // Figures that arrive from here on wait until the ranking is kept.
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let held = held(&mut tx, by, code, year)?;
    permit(by, Verb::FreezeRanking, Thing::Unit(&held.cluster.formed_by), "scoring")?;
    if held.frozen.is_some() {
        let unit = held.cluster.formed_by.to_string();
        return Err(Refusal::BadMark { unit, criterion: String::new(), why: MarkFault::Frozen }.into());
    }
    let open = held.journal.objections.values().filter(|objection| objection.outcome.is_none()).count();
    if open > 0 {
        return Err(Refusal::OpenObjections { count: open }.into());
    }
    let freeze = Freeze {
        cluster: code.clone(),
        year,
        scheme_file: held.opening.file.clone(),
        scheme: held.opening.scheme.clone(),
        round: held.round(&mut tx, app, by)?,
        last: held.last.clone(),
    };
    let bytes = freeze.bytes().context("freezing a ranking")?;
    let frozen = Frozen { hash: hash(&bytes), bytes, by: by.name.clone(), at: app.clock.now() };

    store::cluster::scoring::freeze(&mut tx, &by.scope.tenant, code, year, &frozen).map_err(overtaken)?;
    if let Some(seal) = &app.seal {
        let signed = seal.sign(&frozen.bytes, frozen.at);
        store::cluster::year::sign(&mut tx, &by.scope.tenant, code, year, &signed).map_err(overtaken)?;
    }
    held.keep(&mut tx, by, frozen.at, &[], Verb::FreezeRanking.word(), &frozen.hash)?;
    tx.commit()?;
    Ok(frozen)
}
