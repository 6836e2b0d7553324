//! The closed list of modules in `base`.

use super::Finding;
use crate::tree::Tree;

const MODULES: &[&str] = &["code", "date", "number", "period", "text"];

/// `base` holds its five modules, all of them, and a `tests.rs` below each at most.
pub fn base_is_closed(tree: &Tree) -> Vec<Finding> {
    let folder = "crates/base/src/";
    let allowed = |inside: &str| match inside.strip_suffix(".rs").unwrap_or(inside).split_once('/') {
        None => inside == "lib.rs" || MODULES.iter().any(|module| inside == format!("{module}.rs")),
        Some((module, rest)) => MODULES.contains(&module) && rest == "tests",
    };
    let mut findings: Vec<Finding> = tree
        .files()
        .filter_map(|(path, _)| Some((path, path.strip_prefix(folder)?)))
        .filter(|(_, inside)| !allowed(inside))
        .map(|(path, _)| Finding::whole(path, format!("base is closed: {}", MODULES.join(", "))))
        .collect();
    let present = tree.has("crates/base");
    let absent = MODULES.iter().map(|module| format!("{folder}{module}.rs")).filter(|path| present && !tree.has(path));
    findings.extend(absent.map(|path| Finding::whole(&path, "base has lost this module")));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn a_sixth_module_and_a_lost_one_are_found() {
        let five = ["lib", "code", "date", "number", "period", "text"].map(|name| format!("crates/base/src/{name}.rs"));
        let mut files: Vec<(&str, &str)> = five.iter().map(|path| (path.as_str(), "//! B.\n")).collect();
        files.push(("crates/base/src/number/tests.rs", "//! T.\n"));
        assert!(said(base_is_closed, &files).is_empty());

        let money = [("crates/base/src/money.rs", "//! M.\n"), ("crates/base/src/number/money.rs", "//! M.\n")];
        assert_eq!(said(base_is_closed, &[files.clone(), money.to_vec()].concat()).len(), 2);

        files.retain(|(path, _)| !path.ends_with("period.rs"));
        assert_eq!(said(base_is_closed, &files), ["crates/base/src/period.rs: base has lost this module"]);
    }
}
