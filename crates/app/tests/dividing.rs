//! Old Triệu Sơn restated to its eight heirs: exact where communes went whole, not comparable where only the district had a
//! figure, and divided by shares once somebody entered them with their document.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use thidua_app::indicator::{
    FactValue, PassportSubject, RestatedAsked, RestatedSeen, passport, restated, restated_key,
};
use thidua_app::org::{NewDivision, divide_unit, lineage};
use thidua_app::pack::{load, read, shipped};
use thidua_app::{App, Clock, Error, audit};
use thidua_base::code::{IndicatorCode, OrgId};
use thidua_base::{Date, Number, Period, Timestamp};
use thidua_domain::actor::{AccountId, Actor, Post, Reach, Role};
use thidua_domain::org::{Came, Portion, Restated, Structure};
use thidua_domain::{Origin, Refusal};
use thidua_law::Book;
use thidua_store::Db;
use thidua_store::audit::Chain;
use thidua_testkit::both_engines;

const DISTRICT: &str = "h-397";
const HEIRS: [&str; 8] = [
    "x-15664-2507",
    "x-15667-2507",
    "x-15682-2507",
    "x-15715-2507",
    "x-15724-2507",
    "x-15754-2507",
    "x-15763-2507",
    "x-15766-2507",
];

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn id(text: &str) -> OrgId {
    OrgId::parse(text).unwrap()
}

fn province(db: &Db) -> App {
    let book = Book::shipped().unwrap();
    let pack = read(&shipped("thanh-hoa-2026").unwrap(), book).unwrap_or_else(|why| panic!("{why}"));
    let now = Timestamp::parse("2026-07-05T02:00:00Z").unwrap();
    load(db, book, &pack, "kiểm thử", now).unwrap();
    App::open(db.clone(), Clock::Set(now)).unwrap()
}

fn operator(app: &App) -> Actor {
    Actor::operator("kiểm thử", app.home.tenant.clone())
}

fn specialist(app: &App, units: &[&str]) -> Actor {
    let reach = Reach::Only(units.iter().map(|unit| id(unit)).collect());
    let account = AccountId::parse("tk-1").unwrap();
    Actor::person("Trần Văn Bình", app.home.tenant.clone(), account, vec![Post { role: Role::Specialist, reach }])
}

fn seen(app: &App, unit: &str, period: &str, structure: Structure, indicator: &str, basis: &str) -> RestatedSeen {
    let asked = RestatedAsked {
        unit: id(unit),
        period: Period::parse(period).ok(),
        structure,
        indicator: IndicatorCode::parse(indicator).ok(),
        basis: basis.into(),
    };
    restated(app, &operator(app), &asked).unwrap()
}

fn today() -> Structure {
    Structure::RestatedTo(day("2026-07-05"))
}

/// People of each heir, made up: 1 000, 2 000, … 8 000.
fn by_people() -> NewDivision {
    NewDivision {
        from: id(DISTRICT),
        on: day("2025-07-01"),
        basis: "population".into(),
        quantities: HEIRS.iter().zip(1..).map(|(heir, n)| (id(heir), Number::whole(n * 1_000))).collect(),
        source: "Biên bản bàn giao số 12/BB-UBND ngày 30/6/2025 (mẫu)".into(),
    }
}

both_engines! {
    fn what_communes_reported_is_exact_for_each_heir_and_what_the_district_kept_for_all_of_them_only(test) {
        let app = province(test.db());
        let area = seen(&app, DISTRICT, "2025-H1", today(), "T-NN01", "");
        let detail = area.detail.unwrap();
        let rows: Vec<&str> = detail.rows.iter().map(|row| row.unit.id.as_str()).collect();
        assert_eq!(rows.len(), HEIRS.len());
        assert!(HEIRS.iter().all(|heir| rows.contains(heir)), "{rows:?}");
        let exact = |figure: &Restated| match figure {
            Restated::Exact(total) if total.missing.is_empty() => total.sum,
            other => panic!("{other:?}"),
        };
        let rows: Vec<Number> = detail.rows.iter().map(|row| exact(&row.figure)).collect();
        let parts = detail.rows.iter().flat_map(|row| &row.made_of).filter_map(|part| part.value);
        let sum = Number::sum(rows).unwrap();
        assert_eq!((sum, exact(&detail.total)), (Number::sum(parts).unwrap(), sum));
        // As it was, the same communes stand below the district with the same total.
        let was = seen(&app, DISTRICT, "2025-H1", Structure::AsItWas, "T-NN01", "").detail.unwrap();
        assert_eq!((was.rows.len(), exact(&was.total)), (32, sum));
        // The tree of a day on which the district stood is that tree; one after it knows nothing of it.
        let then = seen(&app, DISTRICT, "2025-H1", Structure::AsOf(day("2025-06-30")), "T-NN01", "");
        assert_eq!(then.detail.unwrap().rows.len(), 32);
        assert!(seen(&app, DISTRICT, "2025-H1", Structure::AsOf(day("2026-07-05")), "", "").lines.is_empty());

        let output = seen(&app, DISTRICT, "2020-H1", today(), "T-HU01", "");
        let line = output.lines.iter().find(|line| line.indicator.code.as_str() == "T-HU01").unwrap();
        assert_eq!((line.rows, line.not_comparable, line.origin), (8, 8, Some(Origin::Reported)));
        let detail = output.detail.unwrap();
        assert_eq!(exact(&detail.total), Number::whole(9_427));
        let alone = Restated::NotComparable { blockers: vec![id(DISTRICT)] };
        assert!(detail.rows.iter().all(|row| row.figure == alone && row.made_of[0].came == Came::Unknown));

        let told = lineage(&app, &operator(&app), &id(DISTRICT)).unwrap();
        assert_eq!((told.ended, told.below.len(), told.went.len()), (Some(day("2025-07-01")), 32, 8));
        assert!(told.below.iter().all(|(_, arrows)| arrows.iter().all(|arrow| arrow.portion == Portion::Full)));
        let heir = lineage(&app, &operator(&app), &id(HEIRS[6])).unwrap();
        assert_eq!(heir.came.iter().filter(|arrow| arrow.portion == Portion::Full).count(), 5);
        assert!(heir.came.iter().any(|arrow| arrow.other.id == id(DISTRICT)), "it leads to the district it came from");
    }

    fn shares_are_entered_with_a_document_and_the_restated_figures_follow(test) {
        let app = province(test.db());
        let by = specialist(&app, &HEIRS);
        let figure = |basis: &str| {
            let detail = seen(&app, DISTRICT, "2020-H1", today(), "T-HU01", basis).detail.unwrap();
            detail.rows.into_iter().find(|row| row.unit.id == id(HEIRS[7])).unwrap().figure
        };
        assert!(matches!(figure("population"), Restated::NotComparable { .. }));
        let first = divide_unit(&app, &by, &by_people()).unwrap();
        assert_eq!((first.revision, first.shares.len(), first.by.as_str()), (1, 8, "Trần Văn Bình"));
        // 9 427 · 8/36, rounded once.
        let sum = |basis: &str| figure(basis).total().map(|total| total.sum.to_string());
        assert_eq!(sum("population").as_deref(), Some("2095"));
        assert!(matches!(figure(""), Restated::NotComparable { .. }), "nobody's figure changes unasked");
        assert!(matches!(figure("area"), Restated::NotComparable { .. }));
        // A further entry replaces it; the first stays.
        let mut again = by_people();
        again.quantities[7].1 = Number::whole(1_000);
        assert_eq!(divide_unit(&app, &by, &again).unwrap().revision, 2);
        assert_eq!(sum("population").as_deref(), Some("325"));
        let told = lineage(&app, &by.reading(), &id(DISTRICT)).unwrap();
        let entered: Vec<i64> = told.divided[0].entered.iter().map(|one| one.revision).collect();
        assert_eq!((entered, told.divided[0].divides), (vec![1, 2], true));
        let row = audit::tail(&app, &operator(&app), 1).unwrap().remove(0);
        assert_eq!((row.verb.as_str(), row.subject.as_str()), ("divide-unit", "unit:h-397"));
        assert!(row.detail.contains("12/BB-UBND") && row.detail.contains("revision 2"), "{}", row.detail);
        assert!(matches!(audit::verify(&app, &operator(&app)).unwrap(), Chain::Whole { .. }));

        let key = restated_key(
            &IndicatorCode::parse("T-HU01").unwrap(),
            &id(HEIRS[6]),
            Period::parse("2020-H1").unwrap(),
            day("2026-07-05"),
            "population",
        );
        let paper = passport(&app, &operator(&app), &key).unwrap();
        let PassportSubject::Restated(cell) = &paper.subject else { panic!("{paper:?}") };
        assert!(matches!(cell.row.figure, Restated::Shared(_)));
        assert_eq!(paper.used[0].key, "reading:T-HU01:h-397:2020-H1");
        assert_eq!(paper.used[0].value, FactValue::Text("9.427\u{a0}tỷ đồng".into()));
    }

    fn who_is_not_in_charge_of_every_heir_divides_nothing_and_nothing_unsound_is_kept(test) {
        let app = province(test.db());
        let by = specialist(&app, &HEIRS);
        let is_absent = |by: &Actor, new: &NewDivision| matches!(divide_unit(&app, by, new), Err(Error::NotFound(_)));
        assert!(is_absent(&specialist(&app, &HEIRS[..7]), &by_people()));
        assert!(is_absent(&Actor::reader("ai đó", app.home.tenant.clone()), &by_people()));
        assert!(is_absent(&by, &NewDivision { on: day("2025-07-02"), ..by_people() }));
        assert!(is_absent(&by, &NewDivision { from: id("x-15763"), ..by_people() }), "it went whole");
        assert!(is_absent(&by, &NewDivision { basis: "cảm tính".into(), ..by_people() }));
        let refused = |new: NewDivision| match divide_unit(&app, &by, &new) {
            Err(Error::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(NewDivision { source: "  ".into(), ..by_people() }), Refusal::NoDocument);
        let mut short = by_people();
        short.quantities.pop();
        assert_eq!(refused(short), Refusal::BadParts);
        let told = lineage(&app, &by.reading(), &id(DISTRICT)).unwrap();
        assert!(told.divided[0].entered.is_empty());
        let foreign = lineage(&app, &specialist(&app, &[HEIRS[0]]).reading(), &id(DISTRICT)).unwrap();
        assert!(!foreign.divided[0].divides, "no form is shown to who may not send it");
    }
}
