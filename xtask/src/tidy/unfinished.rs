//! Marks of work that someone meant to finish.

use super::Finding;
use crate::source::Source;
use crate::tree::Tree;

/// Words that mark unfinished work, in capitals as people write them.
const MARKS: &[&str] = &["TODO", "FIXME", "XXX", "HACK"];

/// Macros that stand where work is missing, or that were left from looking for a mistake.
const MACROS: &[&str] = &["todo", "unimplemented", "dbg"];

/// No marks in comments of code or in other texts (quoted in backticks they may be spoken of), no such
/// macros, and no tests or examples that are written but not run.
pub fn nothing_is_unfinished(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts("", &[".rs"]) {
        let source = Source::of(text);
        let marked = marks(&source.comments);
        findings.extend(marked.map(|(line, mark)| Finding::at(path, line, format!("{mark} in a comment"))));
        for silent in ["#[ignore", "```ignore"] {
            let places = source.code.match_indices(silent).chain(source.comments.match_indices(silent));
            findings
                .extend(places.map(|(at, _)| Finding::at(path, source.line(at), format!("{silent}: nobody runs it"))));
        }
        for name in MACROS {
            // Looked for in tests too, where `words` does not look.
            let call = format!("{name}!(");
            let calls = source.code.match_indices(&call).map(|(at, _)| at);
            let whole = calls.filter(|at| !source.code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
            findings.extend(whole.map(|at| Finding::at(path, source.line(at), format!("{name}! in the code"))));
        }
    }
    let texts = tree.texts("", &[".md", ".toml", ".html", ".css", ".js", ".sql", ".csv", ".sh"]);
    for (path, text) in texts.filter(|(path, _)| !path.ends_with(".min.js")) {
        let spoken: String = text.split('\n').map(|line| format!("{}\n", without_quotes(line))).collect();
        findings.extend(marks(&spoken).map(|(line, mark)| Finding::at(path, line, format!("{mark} in the text"))));
    }
    findings
}

fn without_quotes(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

fn marks(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    text.lines().enumerate().flat_map(|(place, line)| {
        let words = line.split(|c: char| !c.is_alphanumeric());
        let found = words.filter_map(|word| MARKS.iter().find(|mark| **mark == word));
        found.map(move |mark| (place + 1, *mark))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn marks_and_macros_are_found() {
        for line in [
            "// TODO: later",
            "/* FIXME */",
            "fn f() { todo!() }",
            "fn f() { dbg!(1); }",
            "fn f() { unimplemented!(\"\") }",
            "#[ignore = \"slow\"]",
            "/// ```ignore",
        ] {
            let broken = said(nothing_is_unfinished, &[("crates/a/src/lib.rs", &format!("//! A.\n{line}\n"))]);
            assert_eq!(broken.len(), 1, "{line}: {broken:?}");
            assert!(broken[0].starts_with("crates/a/src/lib.rs:2: "), "{broken:?}");
        }
        assert_eq!(said(nothing_is_unfinished, &[("docs/a.md", "# A\nTODO write this\n")]).len(), 1);
    }

    #[test]
    fn speaking_of_a_mark_is_no_mark() {
        let text = "//! A.\nconst A: &str = \"TODO\"; // Vietnamese TODOS\n";
        assert!(said(nothing_is_unfinished, &[("crates/a/src/lib.rs", text)]).is_empty());
        assert!(said(nothing_is_unfinished, &[("CONTRIBUTING.md", "`TODO` does not survive.\n")]).is_empty());
    }
}
