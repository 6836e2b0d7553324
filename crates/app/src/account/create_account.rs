//! Opens an account (mở tài khoản).

use thidua_base::text::nfc;
use thidua_domain::Refusal;
use thidua_domain::account::{Account, AccountState, PasswordOrigin, judge_display_name, judge_name, password};
use thidua_domain::actor::{AccountId, Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::account::PasswordHash;

use super::given_password::GivenPassword;
use super::subject;
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// An account to be opened.
pub struct NewAccount {
    /// The name to sign in with.
    pub name: String,
    /// The person's full name.
    pub display_name: String,
    /// The first password.
    pub password: String,
}

/// Opens an account; it holds no role yet.
///
/// # Errors
/// A refusal of the name, the person's name or the password; [`Refusal::AccountExists`].
pub fn create_account(app: &App, by: &Actor, new: &NewAccount) -> Result<Account, Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    create(app, by, new, PasswordOrigin::Own)
}

/// Opens an account with a password that the program makes up, and tells it this once; its owner changes it when
/// they sign in with it.
///
/// # Errors
/// A refusal of the name or the person's name; [`Refusal::AccountExists`].
pub fn open_account(app: &App, by: &Actor, name: &str, display_name: &str) -> Result<(Account, GivenPassword), Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    let given = GivenPassword::new(&app.entropy)?;
    let password = given.text().to_owned();
    let new = NewAccount { name: name.to_owned(), display_name: display_name.to_owned(), password };
    Ok((create(app, by, &new, PasswordOrigin::Given)?, given))
}

fn create(app: &App, by: &Actor, new: &NewAccount, origin: PasswordOrigin) -> Result<Account, Error> {
    let (name, display_name) = (nfc(new.name.trim()), nfc(new.display_name.trim()));
    judge_name(&name)?;
    judge_display_name(&display_name)?;
    password::judge(&new.password, &name, &display_name)?;
    let now = app.clock.now();
    let id = format!("tk-{}", hex(&app.entropy.bytes::<16>()?));
    let account = Account {
        id: AccountId::parse(&id).expect("letters, digits and a hyphen are a code"),
        name,
        display_name,
        state: AccountState::Open,
        password_changed_at: now,
        created_at: now,
    };
    let hash = PasswordHash::of(&password::normal(&new.password), &app.entropy.bytes()?);

    let mut tx = app.db.begin()?;
    match store::account::insert(&mut tx, &by.scope.tenant, &account, &hash, origin) {
        Err(store::Error::Clash("account_name_uq")) => {
            return Err(Refusal::AccountExists { asked: account.name }.into());
        }
        done => done?,
    }
    store::audit::append(&mut tx, by, now, "open-account", &subject(&account.name), &account.display_name)?;
    tx.commit()?;
    Ok(account)
}
