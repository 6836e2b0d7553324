//! A council: who sits by which decisions, its own rule, its sessions.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::council::{CouncilSeen, change_composition, set_rule, show};
use thidua_domain::council::{CouncilId, HouseRule, Seat};
use thidua_domain::{Actor, Origin, Refusal};

use super::{
    RuleFields, SeatRow, absent, council_of, house_rule, method_word, need_words, new_seat, stage_mark, warrant,
};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::{Fields, Marked, answered, said};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// A council.
#[derive(Debug, Template)]
#[template(path = "council/show.html")]
pub struct Show {
    page: Page,
    refusal: String,
    form_token: String,
    address: String,
    to_call: String,
    name: String,
    unit: String,
    is_sample: bool,
    seats: Vec<SeatLine>,
    former: Vec<SeatLine>,
    rule: Vec<String>,
    rule_cite: String,
    sessions: Vec<SessionRow>,
    composes: bool,
    calls: bool,
    today: String,
    new_seat: SeatRow,
    rule_fields: RuleFields,
}

#[derive(Debug)]
struct SeatLine {
    number: u16,
    name: String,
    position: String,
    role: String,
    votes: bool,
    warrant: String,
    until: String,
}

#[derive(Debug)]
struct SessionRow {
    day: String,
    href: String,
    stage: Marked,
    matters: usize,
    results: String,
}

/// `GET /hoi-dong/{id}`
pub async fn page(ask: Ask, Path(id): Path<String>) -> Result<Response, Fault> {
    shown(&ask, council_of(&id)?, None, &Fields::default()).await
}

/// `POST /hoi-dong/{id}`: a change of the composition, or a rule.
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (id, fields) = (council_of(&id)?, Fields(fields));
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, id, Some(Refusal::StaleForm), &fields).await;
    }
    let (sent, of) = (fields.clone(), id.clone());
    match ask.file(move |app, by| done(app, by, &of, &sent)).await {
        Ok(()) => Ok(Redirect::to(&paths::council(&id)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, id, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, council: &CouncilId, fields: &Fields) -> Result<(), thidua_app::Error> {
    let from = fields.day("tu-ngay")?;
    match fields.get("viec") {
        "kien-toan" => {
            let ended: Vec<u16> = fields.all("thoi").filter_map(|number| number.parse().ok()).collect();
            let given = new_seat(fields, 1)?.into_iter().collect();
            change_composition(app, by, council, &warrant(fields)?, from, &ended, given)
        }
        "quy-che" => set_rule(app, by, council, house_rule(fields, from)?),
        _ => Err(absent()),
    }
}

async fn shown(ask: &Ask, id: CouncilId, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| show(app, by, &id)).await?;
    let say = ask.messages();
    let mut view = Show::of(ask.page(Part::Councils, &seen.council.name, &house), say, &seen, fields);
    view.form_token = ask.form_token()?;
    view.refusal = said(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

/// A rule in sentences.
fn rule_lines(say: &'static Messages, rule: &HouseRule) -> Vec<String> {
    let written = if rule.written_counts { "council.written-counts" } else { "council.written-not" };
    let line = |key: &str, text: &str| format!("{}: {text}", say.get(key));
    vec![
        line("council.quorum", &need_words(say, rule.quorum)),
        line("council.threshold", &need_words(say, rule.threshold)),
        line("council.method", &method_word(say, rule.method).to_lowercase()),
        line("council.conflict-rule", say.get(&format!("denominator.{}", rule.conflict.word()))),
        thidua_base::text::upper_first(say.get(written)),
    ]
}

impl Show {
    fn to_list(&self) -> &'static str {
        paths::COUNCILS
    }

    fn of(page: Page, say: &'static Messages, seen: &CouncilSeen, fields: &Fields) -> Self {
        let id = &seen.council.id;
        let line = |seat: &Seat| SeatLine {
            number: seat.number,
            name: seat.name.clone(),
            position: seat.position.clone(),
            role: say.get(&format!("seat-role.{}", seat.role.word())).to_owned(),
            votes: seat.votes,
            warrant: match &seat.ended {
                Some((_, ended)) => format!("{}; {}", seat.warrant.number, ended.number),
                None => format!("{} ({})", seat.warrant.number, seat.warrant.on.in_table()),
            },
            until: seat.ended.as_ref().map(|(until, _)| until.in_table()).unwrap_or_default(),
        };
        let now = seen.composition.on(seen.today);
        let former = seen.composition.seats.iter().filter(|seat| !seat.holds_on(seen.today) && seat.ended.is_some());
        let sessions = seen.sessions.iter().map(|session| SessionRow {
            day: session.held_on.in_table(),
            href: if session.enters { paths::session(&session.id) } else { String::new() },
            stage: stage_mark(say, session.stage),
            matters: session.matters,
            results: session.votes.map_or_else(String::new, |(counted, passed)| {
                let facts = [("passed", passed.to_string()), ("counted", counted.to_string())];
                say.with("council.passed-of", &facts.each_ref().map(|(name, text)| (*name, text.as_str())))
            }),
        });
        let rule = seen.composition.rule_on(seen.today);
        Self {
            refusal: String::new(),
            form_token: String::new(),
            address: paths::council(id),
            to_call: paths::session_new(id),
            name: seen.council.name.clone(),
            unit: seen.unit.clone(),
            is_sample: seen.council.provenance.origin == Origin::Sample,
            seats: now.iter().map(line).collect(),
            former: former.map(line).collect(),
            rule: rule.map(|rule| rule_lines(say, rule)).unwrap_or_default(),
            rule_cite: rule.map(|rule| rule.cite.clone()).unwrap_or_default(),
            sessions: sessions.collect(),
            composes: seen.composes,
            calls: seen.calls,
            today: seen.today.to_string(),
            new_seat: SeatRow::of(say, 1, &seen.accounts, fields),
            rule_fields: RuleFields::of(say, rule, fields),
            page,
        }
    }
}

/// A council for samples.
#[cfg(test)]
pub fn sample_council(name: &str) -> thidua_domain::council::Council {
    thidua_domain::council::Council {
        id: CouncilId::parse("hd-1").unwrap(),
        unit: thidua_base::code::OrgId::parse("h-397").unwrap(),
        name: name.to_owned(),
        body: None,
        provenance: thidua_domain::Provenance { origin: Origin::Sample, source: name.to_owned() },
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for Show {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_app::council::SessionLine;
        use thidua_domain::council::{Composition, SessionId, Stage};
        let today = thidua_base::Date::parse("2020-07-05").unwrap();
        let of = |refusal: &str, composition: Composition, sessions: Vec<SessionLine>, can: bool| {
            let page = frame(Part::Councils, lang);
            let say = page.messages();
            let seen = CouncilSeen {
                council: sample_council(LONG_NAME),
                unit: LONG_NAME.into(),
                composition,
                today,
                sessions,
                units: Vec::new(),
                composes: can,
                calls: can,
                accounts: vec![(thidua_domain::actor::AccountId::parse("tk-1").unwrap(), LONG_NAME.into())],
            };
            Self { refusal: refusal.into(), ..Self::of(page, say, &seen, &Fields::default()) }
        };
        let session = |stage, enters| SessionLine {
            id: SessionId::parse("ph-1").unwrap(),
            held_on: today,
            stage,
            matters: 12,
            votes: (stage == Stage::Closed).then_some((12, 11)),
            enters,
        };
        let sessions = [Stage::Called, Stage::Open, Stage::Closed].map(|stage| session(stage, stage != Stage::Called));
        let full = super::room::sample_composition(LONG_NAME);
        vec![of("", Composition::default(), Vec::new(), false), of(LONG_NAME, full, sessions.into(), true)]
    }
}
