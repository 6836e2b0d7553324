//! The closed words of facts (từ khóa): those of the law book, and what only registers need.

use thidua_law::vocabulary::Word;

use super::Sex;
use super::fact::FactKind;
use crate::honour::{CommendationType, DirectWorker};

pub use thidua_law::vocabulary::{
    Category, Discipline as DisciplineLevel, Grade, InitiativeKind, InquiryKind, Level, MovementOutcome,
    MovementReview as ReviewKind, Organiser, Scope as RecognitionScope, Status as RecognitionStatus,
};

/// Who decides awards (thẩm quyền quyết định), by the words of the law book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// Chủ tịch nước.
    President,
    /// Ủy ban Thường vụ Quốc hội.
    StandingCommittee,
    /// Chính phủ.
    Government,
    /// Thủ tướng Chính phủ.
    PrimeMinister,
    /// Bộ trưởng, Thủ trưởng bộ, ban, ngành.
    Minister,
    /// Thủ trưởng cơ quan trung ương của đoàn thể.
    CentralMass,
    /// Chủ tịch UBND tỉnh.
    ProvinceChair,
    /// Giám đốc sở, thủ trưởng ban, ngành cấp tỉnh.
    DepartmentHead,
    /// Chủ tịch UBND huyện.
    DistrictChair,
    /// Chủ tịch UBND xã.
    CommuneChair,
    /// Thủ trưởng đơn vị thuộc bộ.
    MinistryUnitHead,
    /// Thủ trưởng đơn vị lực lượng vũ trang.
    ArmedUnitHead,
    /// Người đứng đầu doanh nghiệp, hợp tác xã.
    EnterpriseHead,
    /// Thủ trưởng cơ quan, đơn vị.
    UnitHead,
}

impl Word for Authority {
    const WHAT: &'static str = "người có thẩm quyền";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::President, "chu-tich-nuoc", "Chủ tịch nước", "State President"),
        (
            Self::StandingCommittee,
            "uy-ban-thuong-vu-quoc-hoi",
            "Ủy ban Thường vụ Quốc hội",
            "Standing Committee of the National Assembly",
        ),
        (Self::Government, "chinh-phu", "Chính phủ", "Government"),
        (Self::PrimeMinister, "thu-tuong", "Thủ tướng Chính phủ", "Prime Minister"),
        (Self::Minister, "bo-truong", "Bộ trưởng, Thủ trưởng bộ, ban, ngành", "Minister"),
        (
            Self::CentralMass,
            "thu-truong-doan-the-trung-uong",
            "Thủ trưởng cơ quan trung ương của đoàn thể",
            "Head of a mass organisation's centre",
        ),
        (Self::ProvinceChair, "chu-tich-ubnd-tinh", "Chủ tịch UBND tỉnh", "Chair of the provincial People's Committee"),
        (
            Self::DepartmentHead,
            "thu-truong-so",
            "Giám đốc sở, thủ trưởng ban, ngành cấp tỉnh",
            "Head of a provincial department",
        ),
        (Self::DistrictChair, "chu-tich-ubnd-huyen", "Chủ tịch UBND huyện", "Chair of the district People's Committee"),
        (Self::CommuneChair, "chu-tich-ubnd-xa", "Chủ tịch UBND xã", "Chair of the commune People's Committee"),
        (
            Self::MinistryUnitHead,
            "thu-truong-don-vi-thuoc-bo",
            "Thủ trưởng đơn vị thuộc bộ",
            "Head of a unit of a ministry",
        ),
        (
            Self::ArmedUnitHead,
            "thu-truong-don-vi-vu-trang",
            "Thủ trưởng đơn vị lực lượng vũ trang",
            "Head of a unit of the armed forces",
        ),
        (
            Self::EnterpriseHead,
            "giam-doc-doanh-nghiep",
            "Người đứng đầu doanh nghiệp, hợp tác xã",
            "Head of an enterprise or cooperative",
        ),
        (Self::UnitHead, "thu-truong-don-vi", "Thủ trưởng cơ quan, đơn vị", "Head of a unit"),
    ];
}

/// Parts of the register that can be complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completed {
    /// Khen thưởng.
    Awards,
    /// Sáng kiến, đề tài.
    Initiatives,
    /// Kỷ luật.
    Disciplines,
    /// Đăng ký thi đua.
    Registrations,
}

impl Word for Completed {
    const WHAT: &'static str = "phần của sổ";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Awards, "khen-thuong", "Khen thưởng", "Awards"),
        (Self::Initiatives, "sang-kien", "Sáng kiến, đề tài", "Initiatives and research"),
        (Self::Disciplines, "ky-luat", "Kỷ luật", "Discipline"),
        (Self::Registrations, "dang-ky", "Đăng ký thi đua", "Registrations"),
    ];
}

impl Word for Sex {
    const WHAT: &'static str = "giới tính";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] =
        &[(Self::Male, "nam", "Nam", "Male"), (Self::Female, "nu", "Nữ", "Female")];
}

impl Word for DirectWorker {
    const WHAT: &'static str = "vị trí công tác";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Direct, "direct", "Trực tiếp lao động, công tác, học tập", "Works directly"),
        (Self::Leading, "leading", "Giữ chức vụ lãnh đạo, quản lý", "Leads"),
    ];
}

impl Word for CommendationType {
    const WHAT: &'static str = "loại hình khen thưởng";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Achievement, "achievement", "Theo công trạng và thành tích", "Achievement"),
        (Self::Thematic, "thematic", "Theo đợt, chuyên đề", "Campaign or theme"),
        (Self::Irregular, "irregular", "Đột xuất", "Sudden achievement"),
        (Self::Contribution, "contribution", "Quá trình cống hiến", "Long contribution"),
        (Self::Seniority, "seniority", "Niên hạn", "Seniority"),
        (Self::Diplomatic, "diplomatic", "Đối ngoại", "External relations"),
    ];
}

impl Word for FactKind {
    const WHAT: &'static str = "loại sự việc";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Position, "position", "Nơi công tác, chức vụ", "Unit and post"),
        (Self::Rating, "rating", "Xếp loại hằng năm", "Yearly rating"),
        (Self::Initiative, "initiative", "Sáng kiến, đề tài", "Initiative or research"),
        (Self::Award, "award", "Khen thưởng", "Award"),
        (Self::Registration, "registration", "Đăng ký thi đua", "Registration"),
        (Self::Discipline, "discipline", "Kỷ luật", "Discipline"),
        (Self::Inquiry, "inquiry", "Thanh tra, khiếu nại, xem xét", "Inspection, complaint, review"),
        (Self::Service, "service", "Thời gian trong ngành", "Service in a field"),
        (Self::Ranking, "ranking", "Xếp hạng cụm, khối", "Rank in a cluster"),
        (Self::Result, "result", "Kết quả phong trào", "Result in a movement"),
        (Self::Score, "score", "Điểm chấm", "Points by criteria"),
        (Self::Count, "count", "Số đếm được", "Counted fact"),
        (Self::Statement, "statement", "Sự việc có hoặc không", "Stated fact"),
        (Self::Complete, "complete", "Sổ đầy đủ từ năm", "Register complete from"),
    ];
}
