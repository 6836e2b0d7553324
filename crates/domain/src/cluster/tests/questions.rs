//! Questions for people: each is asked where it should be, and changes no mark.

use super::{code, day, equal_round, figure, made_up, n, points, unit};
use crate::cluster::measure::{Changed, Measurement};
use crate::cluster::question::{Seen, questions};
use crate::cluster::scheme::{Level, Outlier, Rule, Scheme};
use crate::cluster::score::Round;
use crate::indicator::{Absence, Value};

fn asked(scheme: &Scheme, round: &Round) -> Vec<(String, Seen)> {
    let sheets = round.score(scheme).unwrap();
    let found = questions(scheme, round, &sheets, day("2026-12-10")).unwrap();
    assert_eq!(round.score(scheme).unwrap(), sheets);
    found.into_iter().map(|one| (one.unit.to_string(), one.seen)).collect()
}

#[test]
fn an_ordinary_round_raises_no_question() {
    assert_eq!(asked(&made_up(), &equal_round(&["A", "B", "C"])), []);
}

#[test]
fn own_marks_far_above_the_reviewed_ones_are_asked_about() {
    let mut round = equal_round(&["A", "B"]);
    round.reviews.add(&unit("A"), &code("B.3"), points(Level::Appraisal, "7", "10", "Thiếu"));
    round.reviews.add(&unit("B"), &code("B.3"), points(Level::Appraisal, "9.5", "10", "Thiếu"));
    let seen = Seen::OwnFarAbove { own: n("10"), reviewed: n("7") };
    assert_eq!(asked(&made_up(), &round), [("A".to_owned(), seen)]);
}

#[test]
fn peers_who_give_each_other_everything_and_others_less_are_asked_about() {
    let mut round = equal_round(&["A", "B", "C"]);
    for (by, to, given) in
        [("A", "B", "10"), ("B", "A", "10"), ("A", "C", "6"), ("C", "A", "10"), ("B", "C", "10"), ("C", "B", "10")]
    {
        let mut mark = points(Level::Peer, given, "10", "Theo biên bản");
        mark.by_unit = Some(unit(by));
        round.reviews.add(&unit(to), &code("B.3"), mark);
    }
    let found = asked(&made_up(), &round);
    // A gave B everything and C less, and B gave A everything; B and C gave everyone everything, which asks nothing.
    let about: Vec<_> = found.iter().filter(|(_, seen)| matches!(seen, Seen::Mutual { .. })).collect();
    assert_eq!(about.len(), 1);
    let Seen::Mutual { with, given, had } = &about[0].1 else { panic!("mutual") };
    assert_eq!((about[0].0.as_str(), with, *given, *had), ("A", &unit("B"), n("100"), n("100")));
}

#[test]
fn a_target_no_better_than_last_year_is_asked_about() {
    let mut round = equal_round(&["A", "B"]);
    round.figures.set(&unit("A"), &code("A.3"), Measurement { before: Value::Of(n("120")), ..figure("100", "100") });
    round.figures.set(&unit("B"), &code("A.3"), Measurement { before: Value::Of(n("90")), ..figure("100", "100") });
    let seen = Seen::LowTarget { criterion: code("A.3"), target: n("100"), before: n("120") };
    assert_eq!(asked(&made_up(), &round), [("A".to_owned(), seen)]);
}

#[test]
fn a_late_jump_is_asked_about_and_an_early_or_a_small_one_is_not() {
    let mut round = equal_round(&["A", "B", "C"]);
    for (whose, from, at) in [
        ("A", "70", "2026-12-05T10:00:00+07:00"),
        ("B", "70", "2026-10-05T10:00:00+07:00"),
        ("C", "99", "2026-12-05T10:00:00+07:00"),
    ] {
        let changed = Some(Changed { from: n(from), at: super::at(at) });
        round.figures.set(&unit(whose), &code("A.3"), Measurement { changed, ..figure("100", "100") });
    }
    let found = asked(&made_up(), &round);
    assert_eq!(found.len(), 1);
    assert!(matches!(&found[0].1, Seen::LateJump { to, .. } if *to == n("100")) && found[0].0 == "A", "{found:?}");
}

#[test]
fn an_excess_without_a_rule_a_target_of_its_own_and_an_excuse_of_its_own_are_asked_about() {
    let mut scheme = made_up();
    let place = scheme.place(&code("A.1")).unwrap();
    if let Some(Rule::Leader(rule)) = &mut scheme.criteria[place].rule {
        rule.outlier = Outlier::None;
    }
    let mut round = equal_round(&["A", "B", "C"]);
    round.figures.set(&unit("A"), &code("A.1"), figure("50", "1"));
    round.figures.set(&unit("B"), &code("A.1"), figure("150", "100"));
    let mut own = figure("100", "1");
    own.target.as_mut().unwrap().assigner = unit("C");
    round.figures.set(&unit("C"), &code("A.1"), own);
    round.figures.set(&unit("C"), &code("A.2"), Measurement::of(Value::Absent(Absence::NotApplicable)));
    let seen = asked(&scheme, &round);
    assert_eq!(
        seen,
        [
            ("A".to_owned(), Seen::LoneExcess { criterion: code("A.1"), excess: n("4900"), next: n("50") }),
            ("C".to_owned(), Seen::OwnTarget { criterion: code("A.1") }),
            ("C".to_owned(), Seen::SelfExcused { criterion: code("A.2") }),
        ]
    );
}
