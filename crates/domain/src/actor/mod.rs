//! Who acts, how far they may see, and what they may do.

mod limit;
mod permission;
mod role;

pub use limit::{Limit, TokenScope};
pub use permission::{Permission, Right, Thing, Verb, Who, may, reach_of, right_of};
pub use role::Role;

use thidua_base::Code;
use thidua_base::code::{Kind, OrgId, TenantId};

/// A person or the program itself, acting in a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The name recorded with what they do, as it was then.
    pub name: String,
    /// What they may see and touch.
    pub scope: Scope,
    /// In what capacity they act.
    pub capacity: Capacity,
    /// What the key they act by leaves of their rights; `None` where they act in person.
    pub limit: Option<Limit>,
}

/// In what capacity someone acts (tư cách); [`may`] decides by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Capacity {
    /// Whoever opens the public pages.
    Reader,
    /// Whoever opens the pages of a house that has no account yet: on the machine itself, nobody to tell apart.
    Unguarded,
    /// The command line: whoever can run it can read the database file as well.
    Operator,
    /// A person who signed in, with the posts they hold today.
    Person {
        /// Their account.
        account: AccountId,
        /// Their posts of today.
        posts: Vec<Post>,
    },
}

/// A role as it counts today, with the units it reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The role.
    pub role: Role,
    /// The unit it is held in and those below it, or the whole tenant.
    pub reach: Reach,
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
    /// The whole tenant; made only by the command line, by the public reading pages and by a role that
    /// was given for the whole tenant.
    Everything,
    /// These units only.
    Only(Vec<OrgId>),
}

/// The marker of [`AccountId`].
#[derive(Debug)]
pub struct AccountKind;

impl Kind for AccountKind {
    const NAME: &'static str = "account";
}

/// The id of an account; stays when its name changes.
pub type AccountId = Code<AccountKind>;

impl Actor {
    /// The command line, acting in a tenant.
    pub fn operator(name: &str, tenant: TenantId) -> Self {
        Self { name: name.to_owned(), scope: Scope::whole(tenant), capacity: Capacity::Operator, limit: None }
    }

    /// Whoever opens the public pages of a tenant.
    pub fn reader(name: &str, tenant: TenantId) -> Self {
        Self { name: name.to_owned(), scope: Scope::whole(tenant), capacity: Capacity::Reader, limit: None }
    }

    /// Whoever opens the pages of a tenant without accounts.
    pub fn unguarded(name: &str, tenant: TenantId) -> Self {
        Self { name: name.to_owned(), scope: Scope::whole(tenant), capacity: Capacity::Unguarded, limit: None }
    }

    /// A person who signed in; sees the units of their posts.
    pub fn person(name: &str, tenant: TenantId, account: AccountId, posts: Vec<Post>) -> Self {
        let scope = Scope { tenant, units: Reach::joined(posts.iter().map(|post| &post.reach)) };
        Self { name: name.to_owned(), scope, capacity: Capacity::Person { account, posts }, limit: None }
    }

    /// The same actor by a key: no more than both allow.
    pub fn limited(mut self, limit: Limit) -> Self {
        if let (Some(units), Capacity::Person { posts, .. }) = (&limit.units, &mut self.capacity) {
            for post in posts.iter_mut() {
                post.reach = post.reach.within(units);
            }
        }
        if let Some(units) = &limit.units {
            self.scope.units = self.scope.units.within(units);
        }
        self.limit = Some(limit);
        self
    }

    /// Whether they act by a key of another program.
    pub fn is_by_key(&self) -> bool {
        self.limit.is_some()
    }

    /// The same actor as a reader of pages: sees the whole tenant where the table opens the pages to them,
    /// since a report names units beyond anyone's posts.
    pub fn reading(&self) -> Self {
        match may(self, Verb::ReadPages, Thing::Tenant) {
            Permission::Granted => {
                let units = self.limit.as_ref().and_then(|limit| limit.units.clone()).unwrap_or(Reach::Everything);
                Self { scope: Scope { tenant: self.scope.tenant.clone(), units }, ..self.clone() }
            }
            Permission::Denied => self.clone(),
        }
    }
}

impl Scope {
    /// The whole of a tenant.
    pub fn whole(tenant: TenantId) -> Self {
        Self { tenant, units: Reach::Everything }
    }

    /// Whether a unit lies within reach.
    pub fn reaches(&self, unit: &OrgId) -> bool {
        self.units.holds(unit)
    }
}

impl Reach {
    /// Whether a unit lies within.
    pub fn holds(&self, unit: &OrgId) -> bool {
        match self {
            Self::Everything => true,
            Self::Only(units) => units.contains(unit),
        }
    }

    /// The units of both.
    pub fn within(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Everything, both) | (both, Self::Everything) => both.clone(),
            (Self::Only(units), Self::Only(_)) => {
                Self::Only(units.iter().filter(|unit| other.holds(unit)).cloned().collect())
            }
        }
    }

    /// All units of several reaches, each once, in order of their ids.
    pub fn joined<'a>(reaches: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = Vec::new();
        for reach in reaches {
            match reach {
                Self::Everything => return Self::Everything,
                Self::Only(units) => all.extend(units.iter().cloned()),
            }
        }
        all.sort();
        all.dedup();
        Self::Only(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(units: &[&str]) -> Reach {
        Reach::Only(units.iter().map(|unit| OrgId::parse(unit).unwrap()).collect())
    }

    #[test]
    fn reaches_join_and_the_whole_swallows_the_rest() {
        assert_eq!(Reach::joined([&only(&["xa-b", "xa-a"]), &only(&["xa-a"])]), only(&["xa-a", "xa-b"]));
        assert_eq!(Reach::joined([&only(&["xa-a"]), &Reach::Everything]), Reach::Everything);
        assert_eq!(Reach::joined([]), only(&[]));
    }

    #[test]
    fn a_person_without_a_post_sees_no_unit() {
        let (tenant, account) = (TenantId::parse("trieu-son").unwrap(), AccountId::parse("tk-1").unwrap());
        let person = Actor::person("Lê Thị Thủy", tenant, account, Vec::new());
        let unit = OrgId::parse("xa-a").unwrap();
        assert!(!person.scope.reaches(&unit));
        // The pages are open to all, the units are not: reading more gives no right to change more.
        let reading = person.reading();
        assert!(reading.scope.reaches(&unit));
        assert_eq!(may(&reading, Verb::OverrideFigure, Thing::Unit(&unit)), Permission::Denied);
    }
}
