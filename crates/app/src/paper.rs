//! Official papers of every chapter: who issues and signs them on a day. Their files are printed as those of reports.

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::{Actor, Scope};
use thidua_report::official::{House, Signature, house};
use thidua_store as store;
use thidua_store::Tx;

use crate::Error;
use crate::shelf::Ground;

pub use crate::report::{Format, print};

/// Who issues a paper of a unit on a day, and who signs it: as registered, or with a gap for the name. Whoever may read
/// what a paper says may read who issues it, so the ground may be wider than the actor's scope.
pub(crate) fn issuer(
    tx: &mut Tx,
    by: &Actor,
    ground: &Ground,
    unit: &OrgId,
    day: Date,
) -> Result<(House, Signature), Error> {
    let own = ground.units.on(unit, day).ok_or(Error::NotFound("unit"))?;
    let above = ground.edges.iter().filter(|edge| edge.child == *unit && edge.on(day));
    let above: Vec<_> = above.filter_map(|edge| ground.units.on(&edge.parent, day)).collect();
    // An office stands in several trees; its papers name the territory.
    let house_under = |place: usize| house(own, above.get(place).copied());
    let placed = (0..above.len()).map(house_under).find(|house| !house.place.is_empty());
    let house = placed.unwrap_or_else(|| house(own, None));
    let whole = Scope::whole(by.scope.tenant.clone());
    let signing = store::office::signing(tx, &whole, unit, day)?;
    let signature = match signing {
        Some(signing) => Signature { authority: signing.authority, signer: Some(signing.signer) },
        None => Signature { authority: house.authority.clone(), signer: None },
    };
    Ok((house, signature))
}
