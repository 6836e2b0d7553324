//! The typeface: Liberation Serif, metrically equal to Times New Roman, and exact text widths from it.
//!
//! Rules must be as long as their text, in files that other programs set: so widths are computed
//! here, from the font's own advance widths, without kerning (Word and our PDF use none).

use std::sync::LazyLock;

use crate::length::{Length, Size};

/// A face of the typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// Upright.
    Regular,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Bold italic.
    BoldItalic,
}

/// The typeface's name inside its files.
pub(crate) const FAMILY: &str = "Liberation Serif";

/// Height of a line in single spacing above its baseline, in thousandths of the size.
pub(crate) const ASCENT: i64 = 891;
/// Depth of a line below its baseline, in thousandths of the size.
pub(crate) const DESCENT: i64 = 216;
/// Distance of baselines in single spacing, in thousandths of the size; the same in Times New Roman.
pub(crate) const SINGLE: i64 = 1149;

impl Face {
    /// All faces.
    pub(crate) const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];

    /// The font file.
    pub(crate) const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("fonts/LiberationSerif-Regular.ttf"),
            Self::Bold => include_bytes!("fonts/LiberationSerif-Bold.ttf"),
            Self::Italic => include_bytes!("fonts/LiberationSerif-Italic.ttf"),
            Self::BoldItalic => include_bytes!("fonts/LiberationSerif-BoldItalic.ttf"),
        }
    }

    /// Whether strokes are bold.
    pub(crate) const fn is_bold(self) -> bool {
        match self {
            Self::Bold | Self::BoldItalic => true,
            Self::Regular | Self::Italic => false,
        }
    }

    /// Whether letters slope.
    pub(crate) const fn is_italic(self) -> bool {
        match self {
            Self::Italic | Self::BoldItalic => true,
            Self::Regular | Self::Bold => false,
        }
    }
}

/// The width of a text set in one line.
pub(crate) fn width(text: &str, face: Face, size: Size) -> Length {
    let font = font(face);
    let units: i64 = text
        .chars()
        .map(|c| {
            let glyph = font.glyph_index(c).unwrap_or_default();
            i64::from(font.glyph_hor_advance(glyph).unwrap_or_default())
        })
        .sum();
    size.length().share(units, i64::from(font.units_per_em()))
}

/// What stands for a letter that cannot be shown: the box that readers know from missing letters.
const UNSHOWN: char = '□';

/// The text with what the typesetter cannot show made visible as such, and without invisible controls.
///
/// It is only given letters that run from left to right and that every face has: on others, such as a
/// Hebrew mark at the start of a line, Typst 0.15 panics.
pub(crate) fn showable(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            // Joiners, marks of direction, variation selectors.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
            '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}' => None,
            // Latin, Greek, Cyrillic and their marks; punctuation, currencies, arrows, signs.
            '\0'..='\u{58f}' | '\u{1e00}'..='\u{2bff}' if is_in_every_face(c) => Some(c),
            c if c.is_whitespace() => Some(' '),
            _ => Some(UNSHOWN),
        })
        .collect()
}

fn is_in_every_face(c: char) -> bool {
    Face::ALL.iter().all(|face| font(*face).glyph_index(c).is_some())
}

fn font(face: Face) -> &'static ttf_parser::Face<'static> {
    static FONTS: LazyLock<[ttf_parser::Face<'static>; 4]> = LazyLock::new(|| {
        Face::ALL.map(|face| ttf_parser::Face::parse(face.file(), 0).expect("the vendored fonts can be read"))
    });
    &FONTS[match face {
        Face::Regular => 0,
        Face::Bold => 1,
        Face::Italic => 2,
        Face::BoldItalic => 3,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every vowel of the alphabet with every tone, and đ.
    const LETTERS: &str = "aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ đ";

    #[test]
    fn every_face_has_every_vietnamese_letter_and_the_marks_of_official_papers() {
        let marks = "0123456789.,;:!?%‰()[]/\\-–—…“”‘’\"'«»²³×±≥≤°•+*=&@#$₫€\u{a0}";
        for face in Face::ALL {
            for c in LETTERS.chars().chain(LETTERS.to_uppercase().chars()).chain(marks.chars()) {
                assert!(font(face).glyph_index(c).is_some(), "{face:?} lacks {c:?}");
            }
        }
    }

    #[test]
    fn what_the_fonts_lack_is_shown_as_lacking() {
        assert_eq!(showable("Trường Sơn 日本\u{591} x\u{200b}y\u{feff}"), "Trường Sơn □□□ xy");
        assert!(is_in_every_face(UNSHOWN));
    }

    #[test]
    fn the_line_metrics_are_those_of_times() {
        for face in Face::ALL {
            let font = font(face);
            let thousandths = |units: i16| (i64::from(units.abs()) * 1000 + 1024) / 2048;
            assert_eq!(font.units_per_em(), 2048);
            assert_eq!(thousandths(font.tables().hhea.ascender), ASCENT);
            assert_eq!(thousandths(font.tables().hhea.descender), DESCENT);
            assert_eq!(ASCENT + DESCENT + thousandths(font.tables().hhea.line_gap), SINGLE);
        }
    }

    #[test]
    fn a_width_adds_up_the_advances_of_its_letters() {
        // Times: `a` is 909 and `đ` 1024 units of 2048 wide.
        assert_eq!(width("ađ", Face::Regular, Size::pt(2048 / 32)), Length::pt(64).share(909 + 1024, 2048));
        assert_eq!(width("", Face::Bold, Size::pt(14)), Length::ZERO);
        assert_eq!(width("ấ", Face::Bold, Size::pt(13)), width("a", Face::Bold, Size::pt(13)));
    }
}
