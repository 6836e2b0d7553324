//! What the site answers: pages, files, choices, refusals, and the headers that hold for all.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::demo::{DEMO, ask, get, get_as};

/// One address of each page that lists or shows.
pub const PAGES: [&str; 50] = [
    "/",
    "/bao-cao",
    "/bao-cao/h-397-2020-H1",
    "/bao-cao/h-397-2020-H1/kiem-tra",
    "/chi-tieu",
    "/chi-tieu?tinh-trang=cham",
    "/chi-tieu/NS01",
    "/chi-tieu/NN09",
    "/so-lieu/reading:NS01:h-397:2020-H1",
    "/ke-hoach",
    "/ke-hoach/NS01",
    "/phong-trao",
    "/phong-trao/PT01",
    "/phong-trao/trung-nhau",
    "/phong-trao/do-bao-phu",
    "/phong-trao/bieu-0601?dong=01&cot=1",
    "/cum-thi-dua",
    "/hoi-dong",
    "/khen-thuong",
    "/ho-so",
    "/cong-khai",
    "/nguoi",
    "/nguoi?tim=nguyen+thi",
    "/nguoi/ts-p-01",
    "/tap-the",
    "/tap-the/ts-t-01",
    "/ho-gia-dinh",
    "/ho-gia-dinh/ts-h-01",
    "/dien-hinh",
    "/dien-hinh/rau-nha-luoi-dan-ly",
    "/dien-hinh?cong-khai=1",
    "/van-ban",
    "/van-ban?tim=van+htu&ngay=2026-11-24",
    "/van-ban/nghi-dinh-91-2017-nd-cp",
    "/van-ban/nghi-dinh-152-2025-nd-cp?ngay=2026-11-24",
    "/ton-tai-nhiem-vu",
    "/don-vi",
    "/nhat-ky",
    "/viec-den-han",
    "/nhap-lieu",
    "/dieu-kien?tim=hoa",
    "/dieu-kien/danh-sach?don-vi=h-397&duoi=1&nam=2019&ngay=2020-07-05",
    "/dieu-kien/danh-sach?don-vi=h-397&duoi=1&nam=2019&ngay=2020-07-05&danh-hieu=chien-si-thi-dua-co-so",
    "/dieu-kien/nguoi/ts-p-01?nam=2019&ngay=2020-07-05",
    "/dieu-kien/nguoi/ts-p-01?nam=2019&ngay=2020-07-05&danh-hieu=chien-si-thi-dua-co-so",
    "/dieu-kien/tap-the/ts-t-01?nam=2024&ngay=2024-12-20&danh-hieu=tap-the-lao-dong-xuat-sac",
    "/dieu-kien/so-sanh?ho-so=ts-p-01&ngay=2024-01-01&nam=2023&danh-hieu=chien-si-thi-dua-co-so",
    "/danh-hieu?ngay=2026-11-24",
    "/danh-hieu/chien-si-thi-dua-co-so?ngay=2025-12-01",
    "/so-luat",
];

#[tokio::test]
async fn every_page_answers_in_both_languages() {
    for path in PAGES {
        for (cookie, root) in [("ngon-ngu=vi", "<html lang=\"vi\""), ("ngon-ngu=en", "<html lang=\"en\"")] {
            let answer = get_as(&DEMO, path, cookie).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            let html = answer.text();
            assert!(html.contains(root) && html.contains("<h1"), "{path}");
            assert!(!html.contains('⟦') && !html.contains("{asked}"), "{path} lacks a sentence");
        }
    }
}

#[test]
fn every_word_of_the_pack_is_named_in_both_languages() {
    let pack = &*crate::demo::PACK;
    let mut words: Vec<String> = Vec::new();
    words.extend(pack.indicators.iter().map(|indicator| format!("field.{}", indicator.field)));
    words.extend(pack.standards.iter().map(|standard| format!("field.{}", standard.field)));
    words.extend(pack.movements.iter().map(|movement| format!("field.{}", movement.field)));
    words.extend(pack.movements.iter().map(|movement| format!("scope.{}", movement.scope)));
    words.extend(pack.units.iter().map(|unit| format!("unit-kind.{}", unit.kind)));
    words.extend(pack.edges.iter().map(|edge| format!("tree.{}", edge.tree)));
    words.extend(pack.events.iter().map(|event| format!("event.{}", event.kind)));
    words.extend(pack.exemplars.iter().map(|exemplar| format!("exemplar-field.{}", exemplar.field)));
    words.extend(pack.findings.iter().map(|finding| format!("status.{}", finding.status)));
    words.extend(pack.tasks.iter().map(|task| format!("status.{}", task.status)));
    for messages in [thidua_web::Messages::vi(), thidua_web::Messages::en()] {
        for word in &words {
            assert!(messages.find(word).is_some(), "{word} has no name in {}", messages.lang().code());
        }
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_guard_it() {
    for path in ["/", "/khong-co", "/bao-cao/h-397-2020-H1/h-397-2020-H1.pdf"] {
        let answer = get(&DEMO, path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
    let page = get(&DEMO, "/").await;
    assert!(page.headers.get_all("vary").iter().any(|value| value == "cookie"));
    assert_eq!(page.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn a_page_is_compressed_for_those_who_can_read_it() {
    let request = Request::get("/chi-tieu").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
    let (packed, plain) = (ask(&DEMO, request).await, get(&DEMO, "/chi-tieu").await);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() * 3 < plain.bytes.len());
}

#[tokio::test]
async fn what_does_not_exist_has_a_page_that_says_so() {
    for path in [
        "/khong-co",
        "/chi-tieu/KHONG-CO",
        "/chi-tieu/%C4%91",
        "/phong-trao/PT99",
        "/dat-chuan/x",
        "/so-lieu/reading:KT01:h-397:2031-H1",
        "/so-lieu/x",
        "/so-lieu/reading:a",
        "/bao-cao/x",
        "/bao-cao/h-397-2020-H1/x.docx",
        "/bao-cao/h-397-2020-H1/h-397-2020-H1.exe",
        "/tinh/site.css",
        "/tinh/..%2FCargo.toml",
    ] {
        let answer = get(&DEMO, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let html = answer.text();
        assert!(html.contains("<h1>Không có trang này</h1>") && html.contains("href=\"/\""), "{path}");
    }
}

#[tokio::test]
async fn a_request_of_the_wrong_shape_is_told_so_without_a_trace() {
    let long = Request::post("/tuy-chon")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("ve={}", "a".repeat(100_000))))
        .unwrap();
    let wrong_method = Request::post("/chi-tieu").body(Body::empty()).unwrap();
    let wrong_body = Request::post("/tuy-chon").header("content-type", "text/plain").body(Body::from("x")).unwrap();
    for (request, status) in [
        (long, StatusCode::PAYLOAD_TOO_LARGE),
        (wrong_method, StatusCode::METHOD_NOT_ALLOWED),
        (wrong_body, StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        let answer = ask(&DEMO, request).await;
        assert_eq!(answer.status, status);
        assert!(answer.text().contains("Yêu cầu không hợp lệ"), "{status}: {}", answer.text());
    }
}

#[tokio::test]
async fn what_a_reader_types_comes_back_escaped() {
    for path in ["/chi-tieu", "/phong-trao", "/khen-thuong", "/dien-hinh", "/van-ban", "/don-vi"] {
        let answer = get(&DEMO, &format!("{path}?tim=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.text().contains("<script>alert"), "{path}");
    }
}

#[tokio::test]
async fn search_needs_no_marks() {
    for (path, found) in [
        ("/chi-tieu?tim=gieo+trong", "Diện tích gieo trồng vụ đông xuân"),
        ("/phong-trao?tim=den+on", "Đền ơn đáp nghĩa"),
        ("/don-vi?tim=tan+ninh", "Thị trấn Nưa"),
        ("/van-ban?tim=chi+thi", "34-CT/TW"),
    ] {
        assert!(get(&DEMO, path).await.text().contains(found), "{path}");
    }
    let none = get(&DEMO, "/chi-tieu?tim=zzz").await;
    assert!(none.text().contains("Không có dòng nào khớp"));
}

#[tokio::test]
async fn a_choice_is_kept_and_leads_back_inside_only() {
    let choose = |body: &'static str| {
        Request::post("/tuy-chon").header("content-type", "application/x-www-form-urlencoded").body(Body::from(body))
    };
    let answer = ask(&DEMO, choose("ngon-ngu=en&ve=%2Fchi-tieu%3Ftim%3Da").unwrap()).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/chi-tieu?tim=a"));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("ngon-ngu=en;") && cookie.contains("SameSite=Lax") && cookie.contains("HttpOnly"));
    let answer = ask(&DEMO, choose("giao-dien=toi&ve=%2F%2Fevil.example").unwrap()).await;
    assert_eq!((answer.location(), answer.header("set-cookie").split(';').next()), ("/", Some("giao-dien=toi")));
    let answer = ask(&DEMO, choose("giao-dien=tím&ngon-ngu=fr&ve=%2F").unwrap()).await;
    assert!(answer.headers.get("set-cookie").is_none());
    assert!(get_as(&DEMO, "/", "giao-dien=toi").await.text().contains("data-theme=\"toi\""));
}

#[tokio::test]
async fn a_report_is_saved_in_three_formats() {
    for (ending, media, start) in [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK".as_slice()),
        ("pdf", "application/pdf", b"%PDF-".as_slice()),
        ("html", "text/html; charset=utf-8", b"<!doctype html>".as_slice()),
    ] {
        let answer = get(&DEMO, &format!("/bao-cao/h-397-2020-H1/h-397-2020-H1.{ending}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, media));
        assert!(answer.header("content-disposition").starts_with("attachment"), "{ending}");
        assert!(answer.bytes.starts_with(start), "{ending}");
    }
}

#[tokio::test]
async fn files_of_the_interface_are_kept_for_good() {
    let page = get(&DEMO, "/").await;
    let style = crate::demo::links(page.text()).into_iter().find(|link| link.ends_with(".css")).unwrap();
    let answer = get(&DEMO, &style).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("cache-control").contains("immutable"));
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn a_passport_tells_value_plan_formula_and_place() {
    // 43 enterprises against the district's 80: the tie of the founding report rounds up.
    let html = get(&DEMO, "/so-lieu/reading:DN01:h-397:2020-H1").await.text().to_owned();
    for told in ["100 × 43 : 80", "53,8%", "100 × 43 : 70", "61,4%", "/bao-cao/h-397-2020-H1#"] {
        assert!(html.contains(told), "{told}");
    }
}

#[tokio::test]
async fn sample_figures_say_so_wherever_they_stand() {
    for path in ["/bao-cao/h-397-2020-H1", "/chi-tieu/NN09", "/khen-thuong", "/so-lieu/reading:NN09:h-397:2020-H1"] {
        assert!(get(&DEMO, path).await.text().contains("class=\"mark sample\""), "{path}");
    }
}

#[tokio::test]
async fn a_report_that_was_kept_is_written_anew_after_a_change() {
    let app = crate::demo::with(&crate::demo::PACK);
    let report = app.home.report.clone().unwrap();
    let path = format!("/bao-cao/{report}");
    for _ in 0..2 {
        assert!(get(&app, &path).await.text().contains("53,8%"));
    }
    let by = thidua_domain::Actor::operator("Nguyễn Thị Hoa", app.home.tenant.clone());
    let asked = thidua_app::report::NewOverride {
        line: "DN01 plan:kh-huyen-2020".into(),
        printed: thidua_app::report::Printed::Number("53,7".into()),
        reason: "Theo văn bản đã ký".into(),
    };
    thidua_app::report::override_figure(&app, &by, &report, &asked).unwrap();
    let html = get(&app, &path).await.text().to_owned();
    assert!(html.contains("53,7%") && !html.contains("53,8%"), "the page still shows the figure before the change");
}
