//! Says how much of a divided unit went to each heir, with the document it rests on (ghi tỷ lệ chia).

use thidua_base::code::OrgId;
use thidua_base::text::nfc;
use thidua_base::{Date, Number};
use thidua_domain::Actor;
use thidua_domain::actor::{Reach, Scope, Thing, Verb};
use thidua_domain::org::Division;
use thidua_domain::org::division::{BASES, divide, parts};
use thidua_store as store;

use crate::permit::permit;
use crate::{App, Error};
use thidua_domain::Refusal;

/// A division that is to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDivision {
    /// The unit divided.
    pub from: OrgId,
    /// The day of the division.
    pub on: Date,
    /// What the quantities measure: a word of [`BASES`].
    pub basis: String,
    /// What each heir got.
    pub quantities: Vec<(OrgId, Number)>,
    /// The document that says so.
    pub source: String,
}

/// Enters the shares of a divided unit. They replace what was entered or told before, which stays; restated figures follow.
///
/// # Errors
/// [`Error::NotFound`] for a unit that was not divided on the day, a basis there is not, or an heir the actor is not in
/// charge of; the refusals of [`divide`]; [`Refusal::ChangedMeanwhile`] where somebody else entered shares meanwhile.
pub fn divide_unit(app: &App, by: &Actor, new: &NewDivision) -> Result<Division, Error> {
    let mut tx = app.db.begin()?;
    let tenant = &by.scope.tenant;
    let of_unit = Scope { tenant: tenant.clone(), units: Reach::Only(vec![new.from.clone()]) };
    let events = store::org::events(&mut tx, &of_unit)?;
    let heirs = parts(&events, &new.from, new.on);
    if heirs.is_empty() || !BASES.contains(&new.basis.as_str()) {
        return Err(Error::NotFound("unit"));
    }
    for (_, heir) in heirs {
        permit(by, Verb::DivideUnit, Thing::Unit(heir), "unit")?;
    }
    let source = nfc(new.source.trim());
    let shares = divide(&events, &new.from, new.on, &new.basis, &new.quantities, &source)?;
    let known = store::org::divisions(&mut tx, &of_unit)?;
    let is_it = |one: &&Division| one.from == new.from && one.on == new.on && one.basis == new.basis;
    let last = known.iter().filter(is_it).map(|one| one.revision).max().unwrap_or(0);
    let division = Division {
        from: new.from.clone(),
        on: new.on,
        basis: new.basis.clone(),
        revision: last + 1,
        shares,
        by: by.name.clone(),
        at: app.clock.now(),
    };

    store::org::insert_division(&mut tx, tenant, &division).map_err(overtaken)?;
    let told: Vec<String> =
        division.shares.iter().map(|share| format!("{} {}/{}", share.to, share.numerator, share.denominator)).collect();
    let detail = format!("{}, {}, revision {}: {}; {source}", new.on, new.basis, division.revision, told.join(", "));
    let subject = format!("unit:{}", new.from);
    store::audit::append(&mut tx, by, division.at, Verb::DivideUnit.word(), &subject, &detail)?;
    tx.commit()?;
    Ok(division)
}

/// Somebody entered the same revision meanwhile.
fn overtaken(error: store::Error) -> Error {
    match error {
        store::Error::Clash(_) => Refusal::ChangedMeanwhile.into(),
        other => other.into(),
    }
}
