//! Words of procedure and time: gates, transitions, votes, deadlines, quotas.

use crate::vocabulary::Word;

/// What a gate does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Refuses.
    Refuse,
    /// Suspends until the matter is settled.
    Suspend,
    /// Warns only.
    Warn,
}

impl Word for Effect {
    const WHAT: &'static str = "tác dụng của điều kiện chung";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Refuse, "chan", "không xét", "refused"),
        (Self::Suspend, "tam-dung", "tạm dừng xét", "suspended"),
        (Self::Warn, "canh-bao", "lưu ý", "warned"),
    ];
}

/// How an award of an honour comes about; informational.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cycle {
    /// Every year.
    Yearly,
    /// Once.
    Once,
    /// On a sudden achievement.
    Sudden,
    /// On a campaign or theme.
    Campaign,
    /// Every five years.
    FiveYears,
    /// Every three years.
    ThreeYears,
    /// By years of service.
    Seniority,
}

impl Word for Cycle {
    const WHAT: &'static str = "chu kỳ xét";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Yearly, "hang-nam", "hằng năm", "yearly"),
        (Self::Once, "mot-lan", "một lần", "once"),
        (Self::Sudden, "dot-xuat", "đột xuất", "on a sudden achievement"),
        (Self::Campaign, "theo-dot", "theo đợt, theo dịp", "on occasion"),
        (Self::FiveYears, "nam-nam", "năm năm một lần", "every five years"),
        (Self::ThreeYears, "ba-nam", "ba năm một lần", "every three years"),
        (Self::Seniority, "nien-han", "theo niên hạn", "by years of service"),
    ];
}

/// When a transition clause applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransitionWhen {
    /// The file was received before the boundary.
    ReceivedBefore,
    /// The proposal was sent before the boundary.
    ProposedBefore,
    /// The decision was taken before the boundary.
    DecidedBefore,
    /// The achievement lies before the boundary.
    AchievedBefore,
    /// The task or work that serves as a ground began before the boundary.
    BegunBefore,
}

impl Word for TransitionWhen {
    const WHAT: &'static str = "trường hợp chuyển tiếp";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::ReceivedBefore, "nhan-ho-so-truoc", "hồ sơ đã nhận trước ngày ấy", "the file was received before"),
        (Self::ProposedBefore, "gui-de-nghi-truoc", "đề nghị đã gửi trước ngày ấy", "the proposal was sent before"),
        (Self::DecidedBefore, "quyet-dinh-truoc", "đã quyết định trước ngày ấy", "it was decided before"),
        (Self::AchievedBefore, "thanh-tich-truoc", "thành tích có trước ngày ấy", "the achievement lies before"),
        (Self::BegunBefore, "nhiem-vu-bat-dau-truoc", "nhiệm vụ bắt đầu trước ngày ấy", "the work began before"),
    ];
}

/// Which law a transition clause chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransitionLaw {
    /// The old one.
    Old,
    /// The old one, or the new where it is better for the subject.
    OldOrBetterNew,
    /// The new one.
    New,
    /// A person decides which.
    PersonDecides,
}

impl Word for TransitionLaw {
    const WHAT: &'static str = "luật áp dụng";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Old, "cu", "quy định cũ", "the old law"),
        (
            Self::OldOrBetterNew,
            "cu-hoac-moi-neu-loi-hon",
            "quy định cũ, hoặc quy định mới nếu có lợi hơn",
            "the old law, or the new where it is better",
        ),
        (Self::New, "moi", "quy định mới", "the new law"),
        (Self::PersonDecides, "nguoi-quyet", "người có thẩm quyền quyết định", "a person decides"),
    ];
}

/// How a body votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VoteMethod {
    /// Secret ballot.
    Secret,
    /// Show of hands or voting in the open.
    Open,
    /// Either.
    Either,
}

impl Word for VoteMethod {
    const WHAT: &'static str = "cách biểu quyết";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Secret, "bo-phieu-kin", "bỏ phiếu kín", "secret ballot"),
        (Self::Open, "bieu-quyet", "biểu quyết", "open vote"),
        (Self::Either, "kin-hoac-bieu-quyet", "bỏ phiếu kín hoặc biểu quyết", "secret ballot or open vote"),
    ];
}

/// Of whom a share of votes is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VoteBase {
    /// All members.
    Members,
    /// Those present.
    Present,
    /// Those summoned.
    Summoned,
}

impl Word for VoteBase {
    const WHAT: &'static str = "cơ sở tính tỷ lệ phiếu";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Members, "tong-so-thanh-vien", "tổng số thành viên", "all members"),
        (Self::Present, "co-mat", "số người có mặt", "those present"),
        (Self::Summoned, "duoc-trieu-tap", "số người được triệu tập", "those summoned"),
    ];
}

/// Which days a time limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clock {
    /// Working days.
    WorkingDays,
    /// All days.
    Days,
}

impl Word for Clock {
    const WHAT: &'static str = "cách tính ngày";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] =
        &[(Self::WorkingDays, "ngay-lam-viec", "ngày làm việc", "working days"), (Self::Days, "ngay", "ngày", "days")];
}

/// Whether a deadline lies in the award year or the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadlineYear {
    /// The year after.
    Next,
    /// The same year.
    Same,
}

impl Word for DeadlineYear {
    const WHAT: &'static str = "năm của hạn";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] =
        &[(Self::Next, "nam-sau", "năm sau", "the year after"), (Self::Same, "cung-nam", "cùng năm", "the same year")];
}

/// How a quota's share is made whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Down.
    Down,
    /// Up.
    Up,
    /// To the nearest, half up.
    Nearest,
    /// The law does not say; down is taken and shown as a choice.
    NotFixed,
}

impl Word for Rounding {
    const WHAT: &'static str = "cách làm tròn";
    const WORDS: &'static [(Self, &'static str, &'static str, &'static str)] = &[
        (Self::Down, "xuong", "làm tròn xuống", "rounded down"),
        (Self::Up, "len", "làm tròn lên", "rounded up"),
        (Self::Nearest, "gan-nhat", "làm tròn đến số gần nhất", "rounded to the nearest"),
        (
            Self::NotFixed,
            "chua-quy-dinh",
            "luật chưa quy định cách làm tròn, tạm làm tròn xuống",
            "rounding not fixed by law, taken down",
        ),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::tests::codes_are_read_back;

    #[test]
    fn every_word_is_read_as_it_is_written() {
        codes_are_read_back::<Effect>();
        codes_are_read_back::<Cycle>();
        codes_are_read_back::<TransitionWhen>();
        codes_are_read_back::<TransitionLaw>();
        codes_are_read_back::<VoteMethod>();
        codes_are_read_back::<VoteBase>();
        codes_are_read_back::<Clock>();
        codes_are_read_back::<DeadlineYear>();
        codes_are_read_back::<Rounding>();
    }
}
