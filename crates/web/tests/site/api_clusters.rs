//! Clusters for other programs: who sees what, claims and marks done once, refusals as problems, pages of the table, the freeze.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use thidua_domain::actor::TokenScope;

use crate::api::{Program, problem, told};
use crate::scoring::hall;

const YEAR: &str = "/api/v1/clusters/h-397-cum-1/2020";

fn is(answer: &crate::demo::Answer, status: u16, code: &str) {
    assert_eq!(problem(answer), (status, code.to_owned()), "{}", answer.text());
}

#[tokio::test]
async fn a_unit_claims_through_a_key_and_a_claim_sent_twice_is_made_once() {
    let (app, own) = hall();
    let unit = Program::of(&app, "lan", &TokenScope::ALL, None);
    let sheet = format!("{YEAR}/sheets/{own}");
    let claim = json!({ "criterion": "B.2", "answer": { "kind": "amount", "amount": "2" }, "note": "Theo sổ" });
    let first = unit.once(&format!("{sheet}/claims"), "ke-1", &claim).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let again = unit.once(&format!("{sheet}/claims"), "ke-1", &claim).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.bytes, first.bytes);
    let line = |sheet: &Value, code: &str| {
        let lines = sheet["lines"].as_array().unwrap();
        lines.iter().find(|line| line["criterion"] == code).unwrap().clone()
    };
    let read = told(&unit.get(&sheet).await);
    let claimed = line(&read, "B.2");
    assert_eq!((&claimed["claim"]["note"], &claimed["claim"]["answer"]["amount"]), (&json!("Theo sổ"), &json!("2")));
    assert!(!claimed["why"].as_array().unwrap().is_empty());

    // An answer of another kind, a criterion scored from figures, a mark of one's own: each says what is wrong.
    let other = json!({ "criterion": "B.2", "answer": { "kind": "yes" } });
    is(&unit.post(&format!("{sheet}/claims"), &other).await, 422, "bad-mark");
    let typed = json!({ "criterion": "A.1", "answer": { "kind": "points", "points": "999" } });
    is(&unit.post(&format!("{sheet}/claims"), &typed).await, 422, "bad-mark");
    let unread = json!({ "criterion": "B.2", "answer": { "kind": "amount", "amount": "hai" } });
    is(&unit.post(&format!("{sheet}/claims"), &unread).await, 400, "bad-parameter");
    let unknown = json!({ "criterion": "B.2", "answer": { "kind": "amount", "amount": "1" }, "points": "10" });
    is(&unit.post(&format!("{sheet}/claims"), &unknown).await, 400, "bad-body");
    let mark = json!({ "criterion": "B.2", "level": "appraisal", "points": "10", "over": "7", "reason": "x" });
    is(&unit.post(&format!("{sheet}/marks"), &mark).await, 404, "not-found");
    let excuse = json!({ "criterion": "B.2", "why": "not-arisen", "reason": "x" });
    is(&unit.post(&format!("{sheet}/excuses"), &excuse).await, 404, "not-found");

    // A file is added once and cited; after sending, nothing of the sheet is the unit's to change.
    let proof = format!("{YEAR}/evidence?unit={own}&name=so.pdf");
    let piece = told(&unit.send(Method::POST, &proof, &[], "%PDF-1.7").await)["evidence"].as_str().unwrap().to_owned();
    let file = unit.get(&format!("{YEAR}/evidence/{piece}/file")).await;
    assert_eq!((file.status, file.bytes.as_slice()), (StatusCode::OK, &b"%PDF-1.7"[..]));
    let lie = unit.send(Method::POST, &format!("{YEAR}/evidence?unit={own}&name=so.pdf"), &[], "MZ").await;
    assert_eq!(lie.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unit.post(&format!("{sheet}/sending"), &json!({})).await.status, StatusCode::CREATED);
    is(&unit.post(&format!("{sheet}/claims"), &claim).await, 409, "bad-mark");
    assert_eq!(told(&unit.get(&sheet).await)["state"], "sent");
}

#[tokio::test]
async fn who_appraises_marks_with_a_reason_and_the_unit_objects() {
    let (app, own) = hall();
    let desk = Program::of(&app, "binh", &TokenScope::ALL, None);
    let unit = Program::of(&app, "lan", &TokenScope::ALL, None);
    let sheet = format!("{YEAR}/sheets/{own}");
    let marks = format!("{sheet}/marks");
    let mark = |over: &str, reason: &str| json!({ "criterion": "B.2", "level": "appraisal", "points": "8.5", "over": over, "reason": reason });
    is(&desk.post(&marks, &mark("10", "")).await, 422, "bad-mark");
    // Over another mark than the one there now, nothing is written.
    is(&desk.post(&marks, &mark("3", "Nộp chậm")).await, 409, "bad-mark");
    let kept = desk.post(&marks, &mark("10", "Nộp chậm")).await;
    assert_eq!((kept.status, &told(&kept)["reason"]), (StatusCode::CREATED, &json!("Nộp chậm")));
    let grounds = json!({ "unit": own.as_str(), "criterion": "B.2", "level": "appraisal", "grounds": "Đúng hạn" });
    let raised = told(&unit.post(&format!("{YEAR}/objections"), &grounds).await);
    let number = raised["number"].as_i64().unwrap();
    let one = format!("{YEAR}/objections/{number}");
    assert_eq!(unit.post(&format!("{one}/remarks"), &json!({ "text": "Có sổ" })).await.status, StatusCode::CREATED);
    let outcome = json!({ "answer": "declined", "reason": "Đã đối chiếu" });
    is(&unit.post(&format!("{one}/answer"), &outcome).await, 404, "not-found");
    assert_eq!(desk.post(&format!("{one}/answer"), &outcome).await.status, StatusCode::CREATED);
    let listed = told(&unit.get(&format!("{YEAR}/objections")).await);
    let found = listed["items"].as_array().unwrap().iter().find(|one| one["number"] == number).unwrap();
    assert_eq!((&found["outcome"]["answer"], &found["said"][0]["text"]), (&json!("declined"), &json!("Có sổ")));
    // What a council decides is a person's to sign for.
    let council = json!({ "criterion": "B.2", "level": "council", "points": "9", "over": "8.5", "reason": "Họp" });
    is(&desk.post(&marks, &council).await, 404, "not-found");
}

#[tokio::test]
async fn the_table_is_read_in_parts_and_a_frozen_ranking_computes_to_the_same_bytes() {
    let (app, _) = hall();
    let desk = Program::of(&app, "binh", &TokenScope::ALL, None);
    let listed = told(&desk.get("/api/v1/clusters?year=2020").await);
    assert!(listed["items"].as_array().unwrap().len() >= 6, "{listed}");
    assert_eq!(told(&desk.get("/api/v1/clusters?year=1999").await)["items"], json!([]));
    let (mut units, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = told(&desk.get(&format!("{YEAR}/matrix?limit=4{cursor}")).await);
        units.extend(part["items"].as_array().unwrap().iter().map(|row| row["unit"].clone()));
        let Some(next) = part["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let ranking = told(&desk.get(&format!("{YEAR}/ranking")).await);
    let ranked: Vec<Value> = ranking["rows"].as_array().unwrap().iter().map(|row| row["unit"].clone()).collect();
    assert_eq!(units, ranked);
    is(&desk.get(&format!("{YEAR}/freeze")).await, 404, "not-found");
    let frozen = "/api/v1/clusters/h-397-cum-4/2020";
    let told_of = told(&desk.get(&format!("{frozen}/freeze")).await);
    assert_eq!((&told_of["recomputes"], &told_of["differs"]), (&json!(true), &json!([])));
    let bytes = desk.get(&format!("{frozen}/freeze/bytes")).await.bytes;
    assert_eq!(thidua_domain::cluster::freeze::hash(&bytes), told_of["hash"].as_str().unwrap());
    // A key that may only read takes nothing in, and a stranger sees who belongs to a cluster and no mark.
    let reads = Program::of(&app, "binh", &[TokenScope::Read], None);
    let unit = units[0].as_str().unwrap();
    let mark = json!({ "criterion": "B.2", "level": "appraisal", "over": "10" });
    is(&reads.post(&format!("{YEAR}/sheets/{unit}/marks"), &mark).await, 404, "not-found");
    let sanction = json!({ "sanction": "khong-co", "reason": "x" });
    is(&desk.post(&format!("{YEAR}/sheets/{unit}/sanctions"), &sanction).await, 422, "bad-mark");
    let opened = json!({ "scheme_file": "la.toml", "period": "2020", "closes_on": "2020-12-31" });
    is(&desk.post("/api/v1/clusters/h-397-cum-6/2020/opening", &opened).await, 400, "bad-parameter");
    let whole = json!({ "scheme_file": "th-hdnd-2026-xa.toml", "period": "2020", "closes_on": "2020-12-31" });
    let opening = desk.once("/api/v1/clusters/h-397-cum-6/2020/opening", "mo-1", &whole).await;
    assert_eq!(opening.status, StatusCode::CREATED, "{}", opening.text());
    let scheme = told(&desk.get("/api/v1/clusters/h-397-cum-6/2020/scheme").await);
    assert_eq!(scheme["scheme"]["scheme"], "TH-HDND-2026-XA");
}
