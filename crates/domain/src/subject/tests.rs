//! Facts read, refused, matched and merged, with plain values.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use thidua_base::code::{HonourCode, OrgId};
use thidua_base::{Date, Number, Timestamp};

use super::decide::{Beside, Honours, Warning, decide};
use super::fact::{About, Authority, Fact, FactKind, Grade, Level, current};
use super::history::{self, Outcome, Said, Who};
use super::matching::{Found, Known, Reason, Register, Sought};
use super::merge::{Groups, Merge, merge};
use super::read::{born_of, day_of, fields_of};
use super::term::Term;
use super::*;
use crate::collection::import::mapping::{self, Candidate as Named, ListKind, Mapping, Table, propose};
use crate::collection::import::{FileSource, Written};
use crate::origin::Origin;
use crate::refusal::SubjectFault;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn id(text: &str) -> SubjectId {
    SubjectId::parse(text).unwrap()
}

fn entered() -> Entered {
    Entered { by: "Hòa".into(), at: Timestamp::parse("2020-07-05T02:00:00Z").unwrap(), reason: String::new() }
}

fn person(name: &str, born: &str) -> Details {
    Details { born: born_of(born).unwrap(), ..Details::named(Subject::Individual, name) }
}

fn fact(number: usize, about: About) -> Fact {
    Fact {
        id: FactId::parse(&format!("f-{number}")).unwrap(),
        subject: id("s-1"),
        about,
        supersedes: None,
        provenance: Provenance { origin: Origin::Reported, source: String::new() },
        entered: entered(),
    }
}

/// Certificates exist from 2004 on, flags always.
struct Book;

impl Honours for Book {
    fn name(&self, honour: &HonourCode) -> Option<String> {
        match honour.as_str() {
            "giay-khen" => Some("Giấy khen".into()),
            "co-thi-dua" => Some("Cờ thi đua".into()),
            _ => None,
        }
    }

    fn in_force(&self, honour: &HonourCode, on: Date) -> bool {
        honour.as_str() != "giay-khen" || on.year() >= 2004
    }

    fn has_segment(&self, word: &str) -> bool {
        word == "noi-khac"
    }
}

fn award(pairs: &[(&str, &str)]) -> Fields {
    let mut fields = Fields::of([
        ("year", "2019"),
        ("honour", "giay-khen"),
        ("number", "70/QĐ-UBND"),
        ("decided_on", "09/01/2020"),
        ("authority", "chu-tich-ubnd-huyen"),
    ]);
    for (name, text) in pairs {
        fields.set(name, text);
    }
    fields
}

fn decided(details: &Details, kind: FactKind, fields: &Fields, facts: &[&Fact]) -> Result<Vec<Warning>, Refusal> {
    let about = About::read(kind, fields)?;
    decide(&about, Beside { details, facts, honours: &Book, today: day("2020-07-05") })
}

fn fault(done: Result<Vec<Warning>, Refusal>) -> SubjectFault {
    match done {
        Err(Refusal::Subject(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_award_is_read_and_its_level_follows_from_the_authority() {
    let About::Award(held) = About::read(FactKind::Award, &award(&[])).unwrap() else { panic!() };
    assert_eq!((held.year, held.authority, held.level), (2019, Authority::DistrictChair, Level::District));
    assert_eq!(held.decided_on, day("2020-01-09"));
    let About::Award(told) = About::read(FactKind::Award, &award(&[("level", "co-so")])).unwrap() else { panic!() };
    assert_eq!(told.level, Level::Base);
    assert_eq!(decided(&person("Lê Văn An", "1980"), FactKind::Award, &award(&[]), &[]), Ok(Vec::new()));
}

#[test]
fn each_thing_wrong_with_an_award_has_its_own_refusal() {
    use SubjectFault as F;
    let an = person("Lê Văn An", "1980-05-01");
    let why = |pairs: &[(&str, &str)]| fault(decided(&an, FactKind::Award, &award(pairs), &[]));
    for number in ["", "-", "không số"] {
        assert_eq!(why(&[("number", number)]), F::NoDecisionNumber, "{number}");
    }
    assert!(matches!(why(&[("year", "1979"), ("decided_on", "1980-04-30")]), F::BeforeBirth { .. }));
    let period = [("period_from", "2015-01-01"), ("period_to", "2018-12-31")];
    assert!(matches!(why(&period), F::YearOutsidePeriod { year: 2019, .. }));
    assert!(matches!(why(&[("period_from", "2019-02-01"), ("period_to", "2019-01-01")]), F::BackwardSpan { .. }));
    assert!(matches!(why(&[("period_from", "2019-02-01")]), F::MissingField { field: "period_to" }));
    assert!(matches!(why(&[("year", "2020"), ("decided_on", "2019-12-30")]), F::YearAfterDecision { .. }));
    assert!(matches!(why(&[("decided_on", "2020-07-06")]), F::DayAhead { .. }));
    assert!(matches!(why(&[("honour", "bang-vang")]), F::UnknownHonour { .. }));
    assert!(matches!(why(&[("authority", "ong-ba")]), F::UnknownAuthority { known, .. } if known.len() > 5));
    assert!(matches!(why(&[("year", "19")]), F::BadYear { .. }));
    let school = Details { born: Born::Year(2020), ..Details::named(Subject::Collective, "Trường Tiểu học A") };
    let done = decided(&school, FactKind::Award, &award(&[]), &[]);
    assert!(matches!(fault(done), F::BeforeFounding { .. }));
}

#[test]
fn an_award_is_known_once() {
    let an = person("Lê Văn An", "1980");
    let held = fact(1, About::read(FactKind::Award, &award(&[])).unwrap());
    let twice = |pairs: &[(&str, &str)]| decided(&an, FactKind::Award, &award(pairs), &[&held]);
    assert!(matches!(fault(twice(&[])), SubjectFault::DuplicateAward { year: 2019, .. }));
    // Written differently, it is the same decision.
    let same = twice(&[("number", "70 /QĐ - UBND"), ("decided_on", "2020-01-10")]);
    assert!(matches!(fault(same), SubjectFault::DuplicateAward { .. }));
    assert_eq!(twice(&[("number", "99/QĐ-UBND"), ("decided_on", "2020-03-01")]), Ok(Vec::new()));
}

#[test]
fn an_honour_that_did_not_exist_is_a_warning() {
    let an = person("Lê Văn An", "1970");
    let early = award(&[("year", "1999"), ("decided_on", "2000-01-05")]);
    let warned = decided(&an, FactKind::Award, &early, &[]).unwrap();
    assert_eq!(warned, [Warning::NotInForce { honour: "Giấy khen".into(), on: day("2000-01-05") }]);
}

#[test]
fn a_year_has_one_rating() {
    let an = person("Lê Văn An", "");
    let rated = |grade: &str| Fields::of([("year", "2019"), ("grade", grade)]);
    let held = fact(1, About::read(FactKind::Rating, &rated("hoan-thanh-tot")).unwrap());
    let again = |grade: &str| fault(decided(&an, FactKind::Rating, &rated(grade), &[&held]));
    let contradicts = SubjectFault::ContradictoryRating { year: 2019, held: "hoan-thanh-tot" };
    assert_eq!(again("hoan-thanh-xuat-sac"), contradicts);
    assert_eq!(again("hoan-thanh-tot"), SubjectFault::FactHeldAlready);
    assert!(matches!(again("gioi"), SubjectFault::UnknownWord { field: "grade", .. }));
    assert_eq!(decided(&an, FactKind::Rating, &rated("hoan-thanh"), &[]), Ok(Vec::new()));
}

#[test]
fn a_year_has_one_count_of_points() {
    let family = Details::named(Subject::Household, "Hộ ông Lê Văn An");
    let scored = |points: &str, segment: &str, groups: &str| {
        Fields::of([("year", "2019"), ("points", points), ("segment", segment), ("groups", groups)])
    };
    let good = scored("86,5", "noi-khac", "18/20; 25/30 40/50");
    let about = About::read(FactKind::Score, &good).unwrap();
    let About::Score(score) = &about else { panic!("{about:?}") };
    assert_eq!(score.groups, [(18, 20), (25, 30), (40, 50)]);
    assert_eq!(About::read(FactKind::Score, &about.fields()).unwrap(), about, "what is shown reads as the same");
    let held = fact(1, about);
    let again = |points: &str, known: &[&Fact]| decided(&family, FactKind::Score, &scored(points, "", ""), known);
    let contradicts = SubjectFault::ContradictoryScore { year: 2019, held: Number::parse("86.5").unwrap() };
    assert_eq!(fault(again("90", &[&held])), contradicts);
    assert_eq!(fault(decided(&family, FactKind::Score, &good, &[&held])), SubjectFault::FactHeldAlready);
    assert_eq!(again("90", &[]), Ok(Vec::new()));
    // A word the book does not know would be judged by the mark of all other places.
    let asked = decided(&family, FactKind::Score, &scored("60", "vung-nui", ""), &[]);
    assert!(matches!(fault(asked), SubjectFault::UnknownWord { field: "segment", .. }));
    for points in ["101", "-1", "85,125", "tám mươi", "1e2"] {
        assert_eq!(fault(again(points, &[])), SubjectFault::BadPoints { asked: points.into() });
    }
    assert_eq!(fault(again("", &[])), SubjectFault::MissingField { field: "points" });
    for groups in ["21/20", "18", "18/0", "18/101", "a/b", "+1/20", "1/2/3"] {
        let read = fault(decided(&family, FactKind::Score, &scored("80", "", groups), &[]));
        assert_eq!(read, SubjectFault::BadGroups { asked: groups.into() });
    }
}

#[test]
fn a_span_runs_forwards() {
    let an = person("Lê Văn An", "");
    let span = |from: &str, to: &str| {
        let fields = Fields::of([("discipline_level", "khien-trach"), ("from", from), ("to", to)]);
        decided(&an, FactKind::Discipline, &fields, &[])
    };
    assert_eq!(span("2019-01-01", "2020-01-01"), Ok(Vec::new()));
    assert_eq!(span("2019-01-01", ""), Ok(Vec::new()));
    for to in ["2019-01-01", "2018-12-31"] {
        assert!(matches!(fault(span("2019-01-01", to)), SubjectFault::BackwardSpan { .. }), "{to}");
    }
}

#[test]
fn what_was_corrected_or_withdrawn_does_not_count() {
    let rating = |grade| About::read(FactKind::Rating, &Fields::of([("year", "2019"), ("grade", grade)])).unwrap();
    let first = fact(1, rating("hoan-thanh"));
    let second = Fact { supersedes: Some(first.id.clone()), ..fact(2, rating("hoan-thanh-tot")) };
    let third = fact(3, rating("hoan-thanh"));
    let gone = Fact { supersedes: Some(third.id.clone()), ..fact(4, About::Withdrawn) };
    let facts = [first, second, third, gone];
    assert_eq!(current(&facts), [&facts[1]]);
}

#[test]
fn grades_are_in_order_and_words_are_read_back() {
    assert!(Grade::Failed < Grade::Completed && Grade::Good < Grade::Excellent);
    for kind in FactKind::all() {
        assert_eq!(FactKind::of_word(kind.word()), Some(kind));
        assert!(!fields_of(kind).is_empty());
    }
}

fn known(number: usize, name: &str, born: &str, unit: &str) -> Known {
    let is = Sought { name: name.into(), born: born_of(born).unwrap(), cccd: None, unit: None };
    Known { id: id(&format!("s-{number}")), is, units: vec![OrgId::parse(unit).unwrap()] }
}

fn sought(name: &str, born: &str, unit: &str) -> Sought {
    Sought { name: name.into(), born: born_of(born).unwrap(), cccd: None, unit: OrgId::parse(unit).ok() }
}

#[test]
fn less_than_name_and_birth_is_a_question() {
    let all = [known(1, "Nguyễn Thị Hoa", "1980-02-05", "xa-a"), known(2, "Nguyễn Thị Hoa", "1985", "xa-b")];
    let register = Register::of(&all);
    let found = |name, born, unit| register.find(&sought(name, born, unit));
    let Found::One(one) = found("Nguyễn Thị Hoa", "1980-02-05", "xa-c") else { panic!() };
    assert_eq!((one.id, one.reasons), (id("s-1"), vec![Reason::SameName, Reason::SameBirth]));
    let Found::One(two) = found("NGUYỄN THỊ HOA", "1985", "xa-b") else { panic!() };
    assert_eq!(two.reasons, [Reason::NameWithoutMarks, Reason::SameBirthYear, Reason::SameUnit]);
    let Found::Unclear(both) = found("Nguyễn Thị Hoa", "", "xa-a") else { panic!() };
    assert_eq!(both.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["s-1", "s-2"]);
    // A name that is only like it does not make a whole match doubtful; a second whole match does.
    let mut more = all.to_vec();
    more.push(known(3, "Nguyễn Thị Hoan", "1980", "xa-a"));
    let near = sought("Nguyễn Thị Hoa", "1980-02-05", "xa-a");
    assert!(matches!(Register::of(&more).find(&near), Found::One(one) if one.id == id("s-1")));
    more.push(known(4, "Nguyễn Thị Hoa", "1980-02-05", "xa-a"));
    assert!(matches!(Register::of(&more).find(&near), Found::Unclear(both) if both.len() == 3));
    // Another birth is another person, whatever the name.
    assert_eq!(found("Nguyễn Thị Hoa", "1990", "xa-a"), Found::Nobody);
    assert_eq!(found("Trần Văn Bình", "1980-02-05", "xa-a"), Found::Nobody);
}

#[test]
fn the_same_number_is_the_same_person_and_another_is_not() {
    let number = |text| Some(Cccd::parse(text).unwrap());
    let mut all = [known(1, "Nguyễn Thị Hoa", "1980-02-05", "xa-a"), known(2, "Nguyễn Thị Hoa", "1980-02-05", "xa-a")];
    all[0].is.cccd = number("038180000123");
    all[1].is.cccd = number("038180000124");
    let register = Register::of(&all);
    let by = |cccd| register.find(&Sought { cccd: number(cccd), ..sought("Nguyễn Thị Hoà", "", "xa-b") });
    assert!(matches!(by("038180000123"), Found::One(one) if one.id == id("s-1") && one.weight == 100));
    assert_eq!(by("038180000125"), Found::Nobody);
    assert!(register.doubles().is_empty(), "two numbers are two persons");
    all[1].is.cccd = None;
    let pairs = Register::of(&all).doubles();
    assert_eq!(pairs.len(), 1);
    assert!(pairs[0].reasons.contains(&Reason::SameBirth) && pairs[0].reasons.contains(&Reason::SameUnit));
}

fn merged(number: usize, kept: &str, other: &str) -> Merge {
    Merge {
        id: MergeId::parse(&format!("m-{number}")).unwrap(),
        kept: id(kept),
        merged: id(other),
        entered: entered(),
        undone: None,
    }
}

#[test]
fn what_may_not_be_merged_is_refused() {
    let (hoa, an) = (person("Nguyễn Thị Hoa", ""), person("Nguyễn Thị Hoa", ""));
    let groups = Groups::of(&[merged(1, "s-1", "s-2")]);
    let tried = |a: (&str, &Details), b: (&str, &Details)| merge(&groups, (&id(a.0), a.1), (&id(b.0), b.1));
    assert_eq!(tried(("s-3", &hoa), ("s-4", &an)), Ok(()));
    assert_eq!(tried(("s-3", &hoa), ("s-3", &hoa)), Err(SubjectFault::SameSubject.into()));
    assert_eq!(tried(("s-3", &hoa), ("s-2", &an)), Err(SubjectFault::MergedAlready.into()));
    let school = Details::named(Subject::Collective, "Trường A");
    assert_eq!(tried(("s-3", &hoa), ("s-4", &school)), Err(SubjectFault::DifferentKinds.into()));
    let with = |text: &str| Details { cccd: Some(Cccd::parse(text).unwrap()), ..hoa.clone() };
    let two = tried(("s-3", &with("038180000123")), ("s-4", &with("038180000124")));
    assert_eq!(two, Err(SubjectFault::DifferentCccd.into()));
    assert_eq!(tried(("s-3", &with("038180000123")), ("s-4", &an)), Ok(()));
}

fn list(rows: &[&[&str]]) -> Table {
    let cell = |text: &&str| Written::text(text);
    let source = FileSource { file: "khen.xlsx".into(), hash: String::new(), sheet: String::new() };
    Table { source, rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect() }
}

fn book_of_lists() -> mapping::Known {
    mapping::Known {
        list: ListKind::Awards,
        period: thidua_base::Period::Year { year: 2020 },
        indicators: Vec::new(),
        units: vec![Named { id: OrgId::parse("xa-a").unwrap(), names: vec!["Xã A Lý".into(), "A Lý".into()] }],
        honours: vec![Named { id: HonourCode::parse("giay-khen").unwrap(), names: vec!["Giấy khen".into()] }],
    }
}

const HEADINGS: [&str; 8] =
    ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Danh hiệu", "Năm", "Số quyết định", "Cơ quan khen"];

/// What the rows of a list come to, beside two who are known.
fn outcomes(rows: &[&[&str]], said: &BTreeMap<usize, Said>) -> Vec<Outcome> {
    let mut all: Vec<&[&str]> = vec![&["UBND HUYỆN TRIỆU SƠN"], &HEADINGS];
    all.extend(rows);
    let table = list(&all);
    let proposal = propose(&table, &book_of_lists(), None).unwrap();
    let mapping: Mapping = proposal.sure();
    let listed = history::listed(&table, &proposal.headings, &mapping);
    let people = [
        known(1, "Lê Văn An", "1980-02-05", "xa-a"),
        known(2, "Lê Thị Hoa", "", "xa-a"),
        known(3, "Lê Thị Hoa", "", "xa-b"),
    ];
    let details: BTreeMap<SubjectId, Details> =
        people.iter().map(|one| (one.id.clone(), Details { born: one.is.born, ..person(&one.is.name, "") })).collect();
    let held = fact(1, About::read(FactKind::Award, &award(&[])).unwrap());
    let facts = BTreeMap::from([(id("s-1"), vec![&held])]);
    let unit = OrgId::parse("huyen").unwrap();
    let ground = history::Ground {
        register: &Register::of(&people),
        details: &details,
        facts: &facts,
        unit: &unit,
        honours: &Book,
        today: day("2020-07-05"),
    };
    history::preview(listed, ground, said).into_iter().map(|line| line.outcome).collect()
}

#[test]
fn a_list_of_awards_is_looked_at_row_by_row() {
    let done = outcomes(
        &[
            &[
                "1",
                "Lê Văn An",
                "05/02/1980",
                "Xã A Lý",
                "Giấy khen",
                "2019",
                "70/QĐ-UBND ngày 09/01/2020",
                "UBND huyện",
            ],
            &[
                "2",
                "Lê Văn An",
                "05/02/1980",
                "Xã A Lý",
                "Giấy khen",
                "2018",
                "11/QĐ-UBND ngày 10/01/2019",
                "UBND huyện",
            ],
            &["3", "Lê Thị Hoa", "", "Xã A Lý", "Giấy khen", "2018", "11/QĐ-UBND ngày 10/01/2019", "UBND huyện"],
            &["4", "Vũ Văn Mới", "", "Xã A Lý", "Giấy khen", "2018", "11/QĐ-UBND ngày 10/01/2019", "UBND huyện"],
            &["5", "Vũ Văn Mới", "", "Xã A Lý", "Giấy khen", "2017", "9/QĐ-UBND ngày 10/01/2018", "UBND huyện"],
            &["6", "Vũ Văn Mới", "", "Xã A Lý", "Giấy khen", "2017", "9/QĐ-UBND ngày 10/01/2018", "UBND huyện"],
            &["7", "Vũ Văn Mới", "", "Xã A Lý", "Giấy khen", "2016", "ngày 10/01/2017", "UBND huyện"],
            &["8", "Vũ Văn Mới", "", "Xã A Lý", "Giấy khen", "2016", "7/QĐ-UBND ngày 10/01/2017", "Ông Ba"],
            &["9", "Tập thể trường A", "", "Xã A Lý", "Giấy khen", "2016", "7/QĐ-UBND ngày 10/01/2017", "UBND huyện"],
        ],
        &BTreeMap::new(),
    );
    assert_eq!(done[0], Outcome::There { who: id("s-1") });
    assert!(matches!(&done[1], Outcome::New { who: Who::Known { id: who, .. }, .. } if *who == id("s-1")));
    assert!(matches!(&done[2], Outcome::Unclear { candidates } if candidates.len() == 2));
    let number = |at: usize| match &done[at] {
        Outcome::New { who: Who::New { number, details, .. }, .. } => (*number, details.kind),
        other => panic!("{other:?}"),
    };
    assert_eq!((number(3), number(4)), ((0, Subject::Individual), (0, Subject::Individual)), "one new person");
    let why = |at: usize| match &done[at] {
        Outcome::Refused { why: Refusal::Subject(fault) } => fault.clone(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(why(5), SubjectFault::DuplicateAward { .. }));
    assert_eq!(why(6), SubjectFault::NoDecisionNumber);
    assert!(matches!(why(7), SubjectFault::UnknownAuthority { .. }));
    assert_eq!(number(8), (1, Subject::Collective));
}

#[test]
fn what_a_person_says_of_an_unclear_row_counts() {
    let row: &[&str] = &["1", "Lê Thị Hoa", "", "Xã A Lý", "Giấy khen", "2018", "11/QĐ ngày 10/01/2019", "UBND huyện"];
    let said = |said| outcomes(&[row], &BTreeMap::from([(3, said)]));
    assert!(
        matches!(&said(Said::Known(id("s-3")))[..], [Outcome::New { who: Who::Known { id: who, .. }, .. }] if *who == id("s-3"))
    );
    assert!(matches!(&said(Said::New)[..], [Outcome::New { who: Who::New { .. }, .. }]));
    assert!(said(Said::LeftOut).is_empty());
    // Someone nobody knows of is no answer.
    assert!(matches!(&said(Said::Known(id("s-9")))[..], [Outcome::Unclear { .. }]));
}

fn words<T: Term>() -> impl Strategy<Value = String> {
    let words: Vec<String> = T::all().map(|value| value.word().to_owned()).chain([String::new()]).collect();
    prop::sample::select(words)
}

fn any_field() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "[0-9]{1,2}/[0-9]{1,2}/(19|20)[0-9]{2}",
        "(19|20)[0-9]{2}(-[01][0-9]-[0-3][0-9])?",
        "[a-z-]{1,12}",
        words::<Grade>(),
        words::<Authority>(),
        Just("yes".to_owned()),
    ]
}

proptest! {
    #[test]
    fn any_fields_are_read_or_refused_and_what_is_read_reads_again(
        kind in prop::sample::select(FactKind::all().collect::<Vec<_>>()),
        texts in prop::collection::vec(any_field(), 14),
    ) {
        let fields = Fields::of(fields_of(kind).iter().copied().zip(&texts));
        if let Ok(about) = About::read(kind, &fields) {
            prop_assert_eq!(about.kind(), Some(kind));
            prop_assert_eq!(About::read(kind, &about.fields()), Ok(about));
        }
    }

    #[test]
    fn any_identity_is_read_or_refused_and_what_is_read_reads_again(
        name in "\\PC{0,12}|[A-Za-zĐđắ ]{2,20}", born in any_field(), cccd in "0?[0-9]{11,12}|", sex in words::<Sex>(),
    ) {
        let fields = Fields::of([("name", &name), ("born", &born), ("cccd", &cccd), ("sex", &sex)]);
        if let Ok(details) = Details::read(Subject::Individual, &fields) {
            prop_assert_eq!(Details::read(Subject::Individual, &details.fields(true)), Ok(details.clone()));
            prop_assert!(!details.name.contains("  ") && details.name.trim() == details.name);
        }
    }

    #[test]
    fn any_text_is_a_day_or_none(text in "\\PC{0,14}|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}") {
        if let Some(found) = day_of(&text) {
            prop_assert_eq!(day_of(&found.to_string()), Some(found));
            prop_assert_eq!(day_of(&found.in_table()), Some(found));
        }
    }

    /// Undoing a merge gives back exactly who stood for whom before it, whatever was merged before and after.
    #[test]
    fn an_undone_merge_leaves_no_trace(pairs in prop::collection::vec((0usize..8, 0usize..8), 1..12), at in any::<prop::sample::Index>()) {
        let all: Vec<SubjectId> = (0..8).map(|number| id(&format!("s-{number}"))).collect();
        let who = person("Lê Văn An", "");
        let mut merges: Vec<Merge> = Vec::new();
        for (number, (kept, other)) in pairs.into_iter().enumerate() {
            let groups = Groups::of(&merges);
            if merge(&groups, (&all[kept], &who), (&all[other], &who)).is_ok() {
                let next = merged(number, all[kept].as_str(), all[other].as_str());
                merges.push(next);
                let groups = Groups::of(&merges);
                // Everyone stands in exactly one group.
                let kept: BTreeSet<&SubjectId> = all.iter().map(|one| groups.stands_for(one)).collect();
                let members: Vec<SubjectId> = kept.iter().flat_map(|one| groups.members(one)).collect();
                prop_assert_eq!(members.len(), all.len());
                prop_assert_eq!(members.into_iter().collect::<BTreeSet<_>>().len(), all.len());
            }
        }
        if merges.is_empty() {
            return Ok(());
        }
        let at = at.index(merges.len());
        let mut without = merges.clone();
        without.remove(at);
        merges[at].undone = Some(entered());
        prop_assert_eq!(Groups::of(&merges), Groups::of(&without));
    }
}
