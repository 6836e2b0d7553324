//! A sign-in provider as others run them: a real HTTP server with discovery, keys, authorization and tokens, that
//! checks what it is sent, and can be told to misbehave. Its keys are made for these tests and guard nothing.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use openidconnect::core::{CoreJsonWebKeySet, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey};
use serde_json::json;
use thidua_base::Timestamp;

const KEY: &str = include_str!("key.pem");
const OTHER_KEY: &str = include_str!("other_key.pem");

/// By what name it knows the site, and the secret they share.
pub const CLIENT_ID: &str = "thi-dua";
pub const CLIENT_SECRET: &str = "khóa dùng chung";

/// What it does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mischief {
    Nothing,
    WrongNonce,
    ForeignSignature,
    NoSignature,
    SharedSecretSignature,
    WrongAudience,
    SecondAudience,
    WrongIssuer,
    Expired,
    NoIdentity,
    SaysNo,
    TokenEndpointBroken,
}

/// A provider that runs as long as the test.
pub struct IdentityProvider {
    address: SocketAddr,
    inner: Arc<Inner>,
}

struct Inner {
    issuer: String,
    now: Timestamp,
    state: Mutex<Inside>,
}

struct Inside {
    mischief: Mischief,
    subject: String,
    /// Codes that were given and not yet used.
    codes: HashMap<String, Asked>,
    given: usize,
    /// What the last question to the token endpoint was refused for.
    complaint: String,
}

struct Asked {
    nonce: String,
    challenge: String,
    redirect: String,
}

impl IdentityProvider {
    /// Starts one on a free port of this machine, whose clock stands at an instant.
    pub fn start(now: Timestamp) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let inside = Inside {
            mischief: Mischief::Nothing,
            subject: "sub-1".into(),
            codes: HashMap::new(),
            given: 0,
            complaint: String::new(),
        };
        let inner = Arc::new(Inner { issuer: format!("http://{address}/realms/tinh"), now, state: Mutex::new(inside) });
        let router = Router::new()
            .route("/realms/tinh/.well-known/openid-configuration", get(describe))
            .route("/realms/tinh/keys", get(keys))
            .route("/realms/tinh/authorize", get(authorize))
            .route("/realms/tinh/token", post(token))
            .with_state(Arc::clone(&inner));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                axum::serve(listener, router).await.unwrap();
            });
        });
        Self { address, inner }
    }

    pub fn issuer(&self) -> &str {
        &self.inner.issuer
    }

    /// Does something wrong from now on.
    pub fn misbehave(&self, mischief: Mischief) {
        self.inner.state.lock().unwrap().mischief = mischief;
    }

    /// Whom it vouches for from now on.
    pub fn vouch_for(&self, subject: &str) {
        subject.clone_into(&mut self.inner.state.lock().unwrap().subject);
    }

    /// What the last question to the token endpoint was refused for.
    pub fn complaint(&self) -> String {
        self.inner.state.lock().unwrap().complaint.clone()
    }

    /// Goes where a browser is sent, and gives the path and query it is sent back to.
    pub async fn visit(&self, url: &str) -> String {
        assert!(url.starts_with(&format!("http://{}/", self.address)), "{url}");
        // Refused only where one is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        let answer = client.get(url).send().await.unwrap();
        assert_eq!(answer.status(), 303, "{url}");
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        back.strip_prefix("http://127.0.0.1:8020").unwrap_or_else(|| panic!("{back}")).to_owned()
    }
}

async fn describe(State(inner): State<Arc<Inner>>) -> Response {
    let at = |path: &str| format!("{}/{path}", inner.issuer);
    axum_json(&json!({
        "issuer": inner.issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "jwks_uri": at("keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }))
}

async fn keys() -> Response {
    let set = CoreJsonWebKeySet::new(vec![key(KEY).as_verification_key()]);
    axum_json(&serde_json::to_value(&set).unwrap())
}

async fn authorize(State(inner): State<Arc<Inner>>, Query(asked): Query<HashMap<String, String>>) -> Response {
    let told = |name: &str| asked.get(name).cloned().unwrap_or_default();
    assert_eq!((told("response_type"), told("client_id")), ("code".into(), CLIENT_ID.into()));
    assert_eq!((told("scope"), told("code_challenge_method")), ("openid".into(), "S256".into()));
    let redirect = told("redirect_uri");
    let mut inside = inner.state.lock().unwrap();
    if inside.mischief == Mischief::SaysNo {
        let to = format!("{redirect}?error=access_denied&state={}", told("state"));
        return Redirect::to(&to).into_response();
    }
    inside.given += 1;
    let code = format!("ma-{}", inside.given);
    let to = format!("{redirect}?code={code}&state={}", told("state"));
    inside.codes.insert(code, Asked { nonce: told("nonce"), challenge: told("code_challenge"), redirect });
    Redirect::to(&to).into_response()
}

async fn token(
    State(inner): State<Arc<Inner>>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    let told = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let mut inside = inner.state.lock().unwrap();
    let refused = |inside: &mut Inside, why: &str| {
        why.clone_into(&mut inside.complaint);
        (StatusCode::BAD_REQUEST, axum_json(&json!({ "error": "invalid_grant" }))).into_response()
    };
    if inside.mischief == Mischief::TokenEndpointBroken {
        return (StatusCode::INTERNAL_SERVER_ERROR, "<h1>oops</h1>").into_response();
    }
    let expected = format!("Basic {}", base64(format!("{CLIENT_ID}:{}", escaped(CLIENT_SECRET)).as_bytes(), STANDARD));
    if headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()) != Some(&expected) {
        return refused(&mut inside, "the client does not know the secret");
    }
    let Some(asked) = inside.codes.remove(&told("code")) else { return refused(&mut inside, "no such code") };
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(told("code_verifier")));
    if challenge.as_str() != asked.challenge {
        return refused(&mut inside, "the verifier does not fit");
    }
    if told("redirect_uri") != asked.redirect || told("grant_type") != "authorization_code" {
        return refused(&mut inside, "another address or grant");
    }
    let (mischief, second) = (inside.mischief, inner.now.second());
    let mut claims = json!({
        "iss": inner.issuer,
        "sub": inside.subject,
        "aud": CLIENT_ID,
        "iat": second - 5,
        "exp": second + 300,
        "nonce": asked.nonce,
        // A name that an account has: nobody may enter by it.
        "preferred_username": "hoa",
        "email": "hoa@example.vn",
        "email_verified": true,
    });
    match mischief {
        Mischief::WrongNonce => claims["nonce"] = json!("0".repeat(64)),
        Mischief::WrongAudience => claims["aud"] = json!("ai-do-khac"),
        Mischief::SecondAudience => claims["aud"] = json!([CLIENT_ID, "ai-do-khac"]),
        Mischief::WrongIssuer => claims["iss"] = json!("https://sso.example.vn"),
        Mischief::Expired => claims["exp"] = json!(second - 1),
        _ => {}
    }
    let mut answer = json!({ "access_token": "x", "token_type": "Bearer", "expires_in": 300 });
    if mischief != Mischief::NoIdentity {
        answer["id_token"] = json!(signed(&claims, mischief));
    }
    axum_json(&answer)
}

/// The claims as a token, signed with the key that is published, unless it is told otherwise.
fn signed(claims: &serde_json::Value, mischief: Mischief) -> String {
    let algorithm = match mischief {
        Mischief::NoSignature => "none",
        Mischief::SharedSecretSignature => "HS256",
        _ => "RS256",
    };
    let head = json!({ "alg": algorithm, "typ": "JWT", "kid": "k1" });
    let text = format!(
        "{}.{}",
        base64(head.to_string().as_bytes(), FOR_ADDRESSES),
        base64(claims.to_string().as_bytes(), FOR_ADDRESSES)
    );
    let signature = match mischief {
        Mischief::NoSignature => Vec::new(),
        Mischief::SharedSecretSignature => {
            let key = openidconnect::core::CoreHmacKey::new(CLIENT_SECRET);
            key.sign(&CoreJwsSigningAlgorithm::HmacSha256, text.as_bytes()).unwrap()
        }
        Mischief::ForeignSignature => sign(OTHER_KEY, &text),
        _ => sign(KEY, &text),
    };
    format!("{text}.{}", base64(&signature, FOR_ADDRESSES))
}

fn sign(pem: &str, text: &str) -> Vec<u8> {
    key(pem).sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, text.as_bytes()).unwrap()
}

fn key(pem: &str) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new("k1".into()))).unwrap()
}

fn axum_json(value: &serde_json::Value) -> Response {
    ([("content-type", "application/json")], value.to_string()).into_response()
}

/// As forms escape: what RFC 6749 (2.3.1) demands of a secret in this header.
fn escaped(text: &str) -> String {
    openidconnect::url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

const STANDARD: (&[u8; 2], bool) = (b"+/", true);
const FOR_ADDRESSES: (&[u8; 2], bool) = (b"-_", false);

/// RFC 4648 (4 and 5).
fn base64(bytes: &[u8], (last, padded): (&[u8; 2], bool)) -> String {
    let letter = |six: u32| match six {
        0..=25 => b'A' + six as u8,
        26..=51 => b'a' + (six - 26) as u8,
        52..=61 => b'0' + (six - 52) as u8,
        62 => last[0],
        _ => last[1],
    };
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let held = group.iter().fold(0_u32, |held, byte| held << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            out.push(char::from(letter(held >> (18 - 6 * place) & 63)));
        }
        if padded {
            out.push_str(&"=".repeat(3 - group.len()));
        }
    }
    out
}
