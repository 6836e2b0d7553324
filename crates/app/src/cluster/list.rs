//! Clusters of one year or of all years, with who belongs to them and whether a scoring was opened.

use std::collections::BTreeMap;

use thidua_base::code::OrgId;
use thidua_base::{Date, Timestamp};
use thidua_domain::Actor;
use thidua_domain::actor::Scope;
use thidua_domain::cluster::Cluster;
use thidua_store as store;

use super::held::today;
use crate::{App, Error};

/// A cluster of a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The cluster.
    pub cluster: Cluster,
    /// Names of its members and of the unit that formed it, on the last day of the year or today.
    pub names: BTreeMap<OrgId, String>,
    /// Whether a scoring was opened, and since when it is frozen.
    pub scoring: Option<Option<Timestamp>>,
}

/// Lists clusters within reach, in a constant number of statements; those of all years without a year.
///
/// # Errors
/// Where the store fails.
pub fn list(app: &App, by: &Actor, year: Option<i16>) -> Result<Vec<Listed>, Error> {
    app.db.read(|tx| {
        let whole = Scope::whole(by.scope.tenant.clone());
        let ground = app.ground(tx, &whole)?;
        let opened = store::cluster::scoring::opened(tx, &whole)?;
        let clusters = store::cluster::clusters(tx, &by.scope)?;
        let wanted = clusters.into_iter().filter(|cluster| year.is_none_or(|year| cluster.year == year));
        let listed = |cluster: Cluster| {
            let last = Date::new(cluster.year, 12, 31).unwrap_or(app.home.dated);
            let day = last.min(today(app));
            let units = cluster.members.iter().map(|member| &member.unit).chain([&cluster.formed_by]);
            let names = units.map(|unit| (unit.clone(), ground.units.name_on(unit, day))).collect();
            let scoring = opened.get(&(cluster.code.clone(), cluster.year)).copied();
            Listed { cluster, names, scoring }
        };
        Ok(wanted.map(listed).collect())
    })
}
