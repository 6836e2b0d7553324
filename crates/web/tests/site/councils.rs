//! The pages of councils: composed, a session called, members who declare and vote on their phones, the tally, the minutes.

use std::sync::Arc;

use axum::http::StatusCode;
use thidua_app::App;
use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::Actor;
use thidua_domain::actor::Role;
use thidua_testkit::accounts::session_of;
use thirtyfour::prelude::*;

use crate::accounts::{PASSWORD, Visit, form_token};
use crate::browser::{looked_at, until};
use crate::demo::Answer;
use crate::driver::{Browser, browser_on};
use crate::plans::{signed_in, staffed, told};

const MEMBERS: [&str; 3] = ["uy-vien-a", "uy-vien-b", "uy-vien-c"];

/// The staff of the plans, a secretary, three members, and one who sits nowhere.
fn house() -> (Arc<App>, Vec<String>) {
    let app = staffed();
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    let role = |name: &str| if name == "thu-ky" { Role::CouncilSecretary } else { Role::CouncilMember };
    let mut ids = Vec::new();
    for name in MEMBERS.into_iter().chain(["thu-ky", "nguoi-ngoai"]) {
        let new = NewAccount { name: name.into(), display_name: format!("Người {name}"), password: PASSWORD.into() };
        ids.push(create_account(&app, &by, &new).unwrap().id.to_string());
        let unit = Some(OrgId::parse("h-397").unwrap());
        let from = Date::new(2020, 1, 1).unwrap();
        grant_role(&app, &by, &NewRole { name: name.into(), role: role(name), unit, from, to: None }).unwrap();
    }
    (app, ids)
}

async fn sent(visit: &mut Visit, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = form_token(&visit.get(path).await);
    let fields: Vec<(&str, &str)> = std::iter::once(("ma", token.as_str())).chain(fields.iter().copied()).collect();
    visit.post(path, &fields).await
}

/// A council of three with a session of two matters under way; gives the paths of both.
async fn in_session(secretary: &mut Visit, ids: &[String]) -> (String, String) {
    let mut fields = vec![
        ("ten", "Hội đồng Thi đua - Khen thưởng huyện Triệu Sơn"),
        ("don-vi", "h-397"),
        ("so", "12/QĐ-UBND"),
        ("ngay", "2020-01-10"),
        ("tu-ngay", "2020-01-10"),
        ("tuc-so", "2/3"),
        ("tuc-so-tren", "tong-so-thanh-vien"),
        ("ty-le", ">1/2"),
        ("ty-le-tren", "tong-so-thanh-vien"),
        ("cach", "kin-hoac-bieu-quyet"),
        ("mau-so", "keeps"),
        ("van-ban-tinh", "co"),
    ];
    let rows = [
        ("chuc-danh-1", "ho-ten-1", "tai-khoan-1", "bieu-quyet-1", "chair"),
        ("chuc-danh-2", "ho-ten-2", "tai-khoan-2", "bieu-quyet-2", "member"),
        ("chuc-danh-3", "ho-ten-3", "tai-khoan-3", "bieu-quyet-3", "secretary"),
    ];
    for ((at, row), id) in rows.iter().enumerate().zip(ids) {
        fields.extend([(row.0, row.4), (row.1, MEMBERS[at]), (row.2, id.as_str()), (row.3, "co")]);
    }
    let uncited = sent(secretary, "/hoi-dong/lap-moi", &fields).await;
    assert_eq!(uncited.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(uncited.text().contains("Quy chế chưa có căn cứ"), "{}", uncited.text());
    fields.push(("can-cu", "Quy chế Hội đồng, Điều 9"));
    let composed = sent(secretary, "/hoi-dong/lap-moi", &fields).await;
    assert_eq!(composed.status, StatusCode::SEE_OTHER, "{}", composed.text());
    let council = composed.location().to_owned();
    let agenda = [
        ("ngay", "2020-07-05"),
        ("dia-diem", "Phòng họp số 1"),
        ("ten-1", "Bà Lê Thị Bình"),
        ("danh-hieu-1", "chien-si-thi-dua-co-so"),
        ("doi-tuong-1", "ca-nhan"),
        ("don-vi-1", "h-397"),
        ("tom-tat-1", "Hoàn thành xuất sắc nhiệm vụ"),
        ("ten-2", "Ông Trần Quốc Bảo"),
        ("danh-hieu-2", "chien-si-thi-dua-co-so"),
        ("doi-tuong-2", "ca-nhan"),
        ("don-vi-2", "h-397"),
    ];
    let called = sent(secretary, &format!("{council}/phien-moi"), &agenda).await;
    assert_eq!(called.status, StatusCode::SEE_OTHER, "{}", called.text());
    let session = called.location().to_owned();
    assert_eq!(sent(secretary, &session, &[("viec", "khai-mac")]).await.status, StatusCode::SEE_OTHER);
    (council, session)
}

async fn entered(app: &Arc<App>, name: &str, path: &str) -> Option<Browser> {
    let browser = browser_on(app, &format!("councils-{name}"), 390).await?;
    browser.open("/dang-nhap").await;
    browser.driver.add_cookie(Cookie::new("phien", session_of(app, name))).await.unwrap();
    browser.open(path).await;
    Some(browser)
}

async fn press(browser: &Browser, css: &str) {
    browser.driver.find(By::Css(css)).await.unwrap().click().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_members_vote_secretly_on_their_phones_and_find_their_ballots() {
    let (app, ids) = house();
    let mut secretary = signed_in(&app, "thu-ky").await;
    let (council, session) = in_session(&mut secretary, &ids).await;
    let mut codes = Vec::new();
    let mut browsers = Vec::new();
    for name in MEMBERS {
        let Some(browser) = entered(&app, name, &session).await else { return };
        let shown = browser.ask("return document.body.innerText").await;
        assert!(!shown.as_str().unwrap().contains("Lê Thị Bình"), "{name} sees the agenda before declaring");
        let found = looked_at(&browser, &session).await;
        assert!(found.is_empty(), "{}", found.join("\n"));
        press(&browser, "input[name=viec][value=diem-danh] ~ p button").await;
        until(
            &browser,
            "return document.querySelectorAll('input[name=co-mat][value=khong]').length > 0 ? 'y' : 'n'",
            "y",
        )
        .await;
        if name == "uy-vien-c" {
            press(&browser, "input[name=xung-dot-2]").await;
            browser.driver.find(By::Css("#ly-do-2")).await.unwrap().send_keys("Anh trai").await.unwrap();
        }
        press(&browser, "input[name=viec][value=khai] ~ button").await;
        until(&browser, "return document.body.innerText.includes('Lê Thị Bình') ? 'y' : 'n'", "y").await;
        let own = browser.ask("return document.body.innerText.includes('Trần Quốc Bảo')").await;
        assert_eq!(own.as_bool(), Some(name != "uy-vien-c"));
        browsers.push(browser);
    }
    let put = [("viec", "dua-ra"), ("so", "1"), ("cach", "secret"), ("noi-dung", "Đồng ý?"), ("ly-do", "")];
    assert_eq!(sent(&mut secretary, &session, &put).await.status, StatusCode::SEE_OTHER);
    for (browser, choice) in browsers.iter().zip(["agree", "agree", "disagree"]) {
        browser.open(&session).await;
        press(browser, &format!(".ballot input[value={choice}]")).await;
        let found = looked_at(browser, &session).await;
        assert!(found.is_empty(), "{}", found.join("\n"));
        press(browser, &format!(".ballot input[value={choice}]")).await;
        press(browser, ".ballot button").await;
        until(browser, "return document.querySelector('.ballot-code') ? 'y' : 'n'", "y").await;
        let code = browser.ask("return document.querySelector('.ballot-code').innerText").await;
        codes.push(code.as_str().unwrap().to_owned());
        // The code is told once: the room does not show it again.
        browser.open(&session).await;
        let shown = browser.ask("return document.body.textContent").await;
        assert!(!shown.as_str().unwrap().contains(&codes[codes.len() - 1]));
    }
    let room = secretary.get(&session).await;
    assert!(told(&room).contains("Đã bỏ phiếu 3/3") && codes.iter().all(|code| !room.text().contains(code)));
    assert_eq!(
        sent(&mut secretary, &session, &[("viec", "kiem-phieu"), ("lan", "1")]).await.status,
        StatusCode::SEE_OTHER
    );
    for (browser, code) in browsers.iter().zip(&codes) {
        browser.open(&session).await;
        let shown = browser.ask("return document.querySelector('.matter').textContent").await;
        let shown = shown.as_str().unwrap();
        assert!(shown.contains(code.as_str()) && shown.contains("2/3 đồng ý, cần 2"), "{shown}");
        let found = looked_at(browser, &session).await;
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
    for browser in browsers {
        browser.close().await;
    }
    let closing = [("viec", "be-mac"), ("ket-luan", "Thống nhất")];
    assert_eq!(sent(&mut secretary, &session, &closing).await.status, StatusCode::SEE_OTHER);
    let paper = secretary.get(&format!("{session}/bien-ban.pdf")).await;
    assert_eq!(paper.status, StatusCode::OK);
    let of_council = secretary.get(&council).await;
    assert!(told(&of_council).contains("1/1 việc đạt"), "{}", told(&of_council));
}

#[tokio::test]
async fn a_stranger_s_room_is_no_room() {
    let (app, ids) = house();
    let mut secretary = signed_in(&app, "thu-ky").await;
    let (council, session) = in_session(&mut secretary, &ids).await;
    let mut stranger = signed_in(&app, "nguoi-ngoai").await;
    let nowhere = stranger.get("/hoi-dong/phien/ph-khong-co").await;
    let hidden = stranger.get(&session).await;
    assert_eq!((nowhere.status, hidden.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(stranger.get(&format!("{session}/bien-ban.docx")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&format!("{council}/phien-moi")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get("/hoi-dong/lap-moi").await.status, StatusCode::NOT_FOUND);
    // They read who sits, without a way into the room.
    let seen = stranger.get(&council).await;
    assert!(seen.status == StatusCode::OK && !seen.text().contains(&session), "{}", seen.text());
    let mut reporter = signed_in(&app, "dau-moi").await;
    assert_eq!(reporter.get(&council).await.status, StatusCode::NOT_FOUND);
    assert!(!reporter.get("/").await.text().contains("/hoi-dong"));
    let mut public = Visit::to(&app);
    assert_eq!(public.get(&council).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_the_secretary_are_looked_at() {
    let (app, ids) = house();
    let mut secretary = signed_in(&app, "thu-ky").await;
    let (council, session) = in_session(&mut secretary, &ids).await;
    let Some(browser) = entered(&app, "thu-ky", "/hoi-dong").await else { return };
    let mut found = Vec::new();
    for path in ["/hoi-dong", "/hoi-dong/lap-moi", &council, &format!("{council}/phien-moi"), &session] {
        found.extend(looked_at(&browser, path).await);
    }
    browser.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
