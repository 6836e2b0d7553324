//! Loads a register of units into a tenant: all of it in one transaction, or nothing.

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::org::{Additions, History};
use thidua_domain::{Actor, Refusal, Scope};
use thidua_store as store;
use thidua_store::pack::LoadedPack;
use thidua_store::tenant::Tenant;
use thidua_store::{Db, Tx};

use crate::Error;
use crate::pack::UnitRegister;

/// What loading a register came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitsLoaded {
    /// The tenant it was loaded into.
    pub tenant: TenantId,
    /// Versions, places, events, arrows and shares added.
    pub added: usize,
    /// Versions and places that were thought to last and have an end now.
    pub ended: usize,
}

/// Loads a register into a tenant: the one named, the only one, or in an empty database the register's own.
///
/// Units the tenant knows keep what it knows of them and get what came before and after; nothing else is
/// touched, and no figure moves.
///
/// # Errors
/// [`Refusal::WhichTenant`] where none is named and there are several, or none bears the name;
/// [`Refusal::PackLoaded`] where the tenant holds the register already; where the store fails.
pub fn load_units(
    db: &Db,
    register: &UnitRegister,
    into: Option<&str>,
    by: &str,
    at: Timestamp,
) -> Result<UnitsLoaded, Error> {
    let mut tx = db.begin()?;
    let tenant = receiving(&mut tx, register, into)?;
    let actor = Actor::operator(by, tenant.clone());
    if store::pack::loaded(&mut tx, &actor.scope)?.iter().any(|held| held.pack == register.code) {
        return Err(Refusal::PackLoaded { pack: register.name.vi.clone() }.into());
    }

    let additions = join(&mut tx, &tenant, &register.history)?;
    let loaded = UnitsLoaded { added: rows(&additions.new), ended: ends(&additions), tenant };

    let row = LoadedPack { pack: register.code.clone(), hash: register.hash.clone(), loaded_at: at };
    store::pack::insert(&mut tx, &loaded.tenant, &row)?;
    let detail = format!("{} rows, {} ends, sha-256 {}", loaded.added, loaded.ended, register.hash);
    store::audit::append(&mut tx, &actor, at, "load-pack", &register.code, &detail)?;
    tx.commit()?;
    Ok(loaded)
}

/// The tenant that receives a register.
fn receiving(tx: &mut Tx, register: &UnitRegister, into: Option<&str>) -> Result<TenantId, Error> {
    let known: Vec<TenantId> = store::tenant::tenants(tx)?.into_iter().map(|tenant| tenant.id).collect();
    let found = match (into, known.as_slice()) {
        (None, []) => {
            let tenant = Tenant { id: register.tenant.clone(), name: register.tenant_name.clone() };
            store::tenant::insert(tx, &tenant)?;
            Some(tenant.id)
        }
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
        (Some(named), all) => all.iter().find(|tenant| tenant.as_str() == named).cloned(),
    };
    found.ok_or_else(|| Refusal::WhichTenant { known: known.iter().map(TenantId::to_string).collect() }.into())
}

/// Adds to a tenant's history what it lacks of another.
pub(crate) fn join(tx: &mut Tx, tenant: &TenantId, history: &History) -> Result<Additions, Error> {
    let held = store::org::history(tx, &Scope::whole(tenant.clone()))?;
    let additions = held.lacking(history);
    store::org::add(tx, tenant, &additions)?;
    Ok(additions)
}

/// How many rows a history is stored in.
pub(crate) fn rows(history: &History) -> usize {
    let arrows: usize = history.events.iter().map(|event| event.links.len()).sum();
    history.units.len() + history.edges.len() + history.events.len() + arrows + history.shares.len()
}

fn ends(additions: &Additions) -> usize {
    additions.unit_ends.len() + additions.edge_ends.len()
}
