//! Installing packages on Debian, where that is allowed.

use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::program;
use crate::child::{Group, output_of};

/// Whether missing packages may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Install {
    /// When this program runs as root on Debian.
    WhereAllowed,
    /// Not even then.
    Never,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The packages are there now.
    Installed,
    /// Nothing was tried: not root, not Debian, or not wanted.
    NotAllowed,
}

/// Longest time for fetching the lists and for installing, each.
const LIMIT: Duration = Duration::from_secs(20 * 60);

/// The file by which Debian asks whether a service may be started by its installation.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// The command that a person runs to install the packages.
pub fn command_for(packages: &[&str]) -> String {
    format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", packages.join(" "))
}

/// Installs the packages where that is allowed.
pub fn install(packages: &[&str], allowed: Install) -> Result<Outcome> {
    let is_root = output_of("id", Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if allowed == Install::Never || !is_root || program(&["apt-get"]).is_none() {
        return Ok(Outcome::NotAllowed);
    }
    println!("Installing {} with apt-get; this takes a few minutes, once.", packages.join(", "));
    let start = Instant::now();
    let _quiet = NoServices::ask()?;
    // A list that could not be fetched may still be there from before, so only the installation decides.
    let update = apt(&["update"]);
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(packages);
    if let Err(error) = apt(&install) {
        let lists = update.err().map(|error| format!("; before that: {error:#}")).unwrap_or_default();
        bail!("{error:#}{lists}");
    }
    println!("Installed in {} s.", start.elapsed().as_secs());
    Ok(Outcome::Installed)
}

fn apt(arguments: &[&str]) -> Result<()> {
    let log = std::env::temp_dir().join(format!("thidua-apt-{}.log", std::process::id()));
    let output = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut command = Command::new("apt-get");
    command.arg("-qq").args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command.stdout(output.try_clone()?).stderr(output);
    let status = Group::start("apt-get", &mut command)?.wait(LIMIT);
    let words = std::fs::read_to_string(&log).unwrap_or_default();
    let _best_effort = std::fs::remove_file(&log);
    if !status?.success() {
        let errors: Vec<&str> = words.lines().filter(|line| line.starts_with("E: ")).collect();
        bail!("apt-get {} failed: {}", arguments[0], errors.join(" "));
    }
    Ok(())
}

/// While it lives, an installation starts no service: Debian's PostgreSQL would otherwise run a
/// server that nobody asked for. An answer that the machine gives already is left as it is.
struct NoServices {
    wrote_policy: bool,
}

impl NoServices {
    fn ask() -> Result<Self> {
        if Path::new(POLICY).exists() {
            return Ok(Self { wrote_policy: false });
        }
        std::fs::write(POLICY, "#!/bin/sh\nexit 101\n").with_context(|| format!("cannot write {POLICY}"))?;
        let written = Self { wrote_policy: true };
        std::fs::set_permissions(POLICY, std::fs::Permissions::from_mode(0o755))?;
        Ok(written)
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if self.wrote_policy {
            let _best_effort = std::fs::remove_file(POLICY);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_may_be_installed_the_command_is_named() {
        assert_eq!(install(&["poppler-utils"], Install::Never).unwrap(), Outcome::NotAllowed);
        let command = command_for(&["poppler-utils", "chromium"]);
        assert!(command.ends_with("apt-get install -y --no-install-recommends poppler-utils chromium"), "{command}");
    }
}
