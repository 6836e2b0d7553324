//! Second factors: the secret that codes are made from, the last step used, and hashes of recovery codes.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use thidua_base::Timestamp;
use thidua_base::code::TenantId;
use thidua_domain::account::second_factor::{DIGITS, SECRET_BYTES, base32};
use thidua_domain::actor::AccountId;

use crate::column::Cells;
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

/// The secret shared with an app; printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; SECRET_BYTES]);

impl TotpSecret {
    /// A secret of random bytes.
    pub fn of(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(bytes)
    }

    /// The secret in letters, to be shown once to the person who enrols it.
    pub fn for_its_owner(&self) -> String {
        base32(&self.0)
    }

    /// The code of a step, by RFC 6238 with SHA-1.
    pub fn code(&self, step: i64) -> u32 {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(&step.to_be_bytes());
        let digest: [u8; 20] = mac.finalize().into_bytes().into();
        // RFC 4226 (5.3): four bytes from where the last half-byte points, without the sign.
        let at = usize::from(digest[19] & 0x0F);
        let four = [digest[at] & 0x7F, digest[at + 1], digest[at + 2], digest[at + 3]];
        let power = u32::try_from(DIGITS).expect("a code has few digits");
        u32::from_be_bytes(four) % 10_u32.pow(power)
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// A recovery code as it is kept: a hash with the account it is for. A code is 80 random bits, so no slow hash.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey([u8; 32]);

impl RecoveryKey {
    /// The key of a code, in capitals without hyphens.
    pub fn of(account: &AccountId, code: &str) -> Self {
        let mut hasher = Sha256::new();
        for part in ["thidua recovery 1", account.as_str(), code] {
            let length = u64::try_from(part.len()).expect("no text in memory is longer than u64");
            hasher.update(length.to_be_bytes());
            hasher.update(part.as_bytes());
        }
        Self(hasher.finalize().into())
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

/// A second factor as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret.
    pub secret: TotpSecret,
    /// The last step whose code was taken.
    pub last_step: Option<i64>,
    /// When it was offered.
    pub offered_at: Timestamp,
    /// When its owner showed by a code that their app has it; `None` while it is only offered.
    pub confirmed_at: Option<Timestamp>,
}

sql!(
    DELETE_FACTOR = "
        DELETE FROM second_factor
        WHERE tenant = $1 AND account = $2",
    INSERT_FACTOR = "
        INSERT INTO second_factor (tenant, account, secret, offered_at)
        VALUES ($1, $2, $3, $4)",
    FACTOR = "
        SELECT secret, last_step, offered_at, confirmed_at
        FROM second_factor
        WHERE tenant = $1 AND account = $2",
    CONFIRMED = "
        SELECT account
        FROM second_factor
        WHERE tenant = $1 AND confirmed_at IS NOT NULL
        ORDER BY account",
    CONFIRM = "
        UPDATE second_factor
        SET confirmed_at = $3
        WHERE tenant = $1 AND account = $2",
    USE_STEP = "
        UPDATE second_factor
        SET last_step = $3
        WHERE tenant = $1 AND account = $2 AND (last_step IS NULL OR last_step < $3)",
    INSERT_CODE = "
        INSERT INTO recovery_code (tenant, account, code)
        VALUES ($1, $2, $3)",
    DELETE_CODE = "
        DELETE FROM recovery_code
        WHERE tenant = $1 AND account = $2 AND code = $3",
    DELETE_CODES = "
        DELETE FROM recovery_code
        WHERE tenant = $1 AND account = $2",
    CODES = "
        SELECT COUNT(*)
        FROM recovery_code
        WHERE tenant = $1 AND account = $2",
);

/// Whether something that may be done once was done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Once {
    /// It was.
    Now,
    /// Someone was there before, or there is nothing to use.
    Never,
}

/// Offers a secret in place of what there was; it counts once it is confirmed.
pub fn offer(
    tx: &mut Tx,
    tenant: &TenantId,
    account: &AccountId,
    secret: &TotpSecret,
    at: Timestamp,
) -> Result<(), Error> {
    tx.execute(&DELETE_FACTOR, &Vec::from(Cells::of(tenant).with(account)))?;
    let row = Cells::of(tenant).with(account).with(secret.0.as_slice()).with(at);
    tx.execute(&INSERT_FACTOR, &Vec::from(row)).map(drop)
}

/// The second factor of an account, offered or confirmed.
pub fn get(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<Option<SecondFactor>, Error> {
    tx.query_first(&FACTOR, &Vec::from(Cells::of(tenant).with(account)), |row| {
        let bytes: Vec<u8> = row.next()?;
        let secret = bytes.try_into().map_err(|_| Error::Integrity("a secret has twenty bytes".to_owned()))?;
        Ok(SecondFactor {
            secret: TotpSecret(secret),
            last_step: row.next()?,
            offered_at: row.next()?,
            confirmed_at: row.next()?,
        })
    })
}

/// The accounts of a tenant whose second factor is confirmed, by id.
pub fn confirmed(tx: &mut Tx, tenant: &TenantId) -> Result<Vec<AccountId>, Error> {
    tx.query(&CONFIRMED, &Vec::from(Cells::of(tenant)), |row| row.next())
}

/// Notes that its owner has shown a code.
pub fn confirm(tx: &mut Tx, tenant: &TenantId, account: &AccountId, at: Timestamp) -> Result<(), Error> {
    tx.execute(&CONFIRM, &Vec::from(Cells::of(tenant).with(account).with(at))).map(drop)
}

/// Uses up the codes of a step and of those before it; one of two who come at once is too late.
pub fn use_step(tx: &mut Tx, tenant: &TenantId, account: &AccountId, step: i64) -> Result<Once, Error> {
    once(tx.execute(&USE_STEP, &Vec::from(Cells::of(tenant).with(account).with(step)))?)
}

/// Takes the second factor away, with its recovery codes; gives how many there were, none or one.
pub fn delete(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<u64, Error> {
    tx.execute(&DELETE_CODES, &Vec::from(Cells::of(tenant).with(account)))?;
    tx.execute(&DELETE_FACTOR, &Vec::from(Cells::of(tenant).with(account)))
}

/// Puts recovery codes in place of those there were.
pub fn set_recovery_codes(
    tx: &mut Tx,
    tenant: &TenantId,
    account: &AccountId,
    codes: &[RecoveryKey],
) -> Result<(), Error> {
    tx.execute(&DELETE_CODES, &Vec::from(Cells::of(tenant).with(account)))?;
    for code in codes {
        tx.execute(&INSERT_CODE, &Vec::from(Cells::of(tenant).with(account).with(code.0.as_slice())))?;
    }
    Ok(())
}

/// Uses up a recovery code.
pub fn use_recovery_code(
    tx: &mut Tx,
    tenant: &TenantId,
    account: &AccountId,
    code: &RecoveryKey,
) -> Result<Once, Error> {
    once(tx.execute(&DELETE_CODE, &Vec::from(Cells::of(tenant).with(account).with(code.0.as_slice())))?)
}

/// How many recovery codes are left.
pub fn recovery_codes_left(tx: &mut Tx, tenant: &TenantId, account: &AccountId) -> Result<i64, Error> {
    let left = tx.query_first(&CODES, &Vec::from(Cells::of(tenant).with(account)), |row| row.next())?;
    Ok(left.unwrap_or(0))
}

fn once(rows: u64) -> Result<Once, Error> {
    Ok(if rows == 1 { Once::Now } else { Once::Never })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standards_own_examples() {
        // RFC 6238, appendix B, SHA-1, the last six of its eight digits.
        let secret = TotpSecret::of(*b"12345678901234567890");
        for (second, code) in [
            (59_i64, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(secret.code(second / 30), code, "{second}");
        }
        assert_eq!(secret.for_its_owner(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(format!("{secret:?}"), "TotpSecret(…)");
    }

    #[test]
    fn one_recovery_code_has_another_key_for_another_account() {
        let account = |id: &str| AccountId::parse(id).unwrap();
        let one = RecoveryKey::of(&account("tk-1"), "ABCD");
        assert_eq!(one, RecoveryKey::of(&account("tk-1"), "ABCD"));
        assert_ne!(one, RecoveryKey::of(&account("tk-2"), "ABCD"));
        assert_ne!(one, RecoveryKey::of(&account("tk-1"), "ABCE"));
        assert_eq!(format!("{one:?}"), "RecoveryKey(…)");
    }
}
