//! Opens a database for the program: whose data the pages show is what was loaded last.

use anyhow::Context;
use thidua_base::Date;
use thidua_base::code::{OrgId, ReportId, TenantId};
use thidua_domain::{Refusal, Scope};
use thidua_law::Book;
use thidua_store as store;
use thidua_store::Db;

use crate::{App, Clock, Error};

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
    /// Opens a migrated database on its latest report.
    ///
    /// # Errors
    /// [`Refusal::NothingLoaded`] where no tenant holds a report.
    pub fn open(db: Db, clock: Clock) -> Result<Self, Error> {
        let book = Book::shipped().context("reading the law book")?;
        let home = db.read(|tx| {
            for tenant in store::tenant::tenants(tx)? {
                let scope = Scope::whole(tenant.id.clone());
                let latest = store::office::reports(tx, &scope)?.into_iter().max_by_key(|report| report.dated);
                if let Some(report) = latest {
                    return Ok(Some(Home {
                        tenant: tenant.id,
                        unit: report.unit,
                        report: Some(report.id),
                        dated: report.dated,
                    }));
                }
            }
            Ok::<_, store::Error>(None)
        })?;
        let home = home.ok_or(Refusal::NothingLoaded)?;
        Ok(Self { db, book, clock, home })
    }
}
