//! Accounts and the roles they hold, for who manages them. No password, no code and no session's token goes through here.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use thidua_app::account as verbs;
use thidua_app::account::{Listed, Managed, NewRole, RoleEnd, managed};
use thidua_app::{App, Error};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::account::{Account, AccountState, PasswordOrigin, RoleHeld};
use thidua_domain::actor::Role;
use utoipa::ToSchema;

use super::caller::{Caller, json};
use super::paged::{Paged, Part};
use super::problem::{ApiFault, Problem};

/// An account (tài khoản) with the roles it holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountOut {
    /// The name to sign in with.
    pub name: String,
    /// The person's full name.
    pub person: String,
    /// `open` or `closed`.
    pub state: &'static str,
    /// When it was opened.
    pub created_at: String,
    /// Whether it has a second factor.
    pub has_second_factor: bool,
    /// Whether it is tied to an identity of a sign-in provider.
    pub is_linked: bool,
    /// Its roles, past, present and to come, in the order given.
    pub roles: Vec<RoleOut>,
}

/// A role held in a unit from a day to a day (giữ vai trò).
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleOut {
    /// `reporter`, `specialist`, `cluster-lead`, `council-secretary`, `council-member`, `leader`, `clerk`, `administrator`.
    pub role: &'static str,
    /// The unit; `null` where it is held for the whole tenant.
    pub unit: Option<String>,
    /// First day.
    pub valid_from: String,
    /// First day after; `null` while it lasts.
    pub valid_to: Option<String>,
}

/// An account with what can be changed about it, and nothing secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountDetail {
    /// What the list tells.
    #[serde(flatten)]
    pub account: AccountOut,
    /// Whose choice the password was: `own`, or `given` by the program and to be changed at the next sign-in.
    pub password: &'static str,
    /// When the password was set last.
    pub password_changed_at: String,
    /// Until when no password is let in; `null` where it is not locked.
    pub locked_until: Option<String>,
    /// Its sessions that are not over, the one used last first.
    pub sessions: Vec<SessionOut>,
}

/// A session of somebody (phiên đăng nhập), without its token.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionOut {
    /// When it began.
    pub created_at: String,
    /// When it was used last, to within a minute.
    pub seen_at: String,
    /// When it ends at the latest.
    pub expires_at: String,
    /// What the browser called itself.
    pub user_agent: String,
}

/// An account to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountNew {
    /// The name to sign in with.
    name: String,
    /// The person's full name.
    person: String,
}

/// A role to be given: in one unit, or for the whole tenant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleNew {
    /// The role.
    role: String,
    /// The unit.
    #[serde(default)]
    unit: Option<String>,
    /// `true` for the whole tenant, in place of a unit.
    #[serde(default)]
    whole: bool,
    /// First day.
    valid_from: String,
    /// First day after; without it the role lasts.
    #[serde(default)]
    valid_to: Option<String>,
}

/// A role to be ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleEndNew {
    /// The role.
    role: String,
    /// The unit.
    #[serde(default)]
    unit: Option<String>,
    /// `true` for the whole tenant, in place of a unit.
    #[serde(default)]
    whole: bool,
    /// The first day on which it is no longer held.
    on: String,
}

/// A role that was ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleEndOut {
    /// The role.
    pub role: &'static str,
    /// The unit; `null` where it was held for the whole tenant.
    pub unit: Option<String>,
    /// The first day on which it is no longer held.
    pub on: String,
}

/// Sessions that were ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionsEnded {
    /// How many there were.
    pub ended: u64,
}

fn role_out(held: &RoleHeld) -> RoleOut {
    RoleOut {
        role: held.role.word(),
        unit: held.unit.as_ref().map(ToString::to_string),
        valid_from: held.valid_from.to_string(),
        valid_to: held.valid_to.map(|day| day.to_string()),
    }
}

fn account_out(account: &Account, roles: Vec<RoleOut>, has_second_factor: bool, is_linked: bool) -> AccountOut {
    AccountOut {
        name: account.name.clone(),
        person: account.display_name.clone(),
        state: match account.state {
            AccountState::Open => "open",
            AccountState::Closed => "closed",
        },
        created_at: account.created_at.to_string(),
        has_second_factor,
        is_linked,
        roles,
    }
}

fn listed_out(listed: Listed) -> AccountOut {
    let roles = listed.roles.iter().map(role_out).collect();
    account_out(&listed.account, roles, listed.has_second_factor, listed.is_linked)
}

fn managed_out(found: &Managed) -> AccountOut {
    let roles = found.roles.iter().map(|one| role_out(&one.held)).collect();
    account_out(&found.account, roles, found.second_factor_since.is_some(), !found.links.is_empty())
}

fn detail(found: &Managed) -> AccountDetail {
    AccountDetail {
        account: managed_out(found),
        password: match found.password_origin {
            PasswordOrigin::Own => "own",
            PasswordOrigin::Given => "given",
        },
        password_changed_at: found.account.password_changed_at.to_string(),
        locked_until: found.locked_until.map(|until| until.to_string()),
        sessions: found
            .sessions
            .iter()
            .map(|session| SessionOut {
                created_at: session.created_at.to_string(),
                seen_at: session.seen_at.to_string(),
                expires_at: session.expires_at.to_string(),
                user_agent: session.user_agent.clone(),
            })
            .collect(),
    }
}

fn role(word: &str) -> Result<Role, ApiFault> {
    Role::parse(word).ok_or(ApiFault::BadParameter("role"))
}

/// The place of a role; what was left out is not taken for the whole tenant.
fn place(unit: Option<&str>, whole: bool) -> Result<Option<OrgId>, ApiFault> {
    match (unit, whole) {
        (Some(id), false) => Ok(Some(OrgId::parse(id).map_err(|_| ApiFault::BadParameter("unit"))?)),
        (None, true) => Ok(None),
        (Some(_), true) | (None, false) => Err(ApiFault::BadParameter("unit")),
    }
}

fn day(text: &str, name: &'static str) -> Result<Date, ApiFault> {
    Date::parse(text).map_err(|_| ApiFault::BadParameter(name))
}

/// Does something to an account that is there and may be managed, and tells how it stands then.
fn after(
    app: &App,
    by: &Actor,
    name: &str,
    verb: impl FnOnce(&App, &Actor, &str) -> Result<(), Error>,
) -> Result<AccountOut, Error> {
    let known = managed(app, by, name)?.account.name;
    verb(app, by, &known)?;
    Ok(managed_out(&managed(app, by, &known)?))
}

/// The accounts (tài khoản) with their roles; scope `accounts`
#[utoipa::path(get, path = "/accounts", operation_id = "list_accounts", tag = "accounts", params(Part),
    responses((status = 200, description = "Accounts, by name", body = Paged<AccountOut>),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller, Query(part): Query<Part>) -> Result<Json<Paged<AccountOut>>, ApiFault> {
    let all = caller.verb(verbs::list).await?;
    Ok(Json(part.of(all, |listed| listed.account.name.clone(), listed_out)?))
}

/// Opens an account (mở tài khoản), which holds no role and has no password that anybody knows; scope `accounts`
///
/// Its first password is given on the page of accounts, which shows it once; a person of a sign-in provider needs none.
#[utoipa::path(post, path = "/accounts", operation_id = "open_account", tag = "accounts", request_body = AccountNew,
    params(("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The account", body = AccountOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn open(caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, ApiFault> {
    let new: AccountNew = json(&headers, &body)?;
    let verb = move |app: &App, by: &Actor| {
        // The password it begins with is told to nobody.
        let (account, _) = verbs::open_account(app, by, &new.name, &new.person)?;
        Ok(account_out(&account, Vec::new(), false, false))
    };
    caller.once(body, verb).await
}

/// An account (tài khoản) with its sessions; scope `accounts`
#[utoipa::path(get, path = "/accounts/{account}", operation_id = "get_account", tag = "accounts",
    params(("account" = String, Path, description = "The name to sign in with")),
    responses((status = 200, description = "The account", body = AccountDetail),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn one(caller: Caller, Path(name): Path<String>) -> Result<Json<AccountDetail>, ApiFault> {
    Ok(Json(detail(&caller.verb(move |app, by| managed(app, by, &name)).await?)))
}

/// Gives a role in a unit from a day to a day (giao vai trò); scope `accounts`
#[utoipa::path(post, path = "/accounts/{account}/roles", operation_id = "grant_role", tag = "accounts", request_body = RoleNew,
    params(("account" = String, Path, description = "The name to sign in with"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The role", body = RoleOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn give_role(
    caller: Caller,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: RoleNew = json(&headers, &body)?;
    let new = NewRole {
        name,
        role: role(&sent.role)?,
        unit: place(sent.unit.as_deref(), sent.whole)?,
        from: day(&sent.valid_from, "valid_from")?,
        to: sent.valid_to.as_deref().map(|text| day(text, "valid_to")).transpose()?,
    };
    let verb = move |app: &App, by: &Actor| {
        let known = managed(app, by, &new.name)?.account.name;
        Ok(role_out(&verbs::grant_role(app, by, &NewRole { name: known, ..new })?))
    };
    caller.once(body, verb).await
}

/// Ends a role on a day (thôi giữ vai trò); scope `accounts`
#[utoipa::path(post, path = "/accounts/{account}/role-ends", operation_id = "end_role", tag = "accounts", request_body = RoleEndNew,
    params(("account" = String, Path, description = "The name to sign in with"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The end", body = RoleEndOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn take_role(
    caller: Caller,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let sent: RoleEndNew = json(&headers, &body)?;
    let end = RoleEnd {
        name,
        role: role(&sent.role)?,
        unit: place(sent.unit.as_deref(), sent.whole)?,
        on: day(&sent.on, "on")?,
    };
    let verb = move |app: &App, by: &Actor| {
        let known = managed(app, by, &end.name)?.account.name;
        let end = RoleEnd { name: known, ..end };
        verbs::end_role(app, by, &end)?;
        let unit = end.unit.map(|id| id.to_string());
        Ok(RoleEndOut { role: end.role.word(), unit, on: end.on.to_string() })
    };
    caller.once(body, verb).await
}

/// Closes an account (đóng tài khoản) and ends its sessions and keys; scope `accounts`
#[utoipa::path(post, path = "/accounts/{account}/closing", operation_id = "close_account", tag = "accounts",
    params(("account" = String, Path, description = "The name to sign in with"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The account", body = AccountOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn close(caller: Caller, Path(name): Path<String>, body: Bytes) -> Result<Response, ApiFault> {
    caller.once(body, move |app, by| after(app, by, &name, verbs::close_account)).await
}

/// Opens a closed account again (mở lại tài khoản); scope `accounts`
#[utoipa::path(post, path = "/accounts/{account}/reopening", operation_id = "reopen_account", tag = "accounts",
    params(("account" = String, Path, description = "The name to sign in with"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "The account", body = AccountOut),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn reopen(caller: Caller, Path(name): Path<String>, body: Bytes) -> Result<Response, ApiFault> {
    caller.once(body, move |app, by| after(app, by, &name, verbs::reopen_account)).await
}

/// Ends every session of an account (đóng các phiên); scope `accounts`
#[utoipa::path(post, path = "/accounts/{account}/session-ends", operation_id = "end_sessions", tag = "accounts",
    params(("account" = String, Path, description = "The name to sign in with"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names the request, so that it is done once")),
    responses((status = 201, description = "How many there were", body = SessionsEnded),
        (status = "4XX", description = "Problem details", body = Problem, content_type = "application/problem+json")))]
pub async fn end_sessions(caller: Caller, Path(name): Path<String>, body: Bytes) -> Result<Response, ApiFault> {
    let verb = move |app: &App, by: &Actor| {
        let known = managed(app, by, &name)?.account.name;
        Ok(SessionsEnded { ended: verbs::end_sessions(app, by, &known)? })
    };
    caller.once(body, verb).await
}
