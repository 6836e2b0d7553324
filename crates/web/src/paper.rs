//! Official papers as files: links to them, and the answer that saves one.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use thidua_app::paper::Format;

use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::Link;

/// The formats that chapters offer, in the order of their links.
const OFFERED: [Format; 2] = [Format::Docx, Format::Pdf];

/// Links to a paper's files: `Kế hoạch phát động: DOCX`. `address` gives the address of a file by its ending.
pub fn files(say: &'static Messages, paper: &str, address: impl Fn(&str) -> String) -> Vec<Link> {
    let link = |format: Format| {
        let ending = format.extension();
        let facts = [("paper", paper), ("kind", &ending.to_uppercase())];
        Link { label: say.with("paper.file", &facts), href: address(ending) }
    };
    OFFERED.into_iter().map(link).collect()
}

/// The name and the format that a file of a paper asks for: `ke-hoach.docx`.
pub fn asked(file: &str) -> Result<(&str, Format), Fault> {
    let (name, ending) = file.rsplit_once('.').ok_or(Fault::NotFound)?;
    let format = OFFERED.into_iter().find(|format| format.extension() == ending);
    Ok((name, format.ok_or(Fault::NotFound)?))
}

/// A file of a paper, saved under a name without ending. The name has letters of ASCII, digits and hyphens only.
pub fn saved(name: &str, format: Format, bytes: Vec<u8>) -> Response {
    // Always saved, never shown in the site: a file has its own look and its own rights.
    let disposition = format!("attachment; filename=\"{name}.{}\"", format.extension());
    ([(header::CONTENT_TYPE, format.media_type()), (header::CONTENT_DISPOSITION, &disposition)], bytes).into_response()
}
