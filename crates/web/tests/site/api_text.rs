//! The text that describes the interface: OpenAPI 3.1 by its official schema, kept as a file, and true of the answers.
//!
//! The schema is the OpenAPI Initiative's own of 7 October 2022 (Apache-2.0), as the package `openapi-spec-validator`
//! 0.7.1 carries it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use axum::http::{Method, StatusCode};
use proptest::prelude::*;
use serde_json::{Value, json};
use thidua_domain::actor::TokenScope;

use crate::api::{COMMUNE, Program, SHEET, desk, problem, told};

const SCHEMA: &str = include_str!("openapi-3.1-2022-10-07.json");
/// Where the text stands, from the root of the repository.
const PAGE: &str = "docs/api/openapi.json";

static TEXT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(thidua_web::openapi()).unwrap());

/// Path, method and description of every operation.
fn operations() -> Vec<(String, String, &'static Value)> {
    let paths = TEXT["paths"].as_object().unwrap();
    let of = |(path, item): (&String, &'static Value)| {
        let methods = item.as_object().unwrap().iter().filter(|(name, _)| ["get", "post"].contains(&name.as_str()));
        methods.map(|(method, told)| (path.clone(), method.clone(), told)).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

#[test]
fn the_text_is_openapi_3_1_by_the_official_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&TEXT).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let mut broken = TEXT.clone();
    broken["info"].as_object_mut().unwrap().remove("title");
    assert!(!validator.is_valid(&broken), "the schema is looked at");
}

#[test]
fn the_text_is_whole_in_itself() {
    let mut ids = BTreeSet::new();
    for (path, method, told) in operations() {
        let id = told["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has no id"));
        assert!(ids.insert(id), "{id} twice");
        assert!(told["summary"].as_str().is_some_and(|text| text.len() > 5), "{method} {path} says nothing");
        let none = Vec::new();
        let declared: BTreeSet<&str> = told["parameters"]
            .as_array()
            .unwrap_or(&none)
            .iter()
            .filter(|one| one["in"] == "path")
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        let named: BTreeSet<&str> =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        assert_eq!(declared, named, "{method} {path}");
    }
    let mut found = Vec::new();
    references(&TEXT, &mut found);
    assert!(found.len() > 20, "{}", found.len());
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leaves the text"));
        assert!(TEXT.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

fn references(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            into.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| references(field, into));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_kept_text_is_the_served_one() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(PAGE);
    if std::env::var_os("THIDUA_GENERATE").is_some() {
        std::fs::write(&file, thidua_web::openapi()).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == thidua_web::openapi(), "{PAGE} is old: cargo xtask generate");
}

/// A value for every parameter, one that leads somewhere in the sample.
fn sample(name: &str, report: &str, district: &str) -> String {
    match name {
        "form" => "bieu-01".into(),
        "period" => "2020-H2".into(),
        "unit" => COMMUNE.into(),
        "code" => "NN02".into(),
        "key" => format!("reading:NN02:{district}:2020-H1"),
        "id" => report.into(),
        "movement" => "PT01".into(),
        "format" => "html".into(),
        "instrument" => "nghi-dinh-91-2017-nd-cp".into(),
        "subject" => "ts-p-01".into(),
        "account" => "hoa".into(),
        "cluster" => "h-397-cum-4".into(),
        "cluster_year" => "2020".into(),
        "member" | "evidence" => String::new(),
        "scheme" => "TH-HDND-2026-XA".into(),
        "exemplar" => "rau-nha-luoi-dan-ly".into(),
        other => panic!("no sample of {other}"),
    }
}

/// The resources of facts, each of one subject.
const FACTS: [&str; 14] = [
    "/positions",
    "/ratings",
    "/initiatives",
    "/awards",
    "/registrations",
    "/disciplines",
    "/inquiries",
    "/services",
    "/rankings",
    "/movement-results",
    "/scores",
    "/counts",
    "/statements",
    "/complete-registers",
];

/// Whether an answer is as the text says.
fn fits(operation: &Value, status: &str, media: &str, body: &Value) {
    let schema = &operation["responses"][status]["content"][media]["schema"];
    assert!(schema.is_object(), "{}: no {status} as {media}", operation["operationId"]);
    let rooted = json!({ "allOf": [schema], "components": TEXT["components"] });
    let validator = jsonschema::draft202012::new(&rooted).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(body).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{}: {faults:#?}", operation["operationId"]);
}

#[tokio::test]
async fn every_documented_reading_answers_as_documented() {
    let app = desk();
    let operator = thidua_domain::Actor::operator("kiểm thử", app.home.tenant.clone());
    thidua_app::cluster::open_sample(&app, &operator).unwrap();
    let report = thidua_app::report::list(&app, &thidua_domain::Actor::operator("kiểm thử", app.home.tenant.clone()))
        .unwrap()
        .remove(0)
        .report;
    let district = app.home.unit.to_string();
    let program = Program::of(&app, "an", &TokenScope::ALL, None);
    let keeper = Program::of(&app, "quan", &[TokenScope::Accounts], None);
    let papers = format!("{SHEET}/evidence?indicators=NN04&name=a.pdf");
    let piece = told(&program.send(Method::POST, &papers, &[], "%PDF-1.7").await)["id"].as_str().unwrap().to_owned();
    let mut asked = 0;
    for (path, method, operation) in operations() {
        if method != "get" {
            continue;
        }
        let parts = path.split('/').map(|part| match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => sample(name, report.id.as_str(), &district),
            None => part.to_owned(),
        });
        let mut address = format!("/api/v1{}", parts.collect::<Vec<_>>().join("/"));
        address.push_str(match path.as_str() {
            "/figures" => "?indicator=NN02,KT01&unit=DISTRICT&period=2020-H1",
            "/figures-by-unit" => "?indicator=NN02&unit=DISTRICT&period=2020-H1&structure=restated-to:2020-07-05",
            "/plans" => "?unit=DISTRICT&year=2020",
            "/figures/export" => "?form=bieu-01&period=2020-H2&format=json",
            known if FACTS.contains(&known) => "?subject=ts-p-01",
            _ => "",
        });
        // A collective and a household are no persons.
        let address = address.replace("/collectives/ts-p-01", "/collectives/ts-t-01");
        let address = address.replace("/households/ts-p-01", "/households/ts-h-01");
        let address = address.replace("DISTRICT", &district);
        let address = match path.as_str() {
            "/sheets/{form}/{period}/{unit}/evidence/{id}/file" => format!("{SHEET}/evidence/{piece}/file"),
            _ => address,
        };
        let address = match path.as_str() {
            "/clusters/{cluster}/{cluster_year}/sheets/{member}" => {
                format!("{address}{}", first(&program, "matrix", "unit").await)
            }
            "/clusters/{cluster}/{cluster_year}/evidence/{evidence}/file" => {
                let id = first(&program, "evidence", "evidence").await;
                address.replace("/evidence//file", &format!("/evidence/{id}/file"))
            }
            _ => address,
        };
        let who = if path.starts_with("/accounts") { &keeper } else { &program };
        let answer = who.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", String::from_utf8_lossy(&answer.bytes));
        let media = answer.header("content-type").split(';').next().unwrap().to_owned();
        match media.as_str() {
            // Of its own media type.
            "application/pdf" if path.ends_with("/file") => assert!(answer.bytes.starts_with(b"%PDF-1.")),
            "application/json" => fits(operation, "200", "application/json", &told(&answer)),
            other => assert!(operation["responses"]["200"]["content"][other].is_object(), "{address}: {other}"),
        }
        asked += 1;
    }
    assert!(asked >= 14, "{asked}");
}

/// A field of the first line of a list of the sample's frozen cluster.
async fn first(program: &Program, list: &str, field: &str) -> String {
    let answer = program.get(&format!("/api/v1/clusters/h-397-cum-4/2020/{list}")).await;
    told(&answer)["items"][0][field].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_documented_operation_asks_for_a_key_and_answers_a_problem_as_documented() {
    let app = desk();
    let program = Program { router: thidua_web::router(Arc::clone(&app)), key: String::new(), lang: "vi" };
    for (path, method, operation) in operations() {
        let address = format!("/api/v1{}", path.replace(['{', '}'], ""));
        let address = match path.as_str() {
            "/figures" => format!("{address}?indicator=A&unit=a&period=2020"),
            "/figures-by-unit" => format!("{address}?indicator=A&unit=a&period=2020&structure=as-it-was"),
            "/plans" => format!("{address}?unit=a&year=2020"),
            "/figures/export" => format!("{address}?form=bieu-01&period=2020&format=json"),
            known if FACTS.contains(&known) && method == "get" => format!("{address}?subject=s-1"),
            _ => address,
        };
        if method == "get" {
            let address = address.replace("/form/", "/bieu-01/").replace("/period", "/2020").replace("/format", "/pdf");
            let address = address.replace("/cluster_year", "/2020");
            let answer = program.get(&address).await;
            assert_eq!(problem(&answer), (401, "unauthorised".to_owned()), "{address}");
            fits(operation, "4XX", "application/problem+json", &told(&answer));
        } else {
            let answer = program.send(Method::POST, &address, &[("content-type", "application/json")], "{}").await;
            assert!(answer.status.is_client_error(), "{address}");
            fits(operation, "4XX", "application/problem+json", &told(&answer));
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[a-z0-9:.-]{0,12}",
        ".{0,8}",
        Just("NN02".to_owned()),
        Just(COMMUNE.to_owned()),
        Just("2020-H2".to_owned()),
        Just("submit-sheet".to_owned()),
        Just("at-least".to_owned()),
        Just("granted".to_owned()),
        Just("-922337203685477580.8".to_owned()),
        Just("2020-07-01".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    let field = prop::sample::select(vec![
        "changes",
        "id",
        "unit",
        "indicator",
        "value",
        "absence",
        "note",
        "over",
        "verb",
        "reason",
        "cells",
        "rule",
        "fingerprint",
        "text",
        "assigner",
        "year",
        "decided_on",
        "values",
        "comparator",
        "period",
        "verdict",
        "rows",
    ]);
    leaf.prop_recursive(4, 24, 6, move |inner| {
        let fields = prop::collection::btree_map(field.clone(), inner.clone(), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            fields.prop_map(|fields| Value::Object(
                fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            )),
        ]
    })
}

#[test]
fn any_body_is_answered_and_never_fails() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let app = desk();
    let district = app.home.unit.to_string();
    let addresses = [
        format!("{SHEET}/entries"),
        format!("{SHEET}/steps"),
        format!("{SHEET}/explanations"),
        format!("{SHEET}/import"),
        "/api/v1/plans".to_owned(),
        "/api/v1/plans/kh-huyen-2020/proposals".to_owned(),
        "/api/v1/proposals/p-1/answer".to_owned(),
        "/api/v1/forms/bieu-01/cycles".to_owned(),
        "/api/v1/persons".to_owned(),
        "/api/v1/awards".to_owned(),
        "/api/v1/merges".to_owned(),
        "/api/v1/accounts".to_owned(),
        "/api/v1/accounts/hoa/roles".to_owned(),
        format!("/api/v1/units/{district}/divisions"),
        format!("/api/v1/clusters/h-397-cum-1/2020/sheets/{COMMUNE}/claims"),
        format!("/api/v1/clusters/h-397-cum-1/2020/sheets/{COMMUNE}/marks"),
        "/api/v1/clusters/h-397-cum-1/2020/objections".to_owned(),
    ];
    // Bodies that are nearly right go deeper than those that are not.
    let nearly = |leaf: Value| {
        vec![
            json!({ "changes": [{ "id": "c-1", "unit": COMMUNE, "indicator": "NN04", "value": leaf }] }),
            json!({ "changes": [{ "id": leaf, "unit": COMMUNE, "indicator": "NN04", "value": "1" }] }),
            json!({ "verb": leaf }),
            json!({ "rows": [{ "indicator": "NN04", "value": leaf }, { "indicator": leaf, "value": "1" }] }),
            json!({ "rows": [{ "indicator": "NN04", "absence": leaf, "note": leaf, "over": 1 }] }),
            json!({ "subject": "ts-p-01", "fields": { "year": leaf, "honour": "giay-khen", "number": leaf } }),
            json!({ "fields": { "name": leaf, "unit": COMMUNE, "from": "2020-01-01" }, "sure": true }),
            json!({ "role": "clerk", "unit": leaf, "valid_from": "2020-01-01" }),
            json!({ "on": "2025-07-01", "basis": leaf, "source": "a", "quantities": [{ "unit": COMMUNE, "quantity": leaf }] }),
            json!({ "criterion": leaf, "answer": { "kind": "amount", "amount": leaf } }),
            json!({ "criterion": "B.2", "level": "appraisal", "points": leaf, "over": leaf, "reason": leaf }),
            json!({ "rule": leaf, "indicator": "NN04", "fingerprint": leaf, "text": leaf }),
            json!({ "assigner": district, "year": "2020", "decided_on": "2020-07-01", "values":
                [{ "indicator": "NN04", "unit": COMMUNE, "comparator": "at-least", "value": leaf }] }),
        ]
    };
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let done = runner.run(&any_json(), |body| {
        let mut bodies = nearly(body.clone());
        bodies.push(body);
        runtime.block_on(async {
            for body in bodies {
                // A fresh router, since a key that asks so often would have to wait.
                let program = Program { router: thidua_web::router(Arc::clone(&app)), ..keyed(&app) };
                for address in &addresses {
                    let answer = program.post(address, &body).await;
                    let is_told = answer.status.is_success() || answer.status.is_client_error();
                    prop_assert!(is_told, "{address} {body}: {}", answer.status);
                }
            }
            Ok(())
        })
    });
    done.unwrap();
}

/// A program with one key for all of a test.
fn keyed(app: &Arc<thidua_app::App>) -> Program {
    static KEY: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let key = KEY.get_or_init(|| crate::api::key_of(app, "an", &TokenScope::ALL, None).1).clone();
    Program { router: axum::Router::new(), key, lang: "vi" }
}
