//! Opens the scoring of a cluster's year by a scheme, whose file is kept as it was that day (mở đợt chấm điểm).

use thidua_base::code::ClusterCode;
use thidua_base::{Date, Period};
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::cluster::opening::Opening;
use thidua_domain::cluster::scheme::{Scored, read};
use thidua_domain::{Actor, Provenance, Refusal};
use thidua_store as store;

use super::held::{cluster, overtaken};
use crate::permit::permit;
use crate::{App, Error};

/// A scoring to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewScoring {
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// The period whose figures count.
    pub period: Period,
    /// The closing day.
    pub closes_on: Date,
    /// Name of the scheme's file.
    pub file: String,
    /// The scheme's file, whole.
    pub scheme: String,
    /// Whether it is real, or a sample.
    pub provenance: Provenance,
}

/// Opens a scoring.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cluster for this actor; [`Refusal::BrokenScheme`] and
/// [`Refusal::IncompleteScheme`] for a scheme by which nobody can be scored; [`Refusal::ChangedMeanwhile`] where the
/// year was opened already.
pub fn open_scoring(app: &App, by: &Actor, new: &NewScoring) -> Result<Opening, Error> {
    let mut tx = app.db.begin()?;
    let cluster = cluster(&mut tx, by, &new.cluster, new.year)?;
    permit(by, Verb::OpenScoring, Thing::Unit(&cluster.formed_by), "cluster")?;
    let scheme = read(&new.file, &new.scheme).map_err(|faults| match faults.into_iter().next() {
        Some(fault) => Refusal::BrokenScheme { file: fault.file, key: fault.key, why: fault.why },
        None => Refusal::IncompleteScheme { name: new.file.clone(), missing: new.file.clone() },
    })?;
    let lacks = scheme.missing.first().cloned();
    if let Some(missing) = lacks.or_else(|| (scheme.subject != Scored::Units).then(|| scheme.name.clone())) {
        return Err(Refusal::IncompleteScheme { name: scheme.name, missing }.into());
    }
    let opening = Opening {
        cluster: new.cluster.clone(),
        year: new.year,
        period: new.period,
        closes_on: new.closes_on,
        file: new.file.clone(),
        scheme: new.scheme.clone(),
        provenance: new.provenance.clone(),
        by: by.name.clone(),
        at: app.clock.now(),
    };

    store::period::insert_many(&mut tx, &by.scope.tenant, &[new.period])?;
    store::cluster::scoring::open(&mut tx, &by.scope.tenant, &opening).map_err(overtaken)?;
    let detail = format!("{} {}: {}", scheme.code, scheme.version, opening.scheme_hash());
    store::audit::append(&mut tx, by, opening.at, Verb::OpenScoring.word(), &opening.key(), &detail)?;
    tx.commit()?;
    Ok(opening)
}
