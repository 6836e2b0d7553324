//! The clerk's desk (văn thư): the document register, recipients, and who may sign for whom.

use thidua_base::code::{DocumentId, OrgId, ReportId};
use thidua_base::{Date, Period};

/// A document in the register (sổ đăng ký văn bản).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredDocument {
    /// Identity.
    pub id: DocumentId,
    /// The issuing unit.
    pub unit: OrgId,
    /// Code of the kind: `BC`, `QĐ`, `TTr`.
    pub kind: String,
    /// The number, once given.
    pub number: Option<i64>,
    /// The symbol after the number: `BC-UBND`.
    pub symbol: String,
    /// The day of issue, once given.
    pub issued_on: Option<Date>,
    /// The place written with the date.
    pub place: String,
    /// The abstract (trích yếu).
    pub abstract_line: String,
    /// The report it prints, where it is one.
    pub report: Option<ReportId>,
}

/// A report of a unit for a period, in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Identity.
    pub id: ReportId,
    /// The form's code.
    pub form: String,
    /// The unit that reports.
    pub unit: OrgId,
    /// The period reported.
    pub period: Period,
    /// The body it is sent up to; none where it goes to no superior.
    pub superior: Option<OrgId>,
    /// The day whose law, names and tree hold.
    pub dated: Date,
}

/// A recipient line of a document (nơi nhận), in print order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The document.
    pub document: DocumentId,
    /// Order, from 1.
    pub ordinal: i64,
    /// What the line says, without dash and end mark: `Cụm thi đua số 2 của tỉnh`.
    pub text: String,
    /// Whether it stands at the top as an addressee (Kính gửi) too.
    pub addressing: Addressing,
}

/// Where a recipient is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    /// Only among the recipients.
    Copied,
    /// After Kính gửi, and as `Như trên` among the recipients.
    Addressed,
}

/// Who signs for a unit, from when to when, and with which authority lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningAuthority {
    /// The unit.
    pub unit: OrgId,
    /// First day.
    pub valid_from: Date,
    /// First day after; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// Lines of authority in print order: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    pub authority: Vec<String>,
    /// The signer's name.
    pub signer: String,
}
