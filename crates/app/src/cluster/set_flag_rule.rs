//! Sets the rule of a cluster's year for its flags (quy tắc tặng cờ); a rule set anew stands after the earlier ones.

use thidua_base::Number;
use thidua_base::code::ClusterCode;
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::cluster::flags::{Barred, FlagRules};
use thidua_domain::cluster::scheme::{FlagRule, read};
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Actor, Refusal};
use thidua_store as store;

use super::held::{cluster, overtaken, said};
use crate::permit::permit;
use crate::{App, Error};

/// A rule to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFlagRule {
    /// The cluster.
    pub cluster: ClusterCode,
    /// The year.
    pub year: i16,
    /// Honours by rank.
    pub rules: Vec<FlagRule>,
    /// The least total.
    pub least_points: Option<Number>,
    /// Members that may not be proposed.
    pub barred: Vec<Barred>,
}

/// Sets a rule. The places and the least total are set before the ranking is frozen; who may not be proposed may become
/// known after it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such cluster for those who lead it; what [`FlagRules::taken`] refuses;
/// [`Refusal::BadMark`] where the ranking is frozen and more than the bars would change.
pub fn set_flag_rule(app: &App, by: &Actor, new: &NewFlagRule) -> Result<FlagRules, Error> {
    let mut tx = app.db.begin()?;
    let cluster = cluster(&mut tx, by, &new.cluster, new.year)?;
    permit(by, Verb::OpenScoring, Thing::Unit(&cluster.formed_by), "cluster")?;
    let whole = Scope::whole(by.scope.tenant.clone());
    let opening = store::cluster::scoring::opening(&mut tx, &whole, &new.cluster, new.year)?;
    let scheme = opening.as_ref().and_then(|opening| read(&opening.file, &opening.scheme).ok());
    let before = store::cluster::year::flag_rule(&mut tx, &whole, &new.cluster, new.year)?;
    let frozen = store::cluster::scoring::frozen(&mut tx, &whole, &new.cluster, new.year)?.contains_key(&new.year);
    let same = before.as_ref().is_some_and(|rule| (&rule.rules, rule.least_points) == (&new.rules, new.least_points));
    if frozen && !same {
        let unit = cluster.formed_by.to_string();
        return Err(Refusal::BadMark { unit, criterion: String::new(), why: MarkFault::Frozen }.into());
    }
    let rules = FlagRules {
        revision: before.map_or(0, |rule| rule.revision) + 1,
        rules: new.rules.clone(),
        least_points: new.least_points,
        barred: new.barred.iter().map(|bar| Barred { reason: said(&bar.reason), ..bar.clone() }).collect(),
        by: by.name.clone(),
        at: app.clock.now(),
    };
    let rules = rules.taken(&cluster, scheme.as_ref())?;

    let tenant = &by.scope.tenant;
    store::cluster::year::set_flag_rule(&mut tx, tenant, &new.cluster, new.year, &rules).map_err(overtaken)?;
    let places: usize = rules.rules.iter().map(|rule| rule.places).sum();
    let detail = format!("{places} places, {} barred", rules.barred.len());
    let key = format!("flag-rule:{}:{}", new.cluster, new.year);
    store::audit::append(&mut tx, by, rules.at, "set-flag-rule", &key, &detail)?;
    tx.commit()?;
    Ok(rules)
}
