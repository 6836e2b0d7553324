//! Measuring one leaf on one record: the verdict with its evidence, and what is missing.

use thidua_base::{Date, Number};

use crate::answer::{Evidence, EvidenceKind, Missing, Question, Threshold, Unit, Verdict, Why};
use crate::condition::{Leaf, Window};
use crate::plan::Op;
use crate::record::Record;
use crate::series::{Need, Series, YEARS_AHEAD, Years, counted};
use crate::span::year_end;
use crate::table::Said;
use crate::vocabulary::{Ends, Word};
use crate::{measure_members, measure_time};

/// What was measured of a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The verdict on the evidence.
    pub verdict: Verdict,
    /// Why it is open, where it is.
    pub why: Why,
    /// Asked for and found.
    pub threshold: Option<Threshold>,
    /// The evidence.
    pub evidence: Vec<Evidence>,
    /// What is missing.
    pub missing: Option<Missing>,
    /// The earliest award year it could be met.
    pub earliest: Option<i16>,
    /// How much was asked to be told.
    tell: Tell,
}

/// How much of a leaf is told. A verdict is the same however much is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tell {
    /// The verdict alone.
    Verdict,
    /// With the earliest year it could be met.
    Year,
    /// With the evidence, and what is missing in words.
    Reasons,
}

impl Tell {
    pub(crate) fn measured(self, surely: bool, possibly: bool) -> Measured {
        let verdict = Verdict::of(surely, possibly);
        let why = if verdict == Verdict::AskHuman { Why::NoEvidence } else { Why::Measured };
        Measured { verdict, why, threshold: None, evidence: Vec::new(), missing: None, earliest: None, tell: self }
    }

    pub(crate) fn judgement(self) -> Measured {
        Measured { why: Why::Judgement, ..self.measured(false, true) }
    }
}

impl Measured {
    pub(crate) fn found(mut self, wanted: impl Into<i64>, found: impl Into<i64>, unit: Unit) -> Self {
        self.threshold = Some(Threshold { wanted: wanted.into(), found: found.into(), unit });
        self
    }

    pub(crate) fn with<E: IntoIterator<Item = Evidence>>(mut self, evidence: impl FnOnce() -> E) -> Self {
        if self.tell == Tell::Reasons {
            self.evidence.extend(evidence());
        }
        self
    }

    /// Says what is missing unless it is met.
    pub(crate) fn lacking(mut self, how_many: Option<i64>, years: Vec<i16>, said: impl FnOnce() -> Said) -> Self {
        if self.verdict != Verdict::Met && self.tell == Tell::Reasons {
            self.missing = Some(Missing { how_many, years, said: said() });
        }
        self
    }

    /// The earliest award year it could be met; a judgement could be given now.
    pub(crate) fn year(&self, question: &Question) -> Option<i16> {
        if self.why == Why::Judgement { Some(question.year) } else { self.earliest }
    }

    /// The earliest year, unless it is met, which is now.
    pub(crate) fn by(mut self, year: impl FnOnce() -> Option<i16>) -> Self {
        if self.verdict != Verdict::Met && self.tell >= Tell::Year {
            self.earliest = year();
        }
        self
    }
}

/// Measures a leaf; `op` says which one, for answers of persons; `yearly` whether its honours are yearly titles.
pub fn leaf(
    leaf: &Leaf,
    op: &Op,
    root: &str,
    yearly: bool,
    record: &Record,
    question: &Question,
    tell: Tell,
) -> Measured {
    let mut measured = match leaf {
        Leaf::Held { .. } | Leaf::Rated { .. } | Leaf::Initiative { .. } => {
            over_years(leaf, yearly, record, question, tell)
        }
        Leaf::Ask(_) | Leaf::Local { .. } => answered(op, root, record, question, tell),
        Leaf::Passed { honours, years, which } => passed(honours, *years, *which, record, question, tell),
        Leaf::Undisciplined { .. } => undisciplined(leaf, record, question, tell),
        Leaf::NoInquiry { kinds } => no_inquiry(kinds, record, question, tell),
        Leaf::Worked { months } => measure_time::worked(*months, record, question, tell),
        Leaf::Served { .. } => measure_time::served(leaf, record, question, tell),
        Leaf::Founded { years } => measure_time::founded(*years, record, question, tell),
        Leaf::HeldOffice { posts, years, below, women } => {
            measure_time::held_office(posts, *years, *below, *women, record, question, tell)
        }
        Leaf::Members { who, compare, number, measure } => {
            measure_members::members(who, *compare, *number, *measure, record, question, tell)
        }
        Leaf::MembersUndisciplined { below } => measure_members::members_undisciplined(*below, record, question, tell),
        _ => crate::measure_facts::leaf(leaf, record, question, tell),
    };
    if measured.verdict == Verdict::Met {
        measured.earliest = Some(question.year);
    }
    measured
}

/// A judgement or local rule: open until a person has answered.
fn answered(op: &Op, root: &str, record: &Record, question: &Question, tell: Tell) -> Measured {
    let is_this = |condition: &str| condition == &*op.path || condition == &*op.id || condition == root;
    let answers = record.answers.iter().filter(|answer| {
        (answer.honour == question.honour || answer.honour == op.honour)
            && answer.year == question.year
            && answer.on <= question.on
            && is_this(&answer.condition)
    });
    // The latest answer stands; of two on one day that differ none does.
    let latest = answers.clone().map(|answer| answer.on).max();
    let mut standing = answers.filter(|answer| Some(answer.on) == latest);
    let Some(first) = standing.next() else {
        let vi = "Cần người có trách nhiệm nhận xét";
        return tell.judgement().lacking(None, Vec::new(), || Said::new(vi, "A responsible person must judge"));
    };
    if standing.any(|other| other.yes != first.yes) {
        return tell
            .judgement()
            .lacking(None, Vec::new(), || Said::new("Hai nhận xét cùng ngày khác nhau", "Two answers differ"));
    }
    let evidence = || Evidence {
        kind: EvidenceKind::Answer,
        key: first.by.clone(),
        what: if first.yes { "co".to_owned() } else { "khong".to_owned() },
        year: Some(first.year),
        decision: None,
        on: Some(first.on),
    };
    tell.measured(first.yes, first.yes)
        .with(|| [evidence()])
        .lacking(None, Vec::new(), || Said::new("Người có trách nhiệm đã trả lời không", "A person answered no"))
}

/// Awards, ratings and initiatives, by years.
fn over_years(leaf: &Leaf, yearly: bool, record: &Record, question: &Question, tell: Tell) -> Measured {
    let (Some(test), Some(series)) = (leaf.year_test(), leaf.series(record, question)) else {
        return tell.judgement();
    };
    let years = leaf.years(record, question);
    let (wanted, unit) = match (test.need, leaf) {
        (Need::Run(n, _), _) | (Need::Count(n), Leaf::Rated { .. }) => (i64::from(n), Unit::Years),
        (Need::Count(n), _) => (i64::from(n), Unit::Times),
    };
    let Years::From(first, last) = years else {
        return no_window(years, leaf, question, tell)
            .by(|| earliest(leaf, &series, test.need, years, yearly, question));
    };
    let (surely, possibly) = series.meets(test.need, first, last, question.year);
    if tell == Tell::Verdict {
        return tell.measured(surely, possibly);
    }
    let found = match test.need {
        Need::Count(_) => i64::from(series.count(first, last).0),
        Need::Run(_, Ends::YearBefore) => series.streak(question.year - 1),
        Need::Run(..) => series.streak(question.year),
    };
    let measured =
        tell.measured(surely, possibly).found(wanted, found, unit).with(|| proof(leaf, record, question, first, last));
    if measured.verdict == Verdict::Met {
        return measured;
    }
    let failing: Vec<i16> = match test.need {
        Need::Run(length, ends) => {
            let end = if ends == Ends::YearBefore { question.year - 1 } else { question.year };
            (end - i16::from(length) + 1..=end).filter(|year| series.year(*year).0 == 0).collect()
        }
        Need::Count(_) => Vec::new(),
    };
    let lack = wanted - found;
    let said = || {
        let (vi, en) = shortage(leaf, lack, &failing, possibly);
        Said::new(vi, en)
    };
    measured
        .lacking(Some(lack.max(0)), failing.clone(), said)
        .by(|| earliest(leaf, &series, test.need, years, yearly, question))
}

fn no_window(years: Years, leaf: &Leaf, question: &Question, tell: Tell) -> Measured {
    match years {
        Years::TooShort(anchor) => {
            let wanted = match leaf.window() {
                Some(Window::After { years, .. }) => i64::from(*years),
                _ => 0,
            };
            let passed = i64::from(question.year - anchor);
            tell.measured(false, false).found(wanted, passed, Unit::Years).lacking(
                Some(wanted - passed),
                Vec::new(),
                || {
                    Said::new(
                        format!(
                            "Mới qua {passed} năm kể từ thành tích được khen lần trước (năm {anchor}), cần {wanted} năm"
                        ),
                        format!(
                            "Only {passed} years since the achievement of the earlier award ({anchor}), {wanted} needed"
                        ),
                    )
                },
            )
        }
        Years::NoAnchor => tell.measured(false, false).lacking(None, Vec::new(), || {
            Said::new(
                "Chưa được tặng hình thức làm mốc tính thời gian",
                "The award that opens the period was never given",
            )
        }),
        Years::Unknown | Years::From(..) => tell.measured(false, true).lacking(None, Vec::new(), || {
            Said::new(
                "Chưa rõ đã được tặng hình thức làm mốc tính thời gian hay chưa: sổ khen thưởng chưa đủ",
                "Not known whether the award that opens the period was given: the register is not complete",
            )
        }),
    }
}

fn shortage(leaf: &Leaf, lack: i64, failing: &[i16], possibly: bool) -> (String, String) {
    let lack = lack.max(1);
    let list = failing.iter().map(i16::to_string).collect::<Vec<_>>().join(", ");
    let open = if possibly { (" (chưa đủ dữ liệu)", " (the data is incomplete)") } else { ("", "") };
    let years =
        if list.is_empty() { (String::new(), String::new()) } else { (format!(": năm {list}"), format!(": {list}")) };
    match leaf {
        Leaf::Rated { at_least, .. } => (
            format!("Thiếu {lack} năm xếp loại từ {} trở lên{}{}", at_least.vi(), years.0, open.0),
            format!("{lack} years rated \"{}\" or better are missing{}{}", at_least.en(), years.1, open.1),
        ),
        Leaf::Initiative { .. } => (
            format!("Thiếu {lack} sáng kiến, đề tài đạt yêu cầu{}", open.0),
            format!("{lack} initiatives of the kind asked for are missing{}", open.1),
        ),
        _ => (
            format!("Thiếu {lack} lần được tặng{}{}", years.0, open.0),
            format!("{lack} awards are missing{}{}", years.1, open.1),
        ),
    }
}

/// The first year the need would be met with the best from now on; forms of commendation are not assumed.
fn earliest(leaf: &Leaf, series: &Series, need: Need, years: Years, yearly: bool, question: &Question) -> Option<i16> {
    let now = question.year;
    if leaf.is_by_decision() || (matches!(leaf, Leaf::Held { .. }) && !yearly) {
        return None;
    }
    let assumed = series.assuming_after(now);
    let window = leaf.window();
    let first_at = |year: i16| match (years, window) {
        (Years::From(first, last), Some(Window::Career | Window::After { .. })) => Some(first.min(last)),
        (Years::From(first, _), None) if matches!(leaf, Leaf::Held { .. }) && matches!(need, Need::Count(_)) => {
            Some(first)
        }
        (Years::From(first, last), _) => Some(year - (last - first)),
        (Years::TooShort(anchor), Some(Window::After { years, .. })) if year - anchor >= i16::from(*years) => {
            Some(anchor + 1)
        }
        _ => None,
    };
    (now + 1..=now + YEARS_AHEAD)
        .find(|year| first_at(*year).is_some_and(|first| assumed.meets(need, first, *year, *year).0))
}

/// What of the registers a leaf over years rests on.
fn proof(leaf: &Leaf, record: &Record, question: &Question, first: i16, last: i16) -> Vec<Evidence> {
    let within = |year: i16| (first..=last).contains(&year);
    match leaf {
        Leaf::Held { honours, .. } => awards(record, honours, question, &|award| {
            within(if leaf.is_by_decision() { award.decided_on.map_or(award.year, Date::year) } else { award.year })
        }),
        Leaf::Rated { or_held, .. } => {
            let ratings = record.ratings.iter().filter(|rating| within(rating.year)).map(|rating| Evidence {
                kind: EvidenceKind::Rating,
                key: rating.key.clone(),
                what: rating.grade.code().to_owned(),
                year: Some(rating.year),
                decision: None,
                on: None,
            });
            let mut all: Vec<Evidence> = ratings.collect();
            all.extend(awards(record, or_held, question, &|award| within(award.year)));
            all
        }
        _ => {
            let counted = record.initiatives.iter().filter(|one| within(one.year) && leaf.counts(one).1);
            let proof = counted.map(|one| Evidence {
                kind: EvidenceKind::Initiative,
                key: one.key.clone(),
                what: one.scope.code().to_owned(),
                year: Some(one.year),
                decision: one.decision.clone(),
                on: one.decided_on,
            });
            proof.collect()
        }
    }
}

fn awards(
    record: &Record,
    honours: &[thidua_base::code::HonourCode],
    question: &Question,
    within: &dyn Fn(&crate::record::Award) -> bool,
) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = counted(record, honours, question.on)
        .filter(|award| within(award))
        .map(|award| Evidence {
            kind: EvidenceKind::Award,
            key: award.key.clone(),
            what: award.honour.as_str().to_owned(),
            year: Some(award.year),
            decision: award.decision.clone(),
            on: award.decided_on,
        })
        .collect();
    // The order of facts must not show.
    all.sort_by(|a, b| (a.year, &a.what, &a.key).cmp(&(b.year, &b.what, &b.key)));
    all
}

fn passed(
    honours: &[thidua_base::code::HonourCode],
    years: u8,
    which: crate::vocabulary::Which,
    record: &Record,
    question: &Question,
    tell: Tell,
) -> Measured {
    let window = crate::series::after(record, question, honours, years, which);
    let proof = || awards(record, honours, question, &|award| award.last_year() <= question.year);
    match window {
        Years::From(first, last) => tell.measured(true, true).found(years, last - first + 1, Unit::Years).with(proof),
        Years::TooShort(anchor) => {
            let passed = question.year - anchor;
            tell.measured(false, false)
                .found(years, passed, Unit::Years)
                .with(proof)
                .lacking(Some(i64::from(years) - i64::from(passed)), Vec::new(), || {
                    Said::new(
                        format!("Mới qua {passed} năm kể từ năm {anchor}, cần {years} năm"),
                        format!("Only {passed} years since {anchor}, {years} needed"),
                    )
                })
                .by(|| Some(anchor + i16::from(years)))
        }
        other => no_window(other, &Leaf::Ask(Said::default()), question, tell),
    }
}

fn undisciplined(leaf: &Leaf, record: &Record, question: &Question, tell: Tell) -> Measured {
    let Leaf::Undisciplined { below, window } = leaf else { return tell.judgement() };
    let (first, last) = match leaf.years(record, question) {
        Years::From(first, last) => (first, last),
        other => return no_window(other, leaf, question, tell),
    };
    let start = Date::new(first, 1, 1);
    let end = year_end(last);
    let bars = |level: &crate::record::DisciplineCase| {
        level.level >= *below
            && level.from <= question.on
            && end.is_some_and(|end| level.from < end)
            && start.is_some_and(|start| level.to.is_none_or(|to| to > start))
    };
    let found: Vec<&crate::record::DisciplineCase> = record.disciplines.iter().filter(|one| bars(one)).collect();
    let is_known = record.disciplines_complete_from.is_some_and(|from| from <= first)
        || crate::series::is_known_from(record, record.disciplines_complete_from);
    let clean = found.is_empty();
    let proof = || {
        let mut found = found.clone();
        found.sort_by(|a, b| (a.from, &a.key).cmp(&(b.from, &b.key)));
        found.into_iter().map(|one| Evidence {
            kind: EvidenceKind::Discipline,
            key: one.key.clone(),
            what: one.level.code().to_owned(),
            year: Some(one.from.year()),
            decision: None,
            on: Some(one.from),
        })
    };
    // A window that slides leaves the discipline behind.
    let slides = matches!(window, Window::AwardYear | Window::Last(_));
    let until =
        found.iter().map(|one| one.to).try_fold(i16::MIN, |latest, to| Some(latest.max(to?.day_before().year())));
    let leaves = until.filter(|_| slides && !clean).map(|year| year + 1 + (last - first));
    let (vi, en) = if clean {
        (
            "Chưa rõ có bị kỷ luật hay không: sổ kỷ luật chưa đủ",
            "Not known: the register of disciplines is not complete",
        )
    } else {
        ("Bị kỷ luật trong thời gian xét", "Disciplined in the time looked at")
    };
    tell.measured(clean && is_known, clean).with(proof).lacking(None, Vec::new(), || Said::new(vi, en)).by(|| leaves)
}

fn no_inquiry(kinds: &[crate::vocabulary::InquiryKind], record: &Record, question: &Question, tell: Tell) -> Measured {
    let on = question.on;
    let open = record
        .inquiries
        .iter()
        .filter(|one| kinds.contains(&one.kind) && one.from <= on && one.to.is_none_or(|to| on < to));
    let free = open.clone().next().is_none();
    let proof = || {
        let mut proof: Vec<Evidence> = open
            .map(|one| Evidence {
                kind: EvidenceKind::Inquiry,
                key: one.key.clone(),
                what: one.kind.code().to_owned(),
                year: None,
                decision: None,
                on: Some(one.from),
            })
            .collect();
        proof.sort_by(|a, b| (a.on, &a.key).cmp(&(b.on, &b.key)));
        proof
    };
    tell.measured(free, free)
        .with(proof)
        .lacking(None, Vec::new(), || Said::new("Đang có việc chưa kết luận", "A matter is open and not concluded"))
}

/// A whole number as an exact one.
pub(crate) fn exact(number: impl Into<i64>) -> Option<Number> {
    Number::new(number.into(), 0)
}
