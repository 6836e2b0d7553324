//! The words of the grammar that writer and reader share: verbs, qualifiers, plan nouns, directions.

/// What follows every comparison with the same period of last year (cùng kỳ).
pub const AGAINST_SAME_PERIOD: &str = "so với cùng kỳ";

/// Equal to the same period, exactly.
pub const EQUAL_TO_SAME_PERIOD: &str = "bằng cùng kỳ";

/// Equal to the same period once rounded, or within the level set for a share.
pub const LEVEL_WITH_SAME_PERIOD: &str = "tương đương cùng kỳ";

/// The unit of a change between two percentages; a percent sign would claim a relative change.
pub const PERCENTAGE_POINTS: &str = "điểm phần trăm";

/// What opens a breakdown (row *parts* of the grammar).
pub const OF_WHICH: &str = "trong đó";

/// The mark of a list that leaves something out; one character, so that dots are never miscounted.
pub const ELLIPSIS: char = '…';

/// How a level is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// `đạt`, or `ước đạt` for an estimate.
    Reached,
    /// `còn`, or `ước còn`: lower is better.
    Left,
    /// No verb: the figure stands in a sentence that has its own.
    None,
}

/// Whether the figure is closed or estimated at the closing date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Counted.
    Final,
    /// `ước`.
    Estimated,
}

/// What the reporter says of the figure's exactness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// The figure itself.
    Exactly,
    /// `trên`: more than the figure.
    Above,
    /// `gần`: a little less than the figure.
    Nearly,
}

/// What a figure is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanNoun {
    /// `kế hoạch`.
    Plan,
    /// `dự toán`: budget revenue and spending.
    Budget,
    /// `chỉ tiêu`.
    Target,
}

/// What a total counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TotalKind {
    /// `tổng số`: a cumulative count.
    Count,
    /// `tỷ lệ`: a rate.
    Rate,
}

/// Which way a figure moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `tăng`.
    Up,
    /// `giảm`.
    Down,
}

impl Verb {
    /// The words before the figure, without the space that follows; empty for [`Verb::None`].
    pub const fn words(self, certainty: Certainty) -> &'static str {
        match (self, certainty) {
            (Self::Reached, Certainty::Final) => "đạt",
            (Self::Reached, Certainty::Estimated) => "ước đạt",
            (Self::Left, Certainty::Final) => "còn",
            (Self::Left, Certainty::Estimated) => "ước còn",
            (Self::None, Certainty::Final) => "",
            (Self::None, Certainty::Estimated) => "ước",
        }
    }
}

impl Qualifier {
    /// The word before the number; empty for [`Qualifier::Exactly`].
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exactly => "",
            Self::Above => "trên",
            Self::Nearly => "gần",
        }
    }
}

impl PlanNoun {
    /// Every noun, for the reader.
    pub const ALL: [Self; 3] = [Self::Plan, Self::Budget, Self::Target];

    /// The noun as printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plan => "kế hoạch",
            Self::Budget => "dự toán",
            Self::Target => "chỉ tiêu",
        }
    }

    /// The abbreviation that introduces the assigned figure in brackets: `KH: 70 DN`.
    pub const fn abbreviation(self) -> &'static str {
        match self {
            Self::Plan => "KH",
            Self::Budget => "DT",
            Self::Target => "CT",
        }
    }
}

impl TotalKind {
    /// The noun as printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Count => "tổng số",
            Self::Rate => "tỷ lệ",
        }
    }
}

impl Direction {
    /// The verb as printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Up => "tăng",
            Self::Down => "giảm",
        }
    }
}

/// Units of measure the reader knows, so that a unit of several words is read whole.
///
/// A unit that is not here is read as one word. Longer units that begin with a shorter one may
/// stand anywhere: the reader takes the longest that fits.
pub const MEASURES: &[&str] = &[
    "bản",
    "bằng khen",
    "bếp",
    "bếp ăn",
    "c.trình",
    "ca",
    "chỉ tiêu",
    "chợ",
    "chuỗi",
    "con",
    "cơ sở",
    "cờ",
    "cờ thi đua",
    "công trình",
    "cá nhân",
    "cụm",
    "cửa hàng",
    "DN",
    "doanh nghiệp",
    "dự án",
    "đơn vị",
    "đồng",
    "điểm",
    "điểm phần trăm",
    "đối tượng",
    "đợt",
    "giấy khen",
    "giường",
    "ha",
    "hộ",
    "học sinh",
    "hợp tác xã",
    "HTX",
    "kg",
    "km",
    "khu dân cư",
    "kWh",
    "lao động",
    "lớp",
    "lượt",
    "lượt khách",
    "lượt người",
    "m2",
    "m3",
    "máy",
    "máy cấy",
    "mẫu",
    "mô hình",
    "nghìn con",
    "nghìn đồng",
    "nghìn ha",
    "nghìn lượt",
    "nghìn lượt khách",
    "nghìn tấn",
    "nghìn USD",
    "người",
    "phong trào",
    "quân nhân",
    "sản phẩm",
    "tạ",
    "tạ/ha",
    "tấn",
    "tấn/ha",
    "tập thể",
    "tập thể lao động xuất sắc",
    "thị trấn",
    "thôn",
    "tiêu chí",
    "triệu con",
    "triệu đồng",
    "triệu đồng/ha",
    "triệu đồng/người",
    "triệu đồng/người/năm",
    "triệu lượt khách",
    "triệu tấn",
    "triệu USD",
    "trường",
    "tỷ đồng",
    "USD",
    "vụ",
    "xã",
    "xã, thị trấn",
];

/// Units that measure and do not count: a value in them is rounded, so a sum or a percentage may
/// miss by half of the last digit on each side. Every other unit counts whole things.
pub const ROUNDED_MEASURES: &[&str] =
    &["đồng", "ha", "tấn", "tạ", "kg", "km", "USD", "kWh", "m2", "m3", "%", "điểm phần trăm", "nghìn", "triệu", "tỷ"];

/// Whether values in a unit are rounded (tons, đồng) and not counted (xã, trường).
pub fn is_rounded(measure: &str) -> bool {
    let parts = || measure.split([' ', '/', '\u{a0}']);
    ROUNDED_MEASURES.iter().any(|rounded| *rounded == measure || parts().any(|part| part == *rounded))
}
