//! What is known of subjects; only added to.

use thidua_base::code::{OrgId, TenantId};
use thidua_base::{Date, Number};
use thidua_domain::Scope;
use thidua_domain::decision::Award;
use thidua_domain::honour::{CommendationType, DirectWorker};
use thidua_domain::subject::fact::{
    Authority, Complete, Count, Discipline, Held, Initiative, Inquiry, MovementResult, Position, Ranking, Rating,
    Registration, Score, Service, Statement,
};
use thidua_domain::subject::read::{groups_of, groups_text};
use thidua_domain::subject::{About, Fact, FactId, FactKind, SubjectId, Term};

use super::{Told, entered_cells, entered_from};
use crate::column::{Cells, scope_values, set};
use crate::engine::{Row, Tx, Value};
use crate::error::Error;
use crate::statement::sql;

sql!(
    INSERT_FACT = "
        INSERT INTO fact (
            tenant, id, subject, kind, word, year, from_day, to_day, unit, name, scope, status, number, number_folded,
            decided_on, authority, level, commendation, duty, amount, revoked_on, register, supersedes, entered_by,
            entered_at, reason, origin, low, low_scale, high, high_scale, source, points, points_scale, point_groups
        )
        VALUES (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
            $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35
        )",
    FACTS_OF = "
        SELECT id, subject, kind, word, year, from_day, to_day, unit, name, scope, status, number, decided_on,
            authority, level, commendation, duty, amount, revoked_on, register, supersedes, entered_by, entered_at,
            reason, origin, low, low_scale, high, high_scale, source, points, points_scale, point_groups
        FROM fact
        WHERE tenant = $1 AND subject IN (SELECT value FROM json_each(CAST($2 AS TEXT)))
        ORDER BY entered_at, id",
    FACT = "
        SELECT id, subject, kind, word, year, from_day, to_day, unit, name, scope, status, number, decided_on,
            authority, level, commendation, duty, amount, revoked_on, register, supersedes, entered_by, entered_at,
            reason, origin, low, low_scale, high, high_scale, source, points, points_scale, point_groups
        FROM fact
        WHERE tenant = $1 AND id = $2",
    STANDING = "
        WITH RECURSIVE chain (id) AS (
            SELECT id FROM fact WHERE tenant = $1 AND id = $2
            UNION ALL
            SELECT later.id
            FROM chain
            JOIN fact AS later ON later.tenant = $1 AND later.supersedes = chain.id
        )
        SELECT f.id, f.subject, f.kind, f.word, f.year, f.from_day, f.to_day, f.unit, f.name, f.scope, f.status,
            f.number, f.decided_on, f.authority, f.level, f.commendation, f.duty, f.amount, f.revoked_on, f.register,
            f.supersedes, f.entered_by, f.entered_at, f.reason, f.origin, f.low, f.low_scale, f.high, f.high_scale,
            f.source, f.points, f.points_scale, f.point_groups
        FROM chain
        JOIN fact AS f ON f.tenant = $1 AND f.id = chain.id
        WHERE NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = f.tenant AND c.supersedes = f.id)",
    POSITIONS_IN = "
        SELECT id, subject, kind, word, year, from_day, to_day, unit, name, scope, status, number, decided_on,
            authority, level, commendation, duty, amount, revoked_on, register, supersedes, entered_by, entered_at,
            reason, origin, low, low_scale, high, high_scale, source, points, points_scale, point_groups
        FROM fact AS f
        WHERE f.tenant = $1 AND f.kind = 'position'
            AND (CAST($2 AS TEXT) IS NULL OR f.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = f.tenant AND c.supersedes = f.id)
        ORDER BY f.subject, f.from_day, f.id",
    REGISTERED = "
        SELECT f.id, f.word, f.authority, v.kind, v.name, f.unit, f.commendation, f.duty, f.number, f.decided_on,
            f.name, f.origin, f.low, f.low_scale, f.high, f.high_scale, f.source
        FROM fact AS f
        JOIN subject_version AS v ON v.tenant = f.tenant AND v.subject = f.subject
        WHERE f.tenant = $1
            AND (CAST($2 AS TEXT) IS NULL OR f.unit IN (SELECT value FROM json_each(CAST($2 AS TEXT))))
            AND f.kind = 'award' AND f.register IS NULL AND f.revoked_on IS NULL AND f.unit IS NOT NULL
            AND f.decided_on BETWEEN $3 AND $4
            AND NOT EXISTS (SELECT 1 FROM fact AS c WHERE c.tenant = f.tenant AND c.supersedes = f.id)
            AND NOT EXISTS (
                SELECT 1 FROM subject_version AS n
                WHERE n.tenant = v.tenant AND n.subject = v.subject AND n.version > v.version
            )
        ORDER BY f.decided_on, f.id",
);

/// A number of a decision as it is compared: without marks, spaces and signs.
pub fn number_key(number: &str) -> String {
    thidua_base::text::fold(number).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Adds facts; a second one in place of the same is a [`Error::Clash`] of `fact_supersedes_uq`.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, facts: &[Fact]) -> Result<(), Error> {
    tx.insert_many(&INSERT_FACT, facts.iter().map(|fact| row_of(tenant, fact)))
}

/// Every fact of some subjects, also those corrected, in the order they were entered; the caller has found the
/// subjects within reach.
pub fn facts_of(tx: &mut Tx, tenant: &TenantId, subjects: &[SubjectId]) -> Result<Vec<Fact>, Error> {
    tx.query(&FACTS_OF, &[tenant.into(), set(subjects)], fact_from)
}

/// A fact; the caller looks whether its subject is within reach.
pub fn fact(tx: &mut Tx, tenant: &TenantId, id: &FactId) -> Result<Option<Fact>, Error> {
    tx.query_first(&FACT, &[tenant.into(), id.into()], fact_from)
}

/// What stands in place of a fact by now: itself, or what corrected it last.
pub fn standing(tx: &mut Tx, tenant: &TenantId, id: &FactId) -> Result<Option<Fact>, Error> {
    tx.query_first(&STANDING, &[tenant.into(), id.into()], fact_from)
}

/// The places in units in reach that count, of whenever.
pub fn positions_in(tx: &mut Tx, scope: &Scope) -> Result<Vec<Fact>, Error> {
    tx.query(&POSITIONS_IN, &scope_values(scope), fact_from)
}

/// Awards entered here, as rows of the register of awards: those in reach decided from `first` to `last`.
pub(crate) fn registered(tx: &mut Tx, scope: &Scope, first: Date, last: Date) -> Result<Vec<Award>, Error> {
    let mut values = scope_values(scope);
    values.extend([first.into(), last.into()]);
    tx.query(&REGISTERED, &values, |row| {
        Ok(Award {
            id: row.next()?,
            honour: row.next()?,
            authority: {
                let word: Option<Told<Authority>> = row.next()?;
                word.map_or_else(String::new, |told| thidua_law::vocabulary::Word::vi(told.0).to_owned())
            },
            subject: row.next()?,
            subject_name: row.next()?,
            unit: row.next()?,
            commendation: row.next()?,
            direct_worker: row.next()?,
            decision_number: row.next()?,
            decided_on: row.next()?,
            achievement: row.next()?,
            provenance: row.provenance()?,
        })
    })
}

/// The columns of what a fact says.
#[derive(Default)]
struct Said {
    kind: String,
    word: String,
    year: Option<i16>,
    from: Option<Date>,
    to: Option<Date>,
    unit: Option<OrgId>,
    name: String,
    scope: Option<String>,
    status: Option<String>,
    number: String,
    decided_on: Option<Date>,
    authority: Option<String>,
    level: Option<String>,
    commendation: Option<CommendationType>,
    duty: Option<DirectWorker>,
    amount: Option<i64>,
    revoked_on: Option<Date>,
    register: Option<thidua_base::code::AwardId>,
    points: Option<Number>,
    groups: Option<String>,
}

/// The kind of a row that takes another away.
const WITHDRAWN: &str = "withdrawn";
/// That each group of criteria reached its floor, and that one did not.
const MET: &str = "met";
const UNMET: &str = "unmet";

fn said(about: &About) -> Said {
    let kind = about.kind().map_or(WITHDRAWN, Term::word).to_owned();
    let year = about.year();
    let base = Said { kind, year, ..Said::default() };
    let word = |word: &'static str| word.to_owned();
    match about {
        About::Position(one) => Said {
            word: one.category.map_or("", Term::word).to_owned(),
            from: Some(one.from),
            to: one.to,
            unit: Some(one.unit.clone()),
            name: one.post.clone(),
            scope: Some(one.office.clone()).filter(|office| !office.is_empty()),
            duty: one.duty,
            ..base
        },
        About::Rating(one) => {
            Said { word: word(one.grade.word()), number: one.number.clone(), decided_on: one.decided_on, ..base }
        }
        About::Initiative(one) => Said {
            word: word(one.kind.word()),
            name: one.name.clone(),
            scope: Some(word(one.scope.word())),
            status: Some(word(one.status.word())),
            level: one.by.map(|by| word(by.word())),
            number: one.number.clone(),
            decided_on: Some(one.decided_on),
            ..base
        },
        About::Discipline(one) => {
            Said { word: word(one.level.word()), from: Some(one.from), to: one.to, number: one.number.clone(), ..base }
        }
        About::Inquiry(one) => {
            Said { word: word(one.kind.word()), from: Some(one.from), to: one.to, name: one.name.clone(), ..base }
        }
        About::Registration(one) => Said {
            word: one.honour.as_ref().map(|code| code.to_string()).unwrap_or_default(),
            decided_on: Some(one.on),
            ..base
        },
        About::Award(one) => Said {
            word: one.honour.to_string(),
            from: one.period.map(|(from, _)| from),
            to: one.period.map(|(_, to)| to),
            unit: one.unit.clone(),
            name: one.achievement.clone(),
            number: one.number.clone(),
            decided_on: Some(one.decided_on),
            authority: Some(word(one.authority.word())),
            level: Some(word(one.level.word())),
            commendation: Some(one.commendation),
            duty: one.duty,
            revoked_on: one.revoked_on,
            register: one.register.clone(),
            ..base
        },
        About::Service(one) => Said {
            word: one.field.clone(),
            from: Some(one.from),
            to: one.to,
            amount: Some(i64::from(one.is_hardship)),
            ..base
        },
        About::Count(one) => {
            Said { word: one.fact.clone(), amount: Some(one.amount), number: one.number.clone(), ..base }
        }
        About::Statement(one) => {
            Said { word: one.fact.clone(), amount: Some(i64::from(one.holds)), number: one.number.clone(), ..base }
        }
        About::Complete(one) => Said { word: word(one.what.word()), ..base },
        About::Ranking(one) => {
            Said { word: word(one.organiser.word()), amount: Some(one.rank), name: one.name.clone(), ..base }
        }
        About::Result(one) => Said {
            word: word(one.outcome.word()),
            from: Some(one.from),
            to: one.to,
            name: one.name.clone(),
            scope: Some(word(one.launcher.word())),
            status: Some(word(one.at.word())),
            ..base
        },
        About::Score(one) => Said {
            word: one.segment.clone(),
            status: one.groups_ok.map(|is_met| word(if is_met { MET } else { UNMET })),
            number: one.number.clone(),
            points: Some(one.points),
            groups: Some(groups_text(&one.groups)),
            ..base
        },
        About::Withdrawn => base,
    }
}

fn row_of(tenant: &TenantId, fact: &Fact) -> Cells {
    let said = said(&fact.about);
    let cells = Cells::of(tenant)
        .with(&fact.id)
        .with(&fact.subject)
        .with(&said.kind)
        .with(&said.word)
        .with(said.year)
        .with(said.from)
        .with(said.to)
        .with(said.unit.as_ref())
        .with(&said.name)
        .with(said.scope.as_ref())
        .with(said.status.as_ref())
        .with(&said.number)
        .with(&number_key(&said.number))
        .with(said.decided_on)
        .with(said.authority.as_ref())
        .with(said.level.as_ref())
        .with(said.commendation)
        .with(said.duty)
        .with(said.amount)
        .with(said.revoked_on)
        .with(said.register.as_ref())
        .with(fact.supersedes.as_ref());
    let cells = entered_cells(cells, &fact.entered).provenance(&fact.provenance);
    cells.number(said.points).with(said.groups.as_ref())
}

fn fact_from(row: &mut Row<'_>) -> Result<Fact, Error> {
    let (id, subject): (FactId, SubjectId) = (row.next()?, row.next()?);
    let mut said = Said {
        kind: row.next()?,
        word: row.next()?,
        year: row.next()?,
        from: row.next()?,
        to: row.next()?,
        unit: row.next()?,
        name: row.next()?,
        scope: row.next()?,
        status: row.next()?,
        number: row.next()?,
        decided_on: row.next()?,
        authority: row.next()?,
        level: row.next()?,
        commendation: row.next()?,
        duty: row.next()?,
        amount: row.next()?,
        revoked_on: row.next()?,
        register: row.next()?,
        points: None,
        groups: None,
    };
    let supersedes = row.next()?;
    let entered = entered_from(row)?;
    let provenance = row.provenance()?;
    said.points = row.number_or_none()?;
    said.groups = row.next()?;
    let about =
        about_of(said).ok_or_else(|| Error::Integrity(format!("the fact '{id}' says nothing that is known")))?;
    Ok(Fact { id, subject, about, supersedes, entered, provenance })
}

/// What the columns say; `None` where they say nothing that is known.
fn about_of(said: Said) -> Option<About> {
    if said.kind == WITHDRAWN {
        return Some(About::Withdrawn);
    }
    let of = |word: &Option<String>| word.clone().unwrap_or_default();
    Some(match FactKind::of_word(&said.kind)? {
        FactKind::Position => About::Position(Position {
            unit: said.unit?,
            post: said.name,
            from: said.from?,
            to: said.to,
            category: if said.word.is_empty() { None } else { Some(told(&said.word)?) },
            duty: said.duty,
            office: of(&said.scope),
        }),
        FactKind::Rating => About::Rating(Rating {
            year: said.year?,
            grade: told(&said.word)?,
            number: said.number,
            decided_on: said.decided_on,
        }),
        FactKind::Initiative => About::Initiative(Initiative {
            kind: told(&said.word)?,
            name: said.name,
            scope: told(&of(&said.scope))?,
            status: told(&of(&said.status))?,
            by: if said.level.is_none() { None } else { Some(told(&of(&said.level))?) },
            year: said.year?,
            number: said.number,
            decided_on: said.decided_on?,
        }),
        FactKind::Discipline => About::Discipline(Discipline {
            level: told(&said.word)?,
            from: said.from?,
            to: said.to,
            number: said.number,
        }),
        FactKind::Inquiry => {
            About::Inquiry(Inquiry { kind: told(&said.word)?, from: said.from?, to: said.to, name: said.name })
        }
        FactKind::Registration => About::Registration(Registration {
            year: said.year?,
            on: said.decided_on?,
            honour: if said.word.is_empty() { None } else { Some(thidua_base::Code::parse(&said.word).ok()?) },
        }),
        FactKind::Award => About::Award(Held {
            honour: thidua_base::Code::parse(&said.word).ok()?,
            year: said.year?,
            period: said.from.zip(said.to),
            number: said.number,
            decided_on: said.decided_on?,
            authority: told(&of(&said.authority))?,
            level: told(&of(&said.level))?,
            achievement: said.name,
            commendation: said.commendation?,
            duty: said.duty,
            unit: said.unit,
            revoked_on: said.revoked_on,
            register: said.register,
        }),
        FactKind::Service => {
            About::Service(Service { field: said.word, from: said.from?, to: said.to, is_hardship: said.amount? != 0 })
        }
        FactKind::Score => About::Score(Score {
            year: said.year?,
            points: said.points?,
            segment: said.word,
            groups_ok: match said.status.as_deref() {
                None => None,
                Some(MET) => Some(true),
                Some(UNMET) => Some(false),
                Some(_) => return None,
            },
            groups: groups_of(&of(&said.groups))?,
            number: said.number,
        }),
        FactKind::Count => About::Count(Count { fact: said.word, amount: said.amount?, number: said.number }),
        FactKind::Statement => {
            About::Statement(Statement { fact: said.word, holds: said.amount? != 0, number: said.number })
        }
        FactKind::Complete => About::Complete(Complete { what: told(&said.word)?, year: said.year? }),
        FactKind::Ranking => About::Ranking(Ranking {
            year: said.year?,
            rank: said.amount?,
            organiser: told(&said.word)?,
            name: said.name,
        }),
        FactKind::Result => About::Result(MovementResult {
            name: said.name,
            launcher: told(&of(&said.scope))?,
            from: said.from?,
            to: said.to,
            outcome: told(&said.word)?,
            at: told(&of(&said.status))?,
            year: said.year?,
        }),
    })
}

fn told<T: Term>(word: &str) -> Option<T> {
    use crate::column::Read as _;
    Told::<T>::read(Value::from(word)).map(|told| told.0)
}
