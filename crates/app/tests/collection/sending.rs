//! The way of a sheet: sent, returned with its cells named, sent again, taken in, approved together.

use thidua_app::account::{NewAccount, NewRole, create_account, grant_role};
use thidua_app::collection::{NewStep, board, sheet, step, step_together};
use thidua_app::indicator::{PassportSubject, passport};
use thidua_app::notice::{Reminded, remind, set_email};
use thidua_domain::Refusal;
use thidua_domain::actor::{Actor, Post, Reach, Role, Verb};
use thidua_domain::collection::State;
use thidua_domain::collection::submission::NamedCell;
use thidua_testkit::both_engines;

use crate::desk::*;

both_engines! {
    fn a_sheet_is_sent_returned_sent_again_and_taken_in(test) {
        let desk = Desk::set(test.db());
        let (reporter, specialist) = (desk.reporter(), desk.specialist());
        let empty = refusal(desk.step(&reporter, Verb::SubmitSheet, ""));
        assert_eq!(empty, Refusal::SheetNotReady { empty: 3, unanswered: 0, conflicts: 0 });
        desk.filled();
        desk.step(&reporter, Verb::SubmitSheet, "").unwrap();
        let sent = desk.enter(&reporter, &[change("c-9", "LD01", of("8"), desk.holds("LD01").map(|r| r.seq))]).remove(0);
        assert_eq!(sent.outcome, Err(Refusal::SheetSent { state: "submitted" }));
        let cells = vec![NamedCell { indicator: code("LD01"), reason: "Lệch với số của công an xã".into() }];
        let back = NewStep { verb: Verb::ReturnSheet, reason: String::new(), cells };
        step(&desk.app, &specialist, &key(), &back).unwrap();
        let seen = sheet(&desk.app, &reporter, &key()).unwrap();
        assert_eq!(seen.sheet.state(), State::Returned);
        let told = seen.sheet.row(&code("LD01")).unwrap().returned.clone();
        assert_eq!(told.as_deref(), Some("Lệch với số của công an xã"));
        desk.saved(&reporter, &change("c-10", "LD01", of("8"), desk.holds("LD01").map(|r| r.seq)));
        desk.step(&reporter, Verb::SubmitSheet, "").unwrap();
        desk.step(&specialist, Verb::AcceptSheet, "").unwrap();
        let seen = sheet(&desk.app, &reporter, &key()).unwrap();
        assert_eq!((seen.sheet.state(), seen.enters), (State::Accepted, false));
        assert_eq!(seen.steps, [Verb::AmendSheet], "a sheet taken in is corrected by a new revision");
    }

    fn a_total_tells_what_was_taken_in_apart_from_drafts(test) {
        let desk = Desk::set(test.db());
        desk.filled();
        let told = || {
            let paper = passport(&desk.app, &desk.operator, "reading:NN02:h-397:2020-H2").unwrap();
            let PassportSubject::Cell(cell) = paper.subject else { panic!("no cell") };
            (cell.row.actual.value, cell.accepted.unwrap())
        };
        let (total, accepted) = told();
        assert_eq!((total.map(|sum| sum.to_string()), accepted.value), (Some("120.5".into()), None));
        assert_eq!((accepted.units.reported, accepted.units.expected), (0, 34));
        desk.step(&desk.reporter(), Verb::SubmitSheet, "").unwrap();
        assert_eq!(told().1.value, None, "sent is not taken in");
        desk.step(&desk.specialist(), Verb::AcceptSheet, "").unwrap();
        let mut other = change("o-1", "NN02", of("9.5"), None);
        other.unit = unit(OTHER);
        desk.saved(&desk.specialist(), &other);
        let (total, accepted) = told();
        assert_eq!(total.map(|sum| sum.to_string()).as_deref(), Some("130.0"));
        assert_eq!(accepted.value.map(|sum| sum.to_string()).as_deref(), Some("120.5"));
        assert_eq!((accepted.units.reported, accepted.units.expected), (1, 34));
        desk.step(&desk.reporter(), Verb::AmendSheet, "Cộng nhầm một thôn").unwrap();
        assert_eq!(told().1.value, None, "a new revision is a draft again");
    }

    fn only_the_receiver_takes_in_and_only_another_person(test) {
        let desk = Desk::set(test.db());
        desk.filled();
        desk.step(&desk.specialist(), Verb::SubmitSheet, "").unwrap();
        assert!(is_absent(&desk.step(&desk.reporter(), Verb::AcceptSheet, "")), "the unit is not the receiver");
        let same = refusal(desk.step(&desk.specialist(), Verb::AcceptSheet, ""));
        assert_eq!(same, Refusal::SamePerson { did: "submit-sheet" });
        desk.step(&desk.leader(), Verb::AcceptSheet, "").unwrap();
        let same = refusal(desk.step(&desk.leader(), Verb::ApproveSheets, ""));
        assert_eq!(same, Refusal::SamePerson { did: "accept-sheet" });
    }

    fn a_set_of_sheets_is_approved_together_or_not_at_all(test) {
        let desk = Desk::set(test.db());
        desk.filled();
        desk.step(&desk.reporter(), Verb::SubmitSheet, "").unwrap();
        desk.step(&desk.specialist(), Verb::AcceptSheet, "").unwrap();
        let approve = NewStep { verb: Verb::ApproveSheets, reason: String::new(), cells: Vec::new() };
        let both = [unit(COMMUNE), unit(OTHER)];
        let refused = refusal(step_together(&desk.app, &desk.leader(), &form_id(), period(), &both, &approve));
        assert_eq!(refused, Refusal::StepNotOpen { state: "draft" });
        assert_eq!(sheet(&desk.app, &desk.leader(), &key()).unwrap().sheet.state(), State::Accepted);
        step_together(&desk.app, &desk.leader(), &form_id(), period(), &both[..1], &approve).unwrap();
        assert_eq!(sheet(&desk.app, &desk.leader(), &key()).unwrap().sheet.state(), State::Approved);
        desk.step(&desk.reporter(), Verb::AmendSheet, "Cộng nhầm một thôn").unwrap();
        let seen = sheet(&desk.app, &desk.reporter(), &key()).unwrap();
        assert_eq!((seen.sheet.state(), seen.sheet.submission.revision()), (State::Draft, 2));
    }

    fn the_receiver_reminds_those_who_have_not_sent_once_a_day(test) {
        let desk = Desk::set(test.db());
        let all = board(&desk.app, &desk.specialist(), &form_id(), period()).unwrap().rows.len();
        let asked = || remind(&desk.app, &desk.specialist(), &form_id(), period()).unwrap();
        // Nobody has given an address yet.
        assert_eq!(asked(), Reminded { units: all, letters: 0, silent: all });
        let new = NewAccount { name: "thuy".into(), display_name: "Lê Thị Thủy".into(), password: "gặt lúa mùa".into() };
        create_account(&desk.app, &desk.operator, &new).unwrap();
        let role = NewRole { name: "thuy".into(), role: Role::Reporter, unit: Some(unit(COMMUNE)), from: day("2020-01-01"), to: None };
        let held = grant_role(&desk.app, &desk.operator, &role).unwrap();
        let reach = Reach::Only(vec![unit(COMMUNE)]);
        let post = Post { role: Role::Reporter, reach };
        let thuy = Actor::person("Lê Thị Thủy", desk.app.home.tenant.clone(), held.account, vec![post]);
        set_email(&desk.app, &thuy, "thuy@xa.example").unwrap();
        assert_eq!(asked(), Reminded { units: all, letters: 1, silent: all - 1 });
        assert_eq!(asked().letters, 0, "asked again on the same day");
        desk.filled();
        desk.step(&desk.reporter(), Verb::SubmitSheet, "").unwrap();
        assert_eq!(asked(), Reminded { units: all - 1, letters: 0, silent: all - 1 });
        assert!(is_absent(&remind(&desk.app, &desk.reporter(), &form_id(), period())));
    }

    fn the_board_says_who_has_sent_who_has_not_and_who_is_late(test) {
        let mut desk = Desk::set(test.db());
        desk.filled();
        desk.step(&desk.reporter(), Verb::SubmitSheet, "").unwrap();
        let seen = board(&desk.app, &desk.specialist(), &form_id(), period()).unwrap();
        let of = |id: &str| seen.rows.iter().find(|row| row.unit == unit(id)).unwrap();
        assert!(of(COMMUNE).is_in() && !of(OTHER).is_in() && !of(OTHER).is_late(seen.today));
        assert_eq!((of(COMMUNE).completeness.filled, of(OTHER).completeness.filled), (3, 0));
        desk.at("2020-12-16T02:00:00Z");
        let late = board(&desk.app, &desk.specialist(), &form_id(), period()).unwrap();
        assert_eq!(late.rows.iter().filter(|row| row.is_late(late.today)).count(), late.rows.len() - 1);
        assert!(is_absent(&board(&desk.app, &desk.reporter(), &form_id(), period())), "a commune has no board");
    }
}
