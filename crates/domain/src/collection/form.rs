//! Forms (biểu mẫu): which indicators a unit reports together, laid out as the official table is.

use std::collections::BTreeSet;

use thidua_base::Date;
use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_base::period::PeriodKind;

use crate::org::{Edge, TERRITORY, holds};

/// A form by which units report to the unit that collects; its rows never change once it is in use: a revision is
/// a new form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Identity.
    pub id: FormId,
    /// Number as printed above the table: `Biểu số 01/TĐKT`.
    pub number: String,
    /// Title of the table.
    pub name: String,
    /// The unit that collects it, where sheets are accepted or returned.
    pub receiver: OrgId,
    /// The kind of period it is reported for.
    pub every: PeriodKind,
    /// Whether the unit's own leader verifies a sheet before it goes up.
    pub is_verified: bool,
    /// First day of use.
    pub valid_from: Date,
    /// First day after; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// The instrument that prescribes it, as cited; may be empty.
    pub legal_ref: String,
    /// Its rows, in the order printed.
    pub rows: Vec<FormRow>,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    /// The heading printed above this row where a group begins; empty elsewhere.
    pub heading: String,
    /// Its number in the first column (`1`, `1.1`); may be empty.
    pub label: String,
    /// What is reported.
    pub indicator: IndicatorCode,
    /// Whether a sheet may go up without it.
    pub is_required: bool,
}

/// Who reports by a form, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The form.
    pub form: FormId,
    /// Who.
    pub to: Assigned,
    /// First day.
    pub valid_from: Date,
    /// First day after; `None` while it lasts.
    pub valid_to: Option<Date>,
}

/// The units an assignment means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assigned {
    /// One unit.
    Unit(OrgId),
    /// Every unit directly below one in the tree of territory, whichever they are on the day.
    Below(OrgId),
}

impl Form {
    /// Whether it is in use on a day.
    pub fn on(&self, day: Date) -> bool {
        holds(self.valid_from, self.valid_to, day)
    }

    /// Whether it asks for an indicator.
    pub fn asks(&self, indicator: &IndicatorCode) -> bool {
        self.rows.iter().any(|row| row.indicator == *indicator)
    }
}

/// The units that report by a form on a day, in id order: what was assigned, by the tree of that day.
pub fn reporters(form: &FormId, assignments: &[Assignment], edges: &[Edge], day: Date) -> Vec<OrgId> {
    let mut units = BTreeSet::new();
    let held = assignments.iter().filter(|a| a.form == *form && holds(a.valid_from, a.valid_to, day));
    for assignment in held {
        match &assignment.to {
            Assigned::Unit(unit) => {
                units.insert(unit.clone());
            }
            Assigned::Below(parent) => {
                let below = edges.iter().filter(|edge| edge.parent == *parent && edge.on(day));
                units.extend(below.filter(|edge| edge.tree.as_str() == TERRITORY).map(|edge| edge.child.clone()));
            }
        }
    }
    units.into_iter().collect()
}

/// The first cell of a form that another form of the same kind of period asks of the same unit on the day.
///
/// Every cell has one owner: a figure is typed once.
pub fn asked_twice(
    form: &Form,
    forms: &[Form],
    assignments: &[Assignment],
    edges: &[Edge],
    day: Date,
) -> Option<AskedTwice> {
    let mine = reporters(&form.id, assignments, edges, day);
    forms.iter().filter(|other| other.id != form.id && other.every == form.every && other.on(day)).find_map(|other| {
        let shared = form.rows.iter().find(|row| other.asks(&row.indicator))?;
        let theirs = reporters(&other.id, assignments, edges, day);
        let unit = mine.iter().find(|unit| theirs.contains(unit))?;
        Some(AskedTwice { indicator: shared.indicator.clone(), unit: unit.clone(), by: other.id.clone() })
    })
}

/// A cell that two forms ask of one unit, which would be typed twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedTwice {
    /// What.
    pub indicator: IndicatorCode,
    /// Of whom.
    pub unit: OrgId,
    /// The form that asks for it already.
    pub by: FormId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_base::code::TreeId;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn unit(id: &str) -> OrgId {
        OrgId::parse(id).unwrap()
    }

    fn form(id: &str, indicators: &[&str]) -> Form {
        let row = |code: &&str| FormRow {
            heading: String::new(),
            label: String::new(),
            indicator: IndicatorCode::parse(code).unwrap(),
            is_required: true,
        };
        Form {
            id: FormId::parse(id).unwrap(),
            number: String::new(),
            name: id.to_owned(),
            receiver: unit("h"),
            every: PeriodKind::Half,
            is_verified: false,
            valid_from: day("2020-01-01"),
            valid_to: None,
            legal_ref: String::new(),
            rows: indicators.iter().map(row).collect(),
        }
    }

    fn assigned(form: &str, to: Assigned) -> Assignment {
        Assignment { form: FormId::parse(form).unwrap(), to, valid_from: day("2020-01-01"), valid_to: None }
    }

    fn places() -> Vec<Edge> {
        let edge = |tree: &str, child: &str, to: Option<&str>| Edge {
            tree: TreeId::parse(tree).unwrap(),
            child: unit(child),
            parent: unit("h"),
            valid_from: day("2020-01-01"),
            valid_to: to.map(day),
        };
        vec![edge(TERRITORY, "x-1", None), edge(TERRITORY, "x-2", Some("2020-12-01")), edge("offices", "h-nv", None)]
    }

    #[test]
    fn those_below_report_while_they_stand_there_and_offices_only_by_name() {
        let by = [assigned("b1", Assigned::Below(unit("h"))), assigned("b1", Assigned::Unit(unit("h-nv")))];
        let id = FormId::parse("b1").unwrap();
        assert_eq!(reporters(&id, &by, &places(), day("2020-06-30")), [unit("h-nv"), unit("x-1"), unit("x-2")]);
        assert_eq!(reporters(&id, &by, &places(), day("2020-12-31")), [unit("h-nv"), unit("x-1")]);
        assert_eq!(reporters(&id, &by, &places(), day("2019-12-31")), []);
    }

    #[test]
    fn a_cell_asked_by_two_forms_is_found() {
        let forms = [form("b1", &["A", "B"]), form("b2", &["B", "C"])];
        let by = [assigned("b1", Assigned::Below(unit("h"))), assigned("b2", Assigned::Unit(unit("x-2")))];
        let twice = asked_twice(&forms[1], &forms, &by, &places(), day("2020-06-30")).unwrap();
        assert_eq!((twice.indicator.as_str(), twice.unit, twice.by.as_str()), ("B", unit("x-2"), "b1"));
        // Where that unit stands there no more, nothing is asked twice of one unit below.
        let apart = [assigned("b1", Assigned::Below(unit("h"))), assigned("b2", Assigned::Unit(unit("h-nv")))];
        assert_eq!(asked_twice(&forms[1], &forms, &apart, &places(), day("2020-06-30")), None);
    }
}
