//! Citations: an instrument and the place in it.

use std::fmt;

use thidua_base::code::InstrumentId;

/// A place in an instrument: `luat-06-2022-qh15 Điều 23 khoản 1 điểm b`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The place: `Điều 23 khoản 1 điểm b`; empty where the instrument as a whole is meant.
    pub place: String,
}

/// What a place may begin with.
const OPENINGS: [&str; 6] = ["Điều ", "Phụ lục", "Mẫu số", "Chương ", "Mục ", "Phần "];

impl Citation {
    /// Reads a citation, or `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, place) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let instrument = InstrumentId::parse(id).ok()?;
        let place = place.trim();
        let fits = place.is_empty() || OPENINGS.iter().any(|opening| place.starts_with(opening));
        fits.then(|| Self { instrument, place: place.to_owned() })
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() { self.instrument.fmt(f) } else { write!(f, "{} {}", self.instrument, self.place) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_an_instrument_and_a_place() {
        let cite = Citation::parse("luat-06-2022-qh15 Điều 23 khoản 1 điểm b").unwrap();
        assert_eq!(cite.instrument.as_str(), "luat-06-2022-qh15");
        assert_eq!(cite.to_string(), "luat-06-2022-qh15 Điều 23 khoản 1 điểm b");
        assert!(Citation::parse("luat-06-2022-qh15").is_some());
        assert!(Citation::parse("luat-06-2022-qh15 somewhere").is_none());
        assert!(Citation::parse("Điều 23").is_none());
    }
}
