//! Keys by which other programs act for an account: made, listed, revoked (tạo, thu hồi khóa truy cập).

use thidua_base::code::OrgId;
use thidua_base::text::nfc;
use thidua_domain::account::api_token::{ApiToken, TOKEN_DAYS_MAX, TokenId, judge_token};
use thidua_domain::actor::{AccountId, Actor, Scope, Thing, TokenScope, Verb};
use thidua_domain::{Refusal, account::Account};
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::account::api_token::{self, TokenHash};

use super::{named, own, subject};
use crate::entropy::hex;
use crate::permit::permit;
use crate::secret::Secret;
use crate::{App, Error};

/// The text of a key, shown once.
pub type ApiSecret = Secret<TokenHash>;

/// A key to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// The account it acts for, by name; `None` for the actor's own.
    pub account: Option<String>,
    /// What it is called: the program that holds it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// The unit it is for, with those below; `None` for all of the account's.
    pub unit: Option<OrgId>,
    /// How many days it lasts.
    pub days: i64,
}

/// Makes a key and tells it this once.
///
/// # Errors
/// What [`judge_token`] refuses; [`Refusal::UnknownUnit`]; [`Error::NotFound`] where the account is not the actor's.
pub fn create_token(app: &App, by: &Actor, new: &NewToken) -> Result<(ApiToken, ApiSecret), Error> {
    let now = app.clock.now();
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let account = whose(&mut tx, app, by, new.account.as_deref())?;
    let name = nfc(new.name.trim());
    let mut scopes = new.scopes.clone();
    scopes.sort_unstable();
    scopes.dedup();
    let good = api_token::tokens_of(&mut tx, tenant, &account.id)?.iter().filter(|one| one.is_good(now)).count();
    judge_token(&name, &scopes, new.days, good)?;
    if let Some(unit) = &new.unit {
        let today = now.date_in_vietnam();
        let units = store::org::units(&mut tx, &Scope::whole(tenant.clone()))?;
        if !units.iter().any(|known| known.id == *unit && known.on(today)) {
            return Err(Refusal::UnknownUnit { asked: unit.to_string(), near: Vec::new() }.into());
        }
    }
    let id = format!("khoa-{}", hex(&app.entropy.bytes::<8>()?));
    let secret = ApiSecret::new(&app.entropy)?;
    let seconds = new.days.clamp(0, TOKEN_DAYS_MAX) * 24 * 60 * 60;
    let token = ApiToken {
        id: TokenId::parse(&id).expect("letters, digits and a hyphen are a code"),
        account: account.id,
        name,
        scopes,
        unit: new.unit.clone(),
        created_at: now,
        expires_at: now.plus_seconds(seconds),
        used_at: None,
        revoked_at: None,
    };

    api_token::insert(&mut tx, tenant, &token, &secret.key())?;
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.word()).collect();
    let unit = token.unit.as_ref().map_or("", OrgId::as_str);
    let detail = format!("{} {} [{}] {unit} ..{}", token.id, token.name, scopes.join(" "), token.expires_at);
    store::audit::append(&mut tx, by, now, "create-token", &subject(&account.name), &detail)?;
    tx.commit()?;
    Ok((token, secret))
}

/// Revokes a key: from now on it opens nothing.
///
/// # Errors
/// [`Error::NotFound`] where the account is not the actor's, has no such key, or it is revoked already.
pub fn revoke_token(app: &App, by: &Actor, account: Option<&str>, id: &TokenId) -> Result<(), Error> {
    let now = app.clock.now();
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let account = whose(&mut tx, app, by, account)?;
    let known = api_token::tokens_of(&mut tx, tenant, &account.id)?.into_iter().find(|token| token.id == *id);
    let token = known.ok_or(Error::NotFound("key"))?;
    if !api_token::revoke(&mut tx, tenant, id, &by.name, now)? {
        return Err(Error::NotFound("key"));
    }
    let detail = format!("{id} {}", token.name);
    store::audit::append(&mut tx, by, now, "revoke-token", &subject(&account.name), &detail)?;
    tx.commit()?;
    Ok(())
}

/// The keys of an account, good or not, the newest first.
///
/// # Errors
/// [`Error::NotFound`] where the account is not the actor's.
pub fn tokens(app: &App, by: &Actor, account: Option<&str>) -> Result<Vec<ApiToken>, Error> {
    app.db.read(|tx| {
        let account = whose(tx, app, by, account)?;
        Ok(api_token::tokens_of(tx, &by.scope.tenant, &account.id)?)
    })
}

/// The account of a name, or the actor's own; by its owner or the command line, and by no key.
fn whose(tx: &mut Tx, app: &App, by: &Actor, name: Option<&str>) -> Result<Account, Error> {
    let account = match name {
        Some(name) => {
            permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
            named(tx, app, by, name)?.account
        }
        None => {
            let id: &AccountId = own(by)?;
            let known = store::account::by_id(tx, &by.scope.tenant, id)?;
            known.ok_or(Error::NotFound("account"))?.account
        }
    };
    permit(by, Verb::KeepAccount, Thing::Account(&account.id), "account")?;
    Ok(account)
}
