//! What is due, and how one is reminded of it.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use thidua_app::Error;
use thidua_app::instrument::{Catalogue, lapsing};
use thidua_app::notice::{ChoreSeen, Due, Own, due_list, movement_due, own};
use thidua_base::text::upper_first;
use thidua_domain::Refusal;
use thidua_domain::collection::submission::Side;
use thidua_law::WorkingDays;

use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::instrument::{LapsingRow, lapsing_rows};
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::site::{Ask, html};
use crate::{form_token, paths};

/// The list of what is due, with the settings of reminders below.
#[derive(Debug, Template)]
#[template(path = "notice/due.html")]
pub struct DuePage {
    page: Page,
    rows: Vec<Row>,
    lapsing: Vec<LapsingRow>,
    is_about: bool,
    settings: Option<Settings>,
}

/// A line of the list; the home page shows those that are one's own.
#[derive(Debug)]
pub struct Row {
    pub until: String,
    pub left: String,
    pub class: &'static str,
    pub href: String,
    pub form: String,
    pub period: String,
    pub unit: String,
    pub state: String,
    pub next: String,
    pub is_mine: bool,
}

/// How the person is reminded.
#[derive(Debug)]
struct Settings {
    email: String,
    feed: String,
    has_feed: bool,
    made: String,
    form_token: String,
    refusal: String,
}

/// What the page has to say beside the list.
#[derive(Debug, Default)]
pub struct Told {
    /// What was refused.
    pub refusal: Option<Refusal>,
    /// The address typed, where it was refused.
    pub typed: Option<String>,
    /// The address of a feed that was made just now.
    pub made: Option<String>,
}

/// `GET /viec-den-han`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, Told::default()).await
}

/// The page, with what there is to say.
pub async fn shown(ask: &Ask, told: Told) -> Result<Response, Fault> {
    let (house, (due, chores, lapsing, own)) = ask
        .verb(|app, by| {
            let own = match own(app, by) {
                Ok(own) => Some(own),
                Err(Error::NotFound(_)) => None,
                Err(other) => return Err(other),
            };
            Ok((due_list(app, by)?, movement_due(app, by)?, lapsing(app, by)?, own))
        })
        .await?;
    let say = ask.messages();
    let page = ask.page(Part::Due, say.get("notice.title"), &house);
    let is_refused = told.refusal.is_some();
    let settings = match (own, ask.token()) {
        (Some(own), Some(token)) => Some(Settings::of(say, &own, told, form_token::made(ask.entropy(), token.text())?)),
        (_, _) => None,
    };
    let mut response = html(&DuePage::of(page, say, (&due, &chores), &lapsing, settings))?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl DuePage {
    fn of(
        page: Page,
        say: &'static Messages,
        (due, chores): (&[Due], &[ChoreSeen]),
        lapsing: &Catalogue,
        settings: Option<Settings>,
    ) -> Self {
        Self {
            lapsing: lapsing_rows(say, lapsing),
            rows: rows(say, due, chores),
            is_about: due.iter().any(|due| !due.item.left.is_certain)
                || chores.iter().any(|chore| !chore.item.left.is_certain),
            settings,
            page,
        }
    }

    fn to_email(&self) -> &'static str {
        paths::REMINDER_EMAIL
    }

    fn to_feed(&self) -> &'static str {
        paths::FEED_SETTING
    }

    fn to_stop(&self) -> &'static str {
        paths::FEED_STOP
    }

    fn to_sign_in(&self) -> String {
        paths::with_query(paths::SIGN_IN, &[("ve", paths::DUE)])
    }
}

/// The lines of sheets and of movements together: one's own first, the most urgent first.
pub fn rows(say: &'static Messages, due: &[Due], chores: &[ChoreSeen]) -> Vec<Row> {
    let sheets = due.iter().map(|due| ((!due.is_mine, due.item.until), Row::of(say, due)));
    let movements = chores.iter().map(|chore| ((!chore.is_mine, chore.item.until), Row::of_chore(say, chore)));
    let mut rows: Vec<_> = sheets.chain(movements).collect();
    rows.sort_by_key(|(urgency, _)| *urgency);
    rows.into_iter().map(|(_, row)| row).collect()
}

impl Row {
    /// A line of what a movement asks.
    fn of_chore(say: &'static Messages, chore: &ChoreSeen) -> Self {
        let item = &chore.item;
        let next = say.get(&format!("chore.{}", item.chore.word()));
        Self {
            until: item.until.in_table(),
            left: left(say, item.left, item.is_late),
            class: match item.left.days {
                _ if item.is_late => "ended",
                0 | 1 => "open",
                _ => "none",
            },
            href: paths::pledge(&item.movement, &item.unit),
            form: upper_first(&chore.movement_name),
            period: say.get("menu.movements").to_owned(),
            unit: chore.unit_name.clone(),
            state: "–".to_owned(),
            next: next.to_owned(),
            is_mine: chore.is_mine,
        }
    }

    /// A line.
    pub fn of(say: &'static Messages, due: &Due) -> Self {
        let item = &due.item;
        Self {
            until: item.until.in_table(),
            // What the unit has sent is no longer late by waiting at the counter.
            left: match item.side {
                Side::Reporter => left(say, item.left, item.is_late),
                Side::Receiver => "–".to_owned(),
            },
            class: match (item.side, item.left.days) {
                (Side::Receiver, _) => "none",
                (Side::Reporter, _) if item.is_late => "ended",
                (Side::Reporter, 0 | 1) => "open",
                (Side::Reporter, _) => "none",
            },
            href: paths::sheet(&item.form, item.period, &item.unit),
            form: format!("{} – {}", due.form_number, due.form_name),
            period: say.period(item.period),
            unit: due.unit_name.clone(),
            state: upper_first(say.get(&format!("sheet-state.{}", item.state.word()))),
            next: upper_first(say.get(&format!("verb.{}", item.next.word()))),
            is_mine: due.is_mine,
        }
    }
}

/// How much time is left, in words.
fn left(say: &'static Messages, left: WorkingDays, is_late: bool) -> String {
    let key = match (is_late, left.days, left.is_certain) {
        (true, 0, _) => "notice.left-late-none",
        (true, _, true) => "notice.left-late",
        (true, _, false) => "notice.left-late-about",
        (false, 0, _) => "notice.left-none",
        (false, _, true) => "notice.left-days",
        (false, _, false) => "notice.left-days-about",
    };
    say.with(key, &[("days", &left.days.unsigned_abs().to_string())])
}

impl Settings {
    fn of(say: &'static Messages, own: &Own, told: Told, form_token: String) -> Self {
        Self {
            email: told.typed.or_else(|| own.email.clone()).unwrap_or_default(),
            feed: match own.feed_since {
                Some(at) => say.with("notice.feed-since", &[("at", &at.in_table())]),
                None => say.get("notice.feed-none").to_owned(),
            },
            has_feed: own.feed_since.is_some(),
            made: told.made.unwrap_or_default(),
            form_token,
            refusal: told.refusal.map(|refusal| say.refusal(&refusal)).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for DuePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_base::{Code, Date, Period, Timestamp};
        use thidua_domain::actor::Verb;
        use thidua_domain::collection::{DueItem, Stage, State};

        use thidua_law::Library;

        let page = frame(Part::Due, lang);
        let say = page.messages();
        let due = |days, is_certain, side, state, next| Due {
            item: DueItem {
                form: Code::parse("bieu-01").unwrap(),
                period: Period::parse("2020-H1").unwrap(),
                unit: Code::parse("x-1").unwrap(),
                until: Date::parse("2020-06-12").unwrap(),
                left: WorkingDays { days, is_certain },
                is_late: days < 0,
                stage: if days < 0 { Stage::Late } else { Stage::Open },
                state,
                next,
                side,
            },
            form_number: "Biểu số 01/TĐKT".into(),
            form_name: LONG_NAME.into(),
            unit_name: "Xã Thọ Bình".into(),
            is_mine: days < 2,
        };
        let all = [
            due(-3, true, Side::Reporter, State::Returned, Verb::EnterFigures),
            due(0, true, Side::Reporter, State::Submitted, Verb::VerifySheet),
            due(7, false, Side::Reporter, State::Draft, Verb::EnterFigures),
            due(7, true, Side::Receiver, State::Verified, Verb::AcceptSheet),
        ];
        let chore = |days| ChoreSeen {
            item: thidua_domain::movement::MovementDue {
                movement: Code::parse("PT01").unwrap(),
                unit: Code::parse("x-1").unwrap(),
                chore: thidua_domain::movement::Chore::Register,
                until: Date::parse("2020-07-17").unwrap(),
                left: WorkingDays { days, is_certain: true },
                is_late: days < 0,
            },
            movement_name: LONG_NAME.into(),
            unit_name: LONG_NAME.into(),
            is_mine: days < 0,
        };
        let chores = [chore(-1), chore(9)];
        let at = Timestamp::parse("2020-07-05T02:00:00Z").unwrap();
        let with = Own { email: Some("hoa@xa-a.example".into()), feed_since: Some(at) };
        let without = Own { email: None, feed_since: None };
        let settings = |own: &Own, told| Some(Settings::of(say, own, told, "0123-abcd".into()));
        let refused = Told {
            refusal: Some(Refusal::BadEmail { asked: "hoa".into() }),
            typed: Some("hoa\"><b>".into()),
            made: None,
        };
        let made =
            Told { made: Some(format!("https://thidua.example/lich-han/{}.ics", "0a".repeat(32))), ..Told::default() };
        let today = Date::parse("2026-11-24").unwrap();
        let catalogue = |library| Catalogue { day: today, today, library };
        vec![
            Self::of(page.clone(), say, (&[], &[]), &catalogue(Library::default()), None),
            Self::of(
                page.clone(),
                say,
                (&all, &chores),
                &catalogue(Library::shipped().unwrap()),
                settings(&without, refused),
            ),
            Self::of(page, say, (&all, &chores), &catalogue(Library::default()), settings(&with, made)),
        ]
    }
}
