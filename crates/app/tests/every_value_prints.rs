//! Each stored value is changed, one at a time, and the paper changes where that value stands and nowhere else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use std::collections::BTreeMap;

use thidua_app::report::gather;
use thidua_base::{Date, Number};
use thidua_domain::indicator::standard::RecognitionState;
use thidua_domain::indicator::{Absence, Nature, Qualifier, Value};
use thidua_paper::tree::{Document, Inline};
use thidua_report::{ReportData, compose, form};
use world::{World, spans};

/// A change of one stored value.
struct Change {
    /// The key under which bound text names the value.
    key: String,
    /// What is changed, for a failing test.
    what: String,
    /// Whether the change must show wherever the value is bound; a change of a word's nuance need not.
    shows: Shows,
    make: Box<dyn Fn(&mut ReportData)>,
}

#[derive(PartialEq, Eq)]
enum Shows {
    Always,
    Perhaps,
}

#[test]
fn each_value_prints_in_its_place_and_nowhere_else() {
    let world = World::loaded();
    let data = world.app.db.read(|tx| gather(world.app.shipped, &world.by, &world.report, tx)).unwrap();
    let form = form(&data.report.form).unwrap();
    let before = compose(&data, form).unwrap();
    let held = tally(&before);
    let changes = changes(&data);
    let mut shown = 0;
    let mut faults = Vec::new();
    for change in &changes {
        let mut changed = data.clone();
        (change.make)(&mut changed);
        let after = match compose(&changed, form) {
            Ok(document) => tally(&document),
            Err(why) => {
                faults.push(format!("{} ({}): {why}", change.key, change.what));
                continue;
            }
        };
        let differing = differing(&held, &after);
        // What stood there must have named the value; what stands there now names it too, or what is left of it.
        let named: Vec<(&str, &str)> = differing
            .iter()
            .filter_map(|(section, inline)| match inline {
                Inline::Bound { tie, .. } if tie.sources.contains(&change.key) => {
                    Some((section.as_str(), tie.key.as_str()))
                }
                Inline::Bound { .. } | Inline::Text(_) | Inline::Italic(_) => None,
            })
            .collect();
        for (section, inline) in &differing {
            let bound = match inline {
                Inline::Bound { tie, .. } => named.contains(&(section, &tie.key)),
                Inline::Text(_) | Inline::Italic(_) => false,
            };
            if !bound {
                faults.push(format!("{} ({}) changed {section}: {:?}", change.key, change.what, inline.text()));
            }
        }
        let is_bound = held.keys().any(|(_, sources, _)| sources.contains(&change.key));
        if is_bound && differing.is_empty() && change.shows == Shows::Always {
            faults.push(format!("{} ({}) is bound, but its change does not print", change.key, change.what));
        }
        shown += usize::from(!differing.is_empty());
    }
    assert!(faults.is_empty(), "{} faults of {} changes:\n{}", faults.len(), changes.len(), faults.join("\n"));
    // The printed report stands on its readings, plans, registers and awards: most changes must show.
    assert!(changes.len() > 1000 && shown > 900, "{shown} of {} changes showed", changes.len());
}

/// Every reading of the period, every plan and every register row the report prints is bound somewhere.
#[test]
fn no_reported_value_of_the_period_stays_unprinted() {
    let world = World::loaded();
    let data = world.app.db.read(|tx| gather(world.app.shipped, &world.by, &world.report, tx)).unwrap();
    let held = tally(&compose(&data, form(&data.report.form).unwrap()).unwrap());
    let bound = |key: &str| held.keys().any(|(_, sources, _)| sources.iter().any(|source| source == key));
    let readings = data.readings.iter().filter(|reading| reading.period == data.period()).map(|r| r.key());
    let unprinted: Vec<String> = readings
        .chain(data.plan_values.iter().map(|value| value.key()))
        .chain(data.members.iter().map(|member| member.key()))
        .chain(data.recognitions.iter().map(|recognition| recognition.key()))
        .chain(data.awards.iter().map(|award| award.key()))
        .chain(data.movements.iter().map(|movement| movement.key()))
        .chain(data.occasions.iter().map(|occasion| occasion.key()))
        .chain(data.clusters.iter().map(|cluster| cluster.key()))
        .filter(|key| !bound(key))
        .collect();
    // The whole of the structure is 100 by definition: it holds the shares together and is not printed.
    let by_definition = format!("reading:KT08:{}:{}", data.report.unit, data.period());
    assert_eq!(unprinted, [by_definition]);
}

type Tally = BTreeMap<(String, Vec<String>, String), (usize, Inline)>;

/// How often each inline stands in each section.
fn tally(document: &Document) -> Tally {
    let mut out = Tally::new();
    for (section, inline) in spans(document) {
        let sources = match &inline {
            Inline::Bound { tie, .. } => tie.sources.clone(),
            Inline::Text(_) | Inline::Italic(_) => Vec::new(),
        };
        out.entry((section, sources, inline.text().to_owned())).or_insert((0, inline)).0 += 1;
    }
    out
}

/// Inlines that one paper has more often than the other.
fn differing(before: &Tally, after: &Tally) -> Vec<(String, Inline)> {
    let count = |tally: &Tally, key: &(String, Vec<String>, String)| tally.get(key).map_or(0, |(n, _)| *n);
    before
        .iter()
        .chain(after)
        .filter(|(key, _)| count(before, key) != count(after, key))
        .map(|((section, _, _), (_, inline))| (section.clone(), inline.clone()))
        .collect()
}

fn changes(data: &ReportData) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::new();
    let mut push = |key: String, what: &str, shows: Shows, make: Box<dyn Fn(&mut ReportData)>| {
        out.push(Change { key, what: what.to_owned(), shows, make });
    };
    let after_period = data.cut_off().next_day();
    for (i, reading) in data.readings.iter().enumerate() {
        push(
            reading.key(),
            "value",
            Shows::Always,
            Box::new(move |d| {
                let reading = &mut d.readings[i];
                reading.value = match reading.value {
                    Value::Of(number) => Value::Of(otherwise(number)),
                    Value::Absent(Absence::NoneOccurred) => Value::Of(Number::whole(5)),
                    Value::Absent(absence) => panic!("the pack holds no {absence:?}"),
                };
            }),
        );
        push(
            reading.key(),
            "nature",
            Shows::Perhaps,
            Box::new(move |d| {
                let reading = &mut d.readings[i];
                reading.nature = match reading.nature {
                    Nature::Estimate => Nature::Official,
                    Nature::Provisional | Nature::Official => Nature::Estimate,
                };
            }),
        );
        push(
            reading.key(),
            "qualifier",
            Shows::Perhaps,
            Box::new(move |d| {
                let reading = &mut d.readings[i];
                reading.qualifier = match reading.qualifier {
                    Qualifier::Plain => Qualifier::Above,
                    Qualifier::Above | Qualifier::Nearly | Qualifier::Still => Qualifier::Plain,
                };
            }),
        );
        if reading.as_of.is_some() {
            push(
                reading.key(),
                "as-of day",
                Shows::Always,
                Box::new(move |d| {
                    let reading = &mut d.readings[i];
                    reading.as_of = reading.as_of.map(Date::next_day);
                }),
            );
        }
    }
    for (i, value) in data.plan_values.iter().enumerate() {
        push(
            value.key(),
            "plan",
            Shows::Always,
            Box::new(move |d| {
                let value = &mut d.plan_values[i];
                value.value = otherwise(value.value);
            }),
        );
    }
    for (i, member) in data.members.iter().enumerate() {
        push(
            member.key(),
            "leaves the population",
            Shows::Perhaps,
            Box::new(move |d| {
                d.members[i].valid_to = Some(d.period().first_day());
            }),
        );
        push(member.key(), "name", Shows::Perhaps, Box::new(move |d| d.members[i].name.push_str(" mới")));
    }
    for (i, event) in data.recognitions.iter().enumerate() {
        // An event that a later one replaced counts no more, and of the new rural communes only those appraised
        // in the period are printed.
        let later = |other: &&thidua_domain::indicator::standard::Recognition| {
            other.member == event.member && other.on > event.on
        };
        let member = data.members.iter().find(|member| member.id == event.member).unwrap();
        let counted = member.standard.as_str() != "xa-nong-thon-moi" || event.state == RecognitionState::Appraised;
        let replaced = data.recognitions.iter().any(|other| later(&other));
        let shows = if counted && !replaced { Shows::Always } else { Shows::Perhaps };
        push(event.key(), "state", shows, Box::new(move |d| d.recognitions[i].state = RecognitionState::Revoked));
        push(event.key(), "day", Shows::Perhaps, Box::new(move |d| d.recognitions[i].on = after_period));
    }
    for (i, award) in data.awards.iter().enumerate() {
        push(award.key(), "day", Shows::Always, Box::new(move |d| d.awards[i].decided_on = after_period));
    }
    for (i, movement) in data.movements.iter().enumerate() {
        push(movement.key(), "name", Shows::Always, Box::new(move |d| d.movements[i].name.push_str(" mới")));
        if movement.year_to.is_some() {
            push(
                movement.key(),
                "last year",
                Shows::Always,
                Box::new(move |d| {
                    let year = &mut d.movements[i].year_to;
                    *year = year.map(|year| year + 1);
                }),
            );
        }
    }
    for (i, occasion) in data.occasions.iter().enumerate() {
        push(occasion.key(), "name", Shows::Always, Box::new(move |d| d.occasions[i].name.push_str(" mới")));
        if occasion.kind == "anniversary" {
            push(
                occasion.key(),
                "year",
                Shows::Always,
                Box::new(move |d| {
                    let on = d.occasions[i].on;
                    d.occasions[i].on = Date::new(on.year() - 1, on.month(), on.day()).unwrap();
                }),
            );
        }
        if occasion.term_to.is_some() {
            push(
                occasion.key(),
                "term",
                Shows::Always,
                Box::new(move |d| {
                    let year = &mut d.occasions[i].term_to;
                    *year = year.map(|year| year + 1);
                }),
            );
        }
    }
    for (i, cluster) in data.clusters.iter().enumerate() {
        let key = cluster.key();
        push(key, "name", Shows::Perhaps, Box::new(move |d| d.clusters[i].name.push_str(" mới")));
    }
    for (i, exemplar) in data.exemplars.iter().enumerate() {
        push(exemplar.key(), "name", Shows::Perhaps, Box::new(move |d| d.exemplars[i].name.push_str(" mới")));
        if exemplar.size.is_some() {
            push(
                exemplar.key(),
                "size",
                Shows::Always,
                Box::new(move |d| {
                    let size = &mut d.exemplars[i].size;
                    *size = size.map(otherwise);
                }),
            );
        }
    }
    for (i, instrument) in data.instruments.iter().enumerate() {
        push(
            instrument.key(),
            "day",
            Shows::Always,
            Box::new(move |d| {
                d.instruments[i].issued_on = d.instruments[i].issued_on.next_day();
            }),
        );
        push(instrument.key(), "title", Shows::Always, Box::new(move |d| d.instruments[i].title.push_str(" mới")));
        push(instrument.key(), "number", Shows::Always, Box::new(move |d| d.instruments[i].number.push('A')));
    }
    for (i, unit) in data.units.iter().enumerate().filter(|(_, unit)| unit.on(data.report.dated)) {
        push(
            unit.key(),
            "name",
            Shows::Perhaps,
            Box::new(move |d| {
                d.units[i].name.push_str(" mới");
                d.units[i].short_name.push_str(" mới");
            }),
        );
    }
    out
}

/// Another number of the same precision, far enough away to print otherwise at any precision.
fn otherwise(number: Number) -> Number {
    let far = number.digits() * 3 + 7 * 10i64.pow(u32::from(number.scale()));
    Number::new(far, number.scale()).unwrap()
}
