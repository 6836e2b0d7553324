//! Pages for entering figures without a server: opened again from the device, typed into, sent when it is back; and
//! gone from the device with who signed out.

use std::net::SocketAddr;
use std::sync::Arc;

use thidua_app::App;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::browser::{press, until};
use crate::demo::get;
use crate::driver::{browser_at, browser_on};
use crate::grid::{ENTER, MONTHLY, held, house, key, of, signed_in, unplug};

/// A server that can be stopped and started again at its address.
struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<()>,
}

impl Server {
    async fn start(app: &Arc<App>, address: SocketAddr) -> Self {
        let listener = tokio::net::TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = thidua_web::serve(Arc::clone(app), listener, async {
            stopped.await.unwrap_or_default();
        });
        let done = tokio::spawn(async { served.await.unwrap() });
        Self { address, stop, done }
    }

    async fn stop(self) -> SocketAddr {
        self.stop.send(()).unwrap();
        self.done.await.unwrap();
        self.address
    }
}

const KEPT: &str = "return String(document.documentElement.dataset.kept)";
const NAMES: &str = "const done = arguments[arguments.length - 1]; caches.keys().then(names => done(names.join(' ')));";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_opens_again_without_a_server_takes_figures_and_sends_them_later() {
    let app = house();
    let server = Server::start(&app, SocketAddr::from(([127, 0, 0, 1], 0))).await;
    let Some(browser) = browser_at(format!("http://{}", server.address), "offline", 1280).await else { return };
    signed_in(&browser, &app, "thuy").await;
    browser.open(MONTHLY).await;
    until(&browser, KEPT, "true").await;
    let address = server.stop().await;
    browser.open(MONTHLY).await;
    // It is the page, with its look and its script, and says since when it stands here.
    assert_eq!(browser.ask("return !!document.documentElement.dataset.keptAt").await, true);
    let note = browser.ask("return document.querySelector('.kept').textContent").await;
    assert!(note.as_str().unwrap().contains("trang này lưu trên máy lúc"), "{note}");
    assert_eq!(browser.ask("return getComputedStyle(document.querySelector('.top')).display").await, "flex");
    browser.ask("document.querySelector('.cell.value').focus()").await;
    for keys in ["17", ENTER] {
        press(&browser, keys).await;
    }
    until(&browser, "return document.documentElement.dataset.unsent", "1").await;
    // Once more without a server: what was typed is there.
    browser.open(MONTHLY).await;
    until(&browser, "return document.querySelector('.cell.value').value", "17").await;
    let month = key("bieu-02-trieu-son", "2020-M06");
    assert_eq!(held(&app, &month, "NS06b"), None);
    let server = Server::start(&app, address).await;
    browser.ask("window.dispatchEvent(new Event('online'))").await;
    until(&browser, "return document.documentElement.dataset.unsent", "0").await;
    assert_eq!(held(&app, &month, "NS06b"), of("17"));
    // Other pages are not kept.
    browser.open("/chi-tieu").await;
    let names = browser.driver.execute_async(NAMES, Vec::new()).await.unwrap().json().clone();
    assert!(names.as_str().unwrap().starts_with("thidua."), "{names}");
    // Signing out takes the pages from the device.
    browser.open("/tai-khoan").await;
    browser.ask("document.querySelector('form[data-forget] button').click()").await;
    until(&browser, "return String(!!document.querySelector('[data-nobody]'))", "true").await;
    let mut left = String::from("?");
    for _ in 0..50 {
        let names = browser.driver.execute_async(NAMES, Vec::new()).await.unwrap().json().clone();
        left = names.as_str().unwrap().to_owned();
        if left.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(left, "", "nothing is kept for nobody");
    server.stop().await;
    // Whether the browser calls it an error or shows a page of its own, there is no grid.
    let _ = browser.driver.goto(format!("http://{address}{MONTHLY}")).await;
    assert_eq!(browser.ask("return document.querySelectorAll('.grid-row').length").await, 0);
    browser.close().await;
}

#[tokio::test]
async fn only_pages_of_a_person_who_enters_may_be_kept() {
    use crate::accounts::{PASSWORD, Visit};
    let app = house();
    let mut visits = Vec::new();
    for name in ["thuy", "binh"] {
        let mut visit = Visit::to(&app);
        visit.sign_in(name, PASSWORD).await;
        visits.push(visit);
    }
    let mut owners = Vec::new();
    for visit in &mut visits {
        let page = visit.get(MONTHLY).await;
        owners.push(page.header("x-giu-cho").to_owned());
        for path in ["/nhap-lieu", "/chi-tieu", "/tai-khoan"] {
            assert_eq!(visit.get(path).await.header("x-giu-cho"), "", "{path}");
        }
    }
    assert!(owners[0].len() == 32 && owners[0] != owners[1], "{owners:?}");
    let mut leader = Visit::to(&app);
    leader.sign_in("an", PASSWORD).await;
    assert_eq!(leader.get(MONTHLY).await.header("x-giu-cho"), "", "who does not enter keeps nothing");
    let worker = get(&app, "/nhap-lieu/tho.js").await;
    assert!(worker.status.is_success() && worker.header("content-type").starts_with("text/javascript"));
    assert_eq!(worker.header("cache-control"), "no-cache");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_network_a_file_is_not_sent_and_says_so_and_goes_when_it_is_back() {
    let app = house();
    let Some(browser) = browser_on(&app, "offline-file", 1280).await else { return };
    signed_in(&browser, &app, "thuy").await;
    browser.open(MONTHLY).await;
    unplug(&browser, true).await;
    browser.ask("document.querySelector('.evidence-cell a').click()").await;
    let told = "return document.querySelector('.offline-told')?.textContent ?? ''";
    assert!(browser.ask(told).await.as_str().unwrap().contains("gửi tệp khi có mạng trở lại"));
    assert_eq!(browser.ask("return location.pathname").await, MONTHLY);
    unplug(&browser, false).await;
    browser.open(&format!("{MONTHLY}/minh-chung")).await;
    unplug(&browser, true).await;
    let fill = "const data = new DataTransfer();\
        data.items.add(new File(['%PDF-1.7'], 'bien-ban.pdf', { type: 'application/pdf' }));\
        const form = document.querySelector('.evidence-form');\
        form.querySelector('input[type=file]').files = data.files;\
        form.querySelector('input[name=o]').checked = true;\
        form.requestSubmit()";
    browser.ask(fill).await;
    assert!(browser.ask(told).await.as_str().unwrap().contains("gửi tệp khi có mạng trở lại"));
    let chosen = "return document.querySelector('.evidence-form input[type=file]').files[0].name";
    assert_eq!(browser.ask(chosen).await, "bien-ban.pdf", "what was chosen stays chosen");
    unplug(&browser, false).await;
    browser.ask("document.querySelector('.evidence-form').requestSubmit()").await;
    until(&browser, "return String(document.body.textContent.includes('bien-ban.pdf'))", "true").await;
    browser.close().await;
}
