//! The compiled form: a flat list of operations over leaves, made once from the conditions and gates of a time.
//!
//! Both executors, the one that explains one record and the one that runs over many, follow the same list.

use std::collections::BTreeSet;
use std::sync::Arc;

use thidua_base::Date;
use thidua_base::code::{HonourCode, InstrumentId};

use crate::cite::Citation;
use crate::condition::{Layer, Leaf, MemberTrait, Node, Test, Window};
use crate::gate::stands_for;
use crate::honour::{Honour, HonourKind, Span, Version};
use crate::rules::Rules;
use crate::say;
use crate::table::Said;
use crate::vocabulary::{AwardType, Confidence, Effect, Ends, Run, SubjectKind};

/// How deep the conditions of other honours are followed; the law goes two steps.
const MEETS_DEPTH: usize = 4;

/// The conditions and gates of an honour for a kind of subject in a span of time, ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The honour.
    pub honour: HonourCode,
    /// For whom.
    pub subject: SubjectKind,
    /// In which time nothing of it changes.
    pub span: Span,
    /// The first day of the version it is made from.
    pub version: Date,
    /// The instrument that touches the version and was not read.
    pub unread: Option<InstrumentId>,
    /// Conditions first, then gates.
    pub roots: Vec<Root>,
    /// The operations: parts before what joins them.
    pub ops: Vec<Op>,
    /// The leaves.
    pub leaves: Vec<Leaf>,
    /// Whether the honours of each leaf are all titles, which are given every year.
    pub yearly: Vec<bool>,
}

/// A condition or gate of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The first of its operations.
    pub start: usize,
    /// The first after them; the last of them is the condition itself.
    pub end: usize,
    /// `None` for a condition.
    pub gate: Option<GateRoot>,
}

/// What a gate adds to a root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateRoot {
    /// What it does when it is not met.
    pub effect: Effect,
    /// Only these types of commendation.
    pub types: Vec<AwardType>,
    /// Not these.
    pub not_types: Vec<AwardType>,
}

impl GateRoot {
    /// Whether it stands for a type of commendation: yes, no, or not known.
    pub fn to_type(&self, kind: Option<AwardType>) -> Option<bool> {
        stands_for(&self.types, &self.not_types, kind)
    }
}

/// An operation with what is known of the test it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Op {
    /// What to do.
    pub act: Act,
    /// Its id.
    pub id: Arc<str>,
    /// The way to it.
    pub path: Arc<str>,
    /// The honour whose condition it is: another where its conditions are followed.
    pub honour: HonourCode,
    /// Where it is read.
    pub cite: Arc<Citation>,
    /// Where else.
    pub also: Arc<[Citation]>,
    /// How surely, counting all above it.
    pub confidence: Confidence,
    /// How surely it can be called not met: for a denial this counts what it denies, and below one nothing is in doubt,
    /// since there not to hold is what is asked for.
    pub refusal: Confidence,
    /// In words.
    pub said: Arc<Said>,
    /// Our own words on it.
    pub note: Option<Arc<Said>>,
    /// The open question it hangs on.
    pub open: Option<Arc<str>>,
    /// The overlay it comes from.
    pub layer: Option<Arc<Layer>>,
}

/// What an operation does with the verdicts before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Measures a leaf.
    Leaf(usize),
    /// Joins so many by and.
    All(usize),
    /// Joins so many by or.
    Any(usize),
    /// Denies the one before it.
    Not,
}

impl Plan {
    /// Every plan of a version for a kind of subject, one for each span in which nothing of it changes.
    pub fn compile(rules: &Rules, honour: &Honour, version: &Version, subject: SubjectKind) -> Vec<Self> {
        let mut spans = Vec::new();
        let mut from = version.span.from;
        for day in rules.change_days(honour, version, subject) {
            if version.span.has(day) && day > from {
                spans.push(Span { from, to: Some(day) });
                from = day;
            }
        }
        spans.push(Span { from, to: version.span.to });
        let plan = |span: Span| {
            let mut plan = Self {
                honour: honour.code.clone(),
                subject,
                span,
                version: version.span.from,
                unread: version.unread.clone(),
                roots: Vec::new(),
                ops: Vec::new(),
                leaves: Vec::new(),
                yearly: Vec::new(),
            };
            let mut writer = Writer { rules, day: span.from, subject, plan: &mut plan, taken: BTreeSet::new() };
            writer.honour(honour, version);
            plan
        };
        let mut plans: Vec<Self> = Vec::new();
        for made in spans.into_iter().map(plan) {
            // Most days of change leave most honours alone.
            match plans.last_mut() {
                Some(last) if last.same_rules(&made) => last.span.to = made.span.to,
                _ => plans.push(made),
            }
        }
        plans
    }

    fn same_rules(&self, other: &Self) -> bool {
        self.roots == other.roots && self.ops == other.ops && self.leaves == other.leaves
    }

    /// The name under which a root's answer is taken beside the way to the question: its own, where it is one question.
    ///
    /// A name that nothing has where it asks several.
    pub(crate) fn alone(&self, root: &Root) -> &str {
        let ops = self.ops[root.start..root.end].iter();
        let judgements = ops.filter(|op| matches!(op.act, Act::Leaf(at) if self.leaves[at].is_judgement()));
        if judgements.count() == 1 { &self.root_op(root).id } else { "\u{0}" }
    }

    /// The operation that is the root itself.
    pub fn root_op(&self, root: &Root) -> &Op {
        &self.ops[root.end - 1]
    }
}

impl Rules {
    /// Every day on which something begins or ends that the plan of a version may rest on.
    fn change_days(&self, honour: &Honour, version: &Version, subject: SubjectKind) -> BTreeSet<Date> {
        let gates = self.gates.iter().filter(|gate| gate.applies.to(honour, subject)).map(|gate| gate.span);
        let mut spans: Vec<Span> = gates.collect();
        // The honours whose conditions are followed, and those that these follow.
        let mut seen: BTreeSet<&HonourCode> = BTreeSet::new();
        let mut open: Vec<&Version> = vec![version];
        while let Some(version) = open.pop() {
            for condition in &version.conditions {
                condition.node.walk("", &mut |_, node| {
                    let Test::Leaf(Leaf::Meets { honours }) = &node.test else { return };
                    let new = honours.iter().filter(|code| seen.insert(code));
                    for met in new.filter_map(|code| self.honours.get(code)) {
                        spans.extend(met.versions.iter().map(|version| version.span));
                        open.extend(&met.versions);
                    }
                });
            }
        }
        spans.into_iter().flat_map(|span| [Some(span.from), span.to]).flatten().collect()
    }
}

struct Writer<'w> {
    rules: &'w Rules,
    day: Date,
    subject: SubjectKind,
    plan: &'w mut Plan,
    /// The ways that tests have already.
    taken: BTreeSet<String>,
}

/// What a test inherits from above it.
#[derive(Clone)]
struct Above {
    confidence: Confidence,
    layer: Option<Arc<Layer>>,
    honour: HonourCode,
    /// Below a denial: not to hold is then nothing against anybody.
    denied: bool,
    depth: usize,
}

impl Writer<'_> {
    fn honour(&mut self, honour: &Honour, version: &Version) {
        let (subject, day) = (self.subject, self.day);
        for condition in version.conditions.iter().filter(|one| one.is_for(subject)) {
            let start = self.plan.ops.len();
            let id = condition.node.id.clone().unwrap_or_default();
            let above = Above {
                confidence: Confidence::TextSeen,
                layer: condition.layer.clone(),
                honour: honour.code.clone(),
                denied: false,
                depth: 0,
            };
            self.node(&condition.node, &id, &id, &above);
            self.plan.roots.push(Root { start, end: self.plan.ops.len(), gate: None });
        }
        let rules = self.rules;
        let gates = rules.gates.iter().filter(|gate| gate.span.has(day) && gate.applies.to(honour, subject));
        for gate in gates {
            let start = self.plan.ops.len();
            let path = format!("dieu-kien-chung/{}", gate.id);
            let above = Above {
                confidence: Confidence::TextSeen,
                layer: None,
                honour: honour.code.clone(),
                denied: false,
                depth: 0,
            };
            self.node(&gate.node, &path, &gate.id, &above);
            let gate = GateRoot {
                effect: gate.effect,
                types: gate.applies.types.clone(),
                not_types: gate.applies.not_types.clone(),
            };
            self.plan.roots.push(Root { start, end: self.plan.ops.len(), gate: Some(gate) });
        }
    }

    fn node(&mut self, node: &Node, path: &str, id: &str, above: &Above) -> Confidence {
        let confidence = above.confidence.max(node.confidence);
        let below = Above { confidence, ..above.clone() };
        let mut weakest = confidence;
        let act = match &node.test {
            Test::Leaf(Leaf::Meets { honours }) => {
                weakest = weakest.max(self.meets(node, honours, path, &below));
                Act::Any(honours.len())
            }
            Test::Leaf(leaf) => self.leaf(leaf),
            Test::All(parts) | Test::Any(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    let way = part.way(path, at);
                    let id = part.id.clone().unwrap_or_else(|| (at + 1).to_string());
                    weakest = weakest.max(self.node(part, &way, &id, &below));
                }
                if matches!(node.test, Test::All(_)) { Act::All(parts.len()) } else { Act::Any(parts.len()) }
            }
            Test::Not(part) => {
                let way = part.way(path, 0);
                let id = part.id.clone().unwrap_or_else(|| "1".to_owned());
                weakest = weakest.max(self.node(part, &way, &id, &Above { denied: true, ..below.clone() }));
                Act::Not
            }
        };
        let refusal = if act == Act::Not { weakest } else { confidence };
        let said = say::node(self.rules, node);
        self.push(node, act, path, id, confidence, refusal, said, above);
        weakest
    }

    /// Holds one of the honours for the year, or meets its conditions: its conditions are written out here.
    fn meets(&mut self, node: &Node, honours: &[HonourCode], path: &str, above: &Above) -> Confidence {
        let mut weakest = above.confidence;
        for code in honours {
            let way = format!("{path}/{code}");
            let name = self.rules.name(code);
            let held = Leaf::Held {
                honours: vec![code.clone()],
                times: 1,
                run: Run::Any,
                window: Some(Window::AwardYear),
                ends: Ends::Any,
                by: None,
                not_types: Vec::new(),
            };
            let held_way = format!("{way}/da-duoc-tang");
            let act = self.leaf(&held);
            let said = say::leaf(self.rules, &held);
            self.push(node, act, &held_way, "da-duoc-tang", above.confidence, above.confidence, said, above);
            let mut parts = 1;
            let rules = self.rules;
            let version = rules.honours.get(code).and_then(|honour| honour.version(self.day));
            if let Some(version) = version.filter(|_| above.depth < MEETS_DEPTH) {
                let inner = Above { depth: above.depth + 1, honour: code.clone(), ..above.clone() };
                let conditions: Vec<_> = version.conditions.iter().filter(|one| one.is_for(self.subject)).collect();
                for condition in &conditions {
                    let id = condition.node.id.clone().unwrap_or_default();
                    weakest = weakest.max(self.node(&condition.node, &format!("{way}/{id}"), &id, &inner));
                }
                let said = Said::new(
                    format!("Đạt các tiêu chuẩn của {}", name.vi),
                    format!("Meets the conditions of {}", name.en),
                );
                let act = Act::All(conditions.len());
                let all_way = format!("{way}/moi-tieu-chuan");
                self.push(node, act, &all_way, "moi-tieu-chuan", above.confidence, above.confidence, said, above);
                parts += 1;
            }
            let said = Said::new(
                format!("Được tặng hoặc đạt tiêu chuẩn {}", name.vi),
                format!("Holds, or meets the conditions of, {}", name.en),
            );
            let act = Act::Any(parts);
            self.push(node, act, &way, code.as_str(), above.confidence, above.confidence, said, above);
        }
        weakest
    }

    fn leaf(&mut self, leaf: &Leaf) -> Act {
        let mut leaf = leaf.clone();
        let rules = self.rules;
        match &mut leaf {
            Leaf::Held { honours, .. } | Leaf::Passed { honours, .. } => *honours = rules.counted_as(honours),
            Leaf::Members { who: MemberTrait::Holding(honours), .. } => *honours = rules.counted_as(honours),
            Leaf::Rated { or_held, .. } => *or_held = rules.counted_as(or_held),
            _ => {}
        }
        if let Leaf::Held { window: Some(window), .. }
        | Leaf::Rated { window: Some(window), .. }
        | Leaf::Initiative { window, .. }
        | Leaf::Undisciplined { window, .. } = &mut leaf
            && let Window::After { honours, .. } = window
        {
            *honours = rules.counted_as(honours);
        }
        let is_title = |code: &HonourCode| rules.honours.get(code).is_some_and(|one| one.kind == HonourKind::Title);
        let yearly = matches!(&leaf, Leaf::Held { honours, .. } if honours.iter().all(is_title));
        self.plan.yearly.push(yearly);
        self.plan.leaves.push(leaf);
        Act::Leaf(self.plan.leaves.len() - 1)
    }

    /// A way that no other test of the plan has. What a person can answer is written before what joins it, so of two
    /// the one that may hold an answer keeps its name.
    fn own(&mut self, path: &str) -> String {
        let mut own = path.to_owned();
        let mut count = 1;
        while !self.taken.insert(own.clone()) {
            count += 1;
            own = format!("{path}~{count}");
        }
        own
    }

    #[expect(clippy::too_many_arguments, reason = "each is a column of the operation")]
    fn push(
        &mut self,
        node: &Node,
        act: Act,
        path: &str,
        id: &str,
        confidence: Confidence,
        refusal: Confidence,
        said: Said,
        above: &Above,
    ) {
        let path = self.own(path);
        self.plan.ops.push(Op {
            act,
            id: Arc::from(id),
            path: Arc::from(path),
            honour: above.honour.clone(),
            cite: Arc::new(node.cite.clone()),
            also: Arc::from(node.also.clone()),
            confidence,
            refusal: if above.denied { Confidence::TextSeen } else { refusal },
            said: Arc::new(said),
            note: node.note.clone().map(Arc::new),
            open: node.open.as_deref().map(Arc::from),
            layer: above.layer.clone(),
        });
    }
}

impl crate::condition::Condition {
    /// Whether it is for a kind of subject.
    pub fn is_for(&self, subject: SubjectKind) -> bool {
        self.subjects.is_empty() || self.subjects.contains(&subject)
    }
}

impl Version {
    /// The kinds of subject it is for.
    pub fn subjects_of<'v>(&'v self, honour: &'v Honour) -> &'v [SubjectKind] {
        if self.subjects.is_empty() { &honour.subjects } else { &self.subjects }
    }
}
