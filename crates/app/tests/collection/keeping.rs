//! Forms, cycles, more time, waivers and closing.

use thidua_app::collection::{More, close_cycle, create_form, extend, open_cycle, waive};
use thidua_base::Period;
use thidua_domain::Refusal;
use thidua_domain::collection::{Assigned, Assignment, Cycle, Form};
use thidua_testkit::both_engines;

use crate::desk::*;

both_engines! {
    fn a_cell_has_one_owner(test) {
        let desk = Desk::set(test.db());
        let second = form("bieu-02", &["LD01", "QS01"]);
        let to = Assignment { form: second.id.clone(), to: Assigned::Unit(unit(OTHER)), valid_from: day("2020-02-01"), valid_to: None };
        let refused = refusal(create_form(&desk.app, &desk.specialist(), &second, std::slice::from_ref(&to)));
        let twice = Refusal::AskedTwice { indicator: "LD01".into(), unit: OTHER.into(), by: "bieu-01".into() };
        assert_eq!(refused, twice);
        let apart = Form { rows: form("x", &["QS01"]).rows, ..second };
        create_form(&desk.app, &desk.specialist(), &apart, &[to]).unwrap();
        assert!(is_absent(&create_form(&desk.app, &desk.reporter(), &form("b3", &["QS01"]), &[])));
        let unknown = refusal(create_form(&desk.app, &desk.specialist(), &form("b4", &["XX99"]), &[]));
        assert_eq!(unknown, Refusal::NotAsked { indicator: "XX99".into() });
    }

    fn a_cycle_has_its_days_in_order_and_comes_once(test) {
        let desk = Desk::set(test.db());
        let by = desk.specialist();
        assert_eq!(refusal(open_cycle(&desk.app, &by, &cycle(PERIOD))), Refusal::CycleExists);
        assert_eq!(refusal(open_cycle(&desk.app, &by, &cycle("2020-Q3"))), Refusal::WrongPeriod { asked: "2020-Q3".into() });
        let disordered = Cycle { closes_on: day("2020-12-15"), ..cycle("2021-H1") };
        assert_eq!(refusal(open_cycle(&desk.app, &by, &disordered)), Refusal::CycleDays);
        assert!(is_absent(&open_cycle(&desk.app, &desk.reporter(), &cycle("2021-H1"))));
        open_cycle(&desk.app, &by, &cycle("2021-H1")).unwrap();
    }

    fn more_time_opens_a_closed_cycle_for_one_unit(test) {
        let mut desk = Desk::set(test.db());
        desk.at("2020-12-28T02:00:00Z");
        let more = More {
            form: form_id(), period: period(), unit: unit(COMMUNE), due_on: None,
            open_until: day("2020-12-30"), reason: "Mất điện do bão".into(),
        };
        assert!(is_absent(&extend(&desk.app, &desk.reporter(), &more)), "nobody extends for themselves");
        assert_eq!(refusal(extend(&desk.app, &desk.specialist(), &More { reason: " ".into(), ..more.clone() })), Refusal::NoReason);
        extend(&desk.app, &desk.specialist(), &more).unwrap();
        desk.saved(&desk.reporter(), &change("c-1", "NN02", of("1"), None));
        desk.at("2020-12-31T02:00:00Z");
        let answer = desk.enter(&desk.reporter(), &[change("c-2", "LD01", of("1"), None)]).remove(0);
        assert_eq!(answer.outcome, Err(Refusal::CycleClosed { stage: "closed" }));
    }

    fn a_waiver_has_a_reason_and_comes_once(test) {
        let desk = Desk::set(test.db());
        let by = desk.specialist();
        let waived = |reason: &str| waive(&desk.app, &by, &form_id(), period(), &unit(OTHER), reason);
        assert_eq!(refusal(waived("")), Refusal::NoReason);
        assert_eq!(waived("Xã mới chia tách").unwrap().granted_by, "Trần Văn Bình");
        assert_eq!(refusal(waived("lần hai")), Refusal::ChangedMeanwhile);
    }

    fn a_closed_cycle_keeps_the_number_of_its_last_reading(test) {
        let desk = Desk::set(test.db());
        let seq = desk.saved(&desk.reporter(), &change("c-1", "NN02", of("1"), None));
        let closing = close_cycle(&desk.app, &desk.specialist(), &form_id(), period()).unwrap();
        assert_eq!(closing.as_of_seq, seq);
        let again = refusal(close_cycle(&desk.app, &desk.specialist(), &form_id(), period()));
        assert_eq!(again, Refusal::ChangedMeanwhile);
        let other = Period::parse("2021-H1").unwrap();
        assert!(is_absent(&close_cycle(&desk.app, &desk.specialist(), &form_id(), other)));
    }
}
