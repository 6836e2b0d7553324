//! Indicators with their dated definitions.

use std::collections::BTreeSet;

use thidua_base::code::{IndicatorCode, TenantId};
use thidua_domain::Scope;
use thidua_domain::indicator::{Direction, Indicator, Parts, TreeRule, ValueKind};

use crate::column::{Cells, Word};
use crate::engine::{Row, Tx};
use crate::error::Error;
use crate::statement::sql;
use crate::tenant::ground_moves;

sql!(
    INSERT_INDICATOR = "
        INSERT INTO indicator (tenant, code)
        VALUES ($1, $2)
        ON CONFLICT (tenant, code) DO NOTHING",
    INSERT_VERSION = "
        INSERT INTO indicator_version (
            tenant, indicator, valid_from, valid_to, name, phrase, name_en, measure, decimals, percent_decimals,
            kind, tree_rule, numerator, denominator, direction, price_basis, part_of, parts, field, ordinal,
            owner, definition
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
    INDICATORS = "
        SELECT indicator, valid_from, valid_to, name, phrase, name_en, measure, decimals, percent_decimals,
            kind, tree_rule, numerator, denominator, direction, price_basis, part_of, parts, field, ordinal,
            owner, definition
        FROM indicator_version
        WHERE tenant = $1
        ORDER BY ordinal, indicator, valid_from",
);

/// Adds definitions; an indicator seen for the first time comes into being.
pub fn insert_many(tx: &mut Tx, tenant: &TenantId, indicators: &[Indicator]) -> Result<(), Error> {
    ground_moves(tx, tenant)?;
    let codes: BTreeSet<&IndicatorCode> = indicators.iter().map(|indicator| &indicator.code).collect();
    tx.insert_many(&INSERT_INDICATOR, codes.into_iter().map(|code| Cells::of(tenant).with(code)))?;
    let rows = indicators.iter().map(|indicator| {
        let (rule, numerator, denominator) = match &indicator.tree_rule {
            TreeRule::Own => ("own", None, None),
            TreeRule::Sum => ("sum", None, None),
            TreeRule::CountPositive(counted) => ("count-positive", Some(counted), None),
            TreeRule::Quotient(numerator, denominator) => ("quotient", Some(numerator), Some(denominator)),
        };
        Cells::of(tenant)
            .with(&indicator.code)
            .with(indicator.valid_from)
            .with(indicator.valid_to)
            .with(&indicator.name)
            .with(&indicator.phrase)
            .with(&indicator.name_en)
            .with(&indicator.measure)
            .with(indicator.decimals)
            .with(indicator.percent_decimals)
            .with(indicator.kind)
            .with(rule)
            .with(numerator)
            .with(denominator)
            .with(indicator.direction)
            .with(&indicator.price_basis)
            .with(indicator.part_of.as_ref())
            .with(indicator.parts)
            .with(&indicator.field)
            .with(indicator.ordinal)
            .with(indicator.owner.as_ref())
            .with(&indicator.definition)
    });
    tx.insert_many(&INSERT_VERSION, rows)
}

/// Every definition, in list order. Definitions are the whole tenant's, whatever units are in reach.
pub fn indicators(tx: &mut Tx, scope: &Scope) -> Result<Vec<Indicator>, Error> {
    tx.query(&INDICATORS, &[(&scope.tenant).into()], |row| {
        Ok(Indicator {
            code: row.next()?,
            valid_from: row.next()?,
            valid_to: row.next()?,
            name: row.next()?,
            phrase: row.next()?,
            name_en: row.next()?,
            measure: row.next()?,
            decimals: row.next()?,
            percent_decimals: row.next()?,
            kind: row.next()?,
            tree_rule: tree_rule_from(row)?,
            direction: row.next()?,
            price_basis: row.next()?,
            part_of: row.next()?,
            parts: row.next()?,
            field: row.next()?,
            ordinal: row.next()?,
            owner: row.next()?,
            definition: row.next()?,
        })
    })
}

fn tree_rule_from(row: &mut Row<'_>) -> Result<TreeRule, Error> {
    let word: String = row.next()?;
    match (word.as_str(), row.next()?, row.next()?) {
        ("own", None, None::<IndicatorCode>) => Ok(TreeRule::Own),
        ("sum", None, None) => Ok(TreeRule::Sum),
        ("count-positive", Some(counted), None) => Ok(TreeRule::CountPositive(counted)),
        ("quotient", Some(numerator), Some(denominator)) => Ok(TreeRule::Quotient(numerator, denominator)),
        (_, _, _) => Err(Error::Integrity(format!("an indicator has the tree rule '{word}' with the wrong terms"))),
    }
}

impl Word for ValueKind {
    const ALL: &'static [Self] = &[Self::Flow, Self::Stock, Self::Ratio, Self::Index];

    fn word(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Stock => "stock",
            Self::Ratio => "ratio",
            Self::Index => "index",
        }
    }
}

impl Word for Direction {
    const ALL: &'static [Self] = &[Self::Up, Self::Down, Self::Neutral];

    fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Neutral => "neutral",
        }
    }
}

impl Word for Parts {
    const ALL: &'static [Self] = &[Self::All, Self::Some];

    fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Some => "some",
        }
    }
}
