//! Persons, collectives and households: every version of who they are, within the units of a scope.
//!
//! A subject lies within reach by the units it belongs to on the day, or belonged to last.

pub mod fact;
pub mod list;
pub mod merge;

use thidua_base::Date;
use thidua_base::code::{OrgId, TenantId};
use thidua_base::text::{fold, order_key};
use thidua_domain::Scope;
use thidua_domain::honour::Subject;
use thidua_domain::subject::{Born, Cccd, Details, Entered, Identity, Sex, SubjectId, Term};

use crate::column::{Cells, Read, scope_values, set};
use crate::engine::{Row, Tx, Value};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_SUBJECT = "
        INSERT INTO subject (tenant, id, kind)
        VALUES ($1, $2, $3)",
    INSERT_VERSION = "
        INSERT INTO subject_version (
            tenant, subject, version, kind, name, folded, ordered, born_on, born_year, sex, cccd, place, recruited_on,
            note, entered_by, entered_at, reason, origin, low, low_scale, high, high_scale, source
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)",
    VERSIONS = "
        SELECT subject, version, kind, name, born_on, born_year, sex, cccd, place, recruited_on, note, entered_by,
            entered_at, reason, origin, low, low_scale, high, high_scale, source
        FROM subject_version
        WHERE tenant = $1 AND subject IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
        ORDER BY subject, version",
    CURRENT = "
        SELECT subject, version, kind, name, born_on, born_year, sex, cccd, place, recruited_on, note, entered_by,
            entered_at, reason, origin, low, low_scale, high, high_scale, source
        FROM subject_version AS v
        WHERE v.tenant = $1
            AND NOT EXISTS (
                SELECT 1 FROM subject_version AS n
                WHERE n.tenant = v.tenant AND n.subject = v.subject AND n.version > v.version
            )
            AND (CAST($2 AS TEXT) IS NULL OR v.subject IN (
                SELECT p.subject FROM fact AS p
                WHERE p.tenant = $1 AND p.kind = 'position'
                    AND p.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                    AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = p.tenant AND c.supersedes = p.id)
                    AND (p.to_day IS NULL OR p.to_day > $3 OR NOT EXISTS (
                        SELECT 1 FROM fact AS l
                        WHERE l.tenant = p.tenant AND l.subject = p.subject AND l.kind = 'position'
                            AND l.from_day > p.from_day
                            AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = l.tenant AND c.supersedes = l.id)
                    ))
            ))
            AND (CAST($4 AS TEXT) IS NULL OR v.kind = $4)
            AND (CAST($5 AS TEXT) IS NULL OR v.subject IN (SELECT value FROM json_each(CAST($5 AS TEXT))))
            AND (CAST($6 AS TEXT) IS NULL OR v.subject NOT IN (SELECT value FROM json_each(CAST($6 AS TEXT))))
            AND (CAST($7 AS TEXT) IS NULL OR v.folded LIKE $7 ESCAPE '!' OR v.subject IN (
                SELECT d.subject FROM fact AS d
                WHERE d.tenant = $1 AND d.number_folded = $8
                    AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = d.tenant AND c.supersedes = d.id)
            ))
            AND (CAST($9 AS TEXT) IS NULL OR v.cccd = $9)
            AND (CAST($10 AS TEXT) IS NULL OR v.subject IN (
                SELECT u.subject FROM fact AS u
                WHERE u.tenant = $1 AND u.kind = 'position' AND u.unit = $10
                    AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = u.tenant AND c.supersedes = u.id)
            ))
        ORDER BY v.ordered, v.subject
        LIMIT $11 OFFSET $12",
    COUNT = "
        SELECT COUNT(*)
        FROM subject_version AS v
        WHERE v.tenant = $1
            AND NOT EXISTS (
                SELECT 1 FROM subject_version AS n
                WHERE n.tenant = v.tenant AND n.subject = v.subject AND n.version > v.version
            )
            AND (CAST($2 AS TEXT) IS NULL OR v.subject IN (
                SELECT p.subject FROM fact AS p
                WHERE p.tenant = $1 AND p.kind = 'position'
                    AND p.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
                    AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = p.tenant AND c.supersedes = p.id)
                    AND (p.to_day IS NULL OR p.to_day > $3 OR NOT EXISTS (
                        SELECT 1 FROM fact AS l
                        WHERE l.tenant = p.tenant AND l.subject = p.subject AND l.kind = 'position'
                            AND l.from_day > p.from_day
                            AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = l.tenant AND c.supersedes = l.id)
                    ))
            ))
            AND (CAST($4 AS TEXT) IS NULL OR v.kind = $4)
            AND (CAST($5 AS TEXT) IS NULL OR v.subject IN (SELECT value FROM json_each(CAST($5 AS TEXT))))
            AND (CAST($6 AS TEXT) IS NULL OR v.subject NOT IN (SELECT value FROM json_each(CAST($6 AS TEXT))))
            AND (CAST($7 AS TEXT) IS NULL OR v.folded LIKE $7 ESCAPE '!' OR v.subject IN (
                SELECT d.subject FROM fact AS d
                WHERE d.tenant = $1 AND d.number_folded = $8
                    AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = d.tenant AND c.supersedes = d.id)
            ))
            AND (CAST($9 AS TEXT) IS NULL OR v.cccd = $9)
            AND (CAST($10 AS TEXT) IS NULL OR v.subject IN (
                SELECT u.subject FROM fact AS u
                WHERE u.tenant = $1 AND u.kind = 'position' AND u.unit = $10
                    AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = u.tenant AND c.supersedes = u.id)
            ))",
);

/// Which subjects are asked for; what is `None` or empty does not narrow.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of this kind.
    pub kind: Option<Subject>,
    /// Among these.
    pub among: Option<Vec<SubjectId>>,
    /// But not these.
    pub without: Vec<SubjectId>,
    /// With these words in the name, or with this number of a decision.
    pub words: String,
    /// With this citizen's number.
    pub cccd: Option<Cccd>,
    /// Who belong or belonged to this unit.
    pub unit: Option<OrgId>,
}

/// The part of a list.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Most rows.
    pub most: usize,
    /// Rows left out before them.
    pub after: usize,
}

impl Part {
    /// Everything.
    pub const ALL: Self = Self { most: i32::MAX as usize, after: 0 };
}

/// Adds a subject with its first version.
pub fn insert(tx: &mut Tx, tenant: &TenantId, identity: &Identity) -> Result<(), Error> {
    insert_many(tx, tenant, std::slice::from_ref(identity))
}

/// Adds subjects, each with its first version.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, identities: &[Identity]) -> Result<(), Error> {
    let rows = identities.iter().map(|one| Cells::of(tenant).with(&one.id).with(one.details.kind));
    tx.insert_many(&INSERT_SUBJECT, rows)?;
    tx.insert_many(&INSERT_VERSION, identities.iter().map(|one| version_row(tenant, one)))
}

/// Adds a version of a subject that is there; a second one of the same number is a [`Error::Clash`] of
/// `subject_version_pk`.
pub fn add_version(tx: &mut Tx, tenant: &TenantId, identity: &Identity) -> Result<(), Error> {
    tx.execute(&INSERT_VERSION, &Vec::from(version_row(tenant, identity))).map(drop)
}

fn version_row(tenant: &TenantId, one: &Identity) -> Cells {
    let details = &one.details;
    let (born_on, born_year) = match details.born {
        Born::Unknown => (None, None),
        Born::Year(year) => (None, Some(year)),
        Born::On(day) => (Some(day), None),
    };
    let cells = Cells::of(tenant)
        .with(&one.id)
        .with(one.version)
        .with(details.kind)
        .with(&details.name)
        .with(&fold(&details.name))
        .with(order_key(&details.name).as_slice())
        .with(born_on)
        .with(born_year)
        .with(details.sex.map(Term::word))
        .with(details.cccd.as_ref().map(Cccd::digits))
        .with(&details.place)
        .with(details.recruited_on)
        .with(&details.note);
    entered_cells(cells, &one.entered).provenance(&one.provenance)
}

/// Every version of some subjects, whoever may see them: the caller has found them within reach.
pub fn versions(tx: &mut Tx, tenant: &TenantId, subjects: &[SubjectId]) -> Result<Vec<Identity>, Error> {
    tx.query(&VERSIONS, &[tenant.into(), set(subjects)], identity_from)
}

/// The subjects in reach on a day that are asked for, in the order of names.
pub fn subjects(tx: &mut Tx, scope: &Scope, today: Date, wanted: &Wanted, part: Part) -> Result<Vec<Identity>, Error> {
    let mut values = values_of(scope, today, wanted);
    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    values.extend([whole(part.most).into(), whole(part.after).into()]);
    tx.query(&CURRENT, &values, identity_from)
}

/// How many they are.
pub fn count(tx: &mut Tx, scope: &Scope, today: Date, wanted: &Wanted) -> Result<usize, Error> {
    let found: Option<i64> = tx.query_first(&COUNT, &values_of(scope, today, wanted), |row| row.next())?;
    Ok(usize::try_from(found.unwrap_or(0)).unwrap_or(0))
}

fn values_of(scope: &Scope, today: Date, wanted: &Wanted) -> Vec<Value> {
    let mut values = scope_values(scope);
    let words = fold(&wanted.words);
    let escaped: String = words.chars().flat_map(|c| if "!%_".contains(c) { vec!['!', c] } else { vec![c] }).collect();
    let like = (!words.is_empty()).then(|| format!("%{escaped}%"));
    let number = fact::number_key(&wanted.words);
    values.extend([
        today.into(),
        wanted.kind.into(),
        wanted.among.as_ref().map_or(Value::Null, |ids| set(ids)),
        if wanted.without.is_empty() { Value::Null } else { set(&wanted.without) },
        like.map_or(Value::Null, |like| Value::from(&like)),
        if number.is_empty() { Value::Null } else { Value::from(&number) },
        wanted.cccd.as_ref().map_or(Value::Null, |cccd| cccd.digits().into()),
        wanted.unit.as_ref().into(),
    ]);
    values
}

fn entered_cells(cells: Cells, entered: &Entered) -> Cells {
    cells.with(&entered.by).with(entered.at).with(&entered.reason)
}

fn entered_from(row: &mut Row<'_>) -> Result<Entered, Error> {
    Ok(Entered { by: row.next()?, at: row.next()?, reason: row.next()? })
}

fn identity_from(row: &mut Row<'_>) -> Result<Identity, Error> {
    let (id, version, kind, name) = (row.next()?, row.next()?, row.next()?, row.next()?);
    let (on, year): (Option<Date>, Option<i16>) = (row.next()?, row.next()?);
    let born = match (on, year) {
        (Some(day), _) => Born::On(day),
        (None, Some(year)) => Born::Year(year),
        (None, None) => Born::Unknown,
    };
    let sex: Option<Told<Sex>> = row.next()?;
    let cccd: Option<Number> = row.next()?;
    let details = Details {
        kind,
        name,
        born,
        sex: sex.map(|told| told.0),
        cccd: cccd.map(|number| number.0),
        place: row.next()?,
        recruited_on: row.next()?,
        note: row.next()?,
    };
    let entered = entered_from(row)?;
    Ok(Identity { id, version, details, entered, provenance: row.provenance()? })
}

/// A closed word of facts, as read from a cell.
pub(crate) struct Told<T>(pub(crate) T);

impl<T: Term> Read for Told<T> {
    const WHAT: &'static str = "one of the known words";

    fn read(cell: Value) -> Option<Self> {
        String::read(cell).and_then(|word| T::of_word(&word)).map(Told)
    }
}

/// A citizen's number, as read from a cell.
struct Number(Cccd);

impl Read for Number {
    const WHAT: &'static str = "a citizen's number";

    fn read(cell: Value) -> Option<Self> {
        String::read(cell).and_then(|text| Cccd::parse(&text).ok()).map(Number)
    }
}
