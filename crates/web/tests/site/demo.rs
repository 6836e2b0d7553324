//! The sample data in memory, and a way to ask the site for a page.

use std::sync::{Arc, LazyLock};

use axum::body::{Body, to_bytes};
use axum::http::header::{COOKIE, LOCATION};
use axum::http::{HeaderMap, Request, StatusCode};
use thidua_app::pack::{Pack, load, read, shipped};
use thidua_app::{App, Clock};
use thidua_base::Timestamp;
use thidua_law::Book;
use thidua_testkit::Db;
use tower::ServiceExt;

/// The pack as it ships, read once.
pub static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let files = shipped("trieu-son-2020").expect("the pack ships");
    read(&files, Book::shipped().unwrap()).unwrap()
});

/// The program over the whole pack, shared by tests that only read.
pub static DEMO: LazyLock<Arc<App>> = LazyLock::new(|| with(&PACK));

/// The program over a pack in a database of its own.
pub fn with(pack: &Pack) -> Arc<App> {
    let db = Db::memory().unwrap();
    db.migrate().unwrap();
    let now = Timestamp::parse("2020-07-05T02:00:00Z").unwrap();
    load(&db, Book::shipped().unwrap(), pack, "kiểm thử", now).unwrap();
    Arc::new(App::open(db, Clock::Set(now)).unwrap())
}

/// An answer of the site.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }
}

/// Asks for an address.
pub async fn get(app: &Arc<App>, path: &str) -> Answer {
    ask(app, Request::get(path).body(Body::empty()).unwrap()).await
}

/// Asks for an address with a cookie.
pub async fn get_as(app: &Arc<App>, path: &str, cookie: &str) -> Answer {
    ask(app, Request::get(path).header(COOKIE, cookie).body(Body::empty()).unwrap()).await
}

/// Sends any request.
pub async fn ask(app: &Arc<App>, request: Request<Body>) -> Answer {
    let response = thidua_web::router(Arc::clone(app)).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

/// The addresses of the site that a page links to, without anchors, sorted.
pub fn links(html: &str) -> Vec<String> {
    let mut found: Vec<String> = html
        .split("href=\"")
        .skip(1)
        .filter_map(|tail| tail.split_once('"').map(|(address, _)| address))
        .map(|address| address.split('#').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&"))
        .filter(|address| address.starts_with('/'))
        .collect();
    found.sort();
    found.dedup();
    found
}
