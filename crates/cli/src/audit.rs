//! `thidua audit verify`: walks the chain of the journal.

use clap::ArgMatches;
use thidua_store::audit::{Chain, Fault};

use crate::database::{app, operator};
use crate::failure::{Exit, Failure};
use crate::speak::{Speech, say};

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let Some(("verify", given)) = matches.subcommand() else { unreachable!("clap demands verify") };
    let app = app(speech, given)?;
    match thidua_app::audit::verify(&app, &operator(&app)).map_err(|error| Failure::of(speech, &error))? {
        Chain::Whole { rows, head } => {
            let hash: String = head.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            say(&speech.with("say.chain-whole", &[("rows", &rows.to_string()), ("hash", &hash)]));
            Ok(())
        }
        Chain::Broken { seq, why } => {
            let why = speech.get(match why {
                Fault::Missing => "say.fault-missing",
                Fault::Added => "say.fault-added",
                Fault::Unchained => "say.fault-unchained",
                Fault::Changed => "say.fault-changed",
                Fault::Unreadable => "say.fault-unreadable",
            });
            let sentence = speech.with("say.chain-broken", &[("seq", &seq.to_string()), ("why", why)]);
            Err(Failure { exit: Exit::Findings, sentence })
        }
    }
}
