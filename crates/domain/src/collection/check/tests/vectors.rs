//! The vectors that the browser runs too: `vectors/checks.json`. Their shape is the one `thidua-web` writes.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use thidua_base::code::IndicatorCode;
use thidua_base::{Date, Number, Period};

use super::super::*;
use crate::indicator::{Absence, Direction, Nature, Parts, Value, ValueKind};

const VECTORS: &str = include_str!("../../../../vectors/checks.json");

#[test]
fn every_vector_finds_what_it_says() {
    let book = RuleBook::shipped().unwrap();
    let vectors: Vec<Json> = serde_json::from_str(VECTORS).unwrap();
    assert!(vectors.len() >= 140, "{}", vectors.len());
    for vector in &vectors {
        let name = text(&vector["name"]);
        let rules: Vec<Rule> = list(&vector["rules"]).iter().flat_map(|asked| rules_of(asked, &book)).collect();
        let facts = facts(&vector["facts"]);
        let found = check(&facts, &rules.iter().collect::<Vec<_>>());
        let told: Vec<Json> = found.iter().map(json).collect();
        assert_eq!(Json::from(told), vector["finds"], "{name}");
        for result in &found {
            let names = result.numbers.iter().map(|(name, _)| name);
            assert!(names.into_iter().all(|number| result.kind.numbers().contains(number)), "{name}");
        }
        let mut turned = rules.iter().collect::<Vec<_>>();
        turned.reverse();
        assert_eq!(check(&facts, &turned), found, "{name}: the order of rules must not matter");
    }
}

#[test]
fn every_kind_fires_in_one_vector_and_keeps_still_in_another() {
    let vectors: Vec<Json> = serde_json::from_str(VECTORS).unwrap();
    for kind in Kind::ALL {
        let of_kind = |vector: &&Json| list(&vector["rules"]).iter().any(|rule| *rule == kind.word());
        let fires = |vector: &Json| list(&vector["finds"]).iter().any(|one| one["rule"] == kind.word());
        let (fired, still): (Vec<&Json>, Vec<&Json>) = vectors.iter().filter(of_kind).partition(|v| fires(v));
        assert!(!fired.is_empty() && !still.is_empty(), "{kind:?}: {} fire, {} do not", fired.len(), still.len());
    }
}

fn json(result: &CheckResult) -> Json {
    let numbers: Vec<Json> = result.told().map(|(name, number)| serde_json::json!([name, number])).collect();
    let rows: Vec<&str> = result.rows.iter().map(IndicatorCode::as_str).collect();
    serde_json::json!({"rule": result.rule, "rows": rows, "numbers": numbers})
}

fn rules_of(asked: &Json, book: &RuleBook) -> Vec<Rule> {
    match asked.as_str() {
        Some("*") => book.rules().to_vec(),
        Some(code) => book.rules().iter().filter(|rule| rule.code == code).cloned().collect(),
        None => vec![rule_of(asked)],
    }
}

fn rule_of(json: &Json) -> Rule {
    let kind = word(&json["kind"], &Kind::ALL, Kind::word);
    let codes = |json: &Json| list(json).iter().map(code).collect::<BTreeSet<_>>();
    Rule {
        code: text(&json["code"]).to_owned(),
        version: json["version"].as_i64().unwrap(),
        kind,
        severity: word(&json["severity"], &Severity::ALL, Severity::word),
        parameters: kind.parameters().iter().map(|name| (*name, json["parameters"][name].as_i64().unwrap())).collect(),
        scope: Scope {
            fields: list(&json["fields"]).iter().map(|field| text(field).to_owned()).collect(),
            indicators: codes(&json["indicators"]),
            except: codes(&json["except"]),
        },
        valid_from: Date::parse("2000-01-01").unwrap(),
        valid_to: None,
        legal_ref: String::new(),
    }
}

fn facts(json: &Json) -> SheetFacts {
    let period = Period::parse(text(&json["period"])).unwrap();
    assert_eq!(json["months"], i64::from(period.months_passed()), "{period}");
    assert_eq!(json["begins_year"], period.first_day() == period.plan_year().first_day(), "{period}");
    let unit = match text(&json["unit"]) {
        "standing" => UnitState::Standing,
        "gone" => UnitState::Gone,
        "not-yet" => UnitState::NotYet,
        other => panic!("no state '{other}'"),
    };
    SheetFacts { period, unit, rows: list(&json["rows"]).iter().map(row).collect() }
}

fn row(json: &Json) -> RowFacts {
    let number = |name: &str| json[name].as_str().map(|text| Number::parse(text).unwrap());
    let numbers = |name: &str| list(&json[name]).iter().map(|one| Number::parse(text(one)).unwrap()).collect();
    let nature = |name: &str| {
        json[name].as_str().map(|word| match word {
            "estimate" => Nature::Estimate,
            "provisional" => Nature::Provisional,
            "official" => Nature::Official,
            other => panic!("no nature '{other}'"),
        })
    };
    let absence = json["absence"].as_str().map(|word| match word {
        "not-reported" => Absence::NotReported,
        "not-applicable" => Absence::NotApplicable,
        "none-occurred" => Absence::NoneOccurred,
        "withheld" => Absence::Withheld,
        other => panic!("no absence '{other}'"),
    });
    RowFacts {
        indicator: code(&json["indicator"]),
        kind: match text(&json["kind"]) {
            "flow" => ValueKind::Flow,
            "stock" => ValueKind::Stock,
            "ratio" => ValueKind::Ratio,
            "index" => ValueKind::Index,
            other => panic!("no kind '{other}'"),
        },
        measure: text(&json["measure"]).to_owned(),
        decimals: u8::try_from(json["decimals"].as_u64().unwrap()).unwrap(),
        direction: match text(&json["direction"]) {
            "up" => Direction::Up,
            "down" => Direction::Down,
            "neutral" => Direction::Neutral,
            other => panic!("no direction '{other}'"),
        },
        field: text(&json["field"]).to_owned(),
        is_required: json["required"] == true,
        is_sample: json["sample"] == true,
        value: number("value").map(Value::Of).or(absence.map(Value::Absent)),
        nature: nature("nature"),
        nature_before: nature("nature_before"),
        plan_year: number("plan_year"),
        plan_to_date: number("plan_to_date"),
        same_period: number("same_period"),
        previous: number("previous"),
        accumulated: number("accumulated"),
        history: numbers("history"),
        peers: numbers("peers"),
        per: number("per"),
        peers_per: list(&json["peers_per"])
            .iter()
            .map(|pair| [0, 1].map(|at| Number::parse(text(&pair[at])).unwrap()).into())
            .collect(),
        below: number("below"),
        assigned: number("assigned"),
        shorter: numbers("shorter"),
        part_of: (!json["part_of"].is_null()).then(|| code(&json["part_of"])),
        parts: if json["parts"] == "all" { Parts::All } else { Parts::Some },
        quotient: (!json["quotient"].is_null()).then(|| (code(&json["quotient"][0]), code(&json["quotient"][1]))),
    }
}

fn word<T: Copy>(json: &Json, all: &[T], word_of: fn(T) -> &'static str) -> T {
    *all.iter().find(|one| word_of(**one) == text(json)).unwrap()
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap()
}

fn code(json: &Json) -> IndicatorCode {
    IndicatorCode::parse(text(json)).unwrap()
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}
