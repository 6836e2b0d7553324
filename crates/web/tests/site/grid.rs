//! The grid in a real browser: by keyboard alone, by paste, without a network, with two values in one cell, and the way
//! of a sheet from the reporter to the receiver.

use std::sync::Arc;

use thidua_app::App;
use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_app::collection::{SheetKey, enter, sheet};
use thidua_app::pack::Pack;
use thidua_base::code::{ChangeId, FormId, IndicatorCode, OrgId};
use thidua_base::{Date, Number, Period};
use thidua_domain::Actor;
use thidua_domain::actor::Role;
use thidua_domain::collection::{Assignment, Change, Cycle, FormRow, How, State};
use thidua_domain::indicator::{Absence, Indicator, Nature, Value};
use thidua_testkit::accounts::session_of;
use thirtyfour::Cookie;

use crate::accounts::{PASSWORD, Visit, form_token};
use crate::browser::{looked_at, press, until};
use crate::demo::{PACK, with};
use crate::driver::{Browser, browser_on};

pub const COMMUNE: &str = "x-15718";
pub const MONTHLY: &str = "/nhap-lieu/bieu-02-trieu-son/2020-M06/x-15718";
pub const HALF_YEARLY: &str = "/nhap-lieu/bieu-01-trieu-son/2020-H1/x-15718";

pub const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const ESCAPE: &str = "\u{e00c}";
const TAB: &str = "\u{e004}";

/// The sample with a reporter of a commune, the specialist and the leader of the district, and the commune's own leader.
pub fn house() -> Arc<App> {
    house_of(&PACK)
}

fn house_of(pack: &Pack) -> Arc<App> {
    let app = with(pack);
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    for (name, person, role, unit) in [
        ("thuy", "Lê Thị Thủy", Role::Reporter, COMMUNE),
        ("chu-tich", "Lê Văn Chủ", Role::Leader, COMMUNE),
        ("binh", "Trần Văn Bình", Role::Specialist, "h-397"),
        ("an", "Nguyễn Văn An", Role::Leader, "h-397"),
    ] {
        let new = NewAccount { name: name.into(), display_name: person.into(), password: PASSWORD.into() };
        create_account(&app, &by, &new).unwrap();
        let from = Date::parse("2020-01-01").unwrap();
        let held = NewRole { name: name.into(), role, unit: Some(unit_id(unit)), from, to: None };
        grant_role(&app, &by, &held).unwrap();
    }
    app
}

pub async fn signed_in(browser: &Browser, app: &App, name: &str) {
    browser.open("/dang-nhap").await;
    browser.driver.add_cookie(Cookie::new("phien", session_of(app, name))).await.unwrap();
}

pub fn unit_id(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

pub fn key(form: &str, period: &str) -> SheetKey {
    SheetKey { form: FormId::parse(form).unwrap(), period: Period::parse(period).unwrap(), unit: unit_id(COMMUNE) }
}

pub fn held(app: &App, key: &SheetKey, indicator: &str) -> Option<Value> {
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    let seen = sheet(app, &by, key).unwrap();
    let row = seen.sheet.row(&IndicatorCode::parse(indicator).unwrap()).unwrap();
    row.current.as_ref().map(|reading| reading.value)
}

pub fn of(text: &str) -> Option<Value> {
    Some(Value::Of(Number::parse(text).unwrap()))
}

const SAVED: &str =
    "return [...document.querySelectorAll('.grid-row')].filter(r => r.dataset.state === 'saved').length + ''";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_is_filled_in_by_keyboard_alone() {
    let app = house();
    let Some(browser) = browser_on(&app, "grid-keys", 1280).await else { return };
    signed_in(&browser, &app, "thuy").await;
    browser.open(MONTHLY).await;
    let month = key("bieu-02-trieu-son", "2020-M06");
    browser.ask("document.querySelector('.cell.value').focus()").await;
    for keys in ["3", ENTER, "1.012", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, SAVED, "2").await;
    assert_eq!((held(&app, &month, "NS06b"), held(&app, &month, "LD01")), (of("3"), of("1012")));
    until(&browser, "return document.querySelector('.filled').textContent", "2").await;
    // Up again, another number, and back by Escape: what was typed is gone, what was kept stands.
    browser.ask("document.querySelectorAll('.cell.value')[1].focus()").await;
    for keys in [UP, "9", ESCAPE, DOWN] {
        press(&browser, keys).await;
    }
    assert_eq!(browser.ask("return document.querySelector('.cell.value').value").await, "3");
    // A kind of absence is chosen, by keyboard too, and is no zero.
    browser.ask("document.querySelector('.cell.value').focus()").await;
    for keys in [TAB, "k"] {
        press(&browser, keys).await;
    }
    until(&browser, "return document.querySelector('select.absence').value", "none-occurred").await;
    press(&browser, TAB).await;
    until(&browser, SAVED, "2").await;
    assert_eq!(held(&app, &month, "NS06b"), Some(Value::Absent(Absence::NoneOccurred)));
    // A note alone is kept: beside a figure, and beside a cell that nobody has filled.
    browser.ask("document.querySelectorAll('.cell.note')[1].focus()").await;
    for keys in ["rà lại", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return document.documentElement.dataset.unsent", "0").await;
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    let seen = sheet(&app, &by, &month).unwrap();
    assert_eq!(seen.sheet.row(&IndicatorCode::parse("LD01").unwrap()).unwrap().note, "rà lại");
    // What cannot be read is told beside the cell and goes nowhere.
    browser.ask("const c = document.querySelectorAll('.cell.value')[1]; c.focus(); c.select()").await;
    for keys in ["12 con bò", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return String(document.querySelectorAll('.cell.value')[1].getAttribute('aria-invalid'))", "true")
        .await;
    assert_eq!(held(&app, &month, "LD01"), of("1012"));
    let mut found = looked_at(&browser, MONTHLY).await;
    found.extend(looked_at(&browser, HALF_YEARLY).await);
    found.extend(looked_at(&browser, "/nhap-lieu").await);
    browser.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_column_is_pasted_from_a_spreadsheet() {
    let app = house();
    let Some(browser) = browser_on(&app, "grid-paste", 360).await else { return };
    signed_in(&browser, &app, "thuy").await;
    browser.open(HALF_YEARLY).await;
    let half = key("bieu-01-trieu-son", "2020-H1");
    // Decimal points throughout, as an English spreadsheet writes: one cell tells how to read the others.
    let paste = "const data = new DataTransfer(); data.setData('text/plain', '1,280.5\\n3\\n1.5\\n2\\n61\\n5\\n');\
        const cell = document.querySelector('.cell.value'); cell.focus();\
        cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));";
    browser.ask(paste).await;
    until(&browser, SAVED, "6").await;
    assert_eq!((held(&app, &half, "NN02"), held(&app, &half, "NN10")), (of("1280.5"), of("1.5")));
    assert_eq!((held(&app, &half, "NN09"), held(&app, &half, "QS01")), (of("3"), of("5")));
    browser.close().await;
}

/// Unplugged, edited on both sides, plugged in again: both values are shown, none is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_network_nothing_is_lost_and_a_conflict_shows_both_values() {
    let app = house();
    let Some(browser) = browser_on(&app, "grid-offline", 1280).await else { return };
    signed_in(&browser, &app, "thuy").await;
    browser.open(MONTHLY).await;
    let month = key("bieu-02-trieu-son", "2020-M06");
    unplug(&browser, true).await;
    browser.ask("document.querySelector('.cell.value').focus()").await;
    for keys in ["4", ENTER, "20", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return document.documentElement.dataset.unsent", "2").await;
    assert_eq!(held(&app, &month, "NS06b"), None, "nothing has arrived");
    // The checks run without the server: a number that no form takes is told at once.
    browser.ask("const c = document.querySelectorAll('.cell.value')[1]; c.focus(); c.select()").await;
    for keys in ["-20", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return String(!!document.querySelector('.findings .finding.bad'))", "true").await;
    browser.ask("const c = document.querySelectorAll('.cell.value')[1]; c.focus(); c.select()").await;
    for keys in ["21", ENTER] {
        press(&browser, keys).await;
    }
    // Meanwhile the district's specialist enters the same cell.
    let by = Actor::operator("Trần Văn Bình", app.home.tenant.clone());
    let other = Change {
        id: ChangeId::parse("binh-1").unwrap(),
        form: month.form.clone(),
        period: month.period,
        unit: month.unit.clone(),
        indicator: IndicatorCode::parse("NS06b").unwrap(),
        nature: Nature::Estimate,
        over: None,
        value: Value::Of(Number::whole(7)),
        note: String::new(),
        how: How::Typed,
        device_at: None,
        settles: None,
    };
    enter(&app, &by, &month.form, month.period, &[other]).unwrap();
    unplug(&browser, false).await;
    until(&browser, "return document.querySelector('.grid-row').dataset.state", "conflict").await;
    let told = browser.ask("return document.querySelector('.cell-message').textContent").await;
    let told = told.as_str().unwrap();
    assert!(told.contains('7') && told.contains('4') && told.contains("Trần Văn Bình"), "{told}");
    until(&browser, "return document.documentElement.dataset.unsent", "0").await;
    assert_eq!((held(&app, &month, "NS06b"), held(&app, &month, "LD01")), (of("7"), of("21")));
    // The one who was away takes their own.
    browser.ask("document.querySelectorAll('.cell-message button')[1].focus()").await;
    press(&browser, ENTER).await;
    until(&browser, "return document.querySelector('.grid-row').dataset.state", "saved").await;
    assert_eq!(held(&app, &month, "NS06b"), of("4"));
    browser.close().await;
}

/// A page opened again finds what waited on the device, and sends it once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_on_the_device_is_sent_after_the_page_is_opened_again() {
    let app = house();
    let Some(browser) = browser_on(&app, "grid-again", 1280).await else { return };
    signed_in(&browser, &app, "thuy").await;
    browser.open(MONTHLY).await;
    unplug(&browser, true).await;
    browser.ask("document.querySelector('.cell.value').focus()").await;
    for keys in ["8", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return document.documentElement.dataset.unsent", "1").await;
    unplug(&browser, false).await;
    browser.open("/").await;
    browser.open(MONTHLY).await;
    until(&browser, "return document.documentElement.dataset.unsent", "0").await;
    assert_eq!(held(&app, &key("bieu-02-trieu-son", "2020-M06"), "NS06b"), of("8"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_goes_from_the_reporter_to_the_receiver_and_back_and_up() {
    let app = house();
    let half = key("bieu-01-trieu-son", "2020-H1");
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    let state = || sheet(&app, &by, &half).unwrap().sheet.state();
    let steps = format!("{HALF_YEARLY}/buoc");
    let mut reporter = Visit::to(&app);
    let mut receiver = reporter.another();
    let mut leader = reporter.another();
    for (visit, name) in [(&mut reporter, "thuy"), (&mut receiver, "binh"), (&mut leader, "an")] {
        visit.sign_in(name, PASSWORD).await;
    }
    let token = form_token(&reporter.get(HALF_YEARLY).await);
    let sent = reporter.post(&steps, &[("ma", &token), ("viec", "submit-sheet")]).await;
    assert_eq!((sent.location(), state()), (HALF_YEARLY, State::Submitted));
    // Without a token, or with another's, nothing happens.
    let foreign = receiver.post(&steps, &[("ma", &token), ("viec", "accept-sheet")]).await;
    assert_eq!((foreign.status.as_u16(), state()), (422, State::Submitted));
    let page = receiver.get(HALF_YEARLY).await;
    let token = form_token(&page);
    let silent = receiver.post(&steps, &[("ma", &token), ("viec", "return-sheet")]).await;
    assert_eq!(silent.status.as_u16(), 422, "a return says why");
    let back = [("ma", token.as_str()), ("viec", "return-sheet"), ("o-NN02", "Lệch với số của phòng Nông nghiệp")];
    receiver.post(&steps, &back).await;
    assert_eq!(state(), State::Returned);
    let page = reporter.get(HALF_YEARLY).await;
    assert!(page.text().contains("Lệch với số của phòng Nông nghiệp"));
    let token = form_token(&page);
    reporter.post(&steps, &[("ma", &token), ("viec", "submit-sheet")]).await;
    let token = form_token(&receiver.get(HALF_YEARLY).await);
    receiver.post(&steps, &[("ma", &token), ("viec", "accept-sheet")]).await;
    assert_eq!(state(), State::Accepted);
    // Approved on the board, by another person, together with whatever else is chosen.
    let board = "/thu-thap/bieu-01-trieu-son/2020-H1";
    let page = leader.get(board).await;
    assert!(page.text().contains("1</strong> đã được tiếp nhận"), "{}", page.text());
    let token = form_token(&page);
    leader.post(board, &[("ma", &token), ("viec", "duyet"), ("don-vi", COMMUNE)]).await;
    assert_eq!(state(), State::Approved);
    // The commune's pages are not for a stranger, and the board not for a commune.
    assert_eq!(reporter.another().get(HALF_YEARLY).await.status.as_u16(), 404);
    assert_eq!(reporter.get(board).await.status.as_u16(), 404);
}

/// The page works without its script: a wrong cell comes back with a sentence, the others are kept.
#[tokio::test]
async fn without_script_the_page_saves_what_it_can_and_gives_the_rest_back() {
    let app = house();
    let month = key("bieu-02-trieu-son", "2020-M06");
    let mut reporter = Visit::to(&app);
    reporter.sign_in("thuy", PASSWORD).await;
    let token = form_token(&reporter.get(MONTHLY).await);
    let fields = [
        ("ma", token.as_str()),
        ("so-NS06b", "mười hai"),
        ("ghi-NS06b", ""),
        ("cu-NS06b", "||"),
        ("so-LD01", "1.234"),
        ("ghi-LD01", "ước"),
        ("cu-LD01", "||"),
    ];
    let page = reporter.post(MONTHLY, &fields).await;
    assert_eq!(page.status.as_u16(), 422);
    assert!(page.text().contains("mười hai"), "what was typed is given back");
    assert_eq!((held(&app, &month, "NS06b"), held(&app, &month, "LD01")), (None, of("1234")));
}

pub async fn unplug(browser: &Browser, offline: bool) {
    let conditions =
        serde_json::json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    browser.driver.cdp().send_raw("Network.emulateNetworkConditions", conditions).await.unwrap();
}

/// The house with a form of so many rows, `bieu-rong`.
pub fn wide_house(rows: usize) -> Arc<App> {
    let mut pack = PACK.clone();
    let like = pack.indicators.iter().find(|one| one.code.as_str() == "LD01").unwrap().clone();
    let mut wide = pack.collected.forms[1].clone();
    wide.id = FormId::parse("bieu-rong").unwrap();
    wide.rows.clear();
    for place in 0..rows {
        let code = IndicatorCode::parse(&format!("W{place:03}")).unwrap();
        pack.indicators.push(Indicator { code: code.clone(), name: format!("Chỉ tiêu {place}"), ..like.clone() });
        let row = FormRow { heading: String::new(), label: String::new(), indicator: code, is_required: true };
        wide.rows.push(row);
    }
    let id = wide.id.clone();
    pack.collected.assignments.push(Assignment { form: id.clone(), ..pack.collected.assignments[0].clone() });
    let cycle = Cycle { form: id, ..pack.collected.cycles[1].clone() };
    pack.collected.cycles.push(cycle);
    pack.collected.forms.push(wide);
    house_of(&pack)
}

/// Acceptance test 8 of the indicator chapter.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acceptance_8_a_form_of_three_hundred_rows_is_checked_whole_with_the_network_unplugged() {
    const ROWS: usize = 300;
    let app = wide_house(ROWS);
    let Some(browser) = browser_on(&app, "grid-wide", 1280).await else { return };
    signed_in(&browser, &app, "thuy").await;
    browser.open("/nhap-lieu/bieu-rong/2020-M06/x-15718").await;
    assert_eq!(browser.ask("return document.querySelectorAll('.grid-row').length").await, ROWS);
    unplug(&browser, true).await;
    // Every tenth figure is below zero, which no count can be.
    let fill = "document.querySelectorAll('.cell.value').forEach((cell, at) => {\
        cell.value = at % 10 === 0 ? '-5' : String(100 + 7 * at);\
        cell.dispatchEvent(new Event('change', { bubbles: true })); });";
    browser.ask(fill).await;
    until(&browser, "return document.documentElement.dataset.unsent", "300").await;
    until(&browser, "return document.querySelectorAll('.findings .finding.bad').length + ''", "30").await;
    until(&browser, "return document.querySelector('.filled').textContent", "300").await;
    let told = browser.ask("return document.querySelector('.findings .finding.bad').textContent").await;
    assert!(told.as_str().unwrap().contains("Chỉ tiêu 0"), "{told}");
    // One is put right: its finding goes, with the network still away.
    browser
        .ask(
            "const cell = document.querySelector('.cell.value'); cell.value = '5';\
         cell.dispatchEvent(new Event('change', { bubbles: true }));",
        )
        .await;
    until(&browser, "return document.querySelectorAll('.findings .finding.bad').length + ''", "29").await;
    let bytes = browser.ask("return new Blob([document.documentElement.outerHTML]).size").await.as_u64().unwrap();
    println!("the page of {ROWS} rows holds {bytes} bytes before compression");
    unplug(&browser, false).await;
    until(&browser, "return document.documentElement.dataset.unsent", "0").await;
    let month = SheetKey { form: FormId::parse("bieu-rong").unwrap(), ..key("bieu-02-trieu-son", "2020-M06") };
    assert_eq!(held(&app, &month, "W299"), of("2193"));
    browser.close().await;
}
