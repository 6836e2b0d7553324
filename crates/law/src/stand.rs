//! How a record stands, without reasons: the steps of the explanation with nothing kept of them but verdict and
//! earliest year. For lists, where reasons are sought for those only who are shown.

use thidua_base::Date;

use crate::answer::{Joined, LawDate, Outcome, Question, Verdict};
use crate::book::Book;
use crate::measure::{self, Tell};
use crate::plan::{Act, Plan, Root};
use crate::record::Record;
use crate::vocabulary::{Confidence, Effect};

/// How a record stands to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The outcome of the answer, without the ways to what bars or is open.
    pub outcome: Outcome,
    /// Whether a gate is among what bars.
    pub by_gate: bool,
    /// The earliest award year all conditions could be met.
    pub earliest: Option<i16>,
}

/// A question asked of many records: the law that answers it is found once.
#[derive(Debug, Clone)]
pub struct Asked<'b> {
    question: Question,
    law_date: LawDate,
    /// The law of the file; the new one too where a clause lets the better of both be taken.
    laws: Vec<Law<'b>>,
}

#[derive(Debug, Clone)]
enum Law<'b> {
    None,
    NotForThis,
    Plan(&'b Plan),
}

impl Book {
    /// A question to be asked of many records, each of the kind of subject that it names.
    pub fn asked(&self, question: Question) -> Asked<'_> {
        let (law_date, better) = self.law_date(&question);
        let mut days: Vec<Date> = vec![law_date.day];
        if better && law_date.day != question.on {
            days.push(question.on);
        }
        let law = |day: Date| {
            let version = self.honour(&question.honour).and_then(|honour| Some((honour, honour.version(day)?)));
            let Some((honour, version)) = version else { return Law::None };
            let fits = version.subjects_of(honour).contains(&question.subject);
            let plan = self.plan(&question.honour, question.subject, day).filter(|_| fits);
            plan.map_or(Law::NotForThis, Law::Plan)
        };
        let laws = days.into_iter().map(law).collect();
        Asked { question, law_date, laws }
    }
}

impl Asked<'_> {
    /// What is asked, as which kind of subject.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The day whose law is used, with the rule that says so.
    pub fn law_date(&self) -> &LawDate {
        &self.law_date
    }

    /// How a record stands: as [`Book::answer`] says, without the reasons.
    pub fn of(&self, record: &Record) -> Stand {
        let stands = self.laws.iter().map(|law| match law {
            Law::None => Stand { outcome: Outcome::NotInForce, by_gate: false, earliest: None },
            Law::NotForThis => Stand { outcome: Outcome::NotForThisSubject, by_gate: false, earliest: None },
            Law::Plan(plan) => stand(plan, record, &self.question),
        });
        // Of two laws the first stays unless the other is better.
        let best = stands.reduce(|old, new| if new.outcome.rank() > old.outcome.rank() { new } else { old });
        let mut best = best.unwrap_or(Stand { outcome: Outcome::NotInForce, by_gate: false, earliest: None });
        if self.law_date.confidence != Confidence::TextSeen && matches!(best.outcome, Outcome::Barred(_)) {
            best.outcome = Outcome::AskHuman(Vec::new());
        }
        best
    }
}

/// A step: after the rule of confidence, before it, and the earliest year.
#[derive(Debug, Clone, Copy)]
struct Step {
    verdict: Verdict,
    measured: Verdict,
    earliest: Option<i16>,
}

/// How a record stands under one plan.
pub fn stand(plan: &Plan, record: &Record, question: &Question) -> Stand {
    let mut steps: Vec<Step> = Vec::new();
    let (mut bars, mut opens, mut by_gate) = (false, false, false);
    let mut earliest = Some(i16::MIN);
    for root in &plan.roots {
        let Some(step) = run(plan, root, record, question, &mut steps) else { continue };
        match &root.gate {
            None => {
                let verdict = if plan.unread.is_some() { Verdict::AskHuman } else { step.verdict };
                bars |= verdict == Verdict::NotMet;
                opens |= verdict == Verdict::AskHuman;
                earliest = earliest.zip(step.earliest).map(|(latest, year)| latest.max(year));
            }
            Some(gate) => {
                let verdict = match (gate.to_type(question.kind), step.verdict) {
                    (Some(false), _) => continue,
                    (None, Verdict::NotMet) => Verdict::AskHuman,
                    (_, verdict) => verdict,
                };
                if gate.effect != Effect::Warn && step.measured == Verdict::NotMet {
                    opens = true;
                    by_gate |= verdict == Verdict::NotMet;
                }
            }
        }
    }
    let outcome = if plan.unread.is_some() {
        Outcome::AskHuman(Vec::new())
    } else if bars || by_gate {
        Outcome::Barred(Vec::new())
    } else if opens {
        Outcome::AskHuman(Vec::new())
    } else {
        Outcome::Entitled
    };
    let by_gate = by_gate && matches!(outcome, Outcome::Barred(_));
    Stand { outcome, by_gate, earliest: earliest.filter(|year| *year > i16::MIN) }
}

fn run(plan: &Plan, root: &Root, record: &Record, question: &Question, steps: &mut Vec<Step>) -> Option<Step> {
    steps.clear();
    for op in &plan.ops[root.start..root.end] {
        let step = match op.act {
            Act::Leaf(at) => {
                let leaf = &plan.leaves[at];
                let alone = if leaf.is_judgement() { plan.alone(root) } else { "" };
                let measured = measure::leaf(leaf, op, alone, plan.yearly[at], record, question, Tell::Year);
                Step { verdict: measured.verdict, measured: measured.verdict, earliest: measured.year(question) }
            }
            Act::All(parts) => joined(steps, parts, Joined::All),
            Act::Any(parts) => joined(steps, parts, Joined::Any),
            Act::Not => joined(steps, 1, Joined::Not),
        };
        let is_capped = step.verdict == Verdict::NotMet && op.refusal != Confidence::TextSeen;
        steps.push(Step { verdict: if is_capped { Verdict::AskHuman } else { step.verdict }, ..step });
    }
    steps.pop()
}

fn joined(steps: &mut Vec<Step>, parts: usize, joined: Joined) -> Step {
    let from = steps.len().saturating_sub(parts);
    let parts = &steps[from..];
    let years = || parts.iter().map(|part| part.earliest);
    let step = Step {
        verdict: joined.of(parts.iter().map(|part| part.verdict)),
        measured: joined.of(parts.iter().map(|part| part.measured)),
        earliest: match joined {
            Joined::All => latest_of(years()),
            Joined::Any => years().flatten().min(),
            Joined::Not => None,
        },
    };
    steps.truncate(from);
    step
}

/// The latest of the earliest years; `None` where one of them cannot be said, or there is none.
pub(crate) fn latest_of(mut years: impl Iterator<Item = Option<i16>>) -> Option<i16> {
    years.try_fold(i16::MIN, |latest, year| Some(latest.max(year?))).filter(|year| *year > i16::MIN)
}

impl Joined {
    /// The verdict of what is joined, from those of its parts.
    pub(crate) fn of(self, verdicts: impl Iterator<Item = Verdict>) -> Verdict {
        match self {
            Self::All => verdicts.fold(Verdict::Met, Verdict::and),
            Self::Any => verdicts.fold(Verdict::NotMet, Verdict::or),
            Self::Not => verdicts.fold(Verdict::Met, Verdict::and).negated(),
        }
    }
}
