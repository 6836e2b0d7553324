//! All rules together: honours, gates, transitions, salaries, catalogues, read and held against each other.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::{HonourCode, InstrumentId};

use crate::cite::Citation;
use crate::condition::{Condition, Layer, Test};
use crate::fault::{Fault, Faults, Wrong};
use crate::gate::{self, BaseSalary, Catalogue, Gate, Transition};
use crate::honour::{Dated, Honour, QuotaBase, Span, Version};
use crate::table::{Said, Source};
use crate::terms::Terms;

/// The files the rules are read from.
#[derive(Debug, Clone, Copy)]
pub struct Files<'t> {
    /// One file for each honour.
    pub honours: &'t [(&'t str, &'t str)],
    /// Gates, transitions, salaries, catalogues, vocabulary; others are left alone.
    pub tables: &'t [(&'t str, &'t str)],
}

/// The rules.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// Words of the vocabulary files.
    pub terms: Terms,
    /// Honours by code.
    pub honours: BTreeMap<HonourCode, Honour>,
    /// The file each honour stands in.
    pub files: BTreeMap<HonourCode, String>,
    /// Gates.
    pub gates: Vec<Gate>,
    /// Transition clauses.
    pub transitions: Vec<Transition>,
    /// Base salaries.
    pub salaries: Vec<Dated<BaseSalary>>,
    /// Catalogues.
    pub catalogues: Vec<Catalogue>,
    /// Overlays laid on, in order.
    pub layers: Vec<Layer>,
}

impl Rules {
    /// Reads the files and holds them against each other and the instruments.
    ///
    /// # Errors
    /// With every fault found; nothing is half read.
    pub fn read(files: Files<'_>, instruments: &BTreeSet<InstrumentId>) -> Result<Self, Faults> {
        let table = |name: &str| {
            let found = files.tables.iter().find(|(file, _)| *file == name);
            found.map(|(file, text)| Source { file, text })
        };
        let vocabulary = files.tables.iter().filter(|(file, _)| file.starts_with("vocabulary"));
        let terms = Terms::read(vocabulary.map(|(file, text)| Source { file, text }))?;
        let mut faults = Vec::new();
        let mut rules = Self { terms, ..Self::default() };
        for (file, text) in files.honours {
            match (Source { file, text }).read(|table| Honour::read(table, &rules.terms)) {
                Ok(honour) => {
                    if rules.honours.contains_key(&honour.code) {
                        faults.push(whole(file, "code", Wrong::Twice(honour.code.to_string())));
                    }
                    rules.files.insert(honour.code.clone(), (*file).to_owned());
                    rules.honours.insert(honour.code.clone(), honour);
                }
                Err(fault) => faults.push(fault),
            }
        }
        let mut keep = |read: Result<(), Fault>| {
            if let Err(fault) = read {
                faults.push(fault);
            }
        };
        if let Some(source) = table("gates.toml") {
            keep(source.read(|table| gate::gates(table, &rules.terms)).map(|gates| rules.gates = gates));
        }
        if let Some(source) = table("transitions.toml") {
            keep(source.read(gate::transitions).map(|transitions| rules.transitions = transitions));
        }
        if let Some(source) = table("salary.toml") {
            keep(source.read(gate::salaries).map(|salaries| rules.salaries = salaries));
        }
        if let Some(source) = table("catalogue.toml") {
            keep(source.read(gate::catalogues).map(|catalogues| rules.catalogues = catalogues));
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        rules.settle(instruments)?;
        Ok(rules)
    }

    /// Copies the conditions of versions that are like others, and checks what only the whole can show.
    pub(crate) fn settle(&mut self, instruments: &BTreeSet<InstrumentId>) -> Result<(), Faults> {
        let mut faults = Vec::new();
        for (code, honour) in &mut self.honours {
            honour.versions.sort_by_key(|version| version.span.from);
            faults.extend(copied(&self.files[code], &mut honour.versions));
        }
        let held = self.held(instruments);
        faults.extend(held.err().into_iter().flat_map(|faults| faults.0));
        if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
    }

    /// Checks what only the whole can show, where the conditions of every version stand in it already: after an overlay
    /// was laid on, a version may no longer be copied from the one it is like.
    pub(crate) fn held(&mut self, instruments: &BTreeSet<InstrumentId>) -> Result<(), Faults> {
        let mut faults = Vec::new();
        for (code, honour) in &mut self.honours {
            honour.versions.sort_by_key(|version| version.span.from);
            faults.extend(tiled(&self.files[code], &honour.versions));
        }
        faults.extend(self.dangling(instruments));
        if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
    }

    /// Honours and instruments that are named and not there.
    fn dangling(&self, instruments: &BTreeSet<InstrumentId>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut at = |file: &str, line: usize, key: String, wrong: Option<Wrong>| {
            faults.extend(wrong.map(|wrong| Fault { file: file.to_owned(), line, key, wrong }));
        };
        let known = |code: &HonourCode| {
            let missing = !self.honours.contains_key(code);
            missing.then(|| Wrong::UnknownHonour(code.to_string()))
        };
        let listed = |id: &InstrumentId| {
            let missing = !instruments.contains(id);
            missing.then(|| Wrong::UnknownInstrument(id.to_string()))
        };
        for (code, honour) in &self.honours {
            let file = &self.files[code];
            for other in honour.covers.iter().chain(&honour.succeeds) {
                at(file, 0, "covers, succeeds".to_owned(), known(other));
            }
            for version in &honour.versions {
                at(file, version.line, "version.source".to_owned(), listed(&version.source));
                if let Some(unread) = &version.unread {
                    at(file, version.line, "version.unread".to_owned(), listed(unread));
                }
                for condition in &version.conditions {
                    self.walk_condition(condition, &mut |path, named| match named {
                        Named::Honour(code) => at(file, condition.line, path.to_owned(), known(code)),
                        Named::Cite(cite) => at(file, condition.line, path.to_owned(), listed(&cite.instrument)),
                    });
                }
            }
            for (what, line, cite) in honour.procedure.cites() {
                at(file, line, what.to_owned(), listed(&cite.instrument));
            }
            for office in &honour.offices {
                at(file, 0, "office.cite".to_owned(), listed(&office.cite.instrument));
            }
            for quota in &honour.procedure.quotas {
                if let QuotaBase::Honours(codes) = &quota.what.base {
                    for code in codes {
                        at(file, quota.line, "quota.base".to_owned(), known(code));
                    }
                }
            }
        }
        for gate in &self.gates {
            for code in &gate.applies.honours {
                at("gates.toml", gate.line, "gate.applies.honours".to_owned(), known(code));
            }
            let condition = Condition { node: gate.node.clone(), subjects: Vec::new(), layer: None, line: gate.line };
            self.walk_condition(&condition, &mut |path, named| match named {
                Named::Honour(code) => at("gates.toml", gate.line, path.to_owned(), known(code)),
                Named::Cite(cite) => at("gates.toml", gate.line, path.to_owned(), listed(&cite.instrument)),
            });
        }
        for transition in &self.transitions {
            at("transitions.toml", transition.line, "transition.cite".to_owned(), listed(&transition.cite.instrument));
            for code in &transition.honours {
                at("transitions.toml", transition.line, "transition.honours".to_owned(), known(code));
            }
        }
        for salary in &self.salaries {
            at("salary.toml", salary.line, "base_salary.instrument".to_owned(), listed(&salary.what.instrument));
            at("salary.toml", salary.line, "base_salary.cite".to_owned(), listed(&salary.cite.instrument));
        }
        let spans: Vec<(Span, usize)> = self.salaries.iter().map(|row| (row.span, row.line)).collect();
        faults.extend(tiles("salary.toml", "base_salary", &spans));
        for catalogue in &self.catalogues {
            let missing = catalogue.honours.iter().find_map(known).or_else(|| listed(&catalogue.law));
            faults.extend(missing.map(|wrong| whole("catalogue.toml", "catalogue.honours", wrong)));
        }
        faults
    }

    fn walk_condition(&self, condition: &Condition, see: &mut dyn FnMut(&str, Named<'_>)) {
        let id = condition.node.id.clone().unwrap_or_default();
        condition.node.walk(&id, &mut |path, node| {
            see(path, Named::Cite(&node.cite));
            for cite in &node.also {
                see(path, Named::Cite(cite));
            }
            if let Test::Leaf(leaf) = &node.test {
                for code in leaf.honours() {
                    see(path, Named::Honour(code));
                }
            }
        });
    }

    /// The honours whose awards count as one of these: themselves, what umbrellas cover, what they succeed.
    pub fn counted_as(&self, codes: &[HonourCode]) -> Vec<HonourCode> {
        let mut all: BTreeSet<HonourCode> = BTreeSet::new();
        let mut open: Vec<HonourCode> = codes.to_vec();
        while let Some(code) = open.pop() {
            if all.insert(code.clone())
                && let Some(honour) = self.honours.get(&code)
            {
                open.extend(honour.covers.iter().chain(&honour.succeeds).cloned());
            }
        }
        all.into_iter().collect()
    }

    /// The Vietnamese and English names of an honour; its code where it is not in the book.
    pub fn name(&self, code: &HonourCode) -> Said {
        match self.honours.get(code) {
            Some(honour) => Said::new(honour.name.clone(), honour.name_en.clone()),
            None => Said::new(code.as_str(), code.as_str()),
        }
    }

    /// The base salary on a day, in đồng a month.
    pub fn base_salary(&self, day: Date) -> Option<&Dated<BaseSalary>> {
        self.salaries.iter().find(|row| row.span.has(day))
    }
}

enum Named<'n> {
    Honour(&'n HonourCode),
    Cite(&'n Citation),
}

/// A fault of a file as a whole.
pub(crate) fn whole(file: &str, key: &str, wrong: Wrong) -> Fault {
    Fault { file: file.to_owned(), line: 0, key: key.to_owned(), wrong }
}

/// Versions follow each other without gap or overlap.
fn tiled(file: &str, versions: &[Version]) -> Vec<Fault> {
    let spans: Vec<(Span, usize)> = versions.iter().map(|version| (version.span, version.line)).collect();
    tiles(file, "version", &spans)
}

fn tiles(file: &str, key: &str, spans: &[(Span, usize)]) -> Vec<Fault> {
    let fault = |line: usize, wrong: Wrong| Fault { file: file.to_owned(), line, key: key.to_owned(), wrong };
    let pairs = spans.iter().zip(spans.iter().skip(1));
    pairs
        .filter_map(|((before, _), (after, line))| match before.to {
            Some(to) if to == after.from => None,
            Some(to) if to < after.from => Some(fault(*line, Wrong::Gap { from: to, to: after.from })),
            Some(_) | None => Some(fault(*line, Wrong::Overlap { on: after.from })),
        })
        .collect()
}

/// Conditions of versions that are like another, copied; chains are followed, circles refused.
fn copied(file: &str, versions: &mut [Version]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let originals: BTreeMap<Date, (Option<Date>, Vec<Condition>)> =
        versions.iter().map(|version| (version.span.from, (version.like, version.conditions.clone()))).collect();
    for version in versions.iter_mut() {
        let Some(first) = version.like else { continue };
        let mut day = first;
        let mut seen = BTreeSet::from([version.span.from]);
        let found = loop {
            if !seen.insert(day) {
                break Err(Wrong::LikeCycle(day));
            }
            match originals.get(&day) {
                None => break Err(Wrong::LikeNothing(day)),
                Some((Some(next), _)) => day = *next,
                Some((None, conditions)) => break Ok(conditions),
            }
        };
        match found {
            Ok(conditions) => version.conditions.clone_from(conditions),
            Err(wrong) => {
                faults.push(Fault { file: file.to_owned(), line: version.line, key: "version.like".to_owned(), wrong })
            }
        }
    }
    faults
}

impl crate::honour::Procedure {
    /// Every citation with the key and the line it stands at.
    pub fn cites(&self) -> Vec<(&'static str, usize, &Citation)> {
        fn of<'r, T>(key: &'static str, rows: &'r [Dated<T>], all: &mut Vec<(&'static str, usize, &'r Citation)>) {
            for row in rows {
                all.push((key, row.line, &row.cite));
                all.extend(row.also.iter().map(|cite| (key, row.line, cite)));
            }
        }
        let mut all = Vec::new();
        of("decider", &self.deciders, &mut all);
        of("proposer", &self.proposers, &mut all);
        of("paper", &self.papers, &mut all);
        of("vote", &self.votes, &mut all);
        of("deadline", &self.deadlines, &mut all);
        of("processing", &self.processing, &mut all);
        of("bonus", &self.bonuses, &mut all);
        of("quota", &self.quotas, &mut all);
        of("waiting", &self.waiting, &mut all);
        all
    }
}
