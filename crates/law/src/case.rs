//! Cases: histories of made-up people and collectives with what the book must say of them.
//!
//! A file names whole histories once; a case takes one of them, changes what it is about, and says what must come out.

use std::collections::BTreeMap;

use thidua_base::code::HonourCode;
use thidua_base::{Date, Number};

use crate::answer::{Answer, Question, Verdict};
use crate::book::Book;
use crate::condition_read::honours;
use crate::fault::{Fault, Wrong};
use crate::record::{
    Award, ClusterResult, DisciplineCase, HumanAnswer, Initiative, Inquiry, Members, MovementResult, OfficeHeld,
    Rating, Record, Registration, Scored, Service,
};
use crate::table::{Source, Table};
use crate::vocabulary::{AwardType, Grade, SubjectKind};

/// A case with what must come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The file it stands in.
    pub file: String,
    /// The line it begins in.
    pub line: usize,
    /// What it shows.
    pub name: String,
    /// The question.
    pub question: Question,
    /// The record.
    pub record: Record,
    /// What must come out.
    pub want: Want,
}

/// What must come out of a case; what is not said may be anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Want {
    /// The code of the outcome.
    pub outcome: Option<String>,
    /// The first day of the version.
    pub version: Option<Date>,
    /// The day whose law is used.
    pub law_date: Option<Date>,
    /// The rule that chose it.
    pub rule: Option<String>,
    /// Verdicts on the evidence alone, by the way to the test.
    pub measured: BTreeMap<String, Verdict>,
    /// Verdicts after the rule of confidence, by the way to the test.
    pub verdict: BTreeMap<String, Verdict>,
}

/// How a case went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The case.
    pub name: String,
    /// What of it: `outcome`, or the way to a test.
    pub of: String,
    /// The clause, where a test went wrong.
    pub cite: String,
    /// What was wanted.
    pub wanted: String,
    /// What came out.
    pub found: String,
    /// The evidence the test rested on.
    pub evidence: String,
}

impl Failure {
    /// What went wrong, in Vietnamese: file, line, case, test, wanted and found.
    pub fn said_vi(&self) -> String {
        let Self { file, line, name, of, cite, wanted, found, evidence: _ } = self;
        let cite = if cite.is_empty() { String::new() } else { format!(" ({cite})") };
        format!("{file}, dòng {line}, ca “{name}”, {of}{cite}: phải là {wanted}, sổ luật trả lời {found}")
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, line, name, of, cite, wanted, found, evidence } = self;
        write!(f, "{file}, line {line}, \"{name}\": {of}")?;
        if !cite.is_empty() {
            write!(f, " ({cite})")?;
        }
        write!(f, ": expected {wanted}, found {found}")?;
        if !evidence.is_empty() {
            write!(f, "; evidence: {evidence}")?;
        }
        Ok(())
    }
}

impl Case {
    /// Reads every case of a file.
    ///
    /// # Errors
    /// When the file is not of its format; the sentence names line and key.
    pub fn read(source: Source<'_>) -> Result<Vec<Self>, Fault> {
        source.read(|table| {
            let all = match table.maybe_text("honour")? {
                Some(code) => Some(honour_code(table, "honour", code)?),
                None => None,
            };
            let mut histories: BTreeMap<String, Draft> = BTreeMap::new();
            for row in table.tables("history")? {
                let id = row.text("id")?.to_owned();
                let base = match row.maybe_text("like")? {
                    None => Draft::default(),
                    Some(like) => histories
                        .get(like)
                        .cloned()
                        .ok_or_else(|| row.wrong_at("like", Wrong::Case(format!("no history '{like}' above"))))?,
                };
                let draft = base.changed(&row)?;
                row.all_used()?;
                if histories.insert(id.clone(), draft).is_some() {
                    return Err(row.wrong_at("id", Wrong::Twice(id)));
                }
            }
            for key in ["quota", "ballot", "bonus", "decider", "rows"] {
                // Read by [`crate::case_table::TableCase::read`].
                table.tables(key)?;
            }
            let mut cases = Vec::new();
            for row in table.tables("case")? {
                cases.push(case(&row, &histories, all.as_ref())?);
                row.all_used()?;
            }
            for row in table.tables("probe")? {
                cases.extend(probes(&row, &histories, all.as_ref())?);
                row.all_used()?;
            }
            Ok(cases)
        })
    }

    /// Runs the case: what came out otherwise than wanted.
    pub fn run(&self, book: &Book) -> Vec<Failure> {
        self.compare(&book.answer(&self.question, &self.record))
    }

    /// Holds an answer against what is wanted.
    pub fn compare(&self, answer: &Answer) -> Vec<Failure> {
        let mut failures = Vec::new();
        let mut differ = |of: &str, wanted: String, found: String| {
            if wanted != found {
                let finding = answer.at(of);
                let proof = finding.map(|finding| {
                    let all = finding.evidence.iter().map(|one| format!("{} {:?}", one.what, one.year));
                    all.collect::<Vec<_>>().join(", ")
                });
                failures.push(Failure {
                    file: self.file.clone(),
                    line: self.line,
                    name: self.name.clone(),
                    of: of.to_owned(),
                    cite: finding.map(|finding| finding.cite.to_string()).unwrap_or_default(),
                    wanted,
                    found,
                    evidence: proof.unwrap_or_default(),
                });
            }
        };
        let day = |day: Option<Date>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
        if let Some(outcome) = &self.want.outcome {
            differ("outcome", outcome.clone(), answer.outcome.code().to_owned());
        }
        if let Some(version) = self.want.version {
            differ("version", version.to_string(), day(answer.reading.version));
        }
        if let Some(law_date) = self.want.law_date {
            differ("law_date", law_date.to_string(), answer.law_date.day.to_string());
        }
        if let Some(rule) = &self.want.rule {
            differ("rule", rule.clone(), answer.law_date.rule.clone());
        }
        let found = |path: &str, pick: fn(&crate::answer::Finding) -> Verdict| {
            answer.at(path).map_or_else(|| "no such test".to_owned(), |finding| pick(finding).code().to_owned())
        };
        for (path, verdict) in &self.want.measured {
            differ(path, verdict.code().to_owned(), found(path, |finding| finding.measured));
        }
        for (path, verdict) in &self.want.verdict {
            differ(path, verdict.code().to_owned(), found(path, |finding| finding.verdict));
        }
        failures
    }
}

/// A history with the parts of the question it fixes.
#[derive(Debug, Clone)]
struct Draft {
    honour: Option<HonourCode>,
    on: Option<Date>,
    year: Option<i16>,
    received_on: Option<Date>,
    proposed_on: Option<Date>,
    kind: Option<AwardType>,
    record: Record,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            honour: None,
            on: None,
            year: None,
            received_on: None,
            proposed_on: None,
            kind: None,
            record: Record::unknown(SubjectKind::Person),
        }
    }
}

/// Tries of one test: each a history changed, with what the test must say on the evidence.
fn probes(
    row: &Table<'_>,
    histories: &BTreeMap<String, Draft>,
    honour: Option<&HonourCode>,
) -> Result<Vec<Case>, Fault> {
    let path = row.text("path")?.to_owned();
    let base = base(row, histories)?.changed(row)?;
    let mut cases = Vec::new();
    for one in row.tables("try")? {
        let draft = base.clone().changed(&one)?;
        let word = one.text("want")?;
        let wrong = Wrong::UnknownWord { word: word.to_owned(), what: "kết luận (dat, khong-dat, hoi)" };
        let verdict = Verdict::parse(word).ok_or_else(|| one.wrong_at("want", wrong))?;
        let want = Want { measured: BTreeMap::from([(path.clone(), verdict)]), ..Want::default() };
        let name = format!("{path}: {}", one.text("name")?);
        cases.push(draft.asked(&one, honour, name, want)?);
        one.all_used()?;
    }
    Ok(cases)
}

fn base(row: &Table<'_>, histories: &BTreeMap<String, Draft>) -> Result<Draft, Fault> {
    let Some(id) = row.maybe_text("history")? else { return Ok(Draft::default()) };
    let known = histories.get(id).cloned();
    known.ok_or_else(|| row.wrong_at("history", Wrong::Case(format!("no history '{id}'"))))
}

fn case(row: &Table<'_>, histories: &BTreeMap<String, Draft>, honour: Option<&HonourCode>) -> Result<Case, Fault> {
    let draft = base(row, histories)?.changed(row)?;
    let want = want(row)?;
    draft.asked(row, honour, row.text("name")?.to_owned(), want)
}

fn want(row: &Table<'_>) -> Result<Want, Fault> {
    let verdicts = |key: &str| -> Result<BTreeMap<String, Verdict>, Fault> {
        let mut all = BTreeMap::new();
        let Some(table) = row.maybe_table(key)? else { return Ok(all) };
        for path in table.keys() {
            let word = table.text(&path)?;
            let wrong = Wrong::UnknownWord { word: word.to_owned(), what: "kết luận (dat, khong-dat, hoi)" };
            let verdict = Verdict::parse(word).ok_or_else(|| table.wrong_at(&path, wrong))?;
            all.insert(path, verdict);
        }
        Ok(all)
    };
    let outcome = row.maybe_text("want")?;
    let known = ["du", "khong-du", "hoi", "chua-co-luat", "khong-thuoc-doi-tuong"];
    if let Some(word) = outcome.filter(|word| !known.contains(word)) {
        return Err(row.wrong_at("want", Wrong::UnknownWord { word: word.to_owned(), what: "kết quả" }));
    }
    let want = Want {
        outcome: outcome.map(str::to_owned),
        version: row.maybe_date("version")?,
        law_date: row.maybe_date("law_date")?,
        rule: row.maybe_text("rule")?.map(str::to_owned),
        measured: verdicts("measured")?,
        verdict: verdicts("verdict")?,
    };
    if want == Want::default() { Err(row.wrong_at("want", Wrong::Missing)) } else { Ok(want) }
}

fn honour_code(table: &Table<'_>, key: &str, code: &str) -> Result<HonourCode, Fault> {
    HonourCode::parse(code).map_err(|_| table.wrong_at(key, Wrong::NotACode(code.to_owned())))
}

impl Draft {
    /// The case that asks about this history.
    fn asked(self, row: &Table<'_>, honour: Option<&HonourCode>, name: String, want: Want) -> Result<Case, Fault> {
        let missing = |key: &str| row.wrong_at(key, Wrong::Missing);
        let on = self.on.ok_or_else(|| missing("on"))?;
        let question = Question {
            honour: self.honour.or_else(|| honour.cloned()).ok_or_else(|| missing("honour"))?,
            on,
            year: self.year.unwrap_or_else(|| on.year()),
            received_on: self.received_on,
            proposed_on: self.proposed_on,
            kind: self.kind,
            subject: self.record.subject,
        };
        Ok(Case { file: row.file().to_owned(), line: row.line(), name, question, record: self.record, want })
    }

    /// The history with the parts that a table gives; a part that is given replaces the whole part.
    fn changed(mut self, row: &Table<'_>) -> Result<Self, Fault> {
        if let Some(code) = row.maybe_text("honour")? {
            self.honour = Some(honour_code(row, "honour", code)?);
        }
        self.on = row.maybe_date("on")?.or(self.on);
        self.year = maybe_year(row, "year")?.or(self.year);
        self.received_on = row.maybe_date("received_on")?.or(self.received_on);
        self.proposed_on = row.maybe_date("proposed_on")?.or(self.proposed_on);
        self.kind = row.maybe_word("type")?.or(self.kind);
        let record = &mut self.record;
        record.subject = row.maybe_word("subject")?.unwrap_or(record.subject);
        record.category = row.maybe_word("category")?.or(record.category);
        record.born_or_founded = row.maybe_date("born_or_founded")?.or(record.born_or_founded);
        record.recruited_on = row.maybe_date("recruited_on")?.or(record.recruited_on);
        record.woman = row.maybe_flag("woman")?.or(record.woman);
        if let Some(year) = maybe_year(row, "complete_from")? {
            *record = record.clone().complete_from(year);
        }
        record.awards_complete_from = maybe_year(row, "awards_complete_from")?.or(record.awards_complete_from);
        record.initiatives_complete_from =
            maybe_year(row, "initiatives_complete_from")?.or(record.initiatives_complete_from);
        record.disciplines_complete_from =
            maybe_year(row, "disciplines_complete_from")?.or(record.disciplines_complete_from);
        record.registrations_complete_from =
            maybe_year(row, "registrations_complete_from")?.or(record.registrations_complete_from);
        if row.has("awards") {
            record.awards = row.tables("awards")?.iter().map(awards).collect::<Result<Vec<_>, _>>()?.concat();
        }
        if row.has("ratings") {
            record.ratings = ratings(&row.table("ratings")?)?;
        }
        if row.has("initiatives") {
            let rows = row.tables("initiatives")?;
            record.initiatives = rows.iter().map(initiatives).collect::<Result<Vec<_>, _>>()?.concat();
        }
        replace(&mut record.disciplines, row, "disciplines", |one| {
            Ok(DisciplineCase {
                level: one.word("level")?,
                from: one.date("from")?,
                to: one.maybe_date("to")?,
                key: String::new(),
            })
        })?;
        replace(&mut record.inquiries, row, "inquiries", |one| {
            Ok(Inquiry {
                kind: one.word("kind")?,
                from: one.date("from")?,
                to: one.maybe_date("to")?,
                key: String::new(),
            })
        })?;
        replace(&mut record.registrations, row, "registrations", |one| {
            Ok(Registration { year: year(one, "year")?, on: one.maybe_date("on")? })
        })?;
        replace(&mut record.members, row, "members", members)?;
        replace(&mut record.clusters, row, "clusters", |one| {
            Ok(ClusterResult {
                year: year(one, "year")?,
                rank: u8::try_from(one.number("rank", None, 1..=200)?).unwrap_or(u8::MAX),
                organiser: one.word("organiser")?,
                key: String::new(),
            })
        })?;
        replace(&mut record.movements, row, "movements", |one| {
            Ok(MovementResult {
                launcher: one.word("launcher")?,
                from: one.date("from")?,
                to: one.maybe_date("to")?,
                result: one.word("result")?,
                at: one.word("at")?,
                year: year(one, "year")?,
                key: String::new(),
            })
        })?;
        replace(&mut record.service, row, "service", |one| {
            Ok(Service {
                field: one.text("field")?.to_owned(),
                from: one.date("from")?,
                to: one.maybe_date("to")?,
                hardship: one.maybe_flag("hardship")?.unwrap_or(false),
                key: String::new(),
            })
        })?;
        replace(&mut record.offices, row, "offices", |one| {
            Ok(OfficeHeld {
                posts: one.text("posts")?.to_owned(),
                from: one.date("from")?,
                to: one.maybe_date("to")?,
                key: String::new(),
            })
        })?;
        replace(&mut record.scores, row, "scores", |one| {
            let text = one.text("points")?;
            let points = Number::parse(text).map_err(|e| one.wrong_at("points", Wrong::Number(e.to_string())))?;
            Ok(Scored {
                year: year(one, "year")?,
                points,
                segment: one.maybe_text("segment")?.map(str::to_owned),
                groups_ok: one.maybe_flag("groups_ok")?,
                groups: groups(one)?,
            })
        })?;
        if let Some(table) = row.maybe_table("counts")? {
            for key in table.keys() {
                let n = u32::try_from(table.number(&key, None, 0..=i64::from(u32::MAX))?).unwrap_or(u32::MAX);
                record.counts.insert(key, n);
            }
        }
        if let Some(table) = row.maybe_table("statements")? {
            for key in table.keys() {
                let holds = table.maybe_flag(&key)?.unwrap_or_default();
                record.statements.insert(key, holds);
            }
        }
        for key in row.texts("unknown")? {
            record.counts.remove(key);
            record.statements.remove(key);
        }
        replace(&mut record.answers, row, "answers", |one| {
            let code = one.text("honour")?;
            Ok(HumanAnswer {
                honour: honour_code(one, "honour", code)?,
                condition: one.text("condition")?.to_owned(),
                year: year(one, "year")?,
                yes: one.maybe_flag("yes")?.unwrap_or(true),
                by: one.maybe_text("by")?.unwrap_or("Nguyễn Văn A").to_owned(),
                on: one.date("on")?,
            })
        })?;
        Ok(self)
    }
}

fn replace<T>(
    list: &mut Vec<T>,
    row: &Table<'_>,
    key: &str,
    read: impl Fn(&Table<'_>) -> Result<T, Fault>,
) -> Result<(), Fault> {
    if row.has(key) {
        let read_all = |one: &Table<'_>| {
            let value = read(one)?;
            one.all_used()?;
            Ok(value)
        };
        *list = row.tables(key)?.iter().map(read_all).collect::<Result<_, _>>()?;
    }
    Ok(())
}

fn year(table: &Table<'_>, key: &str) -> Result<i16, Fault> {
    table.number(key, None, 1..=9999).map(|year| i16::try_from(year).unwrap_or(i16::MAX))
}

fn maybe_year(table: &Table<'_>, key: &str) -> Result<Option<i16>, Fault> {
    if table.has(key) { year(table, key).map(Some) } else { Ok(None) }
}

fn years(table: &Table<'_>, key: &str) -> Result<Vec<i16>, Fault> {
    let numbers = table.numbers(key)?;
    let wrong = |n: i64| table.wrong_at(key, Wrong::Number(n.to_string()));
    numbers.into_iter().map(|n| i16::try_from(n).map_err(|_| wrong(n))).collect()
}

/// `{ honour = "…", years = [2019, 2020] }`: an award for each year; decided at the end of it unless said.
fn awards(row: &Table<'_>) -> Result<Vec<Award>, Fault> {
    let honour = honours(row, "honour")?;
    let decided_on = row.maybe_date("decided_on")?;
    let period = match row.maybe_table("period")? {
        None => None,
        Some(table) => {
            let days = (table.date("from")?, table.date("to")?);
            table.all_used()?;
            Some(days)
        }
    };
    let level = row.maybe_word("level")?;
    let kind = row.maybe_word("type")?;
    let revoked_on = row.maybe_date("revoked_on")?;
    let decision = row.maybe_text("decision")?.map(str::to_owned);
    let mut list = Vec::new();
    for code in honour {
        for year in years(row, "years")? {
            list.push(Award {
                honour: code.clone(),
                year,
                period,
                decided_on: decided_on.or_else(|| Date::new(year, 12, 31)),
                decision: decision.clone().or_else(|| Some(format!("{year}/QĐ"))),
                authority: None,
                level,
                kind,
                revoked_on,
                key: String::new(),
            });
        }
    }
    row.all_used()?;
    Ok(list)
}

/// `ratings = { hoan-thanh-tot = [2019, 2020] }`.
fn ratings(table: &Table<'_>) -> Result<Vec<Rating>, Fault> {
    let mut list = Vec::new();
    for key in table.keys() {
        let grade: Grade = table.as_word(&key, &key)?;
        list.extend(years(table, &key)?.into_iter().map(|year| Rating { year, grade, key: String::new() }));
    }
    table.all_used()?;
    Ok(list)
}

/// `{ years = [2019], kind = "sang-kien", scope = "co-so", status = "duoc-cong-nhan" }`: one for each year named.
fn initiatives(row: &Table<'_>) -> Result<Vec<Initiative>, Fault> {
    let kind = row.word("kind")?;
    let scope = row.word("scope")?;
    let status = row.word("status")?;
    let by = row.maybe_word("by")?;
    let list = years(row, "years")?.into_iter().enumerate().map(|(at, year)| Initiative {
        kind,
        scope,
        status,
        year,
        by,
        decision: Some(format!("{}/QĐ-SK", at + 1)),
        decided_on: None,
        key: String::new(),
    });
    let list = list.collect();
    row.all_used()?;
    Ok(list)
}

/// `groups = [20, 40, 30, 60]`: points and maximum in turn.
fn groups(row: &Table<'_>) -> Result<Vec<(u32, u32)>, Fault> {
    let numbers = row.numbers("groups")?;
    let whole = |n: i64| u32::try_from(n).map_err(|_| row.wrong_at("groups", Wrong::Number(n.to_string())));
    numbers.chunks(2).map(|pair| Ok((whole(pair[0])?, whole(pair.get(1).copied().unwrap_or(0))?))).collect()
}

fn members(row: &Table<'_>) -> Result<Members, Fault> {
    let number = |table: &Table<'_>, key: &str| {
        table.number(key, None, 0..=1_000_000).map(|n| u32::try_from(n).unwrap_or(u32::MAX))
    };
    let mut holding = BTreeMap::new();
    if let Some(table) = row.maybe_table("holding")? {
        for key in table.keys() {
            holding.insert(honour_code(&table, &key, &key)?, number(&table, &key)?);
        }
    }
    let mut disciplined = Vec::new();
    if let Some(table) = row.maybe_table("disciplined")? {
        for key in table.keys() {
            disciplined.push((table.as_word(&key, &key)?, number(&table, &key)?));
        }
    }
    let completing = if row.has("completing") { Some(number(row, "completing")?) } else { None };
    Ok(Members { year: year(row, "year")?, count: number(row, "count")?, holding, completing, disciplined })
}
