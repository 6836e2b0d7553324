//! Forms, who reports by them, and their cycles.

use thidua_base::code::kind;
use thidua_base::period::PeriodKind;
use thidua_domain::Refusal;
use thidua_domain::collection::{Assigned, Assignment, Cycle, Form, FormRow};
use thidua_domain::indicator::Nature;
use thidua_domain::refusal::{PackFault, Wanted};

use crate::pack::known::Known;
use crate::pack::record::Record;

/// What the file of forms holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collected {
    /// Forms with their rows.
    pub forms: Vec<Form>,
    /// Who reports by them.
    pub assignments: Vec<Assignment>,
    /// Their cycles.
    pub cycles: Vec<Cycle>,
}

/// Forms.
pub(in crate::pack) fn forms(
    file: &Record,
    units: &Known<kind::Org>,
    indicators: &Known<kind::Indicator>,
) -> Result<Collected, Refusal> {
    file.only(&["form"])?;
    let mut ids: Known<kind::Form> = Known::none();
    let mut found = Collected::default();
    for record in file.records("form")? {
        record.only(&[
            "id",
            "number",
            "name",
            "receiver",
            "every",
            "verification",
            "valid_from",
            "valid_to",
            "legal_ref",
            "below",
            "units",
            "row",
            "cycle",
        ])?;
        let (valid_from, valid_to) = record.span()?;
        let form = Form {
            id: ids.define(record, "id")?,
            number: record.free("number")?.to_owned(),
            name: record.text("name")?.to_owned(),
            receiver: units.resolve(record, "receiver")?,
            every: record.one_of("every", &PeriodKind::ALL.map(|kind| (kind.word(), kind)))?,
            is_verified: record.one_of("verification", &[("none", false), ("leader", true)])?,
            valid_from,
            valid_to,
            legal_ref: record.free("legal_ref")?.to_owned(),
            rows: rows(record, indicators)?,
        };
        let below = units.list(record, "below")?.into_iter().map(Assigned::Below);
        let each = units.list(record, "units")?.into_iter().map(Assigned::Unit);
        found.assignments.extend(below.chain(each).map(|to| Assignment {
            form: form.id.clone(),
            to,
            valid_from,
            valid_to,
        }));
        found.cycles.extend(cycles(record, &form)?);
        found.forms.push(form);
    }
    Ok(found)
}

fn rows(form: &Record, indicators: &Known<kind::Indicator>) -> Result<Vec<FormRow>, Refusal> {
    let mut rows: Vec<FormRow> = Vec::new();
    for record in form.records("row")? {
        record.only(&["heading", "label", "indicator", "need"])?;
        let row = FormRow {
            heading: record.free("heading")?.to_owned(),
            label: record.free("label")?.to_owned(),
            indicator: indicators.resolve(record, "indicator")?,
            is_required: record.one_of("need", &[("required", true), ("optional", false)])?,
        };
        if rows.iter().any(|other| other.indicator == row.indicator) {
            return Err(record.fault("indicator", PackFault::Twice(row.indicator.to_string())));
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(form.fault("row", PackFault::Expected(Wanted::Tables)));
    }
    Ok(rows)
}

fn cycles(form: &Record, of: &Form) -> Result<Vec<Cycle>, Refusal> {
    let mut cycles: Vec<Cycle> = Vec::new();
    for record in form.records("cycle")? {
        record.only(&["period", "opens_on", "due_on", "grace_until", "closes_on", "nature"])?;
        let cycle = Cycle {
            form: of.id.clone(),
            period: record.period("period")?,
            opens_on: record.date("opens_on")?,
            due_on: record.date("due_on")?,
            grace_until: record.date("grace_until")?,
            closes_on: record.date("closes_on")?,
            nature: record.one_of(
                "nature",
                &[("estimate", Nature::Estimate), ("provisional", Nature::Provisional), ("official", Nature::Official)],
            )?,
            closing: None,
        };
        if cycle.period.kind() != of.every {
            return Err(record.fault("period", PackFault::Dangling(cycle.period.to_string())));
        }
        if cycles.iter().any(|other| other.period == cycle.period) {
            return Err(record.fault("period", PackFault::Twice(cycle.period.to_string())));
        }
        let after = cycle.opens_on.max(cycle.due_on).max(cycle.grace_until);
        let disordered = |_| record.fault("closes_on", PackFault::Expected(Wanted::DayAfter(after)));
        cycles.push(cycle.checked().map_err(disordered)?);
    }
    Ok(cycles)
}
