//! Delivers the outbox: takes what waits, sends it, and notes what came of it.

use sha2::{Digest, Sha256};
use thidua_base::code::TenantId;
use thidua_domain::notice::{Waiting, retry_after};
use thidua_store as store;
use thidua_store::notice::outbox::{self, Next};

use crate::entropy::hex;
use crate::mail::MailError;
use crate::{App, Error};

pub use crate::mail::Letter;

/// What a round of deliveries came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Letters handed in.
    pub sent: u32,
    /// Letters to be tried again.
    pub later: u32,
    /// Letters given up.
    pub given_up: u32,
}

/// Most letters of one round, so that a round ends and the program can stop.
const LETTERS_A_ROUND: u32 = 50;
/// Seconds for which a letter under way belongs to its sender; longer than a server may take.
const LEASE_SECONDS: i64 = 10 * 60;

/// Sends what waits, one letter after the other. Each is claimed in a transaction of its own before it is sent, and
/// what came of it is noted in another: a sender that perishes in between sends one letter twice at most, under the
/// same message id.
///
/// `written` words a notice; `send` hands it in; `goes_on` is asked before each letter whether to go on.
///
/// # Errors
/// Where the store fails. That a letter cannot be sent is no error: it is noted and tried again.
pub fn round(
    app: &App,
    tenant: &TenantId,
    written: impl Fn(&Waiting) -> (String, String),
    send: impl Fn(&Letter) -> Result<(), MailError>,
    goes_on: impl Fn(&Round) -> bool,
) -> Result<Round, Error> {
    let mut round = Round::default();
    let waiting = app.db.read(|tx| outbox::waiting(tx, tenant, app.clock.now(), LETTERS_A_ROUND))?;
    for notice in waiting {
        if !goes_on(&round) {
            break;
        }
        let mut tx = app.db.begin()?;
        let is_ours = outbox::claim(&mut tx, tenant, &notice, app.clock.now().plus_seconds(LEASE_SECONDS))?;
        tx.commit()?;
        if !is_ours {
            continue;
        }
        let (subject, body) = written(&notice);
        let letter =
            Letter { to_name: notice.person.clone(), to: notice.email.clone(), subject, body, id: id(tenant, &notice) };
        let done = send(&letter);
        note(app, tenant, &notice, done, &mut round)?;
    }
    Ok(round)
}

fn note(
    app: &App,
    tenant: &TenantId,
    notice: &Waiting,
    done: Result<(), MailError>,
    round: &mut Round,
) -> Result<(), Error> {
    let now = app.clock.now();
    let (account, key) = (&notice.account, notice.key.as_str());
    let mut tx: store::Tx = app.db.begin()?;
    match done {
        Ok(()) => {
            outbox::sent(&mut tx, tenant, account, key, now)?;
            round.sent += 1;
        }
        Err(fault) => {
            let again = match &fault {
                MailError::Never(_) => None,
                MailError::Later(_) | MailError::Setting { .. } => retry_after(notice.attempts.saturating_add(1)),
            };
            let next = match again {
                Some(seconds) => {
                    round.later += 1;
                    Next::Again(now.plus_seconds(seconds))
                }
                None => {
                    round.given_up += 1;
                    Next::GivenUp(now)
                }
            };
            outbox::failed(&mut tx, tenant, account, key, &fault.to_string(), next)?;
        }
    }
    tx.commit()?;
    Ok(())
}

/// The same for each attempt; tells nothing of whom or what it is about.
fn id(tenant: &TenantId, notice: &Waiting) -> String {
    let mut hasher = Sha256::new();
    for part in [tenant.as_str(), notice.account.as_str(), &notice.key] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize()[..16])
}
