//! The DOCX writer: WordprocessingML for the dozen constructs that official papers need.
//!
//! Numbers of sections are written as text, as officials type them, so that they survive copying;
//! headings keep their outline level. Equal documents give equal bytes.

mod body;
mod frame;
mod parts;
mod styles;
mod table;
mod xml;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::WriteError;
use crate::layout::Layout;
use crate::tree::Document;

/// Spells a document as a DOCX file.
///
/// # Errors
///
/// [`WriteError::Table`] for a table whose cells do not fill its columns.
pub fn write(document: &Document, layout: &Layout) -> Result<Vec<u8>, WriteError> {
    let edge = parts::edge(layout);
    let parts = [
        ("[Content_Types].xml".to_owned(), parts::content_types(&edge)),
        ("_rels/.rels".to_owned(), parts::package_relations()),
        ("docProps/core.xml".to_owned(), parts::core_properties(document)),
        ("docProps/app.xml".to_owned(), parts::app_properties()),
        ("word/document.xml".to_owned(), body::document(document, layout)?),
        ("word/_rels/document.xml.rels".to_owned(), parts::document_relations(&edge)),
        ("word/styles.xml".to_owned(), styles::styles(layout)),
        ("word/settings.xml".to_owned(), parts::settings()),
        ("word/fontTable.xml".to_owned(), parts::font_table()),
        (format!("word/{}", edge.numbered), parts::numbered_edge(&edge)),
        (format!("word/{}", edge.unnumbered), parts::unnumbered_edge(&edge)),
    ];
    pack(&parts).map_err(|error| WriteError::Package(error.to_string()))
}

fn pack(parts: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    // The earliest time a zip can hold: the day of the paper stands in its properties.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
