//! `thidua demo`: the sample in a folder of its own, its report in three formats, and the site.

use std::path::PathBuf;

use clap::ArgMatches;
use thidua_app::cluster::open_sample;
use thidua_app::pack::{Files, loaded_hash, read, shipped};
use thidua_app::report::{Format, make};
use thidua_app::{App, Clock};

use crate::check::tally;
use crate::database::{Address, Missing, book, open, operator};
use crate::demo_people;
use crate::failure::Failure;
use crate::files::{ready, write_report};
use crate::load::load_into;
use crate::serve::serve;
use crate::speak::{Speech, note, say};

/// The pack the demonstration shows where none is asked for.
const PACK: &str = "trieu-son-2020";
/// The folder used where none is asked for; another pack gets one of its own beside it.
const FOLDER: &str = "demo";

/// Seconds of a day.
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Runs the command.
pub fn run(speech: Speech, matches: &ArgMatches) -> Result<(), Failure> {
    let asked = matches.get_one::<String>("pack").map_or(PACK, String::as_str);
    let files = shipped(asked).unwrap_or_else(|| Files::Folder(PathBuf::from(asked)));
    let book = book(speech)?;
    let pack = read(&files, book).map_err(|refusal| Failure::of(speech, &refusal.into()))?;
    let own = || PathBuf::from(if asked == PACK { FOLDER.to_owned() } else { format!("{FOLDER}-{}", pack.head.code) });
    let folder = matches.get_one::<String>("dir").map_or_else(own, PathBuf::from);
    ready(speech, &folder)?;
    let shown = folder.canonicalize().unwrap_or_else(|_| folder.clone()).display().to_string();

    let db = open(speech, &Address::File(folder.join("thidua.sqlite")), Missing::Created)?;
    match loaded_hash(&db, &pack).map_err(|error| Failure::of(speech, &error))? {
        None => {
            note(&speech.with("say.building-db", &[("dir", &shown)]));
            load_into(speech, &db, book, &pack)?;
        }
        Some(hash) => {
            note(&speech.with("say.reusing-db", &[("dir", &shown)]));
            if hash != pack.hash {
                note(&speech.with("say.other-pack", &[("dir", &shown)]));
            }
        }
    }

    let mut app = App::open_for(db, Clock::Machine, Some(pack.head.tenant.as_str()))
        .map_err(|error| Failure::of(speech, &error))?;
    // The demonstration goes on from the day its data speak of, at this machine's time of day.
    let days = pack.head.dated.days_since(app.clock.now().date_in_vietnam());
    app.clock = Clock::Moved(days * DAY_SECONDS);
    note(speech.get("say.writing"));
    let made = make(&app, &operator(&app), &pack.head.report).map_err(|error| Failure::of(speech, &error))?;
    for path in write_report(speech, &made, &folder, &Format::ALL)? {
        say(&speech.with("say.written", &[("path", &path.display().to_string())]));
    }
    say(&tally(speech, &made.remarks));
    say(speech.get("say.sample"));
    // After the report is written: sample targets are no part of what it was made from.
    open_sample(&app, &operator(&app)).map_err(|error| Failure::of(speech, &error))?;
    thidua_app::exemplar::open_sample(&app, &operator(&app)).map_err(|error| Failure::of(speech, &error))?;
    thidua_app::dossier::open_sample(&app, &operator(&app)).map_err(|error| Failure::of(speech, &error))?;
    let people = demo_people::open(&app, &operator(&app), &pack).map_err(|error| Failure::of(speech, &error))?;
    if !people.is_empty() {
        say(&speech.with("say.people", &[("password", demo_people::PASSWORD)]));
    }
    // After its people are there: some of them hold its seats.
    thidua_app::council::open_sample(&app, &operator(&app)).map_err(|error| Failure::of(speech, &error))?;
    for person in people {
        let role = speech.shared.get(&format!("role.{}", person.role.word()));
        say(&speech.with("say.person", &[("name", person.name), ("role", role), ("unit", &person.unit)]));
    }
    if matches.get_flag("once") {
        return Ok(());
    }
    serve(speech, app, matches.get_one::<u16>("port").copied(), None)
}
