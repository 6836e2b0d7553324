//! The history of units as one holds it, and what it lacks of another's account of the same units.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::{OrgId, TreeId};

use super::{Edge, Share, Unit, UnitEvent, UnitLink};

/// Units by version, their places in trees, what happened to them, and how they were divided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Versions of units; those of one unit do not overlap.
    pub units: Vec<Unit>,
    /// Places in trees; those of one unit in one tree do not overlap.
    pub edges: Vec<Edge>,
    /// Events.
    pub events: Vec<UnitEvent>,
    /// Shares of divided units.
    pub shares: Vec<Share>,
}

/// What one history adds to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Additions {
    /// Open versions that turn out to have ended.
    pub unit_ends: Vec<UnitEnd>,
    /// Open places that turn out to have ended, with the day.
    pub edge_ends: Vec<(Edge, Date)>,
    /// What is new.
    pub new: History,
}

/// The end of a version that was thought to last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitEnd {
    /// The unit.
    pub unit: OrgId,
    /// The first day of the version.
    pub valid_from: Date,
    /// The first day after it.
    pub valid_to: Date,
}

impl History {
    /// What this history lacks of another. What is held stands for every day it speaks of; a version that "lasts"
    /// only says that no end is known, so an end or a later version told by the other closes it. Days before
    /// anything held are filled. An arrow held for its day is not told twice.
    pub fn lacking(&self, offered: &Self) -> Additions {
        let mut add = Additions::default();
        let (held, told) = (by_unit(&self.units), by_unit(&offered.units));
        for (unit, versions) in told {
            let before: Vec<Span<&Unit>> = held.get(unit).cloned().unwrap_or_default();
            let (end, new) = joined(&before, &versions, |a, b| a.code == b.code && a.name == b.name);
            if let Some((version, valid_to)) = end {
                add.unit_ends.push(UnitEnd { unit: unit.clone(), valid_from: version.valid_from, valid_to });
            }
            add.new.units.extend(new.into_iter().map(|span| Unit {
                valid_from: span.from,
                valid_to: span.to,
                ..span.of.clone()
            }));
        }
        let (held, told) = (by_child(&self.edges), by_child(&offered.edges));
        for (child, places) in told {
            let before: Vec<Span<&Edge>> = held.get(&child).cloned().unwrap_or_default();
            let (end, new) = joined(&before, &places, |a, b| a.parent == b.parent);
            add.edge_ends.extend(end.map(|(edge, day)| (edge.clone(), day)));
            add.new.edges.extend(new.into_iter().map(|span| Edge {
                valid_from: span.from,
                valid_to: span.to,
                ..span.of.clone()
            }));
        }
        add.new.events = new_events(&self.events, &offered.events);
        let told: BTreeSet<(&str, &OrgId, &OrgId)> = add
            .new
            .events
            .iter()
            .flat_map(|event| event.links.iter().map(|link| (event.id.as_str(), &link.from, &link.to)))
            .collect();
        let has_arrow = |share: &&Share| told.contains(&(share.event.as_str(), &share.from, &share.to));
        add.new.shares = offered.shares.iter().filter(has_arrow).cloned().collect();
        add
    }
}

impl History {
    /// This history with what it lacked.
    pub fn with(mut self, additions: Additions) -> Self {
        for end in additions.unit_ends {
            let lasts = |unit: &&mut Unit| unit.id == end.unit && unit.valid_from == end.valid_from;
            if let Some(unit) = self.units.iter_mut().find(lasts) {
                unit.valid_to = Some(end.valid_to);
            }
        }
        for (ended, day) in additions.edge_ends {
            if let Some(edge) = self.edges.iter_mut().find(|edge| **edge == ended) {
                edge.valid_to = Some(day);
            }
        }
        self.units.extend(additions.new.units);
        self.edges.extend(additions.new.edges);
        self.events.extend(additions.new.events);
        self.shares.extend(additions.new.shares);
        self
    }

    /// The part of a history about one unit: all that ever stood below it or above it in a tree, what became of
    /// them, and whatever else their heirs were made of.
    pub fn about(&self, unit: &OrgId) -> Self {
        let mut below: BTreeMap<&OrgId, Vec<&OrgId>> = BTreeMap::new();
        let mut above: BTreeMap<&OrgId, Vec<&OrgId>> = BTreeMap::new();
        for edge in &self.edges {
            below.entry(&edge.parent).or_default().push(&edge.child);
            above.entry(&edge.child).or_default().push(&edge.parent);
        }
        let mut from: BTreeMap<&OrgId, Vec<&OrgId>> = BTreeMap::new();
        let mut into: BTreeMap<&OrgId, Vec<&OrgId>> = BTreeMap::new();
        for link in self.events.iter().flat_map(|event| &event.links) {
            from.entry(&link.from).or_default().push(&link.to);
            into.entry(&link.to).or_default().push(&link.from);
        }
        let mut kept = reached([unit], &below);
        // An heir without one of its parts would look whole; a part without one of its heirs would look lost.
        let parts: Vec<&OrgId> = kept.iter().filter_map(|unit| into.get(unit)).flatten().copied().collect();
        kept.extend(parts);
        kept = reached(kept, &from);
        let sources = kept.clone();
        kept = reached(kept, &above);

        let mut about = Self {
            units: self.units.iter().filter(|version| kept.contains(&version.id)).cloned().collect(),
            edges: self.edges.iter().filter(|edge| kept.contains(&edge.child)).cloned().collect(),
            events: Vec::new(),
            shares: self.shares.iter().filter(|share| sources.contains(&share.from)).cloned().collect(),
        };
        for event in &self.events {
            let links: Vec<UnitLink> =
                event.links.iter().filter(|link| sources.contains(&link.from)).cloned().collect();
            if !links.is_empty() {
                about.events.push(UnitEvent { links, ..event.clone() });
            }
        }
        about
    }
}

/// Everything that arrows lead to from some units, with those.
fn reached<'a>(
    units: impl IntoIterator<Item = &'a OrgId>,
    arrows: &BTreeMap<&'a OrgId, Vec<&'a OrgId>>,
) -> BTreeSet<&'a OrgId> {
    let mut found = BTreeSet::new();
    let mut ahead: Vec<&OrgId> = units.into_iter().collect();
    while let Some(unit) = ahead.pop() {
        if found.insert(unit) {
            ahead.extend(arrows.get(unit).into_iter().flatten().copied());
        }
    }
    found
}

/// Something that holds from a day to a day.
#[derive(Debug, Clone, Copy)]
struct Span<T> {
    of: T,
    from: Date,
    to: Option<Date>,
}

fn by_unit(units: &[Unit]) -> BTreeMap<&OrgId, Vec<Span<&Unit>>> {
    let mut all: BTreeMap<&OrgId, Vec<Span<&Unit>>> = BTreeMap::new();
    for unit in units {
        all.entry(&unit.id).or_default().push(Span { of: unit, from: unit.valid_from, to: unit.valid_to });
    }
    in_time(&mut all);
    all
}

fn by_child(edges: &[Edge]) -> BTreeMap<(&TreeId, &OrgId), Vec<Span<&Edge>>> {
    let mut all: BTreeMap<(&TreeId, &OrgId), Vec<Span<&Edge>>> = BTreeMap::new();
    for edge in edges {
        let span = Span { of: edge, from: edge.valid_from, to: edge.valid_to };
        all.entry((&edge.tree, &edge.child)).or_default().push(span);
    }
    in_time(&mut all);
    all
}

fn in_time<K: Ord, T>(all: &mut BTreeMap<K, Vec<Span<T>>>) {
    for spans in all.values_mut() {
        spans.sort_by_key(|span| span.from);
    }
}

/// The held span that ends after all, with the day, and the spans to add; `same` tells whether two say the same.
fn joined<'a, T>(
    held: &[Span<&'a T>],
    told: &[Span<&'a T>],
    same: impl Fn(&T, &T) -> bool,
) -> (Option<(&'a T, Date)>, Vec<Span<&'a T>>) {
    let (Some(first), Some(last)) = (held.first(), held.last()) else { return (None, told.to_vec()) };
    let mut new: Vec<Span<&T>> = Vec::new();
    // Before anything held.
    for span in told.iter().filter(|span| span.from < first.from) {
        new.push(Span { to: Some(span.to.map_or(first.from, |to| to.min(first.from))), ..*span });
    }
    // After what is held. An open end lasts until the other account changes or falls silent.
    let later: Vec<Span<&T>> = told.iter().filter(|span| span.from > last.from).copied().collect();
    let end = match last.to {
        Some(_) => None,
        None => {
            let change = later.iter().find(|span| !same(span.of, last.of)).map(|span| span.from);
            change.into_iter().chain(silence(told, last.from)).min()
        }
    };
    if let Some(resumes) = last.to.or(end) {
        new.extend(later.into_iter().filter(|span| span.from >= resumes));
    }
    (end.map(|day| (last.of, day)), new)
}

/// The first day after `from` on which spans that had begun to speak say nothing more; `None` where they never
/// begin, or speak without end.
fn silence<T>(told: &[Span<T>], from: Date) -> Option<Date> {
    let mut spoken_until = from;
    for span in told.iter().filter(|span| span.to.is_none_or(|to| to > from)) {
        if span.from > spoken_until && spoken_until > from {
            break;
        }
        spoken_until = spoken_until.max(span.to?);
    }
    (spoken_until > from).then_some(spoken_until)
}

/// The events told, without the arrows already held for their day.
fn new_events(held: &[UnitEvent], told: &[UnitEvent]) -> Vec<UnitEvent> {
    let ids: BTreeSet<&str> = held.iter().map(|event| event.id.as_str()).collect();
    let arrows: BTreeSet<(Date, &OrgId, &OrgId)> = held
        .iter()
        .flat_map(|event| event.links.iter().map(|link| (event.effective_on, &link.from, &link.to)))
        .collect();
    let is_new = |event: &UnitEvent, link: &UnitLink| !arrows.contains(&(event.effective_on, &link.from, &link.to));
    told.iter()
        .filter(|event| !ids.contains(event.id.as_str()))
        .filter(|event| event.links.is_empty() || event.links.iter().any(|link| is_new(event, link)))
        .map(|event| UnitEvent {
            links: event.links.iter().filter(|link| is_new(event, link)).cloned().collect(),
            ..event.clone()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::Portion;
    use crate::origin::{Origin, Provenance};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn id(text: &str) -> OrgId {
        OrgId::parse(text).unwrap()
    }

    fn version(unit: &str, name: &str, from: &str, to: &str) -> Unit {
        Unit {
            id: id(unit),
            kind: "commune".into(),
            code: "1".into(),
            name: name.into(),
            short_name: name.into(),
            valid_from: day(from),
            valid_to: (!to.is_empty()).then(|| day(to)),
            legal_ref: String::new(),
            provenance: Provenance { origin: Origin::Reference, source: String::new() },
        }
    }

    fn of(units: &[Unit]) -> History {
        History { units: units.to_vec(), ..History::default() }
    }

    /// Held and told versions as (name, from, to), and the history after both.
    fn after(held: &[(&str, &str, &str)], told: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        let made = |rows: &[(&str, &str, &str)]| {
            of(&rows.iter().map(|(name, from, to)| version("a", name, from, to)).collect::<Vec<_>>())
        };
        let (held, told) = (made(held), made(told));
        let add = held.lacking(&told);
        let mut held = held.with(add);
        assert_eq!(held.lacking(&told), Additions::default(), "what was lacking lacks no more");
        held.units.sort_by_key(|unit| unit.valid_from);
        let to = |unit: &Unit| unit.valid_to.map_or(String::new(), |to| to.to_string());
        held.units.iter().map(|unit| (unit.name.clone(), unit.valid_from.to_string(), to(unit))).collect()
    }

    fn rows(rows: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        rows.iter().map(|(a, b, c)| ((*a).into(), (*b).into(), (*c).into())).collect()
    }

    #[test]
    fn an_open_version_ends_when_a_register_knows_its_end() {
        let known = [("Xã A", "2019-01-01", "2025-07-01")];
        assert_eq!(after(&[("Xã A", "2019-01-01", "")], &known), rows(&known));
    }

    #[test]
    fn a_register_that_begins_later_still_ends_it() {
        let told = [("Xã A", "2020-06-30", "2025-07-01")];
        assert_eq!(after(&[("Xã A", "2019-01-01", "")], &told), rows(&[("Xã A", "2019-01-01", "2025-07-01")]));
    }

    #[test]
    fn later_versions_follow_and_what_is_held_stands() {
        let held = [("Xã A", "2019-01-01", "2019-12-01"), ("Thị trấn B", "2019-12-01", "")];
        let told = [
            ("Xã A cũ", "2019-01-01", "2019-12-01"),
            ("Thị trấn B", "2019-12-01", "2025-07-01"),
            ("Xã C", "2025-07-01", ""),
        ];
        let want = [
            ("Xã A", "2019-01-01", "2019-12-01"),
            ("Thị trấn B", "2019-12-01", "2025-07-01"),
            ("Xã C", "2025-07-01", ""),
        ];
        assert_eq!(after(&held, &told), rows(&want));
    }

    #[test]
    fn a_register_with_an_open_end_does_not_reopen_what_ended() {
        let held = [("Xã A", "2019-01-01", "2025-07-01")];
        assert_eq!(after(&held, &[("Xã A", "2019-01-01", "")]), rows(&held));
    }

    #[test]
    fn earlier_days_are_filled() {
        let told = [("Xã A", "2015-01-01", "2020-01-01"), ("Xã B", "2020-01-01", "")];
        let want = [("Xã A", "2015-01-01", "2019-01-01"), ("Xã B", "2019-01-01", "")];
        assert_eq!(after(&[("Xã B", "2019-01-01", "")], &told), rows(&want));
    }

    #[test]
    fn a_history_lacks_nothing_of_itself_and_of_a_union_nothing_of_either() {
        let a = of(&[version("a", "A", "2019-01-01", ""), version("b", "B", "2019-01-01", "2020-01-01")]);
        assert_eq!(a.lacking(&a), Additions::default());
        let b = of(&[version("a", "A", "2019-01-01", "2025-07-01")]);
        assert_eq!(b.lacking(&a).new.units.len(), 1);
        assert_eq!(History::default().lacking(&a).new, a);
    }

    #[test]
    fn a_part_of_a_history_has_whoever_is_needed_to_tell_it() {
        let edge = |child: &str, parent: &str| Edge {
            tree: TreeId::parse("territory").unwrap(),
            child: id(child),
            parent: id(parent),
            valid_from: day("2019-01-01"),
            valid_to: None,
        };
        let link = |from: &str, to: &str, portion| UnitLink { from: id(from), to: id(to), portion };
        let event = |name: &str, links: &[UnitLink]| UnitEvent {
            id: name.into(),
            kind: "merge".into(),
            effective_on: day("2025-07-01"),
            legal_ref: String::new(),
            links: links.to_vec(),
        };
        // `c` of province `t` got all of `a` and a part of `b`, which belonged to `s`; the rest of `b` went to `d`.
        let names = ["nation", "s", "t", "a", "b", "c", "d", "e", "f"];
        let whole = History {
            units: names.map(|name| version(name, name, "2019-01-01", "")).to_vec(),
            edges: [
                ("s", "nation"),
                ("t", "nation"),
                ("a", "t"),
                ("c", "t"),
                ("b", "s"),
                ("d", "s"),
                ("e", "s"),
                ("f", "s"),
            ]
            .map(|(child, parent)| edge(child, parent))
            .to_vec(),
            events: vec![
                event("c", &[link("a", "c", Portion::Full), link("b", "c", Portion::Partial)]),
                event("d", &[link("b", "d", Portion::Partial), link("f", "d", Portion::Full)]),
            ],
            shares: Vec::new(),
        };
        let about = whole.about(&id("t"));
        let ids: Vec<&str> = about.units.iter().map(|unit| unit.id.as_str()).collect();
        assert_eq!(ids, ["nation", "s", "t", "a", "b", "c", "d"], "not the neighbours `e` and `f`");
        assert_eq!(about.events[1].links, [link("b", "d", Portion::Partial)]);
        assert!(crate::org::Succession::of(&about.events).is_ok());
        assert_eq!(about.edges.len(), 6);
    }

    #[test]
    fn an_arrow_held_is_not_told_twice() {
        let link = |from: &str, to: &str| UnitLink { from: id(from), to: id(to), portion: Portion::Full };
        let event = |name: &str, links: &[UnitLink]| UnitEvent {
            id: name.into(),
            kind: "merge".into(),
            effective_on: day("2019-12-01"),
            legal_ref: String::new(),
            links: links.to_vec(),
        };
        let held = History { events: vec![event("here", &[link("a", "c")])], ..History::default() };
        let told = [event("there", &[link("a", "c"), link("b", "c")]), event("again", &[link("a", "c")])];
        let add = held.lacking(&History { events: told.to_vec(), ..History::default() });
        assert_eq!(add.new.events, [event("there", &[link("b", "c")])]);
    }
}
