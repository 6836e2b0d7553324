//! The sentences of a workbook, filled in by whoever speaks to the person.

use thidua_domain::indicator::Absence;

/// Every text of a workbook that does not come from the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkbookWords {
    /// The name of the sheet, below; at most 31 characters are used.
    pub tab: String,
    /// Who reports: `Đơn vị báo cáo: Xã Dân Lý`.
    pub reporter: String,
    /// Who receives: `Đơn vị nhận báo cáo: Huyện Triệu Sơn`.
    pub receiver: String,
    /// For when: `Kỳ báo cáo: 6 tháng đầu năm 2020`.
    pub period: String,
    /// How it is filled.
    pub hint: String,
    /// The headings of the columns.
    pub columns: ColumnWords,
    /// The reasons for having no number, to choose from; no commas in them.
    pub absences: Vec<(Absence, String)>,
    /// What stands where the same period cannot be held against this one.
    pub not_comparable: String,
    /// Said to whoever types something else than a number.
    pub bad_number: String,
    /// Said to whoever types something else than a reason of the list.
    pub bad_absence: String,
    /// Before the reason why the receiver sent a cell back.
    pub returned: String,
    /// Above the place where who made it signs.
    pub made_by: String,
    /// Above the place where the head of the unit signs.
    pub head: String,
    /// Below both.
    pub signed: String,
    /// Above the head: `Ngày … tháng … năm …`.
    pub day: String,
}

/// The headings of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnWords {
    /// `STT`.
    pub ordinal: String,
    /// `Chỉ tiêu`.
    pub indicator: String,
    /// `Đơn vị tính`.
    pub measure: String,
    /// `Kế hoạch năm`.
    pub plan_year: String,
    /// `Kế hoạch đến kỳ`.
    pub plan_to_date: String,
    /// `Cùng kỳ`.
    pub same_period: String,
    /// `Thực hiện kỳ này`.
    pub value: String,
    /// `Không có số vì`.
    pub absence: String,
    /// `Lũy kế`.
    pub accumulated: String,
    /// `% kế hoạch`.
    pub percent_of_plan: String,
    /// `% cùng kỳ`.
    pub percent_of_same_period: String,
    /// `Ghi chú`.
    pub note: String,
    /// `Mã`, the code of the indicator; a column of texts only, in a workbook it is hidden.
    pub code: String,
}

impl WorkbookWords {
    /// The word of a reason for having no number; `None` for what an empty cell says.
    pub(super) fn absence(&self, absence: Absence) -> Option<&str> {
        self.absences.iter().find(|(known, _)| *known == absence).map(|(_, word)| word.as_str())
    }
}
