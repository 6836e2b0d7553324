//! What the pages for entering figures share: the list of absences, and blocks of data for their scripts.

use std::collections::BTreeMap;

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use serde::Serialize;
use sha2::{Digest, Sha256};
use thidua_domain::collection::check::Severity;
use thidua_domain::collection::typed::Misread;
use thidua_domain::indicator::{Absence, Reading, Value};

use super::sheet::misread_words;
use super::wire::ABSENCES;
use crate::indicator::passport::absence_word;
use crate::messages::{Lang, Messages};
use crate::site::Ask;

/// Sentences by their words.
pub type Words = BTreeMap<&'static str, &'static str>;

/// An absence in the list: its word as sent, in the reader's language, and as it may be typed.
pub type AbsenceView = (&'static str, &'static str, &'static str);

/// The absences to choose from.
pub fn absence_views(say: &'static Messages) -> Vec<AbsenceView> {
    ABSENCES.map(|(absence, word)| (word, absence_word(say, absence), typed_word(absence))).to_vec()
}

/// The absences as cells show them, by their words as sent.
pub fn shown_absences() -> Words {
    ABSENCES.map(|(absence, word)| (word, typed_word(absence))).into()
}

/// An absence as a cell shows it: in Vietnamese as it is read, so that what is shown may be sent back.
pub fn typed_word(absence: Absence) -> &'static str {
    absence_word(Messages::of(Lang::Vi), absence)
}

/// What a cell shows.
pub fn cell_text(reading: Option<&Reading>) -> String {
    match reading.map(|reading| reading.value) {
        Some(Value::Of(number)) => number.vi(),
        Some(Value::Absent(absence)) => typed_word(absence).to_owned(),
        None => String::new(),
    }
}

/// Keys of the sentences that the script shows.
const SCRIPT_WORDS: [&str; 21] = [
    "saved",
    "waiting",
    "unsent",
    "offline",
    "online",
    "sending",
    "conflict",
    "keep-theirs",
    "take-mine",
    "both-values",
    "ambiguous",
    "converted",
    "unclear",
    "finer",
    "sign-in-again",
    "explain",
    "save-explanation",
    "explained",
    "open-findings",
    "kept",
    "reload",
];

/// The sentences that the script shows.
pub fn script_words(say: &'static Messages) -> Words {
    SCRIPT_WORDS.iter().map(|word| (*word, say.get(&format!("grid.{word}")))).collect()
}

/// Why a text is not read, by the word of the reason.
pub fn typed_words(say: &'static Messages) -> Words {
    Misread::ALL.iter().map(|why| (why.word(), misread_words(say, *why))).collect()
}

/// Every severity with its class and word.
pub fn severities(say: &'static Messages) -> BTreeMap<&'static str, [&'static str; 2]> {
    Severity::ALL.map(|severity| (severity.word(), severity_view(say, severity))).into()
}

/// A severity as a class of the stylesheet and a word.
pub fn severity_view(say: &'static Messages, severity: Severity) -> [&'static str; 2] {
    match severity {
        Severity::Block => ["bad", say.get("check-severity.block")],
        Severity::Explain => ["warn", say.get("check-severity.explain")],
        Severity::Warn => ["note", say.get("check-severity.warn")],
        Severity::Info => ["plain", say.get("check-severity.info")],
    }
}

/// The header that lets a device keep a page, for whom: names a session without telling anything of it.
const KEEP_FOR: HeaderName = HeaderName::from_static("x-giu-cho");

/// Lets the device keep a page for entering figures; the pages of one session never answer another.
pub fn may_be_kept(ask: &Ask, response: &mut Response) {
    let Some(token) = ask.token() else { return };
    let hash = Sha256::digest(format!("page kept for {}", token.text()));
    let owner: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    if let Ok(owner) = HeaderValue::from_str(&owner) {
        response.headers_mut().insert(KEEP_FOR, owner);
    }
}

/// JSON for a block of data: no sign in it ends the block.
pub fn data_block(data: &impl Serialize) -> String {
    serde_json::to_string(data).unwrap_or_default().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_domain::collection::read_typed;

    #[test]
    fn what_a_cell_shows_is_read_as_what_it_is() {
        for (absence, _) in ABSENCES {
            assert_eq!(read_typed(typed_word(absence), "ha", 0).value(), Some(Value::Absent(absence)));
        }
    }

    #[test]
    fn no_text_ends_its_block() {
        assert_eq!(data_block(&"</script><!--"), "\"\\u003c/script>\\u003c!--\"");
    }
}
