//! Emulation movements with their other names and owners, and the occasions of the year.

pub mod course;
pub mod pledge;
pub mod review;

use std::collections::BTreeMap;

use thidua_base::code::{MovementCode, OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::movement::{Movement, MovementKind, Occasion};

use crate::column::{Cells, Word};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_MOVEMENT = "
        INSERT INTO movement (
            tenant, code, name, kind, scope, field, year_from, year_to, launched_by, content, ordinal,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    MOVEMENTS = "
        SELECT code, name, kind, scope, field, year_from, year_to, launched_by, content, ordinal,
            origin, low, low_scale, high, high_scale, source
        FROM movement
        WHERE tenant = $1
        ORDER BY ordinal, code",
    INSERT_ALIAS = "
        INSERT INTO movement_alias (tenant, movement, ordinal, alias)
        VALUES ($1, $2, $3, $4)",
    ALIASES = "
        SELECT movement, alias
        FROM movement_alias
        WHERE tenant = $1
        ORDER BY movement, ordinal",
    INSERT_OWNER = "
        INSERT INTO movement_owner (tenant, movement, ordinal, unit)
        VALUES ($1, $2, $3, $4)",
    OWNERS = "
        SELECT movement, unit
        FROM movement_owner
        WHERE tenant = $1
        ORDER BY movement, ordinal",
    INSERT_OCCASION = "
        INSERT INTO occasion (
            tenant, code, kind, name, happened_on, term_from, term_to, movement,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    OCCASIONS = "
        SELECT code, kind, name, happened_on, term_from, term_to, movement,
            origin, low, low_scale, high, high_scale, source
        FROM occasion
        WHERE tenant = $1
        ORDER BY happened_on, code",
);

/// Adds movements with their other names and owners.
pub fn insert_movements(tx: &mut Tx, tenant: &TenantId, movements: &[Movement]) -> Result<(), Error> {
    let rows = movements.iter().map(|movement| {
        Cells::of(tenant)
            .with(&movement.code)
            .with(&movement.name)
            .with(movement.kind)
            .with(&movement.scope)
            .with(&movement.field)
            .with(movement.year_from)
            .with(movement.year_to)
            .with(movement.launched_by.as_ref())
            .with(&movement.content)
            .with(movement.ordinal)
            .provenance(&movement.provenance)
    });
    tx.insert_many(&INSERT_MOVEMENT, rows)?;
    let aliases = movements.iter().flat_map(|movement| {
        let of = movement.aliases.iter().enumerate();
        of.map(move |(at, alias)| Cells::of(tenant).with(&movement.code).place(at).with(alias))
    });
    tx.insert_many(&INSERT_ALIAS, aliases)?;
    let owners = movements.iter().flat_map(|movement| {
        let of = movement.owners.iter().enumerate();
        of.map(move |(at, owner)| Cells::of(tenant).with(&movement.code).place(at).with(owner))
    });
    tx.insert_many(&INSERT_OWNER, owners)
}

/// Every movement, in list order. A movement calls on everyone, so every actor of the tenant sees all.
pub fn movements(tx: &mut Tx, scope: &Scope) -> Result<Vec<Movement>, Error> {
    let tenant = [(&scope.tenant).into()];
    let mut aliases: BTreeMap<MovementCode, Vec<String>> = BTreeMap::new();
    for (movement, alias) in tx.query(&ALIASES, &tenant, |row| Ok((row.next::<MovementCode>()?, row.next()?)))? {
        aliases.entry(movement).or_default().push(alias);
    }
    let mut owners: BTreeMap<MovementCode, Vec<OrgId>> = BTreeMap::new();
    for (movement, owner) in tx.query(&OWNERS, &tenant, |row| Ok((row.next::<MovementCode>()?, row.next()?)))? {
        owners.entry(movement).or_default().push(owner);
    }
    tx.query(&MOVEMENTS, &tenant, |row| {
        let code: MovementCode = row.next()?;
        Ok(Movement {
            aliases: aliases.remove(&code).unwrap_or_default(),
            owners: owners.remove(&code).unwrap_or_default(),
            code,
            name: row.next()?,
            kind: row.next()?,
            scope: row.next()?,
            field: row.next()?,
            year_from: row.next()?,
            year_to: row.next()?,
            launched_by: row.next()?,
            content: row.next()?,
            ordinal: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

/// Adds occasions.
pub fn insert_occasions(tx: &mut Tx, tenant: &TenantId, occasions: &[Occasion]) -> Result<(), Error> {
    let rows = occasions.iter().map(|occasion| {
        Cells::of(tenant)
            .with(&occasion.code)
            .with(&occasion.kind)
            .with(&occasion.name)
            .with(occasion.on)
            .with(occasion.term_from)
            .with(occasion.term_to)
            .with(occasion.movement.as_ref())
            .provenance(&occasion.provenance)
    });
    tx.insert_many(&INSERT_OCCASION, rows)
}

/// Every occasion, by day.
pub fn occasions(tx: &mut Tx, scope: &Scope) -> Result<Vec<Occasion>, Error> {
    tx.query(&OCCASIONS, &[(&scope.tenant).into()], |row| {
        Ok(Occasion {
            code: row.next()?,
            kind: row.next()?,
            name: row.next()?,
            on: row.next()?,
            term_from: row.next()?,
            term_to: row.next()?,
            movement: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

impl Word for MovementKind {
    const ALL: &'static [Self] = &MovementKind::ALL;

    fn word(self) -> &'static str {
        MovementKind::word(self)
    }
}
