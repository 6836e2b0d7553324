//! Examples of the list of indicators.

use thidua_base::Period;

use super::super::PlanView;
use super::*;
use crate::chart::PlanBar;
use crate::figure::Mark;
use crate::messages::Lang;
use crate::sampled::{LONG_NAME, Sampled, frame};

impl Sampled for List {
    fn samples(lang: Lang) -> Vec<Self> {
        let page = frame(Part::Indicators, lang);
        let say = page.messages();
        let of = |groups: Vec<Group>, standards| Self {
            fields: options(
                say.get("filter.all"),
                [("nong-nghiep".to_owned(), "Nông nghiệp".to_owned())],
                "nong-nghiep",
            ),
            standings: options(say.get("filter.all"), Vec::new(), ""),
            shown: groups.iter().map(|group| group.rows.len()).sum(),
            all: 98,
            groups,
            standards,
            asked: Asked { words: "\"<lúa>".into(), ..Asked::default() },
            page: page.clone(),
        };
        let standard = StandardView {
            name: "Trường đạt chuẩn quốc gia".into(),
            href: "/dat-chuan/truong-chuan-quoc-gia".into(),
            population: "trường trên địa bàn huyện".into(),
            reached: Figure::bound("85", "/so-lieu/standard:x".into(), None),
            of: Figure::plain("108"),
            share: Figure::missing(say.get("standard.no-population")),
        };
        let group = |rows| Group { title: field_name(say, "nong-nghiep"), rows };
        vec![
            of(Vec::new(), Vec::new()),
            of(vec![group(vec![typical(say), missing(say)])], vec![standard]),
            of(vec![group((0..400).map(|_| typical(say)).collect())], Vec::new()),
        ]
    }
}

fn typical(say: &'static Messages) -> RowView {
    let period = Period::Half { year: 2020, half: 1 };
    let percent = Percent::Of(thidua_base::Number::new(449, 1).unwrap());
    let plan = |pace| PlanView {
        assigner: "tỉnh".into(),
        value: Figure::bound("391,55", "/so-lieu/plan:x".into(), Some(Mark::of(say, implied()))),
        percent: Figure::percent(say, percent),
        bar: PlanBar::of(percent, pace, period),
        pace,
    };
    RowView {
        code: "NS01".into(),
        name: "Thu ngân sách nhà nước trên địa bàn".into(),
        href: "/chi-tieu/NS01".into(),
        measure: "tỷ đồng".into(),
        depth: 0,
        nature: say.get("nature.estimate-short"),
        actual: Figure::bound("175,8", "/so-lieu/reading:NS01:h-397:2020-H1".into(), None),
        prior: Figure::bound("169,9", "/so-lieu/reading:NS01:h-397:2019-H1".into(), Some(Mark::of(say, implied()))),
        change: Figure::plain("+3,5%"),
        plans: vec![plan(Pace::Behind), plan(Pace::OnPace)],
    }
}

fn missing(say: &'static Messages) -> RowView {
    RowView {
        name: LONG_NAME.into(),
        depth: 2,
        nature: "",
        actual: Figure::missing(say.get("figure.not-reported")),
        prior: Figure::missing(say.get("figure.not-reported")),
        change: Figure::missing(say.get("figure.no-comparison")),
        plans: Vec::new(),
        ..typical(say)
    }
}

fn implied() -> thidua_domain::Origin {
    thidua_domain::Origin::Implied { low: thidua_base::Number::whole(1), high: thidua_base::Number::whole(2) }
}
