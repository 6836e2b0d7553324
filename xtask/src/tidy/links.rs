//! Links between Markdown pages.

use super::Finding;
use crate::tree::Tree;

const DECISIONS: &str = "docs/adr/";

/// Relative links lead to files that exist; each decision record is linked from the list of decisions.
pub fn links_lead_somewhere(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts("", &[".md"]) {
        let mut fenced = false;
        for (line, content) in text.lines().enumerate().map(|(place, content)| (place + 1, content)) {
            fenced ^= content.trim_start().starts_with("```");
            for target in links(content).filter(|_| !fenced) {
                let resolved = resolved(path, target);
                if !resolved.is_empty() && !tree.has(&resolved) {
                    findings.push(Finding::at(path, line, format!("the link `{target}` leads nowhere")));
                }
            }
        }
    }
    let list = tree.text("docs/adr/README.md").unwrap_or_default();
    let decisions = tree.texts(DECISIONS, &[".md"]).filter(|(path, _)| !path.ends_with("README.md"));
    let unlisted = decisions.filter(|(path, _)| !list.contains(&format!("({})", &path[DECISIONS.len()..])));
    findings.extend(unlisted.map(|(path, _)| Finding::whole(path, "not in the list in docs/adr/README.md")));
    findings
}

/// The targets of `[…](…)` that lie in the repository, without the fragment.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
    let targets = targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:"));
    targets.filter_map(|target| target.split('#').next())
}

/// The path from the root; empty for a fragment of the page itself.
fn resolved(page: &str, target: &str) -> String {
    if target.is_empty() {
        return String::new();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    #[test]
    fn a_dead_link_is_found() {
        let found = |link: &str| {
            let page = format!("# A\nSee [b]({link}).\n");
            said(links_lead_somewhere, &[("docs/how-to/a.md", &page), ("docs/domain/b.md", "# B\n")])
        };
        for good in
            ["../domain/b.md", "../domain/b.md#part", "#part", "https://example.org/x.md", "../domain", "../../docs"]
        {
            assert!(found(good).is_empty(), "{good}");
        }
        assert_eq!(found("../domain/c.md"), ["docs/how-to/a.md:2: the link `../domain/c.md` leads nowhere"]);
        assert_eq!(found("b.md").len(), 1);
    }

    #[test]
    fn an_unlisted_decision_is_found() {
        let files = [("docs/adr/0001-a.md", "# A\n"), ("docs/adr/README.md", "[0001](0001-a.md)\n")];
        assert!(said(links_lead_somewhere, &files).is_empty());
        assert_eq!(
            said(links_lead_somewhere, &files[..1]),
            ["docs/adr/0001-a.md: not in the list in docs/adr/README.md"]
        );
    }
}
