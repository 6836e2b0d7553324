//! Findings and tasks.

use thidua_base::code::kind;
use thidua_domain::Refusal;
use thidua_domain::finding::{Finding, FindingKind, Task, TaskKind};

use crate::pack::known::Known;
use crate::pack::record::Record;

/// Findings.
pub(in crate::pack) fn findings(
    file: &Record,
    units: &Known<kind::Org>,
    indicators: &Known<kind::Indicator>,
) -> Result<Vec<Finding>, Refusal> {
    file.only(&["finding"])?;
    let mut ids: Known<kind::Finding> = Known::none();
    let mut findings = Vec::new();
    for record in file.records("finding")? {
        record.only(&[
            "id", "kind", "period", "unit", "owner", "text", "status", "about", "ordinal", "origin", "source",
        ])?;
        findings.push(Finding {
            id: ids.define(record, "id")?,
            kind: record.one_of(
                "kind",
                &[("result", FindingKind::Result), ("limit", FindingKind::Limit), ("cause", FindingKind::Cause)],
            )?,
            period: record.period("period")?,
            unit: units.resolve(record, "unit")?,
            owner: units.maybe(record, "owner")?,
            text: record.text("text")?.to_owned(),
            status: status(record, &["open", "answered", "closed"])?,
            about: indicators.list(record, "about")?,
            ordinal: record.whole("ordinal")?,
            provenance: record.provenance()?,
        });
    }
    Ok(findings)
}

/// Tasks.
pub(in crate::pack) fn tasks(file: &Record, units: &Known<kind::Org>) -> Result<Vec<Task>, Refusal> {
    file.only(&["task"])?;
    let mut ids: Known<kind::Task> = Known::none();
    let mut tasks = Vec::new();
    for record in file.records("task")? {
        record.only(&[
            "id", "kind", "period", "unit", "owner", "text", "status", "due_on", "ordinal", "origin", "source",
        ])?;
        tasks.push(Task {
            id: ids.define(record, "id")?,
            kind: record.one_of("kind", &[("aim", TaskKind::Aim), ("measure", TaskKind::Measure)])?,
            period: record.period("period")?,
            unit: units.resolve(record, "unit")?,
            owner: units.maybe(record, "owner")?,
            text: record.text("text")?.to_owned(),
            status: status(record, &["planned", "under-way", "done", "carried-over"])?,
            due_on: record.maybe_date("due_on")?,
            ordinal: record.whole("ordinal")?,
            provenance: record.provenance()?,
        });
    }
    Ok(tasks)
}

fn status(record: &Record, words: &[&str]) -> Result<String, Refusal> {
    let pairs: Vec<(&str, &str)> = words.iter().map(|word| (*word, *word)).collect();
    record.one_of("status", &pairs).map(str::to_owned)
}
