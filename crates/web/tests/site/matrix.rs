//! The table of several units in a real browser: keys, a block pasted, checks at once, without a network, two values.

use thidua_app::App;
use thidua_app::collection::{enter, sheet};
use thidua_base::Number;
use thidua_base::code::{ChangeId, IndicatorCode};
use thidua_domain::Actor;
use thidua_domain::collection::{Change, How};
use thidua_domain::indicator::{Absence, Nature, Value};

use crate::browser::{looked_at, press, until};
use crate::driver::browser_on;
use crate::grid::{ENTER, house, key, of, signed_in, unit_id, unplug};

const TABLE: &str = "/nhap-lieu/bieu-02-trieu-son/2020-M06";
const RIGHT: &str = "\u{e014}";
const SAVED: &str = "return document.querySelectorAll('[data-state=saved]').length + ''";

/// Units and values of an indicator, of the first units of the table.
async fn units(browser: &crate::driver::Browser) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll('tr[data-unit]')].slice(0, 3).map(r => r.dataset.unit).join(' ')";
    browser.ask(script).await.as_str().unwrap().split(' ').map(str::to_owned).collect()
}

fn held(app: &App, unit: &str, indicator: &str) -> Option<Value> {
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    let mut key = key("bieu-02-trieu-son", "2020-M06");
    key.unit = unit_id(unit);
    let seen = sheet(app, &by, &key).unwrap();
    seen.sheet.row(&IndicatorCode::parse(indicator).unwrap()).unwrap().current.as_ref().map(|reading| reading.value)
}

/// What was noted beside a cell.
fn noted(app: &App, unit: &str, indicator: &str) -> String {
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    let mut key = key("bieu-02-trieu-son", "2020-M06");
    key.unit = unit_id(unit);
    sheet(app, &by, &key).unwrap().sheet.row(&IndicatorCode::parse(indicator).unwrap()).unwrap().note.clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_units_are_entered_by_keys_and_by_a_pasted_block() {
    let app = house();
    let Some(browser) = browser_on(&app, "matrix", 1280).await else { return };
    signed_in(&browser, &app, "binh").await;
    browser.open(TABLE).await;
    let units = units(&browser).await;
    // Down by Enter, to the side by an arrow, a word of absence typed.
    browser.ask("document.querySelector('.cell.value').focus()").await;
    for keys in ["3", ENTER, "không phát sinh", RIGHT, "45", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, SAVED, "3").await;
    assert_eq!((held(&app, &units[0], "NS06b"), held(&app, &units[1], "LD01")), (of("3"), of("45")));
    assert_eq!(held(&app, &units[1], "NS06b"), Some(Value::Absent(Absence::NoneOccurred)));
    // Only what was touched was sent.
    assert_eq!(held(&app, &units[2], "NS06b"), None);
    // A note alone is kept, and stays when the figure is typed again. Shift+F2 leads to it, Enter back to the cell.
    browser.ask("document.querySelector('.cell.value').focus()").await;
    let to_note = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',\
        { key: 'F2', shiftKey: true, bubbles: true, cancelable: true }))";
    browser.ask(to_note).await;
    for keys in ["Theo biên bản", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return document.documentElement.dataset.unsent", "0").await;
    until(&browser, "return document.querySelectorAll('td.has-note').length + ''", "1").await;
    assert_eq!(noted(&app, &units[0], "NS06b"), "Theo biên bản");
    for keys in ["4", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return document.documentElement.dataset.unsent", "0").await;
    assert_eq!((held(&app, &units[0], "NS06b"), noted(&app, &units[0], "NS06b")), (of("4"), "Theo biên bản".into()));
    let owner = browser
        .ask("document.querySelector('.cell.value').focus(); return document.getElementById('ghi-chu-o').value")
        .await;
    assert_eq!(owner, "Theo biên bản");
    // A block with its tabs fills to the right and below; English decimals are told by the column.
    let paste = "const data = new DataTransfer(); data.setData('text/plain', '5\\t1,012\\n6\\t2,013\\nx\\t');\
        const cell = document.querySelector('.cell.value'); cell.focus();\
        cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));";
    browser.ask(paste).await;
    until(&browser, SAVED, "4").await;
    until(&browser, "return document.documentElement.dataset.unsent", "0").await;
    assert_eq!((held(&app, &units[0], "NS06b"), held(&app, &units[1], "LD01")), (of("5"), of("2013")));
    until(&browser, "return document.querySelectorAll('#bao-bang li').length + ''", "1").await;
    // Without a network a figure that no form takes is told at once; meanwhile someone else fills the cell.
    unplug(&browser, true).await;
    browser.ask("document.querySelector('.cell.value').focus()").await;
    for keys in ["-7", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return String(!!document.querySelector('#phat-hien .finding.bad'))", "true").await;
    browser.ask("document.querySelector('.cell.value').focus()").await;
    for keys in ["8", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return String(!!document.querySelector('#phat-hien .finding.bad'))", "false").await;
    let by = Actor::operator("Lê Thị Thủy", app.home.tenant.clone());
    let month = key("bieu-02-trieu-son", "2020-M06");
    let other = Change {
        id: ChangeId::parse("thuy-1").unwrap(),
        form: month.form.clone(),
        period: month.period,
        unit: unit_id(&units[0]),
        indicator: IndicatorCode::parse("NS06b").unwrap(),
        nature: Nature::Estimate,
        over: sheet_seq(&app, &units[0]),
        value: Value::Of(Number::whole(9)),
        note: String::new(),
        how: How::Typed,
        device_at: None,
        settles: None,
    };
    enter(&app, &by, &month.form, month.period, &[other]).unwrap();
    unplug(&browser, false).await;
    until(&browser, "return document.querySelectorAll('[data-state=conflict]').length + ''", "1").await;
    let told = browser.ask("return document.querySelector('#bao-bang li.warn:last-child').textContent").await;
    assert!(told.as_str().unwrap().contains("Lê Thị Thủy"), "{told}");
    browser.ask("document.querySelectorAll('#bao-bang li:last-child button')[1].click()").await;
    until(&browser, "return document.documentElement.dataset.unsent", "0").await;
    until(&browser, "return document.querySelectorAll('[data-state=conflict]').length + ''", "0").await;
    assert_eq!(held(&app, &units[0], "NS06b"), of("8"));
    let found = looked_at(&browser, TABLE).await;
    browser.close().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The reading that holds the first column of a unit.
fn sheet_seq(app: &App, unit: &str) -> Option<i64> {
    let by = Actor::operator("kiểm thử", app.home.tenant.clone());
    let mut key = key("bieu-02-trieu-son", "2020-M06");
    key.unit = unit_id(unit);
    let seen = sheet(app, &by, &key).unwrap();
    seen.sheet.row(&IndicatorCode::parse("NS06b").unwrap()).unwrap().current.as_ref().map(|reading| reading.seq)
}
