//! The pages and the interface of persons, collectives and households.

use axum::http::StatusCode;
use serde_json::{Value, json};
use thidua_domain::actor::TokenScope;

use crate::accounts::{Visit, form_token};
use crate::api::{Program, desk, problem};
use crate::demo::{Answer, DEMO, get};
use crate::plans::{signed_in, staffed, told};

const NUMBER: &str = "999178000101";

fn json_of(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap()
}

#[tokio::test]
async fn a_house_without_accounts_reads_lives_with_the_number_masked() {
    let page = get(&DEMO, "/nguoi/ts-p-01").await;
    assert_eq!(page.status, StatusCode::OK);
    for wanted in ["Lê Thị Minh Nguyệt", "999•••••••01", "Chiến sĩ thi đua cơ sở", "1502/QĐ-HĐSK", "mẫu"]
    {
        assert!(page.text().contains(wanted), "{wanted}");
    }
    assert!(!page.text().contains("999 178") && !page.text().contains(NUMBER));
    assert!(!page.text().contains("dinh-chinh") && !page.text().contains("name=\"ly-do\""), "nothing to enter");
    let found = get(&DEMO, "/nguoi?tim=nguyen+thi+hoa").await;
    assert!(found.text().contains("ts-p-04") && !found.text().contains("ts-p-01"));
    let by_decision = get(&DEMO, "/nguoi?tim=1502%2Fqd-hdsk").await;
    assert!(by_decision.text().contains("ts-p-01") && !by_decision.text().contains("ts-p-04"));
    let beyond = get(&DEMO, "/nguoi?trang=99").await;
    assert!(beyond.status == StatusCode::OK && beyond.text().contains("ts-p-01"));
    for absent in [
        "/nguoi/s-khong-co",
        "/nguoi/trung",
        "/nguoi/lap-moi",
        "/nguoi/ts-p-01/ghi/award",
        "/nguoi/gop?mot=ts-p-04&hai=ts-p-06",
        "/khen-thuong/nhap-tep",
    ] {
        assert_eq!(get(&DEMO, absent).await.status, StatusCode::NOT_FOUND, "{absent}");
    }
}

#[tokio::test]
async fn with_accounts_lives_are_for_those_whose_units_they_are() {
    let app = staffed();
    let mut commune = signed_in(&app, "dau-moi").await;
    for path in ["/nguoi/ts-p-01", "/tap-the/ts-t-01", "/nguoi/s-khong-co"] {
        assert_eq!(get(&app, path).await.status, StatusCode::NOT_FOUND, "{path} to a stranger");
        assert_eq!(commune.get(path).await.status, StatusCode::NOT_FOUND, "{path} to another unit");
    }
    assert_eq!(get(&app, "/nguoi").await.status, StatusCode::NOT_FOUND);
    assert!(!get(&app, "/").await.text().contains("/nguoi\""), "the menu does not lead where nobody may go");
    let list = commune.get("/nguoi").await;
    assert!(list.status == StatusCode::OK && !list.text().contains("ts-p-"));
    let mut leader = signed_in(&app, "lanh-dao").await;
    let page = leader.get("/nguoi/ts-p-01").await;
    assert!(page.text().contains("999 178 000 101") && !page.text().contains("/nguoi/ts-p-01/dinh-chinh"));
}

#[tokio::test]
async fn a_person_is_found_by_a_number_that_stands_in_no_address() {
    let app = staffed();
    let mut visit = signed_in(&app, "chuyen-vien").await;
    let found = visit.post("/nguoi/so-can-cuoc", &[("so", "999 178 000 101")]).await;
    assert_eq!((found.status, found.location()), (StatusCode::SEE_OTHER, "/nguoi/ts-p-01"));
    for (number, sentence) in [("999178000199", "Không có ai trong phạm vi"), ("12", "đúng 12 chữ số")] {
        let refused = visit.post("/nguoi/so-can-cuoc", &[("so", number)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(sentence), "{}", refused.text());
    }
    let page = visit.get("/nguoi/ts-p-01").await;
    let leaks = page.text().split("href=\"").skip(1).filter(|link| link.split('"').next().unwrap().contains("178000"));
    assert_eq!(leaks.count(), 0);
}

#[tokio::test]
async fn somebody_is_entered_given_an_award_and_corrected() {
    let app = staffed();
    let mut visit = signed_in(&app, "chuyen-vien").await;
    let token = form_token(&visit.get("/nguoi/lap-moi").await);
    let fields = [
        ("ma", token.as_str()),
        ("name", "Nguyễn Thị Hoa"),
        ("born", "1985"),
        ("unit", "h-397-gddt"),
        ("from", "2019-01-01"),
    ];
    let alike = visit.post("/nguoi/lap-moi", &fields).await;
    assert_eq!(alike.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alike.text().contains("/nguoi/ts-p-04") && alike.text().contains("name=\"chac\""));
    let wrong = visit.post("/nguoi/lap-moi", &[&fields[..], &[("cccd", "12")]].concat()).await;
    assert!(wrong.text().contains("đúng 12 chữ số") && wrong.text().contains("value=\"Nguyễn Thị Hoa\""));
    let done = visit.post("/nguoi/lap-moi", &[&fields[..], &[("chac", "co")]].concat()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", told(&done));
    let life = done.location().to_owned();

    let form = format!("{life}/ghi/award");
    let token = form_token(&visit.get(&form).await);
    let award = [
        ("ma", token.as_str()),
        ("year", "2019"),
        ("honour", "lao-dong-tien-tien"),
        ("decided_on", "2019-12-27"),
        ("authority", "chu-tich-ubnd-huyen"),
    ];
    let refused = visit.post(&form, &award).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("Quyết định chưa có số"),
        "{}",
        told(&refused)
    );
    let done = visit.post(&form, &[&award[..], &[("number", "90/QĐ-UBND")]].concat()).await;
    assert_eq!(done.location(), format!("{life}#award"));
    let page = visit.get(&life).await;
    assert!(page.text().contains("90/QĐ-UBND, 27/12/2019"));
    let correct = page.text().split("href=\"").find(|link| link.contains("ghi/award?thay=")).unwrap();
    let correct = correct.split('"').next().unwrap().to_owned();
    let form_page = visit.get(&correct).await;
    assert!(form_page.text().contains("value=\"90/QĐ-UBND\"") && form_page.text().contains("name=\"ly-do\""));
    let over = correct.split("thay=").nth(1).unwrap().to_owned();
    let again = [&award[..], &[("number", "91/QĐ-UBND"), ("thay", over.as_str()), ("ly-do", "ghi nhầm")]].concat();
    assert_eq!(visit.post(&form, &again).await.status, StatusCode::SEE_OTHER);
    let page = visit.get(&life).await;
    let text = told(&page);
    assert!(
        text.contains("91/QĐ-UBND, 27/12/2019") && text.contains("đính chính lúc") && text.contains("ghi nhầm"),
        "{text}"
    );
    // An honour the law of the day did not know is entered, and told.
    let early = [&award[..4], &[("authority", "chu-tich-ubnd-huyen"), ("number", "1/QĐ")]].concat();
    let early: Vec<(&str, &str)> = early
        .into_iter()
        .map(|(name, text)| match name {
            "year" => (name, "2001"),
            "decided_on" => (name, "2001-12-27"),
            _ => (name, text),
        })
        .collect();
    let warned = visit.post(&form, &early).await;
    assert!(
        warned.status == StatusCode::OK && warned.text().contains("không còn trong luật vào ngày 27/12/2001"),
        "{}",
        told(&warned)
    );
    let stale = visit.post(&form, &[&award[1..], &[("ma", "x"), ("number", "92/QĐ")]].concat()).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(Visit::to(&app).post(&form, &award).await.status, StatusCode::NOT_FOUND, "a stranger sees nobody");
}

#[tokio::test]
async fn two_are_merged_side_by_side_and_taken_apart() {
    let app = staffed();
    let mut visit = signed_in(&app, "chuyen-vien").await;
    let doubles = visit.get("/nguoi/trung").await;
    assert!(
        doubles.text().contains("/nguoi/gop?mot=ts-p-0") && doubles.text().contains("cùng họ tên khi bỏ dấu"),
        "{}",
        told(&doubles)
    );
    let both = visit.get("/nguoi/gop?mot=ts-p-04&hai=ts-p-06").await;
    assert!(told(&both).contains("604/QĐ-UBND") && told(&both).contains("640/QĐ-UBND"));
    let token = form_token(&both);
    let merge = [("ma", token.as_str()), ("mot", "ts-p-04"), ("hai", "ts-p-06"), ("giu", "ts-p-04")];
    let refused = visit.post("/nguoi/gop", &merge).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "without a reason");
    let done = visit.post("/nguoi/gop", &[&merge[..], &[("ly-do", "cùng người")]].concat()).await;
    assert_eq!(done.location(), "/nguoi/ts-p-04");
    let page = visit.get("/nguoi/ts-p-06").await;
    assert!(
        told(&page).contains("640/QĐ-UBND") && told(&page).contains("ghi ở hồ sơ Nguyễn Thị Hòa"),
        "{}",
        told(&page)
    );
    let merged = page.text().split("name=\"gop\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let undo = [("ma", form_token(&page)), ("gop", merged), ("ly-do", "khác người".to_owned())];
    let undo: Vec<(&str, &str)> = undo.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(visit.post("/nguoi/ts-p-04/tach", &undo).await.status, StatusCode::SEE_OTHER);
    let page = visit.get("/nguoi/ts-p-04").await;
    assert!(!told(&page).contains("640/QĐ-UBND") && told(&page).contains("tách lại lúc"), "{}", told(&page));
    assert!(told(&visit.get("/nguoi/ts-p-06").await).contains("640/QĐ-UBND"));
}

#[tokio::test]
async fn a_list_of_earlier_awards_is_looked_at_and_confirmed() {
    let app = staffed();
    let mut visit = signed_in(&app, "chuyen-vien").await;
    let token = form_token(&visit.get("/khen-thuong/nhap-tep").await);
    let list = "Họ và tên;Ngày sinh;Danh hiệu;Năm;Số quyết định;Cơ quan khen\n\
        Lê Thị Minh Nguyệt;14/03/1978;Chiến sĩ thi đua cơ sở;2019;364/QĐ-UBND ngày 27/12/2019;UBND huyện\n\
        Nguyễn Thị Hoa;;Lao động tiên tiến;2014;77/QĐ-UBND ngày 30/12/2014;UBND huyện\n\
        Cao Thị Hoàn Toàn Mới;1991;Lao động tiên tiến;2018;78/QĐ-UBND ngày 30/12/2018;UBND huyện\n\
        Ngô Văn Sai;1990;Bằng vàng danh dự;2018;79/QĐ-UBND ngày 30/12/2018;UBND huyện\n";
    let fields = [("ma", token.as_str()), ("don-vi", "h-397-gddt")];
    let sent = visit.send_form_file("/khen-thuong/nhap-tep", &fields, "Khen.csv", list.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", told(&sent));
    let at = sent.location().to_owned();
    let page = visit.get(&at).await;
    let text = told(&page);
    for wanted in ["1 mới", "1 đã có", "1 chưa rõ người", "1 từ chối", "Bằng vàng danh dự"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let token = form_token(&page);
    let looked = visit.post(&at, &[("ma", &token), ("viec", "xem"), ("dong-3", "ts-p-04")]).await;
    assert!(told(&looked).contains("2 mới"), "{}", told(&looked));
    let done = visit.post(&at, &[("ma", &token), ("viec", "ghi"), ("dong-3", "ts-p-04")]).await;
    assert!(
        told(&done).contains("Đã ghi 2 lượt khen, lập 1 hồ sơ mới.") && told(&done).contains("Chưa ghi các dòng: 5"),
        "{}",
        told(&done)
    );
    assert!(visit.get("/nguoi?tim=hoan+toan+moi").await.text().contains("Cao Thị Hoàn Toàn Mới"));
    assert!(told(&visit.get("/nguoi/ts-p-04").await).contains("77/QĐ-UBND"));
    assert_eq!(visit.get(&at).await.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing waits any more");
    let token = form_token(&visit.get("/khen-thuong/nhap-tep").await);
    let fields = [("ma", token.as_str()), ("don-vi", "h-397-gddt")];
    let bad = visit.send_form_file("/khen-thuong/nhap-tep", &fields, "x.csv", b"a;b\n").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn programs_read_and_enter_within_their_scopes() {
    let app = desk();
    let reads = Program::of(&app, "an", &[TokenScope::Read], None);
    let person = json_of(&reads.get("/api/v1/persons/ts-p-01").await);
    assert_eq!((&person["cccd"], &person["born"]), (&json!("999•••••••01"), &json!("1978-03-14")));
    let keeps = Program::of(&app, "an", &TokenScope::ALL, None);
    assert_eq!(json_of(&keeps.get("/api/v1/persons/ts-p-01").await)["cccd"], json!(NUMBER));
    assert_eq!(json_of(&keeps.post("/api/v1/persons/find", &json!({ "cccd": NUMBER })).await)["id"], json!("ts-p-01"));
    let first = json_of(&reads.get("/api/v1/persons?limit=3").await);
    let next = first["next"].as_str().unwrap();
    let second = json_of(&reads.get(&format!("/api/v1/persons?limit=3&cursor={next}")).await);
    assert_ne!(first["items"], second["items"]);
    assert_eq!(second["items"].as_array().unwrap().len(), 3);

    let award = json!({ "subject": "ts-p-04", "fields": { "year": "2015", "honour": "lao-dong-tien-tien", "number": "50/QĐ-UBND",
        "decided_on": "2015-12-30", "authority": "chu-tich-ubnd-huyen" }, "source": "phần mềm nhân sự" });
    assert_eq!(problem(&reads.post("/api/v1/awards", &award).await).0, 404, "a key to read enters nothing");
    let entered = keeps.once("/api/v1/awards", "khen-1", &award).await;
    assert_eq!(entered.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&entered.bytes));
    let again = keeps.once("/api/v1/awards", "khen-1", &award).await;
    assert_eq!(json_of(&entered)["id"], json_of(&again)["id"], "done once");
    assert_eq!(problem(&keeps.post("/api/v1/awards", &award).await), (422, "duplicate-award".to_owned()));
    let awards = json_of(&keeps.get("/api/v1/awards?subject=ts-p-04").await);
    assert_eq!(awards.as_array().unwrap().len(), 5);
    let wrong = json!({ "subject": "ts-p-04", "fields": { "register": "2020-0001" } });
    assert_eq!(
        problem(&keeps.post("/api/v1/awards", &wrong).await).0,
        400,
        "which row of the register is not to be said"
    );
    let gone = keeps
        .post(
            &format!("/api/v1/facts/{}/withdraw", json_of(&entered)["id"].as_str().unwrap()),
            &json!({ "subject": "ts-p-04", "reason": "nhầm" }),
        )
        .await;
    assert_eq!(gone.status, StatusCode::CREATED);
    let merged = json_of(
        &keeps.post("/api/v1/merges", &json!({ "kept": "ts-p-04", "merged": "ts-p-06", "reason": "cùng người" })).await,
    );
    let undo = format!("/api/v1/merges/{}/undo", merged["id"].as_str().unwrap());
    assert_eq!(json_of(&keeps.post(&undo, &json!({ "reason": "khác" })).await)["is_undone"], json!(true));
    let other = Program::of(&app, "quan", &TokenScope::ALL, None);
    for path in [
        "/api/v1/persons/ts-p-01",
        "/api/v1/awards?subject=ts-p-01",
        "/api/v1/duplicates",
        "/api/v1/persons/s-khong-co",
    ] {
        assert_eq!(problem(&other.get(path).await).0, 404, "{path}");
    }
}
