//! A row of the grid as it is shown.

use thidua_base::Percent;
use thidua_base::code::OrgId;
use thidua_base::{Number, Period};
use thidua_domain::collection::SheetRow;
use thidua_domain::collection::sheet::Prior;
use thidua_domain::indicator::compare::Against;
use thidua_domain::indicator::{Value, cell_key};

use super::entering::cell_text;
use super::wire::absence_sent;
use crate::indicator::passport::absence_word;
use crate::messages::Messages;
use crate::paths;
use crate::report::indicator_name;

/// A row of the grid.
#[derive(Debug)]
pub struct RowView {
    pub heading: String,
    pub label: String,
    pub code: String,
    pub name: String,
    pub definition: String,
    pub measure: String,
    pub is_required: bool,
    pub plan_year: String,
    pub plan_to_date: String,
    pub same_period: String,
    pub same_period_hint: &'static str,
    /// The value as written in the cell.
    pub text: String,
    /// The word of its absence; empty where there is a number.
    pub absence: &'static str,
    /// The reading that holds the cell; empty where none does.
    pub seq: String,
    pub passport: String,
    pub accumulated: String,
    pub of_plan: String,
    pub of_same: String,
    pub note: String,
    /// How many papers it cites.
    pub evidence: usize,
    /// Where they are.
    pub to_evidence: String,
    pub earlier: Vec<(String, String)>,
    pub returned: String,
    /// Why what was typed was not kept.
    pub refused: String,
    /// Reading, value and note as the page shows them first: what was touched differs.
    pub before: String,
    pub conflicts: Vec<ConflictView>,
    pub findings: Vec<FindingView>,
}

/// A value that waits beside the one that holds the cell.
#[derive(Debug)]
pub struct ConflictView {
    pub id: String,
    pub mine: String,
    pub mine_by: String,
    pub held: String,
    pub held_by: String,
}

/// What the checks found at a row.
#[derive(Debug)]
pub struct FindingView {
    pub class: &'static str,
    pub severity: &'static str,
    pub sentence: String,
    /// Where it wants an explanation: the rule and the fingerprint; empty otherwise.
    pub rule: String,
    pub fingerprint: String,
    /// The explanation that answers it; empty where none does.
    pub answer: String,
    /// The id of its little form.
    pub form: String,
}

impl RowView {
    /// A row of a sheet; findings are added by whoever knows them.
    pub fn of(say: &'static Messages, row: &SheetRow, unit: &OrgId, period: Period) -> Self {
        let indicator = &row.indicator;
        let number = |number: Number| number.vi();
        let held = row.current.as_ref();
        let text = cell_text(held);
        let absence = match held.map(|reading| reading.value) {
            Some(Value::Absent(absence)) => absence_sent(absence),
            Some(Value::Of(_)) | None => "",
        };
        let seq = held.map(|reading| reading.seq.to_string()).unwrap_or_default();
        Self {
            heading: row.row.heading.clone(),
            label: row.row.label.clone(),
            code: indicator.code.to_string(),
            name: indicator_name(say, indicator),
            definition: indicator.definition.clone(),
            measure: indicator.measure.clone(),
            is_required: row.row.is_required,
            plan_year: row.plan_year.as_ref().map(|plan| number(plan.value)).unwrap_or_default(),
            plan_to_date: row.plan_to_date.as_ref().map(|plan| number(plan.value)).unwrap_or_default(),
            same_period: row.same_period.number().map(number).unwrap_or_default(),
            same_period_hint: match row.same_period {
                Prior::Of(_) => "",
                Prior::NotReported => say.get("figure.not-reported"),
                Prior::NotComparable => say.get("figure.not-comparable"),
            },
            passport: match held {
                Some(_) => paths::passport(&cell_key(&indicator.code, unit, period)),
                None => String::new(),
            },
            accumulated: row.accumulated.map(number).unwrap_or_default(),
            of_plan: row.against_plan().ok().flatten().map(percent).unwrap_or_default(),
            of_same: row.against_same_period().ok().flatten().map(percent).unwrap_or_default(),
            note: row.note.clone(),
            evidence: 0,
            to_evidence: paths::evidence_near(unit, &indicator.code),
            earlier: row.earlier.iter().map(|(period, value)| (say.period(*period), number(*value))).collect(),
            returned: row.returned.clone().unwrap_or_default(),
            conflicts: row
                .conflicts
                .iter()
                .map(|entry| ConflictView {
                    id: entry.change.id.to_string(),
                    mine: value_words(say, entry.change.value),
                    mine_by: say.with("collection.by-at", &[("by", &entry.by), ("at", &entry.at.in_table())]),
                    held: held.map(|reading| value_words(say, reading.value)).unwrap_or_default(),
                    held_by: held
                        .map(|reading| {
                            let at = reading.entered_at.in_table();
                            say.with("collection.by-at", &[("by", &reading.entered_by), ("at", &at)])
                        })
                        .unwrap_or_default(),
                })
                .collect(),
            refused: String::new(),
            before: format!("{seq}|{text}|{}", row.note.trim()),
            findings: Vec::new(),
            seq,
            text,
            absence,
        }
    }

    /// Whether anything stands in the line below the row.
    pub fn speaks(&self) -> bool {
        !self.refused.is_empty() || !self.returned.is_empty() || !self.conflicts.is_empty() || !self.findings.is_empty()
    }
}

/// A value in words: a number as written, or the kind of its absence.
pub fn value_words(say: &'static Messages, value: Value) -> String {
    match value {
        Value::Of(number) => number.vi(),
        Value::Absent(absence) => absence_word(say, absence).to_owned(),
    }
}

fn percent(against: Against) -> String {
    match against.percent {
        Percent::Of(number) => number.vi(),
        Percent::NoBase | Percent::NegativeBase => "–".to_owned(),
    }
}
