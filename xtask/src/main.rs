//! Builds, checks and generates; ships nothing.

#![allow(clippy::print_stdout, reason = "a tool speaks through standard output")]
#![allow(clippy::disallowed_methods, reason = "a tool measures and waits by the machine's clock")]

use std::process::ExitCode;

use anyhow::{Result, bail, ensure};

mod bench;
mod child;
mod ci;
mod demo;
mod generate;
mod http;
mod layer;
mod new;
mod readme;
mod source;
mod test;
mod tidy;
mod tree;

use ci::Extent;
use generate::Write;
use layer::Install;
use new::Kind;
use tree::Tree;

const HELP: &str = "\
cargo xtask <command>

  ci                    all that must hold before a change lands: tidy, every test, generated files, the demo
  ci quick              tidy and the tests of the pure crates
  tidy                  the house rules (docs/house-rules.md) on every file
  test [ARGS]           every test, with a PostgreSQL and a browser of its own; what the machine lacks is
                        installed as root on Debian, and otherwise named with the command to run
      --no-install      install nothing, only name it
      ARGS              choose tests as for `cargo test`: -p thidua-store same_schema
  generate              write the files that follow from others
  generate --check      only say which of them are not current
  bench [ARGS]          measure: load, compute, write, serve
  new honour CODE       begin an honour of the law book
  new section NAME      begin a section of a report
  new adr TITLE         begin a decision record

Exit code: 0 when all is well, 1 when something is not, 2 when the command is not known.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(command) = Command::of(&words) else {
        println!("{HELP}");
        let asked_for_help = matches!(words.as_slice(), ["help" | "--help" | "-h"]);
        return ExitCode::from(if asked_for_help { 0 } else { 2 });
    };
    match command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Command {
    Ci(Extent),
    Tidy,
    Test(Install, Vec<String>),
    Generate(Write),
    Bench(Vec<String>),
    New(Kind, String),
}

impl Command {
    fn of(words: &[&str]) -> Option<Self> {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        match words {
            ["ci"] => Some(Self::Ci(Extent::Whole)),
            ["ci", "quick"] => Some(Self::Ci(Extent::Quick)),
            ["tidy"] => Some(Self::Tidy),
            ["test", "--no-install", rest @ ..] => Some(Self::Test(Install::Never, owned(rest))),
            ["test", rest @ ..] => Some(Self::Test(Install::WhereAllowed, owned(rest))),
            ["generate"] => Some(Self::Generate(Write::Files)),
            ["generate", "--check"] => Some(Self::Generate(Write::Nothing)),
            ["bench", rest @ ..] => Some(Self::Bench(owned(rest))),
            ["new", "honour", code] => Some(Self::New(Kind::Honour, (*code).to_owned())),
            ["new", "section", name] => Some(Self::New(Kind::Section, (*name).to_owned())),
            ["new", "adr", title @ ..] if !title.is_empty() => Some(Self::New(Kind::Adr, title.join(" "))),
            _ => None,
        }
    }

    fn run(self) -> Result<()> {
        child::outlive_interrupts()?;
        let root = tree::root();
        match self {
            Self::Ci(extent) => ci::ci(&root, extent),
            Self::Tidy => check_rules(&Tree::load(&root)?),
            Self::Test(install, arguments) => test::test(&root, &arguments, install),
            Self::Generate(write) => {
                let stale = generate::generate(&Tree::load(&root)?, &root, write)?;
                match write {
                    Write::Files => {
                        generate::write_by_tests(&root)?;
                        println!("written: {}", if stale.is_empty() { "nothing".into() } else { stale.join(", ") })
                    }
                    Write::Nothing => {
                        ensure!(stale.is_empty(), "not current: {}; run cargo xtask generate", stale.join(", "))
                    }
                }
                Ok(())
            }
            Self::Bench(arguments) => bench::bench(&root, &arguments),
            Self::New(kind, name) => new::new(&Tree::load(&root)?, &root, kind, &name),
        }
    }
}

fn check_rules(tree: &Tree) -> Result<()> {
    let broken = tidy::broken_rules(tree);
    if broken.is_empty() {
        println!("{} rules hold in {} files.", tidy::RULES.len(), tree.files().count());
        return Ok(());
    }
    println!("{}", broken.join("\n\n"));
    bail!("{} of {} rules are broken", broken.len(), tidy::RULES.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_and_others_refused() {
        assert_eq!(Command::of(&["ci"]), Some(Command::Ci(Extent::Whole)));
        assert_eq!(
            Command::of(&["test", "-p", "thidua-store"]),
            Some(Command::Test(Install::WhereAllowed, vec!["-p".to_owned(), "thidua-store".to_owned()]))
        );
        assert_eq!(Command::of(&["test", "--no-install"]), Some(Command::Test(Install::Never, Vec::new())));
        assert_eq!(Command::of(&["new", "adr", "A", "b"]), Some(Command::New(Kind::Adr, "A b".to_owned())));
        for unknown in [&["ci", "slow"][..], &["new", "adr"], &["new", "honour"], &["deploy"], &[]] {
            assert_eq!(Command::of(unknown), None, "{unknown:?}");
        }
    }
}
