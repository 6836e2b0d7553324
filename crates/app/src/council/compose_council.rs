//! Composes a council of a unit by a decision (quyết định thành lập Hội đồng).

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::council::composition::NewSeat;
use thidua_domain::council::{Composition, Council, CouncilId, HouseRule, Signed, Warrant};
use thidua_domain::refusal::CouncilFault;
use thidua_domain::{Actor, Provenance};
use thidua_store as store;

use super::desk::{fault, tidy};
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// A council as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCouncil {
    /// The unit it advises.
    pub unit: OrgId,
    /// Its name.
    pub name: String,
    /// The body that votes as the law book names it; none where it is none of those.
    pub body: Option<String>,
    /// The decision.
    pub warrant: Warrant,
    /// First day.
    pub from: Date,
    /// Its first seats.
    pub seats: Vec<NewSeat>,
    /// Its own rule.
    pub rule: HouseRule,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Composes it, with its first seats and its own rule.
///
/// # Errors
/// [`Error::NotFound`] for those who compose none for the unit; [`CouncilFault::EmptyText`] without a name;
/// [`CouncilFault::Unknown`] for a body the law book does not name, an account or a unit
/// that is not there; as [`Composition::change`] and [`Composition::rule`].
pub fn compose_council(app: &App, by: &Actor, asked: NewCouncil) -> Result<CouncilId, Error> {
    permit(by, Verb::ComposeCouncil, Thing::Unit(&asked.unit), "council")?;
    let name = tidy(&asked.name);
    if name.is_empty() {
        return Err(fault(CouncilFault::EmptyText));
    }
    let book = app.book(by)?;
    if let Some(body) = asked.body.as_ref().filter(|body| !super::desk::is_body(&book, body)) {
        return Err(fault(CouncilFault::Unknown { asked: body.clone() }));
    }
    let now = app.clock.now();
    let signed = Signed { by: by.name.clone(), at: now };
    let id = CouncilId::parse(&format!("hd-{}", hex(&app.entropy.bytes::<8>()?)))
        .expect("a prefix and hexadecimal digits are a code");
    let mut tx = app.db.begin()?;
    let units = store::org::units(&mut tx, &by.scope)?;
    if !units.iter().any(|unit| unit.id == asked.unit) {
        return Err(Error::NotFound("council"));
    }
    super::desk::judge_seats(&mut tx, by, &asked.seats)?;
    let empty = Composition::default();
    let mut acts = empty.change(&asked.warrant, asked.from, &[], asked.seats, &signed)?;
    acts.push(empty.rule(asked.rule, &signed)?);
    let council = Council { id, unit: asked.unit, name, body: asked.body, provenance: asked.provenance };

    let tenant = &by.scope.tenant;
    store::council::insert(&mut tx, tenant, &council, &signed)?;
    store::council::add_acts(&mut tx, tenant, &council.id, 0, &acts)?;
    let detail = format!("{}: {} seats by {}", council.name, acts.len() - 1, asked.warrant.number);
    store::audit::append(&mut tx, by, now, "compose-council", &format!("council:{}", council.id), &detail)?;
    tx.commit()?;
    Ok(council.id)
}
