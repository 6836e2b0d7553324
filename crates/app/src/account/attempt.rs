//! A password tried on an account: the same work whether the account exists, is locked, or is let in.

use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::{Account, AccountState, lockout, password};
use thidua_domain::actor::AccountId;
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::account::{Credentials, Fit, PasswordHash};

use crate::clock::later;
use crate::{App, Error};

/// What came of it; written down, but not yet committed.
pub(super) enum Outcome {
    /// The password is right and the account may be used.
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
    let fresh = store::account::by_id(&mut tx, tenant, &id)?;
    let (outcome, failures) = decide(known, fresh, fit, now);
    let locked_until = match &outcome {
        Outcome::LetIn(_) => None,
        Outcome::TurnedAway { locked_until, .. } => *locked_until,
    };
    store::account::set_failures(&mut tx, tenant, &id, failures, locked_until)?;
    Ok((tx, outcome))
}

/// The id of no account: ids are `tk-` and digits.
const NOBODY: &str = "nobody";

/// What comes of an attempt, and how many failures in a row there now are.
fn decide(known: Option<Credentials>, fresh: Option<Credentials>, fit: Fit, now: Timestamp) -> (Outcome, u32) {
    let (Some(known), Some(fresh)) = (known, fresh) else {
        return (Outcome::TurnedAway { account: None, locked_until: None }, 0);
    };
    let account = Some(fresh.account.clone());
    let is_locked = fresh.locked_until.is_some_and(|until| now < until);
    // Neither right nor wrong: what is typed while locked tells nothing and costs the owner nothing.
    if is_locked || fresh.account.state == AccountState::Closed {
        return (Outcome::TurnedAway { account, locked_until: fresh.locked_until }, fresh.failures);
    }
    // A password changed since it was compared was compared in vain.
    let is_current = fresh.hash == known.hash;
    match fit {
        Fit::Right if is_current => (Outcome::LetIn(fresh.account), 0),
        Fit::Right | Fit::Wrong => {
            let failures = fresh.failures.saturating_add(1);
            let locked_until = lockout::pause_seconds(failures).map(|seconds| later(now, seconds));
            (Outcome::TurnedAway { account, locked_until }, failures)
        }
    }
}
