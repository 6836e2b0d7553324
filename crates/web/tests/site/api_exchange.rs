//! Files of figures, out and in: looked at first, kept as a whole or not at all.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use thidua_domain::actor::TokenScope;
use thidua_domain::collection::import::Written;
use tower::ServiceExt;

use crate::api::{COMMUNE, Program, SHEET, desk, problem, told};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn import(program: &Program, media: &str, query: &str, body: &str) -> (StatusCode, Value) {
    let path = format!("{SHEET}/import{query}");
    let answer = program.send(Method::POST, &path, &[("content-type", media)], body).await;
    (answer.status, told(&answer))
}

fn row(told: &Value, at: usize) -> (&str, Option<&str>, Option<&str>) {
    let line = &told["lines"][at];
    (line["found"].as_str().unwrap(), line["from"].as_str(), line["to"].as_str())
}

#[tokio::test]
async fn rows_are_looked_at_kept_whole_and_handed_out_again_in_every_form() {
    let app = desk();
    let program = Program::of(&app, "quan", &[TokenScope::Read, TokenScope::Enter], None);
    let rows = json!({ "rows": [
        { "indicator": "NN04", "value": "120" }, { "indicator": "NN05", "absence": "none-occurred" } ] });
    let (status, looked) = import(&program, "application/json", "?dry-run=true", &rows.to_string()).await;
    assert_eq!((status, &looked["is_kept"], &looked["new"]), (StatusCode::OK, &json!(false), &json!(2)), "{looked}");
    assert_eq!(looked["missing"], json!(["NN06"]));
    let before = told(&program.get("/api/v1/figures/export?form=bieu-01&period=2020-H2").await);
    assert_eq!(before["figures"], json!([]), "a look keeps nothing");
    let (status, kept) = import(&program, "application/json", "", &rows.to_string()).await;
    assert_eq!((status, &kept["is_kept"]), (StatusCode::OK, &json!(true)), "{kept}");
    assert_eq!(row(&kept, 0), ("new", None, Some("120")));
    let (_, again) = import(&program, "application/json", "", &rows.to_string()).await;
    assert_eq!((&again["is_kept"], &again["unchanged"]), (&json!(true), &json!(2)));

    // One cell that is refused keeps the whole file out.
    let wrong = "indicator,value\nNN04,130\nNN06,nhiều\n";
    let (status, refused) = import(&program, "text/csv", "", wrong).await;
    assert_eq!((status, &refused["is_kept"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(false)), "{refused}");
    assert_eq!((row(&refused, 0).0, row(&refused, 1).0), ("changed", "refused"));
    assert_eq!(refused["lines"][1]["code"], "not-a-number");

    let csv = program.get("/api/v1/figures/export?form=bieu-01&period=2020-H2&format=csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = csv.text().lines().collect();
    assert_eq!(lines[0], "unit,period,indicator,value,absence,nature,origin,seq,at");
    assert!(lines.len() == 3 && lines[1].starts_with("x-15769,2020-H2,NN04,120,,estimate,reported,"), "{lines:?}");
    assert!(lines[2].starts_with("x-15769,2020-H2,NN05,,none-occurred,estimate,reported,"), "{lines:?}");
    // What is handed out is taken in again and changes nothing.
    let (status, same) = import(&program, "text/csv", "?dry-run=true", csv.text()).await;
    assert_eq!((status, &same["unchanged"]), (StatusCode::OK, &json!(2)), "{same}");
    let xml = program.get("/api/v1/figures/export?form=bieu-01&period=2020-H2&format=xml").await;
    assert!(xml.text().contains(r#"<dataValue dataElement="NN04" value="120" td:nature="estimate""#), "{}", xml.text());
    assert!(xml.text().contains(r#"<adx xmlns="urn:ihe:qrph:adx:2015" xmlns:td="urn:thidua:adx:1" exported=""#));
    // Of several units as one workbook: who may read the sheet of one has the row of one.
    let book = program.get("/api/v1/figures/export?form=bieu-01&period=2020-H2&format=xlsx").await;
    assert!(book.status == StatusCode::OK && book.bytes.starts_with(b"PK"), "{}", book.status);
    let tables = thidua_app::collection::workbook::tables(&book.bytes, "x.xlsx").unwrap();
    let rows: Vec<Vec<String>> = tables[0].rows.iter().map(|row| row.iter().map(text_of).collect()).collect();
    assert_eq!(rows.iter().filter(|row| row.first().is_some_and(|id| id.starts_with("x-"))).count(), 1, "{rows:?}");
    let row_of = rows.iter().find(|row| row.first().is_some_and(|id| id == COMMUNE)).unwrap();
    assert_eq!((row_of[2].as_str(), row_of[3].as_str()), ("120", "không phát sinh"), "{rows:?}");
    let changed = xml.text().replace("value=\"120\"", "value=\"125\"");
    let (status, kept) = import(&program, "application/xml", "", &changed).await;
    assert_eq!((status, row(&kept, 0)), (StatusCode::OK, ("changed", Some("120"), Some("125"))), "{kept}");
    let after = told(&program.get("/api/v1/figures/export?form=bieu-01&period=2020-H2&unit=x-15769").await);
    assert_eq!((&after["figures"][0]["value"], &after["figures"][0]["unit"]), (&json!("125"), &json!(COMMUNE)));
}

#[tokio::test]
async fn a_workbook_goes_out_and_comes_back() {
    let app = desk();
    let program = Program::of(&app, "quan", &[TokenScope::Read, TokenScope::Enter], None);
    let book = program.get(&format!("{SHEET}/workbook")).await;
    assert_eq!((book.status, book.header("content-type")), (StatusCode::OK, XLSX));
    assert!(book.bytes.starts_with(b"PK"));
    let request = Request::post(format!("{SHEET}/import?dry-run=true"))
        .header("authorization", format!("Bearer {}", program.key))
        .header("content-type", XLSX)
        .body(Body::from(book.bytes))
        .unwrap();
    let response = program.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let told: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!((&told["refused"], &told["new"]), (&json!(0), &json!(0)), "{told}");
}

#[tokio::test]
async fn what_cannot_be_taken_in_is_refused_and_what_is_not_yours_is_not_there() {
    let app = desk();
    let program = Program::of(&app, "quan", &[TokenScope::Read, TokenScope::Enter], None);
    let path = format!("{SHEET}/import");
    for (media, body, code) in [
        ("text/plain", "x", "media-type"),
        ("text/csv", "value\n1\n", "bad-parameter"),
        ("text/csv", "indicator,over\nNN04,x\n", "bad-parameter"),
        ("application/xml", "<adx>", "bad-body"),
        ("application/json", "{}", "bad-body"),
        (XLSX, "not a workbook", "bad-file"),
    ] {
        let answer = program.send(Method::POST, &path, &[("content-type", media)], body).await;
        assert_eq!(problem(&answer).1, code, "{media} {body}");
    }
    let other =
        r#"<adx><group orgUnit="x-15766" period="2020-H2"><dataValue dataElement="NN04" value="1"/></group></adx>"#;
    let answer = program.send(Method::POST, &path, &[("content-type", "application/xml")], other).await;
    assert_eq!(problem(&answer), (400, "bad-parameter".to_owned()));
    let rows = json!({ "rows": [{ "indicator": "NN04", "value": "1" }] }).to_string();
    let json_type = [("content-type", "application/json")];
    let elsewhere = path.replace(COMMUNE, "x-15766");
    assert_eq!(problem(&program.send(Method::POST, &elsewhere, &json_type, &rows).await).0, 404);
    let reads = Program::of(&app, "quan", &[TokenScope::Read], None);
    assert_eq!(problem(&reads.send(Method::POST, &path, &json_type, &rows).await).0, 404);
    let export = "/api/v1/figures/export?form=bieu-01&period=2020-H2";
    assert_eq!(problem(&program.get(&format!("{export}&unit=x-15766")).await).0, 404);
    assert_eq!(problem(&program.get(&format!("{export}&format=pdf")).await).0, 400);
}

/// What stands in a cell of a workbook, as text.
fn text_of(cell: &Written) -> String {
    match cell {
        Written::Empty | Written::Day(_) => String::new(),
        Written::Number(number) => number.to_string(),
        Written::Long(text) | Written::Text(text) | Written::Fault(text) => text.clone(),
    }
}
