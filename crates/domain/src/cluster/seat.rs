//! Members of a cluster through the year: which of them are scored when units end or are formed on the way.
//!
//! The rule: scored is who exists on the closing day. A member that ended before is listed with what became of it and
//! has no rank; what it was merged into is scored for the whole year, where it is a member itself. A unit that moved to
//! another cluster is scored for the whole year where it belongs on the closing day, and is listed without a rank where it
//! left: its figures are the unit's, whichever cluster it stands in.

use thidua_base::code::{ClusterCode, OrgId};
use thidua_base::{Date, Timestamp};

use super::{ClusterMember, ClusterRole};
use crate::org::{Portion, UnitEvent};
use crate::refusal::{MinutesFault, Refusal};

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
    /// It came into the cluster in the year.
    Joined {
        /// First day in it.
        on: Date,
        /// From which cluster; `None` where it stood in none.
        from: Option<ClusterCode>,
    },
    /// It left the cluster in the year.
    Left {
        /// First day without it.
        on: Date,
        /// To which cluster; `None` where it stands in none.
        to: Option<ClusterCode>,
    },
}

/// A move of a unit between clusters in mid-year (chuyển cụm), as it was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The unit.
    pub unit: OrgId,
    /// The year.
    pub year: i16,
    /// From which cluster; `None` where it stood in none.
    pub from: Option<ClusterCode>,
    /// To which cluster; `None` where it stands in none from then on.
    pub to: Option<ClusterCode>,
    /// First day in its new place.
    pub on: Date,
    /// The decision, as cited, or why.
    pub reason: String,
    /// Who put it in.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Seat {
    /// Whether it is scored: it exists on the closing day, and belongs here.
    pub fn is_scored(&self) -> bool {
        let ended = self.turns.iter().any(|turn| matches!(turn, Turn::Ended { .. }));
        let moves = |turn: &&Turn| matches!(turn, Turn::Joined { .. } | Turn::Left { .. });
        let left = self.turns.iter().rfind(moves).is_some_and(|turn| matches!(turn, Turn::Left { .. }));
        !ended && !left
    }
}

impl Turn {
    /// The day it happened.
    pub fn on(&self) -> Date {
        match self {
            Self::Ended { on, .. }
            | Self::TookIn { on, .. }
            | Self::Gave { on, .. }
            | Self::Joined { on, .. }
            | Self::Left { on, .. } => *on,
        }
    }
}

impl Move {
    /// Whether it is taken: from one cluster into another or out of all, with a reason; `members` are those of either.
    ///
    /// # Errors
    /// [`Refusal::BadMinutes`] with what is wrong; [`Refusal::NoReason`].
    pub fn taken(self, from: Option<&[ClusterMember]>, to: Option<&[ClusterMember]>) -> Result<Self, Refusal> {
        let bad = |why| Err(Refusal::BadMinutes { why });
        let holds = |members: &[ClusterMember]| members.iter().any(|member| member.unit == self.unit);
        if self.from == self.to {
            return bad(MinutesFault::SameCluster);
        }
        if self.on.year() != self.year {
            return bad(MinutesFault::OtherYear);
        }
        if from.is_some_and(|members| !holds(members)) {
            return bad(MinutesFault::NotMember);
        }
        if to.is_some_and(holds) {
            return bad(MinutesFault::MemberAlready);
        }
        if self.reason.trim().is_empty() { Err(Refusal::NoReason) } else { Ok(self) }
    }
}

/// What happened to units in a year: what they became, and where they moved.
#[derive(Debug, Clone, Copy)]
pub struct Happened<'a> {
    /// Merges, splits, endings.
    pub events: &'a [UnitEvent],
    /// Moves between clusters, the earliest put in first.
    pub moves: &'a [Move],
}

/// The seats of a cluster's members, in their order, by what happened to units from a day on to the closing day.
pub fn seats(
    cluster: &ClusterCode,
    members: &[ClusterMember],
    happened: Happened<'_>,
    from: Date,
    closing: Date,
) -> Vec<Seat> {
    let Happened { events, moves } = happened;
    let mut in_year: Vec<&UnitEvent> =
        events.iter().filter(|event| from <= event.effective_on && event.effective_on <= closing).collect();
    in_year.sort_by_key(|event| event.effective_on);
    let seat = |member: &ClusterMember| Seat {
        unit: member.unit.clone(),
        role: member.role,
        turns: {
            let moved = moves.iter().filter(|one| one.unit == member.unit && from <= one.on && one.on <= closing);
            let of_events = in_year.iter().flat_map(|event| turns(&member.unit, event));
            let mut turns: Vec<Turn> = of_events.chain(moved.filter_map(|one| moved_as(cluster, one))).collect();
            turns.sort_by_key(Turn::on);
            turns
        },
    };
    members.iter().map(seat).collect()
}

/// What a move is to a cluster; nothing where it is between others.
fn moved_as(cluster: &ClusterCode, one: &Move) -> Option<Turn> {
    if one.to.as_ref() == Some(cluster) {
        Some(Turn::Joined { on: one.on, from: one.from.clone() })
    } else if one.from.as_ref() == Some(cluster) {
        Some(Turn::Left { on: one.on, to: one.to.clone() })
    } else {
        None
    }
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

    fn of(members: &[ClusterMember], events: &[UnitEvent], moves: &[Move], from: &str, to: &str) -> Vec<Seat> {
        seats(&cluster("mot"), members, Happened { events, moves }, day(from), day(to))
    }

    fn cluster(code: &str) -> ClusterCode {
        ClusterCode::parse(code).unwrap()
    }

    fn moved(from: Option<&str>, to: Option<&str>, on: &str) -> Move {
        Move {
            unit: unit("a"),
            year: 2025,
            from: from.map(cluster),
            to: to.map(cluster),
            on: day(on),
            reason: "Quyết định 12/QĐ-UBND".into(),
            by: "Hòa".into(),
            at: Timestamp::parse("2025-07-02T05:00:00Z").unwrap(),
        }
    }

    #[test]
    fn who_moved_is_scored_where_it_belongs_on_the_closing_day() {
        let moves = [moved(Some("mot"), Some("hai"), "2025-07-01")];
        let in_first = of(&[member("a"), member("b")], &[], &moves, "2025-01-01", "2025-12-31");
        assert_eq!(in_first[0].turns, [Turn::Left { on: day("2025-07-01"), to: Some(cluster("hai")) }]);
        assert_eq!([in_first[0].is_scored(), in_first[1].is_scored()], [false, true]);
        let happened = Happened { events: &[], moves: &moves };
        let (first, last) = (day("2025-01-01"), day("2025-12-31"));
        let in_second = seats(&cluster("hai"), &[member("a")], happened, first, last);
        assert_eq!(in_second[0].turns, [Turn::Joined { on: day("2025-07-01"), from: Some(cluster("mot")) }]);
        assert!(in_second[0].is_scored());
        // A scoring that closed before knows nothing of it.
        assert!(of(&[member("a")], &[], &moves, "2025-01-01", "2025-06-30")[0].is_scored());
        // Who left and came back is scored again.
        let back = [moves[0].clone(), moved(Some("hai"), Some("mot"), "2025-09-01")];
        assert!(of(&[member("a")], &[], &back, "2025-01-01", "2025-12-31")[0].is_scored());
    }

    #[test]
    fn a_move_needs_two_places_a_day_of_the_year_and_a_reason() {
        let fault = |one: Move, from: &[ClusterMember], to: &[ClusterMember]| match one.taken(Some(from), Some(to)) {
            Err(Refusal::BadMinutes { why }) => Some(why),
            _ => None,
        };
        let good = moved(Some("mot"), Some("hai"), "2025-07-01");
        assert_eq!(fault(good.clone(), &[member("a")], &[member("b")]), None);
        assert_eq!(fault(good.clone(), &[member("b")], &[]), Some(MinutesFault::NotMember));
        assert_eq!(fault(good.clone(), &[member("a")], &[member("a")]), Some(MinutesFault::MemberAlready));
        let same = moved(Some("mot"), Some("mot"), "2025-07-01");
        assert_eq!(fault(same, &[member("a")], &[]), Some(MinutesFault::SameCluster));
        let other_year = moved(Some("mot"), None, "2024-07-01");
        assert_eq!(fault(other_year, &[member("a")], &[]), Some(MinutesFault::OtherYear));
        let silent = Move { reason: " ".into(), ..good };
        assert_eq!(silent.taken(Some(&[member("a")]), None), Err(Refusal::NoReason));
    }

    #[test]
    fn who_was_merged_in_the_year_is_named_and_not_scored() {
        let merged = event("2025-07-01", &[("a", "b", Portion::Full), ("b", "b", Portion::Full)]);
        let found = of(&[member("a"), member("b")], &[merged], &[], "2025-01-01", "2025-12-31");
        assert_eq!(found[0].turns, [Turn::Ended { on: day("2025-07-01"), into: vec![unit("b")] }]);
        assert_eq!(found[1].turns, [Turn::TookIn { on: day("2025-07-01"), from: unit("a") }]);
        assert_eq!([found[0].is_scored(), found[1].is_scored()], [false, true]);
    }

    #[test]
    fn a_part_given_away_leaves_the_unit_in_its_seat() {
        let split = event("2025-03-01", &[("a", "c", Portion::Partial)]);
        let found = of(&[member("a")], &[split], &[], "2025-01-01", "2025-12-31");
        assert_eq!(found[0].turns, [Turn::Gave { on: day("2025-03-01"), to: unit("c") }]);
        assert!(found[0].is_scored());
    }

    #[test]
    fn what_happened_in_other_years_is_not_told() {
        let merged = event("2024-07-01", &[("a", "b", Portion::Full)]);
        let found = of(&[member("a")], &[merged], &[], "2025-01-01", "2025-12-31");
        assert!(found[0].turns.is_empty());
    }
}
