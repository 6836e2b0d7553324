//! Entering figures: kept once, in conflict where two wrote, and refused for a stranger.

use thidua_app::collection::{NewStep, SheetKey, create_form, enter, export, matrix, open_cycle, sheet, step};
use thidua_app::indicator::{PassportSubject, Trail, passport};
use thidua_app::{App, audit};
use thidua_base::Number;
use thidua_base::code::{ChangeId, FormId};
use thidua_domain::actor::Verb;
use thidua_domain::collection::entry::Outcome;
use thidua_domain::collection::{Assigned, Assignment, Change, Cycle, Form, How};
use thidua_domain::indicator::figures::Coverage;
use thidua_domain::indicator::{Absence, Figures, Indicator, Nature, Value};
use thidua_domain::{Refusal, Scope};
use thidua_store::Db;
use thidua_store::audit::Chain;
use thidua_testkit::both_engines;
use thidua_testkit::engines::TestDb;

use crate::desk::*;

both_engines! {
    fn a_figure_is_kept_with_who_when_and_how(test) {
        let desk = Desk::set(test.db());
        let seq = desk.saved(&desk.reporter(), &change("c-1", "NN02", of("120.5"), None));
        let held = desk.holds("NN02").unwrap();
        assert_eq!((held.seq, held.value, held.entered_by.as_str()), (seq, of("120.5"), "Lê Thị Thủy"));
        let told = audit::tail(&desk.app, &desk.operator, 1).unwrap().remove(0);
        assert_eq!((told.verb.as_str(), told.actor.as_str()), ("enter-figures", "Lê Thị Thủy"));
        assert!(matches!(audit::verify(&desk.app, &desk.operator).unwrap(), Chain::Whole { .. }));
    }

    fn a_note_is_changed_without_its_figure_and_what_it_said_before_stays(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let noted = |id: &str, note: &str, over| Change { note: note.into(), ..change(id, "NN02", of("120.5"), over) };
        let seq = desk.saved(&by, &noted("c-1", "ước", None));
        let answer = desk.enter(&by, &[noted("c-2", "đã rà soát", Some(seq))]).remove(0);
        assert_eq!(answer.outcome, Ok(Outcome::Unchanged { seq }), "no second reading of the same figure");
        let seen = sheet(&desk.app, &by, &key()).unwrap();
        assert_eq!(seen.sheet.row(&code("NN02")).unwrap().note, "đã rà soát");
        let whole = Scope::whole(desk.app.home.tenant.clone());
        let entries = test
            .db()
            .read(|tx| thidua_store::collection::entry::of_sheets(tx, &whole, &form_id(), period()))
            .unwrap();
        let mut notes: Vec<&str> = entries.iter().map(|entry| entry.change.note.as_str()).collect();
        notes.sort_unstable();
        assert_eq!(notes, ["đã rà soát", "ước"]);
        // Several changes within one second stand in the order in which they came, whatever their ids are.
        for (id, note) in [("a-9", "lần ba"), ("a-1", "lần tư"), ("a-5", "lần cuối")] {
            desk.enter(&by, &[noted(id, note, Some(seq))]);
        }
        let seen = sheet(&desk.app, &by, &key()).unwrap();
        assert_eq!(seen.sheet.row(&code("NN02")).unwrap().note, "lần cuối");
        // A note beside a cell that nobody has filled: it is not reported, and says why.
        let alone = Change { note: "chờ quyết toán".into(), ..change("c-3", "LD01", Value::Absent(Absence::NotReported), None) };
        desk.saved(&by, &alone);
        let seen = sheet(&desk.app, &by, &key()).unwrap();
        let row = seen.sheet.row(&code("LD01")).unwrap();
        assert_eq!((row.note.as_str(), row.is_filled()), ("chờ quyết toán", false));
    }

    fn a_change_sent_twice_is_done_once(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let first = desk.enter(&by, &[change("c-1", "NN02", of("120.5"), None)]);
        let rows = audit::tail(&desk.app, &desk.operator, 1_000).unwrap().len();
        let again = desk.enter(&by, &[change("c-1", "NN02", of("120.5"), None)]);
        assert_eq!(first, again);
        assert_eq!(audit::tail(&desk.app, &desk.operator, 1_000).unwrap().len(), rows, "nothing happened twice");
        // Known by its id, not by what it says: a device never uses an id for another change.
        assert_eq!(desk.enter(&by, &[change("c-1", "NN02", of("9"), None)]), first);
    }

    fn changes_of_one_cell_in_one_batch_follow_each_other(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let first = desk.saved(&by, &change("c-1", "NN02", of("1"), None));
        let answers = desk.enter(&by, &[
            change("c-2", "NN02", of("2"), Some(first)),
            change("c-3", "NN02", of("3"), Some(first + 1)),
            change("c-4", "LD01", of("4"), None),
        ]);
        assert!(answers.iter().all(|answer| matches!(answer.outcome, Ok(Outcome::Saved { .. }))), "{answers:?}");
        assert_eq!(desk.holds("NN02").unwrap().value, of("3"));
    }

    /// Acceptance test 5 of the indicator chapter.
    fn acceptance_5_two_users_edit_one_cell_offline_and_neither_value_is_lost(test) {
        let desk = Desk::set(test.db());
        let first = desk.saved(&desk.reporter(), &change("c-1", "NN02", of("100"), None));
        // Both took the sheet home with 100 in the cell.
        let hers = desk.saved(&desk.reporter(), &change("thuy-1", "NN02", of("110"), Some(first)));
        let his = change("binh-1", "NN02", of("120"), Some(first));
        let answer = desk.enter(&desk.specialist(), std::slice::from_ref(&his)).remove(0);
        assert_eq!(answer.outcome, Ok(Outcome::Conflict { held: hers }));
        assert_eq!(answer.holds.unwrap().value, of("110"), "the second sees the first one's value");
        let seen = sheet(&desk.app, &desk.reporter(), &key()).unwrap();
        let row = seen.sheet.row(&code("NN02")).unwrap();
        assert_eq!(row.value(), Some(Number::whole(110)));
        assert_eq!(row.conflicts.len(), 1, "the other value waits beside it, for both to see");
        assert_eq!((row.conflicts[0].change.value, row.conflicts[0].by.as_str()), (of("120"), "Trần Văn Bình"));
        // A sheet with two values in a cell is not sent.
        let refused = refusal(desk.step(&desk.reporter(), Verb::SubmitSheet, ""));
        assert_eq!(refused, Refusal::SheetNotReady { empty: 2, unanswered: 0, conflicts: 1 });
        let settle = Change { settles: ChangeId::parse("binh-1").ok(), ..change("c-2", "NN02", of("120"), Some(hers)) };
        desk.saved(&desk.reporter(), &settle);
        let seen = sheet(&desk.app, &desk.reporter(), &key()).unwrap();
        let row = seen.sheet.row(&code("NN02")).unwrap();
        assert!(row.conflicts.is_empty() && row.value() == Some(Number::whole(120)));
    }

    /// Acceptance test 3 of the indicator chapter: the cells, the totals and completeness; texts are tested with them.
    fn acceptance_3_zero_none_occurred_and_not_reported_are_three_things(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        desk.saved(&by, &change("c-1", "NN02", of("0"), None));
        desk.saved(&by, &change("c-2", "NN09", Value::Absent(Absence::NoneOccurred), None));
        desk.saved(&by, &change("c-3", "LD01", Value::Absent(Absence::NotReported), None));
        let seen = sheet(&desk.app, &by, &key()).unwrap().sheet;
        let of_row = |indicator: &str| seen.row(&code(indicator)).unwrap().current.as_ref().unwrap().value;
        assert_eq!(of_row("NN02"), of("0"));
        assert_eq!(of_row("NN09"), Value::Absent(Absence::NoneOccurred));
        assert_eq!(of_row("LD01"), Value::Absent(Absence::NotReported));
        assert_eq!((seen.completeness().filled, seen.completeness().required), (2, 3));
        let figures = figures(test.db(), &desk.app);
        let total = |indicator: &str| figures.actual(&code(indicator), &unit("h-397"), period()).unwrap();
        let communes = figures.children_of(&unit("h-397")).len();
        assert_eq!(total("NN02").value, Some(Number::whole(0)));
        assert_eq!(total("NN02").reported, Coverage { reported: 1, expected: communes });
        assert_eq!(total("NN09").value, Some(Number::whole(0)));
        assert_eq!(total("NN09").reported, Coverage { reported: 1, expected: communes });
        assert_eq!(total("LD01").value, None);
    }

    fn a_stranger_enters_nothing_and_learns_nothing(test) {
        let desk = Desk::set(test.db());
        let mut elsewhere = change("c-1", "NN02", of("1"), None);
        elsewhere.unit = unit(OTHER);
        let batch = [change("c-2", "NN02", of("1"), None), elsewhere.clone()];
        assert!(is_absent(&enter(&desk.app, &desk.reporter(), &form_id(), period(), &batch)));
        assert!(desk.holds("NN02").is_none(), "nothing of the batch is kept");
        // A unit that is in reach but does not report by the form.
        elsewhere.unit = unit("h-397");
        assert!(is_absent(&enter(&desk.app, &desk.specialist(), &form_id(), period(), &[elsewhere])));
        let other = thidua_app::collection::SheetKey { unit: unit(OTHER), ..key() };
        assert!(is_absent(&sheet(&desk.app, &desk.reporter(), &other)));
    }

    fn outside_its_days_nothing_is_entered(test) {
        let mut desk = Desk::set(test.db());
        for (now, stage) in [("2020-11-30T02:00:00Z", "planned"), ("2020-12-26T02:00:00Z", "closed")] {
            desk.at(now);
            let answer = desk.enter(&desk.reporter(), &[change("c-1", "NN02", of("1"), None)]).remove(0);
            assert_eq!(answer.outcome, Err(Refusal::CycleClosed { stage }));
        }
    }

    fn the_level_above_corrects_with_a_reason_and_both_are_seen(test) {
        let desk = Desk::set(test.db());
        let first = desk.saved(&desk.reporter(), &change("c-1", "NN02", of("100"), None));
        let above = Change { how: How::CorrectedAbove, ..change("c-2", "NN02", of("90"), Some(first)) };
        let silent = desk.enter(&desk.specialist(), std::slice::from_ref(&above)).remove(0);
        assert_eq!(silent.outcome, Err(Refusal::NoReason));
        let told = Change { id: ChangeId::parse("c-3").unwrap(), note: "Đối chiếu với chi cục thuế".into(), ..above };
        desk.saved(&desk.specialist(), &told);
        let held = desk.holds("NN02").unwrap();
        assert_eq!((held.supersedes, held.reason.as_str()), (Some(first), "Đối chiếu với chi cục thuế"));
        // The unit itself has no such right.
        assert!(is_absent(&enter(&desk.app, &desk.reporter(), &form_id(), period(), &[Change {
            id: ChangeId::parse("c-4").unwrap(), note: "x".into(), how: How::CorrectedAbove,
            ..change("c-4", "NN02", of("80"), Some(held.seq))
        }])));
    }

    /// Acceptance test 10 of the indicator chapter, below the page: from a printed figure to who typed it and who took
    /// it in.
    fn from_a_figure_to_who_typed_it_when_and_who_took_it_in(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let file = How::Imported {
            file: "bieu-01.xlsx".into(), hash: "ab".repeat(32), sheet: "Biểu 01".into(), place: "F7".into(),
        };
        desk.saved(&by, &Change { how: file, ..change("c-1", "NN02", of("120.5"), None) });
        desk.saved(&by, &change("c-2", "NN09", of("3"), None));
        desk.saved(&by, &change("c-3", "LD01", of("7"), None));
        desk.step(&by, Verb::SubmitSheet, "").unwrap();
        desk.step(&desk.specialist(), Verb::AcceptSheet, "").unwrap();
        let passport = passport(&desk.app, &desk.operator, &format!("reading:NN02:{COMMUNE}:{PERIOD}")).unwrap();
        let PassportSubject::Cell(cell) = passport.subject else { panic!("{passport:?}") };
        assert_eq!(cell.history[0].provenance.source, "Biểu số 01/TĐKT; bieu-01.xlsx, Biểu 01!F7");
        let told: Vec<(&str, &str)> = cell.trail.iter().map(|step| match step {
            Trail::Entered(entry) => ("entered", entry.by.as_str()),
            Trail::Stepped(_, event) => (event.verb.word(), event.by.as_str()),
            Trail::Issued(issue) => ("issued", issue.by.as_str()),
        }).collect();
        let wanted = [("entered", "Lê Thị Thủy"), ("submit-sheet", "Lê Thị Thủy"), ("accept-sheet", "Trần Văn Bình")];
        assert_eq!(told, wanted);
    }
}

fn figures(db: &Db, app: &App) -> Figures {
    let scope = Scope::whole(app.home.tenant.clone());
    db.read::<_, thidua_store::Error>(|tx| {
        let indicators = thidua_store::indicator::indicators(tx, &scope)?;
        let readings = thidua_store::reading::readings_of(tx, &scope, &[period()])?;
        let edges: Vec<_> = thidua_store::org::edges(tx, &scope)?
            .into_iter()
            .filter(|edge| edge.tree.as_str() == thidua_domain::org::TERRITORY)
            .collect();
        Ok(Figures::new(&indicators, &readings, &[], &[], &edges, day("2020-12-31")))
    })
    .unwrap()
}

#[test]
fn a_step_that_names_no_row_of_the_form_is_refused() {
    let test = TestDb::sqlite("no-row");
    let desk = Desk::set(test.db());
    desk.filled();
    desk.step(&desk.reporter(), Verb::SubmitSheet, "").unwrap();
    let cells =
        vec![thidua_domain::collection::submission::NamedCell { indicator: code("KT01"), reason: "Sai".into() }];
    let new = NewStep { verb: Verb::ReturnSheet, reason: String::new(), cells };
    let refused = refusal(step(&desk.app, &desk.specialist(), &key(), &new));
    assert_eq!(refused, Refusal::NotAsked { indicator: "KT01".into() });
    assert_eq!(desk.holds("NN02").unwrap().nature, Nature::Estimate);
}

#[test]
fn a_row_is_in_every_view_whether_its_definition_began_late_on_the_last_day_or_after_it() {
    let test = TestDb::sqlite("definitions");
    let desk = Desk::set(test.db());
    let tenant = desk.app.home.tenant.clone();
    let mut known = test
        .db()
        .read(|tx| thidua_store::indicator::indicators(tx, &Scope::whole(tenant.clone())))
        .unwrap()
        .into_iter()
        .filter(|one| one.code == code("NN02"));
    let version = known.next().unwrap();
    let versions = [("ZZ01", "2021-01-01"), ("ZZ02", "2020-12-31"), ("ZZ03", "2020-01-01")].map(|(new, begins)| {
        Indicator { code: code(new), valid_from: day(begins), name: begins.into(), ..version.clone() }
    });
    let mut tx = test.db().begin().unwrap();
    thidua_store::indicator::insert_many(&mut tx, &tenant, &versions).unwrap();
    tx.commit().unwrap();
    let codes: Vec<&str> = versions.iter().map(|one| one.code.as_str()).collect();
    let late = Form { id: FormId::parse("bieu-09").unwrap(), ..form("bieu-09", &codes) };
    let to = Assignment {
        form: late.id.clone(),
        to: Assigned::Unit(unit(COMMUNE)),
        valid_from: day("2020-01-01"),
        valid_to: None,
    };
    create_form(&desk.app, &desk.operator, &late, &[to]).unwrap();
    open_cycle(&desk.app, &desk.operator, &Cycle { form: late.id.clone(), ..cycle(PERIOD) }).unwrap();

    let of_form = |indicator: &str| Change {
        form: late.id.clone(),
        ..change(&format!("c-{indicator}"), indicator, of("120.5"), None)
    };
    let changes = ["ZZ01", "ZZ02", "ZZ03"].map(of_form);
    let answers = enter(&desk.app, &desk.reporter(), &late.id, period(), &changes).unwrap();
    assert!(answers.iter().all(|answer| matches!(answer.outcome, Ok(Outcome::Saved { .. }))), "{answers:?}");
    let key = SheetKey { form: late.id.clone(), ..key() };
    let seen = sheet(&desk.app, &desk.operator, &key).unwrap().sheet;
    let named = |all: &[Indicator]| all.iter().map(|one| one.code.to_string()).collect::<Vec<_>>();
    let rows: Vec<Indicator> = seen.rows.iter().map(|row| row.indicator.clone()).collect();
    assert_eq!(named(&rows), codes);
    assert_eq!(named(&matrix(&desk.app, &desk.operator, &late.id, period()).unwrap().columns), codes);
    let exported = export(&desk.app, &desk.operator, &late.id, period(), &[]).unwrap();
    assert_eq!(named(&exported.indicators), codes);
    assert_eq!(exported.readings.len(), 3);
}
