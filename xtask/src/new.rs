//! `cargo xtask new`: the first lines of a file whose place and form are settled, so that nobody
//! has to copy an old one and forget to change a word.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::tree::Tree;

/// What can be begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An honour in the law book.
    Honour,
    /// A section of a report.
    Section,
    /// A decision record.
    Adr,
}

/// A file to write, and what its writer does next.
struct Skeleton {
    path: String,
    text: String,
    next: &'static str,
}

/// Writes the skeleton; never over a file that exists.
pub fn new(tree: &Tree, root: &Path, kind: Kind, name: &str) -> Result<()> {
    let skeleton = match kind {
        Kind::Honour => honour(name)?,
        Kind::Section => section(name)?,
        Kind::Adr => adr(tree, name)?,
    };
    ensure!(!tree.has(&skeleton.path), "{} exists already", skeleton.path);
    let full = root.join(&skeleton.path);
    if let Some(folder) = full.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::write(&full, &skeleton.text).with_context(|| format!("cannot write {}", skeleton.path))?;
    println!("{}\n{}", skeleton.path, skeleton.next);
    Ok(())
}

fn honour(code: &str) -> Result<Skeleton> {
    must_be(code, '-', "bang-khen-bo-nganh-tinh")?;
    Ok(Skeleton {
        path: format!("crates/law/data/honours/{code}.toml"),
        // The empty kind is refused when the book is read, so a forgotten skeleton cannot ship.
        text: format!(
            "code     = \"{code}\"\nkind     = \"\"\nclass    = \"\"\nname     = {{ vi = \"\", en = \"\" }}\nmeasure  = \"\"\nverb     = \"tặng\"\nsubjects = []\n"
        ),
        next: "Fill it in (`thidua law new` prints one with conditions and cases), then run: cargo xtask generate",
    })
}

fn section(name: &str) -> Result<Skeleton> {
    must_be(name, '_', "units_reached")?;
    let sentence = name.replace('_', " ");
    Ok(Skeleton {
        path: format!("crates/report/src/sections/{name}.rs"),
        // Without a body it does not compile, so a forgotten skeleton cannot ship.
        text: format!(
            "//! The section on {sentence}.\n\nuse thidua_paper::tree::Block;\n\n\
             use crate::writing::{{Unfillable, Writing}};\n\n\
             /// One block for each.\n\
             pub fn blocks(writing: &mut Writing) -> Result<Vec<Block>, Unfillable> {{}}\n"
        ),
        next: "Write it as its neighbours are written; in crates/report/src/sections/mod.rs add its `mod`, its variant \
               and its arms; place it in a form in crates/report/forms; and run: cargo test -p thidua-report",
    })
}

fn adr(tree: &Tree, title: &str) -> Result<Skeleton> {
    let words: Vec<String> = title.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_ascii_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    ensure!(!words.is_empty(), "give the decision as a title: cargo xtask new adr \"Pages rendered on the server\"");
    let numbers = tree
        .texts("docs/adr/", &[".md"])
        .filter_map(|(path, _)| path["docs/adr/".len()..].split('-').next()?.parse::<u32>().ok());
    let number = numbers.max().unwrap_or(0) + 1;
    let parts = [
        ("The question", "In two sentences."),
        ("What we weighed", "Each way with what speaks for and against it, measured where it can be."),
        ("What we chose", "One paragraph."),
        ("What follows", "Good and bad."),
        ("What would change our mind", "What we would watch."),
    ];
    let parts: String = parts.iter().map(|(heading, hint)| format!("\n## {heading}\n\n{hint}\n")).collect();
    Ok(Skeleton {
        path: format!("docs/adr/{number:04}-{}.md", words.join("-")),
        text: format!("# {number:04}. {title}\n\nStatus: proposed.\n{parts}"),
        next: "Write its parts in place of the hints, and add its line to docs/adr/README.md.",
    })
}

fn must_be(name: &str, between: char, example: &str) -> Result<()> {
    let good = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !name.split(between).all(good) {
        bail!("'{name}' is no name here; write it like {example}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_takes_the_next_number() {
        let tree = Tree::of(&[("docs/adr/0001-a.md", ""), ("docs/adr/0016-b.md", ""), ("docs/adr/README.md", "")]);
        let skeleton = adr(&tree, "Charts: drawn on the server").unwrap();
        assert_eq!(skeleton.path, "docs/adr/0017-charts-drawn-on-the-server.md");
        assert!(
            skeleton.text.starts_with("# 0017. Charts: drawn on the server\n\nStatus: proposed.\n\n## The question\n")
        );
    }

    #[test]
    fn a_skeleton_keeps_the_house_rules() {
        let (honour, section, adr) =
            (honour("giay-khen-x").unwrap(), section("some_part").unwrap(), adr(&Tree::of(&[]), "A b").unwrap());
        for skeleton in [&honour, &section, &adr] {
            let list = format!("[listed]({})\n", skeleton.path.rsplit('/').next().unwrap());
            let tree = Tree::of(&[(&skeleton.path, &skeleton.text), ("docs/adr/README.md", &list)]);
            let all = crate::tidy::broken_rules(&tree).join("\n");
            assert!(!all.contains(&skeleton.path), "{all}");
        }
        assert!(honour.text.parse::<toml::Table>().is_ok());
    }

    #[test]
    fn a_name_that_is_none_is_refused_and_nothing_is_written_over() {
        for name in ["Giay-Khen", "giấy-khen", "", "a--b", "../x"] {
            assert!(super::honour(name).is_err(), "{name}");
        }
        let tree = Tree::of(&[("crates/law/data/honours/giay-khen.toml", "")]);
        let error = new(&tree, Path::new("/nowhere"), Kind::Honour, "giay-khen").unwrap_err();
        assert_eq!(error.to_string(), "crates/law/data/honours/giay-khen.toml exists already");
    }
}
