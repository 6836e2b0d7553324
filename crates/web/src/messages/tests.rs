//! Every sentence is there in both languages, and every refusal speaks.

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
