//! An official paper of any chapter by its parts: pledges, plans, minutes, decisions, reviews.
//!
//! A chapter says who issues what, and gives the body as blocks; [`Paper::document`] puts the parts into the boxes of the
//! official layout. Reports with a form of their own are composed by [`crate::compose`].

mod house;
mod parts;

use thidua_base::Date;
use thidua_paper::tree::{Annex, Beside, Block, Document, Foot, Head, Inline, text_of};

pub use house::{House, house};
pub use parts::{article, dash, letter, paragraph, part, section, table, text};

/// An official paper by its parts.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What it is called.
    pub kind: Kind,
    /// Who issues it.
    pub house: House,
    /// Its number as registered, or `None` while it has none: then a gap is left.
    pub number: Option<String>,
    /// The day of issue, or `None` while it is open: then a gap is left for the day.
    pub issued_on: Option<Date>,
    /// The day whose layout, names and law hold; month and year of a paper that is not issued.
    pub dated: Date,
    /// What it is about (trích yếu).
    pub about: Vec<Inline>,
    /// Addressees after `Kính gửi:`; empty where it has none. They stand among the recipients as `Như trên`.
    pub addressees: Vec<String>,
    /// What stands between head and foot.
    pub body: Vec<Block>,
    /// Recipients (nơi nhận), without dash and end mark; `Như trên` is added.
    pub recipients: Vec<String>,
    /// Who signs at the right.
    pub signature: Signature,
    /// Who signs at the left: the secretary of minutes, the other side of a pledge.
    pub beside: Option<Signature>,
    /// Annexes.
    pub annexes: Vec<Annex>,
    /// What is stamped on it.
    pub stamps: Vec<Stamp>,
}

/// The kinds of paper that chapters print (Decree 30/2020, Appendix III), and the pledge, which the decree leaves to custom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Báo cáo.
    Report,
    /// Kế hoạch.
    Plan,
    /// Biên bản.
    Minutes,
    /// Quyết định.
    Decision,
    /// Tờ trình.
    Submission,
    /// Thông báo.
    Notice,
    /// Giao ước thi đua: signed, and not numbered.
    Pledge,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signature {
    /// Lines of authority and office, in capitals: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
    pub authority: Vec<String>,
    /// The signer's name, or `None` where a gap is left.
    pub signer: Option<String>,
}

/// What is stamped on a paper that is not to be taken for a final one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stamp {
    /// It may change still.
    Draft,
    /// Some of what it says is made up.
    Sample,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Report, Self::Plan, Self::Minutes, Self::Decision, Self::Submission, Self::Notice, Self::Pledge];

    /// The name of the kind, in capitals.
    pub fn name(self) -> &'static str {
        match self {
            Self::Report => "BÁO CÁO",
            Self::Plan => "KẾ HOẠCH",
            Self::Minutes => "BIÊN BẢN",
            Self::Decision => "QUYẾT ĐỊNH",
            Self::Submission => "TỜ TRÌNH",
            Self::Notice => "THÔNG BÁO",
            Self::Pledge => "GIAO ƯỚC THI ĐUA",
        }
    }

    /// The code of the kind in numbers, where it is numbered: `BC`.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Report => Some("BC"),
            Self::Plan => Some("KH"),
            Self::Minutes => Some("BB"),
            Self::Decision => Some("QĐ"),
            Self::Submission => Some("TTr"),
            Self::Notice => Some("TB"),
            Self::Pledge => None,
        }
    }
}

impl Stamp {
    /// The words, in capitals.
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "DỰ THẢO",
            Self::Sample => "SỐ LIỆU MẪU",
        }
    }
}

impl Paper {
    /// The paper as a document tree, which every writer spells.
    pub fn document(self) -> Document {
        let about = text_of(&self.about);
        let mut recipients = self.recipients;
        if !self.addressees.is_empty() {
            recipients.insert(0, "Như trên".to_owned());
        }
        Document {
            title: format!("{} {about}", thidua_base::text::upper_first(&self.kind.name().to_lowercase())),
            dated: self.issued_on.unwrap_or(self.dated),
            head: Head {
                superior: self.house.superior,
                issuer: self.house.issuer,
                number: self.number,
                symbol: self.kind.code().map(|code| format!("{code}-{}", self.house.symbol)).unwrap_or_default(),
                place: self.house.place,
                issued_on: self.issued_on,
                kind: self.kind.name().to_owned(),
                abstract_line: self.about,
                addressees: self.addressees,
                stamps: self.stamps.into_iter().map(|stamp| stamp.words().to_owned()).collect(),
            },
            body: self.body,
            foot: Foot {
                recipients,
                authority: self.signature.authority,
                signer: self.signature.signer,
                beside: self.beside.map(|beside| Beside { authority: beside.authority, signer: beside.signer }),
            },
            annexes: self.annexes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_paper::text::write;
    use thidua_paper::tree::NumberStyle;

    fn day() -> Date {
        Date::new(2020, 7, 5).unwrap()
    }

    fn paper(kind: Kind) -> Paper {
        Paper {
            kind,
            house: House {
                superior: None,
                issuer: vec!["ỦY BAN NHÂN DÂN".into(), "HUYỆN SƠN ĐÔNG".into()],
                place: "Sơn Đông".into(),
                symbol: "UBND".into(),
                authority: vec!["TM. ỦY BAN NHÂN DÂN".into(), "CHỦ TỊCH".into()],
            },
            number: None,
            issued_on: None,
            dated: day(),
            about: text("Về việc tặng Giấy khen"),
            addressees: Vec::new(),
            body: Vec::new(),
            recipients: vec!["Lưu: VT".into()],
            signature: Signature {
                authority: vec!["CHỦ TỊCH".into()], signer: Some("Nguyễn Thị Ước".into())
            },
            beside: None,
            annexes: Vec::new(),
            stamps: vec![Stamp::Draft],
        }
    }

    #[test]
    fn a_decision_has_its_grounds_its_centred_word_and_its_articles() {
        let decides = vec![article(text("Tặng Giấy khen.")), article(text("Có hiệu lực từ ngày ký./."))];
        let body =
            vec![paragraph(text("Căn cứ Luật;")), part("quyet-dinh", NumberStyle::Centred, "Quyết định:", decides)];
        let shown = write(&Paper { body, ..paper(Kind::Decision) }.document()).replace('\u{a0}', "_");
        let told = "Số: ________/QĐ-UBND\nSơn Đông, ngày________ tháng 7 năm 2020\nDỰ THẢO\nQUYẾT ĐỊNH\nVề việc tặng Giấy khen\n\
                    Căn cứ Luật;\nQUYẾT ĐỊNH:\nĐiều 1. Tặng Giấy khen.\nĐiều 2. Có hiệu lực từ ngày ký./.\n";
        assert!(shown.contains(told), "{shown}");
    }

    #[test]
    fn minutes_are_signed_twice_and_a_pledge_has_no_number() {
        let secretary = Signature { authority: vec!["Thư ký".into()], signer: Some("Lò Thị Ỷ".into()) };
        let minutes = write(&Paper { beside: Some(secretary), ..paper(Kind::Minutes) }.document());
        assert!(minutes.contains("THƯ KÝ\nLò Thị Ỷ\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Thị Ước\n"), "{minutes}");
        assert!(!write(&paper(Kind::Pledge).document()).contains("Số:"));
    }

    #[test]
    fn who_is_addressed_is_a_recipient_too() {
        let addressed = Paper { addressees: vec!["Ủy ban nhân dân tỉnh".into()], ..paper(Kind::Report) };
        assert_eq!(addressed.document().foot.recipients, ["Như trên", "Lưu: VT"]);
    }

    #[test]
    fn every_kind_can_be_written_in_every_format() {
        let layout = thidua_paper::layout_on(day()).unwrap();
        for kind in Kind::ALL {
            let document = paper(kind).document();
            assert!(thidua_paper::docx::write(&document, layout).is_ok_and(|bytes| bytes.starts_with(b"PK")));
            assert!(thidua_paper::html::standalone(&document).contains("DỰ THẢO"));
        }
    }
}
