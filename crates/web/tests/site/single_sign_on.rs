//! Signing in with the word of another server: what its word must be worth, and that all goes on when it is silent.

use std::sync::Arc;

use axum::http::StatusCode;
use thidua_app::App;
use thidua_app::account::{LinkAsked, close_account, link_account};
use thidua_domain::Actor;
use thidua_web::{Provider, ProviderAsked, Settings};

use crate::accounts::{PASSWORD, Visit, form_token, house};
use crate::demo::Answer;
use crate::identity_provider::{CLIENT_ID, CLIENT_SECRET, IdentityProvider, Mischief};

const BEGIN: &str = "/dang-nhap/mot-lan?ve=%2Fdon-vi";

struct Scene {
    app: Arc<App>,
    provider: IdentityProvider,
    visit: Visit,
}

impl Scene {
    fn set() -> Self {
        let app = house();
        let provider = IdentityProvider::start(app.clock.now());
        let visit = Visit::set(&app, settings(provider.issuer(), CLIENT_SECRET));
        let scene = Self { app, provider, visit };
        scene.link("hoa", "sub-1");
        scene
    }

    fn operator(&self) -> Actor {
        Actor::operator("kiểm thử", self.app.home.tenant.clone())
    }

    fn link(&self, name: &str, subject: &str) {
        let issuer = self.provider.issuer().to_owned();
        let asked = LinkAsked { name: name.into(), issuer, subject: subject.into() };
        link_account(&self.app, &self.operator(), &asked).unwrap();
    }

    /// Begins, and goes to the provider as a browser would; gives the way back.
    async fn there(&mut self) -> String {
        let begun = self.visit.get(BEGIN).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
        assert_eq!(begun.header("cache-control"), "no-store");
        self.provider.visit(begun.location()).await
    }

    async fn there_and_back(&mut self) -> Answer {
        let back = self.there().await;
        self.visit.get(&back).await
    }

    /// Nobody came in, and the page says why; signing in by password still works there.
    fn refused(&self, answer: &Answer, told: &str) {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(alert(answer).contains(told), "{}", alert(answer));
        assert_eq!(self.visit.cookie("phien"), None);
        assert_eq!(self.visit.cookie("cho-cong"), None, "what was begun is over");
        assert!(answer.text().contains("name=\"mat-khau\""));
    }
}

fn settings(issuer: &str, secret: &str) -> Settings {
    let asked = ProviderAsked {
        issuer: issuer.into(),
        client_id: CLIENT_ID.into(),
        secret: Some(secret.into()),
        name: "Cổng tỉnh".into(),
        public_url: "http://127.0.0.1:8020".into(),
    };
    Settings { trusted_proxies: Vec::new(), provider: Some(Provider::new(asked).unwrap()) }
}

fn alert(answer: &Answer) -> String {
    let text = answer.text();
    let (_, tail) = text.split_once("role=\"alert\">").unwrap_or_else(|| panic!("no refusal: {text}"));
    tail.split_once('<').unwrap().0.to_owned()
}

#[tokio::test]
async fn whoever_the_provider_vouches_for_comes_in_and_where_they_wanted() {
    let mut scene = Scene::set();
    let page = scene.visit.get("/dang-nhap?ve=/don-vi").await;
    assert!(page.text().contains("Đăng nhập qua Cổng tỉnh") && page.text().contains(&BEGIN.replace('&', "&#38;")));
    let done = scene.there_and_back().await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/don-vi"));
    assert!(scene.visit.get("/").await.text().contains("Nguyễn Thị Hòa"));
    assert_eq!(scene.visit.cookie("cho-cong"), None);
}

#[tokio::test]
async fn a_second_factor_is_asked_for_here_too() {
    let mut scene = Scene::set();
    thidua_testkit::accounts::enrol(&scene.app, "hoa");
    let done = scene.there_and_back().await;
    assert_eq!((done.location(), scene.visit.cookie("phien")), ("/dang-nhap/ma", None));
    let token = form_token(&scene.visit.get("/dang-nhap/ma").await);
    let code = thidua_testkit::accounts::code_at(scene.app.clock.now());
    let done = scene.visit.post("/dang-nhap/ma", &[("ma", &token), ("ma-xac-thuc", &code)]).await;
    assert_eq!(done.location(), "/don-vi");
}

#[tokio::test]
async fn what_began_elsewhere_or_was_used_is_refused() {
    let mut scene = Scene::set();
    let stale = "quá lâu, đã dùng rồi, hoặc bắt đầu từ trình duyệt khác";
    // A state of one's own making.
    let back = scene.there().await;
    let state = back.split_once("state=").unwrap().1.to_owned();
    let wrong = back.replace(&state, &"0".repeat(64));
    let mut another = scene.visit.another();
    let answer = another.get(&back).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && alert(&answer).contains(stale));
    assert_eq!(another.cookie("phien"), None);
    let answer = scene.visit.get(&wrong).await;
    scene.refused(&answer, stale);
    // The same answer twice: the second comes too late, even with the cookie kept.
    let back = scene.there().await;
    let kept = scene.visit.cookie("cho-cong").unwrap().to_owned();
    assert_eq!(scene.visit.get(&back).await.location(), "/don-vi");
    let mut thief = scene.visit.another();
    thief.cookies.push(("cho-cong".into(), kept));
    let answer = thief.get(&back).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && alert(&answer).contains(stale));
    assert_eq!(thief.cookie("phien"), None);
    // Another's code in one's own sign-in: the proof of key exchange does not fit.
    let mut scene = Scene::set();
    let stolen = scene.there().await;
    let stolen = stolen.split_once("code=").unwrap().1.split('&').next().unwrap().to_owned();
    let own = scene.there().await;
    let code = own.split_once("code=").unwrap().1.split('&').next().unwrap().to_owned();
    let answer = scene.visit.get(&own.replace(&format!("code={code}"), &format!("code={stolen}"))).await;
    scene.refused(&answer, "không xác nhận");
    assert_eq!(scene.provider.complaint(), "the verifier does not fit");
}

#[tokio::test]
async fn a_word_that_does_not_stand_lets_nobody_in() {
    let mut scene = Scene::set();
    for mischief in [
        Mischief::WrongNonce,
        Mischief::ForeignSignature,
        Mischief::NoSignature,
        Mischief::SharedSecretSignature,
        Mischief::WrongAudience,
        Mischief::SecondAudience,
        Mischief::WrongIssuer,
        Mischief::Expired,
        Mischief::NoIdentity,
        Mischief::SaysNo,
    ] {
        scene.provider.misbehave(mischief);
        let answer = scene.there_and_back().await;
        scene.refused(&answer, "không xác nhận");
    }
    scene.provider.misbehave(Mischief::TokenEndpointBroken);
    let answer = scene.there_and_back().await;
    scene.refused(&answer, "không trả lời");
    scene.provider.misbehave(Mischief::Nothing);
    assert_eq!(scene.there_and_back().await.location(), "/don-vi");
}

#[tokio::test]
async fn an_unknown_person_and_a_closed_account_get_one_sentence_with_the_identifier() {
    let mut scene = Scene::set();
    // Its name is that of an account, which opens nothing.
    scene.provider.vouch_for("sub-<b>");
    let answer = scene.there_and_back().await;
    scene.refused(&answer, "sub-&#60;b&#62;");
    assert!(alert(&answer).contains("chưa được liên kết") && !answer.text().contains("sub-<b>"));
    scene.provider.vouch_for("sub-1");
    close_account(&scene.app, &scene.operator(), "hoa").unwrap();
    let answer = scene.there_and_back().await;
    scene.refused(&answer, "chưa được liên kết");
    let rows = thidua_app::audit::tail(&scene.app, &scene.operator(), 3).unwrap();
    let refused: Vec<&str> =
        rows.iter().filter(|row| row.verb == "sso-refused").map(|row| row.subject.as_str()).collect();
    assert_eq!(refused, ["account:hoa", "account:?"]);
}

#[tokio::test]
async fn a_silent_provider_is_told_and_passwords_still_work() {
    let scene = Scene::set();
    // A port on which nothing listens any more.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut visit = Visit::set(&scene.app, settings(&format!("http://127.0.0.1:{port}"), CLIENT_SECRET));
    let answer = visit.get(BEGIN).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        alert(&answer).contains("không trả lời") && alert(&answer).contains("tên và mật khẩu"),
        "{}",
        alert(&answer)
    );
    assert_eq!(visit.cookie("cho-cong"), None);
    assert_eq!(visit.sign_in("hoa", PASSWORD).await.location(), "/chi-tieu");
}

#[tokio::test]
async fn a_wrong_secret_and_a_provider_of_another_name_are_refused() {
    let scene = Scene::set();
    let mut visit = Visit::set(&scene.app, settings(scene.provider.issuer(), "sai"));
    let begun = visit.get(BEGIN).await;
    let answer = visit.get(&scene.provider.visit(begun.location()).await).await;
    assert!(alert(&answer).contains("không xác nhận"));
    assert_eq!(scene.provider.complaint(), "the client does not know the secret");
    // It names itself otherwise than we were told.
    let mut visit = Visit::set(&scene.app, settings(&format!("{}/", scene.provider.issuer()), CLIENT_SECRET));
    assert!(alert(&visit.get(BEGIN).await).contains("không"));
}

#[tokio::test]
async fn without_a_provider_there_is_no_such_way_in() {
    let app = house();
    let mut visit = Visit::to(&app);
    assert!(!visit.get("/dang-nhap").await.text().contains("mot-lan"));
    for path in [BEGIN, "/dang-nhap/tro-ve?code=x&state=y"] {
        assert_eq!(visit.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
