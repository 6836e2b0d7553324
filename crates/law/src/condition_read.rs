//! Reading conditions from data.

use std::collections::BTreeMap;

use thidua_base::code::HonourCode;

use crate::cite::Citation;
use crate::condition::{Compare, Condition, Leaf, MemberMeasure, MemberTrait, Node, Test, Window};
use crate::fault::{Fault, Wrong};
use crate::table::{Said, Table};
use crate::terms::{TermKind, Terms};
use crate::vocabulary::{Confidence, Ends, MonthDay, Run, Scope, Status, Which, Word};

/// The combinators and words, each the only key of its table.
const WORDS: [&str; 24] = [
    "all",
    "any",
    "not",
    "held",
    "rated",
    "initiative",
    "undisciplined",
    "no_inquiry",
    "worked",
    "served",
    "founded",
    "held_office",
    "members",
    "members_undisciplined",
    "cluster",
    "movement",
    "registered",
    "category",
    "meets",
    "scored",
    "counted",
    "stated",
    "local",
    "passed",
];

impl Condition {
    /// Reads a condition with its id, citation and confidence, all of which must be there.
    pub fn read(table: &Table<'_>, terms: &Terms) -> Result<Self, Fault> {
        let id = table.text("id")?.to_owned();
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(table.wrong_at("id", Wrong::NotACode(id)));
        }
        let cite = cite(table, "cite")?;
        let confidence = confidence(table)?;
        let test = table.table("test")?;
        let node = Node {
            id: Some(id),
            also: cites(table, "also")?,
            confidence,
            note: table.maybe_said("note")?,
            open: table.maybe_text("open")?.map(str::to_owned),
            test: read_test(&test, terms, &Above { cite: &cite, confidence })?,
            cite,
        };
        let condition = Self { node, subjects: table.words("for")?, layer: None, line: table.line() };
        table.all_used()?;
        Ok(condition)
    }
}

/// What a branch inherits.
struct Above<'a> {
    cite: &'a Citation,
    confidence: Confidence,
}

/// A citation that must be there.
pub(crate) fn cite(table: &Table<'_>, key: &str) -> Result<Citation, Fault> {
    let text = table.text(key)?;
    Citation::parse(text).ok_or_else(|| table.wrong_at(key, Wrong::NotACitation(text.to_owned())))
}

/// Further citations.
pub(crate) fn cites(table: &Table<'_>, key: &str) -> Result<Vec<Citation>, Fault> {
    let texts = table.texts(key)?;
    let read =
        |text: &str| Citation::parse(text).ok_or_else(|| table.wrong_at(key, Wrong::NotACitation(text.to_owned())));
    texts.into_iter().map(read).collect()
}

/// The confidence, which nothing of the book may leave out.
pub(crate) fn confidence(table: &Table<'_>) -> Result<Confidence, Fault> {
    table.maybe_word("confidence")?.ok_or_else(|| table.wrong(Wrong::NoConfidence))
}

/// Codes of honours; whether they are in the book is asked when all of it is read.
pub(crate) fn honours(table: &Table<'_>, key: &str) -> Result<Vec<HonourCode>, Fault> {
    let read = |text: &str| HonourCode::parse(text).map_err(|_| table.wrong_at(key, Wrong::NotACode(text.to_owned())));
    table.texts(key)?.into_iter().map(read).collect()
}

fn some<T>(table: &Table<'_>, key: &str, list: Vec<T>) -> Result<Vec<T>, Fault> {
    if list.is_empty() { Err(table.wrong_at(key, Wrong::Missing)) } else { Ok(list) }
}

/// A whole test standing alone, as gates have it.
pub(crate) fn read_root(
    table: &Table<'_>,
    terms: &Terms,
    cite: &Citation,
    confidence: Confidence,
) -> Result<Test, Fault> {
    read_test(table, terms, &Above { cite, confidence })
}

/// A test as a node: a branch with keys of its own, or a bare word.
fn read_node(table: &Table<'_>, terms: &Terms, above: &Above<'_>) -> Result<Node, Fault> {
    if !table.has("test") {
        let test = read_test(table, terms, above)?;
        return Ok(bare(above, test));
    }
    let own_cite = if table.has("cite") { Some(cite(table, "cite")?) } else { None };
    let cite = own_cite.unwrap_or_else(|| above.cite.clone());
    let confidence = table.maybe_word("confidence")?.unwrap_or(above.confidence);
    let inner = table.table("test")?;
    let node = Node {
        id: table.maybe_text("id")?.map(str::to_owned),
        also: cites(table, "also")?,
        confidence,
        note: table.maybe_said("note")?,
        open: table.maybe_text("open")?.map(str::to_owned),
        test: read_test(&inner, terms, &Above { cite: &cite, confidence })?,
        cite,
    };
    table.all_used()?;
    Ok(node)
}

fn bare(above: &Above<'_>, test: Test) -> Node {
    Node {
        id: None,
        cite: above.cite.clone(),
        also: Vec::new(),
        confidence: above.confidence,
        note: None,
        open: None,
        test,
    }
}

fn read_test(table: &Table<'_>, terms: &Terms, above: &Above<'_>) -> Result<Test, Fault> {
    let keys = table.keys();
    let [word] = keys.as_slice() else { return Err(table.wrong(Wrong::NotOneTest(keys.len()))) };
    let test = match word.as_str() {
        "all" => Test::All(parts(table, "all", terms, above)?),
        "any" => Test::Any(parts(table, "any", terms, above)?),
        "not" => Test::Not(Box::new(read_node(&table.table("not")?, terms, above)?)),
        "ask" => Test::Leaf(Leaf::Ask(table.said("ask")?)),
        known if WORDS.contains(&known) => {
            let inner = table.table(known)?;
            let leaf = read_leaf(known, &inner, terms)?;
            inner.all_used()?;
            Test::Leaf(leaf)
        }
        unknown => {
            let wrong = Wrong::UnknownWord { word: unknown.to_owned(), what: "phép thử" };
            return Err(table.wrong_at(unknown, wrong));
        }
    };
    table.all_used()?;
    Ok(test)
}

fn parts(table: &Table<'_>, key: &str, terms: &Terms, above: &Above<'_>) -> Result<Vec<Node>, Fault> {
    let list = table.tables(key)?;
    let nodes: Vec<Node> = list.iter().map(|one| read_node(one, terms, above)).collect::<Result<_, _>>()?;
    some(table, key, nodes)
}

fn read_leaf(word: &str, table: &Table<'_>, terms: &Terms) -> Result<Leaf, Fault> {
    Ok(match word {
        "held" => held(table)?,
        "rated" => Leaf::Rated {
            at_least: table.word("at_least")?,
            years: small(table, "years", Some(1))?,
            run: table.maybe_word("run")?.unwrap_or(Run::Unbroken),
            window: window(table, "in")?,
            or_held: honours(table, "or_held")?,
        },
        "passed" => Leaf::Passed {
            honours: some(table, "after", honours(table, "after")?)?,
            years: small(table, "years", None)?,
            which: table.maybe_word("which")?.unwrap_or(Which::Latest),
        },
        "initiative" => initiative(table)?,
        "undisciplined" => Leaf::Undisciplined {
            below: table.word("below")?,
            window: window(table, "in")?.unwrap_or(Window::AwardYear),
        },
        "no_inquiry" => Leaf::NoInquiry { kinds: or_all(table.words("kinds")?) },
        "worked" => {
            // The only window there is; written out by some for the reader's sake.
            if let Some(other) = window(table, "in")?.filter(|window| *window != Window::AwardYear) {
                return Err(table.wrong_at("in", Wrong::NotACode(format!("{other:?}"))));
            }
            Leaf::Worked { months: medium(table, "months")? }
        }
        "served" => served(table, terms)?,
        "founded" => Leaf::Founded { years: medium(table, "years")? },
        "held_office" => Leaf::HeldOffice {
            posts: terms.known(table, "posts", TermKind::Post)?,
            years: small(table, "years", None)?,
            below: maybe_small(table, "below")?,
            women: part(table, "women")?,
        },
        "members" => members(table)?,
        "members_undisciplined" => Leaf::MembersUndisciplined { below: table.word("below")? },
        "cluster" => Leaf::Cluster { rank: small(table, "rank", Some(1))?, organisers: table.words("organiser")? },
        "movement" => Leaf::Movement {
            result: table.word("result")?,
            launchers: table.words("launcher")?,
            years: u8::try_from(table.number("years", Some(0), 0..=100)?).unwrap_or(0),
            at: table.words("at")?,
        },
        "registered" => Leaf::Registered { before: month_day(table, "before")? },
        "category" => Leaf::InCategory { categories: some(table, "in", table.words("in")?)? },
        "meets" => Leaf::Meets { honours: some(table, "honours", honours(table, "honours")?)? },
        "scored" => scored(table, terms)?,
        "counted" => {
            let (compare, number) = comparison(table, &[Compare::AtLeast, Compare::Equals, Compare::AtMost])?;
            Leaf::Counted { fact: terms.known(table, "fact", TermKind::Count)?, compare, number }
        }
        "stated" => Leaf::Stated { fact: terms.known(table, "fact", TermKind::Statement)? },
        _ => Leaf::Local { issuer: table.word("issuer")?, about: table.said("about")? },
    })
}

fn held(table: &Table<'_>) -> Result<Leaf, Fault> {
    let run = table.maybe_word("run")?.unwrap_or(Run::Any);
    let ends = match run {
        Run::Unbroken => Ends::AwardYear,
        Run::Any => Ends::Any,
    };
    let decided = match table.maybe_text("decided")? {
        None => None,
        Some("nam-truoc") => Some(Window::DecidedYearBefore),
        Some(other) => {
            let wrong = Wrong::UnknownWord { word: other.to_owned(), what: "năm quyết định" };
            return Err(table.wrong_at("decided", wrong));
        }
    };
    Ok(Leaf::Held {
        honours: some(table, "honours", honours(table, "honours")?)?,
        times: small(table, "times", Some(1))?,
        run,
        window: decided.or(window(table, "in")?),
        ends: table.maybe_word("ends")?.unwrap_or(ends),
        by: table.maybe_word("by")?,
        not_types: table.words("not_types")?,
    })
}

fn initiative(table: &Table<'_>) -> Result<Leaf, Fault> {
    let times = small(table, "times", Some(1))?;
    let run = table.maybe_word("run")?.unwrap_or(Run::Any);
    let years = match run {
        Run::Unbroken => Window::Last(times),
        Run::Any => Window::AwardYear,
    };
    Ok(Leaf::Initiative {
        kinds: or_all(table.words("kinds")?),
        scope: table.maybe_word("scope")?.unwrap_or(Scope::Base),
        status: table.maybe_word("status")?.unwrap_or(Status::Recognised),
        times,
        run,
        window: window(table, "in")?.unwrap_or(years),
        by: table.maybe_word("by")?,
    })
}

fn served(table: &Table<'_>, terms: &Terms) -> Result<Leaf, Fault> {
    let mut fields: Vec<String> = Vec::new();
    for key in ["field", "fields"] {
        for field in table.texts(key)? {
            terms.must_know(table, key, field, TermKind::Field)?;
            fields.push(field.to_owned());
        }
    }
    let (years, below) = (maybe_small(table, "years")?, maybe_small(table, "below")?);
    if years.is_none() && below.is_none() {
        return Err(table.wrong_at("years", Wrong::Missing));
    }
    Ok(Leaf::Served {
        years,
        below,
        fields: some(table, "field", fields)?,
        continuous: table.maybe_flag("continuous")?.unwrap_or(false),
        hardship: small(table, "hardship", Some(1))?,
        only_hardship: table.maybe_flag("only_hardship")?.unwrap_or(false),
    })
}

fn members(table: &Table<'_>) -> Result<Leaf, Fault> {
    let holding = honours(table, "holding")?;
    let doing = table.maybe_text("doing")?;
    let who = match (holding.is_empty(), doing) {
        (false, None) => MemberTrait::Holding(holding),
        (true, Some("hoan-thanh-nhiem-vu")) => MemberTrait::Completing,
        (true, Some(other)) => {
            let wrong = Wrong::UnknownWord { word: other.to_owned(), what: "việc của thành viên" };
            return Err(table.wrong_at("doing", wrong));
        }
        _ => return Err(table.wrong_at("holding", Wrong::Missing)),
    };
    let (compare, number) = comparison(table, &[Compare::AtLeast, Compare::MoreThan])?;
    let measure = match table.maybe_text("per")?.unwrap_or("percent") {
        "percent" => MemberMeasure::Percent,
        "count" => MemberMeasure::Count,
        other => {
            let wrong = Wrong::UnknownWord { word: other.to_owned(), what: "cách tính" };
            return Err(table.wrong_at("per", wrong));
        }
    };
    if measure == MemberMeasure::Percent && number > 100 {
        return Err(table.wrong(Wrong::Number(format!("{number} %"))));
    }
    Ok(Leaf::Members { who, compare, number, measure })
}

fn scored(table: &Table<'_>, terms: &Terms) -> Result<Leaf, Fault> {
    let mut segments = BTreeMap::new();
    if let Some(rows) = table.maybe_table("segments")? {
        for key in rows.keys() {
            terms.must_know(&rows, &key, &key, TermKind::Segment)?;
            let points = rows.number(&key, None, 0..=1000)?;
            segments.insert(key, u16::try_from(points).unwrap_or(u16::MAX));
        }
        rows.all_used()?;
    }
    let floor = if table.has("group_floor_percent") {
        Some(u8::try_from(table.number("group_floor_percent", None, 0..=100)?).unwrap_or(100))
    } else {
        None
    };
    Ok(Leaf::ScoredAt {
        at_least: u16::try_from(table.number("at_least", None, 0..=1000)?).unwrap_or(u16::MAX),
        segments,
        group_floor_percent: floor,
    })
}

fn comparison(table: &Table<'_>, allowed: &[Compare]) -> Result<(Compare, u32), Fault> {
    let present: Vec<Compare> = allowed.iter().copied().filter(|compare| table.has(compare.code())).collect();
    let [compare] = present.as_slice() else {
        return Err(table.wrong_at(allowed[0].code(), Wrong::NotOneTest(present.len())));
    };
    let number = table.number(compare.code(), None, 0..=1_000_000)?;
    Ok((*compare, u32::try_from(number).unwrap_or(u32::MAX)))
}

/// The window under a key.
fn window(table: &Table<'_>, key: &str) -> Result<Option<Window>, Fault> {
    if !table.has(key) {
        return Ok(None);
    }
    if let Ok(Some(text)) = table.maybe_text(key) {
        return match text {
            "nam-xet" => Ok(Some(Window::AwardYear)),
            "ca-doi" => Ok(Some(Window::Career)),
            other => Err(table.wrong_at(key, Wrong::UnknownWord { word: other.to_owned(), what: "khoảng thời gian" })),
        };
    }
    let inner = table.table(key)?;
    let window = if inner.has("last") {
        Window::Last(small(&inner, "last", None)?)
    } else if inner.has("calendar") {
        Window::Calendar(small(&inner, "calendar", None)?)
    } else {
        Window::After {
            honours: some(&inner, "after", honours(&inner, "after")?)?,
            years: u8::try_from(inner.number("years", Some(0), 0..=100)?).unwrap_or(0),
            which: inner.maybe_word("which")?.unwrap_or(Which::Latest),
        }
    };
    inner.all_used()?;
    Ok(Some(window))
}

fn small(table: &Table<'_>, key: &str, default: Option<i64>) -> Result<u8, Fault> {
    table.number(key, default, 1..=100).map(|number| u8::try_from(number).unwrap_or(u8::MAX))
}

fn maybe_small(table: &Table<'_>, key: &str) -> Result<Option<u8>, Fault> {
    if table.has(key) { small(table, key, None).map(Some) } else { Ok(None) }
}

/// A part written `2/3`.
fn part(table: &Table<'_>, key: &str) -> Result<Option<(u8, u8)>, Fault> {
    let Some(text) = table.maybe_text(key)? else { return Ok(None) };
    let read = text.split_once('/').and_then(|(a, b)| Some((a.parse::<u8>().ok()?, b.parse::<u8>().ok()?)));
    match read {
        Some((a, b)) if a > 0 && a <= b => Ok(Some((a, b))),
        _ => Err(table.wrong_at(key, Wrong::Number(text.to_owned()))),
    }
}

fn medium(table: &Table<'_>, key: &str) -> Result<u16, Fault> {
    table.number(key, None, 1..=1200).map(|number| u16::try_from(number).unwrap_or(u16::MAX))
}

/// A month and day that may be there.
pub(crate) fn month_day(table: &Table<'_>, key: &str) -> Result<Option<MonthDay>, Fault> {
    let Some(text) = table.maybe_text(key)? else { return Ok(None) };
    let wrong = || table.wrong_at(key, Wrong::UnknownWord { word: text.to_owned(), what: "ngày, tháng" });
    MonthDay::parse(text).map(Some).ok_or_else(wrong)
}

fn or_all<W: Word>(words: Vec<W>) -> Vec<W> {
    if words.is_empty() { W::WORDS.iter().map(|row| row.0).collect() } else { words }
}

/// Names in two languages under an optional key, where one text stands for both.
pub(crate) fn said_or_text(table: &Table<'_>, key: &str) -> Result<Option<Said>, Fault> {
    match table.maybe_text(key) {
        Ok(Some(text)) => Ok(Some(Said::new(text, text))),
        Ok(None) => Ok(None),
        Err(_) => table.maybe_said(key),
    }
}
