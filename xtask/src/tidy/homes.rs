//! SQL, drivers and HTML, each in its only place.

use super::Finding;
use crate::source::{Source, is_test_file};
use crate::tree::Tree;

/// Drivers of a database, by the names under which code reaches them.
const DRIVERS: &[&str] = &["rusqlite", "postgres"];

/// Elements of HTML and SVG that no other markup of ours has.
const ELEMENTS: &[&str] = &[
    "a", "article", "aside", "body", "button", "code", "dd", "details", "div", "dl", "dt", "em", "fieldset", "figure",
    "footer", "form", "g", "h1", "h2", "h3", "h4", "head", "header", "html", "img", "input", "label", "li", "link",
    "main", "nav", "ol", "option", "p", "path", "rect", "script", "section", "select", "span", "strong", "style",
    "summary", "svg", "table", "tbody", "td", "text", "textarea", "tfoot", "th", "thead", "title", "tr", "ul",
];

/// Statements in `store`, drivers in its engine, tags in `paper`'s HTML writer; `.sql` files are migrations.
///
/// `xtask` is left out, since its tests hold broken examples; `testkit` makes and drops the databases
/// that tests run in, and tests read pages and so name tags.
pub fn sql_and_html_stay_home(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts("", &[".rs"]).filter(|(path, _)| !path.starts_with("xtask/")) {
        let source = Source::of(text);
        let in_store = path.starts_with("crates/store/") || path.starts_with("testkit/");
        let in_engine = path.starts_with("crates/store/src/engine") || path.starts_with("testkit/src/engines");
        if !in_engine {
            let named = DRIVERS.iter().flat_map(|driver| drivers_named(&source, driver));
            findings.extend(named.map(|at| Finding::at(path, source.line(at), "a driver outside store's engine")));
        }
        for literal in &source.literals {
            let line = source.line(literal.at);
            if !in_store && is_statement(&literal.text) {
                findings.push(Finding::at(path, line, "SQL outside store"));
            }
            let in_test = is_test_file(path) || source.is_test(literal.at);
            if !in_test && !path.starts_with("crates/paper/src/html") && has_tag(&literal.text) {
                findings.push(Finding::at(path, line, "HTML in a Rust string; it belongs in a template"));
            }
        }
    }
    let homeless =
        tree.files().filter(|(path, _)| path.ends_with(".sql") && !path.starts_with("crates/store/migrations/"));
    findings.extend(homeless.map(|(path, _)| Finding::whole(path, "SQL outside crates/store/migrations")));
    findings
}

/// Where the code reaches into a driver: `postgres::…`, but not our own `engine::postgres::…`.
fn drivers_named(source: &Source, driver: &str) -> Vec<usize> {
    let reached = |at: &usize| {
        let (before, after) = (&source.code[..*at], &source.code[at + driver.len()..]);
        after.starts_with("::") && !before.trim_end().ends_with("::")
    };
    source.words(driver).into_iter().filter(reached).collect()
}

/// Whether the text holds a statement, in the house's capitals, or begins with one in any case.
fn is_statement(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let holds = |text: &str| {
        (text.contains("SELECT ") && text.contains(" FROM "))
            || (text.contains("UPDATE ") && text.contains(" SET "))
            || [
                "INSERT INTO ",
                "DELETE FROM ",
                "CREATE TABLE ",
                "CREATE INDEX ",
                "CREATE UNIQUE INDEX ",
                "ALTER TABLE ",
                "DROP TABLE ",
            ]
            .iter()
            .any(|opening| text.contains(opening))
    };
    let begins_small = ["select ", "insert into ", "update ", "delete from ", "create ", "alter table ", "drop table "]
        .iter()
        .any(|opening| text.starts_with(opening));
    holds(&text) || (begins_small && holds(&text.to_uppercase()))
}

fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let name = text[at + 1..].trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let closed = name[end..].starts_with(['>', ' ', '/', '\n', '\\']);
        closed && ELEMENTS.iter().any(|element| *element == &name[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    fn found(path: &str, text: &str) -> Vec<String> {
        said(sql_and_html_stay_home, &[(path, text)])
    }

    #[test]
    fn sql_away_from_store_is_found() {
        for statement in
            ["SELECT id\\n FROM org", "insert into org values ($1)", "x; DELETE FROM org", "UPDATE org SET a = 1"]
        {
            let text = format!("const A: &str = \"{statement}\";\n");
            assert_eq!(
                found("crates/app/src/a.rs", &text),
                ["crates/app/src/a.rs:1: SQL outside store"],
                "{statement}"
            );
            assert!(found("crates/store/src/org.rs", &text).is_empty());
        }
        assert_eq!(found("docs/a.sql", "").len(), 1);
        assert!(
            found("crates/app/src/a.rs", "const A: &str = \"Select a file, or update it. SET FROM\";\n").is_empty()
        );
    }

    #[test]
    fn a_driver_away_from_the_engine_is_found() {
        let text = "use rusqlite::Connection;\nfn f(c: postgres::Client) {}\n";
        assert_eq!(found("crates/store/src/org.rs", text).len(), 2);
        assert!(found("crates/store/src/engine.rs", text).is_empty());
        assert!(found("crates/store/src/engine/sqlite.rs", text).is_empty());
    }

    #[test]
    fn html_in_rust_is_found() {
        for tag in ["<p class='a'>", "a</td>", "<svg viewBox>", "<span>x"] {
            let text = format!("fn f() -> &'static str {{ \"{tag}\" }}\n");
            assert_eq!(found("crates/web/src/a.rs", &text).len(), 1, "{tag}");
            assert!(found("crates/paper/src/html.rs", &text).is_empty());
            assert!(found("crates/web/tests/a.rs", &text).is_empty(), "tests read pages");
        }
        assert!(found("crates/paper/src/docx/a.rs", "const A: &str = \"<w:p><w:tbl>\";\n").is_empty());
        assert!(found("crates/web/src/a.rs", "/// <p>\nfn f() -> Vec<u8> { g(\"a <unit>\") }\n").is_empty());
    }
}
