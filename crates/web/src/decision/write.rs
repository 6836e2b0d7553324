//! What is common to the lines of a decision: begun, and edited until it is signed.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::decision::{Choices, DecisionSeen, DraftAsked, LineAsked, choices, draft_decision, show_decision};
use thidua_app::{App, Error};
use thidua_base::code::OrgId;
use thidua_domain::decision::{DecisionId, Draft, FundId};
use thidua_domain::refusal::DecisionFault;
use thidua_domain::subject::Term;
use thidua_domain::subject::fact::Authority;
use thidua_domain::{Actor, Refusal};
use thidua_law::vocabulary::Word;

use super::{COMMENDATIONS, authority_word, commendation_key, id_of};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::{Fields, answered, said};
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// The form of a decision without its lines.
#[derive(Debug, Template)]
#[template(path = "decision/write.html")]
pub struct WritePage {
    page: Page,
    refusal: String,
    form_token: String,
    address: String,
    seen: usize,
    title: String,
    year: String,
    issuers: Vec<FilterOption>,
    authorities: Vec<FilterOption>,
    commendations: Vec<FilterOption>,
    funds: Vec<FilterOption>,
}

/// `GET /quyet-dinh/soan`
pub async fn fresh(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None, None, &Fields::default()).await
}

/// `POST /quyet-dinh/soan`
pub async fn begin(ask: Ask, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    sent(ask, None, Fields(fields)).await
}

/// `GET /quyet-dinh/{id}/noi-dung`
pub async fn page(ask: Ask, Path(id): Path<String>) -> Result<Response, Fault> {
    shown(&ask, Some(id_of(&id)?), None, &Fields::default()).await
}

/// `POST /quyet-dinh/{id}/noi-dung`
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    sent(ask, Some(id_of(&id)?), Fields(fields)).await
}

async fn sent(ask: Ask, id: Option<DecisionId>, fields: Fields) -> Result<Response, Fault> {
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, id, Some(Refusal::StaleForm), &fields).await;
    }
    let (of, told) = (id.clone(), fields.clone());
    match ask.file(move |app, by| done(app, by, of.as_ref(), &told)).await {
        Ok(id) => Ok(Redirect::to(&paths::decision(&id)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, id, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, id: Option<&DecisionId>, fields: &Fields) -> Result<DecisionId, Error> {
    let absent = || Error::NotFound("decision");
    let lines = match id {
        None => Vec::new(),
        Some(id) => lines_of(&show_decision(app, by, id)?.decision.draft),
    };
    let fund = match fields.get("quy") {
        "" => None,
        fund => Some(FundId::parse(fund).map_err(|_| absent())?),
    };
    let year = fields.get("nam");
    let kind = COMMENDATIONS.iter().find(|(_, word)| *word == fields.get("loai-hinh"));
    let asked = DraftAsked {
        issuer: OrgId::parse(fields.get("co-quan")).map_err(|_| absent())?,
        authority: Authority::of_word(fields.get("tham-quyen")).ok_or_else(absent)?,
        title: fields.get("trich-yeu").to_owned(),
        year: year.parse().map_err(|_| DecisionFault::BadYear { asked: year.to_owned() })?,
        commendation: kind.map(|(kind, _)| *kind).ok_or_else(absent)?,
        fund,
        lines,
    };
    let seen = fields.get("da-xem").parse().unwrap_or_default();
    draft_decision(app, by, id.map(|id| (id, seen)), &asked)
}

/// The lines of a draft as they are asked for again.
pub(super) fn lines_of(draft: &Draft) -> Vec<LineAsked> {
    let again = draft.lines.iter().map(|line| LineAsked {
        subject: line.subject.clone(),
        honour: line.honour.clone(),
        achievement: line.achievement.clone(),
        duty: line.duty,
        dossier: line.dossier.clone(),
    });
    again.collect()
}

async fn shown(
    ask: &Ask,
    id: Option<DecisionId>,
    refusal: Option<Refusal>,
    fields: &Fields,
) -> Result<Response, Fault> {
    let (house, (found, known)) = ask
        .verb(move |app, by| {
            let found = choices(app, by)?;
            let known = id.map(|id| show_decision(app, by, &id)).transpose()?;
            // Who may write none, and what may not be written any more, is not there.
            if found.issuers.is_empty() || known.as_ref().is_some_and(|known| !known.writes) {
                return Err(Error::NotFound("decision"));
            }
            Ok((found, known))
        })
        .await?;
    let say = ask.messages();
    let page = ask.page(Part::Decisions, say.get("decision.write-title"), &house);
    let mut view = WritePage::of(page, say, &found, known.as_ref(), fields, ask.form_token()?);
    view.refusal = said(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl WritePage {
    fn to_list(&self) -> &'static str {
        paths::DECISIONS
    }

    fn of(
        page: Page,
        say: &'static Messages,
        found: &Choices,
        known: Option<&DecisionSeen>,
        fields: &Fields,
        form_token: String,
    ) -> Self {
        let is_sent = !fields.0.is_empty();
        let draft = known.map(|known| &known.decision.draft);
        let text = |name: &str, of: Option<String>| match is_sent {
            true => fields.get(name).to_owned(),
            false => of.unwrap_or_default(),
        };
        let choose = |values: Vec<(String, String)>, chosen: &str| -> Vec<FilterOption> {
            let of = |(value, label): (String, String)| FilterOption { is_chosen: value == chosen, value, label };
            values.into_iter().map(of).collect()
        };
        let issuer = text("co-quan", draft.map(|draft| draft.issuer.to_string()));
        let authority =
            text("tham-quyen", Some(Term::word(draft.map_or(found.authority, |draft| draft.authority)).into()));
        let kind = draft.map_or(COMMENDATIONS[0].0, |draft| draft.commendation);
        let kind = COMMENDATIONS.iter().find(|(known, _)| *known == kind).map(|(_, word)| (*word).to_owned());
        let authorities = Authority::WORDS
            .iter()
            .map(|(known, code, _, _)| ((*code).to_owned(), authority_word(say, *known).to_owned()))
            .collect();
        let kinds = COMMENDATIONS
            .iter()
            .map(|(known, word)| ((*word).to_owned(), say.get(commendation_key(*known)).to_owned()))
            .collect();
        let issuers = found.issuers.iter().filter(|(id, _)| draft.is_none_or(|draft| draft.issuer == *id));
        let funds = found.funds.iter().map(|fund| (fund.id.to_string(), format!("{}: {}", fund.year, fund.name)));
        Self {
            refusal: String::new(),
            form_token,
            address: known
                .map_or_else(|| paths::DECISION_NEW.to_owned(), |known| paths::decision_head(&known.decision.id)),
            seen: known.map_or(0, |known| known.decision.events.len()),
            title: text("trich-yeu", draft.map(|draft| draft.title.clone())),
            year: text("nam", Some(draft.map_or(found.today.year(), |draft| draft.year).to_string())),
            issuers: choose(issuers.map(|(id, name)| (id.to_string(), name.clone())).collect(), &issuer),
            authorities: choose(authorities, &authority),
            commendations: choose(kinds, &text("loai-hinh", kind)),
            funds: options(
                say.get("decision.no-fund"),
                funds,
                &text("quy", draft.and_then(|draft| draft.fund.as_ref().map(ToString::to_string))),
            ),
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for WritePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |refusal: &str, name: &str| {
            let page = frame(Part::Decisions, lang);
            let say = page.messages();
            let found = Choices {
                issuers: vec![(OrgId::parse("h-397").unwrap(), name.to_owned())],
                authority: Authority::DistrictChair,
                funds: Vec::new(),
                today: thidua_base::Date::parse("2020-07-05").unwrap(),
            };
            let view = Self::of(page, say, &found, None, &Fields::default(), "0-0".into());
            Self { refusal: refusal.into(), title: name.into(), ..view }
        };
        vec![of("", "Huyện Triệu Sơn"), of(LONG_NAME, LONG_NAME)]
    }
}
