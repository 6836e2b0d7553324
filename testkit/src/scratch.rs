//! Folders that a test may fill, and that are gone after it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of one test; removed with all it holds when dropped.
///
/// A test that panics also drops it. To look at what a failing test wrote, set
/// `THIDUA_TEST_KEEP` to anything: the folders then stay and their paths are printed.
#[derive(Debug)]
pub struct ScratchDir {
    path: PathBuf,
}

/// Makes an empty folder that no other test has; `name` is only there to recognise it by.
///
/// Panics when the machine's temporary folder cannot be written.
pub fn scratch_dir(name: &str) -> ScratchDir {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("thidua-{name}-{}-{number}", std::process::id()));
        match std::fs::create_dir(&path) {
            Ok(()) => return ScratchDir { path },
            // Left behind by an older process with the same number: take the next name.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => panic!("no scratch folder at {}: {error}", path.display()),
        }
    }
}

impl ScratchDir {
    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of a file or folder in it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

impl Drop for ScratchDir {
    fn drop(&mut self) {
        if std::env::var_os("THIDUA_TEST_KEEP").is_some() {
            println!("kept: {}", self.path.display());
        } else if let Err(error) = std::fs::remove_dir_all(&self.path) {
            // A drop must not panic: the test's own failure may be on its way.
            println!("not removed: {}: {error}", self.path.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::scratch_dir;

    #[test]
    fn two_folders_of_one_name_differ_and_both_go() {
        let (one, two) = (scratch_dir("same"), scratch_dir("same"));
        assert_ne!(one.path(), two.path());
        std::fs::write(one.join("file"), "text").unwrap();
        let paths = [one.path().to_owned(), two.path().to_owned()];
        drop((one, two));
        assert!(paths.iter().all(|path| !path.exists()), "left behind: {paths:?}");
    }

    #[test]
    fn a_panicking_test_leaves_nothing() {
        let path = std::panic::catch_unwind(|| {
            let dir = scratch_dir("panic");
            std::panic::panic_any(dir.path().to_owned());
        });
        let path = *path.unwrap_err().downcast::<std::path::PathBuf>().unwrap();
        assert!(!path.exists());
    }
}
