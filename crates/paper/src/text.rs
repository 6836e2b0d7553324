//! The tree as plain text, for snapshots and comparisons: a line for each block.

use crate::tree::{Block, Cell, Document, Inline, NumberStyle, Table, numbered};
use crate::wording::{
    ADDRESSED, MOTTO, NATIONAL_TITLE, RECIPIENTS, addressees, annex_number, annex_reference, lead, number_line,
    place_date, printable, recipients, stretches,
};

/// Spells a document as plain text in reading order.
pub fn write(document: &Document) -> String {
    let head = &document.head;
    let mut lines: Vec<String> = head.superior.iter().chain(&head.issuer).map(|line| capitals(line)).collect();
    lines.extend([NATIONAL_TITLE.to_owned(), MOTTO.to_owned()]);
    lines.extend(Some(number_line(head)).filter(|line| !line.is_empty()));
    lines.push(place_date(head, document.dated));
    lines.extend(head.stamps.iter().map(|stamp| capitals(stamp)));
    lines.extend([capitals(&head.kind), spelt("", &head.abstract_line)]);
    match addressees(head).as_slice() {
        [] => {}
        [only] => lines.push(format!("{ADDRESSED} {only}")),
        several => {
            lines.push(ADDRESSED.to_owned());
            lines.extend_from_slice(several);
        }
    }
    lines.extend(block_lines(&document.body));
    if let Some(beside) = &document.foot.beside {
        lines.extend(beside.authority.iter().map(|line| capitals(line)));
        lines.extend(beside.signer.iter().map(|name| printable(name)));
    }
    let recipients = recipients(&document.foot.recipients);
    if !recipients.is_empty() {
        lines.push(RECIPIENTS.to_owned());
        lines.extend(recipients);
    }
    lines.extend(document.foot.authority.iter().map(|line| capitals(line)));
    lines.extend(document.foot.signer.iter().map(|name| printable(name)));
    for (index, annex) in document.annexes.iter().enumerate() {
        lines.push(annex_number(index, document.annexes.len()));
        lines.push(capitals(&annex.title));
        lines.push(annex_reference(head, document.dated));
        lines.extend(block_lines(&annex.body));
    }
    lines.join("\n") + "\n"
}

/// Spells blocks as plain text: headings with their numbers, tables as `| a | b |`.
pub fn write_blocks(blocks: &[Block]) -> String {
    block_lines(blocks).into_iter().map(|line| line + "\n").collect()
}

fn block_lines(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in numbered(blocks) {
        let number = lead(&entry.number);
        match entry.block {
            Block::Section(section) => {
                let line = spelt(&number, &section.title);
                lines.push(match section.style {
                    NumberStyle::Roman | NumberStyle::Centred => line.to_uppercase(),
                    NumberStyle::Arabic | NumberStyle::Decimal | NumberStyle::Letter => line,
                });
            }
            Block::Paragraph(text) | Block::Item { text, .. } => lines.push(spelt(&number, text)),
            Block::Table(table) => lines.extend(table_lines(table)),
        }
    }
    lines
}

fn table_lines(table: &Table) -> impl Iterator<Item = String> {
    table.header.iter().chain(&table.rows).chain(&table.totals).map(|row| row_line(row))
}

fn row_line(row: &[Cell]) -> String {
    let cells: Vec<String> = row.iter().map(|cell| spelt("", &cell.text)).collect();
    format!("| {} |", cells.join(" | "))
}

fn spelt(before: &str, inlines: &[Inline]) -> String {
    stretches(before, inlines).into_iter().map(|stretch| stretch.text).collect()
}

fn capitals(text: &str) -> String {
    printable(text).to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Align, Column, Marker, Section};

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.into())]
    }

    #[test]
    fn every_block_is_a_line_with_its_number() {
        let table = Table {
            columns: vec![Column { width: 500, align: Align::Left }; 2],
            header: vec![vec![Table::cell(text("Chỉ tiêu")), Table::cell(text("Thực hiện"))]],
            rows: vec![vec![Table::cell(text("Thu ngân sách")), Table::cell(vec![])]],
            totals: vec![],
        };
        let blocks = [Block::Section(Section {
            id: "ket-qua".into(),
            style: NumberStyle::Roman,
            title: text("Kết quả"),
            body: vec![
                Block::Section(Section {
                    id: "kinh-te".into(),
                    style: NumberStyle::Arabic,
                    title: text("Kinh tế"),
                    body: vec![
                        Block::Paragraph(text("Thu đạt khá.")),
                        Block::Item { marker: Marker::Dash, text: text("Thuế;") },
                    ],
                }),
                Block::Table(table),
            ],
        })];
        assert_eq!(
            write_blocks(&blocks),
            "I. KẾT QUẢ\n1. Kinh tế\nThu đạt khá.\n- Thuế;\n| Chỉ tiêu | Thực hiện |\n| Thu ngân sách |  |\n"
        );
    }
}
