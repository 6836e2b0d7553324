//! Findings as rows of a table: condition, verdict, clause, evidence, what is missing.

use std::collections::BTreeMap;

use thidua_app::eligibility::Names;
use thidua_base::code::HonourCode;
use thidua_base::text::upper_first;
use thidua_domain::eligibility::{GivenAnswer, answerable};
use thidua_domain::honour::Subject;
use thidua_domain::subject::SubjectId;
use thidua_law::answer::{Answer, Evidence, EvidenceKind, Finding, Joined, Threshold, Unit, Verdict, Why};
use thidua_law::vocabulary::{Category, Discipline, Grade, InquiryKind, Scope, Word};

use super::{Cited, cited, layer_line, said, verdict_word, word};
use crate::messages::Messages;
use crate::option::Link;
use crate::paths;

/// A row of findings.
#[derive(Debug)]
pub struct FindingRow {
    /// The way to it, for the answer.
    pub path: String,
    /// The name of the row in the page.
    pub anchor: String,
    /// How deep it lies, 0 to 3.
    pub depth: usize,
    /// The condition in words.
    pub said: String,
    /// How its parts are joined; empty where it has none.
    pub joined: &'static str,
    /// Our own words on it; may be empty.
    pub note: String,
    /// The open question it hangs on; may be empty.
    pub open: String,
    /// The verdict.
    pub verdict: &'static str,
    /// The class of its look.
    pub class: &'static str,
    /// Why it is no plain yes or no; may be empty.
    pub why: String,
    /// Where it is read.
    pub cites: Vec<Cited>,
    /// Asked for and found; may be empty.
    pub threshold: String,
    /// What it rests on.
    pub evidence: Vec<Link>,
    /// What is missing; may be empty.
    pub missing: String,
    /// The earliest year; may be empty.
    pub earliest: String,
    /// The overlay it comes from; may be empty.
    pub layer: String,
    /// What a gate does; empty for a condition.
    pub effect: &'static str,
    /// Whether a person may answer it here.
    pub answers: bool,
}

/// What rows are made with.
pub struct Showing<'a> {
    /// The sentences.
    pub say: &'static Messages,
    /// Names of honours and instruments.
    pub names: &'a Names,
    /// Whose findings they are.
    pub subject: Option<(Subject, &'a SubjectId)>,
    /// What persons answered.
    pub given: &'a [GivenAnswer],
    /// Whether the reader may answer.
    pub may_answer: bool,
}

impl Showing<'_> {
    /// The rows of the conditions of an answer.
    pub fn conditions(&self, answer: &Answer) -> Vec<FindingRow> {
        self.rows(&answer.reading.findings, answer)
    }

    /// The rows of its gates.
    pub fn gates(&self, answer: &Answer) -> Vec<FindingRow> {
        let mut rows = self.rows(&answer.reading.gates, answer);
        for row in &mut rows {
            row.anchor.insert_str(0, "chung-");
        }
        rows
    }

    fn rows(&self, findings: &[Finding], answer: &Answer) -> Vec<FindingRow> {
        let mut rows = Vec::new();
        for finding in findings {
            self.add(finding, answer, 0, &mut rows);
        }
        // Two ways may be written alike: the conditions of another honour stand below each that asks for it.
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for row in &mut rows {
            let count = seen.entry(row.anchor.clone()).or_insert(0);
            *count += 1;
            if *count > 1 {
                row.anchor.push_str(&format!("--{count}"));
            }
        }
        rows
    }

    fn add(&self, finding: &Finding, answer: &Answer, depth: usize, rows: &mut Vec<FindingRow>) {
        rows.push(self.row(finding, answer, depth));
        for child in &finding.children {
            self.add(child, answer, depth + 1, rows);
        }
    }

    fn row(&self, finding: &Finding, answer: &Answer, depth: usize) -> FindingRow {
        let say = self.say;
        let day = answer.reading.day;
        let (verdict, class) = verdict_word(say, finding.verdict);
        let also = finding.also.iter();
        let cites = std::iter::once(&*finding.cite).chain(also);
        let is_open = finding.verdict != Verdict::Met;
        let text = |said_: &thidua_law::table::Said| said(say, said_).to_owned();
        let joined = match finding.joined {
            Some(Joined::All) => say.get("eligibility.joined-all"),
            Some(Joined::Any) => say.get("eligibility.joined-any"),
            Some(Joined::Not) => say.get("eligibility.joined-not"),
            None => "",
        };
        // A condition with parts is said by its parts.
        let has_parts = matches!(finding.joined, Some(Joined::All | Joined::Any));
        FindingRow {
            path: finding.path.to_string(),
            anchor: anchor(&finding.path),
            depth: depth.min(3),
            said: if has_parts { joined.to_owned() } else { upper_first(said(say, &finding.said)) },
            joined: if has_parts { "" } else { joined },
            note: finding.note.as_deref().map(text).unwrap_or_default(),
            open: finding.open.as_deref().map(str::to_owned).unwrap_or_default(),
            verdict,
            class,
            why: self.why(finding),
            cites: cites.map(|cite| cited(say, self.names, cite, finding.confidence, day)).collect(),
            threshold: finding.threshold.map(|threshold| self.threshold(threshold)).unwrap_or_default(),
            evidence: finding.evidence.iter().map(|one| self.evidence(one)).collect(),
            missing: finding.missing.as_ref().filter(|_| is_open).map(|one| text(&one.said)).unwrap_or_default(),
            earliest: match finding.earliest.filter(|year| is_open && *year > answer.question.year) {
                Some(year) => say.with("eligibility.earliest", &[("year", &year.to_string())]),
                None => String::new(),
            },
            layer: finding.layer.as_deref().map(|layer| layer_line(say, layer)).unwrap_or_default(),
            effect: finding.effect.map_or("", |effect| word(say, effect)),
            answers: self.may_answer && answerable(finding),
        }
    }

    /// Why a verdict is not a plain one.
    fn why(&self, finding: &Finding) -> String {
        if finding.verdict != Verdict::AskHuman || !finding.children.is_empty() && finding.why != Why::Unverified {
            return String::new();
        }
        let key = match finding.why {
            Why::Measured => return String::new(),
            Why::NoEvidence => "eligibility.why-no-evidence",
            Why::Judgement => "eligibility.why-judgement",
            Why::Unverified => "eligibility.why-unverified",
            Why::Unread => "eligibility.why-unread",
        };
        self.say.get(key).to_owned()
    }

    fn threshold(&self, threshold: Threshold) -> String {
        let unit = self.say.get(&format!("eligibility.unit-{}", unit_word(threshold.unit)));
        let facts = [("found", threshold.found.to_string()), ("wanted", threshold.wanted.to_string())];
        let facts: Vec<(&str, &str)> =
            facts.iter().map(|(name, value)| (*name, value.as_str())).chain([("unit", unit)]).collect();
        self.say.with("eligibility.threshold", &facts)
    }

    /// A piece of evidence with its decision and day, leading to the fact in the record.
    pub fn evidence(&self, one: &Evidence) -> Link {
        let say = self.say;
        let given = (one.kind == EvidenceKind::Answer)
            .then(|| self.given.iter().find(|given| given.id.as_str() == one.key))
            .flatten();
        if let Some(given) = given {
            let facts = [
                ("by", &*given.entered.by),
                ("day", &*given.entered.at.date_in_vietnam().in_table()),
                ("reply", say.get(&format!("eligibility.reply-{}", given.reply.word()))),
                ("reason", &*given.entered.reason),
            ];
            return Link { label: say.with("eligibility.answered", &facts), href: "#tra-loi".to_owned() };
        }
        let mut parts = vec![self.what(one)];
        parts.extend(one.year.map(|year| say.with("eligibility.of-year", &[("year", &year.to_string())])));
        let mut label = parts.join(" ");
        if let Some(number) = one.decision.as_ref().filter(|number| !number.is_empty()) {
            label.push_str(&format!(", {}", say.with("eligibility.decision", &[("number", number)])));
        }
        if let Some(on) = one.on {
            label.push_str(&format!(", {}", on.in_table()));
        }
        let href = match self.subject {
            Some((kind, id)) => paths::subject_record(kind, id, &one.key),
            None => String::new(),
        };
        Link { label: upper_first(&label), href }
    }

    fn what(&self, one: &Evidence) -> String {
        fn of<W: Word>(say: &Messages, code: &str) -> String {
            W::parse(code).map_or_else(|| code.to_owned(), |found| word(say, found).to_owned())
        }
        let say = self.say;
        let what = match one.kind {
            EvidenceKind::Award => match HonourCode::parse(&one.what) {
                Ok(code) => said(say, &self.names.honour(&code)).to_owned(),
                Err(_) => one.what.clone(),
            },
            EvidenceKind::Rating => of::<Grade>(say, &one.what),
            EvidenceKind::Initiative => of::<Scope>(say, &one.what),
            EvidenceKind::Discipline => of::<Discipline>(say, &one.what),
            EvidenceKind::Inquiry => of::<InquiryKind>(say, &one.what),
            EvidenceKind::Answer => say.get(if one.what == "co" { "person.yes" } else { "person.no" }).to_owned(),
            EvidenceKind::Subject => {
                Category::parse(&one.what).map_or_else(String::new, |found| word(say, found).to_owned())
            }
            // A word of the book that the condition has said already.
            _ if one.what.chars().all(|c| c.is_ascii_lowercase() || c == '-') => String::new(),
            _ => one.what.clone(),
        };
        let kind = say.get(&format!("evidence-kind.{}", kind_word(one.kind)));
        match (what.is_empty(), one.kind) {
            (true, _) => kind.to_owned(),
            (false, EvidenceKind::Award) => what,
            (false, _) => format!("{kind}: {what}"),
        }
    }
}

/// The word of what a threshold counts, in keys of sentences and the API.
pub fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Times => "times",
        Unit::Years => "years",
        Unit::Months => "months",
        Unit::Percent => "percent",
        Unit::Persons => "persons",
        Unit::Points => "points",
        Unit::Rank => "rank",
        Unit::Count => "count",
    }
}

/// The word of a register, in keys of sentences and the API.
pub fn kind_word(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Award => "award",
        EvidenceKind::Rating => "rating",
        EvidenceKind::Initiative => "initiative",
        EvidenceKind::Discipline => "discipline",
        EvidenceKind::Inquiry => "inquiry",
        EvidenceKind::Registration => "registration",
        EvidenceKind::Members => "members",
        EvidenceKind::Cluster => "cluster",
        EvidenceKind::Movement => "movement",
        EvidenceKind::Service => "service",
        EvidenceKind::Office => "office",
        EvidenceKind::Score => "score",
        EvidenceKind::Count => "count",
        EvidenceKind::Statement => "statement",
        EvidenceKind::Subject => "subject",
        EvidenceKind::Answer => "answer",
    }
}

/// The name of a finding's row in a page.
pub fn anchor(path: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    format!("dk-{}", path.chars().map(plain).collect::<String>())
}
