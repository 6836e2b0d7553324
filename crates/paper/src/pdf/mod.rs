//! The PDF writer: the tree as a Typst source, typeset in a closed world.
//!
//! Fonts are embedded, text is searchable and tagged, and equal documents give equal bytes.

mod source;
mod world;

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::WriteError;
use crate::layout::Layout;
use crate::tree::Document;
use world::{PaperWorld, datetime};

/// Jobs that the typesetter's cache outlives: what the next job of a kind repeats stays warm, and a
/// server that prints all day does not grow.
const CACHED_JOBS: usize = 2;

/// Spells a document as a PDF file.
///
/// # Errors
///
/// [`WriteError::Table`] for a table whose cells do not fill its columns.
pub fn write(document: &Document, layout: &Layout) -> Result<Vec<u8>, WriteError> {
    let source = source::source(document, layout)?;
    let bytes = typeset(document, source);
    typst::comemo::evict(CACHED_JOBS);
    bytes
}

fn typeset(document: &Document, source: String) -> Result<Vec<u8>, WriteError> {
    let world = PaperWorld::new(source, document.dated);
    let paged: PagedDocument = typst::compile(&world).output.map_err(|errors| said(&errors))?;
    let options = PdfOptions {
        ident: Smart::Custom(identity(document)),
        creator: Smart::Custom(Some("Thi Đua".to_owned())),
        timestamp: datetime(document.dated).map(Timestamp::new_utc),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&paged, &options).map_err(|errors| said(&errors))
}

/// What tells this paper from others; only its hash enters the file.
fn identity(document: &Document) -> String {
    let head = &document.head;
    let number = head.number.as_deref().unwrap_or_default();
    format!("{}|{}|{number}|{}|{}", document.title, document.dated, head.symbol, head.issuer.join(" "))
}

fn said(errors: &[typst::diag::SourceDiagnostic]) -> WriteError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    WriteError::Typesetting(messages.join("; "))
}
