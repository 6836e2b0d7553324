//! A decision on awards on its pages: begun, filled, refused without money, issued, paid and taken back, by those whose part
//! it is; strangers find nothing.

use std::sync::Arc;

use axum::http::StatusCode;
use thidua_app::App;

use crate::accounts::{PASSWORD, Visit, form_token};
use crate::browser::looked_at;
use crate::driver::browser_on;
use crate::grid::{house, signed_in};

/// The address of a decision that the specialist has written for two persons, and of nobody else's.
async fn written(app: &Arc<App>, fund: &str) -> (Visit, String) {
    let mut visit = Visit::to(app);
    visit.sign_in("binh", PASSWORD).await;
    let token = form_token(&visit.get("/quyet-dinh/soan").await);
    let head = [
        ("ma", token.as_str()),
        ("trich-yeu", "Về việc tặng Giấy khen"),
        ("co-quan", "h-397"),
        ("tham-quyen", "chu-tich-ubnd-huyen"),
        ("nam", "2020"),
        ("loai-hinh", "dot-xuat"),
        ("quy", fund),
        ("da-xem", "0"),
    ];
    let begun = visit.post("/quyet-dinh/soan", &head).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    let address = begun.headers["location"].to_str().unwrap().to_owned();
    let found = visit.get(&format!("{address}?tim=nguyet")).await;
    assert!(found.text().contains("value=\"ts-p-01\""), "{}", found.text());
    let lines = [
        ("ma", token.as_str()),
        ("viec", "dua-vao"),
        ("da-xem", "1"),
        ("ho-so", "ts-p-01"),
        ("ho-so", "ts-p-02"),
        ("danh-hieu", "giay-khen-ubnd-huyen"),
        ("thanh-tich", "Phòng, chống dịch"),
    ];
    assert_eq!(visit.post(&address, &lines).await.status, StatusCode::SEE_OTHER);
    (visit, address)
}

async fn fund_opened(app: &Arc<App>) -> String {
    let mut visit = Visit::to(app);
    visit.sign_in("binh", PASSWORD).await;
    let token = form_token(&visit.get("/quy-khen-thuong").await);
    let open = [("ma", &*token), ("viec", "mo-quy"), ("don-vi", "h-397"), ("nam", "2020"), ("ten", "Quỹ 2020")];
    assert_eq!(visit.post("/quy-khen-thuong", &open).await.status, StatusCode::SEE_OTHER);
    let page = visit.get("/quy-khen-thuong").await.text().to_owned();
    let (_, rest) = page.split_once("<tr id=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_decision_is_written_issued_paid_and_taken_back_by_those_whose_part_it_is() {
    let app = house();
    let fund = fund_opened(&app).await;
    let (mut specialist, address) = written(&app, &fund).await;
    let mut leader = Visit::to(&app);
    leader.sign_in("an", PASSWORD).await;
    let token = form_token(&leader.get(&address).await);
    let signature = |seen: &'static str| {
        [
            ("viec", "ban-hanh"),
            ("da-xem", seen),
            ("so", "1502/QĐ-UBND"),
            ("ngay", "2020-06-26"),
            ("nguoi-ky", "Lê Quang Trung"),
            ("chuc-vu", "Phó Chủ tịch"),
            ("the-thuc", "for-head"),
        ]
    };
    let sign: Vec<_> = signature("2").into_iter().chain([("ma", token.as_str())]).collect();
    let refused = leader.post(&address, &sign).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.status);
    assert!(refused.text().contains("Quỹ còn chi được 0 đồng, cần 894.000 đồng"), "{}", refused.text());

    let own = form_token(&specialist.get("/quy-khen-thuong").await);
    let money = |amount: &'static str| {
        [("viec", "kinh-phi"), ("so-tien", amount), ("so", "01/QĐ"), ("ngay", "2020-01-10"), ("noi-dung", "dự toán")]
    };
    let wrong: Vec<_> = money("nhiều").into_iter().chain([("ma", &*own), ("quy", &*fund)]).collect();
    let refused = specialist.post("/quy-khen-thuong", &wrong).await;
    assert!(refused.text().contains("“nhiều” không phải số tiền hợp lệ"));
    let right: Vec<_> = money("1.000.000").into_iter().chain([("ma", &*own), ("quy", &*fund)]).collect();
    assert_eq!(specialist.post("/quy-khen-thuong", &right).await.status, StatusCode::SEE_OTHER);

    let stale: Vec<_> = signature("1").into_iter().chain([("ma", token.as_str())]).collect();
    assert!(leader.post(&address, &stale).await.text().contains("người khác"), "who saw an older draft is told");
    assert_eq!(leader.post(&address, &sign).await.status, StatusCode::SEE_OTHER);
    assert!(leader.get("/khen-thuong?tim=1502").await.text().contains("1502/QĐ-UBND"), "the register holds it");
    assert!(specialist.get("/quyet-dinh/chua-chi").await.text().contains("894.000"));

    let own = form_token(&specialist.get(&address).await);
    let pay = [("ma", own.as_str()), ("viec", "chi"), ("dong", "1"), ("so", "PC 01"), ("ngay", "2020-07-01")];
    assert_eq!(specialist.post(&address, &pay).await.status, StatusCode::SEE_OTHER);
    let take = |reason: &'static str| {
        [("viec", "thu-hoi"), ("dong", "2"), ("so", "1600/QĐ-UBND"), ("ngay", "2020-07-05"), ("ly-do", reason)]
    };
    let by_other: Vec<_> = take("khai man").into_iter().chain([("ma", own.as_str())]).collect();
    assert_eq!(specialist.post(&address, &by_other).await.status, StatusCode::NOT_FOUND);
    let silent: Vec<_> = take("").into_iter().chain([("ma", token.as_str())]).collect();
    assert_eq!(leader.post(&address, &silent).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said: Vec<_> = take("khai man").into_iter().chain([("ma", token.as_str())]).collect();
    assert_eq!(leader.post(&address, &said).await.status, StatusCode::SEE_OTHER);
    assert!(leader.get(&address).await.text().contains("Thu hồi ngày 05/07/2020"));
    for (ending, start) in [("docx", b"PK".as_slice()), ("pdf", b"%PDF".as_slice())] {
        let paper = specialist.get(&format!("{address}/quyet-dinh.{ending}")).await;
        assert!(paper.status == StatusCode::OK && paper.bytes.starts_with(start), "{ending}");
        if let Some(to) = std::env::var_os("THIDUA_LOOK_AT") {
            std::fs::write(std::path::Path::new(&to).join(format!("quyet-dinh.{ending}")), &paper.bytes).unwrap();
        }
    }
    assert!(specialist.get("/quyet-dinh/chua-chi").await.text().contains("Không còn khoản tiền thưởng nào chưa chi"));
}

#[tokio::test]
async fn strangers_find_no_decision_and_no_money() {
    let app = house();
    let (_, address) = written(&app, "").await;
    let mut stranger = Visit::to(&app);
    let mut elsewhere = Visit::to(&app);
    elsewhere.sign_in("chu-tich", PASSWORD).await;
    for visit in [&mut stranger, &mut elsewhere] {
        for path in [address.as_str(), "/quyet-dinh/qd-khong-co", "/quyet-dinh/soan"] {
            assert_eq!(visit.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    for path in ["/quyet-dinh", "/quyet-dinh/chua-chi", "/quy-khen-thuong"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!elsewhere.get("/quyet-dinh").await.text().contains("Về việc tặng Giấy khen"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_decisions_are_looked_at() {
    let app = house();
    let fund = fund_opened(&app).await;
    let (_, address) = written(&app, &fund).await;
    for width in [1280, 390] {
        let Some(browser) = browser_on(&app, "decisions", width).await else { return };
        signed_in(&browser, &app, "binh").await;
        let mut found = Vec::new();
        let search = format!("{address}?tim=nguyet");
        let head = format!("{address}/noi-dung");
        for path in ["/quyet-dinh", "/quyet-dinh/soan", &head, &search, "/quyet-dinh/chua-chi", "/quy-khen-thuong"] {
            found.extend(looked_at(&browser, path).await);
        }
        signed_in(&browser, &app, "an").await;
        found.extend(looked_at(&browser, &address).await);
        browser.close().await;
        assert!(found.is_empty(), "{width}:\n{}", found.join("\n"));
    }
}
