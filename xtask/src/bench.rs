//! What only the whole program shows: how soon the demo is ready, how fast its pages are, how much memory it holds.
//!
//! Runs after `cargo bench`. One process asks another over the loopback, connection included; a shared machine is
//! noisy, so read medians and compare within one run.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::child::{self, Group};
use crate::demo::{inner_links, wait_for_address};
use crate::http;

/// Longest time for `cargo bench` or the release build.
const BUILD_LIMIT: Duration = Duration::from_secs(60 * 60);

/// How often each page is asked for.
const ASKED: usize = 300;

/// Measures everything.
pub fn bench(root: &Path, arguments: &[String]) -> Result<()> {
    let mut benches = child::cargo();
    benches.current_dir(root).args(["bench", "--locked"]);
    match arguments {
        [] => benches.args(["-p", "thidua-app"]),
        chosen => benches.args(chosen),
    };
    let status = child::run("cargo bench", &mut benches, BUILD_LIMIT, |_| {})?;
    ensure!(status.success(), "cargo bench ended with {status}");
    if !arguments.is_empty() {
        return Ok(());
    }
    let mut build = child::cargo();
    build.current_dir(root).args(["build", "--release", "--locked"]);
    let status = child::run("the release build", &mut build, BUILD_LIMIT, |_| {})?;
    ensure!(status.success(), "the release build ended with {status}");
    whole_program(root)
}

fn whole_program(root: &Path) -> Result<()> {
    let binary = root.join("target/release/thidua");
    let folder = std::env::temp_dir().join(format!("thidua-bench-{}", std::process::id()));
    let outcome = (|| {
        for which in ["fresh folder", "same folder again"] {
            let mut demo = Command::new(&binary);
            demo.args(["demo", "--port", "0", "--dir"]).arg(&folder).stdout(Stdio::piped());
            let begun = Instant::now();
            let mut demo = Group::start("the demo", &mut demo)?;
            let lines = demo.lines();
            let mut ready = None;
            let printed = wait_for_address(&mut demo, &lines, || ready = Some(begun.elapsed()))?;
            let port = printed.port.context("the demo named no port")?;
            println!("demo ready, {which}: {} ms", ready.unwrap_or_default().as_millis());
            if which == "same folder again" {
                pages(port)?;
                memory(demo.id())?;
            }
            demo.stop(Duration::from_secs(20))?;
        }
        Ok(())
    })();
    // What cannot be removed is a temporary folder of this process.
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

/// Asks for every page the home page leads to, each warmed once.
fn pages(port: u16) -> Result<()> {
    let home = http::get(port, "/")?;
    let mut all = Vec::new();
    println!("{:<52} {:>8} {:>8} {:>8}", "page", "p50 ms", "p99 ms", "KB");
    for path in std::iter::once("/".to_owned()).chain(inner_links(&home.body)) {
        let size = http::get(port, &path)?.body.len() / 1024;
        let mut times = Vec::with_capacity(ASKED);
        for _ in 0..ASKED {
            let begun = Instant::now();
            let answer = http::get(port, &path)?;
            times.push(begun.elapsed());
            ensure!(answer.status == 200, "GET {path} was answered with {}", answer.status);
        }
        line(&path, &mut times, &size.to_string());
        all.extend(times);
    }
    line("all pages", &mut all, "");
    Ok(())
}

fn line(name: &str, times: &mut [Duration], size: &str) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_micros();
    let ms = |micros: u128| format!("{}.{:02}", micros / 1000, micros % 1000 / 10);
    println!("{name:<52} {:>8} {:>8} {size:>8}", ms(at(50)), ms(at(99)));
}

/// Peak and present memory of a process, as Linux counts it.
fn memory(process: u32) -> Result<()> {
    let Ok(status) = std::fs::read_to_string(format!("/proc/{process}/status")) else {
        println!("memory: this system does not tell");
        return Ok(());
    };
    for (name, key) in [("peak memory of the server", "VmHWM:"), ("memory of the server now", "VmRSS:")] {
        let told = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or("?").trim();
        println!("{name}: {told}");
    }
    Ok(())
}
