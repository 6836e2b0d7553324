//! The checker: reads data and finished paper as a hard editor would, and says where and why.
//!
//! [`figures`] holds the data against itself, [`paper`] the finished document against form, registers and data,
//! [`printed`] the figures of somebody else's paper against ours.

pub mod figures;
pub mod paper;
pub mod printed;

use thidua_paper::tree::Document;
use thidua_prose::check::{Remark, Severity};

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
    remarks.sort_by_key(|remark| rank(remark.severity));
    remarks
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
