//! The register of exemplars, narrowed and a page at a time; and as a file.

use askama::Template;
use axum::extract::Query;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use thidua_app::exemplar::{self as verbs, Beyond, ExportWords, FileKind, Listed};
use thidua_base::Number;
use thidua_base::code::{MovementCode, OrgId};
use thidua_base::text::upper_first;
use thidua_domain::exemplar::Standing;

use super::{Marked, field_word, kind_word, standing_mark};
use crate::fault::Fault;
use crate::figure::Mark;
use crate::messages::Messages;
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paging::{Paging, ROWS_A_PAGE};
use crate::paths;
use crate::site::{Ask, html};

/// The register of exemplars.
#[derive(Debug, Template)]
#[template(path = "exemplar/list.html")]
pub struct List {
    page: Page,
    words: String,
    fields: Vec<FilterOption>,
    places: Vec<FilterOption>,
    standings: Vec<FilterOption>,
    movements: Vec<FilterOption>,
    shown: String,
    groups: Vec<Group>,
    paging: Paging,
    reads: bool,
    as_public: bool,
    to_own: String,
    to_public: String,
    to_new: &'static str,
    to_import: &'static str,
    to_workbook: String,
    to_text: String,
    proposes: bool,
}

#[derive(Debug)]
struct Group {
    title: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: String,
    kind: &'static str,
    href: String,
    mark: Option<Mark>,
    place: String,
    size: String,
    since: String,
    standing: Marked,
    vouched: String,
    copies: usize,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "linh-vuc", default)]
    field: String,
    #[serde(rename = "dia-ban", default)]
    place: String,
    #[serde(rename = "tinh-trang", default)]
    standing: String,
    #[serde(rename = "phong-trao", default)]
    movement: String,
    #[serde(rename = "cong-khai", default)]
    public: String,
    #[serde(rename = "trang", default)]
    page: String,
}

impl Asked {
    fn wanted(&self) -> verbs::Asked {
        verbs::Asked {
            words: self.words.clone(),
            field: self.field.clone(),
            place: OrgId::parse(&self.place).ok(),
            standing: Standing::ALL.into_iter().find(|standing| standing.word() == self.standing),
            movement: MovementCode::parse(&self.movement).ok(),
            as_public: !self.public.is_empty(),
            after: 0,
            most: ROWS_A_PAGE,
        }
    }

    fn query(&self) -> [(&'static str, &str); 6] {
        [
            ("tim", &self.words),
            ("linh-vuc", &self.field),
            ("dia-ban", &self.place),
            ("tinh-trang", &self.standing),
            ("phong-trao", &self.movement),
            ("cong-khai", &self.public),
        ]
    }
}

/// `GET /dien-hinh`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let at: usize = asked.page.parse().unwrap_or(1).max(1);
    let wanted = asked.wanted();
    let (house, (at, listed)) = ask
        .verb(move |app, by| {
            let part = |at: usize| verbs::Asked { after: (at - 1) * ROWS_A_PAGE, ..wanted.clone() };
            let listed = verbs::register(app, by, &part(at))?;
            // A page beyond the end is the last one.
            let last = listed.count.div_ceil(ROWS_A_PAGE).max(1);
            if at > last { Ok((last, verbs::register(app, by, &part(last))?)) } else { Ok((at, listed)) }
        })
        .await?;
    let say = ask.messages();
    html(&List::of(ask.page(Part::Exemplars, say.get("exemplar.list-title"), &house), say, &listed, &asked, at))
}

/// `GET /dien-hinh/so-dien-hinh.xlsx`
pub async fn workbook(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    file(&ask, &asked, FileKind::Workbook, media, "so-dien-hinh.xlsx").await
}

/// `GET /dien-hinh/so-dien-hinh.csv`
pub async fn text(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    file(&ask, &asked, FileKind::Text, "text/csv; charset=utf-8", "so-dien-hinh.csv").await
}

async fn file(ask: &Ask, asked: &Asked, kind: FileKind, media: &str, name: &str) -> Result<Response, Fault> {
    let say = ask.messages();
    let wanted = asked.wanted();
    let words = words(say);
    let bytes = ask.file(move |app, by| verbs::export(app, by, &wanted, kind, &words)).await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// Headings of an export; the first eleven are those by which a list is read back.
const HEADS: [&str; 15] = [
    "head-name",
    "head-field",
    "head-kind",
    "head-place",
    "head-size",
    "head-measure",
    "head-since",
    "head-story",
    "head-method",
    "head-contact-name",
    "head-contact-way",
    "head-movement",
    "head-standing",
    "head-decision",
    "head-copies",
];

fn words(say: &'static Messages) -> ExportWords {
    ExportWords {
        tab: say.get("menu.exemplars").to_owned(),
        title: say.get("exemplar.list-title").to_owned(),
        heads: HEADS.iter().map(|head| say.get(&format!("exemplar.{head}")).to_owned()).collect(),
        cells: if say.lang() == Messages::vi().lang() { cells_vi } else { cells_en },
    }
}

fn cells_vi(row: &verbs::Row, beyond: &Beyond) -> Vec<String> {
    cells(Messages::vi(), row, beyond)
}

fn cells_en(row: &verbs::Row, beyond: &Beyond) -> Vec<String> {
    cells(Messages::en(), row, beyond)
}

fn cells(say: &'static Messages, row: &verbs::Row, beyond: &Beyond) -> Vec<String> {
    let exemplar = &row.exemplar;
    vec![
        upper_first(&exemplar.name),
        field_word(say, &exemplar.field),
        kind_word(say, row.kind).to_owned(),
        row.place.clone().unwrap_or_default(),
        row.size.map(Number::vi).unwrap_or_default(),
        exemplar.measure.clone(),
        exemplar.since.map(|year| year.to_string()).unwrap_or_default(),
        exemplar.story.clone(),
        beyond.method.clone(),
        beyond.contact_name.clone(),
        beyond.contact_way.clone(),
        row.movement.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        standing_mark(say, row.standing).word,
        beyond.decision.clone(),
        row.copies.to_string(),
    ]
}

impl List {
    fn of(page: Page, say: &'static Messages, listed: &Listed, asked: &Asked, at: usize) -> Self {
        let paging = Paging::of(paths::EXEMPLARS, &asked.query(), at, listed.count);
        let mut groups: Vec<(String, Group)> = Vec::new();
        let as_public = !asked.public.is_empty();
        for seen in &listed.rows {
            let row = row(say, seen, as_public);
            match groups.last_mut() {
                Some((field, group)) if *field == seen.exemplar.field => group.rows.push(row),
                Some(_) | None => {
                    let title = field_word(say, &seen.exemplar.field);
                    groups.push((seen.exemplar.field.clone(), Group { title, rows: vec![row] }));
                }
            }
        }
        let standings =
            listed.standings.iter().filter(|(standing, count)| *count > 0 || asked.standing == standing.word());
        let standings = standings
            .map(|(one, count)| (one.word().to_owned(), format!("{} ({count})", standing_mark(say, *one).word)));
        let all = say.get("filter.all");
        let named = |fields: &[String]| fields.iter().map(|f| (f.clone(), field_word(say, f))).collect::<Vec<_>>();
        let places = listed.places.iter().map(|(id, name)| (id.to_string(), name.clone()));
        let movements = listed.movements.iter().map(|(code, name)| (code.to_string(), name.clone()));
        let numbers = [
            ("first", paging.first.to_string()),
            ("last", paging.last.to_string()),
            ("rows", paging.rows.to_string()),
            ("all", listed.all.to_string()),
        ];
        let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, number)| (*name, number.as_str())).collect();
        let with_public = |public: &str| {
            let query =
                asked.query().map(|(name, value)| if name == "cong-khai" { (name, public) } else { (name, value) });
            paths::with_query(paths::EXEMPLARS, &query)
        };
        Self {
            words: asked.words.clone(),
            fields: options(all, named(&listed.fields), &asked.field),
            places: options(all, places, &asked.place),
            standings: options(all, standings, &asked.standing),
            movements: options(all, movements, &asked.movement),
            shown: say.with("exemplar.shown", &numbers),
            groups: groups.into_iter().map(|(_, group)| group).collect(),
            reads: listed.reads,
            as_public,
            to_own: with_public(""),
            to_public: with_public("1"),
            to_new: paths::EXEMPLAR_NEW,
            to_import: paths::EXEMPLAR_LISTS,
            to_workbook: paths::with_query(&format!("{}/so-dien-hinh.xlsx", paths::EXEMPLARS), &asked.query()),
            to_text: paths::with_query(&format!("{}/so-dien-hinh.csv", paths::EXEMPLARS), &asked.query()),
            proposes: listed.proposes,
            paging,
            page,
        }
    }
}

fn row(say: &'static Messages, seen: &verbs::Row, as_public: bool) -> Row {
    let exemplar = &seen.exemplar;
    Row {
        name: upper_first(&exemplar.name),
        kind: kind_word(say, seen.kind),
        href: paths::exemplar(&exemplar.id, as_public),
        mark: Mark::warning(say, exemplar.provenance.origin),
        place: seen.place.clone().unwrap_or_else(|| say.get("exemplar.no-place").to_owned()),
        size: seen.size.map_or_else(|| "–".to_owned(), |size| size.vi_with(&exemplar.measure)),
        since: exemplar.since.map_or_else(|| "–".to_owned(), |year| year.to_string()),
        standing: standing_mark(say, seen.standing),
        vouched: seen.vouched_on.map_or_else(|| "–".to_owned(), thidua_base::Date::in_table),
        copies: seen.copies,
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = Messages::of(lang);
        let listed = |count: usize, reads: bool| Listed {
            rows: Vec::new(),
            count,
            all: count,
            standings: Standing::ALL.map(|standing| (standing, count)).to_vec(),
            fields: vec!["trong-trot".into()],
            places: vec![(OrgId::parse("x-1").unwrap(), LONG_NAME.into())],
            movements: Vec::new(),
            reads,
            proposes: reads,
            day: thidua_base::Date::parse("2020-07-05").unwrap(),
        };
        let of = |count: usize, reads: bool, public: &str| {
            let asked = Asked { words: "\" onfocus=\"x".into(), public: public.into(), ..Asked::default() };
            let mut view = Self::of(frame(Part::Exemplars, lang), say, &listed(count, reads), &asked, 2);
            let row = |standing: Standing| Row {
                name: LONG_NAME.into(),
                kind: kind_word(say, thidua_domain::exemplar::ExemplarKind::Model),
                href: "/dien-hinh/x".into(),
                mark: Some(Mark::of(say, thidua_domain::Origin::Sample)),
                place: LONG_NAME.into(),
                size: "0,7 ha".into(),
                since: "–".into(),
                standing: standing_mark(say, standing),
                vouched: "05/07/2020".into(),
                copies: 3,
            };
            if count > 0 {
                let rows = Standing::ALL.into_iter().map(row).collect();
                view.groups = vec![Group { title: "Trồng trọt".into(), rows }];
            }
            view
        };
        vec![of(0, false, ""), of(120, true, ""), of(3, true, "1")]
    }
}
