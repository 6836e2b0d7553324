//! The library of legal instruments: search, the day asked, one instrument, and the warning of what lapses.

use axum::http::StatusCode;
use serde_json::Value;
use thidua_app::Clock;
use thidua_app::account::{NewRole, grant_role};
use thidua_base::{Date, Timestamp};
use thidua_domain::Actor;
use thidua_domain::actor::{Role, TokenScope};

use crate::accounts::{PASSWORD, Visit, house};
use crate::api::{Program, desk, problem, told};
use crate::demo::{DEMO, get};

#[tokio::test]
async fn an_instrument_is_found_by_number_and_by_title_with_a_slip() {
    let first = |text: &str| {
        let (_, body) = text.split_once("<tbody>").unwrap();
        body.split_once("</tr>").unwrap().0.to_owned()
    };
    for (asked, wanted) in [("ND+91", "91/2017/NĐ-CP"), ("152", "152/2025/NĐ-CP"), ("nghi+dinh+98", "98/2023/NĐ-CP")]
    {
        let page = get(&DEMO, &format!("/van-ban?tim={asked}")).await;
        assert!(first(page.text()).contains(wanted), "{asked}");
        assert!(!page.text().contains("gần nhất"), "{asked} is exact");
    }
    let slip = get(&DEMO, "/van-ban?tim=dieu+le+sang+kine").await;
    assert!(first(slip.text()).contains("13/2012/NĐ-CP") && slip.text().contains("gần nhất"));
    assert!(get(&DEMO, "/van-ban?tim=nghi+dinh+9999").await.text().contains("Không có dòng nào khớp"));
}

#[tokio::test]
async fn the_day_asked_decides_what_is_in_force() {
    let in_force = get(&DEMO, "/van-ban?ngay=2026-11-24&tinh-trang=in-force").await;
    let text = in_force.text();
    assert!(text.contains("152/2025/NĐ-CP") && text.contains("còn 97 ngày"));
    assert!(!text.contains("/van-ban/nghi-dinh-91-2017-nd-cp"), "ended in 2024");
    let then = get(&DEMO, "/van-ban?tinh-trang=in-force&loai=Ngh%E1%BB%8B+%C4%91%E1%BB%8Bnh").await;
    assert!(then.text().contains("05/7/2020") && then.text().contains("/van-ban/nghi-dinh-91-2017-nd-cp"));
    assert!(!then.text().contains("/van-ban/luat-15-2003-qh11"), "a law is no decree");
    for path in ["/van-ban?ngay=hom-qua", "/van-ban/nghi-dinh-91-2017-nd-cp?ngay=2026-02-30"] {
        let refused = get(&DEMO, path).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(refused.text().contains("không phải là ngày") && refused.text().contains("05/7/2020"), "{path}");
    }
}

#[tokio::test]
async fn one_instrument_tells_its_end_its_successor_and_what_cites_it() {
    let decree = get(&DEMO, "/van-ban/nghi-dinh-91-2017-nd-cp").await;
    let text = decree.text();
    assert!(text.contains("Đang có hiệu lực") && text.contains("/van-ban/nghi-dinh-98-2023-nd-cp"));
    assert!(text.contains("href=\"/bao-cao/h-397-2020-H1\"") && text.contains("chưa ban hành"));
    assert!(text.contains("đã đọc nguyên văn"));
    let soon = get(&DEMO, "/van-ban/nghi-dinh-152-2025-nd-cp?ngay=2026-11-24").await;
    assert!(soon.text().contains("sắp hết hiệu lực: ngày cuối là 28/02/2027, còn 97 ngày"));
    let ended = get(&DEMO, "/van-ban/nghi-dinh-91-2017-nd-cp?ngay=2026-11-24").await;
    assert!(ended.text().contains("Từ ngày 01/01/2024 áp dụng Nghị định số 98/2023/NĐ-CP"));
    assert_eq!(get(&DEMO, "/van-ban/khong-co").await.status, StatusCode::NOT_FOUND);
    let movement_of_a_resolution = get(&DEMO, "/van-ban/nghi-quyet-786-nq-ubtvqh14").await;
    assert!(movement_of_a_resolution.text().contains("theo gói dữ liệu"));
}

#[tokio::test]
async fn a_specialist_is_warned_at_home_and_among_what_is_due_and_others_are_not() {
    let mut app = house();
    let operator = Actor::operator("kiểm thử", app.home.tenant.clone());
    let from = Date::new(2020, 1, 1).unwrap();
    let role = NewRole { name: "an".into(), role: Role::Specialist, unit: None, from, to: None };
    grant_role(&app, &operator, &role).unwrap();
    std::sync::Arc::get_mut(&mut app).unwrap().clock = Clock::Set(Timestamp::parse("2026-11-24T02:00:00Z").unwrap());
    for path in ["/", "/viec-den-han"] {
        let mut visit = Visit::to(&app);
        assert!(!visit.get(path).await.text().contains("sắp hết hiệu lực"), "{path}, a stranger");
        visit.sign_in("an", PASSWORD).await;
        let page = visit.get(path).await;
        let text = page.text();
        assert!(text.contains("Văn bản sắp hết hiệu lực") && text.contains("28/02/2027"), "{path}");
        assert!(text.contains("/van-ban/nghi-dinh-152-2025-nd-cp?ngay=2026-11-24"), "{path}");
    }
}

#[tokio::test]
async fn another_program_reads_the_library_with_a_key() {
    let app = desk();
    let program = Program::of(&app, "an", &[TokenScope::Read], None);
    let found = told(&program.get("/api/v1/law/instruments?find=ND%20152&day=2026-11-24").await);
    let first = &found["items"][0];
    assert_eq!(first["id"], "nghi-dinh-152-2025-nd-cp");
    assert_eq!((&first["standing"], &first["days_left"]), (&Value::from("in-force"), &Value::from(97)));
    assert_eq!(first["confidence"]["entry"], "secondary");
    let part = told(&program.get("/api/v1/law/instruments?limit=2").await);
    let next = part["next"].as_str().unwrap();
    let rest = told(&program.get(&format!("/api/v1/law/instruments?cursor={next}")).await);
    assert!(rest["items"].as_array().unwrap().iter().all(|one| one["id"] != part["items"][0]["id"]));
    let one = told(&program.get("/api/v1/law/instruments/nghi-dinh-91-2017-nd-cp").await);
    assert_eq!(one["instrument"]["replaced_by"], "nghi-dinh-98-2023-nd-cp");
    assert_eq!(one["reports"][0]["standing"], "in-force");
    for (path, status) in [
        ("/api/v1/law/instruments?day=05/07/2020", 400),
        ("/api/v1/law/instruments?standing=good", 400),
        ("/api/v1/law/instruments/khong-co", 404),
    ] {
        assert_eq!(problem(&program.get(path).await).0, status, "{path}");
    }
    let without = Program::of(&app, "an", &[TokenScope::Enter], None);
    assert_eq!(problem(&without.get("/api/v1/law/instruments").await).0, 404, "a key without the scope");
}
