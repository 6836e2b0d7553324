//! The code of a secret ballot, shown once to whoever cast it.

use askama::Template;

use crate::page::Page;

/// The code, or that an open vote was written down. It is the answer to the form itself: no address leads to it.
#[derive(Debug, Template)]
#[template(path = "council/receipt.html")]
pub struct ReceiptPage {
    /// The frame.
    pub page: Page,
    /// The code; empty for an open vote.
    pub code: String,
    /// Where the room is.
    pub to_room: String,
}

#[cfg(test)]
impl crate::sampled::Sampled for ReceiptPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        let of = |code: &str| Self {
            page: crate::sampled::frame(crate::page::Part::Councils, lang),
            code: code.into(),
            to_room: "/hoi-dong/phien/ph-1".into(),
        };
        vec![of(""), of("K7M2QX9A")]
    }
}
