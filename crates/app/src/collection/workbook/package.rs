//! Whether the bytes of a file are a workbook that may be opened: its kind, its parts, its weight unfolded.

use std::io::{Cursor, Read};

use thidua_domain::refusal::FileFault;
use zip::ZipArchive;

/// Most bytes of a file that is taken.
pub const BYTES_MAX: usize = 5 << 20;

/// Most parts of a workbook.
const PARTS_MAX: usize = 1_000;

/// Most bytes of all parts unfolded.
const UNFOLDED_MAX: u64 = 48 << 20;

/// Most bytes of the part that holds all texts: each text costs more in memory than in the file.
const TEXTS_MAX: u64 = 16 << 20;

/// Above this weight a workbook may not unfold to more than so many times its size.
const RATIO_FROM: u64 = 4 << 20;
const RATIO_MAX: u64 = 150;

/// The first bytes of a compound file: a workbook of before 2007, or an encrypted one.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Says why the bytes are not a workbook that may be opened.
pub(super) fn inspect(bytes: &[u8]) -> Result<(), FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    if bytes.len() > BYTES_MAX {
        return Err(FileFault::TooLarge { most: BYTES_MAX >> 20 });
    }
    if bytes.starts_with(&COMPOUND) {
        return Err(if says(bytes, "EncryptedPackage") { FileFault::Encrypted } else { FileFault::LegacyXls });
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(other_kind(bytes));
    }
    inspect_parts(bytes)
}

/// Whether the bytes hold a name as compound files write names: two bytes a letter.
fn says(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

/// What a file that is no archive seems to be.
fn other_kind(bytes: &[u8]) -> FileFault {
    if let Some(kind) = infer::get(bytes) {
        let kind = kind.extension();
        return if kind == "html" { FileFault::Html } else { FileFault::OtherKind { kind: kind.to_owned() } };
    }
    let head = &bytes[..bytes.len().min(4_096)];
    let text = String::from_utf8_lossy(head).to_lowercase();
    let is_page = ["<html", "<table", "<!doctype", "<?xml", "<meta"].iter().any(|tag| text.contains(tag));
    let is_wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let is_plain = is_wide || !head.iter().any(|byte| *byte < 9 || (14..32).contains(byte));
    match (is_page, is_plain) {
        (true, _) => FileFault::Html,
        (false, true) => FileFault::PlainText,
        (false, false) => FileFault::Broken,
    }
}

fn inspect_parts(bytes: &[u8]) -> Result<(), FileFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Broken)?;
    if archive.len() > PARTS_MAX {
        return Err(FileFault::Swollen);
    }
    let names: Result<Vec<String>, _> = archive.file_names().map(|name| name.map(|name| plain(&name))).collect();
    let names = names.map_err(|_| FileFault::Broken)?;
    let has = |part: &str| names.iter().any(|name| name == part);
    let within = |part: &str| names.iter().any(|name| name.contains(part));
    // What a workbook carries is told before what it lacks: the remedy differs.
    if within("vbaproject") || within("xl/macrosheets/") || within("xl/dialogsheets/") {
        return Err(FileFault::Macros);
    }
    if within("xl/externallinks/") || has("xl/connections.xml") || within("xl/querytables/") {
        return Err(FileFault::ExternalLinks);
    }
    if within("xl/embeddings/") || within("xl/activex/") || within("xl/ctrlprops/") {
        return Err(FileFault::Embedded);
    }
    if !has("xl/workbook.xml") || !has("[content_types].xml") {
        let kinds = [
            ("xl/workbook.bin", "xlsb"),
            ("word/document.xml", "docx"),
            ("ppt/presentation.xml", "pptx"),
            ("mimetype", "ods"),
        ];
        let kind = kinds.iter().find(|(part, _)| has(part)).map_or("zip", |(_, kind)| kind);
        return Err(FileFault::OtherKind { kind: kind.to_owned() });
    }
    let mut unfolded = 0;
    for at in 0..archive.len() {
        unfolded += weigh(&mut archive, at, bytes.len(), unfolded)?;
    }
    Ok(())
}

/// The name of a part as it is compared.
fn plain(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// Unfolds one part to nowhere and counts: what a part says of its own size is not believed.
fn weigh(archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize, packed: usize, before: u64) -> Result<u64, FileFault> {
    let mut part = archive.by_index(at).map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(why) if why == zip::result::ZipError::PASSWORD_REQUIRED => {
            FileFault::Encrypted
        }
        _ => FileFault::Broken,
    })?;
    let name = plain(&part.name().map_err(|_| FileFault::Broken)?);
    let most = if name.ends_with("sharedstrings.xml") { TEXTS_MAX } else { UNFOLDED_MAX };
    let packed = u64::try_from(packed).unwrap_or(u64::MAX);
    let mut kept = Vec::new();
    let mut chunk = vec![0; 64 << 10];
    let mut size = 0;
    loop {
        let read = part.read(&mut chunk).map_err(|_| FileFault::Broken)?;
        if read == 0 {
            break;
        }
        size += u64::try_from(read).unwrap_or(u64::MAX);
        let all = before + size;
        if size > most || all > UNFOLDED_MAX || (all > RATIO_FROM && all / packed.max(1) > RATIO_MAX) {
            return Err(FileFault::Swollen);
        }
        if name == "[content_types].xml" {
            kept.extend_from_slice(&chunk[..read]);
        }
    }
    // A workbook with macros may hide its project under another name; its kind stands in the list of parts.
    let types = String::from_utf8_lossy(&kept).to_lowercase();
    if types.contains("macroenabled") || types.contains("vbaproject") {
        return Err(FileFault::Macros);
    }
    Ok(size)
}
