//! The catalogue of forms: a form made, a unit assigned, a cycle opened, without script; refusals in words.

use axum::http::StatusCode;

use crate::accounts::form_token;
use crate::demo::get;
use crate::plans::{signed_in, staffed, told};

#[tokio::test]
async fn the_catalogue_is_for_who_keeps_it() {
    let app = staffed();
    for path in ["/bieu-mau", "/bieu-mau/bieu-01-trieu-son"] {
        assert_eq!(get(&app, path).await.status, StatusCode::NOT_FOUND, "{path}");
        let mut commune = signed_in(&app, "dau-moi").await;
        assert_eq!(commune.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!get(&app, "/").await.text().contains("href=\"/bieu-mau\""));
    let mut district = signed_in(&app, "chuyen-vien").await;
    let page = district.get("/bieu-mau").await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(page.text().contains("href=\"/bieu-mau/bieu-01-trieu-son\""));
    assert!(told(&page).contains("Mọi đơn vị trực thuộc Huyện Triệu Sơn"), "{}", told(&page));
    assert_eq!(district.get("/bieu-mau/khong-co").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn several_units_are_entered_in_one_table() {
    let app = staffed();
    let at = "/nhap-lieu/bieu-01-trieu-son/2020-H1";
    assert_eq!(get(&app, at).await.status, StatusCode::NOT_FOUND, "a stranger reads no sheets");
    let mut district = signed_in(&app, "chuyen-vien").await;
    let page = district.get(at).await;
    let before = |page: &str, key: &str| {
        let (_, tail) =
            page.split_once(&format!("name=\"cu-{key}\" value=\"")).unwrap_or_else(|| panic!("no cell {key}"));
        tail.split_once('"').unwrap().0.to_owned()
    };
    let (one, other) = (before(page.text(), "x-15769:NN02"), before(page.text(), "x-15766:NN02"));
    let token = form_token(&page);
    let sent = [
        ("ma", token.as_str()),
        ("cu-x-15769:NN02", &one),
        ("so-x-15769:NN02", "281,5"),
        ("cu-x-15766:NN02", &other),
        ("so-x-15766:NN02", "nhiều lắm"),
    ];
    let refused = district.post(&format!("{at}/bang"), &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "one cell cannot be read");
    assert!(refused.text().contains("value=\"nhiều lắm\"") && refused.text().contains("value=\"281,5\""));
    let passport = told(&get(&app, "/so-lieu/reading:NN02:x-15769:2020-H1").await);
    assert!(passport.contains("Trần Văn Bình Gõ vào biểu 281,5 ha"), "the other is saved: {passport}");
    // Sent again over the old reading: the value that holds the cell is not overwritten.
    let late = [("ma", token.as_str()), ("cu-x-15769:NN02", one.as_str()), ("so-x-15769:NN02", "290")];
    let conflict = district.post(&format!("{at}/bang"), &late).await;
    assert_eq!(conflict.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(conflict.text().contains("cả hai số được giữ lại"), "{}", told(&conflict));
    // A reporter has the own unit only.
    let mut commune = signed_in(&app, "dau-moi").await;
    let own = commune.get(at).await;
    assert!(own.text().contains("so-x-15769:NN02") && !own.text().contains("so-x-15766:NN02"));
}

#[tokio::test]
async fn a_form_is_made_assigned_and_opened() {
    let app = staffed();
    let mut district = signed_in(&app, "chuyen-vien").await;
    let token = form_token(&district.get("/bieu-mau").await);
    let base = [
        ("ma", token.as_str()),
        ("so-hieu", "Biểu 09"),
        ("ten", "Ngân sách"),
        ("ky", "quarter"),
        ("tu-ngay", "01/01/2020"),
    ];
    let empty = district.post("/bieu-mau", &base).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "a form without rows");
    assert!(empty.text().contains("value=\"Ngân sách\"") && empty.text().contains("class=\"alert\""));
    let rows = [
        ("chon-NS01", "co"),
        ("bat-buoc-NS01", "co"),
        ("thu-tu-NS01", "2"),
        ("chon-LD01", "co"),
        ("thu-tu-LD01", "1"),
        ("nhan-LD01", "1.1"),
        ("nhom-LD01", "Lao động"),
    ];
    let wrong_day: Vec<_> =
        base.iter().map(|(name, value)| (*name, if *name == "tu-ngay" { "mai" } else { value })).collect();
    let refused = district.post("/bieu-mau", &[&wrong_day[..], &rows[..]].concat()).await;
    assert!(refused.text().contains("“mai” không phải ngày") && refused.text().contains("value=\"Lao động\""));
    let done = district.post("/bieu-mau", &[&base[..], &rows[..]].concat()).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/bieu-mau/bieu-09-ngan-sach"));
    let again = district.post("/bieu-mau", &[&base[..], &rows[..]].concat()).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "there is a form of that name");

    let at = "/bieu-mau/bieu-09-ngan-sach";
    let page = district.get(at).await;
    let seen = told(&page);
    assert!(seen.contains("chưa giao đơn vị nào"), "{seen}");
    assert!(
        seen.contains("Lao động 1.1 Lao động được giải quyết việc làm") && seen.contains("không bắt buộc"),
        "{seen}"
    );
    let token = form_token(&page);
    let assign = |unit| [("ma", token.as_str()), ("viec", "giao"), ("don-vi", unit), ("tu-ngay", "2020-01-01")];
    assert_eq!(district.post(at, &assign("")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(district.post(at, &assign("t-38")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(district.post(at, &assign("x-15769")).await.status, StatusCode::SEE_OTHER);
    let cycle = |due| {
        [
            ("ma", token.as_str()),
            ("viec", "mo-dot"),
            ("ky", "2020-Q3"),
            ("tinh-chat", "uoc"),
            ("mo", "2020-07-01"),
            ("han", due),
            ("chap-nhan", "2020-09-28"),
            ("khoa", "2020-09-30"),
        ]
    };
    let disordered = district.post(at, &cycle("2020-12-01")).await;
    assert_eq!(disordered.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(disordered.text().contains("value=\"2020-12-01\""), "what was typed comes back");
    assert_eq!(district.post(at, &cycle("2020-09-25")).await.status, StatusCode::SEE_OTHER);
    let seen = told(&district.get(at).await);
    assert!(seen.contains("quý III năm 2020 01/07/2020 25/09/2020 28/09/2020 30/09/2020 1 đơn vị"), "{seen}");
    let twice = district.post(at, &cycle("2020-09-25")).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "one cycle for a period");
    // The commune has a sheet to fill in now.
    let mut commune = signed_in(&app, "dau-moi").await;
    let sheet = commune.get("/nhap-lieu/bieu-09-ngan-sach/2020-Q3/x-15769").await;
    assert_eq!(sheet.status, StatusCode::OK);
    let stale = district.post(at, &[("ma", "0-0"), ("viec", "mo-dot")]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
}
