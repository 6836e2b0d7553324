//! A figure on the screen: its text, the way to its passport, and a mark where it is not simply reported.

use askama::Template;
use thidua_base::{Number, Percent};
use thidua_domain::Origin;
use thidua_domain::indicator::figures::Actual;

use crate::messages::Messages;

/// A figure in a cell or a line of text.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/figure.html")]
pub struct Figure {
    /// The text as shown.
    pub text: String,
    /// The address of its passport; empty where it has none.
    pub href: String,
    /// The mark of its origin.
    pub mark: Option<Mark>,
    /// Whether it stands for a figure that is not there.
    pub presence: Presence,
}

/// Whether there is a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// There is one.
    Given,
    /// There should be one and there is none; the text says why.
    Missing,
    /// There cannot be one; a dash, and the text says why to those who ask.
    Dash,
}

/// The origin of a fact in words and by a class of the stylesheet; colour never stands alone.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "parts/mark.html")]
pub struct Mark {
    /// Class of the stylesheet.
    pub class: &'static str,
    /// The word.
    pub word: &'static str,
    /// What the word means.
    pub meaning: &'static str,
}

// Both escape what they are given, so their text is HTML already.
impl askama::filters::HtmlSafe for Figure {}
impl askama::filters::HtmlSafe for Mark {}

impl Mark {
    /// The mark of any origin, reported ones too.
    pub fn of(say: &'static Messages, origin: Origin) -> Self {
        let class = origin.word();
        Self { class, word: say.get(&format!("origin.{class}")), meaning: say.get(&format!("origin.{class}-meaning")) }
    }

    /// The mark of an origin that a reader must be told of: implied or sample.
    pub fn warning(say: &'static Messages, origin: Origin) -> Option<Self> {
        match origin {
            Origin::Implied { .. } | Origin::Sample => Some(Self::of(say, origin)),
            Origin::Reported | Origin::Reference => None,
        }
    }
}

impl Figure {
    /// A figure without a passport.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: String::new(), mark: None, presence: Presence::Given }
    }

    /// A figure that is not there, with the reason.
    pub fn missing(reason: impl Into<String>) -> Self {
        Self { text: reason.into(), href: String::new(), mark: None, presence: Presence::Missing }
    }

    /// A dash where there cannot be a figure, with the reason for those who ask.
    pub fn dash(reason: impl Into<String>) -> Self {
        Self { presence: Presence::Dash, ..Self::missing(reason) }
    }

    /// A figure with its passport and the mark of its origin.
    pub fn bound(text: impl Into<String>, href: String, mark: Option<Mark>) -> Self {
        Self { text: text.into(), href, mark, presence: Presence::Given }
    }

    /// The value of an indicator, or "not reported".
    pub fn actual(say: &'static Messages, actual: &Actual, decimals: u8, href: String) -> Self {
        match actual.value {
            Some(value) => Self::bound(
                value.rounded(decimals).vi(),
                href,
                actual.origin.and_then(|origin| Mark::warning(say, origin)),
            ),
            None => Self { href, ..Self::missing(say.get("figure.not-reported")) },
        }
    }

    /// A percentage, or why there is none.
    pub fn percent(say: &'static Messages, percent: Percent) -> Self {
        match percent {
            Percent::Of(number) => Self::plain(number.vi_with("%")),
            Percent::NoBase => Self::missing(say.get("figure.no-base")),
            Percent::NegativeBase => Self::missing(say.get("figure.negative-base")),
        }
    }

    /// A change with its sign: `+2,4%`, `−2,8%`, `0,0%`.
    pub fn change(number: Number, measure: &str) -> Self {
        Self::plain(signed(number, measure))
    }
}

/// A number with its sign written out, minus as `−`.
pub fn signed(number: Number, measure: &str) -> String {
    let sign = match (number.is_zero(), number.is_negative()) {
        (true, _) => "",
        (false, true) => "−",
        (false, false) => "+",
    };
    format!("{sign}{}", number.magnitude().vi_with(measure))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn a_change_carries_its_sign() {
        assert_eq!(signed(n("2.4"), "%"), "+2,4%");
        assert_eq!(signed(n("-2.8"), "%"), "−2,8%");
        assert_eq!(signed(n("0.0"), "%"), "0,0%");
    }

    #[test]
    fn a_missing_figure_says_so_and_a_sample_is_marked() {
        let say = Messages::vi();
        let sample = Figure::bound("12", "/so-lieu/x".into(), Mark::warning(say, Origin::Sample));
        let html = sample.render().unwrap();
        assert!(html.contains("href=\"/so-lieu/x\"") && html.contains("mẫu"), "{html}");
        let html = Figure::missing(say.get("figure.not-reported")).render().unwrap();
        assert!(html.contains("chưa báo cáo"), "{html}");
        assert!(Mark::warning(say, Origin::Reported).is_none());
    }
}
