//! Decisions on awards: drafts, signature, what happened after; only added to.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::decision::{
    Act, Bonus, Decision, DecisionId, Draft, Event, FundId, Granted, Line, Signature, SignedAs, State,
};
use thidua_domain::subject::fact::Authority;
use thidua_domain::subject::{FactId, SubjectId, Term};

use crate::column::{Cells, Word, scope_values};
use crate::engine::{Row, Tx, Value};
use crate::error::Error;
use crate::statement::sql;
use crate::subject::Told;
use crate::subject::fact::number_key;

sql!(
    INSERT_DECISION = "
        INSERT INTO decision (tenant, id, issuer)
        VALUES ($1, $2, $3)",
    INSERT_EVENT = "
        INSERT INTO decision_event (
            tenant, decision, ordinal, act, line, number, number_key, day, signer, position, signed_as, name, reason,
            vnd, done_by, account, done_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    INSERT_DRAFT = "
        INSERT INTO decision_draft (tenant, decision, ordinal, authority, title, year, commendation, fund)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    INSERT_LINE = "
        INSERT INTO decision_line (
            tenant, decision, ordinal, line, subject, kind, name, unit, honour, achievement, duty, dossier
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    INSERT_GRANTED = "
        INSERT INTO decision_granted (
            tenant, decision, line, fact, times, times_scale, base_salary, vnd, cite, confidence
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    DRAFT = "
        SELECT r.ordinal, d.issuer, r.authority, r.title, r.year, r.commendation, r.fund
        FROM decision AS d
        JOIN decision_draft AS r ON r.tenant = d.tenant AND r.decision = d.id
        WHERE d.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR d.issuer IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND d.id = $3
        ORDER BY r.ordinal DESC
        LIMIT 1",
    LINES = "
        SELECT subject, kind, name, unit, honour, achievement, duty, dossier
        FROM decision_line
        WHERE tenant = $1 AND decision = $2 AND ordinal = $3
        ORDER BY line",
    EVENTS = "
        SELECT act, line, number, day, signer, position, signed_as, name, reason, vnd, done_by, account, done_at
        FROM decision_event
        WHERE tenant = $1 AND decision = $2
        ORDER BY ordinal",
    GRANTED = "
        SELECT line, fact, times, times_scale, base_salary, vnd, cite, confidence
        FROM decision_granted
        WHERE tenant = $1 AND decision = $2
        ORDER BY line",
    HEADS = "
        SELECT d.id, d.issuer, r.title, r.year, r.authority,
            (SELECT COUNT(*) FROM decision_line AS l
             WHERE l.tenant = r.tenant AND l.decision = r.decision AND l.ordinal = r.ordinal),
            s.number, s.day,
            (SELECT COUNT(*) FROM decision_event AS x
             WHERE x.tenant = d.tenant AND x.decision = d.id AND x.act = 'drop')
        FROM decision AS d
        JOIN decision_draft AS r ON r.tenant = d.tenant AND r.decision = d.id
        LEFT JOIN decision_event AS s ON s.tenant = d.tenant AND s.decision = d.id AND s.act = 'sign'
        WHERE d.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR d.issuer IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND NOT EXISTS (
                SELECT 1 FROM decision_draft AS n
                WHERE n.tenant = r.tenant AND n.decision = r.decision AND n.ordinal > r.ordinal
            )
        ORDER BY s.day DESC NULLS FIRST, d.id",
    NUMBERS = "
        SELECT d.id, s.day
        FROM decision_event AS s
        JOIN decision AS d ON d.tenant = s.tenant AND d.id = s.decision
        WHERE s.tenant = $1 AND s.act = 'sign' AND s.number_key = $2 AND d.issuer = $3 AND s.day BETWEEN $4 AND $5
        ORDER BY s.day",
    DUE = "
        SELECT d.id, s.number, s.day, g.line, l.subject, l.name, l.unit, l.honour, g.vnd,
            (SELECT CAST(COALESCE(SUM(p.vnd), 0) AS BIGINT) FROM decision_event AS p
             WHERE p.tenant = g.tenant AND p.decision = g.decision AND p.act = 'pay' AND p.line = g.line)
        FROM decision AS d
        JOIN decision_event AS s ON s.tenant = d.tenant AND s.decision = d.id AND s.act = 'sign'
        JOIN decision_granted AS g ON g.tenant = d.tenant AND g.decision = d.id
        JOIN decision_line AS l ON l.tenant = g.tenant AND l.decision = g.decision AND l.line = g.line
        WHERE d.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR d.issuer IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND g.vnd > 0
            AND NOT EXISTS (
                SELECT 1 FROM decision_draft AS n
                WHERE n.tenant = l.tenant AND n.decision = l.decision AND n.ordinal > l.ordinal
            )
            AND NOT EXISTS (
                SELECT 1 FROM decision_event AS r
                WHERE r.tenant = g.tenant AND r.decision = g.decision AND r.act = 'revoke' AND r.line = g.line
            )
        ORDER BY s.day, d.id, g.line",
    COMMITTED = "
        SELECT r.fund, g.decision, g.line, g.vnd,
            (SELECT COUNT(*) FROM decision_event AS e
             WHERE e.tenant = g.tenant AND e.decision = g.decision AND e.act = 'revoke' AND e.line = g.line),
            (SELECT CAST(COALESCE(SUM(e.vnd), 0) AS BIGINT) FROM decision_event AS e
             WHERE e.tenant = g.tenant AND e.decision = g.decision AND e.act = 'pay' AND e.line = g.line)
        FROM decision_draft AS r
        JOIN decision_granted AS g ON g.tenant = r.tenant AND g.decision = r.decision
        WHERE r.tenant = $1 AND r.fund IS NOT NULL AND (CAST($2 AS TEXT) IS NULL OR r.fund = $2)
            AND NOT EXISTS (
                SELECT 1 FROM decision_draft AS n
                WHERE n.tenant = r.tenant AND n.decision = r.decision AND n.ordinal > r.ordinal
            )
        ORDER BY r.fund, g.decision, g.line",
);

/// A decision as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Identity.
    pub id: DecisionId,
    /// In whose name.
    pub issuer: OrgId,
    /// What it is about.
    pub title: String,
    /// The year of the achievements.
    pub year: i16,
    /// Who has the authority.
    pub authority: Authority,
    /// How many lines.
    pub lines: i64,
    /// Number and day, once signed.
    pub signed: Option<(String, Date)>,
    /// Where it stands.
    pub state: State,
}

/// A bonus that was not paid, or not whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The decision.
    pub decision: DecisionId,
    /// Its number.
    pub number: String,
    /// Its day.
    pub on: Date,
    /// The line, from 1.
    pub line: i64,
    /// Whose.
    pub subject: SubjectId,
    /// The name in the decision.
    pub name: String,
    /// The unit.
    pub unit: OrgId,
    /// The honour.
    pub honour: HonourCode,
    /// The bonus, in đồng.
    pub vnd: i64,
    /// What was paid of it, in đồng.
    pub paid: i64,
}

/// What a fund has promised and paid, in đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Commitment {
    /// Bonuses of awards that stand, and what was paid for those taken back.
    pub committed: i64,
    /// What was paid.
    pub paid: i64,
}

/// Adds a decision, without anything that was done with it.
pub fn insert(tx: &mut Tx, tenant: &TenantId, id: &DecisionId, issuer: &OrgId) -> Result<(), Error> {
    tx.execute(&INSERT_DECISION, &Vec::from(Cells::of(tenant).with(id).with(issuer))).map(drop)
}

/// Adds what was done with a decision after so many events; the draft goes with [`Act::Draft`]. Of two that would take
/// one place the second is a [`Error::Clash`] of `decision_event_pk`: someone was faster.
pub fn append(
    tx: &mut Tx,
    tenant: &TenantId,
    id: &DecisionId,
    after: usize,
    event: &Event,
    draft: Option<&Draft>,
) -> Result<(), Error> {
    let key = || Cells::of(tenant).with(id).place(after);
    let flat = Flat::of(&event.act);
    let row = key()
        .with(flat.act)
        .with(flat.line)
        .with(flat.number)
        .with(number_key(flat.number).as_str())
        .with(flat.day)
        .with(flat.signer)
        .with(flat.position)
        .with(flat.signed_as)
        .with(flat.name)
        .with(flat.reason)
        .with(flat.vnd)
        .with(&event.by)
        .with(event.account.as_ref())
        .with(event.at);
    tx.execute(&INSERT_EVENT, &Vec::from(row))?;
    let Some(draft) = draft else { return Ok(()) };
    let row = key()
        .with(Term::word(draft.authority))
        .with(&draft.title)
        .with(draft.year)
        .with(draft.commendation)
        .with(draft.fund.as_ref());
    tx.execute(&INSERT_DRAFT, &Vec::from(row))?;
    let lines = draft.lines.iter().enumerate().map(|(at, line)| {
        key()
            .place(at)
            .with(&line.subject)
            .with(line.kind)
            .with(&line.name)
            .with(&line.unit)
            .with(&line.honour)
            .with(&line.achievement)
            .with(line.duty)
            .with(line.dossier.as_ref())
    });
    tx.insert_many(&INSERT_LINE, lines)
}

/// Adds what a signature made of the lines of a decision; their facts are there already.
pub fn grant(tx: &mut Tx, tenant: &TenantId, id: &DecisionId, granted: &[Granted]) -> Result<(), Error> {
    let rows = granted.iter().map(|one| {
        let line = one.line.checked_sub(1).expect("lines count from 1");
        let bonus = &one.bonus;
        Cells::of(tenant)
            .with(id)
            .place(line)
            .with(&one.fact)
            .number(bonus.times)
            .with(bonus.base_salary)
            .with(bonus.vnd)
            .with(&bonus.cite)
            .with(&bonus.confidence)
    });
    tx.insert_many(&INSERT_GRANTED, rows)
}

/// A decision of a unit in reach, with its last draft and everything that happened to it.
pub fn decision(tx: &mut Tx, scope: &Scope, id: &DecisionId) -> Result<Option<Decision>, Error> {
    let mut values = scope_values(scope);
    values.push(id.into());
    let Some((ordinal, mut draft)) = tx.query_first(&DRAFT, &values, |row| {
        let ordinal: i64 = row.next()?;
        let draft = Draft {
            issuer: row.next()?,
            authority: row.next::<Told<Authority>>()?.0,
            title: row.next()?,
            year: row.next()?,
            commendation: row.next()?,
            fund: row.next()?,
            lines: Vec::new(),
        };
        Ok((ordinal, draft))
    })?
    else {
        return Ok(None);
    };
    let of = [(&scope.tenant).into(), id.into()];
    draft.lines = tx.query(&LINES, &[(&scope.tenant).into(), id.into(), ordinal.into()], |row| {
        Ok(Line {
            subject: row.next()?,
            kind: row.next()?,
            name: row.next()?,
            unit: row.next()?,
            honour: row.next()?,
            achievement: row.next()?,
            duty: row.next()?,
            dossier: row.next()?,
        })
    })?;
    let events = tx.query(&EVENTS, &of, event_from)?;
    let granted = tx.query(&GRANTED, &of, |row| {
        Ok(Granted {
            line: index(row)?,
            fact: row.next::<FactId>()?,
            bonus: Bonus {
                times: row.number_or_none()?,
                base_salary: row.next()?,
                vnd: row.next()?,
                cite: row.next()?,
                confidence: row.next()?,
            },
        })
    })?;
    Ok(Some(Decision { id: id.clone(), draft, events, granted }))
}

/// The decisions of units in reach: drafts first, then the latest.
pub fn heads(tx: &mut Tx, scope: &Scope) -> Result<Vec<Head>, Error> {
    tx.query(&HEADS, &scope_values(scope), |row| {
        let (id, issuer, title, year) = (row.next()?, row.next()?, row.next()?, row.next()?);
        let authority = row.next::<Told<Authority>>()?.0;
        let lines = row.next()?;
        let signed = match (row.next::<Option<String>>()?, row.next::<Option<Date>>()?) {
            (Some(number), Some(on)) => Some((number, on)),
            _ => None,
        };
        let dropped: i64 = row.next()?;
        let state = match (&signed, dropped) {
            (Some(_), _) => State::Signed,
            (None, 0) => State::Draft,
            (None, _) => State::Dropped,
        };
        Ok(Head { id, issuer, title, year, authority, lines, signed, state })
    })
}

/// The decisions of a unit and year that have a number, with their days.
pub fn with_number(
    tx: &mut Tx,
    tenant: &TenantId,
    issuer: &OrgId,
    number: &str,
    year: (Date, Date),
) -> Result<Vec<(DecisionId, Date)>, Error> {
    let key = number_key(number);
    let values = [tenant.into(), key.as_str().into(), issuer.into(), year.0.into(), year.1.into()];
    tx.query(&NUMBERS, &values, |row| Ok((row.next()?, row.next()?)))
}

/// What was awarded by units in reach and not paid whole, the oldest decision first.
pub fn due(tx: &mut Tx, scope: &Scope) -> Result<Vec<Due>, Error> {
    let rows = tx.query(&DUE, &scope_values(scope), |row| {
        Ok(Due {
            decision: row.next()?,
            number: row.next()?,
            on: row.next()?,
            line: row.next()?,
            subject: row.next()?,
            name: row.next()?,
            unit: row.next()?,
            honour: row.next()?,
            vnd: row.next()?,
            paid: row.next()?,
        })
    })?;
    Ok(rows.into_iter().filter(|due| due.paid < due.vnd).collect())
}

/// What a fund of the tenant has promised and paid, or every one where none is named.
pub fn commitments(
    tx: &mut Tx,
    tenant: &TenantId,
    fund: Option<&FundId>,
) -> Result<BTreeMap<FundId, Commitment>, Error> {
    let mut all: BTreeMap<FundId, Commitment> = BTreeMap::new();
    let rows = tx.query(&COMMITTED, &[tenant.into(), fund.map_or(Value::Null, Value::from)], |row| {
        let (fund, _decision, _line) = (row.next::<FundId>()?, row.next::<DecisionId>()?, row.next::<i64>()?);
        Ok((fund, row.next::<i64>()?, row.next::<i64>()?, row.next::<i64>()?))
    })?;
    for (fund, vnd, revoked, paid) in rows {
        let sum = all.entry(fund).or_default();
        sum.committed = sum.committed.saturating_add(if revoked == 0 { vnd.max(paid) } else { paid });
        sum.paid = sum.paid.saturating_add(paid);
    }
    Ok(all)
}

/// The columns of an act.
struct Flat<'a> {
    act: Kind,
    line: Option<i64>,
    number: &'a str,
    day: Option<Date>,
    signer: &'a str,
    position: &'a str,
    signed_as: Option<SignedAs>,
    name: &'a str,
    reason: &'a str,
    vnd: Option<i64>,
}

impl<'a> Flat<'a> {
    fn of(act: &'a Act) -> Self {
        let none = |act| Flat {
            act,
            line: None,
            number: "",
            day: None,
            signer: "",
            position: "",
            signed_as: None,
            name: "",
            reason: "",
            vnd: None,
        };
        let place = |line: usize| i64::try_from(line).ok();
        match act {
            Act::Draft => none(Kind::Draft),
            Act::Sign(signature) => Flat {
                number: &signature.number,
                day: Some(signature.on),
                signer: &signature.signer,
                position: &signature.position,
                signed_as: Some(signature.signed_as),
                ..none(Kind::Sign)
            },
            Act::Drop { reason } => Flat { reason, ..none(Kind::Drop) },
            Act::Revoke { line, number, on, reason } => {
                Flat { line: place(*line), number, day: Some(*on), reason, ..none(Kind::Revoke) }
            }
            Act::Correct { line, name, number, on, reason } => {
                Flat { line: place(*line), name, number, day: Some(*on), reason, ..none(Kind::Correct) }
            }
            Act::Pay { line, number, on, vnd } => {
                Flat { line: place(*line), number, day: Some(*on), vnd: Some(*vnd), ..none(Kind::Pay) }
            }
        }
    }
}

fn event_from(row: &mut Row<'_>) -> Result<Event, Error> {
    let kind: Kind = row.next()?;
    let line: Option<i64> = row.next()?;
    let line = line.and_then(|line| usize::try_from(line).ok());
    let number: String = row.next()?;
    let day: Option<Date> = row.next()?;
    let (signer, position): (String, String) = (row.next()?, row.next()?);
    let signed_as: Option<SignedAs> = row.next()?;
    let (name, reason): (String, String) = (row.next()?, row.next()?);
    let vnd: Option<i64> = row.next()?;
    let act = match (kind, line, day, signed_as, vnd) {
        (Kind::Draft, _, _, _, _) => Act::Draft,
        (Kind::Sign, _, Some(on), Some(signed_as), _) => {
            Act::Sign(Signature { number, on, signer, position, signed_as })
        }
        (Kind::Drop, _, _, _, _) => Act::Drop { reason },
        (Kind::Revoke, Some(line), Some(on), _, _) => Act::Revoke { line, number, on, reason },
        (Kind::Correct, Some(line), Some(on), _, _) => Act::Correct { line, name, number, on, reason },
        (Kind::Pay, Some(line), Some(on), _, Some(vnd)) => Act::Pay { line, number, on, vnd },
        _ => return Err(row.wrong("what the act needs")),
    };
    Ok(Event { act, by: row.next()?, account: row.next()?, at: row.next()? })
}

fn index(row: &mut Row<'_>) -> Result<usize, Error> {
    let line: i64 = row.next()?;
    usize::try_from(line).map_err(|_| row.wrong("a place from 1"))
}

/// What was done, without its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Draft,
    Sign,
    Drop,
    Revoke,
    Correct,
    Pay,
}

impl Word for Kind {
    const ALL: &'static [Self] = &[Self::Draft, Self::Sign, Self::Drop, Self::Revoke, Self::Correct, Self::Pay];

    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sign => "sign",
            Self::Drop => "drop",
            Self::Revoke => "revoke",
            Self::Correct => "correct",
            Self::Pay => "pay",
        }
    }
}

impl Word for SignedAs {
    const ALL: &'static [Self] = &SignedAs::ALL;

    fn word(self) -> &'static str {
        SignedAs::word(self)
    }
}
