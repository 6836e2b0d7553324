//! Where head and foot stand: lengths computed from the text, shared by the DOCX and PDF writers.

use crate::face::width;
use crate::grid::Split;
use crate::layout::{Layout, Setting};
use crate::length::Length;
use crate::tree::{Document, Foot, Sheet, text_of};
use crate::wording::{self, ADDRESSED, MOTTO, printable};

/// Lengths of the head that depend on its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadPlacing {
    /// The rule under the motto: as long as the motto.
    pub motto_rule: Length,
    /// The rule under the issuer: a share of its last printed line.
    pub issuer_rule: Length,
    /// Indents at either side of the superior body and of each line of the issuer, for the same reason as
    /// [`Self::abstract_side`].
    pub superior_side: Length,
    pub issuer_sides: Vec<Length>,
    /// The rule under the abstract: a share of its last printed line.
    pub abstract_rule: Length,
    /// Indent at either side that breaks the abstract into lines of like length.
    pub abstract_side: Length,
    /// Left indent of `Kính gửi:`.
    pub addressed: Length,
    /// Left indent of the addressees: after the word, or with their dashes under its colon.
    pub addressee: Length,
    /// What the later lines of an addressee hang in by.
    pub addressee_hang: Length,
}

/// The lengths for a document.
pub(crate) fn head_placing(document: &Document, layout: &Layout) -> HeadPlacing {
    let (head, elements) = (&document.head, &layout.elements);
    let measure = layout.page.text_width(Sheet::Portrait);
    let column = layout.head_columns[0];
    let side_of = |line: &str, setting: Setting| {
        let line = setting.spell(&printable(line));
        (column - balanced(&line, setting, column)).share(1, 2)
    };
    let issuer = head.issuer.last().map_or_else(String::new, |line| elements.issuer.spell(&printable(line)));
    let issuer_line = broken(&issuer, elements.issuer, balanced(&issuer, elements.issuer, column));
    let abstract_line = printable(&text_of(&head.abstract_line));
    let abstract_width = balanced(&abstract_line, elements.abstract_line, measure);
    let abstract_last = broken(&abstract_line, elements.abstract_line, abstract_width);

    let setting = elements.addressees;
    let word = width(ADDRESSED, setting.face, setting.size);
    let colon = width(&ADDRESSED[..ADDRESSED.len() - 1], setting.face, setting.size);
    let space = width(" ", setting.face, setting.size);
    let entries = wording::addressees(head);
    let longest = entries.iter().map(|entry| width(entry, setting.face, setting.size)).max().unwrap_or_default();
    let (offset, hang) = match entries.as_slice() {
        [] | [_] => (word + space, Length::ZERO),
        [_, _, ..] => (colon, width("- ", setting.face, setting.size)),
    };
    let slack = (measure - offset - longest).or_zero();
    // A block that fills the line would look like a paragraph, so it keeps a paragraph's indent.
    let addressed = slack.share(1, 2).max(layout.first_line);
    HeadPlacing {
        motto_rule: width(MOTTO, elements.motto.face, elements.motto.size),
        issuer_rule: issuer_line.share(i64::from(layout.issuer_rule), 1000),
        superior_side: head.superior.as_deref().map(|line| side_of(line, elements.superior)).unwrap_or_default(),
        issuer_sides: head.issuer.iter().map(|line| side_of(line, elements.issuer)).collect(),
        abstract_rule: abstract_last.share(i64::from(layout.abstract_rule), 1000),
        abstract_side: (measure - abstract_width).share(1, 2),
        addressed,
        addressee: addressed + offset,
        addressee_hang: hang,
    }
}

/// The indent at either side of a stamp in the left column: its frame is as wide as its words.
pub(crate) fn stamp_side(stamp: &str, layout: &Layout) -> Length {
    let setting = layout.elements.stamp;
    let column = layout.head_columns[0];
    let words =
        width(&setting.spell(&printable(stamp)), setting.face, setting.size) + layout.cell_side + layout.cell_side;
    (column - words.min(column)).share(1, 2)
}

/// Whether the foot may be split between pages: only where its list is so long that it might fill one.
pub(crate) fn foot_split(foot: &Foot) -> Split {
    const LONG: usize = 25;
    let beside = foot.beside.as_ref().map_or(0, |beside| beside.authority.len());
    let entries = foot.recipients.len() + foot.authority.len() + beside;
    if entries > LONG { Split::Allowed } else { Split::Refused }
}

/// The width of the last line of a text that is broken at spaces into lines of at most `measure`.
fn broken(text: &str, setting: Setting, measure: Length) -> Length {
    lines(text, setting, measure).last().copied().unwrap_or_default()
}

/// The least width that breaks a text into no more lines than `measure` does, and a little air.
fn balanced(text: &str, setting: Setting, measure: Length) -> Length {
    const STEP: Length = Length::mm(1);
    // A reader without the font gets letters of other widths; a line must not break for that.
    const AIR: Length = Length::mm(4);
    let count = lines(text, setting, measure).len();
    if count < 2 {
        return measure;
    }
    let mut narrow = measure;
    while narrow > STEP && lines(text, setting, narrow - STEP).len() == count {
        narrow = narrow - STEP;
    }
    (narrow + AIR).min(measure)
}

/// The widths of the lines of a text broken at spaces.
fn lines(text: &str, setting: Setting, measure: Length) -> Vec<Length> {
    let space = width(" ", setting.face, setting.size);
    let mut lines: Vec<Length> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let word = width(word, setting.face, setting.size);
        match lines.last_mut() {
            Some(line) if *line + space + word <= measure => *line = *line + space + word,
            Some(_) | None => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use thidua_base::Date;

    use super::*;
    use crate::layout::layout_on;

    fn layout() -> &'static Layout {
        layout_on(Date::new(2020, 7, 5).unwrap()).unwrap()
    }

    #[test]
    fn a_long_abstract_breaks_into_lines_of_like_length() {
        let setting = layout().elements.abstract_line;
        let text =
            "Sơ kết phong trào thi đua, công tác khen thưởng sáu tháng đầu năm, nhiệm vụ sáu tháng cuối năm 2020";
        let measure = layout().page.text_width(Sheet::Portrait);
        let width = balanced(text, setting, measure);
        let (wide, narrow) = (lines(text, setting, measure), lines(text, setting, width));
        assert_eq!((wide.len(), narrow.len()), (2, 2));
        assert!(wide[0] - wide[1] > Length::mm(60), "{wide:?}");
        assert!(narrow[0] - narrow[1] < Length::mm(20) && narrow[1] - narrow[0] < Length::mm(20), "{narrow:?}");
    }

    #[test]
    fn a_long_name_of_an_issuer_leaves_no_word_alone_in_its_last_line() {
        let setting = layout().elements.issuer;
        let column = layout().head_columns[0];
        let name = "BAN QUẢN LÝ KHU KINH TẾ NGHI SƠN VÀ CÁC KHU CÔNG NGHIỆP";
        assert!(broken(name, setting, column) < Length::mm(20));
        assert!(broken(name, setting, balanced(name, setting, column)) > Length::mm(30));
    }

    #[test]
    fn a_short_or_empty_abstract_keeps_the_whole_width() {
        let setting = layout().elements.abstract_line;
        let measure = layout().page.text_width(Sheet::Portrait);
        assert_eq!(balanced("Về thi đua", setting, measure), measure);
        assert_eq!(balanced("", setting, measure), measure);
        assert_eq!(broken("", setting, measure), Length::ZERO);
    }
}
