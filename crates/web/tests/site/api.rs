//! The interface for other programs: keys, problems, requests done once, and the text that describes it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use thidua_app::account::{NewRole, NewToken, close_account, create_token, grant_role, revoke_token};
use thidua_app::collection::{create_form, open_cycle};
use thidua_app::{App, Clock};
use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::period::PeriodKind;
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::account::api_token::ApiToken;
use thidua_domain::actor::{Role, TokenScope};
use thidua_domain::collection::{Assigned, Assignment, Cycle, Form, FormRow};
use thidua_domain::indicator::Nature;
use tower::ServiceExt;

use crate::accounts::{PASSWORD, Visit, form_token, house};
use crate::demo::Answer;

pub const COMMUNE: &str = "x-15769";
const OTHER: &str = "x-15766";
pub const SHEET: &str = "/api/v1/sheets/bieu-01/2020-H2/x-15769";

/// The sample with a form of the district for its communes, in its days; `hoa` leads, `an` runs emulation in the
/// district and enters for everyone.
pub fn desk() -> Arc<App> {
    let app = house();
    let operator = operator(&app);
    let (district, today) = (app.home.unit.clone(), app.clock.now().date_in_vietnam());
    let day = |days: i64| today.plus_days(days).unwrap();
    let row = |code: &str| FormRow {
        heading: String::new(),
        label: String::new(),
        indicator: IndicatorCode::parse(code).unwrap(),
        is_required: true,
    };
    let form = Form {
        id: FormId::parse("bieu-01").unwrap(),
        number: "Biểu số 01/TĐKT".into(),
        name: "Kết quả, “số liệu”".into(),
        receiver: district.clone(),
        every: PeriodKind::Half,
        is_verified: false,
        valid_from: Date::new(2020, 1, 1).unwrap(),
        valid_to: None,
        legal_ref: String::new(),
        rows: ["NN04", "NN05", "NN06"].map(row).to_vec(),
    };
    let below = Assignment {
        form: form.id.clone(),
        to: Assigned::Below(district.clone()),
        valid_from: form.valid_from,
        valid_to: None,
    };
    create_form(&app, &operator, &form, &[below]).unwrap();
    let cycle = Cycle {
        form: form.id,
        period: Period::parse("2020-H2").unwrap(),
        opens_on: day(-10),
        due_on: day(30),
        grace_until: day(40),
        closes_on: day(50),
        nature: Nature::Estimate,
        closing: None,
    };
    open_cycle(&app, &operator, &cycle).unwrap();
    for (name, role, unit) in [("an", Role::Specialist, Some(district)), ("quan", Role::Reporter, Some(unit(COMMUNE)))]
    {
        let from = Date::new(2020, 1, 1).unwrap();
        grant_role(&app, &operator, &NewRole { name: name.into(), role, unit, from, to: None }).unwrap();
    }
    app
}

fn operator(app: &App) -> Actor {
    Actor::operator("kiểm thử", app.home.tenant.clone())
}

fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

pub fn key_of(app: &App, name: &str, scopes: &[TokenScope], only: Option<&str>) -> (ApiToken, String) {
    let new = NewToken {
        account: Some(name.into()),
        name: "Kho dữ liệu".into(),
        scopes: scopes.to_vec(),
        unit: only.map(unit),
        days: 30,
    };
    let (token, secret) = create_token(app, &operator(app), &new).unwrap();
    (token, secret.text().to_owned())
}

/// A program that holds a key.
pub struct Program {
    pub router: axum::Router,
    pub key: String,
    pub lang: &'static str,
}

impl Program {
    pub fn of(app: &Arc<App>, name: &str, scopes: &[TokenScope], only: Option<&str>) -> Self {
        Self { router: thidua_web::router(Arc::clone(app)), key: key_of(app, name, scopes, only).1, lang: "vi" }
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("accept-language", self.lang);
        if !self.key.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.key));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, &[("content-type", "application/json")], &body.to_string()).await
    }

    pub async fn once(&self, path: &str, name: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json"), ("idempotency-key", name)];
        self.send(Method::POST, path, &headers, &body.to_string()).await
    }
}

async fn answer(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

pub fn told(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|why| panic!("{why}: {}", answer.text()))
}

/// The status, which the body repeats, and the name of a problem.
pub fn problem(answer: &Answer) -> (u16, String) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    let told = told(answer);
    assert_eq!(told["status"], answer.status.as_u16());
    assert!(told["instance"].as_str().unwrap().starts_with("urn:thidua:request:"), "{told}");
    assert!(told["title"].as_str().unwrap().len() > 3 && told["detail"].as_str().unwrap().len() > 3, "{told}");
    let code = told["type"].as_str().unwrap().strip_prefix("urn:thidua:problem:").unwrap().to_owned();
    (answer.status.as_u16(), code)
}

fn is(answer: &Answer, status: u16, code: &str) {
    assert_eq!(problem(answer), (status, code.to_owned()), "{}", answer.text());
}

fn figures(id: &str, value: &str) -> Value {
    json!({ "changes": [{ "id": id, "unit": COMMUNE, "indicator": "NN04", "value": value }] })
}

#[tokio::test]
async fn who_has_no_good_key_is_told_so_and_nothing_else() {
    let app = desk();
    let (over, revoked) =
        (key_of(&app, "an", &[TokenScope::Read], None), key_of(&app, "an", &[TokenScope::Read], None));
    revoke_token(&app, &operator(&app), Some("an"), &revoked.0.id).unwrap();
    let closed = key_of(&app, "hoa", &[TokenScope::Read], None);
    close_account(&app, &operator(&app), "hoa").unwrap();
    let unknown = format!("td_{}", "0".repeat(64));
    let mut bodies = Vec::new();
    for key in ["", "nonsense", &unknown, &revoked.1, &closed.1] {
        let program = Program { router: thidua_web::router(Arc::clone(&app)), key: key.to_owned(), lang: "vi" };
        let refused = program.get("/api/v1/units").await;
        is(&refused, 401, "unauthorised");
        assert_eq!(refused.header("www-authenticate"), "Bearer");
        let told = told(&refused);
        bodies.push((told["title"].clone(), told["detail"].clone()));
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]), "one cannot be told from another");
    let later = Clock::Set(app.clock.now().plus_seconds(31 * 24 * 60 * 60));
    let late = Arc::new(App::open(app.db.clone(), later).unwrap());
    let program = Program { router: thidua_web::router(late), key: over.1, lang: "vi" };
    is(&program.get("/api/v1/units").await, 401, "unauthorised");
}

#[tokio::test]
async fn a_session_of_the_pages_is_no_key_and_no_other_site_is_let_in() {
    let app = desk();
    let mut visit = Visit::to(&app);
    visit.sign_in("an", PASSWORD).await;
    assert_eq!(visit.get("/tai-khoan").await.status, StatusCode::OK);
    is(&visit.get("/api/v1/units").await, 401, "unauthorised");
    let program = Program::of(&app, "an", &[TokenScope::Read], None);
    let asked = program.send(Method::OPTIONS, "/api/v1/units", &[("origin", "https://evil.example")], "").await;
    assert!(!asked.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    let got = program.send(Method::GET, "/api/v1/units", &[("origin", "https://evil.example")], "").await;
    assert!(!got.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    assert_eq!(got.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_person_makes_a_key_on_their_page_sees_it_once_and_revokes_it() {
    let app = desk();
    let mut visit = Visit::to(&app);
    visit.sign_in("an", PASSWORD).await;
    let page = visit.get("/tai-khoan/khoa").await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    let token = form_token(&page);
    let none = visit.post("/tai-khoan/khoa", &[("ma", &token), ("ten", "Kho"), ("so-ngay", "30")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        visit.post("/tai-khoan/khoa", &[("ma", "0-0"), ("ten", "Kho")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let made = visit.post("/tai-khoan/khoa", &[("ma", &token), ("ten", "Kho"), ("so-ngay", "30"), ("read", "1")]).await;
    let (_, tail) = made.text().split_once("<code class=\"letters\">").unwrap();
    let key = tail.split_once('<').unwrap().0.to_owned();
    let program = Program { router: thidua_web::router(Arc::clone(&app)), key: key.clone(), lang: "vi" };
    assert_eq!(program.get("/api/v1/units").await.status, StatusCode::OK);
    let page = visit.get("/tai-khoan/khoa").await;
    assert!(!page.text().contains(&key), "shown once");
    let (_, tail) = page.text().split_once("name=\"khoa\" value=\"").unwrap();
    let id = tail.split_once('"').unwrap().0.to_owned();
    let token = form_token(&page);
    assert_eq!(
        visit.post("/tai-khoan/khoa/thu-hoi", &[("ma", &token), ("khoa", &id)]).await.status,
        StatusCode::SEE_OTHER
    );
    is(&program.get("/api/v1/units").await, 401, "unauthorised");
    assert_eq!(Visit::to(&app).get("/tai-khoan/khoa").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_key_may_not_do_is_not_there() {
    let app = desk();
    let reads = Program::of(&app, "an", &[TokenScope::Read], None);
    assert_eq!(reads.get(SHEET).await.status, StatusCode::OK);
    is(&reads.post(&format!("{SHEET}/entries"), &figures("c-1", "5")).await, 404, "not-found");
    is(&reads.post(&format!("{SHEET}/steps"), &json!({ "verb": "submit-sheet" })).await, 404, "not-found");
    let enters = Program::of(&app, "an", &[TokenScope::Enter], None);
    is(&enters.get(SHEET).await, 404, "not-found");
    is(&enters.get("/api/v1/units").await, 404, "not-found");
    assert_eq!(enters.post(&format!("{SHEET}/entries"), &figures("c-2", "5")).await.status, StatusCode::OK);
    let narrow = Program::of(&app, "an", &TokenScope::ALL, Some(OTHER));
    is(&narrow.get(SHEET).await, 404, "not-found");
    is(&narrow.post(&format!("{SHEET}/entries"), &figures("c-3", "5")).await, 404, "not-found");
    is(&narrow.get("/api/v1/boards/bieu-01/2020-H2").await, 404, "not-found");
    is(&narrow.get(&format!("/api/v1/figures?indicator=NN04&unit={COMMUNE}&period=2020-H1")).await, 404, "not-found");
    is(&narrow.get(&format!("/api/v1/plans?unit={COMMUNE}&year=2020")).await, 404, "not-found");
    let units = told(&narrow.get("/api/v1/units").await);
    assert_eq!(units["items"].as_array().unwrap().len(), 1, "{units}");
    // A reporter has no rights of the receiver's, whatever the key says.
    let reporter = Program::of(&app, "quan", &TokenScope::ALL, None);
    assert_eq!(reporter.get(SHEET).await.status, StatusCode::OK);
    is(&reporter.get("/api/v1/boards/bieu-01/2020-H2").await, 404, "not-found");
    is(&reporter.get("/api/v1/sheets/bieu-01/2020-H2/x-15766").await, 404, "not-found");
    is(&reporter.get("/api/v1/sheets/khong-co/2020-H2/x-15769").await, 404, "not-found");
}

#[tokio::test]
async fn a_sheet_is_filled_sent_and_taken_in_and_each_request_is_done_once() {
    let app = desk();
    let reporter = Program::of(&app, "quan", &[TokenScope::Read, TokenScope::Enter, TokenScope::Send], None);
    let receiver = Program::of(&app, "an", &[TokenScope::Read, TokenScope::Keep], None);
    let all = json!({ "changes": [
        { "id": "c-1", "unit": COMMUNE, "indicator": "NN04", "value": "120" },
        { "id": "c-2", "unit": COMMUNE, "indicator": "NN05", "absence": "none-occurred" },
        { "id": "c-3", "unit": COMMUNE, "indicator": "NN06", "value": "7" },
        { "id": "c-4", "unit": COMMUNE, "indicator": "KT01", "value": "7" },
    ] });
    let answers = told(&reporter.post(&format!("{SHEET}/entries"), &all).await);
    let outcomes: Vec<&str> =
        answers["answers"].as_array().unwrap().iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["saved", "saved", "saved", "refused"], "{answers}");
    assert_eq!(answers["answers"][3]["code"], "not-asked");
    assert_eq!(answers["answers"][0]["holds"]["value"], "120");
    assert_eq!(answers["answers"][0]["holds"]["at"], "2020-07-05T02:00:00Z");
    let again = told(&reporter.post(&format!("{SHEET}/entries"), &all).await);
    assert_eq!(again["answers"][0], answers["answers"][0], "a change sent twice is answered as before");
    let wrong = json!({ "changes": [{ "id": "c-9", "unit": OTHER, "indicator": "NN04", "value": "1" }] });
    is(&reporter.post(&format!("{SHEET}/entries"), &wrong).await, 400, "bad-parameter");

    let sheet = told(&reporter.get(SHEET).await);
    assert_eq!((&sheet["state"], &sheet["filled"], &sheet["required"]), (&json!("draft"), &json!(3), &json!(3)));
    for found in sheet["findings"].as_array().unwrap().iter().filter(|found| found["severity"] == "explain") {
        let new = json!({ "rule": found["rule"], "indicator": found["rows"][0], "fingerprint": found["fingerprint"],
            "text": "Số liệu đã kiểm tra lại với sổ gốc." });
        let kept = reporter.post(&format!("{SHEET}/explanations"), &new).await;
        assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.text());
    }
    let submit = json!({ "verb": "submit-sheet" });
    let steps = format!("{SHEET}/steps");
    let sent = reporter.once(&steps, "gui-1", &submit).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    assert_eq!(told(&sent)["state"], "submitted");
    let replayed = reporter.once(&steps, "gui-1", &submit).await;
    assert_eq!((replayed.status, replayed.header("idempotent-replayed")), (StatusCode::CREATED, "true"));
    assert_eq!(replayed.bytes, sent.bytes);
    is(&reporter.once(&steps, "gui-1", &json!({ "verb": "withdraw-sheet" })).await, 422, "key-reused");
    is(&reporter.once(&steps, "gui-2", &submit).await, 409, "step-not-open");
    is(&reporter.once(&steps, "", &submit).await, 400, "bad-parameter");
    is(&receiver.post(&steps, &submit).await, 404, "not-found");
    let taken = receiver.once(&steps, "gui-1", &json!({ "verb": "accept-sheet" })).await;
    assert_eq!(taken.status, StatusCode::CREATED, "the names of one key are not those of another: {}", taken.text());
    let late = told(&reporter.post(&format!("{SHEET}/entries"), &figures("c-5", "9")).await);
    assert_eq!(late["answers"][0]["code"], "sheet-sent");
    let board = told(&receiver.get("/api/v1/boards/bieu-01/2020-H2?limit=500").await);
    let row = board["items"].as_array().unwrap().iter().find(|row| row["unit"] == COMMUNE).unwrap();
    assert_eq!(row["state"], "accepted");
}

#[tokio::test]
async fn a_plan_is_assigned_proposed_against_and_answered() {
    let app = desk();
    let keeper = Program::of(&app, "an", &[TokenScope::Read, TokenScope::Keep], None);
    let reporter = Program::of(&app, "quan", &[TokenScope::Read, TokenScope::Send], None);
    let value = json!({ "indicator": "NN04", "unit": COMMUNE, "comparator": "at-least", "value": "130" });
    let mut plan = json!({ "assigner": app.home.unit.as_str(), "year": "2020", "number": "12/QĐ-UBND",
        "decided_on": "2020-07-01", "values": [value] });
    is(&reporter.post("/api/v1/plans", &plan).await, 422, "own-target");
    let made = keeper.once("/api/v1/plans", "kh-1", &plan).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert_eq!(keeper.once("/api/v1/plans", "kh-1", &plan).await.bytes, made.bytes, "no second plan");
    let id = told(&made)["id"].as_str().unwrap().to_owned();
    plan["values"] = json!([]);
    is(&keeper.post("/api/v1/plans", &plan).await, 422, "empty-form");
    let mut wish =
        json!({ "indicator": "NN04", "unit": COMMUNE, "period": "2020", "value": "110", "reason": "Mưa lũ" });
    let proposed = reporter.once(&format!("/api/v1/plans/{id}/proposals"), "dn-1", &wish).await;
    assert_eq!(proposed.status, StatusCode::CREATED, "{}", proposed.text());
    wish["reason"] = json!("");
    is(&reporter.post(&format!("/api/v1/plans/{id}/proposals"), &wish).await, 422, "no-reason");
    let answer = format!("/api/v1/proposals/{}/answer", told(&proposed)["id"].as_str().unwrap());
    is(&reporter.post(&answer, &json!({ "verdict": "granted" })).await, 404, "not-found");
    let granted = keeper.post(&answer, &json!({ "verdict": "granted", "number": "15/QĐ-UBND" })).await;
    assert_eq!(granted.status, StatusCode::CREATED, "{}", granted.text());
    is(&keeper.post(&answer, &json!({ "verdict": "granted" })).await, 409, "changed-meanwhile");
    let listed = told(&keeper.get(&format!("/api/v1/plans?unit={COMMUNE}&year=2020")).await);
    let target = listed["targets"].as_array().unwrap().iter().find(|one| one["indicator"] == "NN04").unwrap();
    assert_eq!(target["own"][0]["value"], "110", "{listed}");
}

#[tokio::test]
async fn problems_are_told_in_both_languages_with_their_names() {
    let app = desk();
    let mut program = Program::of(&app, "an", &TokenScope::ALL, None);
    let json_type = [("content-type", "application/json")];
    let entries = format!("{SHEET}/entries");
    is(&program.get("/api/v1/khong-co").await, 404, "not-found");
    is(&program.get("/api/v1").await, 404, "not-found");
    is(&program.send(Method::DELETE, "/api/v1/units", &[], "").await, 405, "method-not-allowed");
    is(&program.send(Method::POST, &entries, &[("content-type", "text/plain")], "{}").await, 415, "media-type");
    is(&program.send(Method::POST, &entries, &json_type, "{").await, 400, "bad-body");
    is(&program.send(Method::POST, &entries, &json_type, &"x".repeat(1024 * 1024 + 1)).await, 413, "too-large");
    is(&program.get("/api/v1/units?day=hom-nay").await, 400, "bad-parameter");
    is(&program.get("/api/v1/units?limit=501").await, 400, "bad-parameter");
    is(&program.get("/api/v1/units?limit=nhieu").await, 400, "bad-request");
    is(&program.get("/api/v1/figures?indicator=NN04").await, 400, "bad-request");
    let empty = json!({ "verb": "submit-sheet" });
    let vi = program.post(&format!("{SHEET}/steps"), &empty).await;
    is(&vi, 409, "sheet-not-ready");
    program.lang = "en-GB, vi;q=0.5";
    let en = program.post(&format!("{SHEET}/steps"), &empty).await;
    is(&en, 409, "sheet-not-ready");
    assert!(told(&vi)["detail"].as_str().unwrap().starts_with("Chưa gửi được"), "{}", vi.text());
    assert!(told(&en)["detail"].as_str().unwrap().is_ascii(), "{}", en.text());
}

#[tokio::test]
async fn a_key_that_asks_too_often_waits() {
    let app = desk();
    let (hasty, other) =
        (Program::of(&app, "an", &[TokenScope::Read], None), key_of(&app, "an", &[TokenScope::Read], None));
    let mut last = hasty.get("/api/v1/due").await;
    for _ in 0..400 {
        if last.status != StatusCode::OK {
            break;
        }
        last = hasty.get("/api/v1/due").await;
    }
    is(&last, 429, "too-many-requests");
    let calm = Program { router: hasty.router.clone(), key: other.1, lang: "vi" };
    assert_eq!(calm.get("/api/v1/due").await.status, StatusCode::OK, "each key has its own turns");
}

#[tokio::test]
async fn lists_are_read_part_by_part() {
    let app = desk();
    let program = Program::of(&app, "an", &[TokenScope::Read], None);
    let whole = told(&program.get("/api/v1/units?limit=500").await);
    let mut read = Vec::new();
    let mut path = "/api/v1/units?limit=7".to_owned();
    loop {
        let part = told(&program.get(&path).await);
        read.extend(part["items"].as_array().unwrap().clone());
        match part["next"].as_str() {
            Some(next) => path = format!("/api/v1/units?limit=7&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(&read, whole["items"].as_array().unwrap());
    let before = told(&program.get("/api/v1/units?limit=500&day=1900-01-01").await);
    assert_eq!(before["items"], json!([]));
}
