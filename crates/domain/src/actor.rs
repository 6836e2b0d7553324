//! Who acts, and how far they may see.

use thidua_base::code::{OrgId, TenantId};

/// A person or the program itself, acting in a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The name recorded with what they do, as it was then.
    pub name: String,
    /// What they may see and touch.
    pub scope: Scope,
}

/// The tenant and the units an actor may see. Every read of the store takes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The tenant; nothing of another tenant is ever visible.
    pub tenant: TenantId,
    /// The units inside it.
    pub units: Reach,
}

/// Units within reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// The whole tenant; made only by the command line and by the public reading pages.
    Everything,
    /// These units only.
    Only(Vec<OrgId>),
}

impl Scope {
    /// The whole of a tenant.
    pub fn whole(tenant: TenantId) -> Self {
        Self { tenant, units: Reach::Everything }
    }

    /// Whether a unit lies within reach.
    pub fn reaches(&self, unit: &OrgId) -> bool {
        match &self.units {
            Reach::Everything => true,
            Reach::Only(units) => units.contains(unit),
        }
    }
}
