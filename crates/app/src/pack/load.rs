//! Loads a pack that was read: all of it in one transaction, or nothing.

use thidua_base::Timestamp;
use thidua_domain::{Actor, Refusal, Scope};
use thidua_law::Book;
use thidua_store as store;
use thidua_store::pack::LoadedPack;
use thidua_store::tenant::Tenant;
use thidua_store::{Db, Tx};

use super::Pack;
use crate::Error;

/// Stores a pack under its tenant and records it; gives the number of rows.
///
/// # Errors
/// [`Refusal::PackLoaded`] where the tenant holds it already; where the store fails.
pub fn load(db: &Db, book: &Book, pack: &Pack, by: &str, at: Timestamp) -> Result<usize, Error> {
    let tenant = &pack.head.tenant;
    let actor = Actor { name: by.to_owned(), scope: Scope::whole(tenant.clone()) };
    let mut tx = db.begin()?;
    let known = store::tenant::tenants(&mut tx)?.iter().any(|held| held.id == *tenant);
    if known && loaded_in(&mut tx, &actor.scope, pack)?.is_some() {
        return Err(Refusal::PackLoaded { pack: pack.head.name.vi.clone() }.into());
    }
    if !known {
        store::tenant::insert(&mut tx, &Tenant { id: tenant.clone(), name: pack.head.tenant_name.clone() })?;
    }

    save(&mut tx, book, pack)?;

    let row = LoadedPack { pack: pack.head.code.clone(), hash: pack.hash.clone(), loaded_at: at };
    store::pack::insert(&mut tx, tenant, &row)?;
    let detail = format!("{} rows, sha-256 {}", pack.rows(), pack.hash);
    store::audit::append(&mut tx, &actor, at, "load-pack", &pack.head.code, &detail)?;
    tx.commit()?;
    Ok(pack.rows())
}

/// The hash under which a pack of this code is loaded, if it is.
///
/// # Errors
/// Where the store fails.
pub fn loaded_hash(db: &Db, pack: &Pack) -> Result<Option<String>, Error> {
    let scope = Scope::whole(pack.head.tenant.clone());
    db.read(|tx| loaded_in(tx, &scope, pack))
}

fn loaded_in(tx: &mut Tx, scope: &Scope, pack: &Pack) -> Result<Option<String>, Error> {
    let loaded = store::pack::loaded(tx, scope)?;
    Ok(loaded.into_iter().find(|held| held.pack == pack.head.code).map(|held| held.hash))
}

fn save(tx: &mut Tx, book: &Book, pack: &Pack) -> Result<(), Error> {
    let tenant = &pack.head.tenant;
    let held = store::instrument::instruments(tx)?;
    let all = book.instruments().chain(&pack.instruments);
    let missing: Vec<_> = all.filter(|i| !held.iter().any(|h| h.id == i.id)).cloned().collect();
    store::instrument::insert_many(tx, &missing)?;
    store::org::insert_units(tx, tenant, &pack.units)?;
    store::org::insert_edges(tx, tenant, &pack.edges)?;
    store::org::insert_events(tx, tenant, &pack.events)?;
    store::indicator::insert_many(tx, tenant, &pack.indicators)?;
    store::plan::insert_plans(tx, tenant, &pack.plans)?;
    store::plan::insert_values(tx, tenant, &pack.plan_values)?;
    store::reading::insert_many(tx, tenant, &pack.readings)?;
    store::standard::insert_standards(tx, tenant, &pack.standards)?;
    store::standard::insert_members(tx, tenant, &pack.members)?;
    store::standard::insert_recognitions(tx, tenant, &pack.recognitions)?;
    store::movement::insert_movements(tx, tenant, &pack.movements)?;
    store::movement::insert_occasions(tx, tenant, &pack.occasions)?;
    store::cluster::insert_many(tx, tenant, &pack.clusters)?;
    store::award::insert_many(tx, tenant, &pack.awards)?;
    store::exemplar::insert_many(tx, tenant, &pack.exemplars)?;
    store::finding::insert_findings(tx, tenant, &pack.findings)?;
    store::finding::insert_tasks(tx, tenant, &pack.tasks)?;
    let report = &pack.report;
    store::office::insert_reports(tx, tenant, std::slice::from_ref(&report.report))?;
    store::office::insert_documents(tx, tenant, std::slice::from_ref(&report.document))?;
    store::office::insert_recipients(tx, tenant, &report.recipients)?;
    store::office::insert_authorities(tx, tenant, &report.signing)?;
    store::draft::insert_many(tx, tenant, &report.passages)?;
    Ok(())
}

impl Pack {
    /// How many rows it holds.
    pub fn rows(&self) -> usize {
        self.units.len()
            + self.edges.len()
            + self.events.len()
            + self.indicators.len()
            + self.plans.len()
            + self.plan_values.len()
            + self.readings.len()
            + self.standards.len()
            + self.members.len()
            + self.recognitions.len()
            + self.movements.len()
            + self.occasions.len()
            + self.clusters.len()
            + self.awards.len()
            + self.exemplars.len()
            + self.instruments.len()
            + self.findings.len()
            + self.tasks.len()
            + self.report.recipients.len()
            + self.report.passages.len()
    }
}
