//! Other people's programs that open our files, and what happens where they are missing.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that is deleted when dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// A new empty folder.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("thidua-paper-{}-{count}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a file into the folder.
    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The path of a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// Whether a program can be run; if not, says so, counts the skipped layer, and fails under `CI=true`.
pub fn have(program: &str, layer: &str, package: &str) -> bool {
    let found = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()));
    if !found {
        let line = format!("skipped: {layer}: {package} is missing");
        println!("{line}");
        if let Some(path) = std::env::var_os("THIDUA_TEST_SKIPS") {
            let mut file = fs::OpenOptions::new().append(true).create(true).open(path).unwrap();
            writeln!(file, "{line}").unwrap();
        }
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{line}");
    }
    found
}

/// Whether poppler's programs are there.
pub fn have_poppler() -> bool {
    have("pdftotext", "documents", "poppler-utils")
}

/// What a program prints.
pub fn output(program: &str, arguments: &[&OsStr]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The DOCX as LibreOffice sets it, as a PDF beside it; the office sees only our fonts and a fresh profile.
pub fn office_pdf(folder: &Folder, docx: &Path) -> PathBuf {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/fonts");
    let settings = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>{}</dir>\
         <cachedir>{}</cachedir><alias binding=\"same\"><family>Times New Roman</family>\
         <prefer><family>Liberation Serif</family></prefer></alias></fontconfig>",
        fonts.display(),
        folder.path("font-cache").display()
    );
    let settings = folder.put("fonts.conf", settings.as_bytes());
    let out = folder.path("office");
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path("profile").display()))
        .args(["--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir"])
        .arg(&out)
        .arg(docx)
        .env("HOME", folder.path("home"))
        .env("FONTCONFIG_FILE", settings)
        .output()
        .unwrap();
    assert!(status.status.success(), "soffice: {}", String::from_utf8_lossy(&status.stderr));
    out.join(docx.file_stem().unwrap()).with_extension("pdf")
}
