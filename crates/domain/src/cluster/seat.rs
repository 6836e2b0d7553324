//! Members of a cluster through the year: which of them are scored when units end or are formed on the way.
//!
//! The rule: scored is who exists on the closing day. A member that ended before is listed with what became of it and
//! has no rank; what it was merged into is scored for the whole year, where it is a member itself.

use thidua_base::Date;
use thidua_base::code::OrgId;

use super::{ClusterMember, ClusterRole};
use crate::org::{Portion, UnitEvent};

/// A member's place in a cluster, with what happened to the unit in the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The unit.
    pub unit: OrgId,
    /// Its part.
    pub role: ClusterRole,
    /// What happened to it from the first day of the year to the closing day, in order.
    pub turns: Vec<Turn>,
}

/// Something that happened to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It ended: all of it went into others.
    Ended {
        /// First day without it.
        on: Date,
        /// Into which units; of those none may be a member.
        into: Vec<OrgId>,
    },
    /// It took in all or a part of another.
    TookIn {
        /// From which day on.
        on: Date,
        /// The other.
        from: OrgId,
    },
    /// A part of it went to another.
    Gave {
        /// From which day on.
        on: Date,
        /// The other.
        to: OrgId,
    },
}

impl Seat {
    /// Whether it is scored: it exists on the closing day.
    pub fn is_scored(&self) -> bool {
        !self.turns.iter().any(|turn| matches!(turn, Turn::Ended { .. }))
    }
}

/// The seats of a cluster's members, in their order, by what happened to units from a day on to the closing day.
pub fn seats(members: &[ClusterMember], events: &[UnitEvent], from: Date, closing: Date) -> Vec<Seat> {
    let mut in_year: Vec<&UnitEvent> =
        events.iter().filter(|event| from <= event.effective_on && event.effective_on <= closing).collect();
    in_year.sort_by_key(|event| event.effective_on);
    let seat = |member: &ClusterMember| Seat {
        unit: member.unit.clone(),
        role: member.role,
        turns: in_year.iter().flat_map(|event| turns(&member.unit, event)).collect(),
    };
    members.iter().map(seat).collect()
}

fn turns(unit: &OrgId, event: &UnitEvent) -> Vec<Turn> {
    let on = event.effective_on;
    let out: Vec<_> = event.links.iter().filter(|link| link.from == *unit && link.to != *unit).collect();
    let stays = event.links.iter().any(|link| link.from == *unit && link.to == *unit);
    let mut turns = Vec::new();
    if !stays && out.iter().any(|link| link.portion == Portion::Full) {
        turns.push(Turn::Ended { on, into: out.iter().map(|link| link.to.clone()).collect() });
    } else {
        turns.extend(out.iter().map(|link| Turn::Gave { on, to: link.to.clone() }));
    }
    let taken = event.links.iter().filter(|link| link.to == *unit && link.from != *unit);
    turns.extend(taken.map(|link| Turn::TookIn { on, from: link.from.clone() }));
    turns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::UnitLink;
    use crate::origin::{Origin, Provenance};

    fn unit(id: &str) -> OrgId {
        OrgId::parse(id).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn member(id: &str) -> ClusterMember {
        let provenance = Provenance { origin: Origin::Reported, source: String::new() };
        ClusterMember { unit: unit(id), role: ClusterRole::Member, provenance }
    }

    fn event(on: &str, links: &[(&str, &str, Portion)]) -> UnitEvent {
        let link = |(from, to, portion): &(&str, &str, Portion)| UnitLink {
            from: unit(from),
            to: unit(to),
            portion: *portion,
        };
        UnitEvent {
            id: on.to_owned(),
            kind: "merge".to_owned(),
            effective_on: day(on),
            legal_ref: String::new(),
            links: links.iter().map(link).collect(),
        }
    }

    #[test]
    fn who_was_merged_in_the_year_is_named_and_not_scored() {
        let merged = event("2025-07-01", &[("a", "b", Portion::Full), ("b", "b", Portion::Full)]);
        let found = seats(&[member("a"), member("b")], &[merged], day("2025-01-01"), day("2025-12-31"));
        assert_eq!(found[0].turns, [Turn::Ended { on: day("2025-07-01"), into: vec![unit("b")] }]);
        assert_eq!(found[1].turns, [Turn::TookIn { on: day("2025-07-01"), from: unit("a") }]);
        assert_eq!([found[0].is_scored(), found[1].is_scored()], [false, true]);
    }

    #[test]
    fn a_part_given_away_leaves_the_unit_in_its_seat() {
        let split = event("2025-03-01", &[("a", "c", Portion::Partial)]);
        let found = seats(&[member("a")], &[split], day("2025-01-01"), day("2025-12-31"));
        assert_eq!(found[0].turns, [Turn::Gave { on: day("2025-03-01"), to: unit("c") }]);
        assert!(found[0].is_scored());
    }

    #[test]
    fn what_happened_in_other_years_is_not_told() {
        let merged = event("2024-07-01", &[("a", "b", Portion::Full)]);
        let found = seats(&[member("a")], &[merged], day("2025-01-01"), day("2025-12-31"));
        assert!(found[0].turns.is_empty());
    }
}
