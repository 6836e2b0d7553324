//! What a person typed into a report: passages and overrides, with who, when and why.

use thidua_base::Timestamp;
use thidua_base::code::ReportId;

/// A passage typed for a slot of a report's form; newer versions replace older ones, none is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The report.
    pub report: ReportId,
    /// The slot's name in the form.
    pub slot: String,
    /// Version, from 1.
    pub version: i64,
    /// The text; figures are bound, never typed: `{KT01 value}`.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub written_at: Timestamp,
}

/// A printed figure replaced by hand, as one official did in 2020; kept with its reason, shown as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The report.
    pub report: ReportId,
    /// The bound figure, such as `DN01 plan:kh-huyen-2020`.
    pub line: String,
    /// What the rule prints.
    pub computed: String,
    /// What is printed instead, without unit or sign; empty where an earlier override is taken back.
    pub printed: String,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub author: String,
    /// When.
    pub decided_at: Timestamp,
}

/// A report as it was issued (ban hành): frozen with its files; a later issue of the same report is a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The report.
    pub report: ReportId,
    /// Which issue of it, from 1.
    pub number: i64,
    /// Who issued it, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The last number of the tenant's readings that was known then.
    pub as_of_seq: i64,
}

/// The files kept of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuedFile {
    /// The Word file.
    Docx,
    /// The PDF file.
    Pdf,
}
