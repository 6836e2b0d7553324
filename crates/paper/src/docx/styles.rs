//! The named styles, one for each element of the layout.

use super::xml::Xml;
use crate::face::Face;
use crate::layout::{Layout, Setting};
use crate::length::Length;
use crate::wording::LANGUAGE;

/// The font that the decree names.
pub(super) const FONT: &str = "Times New Roman";

/// The namespace of WordprocessingML.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A paragraph style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Body,
    NationalTitle,
    Motto,
    Superior,
    Issuer,
    Number,
    PlaceDate,
    Stamp,
    Kind,
    Abstract,
    Addressees,
    /// A heading by its depth, from 0.
    Heading(usize),
    Authority,
    Signer,
    RecipientsWord,
    Recipients,
    AnnexNumber,
    AnnexTitle,
    AnnexReference,
    Cell,
    CellStrong,
    PageNumber,
    /// An empty line that carries a drawn rule.
    Rule,
    /// An empty line of next to no height, where Word demands a paragraph.
    Seam,
}

/// How a style's paragraphs are set.
struct Shape {
    id: &'static str,
    name: &'static str,
    setting: Setting,
    align: &'static str,
    before: Length,
    after: Length,
    first_line: Length,
    line: Line,
}

/// Distance of baselines.
enum Line {
    /// Hundredths of single spacing.
    Spacing(u16),
    /// A fixed height, whatever the letters.
    Exactly(Length),
}

/// Depth of the deepest heading with a style of its own.
const DEEPEST: usize = 4;

impl Style {
    const ALL: [Self; 28] = [
        Self::Body,
        Self::NationalTitle,
        Self::Motto,
        Self::Superior,
        Self::Issuer,
        Self::Number,
        Self::PlaceDate,
        Self::Stamp,
        Self::Kind,
        Self::Abstract,
        Self::Addressees,
        Self::Heading(0),
        Self::Heading(1),
        Self::Heading(2),
        Self::Heading(3),
        Self::Heading(4),
        Self::Authority,
        Self::Signer,
        Self::RecipientsWord,
        Self::Recipients,
        Self::AnnexNumber,
        Self::AnnexTitle,
        Self::AnnexReference,
        Self::Cell,
        Self::CellStrong,
        Self::PageNumber,
        Self::Rule,
        Self::Seam,
    ];

    /// The identifier that paragraphs name.
    pub(super) fn id(self) -> &'static str {
        self.names().0
    }

    /// Size and style of its letters.
    pub(super) fn setting(self, layout: &Layout) -> Setting {
        let elements = &layout.elements;
        match self {
            Self::Body | Self::Rule | Self::Seam => elements.body,
            Self::NationalTitle => elements.national_title,
            Self::Motto => elements.motto,
            Self::Superior => elements.superior,
            Self::Issuer => elements.issuer,
            Self::Number => elements.number,
            Self::PlaceDate => elements.place_date,
            Self::Stamp => elements.stamp,
            Self::Kind => elements.kind,
            Self::Abstract => elements.abstract_line,
            Self::Addressees => elements.addressees,
            Self::Heading(0) => elements.roman,
            Self::Heading(_) => elements.section,
            Self::Authority => elements.authority,
            Self::Signer => elements.signer,
            Self::RecipientsWord => elements.recipients_word,
            Self::Recipients => elements.recipients,
            Self::AnnexNumber => elements.annex_number,
            Self::AnnexTitle => elements.annex_title,
            Self::AnnexReference => elements.annex_reference,
            Self::Cell => elements.cell,
            Self::CellStrong => elements.cell_strong,
            Self::PageNumber => elements.page_number,
        }
    }

    /// Identifier and name; built-in names stay English so that Word knows its own headings.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Body => ("NoiDung", "Nội dung"),
            Self::NationalTitle => ("QuocHieu", "Quốc hiệu"),
            Self::Motto => ("TieuNgu", "Tiêu ngữ"),
            Self::Superior => ("CoQuanChuQuan", "Cơ quan chủ quản"),
            Self::Issuer => ("CoQuanBanHanh", "Cơ quan ban hành"),
            Self::Number => ("SoKyHieu", "Số, ký hiệu"),
            Self::PlaceDate => ("DiaDanhNgay", "Địa danh, ngày tháng"),
            Self::Stamp => ("DauChiDan", "Dấu chỉ dẫn"),
            Self::Kind => ("TenLoai", "Tên loại văn bản"),
            Self::Abstract => ("TrichYeu", "Trích yếu"),
            Self::Addressees => ("KinhGui", "Kính gửi"),
            Self::Heading(0) => ("Heading1", "heading 1"),
            Self::Heading(1) => ("Heading2", "heading 2"),
            Self::Heading(2) => ("Heading3", "heading 3"),
            Self::Heading(3) => ("Heading4", "heading 4"),
            Self::Heading(_) => ("Heading5", "heading 5"),
            Self::Authority => ("QuyenHanChucVu", "Quyền hạn, chức vụ"),
            Self::Signer => ("HoTenNguoiKy", "Họ tên người ký"),
            Self::RecipientsWord => ("NoiNhan", "Nơi nhận"),
            Self::Recipients => ("DanhSachNoiNhan", "Danh sách nơi nhận"),
            Self::AnnexNumber => ("PhuLuc", "Phụ lục"),
            Self::AnnexTitle => ("TenPhuLuc", "Tên phụ lục"),
            Self::AnnexReference => ("KemTheo", "Kèm theo"),
            Self::Cell => ("OBang", "Ô bảng"),
            Self::CellStrong => ("OBangDam", "Ô bảng in đậm"),
            Self::PageNumber => ("SoTrang", "Số trang"),
            Self::Rule => ("DuongKe", "Đường kẻ"),
            Self::Seam => ("DongNoi", "Dòng nối"),
        }
    }

    fn shape(self, layout: &Layout) -> Shape {
        let (id, name) = self.names();
        let gaps = &layout.gaps;
        let plain = Shape {
            id,
            name,
            setting: self.setting(layout),
            align: "center",
            before: Length::ZERO,
            after: Length::ZERO,
            first_line: Length::ZERO,
            line: Line::Spacing(100),
        };
        let running = Shape {
            align: "both",
            before: gaps.paragraph,
            first_line: layout.first_line,
            line: Line::Spacing(layout.line_spacing),
            ..plain
        };
        match self {
            Self::Body | Self::Heading(_) => running,
            Self::NationalTitle
            | Self::Motto
            | Self::Superior
            | Self::Issuer
            | Self::Abstract
            | Self::Authority
            | Self::AnnexNumber
            | Self::AnnexTitle
            | Self::AnnexReference
            | Self::PageNumber => plain,
            Self::Number | Self::PlaceDate | Self::Stamp => Shape { before: gaps.number, ..plain },
            Self::Kind => Shape { before: gaps.kind, ..plain },
            Self::Addressees | Self::RecipientsWord | Self::Recipients => Shape { align: "left", ..plain },
            Self::Signer => Shape { before: gaps.signature, ..plain },
            Self::Cell | Self::CellStrong => Shape { before: gaps.cell, after: gaps.cell, align: "left", ..plain },
            Self::Rule => Shape { before: gaps.rule, line: Line::Exactly(Length::pt(2)), ..plain },
            Self::Seam => Shape { line: Line::Exactly(Length::pt(1)), ..plain },
        }
    }
}

/// The style of a heading at a depth.
pub(super) fn heading(depth: usize) -> Style {
    Style::Heading(depth.min(DEEPEST))
}

/// The styles part.
pub(super) fn styles(layout: &Layout) -> Vec<u8> {
    Xml::part("w:styles", &[("xmlns:w", W)], |xml| {
        xml.within("w:docDefaults", &[], |xml| {
            xml.within("w:rPrDefault", &[], |xml| {
                xml.within("w:rPr", &[], |xml| {
                    let fonts = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"].map(|kind| (kind, FONT));
                    xml.leaf("w:rFonts", &fonts);
                    size(xml, layout.elements.body);
                    xml.leaf("w:lang", &[("w:val", LANGUAGE), ("w:eastAsia", LANGUAGE)]);
                });
            });
            xml.within("w:pPrDefault", &[], |xml| {
                xml.within("w:pPr", &[], |xml| {
                    xml.leaf(
                        "w:spacing",
                        &[("w:before", "0"), ("w:after", "0"), ("w:line", "240"), ("w:lineRule", "auto")],
                    );
                });
            });
        });
        xml.within("w:style", &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")], |xml| {
            xml.value("w:name", "Normal");
            xml.leaf("w:qFormat", &[]);
        });
        xml.within("w:style", &[("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")], |xml| {
            xml.value("w:name", "Normal Table");
            xml.within("w:tblPr", &[], |xml| xml.leaf("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]));
        });
        for style in Style::ALL {
            paragraph_style(xml, style, &style.shape(layout));
        }
    })
}

/// The bold, italic and size of a setting, as run properties in the order of the schema.
pub(super) fn letters(xml: &mut Xml, setting: Setting) {
    weight_and_slope(xml, setting.face);
    size(xml, setting);
}

fn paragraph_style(xml: &mut Xml, style: Style, shape: &Shape) {
    let custom = if let Style::Heading(_) = style { "0" } else { "1" };
    let attributes = [("w:type", "paragraph"), ("w:customStyle", custom), ("w:styleId", shape.id)];
    xml.within("w:style", &attributes, |xml| {
        xml.value("w:name", shape.name);
        xml.value("w:basedOn", "Normal");
        xml.leaf("w:qFormat", &[]);
        xml.within("w:pPr", &[], |xml| {
            if let Style::Heading(_) = style {
                xml.leaf("w:keepNext", &[]);
            }
            xml.leaf("w:widowControl", &[]);
            let (line, rule) = match shape.line {
                Line::Spacing(hundredths) => (i64::from(hundredths) * 240 / 100, "auto"),
                Line::Exactly(height) => (height.twips(), "exact"),
            };
            xml.leaf(
                "w:spacing",
                &[
                    ("w:before", &shape.before.twips().to_string()),
                    ("w:after", &shape.after.twips().to_string()),
                    ("w:line", &line.to_string()),
                    ("w:lineRule", rule),
                ],
            );
            if shape.first_line > Length::ZERO {
                xml.leaf("w:ind", &[("w:firstLine", &shape.first_line.twips().to_string())]);
            }
            xml.value("w:jc", shape.align);
            if let Style::Heading(depth) = style {
                xml.value("w:outlineLvl", &depth.to_string());
            }
        });
        xml.within("w:rPr", &[], |xml| letters(xml, shape.setting));
    });
}

fn weight_and_slope(xml: &mut Xml, face: Face) {
    if face.is_bold() {
        xml.leaf("w:b", &[]);
        xml.leaf("w:bCs", &[]);
    }
    if face.is_italic() {
        xml.leaf("w:i", &[]);
        xml.leaf("w:iCs", &[]);
    }
}

fn size(xml: &mut Xml, setting: Setting) {
    let half_points = setting.size.half_points().to_string();
    xml.value("w:sz", &half_points);
    xml.value("w:szCs", &half_points);
}
