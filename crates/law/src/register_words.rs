//! Words of the registers: initiatives, inquiries, movements, and who runs what.

use crate::vocabulary::Word;

/// What was found or done (sáng kiến, đề tài, mưu trí).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InitiativeKind {
    /// Sáng kiến.
    Initiative,
    /// Đề tài, đề án khoa học, công trình khoa học và công nghệ.
    Research,
    /// Mưu trí, sáng tạo trong chiến đấu, phục vụ chiến đấu.
    Resourcefulness,
}

impl Word for InitiativeKind {
    const WHAT: &'static str = "loại sáng kiến";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Initiative, "sang-kien", "sáng kiến", "initiative"),
        (Self::Research, "de-tai", "đề tài, đề án, công trình khoa học", "research work"),
        (Self::Resourcefulness, "muu-tri", "mưu trí, sáng tạo trong chiến đấu", "resourcefulness in combat"),
    ];
}

/// What may be open against a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InquiryKind {
    /// Xem xét kỷ luật.
    Discipline,
    /// Thanh tra, kiểm tra.
    Inspection,
    /// Điều tra, truy tố, xét xử.
    Investigation,
    /// Khiếu nại.
    Complaint,
    /// Tố cáo.
    Denunciation,
    /// Kiểm toán.
    Audit,
    /// Báo chí nêu, đang xác minh.
    Press,
}

impl Word for InquiryKind {
    const WHAT: &'static str = "việc đang xem xét";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Discipline, "ky-luat", "xem xét kỷ luật", "disciplinary review"),
        (Self::Inspection, "thanh-tra", "thanh tra, kiểm tra", "inspection"),
        (Self::Investigation, "dieu-tra", "điều tra", "investigation"),
        (Self::Complaint, "khieu-nai", "khiếu nại", "complaint"),
        (Self::Denunciation, "to-cao", "tố cáo", "denunciation"),
        (Self::Audit, "kiem-toan", "kiểm toán", "audit"),
        (Self::Press, "bao-chi", "báo chí nêu, đang xác minh", "press report under verification"),
    ];
}

/// What came of taking part in a movement, from the lesser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovementOutcome {
    /// Tiêu biểu.
    Exemplary,
    /// Dẫn đầu.
    Leading,
}

impl Word for MovementOutcome {
    const WHAT: &'static str = "kết quả phong trào";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] =
        &[(Self::Exemplary, "tieu-bieu", "tiêu biểu", "exemplary"), (Self::Leading, "dan-dau", "dẫn đầu", "leading")];
}

/// At which review of a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovementReview {
    /// Sơ kết.
    Interim,
    /// Tổng kết.
    Final,
}

impl Word for MovementReview {
    const WHAT: &'static str = "dịp xét phong trào";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] =
        &[(Self::Interim, "so-ket", "sơ kết", "interim review"), (Self::Final, "tong-ket", "tổng kết", "final review")];
}

/// Who launches movements, organises clusters, or issues local rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Organiser {
    /// Chủ tịch nước.
    President,
    /// Thủ tướng Chính phủ.
    PrimeMinister,
    /// Hội đồng Thi đua - Khen thưởng Trung ương.
    CentralCouncil,
    /// Bộ, ban, ngành, tỉnh, whichever.
    MinistryOrProvince,
    /// Bộ, ban, ngành.
    Ministry,
    /// Tỉnh.
    Province,
    /// Cơ quan trung ương của đoàn thể.
    MassOrganisation,
    /// Quân khu, quân đoàn and their like (thuộc Bộ).
    MilitaryRegion,
    /// Ủy ban Thường vụ Quốc hội.
    StandingCommittee,
    /// Huyện.
    District,
    /// Xã.
    Commune,
    /// Cơ quan, đơn vị.
    Unit,
}

impl Word for Organiser {
    const WHAT: &'static str = "cơ quan tổ chức, phát động";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::President, "chu-tich-nuoc", "Chủ tịch nước", "the State President"),
        (Self::PrimeMinister, "thu-tuong", "Thủ tướng Chính phủ", "the Prime Minister"),
        (
            Self::CentralCouncil,
            "hoi-dong-trung-uong",
            "Hội đồng Thi đua - Khen thưởng Trung ương",
            "the Central Council",
        ),
        (Self::MinistryOrProvince, "bo-tinh", "bộ, ban, ngành, tỉnh", "a ministry or province"),
        (Self::Ministry, "bo", "bộ, ban, ngành", "a ministry"),
        (Self::Province, "tinh", "tỉnh", "a province"),
        (
            Self::MassOrganisation,
            "doan-the-trung-uong",
            "cơ quan trung ương của đoàn thể",
            "the centre of a mass organisation",
        ),
        (Self::MilitaryRegion, "quan-khu", "quân khu và tương đương", "a military region"),
        (
            Self::StandingCommittee,
            "uy-ban-thuong-vu-quoc-hoi",
            "Ủy ban Thường vụ Quốc hội",
            "the Standing Committee of the National Assembly",
        ),
        (Self::District, "huyen", "huyện", "a district"),
        (Self::Commune, "xa", "xã", "a commune"),
        (Self::Unit, "don-vi", "cơ quan, đơn vị", "the unit"),
    ];
}

impl Organiser {
    /// Whether this one is meant by another: ministries and provinces are `bo-tinh`.
    pub fn is_within(self, other: Self) -> bool {
        self == other || (other == Self::MinistryOrProvince && matches!(self, Self::Ministry | Self::Province))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::tests::codes_are_read_back;

    #[test]
    fn every_word_is_read_as_it_is_written() {
        codes_are_read_back::<InitiativeKind>();
        codes_are_read_back::<InquiryKind>();
        codes_are_read_back::<MovementOutcome>();
        codes_are_read_back::<MovementReview>();
        codes_are_read_back::<Organiser>();
    }
}
