//! Issued reports stay as they were, and are found by what is corrected later.

use thidua_app::plan::assign_plan;
use thidua_app::report::{Format, issue, issued_file, issues_using, make, print};
use thidua_base::code::{ChangeId, PlanId};
use thidua_base::{Number, Period};
use thidua_domain::collection::{Change, Cycle, How};
use thidua_domain::draft::IssuedFile;
use thidua_domain::indicator::Nature;
use thidua_testkit::both_engines;

use crate::desk::*;

both_engines! {
    /// Acceptance test 4 of the indicator chapter.
    fn acceptance_4_a_plan_revised_in_august_leaves_the_report_of_june_as_it_was(test) {
        let mut desk = Desk::set(test.db());
        desk.at("2020-07-05T02:00:00Z");
        let issued = issue(&desk.app, &desk.operator, &desk.report).unwrap();
        let kept = issued_file(&desk.app, &desk.operator, &desk.report, issued.number, IssuedFile::Docx).unwrap();
        let scope = thidua_domain::Scope::whole(desk.app.home.tenant.clone());
        let year = Period::parse("2020").unwrap();
        let (plans, values) = test.db().read::<_, thidua_store::Error>(|tx| {
            Ok((thidua_store::plan::plans(tx, &scope)?, thidua_store::plan::plan_values(tx, &scope, &[year])?))
        }).unwrap();
        let value = values.iter().find(|value| value.unit == unit("h-397")
            && plans.iter().any(|plan| plan.id == value.plan && plan.assigner == unit("t-38"))).unwrap();
        let before = plans.iter().find(|plan| plan.id == value.plan).unwrap();
        let revision = thidua_domain::indicator::Plan {
            id: PlanId::parse("sua-thang-8").unwrap(), decided_on: day("2020-08-15"),
            supersedes: Some(before.id.clone()), ..before.clone()
        };
        let revised = thidua_domain::indicator::PlanValue {
            plan: revision.id.clone(), value: value.value.plus(Number::whole(1)).unwrap(), ..value.clone()
        };
        desk.at("2020-08-15T02:00:00Z");
        assign_plan(&desk.app, &desk.operator, &revision, &[revised]).unwrap();
        // What was issued is kept byte for byte, and made anew it is the same: a report has a day of its own.
        assert_eq!(issued_file(&desk.app, &desk.operator, &desk.report, issued.number, IssuedFile::Docx).unwrap(), kept);
        let again = make(&desk.app, &desk.operator, &desk.report).unwrap();
        assert_eq!(print(&again.document, Format::Docx).unwrap(), kept);
        // At the year's end both plans are known, and the later one is in force.
        let (plans, values) = test.db().read::<_, thidua_store::Error>(|tx| {
            Ok((thidua_store::plan::plans(tx, &scope)?, thidua_store::plan::plan_values(tx, &scope, &[year])?))
        }).unwrap();
        let figures = |on: &str| thidua_domain::indicator::Figures::new(&[], &[], &plans, &values, &[], day(on));
        let by_day = |on: &str| {
            let in_force: Vec<Number> = figures(on)
                .plans(&value.indicator, &unit("h-397"), year)
                .into_iter().filter(|(plan, _)| plan.assigner == unit("t-38")).map(|(_, value)| value.value).collect();
            in_force
        };
        assert_eq!(by_day("2020-06-30"), [value.value]);
        assert_eq!(by_day("2020-12-31"), [value.value.plus(Number::whole(1)).unwrap()]);
    }

    /// Acceptance test 7 of the indicator chapter, the part of issued documents.
    fn acceptance_7_a_correction_finds_the_issued_reports_that_printed_the_old_figure(test) {
        let mut desk = Desk::set(test.db());
        desk.at("2020-07-05T02:00:00Z");
        let half = Period::parse("2020-H1").unwrap();
        let opened = Cycle {
            opens_on: day("2020-06-01"), due_on: day("2020-06-15"), grace_until: day("2020-06-20"),
            closes_on: day("2020-06-26"), nature: Nature::Official, ..cycle("2020-H1")
        };
        thidua_app::collection::open_cycle(&desk.app, &desk.operator, &opened).unwrap();
        let issued = issue(&desk.app, &desk.operator, &desk.report).unwrap();
        let seen = thidua_app::collection::sheet(&desk.app, &desk.operator, &thidua_app::collection::SheetKey {
            period: half, ..key()
        }).unwrap();
        let old = seen.sheet.row(&code("NN02")).unwrap().current.clone().unwrap();
        assert_eq!(issues_using(&desk.app, &desk.operator, &[old.seq]).unwrap(), std::slice::from_ref(&issued));
        // Three years later the district corrects one commune's figure.
        desk.at("2023-07-05T02:00:00Z");
        let corrected = Change {
            id: ChangeId::parse("sua-1").unwrap(), period: half, nature: Nature::Official, over: Some(old.seq),
            how: How::CorrectedAbove, note: "Kiểm tra lại hồ sơ năm 2020".into(),
            ..change("sua-1", "NN02", of("279"), None)
        };
        let answers = thidua_app::collection::enter(&desk.app, &desk.operator, &form_id(), half, &[corrected]).unwrap();
        assert!(answers[0].outcome.is_ok(), "{answers:?}");
        assert_eq!(issues_using(&desk.app, &desk.operator, &[old.seq]).unwrap(), [issued]);
        let seen = thidua_app::report::issued(&desk.app, &desk.operator, &desk.report).unwrap();
        assert!(seen.issues && seen.seen.len() == 1, "{seen:?}");
        let corrected = &seen.seen[0].corrected;
        assert_eq!(corrected.iter().map(|cell| cell.key.as_str()).collect::<Vec<_>>(), [old.key()]);
        let again = issue(&desk.app, &desk.operator, &desk.report).unwrap();
        let seen = thidua_app::report::issued(&desk.app, &desk.operator, &desk.report).unwrap();
        let counts: Vec<_> = seen.seen.iter().map(|seen| (seen.issue.number, seen.corrected.len())).collect();
        assert_eq!(counts, [(1, 1), (2, 0)], "issue {} prints the new figure", again.number);
        assert!(!thidua_app::report::issued(&desk.app, &desk.reporter(), &desk.report).is_ok_and(|seen| seen.issues));
        let new = answers[0].holds.clone().unwrap();
        assert_eq!(issues_using(&desk.app, &desk.operator, &[new.seq]).unwrap(), [again]);
    }
}
