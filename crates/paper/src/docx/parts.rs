//! The small parts of a DOCX: what is in the package, its properties, settings and page numbers.

use super::styles::{FONT, Style, W};
use super::xml::Xml;
use crate::layout::{Layout, PageNumber};
use crate::tree::Document;
use crate::wording::{LANGUAGE, printable};

/// The namespace of relations.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Relation of the part with the page number.
pub(super) const NUMBERED: &str = "rNumbered";
/// Relation of its empty counterpart on first pages.
pub(super) const UNNUMBERED: &str = "rUnnumbered";

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The header or footer that holds the page number, in the words of the format.
pub(super) struct Edge {
    /// Name of the part with the number, in the folder `word`.
    pub numbered: &'static str,
    /// Name of the part without.
    pub unnumbered: &'static str,
    /// Element of section properties that refers to them.
    pub reference: &'static str,
    root: &'static str,
    kind: &'static str,
    align: &'static str,
}

/// The edge at which a layout numbers pages.
pub(super) fn edge(layout: &Layout) -> Edge {
    match layout.page.number {
        PageNumber::TopCentre => Edge {
            numbered: "header1.xml",
            unnumbered: "header2.xml",
            reference: "w:headerReference",
            root: "w:hdr",
            kind: "header",
            align: "center",
        },
        PageNumber::BottomRight => Edge {
            numbered: "footer1.xml",
            unnumbered: "footer2.xml",
            reference: "w:footerReference",
            root: "w:ftr",
            kind: "footer",
            align: "right",
        },
    }
}

/// What each part of the package is.
pub(super) fn content_types(edge: &Edge) -> Vec<u8> {
    let word = |name: &str, kind: &str| (format!("/word/{name}"), format!("{WORD}.{kind}+xml"));
    let parts = [
        word("document.xml", "document.main"),
        word("styles.xml", "styles"),
        word("settings.xml", "settings"),
        word("fontTable.xml", "fontTable"),
        word(edge.numbered, edge.kind),
        word(edge.unnumbered, edge.kind),
        ("/docProps/core.xml".to_owned(), "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        (
            "/docProps/app.xml".to_owned(),
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        ),
    ];
    Xml::part("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |xml| {
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        xml.leaf("Default", &[("Extension", "rels"), ("ContentType", relations)]);
        xml.leaf("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        for (name, kind) in &parts {
            xml.leaf("Override", &[("PartName", name), ("ContentType", kind)]);
        }
    })
}

/// Where the package keeps its document and properties.
pub(super) fn package_relations() -> Vec<u8> {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    relations(&[
        ("rDocument", &format!("{R}/officeDocument"), "word/document.xml"),
        ("rCore", &core, "docProps/core.xml"),
        ("rApp", &format!("{R}/extended-properties"), "docProps/app.xml"),
    ])
}

/// Where the document keeps its styles, settings and page numbers.
pub(super) fn document_relations(edge: &Edge) -> Vec<u8> {
    let of_edge = format!("{R}/{}", edge.kind);
    relations(&[
        ("rStyles", &format!("{R}/styles"), "styles.xml"),
        ("rSettings", &format!("{R}/settings"), "settings.xml"),
        ("rFonts", &format!("{R}/fontTable"), "fontTable.xml"),
        (NUMBERED, &of_edge, edge.numbered),
        (UNNUMBERED, &of_edge, edge.unnumbered),
    ])
}

/// Title, language and times; both times are the day of the paper, so that bytes do not depend on a clock.
pub(super) fn core_properties(document: &Document) -> Vec<u8> {
    let day = format!("{}T00:00:00Z", document.dated);
    let names = [
        ("xmlns:cp", format!("{PACKAGE}/metadata/core-properties")),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/".to_owned()),
        ("xmlns:dcterms", "http://purl.org/dc/terms/".to_owned()),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance".to_owned()),
    ];
    let names: Vec<(&str, &str)> = names.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Xml::part("cp:coreProperties", &names, |xml| {
        xml.text_element("dc:title", &[], &printable(&document.title));
        xml.text_element("dc:language", &[], LANGUAGE);
        xml.text_element("dcterms:created", &[("xsi:type", "dcterms:W3CDTF")], &day);
        xml.text_element("dcterms:modified", &[("xsi:type", "dcterms:W3CDTF")], &day);
    })
}

/// The program that wrote the file.
pub(super) fn app_properties() -> Vec<u8> {
    let name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    Xml::part("Properties", &[("xmlns", name)], |xml| xml.text_element("Application", &[], "Thi Đua"))
}

/// Settings: the layout rules of Word 2013 and later.
pub(super) fn settings() -> Vec<u8> {
    Xml::part("w:settings", &[("xmlns:w", W)], |xml| {
        xml.leaf("w:zoom", &[("w:percent", "100")]);
        xml.value("w:defaultTabStop", "720");
        xml.value("w:characterSpacingControl", "doNotCompress");
        xml.within("w:compat", &[], |xml| {
            xml.leaf(
                "w:compatSetting",
                &[
                    ("w:name", "compatibilityMode"),
                    ("w:uri", "http://schemas.microsoft.com/office/word"),
                    ("w:val", "15"),
                ],
            );
        });
        xml.leaf("w:themeFontLang", &[("w:val", LANGUAGE)]);
        xml.value("w:decimalSymbol", ",");
        xml.value("w:listSeparator", ";");
    })
}

/// The one font, with what a program without it should look for.
pub(super) fn font_table() -> Vec<u8> {
    Xml::part("w:fonts", &[("xmlns:w", W)], |xml| {
        xml.within("w:font", &[("w:name", FONT)], |xml| {
            xml.value("w:altName", crate::face::FAMILY);
            xml.value("w:panose1", "02020603050405020304");
            xml.value("w:charset", "A3");
            xml.value("w:family", "roman");
            xml.value("w:pitch", "variable");
        });
    })
}

/// The header or footer of every page but the first.
pub(super) fn numbered_edge(edge: &Edge) -> Vec<u8> {
    edge_part(edge, |xml| {
        xml.within("w:r", &[], |xml| xml.leaf("w:fldChar", &[("w:fldCharType", "begin")]));
        xml.within("w:r", &[], |xml| xml.text_element("w:instrText", &[("xml:space", "preserve")], " PAGE "));
        xml.within("w:r", &[], |xml| xml.leaf("w:fldChar", &[("w:fldCharType", "separate")]));
        xml.within("w:r", &[], |xml| xml.text_element("w:t", &[], "2"));
        xml.within("w:r", &[], |xml| xml.leaf("w:fldChar", &[("w:fldCharType", "end")]));
    })
}

/// The empty header or footer of a first page.
pub(super) fn unnumbered_edge(edge: &Edge) -> Vec<u8> {
    edge_part(edge, |_| {})
}

fn edge_part(edge: &Edge, runs: impl FnOnce(&mut Xml)) -> Vec<u8> {
    Xml::part(edge.root, &[("xmlns:w", W)], |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.value("w:pStyle", Style::PageNumber.id());
                xml.value("w:jc", edge.align);
            });
            runs(xml);
        });
    })
}

fn relations(entries: &[(&str, &str, &str)]) -> Vec<u8> {
    Xml::part("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |xml| {
        for (id, kind, target) in entries {
            xml.leaf("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
        }
    })
}
