//! What a reader chose for the screen: language and light. Kept in two cookies, no account needed.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

use crate::messages::Lang;

/// The choices of one reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Prefs {
    /// Language of the interface.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the machine is set.
    #[default]
    Machine,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The cookie that keeps the language: `vi` or `en`.
pub const LANG_COOKIE: &str = "ngon-ngu";
/// The cookie that keeps the light: `may`, `sang` or `toi`.
pub const THEME_COOKIE: &str = "giao-dien";

impl Theme {
    /// The word in the cookie and on the root element.
    pub fn code(self) -> &'static str {
        match self {
            Self::Machine => "may",
            Self::Light => "sang",
            Self::Dark => "toi",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Machine, Self::Light, Self::Dark].into_iter().find(|theme| theme.code() == word)
    }
}

/// Reads `vi` or `en`; an unknown word is none.
pub fn lang_of(word: &str) -> Option<Lang> {
    [Lang::Vi, Lang::En].into_iter().find(|lang| lang.code() == word)
}

impl Prefs {
    /// Reads the cookies; what is missing or unknown falls back to Vietnamese and the machine's light.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut prefs = Self::default();
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        for (name, value) in cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('=')) {
            match name {
                LANG_COOKIE => prefs.lang = lang_of(value).unwrap_or_default(),
                THEME_COOKIE => prefs.theme = Theme::parse(value).unwrap_or_default(),
                _ => {}
            }
        }
        prefs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefs(cookie: &str) -> Prefs {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, cookie.parse().unwrap());
        Prefs::of(&headers)
    }

    #[test]
    fn cookies_are_read_and_nonsense_is_the_default() {
        assert_eq!(prefs("a=1; ngon-ngu=en; giao-dien=toi"), Prefs { lang: Lang::En, theme: Theme::Dark });
        assert_eq!(prefs("ngon-ngu=fr; giao-dien=<b>"), Prefs::default());
        assert_eq!(Prefs::of(&HeaderMap::new()), Prefs::default());
    }
}
