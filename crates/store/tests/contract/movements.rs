//! The way of movements, registrations, progress and answers: read back as written, within reach only, only added to.

use thidua_base::Number;
use thidua_domain::Scope;
use thidua_domain::actor::Reach;
use thidua_domain::collection::evidence::{EvidenceFile, EvidenceKind, MovementFile};
use thidua_domain::movement::{
    Act, Addressee, Call, Course, Evidence, Milestone, Pledge, PledgeAct, PledgeEvent, Progress, Promise,
    PromisedTarget, ReviewAnswer, Terms,
};
use thidua_store::collection::evidence;
use thidua_store::movement::{course, pledge, review};
use thidua_store::{Error, Tx};
use thidua_testkit::both_engines;
use thidua_testkit::engines::TestDb;

use crate::sample::{HALF, at, code, day, extreme, period, stored};

const NOW: &str = "2020-07-05T02:00:00Z";

fn terms(movement: &thidua_base::code::MovementCode, line: &str) -> Terms {
    Terms {
        movement: movement.clone(),
        launcher: code("huyen"),
        parent: None,
        from: day("2020-07-01"),
        to: None,
        register_by: day("2020-07-20"),
        contents: vec![line.into(), "Dòng hai".into()],
        criteria: vec!["Tiêu chí".into()],
        standards: Vec::new(),
        addressees: vec![Addressee::Farmers, Addressee::Officials],
    }
}

fn milestone(act: Act) -> Milestone {
    Milestone {
        act,
        day: Some(day("2020-07-01")),
        note: "ghi chú".into(),
        by: "Hoa".into(),
        account: None,
        at: at(NOW),
    }
}

fn event(act: PledgeAct, promise: Promise) -> PledgeEvent {
    PledgeEvent {
        act,
        promise,
        position: "Chủ tịch".into(),
        reason: "vì".into(),
        by: "Thủy".into(),
        account: Some("tk-1".into()),
        at: at(NOW),
    }
}

fn promise() -> Promise {
    Promise {
        text: "Chúng tôi cam kết".into(),
        titles: vec![code("co-thi-dua"), code("tap-the")],
        targets: vec![
            PromisedTarget { indicator: code("KT01"), period: period(HALF), value: extreme(1), assigned: None },
            PromisedTarget {
                indicator: code("KT02"),
                period: period(HALF),
                value: Number::whole(3),
                assigned: Some(Number::whole(2)),
            },
        ],
    }
}

fn progress(movement: &thidua_base::code::MovementCode, unit: &str, pieces: usize) -> Progress {
    let piece = |at: usize| Evidence { title: format!("Biên bản {at}"), found_at: "05/BB".into() };
    Progress {
        movement: movement.clone(),
        unit: code(unit),
        text: "Xong".into(),
        evidence: (0..pieces).map(piece).collect(),
        by: "Thủy".into(),
        account: None,
        at: at(NOW),
    }
}

fn file(movement: &thidua_base::code::MovementCode, unit: &str, round: Option<i64>) -> MovementFile {
    MovementFile {
        id: code(&format!("{unit}-{}", round.unwrap_or_default())),
        movement: movement.clone(),
        unit: code(unit),
        round,
        description: "Biên bản".into(),
        file: EvidenceFile { name: "Biên bản.pdf".into(), kind: EvidenceKind::Pdf, size: 5, hash: "ab".repeat(32) },
        added_by: "Thủy".into(),
        added_at: at(NOW),
    }
}

fn answer(movement: &thidua_base::code::MovementCode, unit: &str, results: &str) -> ReviewAnswer {
    ReviewAnswer {
        movement: movement.clone(),
        round: 1,
        unit: code(unit),
        results: results.into(),
        shortfalls: "Thiếu vốn".into(),
        proposals: String::new(),
        by: "Thủy".into(),
        account: None,
        at: at(NOW),
    }
}

/// A movement launched to two communes, with all that follows, twice for one of them.
fn filled(test: &TestDb) -> (Scope, thidua_base::code::MovementCode) {
    let (tenant, world) = stored(test, "trieu-son");
    let movement = world.movements[0].code.clone();
    let mut tx = test.db().begin().unwrap();
    let tx_ref = &mut tx;
    course::put_terms(tx_ref, &tenant, &terms(&movement, "Dòng cũ")).unwrap();
    course::put_terms(tx_ref, &tenant, &terms(&movement, "Dòng mới")).unwrap();
    let mut so_far = Course::new(movement.clone());
    for act in [Act::Draft, Act::Launch, Act::AskInterim] {
        course::append(tx_ref, &tenant, &so_far, &milestone(act)).unwrap();
        so_far.milestones.push(milestone(act));
    }
    let call = |unit: &str| Call {
        movement: movement.clone(),
        unit: code(unit),
        register_by: day("2020-07-20"),
        called_on: (unit == "xa-b").then(|| day("2020-07-06")),
    };
    course::insert_calls(tx_ref, &tenant, &[call("xa-a"), call("xa-b")]).unwrap();
    for unit in ["xa-a", "xa-b"] {
        let mut mine = Pledge::new(movement.clone(), code(unit));
        for (act, promise) in [(PledgeAct::Register, promise()), (PledgeAct::Sign, Promise::default())] {
            pledge::append(tx_ref, &tenant, &mine, &event(act, promise.clone())).unwrap();
            mine.events.push(event(act, promise));
        }
        for round in [None, Some(1)] {
            let piece = file(&movement, unit, round);
            evidence::insert_movement_file(tx_ref, &tenant, &piece, Some("tk-1"), b"%PDF-").unwrap();
        }
        review::tell(tx_ref, &tenant, &progress(&movement, unit, 2), 0).unwrap();
        review::tell(tx_ref, &tenant, &progress(&movement, unit, 0), 1).unwrap();
        review::answer(tx_ref, &tenant, &answer(&movement, unit, "Trước"), 0).unwrap();
        review::answer(tx_ref, &tenant, &answer(&movement, unit, "Sau"), 1).unwrap();
    }
    tx.commit().unwrap();
    (Scope::whole(tenant), movement)
}

both_engines! {
    fn the_way_of_a_movement_comes_back(test) {
        let (scope, movement) = filled(test);
        test.db().read::<_, Error>(|tx| {
            assert_eq!(course::terms(tx, &scope)?, [terms(&movement, "Dòng mới")], "the earlier lines are gone");
            let courses = course::courses(tx, &scope)?;
            let acts: Vec<Act> = courses[0].milestones.iter().map(|milestone| milestone.act).collect();
            assert_eq!(acts, [Act::Draft, Act::Launch, Act::AskInterim]);
            assert_eq!(courses[0].milestones[1], milestone(Act::Launch));
            let calls = course::calls(tx, &scope)?;
            assert_eq!(calls.iter().map(|call| call.unit.as_str()).collect::<Vec<_>>(), ["xa-a", "xa-b"]);
            assert_eq!(calls.iter().map(|call| call.called_on).collect::<Vec<_>>(), [None, Some(day("2020-07-06"))]);
            let files = evidence::of_movement(tx, &scope, &movement)?;
            let wanted = [("xa-a", None), ("xa-a", Some(1)), ("xa-b", None), ("xa-b", Some(1))];
            assert_eq!(files, wanted.map(|(unit, round)| file(&movement, unit, round)));
            assert_eq!(evidence::bytes_of(tx, &scope, &files[0].file.hash)?.as_deref(), Some(&b"%PDF-"[..]));
            let pledges = pledge::pledges(tx, &scope, Some(&movement))?;
            assert_eq!(pledges, pledge::pledges(tx, &scope, None)?);
            assert_eq!(pledges.len(), 2);
            assert_eq!(pledges[0].events[0], event(PledgeAct::Register, promise()));
            assert_eq!(pledges[0].events[1], event(PledgeAct::Sign, Promise::default()));
            let told = review::progress(tx, &scope, &movement)?;
            let wanted: Vec<Progress> = [("xa-a", 2), ("xa-a", 0), ("xa-b", 2), ("xa-b", 0)]
                .map(|(unit, pieces)| progress(&movement, unit, pieces))
                .into();
            assert_eq!(told, wanted);
            let answers = review::answers(tx, &scope, Some(&movement))?;
            assert_eq!(answers[1], answer(&movement, "xa-a", "Sau"));
            assert_eq!(answers.len(), 4);
            let other = code("khong-co");
            assert!(pledge::pledges(tx, &scope, Some(&other))?.is_empty());
            assert!(review::answers(tx, &scope, Some(&other))?.is_empty());
            Ok(())
        }).unwrap();
    }

    fn what_units_registered_is_seen_within_reach_only(test) {
        let (whole, movement) = filled(test);
        let of = |tx: &mut Tx, units: &[&str]| -> Result<[usize; 5], Error> {
            let units = Reach::Only(units.iter().map(|unit| code(unit)).collect());
            let scope = Scope { units, ..whole.clone() };
            Ok([
                course::calls(tx, &scope)?.len(),
                pledge::pledges(tx, &scope, None)?.len(),
                review::progress(tx, &scope, &movement)?.len(),
                review::answers(tx, &scope, None)?.len(),
                evidence::of_movement(tx, &scope, &movement)?.len(),
            ])
        };
        test.db().read::<_, Error>(|tx| {
            assert_eq!(of(tx, &["xa-a"])?, [1, 1, 2, 2, 2]);
            assert_eq!(of(tx, &[])?, [0; 5]);
            Ok(())
        }).unwrap();
    }

    fn what_was_kept_of_a_movement_is_only_added_to(test) {
        filled(test);
        for table in [
            "movement_milestone", "movement_call", "pledge_event", "pledge_title", "pledge_target", "movement_progress",
            "movement_evidence", "movement_file", "review_answer",
        ] {
            for change in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = tenant")] {
                let said = test.try_tamper(&change).expect_err(&change);
                assert!(said.contains("append-only"), "{change}: {said}");
            }
        }
    }

    fn of_two_who_act_from_one_place_the_second_is_a_clash(test) {
        let (scope, movement) = filled(test);
        let mut tx = test.db().begin().unwrap();
        let again = course::append(&mut tx, &scope.tenant, &Course::new(movement.clone()), &milestone(Act::Draft));
        assert!(matches!(again, Err(Error::Clash("movement_milestone_pk"))), "{again:?}");
        drop(tx);
        let mut tx = test.db().begin().unwrap();
        let mine = Pledge::new(movement, code("xa-a"));
        let again = pledge::append(&mut tx, &scope.tenant, &mine, &event(PledgeAct::Register, promise()));
        assert!(matches!(again, Err(Error::Clash("pledge_event_pk"))), "{again:?}");
    }

    fn the_reads_of_movements_ask_a_constant_number_of_times(test) {
        let (scope, movement) = filled(test);
        let asked = |read: &mut dyn FnMut(&mut Tx)| {
            let before = test.db().statements_run();
            test.db().read::<_, Error>(|tx| { read(tx); Ok(()) }).unwrap();
            test.db().statements_run() - before
        };
        assert_eq!(asked(&mut |tx| drop(course::terms(tx, &scope).unwrap())), 2);
        assert_eq!(asked(&mut |tx| drop(course::courses(tx, &scope).unwrap())), 1);
        assert_eq!(asked(&mut |tx| drop(pledge::pledges(tx, &scope, None).unwrap())), 3);
        assert_eq!(asked(&mut |tx| drop(review::progress(tx, &scope, &movement).unwrap())), 2);
        assert_eq!(asked(&mut |tx| drop(review::answers(tx, &scope, None).unwrap())), 1);
        assert_eq!(asked(&mut |tx| drop(evidence::of_movement(tx, &scope, &movement).unwrap())), 1);
    }
}
