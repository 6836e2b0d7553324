//! Blocks in a line each, for chapters that write their papers in code.

use thidua_paper::tree::{Align, Block, Cell, Column, Inline, Marker, NumberStyle, Section, Table};

/// Plain text.
pub fn text(text: impl Into<String>) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

/// A paragraph.
pub fn paragraph(text: Vec<Inline>) -> Block {
    Block::Paragraph(text)
}

/// An entry with a dash.
pub fn dash(text: Vec<Inline>) -> Block {
    Block::Item { marker: Marker::Dash, text }
}

/// An entry with a letter: `a)`.
pub fn letter(text: Vec<Inline>) -> Block {
    Block::Item { marker: Marker::Letter, text }
}

/// An article: `Điều 1.`
pub fn article(text: Vec<Inline>) -> Block {
    Block::Item { marker: Marker::Article, text }
}

/// A part with a Roman number: `I. TIÊU ĐỀ`. `id` is unique in the paper.
pub fn section(id: &str, title: &str, body: Vec<Block>) -> Block {
    part(id, NumberStyle::Roman, title, body)
}

/// A part with a number of any style.
pub fn part(id: &str, style: NumberStyle, title: &str, body: Vec<Block>) -> Block {
    Block::Section(Section { id: id.to_owned(), style, title: text(title), body })
}

/// A table with one row of headings. Each column has its heading, its share of the width in parts of any whole, and how its
/// cells stand.
pub fn table(columns: &[(&str, u16, Align)], rows: Vec<Vec<Vec<Inline>>>, totals: Vec<Vec<Vec<Inline>>>) -> Block {
    let all: u32 = columns.iter().map(|(_, width, _)| u32::from(*width)).sum::<u32>().max(1);
    let mut left: u16 = 1000;
    let last = columns.len().saturating_sub(1);
    let shares = columns.iter().enumerate().map(|(place, (_, width, align))| {
        let share = u16::try_from(u32::from(*width) * 1000 / all).unwrap_or(left).min(left);
        let width = if place == last { left } else { share };
        left -= width;
        Column { width, align: *align }
    });
    let cells = |row: Vec<Vec<Inline>>| -> Vec<Cell> { row.into_iter().map(Table::cell).collect() };
    Block::Table(Table {
        columns: shares.collect(),
        header: vec![columns.iter().map(|(heading, _, _)| Table::cell(text(*heading))).collect()],
        rows: rows.into_iter().map(cells).collect(),
        totals: totals.into_iter().map(cells).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_width_whatever_their_shares_add_up_to() {
        let columns = [("TT", 1, Align::Centre), ("Đơn vị", 4, Align::Left), ("Kết quả", 2, Align::Right)];
        let Block::Table(made) = table(&columns, vec![vec![text("1"), text("Xã A"), text("3")]], Vec::new()) else {
            panic!("a table is a table")
        };
        assert_eq!(made.columns.iter().map(|column| column.width).collect::<Vec<_>>(), [142, 571, 287]);
        assert_eq!((made.header.len(), made.rows[0].len()), (1, 3));
    }
}
