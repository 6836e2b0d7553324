//! Movements, campaigns and occasions: the register, the launch, registrations and pledges, reviews, the year as a whole.

pub mod add;
pub mod census;
pub mod list;
pub mod pledge;
pub mod review;
pub mod show;
pub mod survey;
pub mod terms;

use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use thidua_app::movement::TargetSeen;
use thidua_base::Date;
use thidua_base::code::MovementCode;
use thidua_base::text::upper_first;
use thidua_domain::Refusal;
use thidua_domain::movement::{
    Movement, MovementKind, Occasion, Outturn, Phase, PledgeState, Standing as ReviewStanding, Terms,
};

use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::paths;
use crate::report::indicator_name;
use crate::site::html;

/// A word with the class of its mark.
#[derive(Debug, Clone)]
pub struct Marked {
    word: String,
    class: &'static str,
}

/// A choice that may stand beside others.
#[derive(Debug, Clone)]
pub struct Tick {
    value: String,
    label: String,
    is_chosen: bool,
}

/// A figure registered against what was reached.
#[derive(Debug, Clone)]
pub struct TargetRow {
    unit: String,
    name: String,
    href: String,
    measure: String,
    period: String,
    promised: String,
    assigned: String,
    actual: String,
    outturn: Marked,
}

/// The fields of a form, in which one name may stand several times.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// The first of a name, without spaces around it; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text.trim()).unwrap_or_default()
    }

    /// Every one of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, text)| text.trim())
    }

    /// The lines of a text.
    fn lines(&self, name: &str) -> Vec<String> {
        self.get(name).lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    /// A day.
    pub(crate) fn day(&self, name: &str) -> Result<Date, Refusal> {
        let asked = self.get(name);
        Date::parse(asked).or_else(|_| Date::parse_vi(asked)).map_err(|_| Refusal::BadDay { asked: asked.to_owned() })
    }
}

fn code_of(code: &str) -> Result<MovementCode, Fault> {
    MovementCode::parse(code).map_err(|_| Fault::NotFound)
}

/// A page with a form: never kept by browsers, and told as refused where it says so.
pub(crate) fn answered(page: &impl askama::Template, is_refused: bool) -> Result<Response, Fault> {
    let mut response = html(page)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

pub(crate) fn said(say: &'static Messages, refusal: Option<&Refusal>) -> String {
    refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default()
}

fn kind_word(say: &'static Messages, kind: MovementKind) -> &'static str {
    say.get(match kind {
        MovementKind::Regular => "movement-kind.regular",
        MovementKind::Thematic => "movement-kind.thematic",
        MovementKind::Campaign => "movement-kind.campaign",
        MovementKind::Occasion => "movement-kind.occasion",
    })
}

fn phase_mark(say: &'static Messages, phase: Phase) -> Marked {
    Marked {
        word: upper_first(say.get(&format!("movement-phase.{}", phase.word()))),
        class: match phase {
            Phase::Listed | Phase::Closed => "plain",
            Phase::Drafted => "note",
            Phase::Launched | Phase::InterimDone => "good",
            Phase::InterimAsked | Phase::FinalAsked => "warn",
        },
    }
}

fn pledge_mark(say: &'static Messages, state: PledgeState) -> Marked {
    Marked {
        word: upper_first(say.get(&format!("pledge-state.{}", state.word()))),
        class: match state {
            PledgeState::Asked => "plain",
            PledgeState::Registered => "note",
            PledgeState::Signed => "good",
            PledgeState::Returned => "bad",
        },
    }
}

fn standing_mark(say: &'static Messages, standing: ReviewStanding) -> Marked {
    let word = say.get(&format!("movement-answer.{}", standing.word()));
    let (word, class) = match standing {
        ReviewStanding::Answered(on) => (format!("{word} {}", on.in_table()), "good"),
        ReviewStanding::AnsweredLate(on) => (format!("{word} {}", on.in_table()), "warn"),
        ReviewStanding::Awaited => (word.to_owned(), "plain"),
        ReviewStanding::Late => (word.to_owned(), "bad"),
    };
    Marked { word, class }
}

fn target_row(say: &'static Messages, unit: String, href: String, seen: &TargetSeen) -> TargetRow {
    let number = |number: thidua_base::Number| number.vi();
    TargetRow {
        unit,
        name: indicator_name(say, &seen.indicator),
        href,
        measure: seen.indicator.measure.clone(),
        period: say.period(seen.target.period),
        promised: number(seen.target.value),
        assigned: seen.target.assigned.map(number).unwrap_or_default(),
        actual: seen.actual.map(number).unwrap_or_default(),
        outturn: Marked {
            word: say.get(&format!("outturn.{}", seen.outturn.word())).to_owned(),
            class: match seen.outturn {
                Outturn::Reached => "good",
                Outturn::Missed => "bad",
                Outturn::NotReported => "plain",
            },
        },
    }
}

/// Where the passport of the figure that a target is held against is found.
fn figure_href(unit: &thidua_base::code::OrgId, seen: &TargetSeen) -> String {
    paths::passport(&format!("reading:{}:{unit}:{}", seen.indicator.code, seen.target.period))
}

fn scope_word(say: &'static Messages, scope: &str) -> String {
    say.find(&format!("scope.{scope}")).map_or_else(|| scope.to_owned(), str::to_owned)
}

fn field_word(say: &'static Messages, field: &str) -> String {
    say.find(&format!("field.{field}")).map_or_else(|| field.to_owned(), str::to_owned)
}

/// The days of a movement: of its terms, else its years in the register.
fn span(say: &'static Messages, movement: &Movement, terms: Option<&Terms>) -> String {
    match terms {
        Some(Terms { from, to: Some(to), .. }) => format!("{} - {}", from.in_table(), to.in_table()),
        Some(Terms { from, to: None, .. }) => say.with("movement.since", &[("year", &from.in_table())]),
        None => years(say, movement),
    }
}

fn years(say: &'static Messages, movement: &Movement) -> String {
    match (movement.year_from, movement.year_to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} - {to}"),
        (Some(from), None) => say.with("movement.since", &[("year", &from.to_string())]),
        (None, Some(to)) => say.with("movement.until", &[("year", &to.to_string())]),
        (None, None) => say.get("movement.always").to_owned(),
    }
}

fn occasion_name(say: &'static Messages, occasion: &Occasion) -> String {
    let name = match occasion.kind.as_str() {
        "launch" => say.with("movement.launch-of", &[("name", &occasion.name)]),
        _ => occasion.name.clone(),
    };
    match (occasion.term_from, occasion.term_to) {
        (Some(from), Some(to)) => format!("{name} ({from} - {to})"),
        (Some(_) | None, None) | (None, Some(_)) => name,
    }
}
