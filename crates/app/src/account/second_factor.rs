//! The second factor of an account: offered, confirmed, taken away (xác thực hai lớp).

use std::fmt;

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::Refusal;
use thidua_domain::account::PENDING_SECONDS;
use thidua_domain::account::second_factor::{
    RECOVERY_BYTES, RECOVERY_CODES, SECRET_BYTES, TypedCode, base32, grouped, key_uri, steps_taken,
};
use thidua_domain::actor::{AccountId, Actor, Thing, Verb};
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::account::second_factor::{self, Once, RecoveryKey, TotpSecret};
use thidua_store::account::{pending, session};

use super::attempt::{Outcome, Proof, attempt, prove};
use super::{Token, named, own, subject};
use crate::permit::permit;
use crate::{App, Error};

/// The name under which an app lists the codes.
const HOUSE: &str = "Thi Đua";

/// A secret that is offered to its owner; printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct OfferedFactor {
    /// The secret in groups of letters, to be typed where no picture can be read.
    pub letters: String,
    /// The address behind the square code.
    pub uri: String,
}

impl fmt::Debug for OfferedFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OfferedFactor(…)")
    }
}

/// Recovery codes, to be shown once; printing them shows none.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCodes(pub Vec<String>);

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCodes(…)")
    }
}

/// How one's own second factor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactorStanding {
    /// Since when there is one.
    pub since: Option<Timestamp>,
    /// Recovery codes that are left.
    pub codes_left: i64,
}

/// How the actor's own second factor stands.
///
/// # Errors
/// [`Error::NotFound`] where the actor is no person who signed in.
pub fn factor_standing(app: &App, by: &Actor) -> Result<FactorStanding, Error> {
    let id = kept(by)?;
    let tenant = &by.scope.tenant;
    app.db.read(|tx| {
        Ok(FactorStanding {
            since: second_factor::get(tx, tenant, id)?.and_then(|factor| factor.confirmed_at),
            codes_left: second_factor::recovery_codes_left(tx, tenant, id)?,
        })
    })
}

/// Offers a secret. Asked again within minutes it is the same one, so that the page can be shown again after a
/// mistyped code; later it is a new one.
///
/// # Errors
/// [`Refusal::SecondFactorHeld`] where there is one already.
pub fn offer_second_factor(app: &App, by: &Actor) -> Result<OfferedFactor, Error> {
    let id = kept(by)?;
    let (tenant, now) = (&by.scope.tenant, app.clock.now());
    let mut tx = app.db.begin()?;
    let known = store::account::by_id(&mut tx, tenant, id)?.ok_or(Error::NotFound("account"))?;
    let secret = match second_factor::get(&mut tx, tenant, id)? {
        Some(factor) if factor.confirmed_at.is_some() => return Err(Refusal::SecondFactorHeld.into()),
        Some(factor) if now < factor.offered_at.plus_seconds(PENDING_SECONDS) => factor.secret,
        Some(_) | None => {
            let secret = TotpSecret::of(app.entropy.bytes::<SECRET_BYTES>()?);
            second_factor::offer(&mut tx, tenant, id, &secret, now)?;
            tx.commit()?;
            secret
        }
    };
    let letters = secret.for_its_owner();
    Ok(OfferedFactor { uri: key_uri(HOUSE, &known.account.name, &letters), letters: grouped(&letters, " ") })
}

/// Confirms the offered secret by a code of it, ends the account's other sessions, and gives recovery codes.
///
/// # Errors
/// [`Refusal::SecondFactorHeld`]; [`Refusal::StaleSignIn`] where nothing is offered; [`Refusal::WrongCode`].
pub fn confirm_second_factor(app: &App, by: &Actor, here: &Token, code: &str) -> Result<RecoveryCodes, Error> {
    let id = kept(by)?;
    let (tenant, now) = (&by.scope.tenant, app.clock.now());
    let mut tx = app.db.begin()?;
    store::account::hold(&mut tx, tenant, id)?;
    let known = store::account::by_id(&mut tx, tenant, id)?.ok_or(Error::NotFound("account"))?;
    let factor = second_factor::get(&mut tx, tenant, id)?.ok_or(Refusal::StaleSignIn)?;
    if factor.confirmed_at.is_some() {
        return Err(Refusal::SecondFactorHeld.into());
    }
    // Whoever sees the secret can make any code of it: a wrong one here is a slip and counts for nothing.
    let TypedCode::Code(code) = TypedCode::read(code) else { return Err(Refusal::WrongCode.into()) };
    let step = steps_taken(now, factor.last_step).into_iter().find(|step| factor.secret.code(*step) == code);
    let step = step.ok_or(Refusal::WrongCode)?;
    if second_factor::use_step(&mut tx, tenant, id, step)? == Once::Never {
        return Err(Refusal::WrongCode.into());
    }
    second_factor::confirm(&mut tx, tenant, id, now)?;
    let codes = new_codes(app, &mut tx, tenant, id)?;
    session::delete_others_of(&mut tx, tenant, id, &here.key())?;
    store::audit::append(&mut tx, by, now, "enrol-second-factor", &subject(&known.account.name), "")?;
    tx.commit()?;
    Ok(codes)
}

/// Gives new recovery codes for a code of the app; the old ones are void.
///
/// # Errors
/// [`Refusal::NoSecondFactor`]; [`Refusal::WrongCode`].
pub fn renew_recovery_codes(app: &App, by: &Actor, code: &str) -> Result<RecoveryCodes, Error> {
    let id = kept(by)?;
    let (tenant, now) = (&by.scope.tenant, app.clock.now());
    let mut tx = app.db.begin()?;
    let about = about_enrolled(&mut tx, by, id)?;
    match prove(&mut tx, tenant, id, &TypedCode::read(code), now)? {
        Proof::Given { how, .. } => {
            let codes = new_codes(app, &mut tx, tenant, id)?;
            store::audit::append(&mut tx, by, now, "renew-recovery-codes", &about, how)?;
            tx.commit()?;
            Ok(codes)
        }
        Proof::Refused { locked_until, .. } => refused(app, tx, by, &about, locked_until),
    }
}

/// Takes one's own second factor away, for the password and a code. Administrators are then led to enrol another.
///
/// # Errors
/// [`Refusal::NoSecondFactor`]; [`Refusal::WrongPassword`]; [`Refusal::WrongCode`].
pub fn remove_second_factor(app: &App, by: &Actor, password: &str, code: &str) -> Result<(), Error> {
    let id = kept(by)?;
    let (tenant, now) = (&by.scope.tenant, app.clock.now());
    let (about, known) = app.db.read(|tx| {
        let about = about_enrolled(tx, by, id)?;
        Ok::<_, Error>((about, store::account::by_id(tx, tenant, id)?))
    })?;
    let (mut tx, outcome) = attempt(app, tenant, known, password)?;
    if let Outcome::TurnedAway { locked_until, .. } = outcome {
        return match refused(app, tx, by, &about, locked_until) {
            Err(Error::Refused(_)) => Err(Refusal::WrongPassword.into()),
            other => other,
        };
    }
    match prove(&mut tx, tenant, id, &TypedCode::read(code), now)? {
        Proof::Given { how, .. } => {
            second_factor::delete(&mut tx, tenant, id)?;
            store::audit::append(&mut tx, by, now, "remove-second-factor", &about, how)?;
            tx.commit()?;
            Ok(())
        }
        Proof::Refused { locked_until, .. } => refused(app, tx, by, &about, locked_until),
    }
}

/// Takes the second factor of another away, for someone who lost phone and recovery codes; ends their sessions.
///
/// # Errors
/// [`Refusal::UnknownAccount`]; [`Refusal::OwnAccount`], since one's own goes for a password and a code;
/// [`Refusal::NoSecondFactor`].
pub fn reset_second_factor(app: &App, by: &Actor, name: &str) -> Result<(), Error> {
    permit(by, Verb::ManageAccounts, Thing::Tenant, "account")?;
    super::no_key(by)?;
    let tenant = &by.scope.tenant;
    let mut tx = app.db.begin()?;
    let account = named(&mut tx, app, by, name)?.account;
    super::refuse_own(by, &account)?;
    if second_factor::delete(&mut tx, tenant, &account.id)? == 0 {
        return Err(Refusal::NoSecondFactor.into());
    }
    session::delete_all_of(&mut tx, tenant, &account.id)?;
    pending::delete_all_of(&mut tx, tenant, &account.id)?;
    store::audit::append(&mut tx, by, app.clock.now(), "reset-second-factor", &subject(&account.name), "")?;
    tx.commit()?;
    Ok(())
}

/// The actor's own account, which they may keep.
fn kept(by: &Actor) -> Result<&AccountId, Error> {
    let id = own(by)?;
    permit(by, Verb::KeepAccount, Thing::Account(id), "account")?;
    Ok(id)
}

/// How the audit names the actor's account, if it has a second factor.
fn about_enrolled(tx: &mut Tx, by: &Actor, id: &AccountId) -> Result<String, Error> {
    let tenant = &by.scope.tenant;
    let known = store::account::by_id(tx, tenant, id)?.ok_or(Error::NotFound("account"))?;
    let factor = second_factor::get(tx, tenant, id)?;
    if factor.is_none_or(|factor| factor.confirmed_at.is_none()) {
        return Err(Refusal::NoSecondFactor.into());
    }
    Ok(subject(&known.account.name))
}

/// Writes down that a code did not fit.
fn refused<T>(app: &App, mut tx: Tx, by: &Actor, about: &str, locked_until: Option<Timestamp>) -> Result<T, Error> {
    let detail = locked_until.map(|until| format!("locked until {until}")).unwrap_or_default();
    store::audit::append(&mut tx, by, app.clock.now(), "code-refused", about, &detail)?;
    tx.commit()?;
    Err(Refusal::WrongCode.into())
}

/// Makes recovery codes and keeps their hashes.
fn new_codes(app: &App, tx: &mut Tx, tenant: &TenantId, id: &AccountId) -> Result<RecoveryCodes, Error> {
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        codes.push(base32(&app.entropy.bytes::<RECOVERY_BYTES>()?));
    }
    let keys: Vec<RecoveryKey> = codes.iter().map(|code| RecoveryKey::of(id, code)).collect();
    second_factor::set_recovery_codes(tx, tenant, id, &keys)?;
    Ok(RecoveryCodes(codes.iter().map(|code| grouped(code, "-")).collect()))
}
