//! Indicators, readings, plans and the figures they assign.

use std::collections::BTreeSet;

use thidua_base::code::{IndicatorCode, kind};
use thidua_domain::Refusal;
use thidua_domain::indicator::{
    Absence, Comparator, Direction, Indicator, Nature, Parts, Plan, PlanNaming, PlanValue, Qualifier, Reading,
    TreeRule, Value, ValueKind,
};
use thidua_domain::refusal::{PackFault, Wanted};

use crate::pack::Entered;
use crate::pack::known::Known;
use crate::pack::record::Record;

/// Columns of `indicators.csv`.
pub(in crate::pack) const INDICATORS: &[&str] = &[
    "code",
    "valid_from",
    "valid_to",
    "name",
    "phrase",
    "name_en",
    "measure",
    "decimals",
    "percent_decimals",
    "kind",
    "tree_rule",
    "direction",
    "price_basis",
    "part_of",
    "parts",
    "field",
    "ordinal",
    "owner",
    "definition",
];
/// Columns of `readings.csv`.
pub(in crate::pack) const READINGS: &[&str] =
    &["indicator", "unit", "period", "nature", "value", "qualifier", "as_of", "origin", "low", "high", "source"];
/// Columns of `plan-values.csv`.
pub(in crate::pack) const PLAN_VALUES: &[&str] =
    &["plan", "indicator", "unit", "period", "comparator", "value", "origin", "low", "high", "source"];

/// Definitions; wholes and the indicators of tree rules must be defined in the same file.
pub(in crate::pack) fn indicators(
    records: &[Record],
    codes: &Known<kind::Indicator>,
    units: &Known<kind::Org>,
) -> Result<Vec<Indicator>, Refusal> {
    records.iter().map(|record| indicator(record, codes, units)).collect()
}

fn indicator(record: &Record, codes: &Known<kind::Indicator>, units: &Known<kind::Org>) -> Result<Indicator, Refusal> {
    let (valid_from, valid_to) = record.span()?;
    let part_of = codes.maybe(record, "part_of")?;
    // Only a part says whether it is one of all parts.
    let parts = match part_of {
        Some(_) => record.one_of("parts", &[("all", Parts::All), ("some", Parts::Some)])?,
        None => record.one_of("parts", &[("", Parts::Some)])?,
    };
    Ok(Indicator {
        code: record.code("code")?,
        valid_from,
        valid_to,
        name: record.text("name")?.to_owned(),
        phrase: record.text("phrase")?.to_owned(),
        name_en: record.text("name_en")?.to_owned(),
        measure: record.text("measure")?.to_owned(),
        decimals: record.decimals("decimals")?,
        percent_decimals: record.decimals("percent_decimals")?,
        kind: record.one_of(
            "kind",
            &[
                ("flow", ValueKind::Flow),
                ("stock", ValueKind::Stock),
                ("ratio", ValueKind::Ratio),
                ("index", ValueKind::Index),
            ],
        )?,
        tree_rule: tree_rule(record, codes)?,
        direction: record.one_of(
            "direction",
            &[("up", Direction::Up), ("down", Direction::Down), ("neutral", Direction::Neutral)],
        )?,
        price_basis: record.free("price_basis")?.to_owned(),
        part_of,
        parts,
        field: record.text("field")?.to_owned(),
        ordinal: record.whole("ordinal")?,
        owner: units.maybe(record, "owner")?,
        definition: record.free("definition")?.to_owned(),
    })
}

/// `own`, `sum`, `count-positive:NN09`, `quotient:A/B`.
fn tree_rule(record: &Record, codes: &Known<kind::Indicator>) -> Result<TreeRule, Refusal> {
    const KEY: &str = "tree_rule";
    let known = |text: &str| match IndicatorCode::parse(text) {
        Ok(code) if codes.holds(text) => Ok(code),
        Ok(_) | Err(_) => Err(record.fault(KEY, PackFault::Dangling(text.to_owned()))),
    };
    let text = record.text(KEY)?;
    let unknown = || {
        let example = "own, sum, count-positive:KT01, quotient:KT01/KT02";
        record.fault(KEY, PackFault::Expected(Wanted::Like { kind: "tree-rule", example, found: text.to_owned() }))
    };
    match text.split_once(':') {
        None if text == "own" => Ok(TreeRule::Own),
        None if text == "sum" => Ok(TreeRule::Sum),
        Some(("count-positive", of)) => Ok(TreeRule::CountPositive(known(of)?)),
        Some(("quotient", both)) => {
            let (up, down) = both.split_once('/').ok_or_else(unknown)?;
            Ok(TreeRule::Quotient(known(up)?, known(down)?))
        }
        None | Some(_) => Err(unknown()),
    }
}

/// Readings, entered by one hand at one time; a cell has one reading of each nature.
pub(in crate::pack) fn readings(
    records: &[Record],
    codes: &Known<kind::Indicator>,
    units: &Known<kind::Org>,
    entered: &Entered,
) -> Result<Vec<Reading>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut readings = Vec::new();
    for record in records {
        let value = match record.text("value")? {
            "not-reported" => Value::Absent(Absence::NotReported),
            "not-applicable" => Value::Absent(Absence::NotApplicable),
            "none-occurred" => Value::Absent(Absence::NoneOccurred),
            "withheld" => Value::Absent(Absence::Withheld),
            _ => Value::Of(record.number("value")?),
        };
        let reading = Reading {
            seq: 0,
            indicator: codes.resolve(record, "indicator")?,
            unit: units.resolve(record, "unit")?,
            period: record.period("period")?,
            nature: record.one_of(
                "nature",
                &[("estimate", Nature::Estimate), ("provisional", Nature::Provisional), ("official", Nature::Official)],
            )?,
            value,
            qualifier: record.one_of(
                "qualifier",
                &[
                    ("", Qualifier::Plain),
                    ("above", Qualifier::Above),
                    ("nearly", Qualifier::Nearly),
                    ("still", Qualifier::Still),
                ],
            )?,
            as_of: record.maybe_date("as_of")?,
            provenance: record.provenance_of(value.number())?,
            entered_by: entered.by.clone(),
            entered_at: entered.at,
            supersedes: None,
            reason: String::new(),
        };
        if !seen.insert((reading.key(), reading.nature)) {
            return Err(record.fault("indicator", PackFault::Twice(reading.key())));
        }
        readings.push(reading);
    }
    Ok(readings)
}

/// Plan documents; a plan revises one that stands before it.
pub(in crate::pack) fn plans(
    file: &Record,
    plans: &mut Known<kind::Plan>,
    units: &Known<kind::Org>,
) -> Result<Vec<Plan>, Refusal> {
    file.only(&["plan"])?;
    let mut read = Vec::new();
    for record in file.records("plan")? {
        record.only(&[
            "id",
            "assigner",
            "naming",
            "word",
            "period",
            "number",
            "decided_on",
            "supersedes",
            "origin",
            "source",
        ])?;
        let supersedes = plans.maybe(record, "supersedes")?;
        read.push(Plan {
            id: plans.define(record, "id")?,
            assigner: units.resolve(record, "assigner")?,
            naming: record.one_of("naming", &[("plain", PlanNaming::Plain), ("named", PlanNaming::Named)])?,
            word: record.text("word")?.to_owned(),
            period: record.period("period")?,
            number: record.free("number")?.to_owned(),
            decided_on: record.date("decided_on")?,
            supersedes,
            provenance: record.provenance()?,
        });
    }
    Ok(read)
}

/// Figures of plans.
pub(in crate::pack) fn plan_values(
    records: &[Record],
    plans: &Known<kind::Plan>,
    codes: &Known<kind::Indicator>,
    units: &Known<kind::Org>,
) -> Result<Vec<PlanValue>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut values = Vec::new();
    for record in records {
        let number = record.number("value")?;
        let value = PlanValue {
            plan: plans.resolve(record, "plan")?,
            indicator: codes.resolve(record, "indicator")?,
            unit: units.resolve(record, "unit")?,
            period: record.period("period")?,
            comparator: record.one_of(
                "comparator",
                &[("at-least", Comparator::AtLeast), ("at-most", Comparator::AtMost), ("exactly", Comparator::Exactly)],
            )?,
            value: number,
            provenance: record.provenance_of(Some(number))?,
        };
        if !seen.insert(value.key()) {
            return Err(record.fault("indicator", PackFault::Twice(value.key())));
        }
        values.push(value);
    }
    Ok(values)
}
