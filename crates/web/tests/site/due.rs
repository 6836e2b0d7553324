//! What is due, the settings of reminders and the calendar feed, as a browser and a calendar program meet them.

use axum::http::StatusCode;
use thidua_app::account::{NewRole, grant_role};
use thidua_app::collection::{create_form, open_cycle};
use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::period::PeriodKind;
use thidua_base::{Date, Period};
use thidua_domain::Actor;
use thidua_domain::actor::Role;
use thidua_domain::collection::{Assigned, Assignment, Cycle, Form, FormRow};
use thidua_domain::indicator::Nature;

use crate::accounts::{PASSWORD, Visit, form_token, house};
use crate::demo::{DEMO, get};

#[tokio::test]
async fn a_stranger_is_shown_nothing_and_told_to_sign_in() {
    let page = get(&DEMO, "/viec-den-han").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Không có việc nào đến hạn") && !page.text().contains("name=\"thu\""));
    let mut visit = Visit::to(&house());
    for path in ["/viec-den-han/thu", "/viec-den-han/lich", "/viec-den-han/thoi-lich"] {
        let refused = visit.post(path, &[("ma", "0-0"), ("thu", "a@x.example")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
}

#[tokio::test]
async fn a_person_sets_an_address_and_is_told_what_is_wrong_with_one() {
    let mut visit = Visit::to(&house());
    visit.sign_in("hoa", PASSWORD).await;
    let page = visit.get("/viec-den-han").await;
    assert_eq!(page.header("cache-control"), "no-store");
    let wrong = visit.post("/viec-den-han/thu", &[("ma", &form_token(&page)), ("thu", "hoa@xa")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text().contains("“hoa@xa” không phải địa chỉ thư điện tử") && wrong.text().contains("value=\"hoa@xa\"")
    );
    let done = visit.post("/viec-den-han/thu", &[("ma", &form_token(&page)), ("thu", "hoa@xa.example")]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/viec-den-han"));
    assert!(visit.get("/viec-den-han").await.text().contains("value=\"hoa@xa.example\""));
}

/// The address of the feed that a page shows.
fn feed_of(text: &str) -> String {
    let (_, tail) = text.split_once("<code>http://127.0.0.1:8020").unwrap_or_else(|| panic!("no address: {text}"));
    tail.split_once("</code>").unwrap().0.to_owned()
}

#[tokio::test]
async fn a_calendar_program_reads_the_feed_by_its_address_alone() {
    let app = house();
    let operator = Actor::operator("kiểm thử", app.home.tenant.clone());
    let (unit, today) = (app.home.unit.clone(), app.clock.now().date_in_vietnam());
    let day = |days: i64| today.plus_days(days).unwrap();
    let row = FormRow {
        heading: String::new(),
        label: String::new(),
        indicator: IndicatorCode::parse("KT01").unwrap(),
        is_required: true,
    };
    let form = Form {
        id: FormId::parse("bieu-01").unwrap(),
        number: "Biểu số 01/TĐKT".into(),
        name: "Kết quả, “số liệu”; một dòng rất dài để phải gập lại khi viết thành lịch".into(),
        receiver: unit.clone(),
        every: PeriodKind::Half,
        is_verified: false,
        valid_from: Date::new(2020, 1, 1).unwrap(),
        valid_to: None,
        legal_ref: String::new(),
        rows: vec![row],
    };
    let assigned = Assignment {
        form: form.id.clone(),
        to: Assigned::Unit(OrgId::parse(unit.as_str()).unwrap()),
        valid_from: form.valid_from,
        valid_to: None,
    };
    create_form(&app, &operator, &form, &[assigned]).unwrap();
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
    let role = NewRole {
        name: "an".into(),
        role: Role::Reporter,
        unit: Some(unit),
        from: Date::new(2020, 1, 1).unwrap(),
        to: None,
    };
    grant_role(&app, &operator, &role).unwrap();

    let mut visit = Visit::to(&app);
    visit.sign_in("an", PASSWORD).await;
    let page = visit.get("/viec-den-han").await;
    assert!(page.text().contains("việc của tôi") && page.text().contains("Biểu số 01/TĐKT"), "{}", page.text());
    let made = visit.post("/viec-den-han/lich", &[("ma", &form_token(&page))]).await;
    assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, "no-store"));
    let address = feed_of(made.text());
    assert!(!visit.get("/viec-den-han").await.text().contains(&address), "shown once");

    let mut program = visit.another();
    let feed = program.get(&address).await;
    assert_eq!((feed.status, feed.header("content-type")), (StatusCode::OK, "text/calendar; charset=utf-8"));
    let read: icalendar::Calendar = feed.text().parse().unwrap();
    let events: Vec<_> = read.components.iter().filter_map(|component| component.as_event()).collect();
    assert_eq!(events.len(), 1, "{}", feed.text());
    let summary = icalendar::Component::get_summary(events[0]).unwrap();
    assert!(summary.starts_with("Hạn: Biểu số 01/TĐKT, 6 tháng cuối năm 2020 – "), "{summary}");

    // Nearly the address is no address; a new one ends the old one.
    let near = address.replace(".ics", "");
    for wrong in [near.as_str(), "/lich-han/", "/lich-han/0.ics", &format!("/lich-han/{}.ics", "0".repeat(64))] {
        let answer = program.get(wrong).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let again = visit.post("/viec-den-han/lich", &[("ma", &form_token(&page))]).await;
    assert_eq!(program.get(&address).await.status, StatusCode::NOT_FOUND);
    let newer = feed_of(again.text());
    assert_eq!(program.get(&newer).await.status, StatusCode::OK);
    let stopped = visit.post("/viec-den-han/thoi-lich", &[("ma", &form_token(&page))]).await;
    assert_eq!(stopped.status, StatusCode::SEE_OTHER);
    assert_eq!(program.get(&newer).await.status, StatusCode::NOT_FOUND);
}
