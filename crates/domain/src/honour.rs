//! Which titles and commendation forms exist, for whom, granted by whom; a view over the law book.

pub use thidua_law::honour::{Honour, HonourKind};

/// Whom an honour is given to (đối tượng).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Cá nhân.
    Individual,
    /// Tập thể.
    Collective,
    /// Hộ gia đình.
    Household,
}

/// Types of commendation (loại hình khen thưởng), Article 8 of the law of 2022; codes are data elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommendationType {
    /// Theo công trạng, thành tích (thường xuyên).
    Achievement,
    /// Theo đợt, chuyên đề.
    Thematic,
    /// Đột xuất.
    Irregular,
    /// Quá trình cống hiến.
    Contribution,
    /// Niên hạn.
    Seniority,
    /// Đối ngoại.
    Diplomatic,
}

/// Whether an individual works directly or leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectWorker {
    /// Trực tiếp lao động, công tác, học tập.
    Direct,
    /// Giữ chức vụ lãnh đạo, quản lý.
    Leading,
}
