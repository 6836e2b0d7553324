//! The closed words of facts (từ khóa): the same as in the law book.

use super::term::Term;

/// Grades of yearly ratings (mức xếp loại), from the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Không hoàn thành nhiệm vụ.
    Failed,
    /// Hoàn thành.
    Done,
    /// Hoàn thành tốt.
    Well,
    /// Hoàn thành xuất sắc.
    Excellent,
}

impl Term for Grade {
    const ALL: &'static [Self] = &[Self::Failed, Self::Done, Self::Well, Self::Excellent];

    fn word(self) -> &'static str {
        match self {
            Self::Failed => "khong-hoan-thanh",
            Self::Done => "hoan-thanh",
            Self::Well => "hoan-thanh-tot",
            Self::Excellent => "hoan-thanh-xuat-sac",
        }
    }
}

/// Kinds of initiatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InitiativeKind {
    /// Sáng kiến.
    Idea,
    /// Đề tài khoa học, công trình nghiên cứu.
    Research,
    /// Mưu trí, sáng tạo trong chiến đấu.
    Stratagem,
}

impl Term for InitiativeKind {
    const ALL: &'static [Self] = &[Self::Idea, Self::Research, Self::Stratagem];

    fn word(self) -> &'static str {
        match self {
            Self::Idea => "sang-kien",
            Self::Research => "de-tai",
            Self::Stratagem => "muu-tri",
        }
    }
}

/// How far an initiative is recognised (phạm vi ảnh hưởng), from the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecognitionScope {
    /// Cơ sở.
    Unit,
    /// Huyện.
    District,
    /// Bộ, ban, ngành, tỉnh.
    Province,
    /// Toàn quốc.
    Nation,
}

impl Term for RecognitionScope {
    const ALL: &'static [Self] = &[Self::Unit, Self::District, Self::Province, Self::Nation];

    fn word(self) -> &'static str {
        match self {
            Self::Unit => "co-so",
            Self::District => "huyen",
            Self::Province => "bo-tinh",
            Self::Nation => "toan-quoc",
        }
    }
}

/// How far an initiative has come, from the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecognitionStatus {
    /// Được công nhận.
    Recognised,
    /// Đã áp dụng.
    Applied,
    /// Đã nhân rộng.
    Spread,
}

impl Term for RecognitionStatus {
    const ALL: &'static [Self] = &[Self::Recognised, Self::Applied, Self::Spread];

    fn word(self) -> &'static str {
        match self {
            Self::Recognised => "duoc-cong-nhan",
            Self::Applied => "da-ap-dung",
            Self::Spread => "nhan-rong",
        }
    }
}

/// Disciplinary measures (hình thức kỷ luật), from the mildest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisciplineLevel {
    /// Khiển trách.
    Reprimand,
    /// Cảnh cáo.
    Warning,
    /// Hạ bậc lương.
    LowerPay,
    /// Giáng chức.
    Demotion,
    /// Cách chức.
    Removal,
    /// Buộc thôi việc.
    Dismissal,
}

impl Term for DisciplineLevel {
    const ALL: &'static [Self] =
        &[Self::Reprimand, Self::Warning, Self::LowerPay, Self::Demotion, Self::Removal, Self::Dismissal];

    fn word(self) -> &'static str {
        match self {
            Self::Reprimand => "khien-trach",
            Self::Warning => "canh-cao",
            Self::LowerPay => "ha-bac-luong",
            Self::Demotion => "giang-chuc",
            Self::Removal => "cach-chuc",
            Self::Dismissal => "buoc-thoi-viec",
        }
    }
}

/// What can be open about a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InquiryKind {
    /// Đang xem xét kỷ luật.
    Discipline,
    /// Thanh tra, kiểm tra, kiểm toán.
    Inspection,
    /// Điều tra, truy tố, xét xử.
    Investigation,
    /// Khiếu nại.
    Complaint,
    /// Tố cáo.
    Denunciation,
}

impl Term for InquiryKind {
    const ALL: &'static [Self] =
        &[Self::Discipline, Self::Inspection, Self::Investigation, Self::Complaint, Self::Denunciation];

    fn word(self) -> &'static str {
        match self {
            Self::Discipline => "ky-luat",
            Self::Inspection => "thanh-tra",
            Self::Investigation => "dieu-tra",
            Self::Complaint => "khieu-nai",
            Self::Denunciation => "to-cao",
        }
    }
}

/// What a person is by their post or work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// Cán bộ.
    Official,
    /// Công chức.
    CivilServant,
    /// Viên chức.
    PublicEmployee,
    /// Người lao động.
    Employee,
    /// Công nhân.
    Worker,
    /// Nông dân.
    Farmer,
    /// Doanh nhân.
    Entrepreneur,
    /// Trí thức.
    Scholar,
    /// Lực lượng vũ trang.
    ArmedForces,
    /// Quân nhân.
    Soldier,
    /// Công an.
    Police,
    /// Người nước ngoài.
    Foreigner,
    /// Đồng bào dân tộc thiểu số.
    Minority,
    /// Học sinh, sinh viên.
    Student,
    /// Khác.
    Other,
}

impl Term for Category {
    const ALL: &'static [Self] = &[
        Self::Official,
        Self::CivilServant,
        Self::PublicEmployee,
        Self::Employee,
        Self::Worker,
        Self::Farmer,
        Self::Entrepreneur,
        Self::Scholar,
        Self::ArmedForces,
        Self::Soldier,
        Self::Police,
        Self::Foreigner,
        Self::Minority,
        Self::Student,
        Self::Other,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Official => "can-bo",
            Self::CivilServant => "cong-chuc",
            Self::PublicEmployee => "vien-chuc",
            Self::Employee => "nguoi-lao-dong",
            Self::Worker => "cong-nhan",
            Self::Farmer => "nong-dan",
            Self::Entrepreneur => "doanh-nhan",
            Self::Scholar => "tri-thuc",
            Self::ArmedForces => "luc-luong-vu-trang",
            Self::Soldier => "quan-nhan",
            Self::Police => "cong-an",
            Self::Foreigner => "nguoi-nuoc-ngoai",
            Self::Minority => "dong-bao-dan-toc",
            Self::Student => "hoc-sinh-sinh-vien",
            Self::Other => "khac",
        }
    }
}

/// Who decides awards (thẩm quyền quyết định).
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
    /// Chủ tịch UBND tỉnh.
    ProvinceChair,
    /// Chủ tịch UBND huyện.
    DistrictChair,
    /// Chủ tịch UBND xã.
    CommuneChair,
    /// Giám đốc sở, thủ trưởng ban, ngành cấp tỉnh.
    DepartmentHead,
    /// Thủ trưởng đơn vị thuộc bộ.
    MinistryUnitHead,
    /// Người đứng đầu doanh nghiệp, hợp tác xã.
    EnterpriseHead,
    /// Thủ trưởng cơ quan, đơn vị.
    UnitHead,
    /// Cơ quan trung ương của đoàn thể.
    CentralMass,
    /// Cơ quan cấp tỉnh của đoàn thể.
    ProvinceMass,
}

impl Term for Authority {
    const ALL: &'static [Self] = &[
        Self::President,
        Self::StandingCommittee,
        Self::Government,
        Self::PrimeMinister,
        Self::Minister,
        Self::ProvinceChair,
        Self::DistrictChair,
        Self::CommuneChair,
        Self::DepartmentHead,
        Self::MinistryUnitHead,
        Self::EnterpriseHead,
        Self::UnitHead,
        Self::CentralMass,
        Self::ProvinceMass,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::President => "chu-tich-nuoc",
            Self::StandingCommittee => "uy-ban-thuong-vu-quoc-hoi",
            Self::Government => "chinh-phu",
            Self::PrimeMinister => "thu-tuong",
            Self::Minister => "bo-truong",
            Self::ProvinceChair => "chu-tich-ubnd-tinh",
            Self::DistrictChair => "chu-tich-ubnd-huyen",
            Self::CommuneChair => "chu-tich-ubnd-xa",
            Self::DepartmentHead => "thu-truong-so",
            Self::MinistryUnitHead => "thu-truong-don-vi-thuoc-bo",
            Self::EnterpriseHead => "giam-doc-doanh-nghiep",
            Self::UnitHead => "thu-truong-don-vi",
            Self::CentralMass => "doan-the-trung-uong",
            Self::ProvinceMass => "doan-the-tinh",
        }
    }
}

/// The level of an authority, as it was at the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Trung ương.
    Centre,
    /// Bộ, ban, ngành, tỉnh.
    Province,
    /// Huyện.
    District,
    /// Xã.
    Commune,
    /// Cơ sở.
    Unit,
}

impl Term for Level {
    const ALL: &'static [Self] = &[Self::Centre, Self::Province, Self::District, Self::Commune, Self::Unit];

    fn word(self) -> &'static str {
        match self {
            Self::Centre => "trung-uong",
            Self::Province => "bo-tinh",
            Self::District => "huyen",
            Self::Commune => "xa",
            Self::Unit => "co-so",
        }
    }
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
}

impl Term for Completed {
    const ALL: &'static [Self] = &[Self::Awards, Self::Initiatives, Self::Disciplines];

    fn word(self) -> &'static str {
        match self {
            Self::Awards => "khen-thuong",
            Self::Initiatives => "sang-kien",
            Self::Disciplines => "ky-luat",
        }
    }
}

/// Who organises a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Organiser {
    /// Bộ, ban, ngành, tỉnh.
    Province,
    /// Hội đồng Thi đua - Khen thưởng Trung ương.
    CentralCouncil,
    /// Huyện.
    District,
}

impl Term for Organiser {
    const ALL: &'static [Self] = &[Self::Province, Self::CentralCouncil, Self::District];

    fn word(self) -> &'static str {
        match self {
            Self::Province => "bo-tinh",
            Self::CentralCouncil => "hoi-dong-trung-uong",
            Self::District => "huyen",
        }
    }
}

/// Results in a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementOutcome {
    /// Dẫn đầu.
    Led,
    /// Tiêu biểu.
    Exemplary,
}

impl Term for MovementOutcome {
    const ALL: &'static [Self] = &[Self::Led, Self::Exemplary];

    fn word(self) -> &'static str {
        match self {
            Self::Led => "dan-dau",
            Self::Exemplary => "tieu-bieu",
        }
    }
}

/// Reviews of a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewKind {
    /// Sơ kết.
    Interim,
    /// Tổng kết.
    Final,
}

impl Term for ReviewKind {
    const ALL: &'static [Self] = &[Self::Interim, Self::Final];

    fn word(self) -> &'static str {
        match self {
            Self::Interim => "so-ket",
            Self::Final => "tong-ket",
        }
    }
}
