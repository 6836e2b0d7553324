//! Whom movements reach and whom not: fields, people, units (độ bao phủ).

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::{MovementCode, OrgId};

use super::Movement;
use super::course::Course;
use super::pledge::{Call, Pledge, PledgeState};
use super::terms::{Addressee, Terms};

/// Whom the movements reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Fields of the report with the movements in each, in the order given.
    pub fields: Vec<(String, Vec<MovementCode>)>,
    /// People addressed, each with the movements whose terms name them.
    pub addressees: Vec<(Addressee, Vec<MovementCode>)>,
    /// Units with the movements that call on them and those they registered for, in the order given.
    pub units: Vec<UnitReached>,
    /// Movements that do not say whom they address: nobody is counted as reached by them.
    pub unsaid: Vec<MovementCode>,
}

/// How far a unit is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitReached {
    /// The unit.
    pub unit: OrgId,
    /// Movements that called on it.
    pub called: Vec<MovementCode>,
    /// Of those, the ones it registered for.
    pub registered: Vec<MovementCode>,
}

/// Counts whom movements reach. `fields` and `units` are those that should be reached; fields of movements that are not
/// among them are added at the end.
pub fn reached(
    movements: &[(&Movement, Option<&Terms>)],
    courses: &[Course],
    calls: &[Call],
    pledges: &[Pledge],
    fields: &[String],
    units: &[OrgId],
) -> Reached {
    let mut by_field: Vec<(String, Vec<MovementCode>)> =
        fields.iter().map(|field| (field.clone(), Vec::new())).collect();
    let mut by_addressee: BTreeMap<Addressee, Vec<MovementCode>> = BTreeMap::new();
    let mut unsaid = Vec::new();
    for (movement, terms) in movements {
        match by_field.iter_mut().find(|(field, _)| *field == movement.field) {
            Some((_, codes)) => codes.push(movement.code.clone()),
            None => by_field.push((movement.field.clone(), vec![movement.code.clone()])),
        }
        match terms {
            None => unsaid.push(movement.code.clone()),
            Some(terms) => {
                let named: BTreeSet<Addressee> = terms.addressees.iter().copied().collect();
                for addressee in named {
                    by_addressee.entry(addressee).or_default().push(movement.code.clone());
                }
            }
        }
    }
    let counts: BTreeSet<&MovementCode> = movements.iter().map(|(movement, _)| &movement.code).collect();
    let runs: BTreeSet<&MovementCode> =
        courses.iter().filter(|course| course.launched_on().is_some()).map(|course| &course.movement).collect();
    let of_unit = |unit: &OrgId| {
        let theirs = |code: &MovementCode| counts.contains(code) && runs.contains(code);
        let called: Vec<MovementCode> = calls
            .iter()
            .filter(|call| call.unit == *unit && theirs(&call.movement))
            .map(|call| call.movement.clone())
            .collect();
        let has_registered = |code: &MovementCode| {
            let of = pledges.iter().find(|pledge| pledge.movement == *code && pledge.unit == *unit);
            matches!(of.map(Pledge::state), Some(PledgeState::Registered | PledgeState::Signed))
        };
        let registered = called.iter().filter(|code| has_registered(code)).cloned().collect();
        UnitReached { unit: unit.clone(), called, registered }
    };
    Reached {
        fields: by_field,
        addressees: Addressee::ALL
            .into_iter()
            .map(|addressee| (addressee, by_addressee.remove(&addressee).unwrap_or_default()))
            .collect(),
        units: units.iter().map(of_unit).collect(),
        unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::movement::course::{Act, Milestone};
    use crate::movement::pledge::{PledgeAct, PledgeEvent, Promise};
    use crate::movement::{MovementKind, Terms};
    use crate::origin::{Origin, Provenance};
    use thidua_base::{Date, Timestamp};

    fn code(text: &str) -> MovementCode {
        MovementCode::parse(text).unwrap()
    }

    fn movement(text: &str, field: &str) -> Movement {
        Movement {
            code: code(text),
            name: text.to_owned(),
            aliases: Vec::new(),
            kind: MovementKind::Regular,
            scope: "huyen".to_owned(),
            owners: Vec::new(),
            field: field.to_owned(),
            year_from: None,
            year_to: None,
            launched_by: None,
            content: String::new(),
            ordinal: 0,
            provenance: Provenance { origin: Origin::Reported, source: String::new() },
        }
    }

    #[test]
    fn who_is_not_reached_stands_there_with_none() {
        let day = Date::parse("2020-07-01").unwrap();
        let at = Timestamp::parse("2020-07-05T02:00:00Z").unwrap();
        let unit = |text: &str| OrgId::parse(text).unwrap();
        let (a, b) = (movement("A", "kinh-te"), movement("B", "la"));
        let terms = Terms {
            movement: code("A"),
            launcher: unit("h"),
            parent: None,
            from: day,
            to: None,
            register_by: day,
            contents: vec!["x".into()],
            criteria: Vec::new(),
            standards: Vec::new(),
            addressees: vec![Addressee::Farmers, Addressee::Farmers],
        };
        let milestone =
            Milestone { act: Act::Launch, day: Some(day), note: String::new(), by: String::new(), account: None, at };
        let courses = [Course { movement: code("A"), milestones: vec![milestone] }];
        let call = |of: &str, to: &str| Call { movement: code(of), unit: unit(to), register_by: day, called_on: None };
        let calls = [call("A", "x"), call("A", "y"), call("B", "y"), call("cu", "x")];
        let event = PledgeEvent {
            act: PledgeAct::Register,
            promise: Promise::default(),
            position: String::new(),
            reason: String::new(),
            by: String::new(),
            account: None,
            at,
        };
        let pledges = [Pledge { events: vec![event], ..Pledge::new(code("A"), unit("x")) }];
        let fields = ["kinh-te".to_owned(), "quoc-phong".to_owned()];
        let units = [unit("x"), unit("y"), unit("z")];
        let found = reached(&[(&a, Some(&terms)), (&b, None)], &courses, &calls, &pledges, &fields, &units);
        let counted: Vec<(&str, usize)> =
            found.fields.iter().map(|(field, codes)| (field.as_str(), codes.len())).collect();
        assert_eq!(counted, [("kinh-te", 1), ("quoc-phong", 0), ("la", 1)]);
        let of = |wanted| found.addressees.iter().find(|(known, _)| *known == wanted).unwrap().1.len();
        assert_eq!((of(Addressee::Farmers), of(Addressee::PrivateEnterprises)), (1, 0));
        let reach: Vec<(usize, usize)> =
            found.units.iter().map(|unit| (unit.called.len(), unit.registered.len())).collect();
        assert_eq!(reach, [(1, 1), (1, 0), (0, 0)], "B was never launched, and another year's movement does not count");
        assert_eq!(found.unsaid, [code("B")]);
    }
}
