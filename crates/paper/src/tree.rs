//! The document tree: what an official paper consists of, before it is spelt as DOCX, PDF or HTML.
//!
//! Numbers of sections are not stored: they follow from the place in the tree (see [`numbered`]).

use std::sync::Arc;

use thidua_base::Date;
use thidua_base::text::{point_letter, roman};

/// A whole paper (văn bản).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Title for the file's properties and the browser; one line.
    pub title: String,
    /// The day that dates the layout rules and the file's own timestamps.
    pub dated: Date,
    /// Boxes 1 to 5 and 9a.
    pub head: Head,
    /// Box 6.
    pub body: Vec<Block>,
    /// Boxes 7 and 9b.
    pub foot: Foot,
    /// Annexes (phụ lục), each on a page of its own.
    pub annexes: Vec<Annex>,
}

/// What stands above the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The superior body (cơ quan chủ quản), in capitals; none for a province or a self-standing body.
    pub superior: Option<String>,
    /// The issuing body, one entry a printed line, in capitals: `ỦY BAN NHÂN DÂN`, `HUYỆN TRIỆU SƠN`.
    pub issuer: Vec<String>,
    /// The number as registered, or `None` while it is not: then a gap is left after `Số:`.
    pub number: Option<String>,
    /// The symbol after the number: `BC-UBND`; empty on a paper that is not numbered, such as a pledge.
    pub symbol: String,
    /// The place: `Triệu Sơn`.
    pub place: String,
    /// The date of issue, or `None` while open: then gaps are left for day, and month and year follow `dated`.
    pub issued_on: Option<Date>,
    /// The name of the kind of paper, in capitals: `BÁO CÁO`.
    pub kind: String,
    /// The abstract (trích yếu).
    pub abstract_line: Vec<Inline>,
    /// Addressees after `Kính gửi:`; empty where the paper has none.
    pub addressees: Vec<String>,
    /// What is stamped on the paper (box 11), in capitals: `DỰ THẢO`, `SỐ LIỆU MẪU`; empty on a paper that counts.
    pub stamps: Vec<String>,
}

/// What stands below the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foot {
    /// Recipients (nơi nhận), without dash and end mark: `Như trên`, `Lưu: VT, NV`.
    pub recipients: Vec<String>,
    /// Lines of authority and office, in capitals: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    pub authority: Vec<String>,
    /// The signer's name, or `None` where a gap is left.
    pub signer: Option<String>,
    /// Who signs at the left, above the recipients: the secretary of minutes, the other side of an agreement.
    pub beside: Option<Beside>,
}

/// A signature at the left of the foot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Lines of authority and office, in capitals: `THƯ KÝ`.
    pub authority: Vec<String>,
    /// The signer's name, or `None` where a gap is left.
    pub signer: Option<String>,
}

/// An annex (phụ lục).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// Its title, in capitals when printed.
    pub title: String,
    /// Whether the sheet lies on its side.
    pub sheet: Sheet,
    /// Its content.
    pub body: Vec<Block>,
}

/// How a sheet of A4 lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// 210 × 297 mm.
    Portrait,
    /// 297 × 210 mm.
    Landscape,
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A numbered heading and what stands under it.
    Section(Section),
    /// Running text with a first-line indent.
    Paragraph(Vec<Inline>),
    /// One entry of an enumeration.
    Item {
        /// What stands before it.
        marker: Marker,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A table.
    Table(Table),
}

/// A numbered part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// A stable name, unique in the document; the anchor in HTML.
    pub id: String,
    /// How the number is written.
    pub style: NumberStyle,
    /// The heading without its number.
    pub title: Vec<Inline>,
    /// What stands under it.
    pub body: Vec<Block>,
}

/// How a section's number is written and its heading set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberStyle {
    /// `I. TIÊU ĐỀ`: capitals, bold.
    Roman,
    /// `1. Tiêu đề`: bold.
    Arabic,
    /// `2.1. Tiêu đề`: bold; joined to the number of the part above.
    Decimal,
    /// `a) Tiêu đề`: bold italic is not official, so upright bold.
    Letter,
    /// `QUYẾT ĐỊNH:`, `ĐIỀU KHOẢN CHUNG`: capitals, bold, centred, without a number.
    Centred,
}

/// What stands before an [`Block::Item`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// `- `.
    Dash,
    /// `a) `, `b) `, … counted from the first item of a run.
    Letter,
    /// `1. `, `2. `, … counted from the first item of a run.
    Arabic,
    /// `Điều 1. `, `Điều 2. `, …: bold, counted through the part, whatever stands between.
    Article,
}

/// A table with a header that repeats on each page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Header rows.
    pub header: Vec<Vec<Cell>>,
    /// Body rows.
    pub rows: Vec<Vec<Cell>>,
    /// Total rows, set in bold.
    pub totals: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Share of the table's width, in thousandths; the columns of a table add up to 1000.
    pub width: u16,
    /// How cells are set.
    pub align: Align,
}

/// How text stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Short marks and ordinals.
    Centre,
    /// Numbers.
    Right,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: Vec<Inline>,
    /// Columns it spans, at least 1.
    pub columns: u8,
    /// Rows it spans, at least 1; only in headers.
    pub rows: u8,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Text in italics, such as a name under way.
    Italic(String),
    /// Text that follows from stored values.
    Bound {
        /// The text as printed.
        text: String,
        /// What it follows from.
        tie: Arc<Tie>,
    },
}

/// What a piece of text follows from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tie {
    /// The thing whose passport explains the text; becomes a link where a writer has links.
    pub key: String,
    /// Every stored value the text depends on, as keys; sorted, without repetition.
    pub sources: Vec<String>,
    /// Whether the text shows a figure or is a word chosen by one.
    pub role: Role,
}

/// The part a bound text plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A figure, name or date taken from a stored value; shown as a link.
    Figure,
    /// Words chosen by a value (`tăng`, `bằng`, …); not shown as a link.
    Words,
}

impl Inline {
    /// The text, whatever its kind.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Italic(text) | Self::Bound { text, .. } => text,
        }
    }
}

/// The text of a run of inlines.
pub fn text_of(inlines: &[Inline]) -> String {
    inlines.iter().map(Inline::text).collect()
}

impl Table {
    /// A cell of one column and one row.
    pub fn cell(text: Vec<Inline>) -> Cell {
        Cell { text, columns: 1, rows: 1 }
    }
}

/// A block with the number that its place gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// `I.`, `1.`, `2.1.`, `a)`, `- `… as printed, empty for a paragraph or a table.
    pub number: String,
    /// Depth of sections around it, from 0.
    pub depth: usize,
    /// The block; for a section its children follow as entries of their own.
    pub block: &'a Block,
}

impl Document {
    /// The ties of all bound text, in reading order: abstract, body, annexes.
    pub fn ties(&self) -> Vec<&Tie> {
        let mut found = Vec::new();
        tied(&self.head.abstract_line, &mut found);
        let annexes = self.annexes.iter().map(|annex| annex.body.as_slice());
        for blocks in std::iter::once(self.body.as_slice()).chain(annexes) {
            for piece in numbered(blocks) {
                match piece.block {
                    Block::Section(section) => tied(&section.title, &mut found),
                    Block::Paragraph(text) | Block::Item { text, .. } => tied(text, &mut found),
                    Block::Table(table) => {
                        let rows = table.header.iter().chain(&table.rows).chain(&table.totals);
                        rows.flatten().for_each(|cell| tied(&cell.text, &mut found));
                    }
                }
            }
        }
        found
    }
}

fn tied<'a>(inlines: &'a [Inline], found: &mut Vec<&'a Tie>) {
    for inline in inlines {
        match inline {
            Inline::Bound { tie, .. } => found.push(tie),
            Inline::Text(_) | Inline::Italic(_) => {}
        }
    }
}

/// The blocks in reading order, sections before their content, each with its number.
pub fn numbered(blocks: &[Block]) -> Vec<Numbered<'_>> {
    let mut out = Vec::new();
    number_into(blocks, 0, "", &mut out);
    out
}

fn number_into<'a>(blocks: &'a [Block], depth: usize, above: &str, out: &mut Vec<Numbered<'a>>) {
    let mut sections = 0;
    let mut articles = 0;
    let mut run: Option<(Marker, usize)> = None;
    for block in blocks {
        match block {
            Block::Section(section) => {
                run = None;
                sections += 1;
                let bare = bare_number(section.style, sections, above);
                let number = match section.style {
                    NumberStyle::Letter => format!("{bare})"),
                    NumberStyle::Centred => String::new(),
                    NumberStyle::Roman | NumberStyle::Arabic | NumberStyle::Decimal => format!("{bare}."),
                };
                out.push(Numbered { number, depth, block });
                number_into(&section.body, depth + 1, &bare, out);
            }
            Block::Item { marker, .. } => {
                let index = match run {
                    Some((same, index)) if same == *marker => index + 1,
                    _ => 0,
                };
                run = Some((*marker, index));
                let number = match marker {
                    Marker::Dash => "-".to_owned(),
                    Marker::Letter => point_letter(index).map_or_else(|| (index + 1).to_string(), String::from) + ")",
                    Marker::Arabic => format!("{}.", index + 1),
                    Marker::Article => {
                        articles += 1;
                        format!("Điều {articles}.")
                    }
                };
                out.push(Numbered { number, depth, block });
            }
            Block::Paragraph(_) | Block::Table(_) => {
                run = None;
                out.push(Numbered { number: String::new(), depth, block });
            }
        }
    }
}

fn bare_number(style: NumberStyle, index: usize, above: &str) -> String {
    match style {
        NumberStyle::Roman => roman(index),
        NumberStyle::Arabic => index.to_string(),
        NumberStyle::Decimal => format!("{above}.{index}"),
        NumberStyle::Letter => point_letter(index - 1).map_or_else(|| index.to_string(), String::from),
        NumberStyle::Centred => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(style: NumberStyle, title: &str, body: Vec<Block>) -> Block {
        Block::Section(Section { id: title.into(), style, title: vec![Inline::Text(title.into())], body })
    }

    fn item(marker: Marker) -> Block {
        Block::Item { marker, text: vec![Inline::Text("x".into())] }
    }

    #[test]
    fn numbers_follow_from_the_place() {
        let tree = [section(
            NumberStyle::Roman,
            "A",
            vec![
                section(NumberStyle::Arabic, "B", vec![]),
                section(
                    NumberStyle::Arabic,
                    "C",
                    vec![section(NumberStyle::Decimal, "D", vec![]), section(NumberStyle::Decimal, "E", vec![])],
                ),
                section(NumberStyle::Arabic, "F", vec![section(NumberStyle::Letter, "G", vec![])]),
            ],
        )];
        let numbers: Vec<String> = numbered(&tree).into_iter().map(|n| n.number).collect();
        assert_eq!(numbers, ["I.", "1.", "2.", "2.1.", "2.2.", "3.", "a)"]);
    }

    #[test]
    fn a_run_of_items_counts_from_its_first_and_a_paragraph_ends_it() {
        let tree = [
            item(Marker::Arabic),
            item(Marker::Arabic),
            Block::Paragraph(vec![]),
            item(Marker::Arabic),
            item(Marker::Letter),
            item(Marker::Dash),
        ];
        let numbers: Vec<String> = numbered(&tree).into_iter().map(|n| n.number).collect();
        assert_eq!(numbers, ["1.", "2.", "", "1.", "a)", "-"]);
    }

    #[test]
    fn articles_count_on_over_what_stands_between_and_a_centred_part_has_no_number() {
        let articles = vec![item(Marker::Article), item(Marker::Dash), Block::Paragraph(vec![]), item(Marker::Article)];
        let tree = [section(NumberStyle::Centred, "Quyết định:", articles)];
        let numbers: Vec<String> = numbered(&tree).into_iter().map(|n| n.number).collect();
        assert_eq!(numbers, ["", "Điều 1.", "-", "", "Điều 2."]);
    }
}
