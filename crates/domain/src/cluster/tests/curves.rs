//! Points by a percentage: proportional, banded, stepped and growth, with every way a target is met.

use super::{HEAD, code, figure, line, n, unit};
use crate::cluster::measure::Measurement;
use crate::cluster::scheme::{Scheme, read};
use crate::cluster::score::{ByCurve, Gap, Round, Why};
use crate::indicator::{Absence, Comparator, Direction, Value};

/// A scheme of one criterion of 100 points.
fn with(rule: &str) -> Scheme {
    let criterion = format!(
        "[[criterion]]\ncode = \"A\"\nmax = 100\nrule = {{ kind = \"plan\", {rule}, no-target = \"unscored\", zero-target = \"unscored\" }}\n"
    );
    read("thu.toml", &format!("{HEAD}{criterion}")).unwrap()
}

fn scored(scheme: &Scheme, measurement: Measurement) -> (String, Why) {
    let mut round = Round { members: vec![unit("A")], ..Round::default() };
    round.figures.set(&unit("A"), &code("A"), measurement);
    let sheets = round.score(scheme).unwrap();
    let found = line(scheme, &sheets[0], "A");
    (found.points.to_string(), found.why.clone())
}

fn mark(scheme: &Scheme, actual: &str, target: &str) -> String {
    scored(scheme, figure(actual, target)).0
}

#[test]
fn in_proportion_with_and_without_a_cap() {
    let capped = with("curve = \"proportional\", full-at = 100, cap = 100");
    assert_eq!(
        ["90", "100", "120", "0", "-5"].map(|actual| mark(&capped, actual, "100")),
        ["90.00", "100.00", "100.00", "0.00", "0.00"]
    );
    let higher = with("curve = \"proportional\", full-at = 100, cap = 110");
    assert_eq!(["105", "130"].map(|actual| mark(&higher, actual, "100")), ["105.00", "110.00"]);
    let free = with("curve = \"proportional\", full-at = 100, cap = \"none\"");
    assert_eq!(mark(&free, "130", "100"), "130.00");
    let eased = with("curve = \"proportional\", full-at = 95, cap = 100");
    assert_eq!(mark(&eased, "1", "3"), "35.09");
}

#[test]
fn in_bands_by_the_exact_or_by_the_rounded_percentage() {
    let bands = "curve = \"banded\", bands = [{ from = 100, points = 100 }, { above = 90, points = 60 }, { from = 50, points = 20 }]";
    let exact = with(bands);
    let marks = ["100", "99.999", "90", "50", "49.9"].map(|actual| mark(&exact, actual, "100"));
    assert_eq!(marks, ["100.00", "60.00", "20.00", "20.00", "0.00"]);
    let rounded = with(&format!("{bands}, percent-decimals = 1"));
    assert_eq!(mark(&rounded, "99.95", "100"), "100.00");
    assert_eq!(mark(&rounded, "99.94", "100"), "60.00");
}

#[test]
fn in_steps_whole_above_and_begun_below() {
    let steps = with("curve = \"stepped\", at = 100, points = 80, width = 5, gain = 4, loss = 10");
    let marks =
        ["100", "104.9", "105", "112", "99.9", "95", "94.9", "140", "10"].map(|actual| mark(&steps, actual, "100"));
    assert_eq!(
        marks,
        ["80.00", "80.00", "84.00", "88.00", "70.00", "70.00", "60.00", "100", "0.00"].map(|m| if m == "100" {
            "100.00"
        } else {
            m
        })
    );
    let (_, why) = scored(&steps, figure("94.9", "100"));
    let Why::Plan { by: ByCurve::Steps { steps, each, .. }, .. } = why else { panic!("steps") };
    assert_eq!((steps, each), (-2, n("10")));
}

#[test]
fn growth_is_held_against_the_same_period() {
    let growth = with("curve = \"proportional\", measure = \"growth\", full-at = 10, cap = 100");
    let with_past = |actual: &str, before: Value, direction| {
        scored(&growth, Measurement { before, direction, ..figure(actual, "") })
    };
    let past = Value::Of(n("200"));
    assert_eq!(with_past("213", past, Direction::Up).0, "65.00");
    assert_eq!(with_past("190", past, Direction::Up).0, "0.00");
    assert_eq!(with_past("190", past, Direction::Down).0, "50.00");
    for before in [Value::Of(n("0")), Value::Absent(Absence::NotReported)] {
        assert_eq!(with_past("213", before, Direction::Up).1, Why::Unscored(Gap::NoPast));
    }
}

#[test]
fn less_and_exactly_are_mirrored() {
    let capped = with("curve = \"proportional\", full-at = 100, cap = 120");
    let met_by = |comparator: Comparator, actual: &str| {
        let mut measured = figure(actual, "4");
        measured.target.as_mut().unwrap().comparator = comparator;
        scored(&capped, measured).0
    };
    // At most 4: 3,5 is 12,5 percent better, 4,2 is 5 percent worse, twice as much is nothing.
    let most = ["4", "3.5", "4.2", "8", "9"].map(|actual| met_by(Comparator::AtMost, actual));
    assert_eq!(most, ["100.00", "112.50", "95.00", "0.00", "0.00"]);
    let exactly = ["4", "3", "5"].map(|actual| met_by(Comparator::Exactly, actual));
    assert_eq!(exactly, ["100.00", "75.00", "75.00"]);
}

#[test]
fn a_missing_figure_is_listed_and_a_figure_of_nothing_occurred_is_zero() {
    let capped = with("curve = \"proportional\", full-at = 100, cap = 100");
    for absence in [Absence::NotReported, Absence::Withheld, Absence::NotApplicable] {
        let measured = Measurement { actual: Value::Absent(absence), ..figure("0", "100") };
        assert_eq!(scored(&capped, measured).1, Why::Unscored(Gap::Absent(absence)));
    }
    let none = Measurement { actual: Value::Absent(Absence::NoneOccurred), ..figure("0", "100") };
    assert_eq!(scored(&capped, none).0, "0.00");
    let mut round = Round { members: vec![unit("A")], ..Round::default() };
    let silent = round.score(&capped).unwrap();
    assert_eq!(line(&capped, &silent[0], "A").why, Why::Unscored(Gap::NotMeasured));
    let huge = figure("9223372036854775807", "0.000001");
    round.figures.set(&unit("A"), &code("A"), huge);
    // No number holds such a percentage: it is listed, and nothing panics.
    assert_eq!(line(&capped, &round.score(&capped).unwrap()[0], "A").why, Why::Unscored(Gap::TooLarge));
}
