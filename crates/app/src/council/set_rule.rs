//! Sets a council's own rule from a day on (quy chế hoạt động).

use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::council::{CouncilId, HouseRule, Signed};
use thidua_store as store;

use super::desk::{held, overtaken};
use crate::{App, Error};

/// Sets it. Questions that were put keep the rule they were put under.
///
/// # Errors
/// [`Error::NotFound`] for those who compose no such council; as [`thidua_domain::council::Composition::rule`].
pub fn set_rule(app: &App, by: &Actor, council: &CouncilId, rule: HouseRule) -> Result<(), Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let found = held(&mut tx, by, council, Verb::ComposeCouncil)?;
    let detail = format!("from {}: {}", rule.from, rule.cite);
    let act = found.composition.rule(rule, &Signed { by: by.name.clone(), at: now })?;
    store::council::add_acts(&mut tx, &by.scope.tenant, council, found.composition.last, &[act]).map_err(overtaken)?;
    store::audit::append(&mut tx, by, now, "set-council-rule", &format!("council:{council}"), &detail)?;
    tx.commit()?;
    Ok(())
}
