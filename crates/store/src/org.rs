//! Units with their dated versions, their places in dated trees, and what happened to them.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::{OrgId, TenantId};
use thidua_domain::Scope;
use thidua_domain::org::{Additions, Division, Edge, History, Portion, Share, Unit, UnitEnd, UnitEvent, UnitLink};

use crate::column::{Cells, Word, scope_values, set};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;
use crate::tenant::ground_moves;

sql!(
    INSERT_UNIT = "
        INSERT INTO org_unit (tenant, id)
        VALUES ($1, $2)
        ON CONFLICT (tenant, id) DO NOTHING",
    INSERT_VERSION = "
        INSERT INTO org_unit_version (
            tenant, unit, valid_from, valid_to, kind, code, name, short_name, legal_ref,
            origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    UNITS = "
        SELECT unit, kind, code, name, short_name, valid_from, valid_to, legal_ref,
            origin, low, low_scale, high, high_scale, source
        FROM org_unit_version
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY unit, valid_from",
    END_VERSION = "
        UPDATE org_unit_version
        SET valid_to = $4
        WHERE tenant = $1 AND unit = $2 AND valid_from = $3 AND valid_to IS NULL",
    INSERT_TREE = "
        INSERT INTO org_tree (tenant, id)
        VALUES ($1, $2)
        ON CONFLICT (tenant, id) DO NOTHING",
    INSERT_EDGE = "
        INSERT INTO org_edge (tenant, tree, child, parent, valid_from, valid_to)
        VALUES ($1, $2, $3, $4, $5, $6)",
    END_EDGE = "
        UPDATE org_edge
        SET valid_to = $5
        WHERE tenant = $1 AND tree = $2 AND child = $3 AND valid_from = $4 AND valid_to IS NULL",
    EDGES = "
        SELECT tree, child, parent, valid_from, valid_to
        FROM org_edge
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR child IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY tree, child, valid_from",
    EDGES_BELOW = "
        SELECT tree, child, parent, valid_from, valid_to
        FROM org_edge
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR child IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND parent IN (SELECT value FROM json_each(CAST($3 AS TEXT)))
        ORDER BY tree, child, valid_from",
    INSERT_EVENT = "
        INSERT INTO org_event (tenant, id, kind, effective_on, legal_ref)
        VALUES ($1, $2, $3, $4, $5)",
    EVENTS = "
        SELECT id, kind, effective_on, legal_ref
        FROM org_event
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR EXISTS (
                SELECT 1
                FROM org_link
                WHERE org_link.tenant = org_event.tenant AND org_link.event = org_event.id
                    AND (org_link.from_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                        OR org_link.to_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            ))
        ORDER BY effective_on, id",
    INSERT_LINK = "
        INSERT INTO org_link (tenant, event, ordinal, from_unit, to_unit, portion)
        VALUES ($1, $2, $3, $4, $5, $6)",
    LINKS = "
        SELECT event, from_unit, to_unit, portion
        FROM org_link
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR from_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR to_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY event, ordinal",
    INSERT_SHARE = "
        INSERT INTO org_share (tenant, event, from_unit, to_unit, basis, numerator, denominator, source)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    SHARES = "
        SELECT event, from_unit, to_unit, basis, numerator, denominator, source
        FROM org_share
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR from_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR to_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND NOT EXISTS (
                SELECT 1
                FROM org_division entered
                WHERE entered.tenant = $1 AND entered.event = org_share.event
                    AND entered.from_unit = org_share.from_unit AND entered.to_unit = org_share.to_unit
                    AND entered.basis = org_share.basis
            )
        UNION ALL
        SELECT event, from_unit, to_unit, basis, numerator, denominator, source
        FROM org_division
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR from_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR to_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND revision = (
                SELECT MAX(newest.revision)
                FROM org_division newest
                WHERE newest.tenant = $1 AND newest.from_unit = org_division.from_unit
                    AND newest.effective_on = org_division.effective_on AND newest.basis = org_division.basis
            )
        ORDER BY event, from_unit, to_unit, basis",
    INSERT_DIVISION = "
        INSERT INTO org_division (
            tenant, from_unit, effective_on, basis, revision, event, to_unit, numerator, denominator, source,
            entered_by, entered_at
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    DIVISIONS = "
        SELECT from_unit, effective_on, basis, revision, event, to_unit, numerator, denominator, source,
            entered_by, entered_at
        FROM org_division
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL
                OR from_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                OR to_unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY from_unit, effective_on, basis, revision, event, to_unit",
);

/// Adds versions of units; a unit seen for the first time comes into being.
pub fn insert_units(tx: &mut Tx, tenant: &TenantId, units: &[Unit]) -> Result<(), Error> {
    ground_moves(tx, tenant)?;
    let ids: BTreeSet<&OrgId> = units.iter().map(|unit| &unit.id).collect();
    tx.insert_many(&INSERT_UNIT, ids.into_iter().map(|id| Cells::of(tenant).with(id)))?;
    let rows = units.iter().map(|unit| {
        Cells::of(tenant)
            .with(&unit.id)
            .with(unit.valid_from)
            .with(unit.valid_to)
            .with(&unit.kind)
            .with(&unit.code)
            .with(&unit.name)
            .with(&unit.short_name)
            .with(&unit.legal_ref)
            .provenance(&unit.provenance)
    });
    tx.insert_many(&INSERT_VERSION, rows)
}

/// Every version of the units in reach, by unit and first day.
pub fn units(tx: &mut Tx, scope: &Scope) -> Result<Vec<Unit>, Error> {
    tx.query(&UNITS, &scope_values(scope), |row| {
        Ok(Unit {
            id: row.next()?,
            kind: row.next()?,
            code: row.next()?,
            name: row.next()?,
            short_name: row.next()?,
            valid_from: row.next()?,
            valid_to: row.next()?,
            legal_ref: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

/// Adds places in trees; a tree seen for the first time comes into being.
pub fn insert_edges(tx: &mut Tx, tenant: &TenantId, edges: &[Edge]) -> Result<(), Error> {
    ground_moves(tx, tenant)?;
    let trees: BTreeSet<_> = edges.iter().map(|edge| &edge.tree).collect();
    tx.insert_many(&INSERT_TREE, trees.into_iter().map(|tree| Cells::of(tenant).with(tree)))?;
    let rows = edges.iter().map(|edge| {
        Cells::of(tenant)
            .with(&edge.tree)
            .with(&edge.child)
            .with(&edge.parent)
            .with(edge.valid_from)
            .with(edge.valid_to)
    });
    tx.insert_many(&INSERT_EDGE, rows)
}

/// The places of the units in reach, in every tree.
pub fn edges(tx: &mut Tx, scope: &Scope) -> Result<Vec<Edge>, Error> {
    tx.query(&EDGES, &scope_values(scope), edge_from)
}

/// The places in reach directly below some units, in every tree.
pub fn edges_below(tx: &mut Tx, scope: &Scope, parents: &[OrgId]) -> Result<Vec<Edge>, Error> {
    let mut values = scope_values(scope);
    values.push(set(parents));
    tx.query(&EDGES_BELOW, &values, edge_from)
}

fn edge_from(row: &mut Row<'_>) -> Result<Edge, Error> {
    Ok(Edge {
        tree: row.next()?,
        child: row.next()?,
        parent: row.next()?,
        valid_from: row.next()?,
        valid_to: row.next()?,
    })
}

/// Adds events of units with their arrows.
pub fn insert_events(tx: &mut Tx, tenant: &TenantId, events: &[UnitEvent]) -> Result<(), Error> {
    ground_moves(tx, tenant)?;
    let rows = events.iter().map(|event| {
        Cells::of(tenant).with(&event.id).with(&event.kind).with(event.effective_on).with(&event.legal_ref)
    });
    tx.insert_many(&INSERT_EVENT, rows)?;
    let links = events.iter().flat_map(|event| {
        event.links.iter().enumerate().map(move |(at, link)| {
            Cells::of(tenant).with(&event.id).place(at).with(&link.from).with(&link.to).with(link.portion)
        })
    });
    tx.insert_many(&INSERT_LINK, links)
}

/// The events that touch a unit in reach, by day, with the arrows that touch one.
pub fn events(tx: &mut Tx, scope: &Scope) -> Result<Vec<UnitEvent>, Error> {
    let mut links: BTreeMap<String, Vec<UnitLink>> = BTreeMap::new();
    let read = tx.query(&LINKS, &scope_values(scope), |row| {
        let event: String = row.next()?;
        Ok((event, UnitLink { from: row.next()?, to: row.next()?, portion: row.next()? }))
    })?;
    for (event, link) in read {
        links.entry(event).or_default().push(link);
    }
    tx.query(&EVENTS, &scope_values(scope), |row| {
        let id: String = row.next()?;
        Ok(UnitEvent {
            links: links.remove(&id).unwrap_or_default(),
            id,
            kind: row.next()?,
            effective_on: row.next()?,
            legal_ref: row.next()?,
        })
    })
}

/// Adds shares of divided units; each belongs to an arrow that is there.
pub fn insert_shares(tx: &mut Tx, tenant: &TenantId, shares: &[Share]) -> Result<(), Error> {
    ground_moves(tx, tenant)?;
    let rows = shares.iter().map(|share| {
        Cells::of(tenant)
            .with(&share.event)
            .with(&share.from)
            .with(&share.to)
            .with(&share.basis)
            .with(share.numerator)
            .with(share.denominator)
            .with(&share.source)
    });
    tx.insert_many(&INSERT_SHARE, rows)
}

/// Adds a division that somebody entered; the same revision twice is a [`Error::Clash`] of `org_division_pk`.
pub fn insert_division(tx: &mut Tx, tenant: &TenantId, division: &Division) -> Result<(), Error> {
    ground_moves(tx, tenant)?;
    let rows = division.shares.iter().map(|share| {
        Cells::of(tenant)
            .with(&division.from)
            .with(division.on)
            .with(&division.basis)
            .with(division.revision)
            .with(&share.event)
            .with(&share.to)
            .with(share.numerator)
            .with(share.denominator)
            .with(&share.source)
            .with(&division.by)
            .with(division.at)
    });
    tx.insert_many(&INSERT_DIVISION, rows)
}

/// The divisions that people entered of units that touch one in reach, by unit, day and basis, oldest first.
pub fn divisions(tx: &mut Tx, scope: &Scope) -> Result<Vec<Division>, Error> {
    let rows = tx.query(&DIVISIONS, &scope_values(scope), |row| {
        let (from, on, basis, revision): (OrgId, Date, String, i64) =
            (row.next()?, row.next()?, row.next()?, row.next()?);
        let share = Share {
            event: row.next()?,
            from: from.clone(),
            to: row.next()?,
            basis: basis.clone(),
            numerator: row.next()?,
            denominator: row.next()?,
            source: row.next()?,
        };
        Ok(Division { from, on, basis, revision, shares: vec![share], by: row.next()?, at: row.next()? })
    })?;
    let mut divisions: Vec<Division> = Vec::new();
    for row in rows {
        let key = |one: &Division| (one.from.clone(), one.on, one.basis.clone(), one.revision);
        match divisions.last_mut() {
            Some(last) if key(last) == key(&row) => last.shares.extend(row.shares),
            Some(_) | None => divisions.push(row),
        }
    }
    Ok(divisions)
}

/// The shares of arrows that touch a unit in reach, by event and arrow: the last that somebody entered, else what a pack told.
pub fn shares(tx: &mut Tx, scope: &Scope) -> Result<Vec<Share>, Error> {
    tx.query(&SHARES, &scope_values(scope), |row| {
        Ok(Share {
            event: row.next()?,
            from: row.next()?,
            to: row.next()?,
            basis: row.next()?,
            numerator: row.next()?,
            denominator: row.next()?,
            source: row.next()?,
        })
    })
}

/// The whole history of the units in reach.
pub fn history(tx: &mut Tx, scope: &Scope) -> Result<History, Error> {
    Ok(History {
        units: units(tx, scope)?,
        edges: edges(tx, scope)?,
        events: events(tx, scope)?,
        shares: shares(tx, scope)?,
    })
}

/// Adds to a tenant's history what it lacked: ends what was thought to last, then adds what is new.
pub fn add(tx: &mut Tx, tenant: &TenantId, additions: &Additions) -> Result<(), Error> {
    ground_moves(tx, tenant)?;
    for end in &additions.unit_ends {
        end_version(tx, tenant, end)?;
    }
    for (edge, day) in &additions.edge_ends {
        end_edge(tx, tenant, edge, *day)?;
    }
    let new = &additions.new;
    insert_units(tx, tenant, &new.units)?;
    insert_edges(tx, tenant, &new.edges)?;
    insert_events(tx, tenant, &new.events)?;
    insert_shares(tx, tenant, &new.shares)
}

fn end_version(tx: &mut Tx, tenant: &TenantId, end: &UnitEnd) -> Result<(), Error> {
    let row = Cells::of(tenant).with(&end.unit).with(end.valid_from).with(end.valid_to);
    let ended = tx.execute(&END_VERSION, &Vec::from(row))?;
    one_ended(ended, &format!("version of {} from {}", end.unit, end.valid_from))
}

fn end_edge(tx: &mut Tx, tenant: &TenantId, edge: &Edge, day: Date) -> Result<(), Error> {
    let row = Cells::of(tenant).with(&edge.tree).with(&edge.child).with(edge.valid_from).with(day);
    let ended = tx.execute(&END_EDGE, &Vec::from(row))?;
    one_ended(ended, &format!("place of {} from {}", edge.child, edge.valid_from))
}

/// What was read as lasting a moment ago must still be there and last.
fn one_ended(ended: u64, what: &str) -> Result<(), Error> {
    if ended == 1 { Ok(()) } else { Err(Error::Integrity(format!("no lasting {what} to end"))) }
}

impl Word for Portion {
    const ALL: &'static [Self] = &[Self::Full, Self::Partial];

    fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partial => "partial",
        }
    }
}
