//! How often one address may try to sign in.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::http::Extensions;
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

/// The address a request comes from, as the connection says; headers that a proxy may add are not believed.
/// Behind a proxy all share its address, and its own limit is the one that counts.
pub fn address(extensions: &Extensions) -> IpAddr {
    let connection = extensions.get::<ConnectInfo<SocketAddr>>();
    connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip().to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

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
