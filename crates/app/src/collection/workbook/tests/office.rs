//! A workbook opened and saved by an office program is still whole: that is what people do with it.

use std::path::Path;
use std::process::Command;

use thidua_domain::collection::import::preview;
use thidua_testkit::{scratch_dir, skip};

use super::sample::{edited, sheet};
use super::*;

/// The workbook as the office saves it; `None`, loudly, where there is no office for workbooks.
fn saved_by_office(bytes: &[u8], ending: &str) -> Option<Vec<u8>> {
    let folder = scratch_dir("workbook");
    // An office without its part for sheets says that it succeeded and writes nothing.
    if converted(folder.path(), "probe.csv", b"1;2\r\n", "xlsx").is_none() {
        skip("office", "no soffice that opens workbooks: install libreoffice-calc");
        return None;
    }
    let saved = converted(folder.path(), "bieu.xlsx", bytes, ending);
    Some(saved.unwrap_or_else(|| panic!("the office does not save the workbook as {ending}")))
}

/// A file as the office saves it with another ending.
fn converted(folder: &Path, name: &str, bytes: &[u8], ending: &str) -> Option<Vec<u8>> {
    let (input, out) = (folder.join(name), folder.join("saved"));
    std::fs::write(&input, bytes).unwrap();
    Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", ending, "--outdir"])
        .arg(&out)
        .arg(&input)
        .env("HOME", folder.join("home"))
        .output()
        .ok()
        .filter(|done| done.status.success())?;
    std::fs::read(out.join(name).with_extension(ending)).ok()
}

#[test]
fn a_workbook_saved_by_an_office_says_the_same() {
    let bytes = edited(&[("G10", "440.5"), ("G11", "12.5"), ("H12", "không thuộc phạm vi"), ("L11", "Tạm tính")]);
    let Some(saved) = saved_by_office(&bytes, "xlsx") else { return };
    let (before, after) = (read(&bytes, "bieu.xlsx").unwrap(), read(&saved, "bieu.xlsx").unwrap());
    assert_eq!(after.stamp, before.stamp);
    assert_eq!(after.rows, before.rows);
    let lines = |filled| preview(filled, &sheet()).unwrap().lines;
    assert_eq!(lines(&after), lines(&before));
}

#[test]
fn an_old_xls_and_a_sheet_of_another_office_are_refused_with_their_kind() {
    let bytes = write(&sheet(), &words()).unwrap();
    let Some(old) = saved_by_office(&bytes, "xls") else { return };
    assert_eq!(read(&old, "bieu.xlsx"), Err(FileFault::LegacyXls));
    let Some(other) = saved_by_office(&bytes, "ods") else { return };
    assert_eq!(read(&other, "bieu.xlsx"), Err(FileFault::OtherKind { kind: "ods".to_owned() }));
}
