//! Plans: assigned downwards, never by the unit itself; proposed against; answered by the assigner.

use thidua_app::audit;
use thidua_app::plan::{NewProposal, answer_proposal, assign_plan, plans, propose_plan};
use thidua_base::code::PlanId;
use thidua_base::{Number, Period};
use thidua_domain::indicator::assign::Verdict;
use thidua_domain::indicator::{Comparator, Plan, PlanNaming, PlanValue};
use thidua_domain::{Origin, Provenance, Refusal};
use thidua_testkit::both_engines;

use crate::desk::*;

fn year() -> Period {
    Period::parse("2020").unwrap()
}

fn plan(id: &str, assigner: &str) -> Plan {
    Plan {
        id: PlanId::parse(id).unwrap(),
        assigner: unit(assigner),
        naming: PlanNaming::Plain,
        word: "kế hoạch".into(),
        period: year(),
        number: "15/QĐ-UBND".into(),
        decided_on: day("2020-01-10"),
        supersedes: None,
        provenance: Provenance { origin: Origin::Reported, source: String::new() },
    }
}

fn target(plan: &str, to: &str, value: i64) -> PlanValue {
    PlanValue {
        plan: PlanId::parse(plan).unwrap(),
        indicator: code("LD01"),
        unit: unit(to),
        period: year(),
        comparator: Comparator::AtLeast,
        value: Number::whole(value),
        provenance: Provenance { origin: Origin::Reported, source: String::new() },
    }
}

both_engines! {
    fn a_unit_cannot_write_its_own_target_and_the_attempt_is_logged(test) {
        let desk = Desk::set(test.db());
        // By a plan of its own, and by one in the name of the district.
        for assigner in [COMMUNE, "h-397"] {
            let id = format!("kh-{assigner}");
            let refused = refusal(assign_plan(&desk.app, &desk.reporter(), &plan(&id, assigner), &[target(&id, COMMUNE, 1)]));
            assert_eq!(refused, Refusal::OwnTarget);
            let told = audit::tail(&desk.app, &desk.operator, 1).unwrap().remove(0);
            assert_eq!((told.verb.as_str(), told.actor.as_str()), ("assign-plan-refused", "Lê Thị Thủy"));
        }
        // The district's own target comes from elsewhere, too.
        let refused = refusal(assign_plan(&desk.app, &desk.specialist(), &plan("kh-x", "h-397"), &[target("kh-x", "h-397", 1)]));
        assert_eq!(refused, Refusal::OwnTarget);
        let mine = plans(&desk.app, &desk.reporter(), &unit("h-397"), year()).unwrap();
        assert!(mine.targets.iter().all(|target| target.units.is_empty()), "nothing was assigned");
    }

    fn the_district_assigns_and_sees_what_it_adds_up_to(test) {
        let desk = Desk::set(test.db());
        let values = [target("kh-1", COMMUNE, 30), target("kh-1", OTHER, 12)];
        assign_plan(&desk.app, &desk.specialist(), &plan("kh-1", "h-397"), &values).unwrap();
        let seen = plans(&desk.app, &desk.specialist(), &unit("h-397"), year()).unwrap();
        let jobs = seen.targets.iter().find(|target| target.indicator.code == code("LD01")).unwrap();
        assert_eq!((jobs.sum.assigned, jobs.sum.units), (Number::whole(42), 2));
        let stranger = refusal(assign_plan(&desk.app, &desk.specialist(), &plan("kh-2", "h-397"), &[target("kh-2", "t-38", 1)]));
        assert_eq!(stranger, Refusal::UnknownUnit { asked: "t-38".into(), near: Vec::new() });
    }

    fn a_proposal_changes_nothing_until_the_assigner_says_so(test) {
        let desk = Desk::set(test.db());
        assign_plan(&desk.app, &desk.specialist(), &plan("kh-1", "h-397"), &[target("kh-1", COMMUNE, 30)]).unwrap();
        let asked = NewProposal {
            plan: PlanId::parse("kh-1").unwrap(), indicator: code("LD01"), unit: unit(COMMUNE), period: year(),
            value: Number::whole(25), reason: "Doanh nghiệp may đóng cửa".into(),
        };
        let proposal = propose_plan(&desk.app, &desk.reporter(), &asked).unwrap();
        let in_force = || {
            let seen = plans(&desk.app, &desk.specialist(), &unit("h-397"), year()).unwrap();
            let row = seen.targets.into_iter().find(|target| target.indicator.code == code("LD01")).unwrap();
            row.units[0].3.value
        };
        assert_eq!(in_force(), Number::whole(30));
        let by_unit = answer_proposal(&desk.app, &desk.reporter(), &proposal.id, Verdict::Granted, "", "");
        assert!(is_absent(&by_unit), "only the assigner decides");
        let silent = answer_proposal(&desk.app, &desk.specialist(), &proposal.id, Verdict::Declined, "", " ");
        assert_eq!(refusal(silent), Refusal::NoReason);
        let answer = answer_proposal(&desk.app, &desk.specialist(), &proposal.id, Verdict::Granted, "40/QĐ-UBND", "").unwrap();
        assert!(answer.revision.is_some());
        assert_eq!(in_force(), Number::whole(25), "a revision of the plan, in force from its day");
        let again = answer_proposal(&desk.app, &desk.specialist(), &proposal.id, Verdict::Declined, "", "muộn");
        assert_eq!(refusal(again), Refusal::ChangedMeanwhile);
    }
}
