//! Opens a database for the program: whose data the pages show is what was loaded last.

use anyhow::Context;
use thidua_base::Date;
use thidua_base::code::{OrgId, ReportId, TenantId};
use thidua_domain::collection::RuleBook;
use thidua_domain::{Refusal, Scope};
use thidua_law::Book;
use thidua_store as store;
use thidua_store::{Db, Tx};

use crate::council::Urns;
use crate::law::LawShelf;
use crate::{App, Clock, Entropy, Error, Shelf};

/// The tenant, unit and report that the pages open on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The tenant.
    pub tenant: TenantId,
    /// Its reporting unit.
    pub unit: OrgId,
    /// The report to open first.
    pub report: Option<ReportId>,
    /// The day whose names, tree and law the pages show.
    pub dated: Date,
}

impl App {
    /// Opens a migrated database on the latest report of its only tenant that holds one.
    ///
    /// # Errors
    /// [`Refusal::NothingLoaded`] where no tenant holds a report; [`Refusal::WhichTenant`] where several do.
    pub fn open(db: Db, clock: Clock) -> Result<Self, Error> {
        Self::open_for(db, clock, None)
    }

    /// The same for a tenant named by its id, or for the only one.
    ///
    /// # Errors
    /// As [`App::open`]; a name that no tenant with a report bears is answered with those that do.
    pub fn open_for(db: Db, clock: Clock, tenant: Option<&str>) -> Result<Self, Error> {
        let homes = db.read(homes)?;
        let home = chosen(homes, tenant)?;
        Self::at_home(db, clock, home)
    }

    /// Opens a migrated database on a home the caller has chosen.
    ///
    /// # Errors
    /// Where what the program ships with cannot be read.
    pub fn at_home(db: Db, clock: Clock, home: Home) -> Result<Self, Error> {
        let shipped = Book::shipped().context("reading the law book")?;
        let rules = RuleBook::shipped().context("reading the rules of the checks")?;
        let shelf = Shelf::default();
        let urns = Urns::default();
        let law = LawShelf::default();
        Ok(Self { db, shipped, law, rules, clock, entropy: Entropy::Machine, home, shelf, urns, seal: None })
    }
}

/// The home of each tenant that holds a report, in the order of their ids: its latest report.
pub(crate) fn homes(tx: &mut Tx) -> Result<Vec<Home>, store::Error> {
    let mut homes = Vec::new();
    for tenant in store::tenant::tenants(tx)? {
        let scope = Scope::whole(tenant.id.clone());
        let latest = store::office::reports(tx, &scope)?.into_iter().max_by_key(|report| report.dated);
        homes.extend(latest.map(|report| Home {
            tenant: tenant.id,
            unit: report.unit,
            report: Some(report.id),
            dated: report.dated,
        }));
    }
    Ok(homes)
}

fn chosen(mut homes: Vec<Home>, tenant: Option<&str>) -> Result<Home, Refusal> {
    if let Some(named) = tenant {
        let known = homes.iter().map(|home| home.tenant.to_string()).collect();
        let found = homes.into_iter().find(|home| home.tenant.as_str() == named);
        return found.ok_or(Refusal::WhichTenant { known });
    }
    match homes.len() {
        0 => Err(Refusal::NothingLoaded),
        1 => Ok(homes.remove(0)),
        _ => Err(Refusal::WhichTenant { known: homes.iter().map(|home| home.tenant.to_string()).collect() }),
    }
}
