//! A headless Chromium of the test's own: started on a free port, gone with the test.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use thidua_app::App;
use thidua_testkit::{ScratchDir, scratch_dir, skip};
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};

use crate::demo::DEMO;

/// A browser on the site of the sample data.
pub struct Browser {
    pub driver: WebDriver,
    pub base: String,
    // Fields are dropped in order: the driver process before its folder.
    _process: Process,
    _profile: ScratchDir,
}

/// A process that ends with the test, whatever the test does.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // Already gone is as good as killed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Opens a browser of a width in pixels on the sample data, or says that the layer is skipped.
pub async fn browser(name: &str, width: u32) -> Option<Browser> {
    browser_on(&DEMO, name, width).await
}

/// Opens a browser of a width in pixels on a program's pages, or says that the layer is skipped.
pub async fn browser_on(app: &Arc<App>, name: &str, width: u32) -> Option<Browser> {
    if program("THIDUA_TEST_CHROMIUM").is_none() || program("THIDUA_TEST_CHROMEDRIVER").is_none() {
        return None;
    }
    let base = serve(app).await;
    browser_at(base, name, width).await
}

/// Opens a browser of a width in pixels on a site that is served elsewhere.
pub async fn browser_at(base: String, name: &str, width: u32) -> Option<Browser> {
    let chromium = program("THIDUA_TEST_CHROMIUM")?;
    let chromedriver = program("THIDUA_TEST_CHROMEDRIVER")?;
    // The driver's client and ours are one crate, and it asks for a choice even where nothing goes over TLS;
    // refused only where one was made already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let profile = scratch_dir(&format!("browser-{name}"));
    let port = free_port();
    let process = Command::new(chromedriver)
        .arg(format!("--port={port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver starts");
    let process = Process(process);

    let mut wanted = DesiredCapabilities::chrome();
    wanted.set_binary(chromium.to_str().unwrap()).unwrap();
    for flag in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ] {
        wanted.add_arg(flag).unwrap();
    }
    wanted.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
    wanted.add_arg(&format!("--window-size={width},900")).unwrap();
    let driver = connected(&format!("http://127.0.0.1:{port}"), wanted).await;
    // A desktop window cannot be as narrow as a phone, so the width is set for the page itself.
    let metrics = serde_json::json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
    cdp(&driver, "Emulation.setDeviceMetricsOverride", metrics).await;
    Some(Browser { driver, base, _process: process, _profile: profile })
}

impl Browser {
    /// Goes to an address of the site.
    pub async fn open(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
    }

    /// The path of the page that is open, with its anchor.
    pub async fn path(&self) -> String {
        let url = self.driver.current_url().await.unwrap().to_string();
        url.strip_prefix(&self.base).unwrap_or(&url).to_owned()
    }

    /// The answer of a script.
    pub async fn ask(&self, script: &str) -> serde_json::Value {
        self.driver.execute(script, Vec::new()).await.unwrap().json().clone()
    }

    /// Ends the session; a test that fails before leaves it to the process's end.
    pub async fn close(self) {
        self.driver.clone().quit().await.unwrap();
    }
}

async fn cdp(driver: &WebDriver, command: &str, parameters: serde_json::Value) {
    driver.cdp().send_raw(command, parameters).await.unwrap();
}

/// The program an environment variable names; without it the layer is skipped.
fn program(variable: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    if named.is_none() {
        skip("browser", &format!("{variable} is not set"));
    }
    named
}

/// Serves a program on a free port for as long as the test's runtime lives.
async fn serve(app: &Arc<App>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(thidua_web::serve(Arc::clone(app), listener, std::future::pending()));
    base
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A session, once the driver listens.
async fn connected(url: &str, wanted: thirtyfour::ChromeCapabilities) -> WebDriver {
    let mut said = String::new();
    for _ in 0..100 {
        match WebDriver::new(url, wanted.clone()).await {
            Ok(driver) => return driver,
            Err(error) => said = error.to_string(),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("chromedriver does not answer: {said}");
}
