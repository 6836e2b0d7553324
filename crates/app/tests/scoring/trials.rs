//! The twelve trials of correctness that the running peer fails, through the verbs, each before and after freezing.

use thidua_app::cluster::{NewScoring, SAMPLE_SCHEME, claim, excuse, mark, open_scoring};
use thidua_app::plan::assign_plan;
use thidua_app::{Error, audit};
use thidua_base::code::{IndicatorCode, OrgId, PlanId};
use thidua_base::{Date, Period};
use thidua_domain::cluster::evidence::Claim;
use thidua_domain::cluster::mark::Stage;
use thidua_domain::cluster::review::{Excused, Verdict};
use thidua_domain::cluster::scheme::Level;
use thidua_domain::cluster::score::{Counted, Gap, Why};
use thidua_domain::indicator::{Comparator, Nature, Plan, PlanNaming, PlanValue, Qualifier, Reading, Value};
use thidua_domain::refusal::MarkFault;
use thidua_domain::{Origin, Provenance, Refusal};
use thidua_store as store;

use crate::hall::{Hall, YEAR, assert_nothing, code, fault, n, offices, open};

fn sample() -> Provenance {
    Provenance { origin: Origin::Sample, source: "kiểm thử".to_owned() }
}

/// A target of the district, or of another assigner, for a unit and the year.
fn target(assigner: &OrgId, of: &OrgId, indicator: &str, value: &str) -> (Plan, PlanValue) {
    let id = PlanId::parse(&format!("kh-{assigner}-{of}-{indicator}")).unwrap();
    let plan = Plan {
        id: id.clone(),
        assigner: assigner.clone(),
        naming: PlanNaming::Plain,
        word: "kế hoạch".to_owned(),
        period: Period::Year { year: YEAR },
        number: String::new(),
        decided_on: Date::parse("2020-01-02").unwrap(),
        supersedes: Some(PlanId::parse("ke-hoach-mau-cham-diem").unwrap()),
        provenance: sample(),
    };
    let value = PlanValue {
        plan: id,
        indicator: IndicatorCode::parse(indicator).unwrap(),
        unit: of.clone(),
        period: Period::Year { year: YEAR },
        comparator: Comparator::AtLeast,
        value: n(value),
        provenance: sample(),
    };
    (plan, value)
}

/// Sets the target of a unit as the district would.
fn assigned(hall: &Hall, of: &OrgId, indicator: &str, value: &str) {
    let (plan, value) = target(&crate::hall::unit("h-397"), of, indicator, value);
    assign_plan(&hall.app, &hall.operator, &plan, &[value]).unwrap();
}

/// Corrects the figure of a unit.
fn corrected(hall: &Hall, of: &OrgId, indicator: &str, value: &str) {
    let period = Period::Half { year: YEAR, half: 1 };
    let tenant = hall.app.home.tenant.clone();
    let mut tx = hall.app.db.begin().unwrap();
    let scope = thidua_domain::Scope::whole(tenant.clone());
    let readings = store::reading::readings_of(&mut tx, &scope, &[period]).unwrap();
    let held = readings.iter().find(|one| one.unit == *of && one.indicator.as_str() == indicator).unwrap();
    let reading = Reading {
        value: Value::Of(n(value)),
        nature: Nature::Official,
        qualifier: Qualifier::Plain,
        entered_at: hall.app.clock.now(),
        supersedes: Some(held.seq),
        reason: "sửa theo kiểm tra".to_owned(),
        ..held.clone()
    };
    store::reading::insert_many(&mut tx, &tenant, &[reading]).unwrap();
    store::audit::append(&mut tx, &hall.operator, hall.app.clock.now(), "enter-figures", "test", "").unwrap();
    tx.commit().unwrap();
}

#[test]
fn a_unit_account_sends_a_target_with_its_own_result() {
    let hall = Hall::sampled();
    let own = hall.members()[3].clone();
    let before = hall.line(&open(), &own, "A.2");
    let (plan, value) = target(&own, &own, "LD01", "1");
    for stage in [Stage::Open, Stage::Frozen] {
        let refused = assign_plan(&hall.app, &hall.reporter(own.as_str()), &plan, std::slice::from_ref(&value));
        assert!(matches!(refused, Err(Error::Refused(Refusal::OwnTarget))), "{stage:?}: {refused:?}");
        assert_eq!(hall.line(&open(), &own, "A.2"), before);
        if stage == Stage::Open {
            hall.frozen_holds(&open());
        }
    }
    let told = audit::tail(&hall.app, &hall.operator, 1).unwrap();
    assert_eq!(told[0].verb, "assign-plan-refused");
}

#[test]
fn a_unit_account_sends_self_score_999_where_the_maximum_is_10() {
    let hall = Hall::sampled();
    let own = hall.members()[8].clone();
    let (by, at) = (hall.reporter(own.as_str()), hall.cell(&open(), &own, "C.1"));
    let sent = || claim(&hall.app, &by, &at, Claim::Points(n("999")), Vec::new(), "");
    assert_eq!(fault(sent()), MarkFault::OutOfRange { found: n("999"), most: n("10") });
    let figures = hall.cell(&open(), &own, "A.2");
    let typed = claim(&hall.app, &by, &figures, Claim::Points(n("15")), Vec::new(), "");
    assert_eq!(fault(typed), MarkFault::FromFigures);
    hall.frozen_holds(&open());
    assert_eq!(fault(sent()), MarkFault::Frozen);
}

#[test]
fn a_unit_account_excuses_itself_from_a_criterion() {
    let hall = Hall::sampled();
    let own = hall.members()[0].clone();
    let by = hall.reporter(own.as_str());
    let at = hall.cell(&open(), &own, "A.1");
    assert_nothing(excuse(&hall.app, &by, &at, Excused::NotAssigned, "Không giao"));
    hall.frozen_holds(&open());
    assert_nothing(excuse(&hall.app, &by, &at, Excused::NotAssigned, "Không giao"));
    assert_eq!(hall.scored(&open()).journal.reviews.excusals.len(), 0);
}

#[test]
fn the_same_three_after_the_period_is_completed_and_the_unit_finalised() {
    let hall = Hall::sampled();
    let own = hall.members()[1].clone();
    let by = hall.reporter(own.as_str());
    // Sent, and so with others: nothing of it is the unit's to change.
    let at = hall.cell(&open(), &own, "B.1");
    assert_eq!(fault(claim(&hall.app, &by, &at, Claim::No, Vec::new(), "")), MarkFault::Sent);
    hall.frozen_holds(&open());
    let frozen = hall.scored(&open()).frozen.clone().unwrap();
    assert_eq!(fault(claim(&hall.app, &by, &at, Claim::No, Vec::new(), "")), MarkFault::Frozen);
    let (plan, value) = target(&own, &own, "LD01", "1");
    let refused = assign_plan(&hall.app, &by, &plan, &[value]);
    assert!(matches!(refused, Err(Error::Refused(Refusal::OwnTarget))), "{refused:?}");
    assert_nothing(excuse(&hall.app, &by, &at, Excused::NotArisen, "Không phát sinh"));
    // Those who lead cannot change it either.
    let late = excuse(&hall.app, &hall.appraiser(), &at, Excused::NotArisen, "Không phát sinh");
    assert_eq!(fault(late), MarkFault::Frozen);
    assert_eq!(hall.scored(&open()).frozen.clone().unwrap().kept, frozen.kept);
}

#[test]
fn a_reviewer_fixes_a_mark_by_hand_then_somebody_recalculates() {
    let hall = Hall::sampled();
    let of = hall.members()[0].clone();
    let over = hall.line(&open(), &of, "A.1").own.unwrap();
    let at = hall.cell(&open(), &of, "A.1");
    let by = hall.appraiser();
    let verdict = || Verdict::Points(n("12"));
    assert_eq!(fault(mark(&hall.app, &by, &at, Level::Appraisal, verdict(), over, " ")), MarkFault::NoReason);
    mark(&hall.app, &by, &at, Level::Appraisal, verdict(), over, "Diện tích báo cáo trùng với xã bên").unwrap();
    corrected(&hall, &of, "NN02", "1");
    let line = hall.line(&open(), &of, "A.1");
    assert_eq!((line.points, line.counted), (n("12"), Counted::Level(Level::Appraisal)));
    let scored = hall.scored(&open());
    let told = &scored.sheet(&of).unwrap().differences;
    assert_eq!(told.iter().filter(|one| one.criterion == code("A.1")).count(), 1);
    hall.frozen_holds(&open());
    // A correction after the freeze is told, and changes nothing that was decided.
    let other = hall.members()[2].clone();
    let before = hall.scored(&open()).frozen.clone().unwrap().kept;
    corrected(&hall, &other, "NN02", "1");
    let after = hall.scored(&open()).frozen.clone().unwrap();
    assert_eq!(after.kept, before);
    let whose: Vec<_> = after.differs.iter().map(|one| &one.unit).collect();
    assert!(whose.contains(&&other), "{whose:?}");
}

#[test]
fn ten_equal_units_share_one_rank_or_the_stated_tie_breakers_part_them() {
    let hall = Hall::sampled();
    opened(&hall);
    let scored = hall.scored(&offices());
    let ranks: Vec<(usize, usize)> = scored.ranking.rows.iter().map(|row| (row.rank, row.shared_by)).collect();
    assert_eq!(ranks, vec![(1, 18); 18]);
    // One of them is better by a bonus: the others share the second place.
    let first = scored.round.members[5].clone();
    let by = hall.person("Lê Văn Sáu", thidua_domain::actor::Role::Reporter, &[first.as_str()]);
    let awards = Claim::Awards([("tinh".to_owned(), 1)].into());
    claim(&hall.app, &by, &hall.cell(&offices(), &first, "T.2"), awards, Vec::new(), "").unwrap();
    let rows = hall.scored(&offices()).ranking.rows.clone();
    assert_eq!((rows[0].unit.clone(), rows[0].rank, rows[1].rank, rows[1].shared_by), (first, 1, 2, 17));
    hall.frozen_holds(&offices());
}

/// Opens the scoring of the offices.
fn opened(hall: &Hall) {
    let new = NewScoring {
        cluster: offices(),
        year: YEAR,
        period: Period::Half { year: YEAR, half: 1 },
        closes_on: Date::parse("2020-07-25").unwrap(),
        file: SAMPLE_SCHEME.0.to_owned(),
        scheme: SAMPLE_SCHEME.1.to_owned(),
        provenance: sample(),
    };
    open_scoring(&hall.app, &hall.appraiser(), &new).unwrap();
    let twice = open_scoring(&hall.app, &hall.appraiser(), &new);
    assert!(matches!(twice, Err(Error::Refused(Refusal::ChangedMeanwhile))), "{twice:?}");
}

#[test]
fn the_rank_after_the_second_review_uses_the_mark_the_regulation_names() {
    let hall = Hall::sampled();
    let of = hall.members()[0].clone();
    let at = hall.cell(&open(), &of, "C.1");
    let appraised = hall.line(&open(), &of, "C.1").points;
    let sure = hall.scored(&open()).ranking.rows.iter().find(|row| row.unit == of).unwrap().points;
    let by = hall.secretary();
    mark(&hall.app, &by, &at, Level::Council, Verdict::Points(n("2")), appraised, "Hội đồng biểu quyết").unwrap();
    let line = hall.line(&open(), &of, "C.1");
    assert_eq!((line.points, line.counted), (n("2"), Counted::Level(Level::Council)));
    assert_eq!(line.mark(Level::Appraisal), Some(appraised), "the mark before stands beside it");
    let now = hall.scored(&open()).ranking.rows.iter().find(|row| row.unit == of).unwrap().points;
    assert_eq!(sure.minus(now).unwrap(), appraised.minus(n("2")).unwrap());
    hall.frozen_holds(&open());
}

#[test]
fn export_of_the_largest_cluster_scores_and_freezes_whole() {
    let hall = Hall::sampled();
    opened(&hall);
    assert_eq!(hall.scored(&offices()).sheets.len(), 18);
    hall.frozen_holds(&offices());
    let kept = hall.scored(&offices()).frozen.clone().unwrap().kept;
    let text = String::from_utf8(kept.bytes).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with("total\t")).count(), 18);
}

#[test]
fn a_target_of_zero_and_no_target_at_all_are_two_states() {
    let hall = Hall::sampled();
    let of = hall.members()[1].clone();
    assigned(&hall, &of, "QS01", "0");
    let why = hall.line(&open(), &of, "A.3").why;
    assert!(matches!(why, Why::ZeroTarget { .. }), "{why:?}");
    // The offices were assigned none: the criterion leaves their denominator.
    opened(&hall);
    let office = hall.scored(&offices()).round.members[0].clone();
    let why = hall.line(&offices(), &office, "A.3").why;
    assert!(matches!(why, Why::Excused { why: Excused::NotAssigned, .. } | Why::Unscored(Gap::Absent(_))), "{why:?}");
    hall.frozen_holds(&open());
    hall.frozen_holds(&offices());
}

#[test]
fn one_tiny_target_with_a_huge_excess_presses_nobody_down() {
    let hall = Hall::sampled();
    let members = hall.members();
    let before: Vec<_> = members.iter().map(|of| hall.line(&open(), of, "A.2").points).collect();
    assigned(&hall, &members[0], "LD01", "1");
    let after: Vec<_> = members.iter().map(|of| hall.line(&open(), of, "A.2").points).collect();
    // The excess counts up to half of the target: nobody loses more than the share above the target allows.
    for (at, (was, is)) in before.iter().zip(&after).enumerate().skip(1) {
        let lost = was.minus(*is).unwrap();
        assert!(lost <= n("4.5"), "{at}: {was} to {is}");
        assert!(*was < n("10.5") || *is >= n("10.5"), "{at}: who reached the target keeps its part");
    }
    hall.frozen_holds(&open());
}

#[test]
fn an_excused_unit_is_left_out_of_the_comparison() {
    let hall = Hall::sampled();
    let leads = |hall: &Hall| {
        let members = hall.members();
        members.into_iter().find(|of| {
            let line = hall.line(&open(), of, "A.2");
            line.own == line.max
        })
    };
    let leader = leads(&hall).unwrap();
    excuse(&hall.app, &hall.appraiser(), &hall.cell(&open(), &leader, "A.2"), Excused::NotAssigned, "Không giao")
        .unwrap();
    for of in hall.members().iter().filter(|of| **of != leader) {
        assert!(!hall.line(&open(), of, "A.2").names().contains(&&leader), "{of}");
    }
    assert_ne!(leads(&hall), Some(leader));
    hall.frozen_holds(&open());
}

#[test]
fn a_quantitative_criterion_for_which_nobody_has_a_target_is_scored_or_listed() {
    let hall = Hall::sampled();
    for of in hall.members() {
        let why = hall.line(&open(), &of, "A.4").why;
        assert!(matches!(why, Why::AmongNoTarget { .. } | Why::Unscored(_)), "{of}: {why:?}");
    }
    let best = hall.members().iter().map(|of| hall.line(&open(), of, "A.4").points).max();
    assert_eq!(best, Some(n("10")));
    hall.frozen_holds(&open());
}
