//! Evidence (minh chứng): papers that show where a figure comes from, as files or as references, cited by cells.
//!
//! What was added is never removed: it is withdrawn with a reason, and both stay to be read.

use thidua_base::code::{EvidenceId, FormId, IndicatorCode, MovementCode, OrgId};
use thidua_base::text::nfc;
use thidua_base::{Date, Period, Timestamp};

use crate::refusal::{EvidenceFault, Refusal};

/// A paper cited by cells of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The form.
    pub form: FormId,
    /// The period.
    pub period: Period,
    /// Whose sheet.
    pub unit: OrgId,
    /// The cells that cite it, by code; one or more.
    pub cells: Vec<IndicatorCode>,
    /// Number of the document (số, ký hiệu); may be empty.
    pub number: String,
    /// Its date.
    pub dated: Option<Date>,
    /// What it is; may be empty.
    pub description: String,
    /// The paper itself, where it was sent.
    pub file: Option<EvidenceFile>,
    /// Who added it, as named then.
    pub added_by: String,
    /// When.
    pub added_at: Timestamp,
    /// Who took it back, where somebody did.
    pub withdrawn: Option<Withdrawal>,
}

/// A file that shows what a unit did in a movement: cited by its registration, as a piece of [`Evidence`] is by a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementFile {
    /// Its id.
    pub id: EvidenceId,
    /// The movement.
    pub movement: MovementCode,
    /// Whose.
    pub unit: OrgId,
    /// The number of the review it belongs to; `None` where it shows progress between reviews.
    pub round: Option<i64>,
    /// What it is; may be empty.
    pub description: String,
    /// The file.
    pub file: EvidenceFile,
    /// Who added it, as named then.
    pub added_by: String,
    /// When.
    pub added_at: Timestamp,
}

/// A file that was sent: its bytes are kept once under their hash, however many cells cite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Its name as sent, without folders.
    pub name: String,
    /// What it is, by its bytes.
    pub kind: EvidenceKind,
    /// Its size in bytes.
    pub size: i64,
    /// SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub hash: String,
}

/// The end of a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Who, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Kinds of files that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    /// PDF.
    Pdf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// Word document without macros.
    Docx,
    /// Excel workbook without macros.
    Xlsx,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
}

/// Largest file that is taken, in bytes.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most pieces of evidence in one sheet; withdrawn ones count.
pub const PIECES_MAX: usize = 300;
/// Most characters of a document's number, and of a file's name.
pub const NUMBER_CHARS_MAX: usize = 200;
/// Most characters of a description, and of a reason.
pub const DESCRIPTION_CHARS_MAX: usize = 1_000;

impl EvidenceKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Docx, Self::Xlsx, Self::Odt, Self::Ods];

    /// Its word, which is its usual ending.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Odt => "odt",
            Self::Ods => "ods",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }

    /// Whether a name may end so.
    fn is_named(self, ending: &str) -> bool {
        ending == self.word() || (self == Self::Jpeg && matches!(ending, "jpeg" | "jpe"))
    }
}

/// What a file is, by its bytes; its name must say the same.
///
/// # Errors
/// [`EvidenceFault`] for an empty or too large file, one of another kind, with macros, or under a wrong name.
pub fn kind_of(name: &str, bytes: &[u8]) -> Result<EvidenceKind, EvidenceFault> {
    if bytes.is_empty() {
        return Err(EvidenceFault::Empty);
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(EvidenceFault::TooLarge { most: FILE_BYTES_MAX >> 20 });
    }
    let kind = seen(bytes)?;
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if kind.is_named(&ending) { Ok(kind) } else { Err(EvidenceFault::Mislabelled { ending, kind: kind.word() }) }
}

fn seen(bytes: &[u8]) -> Result<EvidenceKind, EvidenceFault> {
    /// Where the first part of an archive begins when its name is `mimetype`, as OpenDocument asks.
    const FIRST_PART: usize = 30;
    let opens = |with: &[u8]| bytes.starts_with(with);
    if opens(b"%PDF-") {
        return Ok(EvidenceKind::Pdf);
    }
    if opens(b"\x89PNG\r\n\x1a\n") {
        return Ok(EvidenceKind::Png);
    }
    if opens(b"\xff\xd8\xff") {
        return Ok(EvidenceKind::Jpeg);
    }
    if !opens(b"PK\x03\x04") {
        return Err(EvidenceFault::NotTaken);
    }
    // Names of parts stand plainly in an archive.
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    if holds(b"vbaProject.bin") || holds(b"Basic/script-lc.xml") {
        return Err(EvidenceFault::Macros);
    }
    let first = bytes.get(FIRST_PART..).unwrap_or_default();
    for (opening, kind) in [
        (b"mimetypeapplication/vnd.oasis.opendocument.text".as_slice(), EvidenceKind::Odt),
        (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet".as_slice(), EvidenceKind::Ods),
    ] {
        if first.starts_with(opening) {
            return Ok(kind);
        }
    }
    if holds(b"word/document.xml") {
        Ok(EvidenceKind::Docx)
    } else if holds(b"xl/workbook.xml") {
        Ok(EvidenceKind::Xlsx)
    } else {
        Err(EvidenceFault::NotTaken)
    }
}

impl Evidence {
    /// Whether it counts: nobody took it back.
    pub fn stands(&self) -> bool {
        self.withdrawn.is_none()
    }

    /// Brings its texts and cells into order, and checks them.
    ///
    /// # Errors
    /// [`EvidenceFault::NoCells`], [`EvidenceFault::Nothing`] without a file, a number and a description;
    /// [`Refusal::LongText`].
    pub fn checked(mut self) -> Result<Self, Refusal> {
        self.cells.sort();
        self.cells.dedup();
        tidy(&mut self.number, &mut self.description)?;
        if self.cells.is_empty() {
            return Err(EvidenceFault::NoCells.into());
        }
        if self.file.is_none() && self.number.is_empty() && self.description.is_empty() {
            return Err(EvidenceFault::Nothing.into());
        }
        Ok(self)
    }
}

/// Brings the number and the description of a paper into order, whosever it is.
///
/// # Errors
/// [`Refusal::LongText`].
pub fn tidy(number: &mut String, description: &mut String) -> Result<(), Refusal> {
    for (text, most) in [(number, NUMBER_CHARS_MAX), (description, DESCRIPTION_CHARS_MAX)] {
        *text = nfc(text.trim());
        if text.chars().count() > most {
            return Err(Refusal::LongText { most });
        }
    }
    Ok(())
}

/// The name of a file as it is kept: its last part, without signs that cannot be seen.
pub fn kept_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    nfc(last.trim()).chars().filter(|c| !c.is_control()).take(NUMBER_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests;
