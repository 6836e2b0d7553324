//! What the operator set: proxies that are believed, and the sign-in provider.

use std::fmt;
use std::net::IpAddr;

use openidconnect::url::{Host, Url};

use crate::paths;

/// What the operator set; by default nobody is believed and there is no provider.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// The sign-in provider.
    pub provider: Option<Provider>,
}

/// A sign-in provider as it was asked for.
#[derive(Clone, Default)]
pub struct ProviderAsked {
    /// The address by which it names itself; its discovery document lies below.
    pub issuer: String,
    /// By what name it knows us.
    pub client_id: String,
    /// The secret it shares with us; `None` for a public client, which has only the proof of key exchange.
    pub secret: Option<String>,
    /// What people call it; empty for the host of its address.
    pub name: String,
    /// The address under which people open this site, without a path.
    pub public_url: String,
}

/// A sign-in provider; printing it does not show the secret.
#[derive(Clone)]
pub struct Provider {
    asked: ProviderAsked,
    redirect: String,
}

/// What is wrong with the settings of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsFault {
    /// Its address is none, or goes in the open beyond this machine.
    Issuer,
    /// The address of this site is none, or goes in the open beyond this machine, or has a path.
    PublicUrl,
    /// It knows us by no name.
    ClientId,
}

impl Provider {
    /// A provider.
    ///
    /// # Errors
    /// [`SettingsFault`], where an address is not `https://…` (or loopback) or something is missing.
    pub fn new(asked: ProviderAsked) -> Result<Self, SettingsFault> {
        let issuer = Url::parse(&asked.issuer).ok().filter(is_guarded).ok_or(SettingsFault::Issuer)?;
        let site = Url::parse(&asked.public_url).ok().filter(is_guarded).ok_or(SettingsFault::PublicUrl)?;
        if site.path() != "/" || site.query().is_some() || site.fragment().is_some() {
            return Err(SettingsFault::PublicUrl);
        }
        if asked.client_id.trim().is_empty() {
            return Err(SettingsFault::ClientId);
        }
        let redirect = format!("{}{}", site.as_str().trim_end_matches('/'), paths::PROVIDER_BACK);
        let mut asked = asked;
        if asked.name.trim().is_empty() {
            asked.name = issuer.host_str().unwrap_or_default().to_owned();
        }
        Ok(Self { asked, redirect })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.asked.name
    }

    /// The address by which it names itself.
    pub fn issuer(&self) -> &str {
        &self.asked.issuer
    }

    /// By what name it knows us.
    pub fn client_id(&self) -> &str {
        &self.asked.client_id
    }

    /// Where it sends people back to; to be registered with it.
    pub fn redirect(&self) -> &str {
        &self.redirect
    }

    /// The secret it shares with us.
    pub(crate) fn secret(&self) -> Option<&str> {
        self.asked.secret.as_deref()
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.asked.issuer).finish_non_exhaustive()
    }
}

impl fmt::Debug for ProviderAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderAsked").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Whether what goes to an address is guarded: over TLS, or not leaving this machine.
pub(crate) fn is_guarded(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_loopback(url),
        _ => false,
    }
}

/// Whether an address is this machine's own.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(issuer: &str, public_url: &str) -> Result<Provider, SettingsFault> {
        Provider::new(ProviderAsked {
            issuer: issuer.into(),
            client_id: "thi-dua".into(),
            secret: Some("bí mật".into()),
            name: String::new(),
            public_url: public_url.into(),
        })
    }

    #[test]
    fn addresses_are_guarded_and_the_secret_is_not_printed() {
        let good = asked("https://sso.example.vn/realms/tinh", "https://thidua.example.vn/").unwrap();
        assert_eq!(good.redirect(), "https://thidua.example.vn/dang-nhap/tro-ve");
        assert_eq!((good.name(), good.issuer()), ("sso.example.vn", "https://sso.example.vn/realms/tinh"));
        assert!(!format!("{good:?} {:?}", good.asked).contains("bí mật"));
        assert!(asked("http://127.0.0.1:9", "http://localhost:8020").is_ok());
        for bad in ["http://sso.example.vn", "sso.example.vn", "ftp://127.0.0.1", "", "http://127.0.0.1.example.vn"] {
            assert_eq!(asked(bad, "https://a.vn").unwrap_err(), SettingsFault::Issuer, "{bad}");
            assert_eq!(asked("https://a.vn", bad).unwrap_err(), SettingsFault::PublicUrl, "{bad}");
        }
        assert_eq!(asked("https://a.vn", "https://a.vn/x").unwrap_err(), SettingsFault::PublicUrl);
        let nameless = ProviderAsked {
            issuer: "https://a.vn".into(),
            public_url: "https://b.vn".into(),
            ..ProviderAsked::default()
        };
        assert_eq!(Provider::new(nameless).unwrap_err(), SettingsFault::ClientId);
    }
}
