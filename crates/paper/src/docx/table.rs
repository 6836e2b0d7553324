//! Tables with borders, merged cells and a header that repeats on each page.

use super::body::{Departure, Keep, paragraph};
use super::styles::Style;
use super::xml::Xml;
use crate::grid::{Band, Grid, Place, Row, Split};
use crate::layout::Layout;
use crate::length::Length;
use crate::tree::{Align, Cell, Table};
use crate::wording::stretches;

/// A table; its last row stays with what follows as `keep` says.
pub(super) fn table(xml: &mut Xml, layout: &Layout, table: &Table, grid: &Grid<'_>, keep: Keep) {
    xml.within("w:tbl", &[], |xml| {
        xml.within("w:tblPr", &[], |xml| {
            let width = grid.widths.iter().copied().sum::<Length>().twips().to_string();
            xml.leaf("w:tblW", &[("w:w", &width), ("w:type", "dxa")]);
            xml.leaf("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
            xml.within("w:tblBorders", &[], |xml| {
                for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                    let border = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")];
                    xml.leaf(side, &border);
                }
            });
            xml.leaf("w:tblLayout", &[("w:type", "fixed")]);
            let side = layout.cell_side.twips().to_string();
            xml.within("w:tblCellMar", &[], |xml| {
                xml.leaf("w:left", &[("w:w", &side), ("w:type", "dxa")]);
                xml.leaf("w:right", &[("w:w", &side), ("w:type", "dxa")]);
            });
        });
        xml.within("w:tblGrid", &[], |xml| {
            for width in &grid.widths {
                xml.leaf("w:gridCol", &[("w:w", &width.twips().to_string())]);
            }
        });
        for (index, row) in grid.rows.iter().enumerate() {
            let keep = if index + 1 == grid.rows.len() { keep } else { Keep::AsStyled };
            table_row(xml, layout, table, grid, row, keep);
        }
    });
}

fn table_row(xml: &mut Xml, layout: &Layout, table: &Table, grid: &Grid<'_>, row: &Row<'_>, keep: Keep) {
    xml.within("w:tr", &[], |xml| {
        xml.within("w:trPr", &[], |xml| {
            match row.split(&grid.widths, layout) {
                Split::Allowed => {}
                Split::Refused => xml.leaf("w:cantSplit", &[]),
            }
            match row.band {
                Band::Header => xml.leaf("w:tblHeader", &[]),
                Band::Rows | Band::Totals => {}
            }
        });
        for place in &row.places {
            match *place {
                Place::Cell { cell, column } => {
                    let columns = usize::from(cell.columns);
                    let merge = if cell.rows > 1 { Merge::Begins } else { Merge::None };
                    table_cell(xml, &grid.widths[column..column + columns], merge, |xml| {
                        cell_text(xml, layout, table, row.band, cell, column, keep);
                    });
                }
                Place::Covered { column, columns } => {
                    table_cell(xml, &grid.widths[column..column + columns], Merge::Goes, |xml| {
                        paragraph(xml, layout, Style::Cell, layout.elements.cell, Departure::default(), &[]);
                    });
                }
            }
        }
    });
}

/// A cell's part in a merger of rows.
enum Merge {
    None,
    Begins,
    Goes,
}

fn table_cell(xml: &mut Xml, widths: &[Length], merge: Merge, content: impl FnOnce(&mut Xml)) {
    xml.within("w:tc", &[], |xml| {
        xml.within("w:tcPr", &[], |xml| {
            let width = widths.iter().copied().sum::<Length>().twips().to_string();
            xml.leaf("w:tcW", &[("w:w", &width), ("w:type", "dxa")]);
            if widths.len() > 1 {
                xml.value("w:gridSpan", &widths.len().to_string());
            }
            match merge {
                Merge::None => {}
                Merge::Begins => xml.value("w:vMerge", "restart"),
                Merge::Goes => xml.value("w:vMerge", "continue"),
            }
            xml.value("w:vAlign", "center");
        });
        content(xml);
    });
}

fn cell_text(xml: &mut Xml, layout: &Layout, table: &Table, band: Band, cell: &Cell, column: usize, keep: Keep) {
    let (style, align) = match band {
        Band::Header => (Style::CellStrong, Align::Centre),
        Band::Totals => (Style::CellStrong, table.columns[column].align),
        Band::Rows => (Style::Cell, table.columns[column].align),
    };
    let align = match align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
    };
    // A header alone at the foot of a page would head nothing.
    let keep = match band {
        Band::Header => Keep::WithNext,
        Band::Rows | Band::Totals => keep,
    };
    let departure = Departure { keep, align: Some(align), ..Departure::default() };
    paragraph(xml, layout, style, style.setting(layout), departure, &stretches("", &cell.text));
}
