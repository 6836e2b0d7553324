//! What `checks.js` is given, so that a page finds without a server what the server finds.
//!
//! The shapes are those of `crates/domain/vectors/*.json`. Numbers are canonical text (`-1231.2`), so that no floating
//! point touches them; what is absent is left out. A page embeds each text in a block of data, which the policy of the
//! site permits, since it is never run, or in an attribute.
//!
//! - facts: `period`, `months` passed, `begins_year`, `unit` (`standing`, `gone`, `not-yet`) and `rows` with `indicator`,
//!   `kind`, `measure`, `decimals`, `direction`, `field`, `required`, `sample`, `value` or `absence`, `nature`,
//!   `nature_before`, `plan_year`, `plan_to_date`, `same_period`, `previous`, `accumulated`, `history`, `peers`, `per`, `peers_per`, `below`,
//!   `assigned`, `shorter`, `part_of`, `parts`, `quotient`; `parts` is `all` where they make up the whole.
//! - rules: a list of `code`, `version`, `kind`, `severity`, `parameters` by name, and the lists `fields`, `indicators`,
//!   `except`.
//! - sentences: by kind, with gaps in braces.
//!
//! The script answers `thidua.check(facts, rules)` with a list of `rule`, `version`, `kind`, `severity`, `rows` and
//! `numbers` (pairs of name and text).

use serde_json::{Map, Value as Json, json};
use thidua_base::Number;
use thidua_base::code::IndicatorCode;
use thidua_domain::collection::check::{Kind, RowFacts, Rule, SheetFacts, UnitState};
use thidua_domain::indicator::{Direction, Nature, Parts, Value, ValueKind};

use crate::collection::wire::absence_sent;
use crate::messages::Messages;

/// The names in `static/` of what a page needs to read and check, in the order in which they are run.
pub const SCRIPTS: [&str; 2] = ["typed.js", "checks.js"];

/// The addresses of the scripts, in their order.
pub fn script_addresses() -> [String; 2] {
    SCRIPTS.map(crate::assets::address)
}

/// The facts of a sheet for the script.
pub fn facts_json(facts: &SheetFacts) -> String {
    let period = facts.period;
    embedded(&json!({
        "period": period.to_string(),
        "months": period.months_passed(),
        "begins_year": period.first_day() == period.plan_year().first_day(),
        "unit": match facts.unit {
            UnitState::Standing => "standing",
            UnitState::Gone => "gone",
            UnitState::NotYet => "not-yet",
        },
        "rows": facts.rows.iter().map(row_json).collect::<Vec<_>>(),
    }))
}

/// The rules of a day for the script.
pub fn rules_json(rules: &[&Rule]) -> String {
    let rule_json = |rule: &&Rule| {
        let parameters: Map<String, Json> =
            rule.parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        let codes = |codes: &std::collections::BTreeSet<IndicatorCode>| {
            codes.iter().map(|code| Json::from(code.as_str())).collect::<Vec<_>>()
        };
        json!({
            "code": rule.code,
            "version": rule.version,
            "kind": rule.kind.word(),
            "severity": rule.severity.word(),
            "parameters": parameters,
            "fields": rule.scope.fields,
            "indicators": codes(&rule.scope.indicators),
            "except": codes(&rule.scope.except),
        })
    };
    embedded(&Json::from(rules.iter().map(rule_json).collect::<Vec<_>>()))
}

/// The sentences of the checks for the script, by kind, with gaps for `row`, `others` and the numbers.
pub fn sentences_json(say: &Messages) -> String {
    let of = |kind: Kind| (kind.word().to_owned(), Json::from(say.get(&format!("check.{}", kind.word()))));
    embedded(&Json::Object(Kind::ALL.into_iter().map(of).collect()))
}

/// JSON that may stand inside an element of the page.
fn embedded(json: &Json) -> String {
    json.to_string().replace('<', "\\u003c")
}

fn row_json(row: &RowFacts) -> Json {
    let number = |number: Option<Number>| number.map(|number| Json::from(number.to_string()));
    let numbers = |numbers: &[Number]| {
        let texts: Vec<Json> = numbers.iter().map(|number| number.to_string().into()).collect();
        (!texts.is_empty()).then(|| Json::from(texts))
    };
    let pairs = |pairs: &[(Number, Number)]| {
        let texts: Vec<Json> = pairs.iter().map(|(of, per)| json!([of.to_string(), per.to_string()])).collect();
        (!texts.is_empty()).then(|| Json::from(texts))
    };
    let nature = |nature: Option<Nature>| nature.map(|nature| Json::from(nature_word(nature)));
    let yes = |is: bool| is.then_some(Json::Bool(true));
    let absence = match row.value {
        Some(Value::Absent(absence)) => Some(Json::from(absence_sent(absence))),
        Some(Value::Of(_)) | None => None,
    };
    let fields: [(&str, Option<Json>); 27] = [
        ("indicator", Some(row.indicator.as_str().into())),
        ("kind", Some(kind_word(row.kind).into())),
        ("measure", Some(row.measure.as_str().into())),
        ("decimals", Some(row.decimals.into())),
        ("direction", Some(direction_word(row.direction).into())),
        ("field", Some(row.field.as_str().into())),
        ("required", yes(row.is_required)),
        ("sample", yes(row.is_sample)),
        ("value", number(row.value.and_then(Value::number))),
        ("absence", absence),
        ("nature", nature(row.nature)),
        ("nature_before", nature(row.nature_before)),
        ("plan_year", number(row.plan_year)),
        ("plan_to_date", number(row.plan_to_date)),
        ("same_period", number(row.same_period)),
        ("previous", number(row.previous)),
        ("accumulated", number(row.accumulated)),
        ("history", numbers(&row.history)),
        ("peers", numbers(&row.peers)),
        ("per", number(row.per)),
        ("peers_per", pairs(&row.peers_per)),
        ("below", number(row.below)),
        ("assigned", number(row.assigned)),
        ("shorter", numbers(&row.shorter)),
        ("part_of", row.part_of.as_ref().map(|code| code.as_str().into())),
        ("parts", (row.parts == Parts::All).then(|| "all".into())),
        ("quotient", row.quotient.as_ref().map(|(above, below)| json!([above.as_str(), below.as_str()]))),
    ];
    let known = fields.into_iter().filter_map(|(name, value)| value.map(|value| (name.to_owned(), value)));
    Json::Object(known.collect())
}

fn kind_word(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Flow => "flow",
        ValueKind::Stock => "stock",
        ValueKind::Ratio => "ratio",
        ValueKind::Index => "index",
    }
}

fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Neutral => "neutral",
    }
}

fn nature_word(nature: Nature) -> &'static str {
    match nature {
        Nature::Estimate => "estimate",
        Nature::Provisional => "provisional",
        Nature::Official => "official",
    }
}

#[cfg(test)]
mod tests;
