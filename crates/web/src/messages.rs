//! Every sentence a user reads, in Vietnamese and English, looked up by key.
//!
//! The files `messages/vi.toml` and `messages/en.toml` have the same keys. A sentence may hold
//! named gaps: `{asked}`. The command line speaks with the same sentences.

mod council_fault;
mod decision_fault;
mod dossier_fault;
mod evidence_fault;
mod exemplar_fault;
mod file_fault;
mod mark_fault;
mod pack_fault;
mod remark;
mod subject_fault;

pub use dossier_fault::clause;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use thidua_base::Period;
use thidua_base::text::roman;
use thidua_domain::Refusal;
use thidua_domain::refusal::PassageFault;
use thidua_law::table::Said;

/// Faults of a pack of law that a sentence lists; the rest are counted.
const FOUND_MOST: usize = 20;

/// A language of the interface. Data (names of units, of movements) stay Vietnamese in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Tiếng Việt, the first language.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The code of BCP 47: `vi` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

/// The sentences of one language.
#[derive(Debug)]
pub struct Messages {
    lang: Lang,
    texts: BTreeMap<String, String>,
}

/// What stands where a sentence is missing, so that it is seen and tests fail on it.
pub const MISSING: &str = "⟦?⟧";

static VI: LazyLock<Messages> = LazyLock::new(|| Messages::read(Lang::Vi, include_str!("../messages/vi.toml")));
static EN: LazyLock<Messages> = LazyLock::new(|| Messages::read(Lang::En, include_str!("../messages/en.toml")));

impl Messages {
    /// The Vietnamese sentences.
    pub fn vi() -> &'static Self {
        &VI
    }

    /// The English sentences.
    pub fn en() -> &'static Self {
        &EN
    }

    /// The sentences of a language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Vi => Self::vi(),
            Lang::En => Self::en(),
        }
    }

    /// The sentences of a file that ships with the program.
    ///
    /// # Panics
    /// When the text is no TOML: a fault of a release, found by tests.
    pub fn read(lang: Lang, text: &str) -> Self {
        let table: toml::Table = toml::from_str(text).expect("the message files ship with the program and are tested");
        let mut texts = BTreeMap::new();
        flatten("", table, &mut texts);
        Self { lang, texts }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The sentence of a key, or [`MISSING`].
    pub fn get(&self, key: &str) -> &str {
        let found = self.texts.get(key);
        debug_assert!(found.is_some(), "no sentence for '{key}' in {}.toml", self.lang.code());
        found.map_or(MISSING, String::as_str)
    }

    /// The sentence of a key that data made up, such as the name of a field of work; `None` where nobody wrote one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The sentence of a key with its gaps filled in.
    pub fn with(&self, key: &str, facts: &[(&str, &str)]) -> String {
        filled(self.get(key), facts)
    }

    /// A period in words: `6 tháng đầu năm 2020`, `first half of 2020`.
    pub fn period(&self, period: Period) -> String {
        let (key, number) = match period {
            Period::Month { month, .. } => ("period.month", month.to_string()),
            Period::Quarter { quarter, .. } => match self.lang {
                Lang::Vi => ("period.quarter", roman(usize::try_from(quarter).unwrap_or_default())),
                Lang::En => ("period.quarter", quarter.to_string()),
            },
            Period::Half { half: 1, .. } => ("period.half-1", String::new()),
            Period::Half { .. } => ("period.half-2", String::new()),
            Period::NineMonths { .. } => ("period.nine-months", String::new()),
            Period::Year { .. } => ("period.year", String::new()),
            Period::Term { first, .. } => ("period.term", first.to_string()),
            Period::SchoolYear { begins } => ("period.school-year", begins.to_string()),
        };
        self.with(key, &[("year", &period.year().to_string()), ("number", &number)])
    }

    /// Why something was not done, as a sentence for the person who asked.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let key = format!("refusal.{}", refusal.code());
        match refusal {
            Refusal::UnknownUnit { asked, near } => self.with_list(&key, asked, near),
            Refusal::UnknownPeriod { asked, known } | Refusal::UnknownForm { asked, known } => {
                self.with_list(&key, asked, known)
            }
            Refusal::WhichTenant { known } => self.with(&key, &[("known", &known.join(", "))]),
            Refusal::AsTheRule { line, computed } => self.with(&key, &[("line", line), ("computed", computed)]),
            Refusal::UnknownReport { asked } | Refusal::UnknownLine { asked } | Refusal::NotANumber { asked } => {
                self.with(&key, &[("asked", asked)])
            }
            Refusal::BrokenPack { file, line, key: place, why } => {
                let mut at = file.clone();
                if *line > 0 {
                    at.push_str(&self.with("refusal.at-line", &[("line", &line.to_string())]));
                }
                if !place.is_empty() {
                    at.push_str(&self.with("refusal.at-key", &[("key", place)]));
                }
                self.with(&key, &[("at", &at), ("why", &self.fault(why))])
            }
            Refusal::BrokenScheme { file, key: place, why } => {
                self.with(&key, &[("file", file), ("key", place), ("why", &self.fault(why))])
            }
            Refusal::IncompleteScheme { name, missing } => self.with(&key, &[("name", name), ("missing", missing)]),
            Refusal::OpenObjections { count } => self.with(&key, &[("count", &count.to_string())]),
            Refusal::BadExemplar { why } => self.with(&key, &[("why", &self.exemplar_fault(why))]),
            Refusal::BadMark { unit, criterion, why } => {
                self.with(&key, &[("unit", unit), ("criterion", criterion), ("why", &self.mark_fault(why))])
            }
            Refusal::BadMinutes { why } => {
                self.with(&key, &[("why", self.get(&format!("minutes-fault.{}", why.code())))])
            }
            Refusal::MovementPhase { phase } => {
                self.with(&key, &[("phase", self.get(&format!("movement-phase.{phase}")))])
            }
            Refusal::PledgeState { state } => self.with(&key, &[("state", self.get(&format!("pledge-state.{state}")))]),
            Refusal::PromisedTwice { indicator } => self.with(&key, &[("indicator", indicator)]),
            Refusal::BelowAssigned { indicator, assigned } => {
                self.with(&key, &[("indicator", indicator), ("assigned", assigned)])
            }
            Refusal::MovementExists { code } => self.with(&key, &[("code", code)]),
            Refusal::PackLoaded { pack } => self.with(&key, &[("pack", pack)]),
            Refusal::BadPassage { slot, fault } => {
                let why = match fault {
                    PassageFault::Braces => self.get("passage-fault.braces").to_owned(),
                    PassageFault::UnknownName(name) => self.with("passage-fault.unknown-name", &[("name", name)]),
                    PassageFault::UnknownWord(word) => self.with("passage-fault.unknown-word", &[("word", word)]),
                    PassageFault::Figure(_) => self.get("passage-fault.figure").to_owned(),
                };
                self.with(&key, &[("slot", slot), ("why", &why)])
            }
            Refusal::NoLayout { day } => self.with(&key, &[("day", &day.in_text())]),
            Refusal::UnknownRole { asked, known } => self.with_list(&key, asked, known),
            Refusal::AccountExists { asked } | Refusal::UnknownAccount { asked } => {
                self.with(&key, &[("asked", asked)])
            }
            Refusal::BadAccountName { asked, most } => {
                self.with(&key, &[("asked", asked), ("most", &most.to_string())])
            }
            Refusal::ShortPassword { least } => self.with(&key, &[("least", &least.to_string())]),
            Refusal::LongPassword { most } => self.with(&key, &[("most", &most.to_string())]),
            Refusal::EmptySpan { from, to } => self.with(&key, &[("from", &from.in_text()), ("to", &to.in_text())]),
            Refusal::AskedTwice { indicator, unit, by } => {
                self.with(&key, &[("indicator", indicator), ("unit", unit), ("by", by)])
            }
            Refusal::NotAsked { indicator } => self.with(&key, &[("indicator", indicator)]),
            Refusal::CycleClosed { stage } => self.with(&key, &[("stage", self.get(&format!("cycle-stage.{stage}")))]),
            Refusal::SheetSent { state } | Refusal::StepNotOpen { state } => {
                self.with(&key, &[("state", self.get(&format!("sheet-state.{state}")))])
            }
            Refusal::TooMany { most } | Refusal::LongText { most } => self.with(&key, &[("most", &most.to_string())]),
            Refusal::ShortText { least } => self.with(&key, &[("least", &least.to_string())]),
            Refusal::TooManyDecimals { most } => self.with(&key, &[("most", &most.to_string())]),
            Refusal::SamePerson { did } => self.with(&key, &[("did", self.get(&format!("verb.{}", did)))]),
            Refusal::SheetNotReady { empty, unanswered, conflicts } => {
                let (empty, unanswered, conflicts) = (empty.to_string(), unanswered.to_string(), conflicts.to_string());
                self.with(&key, &[("empty", &empty), ("unanswered", &unanswered), ("conflicts", &conflicts)])
            }
            Refusal::BadFile { file, why } => self.with(&key, &[("file", file), ("why", &self.file_fault(why))]),
            Refusal::BadCell { why } => self.cell_fault(why),
            Refusal::Subject(fault) => self.subject_fault(fault),
            Refusal::Decision(fault) => self.decision_fault(fault),
            Refusal::Council(fault) => self.council_fault(fault),
            Refusal::Dossier(fault) => self.dossier_fault(fault),
            Refusal::ChangedMeanwhile
            | Refusal::NothingChosen
            | Refusal::EmptyForm
            | Refusal::CycleExists
            | Refusal::EmptyTerms
            | Refusal::MovementDays
            | Refusal::OwnParent
            | Refusal::EmptyPledge
            | Refusal::EmptyText
            | Refusal::NamelessMovement
            | Refusal::CycleDays
            | Refusal::LessFirm
            | Refusal::OwnTarget
            | Refusal::TargetTwice
            | Refusal::NothingLoaded
            | Refusal::NoReason
            | Refusal::NoAuthor
            | Refusal::SignInRefused
            | Refusal::NoDisplayName
            | Refusal::PasswordIsName
            | Refusal::CommonPassword
            | Refusal::PasswordsDiffer
            | Refusal::WrongPassword
            | Refusal::RoleHeldAlready
            | Refusal::RoleNotHeld
            | Refusal::StaleForm
            | Refusal::WrongCode
            | Refusal::StaleSignIn
            | Refusal::SecondFactorHeld
            | Refusal::NoSecondFactor
            | Refusal::UnknownLink
            | Refusal::ProviderSilent
            | Refusal::ProviderRefused
            | Refusal::NoTokenScope
            | Refusal::NotDivided
            | Refusal::BadParts
            | Refusal::NoDocument
            | Refusal::AdministratorByKey
            | Refusal::OwnAccount => self.get(&key).to_owned(),
            Refusal::BadEvidence { why } => self.evidence_fault(why),
            Refusal::NotAPersonsAnswer { condition } => self.with(&key, &[("condition", condition)]),
            Refusal::NotInBook { asked }
            | Refusal::FormExists { asked }
            | Refusal::WrongPeriod { asked }
            | Refusal::UnknownToken { asked }
            | Refusal::BadEmail { asked }
            | Refusal::BadDay { asked }
            | Refusal::UndefinedIndicator { asked }
            | Refusal::BadPlanLine { asked } => self.with(&key, &[("asked", asked)]),
            Refusal::TargetOutsideYear { period } => self.with(&key, &[("period", period)]),
            Refusal::LawFaults { found } | Refusal::LawCases { found } | Refusal::LawUnfit { found } => {
                self.with(&key, &[("count", &found.len().to_string()), ("found", &self.found(found))])
            }
            Refusal::LawInForce { name } => self.with(&key, &[("name", name)]),
            Refusal::LawNotInForce { asked, known } => self.with_list(&key, asked, known),
            Refusal::BadLink { most } | Refusal::BadTokenName { most } | Refusal::TooManyTokens { most } => {
                self.with(&key, &[("most", &most.to_string())])
            }
            Refusal::TokenDays { most } => self.with(&key, &[("most", &most.to_string())]),
            Refusal::LinkExists { subject } | Refusal::NotLinked { subject } => {
                self.with(&key, &[("subject", subject)])
            }
        }
    }

    /// What was found in a pack of law, the first of it.
    fn found(&self, found: &[Said]) -> String {
        let line = |said: &Said| match self.lang {
            Lang::Vi => said.vi.clone(),
            Lang::En => said.en.clone(),
        };
        let mut lines: Vec<String> = found.iter().take(FOUND_MOST).map(line).collect();
        if found.len() > FOUND_MOST {
            lines.push(format!("(+ {})", found.len() - FOUND_MOST));
        }
        lines.join("\n")
    }

    fn with_list(&self, key: &str, asked: &str, others: &[String]) -> String {
        let mut said = self.with(key, &[("asked", asked)]);
        if !others.is_empty() {
            said.push(' ');
            said.push_str(&self.with(&format!("{key}-near"), &[("others", &others.join(", "))]));
        }
        said
    }
}

fn flatten(above: &str, table: toml::Table, into: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = if above.is_empty() { name } else { format!("{above}.{name}") };
        match value {
            toml::Value::Table(below) => flatten(&key, below, into),
            other => {
                into.insert(key, other.as_str().map_or_else(|| other.to_string(), str::to_owned));
            }
        }
    }
}

/// The names of the gaps of a sentence.
fn gaps(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|tail| tail.split_once('}').map(|(name, _)| name))
}

/// The sentence with each `{name}` replaced by its value; values are not searched for gaps again.
fn filled(sentence: &str, facts: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, tail)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = tail.split_once('}') else {
            out.push('{');
            rest = tail;
            continue;
        };
        out.push_str(facts.iter().find(|(known, _)| *known == name).map_or("…", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
