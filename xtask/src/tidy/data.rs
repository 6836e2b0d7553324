//! Data files that no compiler reads.

use super::Finding;
use crate::tree::Tree;

/// Every TOML file parses; every CSV row has the fields of the head, which are named and unique.
pub fn data_parses(tree: &Tree) -> Vec<Finding> {
    let broken_toml = tree.texts("", &[".toml"]).filter_map(|(path, text)| {
        let error = text.parse::<toml::Table>().err()?;
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        Some(Finding::at(path, line, error.message().to_owned()))
    });
    let mut findings: Vec<Finding> = broken_toml.collect();
    for (path, text) in tree.texts("", &[".csv"]) {
        let rows = rows(text);
        let head = rows.first().map(|(_, fields)| fields.clone()).unwrap_or_default();
        for (place, name) in head.iter().enumerate() {
            if name.trim().is_empty() || head[..place].contains(name) {
                findings.push(Finding::at(path, 1, format!("column {} is unnamed or named twice", place + 1)));
            }
        }
        for (line, fields) in rows.iter().skip(1).filter(|(_, fields)| fields.len() != head.len()) {
            let what = format!("{} fields where the head has {}", fields.len(), head.len());
            findings.push(Finding::at(path, *line, what));
        }
    }
    findings
}

/// The rows of a CSV text with the line each begins on; `#` lines are comments, quotes may hold anything.
fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let (mut line, mut start, mut quoted) = (1, 1, false);
    let (mut fields, mut field) = (Vec::new(), String::new());
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                fields.push(std::mem::take(&mut field));
                let row = std::mem::take(&mut fields);
                let blank = row.len() == 1 && row[0].trim().is_empty();
                if !blank && !row[0].starts_with('#') {
                    rows.push((start, row));
                }
                start = line + 1;
            }
            c => field.push(c),
        }
        line += usize::from(c == '\n');
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn broken_toml_is_found_with_its_line() {
        let broken = said(data_parses, &[("packs/a/pack.toml", "a = 1\nb = \n")]);
        assert_eq!(broken.len(), 1);
        assert!(broken[0].starts_with("packs/a/pack.toml:2: "), "{broken:?}");
        assert!(said(data_parses, &[("packs/a/pack.toml", "a = 2020-07-01\n")]).is_empty());
    }

    #[test]
    fn a_ragged_csv_is_found_with_its_line() {
        let text = "code,name\na,\"Một, hai\nba\"\n# a comment, with commas, here\nb,c,d\n";
        assert_eq!(said(data_parses, &[("packs/a/x.csv", text)]), ["packs/a/x.csv:5: 3 fields where the head has 2"]);
        assert_eq!(said(data_parses, &[("packs/a/x.csv", "code,code\n1,2\n")]).len(), 1);
    }
}
