//! The outbox: notices that wait, each sent once, tried again when sending fails.

use thidua_base::code::TenantId;
use thidua_base::{Date, Timestamp};
use thidua_domain::actor::AccountId;
use thidua_domain::collection::ReminderKind;
use thidua_domain::notice::{Notice, Waiting};
use thidua_law::WorkingDays;

use crate::column::{Cells, Word};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_NOTICE = "
        INSERT INTO notice (
            tenant, account, reminder, kind, step, form, form_name, period, unit, unit_name, last_day, days_left,
            certainty, written_at, attempts, next_at, fault
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ON CONFLICT (tenant, account, reminder) DO NOTHING",
    SUPERSEDE = "
        UPDATE notice
        SET given_up_at = $6, fault = 'superseded'
        WHERE tenant = $1 AND account = $2 AND form = $3 AND period = $4 AND unit = $5
            AND sent_at IS NULL AND given_up_at IS NULL AND reminder <> $7",
    WAITING = "
        SELECT notice.reminder, notice.account, account.display_name, account_contact.email, notice.kind, notice.step,
            notice.form, notice.form_name, notice.period, notice.unit, notice.unit_name, notice.last_day,
            notice.days_left, notice.certainty, notice.written_at, notice.attempts, notice.next_at
        FROM notice
        JOIN account ON account.tenant = notice.tenant AND account.id = notice.account
        JOIN account_contact
            ON account_contact.tenant = notice.tenant AND account_contact.account = notice.account
        WHERE notice.tenant = $1 AND notice.next_at <= $2 AND notice.sent_at IS NULL AND notice.given_up_at IS NULL
            AND account.state = 'open'
        ORDER BY notice.next_at, notice.account, notice.reminder
        LIMIT $3",
    CLAIM = "
        UPDATE notice
        SET attempts = $5, next_at = $6
        WHERE tenant = $1 AND account = $2 AND reminder = $3 AND next_at = $4
            AND sent_at IS NULL AND given_up_at IS NULL",
    SENT = "
        UPDATE notice
        SET sent_at = $4, fault = ''
        WHERE tenant = $1 AND account = $2 AND reminder = $3",
    FAILED = "
        UPDATE notice
        SET fault = $4, next_at = $5, given_up_at = $6
        WHERE tenant = $1 AND account = $2 AND reminder = $3 AND sent_at IS NULL",
    STANDING = "
        SELECT attempts, sent_at, given_up_at, fault
        FROM notice
        WHERE tenant = $1 AND account = $2 AND reminder = $3",
);

/// Where a notice stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How often it was tried.
    pub attempts: u32,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When it was given up, or replaced by a more urgent one.
    pub given_up_at: Option<Timestamp>,
    /// What failed last; empty where nothing did.
    pub fault: String,
}

/// What follows a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is tried again at this instant.
    Again(Timestamp),
    /// It is given up, at this instant.
    GivenUp(Timestamp),
}

/// Puts a notice in the outbox; one that is there already, sent or not, stays as it is. What waits for the same person
/// about the same sheet is replaced. Gives whether it was new.
pub fn put(tx: &mut Tx, tenant: &TenantId, notice: &Notice) -> Result<bool, Error> {
    let Notice { account, reminder, form_name, unit_name, written_at } = notice;
    let key = reminder.key();
    let row = Cells::of(tenant)
        .with(account)
        .with(key.as_str())
        .with(reminder.kind.word())
        .with(reminder.kind.step().map(i64::from))
        .with(&reminder.form)
        .with(form_name)
        .with(reminder.period)
        .with(&reminder.unit)
        .with(unit_name)
        .with(reminder.until)
        .with(reminder.left.days)
        .with(Certainty::of(reminder.left.is_certain))
        .with(*written_at)
        .with(0_i64)
        .with(*written_at)
        .with("");
    let is_new = tx.execute(&INSERT_NOTICE, &Vec::from(row))? > 0;
    if is_new {
        let others = Cells::of(tenant)
            .with(account)
            .with(&reminder.form)
            .with(reminder.period)
            .with(&reminder.unit)
            .with(*written_at)
            .with(key.as_str());
        tx.execute(&SUPERSEDE, &Vec::from(others))?;
    }
    Ok(is_new)
}

/// Notices whose turn has come, to open accounts with an address, at most so many, the one that waited longest first.
pub fn waiting(tx: &mut Tx, tenant: &TenantId, now: Timestamp, most: u32) -> Result<Vec<Waiting>, Error> {
    tx.query(&WAITING, &Vec::from(Cells::of(tenant).with(now).with(i64::from(most))), waiting_from)
}

/// Takes a notice for sending: counts the attempt and sets when it may be taken again, should the sender perish.
/// `false` where another sender took it first.
pub fn claim(tx: &mut Tx, tenant: &TenantId, notice: &Waiting, until: Timestamp) -> Result<bool, Error> {
    let row = key_of(tenant, &notice.account, &notice.key)
        .with(notice.next_at)
        .with(i64::from(notice.attempts.saturating_add(1)))
        .with(until);
    Ok(tx.execute(&CLAIM, &Vec::from(row))? > 0)
}

/// Notes that a notice was sent.
pub fn sent(tx: &mut Tx, tenant: &TenantId, account: &AccountId, key: &str, at: Timestamp) -> Result<(), Error> {
    tx.execute(&SENT, &Vec::from(key_of(tenant, account, key).with(at))).map(drop)
}

/// Notes that sending failed, why, and when it is tried again; or that it is given up.
pub fn failed(
    tx: &mut Tx,
    tenant: &TenantId,
    account: &AccountId,
    key: &str,
    fault: &str,
    next: Next,
) -> Result<(), Error> {
    let (next_at, given_up_at) = match next {
        Next::Again(next_at) => (next_at, None),
        Next::GivenUp(at) => (at, Some(at)),
    };
    let row = key_of(tenant, account, key).with(fault).with(next_at).with(given_up_at);
    tx.execute(&FAILED, &Vec::from(row)).map(drop)
}

/// Where a notice stands, if it is in the outbox.
pub fn standing(tx: &mut Tx, tenant: &TenantId, account: &AccountId, key: &str) -> Result<Option<Standing>, Error> {
    tx.query_first(&STANDING, &Vec::from(key_of(tenant, account, key)), |row| {
        let attempts: i64 = row.next()?;
        Ok(Standing {
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            sent_at: row.next()?,
            given_up_at: row.next()?,
            fault: row.next()?,
        })
    })
}

fn key_of(tenant: &TenantId, account: &AccountId, key: &str) -> Cells {
    Cells::of(tenant).with(account).with(key)
}

fn waiting_from(row: &mut Row<'_>) -> Result<Waiting, Error> {
    let (key, account, person, email) = (row.next()?, row.next()?, row.next()?, row.next()?);
    let word: String = row.next()?;
    let step: Option<u8> = row.next()?;
    let kind = ReminderKind::read(&word, step)
        .ok_or_else(|| Error::Integrity(format!("'{word}' with step {step:?} is no kind of reminder")))?;
    let (form, form_name, period, unit, unit_name) = (row.next()?, row.next()?, row.next()?, row.next()?, row.next()?);
    let until: Date = row.next()?;
    let days: i64 = row.next()?;
    let certainty: Certainty = row.next()?;
    let written_at = row.next()?;
    let attempts: i64 = row.next()?;
    Ok(Waiting {
        key,
        account,
        person,
        email,
        kind,
        form,
        form_name,
        period,
        unit,
        unit_name,
        until,
        left: WorkingDays { days, is_certain: certainty == Certainty::Certain },
        written_at,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        next_at: row.next()?,
    })
}

/// Whether a count of working days was certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Certainty {
    Certain,
    Uncertain,
}

impl Certainty {
    fn of(is_certain: bool) -> Self {
        if is_certain { Self::Certain } else { Self::Uncertain }
    }
}

impl Word for Certainty {
    const ALL: &'static [Self] = &[Self::Certain, Self::Uncertain];

    fn word(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Uncertain => "uncertain",
        }
    }
}
