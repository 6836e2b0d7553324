//! How often one address may try to sign in.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

/// Attempts an address may make at once; one more comes every other second. An office behind one address signs
/// in at eight o'clock without waiting; a guesser gets nowhere, since accounts lock long before.
pub const AT_ONCE: NonZeroU32 = NonZeroU32::new(30).expect("thirty is not zero");
/// Addresses remembered before those that may try again anyway are forgotten.
const ADDRESSES_MOST: usize = 10_000;

/// The attempts of every address; cheap to clone.
#[derive(Debug, Clone)]
pub struct Attempts {
    limiter: Arc<RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self { limiter: Arc::new(RateLimiter::hashmap(Quota::per_minute(AT_ONCE))) }
    }
}

/// Whether one more attempt is let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is.
    Now,
    /// Not yet.
    Later,
}

impl Attempts {
    /// Counts an attempt of an address.
    pub fn one_more(&self, from: IpAddr) -> Turn {
        if self.limiter.len() > ADDRESSES_MOST {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(&from) {
            Ok(()) => Turn::Now,
            Err(_) => Turn::Later,
        }
    }
}

/// The address a request comes from: the connection's, unless that is a proxy we were told to trust. Then it is the
/// last address in `X-Forwarded-For` that is no such proxy: each proxy adds the one it was asked from at the end, and
/// what stands before that may be the visitor's own invention.
pub fn address(extensions: &Extensions, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let connection = extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(from)| from.ip().to_canonical());
    if !proxies.contains(&peer) {
        return peer;
    }
    let lines = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok());
    let told: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    for text in told.into_iter().rev() {
        // What cannot be read ends the search: whoever stands before it cannot be believed either.
        let Ok(from) = text.parse::<IpAddr>() else { return peer };
        if !proxies.contains(&from.to_canonical()) {
            return from.to_canonical();
        }
    }
    peer
}

const FORWARDED_FOR: &str = "x-forwarded-for";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarded_address_is_believed_from_a_trusted_proxy_only() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let from = |peer: &str, told: &[&str], proxies: &[&str]| {
            let mut extensions = Extensions::new();
            extensions.insert(ConnectInfo(SocketAddr::new(ip(peer), 4000)));
            let mut headers = HeaderMap::new();
            for line in told {
                headers.append(FORWARDED_FOR, line.parse().unwrap());
            }
            address(&extensions, &headers, &proxies.iter().map(|text| ip(text)).collect::<Vec<_>>())
        };
        let proxy = ["10.0.0.1"];
        assert_eq!(from("10.0.0.1", &["203.0.113.7"], &[]), ip("10.0.0.1"), "nobody is trusted unasked");
        assert_eq!(from("203.0.113.9", &["203.0.113.7"], &proxy), ip("203.0.113.9"), "the peer is no proxy");
        assert_eq!(from("10.0.0.1", &["203.0.113.7"], &proxy), ip("203.0.113.7"));
        assert_eq!(from("::ffff:10.0.0.1", &["::ffff:203.0.113.7"], &proxy), ip("203.0.113.7"));
        assert_eq!(from("10.0.0.1", &["1.1.1.1, 203.0.113.7"], &proxy), ip("203.0.113.7"), "the first is invented");
        assert_eq!(from("10.0.0.1", &["1.1.1.1", "203.0.113.7"], &proxy), ip("203.0.113.7"));
        assert_eq!(from("10.0.0.1", &["203.0.113.7, 10.0.0.2"], &["10.0.0.1", "10.0.0.2"]), ip("203.0.113.7"));
        for nonsense in [&[][..], &["unknown"], &["203.0.113.7, x"], &["10.0.0.1"]] {
            assert_eq!(from("10.0.0.1", nonsense, &proxy), ip("10.0.0.1"), "{nonsense:?}");
        }
    }

    #[test]
    fn each_address_has_its_own_count() {
        let attempts = Attempts::default();
        let (one, two) = (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)), IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2)));
        for _ in 0..AT_ONCE.get() {
            assert_eq!(attempts.one_more(one), Turn::Now);
        }
        assert_eq!(attempts.one_more(one), Turn::Later);
        assert_eq!(attempts.one_more(two), Turn::Now);
    }
}
