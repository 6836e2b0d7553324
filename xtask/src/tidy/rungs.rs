//! The rungs on which the modules of `domain` stand.

use super::Finding;
use crate::source::{Source, is_test_file};
use crate::tree::Tree;

/// The modules of `domain`, rung by rung from the ground; a module may use those on lower rungs.
///
/// The ground holds what every fact carries: where it comes from, who acts, why something is refused.
pub const RUNGS: &[&[&str]] = &[
    &["actor", "origin", "refusal"],
    &["org"],
    &["indicator"],
    &["collection", "movement", "honour"],
    &["subject", "cluster"],
    &["eligibility"],
    &["dossier"],
    &["council"],
    &["decision"],
    &["exemplar"],
    &["office", "finding", "draft", "account"],
    &["notice"],
];

/// `crate::x` in a module of `domain` names only modules on lower rungs, or the module itself.
pub fn domain_rungs_hold(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts("crates/domain/src/", &[".rs"]) {
        let inside = path.trim_start_matches("crates/domain/src/");
        let module = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        if module == "lib" || is_test_file(path) {
            continue;
        }
        let Some(here) = rung_of(module) else {
            findings.push(Finding::whole(path, format!("`{module}` stands on no rung (RUNGS in xtask)")));
            continue;
        };
        let source = Source::of(text);
        for (at, other) in modules_named(&source) {
            if other != module && rung_of(&other).is_some_and(|rung| rung >= here) {
                let what = format!("`{module}` (rung {here}) may not use `{other}`, which is not below it");
                findings.push(Finding::at(path, source.line(at), what));
            }
        }
    }
    findings
}

fn rung_of(module: &str) -> Option<usize> {
    RUNGS.iter().position(|modules| modules.contains(&module))
}

/// The first segment after each `crate::`, in `use` lines and in paths.
fn modules_named(source: &Source) -> Vec<(usize, String)> {
    let first = |path: &str| -> Option<String> {
        let rest = path.strip_prefix("crate::")?;
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    };
    let in_uses = source.uses().into_iter().filter_map(|use_| Some((use_.at, first(&use_.path)?)));
    let in_paths = source.words("crate").into_iter().filter_map(|at| Some((at, first(&source.code[at..])?)));
    let mut named: Vec<(usize, String)> = in_uses.chain(in_paths).collect();
    // A `use` line is seen twice, as a statement and as a path a few bytes later.
    named.sort_by_key(|(at, module)| (source.line(*at), module.clone()));
    named.dedup_by_key(|(at, module)| (source.line(*at), module.clone()));
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn a_use_upward_or_sideways_is_found() {
        for (path, line) in [
            ("crates/domain/src/org/mod.rs", "use crate::indicator::Plan;"),
            ("crates/domain/src/movement.rs", "use crate::cluster::Cluster;"),
            ("crates/domain/src/indicator/plan.rs", "use crate::{org::OrgUnit, dossier::Dossier};"),
            ("crates/domain/src/honour.rs", "fn f(d: &crate::decision::Decision) {}"),
        ] {
            let broken = said(domain_rungs_hold, &[(path, &format!("//! M.\n{line}\n"))]);
            assert_eq!(broken.len(), 1, "{path}: {broken:?}");
        }
    }

    #[test]
    fn a_use_downward_is_fine_and_a_new_module_needs_a_rung() {
        let dossier = "//! D.\nuse crate::{honour::Honour, org::OrgUnit};\nuse crate::dossier::State;\n";
        assert!(said(domain_rungs_hold, &[("crates/domain/src/dossier/mod.rs", dossier)]).is_empty());
        assert_eq!(
            said(domain_rungs_hold, &[("crates/domain/src/extra.rs", "//! E.\n")]),
            ["crates/domain/src/extra.rs: `extra` stands on no rung (RUNGS in xtask)"]
        );
    }
}
