//! What a proposal said and every step since, within the reach of the exemplar's place; only added to.

use thidua_base::code::{ExemplarId, TenantId};
use thidua_domain::Scope;
use thidua_domain::exemplar::{Contact, Course, Event, ExemplarKind, Profile, State};

use crate::column::{Cells, Word, scope_values};
use crate::engine::{Tx, Value};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_PROFILE = "
        INSERT INTO exemplar_profile (
            tenant, exemplar, kind, subject, method, contact_name, contact_way, movement, told_by, told_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    PROFILES = "
        SELECT exemplar, kind, subject, method, contact_name, contact_way, movement, told_by, told_at
        FROM exemplar_profile
        JOIN exemplar ON exemplar.tenant = exemplar_profile.tenant AND exemplar.id = exemplar_profile.exemplar
        WHERE exemplar_profile.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND (CAST($3 AS TEXT) IS NULL OR exemplar = CAST($3 AS TEXT))
        ORDER BY exemplar",
    INSERT_EVENT = "
        INSERT INTO exemplar_event (
            tenant, exemplar, ordinal, act, state, day, decision, size, size_scale, reason, done_by, account, done_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    EVENTS = "
        SELECT exemplar, act, state, day, decision, exemplar_event.size, exemplar_event.size_scale, reason, done_by,
            account, done_at
        FROM exemplar_event
        JOIN exemplar ON exemplar.tenant = exemplar_event.tenant AND exemplar.id = exemplar_event.exemplar
        WHERE exemplar_event.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND (CAST($3 AS TEXT) IS NULL OR exemplar = CAST($3 AS TEXT))
        ORDER BY exemplar, exemplar_event.ordinal",
);

/// Adds what proposals say; a second profile of an exemplar is a [`Error::Clash`] of `exemplar_profile_pk`.
pub fn insert_profiles(tx: &mut Tx, tenant: &TenantId, profiles: &[Profile]) -> Result<(), Error> {
    let rows = profiles.iter().map(|profile| {
        Cells::of(tenant)
            .with(&profile.exemplar)
            .with(profile.kind)
            .with(profile.subject.as_ref())
            .with(&profile.method)
            .with(&profile.contact.name)
            .with(&profile.contact.way)
            .with(profile.movement.as_ref())
            .with(&profile.by)
            .with(profile.at)
    });
    tx.insert_many(&INSERT_PROFILE, rows)
}

/// Adds events after those of their courses. Of two that would take one place the second is a [`Error::Clash`] of
/// `exemplar_event_pk`: someone was faster.
pub fn append_many(tx: &mut Tx, tenant: &TenantId, events: &[(&Course, &Event)]) -> Result<(), Error> {
    let rows = events.iter().map(|(course, event)| {
        Cells::of(tenant)
            .with(&course.exemplar)
            .place(course.events.len())
            .with(event.verb)
            .with(event.to)
            .with(event.day)
            .with(&event.decision)
            .number(event.size)
            .with(&event.reason)
            .with(&event.by)
            .with(event.account.as_ref())
            .with(event.at)
    });
    tx.insert_many(&INSERT_EVENT, rows)
}

/// What proposals of exemplars in reach say, of one or of all, by exemplar.
pub fn profiles(tx: &mut Tx, scope: &Scope, exemplar: Option<&ExemplarId>) -> Result<Vec<Profile>, Error> {
    tx.query(&PROFILES, &of(scope, exemplar), |row| {
        Ok(Profile {
            exemplar: row.next()?,
            kind: row.next()?,
            subject: row.next()?,
            method: row.next()?,
            contact: Contact { name: row.next()?, way: row.next()? },
            movement: row.next()?,
            by: row.next()?,
            at: row.next()?,
        })
    })
}

/// The courses of exemplars in reach to which something was done, of one or of all, by exemplar.
pub fn courses(tx: &mut Tx, scope: &Scope, exemplar: Option<&ExemplarId>) -> Result<Vec<Course>, Error> {
    let events = tx.query(&EVENTS, &of(scope, exemplar), |row| {
        let exemplar: ExemplarId = row.next()?;
        let event = Event {
            verb: row.next()?,
            to: row.next()?,
            day: row.next()?,
            decision: row.next()?,
            size: row.number_or_none()?,
            reason: row.next()?,
            by: row.next()?,
            account: row.next()?,
            at: row.next()?,
        };
        Ok((exemplar, event))
    })?;
    let mut courses: Vec<Course> = Vec::new();
    for (exemplar, event) in events {
        match courses.last_mut() {
            Some(course) if course.exemplar == exemplar => course.events.push(event),
            Some(_) | None => courses.push(Course { exemplar, events: vec![event] }),
        }
    }
    Ok(courses)
}

/// What every read binds: the scope, and one exemplar or NULL for all.
pub(super) fn of(scope: &Scope, exemplar: Option<&ExemplarId>) -> Vec<Value> {
    let mut values = scope_values(scope);
    values.push(exemplar.map_or(Value::Null, Value::from));
    values
}

impl Word for ExemplarKind {
    const ALL: &'static [Self] = &ExemplarKind::ALL;

    fn word(self) -> &'static str {
        ExemplarKind::word(self)
    }
}

impl Word for State {
    const ALL: &'static [Self] = &State::ALL;

    fn word(self) -> &'static str {
        State::word(self)
    }
}
