//! A unit's registration for a movement: the pledge, what it registered against what it reached, progress, answers.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::movement::{
    NewAnswer, NewPromise, PledgeSeen, TitleSeen, answer_review, pledge, register_unit, return_pledge, sign_pledge,
    tell_progress,
};
use thidua_base::code::{HonourCode, IndicatorCode, MovementCode, OrgId};
use thidua_base::text::upper_first;
use thidua_base::{Number, Period};
use thidua_domain::collection::evidence::{EvidenceKind, FILE_BYTES_MAX};
use thidua_domain::collection::read_typed;
use thidua_domain::indicator::Value;
use thidua_domain::movement::{Evidence, PledgeState};
use thidua_domain::{Actor, Refusal};

use super::files::{FileRow, file_rows};
use super::papers::pledge_files;
use super::{
    Fields, Marked, TargetRow, Tick, answered, code_of, figure_href, phase_mark, pledge_mark, said, standing_mark,
    target_row,
};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::{FilterOption, Link, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::Ask;

/// Rows for figures in the form.
const TARGET_ROWS: usize = 6;
/// Rows for evidence in the form.
const EVIDENCE_ROWS: usize = 3;

/// A unit's registration.
#[derive(Debug, Template)]
#[template(path = "movement/pledge.html")]
pub struct PledgePage {
    page: Page,
    refusal: String,
    form_token: String,
    address: String,
    movement: String,
    to_movement: String,
    unit: String,
    phase: Marked,
    state: Marked,
    until: String,
    is_late: bool,
    contents: Vec<String>,
    text: String,
    signature: String,
    returned: String,
    papers: Vec<Link>,
    titles: Vec<TitleRow>,
    targets: Vec<TargetRow>,
    reviews: Vec<ReviewRow>,
    progress: Vec<ProgressRow>,
    files: Vec<FileRow>,
    to_files: String,
    accept: String,
    most: usize,
    added: String,
    history: Vec<EventRow>,
    form: Option<RegisterForm>,
    signs: bool,
    returns: bool,
    reports: bool,
    asks: bool,
    typed: Typed,
}

#[derive(Debug)]
struct TitleRow {
    name: String,
    won: String,
    latest: String,
}

#[derive(Debug)]
struct ReviewRow {
    name: String,
    href: String,
    due: String,
    standing: Marked,
    asked: String,
    results: String,
    shortfalls: String,
    proposals: String,
}

#[derive(Debug)]
struct ProgressRow {
    at: String,
    by: String,
    text: String,
    evidence: Vec<String>,
}

#[derive(Debug)]
struct EventRow {
    at: String,
    act: String,
    by: String,
    note: String,
}

/// The form of a registration.
#[derive(Debug)]
struct RegisterForm {
    text: String,
    titles: Vec<Tick>,
    rows: Vec<TargetForm>,
    assigned: Vec<AssignedRow>,
}

#[derive(Debug)]
struct TargetForm {
    number: usize,
    indicators: Vec<FilterOption>,
    periods: Vec<FilterOption>,
    value: String,
}

#[derive(Debug)]
struct AssignedRow {
    name: String,
    period: String,
    value: String,
}

/// What was typed and not kept.
#[derive(Debug, Default)]
struct Typed {
    position: String,
    reason: String,
    progress: String,
    evidence: Vec<(usize, String, String)>,
    results: String,
    shortfalls: String,
    proposals: String,
    description: String,
}

/// `GET /phong-trao/{code}/dang-ky/{unit}`
pub async fn page(ask: Ask, Path((code, unit)): Path<(String, String)>) -> Result<Response, Fault> {
    let unit = OrgId::parse(&unit).map_err(|_| Fault::NotFound)?;
    shown(&ask, code_of(&code)?, unit, None, &Fields::default()).await
}

/// `POST /phong-trao/{code}/dang-ky/{unit}`: registered, signed, sent back, progress told, a review answered.
pub async fn submit(
    ask: Ask,
    Path((code, unit)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (code, unit) = (code_of(&code)?, OrgId::parse(&unit).map_err(|_| Fault::NotFound)?);
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, code, unit, Some(Refusal::StaleForm), &fields).await;
    }
    let (of, whose, sent) = (code.clone(), unit.clone(), fields.clone());
    match ask.file(move |app, by| done(app, by, &of, &whose, &sent)).await {
        Ok(()) => Ok(Redirect::to(&paths::pledge(&code, &unit)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, code, unit, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, code: &MovementCode, unit: &OrgId, fields: &Fields) -> Result<(), thidua_app::Error> {
    match fields.get("viec") {
        "dang-ky" => {
            let seen = pledge(app, by, code, unit)?;
            register_unit(app, by, code, unit, &promise_of(&seen, fields)?).map(drop)
        }
        "ky" => sign_pledge(app, by, code, unit, fields.get("chuc-vu")).map(drop),
        "tra-lai" => return_pledge(app, by, code, unit, fields.get("ly-do")).map(drop),
        "tien-do" => {
            let evidence: Vec<Evidence> = (1..=EVIDENCE_ROWS)
                .map(|number| Evidence {
                    title: fields.get(&format!("minh-chung-{number}")).to_owned(),
                    found_at: fields.get(&format!("noi-luu-{number}")).to_owned(),
                })
                .collect();
            tell_progress(app, by, code, unit, fields.get("tien-do"), &evidence).map(drop)
        }
        "tra-loi" => {
            let new = NewAnswer {
                results: fields.get("ket-qua").to_owned(),
                shortfalls: fields.get("ton-tai").to_owned(),
                proposals: fields.get("de-xuat").to_owned(),
            };
            answer_review(app, by, code, unit, &new).map(drop)
        }
        _ => Err(thidua_app::Error::NotFound("registration")),
    }
}

/// What was typed of a promise; rows without a figure are no part of it.
fn promise_of(seen: &PledgeSeen, fields: &Fields) -> Result<NewPromise, thidua_app::Error> {
    let absent = || thidua_app::Error::NotFound("indicator");
    let mut targets: Vec<(IndicatorCode, Period, Number)> = Vec::new();
    for number in 1..=TARGET_ROWS {
        let (code, text) = (fields.get(&format!("chi-tieu-{number}")), fields.get(&format!("so-{number}")));
        if code.is_empty() && text.is_empty() {
            continue;
        }
        let indicator = seen
            .indicators
            .iter()
            .find(|known| known.code.as_str() == code)
            .ok_or_else(|| thidua_app::Error::Refused(Refusal::NothingChosen))?;
        let period = Period::parse(fields.get(&format!("ky-{number}"))).map_err(|_| absent())?;
        let value = match read_typed(text, &indicator.measure, indicator.decimals).value() {
            Some(Value::Of(value)) => value,
            Some(Value::Absent(_)) | None => return Err(Refusal::NotANumber { asked: text.to_owned() }.into()),
        };
        targets.push((indicator.code.clone(), period, value));
    }
    Ok(NewPromise {
        text: fields.get("giao-uoc").to_owned(),
        titles: fields.all("danh-hieu").filter_map(|code| HonourCode::parse(code).ok()).collect(),
        targets,
    })
}

pub(super) async fn shown(
    ask: &Ask,
    code: MovementCode,
    unit: OrgId,
    refusal: Option<Refusal>,
    fields: &Fields,
) -> Result<Response, Fault> {
    let (of, whose) = (code.clone(), unit.clone());
    let (house, seen) = ask.verb(move |app, by| pledge(app, by, &of, &whose)).await?;
    let say = ask.messages();
    let title = format!("{} – {}", say.get("pledge.title"), seen.unit_name);
    let mut view = PledgePage::of(ask.page(Part::Movements, &title, &house), say, &unit, &seen, fields);
    view.form_token = ask.form_token()?;
    view.refusal = said(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl PledgePage {
    fn to_list(&self) -> &'static str {
        paths::MOVEMENTS
    }

    fn of(page: Page, say: &'static Messages, unit: &OrgId, seen: &PledgeSeen, fields: &Fields) -> Self {
        let code = &seen.movement.code;
        let state = seen.pledge.state();
        let last = seen.pledge.events.last();
        let typed = |name: &str| fields.get(name).to_owned();
        Self {
            refusal: String::new(),
            form_token: String::new(),
            address: paths::pledge(code, unit),
            movement: upper_first(&seen.movement.name),
            to_movement: paths::movement(code),
            unit: seen.unit_name.clone(),
            phase: phase_mark(say, seen.phase),
            state: pledge_mark(say, state),
            until: seen.register_by.in_table(),
            is_late: seen.is_late,
            contents: seen.terms.as_ref().map(|terms| terms.contents.clone()).unwrap_or_default(),
            text: seen.pledge.promise().map(|promise| promise.text.clone()).unwrap_or_default(),
            signature: seen
                .pledge
                .signature()
                .map(|event| {
                    let at = event.at.in_table();
                    let facts = [("by", event.by.as_str()), ("position", event.position.as_str()), ("at", at.as_str())];
                    say.with("pledge.signed-by", &facts)
                })
                .unwrap_or_default(),
            returned: match state {
                PledgeState::Returned => last.map(|event| event.reason.clone()).unwrap_or_default(),
                PledgeState::Asked | PledgeState::Registered | PledgeState::Signed => String::new(),
            },
            papers: match seen.pledge.promise() {
                Some(_) => pledge_files(say, code, unit),
                None => Vec::new(),
            },
            titles: seen.titles.iter().map(|title| title_row(say, title)).collect(),
            targets: seen
                .targets
                .iter()
                .map(|target| target_row(say, String::new(), figure_href(unit, target), target))
                .collect(),
            reviews: seen.reviews.iter().map(|review| review_row(say, code, review)).collect(),
            progress: seen
                .progress
                .iter()
                .map(|told| ProgressRow {
                    at: told.at.in_table(),
                    by: told.by.clone(),
                    text: told.text.clone(),
                    evidence: told
                        .evidence
                        .iter()
                        .map(|piece| match piece.found_at.is_empty() {
                            true => piece.title.clone(),
                            false => format!("{} ({})", piece.title, piece.found_at),
                        })
                        .collect(),
                })
                .collect(),
            files: file_rows(say, code, &seen.files),
            to_files: paths::movement_files(code, unit),
            accept: accepted(),
            most: FILE_BYTES_MAX >> 20,
            added: seen
                .called_on
                .map(|day| say.with("movement.added-on", &[("day", &day.in_table())]))
                .unwrap_or_default(),
            history: seen
                .pledge
                .events
                .iter()
                .map(|event| EventRow {
                    at: event.at.in_table(),
                    act: say.get(&format!("verb.{}", event.act.word())).to_owned(),
                    by: event.by.clone(),
                    note: if event.reason.is_empty() { event.position.clone() } else { event.reason.clone() },
                })
                .collect(),
            form: seen.registers.then(|| register_form(say, seen, fields)),
            signs: seen.signs,
            returns: seen.returns,
            reports: seen.reports,
            asks: seen.reports && seen.reviews.last().is_some_and(|(round, _, _)| round.conclusion.is_none()),
            typed: Typed {
                position: typed("chuc-vu"),
                reason: typed("ly-do"),
                progress: typed("tien-do"),
                evidence: (1..=EVIDENCE_ROWS)
                    .map(|at| (at, typed(&format!("minh-chung-{at}")), typed(&format!("noi-luu-{at}"))))
                    .collect(),
                results: typed("ket-qua"),
                shortfalls: typed("ton-tai"),
                proposals: typed("de-xuat"),
                description: typed("mo-ta"),
            },
            page,
        }
    }
}

/// The endings of files that are taken, as a chooser of files reads them.
fn accepted() -> String {
    let kinds: Vec<String> = EvidenceKind::ALL.iter().map(|kind| format!(".{}", kind.word())).collect();
    format!("{},.jpeg", kinds.join(","))
}

fn title_row(say: &'static Messages, title: &TitleSeen) -> TitleRow {
    let counts = [
        ("pledge.won-collectives", title.won.collectives),
        ("pledge.won-households", title.won.households),
        ("pledge.won-persons", title.won.persons),
    ];
    let said = counts.into_iter().filter(|(_, count)| *count > 0);
    let said: Vec<String> = said.map(|(key, count)| say.with(key, &[("count", &count.to_string())])).collect();
    let latest = title.won.latest.as_ref();
    TitleRow {
        name: title.name(),
        won: said.join(", "),
        latest: latest
            .map(|award| format!("{} {}", award.decision_number, award.decided_on.in_table()).trim().to_owned())
            .unwrap_or_default(),
    }
}

fn review_row(
    say: &'static Messages,
    code: &MovementCode,
    review: &(
        thidua_domain::movement::Round,
        thidua_domain::movement::Standing,
        Option<thidua_domain::movement::ReviewAnswer>,
    ),
) -> ReviewRow {
    let (round, standing, answer) = review;
    let text = |of: fn(&thidua_domain::movement::ReviewAnswer) -> &String| {
        answer.as_ref().map(of).cloned().unwrap_or_default()
    };
    ReviewRow {
        name: say.get(&format!("review-kind.{}", round.kind.word())).to_owned(),
        href: paths::review(code, round.number),
        due: round.due_on.in_table(),
        standing: standing_mark(say, *standing),
        asked: round.asked.clone(),
        results: text(|answer| &answer.results),
        shortfalls: text(|answer| &answer.shortfalls),
        proposals: text(|answer| &answer.proposals),
    }
}

fn register_form(say: &'static Messages, seen: &PledgeSeen, fields: &Fields) -> RegisterForm {
    let is_sent = fields.get("viec") == "dang-ky";
    let promise = seen.pledge.promise().cloned().unwrap_or_default();
    let is_titled = |code: &HonourCode| match is_sent {
        true => fields.all("danh-hieu").any(|known| known == code.as_str()),
        false => promise.titles.contains(code),
    };
    let rows = (1..=TARGET_ROWS).map(|number| {
        let kept = promise.targets.get(number - 1);
        let of = |name: &str, known: Option<String>| match is_sent {
            true => fields.get(&format!("{name}-{number}")).to_owned(),
            false => known.unwrap_or_default(),
        };
        let chosen = of("chi-tieu", kept.map(|target| target.indicator.to_string()));
        let period = of("ky", kept.map(|target| target.period.to_string()));
        TargetForm {
            number,
            indicators: options(
                say.get("pledge.no-indicator"),
                seen.indicators.iter().map(|known| {
                    let name = format!("{} ({})", indicator_name(say, known), known.measure);
                    (known.code.to_string(), name)
                }),
                &chosen,
            ),
            periods: seen
                .periods
                .iter()
                .map(|known| FilterOption {
                    value: known.to_string(),
                    label: say.period(*known),
                    is_chosen: known.to_string() == period,
                })
                .collect(),
            value: of("so", kept.map(|target| target.value.vi())),
        }
    });
    RegisterForm {
        text: if is_sent { fields.get("giao-uoc").to_owned() } else { promise.text.clone() },
        titles: seen
            .honours
            .iter()
            .map(|honour| Tick {
                value: honour.code.to_string(),
                label: honour.name.clone(),
                is_chosen: is_titled(&honour.code),
            })
            .collect(),
        rows: rows.collect(),
        assigned: seen
            .assigned
            .iter()
            .map(|(indicator, period, figure)| AssignedRow {
                name: indicator_name(say, indicator),
                period: say.period(*period),
                value: figure.vi_with(&indicator.measure),
            })
            .collect(),
    }
}

/// A figure for the samples of pages that show some.
#[cfg(test)]
pub(super) fn sample_target(say: &'static Messages) -> TargetRow {
    TargetRow {
        unit: crate::sampled::LONG_NAME.into(),
        name: crate::sampled::LONG_NAME.into(),
        href: "/so-lieu/reading:NN02:x-1:2020-H1".into(),
        measure: "ha".into(),
        period: say.period(Period::Year { year: 2020 }),
        promised: "200".into(),
        assigned: "180".into(),
        actual: "210,5".into(),
        outturn: Marked { word: say.get("outturn.reached").to_owned(), class: "good" },
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for PledgePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_domain::movement::{Phase, Standing};
        let page = frame(Part::Movements, lang);
        let say = page.messages();
        let bare = || Self {
            page: page.clone(),
            refusal: String::new(),
            form_token: "0-0".into(),
            address: "/phong-trao/PT01/dang-ky/x-1".into(),
            movement: LONG_NAME.into(),
            to_movement: "/phong-trao/PT01".into(),
            unit: LONG_NAME.into(),
            phase: phase_mark(say, Phase::Launched),
            state: pledge_mark(say, PledgeState::Asked),
            until: "17/07/2020".into(),
            is_late: false,
            contents: Vec::new(),
            text: String::new(),
            signature: String::new(),
            returned: String::new(),
            papers: Vec::new(),
            titles: Vec::new(),
            targets: Vec::new(),
            reviews: Vec::new(),
            progress: Vec::new(),
            files: Vec::new(),
            to_files: "/phong-trao/PT01/dang-ky/x-1/minh-chung".into(),
            accept: accepted(),
            most: FILE_BYTES_MAX >> 20,
            added: String::new(),
            history: Vec::new(),
            form: None,
            signs: false,
            returns: false,
            reports: false,
            asks: false,
            typed: Typed::default(),
        };
        let form = RegisterForm {
            text: "<b>".into(),
            titles: vec![Tick { value: "x".into(), label: LONG_NAME.into(), is_chosen: true }],
            rows: vec![TargetForm {
                number: 1,
                indicators: options("x", Vec::new(), ""),
                periods: options("x", Vec::new(), ""),
                value: "\"".into(),
            }],
            assigned: vec![AssignedRow { name: LONG_NAME.into(), period: "năm 2020".into(), value: "180 ha".into() }],
        };
        let event = EventRow { at: "05/07/2020".into(), act: "x".into(), by: LONG_NAME.into(), note: LONG_NAME.into() };
        let full = Self {
            refusal: LONG_NAME.into(),
            is_late: true,
            contents: vec![LONG_NAME.into()],
            text: LONG_NAME.into(),
            signature: LONG_NAME.into(),
            returned: LONG_NAME.into(),
            papers: pledge_files(say, &MovementCode::parse("PT01").unwrap(), &OrgId::parse("x-1").unwrap()),
            titles: vec![
                TitleRow { name: LONG_NAME.into(), won: String::new(), latest: String::new() },
                TitleRow { name: LONG_NAME.into(), won: LONG_NAME.into(), latest: "01/QĐ-UBND 01/01/2021".into() },
            ],
            targets: vec![sample_target(say)],
            reviews: vec![ReviewRow {
                name: say.get("review-kind.final").to_owned(),
                href: "/phong-trao/PT01/dot/1".into(),
                due: "10/12/2020".into(),
                standing: standing_mark(say, Standing::Late),
                asked: LONG_NAME.into(),
                results: LONG_NAME.into(),
                shortfalls: LONG_NAME.into(),
                proposals: LONG_NAME.into(),
            }],
            progress: vec![ProgressRow {
                at: "05/07/2020".into(),
                by: LONG_NAME.into(),
                text: LONG_NAME.into(),
                evidence: vec![LONG_NAME.into()],
            }],
            files: super::files::sample_files(),
            added: say.with("movement.added-on", &[("day", "05/07/2020")]),
            history: vec![event],
            form: Some(form),
            signs: true,
            returns: true,
            reports: true,
            asks: true,
            typed: Typed { evidence: vec![(1, "a".into(), "b".into())], ..Typed::default() },
            ..bare()
        };
        vec![bare(), full]
    }
}
