//! What is wrong with a file of the book: where, and in one sentence.

use std::fmt;

use thidua_base::Date;

/// A fault of a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The key, with the way to it: `version[2].condition[1].test.held`.
    pub key: String,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The text is not TOML.
    NotToml(String),
    /// A key is missing.
    Missing,
    /// A key is not known.
    UnknownKey,
    /// A value is of another kind than asked for.
    Kind(&'static str),
    /// A word is not in the closed vocabulary.
    UnknownWord {
        /// The word as written.
        word: String,
        /// What kind of word was asked for.
        what: &'static str,
    },
    /// A test has no word or several.
    NotOneTest(usize),
    /// A number lies outside what makes sense.
    Number(String),
    /// The text is not a code.
    NotACode(String),
    /// The text is not a citation.
    NotACitation(String),
    /// An instrument is cited that is not listed.
    UnknownInstrument(String),
    /// An honour is named that is not in the book.
    UnknownHonour(String),
    /// Something is defined twice.
    Twice(String),
    /// It ends before it begins, or as it begins.
    Backwards,
    /// The item does not say how surely it is known.
    NoConfidence,
    /// Nothing says what holds from a day to another.
    Gap {
        /// The first day without.
        from: Date,
        /// The first day with again.
        to: Date,
    },
    /// Two items hold on one day.
    Overlap {
        /// The first such day.
        on: Date,
    },
    /// A version says it is like one that does not exist.
    LikeNothing(Date),
    /// Versions say they are like each other in a circle.
    LikeCycle(Date),
    /// A version has neither conditions nor the day of a version it is like, or both.
    NoConditions,
    /// An umbrella honour has versions of its own, or covers nothing.
    Umbrella,
    /// A transition meets another at the same boundary without saying which goes first.
    TwoTransitions(String),
    /// A row of an overlay holds when the overlay itself does not.
    OutsideOverlay,
    /// An overlay would loosen the national rule.
    Loosens(String),
    /// An overlay changes a condition that is not there.
    NoCondition(String),
    /// An overlay fills a condition that is not delegated.
    NotDelegated(String),
    /// A case asks for what cannot be read.
    Case(String),
    /// A file that no reader of a pack of law asks for.
    UnknownFile,
    /// A pack of law without cases, which nothing tries.
    NoCases,
    /// A newer book no longer knows an honour or an instrument that rows may name.
    Forgets(String),
    /// A row applies on days on which the instrument it rests on is not in force.
    OutsideInstrument(String),
    /// An overlay for one unit only; what is loaded holds for everyone of the installation.
    OneUnit,
    /// Another overlay brought an instrument of this id, or the book has it.
    InstrumentTaken(String),
    /// The file of instruments is not of its format.
    Sources(String),
}

impl Wrong {
    /// The sentence in Vietnamese, for those who write local rules.
    pub fn vi(&self) -> String {
        match self {
            Self::NotToml(why) => format!("tệp không đúng định dạng TOML: {why}"),
            Self::Missing => "thiếu khóa này".to_owned(),
            Self::UnknownKey => "khóa này không có trong quy ước".to_owned(),
            Self::Kind(wanted) => format!("giá trị phải là {}", kind_vi(wanted)),
            Self::UnknownWord { word, what } => format!("'{word}' không phải là {what} trong bộ từ quy ước"),
            Self::NotOneTest(count) => format!("mỗi điều kiện phải có đúng một phép thử, ở đây có {count}"),
            Self::Number(why) => format!("số không hợp lệ: {why}"),
            Self::NotACode(text) => format!("'{text}' không phải là mã: chỉ dùng chữ không dấu, số, dấu gạch nối"),
            Self::NotACitation(text) => {
                format!("'{text}' không phải là trích dẫn: ghi mã văn bản, rồi Điều, khoản, điểm")
            }
            Self::UnknownInstrument(id) => format!("văn bản '{id}' chưa có trong danh mục văn bản"),
            Self::UnknownHonour(code) => format!("danh hiệu, hình thức '{code}' không có trong sổ luật"),
            Self::Twice(what) => format!("'{what}' được ghi hai lần"),
            Self::Backwards => "ngày kết thúc phải sau ngày bắt đầu".to_owned(),
            Self::NoConfidence => "chưa ghi mức tin cậy (confidence)".to_owned(),
            Self::Gap { from, to } => {
                format!("từ {} đến trước {} không có quy định nào", from.in_table(), to.in_table())
            }
            Self::Overlap { on } => format!("ngày {} có hai quy định cùng áp dụng", on.in_table()),
            Self::LikeNothing(day) => format!("không có quy định nào bắt đầu từ {}", day.in_table()),
            Self::LikeCycle(day) => format!("quy định từ {} dẫn chiếu vòng tròn", day.in_table()),
            Self::NoConditions => {
                "mỗi quy định phải có điều kiện, hoặc dẫn chiếu bằng like, chỉ một trong hai".to_owned()
            }
            Self::Umbrella => {
                "tên gọi chung phải kể các hình thức của nó (covers) và không có quy định riêng".to_owned()
            }
            Self::TwoTransitions(id) => {
                format!("cùng ngày với quy định chuyển tiếp '{id}': ghi rõ cái nào được ưu tiên (over)")
            }
            Self::OutsideOverlay => "thời gian áp dụng nằm ngoài thời gian của quy định này (overlay.toml)".to_owned(),
            Self::Loosens(why) => format!("quy định của địa phương không được nới lỏng quy định chung: {why}"),
            Self::NoCondition(id) => format!("quy định chung không có điều kiện '{id}' trong thời gian này"),
            Self::NotDelegated(id) => format!("điều kiện '{id}' không được giao cho địa phương quy định"),
            Self::Case(why) => format!("ca thử không đọc được: {why}"),
            Self::UnknownFile => {
                "tệp này không thuộc quy ước: chỉ có overlay.toml, các bảng của sổ luật, honours/*.toml, cases/*.toml"
                    .to_owned()
            }
            Self::NoCases => "chưa có ca thử nào (cases/*.toml): quy định chưa được thử thì không nạp".to_owned(),
            Self::Forgets(what) => {
                format!("sổ luật mới thiếu '{what}' mà sổ đang dùng có: dữ liệu đã lưu có thể đang gọi tên nó")
            }
            Self::OutsideInstrument(id) => {
                format!("thời gian áp dụng nằm ngoài thời gian có hiệu lực của văn bản '{id}'")
            }
            Self::OneUnit => {
                "quy định chỉ cho một đơn vị (unit) chưa nạp được: quy định đã nạp áp dụng cho mọi đơn vị".to_owned()
            }
            Self::InstrumentTaken(id) => format!("mã văn bản '{id}' đã có trong danh mục văn bản: đặt mã khác"),
            Self::Sources(why) => format!("danh mục văn bản không đúng quy ước: {why}"),
        }
    }

    /// The sentence in English, for engineers.
    pub fn en(&self) -> String {
        match self {
            Self::NotToml(why) => format!("the file is not TOML: {why}"),
            Self::Missing => "this key is missing".to_owned(),
            Self::UnknownKey => "this key is not known".to_owned(),
            Self::Kind(wanted) => format!("the value must be {wanted}"),
            Self::UnknownWord { word, what } => format!("'{word}' is not a word of the vocabulary ({what})"),
            Self::NotOneTest(count) => format!("a test has exactly one word, here are {count}"),
            Self::Number(why) => format!("the number does not fit: {why}"),
            Self::NotACode(text) => format!("'{text}' is not a code"),
            Self::NotACitation(text) => format!("'{text}' is not a citation: instrument, then Điều, khoản, điểm"),
            Self::UnknownInstrument(id) => format!("the instrument '{id}' is not listed in sources.toml"),
            Self::UnknownHonour(code) => format!("the honour '{code}' is not in the book"),
            Self::Twice(what) => format!("'{what}' is defined twice"),
            Self::Backwards => "it ends before it begins".to_owned(),
            Self::NoConfidence => "it does not say how surely it is known (confidence)".to_owned(),
            Self::Gap { from, to } => format!("from {from} to before {to} nothing holds"),
            Self::Overlap { on } => format!("on {on} two of them hold"),
            Self::LikeNothing(day) => format!("no version begins on {day}"),
            Self::LikeCycle(day) => format!("the version of {day} is like itself in a circle"),
            Self::NoConditions => {
                "a version has conditions or the day of a version it is like, one of the two".to_owned()
            }
            Self::Umbrella => "an umbrella names what it covers and has no version of its own".to_owned(),
            Self::TwoTransitions(id) => format!("it has the boundary of '{id}': say which is over which"),
            Self::OutsideOverlay => "its time lies outside that of the overlay (overlay.toml)".to_owned(),
            Self::Loosens(why) => format!("a local rule must not loosen the national one: {why}"),
            Self::NoCondition(id) => format!("the national rule has no condition '{id}' in that time"),
            Self::NotDelegated(id) => format!("the condition '{id}' is not delegated to a local rule"),
            Self::Case(why) => format!("the case cannot be read: {why}"),
            Self::UnknownFile => {
                "no such file is read: overlay.toml, the tables of the book, honours/*.toml, cases/*.toml".to_owned()
            }
            Self::NoCases => "there is no case (cases/*.toml): what nothing tries is not loaded".to_owned(),
            Self::Forgets(what) => {
                format!("the newer book lacks '{what}', which the one in force has and rows may name")
            }
            Self::OutsideInstrument(id) => format!("its time lies outside that of the instrument '{id}'"),
            Self::OneUnit => {
                "rules for one unit only (unit) cannot be loaded: what is loaded holds everywhere".to_owned()
            }
            Self::InstrumentTaken(id) => format!("the instrument '{id}' is listed already: choose another id"),
            Self::Sources(why) => format!("the list of instruments is not of its format: {why}"),
        }
    }
}

fn kind_vi(wanted: &str) -> &str {
    match wanted {
        "a text" => "chuỗi ký tự",
        "a whole number" => "số nguyên",
        "a date" => "ngày, viết như 2024-01-01",
        "true or false" => "true hoặc false",
        "a list" => "danh sách",
        "a table" => "bảng",
        other => other,
    }
}

impl Fault {
    /// `honours/x.toml, dòng 12, version[1].from: …`, in Vietnamese.
    pub fn said_vi(&self) -> String {
        let at = self.place(", dòng ");
        format!("{at}: {}", self.wrong.vi())
    }

    fn place(&self, line_word: &str) -> String {
        let mut at = self.file.clone();
        if self.line > 0 {
            at.push_str(line_word);
            at.push_str(&self.line.to_string());
        }
        if !self.key.is_empty() {
            at.push_str(", ");
            at.push_str(&self.key);
        }
        at
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(", line "), self.wrong.en())
    }
}

impl std::error::Error for Fault {}

/// Every fault found; nothing of the data is taken where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}
