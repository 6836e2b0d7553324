//! A table's cells at their places: which columns and rows each takes, checked to fill the table.

use crate::BadTable;
use crate::face::width;
use crate::layout::Layout;
use crate::length::Length;
use crate::tree::{Cell, Table, text_of};

/// A table with every place of it accounted for.
#[derive(Debug)]
pub(crate) struct Grid<'a> {
    /// Widths of the columns; they add up to the width asked for.
    pub widths: Vec<Length>,
    /// Rows from top to bottom.
    pub rows: Vec<Row<'a>>,
}

/// A row.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    /// Which part of the table it belongs to.
    pub band: Band,
    /// Its places from left to right.
    pub places: Vec<Place<'a>>,
}

/// The parts of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Band {
    /// Repeated on each page.
    Header,
    /// The rows.
    Rows,
    /// Total rows.
    Totals,
}

/// Whether a row, or the foot, may be split between pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Split {
    /// It may.
    Allowed,
    /// It moves to the next page as a whole.
    Refused,
}

/// One or more columns of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    /// A cell that begins here.
    Cell {
        /// The cell.
        cell: &'a Cell,
        /// Its first column, from 0.
        column: usize,
    },
    /// Columns that a cell of a row above reaches down into.
    Covered {
        /// The first of them, from 0.
        column: usize,
        /// How many.
        columns: usize,
    },
}

/// The grid of a table that is `width` wide.
pub(crate) fn grid(table: &Table, width: Length) -> Result<Grid<'_>, BadTable> {
    let shares: Vec<i64> = table.columns.iter().map(|column| i64::from(column.width)).collect();
    let whole: i64 = shares.iter().sum();
    if whole == 0 {
        return Err(BadTable::NoColumns);
    }
    // Edges are rounded, not widths, so that widths add up.
    let mut until = 0;
    let mut edge = Length::ZERO;
    let widths = shares
        .iter()
        .map(|share| {
            until += share;
            let next = width.share(until, whole);
            let column = next - edge;
            edge = next;
            column
        })
        .collect();
    let mut rows = Vec::new();
    for (band, cells) in [(Band::Header, &table.header), (Band::Rows, &table.rows), (Band::Totals, &table.totals)] {
        place_band(band, cells, shares.len(), &mut rows)?;
    }
    Ok(Grid { widths, rows })
}

impl Row<'_> {
    /// Whether the row may go on over the end of a page: only one that is higher than some lines.
    pub(crate) fn split(&self, widths: &[Length], layout: &Layout) -> Split {
        const LINES: i64 = 12;
        let setting = layout.elements.cell_strong;
        let high = self.places.iter().any(|place| match place {
            Place::Cell { cell, column } => {
                let room: Length = widths[*column..*column + usize::from(cell.columns)].iter().copied().sum();
                let room = (room - layout.cell_side * 2).max(Length::mm(1));
                // Lines end at words, so a third of each may stay empty.
                width(&text_of(&cell.text), setting.face, setting.size) * 3 > room * (2 * LINES)
            }
            Place::Covered { .. } => false,
        });
        if high { Split::Allowed } else { Split::Refused }
    }
}

impl Band {
    /// The field of [`Table`] that holds it.
    fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Rows => "rows",
            Self::Totals => "totals",
        }
    }
}

/// How far a cell above still reaches down into a column.
#[derive(Debug, Clone, Copy, Default)]
struct Reach {
    /// Rows still covered, counted from the next.
    rows: usize,
    /// Columns from here to the right edge of the cell, if the cell begins here.
    columns: usize,
}

fn place_band<'a>(band: Band, cells: &'a [Vec<Cell>], columns: usize, rows: &mut Vec<Row<'a>>) -> Result<(), BadTable> {
    let mut reach = vec![Reach::default(); columns];
    for (index, cells) in cells.iter().enumerate() {
        let row = index + 1;
        let uneven = || BadTable::Row { band: band.name(), row, columns };
        let mut places = Vec::new();
        let mut column = 0;
        let mut cells = cells.iter();
        while column < columns {
            if reach[column].rows > 0 {
                let covered = reach[column].columns;
                for reach in &mut reach[column..column + covered] {
                    reach.rows -= 1;
                }
                places.push(Place::Covered { column, columns: covered });
                column += covered;
                continue;
            }
            let cell = cells.next().ok_or_else(uneven)?;
            let (wide, high) = (usize::from(cell.columns), usize::from(cell.rows));
            if wide == 0 || high == 0 {
                return Err(BadTable::EmptySpan { band: band.name(), row });
            }
            let free = reach.get(column..column + wide).is_some_and(|span| span.iter().all(|reach| reach.rows == 0));
            if !free {
                return Err(uneven());
            }
            for reach in &mut reach[column..column + wide] {
                *reach = Reach { rows: high - 1, columns: 0 };
            }
            reach[column].columns = wide;
            places.push(Place::Cell { cell, column });
            column += wide;
        }
        if cells.next().is_some() {
            return Err(uneven());
        }
        rows.push(Row { band, places });
    }
    if reach.iter().any(|reach| reach.rows > 0) {
        return Err(BadTable::Overhang { band: band.name() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Align, Column, Inline};

    fn table(header: Vec<Vec<Cell>>, rows: Vec<Vec<Cell>>) -> Table {
        let column = |width| Column { width, align: Align::Left };
        Table { columns: vec![column(333), column(333), column(334)], header, rows, totals: vec![] }
    }

    fn cell(columns: u8, rows: u8) -> Cell {
        Cell { text: vec![Inline::Text("x".into())], columns, rows }
    }

    /// The places as letters: `c` a cell's columns, `-` covered columns.
    fn drawn(table: &Table) -> Vec<String> {
        let grid = grid(table, Length::mm(165)).unwrap();
        let draw = |place: &Place<'_>| match place {
            Place::Cell { cell, .. } => "c".repeat(usize::from(cell.columns)) + "|",
            Place::Covered { columns, .. } => "-".repeat(*columns) + "|",
        };
        grid.rows.iter().map(|row| row.places.iter().map(draw).collect()).collect()
    }

    #[test]
    fn cells_that_reach_down_cover_the_rows_below() {
        let headed = table(vec![vec![cell(1, 2), cell(2, 1)], vec![cell(1, 1), cell(1, 1)]], vec![vec![cell(3, 1)]]);
        assert_eq!(drawn(&headed), ["c|cc|", "-|c|c|", "ccc|"]);
        let wide = table(vec![vec![cell(2, 2), cell(1, 1)], vec![cell(1, 1)]], vec![]);
        assert_eq!(drawn(&wide), ["cc|c|", "--|c|"]);
    }

    #[test]
    fn widths_add_up_to_the_whole() {
        let grid_of = table(vec![], vec![]);
        let widths = grid(&grid_of, Length::mm(165)).unwrap().widths;
        assert_eq!(widths.into_iter().sum::<Length>(), Length::mm(165));
    }

    #[test]
    fn a_table_that_does_not_fill_its_columns_is_refused() {
        let refused = |table: Table| grid(&table, Length::mm(165)).unwrap_err();
        let row = |row| BadTable::Row { band: "rows", row, columns: 3 };
        assert_eq!(refused(table(vec![], vec![vec![cell(1, 1), cell(1, 1)]])), row(1));
        assert_eq!(refused(table(vec![], vec![vec![cell(3, 1)], vec![cell(2, 1), cell(2, 1)]])), row(2));
        assert_eq!(refused(table(vec![], vec![vec![cell(3, 1), cell(1, 1)]])), row(1));
        assert_eq!(refused(table(vec![vec![cell(3, 2)]], vec![])), BadTable::Overhang { band: "header" });
        assert_eq!(refused(table(vec![vec![cell(0, 1)]], vec![])), BadTable::EmptySpan { band: "header", row: 1 });
        assert_eq!(
            refused(Table { columns: vec![], header: vec![], rows: vec![], totals: vec![] }),
            BadTable::NoColumns
        );
    }
}
