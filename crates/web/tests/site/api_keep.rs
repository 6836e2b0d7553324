//! The interface for who collects: forms made and assigned, time given, sheets waived, cycles closed, reports issued.

use axum::http::StatusCode;
use serde_json::{Value, json};
use thidua_domain::actor::TokenScope;

use crate::api::{COMMUNE, Program, desk};
use crate::demo::Answer;

const CYCLE: &str = "/api/v1/forms/bieu-01/cycles/2020-H2";

fn told(answer: &Answer) -> Value {
    serde_json::from_str(answer.text()).unwrap()
}

#[tokio::test]
async fn a_form_is_made_and_assigned_by_who_collects_it() {
    let app = desk();
    let keeper = Program::of(&app, "an", &[TokenScope::Read, TokenScope::Keep], None);
    let form = json!({
        "id": "bieu-02", "number": "Biểu số 02", "name": "Lao động", "receiver": "h-397", "every": "half",
        "valid_from": "2020-01-01", "rows": [{"indicator": "TP01", "is_required": true}],
        "assignments": [{"unit": COMMUNE, "valid_from": "2020-01-01"}]
    });
    let made = keeper.post("/api/v1/forms", &form).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert_eq!(told(&made)["rows"][0]["indicator"], "TP01");
    assert_eq!(told(&keeper.get("/api/v1/forms/bieu-02").await)["name"], "Lao động");
    let again = keeper.post("/api/v1/forms", &form).await;
    assert_eq!((again.status, &told(&again)["type"]), (StatusCode::CONFLICT, &json!("urn:thidua:problem:form-exists")));
    let other = json!({"assignments": [{"unit": "x-15766", "valid_from": "2020-01-01"}]});
    let assigned = keeper.post("/api/v1/forms/bieu-02/assignments", &other).await;
    assert_eq!((assigned.status, &told(&assigned)["added"]), (StatusCode::CREATED, &json!(1)), "{}", assigned.text());
    for (path, body, status) in [
        ("/api/v1/forms/bieu-02/assignments", json!({"assignments": []}), StatusCode::BAD_REQUEST),
        (
            "/api/v1/forms/bieu-02/assignments",
            json!({"assignments": [{"unit": COMMUNE, "below": "h-397", "valid_from": "2020-01-01"}]}),
            StatusCode::BAD_REQUEST,
        ),
        ("/api/v1/forms/khong-co/assignments", other.clone(), StatusCode::NOT_FOUND),
    ] {
        let answer = keeper.post(path, &body).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
    }
    // A key without the scope, and a person without the right, are told that there is nothing.
    for stranger in [
        Program::of(&app, "an", &[TokenScope::Read], None),
        Program::of(&app, "quan", &[TokenScope::Read, TokenScope::Keep], None),
    ] {
        let refused = stranger.post("/api/v1/forms/bieu-02/assignments", &other).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{}", refused.text());
    }
}

#[tokio::test]
async fn time_is_given_a_sheet_waived_and_the_cycle_closed() {
    let app = desk();
    let keeper = Program::of(&app, "an", &[TokenScope::Read, TokenScope::Keep], None);
    let until = app.clock.now().date_in_vietnam().plus_days(60).unwrap().to_string();
    let more = json!({"unit": COMMUNE, "open_until": until, "reason": "Mưa lũ"});
    let given = keeper.post(&format!("{CYCLE}/extensions"), &more).await;
    assert_eq!(given.status, StatusCode::CREATED, "{}", given.text());
    assert_eq!((&told(&given)["open_until"], &told(&given)["due_on"]), (&json!(until), &Value::Null));
    let silent = json!({"unit": COMMUNE, "open_until": until, "reason": " "});
    let refused = keeper.post(&format!("{CYCLE}/extensions"), &silent).await;
    assert_eq!(
        (refused.status, &told(&refused)["type"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("urn:thidua:problem:no-reason"))
    );
    let waiver = json!({"unit": "x-15766", "reason": "Đã nhập vào biểu của huyện"});
    let waived = keeper.post(&format!("{CYCLE}/waivers"), &waiver).await;
    assert_eq!((waived.status, &told(&waived)["unit"]), (StatusCode::CREATED, &json!("x-15766")), "{}", waived.text());
    assert!(keeper.post(&format!("{CYCLE}/waivers"), &waiver).await.status.is_client_error(), "once only");
    let closed = keeper.post(&format!("{CYCLE}/closing"), &json!({})).await;
    assert_eq!(closed.status, StatusCode::CREATED, "{}", closed.text());
    assert!(told(&closed)["as_of_seq"].as_i64().unwrap() > 0);
    assert!(keeper.post(&format!("{CYCLE}/closing"), &json!({})).await.status.is_client_error());
    let missing = keeper.post("/api/v1/forms/bieu-01/cycles/2019-H2/closing", &json!({})).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_plan_of_many_lines_is_looked_at_line_by_line_and_kept_whole_or_not() {
    let app = desk();
    let keeper = Program::of(&app, "an", &[TokenScope::Read, TokenScope::Keep], None);
    let line = |indicator: &str, unit: &str, value: &str| json!({ "indicator": indicator, "unit": unit, "comparator": "at-least", "value": value });
    let mut plan = json!({ "assigner": "h-397", "year": "2020", "number": "17/QĐ-UBND", "decided_on": "2020-01-15",
        "values": [line("LD01", COMMUNE, "30"), line("LD01", COMMUNE, "31"), line("XX99", COMMUNE, "3"),
            line("LD01", "x-0", "3"), line("LD01", "h-397", "3"), line("NN04", COMMUNE, "ba"), line("NN04", COMMUNE, "5")] });
    let looked = keeper.post("/api/v1/plans?dry-run=true", &plan).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.text());
    let problems: Vec<Value> =
        told(&looked)["lines"].as_array().unwrap().iter().map(|line| line["problem"].clone()).collect();
    let wanted =
        json!([null, "target-twice", "undefined-indicator", "unknown-unit", "own-target", "bad-parameter", null]);
    assert_eq!((Value::from(problems), &told(&looked)["is_good"]), (wanted, &json!(false)));
    assert!(told(&looked)["lines"][1]["detail"].as_str().unwrap().contains("Giữ một dòng"));
    plan["values"] = json!([line("LD01", COMMUNE, "30"), line("LD01", COMMUNE, "31")]);
    let refused = keeper.post("/api/v1/plans", &plan).await;
    assert_eq!(
        (refused.status, &told(&refused)["type"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("urn:thidua:problem:target-twice"))
    );
    plan["values"] = json!([line("LD01", COMMUNE, "30"), line("NN04", COMMUNE, "31"), line("NN04", "x-15766", "4")]);
    let looked = keeper.post("/api/v1/plans?dry-run=true", &plan).await;
    assert_eq!((looked.status, &told(&looked)["is_good"]), (StatusCode::OK, &json!(true)));
    let numbers = |answer: &Answer| told(answer)["plans"].to_string();
    assert!(!numbers(&keeper.get("/api/v1/plans?unit=h-397&year=2020").await).contains("17/QĐ-UBND"));
    let kept = keeper.once("/api/v1/plans", "giao-17", &plan).await;
    assert_eq!((kept.status, &told(&kept)["figures"]), (StatusCode::CREATED, &json!(3)), "{}", kept.text());
    assert!(numbers(&keeper.get("/api/v1/plans?unit=h-397&year=2020").await).contains("17/QĐ-UBND"));
    for stranger in
        [Program::of(&app, "an", &[TokenScope::Read], None), Program::of(&app, "quan", &TokenScope::ALL, None)]
    {
        assert_eq!(stranger.post("/api/v1/plans?dry-run=true", &plan).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_report_is_issued_and_its_issues_are_numbered() {
    let app = desk();
    let keeper = Program::of(&app, "an", &[TokenScope::Read, TokenScope::Keep], None);
    let path = "/api/v1/reports/h-397-2020-H1/issues";
    for number in [1, 2] {
        let issued = keeper.post(path, &json!({})).await;
        assert_eq!(
            (issued.status, &told(&issued)["number"]),
            (StatusCode::CREATED, &json!(number)),
            "{}",
            issued.text()
        );
    }
    let reader = Program::of(&app, "an", &[TokenScope::Read], None);
    assert_eq!(reader.post(path, &json!({})).await.status, StatusCode::NOT_FOUND);
}
