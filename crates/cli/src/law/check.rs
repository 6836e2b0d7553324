//! `thidua law check [FOLDER]`: holds the law book against itself, or a book or local rules in a folder.

use std::fs;
use std::path::Path;

use clap::ArgMatches;
use serde::Serialize;
use thidua_law::check::{Report, check};
use thidua_law::fault::Faults;
use thidua_law::loaded::LawPack;
use thidua_law::{Book, data};
use thidua_web::messages::Lang;

use crate::database::book;
use crate::failure::{Exit, Failure};
use crate::speak::{Speech, say};

/// The report as `--json` prints it.
#[derive(Debug, Serialize)]
struct Out<'a> {
    hash: &'a str,
    is_clean: bool,
    honours: usize,
    versions: usize,
    conditions: usize,
    gates: usize,
    cases: usize,
    days_swept: usize,
    faults: Vec<String>,
    failures: Vec<String>,
    complaints: &'a [String],
}

/// Runs the command; it fails where anything is found.
pub fn run(speech: Speech, given: &ArgMatches) -> Result<(), Failure> {
    let is_vietnamese = speech.shared.lang() == Lang::Vi;
    let in_folder;
    let (book, report) = match given.get_one::<String>("folder") {
        None => {
            let book = book(speech)?;
            (book, check(book, data::CASES.iter().copied()))
        }
        Some(folder) => {
            let (read, report) = of_folder(speech, Path::new(folder), is_vietnamese)?;
            in_folder = read;
            (&in_folder, report)
        }
    };
    let faults = || report.faults.iter().map(|fault| if is_vietnamese { fault.said_vi() } else { fault.to_string() });
    if given.get_flag("json") {
        let counts = report.counts;
        let out = Out {
            hash: book.hash(),
            is_clean: report.is_clean(),
            honours: counts.honours,
            versions: counts.versions,
            conditions: counts.conditions,
            gates: counts.gates,
            cases: counts.cases,
            days_swept: counts.days,
            faults: faults().collect(),
            failures: report.failures.iter().map(ToString::to_string).collect(),
            complaints: &report.complaints,
        };
        say(&super::json(speech, &out)?);
    } else {
        faults().for_each(|line| say(&line));
        let failed = report.failures.iter();
        failed.for_each(|one| say(&if is_vietnamese { one.said_vi() } else { one.to_string() }));
        report.complaints.iter().for_each(|line| say(line));
        say(&summary(speech, book, &report));
    }
    if report.is_clean() {
        return Ok(());
    }
    let found = report.faults.len() + report.failures.len() + report.complaints.len();
    Err(Failure { exit: Exit::Findings, sentence: speech.with("fail.law-check", &[("count", &found.to_string())]) })
}

fn summary(speech: Speech, book: &Book, report: &Report) -> String {
    let counts = report.counts;
    let facts = [
        ("honours", counts.honours),
        ("versions", counts.versions),
        ("conditions", counts.conditions),
        ("gates", counts.gates),
        ("cases", counts.cases),
        ("days", counts.days),
    ];
    let facts: Vec<(&str, String)> = facts.iter().map(|(name, count)| (*name, count.to_string())).collect();
    let mut facts: Vec<(&str, &str)> = facts.iter().map(|(name, count)| (*name, count.as_str())).collect();
    facts.push(("hash", &book.hash()[..12]));
    speech.with("say.law-checked", &facts)
}

/// A folder with `overlay.toml` is local rules laid on the shipped book; any other is a book of its own, which falls back
/// on the shipped instruments and tables where it has none.
fn of_folder(speech: Speech, folder: &Path, is_vietnamese: bool) -> Result<(Book, Report), Failure> {
    let refused = |faults: Faults| {
        let lines = faults.0.iter().map(|fault| if is_vietnamese { fault.said_vi() } else { fault.to_string() });
        Failure::refused(lines.collect::<Vec<_>>().join("\n"))
    };
    let pack = LawPack::of(read(speech, folder)?).map_err(refused)?;
    pack.checked(book(speech)?).map_err(refused)
}

/// Every TOML file of a folder and its two folders of honours and cases, by its name below it.
pub(super) fn read(speech: Speech, folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let refused = |path: &Path, why: &std::io::Error| {
        let facts = [("path", path.display().to_string()), ("why", why.to_string())];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Failure::refused(speech.with("fail.law-folder", &facts))
    };
    let mut files = Vec::new();
    for below in ["", "honours", "cases"] {
        let path = folder.join(below);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(_) if !below.is_empty() => continue,
            Err(why) => return Err(refused(&path, &why)),
        };
        for entry in entries {
            let path = entry.map_err(|why| refused(&path, &why))?.path();
            // What is no TOML file below the folder explains it to its readers.
            let is_toml = path.extension().is_some_and(|extension| extension == "toml") && path.is_file();
            let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| is_toml) else { continue };
            let name = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
            files.push((name, fs::read_to_string(&path).map_err(|why| refused(&path, &why))?));
        }
    }
    files.sort();
    Ok(files)
}
