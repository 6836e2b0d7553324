//! Checks of the finished paper: its frame, its passages, and its text line by line.

use std::collections::BTreeSet;

use thidua_base::Date;
use thidua_base::code::IndicatorCode;
use thidua_domain::org::Unit;
use thidua_law::instrument::Instrument;
use thidua_paper::tree::{Block, Document, Inline, Numbered, numbered, text_of};
use thidua_paper::wording::{number_line, place_date};
use thidua_prose::check::{
    InstrumentName, Line, LineKind, MovementName, Names, PlaceName, Remark, Severity, Stage, check as check_text,
};

use super::remark;
use crate::form::{Form, IssuedBy, Part};
use crate::sections::OPEN_PASSAGE;
use crate::writing::Writing;

/// Every check of the finished paper.
pub fn check(writing: &Writing, form: &Form, document: &Document) -> Vec<Remark> {
    let mut remarks = frame(writing, form, document);
    remarks.extend(open_passages(document));
    remarks.extend(typed_digits(document));
    remarks.extend(topics(writing, form, document));
    remarks.extend(check_text(&lines(document), &names(writing, form)));
    remarks.extend(cited_by_name(writing, document));
    name_successors(writing, &mut remarks);
    remarks
}

/// What the checks of text and [`cited_by_name`] raise alike.
const NOT_IN_FORCE: &str = "instrument-not-in-force";

/// `instrument-not-in-force` where an instrument is cited without its number, as a law is the first time: the text
/// alone does not tell which one is meant.
fn cited_by_name(writing: &Writing, document: &Document) -> Vec<Remark> {
    let day = writing.data.report.dated;
    let mut remarks = Vec::new();
    for (place, block) in places(document) {
        let (Block::Paragraph(text) | Block::Item { text, .. }) = block.block else { continue };
        for inline in text {
            let Inline::Bound { text, tie } = inline else { continue };
            let of_tie = |instrument: &&Instrument| instrument.key() == tie.key;
            let Some(instrument) = writing.data.instruments.iter().find(of_tie) else { continue };
            if instrument.is_in_force(day) || text.contains(&instrument.number) {
                continue;
            }
            let begins = Some(instrument.in_force_from).filter(|from| day < *from);
            let ended = instrument.in_force_to.filter(|to| *to <= day).map(Date::day_before);
            let told = |day: Option<Date>| day.map(Date::in_text).unwrap_or_default();
            let facts = [("number", instrument.number.clone()), ("begins", told(begins)), ("ended", told(ended))];
            remarks.push(remark(Severity::Error, NOT_IN_FORCE, &place, &facts));
        }
    }
    remarks
}

/// Names the instrument to cite instead, where the library knows one that holds on the report's day.
fn name_successors(writing: &Writing, remarks: &mut [Remark]) {
    let day = writing.data.report.dated;
    for remark in remarks.iter_mut().filter(|remark| remark.code == NOT_IN_FORCE) {
        let number = remark.facts.iter().find(|(name, _)| name == "number").map(|(_, number)| number);
        let cited = writing.data.instruments.iter().find(|known| Some(&known.number) == number);
        let holds = in_force_after(&writing.data.instruments, cited, day);
        if let Some(successor) = holds {
            remark.facts.push(("successor".to_owned(), successor.cited_short()));
        }
    }
}

/// The first of those that replace an instrument, one after the other, that is in force on a day.
fn in_force_after<'a>(all: &'a [Instrument], cited: Option<&Instrument>, day: Date) -> Option<&'a Instrument> {
    let mut next = cited?.replaced_by.as_ref();
    // A line of replacement is no longer than the list.
    for _ in all {
        let successor = all.iter().find(|known| Some(&known.id) == next)?;
        if successor.is_in_force(day) {
            return Some(successor);
        }
        next = successor.replaced_by.as_ref();
    }
    None
}

/// `missing-salutation`: a report to a superior body addresses it (Decree 30/2020, Appendix I, II.9a);
/// `missing-collective-line`: a collective body signs TM. (II.7); `no-signer`: nobody may sign on that day.
fn frame(writing: &Writing, form: &Form, document: &Document) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if writing.data.report.superior.is_some() && document.head.addressees.is_empty() {
        remarks.push(remark(Severity::Error, "missing-salutation", "", &[]));
    }
    match document.foot.authority.first() {
        None => {
            let day = ("on", writing.data.report.dated.in_text());
            remarks.push(remark(Severity::Error, "no-signer", "", &[day]));
        }
        Some(first) => {
            if form.issued_by == IssuedBy::Collective && !first.starts_with("TM.") {
                let facts = [("printed", first.clone())];
                remarks.push(remark(Severity::Error, "missing-collective-line", "", &facts));
            }
        }
    }
    remarks
}

/// `open-passage`: a slot of the form that nobody has written.
fn open_passages(document: &Document) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (place, block) in places(document) {
        if let Block::Paragraph(text) = block.block
            && text_of(text) == OPEN_PASSAGE
        {
            remarks.push(remark(Severity::Error, "open-passage", &place, &[]));
        }
    }
    remarks
}

/// `typed-digit`: a digit in running text that no stored value stands behind. Names of diseases and the like,
/// where a digit follows a letter or a hyphen, are let through.
fn typed_digits(document: &Document) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (place, block) in places(document) {
        let text = match block.block {
            Block::Paragraph(text) | Block::Item { text, .. } => text,
            Block::Section(section) => &section.title,
            Block::Table(_) => continue,
        };
        for inline in text {
            if let Inline::Text(typed) | Inline::Italic(typed) = inline
                && let Some(found) = typed_number(typed)
            {
                remarks.push(remark(Severity::Error, "typed-digit", &place, &[("what", found.to_owned())]));
            }
        }
    }
    remarks
}

/// The first word of a text that is a number or begins with one.
fn typed_number(text: &str) -> Option<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// `topic-without-figure`: a heading that promises a subject no figure under it speaks of.
fn topics(writing: &Writing, form: &Form, document: &Document) -> Vec<Remark> {
    let bound: BTreeSet<(String, String)> = bound_under_sections(document);
    let field_of = |key: &str| {
        let code = IndicatorCode::parse(key.strip_prefix("reading:")?.split(':').next()?).ok()?;
        writing.figures.indicator(&code).map(|indicator| indicator.field.as_str())
    };
    let lacking = |part: &&Part| {
        let lacks =
            |topic: &&String| !bound.iter().any(|(section, key)| *section == part.id && field_of(key) == Some(topic));
        part.topics.iter().find(lacks).cloned()
    };
    form.parts()
        .iter()
        .filter_map(|part| Some((part, lacking(part)?)))
        .map(|(part, topic)| remark(Severity::Hint, "topic-without-figure", &part.id, &[("what", topic)]))
        .collect()
}

/// Section ids with the keys of the figures anywhere under them.
fn bound_under_sections(document: &Document) -> BTreeSet<(String, String)> {
    fn walk(blocks: &[Block], above: &mut Vec<String>, out: &mut BTreeSet<(String, String)>) {
        for block in blocks {
            match block {
                Block::Section(section) => {
                    above.push(section.id.clone());
                    walk(&section.body, above, out);
                    above.pop();
                }
                Block::Paragraph(text) | Block::Item { text, .. } => {
                    for inline in text {
                        if let Inline::Bound { tie, .. } = inline {
                            out.extend(above.iter().map(|section| (section.clone(), tie.key.clone())));
                        }
                    }
                }
                Block::Table(_) => {}
            }
        }
    }
    let mut out = BTreeSet::new();
    walk(&document.body, &mut Vec::new(), &mut out);
    out
}

/// The blocks of the body with their places: `2.1 ¶2`.
fn places(document: &Document) -> Vec<(String, Numbered<'_>)> {
    let mut heading = String::new();
    let mut paragraph = 0;
    let mut out = Vec::new();
    for block in numbered(&document.body) {
        let place = match block.block {
            Block::Section(section) => {
                heading = format!("{} [{}]", block.number, section.id);
                paragraph = 0;
                heading.clone()
            }
            Block::Paragraph(_) | Block::Item { .. } | Block::Table(_) => {
                paragraph += 1;
                format!("{heading} ¶{paragraph}").trim().to_owned()
            }
        };
        out.push((place, block));
    }
    out
}

/// Frame and body as lines for the checks of text.
pub fn lines(document: &Document) -> Vec<Line> {
    let framed =
        |place: &str, text: String| Line { place: place.to_owned(), number: String::new(), kind: LineKind::Text, text };
    let mut lines = vec![
        framed("number", number_line(&document.head)),
        framed("date", place_date(&document.head, document.dated)),
        framed("abstract", text_of(&document.head.abstract_line)),
    ];
    for (place, block) in places(document) {
        let (kind, text) = match block.block {
            Block::Section(section) => (LineKind::Heading, text_of(&section.title)),
            Block::Item { text, .. } => (LineKind::Item, text_of(text)),
            Block::Paragraph(text) => (LineKind::Text, text_of(text)),
            Block::Table(_) => continue,
        };
        lines.push(Line { place, number: block.number, kind, text });
    }
    for (i, recipient) in document.foot.recipients.iter().enumerate() {
        lines.push(framed(&format!("recipient {}", i + 1), recipient.clone()));
    }
    lines
}

/// The registers that are right on the report's day.
fn names(writing: &Writing, form: &Form) -> Names {
    let data = writing.data;
    let is_place =
        |unit: &&Unit| ["province", "district", "commune", "township", "village"].contains(&unit.kind.as_str());
    let places = data.units.iter().filter(is_place).map(|unit| PlaceName {
        name: unit.short_name.clone(),
        valid_from: None,
        valid_to: unit.valid_to.map(|to| to.day_before()),
        now: unit.valid_to.and_then(|_| data.unit(&unit.id)).map(|now| now.name.clone()),
    });
    let bodies = data.units.iter().filter(|unit| !is_place(unit) && unit.on(data.report.dated));
    let movements = data
        .movements
        .iter()
        .map(|movement| MovementName { name: movement.name.clone(), aliases: movement.aliases.clone() });
    let instruments = data.instruments.iter().map(|instrument| InstrumentName {
        number: instrument.number.clone(),
        title: bare_title(&instrument.title).to_owned(),
        issued_on: Some(instrument.issued_on),
        in_force_from: Some(instrument.in_force_from),
        in_force_to: instrument.in_force_to.map(|to| to.day_before()),
    });
    Names {
        on: data.report.dated,
        stage: if data.document.number.is_some() { Stage::Issued } else { Stage::Draft },
        places: places.collect(),
        bodies: bodies
            .flat_map(|unit| [unit.name.clone(), unit.short_name.clone()])
            .chain(form.bodies.iter().cloned())
            .collect(),
        movements: movements.collect(),
        instruments: instruments.collect(),
        abbreviations: form.abbreviations.clone(),
    }
}

/// The subject of a title, without the words that lead to it.
fn bare_title(title: &str) -> &str {
    let rest = title.strip_prefix("về ").unwrap_or(title);
    rest.strip_prefix("việc ").unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_inside_a_name_are_no_typed_figures() {
        assert_eq!(typed_number("phòng, chống dịch Covid-19 tại"), None);
        assert_eq!(typed_number("đạt (54,5% kế hoạch)"), Some("54,5"));
        assert_eq!(typed_number("trong 6 tháng"), Some("6"));
    }
}
