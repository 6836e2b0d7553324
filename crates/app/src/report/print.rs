//! Prints a report in one of its formats.

use anyhow::Context;
use thidua_domain::Refusal;
use thidua_paper::layout::layout_on;
use thidua_paper::tree::Document;
use thidua_paper::{docx, html, pdf};

use crate::Error;

/// The formats a paper is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// For Word and LibreOffice.
    Docx,
    /// For reading and signing.
    Pdf,
    /// One self-contained page.
    Html,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Html];

    /// The ending of its file names.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

/// The bytes of a paper, in the official layout of its day; the same paper always gives the same bytes.
///
/// # Errors
/// A refusal where no official layout is known for the day.
pub fn print(document: &Document, format: Format) -> Result<Vec<u8>, Error> {
    let layout = layout_on(document.dated).ok_or(Refusal::NoLayout { day: document.dated })?;
    Ok(match format {
        Format::Docx => docx::write(document, layout).context("writing DOCX")?,
        Format::Pdf => pdf::write(document, layout).context("writing PDF")?,
        Format::Html => html::standalone(document).into_bytes(),
    })
}
