//! The rounds with what stands where in each, and the form that opens one.

use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::dossier::{Rounds, open_round, rounds};
use thidua_app::{App, Error};
use thidua_base::code::OrgId;
use thidua_domain::dossier::{NewRound, Round, Stage};
use thidua_domain::honour::CommendationType;
use thidua_domain::subject::Term;
use thidua_domain::{Actor, Origin, Provenance, Refusal};

use super::refused;
use crate::eligibility::word;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::{Fields, answered};
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The rounds.
#[derive(Debug, Template)]
#[template(path = "dossier/list.html")]
pub struct List {
    page: Page,
    refusal: String,
    form_token: String,
    rows: Vec<Row>,
    opens_for: Vec<FilterOption>,
    nominates: bool,
    kinds: Vec<FilterOption>,
    typed: Typed,
}

#[derive(Debug)]
struct Row {
    name: String,
    href: String,
    kind: &'static str,
    unit: String,
    year: i16,
    days: String,
    is_open: bool,
    is_sample: bool,
    counts: Vec<usize>,
    all: usize,
}

/// What was typed and comes back where it was refused.
#[derive(Debug, Default)]
struct Typed {
    name: String,
    year: String,
    opens: String,
    closes: String,
}

/// The stages that the table counts, each with those that count as it.
const COUNTED: [(&str, &[Stage]); 6] = [
    ("draft", &[Stage::Draft]),
    ("returned", &[Stage::Returned]),
    ("submitted", &[Stage::Submitted]),
    ("appraised", &[Stage::Appraised]),
    ("before-council", &[Stage::BeforeCouncil, Stage::Recommended, Stage::Forwarded]),
    ("granted", &[Stage::Granted]),
];

/// `GET /ho-so`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None, &Fields::default()).await
}

/// `POST /ho-so`: opens a round.
pub async fn submit(ask: Ask, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, Some(Refusal::StaleForm), &fields).await;
    }
    let sent = fields.clone();
    match ask.file(move |app, by| done(app, by, &sent)).await {
        Ok(round) => Ok(Redirect::to(&paths::round(&round.id)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, fields: &Fields) -> Result<Round, Error> {
    let year = fields.get("nam");
    let bad_year = || thidua_domain::refusal::SubjectFault::BadYear { asked: year.to_owned() };
    let new = NewRound {
        unit: OrgId::parse(fields.get("don-vi")).map_err(|_| Error::NotFound("unit"))?,
        year: year.parse().map_err(|_| bad_year())?,
        kind: CommendationType::read("loai", fields.get("loai"))?,
        name: fields.get("ten").to_owned(),
        opens: fields.day("tu")?,
        closes: fields.day("den")?,
    };
    open_round(app, by, new, Provenance { origin: Origin::Reported, source: String::new() })
}

async fn shown(ask: &Ask, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(rounds).await?;
    let say = ask.messages();
    let mut view = List::of(ask.page(Part::Dossiers, say.get("dossier.rounds"), &house), say, &seen, fields);
    view.form_token = ask.form_token()?;
    view.refusal = refused(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl List {
    fn address(&self) -> &'static str {
        paths::DOSSIERS
    }

    fn to_nominate(&self) -> &'static str {
        paths::NOMINATE
    }

    fn to_notices(&self) -> &'static str {
        paths::NOTICES
    }

    fn columns(&self) -> Vec<&'static str> {
        let say = self.page.messages();
        COUNTED.iter().map(|(word, _)| say.get(&format!("dossier-stage.{word}"))).collect()
    }

    fn of(page: Page, say: &'static Messages, seen: &Rounds, fields: &Fields) -> Self {
        let rows = seen.rounds.iter().map(|one| Row {
            name: one.round.name.clone(),
            href: paths::round(&one.round.id),
            kind: word(say, one.round.kind),
            unit: one.unit.clone(),
            year: one.round.year,
            days: format!("{} - {}", one.round.opens.in_table(), one.round.closes.in_table()),
            is_open: one.round.takes_on(seen.today),
            is_sample: one.round.provenance.origin == Origin::Sample,
            counts: COUNTED.iter().map(|(_, stages)| stages.iter().map(|stage| one.at(*stage)).sum()).collect(),
            all: one.all(),
        });
        let chosen = |name: &str, value: &str| fields.get(name) == value;
        let or =
            |name: &str, first: String| if fields.get(name).is_empty() { first } else { fields.get(name).to_owned() };
        Self {
            refusal: String::new(),
            form_token: String::new(),
            rows: rows.collect(),
            nominates: seen.nominates,
            opens_for: seen
                .opens_for
                .iter()
                .map(|(id, name)| FilterOption {
                    value: id.to_string(),
                    label: name.clone(),
                    is_chosen: chosen("don-vi", id.as_str()),
                })
                .collect(),
            kinds: CommendationType::all()
                .map(|kind| FilterOption {
                    value: Term::word(kind).to_owned(),
                    label: word(say, kind).to_owned(),
                    is_chosen: chosen("loai", Term::word(kind)),
                })
                .collect(),
            typed: Typed {
                name: fields.get("ten").to_owned(),
                year: or("nam", seen.today.year().to_string()),
                opens: or("tu", seen.today.to_string()),
                closes: fields.get("den").to_owned(),
            },
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for List {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let row = |name: &str, many: usize| Row {
            name: name.into(),
            href: "/dot-xet/dx-1".into(),
            kind: "Đột xuất",
            unit: "Ủy ban nhân dân huyện Triệu Sơn".into(),
            year: 2020,
            days: "06/01/2020 - 15/12/2020".into(),
            is_open: many > 0,
            is_sample: many > 0,
            counts: vec![many; 6],
            all: many * 6,
        };
        let of = |rows, opens_for, refusal: &str| Self {
            page: frame(Part::Dossiers, lang),
            refusal: refusal.into(),
            form_token: "0-0".into(),
            rows,
            nominates: true,
            opens_for,
            kinds: vec![FilterOption { value: "irregular".into(), label: "Đột xuất".into(), is_chosen: true }],
            typed: Typed { name: refusal.into(), ..Typed::default() },
        };
        let unit = FilterOption { value: "h-397".into(), label: LONG_NAME.into(), is_chosen: false };
        vec![of(Vec::new(), Vec::new(), ""), of(vec![row("Năm 2020", 0), row(LONG_NAME, 1000)], vec![unit], LONG_NAME)]
    }
}
