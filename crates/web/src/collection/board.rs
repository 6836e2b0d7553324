//! The board of a cycle: who has sent, who has not, who is late; more time, waivers, approval together, closing.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::collection::{Board, BoardRow, More, NewStep, board, close_cycle, extend, step_together, waive};
use thidua_app::notice::{Reminded, remind};
use thidua_base::code::{FormId, OrgId};
use thidua_base::{Date, Period};
use thidua_domain::actor::Verb;
use thidua_domain::collection::State;
use thidua_domain::collection::timeliness::Late;
use thidua_domain::{Actor, Refusal};
use thidua_law::Calendar;

use super::{Badge, cycle_of, days_left, late_in_words, state_badge};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The board.
#[derive(Debug, Template)]
#[template(path = "collection/board.html")]
pub struct BoardPage {
    page: Page,
    refusal: String,
    notice: String,
    title: String,
    number: String,
    receiver: String,
    period: String,
    due: String,
    closes: String,
    closed: String,
    left: String,
    total: usize,
    sent: usize,
    accepted: usize,
    late: usize,
    rows: Vec<RowView>,
    is_kept: bool,
    address: String,
    form_token: String,
}

#[derive(Debug)]
struct RowView {
    unit: String,
    href: String,
    name: String,
    state: Badge,
    late: String,
    filled: usize,
    required: usize,
    first: String,
    due: String,
    note: String,
    can_approve: bool,
    is_in: bool,
}

/// `GET /thu-thap/{form}/{period}`
pub async fn page(ask: Ask, Path((form, period)): Path<(String, String)>) -> Result<Response, Fault> {
    let (form, period) = cycle_of(&form, &period)?;
    shown(&ask, form, period, Told::Nothing).await
}

/// `POST /thu-thap/{form}/{period}`
pub async fn submit(
    ask: Ask,
    Path((form, period)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (form, period) = cycle_of(&form, &period)?;
    let units: Vec<String> = pairs.iter().filter(|(name, _)| name == "don-vi").map(|(_, unit)| unit.clone()).collect();
    let fields: HashMap<String, String> = pairs.into_iter().collect();
    if !ask.takes(fields.get("ma").map(String::as_str).unwrap_or_default()) {
        return shown(&ask, form, period, Told::Refused(Refusal::StaleForm)).await;
    }
    let wanted = form.clone();
    if fields.get("viec").is_some_and(|act| act == "nhac") {
        let reminded = ask.file(move |app, by| remind(app, by, &wanted, period)).await?;
        return shown(&ask, form, period, Told::Reminded(reminded)).await;
    }
    match ask.file(move |app, by| done(app, by, &wanted, period, &units, &fields)).await {
        Ok(()) => Ok(Redirect::to(&paths::board(&form, period)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, form, period, Told::Refused(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn done(
    app: &App,
    by: &Actor,
    form: &FormId,
    period: Period,
    units: &[String],
    fields: &HashMap<String, String>,
) -> Result<(), thidua_app::Error> {
    let absent = || thidua_app::Error::NotFound("unit");
    let field = |name: &str| fields.get(name).map(|text| text.trim()).unwrap_or_default();
    let units: Vec<OrgId> =
        units.iter().map(|unit| OrgId::parse(unit)).collect::<Result<_, _>>().map_err(|_| absent())?;
    let one = || units.first().ok_or_else(absent);
    match field("viec") {
        "gia-han" => {
            let asked = field("den-ngay");
            let day = Date::parse(asked).or_else(|_| Date::parse_vi(asked));
            let open_until = day.map_err(|_| Refusal::BadDay { asked: asked.to_owned() })?;
            let more = More {
                form: form.clone(),
                period,
                unit: one()?.clone(),
                due_on: None,
                open_until,
                reason: field("ly-do").to_owned(),
            };
            extend(app, by, &more).map(drop)
        }
        "mien" => waive(app, by, form, period, one()?, field("ly-do")).map(drop),
        "khoa" => close_cycle(app, by, form, period).map(drop),
        "duyet" => {
            if units.is_empty() {
                return Err(Refusal::NothingChosen.into());
            }
            let approve = NewStep { verb: Verb::ApproveSheets, reason: String::new(), cells: Vec::new() };
            step_together(app, by, form, period, &units, &approve).map(drop)
        }
        _ => Err(absent()),
    }
}

/// What the page has to say beside the board.
enum Told {
    Nothing,
    Refused(Refusal),
    Reminded(Reminded),
}

async fn shown(ask: &Ask, form: FormId, period: Period, told: Told) -> Result<Response, Fault> {
    let (house, (seen, calendar)) =
        ask.verb(move |app, by| Ok((board(app, by, &form, period)?, app.shipped.calendar().clone()))).await?;
    let say = ask.messages();
    let page = ask.page(Part::Collection, &seen.form.name, &house);
    let mut view = BoardPage::of(page, say, &seen, &calendar, ask.form_token()?);
    match &told {
        Told::Nothing => {}
        Told::Refused(refusal) => view.refusal = say.refusal(refusal),
        Told::Reminded(done) => {
            let (units, letters, silent) = (done.units.to_string(), done.letters.to_string(), done.silent.to_string());
            view.notice = say.with("board.reminded", &[("units", &units), ("letters", &letters), ("silent", &silent)]);
        }
    }
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if let Told::Refused(_) = told {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl BoardPage {
    fn of(page: Page, say: &'static Messages, seen: &Board, calendar: &Calendar, form_token: String) -> Self {
        let cycle = &seen.cycle;
        let count = |fits: &dyn Fn(&BoardRow) -> bool| seen.rows.iter().filter(|row| fits(row)).count();
        let accepted =
            |row: &BoardRow| matches!(row.submission.state(), State::Accepted | State::Approved | State::Published);
        Self {
            refusal: String::new(),
            notice: String::new(),
            title: seen.form.name.clone(),
            number: seen.form.number.clone(),
            receiver: seen.receiver_name.clone(),
            period: say.period(cycle.period),
            due: cycle.due_on.in_table(),
            closes: cycle.closes_on.in_table(),
            closed: cycle
                .closing
                .as_ref()
                .map(|closing| say.with("collection.by-at", &[("by", &closing.by), ("at", &closing.at.in_table())]))
                .unwrap_or_default(),
            left: days_left(say, calendar, seen.today, cycle.due_on),
            total: seen.rows.len(),
            sent: count(&BoardRow::is_in),
            accepted: count(&accepted),
            late: count(&|row| row.is_late(seen.today)),
            rows: seen.rows.iter().map(|row| row_view(say, seen, calendar, row)).collect(),
            is_kept: seen.is_kept,
            address: paths::board(&cycle.form, cycle.period),
            form_token,
            page,
        }
    }

    fn to_matrix(&self) -> String {
        self.address.replacen(paths::BOARDS, paths::COLLECTION, 1)
    }

    fn to_list(&self) -> &'static str {
        paths::COLLECTION
    }
}

fn row_view(say: &'static Messages, seen: &Board, calendar: &Calendar, row: &BoardRow) -> RowView {
    let first = row.submission.first_submitted();
    let late = match first {
        Some(at) => Late::of(row.due_on, at.date_in_vietnam(), calendar),
        None if row.is_late(seen.today) => Late::of(row.due_on, seen.today, calendar),
        None => Late::of(row.due_on, row.due_on, calendar),
    };
    let note = match (&row.waiver, row.extensions.last()) {
        (Some(waiver), _) => say.with("board.waived", &[("reason", &waiver.reason)]),
        (None, Some(given)) => {
            let until = given.open_until.in_table();
            say.with("collection.extended", &[("until", &until), ("reason", &given.reason), ("by", &given.granted_by)])
        }
        (None, None) => String::new(),
    };
    RowView {
        unit: row.unit.to_string(),
        href: paths::sheet(&seen.cycle.form, seen.cycle.period, &row.unit),
        name: row.name.clone(),
        state: state_badge(say, row.submission.state()),
        late: if late.is_in_time() { String::new() } else { late_in_words(say, late) },
        filled: row.completeness.filled,
        required: row.completeness.required,
        first: first.map(|at| at.in_table()).unwrap_or_default(),
        due: if row.due_on == seen.cycle.due_on { String::new() } else { row.due_on.in_table() },
        note,
        can_approve: row.submission.state() == State::Accepted,
        is_in: row.is_in(),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for BoardPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = frame(Part::Collection, lang).messages();
        let row = |state, can_approve| RowView {
            unit: if can_approve { "x-1".into() } else { "x-2".into() },
            href: "/nhap-lieu/b/2020-H1/x-1".into(),
            name: LONG_NAME.into(),
            state: state_badge(say, state),
            late: if can_approve { String::new() } else { "chậm 2 ngày".into() },
            filled: 23,
            required: 31,
            first: "09:00 12/06/2020".into(),
            due: "20/06/2020".into(),
            note: LONG_NAME.into(),
            can_approve,
            is_in: can_approve,
        };
        let sample = |rows: Vec<RowView>, is_kept| Self {
            page: frame(Part::Collection, lang),
            refusal: if is_kept { say.refusal(&Refusal::NoReason) } else { String::new() },
            notice: if is_kept { LONG_NAME.into() } else { String::new() },
            title: LONG_NAME.into(),
            number: "Biểu số 01/TĐKT".into(),
            receiver: "Huyện Triệu Sơn".into(),
            period: "6 tháng đầu năm 2020".into(),
            due: "15/06/2020".into(),
            closes: "26/06/2020".into(),
            closed: if is_kept { String::new() } else { "Trần Văn Bình".into() },
            left: "còn 2 ngày làm việc".into(),
            total: 34,
            sent: 23,
            accepted: 12,
            late: 3,
            rows,
            is_kept,
            address: "/thu-thap/b/2020-H1".into(),
            form_token: "0123-abcd".into(),
        };
        vec![sample(Vec::new(), false), sample(vec![row(State::Accepted, true), row(State::Draft, false)], true)]
    }
}
