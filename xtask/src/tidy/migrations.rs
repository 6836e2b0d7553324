//! Migrations: one text for both engines, or a pair that explains itself.

use super::Finding;
use crate::tree::Tree;

const FOLDER: &str = "crates/store/migrations/";

/// `x.sqlite.sql` has its `x.postgres.sql` and the other way round; each file opens with a comment;
/// numbers are unique and without gaps.
pub fn migrations_come_whole(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut numbers = Vec::new();
    for (path, text) in tree.texts(FOLDER, &[".sql"]) {
        let twin = match (path.strip_suffix(".sqlite.sql"), path.strip_suffix(".postgres.sql")) {
            (Some(stem), _) => Some(format!("{stem}.postgres.sql")),
            (None, Some(stem)) => Some(format!("{stem}.sqlite.sql")),
            (None, None) => None,
        };
        if let Some(twin) = twin.filter(|twin| !tree.has(twin)) {
            findings.push(Finding::whole(path, format!("its twin {twin} is missing")));
        }
        if !text.starts_with("-- ") {
            findings.push(Finding::at(path, 1, "the first line must be a comment that explains the migration"));
        }
        let name = path[FOLDER.len()..].split('.').next().unwrap_or_default();
        match name.split_once('_').and_then(|(digits, _)| digits.parse::<usize>().ok().filter(|_| digits.len() == 4)) {
            Some(number) => numbers.push((number, name.to_owned(), path)),
            None => findings.push(Finding::whole(path, "a migration is named 0001_what_it_adds.sql")),
        }
    }
    numbers.dedup_by_key(|(_, name, _)| name.clone());
    let gap = numbers.iter().enumerate().find(|(place, (number, ..))| *number != place + 1);
    findings
        .extend(gap.map(|(place, (_, _, path))| Finding::whole(path, format!("number {:04} was expected", place + 1))));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    fn found(files: &[&str]) -> Vec<String> {
        let paths: Vec<String> = files.iter().map(|name| format!("{FOLDER}{name}")).collect();
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "-- Why.\n")).collect();
        said(migrations_come_whole, &files)
    }

    #[test]
    fn half_a_pair_is_found() {
        assert!(found(&["0001_org.sql", "0002_audit.sqlite.sql", "0002_audit.postgres.sql"]).is_empty());
        assert!(found(&["0001_audit.sqlite.sql"])[0].ends_with("0001_audit.postgres.sql is missing"));
        assert!(found(&["0001_audit.postgres.sql"])[0].ends_with("0001_audit.sqlite.sql is missing"));
    }

    #[test]
    fn a_gap_a_double_and_a_silent_file_are_found() {
        assert_eq!(found(&["0001_org.sql", "0003_plan.sql"]).len(), 1);
        assert_eq!(found(&["0001_org.sql", "0001_plan.sql"]).len(), 1);
        assert_eq!(found(&["org.sql"]).len(), 1);
        let silent = [("crates/store/migrations/0001_org.sql", "CREATE TABLE org (tenant TEXT);\n")];
        assert_eq!(said(migrations_come_whole, &silent).len(), 1);
    }
}
