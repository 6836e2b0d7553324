//! Terms of movements, what was done with them, and the units called on.

use std::collections::BTreeMap;

use thidua_base::code::{MovementCode, TenantId};
use thidua_domain::Scope;
use thidua_domain::movement::{Act, Addressee, Call, Course, Milestone, Terms};

use crate::column::{Cells, Word, scope_values};
use crate::engine::Tx;
use crate::error::Error;
use crate::statement::sql;

sql!(
    REMOVE_LINES = "
        DELETE FROM movement_line
        WHERE tenant = $1 AND movement = $2",
    REMOVE_TERMS = "
        DELETE FROM movement_terms
        WHERE tenant = $1 AND movement = $2",
    INSERT_TERMS = "
        INSERT INTO movement_terms (tenant, movement, launcher, parent, starts_on, ends_on, register_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    INSERT_LINE = "
        INSERT INTO movement_line (tenant, movement, part, ordinal, line)
        VALUES ($1, $2, $3, $4, $5)",
    TERMS = "
        SELECT movement, launcher, parent, starts_on, ends_on, register_by
        FROM movement_terms
        WHERE tenant = $1
        ORDER BY movement",
    LINES = "
        SELECT movement, part, line
        FROM movement_line
        WHERE tenant = $1
        ORDER BY movement, part, ordinal",
    INSERT_MILESTONE = "
        INSERT INTO movement_milestone (tenant, movement, ordinal, act, day, note, done_by, account, done_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    MILESTONES = "
        SELECT movement, act, day, note, done_by, account, done_at
        FROM movement_milestone
        WHERE tenant = $1
        ORDER BY movement, ordinal",
    INSERT_CALL = "
        INSERT INTO movement_call (tenant, movement, unit, register_by, called_on)
        VALUES ($1, $2, $3, $4, $5)",
    CALLS = "
        SELECT movement, unit, register_by, called_on
        FROM movement_call
        WHERE tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
        ORDER BY movement, unit",
);

/// The parts of the terms that are kept line by line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Contents,
    Criteria,
    Standards,
    Addressees,
}

/// Writes the terms of a movement, in place of earlier ones.
pub fn put_terms(tx: &mut Tx, tenant: &TenantId, terms: &Terms) -> Result<(), Error> {
    let key = || Cells::of(tenant).with(&terms.movement);
    tx.execute(&REMOVE_LINES, &Vec::from(key()))?;
    tx.execute(&REMOVE_TERMS, &Vec::from(key()))?;
    let row =
        key().with(&terms.launcher).with(terms.parent.as_ref()).with(terms.from).with(terms.to).with(terms.register_by);
    tx.execute(&INSERT_TERMS, &Vec::from(row))?;
    let addressees: Vec<String> = terms.addressees.iter().map(|known| known.word().to_owned()).collect();
    let parts = [
        (Part::Contents, &terms.contents),
        (Part::Criteria, &terms.criteria),
        (Part::Standards, &terms.standards),
        (Part::Addressees, &addressees),
    ];
    let lines = parts.into_iter().flat_map(|(part, lines)| {
        lines.iter().enumerate().map(move |(at, line)| key().with(part).place(at).with(line))
    });
    tx.insert_many(&INSERT_LINE, lines)
}

/// The terms of every movement that has any, by code. Like the movements themselves every actor of the tenant sees them.
pub fn terms(tx: &mut Tx, scope: &Scope) -> Result<Vec<Terms>, Error> {
    let tenant = [(&scope.tenant).into()];
    let mut lines: BTreeMap<MovementCode, Vec<(Part, String)>> = BTreeMap::new();
    for (movement, part, line) in
        tx.query(&LINES, &tenant, |row| Ok((row.next::<MovementCode>()?, row.next::<Part>()?, row.next::<String>()?)))?
    {
        lines.entry(movement).or_default().push((part, line));
    }
    tx.query(&TERMS, &tenant, |row| {
        let movement: MovementCode = row.next()?;
        let lines = lines.remove(&movement).unwrap_or_default();
        let of = |wanted: Part| -> Vec<String> {
            lines.iter().filter(|(part, _)| *part == wanted).map(|(_, line)| line.clone()).collect()
        };
        Ok(Terms {
            launcher: row.next()?,
            parent: row.next()?,
            from: row.next()?,
            to: row.next()?,
            register_by: row.next()?,
            contents: of(Part::Contents),
            criteria: of(Part::Criteria),
            standards: of(Part::Standards),
            addressees: of(Part::Addressees).iter().filter_map(|word| Addressee::parse(word)).collect(),
            movement,
        })
    })
}

/// Adds a milestone after those of the course. Of two that would take one place the second is a [`Error::Clash`] of
/// `movement_milestone_pk`: someone was faster.
pub fn append(tx: &mut Tx, tenant: &TenantId, course: &Course, milestone: &Milestone) -> Result<(), Error> {
    let row = Cells::of(tenant)
        .with(&course.movement)
        .place(course.milestones.len())
        .with(milestone.act)
        .with(milestone.day)
        .with(&milestone.note)
        .with(&milestone.by)
        .with(milestone.account.as_ref())
        .with(milestone.at);
    tx.execute(&INSERT_MILESTONE, &Vec::from(row)).map(drop)
}

/// The courses of movements with which something was done, by code.
pub fn courses(tx: &mut Tx, scope: &Scope) -> Result<Vec<Course>, Error> {
    let milestones = tx.query(&MILESTONES, &[(&scope.tenant).into()], |row| {
        let movement: MovementCode = row.next()?;
        let milestone = Milestone {
            act: row.next()?,
            day: row.next()?,
            note: row.next()?,
            by: row.next()?,
            account: row.next()?,
            at: row.next()?,
        };
        Ok((movement, milestone))
    })?;
    let mut courses: Vec<Course> = Vec::new();
    for (movement, milestone) in milestones {
        match courses.last_mut().filter(|course| course.movement == movement) {
            Some(course) => course.milestones.push(milestone),
            None => courses.push(Course { milestones: vec![milestone], ..Course::new(movement) }),
        }
    }
    Ok(courses)
}

/// Adds the units called on.
pub fn insert_calls(tx: &mut Tx, tenant: &TenantId, calls: &[Call]) -> Result<(), Error> {
    let rows = calls.iter().map(|call| {
        Cells::of(tenant).with(&call.movement).with(&call.unit).with(call.register_by).with(call.called_on)
    });
    tx.insert_many(&INSERT_CALL, rows)
}

/// The units in reach that were called on, by movement and unit.
pub fn calls(tx: &mut Tx, scope: &Scope) -> Result<Vec<Call>, Error> {
    tx.query(&CALLS, &scope_values(scope), |row| {
        Ok(Call { movement: row.next()?, unit: row.next()?, register_by: row.next()?, called_on: row.next()? })
    })
}

impl Word for Part {
    const ALL: &'static [Self] = &[Self::Contents, Self::Criteria, Self::Standards, Self::Addressees];

    fn word(self) -> &'static str {
        match self {
            Self::Contents => "contents",
            Self::Criteria => "criteria",
            Self::Standards => "standards",
            Self::Addressees => "addressees",
        }
    }
}

impl Word for Act {
    const ALL: &'static [Self] = &Act::ALL;

    fn word(self) -> &'static str {
        Act::word(self)
    }
}
