//! Cases of an honour, made from its conditions: records that meet all, records that just fail one, and both sides of
//! every number and of every day of change.
//!
//! What must come out is known from how a record was built; the evaluator is not asked.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use thidua_base::Date;
use thidua_base::code::HonourCode;

use crate::answer::Verdict;
use crate::book::Book;
use crate::case_table::TABLES;
use crate::case_write::{parts, quoted};
use crate::condition::{Condition, Node, Test};
use crate::construct::{COMPLETE_FROM, Choices, Ground};
use crate::gate::Gate;
use crate::honour::{Dated, Honour, Procedure, Span, Version};
use crate::probe::{Probe, probes};
use crate::record::Record;
use crate::vocabulary::{Confidence, SubjectKind, TransitionLaw, TransitionWhen, Word};

/// The first line of every generated file.
pub const HEAD: &str = "# Made by `cargo xtask generate` from the conditions; what must come out is known from how each record is built.\n";

/// Every generated file by its name below the folder of cases.
pub fn all_cases(book: &Book) -> Vec<(String, String)> {
    let honours = book.honours().filter(|honour| !honour.versions.is_empty());
    let mut files: Vec<(String, String)> =
        honours.map(|honour| (format!("{}.toml", honour.code), honour_cases(book, honour))).collect();
    files.push(("dieu-kien-chung.toml".to_owned(), gate_cases(book)));
    files.push(("chuyen-tiep.toml".to_owned(), transition_cases(book)));
    let titled = book.honours().find(|honour| {
        honour.procedure.bonuses.iter().any(|row| row.what.subject == SubjectKind::Person)
            && honour.versions.first().is_some_and(|first| first.span.from.year() < 2018)
    });
    if let Some(honour) = titled {
        files.push(("luong-co-so.toml".to_owned(), salary_cases(book, &honour.code, SubjectKind::Person)));
    }
    files
}

/// The cases of an honour as a file.
pub fn honour_cases(book: &Book, honour: &Honour) -> String {
    let mut text = format!("{HEAD}\nhonour = {}\n", quoted(honour.code.as_str()));
    let mut cases = String::new();
    for version in &honour.versions {
        for subject in version.subjects_of(honour) {
            let ground = Ground { rules: book.rules(), honour: &honour.code, subject: *subject, on: version.span.from };
            version_cases(&ground, honour, version, &mut text, &mut cases);
        }
    }
    text.push_str(&cases);
    text.push_str(&table_cases(book, honour));
    text
}

/// The cases of the gates, each tried on an honour it stands before.
pub fn gate_cases(book: &Book) -> String {
    let mut text = HEAD.to_owned();
    for gate in &book.rules().gates {
        let Some((honour, subject)) = stands_before(book, gate) else { continue };
        let ground = Ground { rules: book.rules(), honour: &honour, subject, on: gate.span.from };
        let path = format!("dieu-kien-chung/{}", gate.id);
        let kind = gate.applies.types.first().copied().or_else(|| {
            (!gate.applies.not_types.is_empty()).then(|| crate::construct::other_type(&gate.applies.not_types))
        });
        let head = |on: Date| {
            let kind = kind.map(|kind| format!("type = {}\n", quoted(kind.code()))).unwrap_or_default();
            format!("honour = {}\non = {on}\nyear = {}\n{kind}", quoted(honour.as_str()), ground.year())
        };
        only_one(&ground, &gate.node, &path, &mut |path, probes| {
            text.push_str(&tries(path, &head(ground.on), probes, &Record::unknown(SubjectKind::Person)));
        });
        leaf_cases(&ground, &gate.node, &path, &mut |path, probes| {
            text.push_str(&tries(path, &head(ground.on), probes, &Record::unknown(SubjectKind::Person)));
        });
    }
    text
}

/// An honour and subject a gate stands before on its first day.
fn stands_before(book: &Book, gate: &Gate) -> Option<(HonourCode, SubjectKind)> {
    book.honours().find_map(|honour| {
        let version = honour.version(gate.span.from)?;
        let subject = version.subjects_of(honour).iter().find(|subject| gate.applies.to(honour, **subject))?;
        Some((honour.code.clone(), *subject))
    })
}

/// Cases of the transition clauses: a file just before the day of change, and one on it.
pub fn transition_cases(book: &Book) -> String {
    let mut text = HEAD.to_owned();
    for clause in &book.rules().transitions {
        let Some(honour) = book.honours().find(|honour| clause.to(honour) && honour.version(clause.boundary).is_some())
        else {
            continue;
        };
        let key = match clause.when {
            TransitionWhen::ReceivedBefore => "received_on",
            TransitionWhen::ProposedBefore => "proposed_on",
            // These do not choose the law of a file: the law of the day of decision stays.
            TransitionWhen::DecidedBefore | TransitionWhen::AchievedBefore | TransitionWhen::BegunBefore => "",
        };
        let moves = matches!(clause.law, TransitionLaw::Old | TransitionLaw::OldOrBetterNew) && !key.is_empty();
        let (before, on) = (clause.boundary.day_before(), clause.boundary);
        let subject = honour.subjects.first().copied().unwrap_or(SubjectKind::Person).code();
        for (day, moved) in [(before, moves), (on, false)] {
            let (law_date, rule) = if moved { (before, clause.id.as_str()) } else { (on, "ngay-quyet-dinh") };
            let filed = if key.is_empty() { String::new() } else { format!("{key} = {day}\n") };
            let _ = write!(
                text,
                "\n[[case]]\nname = {}\nhonour = {}\nsubject = {}\non = {on}\nyear = {}\n{filed}law_date = {law_date}\nrule = {}\n",
                quoted(&format!("{}: {} {}", clause.id, clause.when.vi(), day.in_table())),
                quoted(honour.code.as_str()),
                quoted(subject),
                on.year() - 1,
                quoted(rule)
            );
        }
    }
    text
}

/// Cases of the base salaries: the bonus of a title by a decision on the first day of each and on the day before.
pub fn salary_cases(book: &Book, honour: &HonourCode, subject: SubjectKind) -> String {
    let mut text = HEAD.to_owned();
    let days = bounds(book.rules().salaries.iter().map(|row| row.span));
    for day in days {
        let due: Vec<String> = book.bonuses(honour, subject, day).iter().map(|due| due.vnd.to_string()).collect();
        if !due.is_empty() {
            let _ = write!(
                text,
                "\n[[bonus]]\nhonour = {}\nsubject = {}\non = {day}\nwant = {}\n",
                quoted(honour.as_str()),
                quoted(subject.code()),
                strings(&due)
            );
        }
    }
    text
}

/// The first day of each span, the day before, and the last day; in order.
fn bounds(spans: impl Iterator<Item = Span>) -> BTreeSet<Date> {
    spans
        .flat_map(|span| [Some(span.from), Some(span.from.day_before()), span.to, span.to.map(Date::day_before)])
        .flatten()
        .collect()
}

fn strings(list: &[String]) -> String {
    let all: Vec<String> = list.iter().map(|one| quoted(one)).collect();
    format!("[{}]", all.join(", "))
}

/// The cases of a version for a kind of subject.
fn version_cases(ground: &Ground<'_>, honour: &Honour, version: &Version, histories: &mut String, cases: &mut String) {
    let conditions: Vec<&Condition> = version.conditions.iter().filter(|one| one.is_for(ground.subject)).collect();
    let mark = format!("{}-{}", ground.subject.code(), ground.on);
    // The blank record of the version, which probes start from.
    let mut blank = ground.blank();
    let base_of = |name: &str, record: &Record, text: &mut String| {
        let facts = parts(record, &Record::unknown(SubjectKind::Person));
        let _ =
            write!(text, "\n[[history]]\nid = {}\non = {}\nyear = {}\n{facts}", quoted(name), ground.on, ground.year());
    };
    let empty_name = format!("trong-{mark}");
    base_of(&empty_name, &blank, histories);
    blank.awards_complete_from = Some(COMPLETE_FROM);
    let mut number = 0;
    for choices in every_choice(&conditions) {
        number += 1;
        let mut record = ground.blank();
        let mut seen = Vec::new();
        let mut all = true;
        // What is chosen comes first, so that the rest is built around it.
        let is_chosen = |condition: &&&Condition| {
            let id = condition.node.id.as_deref().unwrap_or_default();
            choices.keys().any(|path| path == id || path.strip_prefix(id).is_some_and(|rest| rest.starts_with('/')))
        };
        let (first, rest): (Vec<&&Condition>, Vec<&&Condition>) = conditions.iter().partition(is_chosen);
        for condition in first.into_iter().chain(rest) {
            let id = condition.node.id.clone().unwrap_or_default();
            all &= ground.meet(&condition.node, &id, &choices, &mut record, &mut seen);
        }
        if !all {
            number -= 1;
            continue;
        }
        pass_gates(ground, honour, &mut record);
        let name = format!("du-{mark}-{number}");
        base_of(&name, &record, histories);
        let measured: Vec<String> = seen.iter().map(|path| format!("{} = \"dat\"", quoted(path))).collect();
        let outcome = if version.unread.is_some() { "want = \"hoi\"\n" } else { "want = \"du\"\n" };
        let _ = write!(
            cases,
            "\n[[case]]\nname = {}\nhistory = {}\n{outcome}version = {}\nmeasured = {{ {} }}\n",
            quoted(&format!("Đủ mọi điều kiện, cách {number}, ngày đầu {}", ground.on.in_table())),
            quoted(&name),
            ground.on,
            measured.join(", ")
        );
        if number == 1 {
            day_before(ground, honour, &name, cases);
        }
        for condition in &conditions {
            failing(ground, condition, &choices, &record, (&name, number == 1), version, cases);
        }
    }
    for condition in &conditions {
        let id = condition.node.id.clone().unwrap_or_default();
        only_one(ground, &condition.node, &id, &mut |path, probes| {
            cases.push_str(&tries(path, &format!("history = {}\n", quoted(&empty_name)), probes, &blank));
        });
        leaf_cases(ground, &condition.node, &id, &mut |path, probes| {
            cases.push_str(&tries(path, &format!("history = {}\n", quoted(&empty_name)), probes, &blank));
        });
    }
}

/// Adds what the gates of the day ask for; what they deny is not in the record anyway.
fn pass_gates(ground: &Ground<'_>, honour: &Honour, record: &mut Record) {
    let gates = ground.rules.gates.iter().filter(|gate| {
        gate.span.has(ground.on) && gate.applies.to(honour, ground.subject) && !matches!(gate.node.test, Test::Not(_))
    });
    for gate in gates {
        let path = format!("dieu-kien-chung/{}", gate.id);
        ground.meet(&gate.node, &path, &Choices::new(), record, &mut Vec::new());
    }
}

/// On the day before a version another holds, or none.
fn day_before(ground: &Ground<'_>, honour: &Honour, history: &str, cases: &mut String) {
    let before = ground.on.day_before();
    let want = match honour.version(before) {
        Some(version) if version.subjects_of(honour).contains(&ground.subject) => {
            format!("version = {}\n", version.span.from)
        }
        Some(_) => "want = \"khong-thuoc-doi-tuong\"\n".to_owned(),
        None => "want = \"chua-co-luat\"\n".to_owned(),
    };
    let _ = write!(
        cases,
        "\n[[case]]\nname = {}\nhistory = {}\non = {before}\n{want}",
        quoted(&format!("Ngày trước ngày đầu {}", ground.on.in_table())),
        quoted(history)
    );
}

/// For each leaf that a record was built to meet: the same record failing that leaf, and all that hangs on it.
fn failing(
    ground: &Ground<'_>,
    condition: &Condition,
    choices: &Choices,
    record: &Record,
    (history, is_first): (&str, bool),
    version: &Version,
    cases: &mut String,
) {
    let id = condition.node.id.clone().unwrap_or_default();
    let mut chosen = Vec::new();
    walk_chosen(&condition.node, &id, choices, &mut Vec::new(), &mut chosen);
    for (node, path, above) in chosen {
        // That all branches of a choice fail is the same however they were built.
        if !is_first && matches!(node.test, Test::Any(_)) {
            continue;
        }
        let mut failed = record.clone();
        if !ground.fail(node, &path, &mut failed) {
            continue;
        }
        let mut wants = vec![format!("{} = \"khong-dat\"", quoted(&path))];
        wants.extend(above.iter().map(|path| format!("{} = \"khong-dat\"", quoted(path))));
        // Where nothing but joins by and stands between, the condition fails with the leaf.
        let whole = above.last().unwrap_or(&path) == &id;
        let outcome = match (whole, version.unread.is_some(), weakest_above(condition, &path)) {
            (true, false, Confidence::TextSeen) => "want = \"khong-du\"\n",
            (true, false, _) | (true, true, _) => "want = \"hoi\"\n",
            (false, _, _) => "",
        };
        // Failing one thing may fail others of the same register, so where a weaker one stands beside, nothing is said.
        let outcome = if outcome == "want = \"hoi\"\n" && version.unread.is_none() { "" } else { outcome };
        let _ = write!(
            cases,
            "\n[[case]]\nname = {}\nhistory = {}\n{outcome}{}measured = {{ {} }}\n",
            quoted(&format!("Chỉ thiếu: {path}")),
            quoted(history),
            parts(&failed, record),
            wants.join(", ")
        );
    }
}

/// The weakest confidence on the way to a test and below it.
fn weakest_above(condition: &Condition, path: &str) -> Confidence {
    let id = condition.node.id.clone().unwrap_or_default();
    let mut weakest = condition.node.confidence;
    condition.node.walk(&id, &mut |way, node| {
        let is_above = path == way || path.starts_with(&format!("{way}/"));
        if is_above || way.starts_with(&format!("{path}/")) {
            weakest = weakest.max(node.confidence);
        }
    });
    weakest
}

/// A leaf with the way to it and the joins by and above it that fail with it, nearest first.
type Chosen<'n> = (&'n Node, String, Vec<String>);

fn walk_chosen<'n>(
    node: &'n Node,
    path: &str,
    choices: &Choices,
    above: &mut Vec<String>,
    found: &mut Vec<Chosen<'n>>,
) {
    match &node.test {
        Test::Leaf(_) | Test::Not(_) => {
            let nearest: Vec<String> = above.iter().rev().cloned().collect();
            found.push((node, path.to_owned(), nearest));
        }
        Test::All(parts) => {
            above.push(path.to_owned());
            for (at, part) in parts.iter().enumerate() {
                walk_chosen(part, &part.way(path, at), choices, above, found);
            }
            above.pop();
        }
        Test::Any(parts) => {
            // All branches failing together fail what is above.
            let nearest: Vec<String> = above.iter().rev().cloned().collect();
            found.push((node, path.to_owned(), nearest));
            // One branch failing leaves the others, so nothing above is said.
            let at = choices.get(path).copied().unwrap_or(0).min(parts.len() - 1);
            walk_chosen(&parts[at], &parts[at].way(path, at), choices, &mut Vec::new(), found);
        }
    }
}

/// Every branch of every choice once, the others at their first.
fn every_choice(conditions: &[&Condition]) -> Vec<Choices> {
    let mut all = vec![Choices::new()];
    for condition in conditions {
        let id = condition.node.id.clone().unwrap_or_default();
        branches(&condition.node, &id, &Choices::new(), &mut all);
    }
    all
}

fn branches(node: &Node, path: &str, before: &Choices, all: &mut Vec<Choices>) {
    match &node.test {
        Test::Any(parts) => {
            for (at, part) in parts.iter().enumerate() {
                let mut choices = before.clone();
                choices.insert(path.to_owned(), at);
                if at > 0 {
                    all.push(choices.clone());
                }
                branches(part, &part.way(path, at), &choices, all);
            }
        }
        Test::All(parts) => {
            for (at, part) in parts.iter().enumerate() {
                branches(part, &part.way(path, at), before, all);
            }
        }
        Test::Not(_) | Test::Leaf(_) => {}
    }
}

/// The probes of every leaf below a test; of a denial also what it makes of them.
fn leaf_cases(ground: &Ground<'_>, node: &Node, path: &str, write: &mut dyn FnMut(&str, Vec<Probe>)) {
    match &node.test {
        Test::Leaf(leaf) => write(path, probes(ground, leaf, node, path)),
        Test::Not(part) => {
            let way = part.way(path, 0);
            if let Test::Leaf(leaf) = &part.test {
                let mut denied = probes(ground, leaf, part, &way);
                denied.iter_mut().for_each(|probe| probe.want = probe.want.negated());
                write(path, denied);
            }
            leaf_cases(ground, part, &way, write);
        }
        Test::All(parts) | Test::Any(parts) => {
            for (at, part) in parts.iter().enumerate() {
                leaf_cases(ground, part, &part.way(path, at), write);
            }
        }
    }
}

/// Of each choice below a test: each branch holding alone, and all holding but one of what must hold together.
fn only_one(ground: &Ground<'_>, node: &Node, path: &str, write: &mut dyn FnMut(&str, Vec<Probe>)) {
    let (parts, is_any) = match &node.test {
        Test::Any(parts) => (parts, true),
        Test::All(parts) => (parts, false),
        Test::Not(_) | Test::Leaf(_) => return,
    };
    let mut made = Vec::new();
    for (at, one) in parts.iter().enumerate().filter(|_| parts.len() > 1) {
        let mut record = ground.blank();
        let mut built = true;
        // The others first, so that what the one needs is not taken away again.
        for (other, part) in parts.iter().enumerate().filter(|(other, _)| *other != at) {
            let way = part.way(path, other);
            built &= if is_any {
                ground.fail(part, &way, &mut record)
            } else {
                ground.meet(part, &way, &Choices::new(), &mut record, &mut Vec::new())
            };
        }
        let way = one.way(path, at);
        built &= if is_any {
            ground.meet(one, &way, &Choices::new(), &mut record, &mut Vec::new())
        } else {
            ground.fail(one, &way, &mut record)
        };
        if built {
            let (name, want) =
                if is_any { ("chỉ đạt", Verdict::Met) } else { ("chỉ không đạt", Verdict::NotMet) };
            made.push(Probe { name: format!("{name} {way}"), record, want });
        }
    }
    if !made.is_empty() {
        write(path, made);
    }
    for (at, part) in parts.iter().enumerate() {
        only_one(ground, part, &part.way(path, at), write);
    }
}

/// Probes of one test, a line each.
fn tries(path: &str, head: &str, probes: Vec<Probe>, blank: &Record) -> String {
    let mut text = format!("\n[[probe]]\npath = {}\n{head}try = [\n", quoted(path));
    for probe in probes {
        let facts = parts(&probe.record, blank);
        let facts: String = facts.lines().map(|line| format!(", {line}")).collect();
        let _ = writeln!(text, "  {{ name = {}, want = \"{}\"{facts} }},", quoted(&probe.name), probe.want.code());
    }
    text + "]\n"
}

/// Every row of every table on each day one begins or ends, and the day before.
fn table_cases(book: &Book, honour: &Honour) -> String {
    let mut text = String::new();
    for table in TABLES {
        for day in bounds(honour.procedure.spans(table).into_iter()) {
            let rows = book.rows_in_words(&honour.code, table, day);
            let _ = write!(text, "\n[[rows]]\ntable = \"{table}\"\non = {day}\nwant = {}\n", strings(&rows));
        }
    }
    text
}

impl Procedure {
    /// The spans of a table's rows.
    pub fn spans(&self, table: &str) -> Vec<Span> {
        fn of<T>(rows: &[Dated<T>]) -> Vec<Span> {
            rows.iter().map(|row| row.span).collect()
        }
        match table {
            "decider" => of(&self.deciders),
            "proposer" => of(&self.proposers),
            "paper" => of(&self.papers),
            "vote" => of(&self.votes),
            "deadline" => of(&self.deadlines),
            "processing" => of(&self.processing),
            "bonus" => of(&self.bonuses),
            "quota" => of(&self.quotas),
            _ => of(&self.waiting),
        }
    }
}
