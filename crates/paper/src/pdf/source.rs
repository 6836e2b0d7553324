//! The tree as a Typst source: calls of the furniture in `paper.typ`, every text a string literal.
//!
//! Nothing of a document is ever read as markup, so a text can neither break the source nor run in it.

use crate::BadTable;
use crate::face::{ASCENT, DESCENT, FAMILY, SINGLE, showable};
use crate::grid::{Band, Grid, Place, Row, Split, grid};
use crate::layout::{Layout, PageNumber, Setting};
use crate::length::Length;
use crate::placing::{HeadPlacing, foot_split, head_placing, stamp_side};
use crate::tree::{Align, Block, Document, Inline, NumberStyle, Numbered, Sheet, Table, numbered, text_of};
use crate::wording::{
    ADDRESSED, Accent, MOTTO, NATIONAL_TITLE, RECIPIENTS, Stretch, addressees, annex_number, annex_reference,
    entry_stretches, number_line, place_date, printable, recipients, stretches,
};

/// The source of a document.
pub(super) fn source(document: &Document, layout: &Layout) -> Result<String, BadTable> {
    let mut out = String::from("#import \"paper.typ\": *\n");
    out.push_str(&format!("#let l = {}\n", layout_table(layout)));
    out.push_str(&format!("#show: paper.with(l, {})\n", quoted(&printable(&document.title))));
    open_sheet(&mut out, layout, Sheet::Portrait);
    head(&mut out, document, layout);
    blocks(&mut out, &document.body, layout, Sheet::Portrait, Last::StaysWithFoot)?;
    foot(&mut out, document, layout);
    out.push_str("})\n");
    for (index, annex) in document.annexes.iter().enumerate() {
        open_sheet(&mut out, layout, annex.sheet);
        let elements = &layout.elements;
        line(&mut out, elements.annex_number, "", &annex_number(index, document.annexes.len()));
        line(&mut out, elements.annex_title, "", &annex.title);
        line(&mut out, elements.annex_reference, "", &annex_reference(&document.head, document.dated));
        blocks(&mut out, &annex.body, layout, annex.sheet, Last::StandsAlone)?;
        out.push_str("})\n");
    }
    Ok(out)
}

/// What the last block of a run must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// It stays on the page of the foot.
    StaysWithFoot,
    /// Nothing follows.
    StandsAlone,
}

fn head(out: &mut String, document: &Document, layout: &Layout) {
    let (head, elements) = (&document.head, &layout.elements);
    let placing = head_placing(document, layout);
    out.push_str(&format!("  columns(l.head-columns, row-gutter: {}, {{\n", points(layout.gaps.number)));
    if let Some(superior) = &head.superior {
        line(out, elements.superior, &inset(placing.superior_side), superior);
    }
    for (issuer, side) in head.issuer.iter().zip(&placing.issuer_sides) {
        line(out, elements.issuer, &inset(*side), issuer);
    }
    rule(out, placing.issuer_rule);
    out.push_str("  }, {\n");
    line(out, elements.national_title, "", NATIONAL_TITLE);
    line(out, elements.motto, "", MOTTO);
    rule(out, placing.motto_rule);
    out.push_str("  }, {\n");
    let number = number_line(head);
    if !number.is_empty() {
        line(out, elements.number, "", &number);
    }
    for stamp in &head.stamps {
        let parts = parts(elements.stamp, &stretches("", &[Inline::Text(stamp.clone())]));
        let side = points(stamp_side(stamp, layout));
        out.push_str(&format!(
            "    stamp(l, {}, {}, {side}, {parts})\n",
            of(elements.stamp),
            points(layout.gaps.number)
        ));
    }
    out.push_str("  }, {\n");
    line(out, elements.place_date, "", &place_date(head, document.dated));
    out.push_str("  })\n");
    line(out, elements.kind, &format!("before: {}, ", points(layout.gaps.kind)), &head.kind);
    line(out, elements.abstract_line, &inset(placing.abstract_side), &text_of(&head.abstract_line));
    rule(out, placing.abstract_rule);
    addressed(out, document, layout, &placing);
}

fn addressed(out: &mut String, document: &Document, layout: &Layout, placing: &HeadPlacing) {
    let setting = layout.elements.addressees;
    let before = format!("before: {}, ", points(layout.gaps.body));
    let hung = |left: Length, hanging: Length| {
        format!("side: ({}, 0pt), hanging: {}, placed: left, ", points(left), points(hanging))
    };
    let entries = addressees(&document.head);
    match entries.as_slice() {
        [] => {}
        [only] => {
            let place = hung(placing.addressed, placing.addressee - placing.addressed);
            line(out, setting, &(before + &place), &format!("{ADDRESSED} {only}"));
        }
        several => {
            line(out, setting, &(before + &hung(placing.addressed, Length::ZERO)), ADDRESSED);
            for entry in several {
                line(out, setting, &hung(placing.addressee, placing.addressee_hang), entry);
            }
        }
    }
}

fn foot(out: &mut String, document: &Document, layout: &Layout) {
    let (foot, elements) = (&document.foot, &layout.elements);
    let breakable = match foot_split(foot) {
        Split::Allowed => true,
        Split::Refused => false,
    };
    out.push_str(&format!("  foot(l, {breakable}, {{\n"));
    if let Some(beside) = &foot.beside {
        signed(out, layout, &beside.authority, beside.signer.as_deref());
    }
    let entries = recipients(&foot.recipients);
    if !entries.is_empty() {
        let before = if foot.beside.is_some() { layout.gaps.foot } else { Length::ZERO };
        let options = format!("before: {}, placed: left, ", points(before));
        line(out, elements.recipients_word, &options, RECIPIENTS);
    }
    for entry in &entries {
        line(out, elements.recipients, "placed: left, ", entry);
    }
    out.push_str("  }, {\n");
    signed(out, layout, &foot.authority, foot.signer.as_deref());
    out.push_str("  })\n");
}

/// Lines of authority, room for the signature, and the name.
fn signed(out: &mut String, layout: &Layout, authority: &[String], signer: Option<&str>) {
    for office in authority {
        line(out, layout.elements.authority, "", office);
    }
    out.push_str(&format!("    v({})\n", points(layout.gaps.signature)));
    if let Some(signer) = signer {
        line(out, layout.elements.signer, "", signer);
    }
}

fn blocks(out: &mut String, blocks: &[Block], layout: &Layout, sheet: Sheet, last: Last) -> Result<(), BadTable> {
    let numbered = numbered(blocks);
    for (index, entry) in numbered.iter().enumerate() {
        let mut options = String::new();
        if index == 0 {
            options.push_str(&format!("before: {}, ", points(layout.gaps.body)));
        }
        if last == Last::StaysWithFoot && index + 1 == numbered.len() {
            options.push_str(sticky(entry.block));
        }
        block(out, layout, sheet, entry, &options)?;
    }
    Ok(())
}

/// The option that keeps a block with what follows. Headings stay by themselves; a table may be longer
/// than a page, so it does not.
fn sticky(block: &Block) -> &'static str {
    match block {
        Block::Paragraph(_) | Block::Item { .. } => "sticky: true, ",
        Block::Section(_) | Block::Table(_) => "",
    }
}

fn block(out: &mut String, layout: &Layout, sheet: Sheet, entry: &Numbered<'_>, options: &str) -> Result<(), BadTable> {
    match entry.block {
        Block::Section(section) => {
            let setting = match section.style {
                NumberStyle::Roman | NumberStyle::Centred => layout.elements.roman,
                NumberStyle::Arabic | NumberStyle::Decimal | NumberStyle::Letter => layout.elements.section,
            };
            let middle = if section.style == NumberStyle::Centred { "middle: true, " } else { "" };
            let parts = parts(setting, &entry_stretches(entry, &section.title));
            out.push_str(&format!("  section(l, {}, {}, {middle}{options}{parts})\n", of(setting), entry.depth + 1));
        }
        Block::Paragraph(text) | Block::Item { text, .. } => {
            let setting = layout.elements.body;
            let parts = parts(setting, &entry_stretches(entry, text));
            out.push_str(&format!("  para(l, {}, {options}{parts})\n", of(setting)));
        }
        Block::Table(content) => {
            let grid = grid(content, layout.page.text_width(sheet))?;
            table(out, layout, content, &grid, options);
        }
    }
    Ok(())
}

fn table(out: &mut String, layout: &Layout, table: &Table, grid: &Grid<'_>, options: &str) {
    let widths: Vec<String> = grid.widths.iter().map(|width| points(*width)).collect();
    let setting = of(layout.elements.cell);
    out.push_str(&format!("  board(l, {setting}, {options}({},), (\n", widths.join(", ")));
    for row in grid.rows.iter().filter(|row| row.band == Band::Header) {
        cells(out, layout, table, &grid.widths, row);
    }
    out.push_str("  ),\n");
    for row in grid.rows.iter().filter(|row| row.band != Band::Header) {
        cells(out, layout, table, &grid.widths, row);
    }
    out.push_str("  )\n");
}

fn cells(out: &mut String, layout: &Layout, table: &Table, widths: &[Length], row: &Row<'_>) {
    let breakable = match row.split(widths, layout) {
        Split::Allowed => true,
        Split::Refused => false,
    };
    for place in &row.places {
        // The typesetter knows by itself which places a cell above covers.
        let Place::Cell { cell, column } = *place else { continue };
        let (setting, align) = match row.band {
            Band::Header => (layout.elements.cell_strong, Align::Centre),
            Band::Totals => (layout.elements.cell_strong, table.columns[column].align),
            Band::Rows => (layout.elements.cell, table.columns[column].align),
        };
        let align = match align {
            Align::Left => "left",
            Align::Centre => "center",
            Align::Right => "right",
        };
        let (columns, rows) = (cell.columns, cell.rows);
        let parts = parts(setting, &stretches("", &cell.text));
        let setting = of(setting);
        out.push_str(&format!("    cell(l, {setting}, {columns}, {rows}, {align}, {breakable}, {parts}),\n"));
    }
}

/// A line of one setting; `options` are named arguments, each with its comma.
fn line(out: &mut String, setting: Setting, options: &str, text: &str) {
    let parts = parts(setting, &stretches("", &[Inline::Text(text.to_owned())]));
    out.push_str(&format!("    lines(l, {}, {options}{parts})\n", of(setting)));
}

/// The option of indents of one width at both sides.
fn inset(side: Length) -> String {
    let side = points(side);
    format!("side: ({side}, {side}), ")
}

fn rule(out: &mut String, length: Length) {
    out.push_str(&format!("    rule(l, {})\n", points(length)));
}

fn open_sheet(out: &mut String, layout: &Layout, sheet: Sheet) {
    let [width, height] = layout.page.sheet(sheet).map(points);
    out.push_str(&format!("#sheet(l, {width}, {height}, {{\n"));
}

/// The layout as a dictionary of the furniture's.
fn layout_table(layout: &Layout) -> String {
    let (page, gaps) = (&layout.page, &layout.gaps);
    let thousandths = |value: i64| format!("{}.{:03}", value / 1000, value % 1000);
    let pair = |[left, right]: [Length; 2]| format!("({}, {})", points(left), points(right));
    let place = match page.number {
        PageNumber::TopCentre => "top-centre",
        PageNumber::BottomRight => "bottom-right",
    };
    let entries = [
        ("font", quoted(FAMILY)),
        ("ascent", thousandths(ASCENT)),
        ("descent", thousandths(DESCENT)),
        ("single", thousandths(SINGLE)),
        ("spacing", thousandths(i64::from(layout.line_spacing) * 10)),
        ("top", points(page.top)),
        ("bottom", points(page.bottom)),
        ("left", points(page.left)),
        ("right", points(page.right)),
        ("edge", points(page.edge)),
        ("number-place", quoted(place)),
        ("number", of(layout.elements.page_number)),
        ("first-line", points(layout.first_line)),
        ("gap-paragraph", points(gaps.paragraph)),
        ("gap-rule", points(gaps.rule)),
        ("gap-foot", points(gaps.foot)),
        ("gap-cell", points(gaps.cell)),
        ("cell-side", points(layout.cell_side)),
        ("rule", points(layout.rule)),
        ("head-columns", pair(layout.head_columns)),
        ("foot-columns", pair(layout.foot_columns)),
    ];
    let entries: Vec<String> = entries.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!("({})", entries.join(", "))
}

/// A setting as a dictionary.
fn of(setting: Setting) -> String {
    let (bold, italic) = (setting.face.is_bold(), setting.face.is_italic());
    format!("(size: {}, bold: {bold}, italic: {italic})", points(setting.size.length()))
}

/// A line's stretches as arguments.
fn parts(setting: Setting, line: &[Stretch]) -> String {
    let parts: Vec<String> = line
        .iter()
        .map(|stretch| {
            let text = quoted(&setting.spell(&stretch.text));
            match stretch.accent {
                Accent::Plain => text,
                Accent::Italic => format!("it({text})"),
                Accent::Strong => format!("strong-part({text})"),
            }
        })
        .collect();
    parts.join(", ")
}

/// A text as a string literal. Printable text holds no control characters, so two escapes are enough.
fn quoted(text: &str) -> String {
    format!("\"{}\"", showable(text).replace('\\', "\\\\").replace('"', "\\\""))
}

fn points(length: Length) -> String {
    length.points() + "pt"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_string_literal_whatever_it_holds() {
        assert_eq!(quoted(r##"a "b" \n #c // */"##), r##""a \"b\" \\n #c // */""##);
        let line = stretches("I. ", &[Inline::Italic("#x".into()), Inline::Text("\"".into())]);
        let setting = crate::layout_on(thidua_base::Date::new(2020, 7, 5).unwrap()).unwrap().elements.body;
        assert_eq!(parts(setting, &line), r##""I. ", it("#x"), "\"""##);
    }
}
