//! Explaining one record: the plan is run over it and every step is kept.

use std::sync::Arc;

use thidua_base::Date;

use crate::answer::{Answer, Finding, Joined, LawDate, Outcome, Question, Reading, Verdict, Why};
use crate::book::Book;
use crate::gate::Transition;
use crate::measure::{self, Tell};
use crate::plan::{Act, Op, Plan, Root};
use crate::record::Record;
use crate::stand::latest_of;
use crate::table::Said;
use crate::vocabulary::{Confidence, Effect, TransitionLaw, TransitionWhen, Word};

impl Book {
    /// Answers a question about a record. Never fails: what is not known is part of the answer.
    pub fn answer(&self, question: &Question, record: &Record) -> Answer {
        let (law_date, better) = self.law_date(question);
        let mut reading = self.reading(question, record, law_date.day);
        let mut other = None;
        if better && law_date.day != question.on {
            let new = self.reading(question, record, question.on);
            other = Some(new);
            if let Some(new) = other.as_mut().filter(|new| new.outcome.rank() > reading.outcome.rank()) {
                std::mem::swap(new, &mut reading);
            }
        }
        let mut warnings = Vec::new();
        let mut outcome = reading.outcome.clone();
        if law_date.confidence != Confidence::TextSeen {
            warnings.push(Said::new(
                format!("Cách chọn luật áp dụng mới ở mức \"{}\": cần đối chiếu nguyên văn", law_date.confidence.vi()),
                format!("The choice of the law is only \"{}\": compare with the text", law_date.confidence.en()),
            ));
            // A refusal must not rest on a clause that was not read.
            if let Outcome::Barred(paths) = outcome {
                outcome = Outcome::AskHuman(paths);
            }
        }
        if let Some(unread) = &reading.unread {
            warnings.push(Said::new(
                format!("Quy định này bị văn bản {unread} tác động mà chưa đọc được nguyên văn: chưa kết luận được"),
                format!("This version is touched by {unread}, whose text was not read: nothing is final"),
            ));
        }
        warnings.extend(self.person_decides(question));
        let pending = reading.gates.iter().filter(|gate| gate.verdict != Verdict::Met).map(|gate| gate.path.clone());
        let earliest = latest_of(reading.findings.iter().map(|finding| finding.earliest));
        Answer {
            question: question.clone(),
            law_date,
            outcome,
            pending: pending.collect(),
            warnings,
            earliest,
            other,
            reading,
            book_hash: self.hash().to_owned(),
        }
    }

    /// The day whose law a file is judged by, with the rule that says so; and whether the new law may be taken where
    /// it is better.
    ///
    /// The law of the day of decision, unless a transition clause keeps a file under the old one; of several that do,
    /// the one of the earliest change.
    pub fn law_date(&self, question: &Question) -> (LawDate, bool) {
        let chosen = self.transitions_for(question).filter(|clause| moves(clause, question)).min_by(|a, b| {
            a.boundary.cmp(&b.boundary).then_with(|| b.over.contains(&a.id).cmp(&a.over.contains(&b.id)))
        });
        match chosen {
            Some(clause) => {
                let note = clause.note.clone().unwrap_or_default();
                let date = LawDate {
                    day: clause.boundary.day_before(),
                    rule: clause.id.clone(),
                    said: note,
                    cite: Some(clause.cite.clone()),
                    confidence: clause.confidence,
                };
                (date, clause.law == TransitionLaw::OldOrBetterNew)
            }
            None => {
                let said = Said::new("Luật có hiệu lực vào ngày quyết định", "The law in force on the day of decision");
                let rule = "ngay-quyet-dinh".to_owned();
                (LawDate { day: question.on, rule, said, cite: None, confidence: Confidence::TextSeen }, false)
            }
        }
    }

    fn transitions_for<'b>(&'b self, question: &Question) -> impl Iterator<Item = &'b Transition> {
        let honour = self.honour(&question.honour);
        self.rules().transitions.iter().filter(move |clause| honour.is_some_and(|honour| clause.to(honour)))
    }

    /// Clauses near the question that only a person can apply.
    fn person_decides(&self, question: &Question) -> Vec<Said> {
        let near = |clause: &&Transition| {
            clause.law == TransitionLaw::PersonDecides
                && question.on >= clause.boundary
                && question.year <= clause.boundary.year()
        };
        self.transitions_for(question).filter(near).filter_map(|clause| clause.note.clone()).collect()
    }

    /// The answer under the law of a day.
    pub fn reading(&self, question: &Question, record: &Record, day: Date) -> Reading {
        let nothing =
            |outcome| Reading { day, version: None, unread: None, outcome, findings: Vec::new(), gates: Vec::new() };
        let Some((honour, version)) =
            self.honour(&question.honour).and_then(|honour| Some((honour, honour.version(day)?)))
        else {
            return nothing(Outcome::NotInForce);
        };
        let fits = version.subjects_of(honour).contains(&question.subject) && record.subject == question.subject;
        let plan = self.plan(&question.honour, question.subject, day).filter(|_| fits);
        let Some(plan) = plan else {
            return Reading { version: Some(version.span.from), ..nothing(Outcome::NotForThisSubject) };
        };
        let (findings, gates) = explain(plan, record, question);
        let outcome = outcome(plan, &findings, &gates);
        Reading { day, version: Some(plan.version), unread: plan.unread.clone(), outcome, findings, gates }
    }
}

/// Whether a clause keeps the file of a question under the old law.
fn moves(clause: &Transition, question: &Question) -> bool {
    let before = |day: Option<Date>| day.is_some_and(|day| day < clause.boundary);
    let chosen = matches!(clause.law, TransitionLaw::Old | TransitionLaw::OldOrBetterNew);
    chosen
        && question.on >= clause.boundary
        && match clause.when {
            TransitionWhen::ReceivedBefore => before(question.received_on),
            TransitionWhen::ProposedBefore => before(question.proposed_on.or(question.received_on)),
            TransitionWhen::AchievedBefore => question.year < clause.boundary.year(),
            // Awards decided and works begun before are facts; they do not choose the law of a file.
            TransitionWhen::DecidedBefore | TransitionWhen::BegunBefore => false,
        }
}

/// Runs a plan over a record and keeps every step: findings of conditions and of gates.
pub fn explain(plan: &Plan, record: &Record, question: &Question) -> (Vec<Finding>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut gates = Vec::new();
    for root in &plan.roots {
        let Some(mut finding) = run(plan, root, record, question) else { continue };
        match &root.gate {
            None => {
                if plan.unread.is_some() {
                    unread(&mut finding);
                }
                findings.push(finding);
            }
            Some(gate) => {
                match gate.to_type(question.kind) {
                    Some(false) => continue,
                    Some(true) => {}
                    // Whether the gate stands at all hangs on the type, which is not known.
                    None if finding.verdict == Verdict::NotMet => {
                        finding.verdict = Verdict::AskHuman;
                        finding.why = Why::NoEvidence;
                    }
                    None => {}
                }
                finding.effect = Some(gate.effect);
                gates.push(finding);
            }
        }
    }
    (findings, gates)
}

fn run(plan: &Plan, root: &Root, record: &Record, question: &Question) -> Option<Finding> {
    // A condition that is one question takes the answer under its own name; of several each has its own.
    let alone = plan.alone(root);
    let mut stack: Vec<Finding> = Vec::new();
    for op in &plan.ops[root.start..root.end] {
        let finding = match op.act {
            Act::Leaf(at) => {
                let measured =
                    measure::leaf(&plan.leaves[at], op, alone, plan.yearly[at], record, question, Tell::Reasons);
                let mut finding = bare(op, measured.verdict, measured.why);
                finding.earliest = measured.year(question);
                finding.threshold = measured.threshold;
                finding.evidence = measured.evidence;
                finding.missing = measured.missing;
                finding
            }
            Act::All(parts) => join(op, stack.split_off(stack.len().saturating_sub(parts)), Joined::All),
            Act::Any(parts) => join(op, stack.split_off(stack.len().saturating_sub(parts)), Joined::Any),
            Act::Not => join(op, stack.split_off(stack.len().saturating_sub(1)), Joined::Not),
        };
        stack.push(capped(finding, op));
    }
    stack.pop()
}

/// Below text-seen nothing is refused.
fn capped(mut finding: Finding, op: &Op) -> Finding {
    if finding.verdict == Verdict::NotMet && op.refusal != Confidence::TextSeen {
        finding.verdict = Verdict::AskHuman;
        finding.why = Why::Unverified;
    }
    finding
}

fn bare(op: &Op, verdict: Verdict, why: Why) -> Finding {
    Finding {
        id: Arc::clone(&op.id),
        path: Arc::clone(&op.path),
        verdict,
        measured: verdict,
        why,
        cite: Arc::clone(&op.cite),
        also: Arc::clone(&op.also),
        confidence: op.confidence,
        said: Arc::clone(&op.said),
        note: op.note.clone(),
        open: op.open.clone(),
        threshold: None,
        evidence: Vec::new(),
        missing: None,
        earliest: None,
        layer: op.layer.clone(),
        effect: None,
        joined: None,
        children: Vec::new(),
    }
}

fn join(op: &Op, children: Vec<Finding>, joined: Joined) -> Finding {
    let verdict = joined.of(children.iter().map(|child| child.verdict));
    let measured = joined.of(children.iter().map(|child| child.measured));
    let why = if verdict == Verdict::AskHuman {
        let open = children.iter().find(|child| child.verdict == Verdict::AskHuman);
        open.map_or(Why::NoEvidence, |child| child.why)
    } else {
        Why::Measured
    };
    let earliest = match joined {
        Joined::All => latest_of(children.iter().map(|child| child.earliest)),
        Joined::Any => children.iter().filter_map(|child| child.earliest).min(),
        Joined::Not => None,
    };
    Finding { measured, earliest, joined: Some(joined), children, ..bare(op, verdict, why) }
}

fn unread(finding: &mut Finding) {
    finding.verdict = Verdict::AskHuman;
    finding.why = Why::Unread;
    finding.children.iter_mut().for_each(unread);
}

fn outcome(plan: &Plan, findings: &[Finding], gates: &[Finding]) -> Outcome {
    let with = |verdict: Verdict| findings.iter().filter(move |one| one.verdict == verdict).map(|one| one.path.clone());
    let stops = |one: &&Finding| one.effect != Some(Effect::Warn) && one.measured == Verdict::NotMet;
    let stopped = gates.iter().filter(stops);
    let barred: Vec<Arc<str>> = with(Verdict::NotMet)
        .chain(stopped.clone().filter(|gate| gate.verdict == Verdict::NotMet).map(|gate| gate.path.clone()))
        .collect();
    if plan.unread.is_none() && !barred.is_empty() {
        return Outcome::Barred(barred);
    }
    // A gate that is open does not change the outcome: it is still to be done. One that measures against is asked.
    let open: Vec<Arc<str>> = with(Verdict::AskHuman).chain(stopped.map(|gate| gate.path.clone())).collect();
    if plan.unread.is_none() && open.is_empty() { Outcome::Entitled } else { Outcome::AskHuman(open) }
}
