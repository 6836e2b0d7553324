//! Who may have which honour: pages, rights, answers of persons, the interface for programs, and a way through by keyboard.

use axum::http::StatusCode;
use serde_json::json;
use thidua_app::account::{NewRole, grant_role};
use thidua_base::Date;
use thidua_domain::Actor;
use thidua_domain::actor::{Role, TokenScope};

use crate::accounts::{PASSWORD, Visit, form_token, house};
use crate::api::{Program, desk, problem, told};
use crate::browser::{ENTER, TAB, press, until, violations};
use crate::demo::{DEMO, get};
use crate::driver::browser_on;

const LIST: &str = "/dieu-kien/danh-sach?don-vi=h-397&duoi=1&nam=2019&ngay=2020-07-05";
const ONE: &str = "/dieu-kien/nguoi/ts-p-01?danh-hieu=chien-si-thi-dua-co-so&nam=2019&ngay=2020-07-05";

/// The sample with a specialist `an` of the whole district.
fn staffed() -> std::sync::Arc<thidua_app::App> {
    let app = house();
    let operator = Actor::operator("kiểm thử", app.home.tenant.clone());
    let from = Date::new(2020, 1, 1).unwrap();
    let role = NewRole { name: "an".into(), role: Role::Specialist, unit: None, from, to: None };
    grant_role(&app, &operator, &role).unwrap();
    app
}

#[tokio::test]
async fn a_list_leads_to_the_person_and_the_person_to_clause_evidence_and_record() {
    let list = get(&DEMO, &format!("{LIST}&danh-hieu=chien-si-thi-dua-co-so")).await;
    let text = list.text();
    for wanted in
        ["Gần đủ", "Cần người xét", "Đủ mà chưa ai đăng ký", "Không quá 15 %", "Làm tròn:", "/dieu-kien/nguoi/ts-p-01?"]
    {
        assert!(text.contains(wanted), "{wanted}");
    }
    let one = get(&DEMO, ONE).await;
    let text = one.text();
    for wanted in [
        "Áp dụng luật của ngày 05/7/2020",
        "/van-ban/luat-15-2003-qh11?ngay=2020-07-05",
        "Quyết định 1502/QĐ-HĐSK",
        "href=\"/nguoi/ts-p-01#ts-f-",
        "Phải có người nhận xét",
        "chưa đối chiếu với văn bản gốc",
        "Sổ luật ",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    assert!(!text.contains("name=\"tra-loi\""), "who may not judge is shown no form");
    let counts = get(&DEMO, LIST).await;
    assert!(counts.text().contains("Theo danh hiệu, hình thức"));
}

/// The links of a page, with the places on pages that they name.
fn places(html: &str) -> Vec<String> {
    let tails = html.split("href=\"").skip(1).filter_map(|tail| tail.split_once('"'));
    tails.map(|(address, _)| address.replace("&#38;", "&").replace("&amp;", "&")).collect()
}

#[tokio::test]
async fn evidence_leads_to_its_fact_and_records_and_what_the_book_says_lead_to_each_other() {
    let mut followed = 0;
    for (kind, id, year) in [
        ("nguoi", "ts-p-01", 2019),
        ("nguoi", "ts-p-02", 2019),
        ("tap-the", "ts-t-01", 2019),
        ("ho-gia-dinh", "ts-h-01", 2019),
    ] {
        let record = format!("/{kind}/{id}");
        let book = format!("/dieu-kien/{kind}/{id}");
        let page = get(&DEMO, &record).await;
        assert!(places(page.text()).contains(&book), "{record} leads to {book}");
        let asked = get(&DEMO, &format!("{book}?nam={year}&ngay=2020-07-05")).await;
        assert_eq!(asked.status, StatusCode::OK, "{book}");
        let honours: Vec<String> =
            places(asked.text()).into_iter().filter(|link| link.starts_with(&format!("{book}?danh-hieu="))).collect();
        for honour in honours.iter().take(6) {
            let one = get(&DEMO, honour).await;
            let links = places(one.text());
            assert!(links.iter().any(|link| link.starts_with(&record)), "{honour} leads back to {record}");
            for link in links.iter().filter(|link| link.starts_with(&format!("{record}#"))) {
                let (_, place) = link.split_once('#').unwrap();
                assert!(page.text().contains(&format!("id=\"{place}\"")), "{honour}: {link} finds nothing");
                followed += 1;
            }
        }
    }
    assert!(followed > 5, "only {followed} pieces of evidence lead to facts");
}

#[tokio::test]
async fn an_instrument_says_which_honours_rest_on_it_and_leads_to_them() {
    let page = get(&DEMO, "/van-ban/luat-06-2022-qh15?ngay=2025-01-15").await;
    assert!(page.text().contains("Danh hiệu, hình thức khen thưởng"), "the kind of what cites it");
    let honours: Vec<String> = places(page.text()).into_iter().filter(|link| link.starts_with("/danh-hieu/")).collect();
    assert!(honours.len() > 20, "{honours:?}");
    assert!(honours.contains(&"/danh-hieu/chien-si-thi-dua-co-so".to_owned()));
    assert_eq!(get(&DEMO, &honours[0]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn local_rules_in_force_are_shown_with_their_clause_and_a_sample_is_marked() {
    let app = house();
    let operator = Actor::operator("kiểm thử", app.home.tenant.clone());
    let from = Date::new(2020, 1, 1).unwrap();
    let role = NewRole { name: "an".into(), role: Role::Specialist, unit: None, from, to: None };
    grant_role(&app, &operator, &role).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/quy-dinh-tinh-mau");
    let names = [
        "overlay.toml",
        "honours/chien-si-thi-dua-co-so.toml",
        "honours/giay-khen-ubnd-xa.toml",
        "cases/quy-dinh-tinh-mau.toml",
    ];
    let read = |name: &str| (name.to_owned(), std::fs::read_to_string(format!("{folder}/{name}")).unwrap());
    let act = thidua_app::law::load_law(&app, &operator, names.map(read).to_vec(), "Thử").unwrap();
    let mut visit = Visit::to(&app);
    // Whoever reads the pages sees what is in force, and not who loaded it.
    let shown = visit.get("/so-luat").await;
    for wanted in
        ["Quy định mẫu của tỉnh A (MẪU", "/van-ban/quyet-dinh-mau-01-2024-qd-ubnd", act.book.get(..12).unwrap()]
    {
        assert!(shown.text().contains(wanted), "{wanted}");
    }
    assert!(!shown.text().contains("Các lần nạp"));
    visit.sign_in("an", PASSWORD).await;
    let local = "/dieu-kien/nguoi/ts-p-01?danh-hieu=chien-si-thi-dua-co-so&nam=2024&ngay=2025-01-15";
    let list = "/dieu-kien/danh-sach?don-vi=h-397&duoi=1&nam=2024&ngay=2025-01-15&danh-hieu=chien-si-thi-dua-co-so";
    let honour = "/danh-hieu/chien-si-thi-dua-co-so?ngay=2025-01-15";
    for path in [local, list, honour] {
        let page = visit.get(path).await;
        for wanted in [
            "Quy định mẫu của tỉnh A (MẪU",
            "/van-ban/quyet-dinh-mau-01-2024-qd-ubnd?ngay=",
            act.book.get(..12).unwrap(),
        ] {
            assert!(page.text().contains(wanted), "{path}: {wanted}");
        }
    }
    let before = visit.get("/dieu-kien/nguoi/ts-p-01?danh-hieu=chien-si-thi-dua-co-so&nam=2023&ngay=2024-06-30").await;
    assert!(!before.text().contains("Quy định mẫu của tỉnh A"), "before its day only the national rule stands");
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_what_is_not_there_is_not() {
    for path in [
        "/dieu-kien/nguoi/ts-p-01?ngay=hom-qua".to_owned(),
        "/dieu-kien/nguoi/ts-p-01?nam=20".to_owned(),
        "/dieu-kien/nguoi/ts-p-01?danh-hieu=khong-co".to_owned(),
        format!("{LIST}&danh-hieu=khong-co"),
        "/danh-hieu?ngay=hom-qua".to_owned(),
        "/danh-hieu/giay-khen-so?ngay=hom-qua".to_owned(),
        "/dieu-kien/so-sanh?ho-so=ts-p-01&ngay-khac=hom-qua".to_owned(),
    ] {
        let refused = get(&DEMO, &path).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(refused.text().contains("class=\"alert\""), "{path}");
    }
    for path in [
        "/dieu-kien/nguoi/ts-p-99",
        "/dieu-kien/tap-the/ts-p-01",
        "/dieu-kien/ai-do/ts-p-01",
        "/dieu-kien/danh-sach",
        "/dieu-kien/danh-sach?don-vi=khong-co",
        "/dieu-kien/so-sanh",
        "/danh-hieu/khong-co",
    ] {
        assert_eq!(get(&DEMO, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn strangers_see_the_honours_and_nobodys_record() {
    let app = house();
    let mut stranger = Visit::to(&app);
    assert_eq!(stranger.get("/danh-hieu").await.status, StatusCode::OK);
    for path in ["/dieu-kien", LIST, ONE, "/dieu-kien/so-sanh?ho-so=ts-p-01"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!stranger.get("/").await.text().contains("href=\"/dieu-kien\""));
}

#[tokio::test]
async fn an_honour_shows_its_conditions_procedure_and_bonus_of_the_day() {
    let page = get(&DEMO, "/danh-hieu/chien-si-thi-dua-co-so?ngay=2025-12-01").await;
    let text = page.text();
    for wanted in [
        "Các quy định theo thời gian",
        "Thẩm quyền quyết định",
        "Mức lương cơ sở: 2.340.000 đồng",
        "Chưa có trong sổ luật.",
        "Biểu quyết",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    let old = get(&DEMO, "/danh-hieu?ngay=2020-06-30").await;
    assert!(old.text().contains("67 danh hiệu, hình thức có quy định"));
    let before = get(&DEMO, "/danh-hieu/chien-si-thi-dua-co-so?ngay=1990-01-01").await;
    assert!(before.text().contains("không có quy định trong sổ luật"));
}

#[tokio::test]
async fn a_specialist_judges_where_the_book_asks_a_person() {
    let app = staffed();
    let mut visit = Visit::to(&app);
    visit.sign_in("an", PASSWORD).await;
    let page = visit.get(ONE).await;
    let token = form_token(&page);
    let (_, tail) = page.text().split_once("name=\"dieu-kien\"><option value=\"").unwrap();
    let question = tail.split_once('"').unwrap().0.to_owned();
    let send = |reply: &'static str, reason: &'static str| {
        [("ma", token.clone()), ("dieu-kien", question.clone()), ("tra-loi", reply.into()), ("ly-do", reason.into())]
    };
    for (reply, reason, told) in [("yes", "", "lý do"), ("maybe", "Biên bản", "chọn")] {
        let sent = send(reply, reason);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = visit.post(ONE, &sent).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{reply}");
        assert!(refused.text().to_lowercase().contains(told), "{reply}");
    }
    let sent = send("yes", "Biên bản họp ngày 18/12/2019");
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = visit.post(ONE, &sent).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let after = visit.get(ONE).await;
    assert!(after.text().contains("Biên bản họp ngày 18/12/2019") && after.text().contains("Lê Văn An"));
    let stale = visit.post(ONE, &[("ma", "x"), ("dieu-kien", &question), ("tra-loi", "no"), ("ly-do", "x")]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY, "a form of another session");
}

#[tokio::test]
async fn another_program_reads_lists_and_answers_with_its_key() {
    let app = desk();
    let program = Program::of(&app, "an", &[TokenScope::Read, TokenScope::Enter], None);
    let path = "/api/v1/eligibility/subjects/ts-p-01";
    let asked = "honour=chien-si-thi-dua-co-so&on=2020-07-05&year=2019";
    let one = told(&program.get(&format!("{path}?{asked}")).await);
    assert_eq!(one["answers"][0]["law_rule"], "ngay-quyet-dinh");
    assert_eq!(one["answers"][0]["prospect"], "ask");
    let all = told(&program.get(&format!("{path}?on=2020-07-05&year=2019")).await);
    assert!(all["answers"].as_array().unwrap().len() > 10);
    let list = told(&program.get(&format!("/api/v1/eligibility/units/h-397?below=true&limit=5&{asked}")).await);
    assert_eq!(list["items"].as_array().unwrap().len(), 5);
    assert_eq!(list["quotas"][0]["percent"], 15);
    assert!(list["next"].is_string());
    let conditions = one["answers"][0]["conditions"].as_array().unwrap();
    let question = conditions.iter().find(|one| one["why"] == "nguoi-xet" && one["parts"] == json!([])).unwrap();
    let new = json!({ "honour": "chien-si-thi-dua-co-so", "on": "2020-07-05", "year": 2019,
        "condition": question["path"], "reply": "yes", "reason": "Biên bản" });
    let kept = program.post(&format!("{path}/answers"), &new).await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.text());
    let after = told(&program.get(&format!("{path}?{asked}")).await);
    assert_eq!(after["given"][0]["reply"], "yes");
    for (path, status) in [
        (format!("{path}?on=05/07/2020"), 400),
        (format!("{path}?honour=khong-co"), 422),
        ("/api/v1/eligibility/subjects/ts-p-99".to_owned(), 404),
        ("/api/v1/eligibility/units/khong-co".to_owned(), 404),
        (format!("/api/v1/eligibility/units/h-397?prospect=good&{asked}"), 400),
    ] {
        assert_eq!(problem(&program.get(&path).await).0, status, "{path}");
    }
    let reads = Program::of(&app, "an", &[TokenScope::Read], None);
    assert_eq!(problem(&reads.post(&format!("{path}/answers"), &new).await).0, 404, "a key that only reads");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_keyboard_from_the_list_to_a_finding_and_an_answer() {
    let Some(browser) = browser_on(&staffed(), "eligibility", 1280).await else { return };
    browser.open("/dang-nhap?ve=/tai-khoan").await;
    browser.ask("document.getElementById('ten').focus()").await;
    for keys in ["an", TAB, PASSWORD, ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return location.pathname", "/tai-khoan").await;
    browser.open(&format!("{LIST}&danh-hieu=chien-si-thi-dua-co-so")).await;
    tab_to(&browser, "document.activeElement.textContent === 'Lê Thị Minh Nguyệt'").await;
    press(&browser, ENTER).await;
    until(&browser, "return location.pathname", "/dieu-kien/nguoi/ts-p-01").await;
    let mut found = violations(&browser).await;
    // From an open condition to its question.
    tab_to(&browser, "document.activeElement.textContent === 'Ghi nhận xét' && document.activeElement.tagName === 'A'")
        .await;
    press(&browser, ENTER).await;
    until(&browser, "return location.hash", "#tra-loi").await;
    tab_to(&browser, "document.activeElement.name === 'tra-loi'").await;
    press(&browser, " ").await;
    tab_to(&browser, "document.activeElement.id === 'ly-do'").await;
    press(&browser, "Biên bản họp").await;
    press(&browser, ENTER).await;
    until(&browser, "return String(document.body.textContent.includes('Biên bản họp'))", "true").await;
    until(&browser, "return location.pathname", "/dieu-kien/nguoi/ts-p-01").await;
    found.extend(violations(&browser).await);
    assert!(found.is_empty(), "{}", found.join("\n"));
    browser.close().await;
}

/// Presses the tabulator until the focus is where a script says.
async fn tab_to(browser: &crate::driver::Browser, there: &str) {
    for _ in 0..250 {
        press(browser, TAB).await;
        if browser.ask(&format!("return {there}")).await == true {
            return;
        }
    }
    panic!("the keyboard does not reach: {there}");
}
