//! `thidua eligible`: what the law book says of a person, of a record in a file, or of a unit's list.

use std::path::Path;

use clap::ArgMatches;
use serde::Serialize;
use thidua_app::eligibility::{
    Asked, Frame, HonourTally, ListAsked, Names, Row, check, check_record, honour_called_in, list,
};
use thidua_app::subject::{self, by_cccd};
use thidua_app::{App, Clock, Error};
use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_domain::Refusal;
use thidua_domain::eligibility::{Prospect, lacks, prospect};
use thidua_domain::subject::SubjectId;
use thidua_law::Book;
use thidua_law::answer::{Answer, Finding, Joined, Verdict};
use thidua_law::case::Case;
use thidua_law::table::{Said, Source};
use thidua_web::messages::Lang;
use thidua_web::{AnswerOut, Messages, layer_line};

use crate::database::{app, book, operator};
use crate::failure::{Exit, Failure};
use crate::speak::{Speech, note, say};
use crate::which::{near, unit_called};

/// Most people of one name that are listed.
const ALIKE_MAX: usize = 10;

/// Runs the command; somebody asked about one honour and not entitled ends it with its own exit code.
pub fn run(speech: Speech, given: &ArgMatches) -> Result<(), Failure> {
    if let Some(file) = given.get_one::<String>("record") {
        return of_file(speech, given, Path::new(file));
    }
    let app = app(speech, given)?;
    let book = app.book(&operator(&app)).map_err(|error| Failure::of(speech, &error))?;
    let asked = asked(speech, &book, given)?;
    match given.get_one::<String>("unit") {
        Some(unit) => of_unit(speech, &app, &book, given, unit, asked),
        None => of_subject(speech, &app, &book, given, &asked),
    }
}

fn day(speech: Speech, given: &ArgMatches, name: &str) -> Result<Option<Date>, Failure> {
    let Some(asked) = given.get_one::<String>(name) else { return Ok(None) };
    let read = Date::parse(asked).or_else(|_| Date::parse_vi(asked));
    let bad = |_| Failure::refused(speech.with("fail.bad-day", &[("asked", asked)]));
    read.map(Some).map_err(bad)
}

fn asked(speech: Speech, book: &Book, given: &ArgMatches) -> Result<Asked, Failure> {
    let honour = match given.get_one::<String>("honour") {
        None => None,
        Some(asked) => {
            let refused = |refusal: Refusal| Failure::of(speech, &refusal.into());
            Some(honour_called_in(book, asked).map_err(refused)?)
        }
    };
    Ok(Asked {
        honour,
        on: day(speech, given, "day")?,
        year: given.get_one::<i16>("year").copied(),
        received_on: day(speech, given, "received")?,
    })
}

/// The subject of an id, a citizen's number or a name that only one has.
fn found(speech: Speech, app: &App, asked: &str) -> Result<SubjectId, Failure> {
    let by = operator(app);
    let failed = |error: Error| Failure::of(speech, &error);
    if asked.len() == 12 && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        return by_cccd(app, &by, asked).map_err(failed);
    }
    if let Some(id) = SubjectId::parse(asked).ok().filter(|_| asked.contains('-')) {
        return Ok(id);
    }
    let words = subject::Asked { words: asked.to_owned(), most: ALIKE_MAX, ..subject::Asked::default() };
    let listed = subject::list(app, &by, &words).map_err(failed)?;
    match listed.rows.as_slice() {
        [] => Err(failed(Error::NotFound("subject"))),
        [one] => Ok(one.identity.id.clone()),
        several => {
            let named = |row: &subject::SubjectRow| {
                let born = row.identity.details.born.in_table();
                format!("  {}  {}  {born}  {}", row.identity.id, row.identity.details.name, row.units.join(", "))
            };
            let names: Vec<String> = several.iter().map(named).collect();
            let facts = [("count", &*listed.count.to_string()), ("names", &*names.join("\n"))];
            Err(Failure::refused(speech.with("fail.several-subjects", &facts)))
        }
    }
}

fn of_subject(speech: Speech, app: &App, book: &Book, given: &ArgMatches, asked: &Asked) -> Result<(), Failure> {
    let Some(named) = given.get_one::<String>("subject-named") else {
        return Err(Failure::refused(speech.get("fail.whom").to_owned()));
    };
    let id = found(speech, app, named)?;
    let checked = check(app, &operator(app), &id, asked).map_err(|error| Failure::of(speech, &error))?;
    let names = Names::of(book, checked.frame.on);
    if !given.get_flag("json") {
        let units: Vec<&str> = checked.units.iter().map(|(_, name)| name.as_str()).collect();
        say(&format!("{} ({})", checked.details.name, units.join(", ")));
    }
    told(speech, given, &names, checked.frame, &checked.answers, asked.honour.is_some())
}

/// Records in the form of cases: each history of the file is asked what its case asks, or what the command asks.
fn of_file(speech: Speech, given: &ArgMatches, file: &Path) -> Result<(), Failure> {
    let book = book(speech)?;
    let asked = asked(speech, book, given)?;
    let text = std::fs::read_to_string(file).map_err(|why| {
        let facts = [("path", &*file.display().to_string()), ("why", &*why.to_string())];
        Failure::refused(speech.with("fail.cannot-read", &facts))
    })?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("record.toml");
    let cases = Case::read(Source { file: name, text: &text }).map_err(|fault| {
        let is_vietnamese = Messages::lang(speech.shared) == Lang::Vi;
        Failure::refused(if is_vietnamese { fault.said_vi() } else { fault.to_string() })
    })?;
    if cases.is_empty() {
        return Err(Failure::refused(speech.with("fail.no-record", &[("path", &file.display().to_string())])));
    }
    let mut last = Ok(());
    for case in cases {
        let question = &case.question;
        let frame = Frame {
            on: asked.on.unwrap_or(question.on),
            year: asked.year.unwrap_or(question.year),
            received_on: asked.received_on.or(question.received_on),
            today: Clock::Machine.now().date_in_vietnam(),
        };
        let honour = asked.honour.clone().unwrap_or_else(|| question.honour.clone());
        let answers = check_record(book, &case.record, frame, Some(&honour));
        let answers = answers.map_err(|error| Failure::of(speech, &error))?;
        if !given.get_flag("json") {
            say(&case.name);
        }
        let done = told(speech, given, &Names::of(book, frame.on), frame, &answers, true);
        last = last.and(done);
    }
    last
}

/// Prints answers; one that was asked for by name and is not that of somebody entitled is a finding.
fn told(
    speech: Speech,
    given: &ArgMatches,
    names: &Names,
    frame: Frame,
    answers: &[Answer],
    is_one: bool,
) -> Result<(), Failure> {
    if given.get_flag("json") {
        let out: Vec<AnswerOut> = answers.iter().map(|one| AnswerOut::of(speech.shared, names, one)).collect();
        print(&out)?;
    } else {
        let facts = [("year", &*frame.year.to_string()), ("day", &*frame.on.in_text())];
        say(&speech.with("say.asked", &facts));
        for answer in answers {
            say(&line(speech, names, answer));
            if is_one {
                findings(speech, answer);
            } else {
                for lack in lacks(answer) {
                    let missing = lack.missing.as_ref().map(|one| format!(" – {}", said(speech, &one.said)));
                    let missing = missing.unwrap_or_default();
                    say(&format!("    {}{missing} [{}]", said(speech, &lack.said), lack.cite));
                }
            }
        }
        if let Some(answer) = answers.first() {
            note(&speech.with("say.book", &[("hash", &answer.book_hash)]));
        }
    }
    let entitled = answers.iter().all(|answer| prospect(answer) == Prospect::Entitled);
    if is_one && !entitled {
        return Err(Failure { exit: Exit::Findings, sentence: String::new() });
    }
    Ok(())
}

fn said(speech: Speech, said: &Said) -> &str {
    match Messages::lang(speech.shared) {
        Lang::Vi => &said.vi,
        Lang::En => &said.en,
    }
}

fn line(speech: Speech, names: &Names, answer: &Answer) -> String {
    let word = speech.shared.get(&format!("prospect.{}", prospect(answer).word()));
    let law = answer.law_date.day.in_table();
    let rule = said(speech, &answer.law_date.said);
    let mut line = format!("{}: {word} ({law}: {rule})", said(speech, &names.honour(&answer.question.honour)));
    if let Some(year) = answer.earliest.filter(|year| *year > answer.question.year) {
        line.push_str(&format!("; {}", speech.with("say.earliest", &[("year", &year.to_string())])));
    }
    line
}

/// Every condition and gate with its verdict, clause, evidence and what is missing.
fn findings(speech: Speech, answer: &Answer) {
    for finding in answer.reading.findings.iter().chain(&answer.reading.gates) {
        told_finding(speech, finding, 1);
    }
}

fn told_finding(speech: Speech, finding: &Finding, depth: usize) {
    let mark = match finding.verdict {
        Verdict::Met => speech.shared.get("eligibility.met"),
        Verdict::NotMet => speech.shared.get("eligibility.not-met"),
        Verdict::AskHuman => speech.shared.get("eligibility.ask-human"),
    };
    let missing = finding.missing.as_ref().filter(|_| finding.verdict != Verdict::Met);
    let missing = missing.map(|one| format!(" – {}", said(speech, &one.said))).unwrap_or_default();
    let cite = format!("[{}, {}]", finding.cite, thidua_law::vocabulary::Word::code(finding.confidence));
    let sentence = match finding.joined {
        Some(Joined::All) => speech.shared.get("eligibility.joined-all"),
        Some(Joined::Any) => speech.shared.get("eligibility.joined-any"),
        Some(Joined::Not) | None => said(speech, &finding.said),
    };
    let layer = finding.layer.as_deref().map(|layer| format!(" ({})", layer_line(speech.shared, layer)));
    say(&format!("{}{mark}: {sentence}{missing} {cite}{}", "  ".repeat(depth), layer.unwrap_or_default()));
    for one in &finding.evidence {
        let year = one.year.map(|year| format!(" {year}")).unwrap_or_default();
        let decision = one.decision.as_ref().map(|number| format!(", {number}")).unwrap_or_default();
        let on = one.on.map(|day| format!(", {}", day.in_table())).unwrap_or_default();
        say(&format!("{}· {}{year}{decision}{on}", "  ".repeat(depth + 1), one.what));
    }
    for child in &finding.children {
        told_finding(speech, child, depth + 1);
    }
}

/// A row of a list as `--json` prints it.
#[derive(Debug, Serialize)]
struct RowOut<'r> {
    subject: &'r str,
    name: &'r str,
    unit: Option<&'r str>,
    prospect: &'static str,
    lacks: Vec<String>,
    earliest: Option<i16>,
    is_registered: bool,
    has_it: bool,
}

/// Counts as `--json` prints them.
#[derive(Debug, Serialize)]
struct TallyOut<'r> {
    honour: &'r str,
    entitled: usize,
    almost: usize,
    ask: usize,
    barred: usize,
    not_registered: usize,
}

fn of_unit(
    speech: Speech,
    app: &App,
    book: &Book,
    given: &ArgMatches,
    named: &str,
    asked: Asked,
) -> Result<(), Failure> {
    let by = operator(app);
    let failed = |error: Error| Failure::of(speech, &error);
    let units = thidua_app::org::all(app, &by).map_err(failed)?;
    let Some(unit) = unit_called(&units, named) else {
        let refusal = Refusal::UnknownUnit { asked: named.to_owned(), near: near(&units, named) };
        return Err(failed(refusal.into()));
    };
    let honour = asked.honour.clone();
    let list_asked = ListAsked { unit: unit.id.clone(), below: given.get_flag("below"), asked };
    let listed = list(app, &by, &list_asked).map_err(failed)?;
    let names = Names::of(book, listed.frame.on);
    let is_json = given.get_flag("json");
    if !is_json {
        let facts = [("year", &*listed.frame.year.to_string()), ("day", &*listed.frame.on.in_text())];
        say(&format!("{}. {}", listed.unit_name, speech.with("say.asked", &facts)));
    }
    match honour {
        None if is_json => print(&listed.honours.iter().map(tally).collect::<Vec<_>>()),
        None => {
            for one in &listed.honours {
                say(&counts(speech, &names, one));
            }
            Ok(())
        }
        Some(_) if is_json => print(&listed.rows.iter().map(row).collect::<Vec<_>>()),
        Some(_) => {
            for row in &listed.rows {
                let word = speech.shared.get(&format!("prospect.{}", row.prospect.word()));
                let earliest = row.earliest.filter(|year| *year > listed.frame.year);
                let earliest = earliest.map(|year| speech.with("say.earliest", &[("year", &year.to_string())]));
                let lacks: Vec<String> =
                    row.lacks.iter().map(|lack| format!("{} [{}]", said(speech, &lack.said), lack.cite)).collect();
                let rest: Vec<String> = earliest.into_iter().chain(lacks).collect();
                let left_out = row.is_left_out().then(|| speech.shared.get("eligibility.not-registered"));
                say(&format!("{}: {word} {} {}", row.name, left_out.unwrap_or_default(), rest.join("; ")));
            }
            for (quota, tiers) in &listed.quotas {
                for tier in tiers {
                    let facts = [
                        ("unit", listed.unit_names.get(&tier.unit).cloned().unwrap_or_default()),
                        ("percent", tier.percent.to_string()),
                        ("places", tier.places.to_string()),
                        ("held", tier.count.held.to_string()),
                        ("entitled", tier.count.entitled.to_string()),
                        ("vote", tier.to_vote.to_string()),
                        ("cite", quota.cite.to_string()),
                    ];
                    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    say(&speech.with("say.quota", &facts));
                }
            }
            Ok(())
        }
    }
}

fn counts(speech: Speech, names: &Names, one: &HonourTally) -> String {
    let facts = [
        ("honour", said(speech, &names.honour(&one.honour)).to_owned()),
        ("entitled", one.of(Prospect::Entitled).to_string()),
        ("unregistered", one.not_registered.to_string()),
        ("almost", one.of(Prospect::Almost).to_string()),
        ("ask", one.of(Prospect::Ask).to_string()),
        ("barred", one.of(Prospect::Barred).to_string()),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    speech.with("say.tally", &facts)
}

fn tally(one: &HonourTally) -> TallyOut<'_> {
    TallyOut {
        honour: HonourCode::as_str(&one.honour),
        entitled: one.of(Prospect::Entitled),
        almost: one.of(Prospect::Almost),
        ask: one.of(Prospect::Ask),
        barred: one.of(Prospect::Barred),
        not_registered: one.not_registered,
    }
}

fn row(row: &Row) -> RowOut<'_> {
    RowOut {
        subject: row.id.as_str(),
        name: &row.name,
        unit: row.unit.as_ref().map(|unit| unit.as_str()),
        prospect: row.prospect.word(),
        lacks: row.lacks.iter().map(|lack| lack.path.to_string()).collect(),
        earliest: row.earliest,
        is_registered: row.is_registered,
        has_it: row.has_it,
    }
}

fn print<T: Serialize>(out: &T) -> Result<(), Failure> {
    let internal = |error: serde_json::Error| Failure { exit: Exit::Internal, sentence: error.to_string() };
    say(&serde_json::to_string_pretty(out).map_err(internal)?);
    Ok(())
}
