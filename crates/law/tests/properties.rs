//! What holds of the whole shipped book, on records by chance.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod random;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use thidua_base::Date;
use thidua_law::Book;
use thidua_law::answer::{Finding, Outcome, Question, Verdict};
use thidua_law::batch::{BatchAnswer, run};
use thidua_law::condition::{Leaf, Test, Window};
use thidua_law::evaluate::explain;
use thidua_law::plan::{Act, Plan};
use thidua_law::population::Population;
use thidua_law::record::Record;
use thidua_law::vocabulary::{Confidence, Run};

use random::{Chance, record};

static BOOK: LazyLock<&'static Book> = LazyLock::new(|| Book::shipped().unwrap());

/// A day of a plan, well inside it where it is long enough.
fn question(plan: &Plan, seed: u64) -> Question {
    let last = plan.span.to.unwrap_or_else(|| Date::new(2027, 2, 1).unwrap());
    let days = last.days_since(plan.span.from).max(1);
    let on = plan.span.from.plus_days(i64::try_from(seed % 400).unwrap() % days).unwrap();
    let mut chance = Chance::new(seed);
    let kind = if chance.once_in(2) { None } else { Some(thidua_law::vocabulary::AwardType::Merit) };
    let year = if chance.once_in(2) { on.year() } else { on.year() - 1 };
    let (received_on, proposed_on) = (None, None);
    Question { honour: plan.honour.clone(), on, year, received_on, proposed_on, kind, subject: plan.subject }
}

fn asks(plan: &Plan) -> Vec<String> {
    let asked = plan.ops.iter().filter(|op| matches!(op.act, Act::Leaf(at) if plan.leaves[at].is_judgement()));
    asked.map(|op| op.id.to_string()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn people(plan: &Plan, question: &Question, seed: u64, count: u64) -> Vec<Record> {
    let asks = asks(plan);
    (0..count)
        .map(|at| {
            record(&BOOK, plan.subject, &plan.honour, &asks, question.year, seed.wrapping_mul(31).wrapping_add(at))
        })
        .collect()
}

fn leaves_of(finding: &Finding, all: &mut Vec<Verdict>) {
    if finding.joined.is_none() {
        all.push(finding.measured);
    }
    finding.children.iter().for_each(|child| leaves_of(child, all));
}

/// Explained one by one, told without reasons and run all at once, the same comes out: outcome, and every leaf.
#[test]
fn both_executors_agree_on_every_plan_of_the_book() {
    let mut into = BatchAnswer::default();
    let mut seen = [0_usize; 3];
    for (number, plan) in (1_u64..).zip(BOOK.plans()) {
        let question = question(plan, number);
        let records = people(plan, &question, number, 6);
        let population = Population::of_records(plan, &question, &records);
        run(plan, &population, &question, &mut into);
        for (person, record) in records.iter().enumerate() {
            let reading = BOOK.reading(&question, record, question.on);
            let code = match &reading.outcome {
                Outcome::Barred(_) => Verdict::NotMet,
                Outcome::AskHuman(_) => Verdict::AskHuman,
                Outcome::Entitled => Verdict::Met,
                other => panic!("{}: {other:?}", plan.honour),
            };
            seen[code as usize] += 1;
            assert_eq!(into.outcome(person), code, "{} {} person {person}", plan.honour, question.on);
            let answer = BOOK.answer(&question, record);
            let stand = BOOK.asked(question.clone()).of(record);
            let of_answer = |outcome: &Outcome| std::mem::discriminant(outcome);
            assert_eq!(of_answer(&stand.outcome), of_answer(&answer.outcome), "{} {}", plan.honour, question.on);
            assert_eq!(stand.earliest, answer.earliest, "{} {} person {person}", plan.honour, question.on);
            let barring =
                |ways: &[std::sync::Arc<str>]| answer.reading.gates.iter().any(|gate| ways.contains(&gate.path));
            let by_gate = matches!(&answer.outcome, Outcome::Barred(ways) if barring(ways));
            assert_eq!(stand.by_gate, by_gate, "{} {} person {person}", plan.honour, question.on);
            let (findings, _) = explain(plan, record, &question);
            let mut measured = Vec::new();
            findings.iter().for_each(|finding| leaves_of(finding, &mut measured));
            let unmet: Vec<usize> = (0..measured.len()).filter(|leaf| measured[*leaf] == Verdict::NotMet).collect();
            let of_batch: Vec<usize> = into.not_met(person).filter(|leaf| *leaf < measured.len()).collect();
            assert_eq!(of_batch, unmet, "{} {} person {person}", plan.honour, question.on);
        }
    }
    assert!(seen.iter().all(|count| *count > 20), "the records try all outcomes: {seen:?}");
}

/// The order of facts does not show: neither in the outcome nor in any finding.
#[test]
fn the_order_of_facts_is_irrelevant() {
    for (number, plan) in (1_u64..).zip(BOOK.plans()).step_by(3) {
        let question = question(plan, number);
        for record in people(plan, &question, number + 7, 2) {
            let mut turned = record.clone();
            turned.awards.reverse();
            turned.ratings.reverse();
            turned.initiatives.reverse();
            turned.disciplines.reverse();
            turned.clusters.reverse();
            turned.movements.reverse();
            turned.service.reverse();
            turned.offices.reverse();
            turned.answers.reverse();
            let (a, b) = (BOOK.answer(&question, &record), BOOK.answer(&question, &turned));
            assert_eq!(a.outcome, b.outcome, "{} on {}", plan.honour, question.on);
            let verdicts = |answer: &thidua_law::Answer| -> Vec<_> {
                answer
                    .all_findings()
                    .iter()
                    .map(|finding| (finding.measured, finding.verdict, finding.earliest))
                    .collect()
            };
            assert_eq!(verdicts(&a), verdicts(&b), "{} on {}", plan.honour, question.on);
        }
    }
}

/// Every finding that stands for somebody: what a denial denies does not.
fn outside_denials(answer: &thidua_law::Answer) -> Vec<&Finding> {
    fn walk<'f>(finding: &'f Finding, all: &mut Vec<&'f Finding>) {
        all.push(finding);
        if finding.joined != Some(thidua_law::answer::Joined::Not) {
            finding.children.iter().for_each(|child| walk(child, all));
        }
    }
    let mut all = Vec::new();
    answer.reading.findings.iter().chain(&answer.reading.gates).for_each(|finding| walk(finding, &mut all));
    all
}

/// A refusal rests on something whose text was read; what was not read asks, whatever the record.
#[test]
fn a_condition_below_text_seen_never_refuses_on_its_own() {
    let mut refusals = 0;
    for (number, plan) in (1_u64..).zip(BOOK.plans()) {
        let question = question(plan, number);
        let mut records = people(plan, &question, number + 13, 2);
        // Nothing at all, and known to be nothing: what can be refused is.
        records.push(Record::unknown(plan.subject).complete_from(1900));
        for record in &records {
            let answer = BOOK.answer(&question, record);
            for finding in outside_denials(&answer) {
                assert!(
                    finding.verdict != Verdict::NotMet || finding.confidence == Confidence::TextSeen,
                    "{} on {}: {} is refused at {:?}",
                    plan.honour,
                    question.on,
                    finding.path,
                    finding.confidence
                );
            }
            if let Outcome::Barred(paths) = &answer.outcome {
                refusals += 1;
                assert!(!paths.is_empty());
                for path in paths {
                    let finding = answer.at(path).unwrap();
                    assert!(finding.verdict == Verdict::NotMet && finding.confidence == Confidence::TextSeen);
                    assert!(!finding.cite.instrument.as_str().is_empty(), "every refusal names its clause");
                }
                assert!(plan.unread.is_none(), "a version that was not read refuses nobody");
            }
        }
    }
    assert!(refusals > 50, "the records try refusals: {refusals}");
}

/// Whether a plan says that awards may stand against somebody: a window that an award opens anew, a limit, a denial.
fn titles_may_stand_against(plan: &Plan) -> bool {
    let honour = BOOK.honour(&plan.honour).unwrap();
    let version = honour.version(plan.span.from).unwrap();
    let mut may = false;
    let mut nodes: Vec<_> = version.conditions.iter().map(|condition| &condition.node).collect();
    nodes.extend(BOOK.rules().gates.iter().filter(|gate| gate.span.has(plan.span.from)).map(|gate| &gate.node));
    for node in nodes {
        node.walk("", &mut |_, node| {
            may |= matches!(&node.test, Test::Not(_))
                || matches!(&node.test, Test::Leaf(leaf) if matches!(leaf.window(), Some(Window::After { .. })))
                || matches!(&node.test, Test::Leaf(Leaf::Passed { .. }));
        });
    }
    may
}

/// One more award never takes anything away, unless a clause says so itself.
#[test]
fn adding_an_award_never_removes_entitlement_unless_a_clause_says_so() {
    let mut tried = 0;
    for (number, plan) in (1_u64..).zip(BOOK.plans()) {
        if titles_may_stand_against(plan) {
            continue;
        }
        let question = question(plan, number);
        for record in people(plan, &question, number + 17, 3) {
            let mut more = record.clone();
            let extra = random::record(&BOOK, plan.subject, &plan.honour, &[], question.year, number + 1000);
            more.awards.extend(extra.awards.into_iter().filter(|award| award.revoked_on.is_none()));
            let rank = |record: &Record| match BOOK.answer(&question, record).outcome {
                Outcome::Barred(_) => 1,
                Outcome::AskHuman(_) => 2,
                Outcome::Entitled => 3,
                _ => 0,
            };
            assert!(rank(&more) >= rank(&record), "{} on {}", plan.honour, question.on);
            tried += 1;
        }
    }
    assert!(tried > 100, "enough honours are tried: {tried}");
}

/// A revoked award is as good as none.
#[test]
fn a_revoked_award_never_counts() {
    for (number, plan) in (1_u64..).zip(BOOK.plans()).step_by(5) {
        let question = question(plan, number);
        for record in people(plan, &question, number + 23, 2) {
            let mut revoked = record.clone();
            revoked.awards.iter_mut().for_each(|award| award.revoked_on = Some(question.on));
            let mut none = record.clone();
            none.awards.clear();
            let (a, b) = (BOOK.answer(&question, &revoked), BOOK.answer(&question, &none));
            assert_eq!(a.outcome, b.outcome, "{} on {}", plan.honour, question.on);
        }
    }
}

/// The earliest year of a run or a count is the first in which the same leaf is met, if all goes as assumed.
#[test]
fn the_earliest_year_is_the_first_that_meets() {
    let mut tried = 0;
    for (number, plan) in (1_u64..).zip(BOOK.plans()).step_by(2) {
        let question = question(plan, number);
        for record in people(plan, &question, number + 29, 2) {
            let (findings, _) = explain(plan, &record, &question);
            let mut all = Vec::new();
            fn walk<'f>(finding: &'f Finding, all: &mut Vec<&'f Finding>) {
                all.push(finding);
                finding.children.iter().for_each(|child| walk(child, all));
            }
            findings.iter().for_each(|finding| walk(finding, &mut all));
            let plain: Vec<&Finding> = all.into_iter().filter(|finding| finding.joined.is_none()).collect();
            for (finding, leaf) in plain.iter().zip(&plan.leaves) {
                let Leaf::Rated { at_least, years, run, window, .. } = leaf else { continue };
                let Some(year) = finding.earliest.filter(|_| finding.measured != Verdict::Met) else { continue };
                if *run == Run::Any && window.is_none() {
                    continue;
                }
                let mut later = record.clone();
                later.ratings.extend((question.year + 1..=year).map(|year| thidua_law::record::Rating {
                    year,
                    grade: thidua_law::vocabulary::Grade::Excellent,
                    key: String::new(),
                }));
                // The same day: what is decided later is another story, and the assumption has none.
                let then = Question { year, ..question.clone() };
                later.awards.retain(|award| award.last_year() <= question.year);
                let (findings, _) = explain(plan, &later, &then);
                let found = findings.iter().find_map(|root| find(root, &finding.path)).unwrap();
                assert_eq!(
                    found.measured,
                    Verdict::Met,
                    "{} {} {at_least:?} {years} {year}",
                    plan.honour,
                    finding.path
                );
                assert!(year > question.year);
                tried += 1;
            }
        }
    }
    assert!(tried > 50, "enough leaves are tried: {tried}");
}

fn find<'f>(finding: &'f Finding, path: &str) -> Option<&'f Finding> {
    if &*finding.path == path {
        return Some(finding);
    }
    finding.children.iter().find_map(|child| find(child, path))
}

/// Any tree of any leaves of the book, on any record: an answer and no panic, the same from both executors.
#[test]
fn any_tree_on_any_record_is_answered() {
    use thidua_law::condition::Node;
    let mut leaves: Vec<Node> = Vec::new();
    for version in BOOK.honours().flat_map(|honour| &honour.versions) {
        for condition in &version.conditions {
            condition.node.walk("", &mut |_, node| {
                if matches!(node.test, Test::Leaf(_)) {
                    leaves.push(node.clone());
                }
            });
        }
    }
    fn tree(chance: &mut Chance, leaves: &[Node], depth: usize) -> Node {
        let mut node = leaves[chance.below(leaves.len())].clone();
        node.id = None;
        if depth == 0 || chance.once_in(3) {
            return node;
        }
        let confidence = [Confidence::TextSeen, Confidence::Secondary, Confidence::Recalled][chance.below(3)];
        let parts: Vec<Node> = (0..=chance.below(3)).map(|_| tree(chance, leaves, depth - 1)).collect();
        let test = match chance.below(3) {
            0 => Test::All(parts),
            1 => Test::Any(parts),
            _ => Test::Not(Box::new(parts[0].clone())),
        };
        Node { test, confidence, ..node }
    }
    let code = thidua_base::code::HonourCode::parse("chien-si-thi-dua-co-so").unwrap();
    let mut book = BOOK.clone();
    let mut into = BatchAnswer::default();
    for seed in 1..150_u64 {
        let mut chance = Chance::new(seed * 7919);
        let node = Node { id: Some("cay".to_owned()), ..tree(&mut chance, &leaves, 4) };
        book.change_rules(|rules| {
            let versions = &mut rules.honours.get_mut(&code).unwrap().versions;
            for version in versions {
                version.conditions.truncate(1);
                version.conditions[0].node = node.clone();
                version.conditions[0].subjects.clear();
            }
        });
        let plan =
            book.plan(&code, thidua_law::vocabulary::SubjectKind::Person, Date::new(2024, 6, 1).unwrap()).unwrap();
        let question = question(plan, seed);
        let records = people(plan, &question, seed, 4);
        let population = Population::of_records(plan, &question, &records);
        run(plan, &population, &question, &mut into);
        for (person, record) in records.iter().enumerate() {
            let code = match book.reading(&question, record, question.on).outcome {
                Outcome::Barred(_) => Verdict::NotMet,
                Outcome::Entitled => Verdict::Met,
                _ => Verdict::AskHuman,
            };
            assert_eq!(into.outcome(person), code, "seed {seed}, person {person}: {node:?}");
        }
    }
}

#[test]
fn every_way_of_a_plan_is_one_tests_own() {
    let mut twice = Vec::new();
    for plan in BOOK.plans() {
        let mut seen = std::collections::BTreeSet::new();
        for op in plan.ops.iter().filter(|op| !seen.insert(&*op.path)) {
            twice.push(format!("{} {} {:?}: {}", plan.honour, plan.version, plan.subject, op.path));
        }
    }
    assert!(twice.is_empty(), "{} {:#?}", twice.len(), &twice[..twice.len().min(30)]);
}
