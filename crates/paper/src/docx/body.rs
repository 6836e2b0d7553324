//! The document part: paragraphs, headings, annexes and the sheets they stand on.

use super::frame;
use super::parts::{NUMBERED, R, UNNUMBERED, edge};
use super::styles::{Style, W, heading, letters};
use super::table::table;
use super::xml::Xml;
use crate::face::Face;
use crate::grid::grid;
use crate::layout::{Layout, Setting};
use crate::length::Length;
use crate::tree::{Block, Document, Inline, NumberStyle, Numbered, Sheet, numbered};
use crate::wording::{Accent, Stretch, annex_number, annex_reference, entry_stretches, stretches};
use crate::{BadTable, WriteError};

/// A paragraph's departures from its style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Departure {
    /// Whether it stays on the page of the next paragraph.
    pub keep: Keep,
    /// Space before it.
    pub before: Option<Length>,
    /// Indents.
    pub indent: Option<Indent>,
    /// A word of `w:jc`.
    pub align: Option<&'static str>,
    /// A rule along its top.
    pub rule: Option<Length>,
    /// A frame of this thickness around it.
    pub boxed: Option<Length>,
}

/// Whether a paragraph stays with the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Keep {
    /// As its style says.
    #[default]
    AsStyled,
    /// It stays.
    WithNext,
}

/// Indents of a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Indent {
    /// At the left.
    pub left: Length,
    /// At the right.
    pub right: Length,
    /// What later lines hang in by.
    pub hanging: Length,
}

/// The document part.
pub(super) fn document(document: &Document, layout: &Layout) -> Result<Vec<u8>, WriteError> {
    let mut outcome = Ok(());
    let part = Xml::part("w:document", &[("xmlns:w", W), ("xmlns:r", R)], |xml| {
        xml.within("w:body", &[], |xml| outcome = content(xml, document, layout));
    });
    outcome?;
    Ok(part)
}

fn content(xml: &mut Xml, document: &Document, layout: &Layout) -> Result<(), BadTable> {
    frame::head(xml, document, layout);
    let opening = Departure { before: Some(layout.gaps.body), ..Departure::default() };
    blocks(xml, &document.body, layout, Sheet::Portrait, opening, Keep::WithNext)?;
    frame::foot(xml, document, layout);
    let mut sheet = Sheet::Portrait;
    for (index, annex) in document.annexes.iter().enumerate() {
        close_sheet(xml, layout, sheet);
        sheet = annex.sheet;
        let word = annex_number(index, document.annexes.len());
        let keep = Departure { keep: Keep::WithNext, ..Departure::default() };
        plain(xml, layout, Style::AnnexNumber, keep, &word);
        plain(xml, layout, Style::AnnexTitle, keep, &annex.title);
        plain(xml, layout, Style::AnnexReference, keep, &annex_reference(&document.head, document.dated));
        blocks(xml, &annex.body, layout, sheet, opening, Keep::AsStyled)?;
    }
    // Word demands a paragraph after a table that ends a document.
    seam(xml, |_| {});
    sheet_properties(xml, layout, sheet);
    Ok(())
}

/// The blocks; the first departs from its style as `opening` says, the last stays with what follows as `last` says.
fn blocks(
    xml: &mut Xml,
    blocks: &[Block],
    layout: &Layout,
    sheet: Sheet,
    opening: Departure,
    last: Keep,
) -> Result<(), BadTable> {
    let numbered = numbered(blocks);
    for (index, entry) in numbered.iter().enumerate() {
        let keep = if index + 1 == numbered.len() { last } else { Keep::AsStyled };
        let first = if index == 0 { opening } else { Departure::default() };
        block(xml, layout, sheet, entry, Departure { keep, ..first })?;
    }
    Ok(())
}

fn block(
    xml: &mut Xml,
    layout: &Layout,
    sheet: Sheet,
    entry: &Numbered<'_>,
    departure: Departure,
) -> Result<(), BadTable> {
    match entry.block {
        Block::Section(section) => {
            let setting = match section.style {
                NumberStyle::Roman | NumberStyle::Centred => layout.elements.roman,
                NumberStyle::Arabic | NumberStyle::Decimal | NumberStyle::Letter => layout.elements.section,
            };
            let line = entry_stretches(entry, &section.title);
            let departure = match section.style {
                NumberStyle::Centred => centred(departure),
                NumberStyle::Roman | NumberStyle::Arabic | NumberStyle::Decimal | NumberStyle::Letter => departure,
            };
            paragraph(xml, layout, heading(entry.depth), setting, departure, &line);
        }
        Block::Paragraph(text) | Block::Item { text, .. } => {
            let line = entry_stretches(entry, text);
            paragraph(xml, layout, Style::Body, layout.elements.body, departure, &line);
        }
        Block::Table(content) => {
            let grid = grid(content, layout.page.text_width(sheet))?;
            let keep = Departure { keep: Keep::WithNext, ..departure };
            // Air above the table, which cannot have any of its own, and a border between two tables.
            let before = departure.before.unwrap_or(layout.gaps.paragraph);
            seam_departing(xml, Departure { before: Some(before), ..keep });
            table(xml, layout, content, &grid, departure.keep);
        }
    }
    Ok(())
}

/// A paragraph of one text in its style.
pub(super) fn plain(xml: &mut Xml, layout: &Layout, style: Style, departure: Departure, text: &str) {
    let line = stretches("", &[Inline::Text(text.to_owned())]);
    paragraph(xml, layout, style, style.setting(layout), departure, &line);
}

/// A paragraph; `setting` is spelt out where it differs from the style's.
pub(super) fn paragraph(
    xml: &mut Xml,
    layout: &Layout,
    style: Style,
    setting: Setting,
    departure: Departure,
    line: &[Stretch],
) {
    let styled = style.setting(layout);
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style.id());
            departures(xml, departure);
        });
        for stretch in line {
            xml.within("w:r", &[], |xml| {
                let letters_of = Setting { face: accented(setting.face, stretch.accent), ..setting };
                if (letters_of.size, letters_of.face) != (styled.size, styled.face) {
                    xml.within("w:rPr", &[], |xml| letters(xml, letters_of));
                }
                xml.text_element("w:t", &[("xml:space", "preserve")], &setting.spell(&stretch.text));
            });
        }
    });
}

/// The least paragraph there can be.
fn seam(xml: &mut Xml, properties: impl FnOnce(&mut Xml)) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.value("w:pStyle", Style::Seam.id());
            properties(xml);
        });
    });
}

fn seam_departing(xml: &mut Xml, departure: Departure) {
    seam(xml, |xml| departures(xml, departure));
}

/// Departures in the order of the schema.
fn departures(xml: &mut Xml, departure: Departure) {
    if departure.keep == Keep::WithNext {
        xml.leaf("w:keepNext", &[]);
    }
    let sides: &[&str] = match (departure.rule, departure.boxed) {
        (_, Some(_)) => &["w:top", "w:left", "w:bottom", "w:right"],
        (Some(_), None) => &["w:top"],
        (None, None) => &[],
    };
    if let Some(thickness) = departure.boxed.or(departure.rule) {
        // Borders are measured in eighths of a point, twips in twentieths.
        let eighths = (thickness.twips() * 8 / 20).to_string();
        let space = if departure.boxed.is_some() { "1" } else { "0" };
        let border = [("w:val", "single"), ("w:sz", eighths.as_str()), ("w:space", space), ("w:color", "000000")];
        xml.within("w:pBdr", &[], |xml| sides.iter().for_each(|side| xml.leaf(side, &border)));
    }
    if let Some(before) = departure.before {
        xml.leaf("w:spacing", &[("w:before", &before.twips().to_string())]);
    }
    if let Some(indent) = departure.indent {
        let [left, right, hanging] = [indent.left, indent.right, indent.hanging].map(|side| side.twips().to_string());
        // Either ends the indent of the first line that a style has.
        let first = if indent.hanging == Length::ZERO { "w:firstLine" } else { "w:hanging" };
        xml.leaf("w:ind", &[("w:left", &left), ("w:right", &right), (first, &hanging)]);
    }
    if let Some(align) = departure.align {
        xml.value("w:jc", align);
    }
}

/// Ends a sheet: what follows begins a new page with pages numbered anew.
fn close_sheet(xml: &mut Xml, layout: &Layout, sheet: Sheet) {
    seam(xml, |xml| sheet_properties(xml, layout, sheet));
}

fn sheet_properties(xml: &mut Xml, layout: &Layout, sheet: Sheet) {
    let page = &layout.page;
    let [width, height] = page.sheet(sheet).map(|side| side.twips().to_string());
    let edge = edge(layout);
    xml.within("w:sectPr", &[], |xml| {
        xml.leaf(edge.reference, &[("w:type", "default"), ("r:id", NUMBERED)]);
        xml.leaf(edge.reference, &[("w:type", "first"), ("r:id", UNNUMBERED)]);
        xml.value("w:type", "nextPage");
        match sheet {
            Sheet::Portrait => xml.leaf("w:pgSz", &[("w:w", &width), ("w:h", &height)]),
            Sheet::Landscape => {
                xml.leaf("w:pgSz", &[("w:w", &width), ("w:h", &height), ("w:orient", "landscape")]);
            }
        }
        let [top, right, bottom, left, edge] =
            [page.top, page.right, page.bottom, page.left, page.edge].map(|side| side.twips().to_string());
        xml.leaf(
            "w:pgMar",
            &[
                ("w:top", &top),
                ("w:right", &right),
                ("w:bottom", &bottom),
                ("w:left", &left),
                ("w:header", &edge),
                ("w:footer", &edge),
                ("w:gutter", "0"),
            ],
        );
        xml.leaf("w:pgNumType", &[("w:start", "1")]);
        xml.leaf("w:titlePg", &[]);
    });
}

/// A heading in the middle of the line has no indent.
fn centred(departure: Departure) -> Departure {
    Departure { align: Some("center"), indent: Some(Indent::default()), ..departure }
}

fn accented(face: Face, accent: Accent) -> Face {
    match (accent, face) {
        (Accent::Plain, face) => face,
        (Accent::Italic, Face::Regular | Face::Italic) => Face::Italic,
        (Accent::Italic, Face::Bold | Face::BoldItalic) | (Accent::Strong, Face::Italic | Face::BoldItalic) => {
            Face::BoldItalic
        }
        (Accent::Strong, Face::Regular | Face::Bold) => Face::Bold,
    }
}
