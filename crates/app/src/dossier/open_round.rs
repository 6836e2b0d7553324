//! Opens a round (mở đợt xét khen thưởng).

use thidua_domain::actor::{Thing, Verb};
use thidua_domain::dossier::{NewRound, Round, judge_round};
use thidua_domain::subject::Entered;
use thidua_domain::{Actor, Provenance, Refusal, Scope};
use thidua_store as store;

use super::held::new_id;
use crate::permit::permit;
use crate::{App, Error};

/// Opens it.
///
/// # Errors
/// [`Error::NotFound`] where it is not the actor's unit; what [`judge_round`] refuses; [`Refusal::UnknownUnit`].
pub fn open_round(app: &App, by: &Actor, new: NewRound, provenance: Provenance) -> Result<Round, Error> {
    permit(by, Verb::OpenRound, Thing::Unit(&new.unit), "unit")?;
    let new = judge_round(new)?;
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let ground = app.ground(&mut tx, &Scope::whole(by.scope.tenant.clone()))?;
    if !ground.units.iter().any(|unit| unit.id == new.unit) {
        return Err(Refusal::UnknownUnit { asked: new.unit.to_string(), near: Vec::new() }.into());
    }
    let round = Round {
        id: new_id(app, "dx")?,
        unit: new.unit,
        year: new.year,
        kind: new.kind,
        name: new.name,
        opens: new.opens,
        closes: new.closes,
        provenance,
        entered: Entered { by: by.name.clone(), at: now, reason: String::new() },
    };

    store::dossier::open_round(&mut tx, &by.scope.tenant, &round)?;
    let detail = format!("{} {} {}: {} - {}", round.name, round.unit, round.year, round.opens, round.closes);
    store::audit::append(&mut tx, by, now, Verb::OpenRound.word(), &format!("round:{}", round.id), &detail)?;
    tx.commit()?;
    Ok(round)
}
