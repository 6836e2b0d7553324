//! The scoring of a cluster on its pages: who sees what, a claim and a mark sent and refused, the freeze, and every page in a
//! real browser on a desk and on a phone, in both lights.

use std::sync::Arc;

use axum::http::StatusCode;
use thidua_app::App;
use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_app::cluster::{open_sample, scoring};
use thidua_base::Date;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::actor::Role;

use crate::accounts::{PASSWORD, Visit, form_token};
use crate::browser::{looked_at, until};
use crate::driver::browser_on;
use crate::grid::{house, signed_in};

const YEAR: &str = "/cum-thi-dua/h-397-cum-1/2020";

/// The sample with scorings; `lan` reports for the last member of the first cluster, which has not sent its sheet.
pub fn hall() -> (Arc<App>, OrgId) {
    let app = house();
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    open_sample(&app, &by).unwrap();
    let seen = scoring(&app, &by, &ClusterCode::parse("h-397-cum-1").unwrap(), 2020).unwrap();
    let own = seen.members.last().unwrap().0.unit.clone();
    let new = NewAccount { name: "lan".into(), display_name: "Hà Thị Lan".into(), password: PASSWORD.into() };
    create_account(&app, &by, &new).unwrap();
    let from = Date::new(2020, 1, 1).unwrap();
    let held = NewRole { name: "lan".into(), role: Role::Specialist, unit: Some(own.clone()), from, to: None };
    grant_role(&app, &by, &held).unwrap();
    (app, own)
}

#[tokio::test]
async fn strangers_see_who_belongs_to_a_cluster_and_no_mark() {
    let (app, own) = hall();
    let mut visit = Visit::to(&app);
    let page = visit.get(YEAR).await;
    assert!(page.status == StatusCode::OK && page.text().contains("Thị trấn Triệu Sơn"));
    assert!(!page.text().contains("/xep-hang"));
    for hidden in ["xep-hang", "bang-diem", "bang-diem.xlsx", "gia-dinh", "ban-chot.txt", &format!("cham/{own}")] {
        assert_eq!(visit.get(&format!("{YEAR}/{hidden}")).await.status, StatusCode::NOT_FOUND, "{hidden}");
    }
    for unknown in ["/cum-thi-dua/khong-co/2020", "/cum-thi-dua/h-397-cum-1/1999", "/cum-thi-dua/h-397-cum-1/x"] {
        assert_eq!(visit.get(unknown).await.status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

#[tokio::test]
async fn a_unit_claims_attaches_and_sends_and_is_told_what_is_refused() {
    let (app, own) = hall();
    let mut visit = Visit::to(&app);
    visit.sign_in("lan", PASSWORD).await;
    let sheet = format!("{YEAR}/cham/{own}?tc=B.2");
    let page = visit.get(&sheet).await;
    let token = form_token(&page);
    let wrong = visit.post(&sheet, &[("ma", &token), ("viec", "ke-khai"), ("so", "nhiều")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("nhiều"));
    let done = visit.post(&sheet, &[("ma", &token), ("viec", "ke-khai"), ("so", "2"), ("ghi-chu", "Theo sổ")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let page = visit.get(&sheet).await;
    assert!(page.text().contains("“Theo sổ”") && page.text().contains("7"), "{}", page.text());
    let files = format!("{YEAR}/cham/{own}/minh-chung?tc=B.1");
    let refused = visit.send_file(&files, &token, "a.pdf", b"not a paper").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(visit.send_file(&files, &token, "a.pdf", b"%PDF-1.7").await.status, StatusCode::SEE_OTHER);
    // Nothing of it is another's to send.
    let stale = visit.post(&sheet, &[("ma", "0-0"), ("viec", "gui")]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        visit.post(&sheet, &[("ma", &token), ("viec", "cham"), ("duoi", "7")]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(visit.post(&sheet, &[("ma", &token), ("viec", "gui")]).await.status, StatusCode::SEE_OTHER);
    let late = visit.post(&sheet, &[("ma", &token), ("viec", "ke-khai"), ("so", "0")]).await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text().contains("bảng điểm của đơn vị đã gửi đi"));
}

#[tokio::test]
async fn a_mark_needs_a_reason_and_a_ranking_is_frozen_once_nothing_waits() {
    let (app, own) = hall();
    let mut visit = Visit::to(&app);
    visit.sign_in("binh", PASSWORD).await;
    let sheet = format!("{YEAR}/cham/{own}?tc=B.2");
    let token = form_token(&visit.get(&sheet).await);
    let fields = |reason: &'static str| {
        [("viec", "cham"), ("cap", "appraisal"), ("duoi", "10"), ("diem", "8,5"), ("ly-do", reason)]
    };
    let silent: Vec<_> = fields("").into_iter().chain([("ma", token.as_str())]).collect();
    let refused = visit.post(&sheet, &silent).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("phải ghi lý do"));
    let said: Vec<_> = fields("Một báo cáo nộp chậm").into_iter().chain([("ma", token.as_str())]).collect();
    assert_eq!(visit.post(&sheet, &said).await.status, StatusCode::SEE_OTHER);
    assert!(visit.get(&sheet).await.text().contains("Một báo cáo nộp chậm"));
    for path in ["xep-hang", "bang-diem"] {
        assert_eq!(visit.get(&format!("{YEAR}/{path}")).await.status, StatusCode::OK, "{path}");
    }
    let book = visit.get(&format!("{YEAR}/bang-diem.xlsx")).await;
    assert!(book.status == StatusCode::OK && book.bytes.starts_with(b"PK"));
    let would = visit.get(&format!("{YEAR}/gia-dinh?dv={own}&tc=C.1&diem=10")).await;
    assert!(would.status == StatusCode::OK && would.text().contains("Xếp hạng nếu như vậy"));

    let mut leader = Visit::to(&app);
    leader.sign_in("an", PASSWORD).await;
    let ranking = format!("{YEAR}/xep-hang");
    let token = form_token(&leader.get(&ranking).await);
    let waits = leader.post(&ranking, &[("ma", &token)]).await;
    assert!(waits.status == StatusCode::UNPROCESSABLE_ENTITY && waits.text().contains("Còn 1 kiến nghị chưa trả lời"));
    let frozen = leader.get("/cum-thi-dua/h-397-cum-4/2020/ban-chot.txt").await;
    assert!(frozen.status == StatusCode::OK && frozen.text().starts_with("thidua-cham-diem\t1\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_are_accessible_on_a_desk_and_on_a_phone_in_both_lights() {
    let (app, own) = hall();
    for width in [1280, 390] {
        let Some(browser) = browser_on(&app, "scoring", width).await else { return };
        signed_in(&browser, &app, "binh").await;
        let mut found = Vec::new();
        for path in [
            YEAR.to_owned(),
            format!("{YEAR}/xep-hang"),
            format!("{YEAR}/bang-diem"),
            format!("{YEAR}/gia-dinh?dv={own}&tc=C.1&diem=10"),
            format!("{YEAR}/cham/{own}?tc=B.2"),
            "/cum-thi-dua/h-397-cum-4/2020/xep-hang".to_owned(),
            "/cum-thi-dua/h-397-cum-6/2020".to_owned(),
        ] {
            found.extend(looked_at(&browser, &path).await);
        }
        signed_in(&browser, &app, "lan").await;
        for criterion in ["B.1", "B.4", "T.2", "A.2"] {
            found.extend(looked_at(&browser, &format!("{YEAR}/cham/{own}?tc={criterion}")).await);
        }
        // The next criterion is a key away.
        browser.open(&format!("{YEAR}/cham/{own}?tc=B.1")).await;
        crate::browser::press(&browser, "j").await;
        until(&browser, "return location.search", "?tc=B.2").await;
        browser.close().await;
        assert!(found.is_empty(), "{width}:\n{}", found.join("\n"));
    }
}
