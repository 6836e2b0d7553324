//! Legal instruments (văn bản): number, right title, issuer, dates in force.

use thidua_base::Date;
use thidua_base::code::InstrumentId;

/// A legal instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Identity: `chi-thi-34-ct-tw-2014`.
    pub id: InstrumentId,
    /// Kind: `Chỉ thị`, `Nghị định`, `Luật`.
    pub kind: String,
    /// Number and symbol: `34-CT/TW`.
    pub number: String,
    /// The right title, without quotation marks: `về tiếp tục đổi mới công tác thi đua, khen thưởng`.
    pub title: String,
    /// Issuing body: `Bộ Chính trị`.
    pub issuer: String,
    /// Day of issue.
    pub issued_on: Date,
    /// First day in force.
    pub in_force_from: Date,
    /// First day no longer in force; `None` while it lasts.
    pub in_force_to: Option<Date>,
    /// The instrument that replaces it.
    pub replaced_by: Option<InstrumentId>,
}

impl Instrument {
    /// Whether it is in force on a day.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.in_force_from <= day && self.in_force_to.is_none_or(|to| day < to)
    }

    /// The key of this fact, as bound text names it.
    pub fn key(&self) -> String {
        format!("instrument:{}", self.id)
    }

    /// Kind and number: the later citation (`Chỉ thị số 34-CT/TW`).
    pub fn cited_short(&self) -> String {
        format!("{} số {}", self.kind, self.number)
    }

    /// Kind, number, date, issuer and title: the first citation
    /// (Decree 30/2020, Appendix I: kind, number, date, body, subject); a law is cited by its name alone.
    pub fn cited_full(&self) -> String {
        if matches!(self.kind.as_str(), "Luật" | "Bộ luật") {
            return self.title.clone();
        }
        format!("{} ngày {} của {} {}", self.cited_short(), self.issued_on.in_text(), self.issuer, self.title)
    }
}
