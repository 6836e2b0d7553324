//! Issued reports on the pages, and the way from a printed figure to who typed it.

use axum::http::StatusCode;
use std::sync::Arc;

use thidua_app::App;
use thidua_app::collection::{NewStep, SheetKey, enter, sheet, step};
use thidua_base::code::{ChangeId, FormId, IndicatorCode, OrgId};
use thidua_base::{Number, Period, Timestamp};
use thidua_domain::Actor;
use thidua_domain::actor::{AccountId, Post, Reach, Role, Verb};
use thidua_domain::collection::entry::Outcome;
use thidua_domain::collection::{Change, How};
use thidua_domain::indicator::{Nature, Value};

use crate::accounts::{Visit, form_token};
use crate::demo::{get, links};
use crate::plans::{COMMUNE, signed_in, staffed, told};

const REPORT: &str = "/bao-cao/h-397-2020-H1";

fn key() -> SheetKey {
    SheetKey {
        form: FormId::parse("bieu-01-trieu-son").unwrap(),
        period: Period::parse("2020-H1").unwrap(),
        unit: OrgId::parse(COMMUNE).unwrap(),
    }
}

fn figure() -> IndicatorCode {
    IndicatorCode::parse("NN02").unwrap()
}

/// Enters the commune's figure over what stands there.
fn entered(app: &App, by: &Actor, id: &str, value: &str, how: How, note: &str) {
    let key = key();
    let held = sheet(app, by, &key).unwrap().sheet.row(&figure()).unwrap().current.as_ref().map(|reading| reading.seq);
    let change = Change {
        id: ChangeId::parse(id).unwrap(),
        form: key.form.clone(),
        period: key.period,
        unit: key.unit.clone(),
        indicator: figure(),
        nature: Nature::Official,
        over: held,
        value: Value::Of(Number::parse(value).unwrap()),
        note: note.into(),
        how,
        device_at: Timestamp::parse("2020-07-04T08:00:00Z").ok(),
        settles: None,
    };
    let answers = enter(app, by, &key.form, key.period, &[change]).unwrap();
    assert!(matches!(answers[0].outcome, Ok(Outcome::Saved { .. })), "{answers:?}");
}

fn person(app: &App, name: &str, role: Role, units: &[&str]) -> Actor {
    let reach = Reach::Only(units.iter().map(|id| OrgId::parse(id).unwrap()).collect());
    let account = AccountId::parse(&format!("tk-{}", role.word())).unwrap();
    Actor::person(name, app.home.tenant.clone(), account, vec![Post { role, reach }])
}

/// A figure of a commune read from a workbook, sent, and taken in by the district.
pub fn collected(app: &App) {
    let reporter = person(app, "Lê Thị Thủy", Role::Reporter, &[COMMUNE]);
    let how = How::Imported {
        file: "so-lieu-thang-6.xlsx".into(),
        hash: "ab".repeat(32),
        sheet: "Biểu 01".into(),
        place: "F12".into(),
    };
    entered(app, &reporter, "tep-1", "278", how, "");
    let took = |by: &Actor, verb| {
        let new = NewStep { verb, reason: String::new(), cells: Vec::new() };
        step(app, by, &key(), &new).unwrap();
    };
    let found = sheet(app, &reporter, &key()).unwrap();
    for open in found.open_findings() {
        let new = thidua_app::collection::NewExplanation {
            key: key(),
            rule: open.rule.clone(),
            indicator: open.row().unwrap().clone(),
            fingerprint: open.fingerprint(),
            text: "Đã đối chiếu với sổ theo dõi của xã".into(),
        };
        thidua_app::collection::explain(app, &reporter, &new).unwrap();
    }
    took(&reporter, Verb::SubmitSheet);
    took(&person(app, "Trần Văn Bình", Role::Specialist, &["h-397", COMMUNE]), Verb::AcceptSheet);
}

/// Issues the report on its page; gives the page.
pub async fn issued(app: &Arc<App>) -> (Visit, String) {
    let mut leader = signed_in(app, "lanh-dao").await;
    let token = form_token(&leader.get(REPORT).await);
    let done = leader.post(&format!("{REPORT}/ban-hanh"), &[("ma", &token)]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/bao-cao/h-397-2020-H1#ban-hanh"));
    (leader, token)
}

#[tokio::test]
async fn who_may_issues_a_report_and_its_files_stay_as_they_were() {
    let app = staffed();
    assert!(!get(&app, REPORT).await.text().contains("Ban hành báo cáo này"));
    let stranger = Visit::to(&app).post(&format!("{REPORT}/ban-hanh"), &[("ma", "0-0")]).await;
    assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut commune = signed_in(&app, "dau-moi").await;
    let token = form_token(&commune.get("/tai-khoan").await);
    let refused = commune.post(&format!("{REPORT}/ban-hanh"), &[("ma", &token)]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "who may not issue is told nothing");

    issued(&app).await;
    let page = get(&app, REPORT).await;
    assert!(told(&page).contains("1 Nguyễn Văn An 09:00 05/07/2020"), "{}", told(&page));
    let file = get(&app, &format!("{REPORT}/ban-hanh/1.docx")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"h-397-2020-H1-1.docx\"");
    collected(&app);
    assert!(get(&app, &format!("{REPORT}/ban-hanh/1.docx")).await.bytes == file.bytes, "byte for byte");
    assert!(get(&app, &format!("{REPORT}/ban-hanh/1.pdf")).await.bytes.starts_with(b"%PDF"));
    for wrong in ["2.docx", "1.html", "x.docx", "1"] {
        let answer = get(&app, &format!("{REPORT}/ban-hanh/{wrong}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

/// Acceptance test 10 of the indicator chapter.
#[tokio::test]
async fn acceptance_10_three_clicks_from_an_issued_figure_to_who_typed_it_when_from_which_file_and_who_accepted_it() {
    let app = staffed();
    collected(&app);
    issued(&app).await;
    let wanted =
        ["Lê Thị Thủy", "05/07/2020", "so-lieu-thang-6.xlsx", "“Biểu 01”, ô F12", "Tiếp nhận biểu", "Trần Văn Bình"];
    let figure = format!("/so-lieu/reading:NN02:{COMMUNE}:2020-H1");
    let report = get(&app, REPORT).await;
    let first = links(report.text()).into_iter().find(|link| link.starts_with("/so-lieu/reading:NN02:h-397"));
    let first = first.expect("the report prints the figure of the district");
    let district = get(&app, &first).await;
    assert!(links(district.text()).contains(&figure), "the second click leads to the commune");
    let commune = get(&app, &figure).await;
    let told = told(&commune);
    for wanted in wanted {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    // And back to the frozen file that printed it.
    assert!(told.contains("In trong báo cáo đã ban hành"), "{told}");
    assert!(links(commune.text()).contains(&format!("{REPORT}/ban-hanh/1.docx")));
}

/// Acceptance test 7 of the indicator chapter, the part of issued documents.
#[tokio::test]
async fn acceptance_7_a_figure_corrected_after_the_issue_is_named_beside_it() {
    let app = staffed();
    issued(&app).await;
    let before = get(&app, REPORT).await;
    assert!(!before.text().contains("đã được đính chính"));
    let operator = Actor::operator("Nguyễn Thị Hoa", app.home.tenant.clone());
    entered(&app, &operator, "sua-1", "279", How::CorrectedAbove, "Kiểm tra lại hồ sơ");
    let after = get(&app, REPORT).await;
    assert!(after.text().contains("có 1 số đã được đính chính sau khi ban hành"), "{}", told(&after));
    let passport = format!("/so-lieu/reading:NN02:{COMMUNE}:2020-H1");
    assert!(links(after.text()).contains(&passport));
    let passport = told(&get(&app, &passport).await);
    assert!(passport.contains("Cấp trên sửa") && passport.contains("Kiểm tra lại hồ sơ"), "{passport}");
}
