//! The pages of plans: targets issued, an own target refused, another target proposed and answered.

use std::sync::Arc;

use axum::http::StatusCode;
use thidua_app::App;
use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::actor::Role;

use crate::accounts::{PASSWORD, Visit, form_token};
use crate::demo::{Answer, PACK, get, with};

/// A commune of the district.
pub const COMMUNE: &str = "x-15769";

/// The sample data with a reporter of a commune, a specialist and a leader of the district.
pub fn staffed() -> Arc<App> {
    let app = with(&PACK);
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    for (name, display_name, role, unit) in [
        ("dau-moi", "Lê Thị Thủy", Role::Reporter, COMMUNE),
        ("chuyen-vien", "Trần Văn Bình", Role::Specialist, "h-397"),
        ("lanh-dao", "Nguyễn Văn An", Role::Leader, "h-397"),
    ] {
        let new = NewAccount { name: name.into(), display_name: display_name.into(), password: PASSWORD.into() };
        create_account(&app, &by, &new).unwrap();
        let from = Date::new(2020, 1, 1).unwrap();
        let unit = Some(OrgId::parse(unit).unwrap());
        grant_role(&app, &by, &NewRole { name: name.into(), role, unit, from, to: None }).unwrap();
    }
    app
}

/// A browser in which a person has signed in.
pub async fn signed_in(app: &Arc<App>, name: &str) -> Visit {
    let mut visit = Visit::to(app);
    visit.sign_in(name, PASSWORD).await;
    visit
}

/// The text of a page, in one line and without tags, for what is told across cells.
pub fn told(answer: &Answer) -> String {
    let mut out = String::new();
    for piece in answer.text().split('<') {
        out.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        out.push(' ');
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_stranger_reads_plans_and_is_given_nothing_to_issue() {
    let app = staffed();
    let page = get(&app, "/ke-hoach/LD01").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text().contains("name=\"viec\""), "{}", page.text());
    let refused = Visit::to(&app).post("/ke-hoach/LD01", &[("viec", "giao"), ("so-x-15769", "30")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for wrong in ["/ke-hoach/KHONG", "/ke-hoach?ky=x", "/ke-hoach?don-vi=x-0"] {
        assert_eq!(get(&app, wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn a_target_is_issued_below_and_a_unit_cannot_write_its_own() {
    let app = staffed();
    let mut district = signed_in(&app, "chuyen-vien").await;
    let token = form_token(&district.get("/ke-hoach/LD01").await);
    let base = [("ma", token.as_str()), ("viec", "giao"), ("so-hieu", "15/QĐ-UBND"), ("ngay", "2020-01-10")];
    // What cannot be read comes back as it was typed.
    let wrong = [&base[..], &[("so-x-15769", "ba mươi"), ("so-x-15766", "12")]].concat();
    let refused = district.post("/ke-hoach/LD01", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("value=\"ba mươi\"") && refused.text().contains("value=\"15/QĐ-UBND\""));
    let none = district.post("/ke-hoach/LD01", &base).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "a plan without figures");
    let day = [("ma", token.as_str()), ("viec", "giao"), ("ngay", "hôm nay"), ("so-x-15769", "30")];
    let refused = district.post("/ke-hoach/LD01", &day).await;
    assert!(refused.text().contains("“hôm nay” không phải ngày"));

    let right = [&base[..], &[("so-x-15769", "30"), ("so-x-15766", "12")]].concat();
    let done = district.post("/ke-hoach/LD01", &right).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/ke-hoach/LD01"));
    let seen = district.get("/ke-hoach/LD01").await;
    assert!(told(&seen).contains("2/34 đơn vị đã có chỉ tiêu 42 Tổng đã giao xuống"), "{}", told(&seen));
    assert_eq!(seen.header("cache-control"), "no-store");
    let list = told(&district.get("/ke-hoach").await);
    assert!(list.contains("15/QĐ-UBND Huyện Triệu Sơn 10/01/2020 – 2"), "{list}");
    // A part of the year has targets of its own.
    let part = [&base[..], &[("so-x-15769", "18")]].concat();
    let done = district.post("/ke-hoach/LD01?ky=2020-H1", &part).await;
    assert_eq!(done.location(), "/ke-hoach/LD01?ky=2020-H1");
    let phased = told(&district.get("/ke-hoach/LD01?ky=2020-H1").await);
    assert!(phased.contains("1/34 đơn vị đã có chỉ tiêu 18 Tổng đã giao xuống"), "{phased}");
    assert!(told(&district.get("/ke-hoach/LD01").await).contains("42 Tổng đã giao xuống"), "the year stays");

    let mut commune = signed_in(&app, "dau-moi").await;
    let page = commune.get("/ke-hoach").await;
    assert!(told(&page).contains("Chỉ tiêu của đơn vị mình"), "{}", told(&page));
    let token = form_token(&commune.get("/ke-hoach/LD01").await);
    let own = [("ma", token.as_str()), ("viec", "giao"), ("ngay", "2020-01-10"), ("so-x-15769", "1")];
    let refused = commune.post("/ke-hoach/LD01", &own).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Đơn vị không tự giao chỉ tiêu cho mình"), "{}", refused.text());
}

#[tokio::test]
async fn a_document_of_many_lines_is_looked_at_and_issued_as_a_whole() {
    let app = staffed();
    let path = "/ke-hoach/van-ban-moi";
    let mut district = signed_in(&app, "chuyen-vien").await;
    let page = district.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let token = form_token(&page);
    let send = |act: &'static str, lines: &'static str| {
        [
            ("ma", token.clone()),
            ("viec", act.to_owned()),
            ("so-hieu", "16/QĐ-UBND".to_owned()),
            ("ngay", "2020-01-15".to_owned()),
            ("dong", lines.to_owned()),
        ]
    };
    let wrong = "LD01;x-15769;30\nLD01;x-15769;31\nXX99;x-15769;3\nLD01;x-0;3\nLD01;x-15766;ba\nLD01;x-15766\n\n\
        NN02\tx-15769\t2020-H1\t120,5\nNN02;x-15769;2021;5\n";
    for act in ["xem", "giao"] {
        let fields = send(act, wrong);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let looked = district.post(path, &fields).await;
        let text = told(&looked);
        assert_eq!(looked.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}: {text}");
        assert!(text.contains("6 trong 8 dòng cần sửa"), "{act}: {text}");
        for why in ["đã có ở một dòng khác", "Không có chỉ tiêu “XX99”", "“ba” không phải một con số", "chưa đủ cột"]
        {
            assert!(text.contains(why), "{act}: {why}: {text}");
        }
        assert!(text.contains("Kỳ 2021 không thuộc năm của văn bản"), "{act}: {text}");
        assert!(looked.text().contains("LD01;x-15769;31"), "what was typed stays");
    }
    assert!(!told(&district.get("/ke-hoach").await).contains("16/QĐ-UBND"), "none of it was issued");
    let right = "LD01;x-15769;30\nLD01;x-15766;12\nNN02\tx-15769\t2020-H1\t120,5";
    let fields = send("xem", right);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let looked = district.post(path, &fields).await;
    assert!(looked.status == StatusCode::OK && told(&looked).contains("Đã xem 3 dòng"), "{}", told(&looked));
    assert!(!told(&district.get("/ke-hoach").await).contains("16/QĐ-UBND"), "a preview keeps nothing");
    let fields = send("giao", right);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let done = district.post(path, &fields).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/ke-hoach"), "{}", told(&done));
    let list = told(&district.get("/ke-hoach").await);
    assert!(list.contains("16/QĐ-UBND Huyện Triệu Sơn 15/01/2020 – 3"), "{list}");
    let phased = told(&district.get("/ke-hoach/NN02?ky=2020-H1").await);
    assert!(phased.contains("120,5 Tổng đã giao xuống"), "{phased}");

    let mut commune = signed_in(&app, "dau-moi").await;
    assert_eq!(commune.get(path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&app, path).await.status, StatusCode::NOT_FOUND);
    let token = form_token(&commune.get("/ke-hoach/LD01").await);
    let own = [("ma", &*token), ("viec", "giao"), ("ngay", "2020-01-10"), ("dong", "LD01;x-15769;1")];
    let refused = commune.post(path, &own).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Đơn vị không tự giao chỉ tiêu cho mình"), "{}", refused.text());
    let looked = [("ma", &*token), ("viec", "xem"), ("ngay", "2020-01-10"), ("dong", "LD01;x-15769;1")];
    assert_eq!(commune.post(path, &looked).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn another_target_is_proposed_with_a_reason_and_answered_by_the_assigner() {
    let app = staffed();
    let mut district = signed_in(&app, "chuyen-vien").await;
    let token = form_token(&district.get("/ke-hoach/LD01").await);
    let plan = [("ma", token.as_str()), ("viec", "giao"), ("ngay", "2020-01-10"), ("so-x-15769", "30")];
    district.post("/ke-hoach/LD01", &plan).await;
    let mut commune = signed_in(&app, "dau-moi").await;
    let page = commune.get("/ke-hoach/LD01").await;
    let id = page.text().split_once("name=\"ke-hoach\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let token = form_token(&page);
    let asked = |reason| {
        [
            ("ma", token.as_str()),
            ("viec", "de-nghi"),
            ("ke-hoach", &id),
            ("don-vi", COMMUNE),
            ("so", "25"),
            ("ly-do", reason),
        ]
    };
    let silent = commune.post("/ke-hoach/LD01", &asked(" ")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = commune.post("/ke-hoach/LD01", &asked("Doanh nghiệp đóng cửa")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let waiting = commune.get("/ke-hoach").await;
    assert!(waiting.text().contains("chờ trả lời") && !waiting.text().contains("name=\"tra-loi\""));

    let page = district.get("/ke-hoach").await;
    let text = page.text();
    let proposal = text.split_once("name=\"de-nghi\" value=\"").unwrap().1.split('"').next().unwrap();
    assert!(text.contains("Doanh nghiệp đóng cửa"));
    let token = form_token(&page);
    let answer = |word| [("ma", token.as_str()), ("de-nghi", proposal), ("tra-loi", word), ("so-hieu", "40/QĐ-UBND")];
    let silent = district.post("/ke-hoach", &answer("khong")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "a no needs a reason");
    let done = district.post("/ke-hoach", &answer("dong-y")).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/ke-hoach"));
    let after = told(&district.get("/ke-hoach/LD01").await);
    assert!(after.contains("25 Tổng đã giao xuống") && after.contains("40/QĐ-UBND"), "{after}");
    let late = district.post("/ke-hoach", &answer("dong-y")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "answered once");
}
