//! The binary: serve, load, check, print, migrate.
//!
//! `main` reads the command line and hands it to one file per command.

mod arguments;
mod database;
mod failure;
mod files;
mod speak;
mod which;

mod access_key;
mod account;
mod audit;
mod check;
mod demo;
mod demo_people;
mod eligible;
mod law;
mod load;
mod mail;
mod migrate;
mod override_figure;
mod post;
mod report;
mod serve;
mod version;

use std::process::ExitCode;

use failure::{Exit, Failure};
use speak::{Speech, note};

fn main() -> ExitCode {
    let environment = std::env::var("THIDUA_LANG").ok();
    let mut arguments = Vec::new();
    for argument in std::env::args_os().skip(1) {
        match argument.into_string() {
            Ok(text) => arguments.push(text),
            Err(_) => {
                let speech = Speech::of(Speech::asked(&arguments, environment.as_deref()));
                note(speech.get("fail.not-text"));
                return Exit::Refused.into();
            }
        }
    }
    let speech = Speech::of(Speech::asked(&arguments, environment.as_deref()));
    log();
    match run(speech, &arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.sentence.is_empty() {
                note(&failure.sentence);
            }
            failure.exit.into()
        }
    }
}

fn run(speech: Speech, arguments: &[String]) -> Result<(), Failure> {
    let command = arguments::command(speech);
    let named = std::iter::once("thidua").chain(arguments.iter().map(String::as_str));
    let matches = match command.try_get_matches_from(named) {
        Ok(matches) => matches,
        Err(error) => {
            return arguments::ended(speech, &error);
        }
    };
    match matches.subcommand() {
        Some(("demo", given)) => demo::run(speech, given),
        Some(("serve", given)) => serve::run(speech, given),
        Some(("load", given)) => load::run(speech, given),
        Some(("report", given)) => report::run(speech, given),
        Some(("check", given)) => check::run(speech, given),
        Some(("override", given)) => override_figure::run(speech, given),
        Some(("account", given)) => account::run(speech, given),
        Some(("audit", given)) => audit::run(speech, given),
        Some(("eligible", given)) => eligible::run(speech, given),
        Some(("law", given)) => law::run(speech, given),
        Some(("migrate", given)) => migrate::run(speech, given),
        Some(("version", _)) => version::run(speech),
        Some((_, _)) | None => unreachable!("clap demands one of the commands above"),
    }
}

/// Sends what the server has to tell its operator to standard error; `RUST_LOG` chooses how much.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
