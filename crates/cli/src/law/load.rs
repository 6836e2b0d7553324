//! `thidua law load FOLDER`, `thidua law loaded`, `thidua law unload CODE`: the law book in force in a database.

use std::path::Path;

use clap::ArgMatches;
use serde::Serialize;
use thidua_app::Error;
use thidua_app::law::{load_law, loaded, unload_law};
use thidua_domain::eligibility::LawAct;

use crate::database::{app, operator};
use crate::failure::Failure;
use crate::speak::{Speech, note, say};

/// A pack in force as `--json` prints it.
#[derive(Debug, Serialize)]
struct Out<'a> {
    code: &'a str,
    kind: &'static str,
    name: &'a str,
    is_sample: bool,
    hash: &'a str,
    from: Option<String>,
    to: Option<String>,
    instruments: Vec<&'a str>,
    loaded_by: &'a str,
    loaded_at: String,
}

/// What is loaded as `--json` prints it.
#[derive(Debug, Serialize)]
struct AllOut<'a> {
    book: &'a str,
    shipped: &'a str,
    packs: Vec<Out<'a>>,
}

/// Loads a folder after all its cases held.
pub fn load(speech: Speech, given: &ArgMatches) -> Result<(), Failure> {
    let folder = given.get_one::<String>("folder").map_or("", String::as_str);
    let files = super::check::read(speech, Path::new(folder))?;
    let app = app(speech, given)?;
    let reason = given.get_one::<String>("reason").map_or("", String::as_str);
    let act = load_law(&app, &operator(&app), files, reason).map_err(|error| Failure::of(speech, &error))?;
    say(&line(speech, "say.law-loaded", &act));
    if act.is_sample {
        note(speech.get("say.law-sample"));
    }
    Ok(())
}

/// Takes what was loaded out of force.
pub fn unload(speech: Speech, given: &ArgMatches) -> Result<(), Failure> {
    let app = app(speech, given)?;
    let text = |name: &str| given.get_one::<String>(name).map_or("", String::as_str);
    let act = unload_law(&app, &operator(&app), text("code"), text("reason"));
    let act = act.map_err(|error: Error| Failure::of(speech, &error))?;
    say(&line(speech, "say.law-unloaded", &act));
    Ok(())
}

fn line(speech: Speech, key: &str, act: &LawAct) -> String {
    speech
        .with(key, &[("name", &act.name), ("code", &act.code), ("hash", short(&act.hash)), ("book", short(&act.book))])
}

/// The first digits of a hash.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// Lists what is loaded and in force.
pub fn list(speech: Speech, given: &ArgMatches) -> Result<(), Failure> {
    let app = app(speech, given)?;
    let seen = loaded(&app, &operator(&app)).map_err(|error| Failure::of(speech, &error))?;
    if given.get_flag("json") {
        let packs = seen.packs.iter().map(|pack| {
            let head = pack.head.as_ref();
            Out {
                code: &pack.act.code,
                kind: pack.act.kind.word(),
                name: &pack.act.name,
                is_sample: pack.act.is_sample,
                hash: &pack.act.hash,
                from: head.map(|head| head.span.from.to_string()),
                to: head.and_then(|head| head.span.to).map(|day| day.to_string()),
                instruments: head.into_iter().flat_map(|head| &head.instruments).map(|one| one.id.as_str()).collect(),
                loaded_by: &pack.act.entered.by,
                loaded_at: pack.act.entered.at.to_string(),
            }
        });
        let out = AllOut { book: seen.book.hash(), shipped: &seen.shipped, packs: packs.collect() };
        say(&super::json(speech, &out)?);
        return Ok(());
    }
    for pack in &seen.packs {
        let sample = if pack.act.is_sample { speech.get("say.law-is-sample") } else { "" };
        let day = pack.act.entered.at.date_in_vietnam().in_table();
        let facts = [
            ("code", pack.act.code.as_str()),
            ("name", &pack.act.name),
            ("sample", sample),
            ("day", &day),
            ("by", &pack.act.entered.by),
            ("hash", short(&pack.act.hash)),
        ];
        say(&speech.with("say.law-in-force", &facts));
    }
    let facts = [
        ("count", &*seen.packs.len().to_string()),
        ("book", short(seen.book.hash())),
        ("shipped", short(&seen.shipped)),
    ];
    note(&speech.with("say.law-book", &facts));
    Ok(())
}
