//! Changed data: one number, comparison or word at a time. What would mean the same is left out, and said where.

pub mod table;

use thidua_base::code::HonourCode;
use thidua_law::condition::{Compare, Leaf, MemberMeasure, MemberTrait, Node, Test, Window};
use thidua_law::rules::Rules;
use thidua_law::vocabulary::{
    Category, Discipline, Ends, Grade, Level, MonthDay, MovementOutcome, Organiser, Run, Scope, Status, Which, Word,
};

/// A change in words, the way to what was changed, and the whole test with it.
pub type Mutant = (String, String, Node);

/// Every change of a test.
pub fn node_mutants(rules: &Rules, node: &Node, path: &str) -> Vec<Mutant> {
    let mut found = Vec::new();
    let mut with = |what: &str, way: &str, test: Test| {
        found.push((what.to_owned(), way.to_owned(), Node { test, ..node.clone() }));
    };
    match &node.test {
        Test::Leaf(leaf) => {
            for (what, leaf) in leaf_mutants(rules, leaf) {
                with(&what, path, Test::Leaf(leaf));
            }
        }
        Test::Not(part) => {
            // Without the denial the test is the part itself.
            with("not taken away", path, part.test.clone());
            let way = part.way(path, 0);
            for (what, way, part) in node_mutants(rules, part, &way) {
                with(&what, &way, Test::Not(Box::new(part)));
            }
        }
        Test::All(parts) | Test::Any(parts) => {
            let is_all = matches!(node.test, Test::All(_));
            let joined = |parts: Vec<Node>| if is_all { Test::All(parts) } else { Test::Any(parts) };
            // One part alone is the same either way.
            if parts.len() > 1 {
                with("and or swapped", path, if is_all { Test::Any(parts.clone()) } else { Test::All(parts.clone()) });
            }
            for (at, part) in parts.iter().enumerate() {
                for (what, way, part) in node_mutants(rules, part, &part.way(path, at)) {
                    let mut parts = parts.clone();
                    parts[at] = part;
                    with(&what, &way, joined(parts));
                }
            }
        }
    }
    found
}

fn neighbours<W: Word>(word: W) -> Vec<W> {
    let at = W::WORDS.iter().position(|row| row.0 == word).unwrap_or(0);
    [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| W::WORDS.get(at)).map(|row| row.0).collect()
}

/// One less and one more, not below the least that makes sense.
fn near(number: u8, least: u8) -> Vec<u8> {
    [number.checked_sub(1).filter(|less| *less >= least), number.checked_add(1)].into_iter().flatten().collect()
}

/// Lists without one honour; not where the rest counts it anyway, as an umbrella or a successor does.
fn without_one(rules: &Rules, honours: &[HonourCode]) -> Vec<Vec<HonourCode>> {
    let lists = honours.iter().enumerate().filter(|_| honours.len() > 1).map(|(at, _)| {
        let mut rest = honours.to_vec();
        rest.remove(at);
        rest
    });
    lists.filter(|rest| rules.counted_as(rest) != rules.counted_as(honours)).collect()
}

fn without<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
    let one = |at: usize| {
        let mut rest = list.to_vec();
        rest.remove(at);
        rest
    };
    if list.len() < 2 { Vec::new() } else { (0..list.len()).map(one).collect() }
}

fn overlaps(rules: &Rules, a: &[HonourCode], b: &[HonourCode]) -> bool {
    let b = rules.counted_as(b);
    rules.counted_as(a).iter().any(|code| b.contains(code))
}

/// Windows with one thing changed. `run` is the length of a run that must fit in it, `own` that what is counted also
/// opens it.
fn window_mutants(rules: &Rules, window: &Window, run: Option<u8>, own: bool) -> Vec<(String, Window)> {
    let mut found = Vec::new();
    match window {
        Window::AwardYear => {
            // A run of one year that ends with the award year looks at that year, however long the window.
            if run.is_none() {
                found.push(("award year made two".to_owned(), Window::Last(2)));
            }
        }
        Window::Last(years) => {
            for other in near(*years, 1) {
                // A run as long as the window does not look further back.
                if run.is_none() || run.is_some_and(|run| other < run) {
                    found.push((format!("last {years} made {other}"), Window::Last(other)));
                }
            }
        }
        Window::After { honours, years, which } => {
            for other in near(*years, 1) {
                // Fewer years are no easier where the run itself needs as many.
                if other > *years || run.is_none_or(|run| run < *years) {
                    let changed = Window::After { honours: honours.clone(), years: other, which: *which };
                    found.push((format!("after: {years} years made {other}"), changed));
                }
            }
            // One year after: the latest award and any that is old enough are then the same.
            if *years > 1 && !own {
                let other = if *which == Which::Latest { Which::AnyOld } else { Which::Latest };
                let changed = Window::After { honours: honours.clone(), years: *years, which: other };
                found.push(("after: which award".to_owned(), changed));
            }
            for rest in without_one(rules, honours) {
                if !own {
                    let changed = Window::After { honours: rest, years: *years, which: *which };
                    found.push(("after: an honour left out".to_owned(), changed));
                }
            }
        }
        Window::Career => {
            if run.is_none() {
                found.push(("career made the award year".to_owned(), Window::AwardYear));
            }
        }
        Window::Calendar(years) => {
            for other in near(*years, 1) {
                found.push((format!("calendar {years} made {other}"), Window::Calendar(other)));
            }
        }
        Window::DecidedYearBefore => found.push(("decided: any year".to_owned(), Window::Career)),
    }
    found
}

/// Every change of a leaf.
pub fn leaf_mutants(rules: &Rules, leaf: &Leaf) -> Vec<(String, Leaf)> {
    let mut found: Vec<(String, Leaf)> = Vec::new();
    let mut add = |what: String, leaf: Leaf| found.push((what, leaf));
    match leaf {
        Leaf::Held { honours, times, run, window, ends, by, not_types } => {
            let own = matches!(window, Some(Window::After { honours: open, .. }) if overlaps(rules, open, honours));
            let make =
                |honours: &[HonourCode], times, run, window: &Option<Window>, ends, by, not_types: &[_]| Leaf::Held {
                    honours: honours.to_vec(),
                    times,
                    run,
                    window: window.clone(),
                    ends,
                    by,
                    not_types: not_types.to_vec(),
                };
            for other in near(*times, 1) {
                add(format!("{times} times made {other}"), make(honours, other, *run, window, *ends, *by, not_types));
            }
            // Once is once, in a row or not.
            if *times > 1 {
                let other = if *run == Run::Any { Run::Unbroken } else { Run::Any };
                let end = if other == Run::Unbroken { Ends::AwardYear } else { *ends };
                add("run".to_owned(), make(honours, *times, other, window, end, *by, not_types));
            }
            if *run == Run::Unbroken {
                for other in Ends::WORDS.iter().map(|row| row.0).filter(|other| other != ends) {
                    add("ends".to_owned(), make(honours, *times, *run, window, other, *by, not_types));
                }
            }
            for rest in without_one(rules, honours) {
                if !own {
                    add("an honour left out".to_owned(), make(&rest, *times, *run, window, *ends, *by, not_types));
                }
            }
            if let Some(level) = by {
                let higher = Level::WORDS.iter().map(|row| row.0).find(|other| other > level);
                let lower = Level::WORDS.iter().rev().map(|row| row.0).find(|other| other < level);
                for other in [higher, lower, None] {
                    add("by".to_owned(), make(honours, *times, *run, window, *ends, other, not_types));
                }
            }
            for (at, _) in not_types.iter().enumerate() {
                let mut rest = not_types.clone();
                rest.remove(at);
                add("a type left out".to_owned(), make(honours, *times, *run, window, *ends, *by, &rest));
            }
            let length = (*run == Run::Unbroken).then_some(*times);
            for (what, other) in window.iter().flat_map(|window| window_mutants(rules, window, length, own)) {
                add(what, make(honours, *times, *run, &Some(other), *ends, *by, not_types));
            }
        }
        Leaf::Rated { at_least, years, run, window, or_held } => {
            let make = |at_least, years, run, window: &Option<Window>, or_held: &[HonourCode]| Leaf::Rated {
                at_least,
                years,
                run,
                window: window.clone(),
                or_held: or_held.to_vec(),
            };
            for other in neighbours::<Grade>(*at_least) {
                add("grade".to_owned(), make(other, *years, *run, window, or_held));
            }
            let span = match window {
                None | Some(Window::AwardYear) => *years,
                Some(Window::Last(years)) => *years,
                _ => u8::MAX,
            };
            for other in near(*years, 1) {
                add(format!("{years} years made {other}"), make(*at_least, other, *run, window, or_held));
            }
            // In a window as long as the run, every year counts either way.
            if span != *years && *years > 1 {
                let other = if *run == Run::Any { Run::Unbroken } else { Run::Any };
                add("run".to_owned(), make(*at_least, *years, other, window, or_held));
            }
            for rest in without(or_held) {
                if rules.counted_as(&rest) != rules.counted_as(or_held) {
                    add("an honour left out".to_owned(), make(*at_least, *years, *run, window, &rest));
                }
            }
            let length = (*run == Run::Unbroken).then_some(*years);
            for (what, other) in window.iter().flat_map(|window| window_mutants(rules, window, length, false)) {
                add(what, make(*at_least, *years, *run, &Some(other), or_held));
            }
        }
        Leaf::Passed { honours, years, which } => {
            for other in near(*years, 1) {
                add("years".to_owned(), Leaf::Passed { honours: honours.clone(), years: other, which: *which });
            }
            let other = if *which == Which::Latest { Which::AnyOld } else { Which::Latest };
            add("which".to_owned(), Leaf::Passed { honours: honours.clone(), years: *years, which: other });
            for rest in without_one(rules, honours) {
                add("an honour left out".to_owned(), Leaf::Passed { honours: rest, years: *years, which: *which });
            }
        }
        Leaf::Initiative { kinds, scope, status, times, run, window, by } => {
            let make = |kinds: &[_], scope, status, times, window: &Window, by| Leaf::Initiative {
                kinds: kinds.to_vec(),
                scope,
                status,
                times,
                run: *run,
                window: window.clone(),
                by,
            };
            for rest in without(kinds) {
                add("a kind left out".to_owned(), make(&rest, *scope, *status, *times, window, *by));
            }
            for other in neighbours::<Scope>(*scope) {
                add("scope".to_owned(), make(kinds, other, *status, *times, window, *by));
            }
            for other in neighbours::<Status>(*status) {
                add("status".to_owned(), make(kinds, *scope, other, *times, window, *by));
            }
            for other in near(*times, 1) {
                add(format!("{times} made {other}"), make(kinds, *scope, *status, other, window, *by));
            }
            if let Some(level) = by {
                let higher = Level::WORDS.iter().map(|row| row.0).find(|other| other > level);
                let lower = Level::WORDS.iter().rev().map(|row| row.0).find(|other| other < level);
                for other in [higher, lower, None] {
                    add("by".to_owned(), make(kinds, *scope, *status, *times, window, other));
                }
            }
            let length = (*run == Run::Unbroken).then_some(*times);
            for (what, other) in window_mutants(rules, window, length, false) {
                add(what, make(kinds, *scope, *status, *times, &other, *by));
            }
        }
        Leaf::Undisciplined { below, window } => {
            for other in neighbours::<Discipline>(*below) {
                add("level".to_owned(), Leaf::Undisciplined { below: other, window: window.clone() });
            }
            for (what, other) in window_mutants(rules, window, None, false) {
                add(what, Leaf::Undisciplined { below: *below, window: other });
            }
        }
        Leaf::NoInquiry { kinds } => {
            for rest in without(kinds) {
                add("a kind left out".to_owned(), Leaf::NoInquiry { kinds: rest });
            }
        }
        Leaf::Worked { months } => {
            for other in [months - 1, months + 1] {
                add("months".to_owned(), Leaf::Worked { months: other });
            }
        }
        Leaf::Served { years, below, fields, continuous, hardship, only_hardship } => {
            let make = |years, below, fields: &[String], continuous, hardship, only_hardship| Leaf::Served {
                years,
                below,
                fields: fields.to_vec(),
                continuous,
                hardship,
                only_hardship,
            };
            for other in years.iter().flat_map(|years| near(*years, 1)) {
                add("years".to_owned(), make(Some(other), *below, fields, *continuous, *hardship, *only_hardship));
            }
            for other in below.iter().flat_map(|below| near(*below, 2)) {
                add("below".to_owned(), make(*years, Some(other), fields, *continuous, *hardship, *only_hardship));
            }
            // Of a single year there is nothing to break.
            if years.is_some_and(|years| years > 1) && !only_hardship {
                add("continuous".to_owned(), make(*years, *below, fields, !continuous, *hardship, *only_hardship));
            }
            if *hardship > 1 {
                for other in near(*hardship, 1) {
                    add("hardship".to_owned(), make(*years, *below, fields, *continuous, other, *only_hardship));
                }
            }
            if *only_hardship {
                add("only hardship".to_owned(), make(*years, *below, fields, *continuous, *hardship, false));
            }
            for rest in without(fields) {
                if years.is_some() {
                    add(
                        "a field left out".to_owned(),
                        make(*years, *below, &rest, *continuous, *hardship, *only_hardship),
                    );
                }
            }
        }
        Leaf::Founded { years } => {
            for other in [years - 1, years + 1] {
                add("years".to_owned(), Leaf::Founded { years: other });
            }
        }
        Leaf::HeldOffice { posts, years, below, women } => {
            let make = |years, below, women| Leaf::HeldOffice { posts: posts.clone(), years, below, women };
            for other in near(*years, 1) {
                add("years".to_owned(), make(other, *below, *women));
            }
            for other in below.iter().flat_map(|below| near(*below, 2)) {
                add("below".to_owned(), make(*years, Some(other), *women));
            }
            if let Some((a, b)) = women {
                add("women".to_owned(), make(*years, *below, Some((*a, b + 1))));
                add("women".to_owned(), make(*years, *below, None));
            }
        }
        Leaf::Members { who, compare, number, measure } => {
            let make = |who: &MemberTrait, compare, number, measure| Leaf::Members {
                who: who.clone(),
                compare,
                number,
                measure,
            };
            for other in [number.checked_sub(1), Some(number + 1)].into_iter().flatten() {
                // There is no share above the whole.
                if *measure == MemberMeasure::Count || other <= 100 {
                    add("number".to_owned(), make(who, *compare, other, *measure));
                }
            }
            let swapped = if *compare == Compare::AtLeast { Compare::MoreThan } else { Compare::AtLeast };
            add("comparison".to_owned(), make(who, swapped, *number, *measure));
            let other = if *measure == MemberMeasure::Percent { MemberMeasure::Count } else { MemberMeasure::Percent };
            add("measure".to_owned(), make(who, *compare, *number, other));
            if let MemberTrait::Holding(honours) = who {
                for rest in without_one(rules, honours) {
                    add(
                        "an honour left out".to_owned(),
                        make(&MemberTrait::Holding(rest), *compare, *number, *measure),
                    );
                }
            }
        }
        Leaf::MembersUndisciplined { below } => {
            for other in neighbours::<Discipline>(*below) {
                add("level".to_owned(), Leaf::MembersUndisciplined { below: other });
            }
        }
        Leaf::Cluster { rank, organisers } => {
            for other in near(*rank, 1) {
                add("rank".to_owned(), Leaf::Cluster { rank: other, organisers: organisers.clone() });
            }
            for rest in without(organisers) {
                add("an organiser left out".to_owned(), Leaf::Cluster { rank: *rank, organisers: rest });
            }
        }
        Leaf::Movement { result, launchers, years, at } => {
            let make = |result, launchers: &[Organiser], years, at: &[_]| Leaf::Movement {
                result,
                launchers: launchers.to_vec(),
                years,
                at: at.to_vec(),
            };
            for other in neighbours::<MovementOutcome>(*result) {
                add("result".to_owned(), make(other, launchers, *years, at));
            }
            for other in near(*years, 0) {
                add("years".to_owned(), make(*result, launchers, other, at));
            }
            for rest in without(launchers) {
                add("a launcher left out".to_owned(), make(*result, &rest, *years, at));
            }
            for rest in without(at) {
                add("a review left out".to_owned(), make(*result, launchers, *years, &rest));
            }
        }
        Leaf::Registered { before } => {
            if let Some(day) = before {
                let moved = MonthDay { day: day.day - 1, ..*day };
                let later = MonthDay { day: day.day + 1, ..*day };
                for other in [moved, later].into_iter().filter(|day| MonthDay::parse(&day.code()).is_some()) {
                    add("day".to_owned(), Leaf::Registered { before: Some(other) });
                }
                add("no day".to_owned(), Leaf::Registered { before: None });
            }
        }
        Leaf::InCategory { categories } => {
            for rest in without(categories) {
                // A part of what stays is still there.
                let same = categories.iter().all(|one: &Category| rest.iter().any(|kept| one.is_within(*kept)));
                if !same {
                    add("a category left out".to_owned(), Leaf::InCategory { categories: rest });
                }
            }
        }
        Leaf::Meets { honours } => {
            for rest in without_one(rules, honours) {
                add("an honour left out".to_owned(), Leaf::Meets { honours: rest });
            }
        }
        Leaf::ScoredAt { at_least, segments, group_floor_percent } => {
            for other in [at_least - 1, at_least + 1] {
                let (segments, floor) = (segments.clone(), *group_floor_percent);
                add("points".to_owned(), Leaf::ScoredAt { at_least: other, segments, group_floor_percent: floor });
            }
            for (segment, points) in segments {
                for other in [points - 1, points + 1] {
                    let mut changed = segments.clone();
                    changed.insert(segment.clone(), other);
                    let floor = *group_floor_percent;
                    let leaf = Leaf::ScoredAt { at_least: *at_least, segments: changed, group_floor_percent: floor };
                    add(format!("points of {segment}"), leaf);
                }
            }
            for other in group_floor_percent.iter().flat_map(|floor| near(*floor, 1)) {
                let segments = segments.clone();
                add(
                    "floor".to_owned(),
                    Leaf::ScoredAt { at_least: *at_least, segments, group_floor_percent: Some(other) },
                );
            }
        }
        Leaf::Counted { fact, compare, number } => {
            for other in [number.checked_sub(1), Some(number + 1)].into_iter().flatten() {
                add("number".to_owned(), Leaf::Counted { fact: fact.clone(), compare: *compare, number: other });
            }
            for other in [Compare::AtLeast, Compare::MoreThan, Compare::AtMost, Compare::Equals] {
                // Nothing is below none, so at most none is none.
                if other != *compare && !(*number == 0 && other != Compare::MoreThan) {
                    add("comparison".to_owned(), Leaf::Counted { fact: fact.clone(), compare: other, number: *number });
                }
            }
        }
        Leaf::Stated { .. } => add("fact".to_owned(), Leaf::Stated { fact: "mot-viec-khac".to_owned() }),
        Leaf::Local { .. } | Leaf::Ask(_) => {}
    }
    found
}
