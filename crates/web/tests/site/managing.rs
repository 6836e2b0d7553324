//! Second factors and the management of accounts on the pages.

use std::sync::Arc;

use axum::http::StatusCode;
use thidua_app::App;
use thidua_testkit::accounts::{code_at, enrol, session_of};

use crate::accounts::{PASSWORD, Visit, form_token, house};
use crate::demo::Answer;

/// A browser of an administrator who has a second factor.
fn administrator(app: &Arc<App>) -> Visit {
    enrol(app, "quan");
    let mut visit = Visit::to(app);
    visit.cookies.push(("phien".into(), session_of(app, "quan")));
    visit
}

fn between<'a>(page: &'a Answer, before: &str, after: &str) -> &'a str {
    let text = page.text();
    let (_, tail) = text.split_once(before).unwrap_or_else(|| panic!("{before}: {text}"));
    tail.split_once(after).unwrap().0
}

#[tokio::test]
async fn an_administrator_is_led_to_enrol_and_can_do_nothing_before() {
    let app = house();
    let mut visit = Visit::to(&app);
    assert_eq!(visit.sign_in("quan", PASSWORD).await.location(), "/chi-tieu");
    for path in ["/", "/chi-tieu", "/nhat-ky", "/tai-khoan", "/tai-khoan/quan-ly", "/tai-khoan/mat-khau"] {
        let answer = visit.get(path).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/tai-khoan/hai-lop"), "{path}");
    }
    let page = visit.get("/tai-khoan/hai-lop").await;
    assert!(page.status == StatusCode::OK && page.text().contains("phải có xác thực hai lớp"));
    assert_eq!(page.header("cache-control"), "no-store");
    let token = form_token(&page);
    for path in ["/tai-khoan/quan-ly", "/tai-khoan/quan-ly/an/dong", "/tai-khoan/hai-lop/bo"] {
        assert_eq!(visit.post(path, &[("ma", &token)]).await.location(), "/tai-khoan/hai-lop", "{path}");
    }
    // The letters beside the square code are the secret; an app makes the code of them.
    let letters = between(&page, "<code class=\"letters\">", "</code>").replace(' ', "");
    assert!(page.text().contains("<svg class=\"square-code\"") && letters.len() == 32);
    let wrong = visit.post("/tai-khoan/hai-lop", &[("ma", &token), ("ma-xac-thuc", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("Mã chưa đúng") && between(&wrong, "letters\">", "<").replace(' ', "") == letters);
    let code = code_of(&letters, app.clock.now());
    let done = visit.post("/tai-khoan/hai-lop", &[("ma", &form_token(&wrong)), ("ma-xac-thuc", &code)]).await;
    assert_eq!((done.status, done.text().matches("<li><code>").count()), (StatusCode::OK, 10));
    assert_eq!(done.header("cache-control"), "no-store");
    let recovery = between(&done, "<li><code>", "</code>").to_owned();
    for path in ["/", "/nhat-ky", "/tai-khoan/quan-ly"] {
        assert_eq!(visit.get(path).await.status, StatusCode::OK, "{path}");
    }
    assert!(!visit.get("/tai-khoan/hai-lop").await.text().contains(&letters), "shown once");

    // From now on a code is asked for; a recovery code serves.
    let mut other = visit.another();
    let half = other.sign_in("quan", PASSWORD).await;
    assert_eq!((half.location(), other.cookie("phien")), ("/dang-nhap/ma", None));
    let page = other.get("/dang-nhap/ma").await;
    let wrong = other.post("/dang-nhap/ma", &[("ma", &form_token(&page)), ("ma-xac-thuc", &code)]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("đã dùng rồi"));
    let done = other.post("/dang-nhap/ma", &[("ma", &form_token(&wrong)), ("ma-xac-thuc", &recovery)]).await;
    assert_eq!((done.location(), other.cookie("cho-ma")), ("/chi-tieu", None));
    assert!(other.get("/tai-khoan").await.text().contains("còn 9 mã dự phòng"));
}

/// The code that an app makes of the letters, by its own reading of them.
pub fn code_of(letters: &str, now: thidua_base::Timestamp) -> String {
    let mut bits = String::new();
    for letter in letters.chars() {
        let five = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap();
        bits.push_str(&format!("{five:05b}"));
    }
    let bytes: Vec<u8> = (0..20).map(|at| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).unwrap()).collect();
    let secret = thidua_testkit::accounts::TotpSecret::of(bytes.try_into().unwrap());
    format!("{:06}", secret.code(now.second() / 30))
}

#[tokio::test]
async fn the_page_of_the_code_belongs_to_one_browser_and_one_sign_in() {
    let app = house();
    enrol(&app, "hoa");
    let mut visit = Visit::to(&app);
    assert_eq!(visit.get("/dang-nhap/ma").await.location(), "/dang-nhap", "nothing awaits a code");
    visit.sign_in("hoa", PASSWORD).await;
    let mut other = visit.another();
    other.sign_in("hoa", PASSWORD).await;
    let foreign = form_token(&other.get("/dang-nhap/ma").await);
    let code = code_at(app.clock.now());
    for token in ["", "0123-abcd", &foreign] {
        let answer = visit.post("/dang-nhap/ma", &[("ma", token), ("ma-xac-thuc", &code)]).await;
        assert_eq!((answer.status, visit.cookie("phien")), (StatusCode::UNPROCESSABLE_ENTITY, None), "{token}");
        assert!(answer.text().contains("Biểu mẫu đã cũ"));
    }
    // A token of one's own making awaits nothing.
    let mut made_up = visit.another();
    made_up.cookies.push(("cho-ma".into(), "0".repeat(64)));
    let answer = made_up.get("/dang-nhap/ma").await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains("Đăng nhập lại từ đầu"));
    let page = visit.get("/dang-nhap/ma").await;
    assert!(!page.text().contains("Nguyễn Thị Hòa"), "who it is, is not told before the code");
    visit.post("/dang-nhap/ma", &[("ma", &form_token(&page)), ("ma-xac-thuc", &code)]).await;
    assert_eq!(visit.get("/tai-khoan").await.status, StatusCode::OK);
}

#[tokio::test]
async fn one_renews_codes_and_takes_the_second_factor_away() {
    let app = house();
    enrol(&app, "an");
    let mut visit = Visit::to(&app);
    visit.cookies.push(("phien".into(), session_of(&app, "an")));
    let page = visit.get("/tai-khoan/hai-lop").await;
    assert!(page.text().contains("còn 0 mã dự phòng"));
    let token = form_token(&page);
    let code = code_at(app.clock.now());
    let codes = visit.post("/tai-khoan/hai-lop/ma-du-phong", &[("ma", &token), ("ma-xac-thuc", &code)]).await;
    let recovery = between(&codes, "<li><code>", "</code>").to_owned();
    for (password, code, told) in [("sai", &recovery, "Mật khẩu hiện nay chưa đúng"), (PASSWORD, &code, "Mã chưa đúng")]
    {
        let fields = [("ma", token.as_str()), ("mat-khau", password), ("ma-xac-thuc", code)];
        let answer = visit.post("/tai-khoan/hai-lop/bo", &fields).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains(told), "{told}");
    }
    let fields = [("ma", token.as_str()), ("mat-khau", PASSWORD), ("ma-xac-thuc", &recovery)];
    assert_eq!(visit.post("/tai-khoan/hai-lop/bo", &fields).await.location(), "/tai-khoan");
    assert!(visit.get("/tai-khoan").await.text().contains("Chưa có. Nên có"));
}

#[tokio::test]
async fn accounts_are_listed_searched_and_opened_with_a_password_shown_once() {
    let app = house();
    let mut visit = administrator(&app);
    assert!(visit.get("/").await.text().contains("href=\"/tai-khoan/quan-ly\""));
    let page = visit.get("/tai-khoan/quan-ly").await;
    for told in ["Nguyễn Thị Hòa", "Lê Văn An", "Trần Văn Quân", "<strong>3</strong> / 3"] {
        assert!(page.text().contains(told), "{told}");
    }
    let found = visit.get("/tai-khoan/quan-ly?tim=nguyen").await;
    assert!(found.text().contains("<strong>1</strong> / 3") && !found.text().contains("Lê Văn An"));
    let token = form_token(&page);
    let refused = visit.post("/tai-khoan/quan-ly", &[("ma", &token), ("ten", "hòa"), ("ho-ten", "Ai Đó")]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("đã có người dùng"));
    assert!(refused.text().contains("value=\"hòa\"") && refused.text().contains("value=\"Ai Đó\""));
    let opened = visit.post("/tai-khoan/quan-ly", &[("ma", &token), ("ten", "moi"), ("ho-ten", "Lê Thị Mới")]).await;
    assert_eq!((opened.status, opened.header("cache-control")), (StatusCode::OK, "no-store"));
    let password = between(&opened, "<code class=\"letters\">", "</code>").to_owned();
    let again = visit.get("/tai-khoan/quan-ly/moi").await;
    assert!(!again.text().contains(&password) && again.text().contains("chưa đổi"), "shown once");

    let mut new = visit.another();
    new.sign_in("moi", &password).await;
    for path in ["/", "/tai-khoan", "/tai-khoan/hai-lop"] {
        assert_eq!(new.get(path).await.location(), "/tai-khoan/mat-khau", "{path}");
    }
    let page = new.get("/tai-khoan/mat-khau").await;
    assert!(page.text().contains("do người quản trị cấp"));
    let token = form_token(&page);
    let own = "một câu khác hẳn";
    let fields = [("ma", token.as_str()), ("hien-nay", &password), ("moi", own), ("lai", own)];
    assert_eq!(new.post("/tai-khoan/mat-khau", &fields).await.location(), "/tai-khoan");
    assert_eq!(new.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn everything_about_an_account_is_changed_on_its_page() {
    let app = house();
    let mut visit = administrator(&app);
    let mut an = visit.another();
    an.sign_in("an", PASSWORD).await;
    enrol(&app, "an");
    let at = "/tai-khoan/quan-ly/an";
    let mut done = async |act: &str, fields: &[(&str, &str)]| {
        let token = form_token(&visit.get(at).await);
        let fields = [fields, &[("ma", token.as_str())]].concat();
        let answer = visit.post(&format!("{at}/{act}"), &fields).await;
        if answer.status == StatusCode::SEE_OTHER {
            assert_eq!(answer.location(), format!("{at}?xong={act}"));
            return visit.get(answer.location()).await;
        }
        answer
    };
    let page = done("dong-phien", &[]).await;
    assert!(page.text().contains("Đã đóng các phiên.") && page.text().contains("Không có phiên nào đang mở"));
    assert_eq!(an.get("/tai-khoan").await.status, StatusCode::NOT_FOUND);

    let from = ("tu-ngay", "2020-07-01");
    let role = ("vai-tro", "specialist");
    for (fields, told) in [
        (vec![role, from], "Không có đơn vị “”"),
        (vec![role, from, ("don-vi", "xã không có")], "Không có đơn vị"),
        (vec![role, ("tu-ngay", "hôm nay"), ("toan-bo", "1")], "không phải ngày"),
        (vec![("vai-tro", "vua"), from, ("toan-bo", "1")], "Không có vai trò “vua”"),
        (vec![role, from, ("den-ngay", "2020-06-01"), ("toan-bo", "1")], "01/6/2020"),
    ] {
        let answer = done("giao-vai-tro", &fields).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains(told), "{told}");
    }
    let page = done("giao-vai-tro", &[role, from, ("don-vi", "huyen trieu son"), ("den-ngay", "01/01/2030")]).await;
    let line = "Chuyên viên thi đua, khen thưởng, Huyện Triệu Sơn, từ 01/07/2020 đến trước 01/01/2030";
    assert!(page.text().contains(line), "{}", page.text());
    let unit = between(&page, "name=\"don-vi\" value=\"", "\"").to_owned();
    let page = done("thoi-vai-tro", &[role, ("don-vi", &unit), ("ngay", "2020-07-05")]).await;
    assert!(page.text().contains("đến trước 05/07/2020"));

    let page = done("bo-hai-lop", &[]).await;
    assert!(page.text().contains("Đã bỏ xác thực hai lớp"));
    assert!(done("bo-hai-lop", &[]).await.text().contains("chưa có xác thực hai lớp"));
    let link = [("cong", "https://sso.example.vn"), ("dinh-danh", "sub-7")];
    assert!(done("lien-ket", &link).await.text().contains("<code>sub-7</code>"));
    assert!(done("lien-ket", &link).await.text().contains("đã liên kết với một tài khoản"));
    assert!(!done("bo-lien-ket", &link).await.text().contains("<code>sub-7</code>"));
    let page = done("mat-khau", &[]).await;
    assert_eq!(between(&page, "<code class=\"letters\">", "</code>").len(), 19);
    assert!(done("dong", &[]).await.text().contains("đã đóng"));
    assert!(done("mo", &[]).await.text().contains("đang dùng"));
    assert_eq!(done("khong-co", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_shuts_themselves_out() {
    let app = house();
    let mut visit = administrator(&app);
    let at = "/tai-khoan/quan-ly/quan";
    let token = form_token(&visit.get(at).await);
    let end = [("ma", token.as_str()), ("vai-tro", "administrator"), ("ngay", "2020-07-05")];
    for (act, fields) in
        [("dong", &end[..1]), ("mat-khau", &end[..1]), ("bo-hai-lop", &end[..1]), ("thoi-vai-tro", &end)]
    {
        let answer = visit.post(&format!("{at}/{act}"), fields).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains("của chính mình"), "{act}");
    }
    assert_eq!(visit.get("/nhat-ky").await.status, StatusCode::OK);
}

#[tokio::test]
async fn to_those_who_do_not_manage_accounts_there_is_nothing() {
    let app = house();
    let mut stranger = Visit::to(&app);
    let mut hoa = stranger.another();
    hoa.sign_in("hoa", PASSWORD).await;
    let token = form_token(&hoa.get("/tai-khoan").await);
    for visit in [&mut stranger, &mut hoa] {
        assert!(!visit.get("/").await.text().contains("href=\"/tai-khoan/quan-ly\""));
        for path in ["/tai-khoan/quan-ly", "/tai-khoan/quan-ly/an", "/tai-khoan/quan-ly/khong-co"] {
            assert_eq!(visit.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["", "/an/dong", "/an/giao-vai-tro", "/khong-co/dong", "/an/khong-co"] {
            let fields = [("ma", token.as_str()), ("ten", "x"), ("ho-ten", "X")];
            let answer = visit.post(&format!("/tai-khoan/quan-ly{path}"), &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    assert_eq!(stranger.get("/tai-khoan/hai-lop").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_of_another_changes_no_account() {
    let app = house();
    let mut visit = administrator(&app);
    for token in ["", "0123-abcd"] {
        for path in ["/tai-khoan/quan-ly", "/tai-khoan/quan-ly/an/dong", "/tai-khoan/hai-lop/bo"] {
            let answer = visit.post(path, &[("ma", token), ("ten", "x"), ("ho-ten", "X")]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(answer.text().contains("Biểu mẫu đã cũ"), "{path}");
        }
    }
    assert!(visit.get("/tai-khoan/quan-ly/an").await.text().contains("đang dùng"));
}

#[tokio::test]
async fn the_page_of_a_fault_greets_whoever_is_signed_in() {
    let app = house();
    let mut visit = Visit::to(&app);
    assert!(!visit.get("/khong-co").await.text().contains("Nguyễn Thị Hòa"));
    visit.sign_in("hoa", PASSWORD).await;
    let page = visit.get("/khong-co").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text().contains("Nguyễn Thị Hòa") && page.text().contains("href=\"/nhat-ky\""));
    assert!(!page.text().contains("href=\"/tai-khoan/quan-ly\""), "the menu knows what she may enter");
    visit.cookies = vec![("phien".into(), "0".repeat(64))];
    assert_eq!(visit.get("/khong-co").await.status, StatusCode::NOT_FOUND, "a session that is none");
}

#[tokio::test]
async fn attempts_are_counted_by_the_address_that_a_trusted_proxy_tells() {
    let app = house();
    let proxy = "10.0.0.1".parse().unwrap();
    let settings = thidua_web::Settings { trusted_proxies: vec![proxy], provider: None };
    let mut visit = Visit::set(&app, settings);
    visit.come_from([10, 0, 0, 1]);
    visit.forwarded = Some("203.0.113.7".into());
    let mut last = StatusCode::OK;
    for _ in 0..40 {
        last = visit.post("/dang-nhap", &[("ten", "hoa")]).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    // Behind the same proxy, another visitor; and one who makes an address up is still who the proxy saw.
    visit.forwarded = Some("203.0.113.7, 203.0.113.8".into());
    assert_ne!(visit.post("/dang-nhap", &[("ten", "hoa")]).await.status, StatusCode::TOO_MANY_REQUESTS);
    visit.forwarded = Some("203.0.113.9, 203.0.113.7".into());
    assert_eq!(visit.post("/dang-nhap", &[("ten", "hoa")]).await.status, StatusCode::TOO_MANY_REQUESTS);
    // Nobody else is believed.
    visit.come_from([203, 0, 113, 7]);
    visit.forwarded = Some("203.0.113.10".into());
    assert_eq!(visit.post("/dang-nhap", &[("ten", "hoa")]).await.status, StatusCode::TOO_MANY_REQUESTS);
}
