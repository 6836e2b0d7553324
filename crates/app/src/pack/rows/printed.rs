//! Claims of the printed paper, to be held against the data.

use std::collections::BTreeSet;

use thidua_domain::Refusal;
use thidua_domain::refusal::PackFault;
use thidua_report::printed::{
    AgainstKind, Printed, PrintedAgainst, PrintedCitation, PrintedCount, PrintedFigure, PrintedHeading, PrintedSum,
};

use crate::pack::record::Record;

/// The claims; `subjects` says whether anything bears a code.
pub(in crate::pack) fn printed(file: &Record, is_subject: impl Fn(&str) -> bool) -> Result<Printed, Refusal> {
    file.only(&["figure", "sum", "citation", "place", "heading", "count"])?;
    let mut facts = BTreeSet::new();
    let mut figures = Vec::new();
    for record in file.records("figure")? {
        let figure = figure(record)?;
        if !figure.subject.is_empty() && !is_subject(&figure.subject) {
            return Err(record.fault("subject", PackFault::Dangling(figure.subject)));
        }
        if !facts.insert(figure.fact.clone()) {
            return Err(record.fault("fact", PackFault::Twice(figure.fact)));
        }
        figures.push(figure);
    }
    let places = file.records("place")?.iter().map(|record| {
        record.only(&["name"])?;
        record.text("name").map(str::to_owned)
    });
    Ok(Printed {
        figures,
        sums: file.records("sum")?.iter().map(|record| sum(record, &facts)).collect::<Result<_, _>>()?,
        citations: file.records("citation")?.iter().map(citation).collect::<Result<_, _>>()?,
        places: places.collect::<Result<_, Refusal>>()?,
        headings: file.records("heading")?.iter().map(heading).collect::<Result<_, _>>()?,
        counts: file.records("count")?.iter().map(count).collect::<Result<_, _>>()?,
    })
}

fn figure(record: &Record) -> Result<PrintedFigure, Refusal> {
    record.only(&["fact", "subject", "name", "value", "measure", "against"])?;
    Ok(PrintedFigure {
        fact: record.text("fact")?.to_owned(),
        subject: record.free("subject")?.to_owned(),
        name: record.text("name")?.to_owned(),
        value: record.free("value")?.to_owned(),
        measure: record.free("measure")?.to_owned(),
        against: record.records("against")?.iter().map(against).collect::<Result<_, _>>()?,
    })
}

fn against(record: &Record) -> Result<PrintedAgainst, Refusal> {
    record.only(&["kind", "by", "number", "stated"])?;
    Ok(PrintedAgainst {
        kind: record.one_of(
            "kind",
            &[
                ("plan", AgainstKind::Plan),
                ("prior", AgainstKind::Prior),
                ("growth", AgainstKind::Growth),
                ("delta", AgainstKind::Delta),
                ("share-change", AgainstKind::ShareChange),
                ("share", AgainstKind::Share),
                ("n-of-m", AgainstKind::NOfM),
                ("total", AgainstKind::Total),
                ("met", AgainstKind::Met),
            ],
        )?,
        by: record.free("by")?.to_owned(),
        number: record.free("number")?.to_owned(),
        stated: record.free("stated")?.to_owned(),
    })
}

fn sum(record: &Record, facts: &BTreeSet<String>) -> Result<PrintedSum, Refusal> {
    record.only(&["whole", "parts"])?;
    let sum = PrintedSum { whole: record.text("whole")?.to_owned(), parts: listed(record, "parts")? };
    if !facts.contains(&sum.whole) {
        return Err(record.fault("whole", PackFault::Dangling(sum.whole)));
    }
    match sum.parts.iter().find(|part| !facts.contains(*part)) {
        Some(part) => Err(record.fault("parts", PackFault::Dangling(part.clone()))),
        None => Ok(sum),
    }
}

fn citation(record: &Record) -> Result<PrintedCitation, Refusal> {
    record.only(&["number", "date", "title"])?;
    Ok(PrintedCitation {
        number: record.text("number")?.to_owned(),
        date: record.free("date")?.to_owned(),
        title: record.free("title")?.to_owned(),
    })
}

fn heading(record: &Record) -> Result<PrintedHeading, Refusal> {
    record.only(&["number", "topics"])?;
    Ok(PrintedHeading { number: record.text("number")?.to_owned(), topics: listed(record, "topics")? })
}

fn count(record: &Record) -> Result<PrintedCount, Refusal> {
    record.only(&["count", "measure", "what", "names"])?;
    Ok(PrintedCount {
        count: record.text("count")?.to_owned(),
        measure: record.text("measure")?.to_owned(),
        what: record.text("what")?.to_owned(),
        names: listed(record, "names")?,
    })
}

fn listed(record: &Record, key: &str) -> Result<Vec<String>, Refusal> {
    Ok(record.texts(key)?.into_iter().map(|(_, text)| text.to_owned()).collect())
}
