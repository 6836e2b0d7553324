//! The files of a pack: a folder on disk, or the ones inside the program.

use std::fmt::Write as _;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use thidua_base::text::is_nfc;
use thidua_domain::Refusal;
use thidua_domain::refusal::{PackFault, Wanted};

/// Where the files of a pack are.
#[derive(Debug, Clone)]
pub enum Files {
    /// A folder.
    Folder(PathBuf),
    /// Names and contents compiled in.
    Embedded(&'static [(&'static str, &'static str)]),
}

impl Files {
    /// The text of a file: there, UTF-8, and in Normal Form C.
    pub(super) fn text(&self, file: &'static str) -> Result<String, Refusal> {
        let text = match self {
            Self::Folder(folder) => {
                let bytes = std::fs::read(folder.join(file)).map_err(|error| {
                    let why = match error.kind() {
                        std::io::ErrorKind::NotFound => PackFault::MissingFile,
                        // Every other failure of the machine: its own words are the best there are.
                        _ => PackFault::Syntax(error.to_string()),
                    };
                    broken(file, 0, "", why)
                })?;
                String::from_utf8(bytes).map_err(|error| {
                    let at = error.utf8_error().valid_up_to();
                    let line = 1 + error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
                    broken(file, line, "", PackFault::NotUtf8(at))
                })?
            }
            Self::Embedded(files) => files
                .iter()
                .find(|(name, _)| *name == file)
                .map(|(_, text)| (*text).to_owned())
                .ok_or_else(|| broken(file, 0, "", PackFault::MissingFile))?,
        };
        if let Some(line) = text.lines().position(|line| !is_nfc(line)) {
            return Err(broken(file, line + 1, "", PackFault::NotNfc));
        }
        let controls = |line: &str| line.chars().any(|c| c.is_control() && c != '\t');
        if let Some(line) = text.lines().position(controls) {
            return Err(broken(file, line + 1, "", PackFault::Expected(Wanted::Printable)));
        }
        Ok(text)
    }
}

/// The refusal of a place in a pack.
pub(super) fn broken(file: &str, line: usize, key: &str, why: PackFault) -> Refusal {
    Refusal::BrokenPack { file: file.to_owned(), line, key: key.to_owned(), why }
}

/// SHA-256 over names, lengths and contents, in hexadecimal: tells one version of a pack from another.
pub(super) fn hash(files: &[(&'static str, String)]) -> String {
    let mut hasher = Sha256::new();
    for (name, text) in files {
        // Lengths keep the end of one file from being read as the beginning of the next.
        hasher.update(format!("{name}\0{}\0", text.len()));
        hasher.update(text);
    }
    hasher.finalize().iter().fold(String::with_capacity(64), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a string does not fail");
        out
    })
}
