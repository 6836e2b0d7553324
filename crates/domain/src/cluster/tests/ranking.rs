//! Ranks, movement, what won and cost, flags by rank, and what-if.

use std::collections::BTreeMap;

use super::{claims, code, equal_round, figure, line, made_up, n, sheet, unit};
use crate::cluster::evidence::Claim;
use crate::cluster::rank::{Movement, between, propose, rank};
use crate::cluster::scheme::{FlagRule, TieRule};
use crate::cluster::score::Round;
use crate::cluster::suppose::{Supposed, supposed, what_if};
use thidua_base::code::HonourCode;

/// Four members: A first, B and C equal, D last.
fn round() -> Round {
    let mut round = equal_round(&["A", "B", "C", "D"]);
    claims(&mut round, "A", "T.1", Claim::Amount(n("1")));
    claims(&mut round, "D", "P.1", Claim::Amount(n("2")));
    round
}

fn flag(honour: &str, places: usize) -> FlagRule {
    FlagRule { honour: HonourCode::parse(honour).unwrap(), places, least: None }
}

#[test]
fn shared_ranks_look_shared_and_leave_a_gap() {
    let scheme = made_up();
    let sheets = round().score(&scheme).unwrap();
    let last = BTreeMap::from([(unit("A"), 3), (unit("B"), 2), (unit("C"), 1)]);
    let ranking = rank(&scheme, &sheets, &last).unwrap();
    let rows: Vec<(&str, usize, usize, Movement)> =
        ranking.rows.iter().map(|row| (row.unit.as_str(), row.rank, row.shared_by, row.movement)).collect();
    assert_eq!(
        rows,
        [
            ("A", 1, 1, Movement::Up(2)),
            ("B", 2, 2, Movement::Same),
            ("C", 2, 2, Movement::Down(1)),
            ("D", 4, 1, Movement::New),
        ]
    );
}

#[test]
fn a_vote_leaves_the_rank_shared_and_says_so() {
    let mut scheme = made_up();
    scheme.ties = vec![TieRule::Vote];
    let sheets = round().score(&scheme).unwrap();
    let ranking = rank(&scheme, &sheets, &BTreeMap::new()).unwrap();
    assert_eq!((ranking.rows[1].rank, ranking.rows[1].settled_by.clone()), (2, Some(TieRule::Vote)));
    assert_eq!(ranking.rows[0].settled_by, None);
}

#[test]
fn the_criteria_that_won_and_cost_most_are_named() {
    let scheme = made_up();
    let sheets = round().score(&scheme).unwrap();
    let ranking = rank(&scheme, &sheets, &BTreeMap::new()).unwrap();
    let place = |criterion: &str| scheme.place(&code(criterion)).unwrap();
    // 3 points of bonus against a mean of 0,75; two penalty points against 0,5.
    assert_eq!((ranking.rows[0].won[0].criterion, ranking.rows[0].won[0].by), (place("T.1"), n("2.25")));
    let worst = &ranking.rows[3].cost[0];
    assert_eq!((worst.criterion, worst.by), (place("P.1"), n("-1.5")));
    let apart = between(&scheme, sheet(&sheets, "A"), sheet(&sheets, "D")).unwrap();
    let told: Vec<_> = apart.iter().map(|one| (one.criterion, one.by)).collect();
    assert_eq!(told, [(place("T.1"), n("3")), (place("P.1"), n("2"))]);
}

#[test]
fn flags_go_by_rank_and_equals_wait_for_the_council() {
    let scheme = made_up();
    let sheets = round().score(&scheme).unwrap();
    let ranking = rank(&scheme, &sheets, &BTreeMap::new()).unwrap();
    let rules = [flag("co-thi-dua-bo-nganh-tinh", 1), flag("bang-khen-bo-nganh-tinh", 1)];
    let proposed = propose(&scheme, &ranking, &rules);
    assert_eq!((&proposed[0].units[..], proposed[0].open), (&[unit("A")][..], 0));
    // B and C share the next place: nobody is chosen for the council.
    assert_eq!((proposed[1].units.len(), proposed[1].open), (0, 1));
    assert_eq!(proposed[1].tied, [unit("B"), unit("C")]);
    let two = propose(&scheme, &ranking, &[flag("co-thi-dua-bo-nganh-tinh", 3)]);
    assert_eq!(two[0].units, [unit("A"), unit("B"), unit("C")]);
    let none = FlagRule { least: Some("tot".to_owned()), ..flag("co-thi-dua-bo-nganh-tinh", 1) };
    // Everyone has 80 of 100 and more but D, who lost two points.
    assert_eq!(propose(&scheme, &ranking, &[FlagRule { places: 9, ..none }])[0].units.len(), 3);
}

#[test]
fn what_if_shows_what_would_change_and_leaves_the_round_alone() {
    let scheme = made_up();
    let round = round();
    let change = Supposed::Figure(unit("C"), code("A.1"), figure("150", "100"));
    let found = what_if(&scheme, &round, &BTreeMap::new(), std::slice::from_ref(&change)).unwrap();
    let place = |criterion: &str| scheme.place(&code(criterion)).unwrap();
    let lines: Vec<(&str, usize)> = found.lines.iter().map(|one| (one.unit.as_str(), one.criterion)).collect();
    assert_eq!(lines, [("C", place("A")), ("C", place("A.1"))]);
    assert_eq!(found.ranks, [(unit("A"), 1, 2), (unit("B"), 2, 3), (unit("C"), 2, 1)]);
    assert_eq!(line(&scheme, &found.sheets[2], "A.1").points, n("20"));
    // Nothing was stored, and nothing supposed changes nothing.
    assert_eq!(supposed(&round, &[]), round);
    let nothing = what_if(&scheme, &round, &BTreeMap::new(), &[]).unwrap();
    assert!(nothing.lines.is_empty() && nothing.ranks.is_empty());
    let without = what_if(&scheme, &round, &BTreeMap::new(), &[Supposed::Without(unit("A"))]).unwrap();
    assert_eq!(without.ranking.rows.len(), 3);
}
