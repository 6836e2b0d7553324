//! The commands that README.md promises, read from it so that what is checked is what is printed.

use std::path::Path;

use anyhow::{Context, Result};

/// The text of the `sh` block that follows `<!-- ci: name -->` in README.md.
pub fn command(root: &Path, name: &str) -> Result<String> {
    let path = root.join("README.md");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    block(&text, name).with_context(|| format!("README.md has no sh block after `<!-- ci: {name} -->`"))
}

fn block(text: &str, name: &str) -> Option<String> {
    let mark = format!("<!-- ci: {name} -->");
    let mut lines =
        text.lines().skip_while(|line| line.trim() != mark).skip(1).skip_while(|line| line.trim().is_empty());
    lines.next().filter(|line| line.trim() == "```sh")?;
    let mut commands = Vec::new();
    for line in lines {
        if line.trim() == "```" {
            return Some(commands.join("\n")).filter(|text| !text.trim().is_empty());
        }
        commands.push(line);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{block, command};

    const README: &str = "# A\n<!-- ci: demo -->\n```sh\ncargo run\n```\n\n<!-- ci: test -->\n\n```sh\na\nb\n```\n\
                          <!-- ci: text -->\n```text\nc\n```\n<!-- ci: open -->\n```sh\nd\n";

    #[test]
    fn the_block_after_the_mark_is_read_as_written() {
        assert_eq!(block(README, "demo").as_deref(), Some("cargo run"));
        assert_eq!(block(README, "test").as_deref(), Some("a\nb"));
    }

    #[test]
    fn a_mark_without_its_block_gives_nothing() {
        for name in ["text", "open", "absent"] {
            assert_eq!(block(README, name), None, "{name}");
        }
    }

    #[test]
    fn both_readmes_promise_the_commands_that_are_run() {
        let root = crate::tree::root();
        let vietnamese = std::fs::read_to_string(root.join("README.vi.md")).unwrap();
        for name in ["demo", "test"] {
            let text = command(&root, name).unwrap();
            assert!(
                vietnamese.contains(&format!("```sh\n{text}\n```")),
                "README.vi.md says another command than: {text}"
            );
        }
    }
}
