//! The founding data loaded on either engine gives the same report, the same remarks and a whole audit chain.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod world;

use thidua_app::pack::{load, loaded_hash};
use thidua_app::report::{NewOverride, Printed, check_printed, make, override_figure};
use thidua_app::{Error, audit};
use thidua_domain::Refusal;
use thidua_store::audit::Chain;
use thidua_testkit::both_engines;
use world::{World, at};

both_engines! {
    fn the_report_is_the_same_as_in_memory(test) {
        let here = World::loaded_into(test.db().clone());
        let memory = World::loaded();
        let (ours, theirs) = (
            make(&here.app, &here.by, &here.report).unwrap(),
            make(&memory.app, &memory.by, &memory.report).unwrap(),
        );
        assert_eq!(ours.document, theirs.document);
        assert_eq!(ours.remarks, theirs.remarks);
        assert_eq!(
            check_printed(&here.app, &here.by, &here.report, &here.pack.printed).unwrap(),
            check_printed(&memory.app, &memory.by, &memory.report, &memory.pack.printed).unwrap(),
        );
        assert!(matches!(audit::verify(&here.app, &here.by).unwrap(), Chain::Whole { rows: 1, .. }));
    }

    fn a_pack_is_loaded_once_and_a_refusal_changes_nothing(test) {
        let here = World::loaded_into(test.db().clone());
        assert_eq!(loaded_hash(test.db(), &here.pack).unwrap(), Some(here.pack.hash.clone()));
        let again = load(test.db(), here.app.shipped, &here.pack, "lần hai", at()).unwrap_err();
        assert!(matches!(again, Error::Refused(Refusal::PackLoaded { .. })), "{again}");
        assert!(matches!(audit::verify(&here.app, &here.by).unwrap(), Chain::Whole { rows: 1, .. }));
    }

    fn an_override_prints_and_the_last_one_counts(test) {
        let here = World::loaded_into(test.db().clone());
        let line = here.line_of_district_plan("DN01");
        for printed in ["53,7", "54"] {
            let asked = NewOverride { line: line.clone(), printed: Printed::Number(printed.into()), reason: "thử".into() };
            let done = override_figure(&here.app, &here.by, &here.report, &asked).unwrap();
            assert_eq!(done.computed, "53,8%");
        }
        let made = make(&here.app, &here.by, &here.report).unwrap();
        let bound = world::bound_spans(&made.document);
        assert!(bound.iter().any(|(text, _, _)| text == "54%") && !bound.iter().any(|(text, _, _)| text == "53,7%"));
        assert!(matches!(audit::verify(&here.app, &here.by).unwrap(), Chain::Whole { rows: 3, .. }));
    }
}
