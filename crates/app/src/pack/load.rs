//! Loads a pack that was read: all of it in one transaction, or nothing.

use thidua_base::Timestamp;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::org::History;
use thidua_domain::{Actor, Refusal, Scope};
use thidua_law::Book;
use thidua_report::compose;
use thidua_store as store;
use thidua_store::pack::LoadedPack;
use thidua_store::tenant::Tenant;
use thidua_store::{Db, Tx};

use super::Pack;
use crate::permit::permit;
use crate::report::{form_of, gather, refused_template};
use crate::{Error, org};

/// Stores a pack under its tenant and records it; gives the number of rows.
///
/// # Errors
/// [`Refusal::PackLoaded`] where the tenant holds it already; where the store fails.
pub fn load(db: &Db, book: &Book, pack: &Pack, by: &str, at: Timestamp) -> Result<usize, Error> {
    let tenant = &pack.head.tenant;
    let actor = Actor::operator(by, tenant.clone());
    permit(&actor, Verb::LoadPack, Thing::Tenant, "pack")?;
    let mut tx = db.begin()?;
    let known = store::tenant::tenants(&mut tx)?.iter().any(|held| held.id == *tenant);
    if known && loaded_in(&mut tx, &actor.scope, pack)?.is_some() {
        return Err(Refusal::PackLoaded { pack: pack.head.name.vi.clone() }.into());
    }
    if !known {
        store::tenant::insert(&mut tx, &Tenant { id: tenant.clone(), name: pack.head.tenant_name.clone() })?;
    }

    save(&mut tx, book, pack)?;
    writable(&mut tx, book, &actor, pack)?;

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

/// Refuses a pack whose report cannot be written: once stored, nobody could print it.
fn writable(tx: &mut Tx, book: &Book, actor: &Actor, pack: &Pack) -> Result<(), Error> {
    let data = gather(book, actor, &pack.head.report, tx)?;
    compose(&data, form_of(&data)?).map_err(refused_template)?;
    Ok(())
}

fn save(tx: &mut Tx, book: &Book, pack: &Pack) -> Result<(), Error> {
    let tenant = &pack.head.tenant;
    let scope = &Scope::whole(tenant.clone());
    let held = store::instrument::instruments(tx)?;
    let national: Vec<_> = book.instruments().filter(|i| !held.iter().any(|h| h.id == i.id)).cloned().collect();
    store::instrument::insert_many(tx, &national)?;
    // A local instrument that another tenant holds otherwise is refused: it would be cited under the wrong title.
    store::instrument::insert_many(tx, &pack.instruments)?;
    let history = History {
        units: pack.units.clone(),
        edges: pack.edges.clone(),
        events: pack.events.clone(),
        shares: pack.shares.clone(),
    };
    org::load_units::join(tx, tenant, &history)?;
    let indicators = fresh(&store::indicator::indicators(tx, scope)?, &pack.indicators);
    store::indicator::insert_many(tx, tenant, &indicators)?;
    let plans = fresh(&store::plan::plans(tx, scope)?, &pack.plans);
    store::plan::insert_plans(tx, tenant, &plans)?;
    store::plan::insert_values(tx, tenant, &pack.plan_values)?;
    store::reading::insert_many(tx, tenant, &pack.readings)?;
    for form in fresh(&store::collection::forms(tx, scope)?, &pack.collected.forms) {
        store::collection::insert_form(tx, tenant, &form)?;
        let of_form = pack.collected.assignments.iter().filter(|assignment| assignment.form == form.id);
        store::collection::insert_assignments(tx, tenant, &of_form.cloned().collect::<Vec<_>>(), 0)?;
    }
    let cycles = fresh(&store::collection::cycle::cycles(tx, scope)?, &pack.collected.cycles);
    store::collection::cycle::insert_many(tx, tenant, &cycles)?;
    let standards = fresh(&store::standard::standards(tx, scope)?, &pack.standards);
    store::standard::insert_standards(tx, tenant, &standards)?;
    let members = fresh(&store::standard::members(tx, scope)?, &pack.members);
    store::standard::insert_members(tx, tenant, &members)?;
    let recognitions = fresh(&store::standard::recognitions(tx, scope)?, &pack.recognitions);
    store::standard::insert_recognitions(tx, tenant, &recognitions)?;
    let movements = fresh(&store::movement::movements(tx, scope)?, &pack.movements);
    store::movement::insert_movements(tx, tenant, &movements)?;
    let occasions = fresh(&store::movement::occasions(tx, scope)?, &pack.occasions);
    store::movement::insert_occasions(tx, tenant, &occasions)?;
    let clusters = fresh(&store::cluster::clusters(tx, scope)?, &pack.clusters);
    store::cluster::insert_many(tx, tenant, &clusters)?;
    store::award::insert_many(tx, tenant, &pack.awards)?;
    store::subject::insert_many(tx, tenant, &pack.subjects)?;
    store::subject::fact::insert_many(tx, tenant, &pack.facts)?;
    let exemplars = fresh(&store::exemplar::exemplars(tx, scope)?, &pack.exemplars);
    store::exemplar::insert_many(tx, tenant, &exemplars)?;
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

/// The rows that are not there yet, to the letter: two packs of one tenant share what both need, and a row that
/// differs under the same key is refused by the store.
fn fresh<T: Clone + PartialEq>(held: &[T], given: &[T]) -> Vec<T> {
    given.iter().filter(|row| !held.contains(row)).cloned().collect()
}

impl Pack {
    /// How many rows it holds.
    pub fn rows(&self) -> usize {
        self.units.len()
            + self.edges.len()
            + self.events.len()
            + self.shares.len()
            + self.indicators.len()
            + self.plans.len()
            + self.plan_values.len()
            + self.readings.len()
            + self.collected.forms.len()
            + self.collected.assignments.len()
            + self.collected.cycles.len()
            + self.standards.len()
            + self.members.len()
            + self.recognitions.len()
            + self.movements.len()
            + self.occasions.len()
            + self.clusters.len()
            + self.awards.len()
            + self.subjects.len()
            + self.facts.len()
            + self.exemplars.len()
            + self.instruments.len()
            + self.findings.len()
            + self.tasks.len()
            + self.report.recipients.len()
            + self.report.passages.len()
    }
}
