//! The official layout (thể thức văn bản) as data, dated like any law.
//!
//! Sizes and styles are those of the illustrations in the decree's appendices, which lie inside the
//! ranges that its text allows; margins are the smallest allowed, for the widest text.

use std::sync::LazyLock;

use thidua_base::Date;

use crate::face::Face;
use crate::length::{Length, Size};
use crate::tree::Sheet;

/// The layout in force on a day, or `None` for a day that no known rule covers.
pub fn layout_on(date: Date) -> Option<&'static Layout> {
    static LAYOUTS: LazyLock<[Layout; 2]> = LazyLock::new(|| [circular_of_2011(), decree_of_2020()]);
    LAYOUTS.iter().find(|layout| layout.from <= date && layout.until.is_none_or(|until| date <= until))
}

/// How an official paper is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The rule it follows, by its Vietnamese number.
    pub source: &'static str,
    /// First day in force.
    pub from: Date,
    /// Last day in force, or `None` while it is.
    pub until: Option<Date>,
    /// The sheet.
    pub page: Page,
    /// Size and style of each element.
    pub elements: Elements,
    /// Vertical distances.
    pub gaps: Gaps,
    /// Indent of the first line of a paragraph.
    pub first_line: Length,
    /// Distance of lines in running text, in hundredths of single spacing.
    pub line_spacing: u16,
    /// Widths of boxes 2 and 3 (issuer, number) and of boxes 1 and 4 (national title, date).
    pub head_columns: [Length; 2],
    /// Widths of box 9b (recipients) and of box 7 (authority and signer).
    pub foot_columns: [Length; 2],
    /// Thickness of the drawn rules.
    pub rule: Length,
    /// Length of the rule under the issuer, in thousandths of its last line.
    pub issuer_rule: u16,
    /// Length of the rule under the abstract, in thousandths of its last line.
    pub abstract_rule: u16,
    /// Room beside the text in a table's cell.
    pub cell_side: Length,
}

/// A sheet, upright, and what stands at its edges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
    /// Top margin.
    pub top: Length,
    /// Bottom margin.
    pub bottom: Length,
    /// Left margin.
    pub left: Length,
    /// Right margin.
    pub right: Length,
    /// From the sheet's edge to the page number.
    pub edge: Length,
    /// Where the page number stands; never on the first page.
    pub number: PageNumber,
}

/// Where page numbers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageNumber {
    /// In the top margin, centred on the text.
    TopCentre,
    /// In the bottom margin, at the right end of the text.
    BottomRight,
}

/// Vertical distances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gaps {
    /// Before each paragraph.
    pub paragraph: Length,
    /// Between a line and the rule under it.
    pub rule: Length,
    /// Between boxes 1, 2 and boxes 3, 4.
    pub number: Length,
    /// Before the name of the kind.
    pub kind: Length,
    /// Before the addressees and before the body's first paragraph.
    pub body: Length,
    /// Before the foot.
    pub foot: Length,
    /// Room for signature and seal, between the office and the signer's name.
    pub signature: Length,
    /// Above and below the text in a table's cell.
    pub cell: Length,
}

/// Size and style of each element, in the order of the boxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elements {
    /// Quốc hiệu.
    pub national_title: Setting,
    /// Tiêu ngữ.
    pub motto: Setting,
    /// Cơ quan chủ quản.
    pub superior: Setting,
    /// Cơ quan ban hành.
    pub issuer: Setting,
    /// Số, ký hiệu.
    pub number: Setting,
    /// Địa danh và thời gian ban hành.
    pub place_date: Setting,
    /// Chỉ dẫn về phạm vi lưu hành, dự thảo (box 11).
    pub stamp: Setting,
    /// Tên loại.
    pub kind: Setting,
    /// Trích yếu.
    pub abstract_line: Setting,
    /// Kính gửi.
    pub addressees: Setting,
    /// Nội dung.
    pub body: Setting,
    /// `I. TIÊU ĐỀ`.
    pub roman: Setting,
    /// `1. Tiêu đề`, `2.1. Tiêu đề`, `a) Tiêu đề`.
    pub section: Setting,
    /// Quyền hạn, chức vụ.
    pub authority: Setting,
    /// Họ và tên người ký.
    pub signer: Setting,
    /// `Nơi nhận:`.
    pub recipients_word: Setting,
    /// The list below it.
    pub recipients: Setting,
    /// `Phụ lục I`.
    pub annex_number: Setting,
    /// The title of an annex.
    pub annex_title: Setting,
    /// `(Kèm theo …)`.
    pub annex_reference: Setting,
    /// Cells of a table.
    pub cell: Setting,
    /// Header cells and total rows of a table.
    pub cell_strong: Setting,
    /// Số trang.
    pub page_number: Setting,
}

/// How an element is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Type size.
    pub size: Size,
    /// Upright or italic, bold or not.
    pub face: Face,
    /// Capitals or as written.
    pub case: Case,
}

/// Whether an element is set in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Chữ in hoa.
    Capitals,
    /// Chữ in thường.
    AsWritten,
}

impl Page {
    /// Width and height of the sheet as it lies.
    pub fn sheet(&self, sheet: Sheet) -> [Length; 2] {
        match sheet {
            Sheet::Portrait => [self.width, self.height],
            Sheet::Landscape => [self.height, self.width],
        }
    }

    /// Width between the margins; the rules give margins by side, however the sheet lies.
    pub fn text_width(&self, sheet: Sheet) -> Length {
        let [width, _] = self.sheet(sheet);
        width - self.left - self.right
    }
}

impl Setting {
    /// The text in the element's case.
    pub fn spell(self, text: &str) -> String {
        match self.case {
            Case::Capitals => text.to_uppercase(),
            Case::AsWritten => text.to_owned(),
        }
    }
}

const fn set(points: u16, face: Face, case: Case) -> Setting {
    Setting { size: Size::pt(points), face, case }
}

/// Decree 30/2020/NĐ-CP, Appendix I, in force from 5 March 2020.
fn decree_of_2020() -> Layout {
    use Case::{AsWritten, Capitals};
    use Face::{Bold, BoldItalic, Italic, Regular};
    Layout {
        source: "Nghị định số 30/2020/NĐ-CP",
        from: day(2020, 3, 5),
        until: None,
        page: Page {
            width: Length::mm(210),
            height: Length::mm(297),
            top: Length::mm(20),
            bottom: Length::mm(20),
            left: Length::mm(30),
            right: Length::mm(15),
            edge: Length::mm(10),
            number: PageNumber::TopCentre,
        },
        elements: Elements {
            national_title: set(12, Bold, Capitals),
            motto: set(13, Bold, AsWritten),
            superior: set(12, Regular, Capitals),
            issuer: set(12, Bold, Capitals),
            number: set(13, Regular, AsWritten),
            place_date: set(13, Italic, AsWritten),
            stamp: set(13, Bold, Capitals),
            kind: set(14, Bold, Capitals),
            abstract_line: set(14, Bold, AsWritten),
            addressees: set(14, Regular, AsWritten),
            body: set(14, Regular, AsWritten),
            roman: set(14, Bold, Capitals),
            section: set(14, Bold, AsWritten),
            authority: set(14, Bold, Capitals),
            signer: set(14, Bold, AsWritten),
            recipients_word: set(12, BoldItalic, AsWritten),
            recipients: set(11, Regular, AsWritten),
            annex_number: set(14, Bold, AsWritten),
            annex_title: set(14, Bold, Capitals),
            annex_reference: set(14, Italic, AsWritten),
            // The decree is silent on tables; a table's type is one step below the body.
            cell: set(12, Regular, AsWritten),
            cell_strong: set(12, Bold, AsWritten),
            page_number: set(14, Regular, AsWritten),
        },
        gaps: Gaps {
            paragraph: Length::pt(6),
            rule: Length::pt(2),
            number: Length::pt(6),
            kind: Length::pt(18),
            body: Length::pt(14),
            foot: Length::pt(12),
            signature: Length::mm(26),
            cell: Length::pt(2),
        },
        first_line: Length::mm(10),
        line_spacing: 110,
        head_columns: [Length::mm(65), Length::mm(100)],
        foot_columns: [Length::mm(65), Length::mm(100)],
        rule: Length::from_twips(15),
        issuer_rule: 400,
        abstract_rule: 400,
        cell_side: Length::tenths_of_mm(15),
    }
}

/// Circular 01/2011/TT-BNV, before the decree: the same sheet and sizes, page numbers at the bottom right.
fn circular_of_2011() -> Layout {
    let decree = decree_of_2020();
    Layout {
        source: "Thông tư số 01/2011/TT-BNV",
        from: day(2011, 3, 5),
        until: Some(decree.from.day_before()),
        page: Page { number: PageNumber::BottomRight, ..decree.page },
        ..decree
    }
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("the days of the rules are in the calendar")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source_on(text: &str) -> Option<&'static str> {
        layout_on(Date::parse(text).unwrap()).map(|layout| layout.source)
    }

    #[test]
    fn each_day_has_the_layout_of_its_rule_and_days_before_any_rule_have_none() {
        assert_eq!(source_on("2011-03-04"), None);
        assert_eq!(source_on("2011-03-05"), Some("Thông tư số 01/2011/TT-BNV"));
        assert_eq!(source_on("2020-03-04"), Some("Thông tư số 01/2011/TT-BNV"));
        assert_eq!(source_on("2020-03-05"), Some("Nghị định số 30/2020/NĐ-CP"));
        assert_eq!(source_on("2026-01-01"), Some("Nghị định số 30/2020/NĐ-CP"));
    }

    #[test]
    fn page_numbers_moved_from_the_bottom_right_to_the_top_centre() {
        let number_on = |text| layout_on(Date::parse(text).unwrap()).unwrap().page.number;
        assert_eq!(number_on("2019-07-01"), PageNumber::BottomRight);
        assert_eq!(number_on("2020-07-01"), PageNumber::TopCentre);
    }

    #[test]
    fn every_measure_lies_in_the_range_that_the_rules_allow() {
        let within = |length: Length, least, most| Length::mm(least) <= length && length <= Length::mm(most);
        for text in ["2015-01-01", "2020-07-05"] {
            let layout = layout_on(Date::parse(text).unwrap()).unwrap();
            let (page, elements) = (&layout.page, &layout.elements);
            assert!(within(page.top, 20, 25) && within(page.bottom, 20, 25));
            assert!(within(page.left, 30, 35) && within(page.right, 15, 20));
            assert!(within(layout.first_line, 10, 13) && layout.gaps.paragraph >= Length::pt(6));
            assert!((100..=150).contains(&layout.line_spacing));
            assert!((334..=500).contains(&layout.issuer_rule) && (334..=500).contains(&layout.abstract_rule));
            assert_eq!(layout.head_columns.into_iter().sum::<Length>(), page.text_width(Sheet::Portrait));
            assert_eq!(layout.foot_columns.into_iter().sum::<Length>(), page.text_width(Sheet::Portrait));
            for (setting, least, most) in [
                (elements.national_title, 12, 13),
                (elements.motto, 13, 14),
                (elements.superior, 12, 13),
                (elements.issuer, 12, 13),
                (elements.number, 13, 13),
                (elements.place_date, 13, 14),
                (elements.stamp, 13, 14),
                (elements.kind, 13, 14),
                (elements.abstract_line, 13, 14),
                (elements.body, 13, 14),
                (elements.authority, 13, 14),
                (elements.signer, 13, 14),
                (elements.recipients_word, 12, 12),
                (elements.recipients, 11, 11),
                (elements.annex_number, 14, 14),
                (elements.page_number, 13, 14),
            ] {
                assert!(Size::pt(least) <= setting.size && setting.size <= Size::pt(most), "{setting:?}");
            }
        }
    }
}
