//! The files of the repository, read once: what every check looks at.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Folders that a walk without git leaves out: what is built or downloaded is not the project's text.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "demo"];

/// The files by path from the root, `/` between folders.
pub struct Tree {
    files: BTreeMap<String, Vec<u8>>,
    /// Absolute paths that exist on this machine only; no file may name them.
    pub machine_paths: Vec<String>,
}

/// The root of the repository this program was built from.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask lies one folder below the root").to_owned()
}

impl Tree {
    /// Reads the files that git tracks or would track; without git, all but what is built.
    pub fn load(root: &Path) -> Result<Self> {
        let paths = match listed_by_git(root) {
            Some(paths) => paths,
            None => walked(root)?,
        };
        let mut files = BTreeMap::new();
        for path in paths {
            let full = root.join(&path);
            // A tracked file that was just deleted, or a link to elsewhere, has no text to check.
            if full.is_file() {
                let bytes = std::fs::read(&full).with_context(|| format!("cannot read {}", full.display()))?;
                files.insert(path, bytes);
            }
        }
        ensure!(files.contains_key("Cargo.toml"), "{} is not the root of the workspace", root.display());
        Ok(Self { files, machine_paths: machine_paths(root) })
    }

    /// A made-up tree, to show that a check fails where it should.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Self { files, machine_paths: Vec::new() }
    }

    /// The same tree with one more file, of any bytes.
    #[cfg(test)]
    pub fn with(mut self, path: &str, bytes: &[u8]) -> Self {
        self.files.insert(path.to_owned(), bytes.to_vec());
        self
    }

    /// Every path and its bytes, in the order of paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The text of one file; `None` where there is none, or it is no UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// Path and text of the files below `folder` (all for `""`) whose names end in one of `ends`.
    ///
    /// Files that are no UTF-8 are left out; `text_is_clean` names them.
    pub fn texts<'a>(&'a self, folder: &'a str, ends: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files()
            .filter(move |(path, _)| path.starts_with(folder) && ends.iter().any(|end| path.ends_with(end)))
            .filter_map(|(path, bytes)| std::str::from_utf8(bytes).ok().map(|text| (path, text)))
    }

    /// Whether there is a file, or a folder that holds one, at `path`.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.contains_key(path) || self.files.keys().any(|file| inside(file, path))
    }
}

fn inside(file: &str, folder: &str) -> bool {
    file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn listed_by_git(root: &Path) -> Option<Vec<String>> {
    let listing = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .ok()?;
    let paths = String::from_utf8(listing.stdout).ok()?;
    let paths: Vec<String> = paths.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    (listing.status.success() && !paths.is_empty()).then_some(paths)
}

fn walked(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name();
            if entry.file_type()?.is_dir() {
                if !NOT_OURS.iter().any(|left_out| name == *left_out) {
                    open.push(entry.path());
                }
            } else if let Some(path) = entry.path().strip_prefix(root).ok().and_then(Path::to_str) {
                found.push(path.to_owned());
            }
        }
    }
    Ok(found)
}

/// The root itself, its parent where that is a place of this machine, and the user's home.
fn machine_paths(root: &Path) -> Vec<String> {
    let common = ["", "/", "/tmp", "/home", "/root", "/srv", "/opt", "/usr", "/usr/src", "/mnt", "/var", "/Users"];
    let home = std::env::var("HOME").unwrap_or_default();
    let parent = root.parent().and_then(Path::to_str).unwrap_or_default();
    [root.to_str().unwrap_or_default(), parent, &home]
        .iter()
        .map(|path| path.trim_end_matches('/'))
        .filter(|path| !common.contains(path))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_and_the_walk_agree_on_the_sources() {
        let by_walk = walked(&root()).unwrap();
        let tree = Tree::load(&root()).unwrap();
        for (path, _) in tree.texts("xtask/src/", &[".rs"]) {
            assert!(by_walk.iter().any(|walked| walked == path), "the walk misses {path}");
        }
        assert!(tree.has("xtask/src/tree.rs") && tree.has("xtask/src/") && !tree.has("xtask/sr"));
        assert!(tree.files().all(|(path, _)| !path.starts_with("target/")));
    }
}
