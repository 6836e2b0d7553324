//! The form of a nomination; lists of the entitled lead here.

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::dossier::{NewDossier, Nominating, nominate, nominating};
use thidua_app::subject::{Asked as SubjectsAsked, list as subjects};
use thidua_app::{App, Error};
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::dossier::{BatchId, Dossier, RoundId};
use thidua_domain::subject::SubjectId;
use thidua_domain::{Actor, Origin, Provenance, Refusal};

use super::refused;
use crate::eligibility::said;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::{Fields, answered};
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The form.
#[derive(Debug, Template)]
#[template(path = "dossier/nominate.html")]
pub struct NominatePage {
    page: Page,
    refusal: String,
    form_token: String,
    words: String,
    round: String,
    found: Vec<(String, String)>,
    subject: String,
    subject_name: String,
    rounds: Vec<FilterOption>,
    units: Vec<FilterOption>,
    honours: Vec<FilterOption>,
    batches: Vec<FilterOption>,
    achievement: String,
    new_batch: String,
}

/// What the form shows, with those found by words where nobody was chosen yet.
type Seen = (Nominating, Vec<(SubjectId, String)>);

/// Most people shown where one searches.
const FOUND_MOST: usize = 20;

/// `GET /ho-so/de-nghi`
pub async fn page(ask: Ask, Query(fields): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    shown(&ask, None, Fields(fields)).await
}

/// `POST /ho-so/de-nghi`
pub async fn submit(ask: Ask, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, Some(Refusal::StaleForm), fields).await;
    }
    let sent = fields.clone();
    match ask.file(move |app, by| done(app, by, &sent)).await {
        Ok(dossier) => Ok(Redirect::to(&paths::dossier(&dossier.id)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, Some(refusal), fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, fields: &Fields) -> Result<Dossier, Error> {
    let absent = || Error::NotFound("round");
    let honour = fields.get("danh-hieu");
    let batch = match fields.get("danh-sach") {
        "" => None,
        id => Some(BatchId::parse(id).map_err(|_| absent())?),
    };
    let new = NewDossier {
        round: RoundId::parse(fields.get("dot")).map_err(|_| absent())?,
        unit: OrgId::parse(fields.get("don-vi")).map_err(|_| absent())?,
        subject: SubjectId::parse(fields.get("doi-tuong")).map_err(|_| absent())?,
        honour: HonourCode::parse(honour).map_err(|_| Refusal::NotInBook { asked: honour.to_owned() })?,
        achievement: fields.get("thanh-tich").to_owned(),
        batch,
        new_batch: fields.get("danh-sach-moi").to_owned(),
        provenance: Provenance { origin: Origin::Reported, source: String::new() },
    };
    nominate(app, by, &new)
}

fn seen(app: &App, by: &Actor, fields: &Fields) -> Result<Seen, Error> {
    let round = RoundId::parse(fields.get("dot")).ok();
    let subject = SubjectId::parse(fields.get("doi-tuong")).ok();
    let offered = nominating(app, by, round.as_ref(), subject.as_ref())?;
    let words = fields.get("tim");
    if offered.subject.is_some() || words.is_empty() {
        return Ok((offered, Vec::new()));
    }
    let asked = SubjectsAsked { kind: None, words: words.to_owned(), unit: None, after: 0, most: FOUND_MOST };
    let listed = subjects(app, by, &asked)?;
    let found = listed.rows.into_iter().map(|row| {
        let units = row.units.join(", ");
        let name = row.identity.details.name;
        (row.identity.id, if units.is_empty() { name } else { format!("{name} – {units}") })
    });
    let found = found.collect();
    Ok((offered, found))
}

async fn shown(ask: &Ask, refusal: Option<Refusal>, fields: Fields) -> Result<Response, Fault> {
    let wanted = fields.clone();
    let (house, seen) = ask.verb(move |app, by| seen(app, by, &wanted)).await?;
    let say = ask.messages();
    let page = ask.page(Part::Dossiers, say.get("dossier.nominate"), &house);
    let mut view = NominatePage::of(page, say, &seen, &fields);
    view.form_token = ask.form_token()?;
    view.refusal = refused(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl NominatePage {
    fn address(&self) -> &'static str {
        paths::NOMINATE
    }

    fn to_list(&self) -> &'static str {
        paths::DOSSIERS
    }

    fn to_eligible(&self) -> &'static str {
        paths::ELIGIBLE_LIST
    }

    /// The way to choose someone who was found.
    fn to_choose(&self, id: &str) -> String {
        paths::with_query(paths::NOMINATE, &[("dot", &self.round), ("doi-tuong", id)])
    }

    fn of(page: Page, say: &'static Messages, (offered, found): &Seen, fields: &Fields) -> Self {
        let choose = |values: Vec<(String, String)>, name: &str, first: &str| -> Vec<FilterOption> {
            let chosen = if fields.get(name).is_empty() { first } else { fields.get(name) };
            let of = |(value, label): (String, String)| FilterOption { is_chosen: value == chosen, value, label };
            values.into_iter().map(of).collect()
        };
        let own = offered.subject.as_ref().and_then(|(_, _, unit)| unit.as_ref()).map(ToString::to_string);
        let mut honours: Vec<(String, String)> =
            offered.honours.iter().map(|(code, name)| (code.to_string(), said(say, name).to_owned())).collect();
        honours.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
        let rounds = offered.rounds.iter().map(|(round, unit)| {
            let label = format!("{} – {unit} ({})", round.name, round.closes.in_table());
            (round.id.to_string(), label)
        });
        let mut batches = vec![(String::new(), say.get("dossier.no-batch").to_owned())];
        batches.extend(offered.batches.iter().map(|batch| (batch.id.to_string(), batch.title.clone())));
        Self {
            refusal: String::new(),
            form_token: String::new(),
            words: fields.get("tim").to_owned(),
            round: fields.get("dot").to_owned(),
            found: found.iter().map(|(id, name)| (id.to_string(), name.clone())).collect(),
            subject: offered.subject.as_ref().map(|(id, _, _)| id.to_string()).unwrap_or_default(),
            subject_name: offered.subject.as_ref().map(|(_, name, _)| name.clone()).unwrap_or_default(),
            rounds: choose(rounds.collect(), "dot", ""),
            units: choose(
                offered.units.iter().map(|(id, name)| (id.to_string(), name.clone())).collect(),
                "don-vi",
                own.as_deref().unwrap_or_default(),
            ),
            honours: choose(honours, "danh-hieu", ""),
            batches: choose(batches, "danh-sach", ""),
            achievement: fields.get("thanh-tich").to_owned(),
            new_batch: fields.get("danh-sach-moi").to_owned(),
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for NominatePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let option = |label: &str| FilterOption { value: "x".into(), label: label.into(), is_chosen: true };
        let of = |subject: &str, found: Vec<(String, String)>, refusal: &str| Self {
            page: frame(Part::Dossiers, lang),
            refusal: refusal.into(),
            form_token: "0-0".into(),
            words: refusal.into(),
            round: String::new(),
            found,
            subject: subject.into(),
            subject_name: LONG_NAME.into(),
            rounds: if subject.is_empty() { Vec::new() } else { vec![option(LONG_NAME)] },
            units: vec![option("Xã Dân Lý")],
            honours: vec![option(LONG_NAME)],
            batches: vec![option("–")],
            achievement: refusal.into(),
            new_batch: String::new(),
        };
        vec![
            of("", Vec::new(), ""),
            of("", vec![("s-1".into(), LONG_NAME.into())], "nguyen"),
            of("s-1", Vec::new(), LONG_NAME),
        ]
    }
}
