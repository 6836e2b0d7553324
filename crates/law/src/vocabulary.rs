//! The closed vocabulary: every word that the data may use, as it is written there and as it is said.

use thidua_base::Date;

pub use crate::holiday::Confidence;
pub use crate::honour::HonourKind;
pub use crate::procedure_words::{
    Clock, Cycle, DeadlineYear, Effect, Rounding, TransitionLaw, TransitionWhen, VoteBase, VoteMethod,
};
pub use crate::register_words::{InitiativeKind, InquiryKind, MovementOutcome, MovementReview, Organiser};

/// A closed list of words: what each is called in data, in Vietnamese and in English.
pub trait Word: Copy + Eq + 'static {
    /// What such a word is, for complaints: `mức đánh giá`.
    const WHAT: &'static str;
    /// Every word with its code and how it is said, in order.
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)];

    /// Reads the code of a word.
    fn parse(code: &str) -> Option<Self> {
        Self::WORDS.iter().find(|row| row.1 == code).map(|row| row.0)
    }

    /// The code as data writes it.
    fn code(self) -> &'static str {
        self.row().1
    }

    /// The Vietnamese.
    fn vi(self) -> &'static str {
        self.row().2
    }

    /// The English.
    fn en(self) -> &'static str {
        self.row().3
    }

    /// The row of the word.
    fn row(self) -> &'static (Self, &'static str, &'static str, &'static str) {
        Self::WORDS.iter().find(|row| row.0 == self).unwrap_or(&Self::WORDS[0])
    }
}

/// Who can hold an honour (đối tượng).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// A person.
    Person,
    /// A collective: office, unit, enterprise.
    Collective,
    /// A household.
    Household,
    /// A hamlet or residential area.
    Hamlet,
    /// A commune, ward or special zone.
    Commune,
    /// A province or city.
    Province,
    /// A foreign person.
    ForeignPerson,
    /// A foreign collective.
    ForeignCollective,
}

impl Word for SubjectKind {
    const WHAT: &'static str = "đối tượng";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Person, "ca-nhan", "cá nhân", "person"),
        (Self::Collective, "tap-the", "tập thể", "collective"),
        (Self::Household, "ho-gia-dinh", "hộ gia đình", "household"),
        (Self::Hamlet, "thon", "thôn, tổ dân phố", "hamlet or residential group"),
        (Self::Commune, "xa", "xã, phường, đặc khu", "commune or ward"),
        (Self::Province, "tinh", "tỉnh, thành phố", "province or city"),
        (Self::ForeignPerson, "ca-nhan-nuoc-ngoai", "cá nhân nước ngoài", "foreign person"),
        (Self::ForeignCollective, "tap-the-nuoc-ngoai", "tập thể nước ngoài", "foreign collective"),
    ];
}

impl Word for HonourKind {
    const WHAT: &'static str = "loại";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Title, "danh-hieu-thi-dua", "danh hiệu thi đua", "emulation title"),
        (Self::Form, "hinh-thuc-khen-thuong", "hình thức khen thưởng", "commendation form"),
    ];
}

impl Word for Confidence {
    const WHAT: &'static str = "mức tin cậy";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::TextSeen, "text-seen", "đã đọc nguyên văn", "text read"),
        (Self::Secondary, "secondary", "đọc qua nguồn khác", "read where it is repeated"),
        (Self::Recalled, "recalled", "chưa đối chiếu nguyên văn", "remembered, not compared"),
    ];
}

/// The class of an honour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Lao động tiên tiến, chiến sĩ tiên tiến.
    Advanced,
    /// Chiến sĩ thi đua.
    Fighter,
    /// Cờ thi đua.
    Flag,
    /// Titles of collectives.
    Collective,
    /// Gia đình, thôn, khu dân cư văn hóa.
    Cultural,
    /// Xã, phường, thị trấn tiêu biểu.
    ModelCommune,
    /// Titles of other bodies.
    OtherTitle,
    /// Huân chương.
    Order,
    /// Huy chương.
    Medal,
    /// Danh hiệu vinh dự nhà nước.
    StateHonour,
    /// Giải thưởng.
    Prize,
    /// Kỷ niệm chương.
    Insignia,
    /// Bằng khen.
    Merit,
    /// Giấy khen.
    Commendation,
}

impl Word for Class {
    const WHAT: &'static str = "nhóm danh hiệu, hình thức";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Advanced, "lao-dong-tien-tien", "lao động tiên tiến, chiến sĩ tiên tiến", "advanced worker or soldier"),
        (Self::Fighter, "chien-si-thi-dua", "chiến sĩ thi đua", "emulation fighter"),
        (Self::Flag, "co-thi-dua", "cờ thi đua", "emulation flag"),
        (Self::Collective, "tap-the", "danh hiệu tập thể", "title of a collective"),
        (Self::Cultural, "van-hoa", "danh hiệu văn hóa", "cultural title"),
        (Self::ModelCommune, "xa-tieu-bieu", "xã, phường, thị trấn tiêu biểu", "exemplary commune"),
        (Self::OtherTitle, "danh-hieu-khac", "danh hiệu khác", "other title"),
        (Self::Order, "huan-chuong", "huân chương", "order"),
        (Self::Medal, "huy-chuong", "huy chương", "medal"),
        (Self::StateHonour, "danh-hieu-vinh-du", "danh hiệu vinh dự nhà nước", "state honour"),
        (Self::Prize, "giai-thuong", "giải thưởng", "prize"),
        (Self::Insignia, "ky-niem-chuong", "kỷ niệm chương", "commemorative insignia"),
        (Self::Merit, "bang-khen", "bằng khen", "bằng khen"),
        (Self::Commendation, "giay-khen", "giấy khen", "giấy khen"),
    ];
}

/// The yearly rating (mức xếp loại chất lượng), from the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Không hoàn thành nhiệm vụ.
    Failed,
    /// Hoàn thành nhiệm vụ.
    Completed,
    /// Hoàn thành tốt nhiệm vụ.
    Good,
    /// Hoàn thành xuất sắc nhiệm vụ.
    Excellent,
}

impl Word for Grade {
    const WHAT: &'static str = "mức xếp loại";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Failed, "khong-hoan-thanh", "không hoàn thành nhiệm vụ", "not completed"),
        (Self::Completed, "hoan-thanh", "hoàn thành nhiệm vụ", "completed"),
        (Self::Good, "hoan-thanh-tot", "hoàn thành tốt nhiệm vụ", "well completed"),
        (Self::Excellent, "hoan-thanh-xuat-sac", "hoàn thành xuất sắc nhiệm vụ", "excellently completed"),
    ];
}

/// A level or reach (phạm vi, cấp), from the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Cơ sở.
    Base,
    /// Huyện.
    District,
    /// Bộ, ban, ngành, tỉnh.
    Province,
    /// Toàn quốc.
    Nation,
}

impl Word for Scope {
    const WHAT: &'static str = "phạm vi";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Base, "co-so", "cơ sở", "base"),
        (Self::District, "huyen", "huyện", "district"),
        (Self::Province, "bo-tinh", "bộ, ban, ngành, tỉnh", "ministry or province"),
        (Self::Nation, "toan-quoc", "toàn quốc", "nationwide"),
    ];
}

/// How far an initiative has come, from the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Recognised or accepted.
    Recognised,
    /// Applied with effect.
    Applied,
    /// Spread to other places.
    Spread,
}

impl Word for Status {
    const WHAT: &'static str = "mức áp dụng sáng kiến";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Recognised, "duoc-cong-nhan", "được công nhận", "recognised"),
        (Self::Applied, "da-ap-dung", "đã áp dụng hiệu quả", "applied with effect"),
        (Self::Spread, "nhan-rong", "có khả năng nhân rộng", "fit to be spread"),
    ];
}

/// A discipline (hình thức kỷ luật), from the lightest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Discipline {
    /// Khiển trách.
    Reprimand,
    /// Cảnh cáo.
    Warning,
    /// Hạ bậc lương.
    PayCut,
    /// Giáng chức.
    Demotion,
    /// Cách chức.
    Removal,
    /// Buộc thôi việc.
    Dismissal,
}

impl Word for Discipline {
    const WHAT: &'static str = "hình thức kỷ luật";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Reprimand, "khien-trach", "khiển trách", "reprimand"),
        (Self::Warning, "canh-cao", "cảnh cáo", "warning"),
        (Self::PayCut, "ha-bac-luong", "hạ bậc lương", "pay cut"),
        (Self::Demotion, "giang-chuc", "giáng chức", "demotion"),
        (Self::Removal, "cach-chuc", "cách chức", "removal from office"),
        (Self::Dismissal, "buoc-thoi-viec", "buộc thôi việc", "dismissal"),
    ];
}

/// What a person is by work (đối tượng theo nghề nghiệp).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Lực lượng vũ trang, whichever.
    ArmedForces,
    /// Quân nhân.
    Soldier,
    /// Công an.
    Police,
    /// Dân quân tự vệ: the 2022 law gives Chiến sĩ tiên tiến to standing and mobile militia (Điều 24).
    Militia,
    /// Người lao động ngoài cơ quan, doanh nghiệp: Điều 24 khoản 3 of the 2003 law names them beside workers and farmers.
    FreeWorker,
    /// Nhà khoa học: named beside scholars in the grounds for orders of the 2022 law (Điều 42).
    Scientist,
    /// Doanh nghiệp, tổ chức kinh tế: a collective with grounds of its own (2022 law, Điều 73).
    Enterprise,
    /// Người Việt Nam ở nước ngoài: grounds of their own (2022 law, Điều 73).
    Overseas,
    /// Người nước ngoài.
    Foreigner,
    /// Đồng bào dân tộc thiểu số.
    Minority,
    /// Học sinh, sinh viên.
    Student,
    /// Khác.
    Other,
}

impl Word for Category {
    const WHAT: &'static str = "nhóm người";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Official, "can-bo", "cán bộ", "official"),
        (Self::CivilServant, "cong-chuc", "công chức", "civil servant"),
        (Self::PublicEmployee, "vien-chuc", "viên chức", "public employee"),
        (Self::Employee, "nguoi-lao-dong", "người lao động", "employee"),
        (Self::Worker, "cong-nhan", "công nhân", "worker"),
        (Self::Farmer, "nong-dan", "nông dân", "farmer"),
        (Self::Entrepreneur, "doanh-nhan", "doanh nhân", "entrepreneur"),
        (Self::Scholar, "tri-thuc", "trí thức", "scholar"),
        (Self::ArmedForces, "luc-luong-vu-trang", "lực lượng vũ trang", "armed forces"),
        (Self::Soldier, "quan-nhan", "quân nhân", "soldier"),
        (Self::Police, "cong-an", "công an", "police"),
        (Self::Militia, "dan-quan", "dân quân tự vệ", "militia"),
        (Self::FreeWorker, "lao-dong-khac", "người lao động khác", "other working person"),
        (Self::Scientist, "nha-khoa-hoc", "nhà khoa học", "scientist"),
        (Self::Enterprise, "doanh-nghiep", "doanh nghiệp, tổ chức kinh tế", "enterprise or economic organisation"),
        (Self::Overseas, "nguoi-viet-nam-o-nuoc-ngoai", "người Việt Nam ở nước ngoài", "Vietnamese living abroad"),
        (Self::Foreigner, "nguoi-nuoc-ngoai", "người nước ngoài", "foreigner"),
        (Self::Minority, "dong-bao-dan-toc", "đồng bào dân tộc thiểu số", "member of an ethnic minority"),
        (Self::Student, "hoc-sinh-sinh-vien", "học sinh, sinh viên", "pupil or student"),
        (Self::Other, "khac", "khác", "other"),
    ];
}

impl Category {
    /// Whether this category lies within another: soldiers, police and militia are armed forces.
    pub fn is_within(self, other: Self) -> bool {
        self == other || (other == Self::ArmedForces && matches!(self, Self::Soldier | Self::Police | Self::Militia))
    }
}

/// How the years of a run must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Run {
    /// In unbroken sequence (liên tục).
    Unbroken,
    /// In any years.
    Any,
}

impl Word for Run {
    const WHAT: &'static str = "tính liên tục";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Unbroken, "lien-tuc", "liên tục", "in a row"),
        (Self::Any, "bat-ky", "không cần liên tục", "in any years"),
    ];
}

/// With which year a run must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ends {
    /// The award year.
    AwardYear,
    /// The year before it.
    YearBefore,
    /// Any year up to it.
    Any,
}

impl Word for Ends {
    const WHAT: &'static str = "năm cuối của chuỗi";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::AwardYear, "nam-xet", "tính đến năm xét", "up to the award year"),
        (Self::YearBefore, "nam-truoc", "tính đến năm trước năm xét", "up to the year before the award year"),
        (Self::Any, "bat-ky", "vào thời gian bất kỳ", "at any time"),
    ];
}

/// Which earlier award opens the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Which {
    /// The latest.
    Latest,
    /// The latest after which enough years have passed: awards received since then do not restart the clock.
    AnyOld,
}

impl Word for Which {
    const WHAT: &'static str = "lần khen làm mốc";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Latest, "gan-nhat", "lần gần nhất", "the latest"),
        (Self::AnyOld, "bat-ky", "một lần đã đủ số năm", "one after which enough years have passed"),
    ];
}

/// The level of who decides or recognises, from the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Cơ sở, xã.
    Base,
    /// Huyện.
    District,
    /// Bộ, ban, ngành hoặc tỉnh.
    ProvinceOrMinistry,
    /// Tỉnh.
    Province,
    /// Bộ, ban, ngành, cơ quan trung ương.
    Ministry,
    /// Trung ương.
    Centre,
}

impl Word for Level {
    const WHAT: &'static str = "cấp";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Base, "co-so", "cơ sở", "base"),
        (Self::District, "huyen", "huyện", "district"),
        (Self::ProvinceOrMinistry, "bo-tinh", "bộ, ban, ngành, tỉnh", "ministry or province"),
        (Self::Province, "tinh", "tỉnh", "province"),
        (Self::Ministry, "bo", "bộ, ban, ngành trung ương", "ministry or central body"),
        (Self::Centre, "trung-uong", "trung ương", "centre"),
    ];
}

/// The type of a commendation (loại hình khen thưởng).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AwardType {
    /// Công trạng.
    Merit,
    /// Chuyên đề, theo đợt, phong trào.
    Campaign,
    /// Đột xuất.
    Sudden,
    /// Quá trình cống hiến.
    Devotion,
    /// Niên hạn.
    Seniority,
    /// Đối ngoại.
    External,
}

impl Word for AwardType {
    const WHAT: &'static str = "loại hình khen thưởng";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Merit, "cong-trang", "công trạng", "merit"),
        (Self::Campaign, "chuyen-de", "chuyên đề, theo đợt", "campaign or theme"),
        (Self::Sudden, "dot-xuat", "đột xuất", "sudden achievement"),
        (Self::Devotion, "cong-hien", "quá trình cống hiến", "long devotion"),
        (Self::Seniority, "nien-han", "niên hạn", "seniority"),
        (Self::External, "doi-ngoai", "đối ngoại", "external relations"),
    ];
}

/// A month and day without a year: `10-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month.
    pub day: i8,
}

impl MonthDay {
    /// Reads `10-31`; `None` where no year has such a day.
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        // A leap year, so that 29 February is a day.
        Date::new(2024, month, day).map(|_| Self { month, day })
    }

    /// The day in a year; 29 February is the 28th where there is none.
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).or_else(|| Date::new(year, self.month, self.day - 1))
    }

    /// `30/01`.
    pub fn said(self) -> String {
        format!("{:02}/{:02}", self.day, self.month)
    }

    /// `01-30`, as data writes it.
    pub fn code(self) -> String {
        format!("{:02}-{:02}", self.month, self.day)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn codes_are_read_back<W: Word + std::fmt::Debug>() {
        for (word, code, vi, en) in W::WORDS {
            assert_eq!(W::parse(code), Some(*word));
            assert_eq!(word.code(), *code);
            assert!(!vi.is_empty() && !en.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        }
        assert_eq!(W::parse("không-có"), None);
    }

    #[test]
    fn every_word_is_read_as_it_is_written() {
        codes_are_read_back::<SubjectKind>();
        codes_are_read_back::<HonourKind>();
        codes_are_read_back::<Confidence>();
        codes_are_read_back::<Class>();
        codes_are_read_back::<Grade>();
        codes_are_read_back::<Scope>();
        codes_are_read_back::<Status>();
        codes_are_read_back::<Discipline>();
        codes_are_read_back::<Category>();
        codes_are_read_back::<Run>();
        codes_are_read_back::<Ends>();
        codes_are_read_back::<Which>();
        codes_are_read_back::<Level>();
        codes_are_read_back::<AwardType>();
    }

    #[test]
    fn a_day_without_a_year_is_a_day() {
        assert_eq!(MonthDay::parse("01-30").unwrap().said(), "30/01");
        assert_eq!(MonthDay::parse("13-01"), None);
        assert_eq!(MonthDay::parse("02-29").unwrap().in_year(2023), Date::new(2023, 2, 28));
    }
}
