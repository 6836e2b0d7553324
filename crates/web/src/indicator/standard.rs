//! One standard: n of m, and every member of its population.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use thidua_app::indicator::{self, StandardRegister};
use thidua_base::Percent;
use thidua_base::code::StandardCode;
use thidua_base::text::fold;
use thidua_domain::indicator::standard::{Member, Recognition, RecognitionState};

use crate::fault::Fault;
use crate::figure::Mark;
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// One standard.
#[derive(Debug, Template)]
#[template(path = "indicator/standard.html")]
pub struct StandardPage {
    page: Page,
    list_href: &'static str,
    name: String,
    measure: String,
    reached: usize,
    population: usize,
    headline: String,
    asked: String,
    members: Vec<MemberView>,
}

#[derive(Debug)]
struct MemberView {
    name: String,
    href: String,
    mark: Option<Mark>,
    state: &'static str,
    class: &'static str,
    since: String,
    decision: String,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
}

/// `GET /dat-chuan/{code}`
pub async fn page(ask: Ask, Path(code): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let code = StandardCode::parse(&code).map_err(|_| Fault::NotFound)?;
    let (standing, register) = ask.verb(move |app, by| indicator::standard(app, by, &code)).await?;
    let say = ask.messages();
    let page = ask.page(Part::Indicators, &register.count.standard.name, &standing);
    html(&StandardPage::of(page, say, &register, asked.words))
}

impl StandardPage {
    fn of(page: Page, say: &'static Messages, register: &StandardRegister, asked: String) -> Self {
        let count = &register.count;
        let words = fold(&asked);
        let share = match count.share {
            Percent::Of(share) => share.vi_with("%"),
            Percent::NoBase | Percent::NegativeBase => say.get("standard.no-population").to_owned(),
        };
        let headline = say.with(
            "standard.headline",
            &[("share", &share), ("population", &count.standard.population), ("day", &register.day.in_text())],
        );
        Self {
            list_href: paths::INDICATORS,
            name: count.standard.name.clone(),
            measure: count.standard.measure.clone(),
            reached: count.reached,
            population: count.population,
            headline,
            members: register
                .members
                .iter()
                .filter(|(member, _)| fold(&member.name).contains(&words))
                .map(|(member, event)| member_view(say, member, event.as_ref()))
                .collect(),
            asked,
            page,
        }
    }
}

fn member_view(say: &'static Messages, member: &Member, event: Option<&Recognition>) -> MemberView {
    let origin = event.map_or(member.provenance.origin, |event| event.provenance.origin);
    let (state, class) = match event {
        None => (say.get("state.none"), "open"),
        Some(event) => (state_word(say, event.state), if event.state.holds_standard() { "good" } else { "open" }),
    };
    MemberView {
        name: member.name.clone(),
        href: paths::passport(&event.map_or_else(|| member.key(), Recognition::key)),
        mark: Mark::warning(say, origin),
        state,
        class,
        since: event.map_or_else(|| "–".to_owned(), |event| event.on.in_table()),
        decision: match event {
            Some(event) if !event.decision.is_empty() => event.decision.clone(),
            Some(_) | None => "–".to_owned(),
        },
    }
}

/// The word of a member's state.
pub fn state_word(say: &'static Messages, state: RecognitionState) -> &'static str {
    say.get(match state {
        RecognitionState::Registered => "state.registered",
        RecognitionState::Appraised => "state.appraised",
        RecognitionState::Recognised => "state.recognised",
        RecognitionState::RecognisedAgain => "state.recognised-again",
        RecognitionState::Revoked => "state.revoked",
    })
}

#[cfg(test)]
impl crate::sampled::Sampled for StandardPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let page = frame(Part::Indicators, lang);
        let say = page.messages();
        let member = |name: &str, event: bool| MemberView {
            name: name.into(),
            href: "/so-lieu/member:x".into(),
            mark: event.then(|| Mark::of(say, thidua_domain::Origin::Sample)),
            state: say.get(if event { "state.recognised" } else { "state.none" }),
            class: if event { "good" } else { "open" },
            since: "–".into(),
            decision: "–".into(),
        };
        let of = |members: Vec<MemberView>| Self {
            page: page.clone(),
            list_href: paths::INDICATORS,
            name: "Trường đạt chuẩn quốc gia".into(),
            measure: "trường".into(),
            reached: 85,
            population: members.len(),
            headline: "x".into(),
            asked: String::new(),
            members,
        };
        vec![of(Vec::new()), of(vec![member("Trường Mầm non Tiến Nông", true), member(LONG_NAME, false)])]
    }
}
