//! Moves a unit between clusters in mid-year (chuyển cụm). The rule: it is scored for the whole year where it belongs on the
//! closing day, and listed without a rank where it left.

use thidua_base::Date;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::cluster::seat::Move;
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{cluster, overtaken, said};
use crate::permit::permit;
use crate::{App, Error};

/// A move to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMove {
    /// The unit.
    pub unit: OrgId,
    /// The year.
    pub year: i16,
    /// From which cluster; `None` where it stands in none.
    pub from: Option<ClusterCode>,
    /// To which cluster; `None` where it stands in none from then on.
    pub to: Option<ClusterCode>,
    /// First day in its new place.
    pub on: Date,
    /// The decision, as cited.
    pub reason: String,
}

/// Moves a unit.
///
/// # Errors
/// [`Error::NotFound`] where either cluster is not there for those who lead it; what
/// [`Move::taken`](thidua_domain::cluster::seat::Move::taken) refuses; [`Refusal::BadMark`] where a ranking of either is
/// frozen.
pub fn move_member(app: &App, by: &Actor, new: &NewMove) -> Result<Move, Error> {
    let mut tx = app.db.begin()?;
    let whole = Scope::whole(by.scope.tenant.clone());
    let mut found = Vec::new();
    for code in [&new.from, &new.to] {
        let Some(code) = code else {
            found.push(None);
            continue;
        };
        let cluster = cluster(&mut tx, by, code, new.year)?;
        permit(by, Verb::OpenScoring, Thing::Unit(&cluster.formed_by), "cluster")?;
        if store::cluster::scoring::frozen(&mut tx, &whole, code, new.year)?.contains_key(&new.year) {
            let unit = new.unit.to_string();
            return Err(Refusal::BadMark { unit, criterion: String::new(), why: MarkFault::Frozen }.into());
        }
        found.push(Some(cluster.members));
    }
    let one = Move {
        unit: new.unit.clone(),
        year: new.year,
        from: new.from.clone(),
        to: new.to.clone(),
        on: new.on,
        reason: said(&new.reason),
        by: by.name.clone(),
        at: app.clock.now(),
    };
    let members = |at: usize| found.get(at).and_then(Option::as_deref);
    let one = one.taken(members(0), members(1))?;

    let last = store::cluster::year::moves(&mut tx, &whole, new.year)?.len();
    let last = i64::try_from(last).unwrap_or(i64::MAX - 1);
    store::cluster::year::add_move(&mut tx, &by.scope.tenant, last, &one).map_err(overtaken)?;
    let word = |code: &Option<ClusterCode>| code.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    let detail = format!("{} -> {} {}: {}", word(&one.from), word(&one.to), one.on, one.reason);
    store::audit::append(&mut tx, by, one.at, "move-member", &format!("member:{}:{}", one.unit, one.year), &detail)?;
    tx.commit()?;
    Ok(one)
}
