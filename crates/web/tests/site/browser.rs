//! Journeys in a real browser, and the accessibility rules on every page in both lights.

use std::time::Duration;

use thirtyfour::prelude::*;

use crate::accounts::{PASSWORD, house};
use crate::answers::PAGES;
use crate::driver::{Browser, browser, browser_on};

/// Accessibility rules as a script (MPL-2.0, see the file beside it).
const AXE: &str = include_str!("../../e2e/axe.min.js");

/// Keys by their numbers in the WebDriver protocol.
pub const TAB: &str = "\u{e004}";
pub const ENTER: &str = "\u{e007}";

/// Skip link, brand, five choices, twenty-two links.
const STOPS_TO_THE_END_OF_THE_MENU: usize = 29;

const DESKTOP: u32 = 1280;
const PHONE: u32 = 360;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_home_over_the_report_to_the_passport_of_a_figure() {
    let Some(browser) = browser("journey", DESKTOP).await else { return };
    browser.open("/").await;
    let report = browser.driver.find(By::Css("main a.strong")).await.unwrap();
    report.click().await.unwrap();
    assert_eq!(browser.path().await, "/bao-cao/h-397-2020-H1");
    let figure = browser.driver.find(By::XPath("//a[@class='figure'][contains(., '9.427')]")).await.unwrap();
    figure.click().await.unwrap();
    assert_eq!(browser.path().await, "/so-lieu/reading:KT01:h-397:2020-H1");
    let text = browser.driver.find(By::Css("main")).await.unwrap().text().await.unwrap();
    for told in ["9.427", "17.300", "54,5%", "Được in ở đâu"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    // And back to where it is printed.
    browser.driver.find(By::Css(".printed a")).await.unwrap().click().await.unwrap();
    assert!(browser.path().await.starts_with("/bao-cao/h-397-2020-H1#"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn language_and_light_are_chosen_and_kept() {
    let Some(browser) = browser("choices", DESKTOP).await else { return };
    browser.open("/chi-tieu?tim=gieo").await;
    browser.driver.find(By::Css(".top button[value=en]")).await.unwrap().click().await.unwrap();
    until(&browser, "return document.documentElement.lang", "en").await;
    assert_eq!(browser.path().await, "/chi-tieu?tim=gieo");
    browser.driver.find(By::Css(".top button[value=toi]")).await.unwrap().click().await.unwrap();
    until(&browser, "return document.documentElement.dataset.theme", "toi").await;
    browser.open("/phong-trao").await;
    assert_eq!(browser.ask("return document.documentElement.lang").await, "en");
    let ground = "return getComputedStyle(document.body).backgroundColor";
    assert_eq!(browser.ask(ground).await, "rgb(20, 23, 27)");
    browser.driver.find(By::Css(".top button[value=sang]")).await.unwrap().click().await.unwrap();
    until(&browser, ground, "rgb(245, 246, 247)").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_never_scrolls_sideways() {
    let Some(browser) = browser("phone", PHONE).await else { return };
    for path in PAGES {
        browser.open(path).await;
        assert_eq!(browser.ask("return innerWidth").await, PHONE, "{path}");
        let wider = browser.ask("return document.documentElement.scrollWidth - innerWidth").await;
        assert!(wider.as_i64().unwrap() <= 0, "{path} is {wider} pixels wider than the screen");
    }
    // The menu is folded away, and opens without script.
    browser.open("/").await;
    browser.driver.find(By::Css(".drawer summary")).await.unwrap().click().await.unwrap();
    browser.driver.find(By::Css(".drawer a[href='/phong-trao']")).await.unwrap().click().await.unwrap();
    assert_eq!(browser.path().await, "/phong-trao");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keyboard_is_enough() {
    let Some(browser) = browser("keyboard", DESKTOP).await else { return };
    browser.open("/chi-tieu").await;
    // The first stop skips the menu.
    press(&browser, TAB).await;
    assert_eq!(focused(&browser).await, "Chuyển đến nội dung");
    press(&browser, ENTER).await;
    assert_eq!(browser.ask("return document.activeElement.id").await, "noi-dung");
    // The slash goes to the search field, and typing narrows the table at once.
    press(&browser, "/").await;
    assert_eq!(browser.ask("return document.activeElement.id").await, "tim");
    press(&browser, "thu ngan sach").await;
    let shown = "return [...document.querySelectorAll('table[data-filter] tbody tr:not([data-group])')]\
                 .filter(row => row.offsetParent).length";
    let rows = browser.ask(shown).await.as_u64().unwrap();
    assert!((1..10).contains(&rows), "{rows} rows are left");
    // Enter asks the server the same.
    press(&browser, ENTER).await;
    until(&browser, "return location.search.split('&')[0]", "?tim=thu+ngan+sach").await;
    assert_eq!(browser.ask(shown).await.as_u64().unwrap(), rows);
    // Every stop is visible, and each link of the menu can be reached.
    browser.open("/don-vi").await;
    let mut stops = Vec::new();
    for _ in 0..STOPS_TO_THE_END_OF_THE_MENU {
        press(&browser, TAB).await;
        let outline = "const e = document.activeElement; return e === document.body || \
                       getComputedStyle(e).outlineStyle !== 'none'";
        assert_eq!(browser.ask(outline).await, true, "focus cannot be seen on {}", focused(&browser).await);
        stops.push(focused(&browser).await);
    }
    for wanted in ["Tối", "English", "Trang chủ", "Khen thưởng", "Điển hình", "Đơn vị"] {
        assert!(stops.iter().any(|stop| stop == wanted), "{wanted} is not reached: {stops:?}");
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accessibility_rules_find_nothing_on_any_page_in_either_light() {
    let Some(browser) = browser("axe", DESKTOP).await else { return };
    browser.open("/").await;
    let mut found = Vec::new();
    for theme in ["sang", "toi"] {
        let cookie = format!("document.cookie = 'giao-dien={theme}; path=/'");
        browser.ask(&cookie).await;
        for path in PAGES.iter().chain(&["/khong-co", "/dat-chuan/truong-chuan-quoc-gia"]) {
            browser.open(path).await;
            found.extend(violations(&browser).await.into_iter().map(|v| format!("{path} ({theme}): {v}")));
        }
    }
    browser.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_asks_another_site_or_complains() {
    let Some(browser) = browser("quiet", DESKTOP).await else { return };
    for path in PAGES {
        browser.open(path).await;
        let asked = browser
            .ask("return performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith(location.origin))")
            .await;
        assert_eq!(asked, serde_json::json!([]), "{path}");
        let fonts = browser.ask("return document.fonts.check('16px \"Be Vietnam Pro\"')").await;
        assert_eq!(fonts, true, "{path}: the face is not there");
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_in_by_keyboard_and_out_again() {
    let Some(browser) = browser_on(&house(), "account", PHONE).await else { return };
    browser.open("/dang-nhap?ve=/tai-khoan").await;
    let mut found = violations(&browser).await;
    browser.ask("document.getElementById('ten').focus()").await;
    for (password, led) in [("sai", "/dang-nhap"), (PASSWORD, "/tai-khoan")] {
        browser.ask("document.getElementById('ten').value = ''; document.getElementById('ten').focus()").await;
        press(&browser, "hoa").await;
        press(&browser, TAB).await;
        press(&browser, password).await;
        press(&browser, ENTER).await;
        until(&browser, "return location.pathname + !!document.querySelector('.alert, .facts')", &format!("{led}true"))
            .await;
        found.extend(violations(&browser).await);
    }
    // What a script could steal is not there for it.
    assert_eq!(browser.ask("return document.cookie").await, "");
    for theme in ["sang", "toi"] {
        browser.ask(&format!("document.cookie = 'giao-dien={theme}; path=/'")).await;
        browser.open("/tai-khoan").await;
        found.extend(violations(&browser).await);
        let wider = browser.ask("return document.documentElement.scrollWidth - innerWidth").await;
        assert!(wider.as_i64().unwrap() <= 0, "{wider} pixels wider than a phone");
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(browser.ask("return document.querySelector('.visitor').lastChild.textContent").await, "Nguyễn Thị Hòa");
    browser.ask("document.querySelector('form[action=\"/dang-xuat\"] button').focus()").await;
    press(&browser, ENTER).await;
    until(&browser, "return location.pathname", "/").await;
    browser.open("/tai-khoan").await;
    assert_eq!(browser.ask("return document.querySelector('h1').textContent").await, "Không có trang này");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_enrols_opens_an_account_and_the_pages_hold_the_rules() {
    let app = house();
    let Some(browser) = browser_on(&app, "administrator", PHONE).await else { return };
    browser.open("/dang-nhap").await;
    browser.ask("document.getElementById('ten').focus()").await;
    for keys in ["quan", TAB, PASSWORD, ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return location.pathname", "/tai-khoan/hai-lop").await;
    let mut found = looked_at(&browser, "/tai-khoan/hai-lop").await;
    let letters = browser.ask("return document.querySelector('.letters').textContent").await;
    let code = crate::managing::code_of(&letters.as_str().unwrap().replace(' ', ""), app.clock.now());
    browser.ask("document.getElementById('ma-xac-thuc').focus()").await;
    press(&browser, &code).await;
    press(&browser, ENTER).await;
    until(&browser, "return String(document.querySelectorAll('.codes li').length)", "10").await;
    found.extend(violations(&browser).await);
    let recovery = browser.ask("return document.querySelector('.codes code').textContent").await;
    for path in
        ["/tai-khoan", "/tai-khoan/hai-lop", "/tai-khoan/mat-khau", "/tai-khoan/quan-ly", "/tai-khoan/quan-ly/hoa"]
    {
        found.extend(looked_at(&browser, path).await);
    }
    browser.open("/tai-khoan/quan-ly").await;
    browser.ask("document.getElementById('ten').focus()").await;
    for keys in ["moi", TAB, "Lê Thị Mới", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return document.querySelector('h1').textContent", "Lê Thị Mới").await;
    assert_eq!(browser.ask("return document.querySelector('.letters').textContent.length").await, 19);
    found.extend(violations(&browser).await);
    // The page of the code, with a recovery code.
    browser.open("/tai-khoan").await;
    browser.ask("document.querySelector('form[action=\"/dang-xuat\"] button').focus()").await;
    press(&browser, ENTER).await;
    until(&browser, "return location.pathname", "/").await;
    browser.open("/dang-nhap?ve=/tai-khoan").await;
    browser.ask("document.getElementById('ten').focus()").await;
    for keys in ["quan", TAB, PASSWORD, ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return location.pathname", "/dang-nhap/ma").await;
    found.extend(looked_at(&browser, "/dang-nhap/ma").await);
    browser.ask("document.getElementById('ma-xac-thuc').focus()").await;
    press(&browser, recovery.as_str().unwrap()).await;
    press(&browser, ENTER).await;
    until(&browser, "return location.pathname", "/tai-khoan").await;
    browser.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_assigns_collects_and_issues_finds_pages_that_hold_the_rules() {
    let app = crate::plans::staffed();
    crate::issuing::collected(&app);
    crate::issuing::issued(&app).await;
    let Some(browser) = browser_on(&app, "specialist", PHONE).await else { return };
    browser.open("/dang-nhap?ve=/ke-hoach").await;
    browser.ask("document.getElementById('ten').focus()").await;
    for keys in ["chuyen-vien", TAB, PASSWORD, ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return location.pathname", "/ke-hoach").await;
    let mut found = Vec::new();
    for path in [
        "/ke-hoach",
        "/ke-hoach/LD01",
        "/ke-hoach/van-ban-moi",
        "/nhap-lieu/bieu-01-trieu-son/2020-H1",
        "/bieu-mau",
        "/bieu-mau/bieu-01-trieu-son",
        "/bao-cao/h-397-2020-H1",
        "/so-lieu/reading:NN02:x-15769:2020-H1",
        "/nguoi",
        "/nguoi/ts-p-03",
        "/nguoi/lap-moi",
        "/nguoi/ts-p-01/dinh-chinh",
        "/nguoi/ts-p-01/ghi/award",
        "/nguoi/trung",
        "/nguoi/gop?mot=ts-p-04&hai=ts-p-06",
        "/tap-the/ts-t-01",
        "/ho-gia-dinh/lap-moi",
        "/khen-thuong/nhap-tep",
    ] {
        found.extend(looked_at(&browser, path).await);
    }
    browser.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What the rules find on a page in both lights, and whether it is wider than the screen.
pub async fn looked_at(browser: &Browser, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    for theme in ["sang", "toi"] {
        browser.ask(&format!("document.cookie = 'giao-dien={theme}; path=/'")).await;
        browser.open(path).await;
        found.extend(violations(browser).await.into_iter().map(|what| format!("{path} ({theme}): {what}")));
        let wider = browser.ask("return document.documentElement.scrollWidth - innerWidth").await;
        if wider.as_i64().unwrap() > 0 {
            found.push(format!("{path} is {wider} pixels wider than the screen"));
        }
    }
    found
}

/// What the accessibility rules find on the page that is open.
pub async fn violations(browser: &Browser) -> Vec<String> {
    browser.ask(AXE).await;
    let run = "const done = arguments[arguments.length - 1]; axe.run().then(r => done(r.violations.map(v => \
               v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '))))";
    let violations = browser.driver.execute_async(run, Vec::new()).await.unwrap().json().clone();
    violations.as_array().unwrap().iter().map(ToString::to_string).collect()
}

/// Waits until a script answers so: a form leads away and back, which takes the browser a moment.
pub async fn until(browser: &Browser, script: &str, wanted: &str) {
    let mut answer = browser.ask(script).await;
    for _ in 0..100 {
        if answer == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        answer = browser.ask(script).await;
    }
    panic!("{script} answers {answer}, not {wanted}");
}

pub async fn press(browser: &Browser, keys: &str) {
    browser.driver.action_chain().send_keys(keys).perform().await.unwrap();
}

async fn focused(browser: &Browser) -> String {
    let text =
        browser.ask("const e = document.activeElement; return (e.textContent || e.id || e.tagName).trim()").await;
    text.as_str().unwrap_or_default().to_owned()
}
