//! Honours: emulation titles and commendation forms, their names and kinds.

use thidua_base::code::HonourCode;

/// An honour (danh hiệu thi đua or hình thức khen thưởng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Honour {
    /// Stable code: `giay-khen`. English labels differ between translations, so the code is Vietnamese.
    pub code: HonourCode,
    /// What it is.
    pub kind: HonourKind,
    /// Vietnamese name: `Giấy khen`.
    pub name: String,
    /// English label, with the Vietnamese where translations disagree.
    pub name_en: String,
    /// What is counted of it: `cờ thi đua`, `bằng khen`, `tập thể`.
    pub measure: String,
    /// The verb of granting: `tặng` or `công nhận`.
    pub verb: String,
}

/// The two kinds of honour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HonourKind {
    /// Danh hiệu thi đua.
    Title,
    /// Hình thức khen thưởng.
    Form,
}
