//! The arrows between crates, and the reading of `Cargo.toml` files.

use super::Finding;
use crate::tree::Tree;

/// The picture of ARCHITECTURE.md, from the bottom: each crate with the crates it may depend on.
///
/// `web` knows no store; `cli`, the binary that joins everything, knows all.
pub const ARROWS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("law", &["base"]),
    ("domain", &["base", "law"]),
    ("prose", &["base"]),
    ("paper", &["base"]),
    ("report", &["base", "law", "domain", "prose", "paper"]),
    ("store", &["base", "law", "domain"]),
    ("app", &["base", "law", "domain", "prose", "paper", "report", "store"]),
    ("web", &["base", "law", "domain", "prose", "paper", "report", "app"]),
    ("cli", &["base", "law", "domain", "prose", "paper", "report", "store", "app", "web"]),
];

/// Crates that ship nothing: tests may use the first, and nobody the second.
const TOOLS: &[&str] = &["testkit", "xtask"];

/// What a dependency is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is in the product.
    Product,
    /// Only tests and benchmarks see it.
    Tests,
}

/// One line of a `Cargo.toml`.
pub struct Dependency {
    /// As Cargo names it: `thidua-base`.
    pub name: String,
    /// What it is for.
    pub use_: Use,
}

/// Internal dependencies follow [`ARROWS`]; `testkit` is for tests only.
pub fn arrows_point_down(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts("crates/", &["Cargo.toml"]) {
        let name = path.trim_start_matches("crates/").trim_end_matches("/Cargo.toml");
        let Some((_, below)) = ARROWS.iter().find(|(crate_name, _)| *crate_name == name) else {
            findings.push(Finding::whole(path, format!("the crate `{name}` is not in the picture (ARROWS in xtask)")));
            continue;
        };
        for dependency in dependencies(text) {
            let Some(other) = dependency.name.strip_prefix("thidua-").or(is_tool(&dependency.name)) else { continue };
            let for_tests = dependency.use_ == Use::Tests && other == "testkit";
            if !below.contains(&other) && !for_tests {
                findings.push(Finding::whole(path, format!("`{name}` may not depend on `{other}`")));
            }
        }
    }
    findings
}

fn is_tool(name: &str) -> Option<&str> {
    TOOLS.contains(&name).then_some(name)
}

/// The dependencies a `Cargo.toml` names; none where it does not parse, which `data_parses` reports.
pub fn dependencies(manifest: &str) -> Vec<Dependency> {
    let Ok(manifest) = manifest.parse::<toml::Table>() else { return Vec::new() };
    let mut found = Vec::new();
    let mut collect = |table: &toml::Table| {
        for (key, use_) in
            [("dependencies", Use::Product), ("build-dependencies", Use::Product), ("dev-dependencies", Use::Tests)]
        {
            let names = table.get(key).and_then(toml::Value::as_table).into_iter().flatten();
            found.extend(names.map(|(name, value)| Dependency { name: package(name, value), use_ }));
        }
    };
    collect(&manifest);
    let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flatten();
    targets.filter_map(|(_, target)| target.as_table()).for_each(&mut collect);
    found
}

/// The name in the registry: a dependency may be renamed with `package = "…"`.
fn package(name: &str, value: &toml::Value) -> String {
    value.get("package").and_then(toml::Value::as_str).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    fn crate_with(dependency: &str) -> String {
        format!("[dependencies]\n{dependency}\n")
    }

    #[test]
    fn an_arrow_upward_is_found() {
        let domain = crate_with("thidua-store.workspace = true");
        let broken = said(arrows_point_down, &[("crates/domain/Cargo.toml", &domain)]);
        assert_eq!(broken, ["crates/domain/Cargo.toml: `domain` may not depend on `store`"]);
        let web = crate_with("data = { package = \"thidua-store\", path = \"../store\" }");
        assert_eq!(said(arrows_point_down, &[("crates/web/Cargo.toml", &web)]).len(), 1, "a renamed one too");
        let target = "[target.'cfg(unix)'.dependencies]\nthidua-web = \"0.1\"\n";
        assert_eq!(said(arrows_point_down, &[("crates/app/Cargo.toml", target)]).len(), 1, "for one target too");
    }

    #[test]
    fn testkit_is_for_tests_and_new_crates_are_asked_about() {
        let shipped = crate_with("thidua-testkit.workspace = true");
        assert_eq!(said(arrows_point_down, &[("crates/app/Cargo.toml", &shipped)]).len(), 1);
        let tested = "[dev-dependencies]\nthidua-testkit.workspace = true\n";
        assert!(said(arrows_point_down, &[("crates/app/Cargo.toml", tested)]).is_empty());
        assert_eq!(said(arrows_point_down, &[("crates/extra/Cargo.toml", "")]).len(), 1);
    }

    #[test]
    fn the_picture_has_no_circle() {
        for (place, (name, below)) in ARROWS.iter().enumerate() {
            for other in *below {
                let known = ARROWS[..place].iter().any(|(lower, _)| lower == other);
                assert!(known, "`{name}` points to `{other}`, which is not below it");
            }
        }
    }
}
