//! CSV files: a header with exactly the columns of the format, one record a row.

use std::collections::BTreeMap;

use thidua_domain::Refusal;
use thidua_domain::refusal::{PackFault, Wanted};

use super::files::broken;
use super::record::{Field, Record, Value};

/// Reads the rows of a file whose columns are listed, in that order.
pub(super) fn records(file: &'static str, text: &str, columns: &[&str]) -> Result<Vec<Record>, Refusal> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows = reader.records();
    let header = match rows.next() {
        Some(header) => header.map_err(|error| unreadable(file, &error))?,
        None => return Err(broken(file, 1, "", PackFault::Expected(Wanted::Header))),
    };
    if let Some(unknown) = header.iter().find(|column| !columns.contains(column)) {
        return Err(broken(file, 1, unknown, PackFault::UnknownKey));
    }
    if let Some(missing) = columns.iter().find(|column| !header.iter().any(|name| name == **column)) {
        return Err(broken(file, 1, missing, PackFault::Expected(Wanted::Column)));
    }
    if header.len() > columns.len() {
        let twice = header.iter().enumerate().find(|(i, name)| header.iter().take(*i).any(|other| other == *name));
        let name = twice.map_or("", |(_, name)| name);
        return Err(broken(file, 1, name, PackFault::Twice(name.to_owned())));
    }
    let mut records = Vec::new();
    for row in rows {
        let row = row.map_err(|error| unreadable(file, &error))?;
        let line = row.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        let fields: BTreeMap<String, Field> = header
            .iter()
            .zip(row.iter())
            .map(|(name, cell)| (name.to_owned(), Field { line, value: Value::Text(cell.to_owned()) }))
            .collect();
        records.push(Record { file, line, fields });
    }
    Ok(records)
}

fn unreadable(file: &str, error: &csv::Error) -> Refusal {
    let line = error.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
    let why = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            PackFault::Expected(Wanted::Columns { wanted: *expected_len, found: *len })
        }
        // The crate may add kinds; its own words serve for all of them.
        _ => PackFault::Syntax(error.to_string()),
    };
    broken(file, line, "", why)
}
