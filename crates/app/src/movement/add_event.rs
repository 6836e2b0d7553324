//! Records an event of a movement (lễ phát động, hội nghị điển hình tiên tiến).

use thidua_base::Date;
use thidua_base::code::{MovementCode, OccasionCode};
use thidua_domain::movement::Occasion;
use thidua_domain::movement::review::judge_said;
use thidua_domain::{Actor, Origin, Provenance};
use thidua_store as store;

use super::desk::{Desk, subject, tidy};
use crate::{App, Error};

/// Kinds of event that are recorded by hand.
pub const EVENT_KINDS: [&str; 2] = ["conference", "launch"];

/// Records it.
///
/// # Errors
/// [`Error::NotFound`] where the actor does not lead the movement, or for another kind than [`EVENT_KINDS`];
/// [`thidua_domain::Refusal::EmptyText`] without a name.
pub fn add_event(
    app: &App,
    by: &Actor,
    code: &MovementCode,
    kind: &str,
    name: &str,
    on: Date,
) -> Result<Occasion, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.permit_leading(by, code)?;
    if !EVENT_KINDS.contains(&kind) {
        return Err(Error::NotFound("event"));
    }
    judge_said(name)?;
    let known = store::movement::occasions(&mut tx, &by.scope)?;
    let of = (1..=known.len() + 1).filter_map(|number| OccasionCode::parse(&format!("{code}-{number}")).ok());
    let free = of.into_iter().find(|code| known.iter().all(|occasion| occasion.code != *code));
    let occasion = Occasion {
        code: free.ok_or_else(|| Error::Internal(anyhow::anyhow!("every code of an event is taken")))?,
        kind: kind.to_owned(),
        name: tidy(name),
        on,
        term_from: None,
        term_to: None,
        movement: Some(code.clone()),
        provenance: Provenance { origin: Origin::Reported, source: by.name.clone() },
    };
    store::movement::insert_occasions(&mut tx, &by.scope.tenant, std::slice::from_ref(&occasion))?;
    store::audit::append(&mut tx, by, desk.now, "add-movement-event", &subject(code), &occasion.name)?;
    tx.commit()?;
    Ok(occasion)
}
