//! The checker: reads data and finished paper as a hard editor would, and says where and why.
//!
//! [`figures`] holds the data against itself, [`paper`] the finished document against form, registers and data,
//! [`printed`] the figures of somebody else's paper against ours.

pub mod figures;
pub mod paper;
pub mod printed;

use thidua_paper::tree::Document;
use thidua_prose::check::{Remark, Severity};

use crate::by_hand::rule_prints;
use crate::data::ReportData;
use crate::form::Form;
use crate::writing::Writing;

/// Every remark on a report, the most severe first, then in reading order.
pub fn check(data: &ReportData, form: &Form, document: &Document) -> Vec<Remark> {
    let writing = Writing::new(data);
    let of_data = figures::check(&writing, form);
    let mut remarks = paper::check(&writing, form, document);
    // The text shows a residue that the data explains better; once is enough.
    let residues = of_data.iter().filter(|remark| remark.code == "rounding-residue").count();
    let mut shown = 0;
    remarks.retain(|remark| {
        let again = remark.severity == Severity::Residue && remark.code == "parts-sum" && shown < residues;
        shown += usize::from(again);
        !again
    });
    remarks.extend(of_data);
    remarks.extend(by_hand(data, form));
    remarks.sort_by_key(|remark| rank(remark.severity));
    remarks
}

/// `override-in-force`: a figure printed otherwise than the rule says; `override-stale`: one whose rule now gives
/// another figure than when it was decided, so that the decision no longer fits.
fn by_hand(data: &ReportData, form: &Form) -> Vec<Remark> {
    let in_force = data.overrides.iter().filter(|over| !over.printed.is_empty());
    let judged = in_force.map(|over| {
        // A line that the report no longer prints is stale as well.
        let computed = rule_prints(data, form, &over.line).ok().flatten().unwrap_or_default();
        let (severity, code) = if computed == over.computed {
            (Severity::Hint, "override-in-force")
        } else {
            (Severity::Error, "override-stale")
        };
        let facts = [
            ("line", over.line.clone()),
            ("printed", over.printed.clone()),
            ("computed", computed),
            ("then", over.computed.clone()),
            ("author", over.author.clone()),
            ("reason", over.reason.clone()),
        ];
        remark(severity, code, &over.line, &facts)
    });
    judged.collect()
}

/// Errors before residues before hints.
pub fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Residue => 1,
        Severity::Hint => 2,
    }
}

/// A remark without a place in a text.
pub(crate) fn remark(severity: Severity, code: &'static str, place: &str, facts: &[(&str, String)]) -> Remark {
    Remark {
        severity,
        code,
        place: place.to_owned(),
        span: None,
        facts: facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
    }
}
