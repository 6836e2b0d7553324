//! Accounts: opened and managed, signed in and out; one verb a file.

mod attempt;
mod change_password;
mod create_account;
mod end_role;
mod grant_role;
mod list;
mod profile;
mod session;
mod set_password;
mod set_state;
mod sign_in;
mod sign_out;
mod token;
mod visitor;

pub use change_password::{PasswordChange, change_password};
pub use create_account::{NewAccount, create_account};
pub use end_role::{RoleEnd, end_role};
pub use grant_role::{NewRole, grant_role};
pub use list::{Listed, list};
pub use profile::{HeldRole, Profile, profile};
pub use session::{ListedSession, sessions};
pub use set_password::set_password;
pub use set_state::{close_account, reopen_account};
pub use sign_in::{SignIn, sign_in};
pub use sign_out::{sign_out, sign_out_everywhere};
pub use token::Token;
pub use visitor::{Person, Visitor, visitor};

use thidua_domain::Refusal;
use thidua_domain::actor::{AccountId, Actor, Capacity};
use thidua_store as store;
use thidua_store::account::Credentials;

use crate::Error;

/// The account of a name, for those who manage accounts.
fn named(tx: &mut store::Tx, by: &Actor, name: &str) -> Result<Credentials, Error> {
    let found = store::account::by_name(tx, &by.scope.tenant, name)?;
    found.ok_or_else(|| Refusal::UnknownAccount { asked: name.to_owned() }.into())
}

/// The account a person acts from; none for the command line and for readers.
fn own(by: &Actor) -> Result<&AccountId, Error> {
    match &by.capacity {
        Capacity::Person { account, .. } => Ok(account),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => Err(Error::NotFound("account")),
    }
}

/// How the audit names an account.
fn subject(name: &str) -> String {
    format!("account:{name}")
}
