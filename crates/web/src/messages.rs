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
mod tests {
    use thidua_domain::refusal::{PackFault, Wanted};
    use thidua_prose::check::Remark;

    use super::*;

    fn sorted_gaps(sentence: &str) -> Vec<&str> {
        let mut found: Vec<&str> = gaps(sentence).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn both_languages_have_the_same_keys_and_gaps() {
        let (vi, en) = (Messages::vi(), Messages::en());
        let keys = |m: &'static Messages| m.texts.keys().collect::<Vec<_>>();
        assert_eq!(keys(vi), keys(en));
        for (key, sentence) in &vi.texts {
            assert_eq!(sorted_gaps(sentence), sorted_gaps(&en.texts[key]), "{key}");
            assert!(!sentence.trim().is_empty() && !en.texts[key].trim().is_empty(), "{key} says nothing");
            assert!(thidua_base::text::is_nfc(sentence), "{key} is not NFC");
        }
    }

    #[test]
    fn a_period_is_called_as_everywhere_else() {
        for code in ["2020-M07", "2020-Q3", "2020-H1", "2020-H2", "2020-C9", "2020", "2016-2020", "SY2019"] {
            let period = Period::parse(code).unwrap();
            assert_eq!(Messages::vi().period(period), period.in_words());
        }
        assert_eq!(Messages::en().period(Period::parse("2020-H1").unwrap()), "first half of 2020");
        assert_eq!(Messages::en().period(Period::parse("2020-Q3").unwrap()), "quarter 3 of 2020");
    }

    #[test]
    fn gaps_are_filled_once() {
        assert_eq!(filled("{a} và {b}", &[("a", "{b}"), ("b", "2")]), "{b} và 2");
        assert_eq!(filled("{a", &[("a", "1")]), "{a");
        assert_eq!(filled("{x}!", &[]), "…!");
    }

    #[test]
    fn every_refusal_speaks() {
        let text = || String::from("x");
        let faults = [
            PackFault::MissingFile,
            PackFault::NotUtf8(7),
            PackFault::NotNfc,
            PackFault::Syntax(text()),
            PackFault::UnknownKey,
            PackFault::Expected(Wanted::Header),
            PackFault::Expected(Wanted::Column),
            PackFault::Expected(Wanted::Columns { wanted: 3, found: 4 }),
            PackFault::Expected(Wanted::Text),
            PackFault::Expected(Wanted::Value),
            PackFault::Expected(Wanted::Trimmed),
            PackFault::Expected(Wanted::Texts),
            PackFault::Expected(Wanted::Table),
            PackFault::Expected(Wanted::Tables),
            PackFault::Expected(Wanted::YearFrom(2020)),
            PackFault::Expected(Wanted::OneOf { words: vec![text(), String::new()], found: text() }),
            PackFault::Expected(Wanted::NoInterval),
            PackFault::Expected(Wanted::Interval),
            PackFault::Expected(Wanted::Between { low: text(), high: text() }),
            PackFault::Expected(Wanted::NoOverlap(text())),
            PackFault::Expected(Wanted::Consistent(text())),
            PackFault::Expected(Wanted::Printable),
            PackFault::Dangling(text()),
            PackFault::Twice(text()),
            PackFault::DoesNotAddUp { sum: text(), total: text() },
        ];
        let mut refusals = vec![
            Refusal::UnknownUnit { asked: text(), near: vec![text()] },
            Refusal::UnknownPeriod { asked: text(), known: vec![text()] },
            Refusal::UnknownForm { asked: text(), known: vec![text()] },
            Refusal::UnknownReport { asked: text() },
            Refusal::PackLoaded { pack: text() },
            Refusal::UnknownLine { asked: text() },
            Refusal::NothingLoaded,
            Refusal::NoLayout { day: thidua_base::Date::new(1900, 1, 1).unwrap() },
            Refusal::BadEmail { asked: text() },
            Refusal::NoReason,
            Refusal::NoAuthor,
            Refusal::WhichTenant { known: vec![text()] },
            Refusal::NotANumber { asked: text() },
            Refusal::AsTheRule { line: text(), computed: text() },
            Refusal::SignInRefused,
            Refusal::BadAccountName { asked: text(), most: 60 },
            Refusal::AccountExists { asked: text() },
            Refusal::UnknownAccount { asked: text() },
            Refusal::NoDisplayName,
            Refusal::ShortPassword { least: 10 },
            Refusal::LongPassword { most: 128 },
            Refusal::PasswordIsName,
            Refusal::CommonPassword,
            Refusal::PasswordsDiffer,
            Refusal::WrongPassword,
            Refusal::UnknownRole { asked: text(), known: vec![text()] },
            Refusal::EmptySpan {
                from: thidua_base::Date::new(2020, 7, 5).unwrap(),
                to: thidua_base::Date::new(2020, 7, 1).unwrap(),
            },
            Refusal::RoleHeldAlready,
            Refusal::RoleNotHeld,
            Refusal::StaleForm,
            Refusal::EmptyTerms,
            Refusal::MovementDays,
            Refusal::OwnParent,
            Refusal::MovementPhase { phase: "launched" },
            Refusal::PledgeState { state: "signed" },
            Refusal::EmptyPledge,
            Refusal::PromisedTwice { indicator: text() },
            Refusal::BelowAssigned { indicator: text(), assigned: text() },
            Refusal::EmptyText,
            Refusal::NamelessMovement,
            Refusal::MovementExists { code: text() },
            Refusal::CycleDays,
            Refusal::AskedTwice { indicator: text(), unit: text(), by: text() },
            Refusal::NotAsked { indicator: text() },
            Refusal::LongText { most: 7 },
            Refusal::ShortText { least: 7 },
            Refusal::TooManyDecimals { most: 1 },
            Refusal::LessFirm,
            Refusal::SheetNotReady { empty: 1, unanswered: 2, conflicts: 3 },
            Refusal::OwnTarget,
            Refusal::TargetTwice,
            Refusal::UndefinedIndicator { asked: text() },
            Refusal::BadPlanLine { asked: text() },
            Refusal::TargetOutsideYear { period: text() },
            Refusal::ChangedMeanwhile,
            Refusal::TooMany { most: 7 },
            Refusal::NothingChosen,
            Refusal::FormExists { asked: text() },
            Refusal::EmptyForm,
            Refusal::WrongPeriod { asked: text() },
            Refusal::CycleExists,
            Refusal::WrongCode,
            Refusal::StaleSignIn,
            Refusal::SecondFactorHeld,
            Refusal::NoSecondFactor,
            Refusal::BadLink { most: 255 },
            Refusal::LinkExists { subject: text() },
            Refusal::UnknownLink,
            Refusal::NotLinked { subject: text() },
            Refusal::ProviderSilent,
            Refusal::ProviderRefused,
            Refusal::BadDay { asked: text() },
            Refusal::NotInBook { asked: text() },
            Refusal::NotAPersonsAnswer { condition: text() },
            Refusal::AdministratorByKey,
            Refusal::LawFaults { found: vec![Said::new("x", "y")] },
            Refusal::LawCases { found: vec![Said::new("x", "y"); FOUND_MOST + 1] },
            Refusal::LawInForce { name: text() },
            Refusal::LawNotInForce { asked: text(), known: vec![text()] },
            Refusal::LawUnfit { found: vec![Said::new("x", "y")] },
            Refusal::OwnAccount,
            Refusal::BadTokenName { most: 60 },
            Refusal::NoTokenScope,
            Refusal::UnknownToken { asked: text() },
            Refusal::TokenDays { most: 366 },
            Refusal::TooManyTokens { most: 20 },
        ];
        for state in thidua_domain::collection::State::ALL {
            refusals.push(Refusal::SheetSent { state: state.word() });
            refusals.push(Refusal::StepNotOpen { state: state.word() });
        }
        let day = thidua_base::Date::new(2020, 7, 5).unwrap();
        refusals.extend(subject_fault::every(day).into_iter().map(Refusal::Subject));
        refusals.extend(decision_fault::every(day).into_iter().map(Refusal::Decision));
        refusals.extend(council_fault::every().into_iter().map(Refusal::Council));
        refusals.extend(thidua_domain::actor::Verb::ALL.map(|verb| Refusal::SamePerson { did: verb.word() }));
        for stage in thidua_domain::collection::Stage::ALL {
            refusals.push(Refusal::CycleClosed { stage: stage.word() });
        }
        refusals.extend(["code", "day", "instant", "period", "number", "whole-number", "decimals", "tree-rule"].map(
            |kind| {
                let why = PackFault::Expected(Wanted::Like { kind, example: "x", found: text() });
                Refusal::BrokenPack { file: text(), line: 3, key: text(), why }
            },
        ));
        refusals.extend(
            [
                PassageFault::Braces,
                PassageFault::UnknownName(text()),
                PassageFault::UnknownWord(text()),
                PassageFault::Figure(text()),
            ]
            .map(|fault| Refusal::BadPassage { slot: text(), fault }),
        );
        refusals.extend(faults.map(|why| Refusal::BrokenPack { file: text(), line: 3, key: text(), why }));
        refusals.extend(file_fault::samples());
        refusals.extend(evidence_fault::samples());
        refusals.extend(exemplar_fault::samples());
        refusals.extend(mark_fault::samples());
        refusals.extend(dossier_fault::samples());
        for refusal in refusals {
            for messages in [Messages::vi(), Messages::en()] {
                let said = messages.refusal(&refusal);
                assert!(!said.contains(MISSING) && !said.contains('…') && !said.contains('{'), "{said}");
            }
        }
    }

    #[test]
    fn a_broken_pack_is_told_with_file_line_and_key() {
        let refusal = Refusal::BrokenPack {
            file: "readings.csv".into(),
            line: 12,
            key: "value".into(),
            why: PackFault::Expected(Wanted::Like { kind: "number", example: "1231.2", found: "chín".into() }),
        };
        let said = Messages::vi().refusal(&refusal);
        for part in ["readings.csv", "12", "value", "số"] {
            assert!(said.contains(part), "{said}");
        }
    }

    fn remark(code: &'static str, facts: &[(&str, &str)]) -> Remark {
        Remark {
            severity: thidua_prose::check::Severity::Error,
            code,
            place: "2.1".into(),
            span: None,
            facts: facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        }
    }

    #[test]
    fn a_remark_without_a_sentence_still_names_its_facts() {
        let said = Messages::vi().remark(&remark("made-up-code", &[("place", "2.1")]));
        assert!(said.contains("made-up-code") && said.contains("place: 2.1"), "{said}");
    }

    #[test]
    fn every_code_of_the_text_checks_has_a_sentence() {
        for messages in [Messages::vi(), Messages::en()] {
            for code in thidua_prose::check::CODES {
                assert!(messages.find(&format!("remark.{code}")).is_some(), "{code} in {}.toml", messages.lang.code());
            }
        }
    }

    #[test]
    fn a_wrong_title_is_told_with_its_owner_where_it_has_one() {
        let facts = [("number", "34-CT/TW"), ("printed", "a"), ("right", "b"), ("belongs-to", "")];
        let said = Messages::vi().remark(&remark("wrong-instrument-title", &facts));
        assert!(said.contains("34-CT/TW") && !said.contains('…') && !said.contains("39-CT/TW"), "{said}");
        let facts = [("number", "34-CT/TW"), ("printed", "a"), ("right", "b"), ("belongs-to", "39-CT/TW")];
        assert!(Messages::vi().remark(&remark("wrong-instrument-title", &facts)).contains("39-CT/TW"));
    }

    #[test]
    fn a_period_in_a_remark_is_told_in_words() {
        let facts = [("what", "thu"), ("sum", "2"), ("total", "3"), ("when", "2020-H1")];
        let said = Messages::vi().remark(&remark("rounding-residue", &facts));
        assert!(said.contains("6 tháng đầu năm 2020") && !said.contains("2020-H1"), "{said}");
    }
}
