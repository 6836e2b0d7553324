//! Head and foot of the paper: tables without borders that hold the boxes of the layout.

use super::body::{Departure, Indent, Keep, plain};
use super::styles::Style;
use super::xml::Xml;
use crate::grid::Split;
use crate::layout::Layout;
use crate::length::Length;
use crate::placing::{HeadPlacing, foot_split, head_placing, stamp_side};
use crate::tree::{Document, Sheet, text_of};
use crate::wording::{ADDRESSED, MOTTO, NATIONAL_TITLE, RECIPIENTS, addressees, number_line, place_date, recipients};

/// Boxes 1 to 5 and 9a.
pub(super) fn head(xml: &mut Xml, document: &Document, layout: &Layout) {
    let head = &document.head;
    let placing = head_placing(document, layout);
    let [left, right] = layout.head_columns;
    let each = Departure::default();
    frame(xml, [left, right], |xml| {
        row(
            xml,
            [left, right],
            Split::Refused,
            |xml| {
                if let Some(superior) = &head.superior {
                    plain(xml, layout, Style::Superior, inset(placing.superior_side), superior);
                }
                for (line, side) in head.issuer.iter().zip(&placing.issuer_sides) {
                    plain(xml, layout, Style::Issuer, inset(*side), line);
                }
                rule(xml, layout, left, placing.issuer_rule);
            },
            |xml| {
                plain(xml, layout, Style::NationalTitle, each, NATIONAL_TITLE);
                plain(xml, layout, Style::Motto, each, MOTTO);
                rule(xml, layout, right, placing.motto_rule);
            },
        );
        row(
            xml,
            [left, right],
            Split::Refused,
            |xml| {
                let number = number_line(head);
                // A cell must hold a paragraph, so an absent line is an empty one.
                if !number.is_empty() || head.stamps.is_empty() {
                    plain(xml, layout, Style::Number, each, &number);
                }
                for stamp in &head.stamps {
                    let side = stamp_side(stamp, layout);
                    plain(xml, layout, Style::Stamp, Departure { boxed: Some(layout.rule), ..inset(side) }, stamp);
                }
            },
            |xml| plain(xml, layout, Style::PlaceDate, each, &place_date(head, document.dated)),
        );
    });
    plain(xml, layout, Style::Kind, each, &head.kind);
    plain(xml, layout, Style::Abstract, inset(placing.abstract_side), &text_of(&head.abstract_line));
    rule(xml, layout, layout.page.text_width(Sheet::Portrait), placing.abstract_rule);
    addressed(xml, document, layout, &placing);
}

/// Boxes 7 and 9b. They stay together, and with the last of the body: an authority never signs an empty page.
pub(super) fn foot(xml: &mut Xml, document: &Document, layout: &Layout) {
    let foot = &document.foot;
    let split = foot_split(foot);
    let keep = match split {
        Split::Allowed => Keep::AsStyled,
        Split::Refused => Keep::WithNext,
    };
    let keep = Departure { keep, ..Departure::default() };
    let first = Departure { before: Some(layout.gaps.foot), ..keep };
    let [left, right] = layout.foot_columns;
    let signed = |xml: &mut Xml, authority: &[String], signer: Option<&str>| {
        // A cell must hold a paragraph, so an absent line is an empty one.
        let mut departure = first;
        for line in authority {
            plain(xml, layout, Style::Authority, departure, line);
            departure = keep;
        }
        plain(xml, layout, Style::Signer, keep, signer.unwrap_or_default());
    };
    frame(xml, [left, right], |xml| {
        row(
            xml,
            [left, right],
            split,
            |xml| {
                if let Some(beside) = &foot.beside {
                    signed(xml, &beside.authority, beside.signer.as_deref());
                }
                let entries = recipients(&foot.recipients);
                let word = if entries.is_empty() { "" } else { RECIPIENTS };
                plain(xml, layout, Style::RecipientsWord, first, word);
                for entry in &entries {
                    plain(xml, layout, Style::Recipients, keep, entry);
                }
            },
            |xml| signed(xml, &foot.authority, foot.signer.as_deref()),
        );
    });
}

fn addressed(xml: &mut Xml, document: &Document, layout: &Layout, placing: &HeadPlacing) {
    let entries = addressees(&document.head);
    let at = |left: Length, hanging: Length| Some(Indent { left, right: Length::ZERO, hanging });
    let first = Departure { before: Some(layout.gaps.body), ..Departure::default() };
    match entries.as_slice() {
        [] => {}
        [only] => {
            let indent = at(placing.addressee, placing.addressee - placing.addressed);
            let line = format!("{ADDRESSED} {only}");
            plain(xml, layout, Style::Addressees, Departure { indent, ..first }, &line);
        }
        several => {
            let indent = at(placing.addressed, Length::ZERO);
            plain(xml, layout, Style::Addressees, Departure { indent, ..first }, ADDRESSED);
            let indent = at(placing.addressee + placing.addressee_hang, placing.addressee_hang);
            for entry in several {
                plain(xml, layout, Style::Addressees, Departure { indent, ..Departure::default() }, entry);
            }
        }
    }
}

/// Indents of one width at both sides.
fn inset(side: Length) -> Departure {
    let indent = Some(Indent { left: side, right: side, hanging: Length::ZERO });
    Departure { indent, ..Departure::default() }
}

/// A rule of a length, centred in a width: the top border of an empty line with indents at both sides.
fn rule(xml: &mut Xml, layout: &Layout, width: Length, length: Length) {
    let side = (width - length).or_zero().share(1, 2);
    plain(xml, layout, Style::Rule, Departure { rule: Some(layout.rule), ..inset(side) }, "");
}

fn frame(xml: &mut Xml, columns: [Length; 2], rows: impl FnOnce(&mut Xml)) {
    xml.within("w:tbl", &[], |xml| {
        xml.within("w:tblPr", &[], |xml| {
            let width = columns.into_iter().sum::<Length>().twips().to_string();
            xml.leaf("w:tblW", &[("w:w", &width), ("w:type", "dxa")]);
            xml.leaf("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
            xml.leaf("w:tblLayout", &[("w:type", "fixed")]);
            xml.within("w:tblCellMar", &[], |xml| {
                xml.leaf("w:left", &[("w:w", "0"), ("w:type", "dxa")]);
                xml.leaf("w:right", &[("w:w", "0"), ("w:type", "dxa")]);
            });
        });
        xml.within("w:tblGrid", &[], |xml| {
            for column in columns {
                xml.leaf("w:gridCol", &[("w:w", &column.twips().to_string())]);
            }
        });
        rows(xml);
    });
}

fn row(xml: &mut Xml, columns: [Length; 2], split: Split, left: impl FnOnce(&mut Xml), right: impl FnOnce(&mut Xml)) {
    xml.within("w:tr", &[], |xml| {
        match split {
            Split::Allowed => {}
            Split::Refused => xml.within("w:trPr", &[], |xml| xml.leaf("w:cantSplit", &[])),
        }
        cell(xml, columns[0], left);
        cell(xml, columns[1], right);
    });
}

fn cell(xml: &mut Xml, width: Length, content: impl FnOnce(&mut Xml)) {
    xml.within("w:tc", &[], |xml| {
        xml.within("w:tcPr", &[], |xml| {
            xml.leaf("w:tcW", &[("w:w", &width.twips().to_string()), ("w:type", "dxa")]);
        });
        content(xml);
    });
}
