//! `thidua law new HONOUR`: a file of an honour to fill in, or that of the book, with the cases its conditions make.

use clap::ArgMatches;
use thidua_app::Clock;
use thidua_base::code::HonourCode;
use thidua_law::data;
use thidua_law::skeleton::{cases_of, honour_file};

use crate::database::book;
use crate::failure::Failure;
use crate::speak::{Speech, note, say};

/// Runs the command.
pub fn run(speech: Speech, given: &ArgMatches) -> Result<(), Failure> {
    let asked = given.get_one::<String>("honour").map_or("", String::as_str);
    let refused = || Failure::refused(speech.with("fail.law-honour", &[("asked", asked)]));
    let code = HonourCode::parse(asked).map_err(|_| refused())?;
    let from = match given.get_one::<String>("in-force-from") {
        Some(asked) => super::day(speech, asked)?,
        None => Clock::Machine.now().date_in_vietnam(),
    };
    let book = book(speech)?;
    let file = format!("honours/{code}.toml");
    let known = data::HONOURS.iter().find(|(name, _)| *name == file).map(|(_, text)| (*text).to_owned());
    let text = known.unwrap_or_else(|| honour_file(&code, from));
    let cases = cases_of(book, &file, &text).map_err(|fault| Failure::refused(fault.said_vi()))?;
    say(&format!("# {file}\n{text}"));
    say(&format!("# cases/{code}.toml\n{cases}"));
    note(speech.get("say.law-new"));
    Ok(())
}
