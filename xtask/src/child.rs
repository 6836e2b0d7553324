//! Children of this program: each in a process group of its own, stopped with all its descendants,
//! never left behind, never mistaken for another's.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a waiting loop looks up.
pub const STEP: Duration = Duration::from_millis(50);

/// How long a child may take to end after it was asked: one that has children itself stops those first.
const PATIENCE: Duration = Duration::from_secs(30);

/// Set by Ctrl-C and by a polite request to end; every waiting loop asks [`interrupted`].
static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// What to tell a process group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// As Ctrl-C does: finish and go.
    Interrupt,
    /// Go now.
    Kill,
}

/// A running child; dropping it stops its whole group.
pub struct Group {
    child: Child,
    name: String,
    end: Option<ExitStatus>,
}

/// Lets the program outlive Ctrl-C for as long as cleaning up takes. Called once, first thing.
pub fn outlive_interrupts() -> Result<()> {
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&INTERRUPTED)).context("cannot listen for Ctrl-C")?;
    }
    Ok(())
}

/// Whether someone asked this program to end.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

impl Group {
    /// Starts the command as the head of a new process group, without standard input.
    pub fn start(name: &str, command: &mut Command) -> Result<Self> {
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {name} ({})", command.get_program().display()))?;
        Ok(Self { child, name: name.to_owned(), end: None })
    }

    /// The number of the process, which is that of its group too.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The lines it prints from now on; needs a piped standard output, and can be had once.
    pub fn lines(&mut self) -> Receiver<String> {
        let output = self.child.stdout.take().expect("standard output is piped and was not taken before");
        read_lines(output)
    }

    /// How it ended, if it has. Descendants that outlive it are ended at the same moment: later the
    /// number of the group could be another's.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        if self.end.is_none() {
            self.end = self.child.try_wait().with_context(|| format!("cannot wait for {}", self.name))?;
            if self.end.is_some() {
                self.signal(Signal::Kill);
            }
        }
        Ok(self.end)
    }

    /// Waits for its end; an error after `limit`, or when this program is asked to end.
    pub fn wait(&mut self, limit: Duration) -> Result<ExitStatus> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            if interrupted() {
                bail!("interrupted while {} was running", self.name);
            }
            if start.elapsed() > limit {
                bail!("{} did not end within {} s", self.name, limit.as_secs());
            }
            std::thread::sleep(STEP);
        }
    }

    /// Tells the whole group.
    pub fn signal(&self, signal: Signal) {
        let word = match signal {
            Signal::Interrupt => "INT",
            Signal::Kill => "KILL",
        };
        // The shell's own `kill` is there on every system; a group that has gone already is no error.
        let script = format!("kill -s {word} -- -{} 2>/dev/null", self.id());
        let _already_gone = Command::new("sh").args(["-c", &script]).stdin(Stdio::null()).status();
    }

    /// Asks it to end, and after `patience` makes it. Returns how it ended.
    pub fn stop(&mut self, patience: Duration) -> Result<ExitStatus> {
        self.signal(Signal::Interrupt);
        let start = Instant::now();
        while start.elapsed() < patience {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            std::thread::sleep(STEP);
        }
        self.signal(Signal::Kill);
        let status = self.child.wait().with_context(|| format!("cannot wait for {}", self.name))?;
        self.end = Some(status);
        Ok(status)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Ok(None) = self.ended() {
            let _best_effort = self.stop(PATIENCE);
        }
    }
}

/// Runs the command to its end, passing on what it prints and showing each line to `see`.
///
/// Stops it after `limit` or when this program is asked to end, and says so in the error.
pub fn run(name: &str, command: &mut Command, limit: Duration, mut see: impl FnMut(&str)) -> Result<ExitStatus> {
    let mut group = Group::start(name, command.stdout(Stdio::piped()))?;
    let lines = group.lines();
    let start = Instant::now();
    loop {
        match lines.recv_timeout(STEP) {
            Ok(line) => {
                println!("{line}");
                see(&line);
                continue;
            }
            // Nothing more can come: the child and all that inherited its output have gone.
            Err(RecvTimeoutError::Disconnected) => return group.wait(limit.saturating_sub(start.elapsed())),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some(status) = group.ended()? {
            // A descendant may still hold the output; what was printed before this moment is read.
            while let Ok(line) = lines.recv_timeout(STEP) {
                println!("{line}");
                see(&line);
            }
            return Ok(status);
        }
        if interrupted() {
            bail!("interrupted while {name} was running");
        }
        if start.elapsed() > limit {
            bail!("{name} did not end within {} s and was stopped", limit.as_secs());
        }
    }
}

/// Runs a quick command and returns what it printed; an error, with its own words, when it fails.
pub fn output_of(name: &str, command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name}"))?;
    let words = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("{name} failed ({}): {}", output.status, words.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A `cargo` command free of what the `cargo run` that started us has set for us.
///
/// Left in place, those variables would differ from a call by hand and make Cargo build things twice.
pub fn cargo() -> Command {
    let mut command = Command::new("cargo");
    let ours = |name: &str| {
        name.starts_with("CARGO_PKG_")
            || name.starts_with("CARGO_MANIFEST_")
            || name == "CARGO"
            || name == "CARGO_CRATE_NAME"
    };
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(ours) {
            command.env_remove(name);
        }
    }
    command
}

fn read_lines(output: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        // A line that is no UTF-8 is passed on as well as it can be shown.
        while reader.by_ref().read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned();
            line.clear();
            if sender.send(text).is_err() {
                break;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn every_line_is_seen_and_the_end_is_told() {
        let mut seen = Vec::new();
        let status = run("a script", &mut shell("echo một; echo hai; exit 3"), Duration::from_secs(20), |line| {
            seen.push(line.to_owned())
        });
        assert_eq!(seen, ["một", "hai"]);
        assert_eq!(status.unwrap().code(), Some(3));
    }

    #[test]
    fn what_takes_too_long_is_stopped_with_its_descendants() {
        let start = Instant::now();
        let mut printed = String::new();
        let error = run("a script", &mut shell("sleep 300 & echo $!; wait"), Duration::from_millis(300), |line| {
            line.clone_into(&mut printed);
        });
        assert!(error.unwrap_err().to_string().contains("did not end within"));
        assert!(start.elapsed() < Duration::from_secs(60));
        let gone = |_: &()| !shell(&format!("kill -0 {printed} 2>/dev/null")).status().unwrap().success();
        let waited = (0..100).map(|_| std::thread::sleep(STEP)).any(|step| gone(&step));
        assert!(waited, "the grandchild {printed} is still there");
    }
}
