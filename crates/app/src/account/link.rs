//! Ties an account to an identity of a sign-in provider, and unties it (liên kết, bỏ liên kết).

use thidua_domain::Refusal;
use thidua_domain::account::{AccountLink, judge_link};
use thidua_domain::actor::{Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::account::{link, pending};

use super::{named, no_key, subject};
use crate::permit::permit;
use crate::{App, Error};

/// A tie between an account and an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkAsked {
    /// The name of the account.
    pub name: String,
    /// Who vouches.
    pub issuer: String,
    /// The person, as that provider knows them.
    pub subject: String,
}

/// Ties an identity to an account: whoever the provider vouches for by it may sign in as that account.
///
/// # Errors
/// [`Refusal::BadLink`]; [`Refusal::UnknownAccount`]; [`Refusal::LinkExists`] where the identity is tied already.
pub fn link_account(app: &App, by: &Actor, asked: &LinkAsked) -> Result<AccountLink, Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    no_key(by)?;
    let (issuer, person) = (asked.issuer.trim(), asked.subject.trim());
    judge_link(issuer, person)?;
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let account = named(&mut tx, app, by, &asked.name)?.account;
    let tie =
        AccountLink { account: account.id, issuer: issuer.to_owned(), subject: person.to_owned(), linked_at: now };
    match link::insert(&mut tx, &by.scope.tenant, &tie) {
        Err(store::Error::Clash("account_link_pk")) => {
            return Err(Refusal::LinkExists { subject: tie.subject }.into());
        }
        done => done?,
    }
    store::audit::append(&mut tx, by, now, "link-account", &subject(&account.name), &told(&tie.issuer, &tie.subject))?;
    tx.commit()?;
    Ok(tie)
}

/// Unties an identity from an account; sessions that are open stay open.
///
/// # Errors
/// [`Refusal::UnknownAccount`]; [`Refusal::UnknownLink`].
pub fn unlink_account(app: &App, by: &Actor, asked: &LinkAsked) -> Result<(), Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    no_key(by)?;
    let tenant = &by.scope.tenant;
    let (issuer, person) = (asked.issuer.trim(), asked.subject.trim());
    let mut tx = app.db.begin()?;
    let account = named(&mut tx, app, by, &asked.name)?.account;
    if link::delete(&mut tx, tenant, &account.id, issuer, person)? == 0 {
        return Err(Refusal::UnknownLink.into());
    }
    pending::delete_all_of(&mut tx, tenant, &account.id)?;
    store::audit::append(
        &mut tx,
        by,
        app.clock.now(),
        "unlink-account",
        &subject(&account.name),
        &told(issuer, person),
    )?;
    tx.commit()?;
    Ok(())
}

/// How the audit names an identity.
pub(super) fn told(issuer: &str, person: &str) -> String {
    format!("{person} @ {issuer}")
}
