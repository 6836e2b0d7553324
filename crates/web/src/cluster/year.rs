//! A cluster's year: members with what happened to them, where each sheet lies, objections that wait, and the opening.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::cluster::{NewMove, NewScoring, SAMPLE_SCHEME, Seen, move_member, open_scoring, scoring};
use thidua_app::plan::plan_periods;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::cluster::ClusterRole;
use thidua_domain::cluster::journal::Way;
use thidua_domain::cluster::objection::Progress;
use thidua_domain::cluster::scheme::{SHIPPED, Scored, shipped};
use thidua_domain::{Origin, Provenance, Refusal};

use super::{Head, Leaf, key_of, shown, words};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// A cluster's year.
#[derive(Debug, Template)]
#[template(path = "cluster/year.html")]
pub struct YearPage {
    page: Page,
    refusal: String,
    head: Head,
    members: Vec<MemberRow>,
    has_marks: bool,
    waiting: Vec<Waiting>,
    /// Whether a scoring may be opened here.
    opens: bool,
    schemes: Vec<FilterOption>,
    periods: Vec<FilterOption>,
    closes_on: String,
    years: Vec<(String, String)>,
    /// Members and other clusters of a move; none where nobody may be moved here.
    moved: Vec<FilterOption>,
    clusters: Vec<FilterOption>,
    to_moves: String,
    address: String,
    form_token: String,
}

#[derive(Debug)]
struct MemberRow {
    name: String,
    href: String,
    role: &'static str,
    turns: Vec<String>,
    is_scored: bool,
    state: &'static str,
    state_class: &'static str,
    points: String,
    rank: String,
    is_own: bool,
}

/// An objection that waits for an answer.
#[derive(Debug)]
struct Waiting {
    unit: String,
    criterion: String,
    href: String,
    due: String,
    is_late: bool,
}

/// What is sent to open a scoring.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Opened {
    #[serde(default)]
    ma: String,
    #[serde(rename = "bang", default)]
    scheme: String,
    #[serde(rename = "ky", default)]
    period: String,
    #[serde(rename = "chot", default)]
    closes_on: String,
}

/// `GET /cum-thi-dua/{code}/{year}`
pub async fn page(ask: Ask, Path((code, year)): Path<(String, String)>) -> Result<Response, Fault> {
    shown_page(&ask, key_of(&code, &year)?, None).await
}

/// `POST /cum-thi-dua/{code}/{year}`: opens the scoring.
pub async fn submit(
    ask: Ask,
    Path((code, year)): Path<(String, String)>,
    Form(sent): Form<Opened>,
) -> Result<Response, Fault> {
    let key = key_of(&code, &year)?;
    if !ask.takes(&sent.ma) {
        return shown_page(&ask, key, Some(Refusal::StaleForm)).await;
    }
    let (code, year) = key.clone();
    let new = match new_of(code, year, &sent) {
        Ok(new) => new,
        Err(refusal) => return shown_page(&ask, key, Some(refusal)).await,
    };
    match ask.file(move |app, by| open_scoring(app, by, &new)).await {
        Ok(_) => Ok(Redirect::to(&paths::cluster(&key.0, key.1)).into_response()),
        Err(Fault::Refused(refusal)) => shown_page(&ask, key, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn new_of(cluster: ClusterCode, year: i16, sent: &Opened) -> Result<NewScoring, Refusal> {
    let known = SHIPPED.iter().chain([&SAMPLE_SCHEME]).find(|(file, _)| *file == sent.scheme);
    let missing = || Refusal::IncompleteScheme { name: sent.scheme.clone(), missing: sent.scheme.clone() };
    let (file, scheme) = known.ok_or_else(missing)?;
    let is_sample = *file == SAMPLE_SCHEME.0;
    let origin = if is_sample { Origin::Sample } else { Origin::Reported };
    Ok(NewScoring {
        cluster,
        year,
        period: Period::parse(&sent.period)
            .map_err(|_| Refusal::UnknownPeriod { asked: sent.period.clone(), known: Vec::new() })?,
        closes_on: Date::parse(&sent.closes_on)
            .or_else(|_| Date::parse_vi(&sent.closes_on))
            .map_err(|_| Refusal::BadDay { asked: sent.closes_on.clone() })?,
        file: (*file).to_owned(),
        scheme: (*scheme).to_owned(),
        provenance: Provenance { origin, source: (*file).to_owned() },
    })
}

/// What is sent to move a member to another cluster.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Moved {
    #[serde(default)]
    ma: String,
    #[serde(rename = "don-vi", default)]
    unit: String,
    #[serde(rename = "sang", default)]
    to: String,
    #[serde(rename = "tu-ngay", default)]
    on: String,
    #[serde(rename = "can-cu", default)]
    reason: String,
}

/// `POST /cum-thi-dua/{code}/{year}/chuyen-cum`: a member moves to another cluster, or out of all.
pub async fn moves(
    ask: Ask,
    Path((code, year)): Path<(String, String)>,
    Form(sent): Form<Moved>,
) -> Result<Response, Fault> {
    let key = key_of(&code, &year)?;
    if !ask.takes(&sent.ma) {
        return shown_page(&ask, key, Some(Refusal::StaleForm)).await;
    }
    let to = Some(sent.to.as_str()).filter(|to| !to.is_empty());
    let new = NewMove {
        unit: OrgId::parse(&sent.unit).map_err(|_| Fault::NotFound)?,
        year: key.1,
        from: Some(key.0.clone()),
        to: to.map(ClusterCode::parse).transpose().map_err(|_| Fault::NotFound)?,
        on: match Date::parse(&sent.on).or_else(|_| Date::parse_vi(&sent.on)) {
            Ok(on) => on,
            Err(_) => return shown_page(&ask, key, Some(Refusal::BadDay { asked: sent.on })).await,
        },
        reason: sent.reason,
    };
    match ask.file(move |app, by| move_member(app, by, &new)).await {
        Ok(_) => Ok(Redirect::to(&paths::cluster(&key.0, key.1)).into_response()),
        Err(Fault::Refused(refusal)) => shown_page(&ask, key, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

async fn shown_page(ask: &Ask, key: (ClusterCode, i16), refusal: Option<Refusal>) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| scoring(app, by, &key.0, key.1)).await?;
    let say = ask.messages();
    let page = ask.page(Part::Clusters, &seen.cluster.name, &house);
    let mut view = YearPage::of(page, say, &seen, ask.form_token()?);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl YearPage {
    fn of(page: Page, say: &'static Messages, seen: &Seen, form_token: String) -> Self {
        let (code, year) = (&seen.cluster.code, seen.cluster.year);
        let scored = seen.scored.as_deref();
        let members = seen.members.iter().map(|(member, member_name, seat)| {
            let row = scored.and_then(|scored| scored.ranking.rows.iter().find(|row| row.unit == member.unit));
            let passage = scored.and_then(|scored| scored.journal.passage(&member.unit));
            let (state, state_class) = match passage.map(|passage| &passage.way) {
                None => ("scoring.state-draft", "plain"),
                Some(Way::Up) => ("scoring.state-sent", "good"),
                Some(Way::Back { .. }) => ("scoring.state-back", "bad"),
            };
            MemberRow {
                name: member_name.clone(),
                href: if scored.is_some() && seat.is_scored() {
                    paths::score_sheet(code, year, &member.unit, "")
                } else {
                    String::new()
                },
                role: match member.role {
                    ClusterRole::Lead => say.get("cluster.lead"),
                    ClusterRole::Deputy => say.get("cluster.deputy"),
                    ClusterRole::Member => "",
                },
                turns: seat.turns.iter().map(|turn| words::turn(say, seen, turn)).collect(),
                is_scored: seat.is_scored(),
                state: say.get(state),
                state_class,
                points: row.map(|row| shown(row.points)).unwrap_or_default(),
                rank: row.map(|row| rank_of(say, row.rank, row.shared_by)).unwrap_or_default(),
                is_own: seen.rights.claims.contains(&member.unit),
            }
        });
        let open = scored.into_iter().flat_map(|scored| {
            let objections = scored.journal.objections.values().filter(|objection| objection.outcome.is_none());
            objections.map(|objection| {
                let criterion = scored.scheme.criterion(&objection.criterion);
                Waiting {
                    unit: scored.name(&objection.unit),
                    criterion: criterion.map(|found| words::label(say, found)).unwrap_or_default(),
                    href: paths::score_sheet(code, year, &objection.unit, objection.criterion.as_str()),
                    due: objection.due.in_table(),
                    is_late: matches!(objection.on(seen.today), Progress::Overdue(_)),
                }
            })
        });
        // A scheme by which nobody can be scored is not offered.
        let whole = shipped().unwrap_or_default();
        let whole = whole.iter().filter(|scheme| scheme.is_whole() && scheme.subject == Scored::Units);
        let offered = whole.map(|scheme| (scheme.file.clone(), scheme.name.clone()));
        let sample = (SAMPLE_SCHEME.0.to_owned(), say.get("scoring.sample-scheme").to_owned());
        let option = |(value, label): (String, String)| FilterOption { value, label, is_chosen: false };
        let full = Period::Year { year };
        Self {
            refusal: String::new(),
            head: Head::of(say, seen, Leaf::Year),
            members: members.collect(),
            has_marks: scored.is_some(),
            waiting: open.collect(),
            opens: seen.opening.is_none() && seen.rights.opens,
            schemes: offered.chain([sample]).map(option).collect(),
            periods: plan_periods(full)
                .into_iter()
                .take(4)
                .map(|period| option((period.to_string(), say.period(period))))
                .collect(),
            closes_on: full.last_day().to_string(),
            years: seen
                .years
                .iter()
                .filter(|other| **other != year)
                .map(|other| (other.to_string(), paths::cluster(code, *other)))
                .collect(),
            moved: if seen.rights.opens && seen.scored.as_ref().is_none_or(|scored| scored.frozen.is_none()) {
                let seated = seen.members.iter().filter(|(_, _, seat)| seat.is_scored());
                seated.map(|(member, name, _)| option((member.unit.to_string(), name.clone()))).collect()
            } else {
                Vec::new()
            },
            clusters: seen
                .clusters
                .iter()
                .filter(|(other, _)| *other != code)
                .map(|(other, name)| option((other.to_string(), name.clone())))
                .collect(),
            to_moves: paths::cluster_page(code, year, paths::MOVES),
            address: paths::cluster(code, year),
            form_token,
            page,
        }
    }
}

/// A rank, which looks shared where it is.
pub(super) fn rank_of(say: &Messages, rank: usize, shared_by: usize) -> String {
    if shared_by > 1 { say.with("scoring.shared-rank", &[("rank", &rank.to_string())]) } else { rank.to_string() }
}

#[cfg(test)]
impl crate::sampled::Sampled for YearPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = Messages::of(lang);
        let row = |is_scored: bool| MemberRow {
            name: LONG_NAME.into(),
            href: if is_scored { "/cum-thi-dua/c/2020/cham/x".into() } else { String::new() },
            role: if is_scored { say.get("cluster.lead") } else { "" },
            turns: if is_scored { Vec::new() } else { vec![LONG_NAME.into()] },
            is_scored,
            state: say.get("scoring.state-sent"),
            state_class: "good",
            points: if is_scored { "92,5".into() } else { String::new() },
            rank: if is_scored { "1".into() } else { String::new() },
            is_own: is_scored,
        };
        let of = |members: Vec<MemberRow>, opens: bool, refusal: &str| Self {
            page: frame(Part::Clusters, lang),
            refusal: refusal.into(),
            head: Head::sample(say),
            has_marks: !members.is_empty(),
            waiting: members
                .iter()
                .map(|member| Waiting {
                    unit: member.name.clone(),
                    criterion: LONG_NAME.into(),
                    href: "/cum-thi-dua/c/2020/cham/x".into(),
                    due: "12/7/2020".into(),
                    is_late: member.is_scored,
                })
                .collect(),
            members,
            opens,
            schemes: vec![FilterOption { value: "a.toml".into(), label: LONG_NAME.into(), is_chosen: true }],
            periods: vec![FilterOption { value: "2020".into(), label: "năm 2020".into(), is_chosen: true }],
            closes_on: "2020-12-31".into(),
            years: vec![("2019".into(), "/cum-thi-dua/c/2019".into())],
            moved: vec![FilterOption { value: "x".into(), label: LONG_NAME.into(), is_chosen: false }],
            clusters: vec![FilterOption { value: "c2".into(), label: LONG_NAME.into(), is_chosen: false }],
            to_moves: "/cum-thi-dua/c/2020/chuyen-cum".into(),
            address: "/cum-thi-dua/c/2020".into(),
            form_token: "0-0".into(),
        };
        vec![of(Vec::new(), true, LONG_NAME), of(vec![row(true), row(false)], false, "")]
    }
}
