//! What the pages for entering figures share: the list of absences, and blocks of data for their scripts.

use std::collections::BTreeMap;

use serde::Serialize;
use thidua_domain::indicator::{Absence, Reading, Value};

use super::wire::ABSENCES;
use crate::indicator::passport::absence_word;
use crate::messages::{Lang, Messages};

/// An absence in the list: its word as sent, in the reader's language, and as it may be typed.
pub type AbsenceView = (&'static str, &'static str, &'static str);

/// The absences to choose from.
pub fn absence_views(say: &'static Messages) -> Vec<AbsenceView> {
    ABSENCES.map(|(absence, word)| (word, absence_word(say, absence), typed_word(absence))).to_vec()
}

/// The absences as cells show them, by their words as sent.
pub fn shown_absences() -> BTreeMap<&'static str, &'static str> {
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
