//! The pages of movements: put into the register, launched, registered for, signed, reviewed; form 0601, coverage, overlaps.

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::json;
use thidua_app::App;
use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::actor::{Role, TokenScope};
use thidua_testkit::accounts::session_of;
use thirtyfour::prelude::*;

use crate::accounts::{PASSWORD, Visit, form_token};
use crate::api::{Program, problem, told as told_json};
use crate::browser::looked_at;
use crate::demo::{DEMO, get};
use crate::driver::browser_on;
use crate::plans::{COMMUNE, signed_in, staffed, told};

const OTHER: &str = "x-15766";

/// The staff of the plans, and a leader of the commune.
fn house() -> Arc<App> {
    let app = staffed();
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    let new =
        NewAccount { name: "chu-tich".into(), display_name: "Lê Văn Cường".into(), password: PASSWORD.into() };
    create_account(&app, &by, &new).unwrap();
    let unit = Some(OrgId::parse(COMMUNE).unwrap());
    let from = Date::new(2020, 1, 1).unwrap();
    grant_role(&app, &by, &NewRole { name: "chu-tich".into(), role: Role::Leader, unit, from, to: None }).unwrap();
    app
}

async fn sent(visit: &mut Visit, path: &str, fields: &[(&str, &str)]) -> crate::demo::Answer {
    let token = form_token(&visit.get(path).await);
    let fields: Vec<(&str, &str)> = std::iter::once(("ma", token.as_str())).chain(fields.iter().copied()).collect();
    visit.post(path, &fields).await
}

/// A movement launched to two communes by the district's specialist; gives its path.
async fn launched(district: &mut Visit) -> String {
    let new = [
        ("ten", "Thi đua thâm canh lúa"),
        ("loai", "thematic"),
        ("pham-vi", "huyen"),
        ("linh-vuc", "kinh-te"),
        ("chu-tri", "h-397-ubnd"),
        ("ten-khac", "Thâm canh lúa\nLúa chất lượng"),
    ];
    let added = sent(district, "/phong-trao/ghi-moi", &new).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let terms = added.location().to_owned();
    let movement = terms.strip_suffix("/noi-dung").unwrap().to_owned();
    let asked = [
        ("don-vi", "h-397-ubnd"),
        ("tu-ngay", "2020-07-06"),
        ("den-ngay", "2021-07-05"),
        ("han-dang-ky", "2020-07-17"),
        ("cap-tren", "PT01"),
        ("noi-dung", "Gieo cấy đúng lịch"),
        ("doi-tuong", "farmers"),
        ("doi-tuong", "direct-workers"),
    ];
    let nobody = sent(district, &terms, &asked[..6]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.text().contains("ít nhất một nội dung và một đối tượng"), "{}", nobody.text());
    assert!(nobody.text().contains(">Gieo cấy đúng lịch</textarea>"), "what was typed comes back");
    let written = sent(district, &terms, &asked).await;
    assert_eq!((written.status, written.location()), (StatusCode::SEE_OTHER, movement.as_str()));
    let page = district.get(&movement).await;
    assert!(page.text().contains("value=\"x-15769\" checked"), "every unit below is offered");
    let none = sent(district, &movement, &[("viec", "phat-dong")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let go = [("viec", "phat-dong"), ("don-vi", COMMUNE), ("don-vi", OTHER)];
    assert_eq!(sent(district, &movement, &go).await.status, StatusCode::SEE_OTHER);
    movement
}

#[tokio::test]
async fn a_movement_goes_from_the_register_to_its_conclusion() {
    let app = house();
    let mut district = signed_in(&app, "chuyen-vien").await;
    let movement = launched(&mut district).await;
    let seen = told(&district.get(&movement).await);
    assert!(seen.contains("Đã phát động Đăng ký: 0/2"), "{seen}");
    assert!(seen.contains("Kỷ niệm 5 năm phát động: 05/07/2025"), "{seen}");

    // The commune finds it among what is due, registers, and its leader signs.
    let mut commune = signed_in(&app, "dau-moi").await;
    let pledge = format!("{movement}/dang-ky/{COMMUNE}");
    for path in ["/", "/viec-den-han"] {
        let due = commune.get(path).await;
        assert!(due.text().contains(&format!("href=\"{pledge}\"")), "{path}: {}", told(&due));
    }
    let wrong = [("viec", "dang-ky"), ("chi-tieu-1", "NN02"), ("ky-1", "2020-H1"), ("so-1", "nhiều")];
    let refused = sent(&mut commune, &pledge, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("value=\"nhiều\""));
    let right = [
        ("viec", "dang-ky"),
        ("giao-uoc", "Toàn xã quyết tâm"),
        ("danh-hieu", "tap-the-lao-dong-xuat-sac"),
        ("chi-tieu-1", "NN02"),
        ("ky-1", "2020-H1"),
        ("so-1", "250,5"),
    ];
    assert_eq!(sent(&mut commune, &pledge, &right).await.location(), pledge);
    let unsigned = sent(&mut commune, &pledge, &[("viec", "ky"), ("chuc-vu", "Đầu mối")]).await;
    assert_eq!(unsigned.status, StatusCode::NOT_FOUND, "a reporter signs nothing");
    let mut leader = signed_in(&app, "chu-tich").await;
    assert_eq!(sent(&mut leader, &pledge, &[("viec", "ky"), ("chuc-vu", "Chủ tịch UBND xã")]).await.location(), pledge);
    let signed = told(&leader.get(&pledge).await);
    assert!(signed.contains("Đã ký: Lê Văn Cường, Chủ tịch UBND xã, "), "{signed}");
    assert!(signed.contains("250,5 279,8 đạt"), "registered against reached: {signed}");

    let progress =
        [("viec", "tien-do"), ("tien-do", "Đã gieo 200 ha"), ("minh-chung-1", "Biên bản"), ("noi-luu-1", "12/BB")];
    assert_eq!(sent(&mut commune, &pledge, &progress).await.location(), pledge);
    assert!(told(&commune.get(&pledge).await).contains("Đã gieo 200 ha Biên bản (12/BB)"));

    // A file shows it, for whoever may read the registration, under the headers of all evidence.
    let files = format!("{pledge}/minh-chung");
    let token = form_token(&commune.get(&pledge).await);
    let typed = [("ma", token.as_str()), ("mo-ta", "Biên bản nghiệm thu")];
    let refused = commune.send_paper(&files, &typed, ("a.pdf", b"MZ")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("value=\"Biên bản nghiệm thu\""), "what was typed comes back");
    let foreign = commune.send_paper(&files, &[("ma", "0-0")], ("a.pdf", b"%PDF-1.7")).await;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = commune.send_paper(&files, &typed, ("biên bản.pdf", b"%PDF-1.7")).await;
    assert_eq!((kept.status, kept.location()), (StatusCode::SEE_OTHER, pledge.as_str()), "{}", kept.text());
    let page = district.get(&pledge).await;
    let (_, tail) = page.text().split_once(&format!("href=\"{files}/")).unwrap();
    let address = format!("{files}/{}", tail.split_once('"').unwrap().0);
    let file = district.get(&address).await;
    assert_eq!((file.bytes.as_slice(), file.header("content-type")), (&b"%PDF-1.7"[..], "application/pdf"));
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(get(&app, &address).await.status, StatusCode::NOT_FOUND, "nobody signed in");

    // A unit that was forgotten is called on later, and the page says so.
    let late = [("viec", "bo-sung"), ("don-vi", "x-15763"), ("han-bo-sung", "2020-08-15")];
    let twice = [("viec", "bo-sung"), ("don-vi", COMMUNE), ("han-bo-sung", "2020-08-15")];
    assert_eq!(sent(&mut district, &movement, &twice).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sent(&mut district, &movement, &late).await.location(), movement);
    assert!(told(&district.get(&movement).await).contains("bổ sung ngày 05/07/2020"));

    // The interim review is asked, answered by one, and concluded.
    let ask = [("viec", "so-ket"), ("han", "2020-12-10"), ("yeu-cau", "Nêu diện tích")];
    assert_eq!(sent(&mut district, &movement, &ask).await.location(), movement);
    let empty = sent(&mut commune, &pledge, &[("viec", "tra-loi"), ("ket-qua", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = [("viec", "tra-loi"), ("ket-qua", "Đạt 60%"), ("ton-tai", "Thiếu nước")];
    assert_eq!(sent(&mut commune, &pledge, &answer).await.location(), pledge);
    let review = format!("{movement}/dot/1");
    let seen = told(&district.get(&review).await);
    assert!(seen.contains("1/3 đơn vị đã báo cáo"), "{seen}");
    let blank = sent(&mut district, &review, &[("ket-luan", "")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sent(&mut district, &review, &[("ket-luan", "Tiếp tục")]).await.location(), review);
    let again = Visit::post(&mut district, &review, &[("ma", "x"), ("ket-luan", "Nữa")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a form of nobody");
    let board = told(&district.get("/phong-trao?giai-doan=interim-done").await);
    assert!(board.contains("Thi đua thâm canh lúa") && board.contains("Đã sơ kết 1/3"), "{board}");
    let link = format!("href=\"{movement}\"");
    assert!(district.get("/phong-trao?chu-tri=h-397-ubnd").await.text().contains(&link));
    for other in ["giai-doan=closed", "loai=campaign", "chu-tri=h-397-mttq", "pham-vi=tinh"] {
        assert!(!district.get(&format!("/phong-trao?{other}")).await.text().contains(&link), "{other}");
    }
    // Its papers are files, each for who may read its page; a review names all units, so it is the launcher's.
    for (path, file) in [
        (format!("{movement}/van-ban/ke-hoach"), "ke-hoach"),
        (format!("{pledge}/giao-uoc"), "giao-uoc"),
        (format!("{review}/bao-cao"), "bao-cao"),
    ] {
        for (ending, begins) in [("docx", &b"PK"[..]), ("pdf", &b"%PDF-"[..])] {
            let address = format!("{path}.{ending}");
            let paper = district.get(&address).await;
            assert_eq!((paper.status, paper.bytes.starts_with(begins)), (StatusCode::OK, true), "{address}");
            assert!(paper.header("content-disposition").ends_with(&format!("{file}.{ending}\"")), "{address}");
            let page = path.rsplit_once(if file == "ke-hoach" { "/van-ban" } else { "/" }).unwrap().0;
            assert!(district.get(page).await.text().contains(&format!("href=\"{address}\"")), "{page}");
        }
        assert_eq!(district.get(&format!("{path}.odt")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(district.get(&format!("{path}x.pdf")).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(commune.get(&format!("{review}/bao-cao.pdf")).await.status, StatusCode::NOT_FOUND);
    assert!(!commune.get(&review).await.text().contains("bao-cao.pdf"));
    let event = [("viec", "su-kien"), ("loai", "conference"), ("ten", "Hội nghị điển hình"), ("ngay", "2020-12-20")];
    assert_eq!(sent(&mut district, &movement, &event).await.location(), movement);
    assert!(told(&district.get(&movement).await).contains("20/12/2020: Hội nghị điển hình"));
}

#[tokio::test]
async fn to_strangers_the_pages_of_others_are_not_there() {
    let app = house();
    let mut district = signed_in(&app, "chuyen-vien").await;
    let movement = launched(&mut district).await;
    let mut commune = signed_in(&app, "dau-moi").await;
    for path in [
        "/phong-trao/ghi-moi".to_owned(),
        format!("{movement}/noi-dung"),
        format!("{movement}/dang-ky/{OTHER}"),
        format!("{movement}/dot/1"),
        format!("{movement}/dang-ky/khong-co"),
        format!("{movement}/dang-ky/{OTHER}/giao-uoc.pdf"),
        format!("{movement}/dot/1/bao-cao.docx"),
        "/phong-trao/PT02/van-ban/ke-hoach.pdf".to_owned(),
        "/phong-trao/PT99/noi-dung".to_owned(),
    ] {
        assert_eq!(commune.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(get(&app, &path).await.status, StatusCode::NOT_FOUND, "{path}, nobody signed in");
    }
    assert_eq!(district.get(&format!("{movement}/noi-dung")).await.status, StatusCode::NOT_FOUND, "it is launched");
    let public = get(&app, &movement).await;
    assert!(!public.text().contains("name=\"viec\"") && told(&public).contains("0/2"), "{}", told(&public));
    let stranger = Visit::to(&app).post(&movement, &[("viec", "tong-ket"), ("han", "2021-01-01")]).await;
    assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY, "a form that was made for nobody");
}

#[tokio::test]
async fn cells_of_the_form_open_the_lists_behind_them() {
    let form = get(&DEMO, "/phong-trao/bieu-0601").await;
    let text = told(&form);
    assert!(text.contains("Tổng số 01 23 6 0 17"), "{text}");
    let opened = get(&DEMO, "/phong-trao/bieu-0601?dong=02&cot=2").await;
    assert_eq!(opened.text().matches("<li><a href=\"/phong-trao/PT").count(), 6, "{}", told(&opened));
    let other = told(&get(&DEMO, "/phong-trao/bieu-0601?nam=1990").await);
    assert!(other.contains("Năm 1990"), "{other}");
    let coverage = told(&get(&DEMO, "/phong-trao/do-bao-phu").await);
    assert!(coverage.contains("Doanh nghiệp tư nhân, hợp tác xã 0 chưa có phong trào"), "{coverage}");
    let overlaps = told(&get(&DEMO, "/phong-trao/trung-nhau").await);
    assert!(overlaps.contains("không phải kết luận"), "{overlaps}");
}

#[tokio::test]
async fn another_program_registers_and_reports_but_does_not_sign() {
    let app = house();
    let mut district = signed_in(&app, "chuyen-vien").await;
    let movement = launched(&mut district).await;
    let code = movement.strip_prefix("/phong-trao/").unwrap();
    let program = Program::of(&app, "dau-moi", &TokenScope::ALL, None);
    let due = told_json(&program.get("/api/v1/movements-due").await);
    assert_eq!((&due["items"][0]["chore"], &due["items"][0]["is_mine"]), (&json!("register"), &json!(true)));
    let target = json!({"indicator": "NN02", "period": "2020-H1", "value": "300"});
    let body = json!({"unit": COMMUNE, "text": "Quyết tâm", "targets": [target]});
    let done = program.post(&format!("/api/v1/movements/{code}/registrations"), &body).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&done.bytes));
    let one = told_json(&program.get(&format!("/api/v1/movements/{code}")).await);
    assert_eq!((&one["units"][0]["state"], &one["targets"][0]["outturn"]), (&json!("registered"), &json!("missed")));
    let progress = json!({"unit": COMMUNE, "text": "Đã gieo", "evidence": [{"title": "Biên bản"}]});
    let told = program.post(&format!("/api/v1/movements/{code}/progress"), &progress).await;
    assert_eq!(told.status, StatusCode::CREATED);
    let answer = json!({"unit": COMMUNE, "results": "Đạt"});
    let refused = program.post(&format!("/api/v1/movements/{code}/answers"), &answer).await;
    assert_eq!(problem(&refused), (422, "movement-phase".to_owned()), "no review is open");
    let other = json!({"unit": OTHER, "text": "x"});
    let absent = program.post(&format!("/api/v1/movements/{code}/registrations"), &other).await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND);
    let reading = Program::of(&app, "dau-moi", &[TokenScope::Read], None);
    let absent = reading.post(&format!("/api/v1/movements/{code}/progress"), &progress).await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND, "a key to read tells nothing");
}

#[tokio::test]
async fn another_program_leads_a_movement_as_its_account_may() {
    let app = house();
    let mut district = signed_in(&app, "chuyen-vien").await;
    let movement = launched(&mut district).await;
    let code = movement.strip_prefix("/phong-trao/").unwrap();
    let leads = Program::of(&app, "chuyen-vien", &TokenScope::ALL, None);
    let at = |act: &str| format!("/api/v1/movements/{code}/{act}");
    let again = leads.post(&at("launch"), &json!({"units": [COMMUNE]})).await;
    assert_eq!(problem(&again), (422, "movement-phase".to_owned()), "it is launched already");
    let late = json!({"units": ["x-15763"], "register_by": "2020-08-15"});
    let called = told_json(&leads.post(&at("calls"), &late).await);
    assert_eq!(
        (&called["calls"][0]["unit"], &called["calls"][0]["called_on"]),
        (&json!("x-15763"), &json!("2020-07-05"))
    );
    let odd = leads.post(&at("reviews"), &json!({"kind": "weekly", "due_on": "2020-12-10"})).await;
    assert_eq!(problem(&odd).0, 400);
    let asked = told_json(&leads.post(&at("reviews"), &json!({"kind": "interim", "due_on": "2020-12-10"})).await);
    assert_eq!(asked["act"], json!("ask-interim-review"));
    let done = leads.post(&at("conclusions"), &json!({"conclusion": "Tiếp tục"})).await;
    assert_eq!((done.status, &told_json(&done)["note"]), (StatusCode::CREATED, &json!("Tiếp tục")));
    for (who, scopes) in [("dau-moi", &TokenScope::ALL[..]), ("chuyen-vien", &[TokenScope::Send][..])] {
        let other = Program::of(&app, who, scopes, None);
        let absent = other.post(&at("conclusions"), &json!({"conclusion": "x"})).await;
        assert_eq!(absent.status, StatusCode::NOT_FOUND, "{who}");
    }
    let census = told_json(&leads.get("/api/v1/movements-census?year=2020").await);
    assert_eq!(census["cells"].as_array().unwrap().len(), 48);
    assert_eq!(census["cells"][0]["count"], json!(24));
    let coverage = told_json(&leads.get("/api/v1/movements-coverage").await);
    let commune = coverage["units"].as_array().unwrap().iter().find(|known| known["unit"] == COMMUNE).unwrap();
    assert_eq!(commune["called"], json!([code]));
    assert_eq!(told_json(&leads.get("/api/v1/movements-overlaps").await)["year"], json!(2020));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_who_works_with_movements_are_looked_at() {
    let app = house();
    let mut district = signed_in(&app, "chuyen-vien").await;
    let movement = launched(&mut district).await;
    let pledge = format!("{movement}/dang-ky/{COMMUNE}");
    let mut commune = signed_in(&app, "dau-moi").await;
    let right =
        [("viec", "dang-ky"), ("giao-uoc", "Quyết tâm"), ("chi-tieu-1", "NN02"), ("ky-1", "2020-H1"), ("so-1", "250")];
    assert_eq!(sent(&mut commune, &pledge, &right).await.status, StatusCode::SEE_OTHER);
    let ask = [("viec", "so-ket"), ("han", "2020-12-10")];
    assert_eq!(sent(&mut district, &movement, &ask).await.status, StatusCode::SEE_OTHER);
    let review = format!("{movement}/dot/1");
    for (name, paths) in [
        (
            "chuyen-vien",
            vec!["/phong-trao", "/phong-trao/ghi-moi", "/phong-trao/PT02/noi-dung", &movement, &review, &pledge],
        ),
        ("dau-moi", vec![&pledge[..], &review[..], "/viec-den-han"]),
    ] {
        let Some(browser) = browser_on(&app, &format!("movements-{name}"), 1280).await else { return };
        browser.open("/dang-nhap").await;
        browser.driver.add_cookie(Cookie::new("phien", session_of(&app, name))).await.unwrap();
        let mut found = Vec::new();
        for path in paths {
            found.extend(looked_at(&browser, path).await);
        }
        browser.close().await;
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
