//! Accounts: opened and managed, signed in and out; one verb a file.

mod api_token;
mod attempt;
mod bearer;
mod change_password;
mod confirm_sign_in;
mod create_account;
mod end_role;
mod end_sessions;
mod given_password;
mod grant_role;
mod link;
mod list;
mod managed;
mod once;
mod profile;
mod provider;
mod second_factor;
mod session;
mod set_password;
mod set_state;
mod sign_in;
mod sign_out;
mod visitor;

pub use api_token::{ApiSecret, NewToken, create_token, revoke_token, tokens};
pub use bearer::{Bearer, bearer};
pub use change_password::{PasswordChange, change_password};
pub use confirm_sign_in::{CodeGiven, awaits_code, confirm_sign_in};
pub use create_account::{NewAccount, create_account, open_account};
pub use end_role::{RoleEnd, end_role};
pub use end_sessions::end_sessions;
pub use given_password::GivenPassword;
pub use grant_role::{NewRole, grant_role};
pub use link::{LinkAsked, link_account, unlink_account};
pub use list::{Listed, list};
pub use managed::{Managed, managed};
pub use once::{Answered, Once, begin_once, end_once};
pub use profile::{HeldRole, Profile, profile};
pub use provider::{Vouched, await_provider, sign_in_vouched, take_awaited};
pub use second_factor::{
    FactorStanding, OfferedFactor, RecoveryCodes, confirm_second_factor, factor_standing, offer_second_factor,
    remove_second_factor, renew_recovery_codes, reset_second_factor,
};
pub use session::{ListedSession, sessions};
pub use set_password::{give_password, set_password};
pub use set_state::{close_account, reopen_account};
pub use sign_in::{SignIn, SignedIn, sign_in};
pub use sign_out::{sign_out, sign_out_everywhere};
pub use visitor::{Person, Visitor, visitor};

use thidua_domain::Refusal;
use thidua_domain::account::{Account, refuse_by_key};
use thidua_domain::actor::{AccountId, Actor, Capacity};
use thidua_store as store;
use thidua_store::account::Credentials;
use thidua_store::account::session::SessionKey;

use crate::secret::Secret;
use crate::{App, Error};

/// What a browser keeps of a session or of a half-done sign-in, and nobody else.
pub type Token = Secret<SessionKey>;

/// The account of a name, for those who manage accounts; a key is given none that administers.
fn named(tx: &mut store::Tx, app: &App, by: &Actor, name: &str) -> Result<Credentials, Error> {
    let tenant = &by.scope.tenant;
    let found = store::account::by_name(tx, tenant, name)?;
    let found = found.ok_or_else(|| Refusal::UnknownAccount { asked: name.to_owned() })?;
    if by.is_by_key() {
        let roles = store::account::role::roles_of(tx, tenant, &found.account.id)?;
        refuse_by_key(&roles, app.clock.now().date_in_vietnam())?;
    }
    Ok(found)
}

/// Passwords, second factors and links go through no key: they are how a person proves who they are.
fn no_key(by: &Actor) -> Result<(), Error> {
    if by.is_by_key() { Err(Error::NotFound("account")) } else { Ok(()) }
}

/// The account a person acts from; none for the command line and for readers.
fn own(by: &Actor) -> Result<&AccountId, Error> {
    match &by.capacity {
        Capacity::Person { account, .. } => Ok(account),
        Capacity::Reader | Capacity::Unguarded | Capacity::Operator => Err(Error::NotFound("account")),
    }
}

/// Refuses what would shut its owner out.
fn refuse_own(by: &Actor, account: &Account) -> Result<(), Error> {
    match &by.capacity {
        Capacity::Person { account: own, .. } if *own == account.id => Err(Refusal::OwnAccount.into()),
        Capacity::Person { .. } | Capacity::Reader | Capacity::Unguarded | Capacity::Operator => Ok(()),
    }
}

/// How the audit names an account.
fn subject(name: &str) -> String {
    format!("account:{name}")
}
