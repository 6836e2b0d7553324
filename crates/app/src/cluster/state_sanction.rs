//! States a sanction of the scheme for a member, where no penalty brings it (chế tài).

use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::cluster::journal::Act;
use thidua_domain::cluster::review::Stated;

use super::held::{held, said};
use crate::{App, Error};

/// Keeps a sanction.
///
/// # Errors
/// [`Error::NotFound`] where there is no such scoring for those who lead it;
/// [`Refusal::BadMark`](thidua_domain::Refusal::BadMark) for a sanction the scheme does not have, without a reason, or
/// where the round is frozen.
pub fn state_sanction(
    app: &App,
    by: &Actor,
    code: &ClusterCode,
    year: i16,
    unit: &OrgId,
    sanction: &str,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = app.db.begin()?;
    let held = held(&mut tx, by, code, year)?;
    let standing = held.leads(by)?;
    let now = app.clock.now();
    let stated = Stated { sanction: sanction.to_owned(), reason: said(reason), by: by.name.clone(), at: now };
    held.desk().state(&standing, unit, &stated)?;

    let detail = format!("{sanction}: {}", stated.reason);
    held.keep(&mut tx, by, now, &[Act::Stated(unit.clone(), stated)], "state-sanction", &detail)?;
    tx.commit()?;
    Ok(())
}
