//! Cookies: read from a request, and written with the marks that guard them.

use axum::http::header::{COOKIE, HOST, HeaderValue};
use axum::http::{HeaderMap, Uri};

/// The cookie of a session.
pub const SESSION: &str = "phien";
/// The cookie that ties the sign-in form to the browser it was made for.
pub const FORM: &str = "bieu-mau";

/// The cookie of a sign-in that awaits a code.
pub const AWAITED_CODE: &str = "cho-ma";
/// The cookie of a sign-in that awaits the answer of a provider.
pub const AWAITED_PROVIDER: &str = "cho-cong";

/// The value of a cookie, the first where a browser sends several.
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// How a connection may carry secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// This machine only: the address asked for is loopback.
    Loopback,
    /// Anything else; a secret goes over TLS or not at all.
    Network,
}

impl Channel {
    /// The channel of a request, by the host it asks for. Unknown counts as the network; whoever forges the
    /// host of a request forges only their own answer. A proxy must hand on the host that was asked for.
    pub fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let asked = headers.get(HOST).and_then(|host| host.to_str().ok()).or(uri.authority().map(|a| a.as_str()));
        let host =
            asked.map_or("", |host| host.rsplit_once(':').map_or(host, |(name, port)| name_of(host, name, port)));
        let is_loopback = host == "localhost" || host == "[::1]" || is_loopback_v4(host);
        if is_loopback { Self::Loopback } else { Self::Network }
    }
}

/// The host without its port; `[::1]` has colons of its own.
fn name_of<'a>(host: &'a str, name: &'a str, port: &str) -> &'a str {
    if port.bytes().all(|b| b.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) { name } else { host }
}

fn is_loopback_v4(host: &str) -> bool {
    host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

/// A cookie that scripts cannot read, that other sites' forms do not send, and that ends with the browser.
pub fn secret(name: &str, value: &str, channel: Channel) -> HeaderValue {
    let mut text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax");
    secure(&mut text, channel);
    HeaderValue::from_str(&text).expect("names and values are letters, digits and hyphens")
}

/// Removes a cookie that [`secret`] set.
pub fn removed(name: &str, channel: Channel) -> HeaderValue {
    let mut text = format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    secure(&mut text, channel);
    HeaderValue::from_str(&text).expect("names are letters and hyphens")
}

fn secure(text: &mut String, channel: Channel) {
    match channel {
        Channel::Loopback => {}
        Channel::Network => text.push_str("; Secure"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: axum::http::HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let sent = headers(COOKIE, "a=1; phien=x; phien=y; bieu-mau=");
        assert_eq!((value(&sent, SESSION), value(&sent, FORM), value(&sent, "b")), (Some("x"), Some(""), None));
    }

    #[test]
    fn only_loopback_carries_secrets_in_the_open() {
        let channel = |host: &str| Channel::of(&Uri::from_static("/"), &headers(HOST, host));
        for host in ["localhost", "localhost:8020", "127.0.0.1:8020", "127.9.9.9", "[::1]:8020", "[::1]"] {
            assert_eq!(channel(host), Channel::Loopback, "{host}");
        }
        for host in ["thidua.gov.vn", "thidua.gov.vn:8020", "localhost.evil.vn", "10.0.0.1:80", "::2", "127.0.0.1.vn"] {
            assert_eq!(channel(host), Channel::Network, "{host}");
        }
        assert_eq!(Channel::of(&Uri::from_static("/"), &HeaderMap::new()), Channel::Network);
        assert!(!secret(SESSION, "x", Channel::Loopback).to_str().unwrap().contains("Secure"));
        assert!(secret(SESSION, "x", Channel::Network).to_str().unwrap().ends_with("; Secure"));
        assert!(removed(SESSION, Channel::Network).to_str().unwrap().contains("Max-Age=0"));
    }
}
