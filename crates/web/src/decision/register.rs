//! The register of awards: counts for the leader, rows for the specialist, a page at a time.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::decision::{self, Count, Register};
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::decision::Award;
use thidua_domain::honour::{Honour, Subject};

use super::commendation_key;
use crate::fault::Fault;
use crate::figure::Mark;
use crate::home::share;
use crate::messages::{Lang, Messages};
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paging::Paging;
use crate::paths;
use crate::site::{Ask, html};

/// The register of awards.
#[derive(Debug, Template)]
#[template(path = "decision/register.html")]
pub struct RegisterPage {
    page: Page,
    lead: String,
    counts: Vec<CountRow>,
    asked: Asked,
    honours: Vec<FilterOption>,
    subjects: Vec<FilterOption>,
    units: Vec<FilterOption>,
    shown: String,
    rows: Vec<Row>,
    paging: Paging,
}

#[derive(Debug)]
struct CountRow {
    honour: String,
    href: String,
    all: usize,
    collectives: usize,
    individuals: usize,
    households: usize,
    direct: String,
    direct_share: String,
}

#[derive(Debug)]
struct Row {
    name: String,
    href: String,
    mark: Option<Mark>,
    honour: String,
    subject: &'static str,
    unit: String,
    commendation: &'static str,
    decision: String,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "danh-hieu", default)]
    honour: String,
    #[serde(rename = "doi-tuong", default)]
    subject: String,
    #[serde(rename = "don-vi", default)]
    unit: String,
    #[serde(rename = "trang", default)]
    page: String,
}

const SUBJECTS: [(Subject, &str, &str); 3] = [
    (Subject::Collective, "tap-the", "subject.collective"),
    (Subject::Individual, "ca-nhan", "subject.individual"),
    (Subject::Household, "ho-gia-dinh", "subject.household"),
];

/// `GET /khen-thuong`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let wanted = decision::Asked {
        words: asked.words.clone(),
        honour: HonourCode::parse(&asked.honour).ok(),
        subject: SUBJECTS.into_iter().find(|(_, word, _)| *word == asked.subject).map(|(subject, _, _)| subject),
        unit: OrgId::parse(&asked.unit).ok(),
    };
    let (standing, register) = ask.verb(move |app, by| decision::register(app, by, &wanted)).await?;
    let say = ask.messages();
    html(&RegisterPage::of(ask.page(Part::Awards, say.get("award.list-title"), &standing), say, &register, asked))
}

impl RegisterPage {
    fn of(page: Page, say: &'static Messages, register: &Register, asked: Asked) -> Self {
        let query = [
            ("tim", asked.words.as_str()),
            ("danh-hieu", &asked.honour),
            ("doi-tuong", &asked.subject),
            ("don-vi", &asked.unit),
        ];
        let paging = Paging::of(paths::AWARDS, &query, asked.page.parse().unwrap_or(1), register.awards.len());
        let honours = register.counts.iter().map(|count| (count.honour.code.to_string(), name(say, &count.honour)));
        let subjects = SUBJECTS.map(|(_, word, key)| (word.to_owned(), say.get(key).to_owned()));
        let units = register.units.iter().map(|(id, name)| (id.to_string(), name.clone()));
        let all: usize = register.counts.iter().map(|count| count.all).sum();
        Self {
            lead: say.with("award.lead", &[("all", &all.to_string()), ("period", &say.period(register.period))]),
            counts: register.counts.iter().map(|count| count_row(say, count)).collect(),
            honours: options(say.get("filter.all"), honours, &asked.honour),
            subjects: options(say.get("filter.all"), subjects, &asked.subject),
            units: options(say.get("filter.all"), units, &asked.unit),
            shown: say.with(
                "award.shown",
                &[
                    ("first", &paging.first.to_string()),
                    ("last", &paging.last.to_string()),
                    ("rows", &paging.rows.to_string()),
                ],
            ),
            rows: paging.cut(&register.awards).iter().map(|(award, unit)| row(say, register, award, unit)).collect(),
            paging,
            asked,
            page,
        }
    }
}

fn count_row(say: &'static Messages, count: &Count) -> CountRow {
    // Nobody known to work directly or not: the share is unknown, which is not zero.
    let (direct, direct_share) = match share(count.direct, count.direct_known) {
        Some(share) => (count.direct.to_string(), share.vi_with("%")),
        None => ("–".to_owned(), "–".to_owned()),
    };
    CountRow {
        honour: name(say, &count.honour),
        href: paths::with_query(paths::AWARDS, &[("danh-hieu", count.honour.code.as_str())]),
        all: count.all,
        collectives: count.collectives,
        individuals: count.individuals,
        households: count.households,
        direct,
        direct_share,
    }
}

fn row(say: &'static Messages, register: &Register, award: &Award, unit: &str) -> Row {
    let honour = register.counts.iter().find(|count| count.honour.code == award.honour);
    let subject = SUBJECTS.into_iter().find(|(subject, _, _)| *subject == award.subject);
    Row {
        name: award.subject_name.clone(),
        href: paths::passport(&award.key()),
        mark: Mark::warning(say, award.provenance.origin),
        honour: honour.map_or_else(|| award.honour.to_string(), |count| name(say, &count.honour)),
        subject: subject.map_or("–", |(_, _, key)| say.get(key)),
        unit: unit.to_owned(),
        commendation: say.get(commendation_key(award.commendation)),
        decision: match award.decision_number.as_str() {
            "" => award.decided_on.in_table(),
            number => say.with("award.decided", &[("number", number), ("day", &award.decided_on.in_table())]),
        },
    }
}

/// The name of an honour in the reader's language.
fn name(say: &'static Messages, honour: &Honour) -> String {
    match say.lang() {
        Lang::Vi => honour.name.clone(),
        Lang::En => honour.name_en.clone(),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for RegisterPage {
    fn samples(lang: Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let frame = frame(Part::Awards, lang);
        let say = frame.messages();
        let of = |rows: usize| {
            let paging = Paging::of(paths::AWARDS, &[("tim", "an")], 3, rows);
            let all: Vec<usize> = (0..rows).collect();
            Self {
                page: frame.clone(),
                lead: say.with("award.lead", &[("all", &rows.to_string()), ("period", "x")]),
                counts: vec![CountRow {
                    honour: "Giấy khen".into(),
                    href: "/khen-thuong?danh-hieu=giay-khen".into(),
                    all: rows,
                    collectives: 96,
                    individuals: 229,
                    households: 0,
                    direct: "–".into(),
                    direct_share: "–".into(),
                }],
                asked: Asked { words: "\" onfocus=\"x".into(), ..Asked::default() },
                honours: options(say.get("filter.all"), Vec::new(), ""),
                subjects: options(say.get("filter.all"), Vec::new(), ""),
                units: options(say.get("filter.all"), [("x-1".to_owned(), LONG_NAME.to_owned())], "x-1"),
                shown: "x".into(),
                rows: paging
                    .cut(&all)
                    .iter()
                    .map(|i| Row {
                        name: format!("{LONG_NAME} {i}"),
                        href: "/so-lieu/award:x".into(),
                        mark: Some(Mark::of(say, thidua_domain::Origin::Sample)),
                        honour: "Giấy khen".into(),
                        subject: say.get("subject.individual"),
                        unit: "Xã Tiến Nông".into(),
                        commendation: say.get("commendation.thematic"),
                        decision: "12/QĐ-UBND, 05/02/2020".into(),
                    })
                    .collect(),
                paging,
            }
        };
        vec![of(0), of(1), of(10_000)]
    }
}
