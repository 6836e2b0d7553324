//! A PostgreSQL of our own for the length of a run: made, started, stopped and deleted here.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::program;
use crate::child::{Group, STEP, interrupted, output_of};

/// The superuser of the throw-away cluster; it needs no password, and only this machine reaches it.
const USER: &str = "thidua";

/// How our folders are named, before the number of the process.
const FOLDER: &str = "thidua-postgres-";

/// Longest time from the start to the first connection.
const START_LIMIT: Duration = Duration::from_secs(60);

/// How often a port that someone else took meanwhile is given up for another.
const TRIES: usize = 5;

/// A running server; dropping it stops the server and deletes its folder.
pub struct Server {
    // Dropped in this order: the server ends before its folder goes.
    _running: Group,
    _folder: Folder,
    url: String,
}

struct Folder(PathBuf);

/// Whom the server runs as, when this program is root; PostgreSQL refuses to be root.
struct Account {
    uid: u32,
    gid: u32,
}

impl Server {
    /// Makes a cluster in a temporary folder and starts it on a free port of the loopback.
    pub fn start() -> Result<Self> {
        let account = Account::to_run_as()?;
        let folder = Folder::make(account.as_ref())?;
        let data = folder.0.join("data");
        let mut initdb = as_account(&program(&["initdb"]).context("initdb is missing")?, account.as_ref(), &folder.0)?;
        initdb.arg("-D").arg(&data).args(["-U", USER, "-A", "trust", "--locale=C", "--encoding=UTF8", "--no-sync"]);
        output_of("initdb", &mut initdb)?;

        let mut last = None;
        for _ in 0..TRIES {
            match run(account.as_ref(), &folder.0, &data) {
                Ok((running, port)) => {
                    let url = format!("postgres://{USER}@127.0.0.1:{port}/postgres");
                    return Ok(Self { _running: running, _folder: folder, url });
                }
                Err(error) if interrupted() => return Err(error),
                Err(error) => last = Some(error),
            }
        }
        Err(last.expect("at least one try was made"))
    }

    /// The address of its first database; the user may make others.
    pub fn url(&self) -> &str {
        &self.url
    }
}

fn run(account: Option<&Account>, folder: &Path, data: &Path) -> Result<(Group, u16)> {
    let port = free_port()?;
    let log_path = folder.join("log");
    let log = File::create(&log_path)?;
    let mut server = as_account(&program(&["postgres"]).context("postgres is missing")?, account, folder)?;
    server
        .arg("-D")
        .arg(data)
        .arg("-p")
        .arg(port.to_string())
        .arg("-k")
        .arg(folder)
        .stdout(log.try_clone()?)
        .stderr(log);
    for setting in [
        "listen_addresses=127.0.0.1",
        "max_connections=200",
        // The data lives as long as the run: nothing needs to survive a crash.
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
    ] {
        server.args(["-c", setting]);
    }
    let mut running = Group::start("postgres", &mut server)?;
    let start = Instant::now();
    loop {
        if is_ready(data) {
            return Ok((running, port));
        }
        let ended = running.ended()?;
        if ended.is_some() || interrupted() || start.elapsed() > START_LIMIT {
            let words = std::fs::read_to_string(&log_path).unwrap_or_default();
            bail!("PostgreSQL did not start: {}", words.lines().last().unwrap_or("it said nothing"));
        }
        std::thread::sleep(STEP);
    }
}

/// The server writes its state into the eighth line of this file; it is there from version 10 on.
fn is_ready(data: &Path) -> bool {
    let state = std::fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    state.lines().nth(7).is_some_and(|line| line.trim() == "ready")
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on the loopback")?;
    Ok(listener.local_addr()?.port())
}

/// The command, run by the account, in a folder it may enter, and ended by the system if this
/// program dies without cleaning up.
fn as_account(program: &Path, account: Option<&Account>, folder: &Path) -> Result<Command> {
    let mut command = match (super::program(&["setpriv"]), account) {
        (Some(setpriv), account) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "INT"]);
            if let Some(Account { uid, gid }) = account {
                command.arg(format!("--reuid={uid}")).arg(format!("--regid={gid}")).arg("--clear-groups");
            }
            command.arg("--").arg(program);
            command
        }
        (None, None) => Command::new(program),
        (None, Some(_)) => bail!("setpriv (package util-linux) is missing: PostgreSQL refuses to run as root"),
    };
    // The server must not read settings meant for a client of another one.
    for variable in ["PGDATA", "PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGOPTIONS"] {
        command.env_remove(variable);
    }
    command.current_dir(folder).env("LC_ALL", "C");
    Ok(command)
}

impl Account {
    /// `None` when this program is not root and can run the server as itself.
    fn to_run_as() -> Result<Option<Self>> {
        if output_of("id", Command::new("id").arg("-u"))?.trim() != "0" {
            return Ok(None);
        }
        let accounts = std::fs::read_to_string("/etc/passwd").context("cannot read the accounts of this machine")?;
        let found = ["postgres", "nobody"].iter().find_map(|name| Self::named(&accounts, name));
        found.map(Some).context("neither the account postgres nor nobody exists, and PostgreSQL refuses to run as root")
    }

    fn named(accounts: &str, name: &str) -> Option<Self> {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = line.split(':').skip(2).map(str::parse);
        Some(Self { uid: numbers.next()?.ok()?, gid: numbers.next()?.ok()? })
    }
}

impl Folder {
    fn make(account: Option<&Account>) -> Result<Self> {
        sweep(&std::env::temp_dir(), Path::new("/proc"));
        let path = std::env::temp_dir().join(format!("{FOLDER}{}", std::process::id()));
        std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        let folder = Self(path);
        std::fs::set_permissions(&folder.0, std::fs::Permissions::from_mode(0o700))?;
        if let Some(Account { uid, gid }) = account {
            chown(&folder.0, Some(*uid), Some(*gid))?;
        }
        Ok(folder)
    }
}

/// Deletes the folders of runs that were killed before they could: those whose process is no more.
fn sweep(temporary: &Path, processes: &Path) {
    if !processes.join("self").exists() {
        return;
    }
    for entry in std::fs::read_dir(temporary).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(FOLDER)).filter(|id| id.parse::<u32>().is_ok());
        // The same number as ours was another's before us.
        let is_dead = |id: &str| !processes.join(id).exists() || id == std::process::id().to_string();
        if owner.is_some_and(is_dead) {
            let _best_effort = std::fs::remove_dir_all(entry.path());
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _best_effort = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_answers_while_it_lives_and_leaves_nothing() {
        if program(&["initdb"]).is_none() {
            // `cargo xtask test` names the missing layer; here only the error's sentence can be seen.
            assert!(Server::start().err().unwrap().to_string().contains("initdb"));
            return;
        }
        let server = Server::start().unwrap();
        let folder = std::env::temp_dir().join(format!("{FOLDER}{}", std::process::id()));
        let port: u16 = server.url().split([':', '/']).rev().nth(1).unwrap().parse().unwrap();
        let reached = || std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok();
        assert!(folder.join("data").exists() && reached());
        drop(server);
        assert!(!folder.exists() && !reached());
    }

    #[test]
    fn folders_of_dead_processes_are_swept_and_others_left() {
        let place = std::env::temp_dir().join(format!("thidua-xtask-sweep-{}", std::process::id()));
        for folder in
            ["proc/self", "proc/12", "thidua-postgres-12", "thidua-postgres-13", "thidua-postgres-x", "other-13"]
        {
            std::fs::create_dir_all(place.join(folder)).unwrap();
        }
        sweep(&place, &place.join("proc"));
        let left = ["12", "13", "x"].map(|id| place.join(format!("{FOLDER}{id}")).exists());
        let other = place.join("other-13").exists();
        std::fs::remove_dir_all(&place).unwrap();
        assert_eq!((left, other), ([true, false, true], true));
    }

    #[test]
    fn an_account_is_read_by_its_whole_name() {
        let accounts = "root:x:0:0:root:/root:/bin/sh\npostgres2:x:7:8::/:\npostgres:x:101:104:admin:/var:/bin/sh\n";
        let account = Account::named(accounts, "postgres").unwrap();
        assert_eq!((account.uid, account.gid), (101, 104));
        assert!(Account::named(accounts, "nobody").is_none());
    }

    #[test]
    fn a_server_is_ready_when_it_says_so() {
        let folder = std::env::temp_dir().join(format!("thidua-xtask-ready-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut seen = Vec::new();
        for state in ["starting", "ready   "] {
            let lines = ["1", "/data", "2", "5432", "/tmp", "127.0.0.1", "3", state].join("\n");
            std::fs::write(folder.join("postmaster.pid"), format!("{lines}\n")).unwrap();
            seen.push(is_ready(&folder));
        }
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(seen, [false, true]);
    }
}
