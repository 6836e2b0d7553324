//! Examples of every page, for the test that renders all of them.

use askama::Template;

use crate::messages::{Lang, Messages};
use crate::page::{Greeting, Page, Part, Standing};
use crate::prefs::{Prefs, Theme};

/// Something that fills a page and can show what it looks like.
pub trait Sampled: Sized + Template {
    /// Examples that together show everything the page can show: nothing, the usual, the longest.
    fn samples(lang: Lang) -> Vec<Self>;
}

/// A frame to hang samples in.
pub fn frame(part: Part, lang: Lang) -> Page {
    let theme = match lang {
        Lang::Vi => Theme::Light,
        Lang::En => Theme::Dark,
    };
    Page {
        prefs: Prefs { lang, theme },
        title: Messages::of(lang).get("site.name").to_owned(),
        here: "/".to_owned(),
        part,
        standing: Standing {
            unit: "Huyện Triệu Sơn".into(),
            period: "6 tháng đầu năm 2020".into(),
            dated: "05/07/2020".into(),
            note: "Số liệu theo báo cáo; số của từng xã là số mẫu.".into(),
        },
        closed: Vec::new(),
        greeting: match lang {
            Lang::Vi => Greeting::Person("Nguyễn Thị Hòa".into()),
            Lang::En => Greeting::Stranger,
        },
    }
}

/// A name longer than any screen is wide.
pub const LONG_NAME: &str = "Phong trào thi đua “Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở, \
    cải cách hành chính, nâng cao chỉ số hài lòng của người dân, tổ chức đối với sự phục vụ của cơ quan hành chính \
    nhà nước trên địa bàn huyện, giai đoạn 2019 - 2025”";
