//! The questions to a sign-in provider and the checks of its answers: OpenID Connect with authorization code and
//! proof of key exchange.
//!
//! State, nonce and verifier follow from one random token that only the browser's cookie holds, so the database
//! keeps nothing by which a copy of it could answer for anyone. The provider's keys are asked for each time: sign-ins
//! are few, and a key it has withdrawn is void at once.

use std::io::Read;
use std::sync::Once;
use std::time::Duration;

use openidconnect::core::CoreClientAuthMethod;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata};
use openidconnect::url::Url;
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, DiscoveryError,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    TokenResponse,
};
use sha2::{Digest, Sha256};
use thidua_app::entropy::hex;
use thidua_base::Timestamp;
use thidua_domain::Refusal;

use crate::settings::{Provider, is_guarded, is_loopback};

/// Longest time for one question; a sign-in asks three.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(8);
/// Longest answer in bytes: keys and tokens are a few kilobytes.
const ANSWER_BYTES_MAX: u64 = 512 * 1024;

/// Algorithms of signatures that are believed: all with a key pair. A secret shared with the provider signs nothing.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
];

/// Whom the provider vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The provider's name of itself.
    pub issuer: String,
    /// The person, as it knows them.
    pub subject: String,
}

/// Why nobody was vouched for.
#[derive(Debug, thiserror::Error)]
pub enum AskingFault {
    /// The provider could not be asked.
    #[error("the sign-in provider does not answer: {0}")]
    Silent(String),
    /// What it says cannot be believed, or it says no.
    #[error("the sign-in provider's answer is not good: {0}")]
    Refused(String),
}

impl AskingFault {
    /// What the person is told; the rest goes to the log, which holds no token and no secret.
    pub fn told(self) -> Refusal {
        tracing::warn!(why = %self, "single sign-on");
        match self {
            Self::Silent(_) => Refusal::ProviderSilent,
            Self::Refused(_) => Refusal::ProviderRefused,
        }
    }
}

/// Where to send the browser.
///
/// # Errors
/// Where the provider is silent or does not describe itself as the standard says.
pub fn way_there(provider: &Provider, token: &str) -> Result<String, AskingFault> {
    let metadata = described(provider)?;
    let (state, nonce) = (state(token), nonce(token));
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier(token));
    let (url, _, _) =
        CoreClient::from_provider_metadata(metadata, ClientId::new(provider.client_id().to_owned()), None)
            .set_redirect_uri(redirect(provider)?)
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state.clone(), move || nonce.clone())
            .set_pkce_challenge(challenge)
            .url();
    if is_guarded(&url) { Ok(url.into()) } else { Err(AskingFault::Refused(format!("{} is not guarded", shown(&url)))) }
}

/// Whether a state follows from a token. Compares in constant time.
pub fn fits(token: &str, given: &str) -> bool {
    let expected = derived("state", token);
    let difference = expected.bytes().zip(given.bytes()).fold(0, |found, (a, b)| found | (a ^ b));
    given.len() == expected.len() && difference == 0
}

/// Exchanges a code for the provider's word, and checks it: signature, issuer, audience, time, nonce.
///
/// # Errors
/// Where the provider is silent, refuses the code, or its word does not stand.
pub fn answer(provider: &Provider, token: &str, code: &str, now: Timestamp) -> Result<Answered, AskingFault> {
    let metadata = described(provider)?;
    let refused = |why: String| AskingFault::Refused(why);
    let by_form = metadata.token_endpoint_auth_methods_supported().is_some_and(|known| {
        !known.contains(&CoreClientAuthMethod::ClientSecretBasic)
            && known.contains(&CoreClientAuthMethod::ClientSecretPost)
    });
    let secret = provider.secret().map(|secret| ClientSecret::new(secret.to_owned()));
    let client = CoreClient::from_provider_metadata(metadata, ClientId::new(provider.client_id().to_owned()), secret)
        .set_redirect_uri(redirect(provider)?)
        .set_auth_type(if by_form { AuthType::RequestBody } else { AuthType::BasicAuth });
    let exchange = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .map_err(|error| refused(error.to_string()))?
        .set_pkce_verifier(verifier(token));
    let http = client_for(provider)?;
    let response = exchange.request(&|request| http.send(request)).map_err(|error| match error {
        RequestTokenError::Request(HttpFault(why)) => AskingFault::Silent(why),
        RequestTokenError::ServerResponse(said) => refused(format!("it refuses the code: {}", said.error())),
        RequestTokenError::Parse(error, _) => refused(format!("its answer cannot be read: {}", error.inner())),
        RequestTokenError::Other(why) => refused(why),
    })?;
    let id_token = response.id_token().ok_or_else(|| refused("it sent no identity".to_owned()))?;
    let instant =
        chrono::DateTime::from_timestamp(now.second(), 0).ok_or_else(|| refused("no such time".to_owned()))?;
    let checker = client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(move || instant);
    let claims = id_token.claims(&checker, &nonce(token)).map_err(|error| refused(shortly(&error)))?;
    Ok(Answered { issuer: claims.issuer().as_str().to_owned(), subject: claims.subject().as_str().to_owned() })
}

/// What is wrong with an identity, without what stands in it.
fn shortly(error: &ClaimsVerificationError) -> String {
    let what = match error {
        ClaimsVerificationError::Expired(_) => "expired",
        ClaimsVerificationError::InvalidAudience(_) => "made for another audience",
        ClaimsVerificationError::InvalidIssuer(_) => "made by another issuer",
        ClaimsVerificationError::InvalidNonce(_) => "made for another sign-in",
        ClaimsVerificationError::SignatureVerification(_) => "its signature does not stand",
        _ => "not as the standard says",
    };
    format!("the identity is {what}")
}

fn state(token: &str) -> CsrfToken {
    CsrfToken::new(derived("state", token))
}

fn nonce(token: &str) -> Nonce {
    Nonce::new(derived("nonce", token))
}

fn verifier(token: &str) -> PkceCodeVerifier {
    PkceCodeVerifier::new(derived("verifier", token))
}

/// One of the values that follow from a token; none leads back to it or to another.
fn derived(what: &str, token: &str) -> String {
    let mut hasher = Sha256::new();
    for part in ["thidua single sign-on 1", what, token] {
        let length = u64::try_from(part.len()).expect("no text in memory is longer than u64");
        hasher.update(length.to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

fn redirect(provider: &Provider) -> Result<RedirectUrl, AskingFault> {
    RedirectUrl::new(provider.redirect().to_owned()).map_err(|error| AskingFault::Refused(error.to_string()))
}

/// The provider's description of itself, with its keys.
fn described(provider: &Provider) -> Result<CoreProviderMetadata, AskingFault> {
    let issuer =
        IssuerUrl::new(provider.issuer().to_owned()).map_err(|error| AskingFault::Refused(error.to_string()))?;
    let http = client_for(provider)?;
    CoreProviderMetadata::discover(&issuer, &|request| http.send(request)).map_err(|error| match error {
        DiscoveryError::Request(HttpFault(why)) => AskingFault::Silent(why),
        DiscoveryError::Response(status, _, _) => AskingFault::Silent(format!("it answers {status}")),
        DiscoveryError::Parse(error) => {
            AskingFault::Refused(format!("its description cannot be read: {}", error.inner()))
        }
        DiscoveryError::UrlParse(error) => AskingFault::Refused(error.to_string()),
        DiscoveryError::Validation(why) | DiscoveryError::Other(why) => AskingFault::Refused(why),
        other => AskingFault::Refused(other.to_string()),
    })
}

/// Why a question got no answer.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct HttpFault(String);

/// Asks the provider and nobody else.
struct Client(reqwest::blocking::Client);

/// A client for one sign-in; made anew each time, since sign-ins are few and it must not outlive its thread.
fn client_for(provider: &Provider) -> Result<Client, AskingFault> {
    static CRYPTOGRAPHY: Once = Once::new();
    CRYPTOGRAPHY.call_once(|| {
        // Refused only where one is installed already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let builder = reqwest::blocking::Client::builder()
        .timeout(ANSWER_TIME_MAX)
        // Whoever redirects us could have us ask anything of the inner network.
        .redirect(reqwest::redirect::Policy::none());
    let is_here = Url::parse(provider.issuer()).is_ok_and(|url| is_loopback(&url));
    let builder = if is_here { builder.no_proxy() } else { builder };
    builder.build().map(Client).map_err(|error| AskingFault::Silent(error.to_string()))
}

impl Client {
    fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpFault> {
        let fault = |error: reqwest::Error| HttpFault(causes(&error.without_url()));
        let (parts, body) = request.into_parts();
        let url = Url::parse(&parts.uri.to_string()).map_err(|error| HttpFault(error.to_string()))?;
        if !is_guarded(&url) {
            return Err(HttpFault(format!("{} is not guarded", shown(&url))));
        }
        let sent = self.0.request(parts.method, url).headers(parts.headers).body(body).send().map_err(fault)?;
        let (status, headers) = (sent.status(), sent.headers().clone());
        if status.is_server_error() {
            return Err(HttpFault(format!("it answers {status}")));
        }
        let mut bytes = Vec::new();
        sent.take(ANSWER_BYTES_MAX).read_to_end(&mut bytes).map_err(|error| HttpFault(error.to_string()))?;
        let mut response = HttpResponse::new(bytes);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// An error with what lies behind it; the outermost alone says "error sending request".
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text.push_str(&format!(": {deeper}"));
        cause = deeper.source();
    }
    text
}

/// An address without its query, which may hold what nobody should read in a log.
fn shown(url: &Url) -> String {
    format!("{}://{}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_follow_from_the_token_and_from_nothing_else() {
        let values = [derived("state", "a"), derived("nonce", "a"), derived("verifier", "a"), derived("state", "b")];
        for (at, value) in values.iter().enumerate() {
            assert_eq!(value.len(), 64);
            assert!(!values[at + 1..].contains(value));
        }
        assert!(fits("a", &values[0]));
        for wrong in ["", "x", &values[1], &values[3], &values[0][1..], &format!("{}0", values[0])] {
            assert!(!fits("a", wrong), "{wrong}");
        }
    }
}
