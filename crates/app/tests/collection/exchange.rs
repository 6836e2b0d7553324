//! What other programs are given and send: figures of several units, rows as a whole, figures held against plan and base.

use thidua_app::collection::{Imported, enter_whole, export, import_rows, nature};
use thidua_app::indicator::{compared, definitions};
use thidua_app::org::{events, units_on};
use thidua_domain::Actor;
use thidua_domain::actor::{Limit, Reach, TokenScope};
use thidua_domain::collection::import::{Base, FileSource, Filled, FilledRow, Found, Written, WrittenAbsence};
use thidua_domain::indicator::Nature;
use thidua_testkit::both_engines;

use crate::desk::{COMMUNE, Desk, OTHER, change, code, day, form_id, is_absent, key, of, period, unit};

fn filled(hash: &str, rows: &[(&str, &str)]) -> Filled {
    let row = |(at, (indicator, value)): (usize, &(&str, &str))| FilledRow {
        row: at + 1,
        place: (at + 1).to_string(),
        indicator: code(indicator),
        name: String::new(),
        base: Base::Shown,
        value: Written::text(value),
        absence: WrittenAbsence::Empty,
        note: String::new(),
    };
    let source = FileSource { file: "api.json".into(), hash: hash.into(), sheet: String::new() };
    Filled { source, stamp: None, rows: rows.iter().enumerate().map(row).collect() }
}

fn taken(desk: &Desk, by: &Actor, filled: &Filled, is_dry: bool) -> Imported {
    import_rows(&desk.app, by, &key(), filled, is_dry).unwrap()
}

both_engines! {
    fn rows_are_kept_as_a_whole_or_not_at_all(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let good = filled("aa", &[("NN02", "120"), ("LD01", "7")]);
        assert!(!taken(&desk, &by, &good, true).is_kept && desk.holds("NN02").is_none(), "a look keeps nothing");
        assert!(taken(&desk, &by, &good, false).is_kept);
        assert_eq!(desk.holds("NN02").unwrap().value, of("120"));
        let bad = taken(&desk, &by, &filled("bb", &[("NN02", "130"), ("LD01", "nhiều")]), false);
        assert!(!bad.is_kept && matches!(bad.preview.lines[1].found, Found::Refused { .. }));
        assert_eq!(desk.holds("NN02").unwrap().value, of("120"));
        // The same of changes: the second is asked by no form.
        let seq = desk.holds("NN02").unwrap().seq;
        let changes = [change("g-1", "NN02", of("130"), Some(seq)), change("g-2", "KT01", of("1"), None)];
        let answers = enter_whole(&desk.app, &by, &form_id(), period(), &changes).unwrap();
        assert!(answers[0].outcome.is_ok() && answers[1].outcome.is_err());
        assert_eq!(desk.holds("NN02").unwrap().value, of("120"));
        let again = taken(&desk, &by, &good, false);
        assert!(again.is_kept && again.answers.is_empty(), "nothing is left to change");
        assert!(is_absent(&import_rows(&desk.app, &desk.leader(), &key(), &good, true)), "leaders enter nothing");
    }

    fn figures_are_handed_out_to_those_who_may_read_the_sheets(test) {
        let desk = Desk::set(test.db());
        desk.filled();
        let of_all = export(&desk.app, &desk.specialist(), &form_id(), period(), &[]).unwrap();
        assert_eq!((of_all.readings.len(), of_all.indicators.len()), (3, 3));
        assert_eq!(of_all.readings[0].indicator, code("NN02"), "in the order of the form");
        let own = export(&desk.app, &desk.reporter(), &form_id(), period(), &[unit(COMMUNE)]).unwrap();
        assert_eq!(own.readings, of_all.readings);
        assert!(is_absent(&export(&desk.app, &desk.reporter(), &form_id(), period(), &[unit(OTHER)])));
        let stranger = Actor::reader("ai đó", desk.app.home.tenant.clone());
        assert!(is_absent(&export(&desk.app, &stranger, &form_id(), period(), &[])));
        assert_eq!(nature(&desk.app, &desk.reporter(), &key()).unwrap(), Nature::Estimate);
        assert!(is_absent(&nature(&desk.app, &stranger, &key())));
    }

    fn a_figure_is_held_against_its_plan_and_a_unit_beyond_the_key_is_not_there(test) {
        let desk = Desk::set(test.db());
        let home = desk.app.home.unit.clone();
        let half = thidua_base::Period::parse("2020-H1").unwrap();
        let rows = compared(&desk.app, &desk.operator, &[code("NN02"), code("KT01")], &home, half).unwrap();
        assert!(rows.len() == 2 && rows[0].actual.value.is_some() && !rows[0].actual.sources.is_empty());
        assert!(is_absent(&compared(&desk.app, &desk.operator, &[code("KHONG")], &home, half)));
        let units = Some(Reach::Only(vec![unit(COMMUNE)]));
        let limited = desk.specialist().limited(Limit { scopes: TokenScope::ALL.to_vec(), units }).reading();
        assert!(is_absent(&compared(&desk.app, &limited, &[code("NN02")], &home, half)));
        assert!(compared(&desk.app, &limited, &[code("NN02")], &unit(COMMUNE), half).is_ok());
        let seen = units_on(&desk.app, &limited, day("2020-07-05")).unwrap();
        assert!(seen.len() == 1 && seen[0].unit.id == unit(COMMUNE));
        let all = units_on(&desk.app, &desk.operator, day("2020-07-05")).unwrap();
        let commune = all.iter().find(|placed| placed.unit.id == unit(COMMUNE)).unwrap();
        assert_eq!(commune.above, Some(home));
        assert!(units_on(&desk.app, &desk.operator, day("1900-01-01")).unwrap().is_empty());
        assert!(!events(&desk.app, &desk.operator).unwrap().is_empty());
        let known = definitions(&desk.app, &desk.operator, day("2020-07-05")).unwrap();
        assert!(known.is_sorted_by(|a, b| a.code < b.code) && known.len() > 50);
        assert!(definitions(&desk.app, &desk.operator, day("1900-01-01")).unwrap().is_empty());
    }
}
