//! What the tests need from the machine beside Rust: found, installed where that is allowed, or named.

use std::path::{Path, PathBuf};

mod debian;
pub mod postgres;

pub use debian::{Install, Outcome, command_for, install};

/// A group of tests that needs the same programs.
#[derive(Debug)]
pub struct Layer {
    /// As `testkit::skip` names it.
    pub name: &'static str,
    /// What its tests prove, to say what is lost without it.
    pub proves: &'static str,
    /// The names under which each program is known; one of each list is needed.
    programs: &'static [&'static [&'static str]],
    /// Files that no program shows: fonts.
    files: &'static [&'static str],
    /// Debian's packages that bring them.
    pub packages: &'static [&'static str],
}

/// The layers, the cheapest to install first.
pub const LAYERS: &[Layer] = &[
    Layer {
        name: "documents",
        proves: "that the PDF has its text, fonts and positions, read by a program of others",
        programs: &[&["pdftotext"], &["pdffonts"], &["pdftoppm"]],
        files: &[],
        packages: &["poppler-utils"],
    },
    Layer {
        name: "postgres",
        proves: "that PostgreSQL gives the same answers as SQLite",
        programs: &[&["initdb"], &["postgres"]],
        files: &[],
        packages: &["postgresql"],
    },
    Layer {
        name: "browser",
        proves: "that the pages work and are accessible in a real browser",
        programs: &[CHROMIUM, CHROMEDRIVER],
        files: &[],
        packages: &["chromium", "chromium-driver"],
    },
    Layer {
        name: "office",
        proves: "that an office opens the DOCX as laid out, and gives a workbook back whole",
        programs: &[&["soffice"], &["fc-list"]],
        // The spreadsheet is a part of the office that is packed apart.
        files: &["/usr/share/fonts/truetype/liberation", "/usr/lib/libreoffice/program/libsclo.so"],
        packages: &["libreoffice-writer-nogui", "libreoffice-calc-nogui", "fonts-liberation", "fontconfig"],
    },
];

/// The names of the browser.
pub const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// The name of its driver.
pub const CHROMEDRIVER: &[&str] = &["chromedriver"];

impl Layer {
    /// What of it is not on this machine, by name; empty when all is there.
    pub fn missing(&self) -> Vec<&'static str> {
        let programs = self.programs.iter().filter(|names| program(names).is_none()).map(|names| names[0]);
        programs.chain(self.files.iter().copied().filter(|file| !Path::new(file).exists())).collect()
    }
}

/// The path of the first of these programs that exists, on PATH or where Debian hides PostgreSQL's.
pub fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(postgres_folders(Path::new("/usr/lib/postgresql")));
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|full| full.is_file()))
}

/// `<root>/<version>/bin`, the newest version first.
fn postgres_folders(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    versions.into_iter().rev().map(|(_, folder)| folder).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_postgres_is_taken() {
        let root = std::env::temp_dir().join(format!("thidua-xtask-versions-{}", std::process::id()));
        for version in ["9", "15", "17", "common"] {
            std::fs::create_dir_all(root.join(version).join("bin")).unwrap();
        }
        let found = postgres_folders(&root);
        std::fs::remove_dir_all(&root).unwrap();
        assert_eq!(found, ["17", "15", "9"].map(|version| root.join(version).join("bin")));
    }

    #[test]
    fn a_program_that_exists_nowhere_is_missing() {
        let layer = Layer {
            name: "none",
            proves: "nothing",
            programs: &[&["sh"], &["thidua-no-such-program", "thidua-nor-this"]],
            files: &["/thidua-no-such-file"],
            packages: &[],
        };
        assert_eq!(layer.missing(), ["thidua-no-such-program", "/thidua-no-such-file"]);
    }
}
