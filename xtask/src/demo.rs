//! The README's demo command, tried as a new user would: started as written, looked at, stopped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail, ensure};

use crate::child::{Group, STEP, interrupted};
use crate::http;

/// Longest time from the command to the address: a cold release build is most of it.
const START_LIMIT: Duration = Duration::from_secs(45 * 60);

/// Longest time from Ctrl-C to the end.
const STOP_LIMIT: Duration = Duration::from_secs(20);

/// The most pages that are opened from the home page.
const PAGES_MAX: usize = 60;

/// How each kind of file begins.
const OPENINGS: &[(&str, &[u8])] = &[(".docx", b"PK\x03\x04"), (".pdf", b"%PDF-"), (".html", b"<!doctype html")];

/// What the demo printed: where it serves, and what it wrote.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// The port it serves on.
    pub port: Option<u16>,
    files: Vec<PathBuf>,
}

/// Runs the command from the root as it stands in the README and checks all that it promises.
pub fn try_out(root: &Path, command: &str) -> Result<()> {
    let begun = SystemTime::now();
    let mut shell = Command::new("sh");
    // With `exec` no shell stands between us and the program, so its answer to Ctrl-C is seen.
    shell.arg("-c").arg(format!("exec {command}")).current_dir(root).stdout(Stdio::piped());
    let mut demo = Group::start("the demo", &mut shell)?;
    let lines = demo.lines();
    let printed = wait_for_address(&mut demo, &lines, || {})?;
    let port = printed.port.expect("waiting ended with an address");

    for (ending, opening) in OPENINGS {
        let file = printed.files.iter().find(|file| file.to_string_lossy().ends_with(ending));
        let file = file.with_context(|| format!("the demo named no {ending} file with its whole path"))?;
        check_file(file, opening, begun)?;
    }
    let pages = open_pages(port)?;
    println!("The demo serves: {pages} pages opened, {} files checked.", OPENINGS.len());

    let status = demo.stop(STOP_LIMIT)?;
    ensure!(status.success(), "after Ctrl-C the demo ended with {status}, not cleanly");
    ensure!(http::get(port, "/").is_err(), "the demo ended, but something still answers on its port {port}");
    Ok(())
}

/// Reads what the demo prints until it names its address; the files come before.
pub fn wait_for_address(demo: &mut Group, lines: &Receiver<String>, ready: impl FnOnce()) -> Result<Printed> {
    let start = Instant::now();
    let mut printed = Printed::default();
    while printed.port.is_none() {
        match lines.recv_timeout(STEP) {
            Ok(line) => {
                println!("{line}");
                printed.read(&line);
            }
            Err(RecvTimeoutError::Disconnected) => bail!("the demo ended before it named its address"),
            Err(RecvTimeoutError::Timeout) => {
                if let Some(status) = demo.ended()? {
                    bail!("the demo ended with {status} before it named its address");
                }
            }
        }
        ensure!(!interrupted(), "interrupted while the demo was starting");
        ensure!(start.elapsed() < START_LIMIT, "the demo named no address within {} s", START_LIMIT.as_secs());
    }
    ready();
    // Lines that follow at once belong to the same greeting.
    while let Ok(line) = lines.recv_timeout(Duration::from_secs(1)) {
        println!("{line}");
        printed.read(&line);
    }
    Ok(printed)
}

impl Printed {
    fn read(&mut self, line: &str) {
        if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            self.port = self.port.or(digits.parse().ok());
        }
        // A path may hold spaces, so it is all from the first slash to the last known ending.
        let path = line.find('/').map(|at| line[at..].trim_end()).filter(|path| !path.starts_with("//"));
        let known = |path: &&str| OPENINGS.iter().any(|(ending, _)| path.ends_with(ending));
        self.files.extend(path.filter(known).map(PathBuf::from));
    }
}

fn check_file(file: &Path, opening: &[u8], begun: SystemTime) -> Result<()> {
    let content =
        std::fs::read(file).with_context(|| format!("the demo named {}, which cannot be read", file.display()))?;
    let begins = content.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening));
    ensure!(begins, "{} does not begin as its name says", file.display());
    ensure!(content.len() > 1000, "{} holds only {} bytes", file.display(), content.len());
    // File times are coarser than the clock on some systems.
    let written = std::fs::metadata(file)?.modified()? + Duration::from_secs(2);
    ensure!(written >= begun, "{} was there before; this run did not write it", file.display());
    Ok(())
}

/// Opens the home page and each page it links to; returns how many.
fn open_pages(port: u16) -> Result<usize> {
    let home = open(port, "/")?;
    let links = inner_links(&home);
    let report = links.iter().filter(|link| link.starts_with("/bao-cao")).count();
    ensure!(report > 0, "the home page links to no report (no href that begins with /bao-cao)");
    for link in links.iter().take(PAGES_MAX) {
        let page = open(port, link)?;
        let speaks = !link.starts_with("/bao-cao") || page.contains("áo cáo") || page.contains("ÁO CÁO");
        ensure!(speaks, "{link} does not speak of a report");
    }
    Ok(links.len().min(PAGES_MAX) + 1)
}

fn open(port: u16, path: &str) -> Result<String> {
    let answer = http::get(port, path)?;
    ensure!(answer.status == 200, "GET {path} was answered with {}", answer.status);
    ensure!(answer.body.contains("thi đua") || answer.body.contains("Thi đua"), "{path} does not speak Vietnamese");
    Ok(answer.body)
}

/// The pages of the same site that a page links to, each once: no files, no fragments, no switches.
pub fn inner_links(page: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for href in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let path = href.split('#').next().unwrap_or_default().replace("&amp;", "&");
        let is_page = path.starts_with('/') && !path.starts_with("//") && !path.contains(['.', '?']);
        if is_page && path != "/" && !links.contains(&path) {
            links.push(path);
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_the_address_are_read_from_what_the_demo_prints() {
        let mut printed = Printed::default();
        for line in [
            "Đã ghi báo cáo:",
            "  DOCX: /a b/demo/bao-cao.docx",
            "  PDF:  /a b/demo/bao-cao.pdf  ",
            "Mở http://127.0.0.1:8020/ trong trình duyệt",
            "Trang báo cáo: http://127.0.0.1:8020/bao-cao.html",
        ] {
            printed.read(line);
        }
        assert_eq!(printed.port, Some(8020));
        assert_eq!(printed.files, ["/a b/demo/bao-cao.docx", "/a b/demo/bao-cao.pdf"].map(PathBuf::from));
    }

    #[test]
    fn links_to_other_pages_are_followed_once() {
        let page = "<a href=\"/bao-cao/2020-H1#so-12\"> <a href=\"/bao-cao/2020-H1\"> <a href=\"/\"> <a href=\"//x\">\
                    <link href=\"/tinh/style.css\"> <a href=\"https://y\"> <a href=\"?lang=en\"> <a href=\"/cum\">";
        assert_eq!(inner_links(page), ["/bao-cao/2020-H1", "/cum"]);
    }

    #[test]
    fn a_file_that_is_not_what_it_says_is_refused() {
        let file = std::env::temp_dir().join(format!("thidua-xtask-{}.pdf", std::process::id()));
        let begun = SystemTime::now();
        let mut outcomes = Vec::new();
        for content in
            [format!("%PDF-1.7\n{}", "x".repeat(2000)), format!("<html>{}", "x".repeat(2000)), "%PDF-1.7".to_owned()]
        {
            std::fs::write(&file, content).unwrap();
            outcomes.push(check_file(&file, b"%PDF-", begun).is_ok());
        }
        outcomes.push(check_file(&file, b"%PDF-", begun + Duration::from_secs(3600)).is_ok());
        std::fs::remove_file(&file).unwrap();
        assert_eq!(outcomes, [true, false, false, false]);
        assert!(check_file(&file, b"%PDF-", begun).is_err());
    }
}
