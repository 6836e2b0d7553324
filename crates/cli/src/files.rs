//! Writing files whole or not at all, and what a printed report is called.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use thidua_app::report::{Format, Made, print};
use thidua_base::text::fold;

use crate::database::folder_of;
use crate::failure::Failure;
use crate::speak::Speech;

/// Makes sure that a folder can be written to, before anything is computed for it.
pub fn ready(speech: Speech, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|why| Failure::cannot_write(speech, folder, &why).asked_for())
}

/// Prints a report into a folder in the formats asked for; gives the absolute paths. All formats are made before the
/// first is written, so that papers of two states of the data never lie side by side for want of one of them.
pub fn write_report(speech: Speech, made: &Made, folder: &Path, formats: &[Format]) -> Result<Vec<PathBuf>, Failure> {
    let name = name_of(made);
    let mut printed = Vec::new();
    for format in formats {
        let bytes = print(&made.document, *format).map_err(|error| Failure::of(speech, &error))?;
        printed.push((folder.join(format!("{name}.{}", format.extension())), bytes));
    }
    let mut paths = Vec::new();
    for (path, bytes) in printed {
        write_whole(&path, &bytes).map_err(|why| Failure::cannot_write(speech, &path, &why))?;
        paths.push(path.canonicalize().unwrap_or(path));
    }
    Ok(paths)
}

/// `bao-cao-6-thang-trieu-son-2020-H1`.
fn name_of(made: &Made) -> String {
    let unit = made.data.reporting_unit().map_or_else(String::new, |unit| fold(&unit.short_name).replace(' ', "-"));
    let safe: String = unit.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!("{}-{safe}-{}", made.data.report.form, made.data.period())
}

/// Writes beside the file, then puts it in place: a failure leaves the old file as it was.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| fs::rename(&beside, path));
    if placed.is_err() {
        // The failure to report is the one above; what cannot be cleaned up is harmless.
        let _ = fs::remove_file(&beside);
    }
    placed?;
    // The name itself lasts once the folder is on disk; a system without that keeps it anyway.
    if let Ok(folder) = fs::File::open(folder_of(path)) {
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_part() {
        let folder = std::env::temp_dir().join(format!("thidua-files-{}", std::process::id()));
        fs::create_dir_all(folder.join("taken")).unwrap();
        let path = folder.join("a.txt");
        write_whole(&path, b"old").unwrap();
        write_whole(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        // A folder in the way of the name.
        assert!(write_whole(&folder.join("taken"), b"x").is_err());
        assert!(!folder.join("taken.part").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
