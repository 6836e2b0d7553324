//! How far a unit reaches on a day: itself and whatever stands below it, and how its kind is called.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_base::text::lower_first;

use super::{Edge, Unit};

/// The name of the tree along which figures roll up.
pub const TERRITORY: &str = "territory";

/// A unit and everything below it on a day, in every tree given. A ring in the data is walked once.
pub fn within(unit: &OrgId, edges: &[Edge], day: Date) -> BTreeSet<OrgId> {
    let mut below: BTreeMap<&OrgId, Vec<&OrgId>> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| edge.on(day)) {
        below.entry(&edge.parent).or_default().push(&edge.child);
    }
    let mut reached = BTreeSet::from([unit.clone()]);
    let mut open = vec![unit];
    while let Some(at) = open.pop() {
        for child in below.get(at).into_iter().flatten() {
            if reached.insert((*child).clone()) {
                open.push(child);
            }
        }
    }
    reached
}

impl Unit {
    /// The kind as said inside a sentence: `tỉnh` of `Tỉnh Thanh Hóa`, `thị trấn` of `Thị trấn Nưa`;
    /// the whole name where it does not end with the short one.
    pub fn kind_in_words(&self) -> String {
        let kind = self.name.strip_suffix(&self.short_name).unwrap_or(&self.name).trim();
        lower_first(if kind.is_empty() { &self.name } else { kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_base::code::TreeId;

    fn edge(tree: &str, parent: &str, child: &str) -> Edge {
        Edge {
            tree: TreeId::parse(tree).unwrap(),
            child: OrgId::parse(child).unwrap(),
            parent: OrgId::parse(parent).unwrap(),
            valid_from: Date::parse("2020-01-01").unwrap(),
            valid_to: Date::parse("2025-07-01").ok(),
        }
    }

    fn reached(unit: &str, edges: &[Edge], day: &str) -> Vec<String> {
        let day = Date::parse(day).unwrap();
        within(&OrgId::parse(unit).unwrap(), edges, day).into_iter().map(|id| id.to_string()).collect()
    }

    #[test]
    fn a_district_reaches_its_communes_and_offices_while_they_stand_below_it() {
        let edges = [
            edge(TERRITORY, "t", "h"),
            edge(TERRITORY, "h", "x"),
            edge("offices", "h", "nv"),
            edge(TERRITORY, "t", "h2"),
        ];
        assert_eq!(reached("h", &edges, "2020-06-30"), ["h", "nv", "x"]);
        assert_eq!(reached("h", &edges, "2025-07-01"), ["h"]);
    }

    #[test]
    fn a_ring_ends() {
        let edges = [edge(TERRITORY, "a", "b"), edge(TERRITORY, "b", "a")];
        assert_eq!(reached("a", &edges, "2020-06-30"), ["a", "b"]);
    }
}
