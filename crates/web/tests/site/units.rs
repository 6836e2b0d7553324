//! The page of a unit: old Triệu Sơn restated to its heirs, shares entered, and passports of what was carried.

use std::sync::Arc;

use axum::http::StatusCode;
use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_app::pack::{load, read, shipped};
use thidua_app::{App, Clock};
use thidua_base::code::OrgId;
use thidua_base::{Date, Timestamp};
use thidua_domain::Actor;
use thidua_domain::actor::Role;
use thidua_law::Book;
use thidua_testkit::Db;

use crate::accounts::{PASSWORD, form_token};
use crate::demo::get;
use crate::plans::{signed_in, told};

const DISTRICT: &str = "/don-vi/h-397";

/// The second demonstration, with a specialist of the province.
pub fn province() -> Arc<App> {
    let db = Db::memory().unwrap();
    db.migrate().unwrap();
    let now = Timestamp::parse("2026-07-05T02:00:00Z").unwrap();
    let book = Book::shipped().unwrap();
    let pack = read(&shipped("thanh-hoa-2026").unwrap(), book).unwrap();
    load(&db, book, &pack, "kiểm thử", now).unwrap();
    let app = App::open(db, Clock::Set(now)).unwrap();
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    let new =
        NewAccount { name: "chuyen-vien".into(), display_name: "Trần Văn Bình".into(), password: PASSWORD.into() };
    create_account(&app, &by, &new).unwrap();
    let role = NewRole {
        name: "chuyen-vien".into(),
        role: Role::Specialist,
        unit: Some(OrgId::parse("t-38").unwrap()),
        from: Date::new(2026, 1, 1).unwrap(),
        to: None,
    };
    grant_role(&app, &by, &role).unwrap();
    Arc::new(app)
}

#[tokio::test]
async fn a_person_is_led_through_the_figures_of_an_abolished_district() {
    let app = province();
    let list = get(&app, "/don-vi").await;
    assert!(list.text().contains(&format!("href=\"{DISTRICT}\"")), "the list leads to what is no more");
    let page = get(&app, &format!("{DISTRICT}?ky=2025-H1&chi-tieu=T-NN01")).await;
    let text = told(&page);
    assert!(text.contains("Đã kết thúc từ 01/7/2025"), "{text}");
    assert!(text.contains("đúng, cộng nguyên từng đơn vị") && text.contains("8/8 đơn vị không so sánh được"), "{text}");
    assert!(page.text().contains("href=\"/don-vi/x-15763-2507\"") && !page.text().contains("name=\"van-ban\""));
    let text = told(&get(&app, &format!("{DISTRICT}?ky=2020-H1&chi-tieu=T-HU01")).await);
    assert!(text.contains("không so sánh được") && text.contains("chưa có tỷ lệ chia: Huyện Triệu Sơn"), "{text}");
    assert!(text.contains("9.427"), "all heirs together have the district's own figure");
    let text = told(&get(&app, &format!("{DISTRICT}?ky=2025-H1&cach=nhu-khi-bao-cao&chi-tieu=T-NN01")).await);
    assert!(text.contains("theo các đơn vị đã báo cáo khi đó") && text.contains("Thị trấn Nưa"), "{text}");
    let heir = get(&app, "/don-vi/x-15763-2507?ky=2025-H1").await;
    assert!(heir.text().contains(&format!("href=\"{DISTRICT}\"")), "an heir leads back");
    // What was carried has a passport, and so has what a unit reported that is no more.
    for key in ["restated:T-NN01:x-15763-2507:2025-H1:2026-07-05:", "reading:T-NN01:x-15664:2025-H1"] {
        assert_eq!(get(&app, &format!("/so-lieu/{key}")).await.status, StatusCode::OK, "{key}");
    }
    for wrong in ["/don-vi/x-0", "/don-vi/h-397?chi-tieu=T-YT01", "/so-lieu/restated:T-NN01:x-0:2025-H1:2026-07-05:"] {
        assert_eq!(get(&app, wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn an_official_enters_shares_with_their_document_and_the_figures_follow() {
    let app = province();
    let mut visit = signed_in(&app, "chuyen-vien").await;
    let page = visit.get(DISTRICT).await;
    let token = form_token(&page);
    let heirs =
        ["15664", "15667", "15682", "15715", "15724", "15754", "15763", "15766"].map(|n| format!("phan-x-{n}-2507"));
    let mut fields = vec![("ma", token.as_str()), ("ngay-chia", "2025-07-01"), ("chia-theo", "population")];
    fields.extend(heirs.iter().map(|heir| (heir.as_str(), "1.250")));
    let refused = visit.post(DISTRICT, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Chưa ghi văn bản làm căn cứ") && refused.text().contains("value=\"1.250\""));
    fields.push(("van-ban", "Biên bản bàn giao 12/BB-UBND (mẫu)"));
    fields[3].1 = "nhiều";
    let refused = visit.post(DISTRICT, &fields).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("nhiều"));
    fields[3].1 = "1.250";
    let done = visit.post(DISTRICT, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let text = told(&visit.get(&format!("{DISTRICT}?ky=2020-H1&chi-tieu=T-HU01")).await);
    // 9 427 : 8 = 1 178,375; eight times 1 178 leave 3.
    assert!(text.contains("1.178") && text.contains("chia theo tỷ lệ, làm tròn một lần"), "{text}");
    assert!(text.contains("12,50% = 1.250/10.000") && text.contains("Trần Văn Bình"), "{text}");
    assert!(text.contains("Chênh lệch do làm tròn") && text.contains("3 tỷ đồng"), "{text}");
    let stale = [("ma", "0-0"), ("ngay-chia", "2025-07-01")];
    assert_eq!(visit.post(DISTRICT, &stale).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
