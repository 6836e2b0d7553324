//! Accounts on the pages: signing in and out, cookies and tokens of forms, and what a stranger is told.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use axum::http::{Request, StatusCode};
use thidua_app::App;
use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_base::Date;
use thidua_domain::Actor;
use thidua_domain::actor::Role;
use thidua_web::Settings;
use tower::ServiceExt;

use crate::demo::{Answer, DEMO, PACK, get, with};

/// The password of every account here.
pub const PASSWORD: &str = "thi đua gặt lúa";

/// A browser: one site, its cookies, the host it asks for.
pub struct Visit {
    router: Router,
    pub cookies: Vec<(String, String)>,
    host: &'static str,
    address: [u8; 4],
    /// What a proxy says of where the request came from.
    pub forwarded: Option<String>,
}

impl Visit {
    pub fn to(app: &Arc<App>) -> Self {
        Self::set(app, Settings::default())
    }

    /// A browser at a site with settings.
    pub fn set(app: &Arc<App>, settings: Settings) -> Self {
        let router = thidua_web::router_with(Arc::clone(app), settings);
        Self { router, cookies: Vec::new(), host: "127.0.0.1:8020", address: [127, 0, 0, 1], forwarded: None }
    }

    /// Another browser at the same site.
    pub fn another(&self) -> Self {
        Self {
            router: self.router.clone(),
            cookies: Vec::new(),
            host: self.host,
            address: [127, 0, 0, 1],
            forwarded: None,
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    /// The answer as it goes over the wire to a browser that unpacks.
    pub async fn get_packed(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path).header(ACCEPT_ENCODING, "gzip"), Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let escaped = |text: &str| thidua_web::paths::segment(text);
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(pairs.join("&"))).await
    }

    /// Sends a form with a file, as a browser does.
    pub async fn send_file(&mut self, path: &str, token: &str, name: &str, bytes: &[u8]) -> Answer {
        self.send_form_file(path, &[("ma", token)], name, bytes).await
    }

    /// Sends a form with a file.
    pub async fn send_form_file(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (field, text) in fields {
            let part = format!("--xyz\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let file = format!("--xyz\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(file.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--xyz--\r\n");
        let request = Request::post(path).header(CONTENT_TYPE, "multipart/form-data; boundary=xyz");
        self.ask(request, Body::from(body)).await
    }

    /// Sends a form with fields and, where it has a name, a file.
    pub async fn send_paper(&mut self, path: &str, fields: &[(&str, &str)], (name, bytes): (&str, &[u8])) -> Answer {
        let mut body = Vec::new();
        for (field, text) in fields {
            let part = format!("--xyz\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!("--xyz\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--xyz--\r\n");
        let request = Request::post(path).header(CONTENT_TYPE, "multipart/form-data; boundary=xyz");
        self.ask(request, Body::from(body)).await
    }

    /// From which address the requests come.
    pub fn come_from(&mut self, address: [u8; 4]) {
        self.address = address;
    }

    async fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = match &self.forwarded {
            Some(told) => request.header("x-forwarded-for", told),
            None => request,
        };
        let mut request = request.header(HOST, self.host).header(COOKIE, jar.join("; ")).body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from((self.address, 4000))));
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        for line in parts.headers.get_all(SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !line.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    }

    pub async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        let token = form_token(&self.get("/dang-nhap").await);
        self.post("/dang-nhap", &[("ten", name), ("mat-khau", password), ("ma", &token), ("ve", "/chi-tieu")]).await
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The token of the first form of a page that has one.
pub fn form_token(page: &Answer) -> String {
    let text = page.text();
    let (_, tail) = text.split_once("name=\"ma\" value=\"").unwrap_or_else(|| panic!("no form: {text}"));
    tail.split_once('"').unwrap().0.to_owned()
}

/// The sample with the accounts `hoa`, who leads, `an`, who has no role, and `quan`, who administers.
pub fn house() -> Arc<App> {
    let app = with(&PACK);
    let operator = Actor::operator("kiểm thử", app.home.tenant.clone());
    for (name, person) in [("hoa", "Nguyễn Thị Hòa"), ("an", "Lê Văn An"), ("quan", "Trần Văn Quân")] {
        let new = NewAccount { name: name.into(), display_name: person.into(), password: PASSWORD.into() };
        create_account(&app, &operator, &new).unwrap();
    }
    for (name, role) in [("hoa", Role::Leader), ("quan", Role::Administrator)] {
        let from = Date::new(2020, 1, 1).unwrap();
        let role = NewRole { name: name.into(), role, unit: None, from, to: None };
        grant_role(&app, &operator, &role).unwrap();
    }
    app
}

#[tokio::test]
async fn without_accounts_nothing_asks_to_sign_in() {
    for path in ["/", "/nhat-ky"] {
        let page = get(&DEMO, path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains("/dang-nhap") && page.text().contains("href=\"/nhat-ky\""), "{path}");
    }
    let page = get(&DEMO, "/dang-nhap").await;
    assert!(page.status == StatusCode::OK && page.text().contains("Chưa có tài khoản nào"));
    assert_eq!(get(&DEMO, "/tai-khoan").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_person_signs_in_is_named_on_every_page_and_signs_out() {
    let app = house();
    let mut visit = Visit::to(&app);
    let before = visit.get("/phong-trao").await;
    assert!(before.text().contains("href=\"/dang-nhap?ve=%2Fphong-trao\""));
    let done = visit.sign_in("hoa", PASSWORD).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/chi-tieu"));
    for path in ["/", "/phong-trao", "/tai-khoan"] {
        let page = visit.get(path).await;
        assert!(page.status == StatusCode::OK && page.text().contains("Nguyễn Thị Hòa"), "{path}");
    }
    assert_eq!(visit.get("/dang-nhap").await.location(), "/tai-khoan", "no one signs in twice");
    let own = visit.get("/tai-khoan").await;
    assert!(own.text().contains("Lãnh đạo, toàn đơn vị gốc, từ 01/01/2020") && own.text().contains("phiên này"));
    assert_eq!(own.header("cache-control"), "no-store");

    let session = visit.cookie("phien").unwrap().to_owned();
    let out = visit.post("/dang-xuat", &[("ma", &form_token(&own))]).await;
    assert_eq!((out.status, out.location()), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(visit.cookie("phien"), None);
    // The token is worth nothing any more, even to those who kept it.
    visit.cookies.push(("phien".into(), session));
    assert_eq!(visit.get("/tai-khoan").await.status, StatusCode::NOT_FOUND);
    assert!(visit.get("/").await.text().contains("/dang-nhap"));
}

#[tokio::test]
async fn a_refused_sign_in_says_so_keeps_the_name_and_gives_no_session() {
    let app = house();
    let mut visit = Visit::to(&app);
    let mut said = Vec::new();
    for (name, password) in [("hoa", "sai"), ("khong-co", PASSWORD)] {
        let page = visit.sign_in(name, password).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains(&format!("value=\"{name}\"")) && !page.text().contains(PASSWORD));
        assert_eq!(visit.cookie("phien"), None);
        let alert = page.text().split_once("role=\"alert\">").unwrap().1.split_once('<').unwrap().0.to_owned();
        said.push(alert);
    }
    assert_eq!(said[0], said[1], "a name that exists is not told from one that does not");
    assert!(said[0].contains("tạm khóa"), "{}", said[0]);
}

#[tokio::test]
async fn cookies_of_secrets_are_guarded_and_go_over_tls_only_beyond_this_machine() {
    let app = house();
    for (host, is_secure) in [("127.0.0.1:8020", false), ("localhost:8020", false), ("thidua.example.vn", true)] {
        let mut visit = Visit::to(&app);
        visit.host = host;
        let page = visit.get("/dang-nhap").await;
        let done = visit.sign_in("hoa", PASSWORD).await;
        for answer in [&page, &done] {
            let lines: Vec<&str> = answer.headers.get_all(SET_COOKIE).iter().map(|v| v.to_str().unwrap()).collect();
            assert!(!lines.is_empty(), "{host}");
            for line in lines {
                assert!(
                    line.contains("HttpOnly") && line.contains("SameSite=Lax") && line.contains("Path=/"),
                    "{line}"
                );
                assert_eq!(line.contains("Secure"), is_secure, "{host}: {line}");
            }
        }
        let token = visit.cookie("phien").unwrap();
        assert!(token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit()), "{token}");
    }
}

#[tokio::test]
async fn a_form_without_its_token_is_refused() {
    let app = house();
    let mut visit = Visit::to(&app);
    let foreign = form_token(&visit.another().get("/dang-nhap").await);
    visit.get("/dang-nhap").await;
    for token in ["", "0123-abcd", &foreign] {
        let fields = [("ten", "hoa"), ("mat-khau", PASSWORD), ("ma", token)];
        let page = visit.post("/dang-nhap", &fields).await;
        assert_eq!((page.status, visit.cookie("phien")), (StatusCode::UNPROCESSABLE_ENTITY, None), "{token}");
        assert!(page.text().contains("Biểu mẫu đã cũ"), "{token}");
    }
    visit.sign_in("hoa", PASSWORD).await;
    let mut other = visit.another();
    other.sign_in("hoa", PASSWORD).await;
    let of_other = form_token(&other.get("/tai-khoan").await);
    let new = "một câu khác hẳn";
    for token in ["", "0123-abcd", &of_other, &foreign] {
        let passwords = [("hien-nay", PASSWORD), ("moi", new), ("lai", new), ("ma", token)];
        assert_eq!(visit.post("/tai-khoan/mat-khau", &passwords).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        for path in ["/dang-xuat", "/dang-xuat-moi-noi"] {
            assert_eq!(visit.post(path, &[("ma", token)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        }
        assert_eq!(visit.get("/tai-khoan").await.status, StatusCode::OK, "still signed in");
    }
    assert!(visit.another().sign_in("hoa", PASSWORD).await.status.is_redirection(), "nothing was changed");
}

#[tokio::test]
async fn a_post_that_another_site_began_is_refused_whatever_it_carries() {
    let app = house();
    let mut visit = Visit::to(&app);
    visit.sign_in("hoa", PASSWORD).await;
    let token = form_token(&visit.get("/tai-khoan").await);
    for (header, value) in [("sec-fetch-site", "cross-site"), ("origin", "http://evil.example"), ("origin", "null")] {
        for path in ["/dang-xuat", "/tuy-chon", "/dang-nhap"] {
            let request =
                Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded").header(header, value);
            let answer = visit.ask(request, Body::from(format!("ma={token}&ngon-ngu=en"))).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {value}");
        }
    }
    assert_eq!(visit.get("/tai-khoan").await.status, StatusCode::OK, "still signed in");
    let own = Request::post("/tuy-chon")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("origin", "http://127.0.0.1:8020");
    assert_eq!(visit.ask(own, Body::from("ngon-ngu=en")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_not_yours_is_not_there() {
    let app = house();
    let mut stranger = Visit::to(&app);
    let mut an = stranger.another();
    an.sign_in("an", PASSWORD).await;
    let mut hoa = stranger.another();
    hoa.sign_in("hoa", PASSWORD).await;
    // There is something to hide, and who may see it does.
    let journal = hoa.get("/nhat-ky").await;
    assert!(journal.status == StatusCode::OK && journal.text().contains("Mở tài khoản"));
    assert!(hoa.get("/").await.text().contains("href=\"/nhat-ky\""));
    for visit in [&mut stranger, &mut an] {
        let absent = visit.get("/khong-co").await;
        let hidden = visit.get("/nhat-ky").await;
        assert_eq!((hidden.status, absent.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(plain(&hidden), plain(&absent));
        assert!(!visit.get("/").await.text().contains("href=\"/nhat-ky\""), "the menu does not lead there");
    }
    let absent = stranger.get("/khong-co").await;
    assert_eq!(plain(&stranger.get("/tai-khoan").await), plain(&absent));
    for path in ["/dang-xuat", "/dang-xuat-moi-noi", "/tai-khoan/mat-khau"] {
        assert_eq!(plain(&stranger.post(path, &[("ma", "x")]).await), plain(&absent), "{path}");
    }
    assert_eq!(an.get("/tai-khoan").await.status, StatusCode::OK);
}

/// A page without what differs between any two: the request's id and the address asked for.
fn plain(page: &Answer) -> String {
    let text = page.text();
    let (before, after) = text.split_once("name=\"ve\" value=\"").unwrap();
    let main = after.split_once("<main").unwrap().1;
    let without_id: String =
        main.split("<code>").map(|part| part.split_once("</code>").map_or(part, |(_, t)| t)).collect();
    format!("{}{before}{without_id}", page.status)
}

#[tokio::test]
async fn a_changed_password_keeps_this_browser_in_and_puts_others_out() {
    let app = house();
    let mut here = Visit::to(&app);
    here.sign_in("an", PASSWORD).await;
    let mut elsewhere = here.another();
    elsewhere.sign_in("an", PASSWORD).await;
    let new = "một câu khác hẳn";
    let mut change = async |present: &str, new: &str, again: &str| {
        let token = form_token(&here.get("/tai-khoan").await);
        let fields = [("hien-nay", present), ("moi", new), ("lai", again), ("ma", token.as_str())];
        let answer = here.post("/tai-khoan/mat-khau", &fields).await;
        let shown = answer.text();
        assert!(!shown.contains("một câu khác hẳn") && !shown.contains(PASSWORD), "no password is shown again");
        answer
    };
    for (present, new, again, told) in [
        ("sai", new, new, "Mật khẩu hiện nay chưa đúng"),
        (PASSWORD, new, "khác", "không giống nhau"),
        (PASSWORD, "ngắn", "ngắn", "ít nhất 10 chữ"),
    ] {
        let answer = change(present, new, again).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(told), "{told}");
    }
    assert_eq!(change(PASSWORD, new, new).await.location(), "/tai-khoan");
    assert_eq!(here.get("/tai-khoan").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/tai-khoan").await.status, StatusCode::NOT_FOUND);

    elsewhere.sign_in("an", new).await;
    let token = form_token(&here.get("/tai-khoan").await);
    assert_eq!(here.post("/dang-xuat-moi-noi", &[("ma", &token)]).await.location(), "/");
    assert_eq!(elsewhere.get("/tai-khoan").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_address_that_tries_too_often_has_to_wait_and_others_have_not() {
    let app = house();
    let mut visit = Visit::to(&app);
    // Without a token: what is counted is the attempt, before it costs any work.
    let mut last = StatusCode::OK;
    for _ in 0..40 {
        last = visit.post("/dang-nhap", &[("ten", "hoa")]).await.status;
        if last == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let told = visit.post("/dang-nhap", &[("ten", "hoa")]).await;
    assert!(told.text().contains("quá nhiều lần"), "{}", told.text());
    let mut other = visit.another();
    other.address = [10, 0, 0, 7];
    assert!(other.sign_in("hoa", PASSWORD).await.status.is_redirection());
}

#[tokio::test]
async fn a_way_back_after_signing_in_stays_on_the_site() {
    let app = house();
    for (asked, led) in [("//evil.example", "/"), ("/chi-tieu?tim=a", "/chi-tieu?tim=a"), ("", "/")] {
        let mut visit = Visit::to(&app);
        let token = form_token(&visit.get("/dang-nhap").await);
        let fields = [("ten", "hoa"), ("mat-khau", PASSWORD), ("ma", token.as_str()), ("ve", asked)];
        assert_eq!(visit.post("/dang-nhap", &fields).await.location(), led, "{asked}");
    }
}
