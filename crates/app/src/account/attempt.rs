//! A password or a code tried on an account: the same work whether the account exists, is locked, or is let in.

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::second_factor::{TypedCode, steps_taken};
use thidua_domain::account::{Account, AccountState, lockout, password};
use thidua_domain::actor::AccountId;
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::account::second_factor::{self, Once, RecoveryKey};
use thidua_store::account::{Credentials, Fit, PasswordHash};

use crate::{App, Error};

/// What came of it; written down, but not yet committed.
pub(super) enum Outcome {
    /// The password is right and the account may be used. Earlier failures still count until [`forgive`]: where a
    /// code is wanted as well, the right password alone takes none of them back.
    LetIn(Account),
    /// Anything else.
    TurnedAway {
        /// The account, where there is one.
        account: Option<Account>,
        /// Until when it refuses every password, where this attempt or an earlier one locked it.
        locked_until: Option<Timestamp>,
    },
}

/// Tries a password. The hash is made before the transaction begins, since it takes long on purpose; what was
/// read before is read again inside it, so that attempts at once are counted one by one.
pub(super) fn attempt(
    app: &App,
    tenant: &TenantId,
    known: Option<Credentials>,
    typed: &str,
) -> Result<(Tx, Outcome), Error> {
    let typed = password::normal(typed);
    let fit = match &known {
        Some(known) => known.hash.fits(&typed),
        None => PasswordHash::none_fits(&typed),
    };
    let id = match &known {
        Some(known) => known.account.id.clone(),
        None => AccountId::parse(NOBODY).expect("the constant below is a code"),
    };
    let now = app.clock.now();

    let mut tx = app.db.begin()?;
    store::account::hold(&mut tx, tenant, &id)?;
    let fresh = store::account::by_id(&mut tx, tenant, &id)?;
    let (outcome, failures) = decide(known, fresh, fit, now);
    let locked_until = match &outcome {
        Outcome::LetIn(_) => None,
        Outcome::TurnedAway { locked_until, .. } => *locked_until,
    };
    store::account::set_failures(&mut tx, tenant, &id, failures, locked_until)?;
    Ok((tx, outcome))
}

/// Takes earlier failures back: the owner has shown who they are.
pub(super) fn forgive(tx: &mut Tx, tenant: &TenantId, id: &AccountId) -> Result<(), Error> {
    Ok(store::account::set_failures(tx, tenant, id, 0, None)?)
}

/// The id of no account: ids are `tk-` and digits.
const NOBODY: &str = "nobody";

/// What comes of an attempt, and how many failures in a row there now are.
fn decide(known: Option<Credentials>, fresh: Option<Credentials>, fit: Fit, now: Timestamp) -> (Outcome, u32) {
    let (Some(known), Some(fresh)) = (known, fresh) else {
        return (Outcome::TurnedAway { account: None, locked_until: None }, 0);
    };
    let account = Some(fresh.account.clone());
    // Neither right nor wrong: what is typed while locked tells nothing and costs the owner nothing.
    if is_shut(&fresh, now) {
        return (Outcome::TurnedAway { account, locked_until: fresh.locked_until }, fresh.failures);
    }
    // A password changed since it was compared was compared in vain.
    let is_current = fresh.hash == known.hash;
    match fit {
        Fit::Right if is_current => (Outcome::LetIn(fresh.account), fresh.failures),
        Fit::Right | Fit::Wrong => {
            let (failures, locked_until) = one_more(&fresh, now);
            (Outcome::TurnedAway { account, locked_until }, failures)
        }
    }
}

fn is_shut(known: &Credentials, now: Timestamp) -> bool {
    known.account.state == AccountState::Closed || known.locked_until.is_some_and(|until| now < until)
}

fn one_more(known: &Credentials, now: Timestamp) -> (u32, Option<Timestamp>) {
    let failures = known.failures.saturating_add(1);
    (failures, lockout::pause_seconds(failures).map(|seconds| now.plus_seconds(seconds)))
}

/// What came of a code; written down, but not yet committed.
pub(super) enum Proof {
    /// It is right, and used up now.
    Given {
        /// Whose it is.
        account: Account,
        /// How the audit names what was shown.
        how: &'static str,
    },
    /// Anything else.
    Refused {
        /// The account, where there is one.
        account: Option<Account>,
        /// Until when it takes no code.
        locked_until: Option<Timestamp>,
    },
}

/// Tries a code on an account whose second factor is confirmed. A wrong one counts towards the lock like a wrong
/// password; while locked none is looked at. A right one forgives what came before.
pub(super) fn prove(
    tx: &mut Tx,
    tenant: &TenantId,
    id: &AccountId,
    typed: &TypedCode,
    now: Timestamp,
) -> Result<Proof, Error> {
    store::account::hold(tx, tenant, id)?;
    let Some(known) = store::account::by_id(tx, tenant, id)? else {
        return Ok(Proof::Refused { account: None, locked_until: None });
    };
    if is_shut(&known, now) {
        return Ok(Proof::Refused { account: Some(known.account), locked_until: known.locked_until });
    }
    if let Some(how) = fits(tx, tenant, id, typed, now)? {
        forgive(tx, tenant, id)?;
        return Ok(Proof::Given { account: known.account, how });
    }
    let (failures, locked_until) = one_more(&known, now);
    store::account::set_failures(tx, tenant, id, failures, locked_until)?;
    Ok(Proof::Refused { account: Some(known.account), locked_until })
}

/// Uses up a code, if it is one; gives how the audit names it.
fn fits(
    tx: &mut Tx,
    tenant: &TenantId,
    id: &AccountId,
    typed: &TypedCode,
    now: Timestamp,
) -> Result<Option<&'static str>, Error> {
    let Some(factor) = second_factor::get(tx, tenant, id)?.filter(|factor| factor.confirmed_at.is_some()) else {
        return Ok(None);
    };
    Ok(match typed {
        TypedCode::Code(code) => {
            let step = steps_taken(now, factor.last_step).into_iter().find(|step| factor.secret.code(*step) == *code);
            match step {
                Some(step) => (second_factor::use_step(tx, tenant, id, step)? == Once::Now).then_some("code"),
                None => None,
            }
        }
        TypedCode::Recovery(code) => {
            let used = second_factor::use_recovery_code(tx, tenant, id, &RecoveryKey::of(id, code))?;
            (used == Once::Now).then_some("recovery-code")
        }
        TypedCode::Neither => None,
    })
}
