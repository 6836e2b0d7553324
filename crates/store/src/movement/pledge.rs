//! Registrations for movements and pledges: their events with what was promised; only added to.

use std::collections::BTreeMap;

use thidua_base::code::{HonourCode, MovementCode, OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::movement::{Pledge, PledgeAct, PledgeEvent, Promise, PromisedTarget};

use crate::column::{Cells, Word, scope_values};
use crate::engine::{Tx, Value};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_EVENT = "
        INSERT INTO pledge_event (
            tenant, movement, unit, ordinal, act, promise, position, reason, done_by, account, done_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    INSERT_TITLE = "
        INSERT INTO pledge_title (tenant, movement, unit, ordinal, place, honour)
        VALUES ($1, $2, $3, $4, $5, $6)",
    INSERT_TARGET = "
        INSERT INTO pledge_target (
            tenant, movement, unit, ordinal, place, indicator, period, value, scale, assigned, assigned_scale
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    EVENTS = "
        SELECT movement, unit, act, promise, position, reason, done_by, account, done_at
        FROM pledge_event
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND (CAST($3 AS TEXT) IS NULL OR movement = CAST($3 AS TEXT))
        ORDER BY movement, unit, ordinal",
    TITLES = "
        SELECT movement, unit, ordinal, honour
        FROM pledge_title
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND (CAST($3 AS TEXT) IS NULL OR movement = CAST($3 AS TEXT))
        ORDER BY movement, unit, ordinal, place",
    TARGETS = "
        SELECT movement, unit, ordinal, indicator, period, value, scale, assigned, assigned_scale
        FROM pledge_target
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND (CAST($3 AS TEXT) IS NULL OR movement = CAST($3 AS TEXT))
        ORDER BY movement, unit, ordinal, place",
);

/// Adds an event after those of the registration. Of two that would take one place the second is a [`Error::Clash`] of
/// `pledge_event_pk`: someone was faster.
pub fn append(tx: &mut Tx, tenant: &TenantId, pledge: &Pledge, event: &PledgeEvent) -> Result<(), Error> {
    let key = || Cells::of(tenant).with(&pledge.movement).with(&pledge.unit).place(pledge.events.len());
    let row = key()
        .with(event.act)
        .with(&event.promise.text)
        .with(&event.position)
        .with(&event.reason)
        .with(&event.by)
        .with(event.account.as_ref())
        .with(event.at);
    tx.execute(&INSERT_EVENT, &Vec::from(row))?;
    let titles = event.promise.titles.iter().enumerate();
    tx.insert_many(&INSERT_TITLE, titles.map(|(at, honour)| key().place(at).with(honour)))?;
    let targets = event.promise.targets.iter().enumerate();
    let rows = targets.map(|(at, target)| {
        key().place(at).with(&target.indicator).with(target.period).number(Some(target.value)).number(target.assigned)
    });
    tx.insert_many(&INSERT_TARGET, rows)
}

/// The place of an event: movement, unit, ordinal.
type Place = (MovementCode, OrgId, i64);

/// The registrations of units in reach, of one movement or of all, by movement and unit.
pub fn pledges(tx: &mut Tx, scope: &Scope, movement: Option<&MovementCode>) -> Result<Vec<Pledge>, Error> {
    let mut values = scope_values(scope);
    values.push(movement.map_or(Value::Null, Value::from));
    let mut titles: BTreeMap<Place, Vec<HonourCode>> = BTreeMap::new();
    for (place, honour) in
        tx.query(&TITLES, &values, |row| Ok(((row.next()?, row.next()?, row.next()?), row.next()?)))?
    {
        titles.entry(place).or_default().push(honour);
    }
    let mut targets: BTreeMap<Place, Vec<PromisedTarget>> = BTreeMap::new();
    for (place, target) in tx.query(&TARGETS, &values, |row| {
        let place: Place = (row.next()?, row.next()?, row.next()?);
        let target = PromisedTarget {
            indicator: row.next()?,
            period: row.next()?,
            value: row.number()?,
            assigned: row.number_or_none()?,
        };
        Ok((place, target))
    })? {
        targets.entry(place).or_default().push(target);
    }
    let events = tx.query(&EVENTS, &values, |row| {
        let (movement, unit): (MovementCode, OrgId) = (row.next()?, row.next()?);
        let event = PledgeEvent {
            act: row.next()?,
            promise: Promise { text: row.next()?, ..Promise::default() },
            position: row.next()?,
            reason: row.next()?,
            by: row.next()?,
            account: row.next()?,
            at: row.next()?,
        };
        Ok((movement, unit, event))
    })?;
    let mut pledges: Vec<Pledge> = Vec::new();
    for (movement, unit, mut event) in events {
        if pledges.last().is_none_or(|last| last.movement != movement || last.unit != unit) {
            pledges.push(Pledge::new(movement.clone(), unit.clone()));
        }
        let Some(pledge) = pledges.last_mut() else { continue };
        let ordinal = i64::try_from(pledge.events.len()).unwrap_or(i64::MAX).saturating_add(1);
        let place = (movement, unit, ordinal);
        event.promise.titles = titles.remove(&place).unwrap_or_default();
        event.promise.targets = targets.remove(&place).unwrap_or_default();
        pledge.events.push(event);
    }
    Ok(pledges)
}

impl Word for PledgeAct {
    const ALL: &'static [Self] = &PledgeAct::ALL;

    fn word(self) -> &'static str {
        PledgeAct::word(self)
    }
}
