//! Councils, their composition and sessions act by act, who cast a secret ballot, and the ballots; only added to.
//!
//! Who voted and what was voted meet nowhere: a voter's row holds no time and nothing of a ballot; ballots come all at
//! once when a vote is closed, in the order of random codes, into a table that keeps no other order.

use std::collections::BTreeMap;

use thidua_base::code::TenantId;
use thidua_domain::Scope;
use thidua_domain::council::session::Voters;
use thidua_domain::council::{
    Choice, Composition, CompositionAct, Council, CouncilId, QuestionNumber, SeatNumber, Session, SessionAct,
    SessionId, Signed, Sitting,
};

use crate::column::{Cells, Word, scope_values};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_COUNCIL = "
        INSERT INTO council (
            tenant, id, unit, name, body, origin, low, low_scale, high, high_scale, source, composed_by, composed_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    COUNCILS = "
        SELECT id, unit, name, body, origin, low, low_scale, high, high_scale, source
        FROM council
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY name, id",
    INSERT_ACT = "
        INSERT INTO council_act (tenant, council, number, record)
        VALUES ($1, $2, $3, $4)",
    ACTS = "
        SELECT council, number, record
        FROM council_act
        WHERE tenant = $1 AND (CAST($2 AS TEXT) IS NULL OR council = CAST($2 AS TEXT))
        ORDER BY council, number",
    INSERT_SESSION = "
        INSERT INTO council_session (
            tenant, id, council, held_on, place, origin, low, low_scale, high, high_scale, source, called_by, called_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    SESSIONS = "
        SELECT council_session.id, council, held_on, place, council_session.origin, council_session.low,
            council_session.low_scale, council_session.high, council_session.high_scale, council_session.source,
            called_by, called_at
        FROM council_session
        JOIN council ON council.tenant = council_session.tenant AND council.id = council
        WHERE council_session.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND (CAST($3 AS TEXT) IS NULL OR council_session.council = CAST($3 AS TEXT))
            AND (CAST($4 AS TEXT) IS NULL OR council_session.id = CAST($4 AS TEXT))
        ORDER BY held_on DESC, called_at DESC, council_session.id",
    INSERT_SESSION_ACT = "
        INSERT INTO council_session_act (tenant, session, number, record)
        VALUES ($1, $2, $3, $4)",
    SESSION_ACTS = "
        SELECT council_session_act.session, number, record
        FROM council_session_act
        JOIN council_session ON council_session.tenant = council_session_act.tenant
            AND council_session.id = council_session_act.session
        WHERE council_session_act.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR council = CAST($2 AS TEXT))
            AND (CAST($3 AS TEXT) IS NULL OR council_session_act.session = CAST($3 AS TEXT))
        ORDER BY council_session_act.session, number",
    INSERT_VOTER = "
        INSERT INTO council_voter (tenant, session, question, seat)
        VALUES ($1, $2, $3, $4)",
    VOTERS = "
        SELECT question, seat
        FROM council_voter
        WHERE tenant = $1 AND session = $2
        ORDER BY question, seat",
    INSERT_BALLOT = "
        INSERT INTO council_ballot (tenant, session, question, code, choice)
        VALUES ($1, $2, $3, $4, $5)",
    BALLOTS = "
        SELECT question, code, choice
        FROM council_ballot
        WHERE tenant = $1 AND session = $2
        ORDER BY question, code",
);

/// Adds a council.
pub fn insert(tx: &mut Tx, tenant: &TenantId, council: &Council, signed: &Signed) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&council.id)
        .with(&council.unit)
        .with(&council.name)
        .with(council.body.as_deref())
        .provenance(&council.provenance)
        .with(&signed.by)
        .with(signed.at);
    tx.execute(&INSERT_COUNCIL, &Vec::from(row)).map(drop)
}

/// The councils of units in reach, by name.
pub fn councils(tx: &mut Tx, scope: &Scope) -> Result<Vec<Council>, Error> {
    tx.query(&COUNCILS, &scope_values(scope), |row| {
        Ok(Council {
            id: row.next()?,
            unit: row.next()?,
            name: row.next()?,
            body: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

/// Adds acts of a composition after the last one, whose number is `last`; where another came meanwhile it is a
/// [`Error::Clash`] of `council_act_pk`.
pub fn add_acts(
    tx: &mut Tx,
    tenant: &TenantId,
    council: &CouncilId,
    last: i64,
    acts: &[CompositionAct],
) -> Result<(), Error> {
    let rows = (last + 1..).zip(acts);
    tx.insert_many(
        &INSERT_ACT,
        rows.map(|(number, act)| Cells::of(tenant).with(council).with(number).with(&act.record())),
    )
}

/// The compositions of one council or of all of the tenant, for councils found within reach before.
pub fn compositions(
    tx: &mut Tx,
    scope: &Scope,
    council: Option<&CouncilId>,
) -> Result<BTreeMap<CouncilId, Composition>, Error> {
    let mut found: BTreeMap<CouncilId, Composition> = BTreeMap::new();
    let values = Cells::of(&scope.tenant).with(council);
    let rows: Vec<(CouncilId, i64, String)> =
        tx.query(&ACTS, &Vec::from(values), |row| Ok((row.next()?, row.next()?, row.next()?)))?;
    for (id, number, record) in rows {
        let broken = || Error::Integrity(format!("act {number} of council {id} cannot be read"));
        let act = CompositionAct::read(&record).ok_or_else(broken)?;
        found.entry(id).or_default().take(act);
    }
    Ok(found)
}

/// Adds a session.
pub fn insert_session(tx: &mut Tx, tenant: &TenantId, session: &Session) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&session.id)
        .with(&session.council)
        .with(session.held_on)
        .with(&session.place)
        .provenance(&session.provenance)
        .with(&session.called.by)
        .with(session.called.at);
    tx.execute(&INSERT_SESSION, &Vec::from(row)).map(drop)
}

/// Adds acts of a session after the last one, whose number is `last`; where another came meanwhile it is a
/// [`Error::Clash`] of `council_session_act_pk`.
pub fn add_session_acts(
    tx: &mut Tx,
    tenant: &TenantId,
    session: &SessionId,
    last: i64,
    acts: &[SessionAct],
) -> Result<(), Error> {
    let rows = (last + 1..).zip(acts);
    let rows = rows.map(|(number, act)| Cells::of(tenant).with(session).with(number).with(&act.record()));
    tx.insert_many(&INSERT_SESSION_ACT, rows)
}

/// The sessions of councils of units in reach as their acts have made them, the latest first: of one council, one by its
/// id, or all.
pub fn sittings(
    tx: &mut Tx,
    scope: &Scope,
    council: Option<&CouncilId>,
    session: Option<&SessionId>,
) -> Result<Vec<Sitting>, Error> {
    let mut values = scope_values(scope);
    values.extend([council.into(), session.into()]);
    let mut sittings = tx.query(&SESSIONS, &values, |row: &mut Row<'_>| {
        let (id, council, held_on, place) = (row.next()?, row.next()?, row.next()?, row.next()?);
        let provenance = row.provenance()?;
        let called = Signed { by: row.next()?, at: row.next()? };
        Ok(Sitting::of(Session { id, council, held_on, place, called, provenance }))
    })?;
    let values = Cells::of(&scope.tenant).with(council).with(session);
    let rows: Vec<(SessionId, i64, String)> =
        tx.query(&SESSION_ACTS, &Vec::from(values), |row| Ok((row.next()?, row.next()?, row.next()?)))?;
    let mut acts: BTreeMap<SessionId, Vec<(i64, String)>> = BTreeMap::new();
    for (id, number, record) in rows {
        acts.entry(id).or_default().push((number, record));
    }
    for sitting in &mut sittings {
        for (number, record) in acts.remove(&sitting.session.id).unwrap_or_default() {
            let id = &sitting.session.id;
            let broken = || Error::Integrity(format!("act {number} of session {id} cannot be read"));
            let act = SessionAct::read(&record).ok_or_else(broken)?;
            sitting.take(act);
        }
    }
    Ok(sittings)
}

/// Says that a seat cast a secret ballot; a second time is a [`Error::Clash`] of `council_voter_pk`.
pub fn add_voter(
    tx: &mut Tx,
    tenant: &TenantId,
    session: &SessionId,
    question: QuestionNumber,
    seat: SeatNumber,
) -> Result<(), Error> {
    let row = Cells::of(tenant).with(session).with(i64::from(question)).with(i64::from(seat));
    tx.execute(&INSERT_VOTER, &Vec::from(row)).map(drop)
}

/// Who cast secret ballots in a session found within reach before.
pub fn voters(tx: &mut Tx, scope: &Scope, session: &SessionId) -> Result<Voters, Error> {
    let rows: Vec<(i64, i64)> =
        tx.query(&VOTERS, &Vec::from(Cells::of(&scope.tenant).with(session)), |row| Ok((row.next()?, row.next()?)))?;
    let small = |number: i64| u16::try_from(number).map_err(|_| Error::Integrity("a number of a voter".into()));
    rows.into_iter().map(|(question, seat)| Ok((small(question)?, small(seat)?))).collect()
}

/// Adds the ballots of a vote, all of them at once: in one statement and in the order of their codes, whatever the order
/// in which they were cast.
pub fn add_ballots(
    tx: &mut Tx,
    tenant: &TenantId,
    session: &SessionId,
    question: QuestionNumber,
    ballots: &BTreeMap<String, Choice>,
) -> Result<(), Error> {
    let rows = ballots.iter();
    let key = || Cells::of(tenant).with(session).with(i64::from(question));
    tx.insert_many(&INSERT_BALLOT, rows.map(|(code, choice)| key().with(code).with(*choice)))
}

/// The ballots of closed secret votes of a session found within reach before, by question and code.
pub fn ballots(
    tx: &mut Tx,
    scope: &Scope,
    session: &SessionId,
) -> Result<BTreeMap<QuestionNumber, Vec<(String, Choice)>>, Error> {
    let rows: Vec<(i64, String, Choice)> =
        tx.query(&BALLOTS, &Vec::from(Cells::of(&scope.tenant).with(session)), |row| {
            Ok((row.next()?, row.next()?, row.next()?))
        })?;
    let mut found: BTreeMap<QuestionNumber, Vec<(String, Choice)>> = BTreeMap::new();
    for (question, code, choice) in rows {
        let question = u16::try_from(question).map_err(|_| Error::Integrity("a number of a question".into()))?;
        found.entry(question).or_default().push((code, choice));
    }
    Ok(found)
}

impl Word for Choice {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        Self::word(self)
    }
}
