//! The register of exemplars: read back as written, within reach only, only added to.

use thidua_domain::Scope;
use thidua_domain::actor::{Reach, Verb};
use thidua_domain::collection::evidence::{EvidenceFile, EvidenceKind};
use thidua_domain::exemplar::{
    Contact, Course, Event, ExemplarKind, Paper, Picture, Profile, Replication, State, Withdrawn,
};
use thidua_store::exemplar::{copied, course, paper};
use thidua_store::{Error, Tx};
use thidua_testkit::both_engines;
use thidua_testkit::engines::TestDb;

use crate::sample::{at, code, day, extreme, stored};

const NOW: &str = "2020-07-05T02:00:00Z";

fn profile(id: &str) -> Profile {
    Profile {
        exemplar: code(id),
        kind: ExemplarKind::Household,
        subject: None,
        method: "Tưới nhỏ giọt".into(),
        contact: Contact { name: "Lê Thị Thủy".into(), way: "0900000000".into() },
        movement: None,
        by: "Thủy".into(),
        at: at(NOW),
    }
}

fn event(verb: Verb, to: State) -> Event {
    Event {
        verb,
        to,
        day: day("2020-07-01"),
        decision: "12/QĐ".into(),
        size: (verb == Verb::ConfirmExemplar).then(|| extreme(1)),
        reason: "vì".into(),
        by: "Hoa".into(),
        account: Some("tk-1".into()),
        at: at(NOW),
    }
}

fn copy(id: &str, unit: &str, indicators: &[&str]) -> Replication {
    Replication {
        exemplar: code(id),
        unit: code(unit),
        since: day("2019-03-01"),
        how: "Dùng giống khác".into(),
        indicators: indicators.iter().map(|indicator| code(indicator)).collect(),
        by: "Bình".into(),
        account: None,
        at: at(NOW),
    }
}

fn a_paper(id: &str, of: &str, is_picture: bool) -> Paper {
    let kind = if is_picture { EvidenceKind::Png } else { EvidenceKind::Pdf };
    Paper {
        id: code(id),
        exemplar: code(of),
        number: "05/BB".into(),
        dated: Some(day("2020-06-01")),
        description: "Nhà lưới".into(),
        award: (!is_picture).then(|| code("kt-1")),
        file: Some(EvidenceFile { name: "a".into(), kind, size: 3, hash: "ab".repeat(32) }),
        picture: is_picture.then_some(Picture { width: 640, height: 480 }),
        added_by: "Thủy".into(),
        added_at: at(NOW),
        withdrawn: None,
    }
}

const COURSE: [(Verb, State); 3] = [
    (Verb::ProposeExemplar, State::Proposed),
    (Verb::RecogniseExemplar, State::Recognised),
    (Verb::ConfirmExemplar, State::Confirmed),
];

fn filled(test: &TestDb) -> Scope {
    let (tenant, _) = stored(test, "trieu-son");
    let mut tx = test.db().begin().unwrap();
    for id in ["dh-0", "dh-1", "dh-2"] {
        course::insert_profiles(&mut tx, &tenant, &[profile(id)]).unwrap();
        let mut so_far = Course::new(code(id));
        for (verb, to) in COURSE {
            course::append_many(&mut tx, &tenant, &[(&so_far, &event(verb, to))]).unwrap();
            so_far = so_far.after(event(verb, to));
        }
        copied::add(&mut tx, &tenant, &copy(id, "xa-b", &["KT01", "KT02"]), 0).unwrap();
        copied::add(&mut tx, &tenant, &copy(id, "huyen", &["KT02"]), 1).unwrap();
        for (paper_id, is_picture) in [("a", false), ("b", true)] {
            let paper = a_paper(&format!("{id}-{paper_id}"), id, is_picture);
            paper::insert(&mut tx, &tenant, &paper, Some("tk-1"), b"abc").unwrap();
        }
    }
    paper::withdraw(&mut tx, &tenant, &code("dh-0-a"), &withdrawn()).unwrap();
    tx.commit().unwrap();
    Scope::whole(tenant)
}

fn withdrawn() -> Withdrawn {
    Withdrawn { by: "Hoa".into(), at: at(NOW), reason: "Nhầm".into() }
}

both_engines! {
    fn the_way_of_an_exemplar_comes_back(test) {
        let scope = filled(test);
        test.db().read::<_, Error>(|tx| {
            let one = code("dh-0");
            assert_eq!(course::profiles(tx, &scope, Some(&one))?, [profile("dh-0")]);
            assert_eq!(course::profiles(tx, &scope, None)?.len(), 3);
            let events = COURSE.map(|(verb, to)| event(verb, to)).to_vec();
            assert_eq!(course::courses(tx, &scope, Some(&one))?, [Course { exemplar: one.clone(), events }]);
            assert_eq!(course::courses(tx, &scope, None)?.len(), 3);
            let copies = copied::copies(tx, &scope, Some(&one))?;
            assert_eq!(copies, [copy("dh-0", "xa-b", &["KT01", "KT02"]), copy("dh-0", "huyen", &["KT02"])]);
            assert_eq!(copied::copies(tx, &scope, None)?.len(), 6);
            let gone = Paper { withdrawn: Some(withdrawn()), ..a_paper("dh-0-a", "dh-0", false) };
            assert_eq!(paper::papers(tx, &scope, Some(&one))?, [gone, a_paper("dh-0-b", "dh-0", true)]);
            Ok(())
        }).unwrap();
    }

    fn what_was_told_of_an_exemplar_is_seen_within_reach_only(test) {
        let whole = filled(test);
        let of = |tx: &mut Tx, units: &[&str]| -> Result<[usize; 4], Error> {
            let units = Reach::Only(units.iter().map(|unit| code(unit)).collect());
            let scope = Scope { units, ..whole.clone() };
            Ok([
                course::profiles(tx, &scope, None)?.len(),
                course::courses(tx, &scope, None)?.len(),
                copied::copies(tx, &scope, None)?.len(),
                paper::papers(tx, &scope, None)?.len(),
            ])
        };
        test.db().read::<_, Error>(|tx| {
            assert_eq!(of(tx, &["xa-a"])?, [1, 1, 2, 2]);
            // The unit that copied sees its own copies of all three.
            assert_eq!(of(tx, &["huyen"])?, [0, 0, 3, 0]);
            assert_eq!(of(tx, &[])?, [0; 4]);
            let stranger = Scope::whole(crate::sample::tenant_id("la"));
            assert!(course::courses(tx, &stranger, None)?.is_empty() && paper::papers(tx, &stranger, None)?.is_empty());
            assert!(copied::copies(tx, &stranger, None)?.is_empty());
            assert!(course::profiles(tx, &stranger, None)?.is_empty());
            Ok(())
        }).unwrap();
    }

    fn what_was_kept_of_an_exemplar_is_only_added_to(test) {
        filled(test);
        for table in [
            "exemplar_profile", "exemplar_event", "exemplar_copy", "exemplar_copy_indicator", "exemplar_paper",
            "exemplar_paper_withdrawal",
        ] {
            for change in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET tenant = tenant")] {
                let said = test.try_tamper(&change).expect_err(&change);
                assert!(said.contains("append-only"), "{change}: {said}");
            }
        }
    }

    fn of_two_who_step_from_one_place_the_second_is_a_clash(test) {
        let scope = filled(test);
        let mut tx = test.db().begin().unwrap();
        let first = event(Verb::ProposeExemplar, State::Proposed);
        let again = course::append_many(&mut tx, &scope.tenant, &[(&Course::new(code("dh-0")), &first)]);
        assert!(matches!(again, Err(Error::Clash("exemplar_event_pk"))), "{again:?}");
        drop(tx);
        let mut tx = test.db().begin().unwrap();
        let again = paper::withdraw(&mut tx, &scope.tenant, &code("dh-0-a"), &withdrawn());
        assert!(matches!(again, Err(Error::Clash("exemplar_paper_withdrawal_pk"))), "{again:?}");
    }

    fn the_reads_of_exemplars_ask_a_constant_number_of_times(test) {
        let scope = filled(test);
        let asked = |read: &mut dyn FnMut(&mut Tx)| {
            let before = test.db().statements_run();
            test.db().read::<_, Error>(|tx| { read(tx); Ok(()) }).unwrap();
            test.db().statements_run() - before
        };
        assert_eq!(asked(&mut |tx| drop(course::courses(tx, &scope, None).unwrap())), 1);
        assert_eq!(asked(&mut |tx| drop(course::profiles(tx, &scope, None).unwrap())), 1);
        assert_eq!(asked(&mut |tx| drop(copied::copies(tx, &scope, None).unwrap())), 2);
        assert_eq!(asked(&mut |tx| drop(paper::papers(tx, &scope, None).unwrap())), 1);
    }
}
