//! What holds for every round: drawn figures, claims, marks and excuses over the made-up scheme and the draft of the communes.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::trials::freeze;
use super::{claims, code, excusal, figure, made_up, n, points, unit};
use crate::cluster::evidence::Claim;
use crate::cluster::freeze::{Recomputed, recompute};
use crate::cluster::review::Excused;
use crate::cluster::scheme::{Level, Rule, Scheme, shipped};
use crate::cluster::score::{Round, StepKind, ceiling};
use crate::cluster::suppose::changed;
use thidua_base::Number;

const MEMBERS: [&str; 5] = ["A", "B", "C", "D", "E"];

/// Numbers from which a round is drawn: for each member and leaf, three.
type Draw = Vec<(u16, u16, u8)>;

/// A round over a scheme, made of drawn numbers.
fn drawn(scheme: &Scheme, draw: &Draw) -> Round {
    let mut round = Round { members: MEMBERS.iter().map(|id| unit(id)).collect(), ..Round::default() };
    let mut numbers = draw.iter().cycle();
    for id in MEMBERS {
        for (_, leaf) in scheme.leaves() {
            let (a, b, way) = *numbers.next().unwrap();
            let criterion = leaf.code.as_str();
            if leaf.is_from_figures() {
                let target = match way % 5 {
                    0 => String::new(),
                    1 => "0".to_owned(),
                    _ => format!("{}", b % 200 + 1),
                };
                round.figures.set(&unit(id), &leaf.code, figure(&format!("{}.{}", a % 400, b % 10), &target));
            } else if way % 7 != 0 {
                claims(&mut round, id, criterion, claim(leaf.rule.as_ref().unwrap(), a, b));
            }
            if way % 11 == 3 {
                let why = if way % 2 == 0 { Excused::NotAssigned } else { Excused::NotArisen };
                round.reviews.excuse(&unit(id), &leaf.code, excusal(why));
            }
            if way % 13 == 5 {
                let level = [Level::Peer, Level::Appraisal, Level::Council][usize::from(a % 3)];
                // Some of them beyond what may be given.
                let given = format!("{}.{}", b % 25, a % 10);
                round.reviews.add(&unit(id), &leaf.code, points(level, &given, "1", "Theo biên bản"));
            }
        }
    }
    round
}

fn claim(rule: &Rule, a: u16, b: u16) -> Claim {
    match rule {
        Rule::Flag if a.is_multiple_of(3) => Claim::No,
        Rule::Flag => Claim::Yes,
        Rule::Choice(options) => Claim::Option(options[usize::from(a) % options.len()].code.clone()),
        Rule::Band(_) => Claim::Amount(Number::whole(i64::from(a % 110))),
        Rule::Ratio { .. } => {
            let whole = i64::from(b % 20);
            Claim::Share { part: Number::whole(i64::from(a) % (whole + 1)), whole: Number::whole(whole) }
        }
        Rule::Count { .. } | Rule::DeductPer { .. } => Claim::Amount(Number::whole(i64::from(a % 9))),
        _ => Claim::Points(Number::whole(i64::from(a % 12))),
    }
}

fn draws() -> impl Strategy<Value = Draw> {
    prop::collection::vec((any::<u16>(), any::<u16>(), any::<u8>()), 17..90)
}

fn schemes() -> Vec<Scheme> {
    let mut schemes: Vec<Scheme> = shipped().unwrap().into_iter().filter(Scheme::is_whole).collect();
    schemes.push(made_up());
    schemes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_trace_of_a_sheet_adds_up_to_its_mark(draw in draws()) {
        for scheme in schemes() {
            for sheet in drawn(&scheme, &draw).score(&scheme).unwrap() {
                prop_assert_eq!(sheet.traced().unwrap(), sheet.total.points);
                let leaves = sheet.total.steps.iter().filter(|step| matches!(step.kind, StepKind::Leaf(_))).count();
                prop_assert_eq!(leaves, scheme.leaves().count());
            }
        }
    }

    #[test]
    fn no_criterion_exceeds_its_maximum_and_no_total_its_bounds(draw in draws()) {
        for scheme in schemes() {
            for sheet in drawn(&scheme, &draw).score(&scheme).unwrap() {
                for (criterion, line) in scheme.criteria.iter().zip(&sheet.lines) {
                    let most = if criterion.rule.is_some() { ceiling(criterion) } else { criterion.max }.unwrap();
                    prop_assert!(line.points <= most && !line.points.is_negative(), "{}: {:?}", criterion.code, line);
                    prop_assert!(line.own.is_none_or(|own| own <= most && !own.is_negative()));
                    prop_assert!(line.marks.iter().all(|mark| mark.points <= most));
                }
                prop_assert!(sheet.total.points <= scheme.scale.ceiling.unwrap());
                prop_assert!(!sheet.total.points.is_negative());
            }
        }
    }

    #[test]
    fn the_order_of_units_and_reports_and_strangers_never_matter(draw in draws(), turn in 1usize..5) {
        let scheme = made_up();
        let round = drawn(&scheme, &draw);
        let sheets = round.score(&scheme).unwrap();
        let mut other = Round { members: round.members.clone(), ..Round::default() };
        other.members.rotate_left(turn);
        // The same reports, taken in the other way round, and those of a unit that is not of the cluster.
        for (whose, figures) in round.figures.0.iter().rev() {
            for (criterion, measured) in figures.iter().rev() {
                other.figures.set(whose, criterion, measured.clone());
            }
        }
        for (whose, of_unit) in round.evidence.claims.iter().rev() {
            for (criterion, list) in of_unit.iter().rev() {
                list.iter().for_each(|one| other.evidence.add(whose, criterion, one.clone()));
            }
        }
        other.evidence.files.extend(round.evidence.files.clone().into_iter().rev());
        other.reviews = round.reviews.clone();
        for criterion in ["A.1", "A.2", "A.3"] {
            other.figures.set(&unit("la"), &code(criterion), figure("100000", "1"));
        }
        claims(&mut other, "la", "B.1", Claim::Yes);
        other.reviews.add(&unit("la"), &code("B.1"), points(Level::Peer, "0", "10", "x"));
        let mut again = other.score(&scheme).unwrap();
        again.sort_by(|a, b| a.unit.cmp(&b.unit));
        prop_assert_eq!(&again, &sheets);
        prop_assert_eq!(freeze(&other).bytes().unwrap(), freeze(&round).bytes().unwrap());
    }

    #[test]
    fn scoring_again_changes_nothing(draw in draws()) {
        let scheme = made_up();
        let round = drawn(&scheme, &draw);
        let before = round.clone();
        prop_assert_eq!(round.score(&scheme).unwrap(), round.score(&scheme).unwrap());
        prop_assert_eq!(&round, &before);
        prop_assert_eq!(recompute(&freeze(&round).bytes().unwrap()).unwrap(), Recomputed::Same);
    }

    #[test]
    fn one_changed_figure_changes_only_what_its_trace_names(
        draw in draws(),
        whose in 0usize..5,
        which in 0usize..3,
        actual in 0u32..400,
        target in 0u32..200,
    ) {
        let scheme = made_up();
        let round = drawn(&scheme, &draw);
        let (owner, criterion) = (unit(MEMBERS[whose]), code(["A.1", "A.2", "A.3"][which]));
        let place = scheme.place(&criterion).unwrap();
        let mut other = round.clone();
        other.figures.set(&owner, &criterion, figure(&actual.to_string(), &target.to_string()));
        let (before, after) = (round.score(&scheme).unwrap(), other.score(&scheme).unwrap());
        let touched: BTreeSet<_> = changed(&before, &after).into_iter().map(|one| (one.unit, one.criterion)).collect();
        for (unit, line) in touched {
            // The criterion itself or a group above it, of the owner or of one whose trace names the owner.
            prop_assert!(scheme.stands_under(place, line), "{line}");
            let named = |sheets: &[crate::cluster::score::ScoreSheet]| {
                let sheet = sheets.iter().find(|sheet| sheet.unit == unit).unwrap();
                sheet.lines[place].names().contains(&&owner)
            };
            prop_assert!(unit == owner || named(&before) || named(&after), "{unit} by {owner}");
        }
    }
}

#[test]
fn the_marks_of_drawn_rounds_are_not_all_alike() {
    let draw: Draw =
        (0..90u16).map(|at| (at * 719 % 997, at * 104 % 991, at.to_le_bytes()[0].wrapping_mul(31))).collect();
    let scheme = made_up();
    let totals: BTreeSet<Number> =
        drawn(&scheme, &draw).score(&scheme).unwrap().into_iter().map(|sheet| sheet.total.points).collect();
    assert!(totals.len() > 2 && totals.iter().all(|total| *total > n("0")), "{totals:?}");
}
