//! One account, for those who manage accounts: what it may do, and everything that can be changed about it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::account::{
    LinkAsked, Managed, NewRole, RoleEnd, close_account, end_role, end_sessions, give_password, grant_role,
    link_account, managed, open_account, reopen_account, reset_second_factor, unlink_account,
};
use thidua_app::{App, Error, org};
use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_base::text::{fold, upper_first};
use thidua_domain::Refusal;
use thidua_domain::account::{AccountState, PasswordOrigin};
use thidua_domain::actor::{Actor, Role};
use thidua_domain::org::Unit;

use super::browser::in_words;
use super::list::{self, Opening, state};
use super::show::role_line;
use super::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::{FilterOption, LabelledFact};
use crate::page::{Page, Part};
use crate::site::{Ask, html};
use crate::{form_token, paths};

/// The page of an account.
#[derive(Debug, Template)]
#[template(path = "account/manage.html")]
pub struct ManagePage {
    page: Page,
    title: String,
    name: String,
    facts: Vec<LabelledFact>,
    is_open: bool,
    has_second_factor: bool,
    roles: Vec<RoleRow>,
    role_options: Vec<FilterOption>,
    units: Vec<String>,
    today: String,
    sessions: Vec<SessionRow>,
    links: Vec<LinkRow>,
    issuer: String,
    form_token: String,
    given: String,
    told: String,
    refusal: String,
}

#[derive(Debug)]
struct RoleRow {
    line: String,
    word: &'static str,
    unit: String,
    can_end: bool,
}

#[derive(Debug)]
struct SessionRow {
    user_agent: String,
    created: String,
    seen: String,
}

#[derive(Debug)]
struct LinkRow {
    issuer: String,
    subject: String,
    since: String,
}

/// What was done just before, told on the page it leads to.
#[derive(Debug, Default, Deserialize)]
pub struct After {
    #[serde(rename = "xong", default)]
    done: String,
}

/// What the forms send; each uses some.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(rename = "ma", default)]
    form_token: String,
    #[serde(rename = "vai-tro", default)]
    role: String,
    #[serde(rename = "don-vi", default)]
    unit: String,
    #[serde(rename = "toan-bo", default)]
    whole: String,
    #[serde(rename = "tu-ngay", default)]
    from: String,
    #[serde(rename = "den-ngay", default)]
    to: String,
    #[serde(rename = "ngay", default)]
    on: String,
    #[serde(rename = "cong", default)]
    issuer: String,
    #[serde(rename = "dinh-danh", default)]
    subject: String,
}

/// What is done to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    GivePassword,
    Close,
    Reopen,
    GiveRole,
    EndRole,
    EndSessions,
    Link,
    Unlink,
    ResetSecondFactor,
}

impl Act {
    const ALL: [(&'static str, Self); 9] = [
        ("mat-khau", Self::GivePassword),
        ("dong", Self::Close),
        ("mo", Self::Reopen),
        ("giao-vai-tro", Self::GiveRole),
        ("thoi-vai-tro", Self::EndRole),
        ("dong-phien", Self::EndSessions),
        ("lien-ket", Self::Link),
        ("bo-lien-ket", Self::Unlink),
        ("bo-hai-lop", Self::ResetSecondFactor),
    ];

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, act)| act)
    }
}

/// `POST /tai-khoan/quan-ly`: opens an account and shows its first password, once.
pub async fn open(ask: Ask, Form(typed): Form<Opening>) -> Result<Response, Fault> {
    if !ask.takes(&typed.form_token) {
        return list::shown(&ask, list::Asked::default(), typed, Some(Refusal::StaleForm)).await;
    }
    let new = typed.clone();
    match ask.file(move |app, by| open_account(app, by, &new.name, &new.person)).await {
        Ok((account, given)) => {
            shown(&ask, account.name, Told { given: given.text().to_owned(), ..Told::default() }).await
        }
        Err(Fault::Refused(refusal)) => list::shown(&ask, list::Asked::default(), typed, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

/// `GET /tai-khoan/quan-ly/{name}`
pub async fn page(ask: Ask, Path(name): Path<String>, Query(after): Query<After>) -> Result<Response, Fault> {
    let done = Act::parse(&after.done).map(|_| after.done);
    shown(&ask, name, Told { done: done.unwrap_or_default(), ..Told::default() }).await
}

/// `POST /tai-khoan/quan-ly/{name}/{act}`
pub async fn act(
    ask: Ask,
    Path((name, word)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let act = Act::parse(&word).ok_or(Fault::NotFound)?;
    if !ask.takes(&typed.form_token) {
        return shown(&ask, name, Told { refusal: Some(Refusal::StaleForm), ..Told::default() }).await;
    }
    let account = name.clone();
    match ask.file(move |app, by| done(app, by, &account, act, &typed)).await {
        Ok(None) => {
            let to = paths::with_query(&paths::managed_account(&name), &[("xong", &word)]);
            Ok(Redirect::to(&to).into_response())
        }
        Ok(Some(given)) => shown(&ask, name, Told { given, ..Told::default() }).await,
        Err(Fault::Refused(refusal)) => shown(&ask, name, Told { refusal: Some(refusal), ..Told::default() }).await,
        Err(fault) => Err(fault),
    }
}

/// Does it; gives a password that is to be shown once.
fn done(app: &App, by: &Actor, name: &str, act: Act, typed: &Typed) -> Result<Option<String>, Error> {
    // Whoever may not manage accounts learns nothing from the refusals below.
    let account = managed(app, by, name)?.account.name;
    match act {
        Act::GivePassword => return Ok(Some(give_password(app, by, &account)?.text().to_owned())),
        Act::Close => close_account(app, by, &account)?,
        Act::Reopen => reopen_account(app, by, &account)?,
        Act::GiveRole => {
            let from = day(&typed.from)?;
            let to = if typed.to.trim().is_empty() { None } else { Some(day(&typed.to)?) };
            let unit = if typed.whole.is_empty() { Some(unit(app, by, &typed.unit, from)?) } else { None };
            grant_role(app, by, &NewRole { name: account, role: role(&typed.role)?, unit, from, to })?;
        }
        Act::EndRole => {
            let unit = match typed.unit.as_str() {
                "" => None,
                id => Some(OrgId::parse(id).map_err(|_| unknown(&typed.unit))?),
            };
            let end = RoleEnd { name: account, role: role(&typed.role)?, unit, on: day(&typed.on)? };
            end_role(app, by, &end)?;
        }
        Act::EndSessions => {
            end_sessions(app, by, &account)?;
        }
        Act::Link => {
            link_account(app, by, &link(account, typed))?;
        }
        Act::Unlink => unlink_account(app, by, &link(account, typed))?,
        Act::ResetSecondFactor => reset_second_factor(app, by, &account)?,
    }
    Ok(None)
}

fn link(name: String, typed: &Typed) -> LinkAsked {
    LinkAsked { name, issuer: typed.issuer.clone(), subject: typed.subject.clone() }
}

fn role(word: &str) -> Result<Role, Refusal> {
    let known = || Role::ALL.iter().map(|role| role.word().to_owned()).collect();
    Role::parse(word).ok_or_else(|| Refusal::UnknownRole { asked: word.to_owned(), known: known() })
}

fn day(text: &str) -> Result<Date, Refusal> {
    let text = text.trim();
    Date::parse(text).or_else(|_| Date::parse_vi(text)).map_err(|_| Refusal::BadDay { asked: text.to_owned() })
}

/// The unit that was typed, by its code or its name on a day; a name that two units bear is none.
fn unit(app: &App, by: &Actor, typed: &str, on: Date) -> Result<OrgId, Error> {
    let units = org::all(app, by)?;
    let words = fold(typed.trim());
    let named = |unit: &&Unit| unit.on(on) && (unit.id.as_str() == typed.trim() || fold(&unit.name) == words);
    let mut found: Vec<&Unit> = units.iter().filter(named).collect();
    found.dedup_by(|one, other| one.id == other.id);
    match found.as_slice() {
        [one] => Ok(one.id.clone()),
        several => Err(Refusal::UnknownUnit {
            asked: typed.trim().to_owned(),
            near: several.iter().map(|unit| unit.id.to_string()).collect(),
        }
        .into()),
    }
}

fn unknown(asked: &str) -> Refusal {
    Refusal::UnknownUnit { asked: asked.to_owned(), near: Vec::new() }
}

/// What a page has to tell besides the account.
#[derive(Debug, Default)]
struct Told {
    /// A password, to be shown once.
    given: String,
    /// The word of what was done.
    done: String,
    /// What was refused.
    refusal: Option<Refusal>,
}

/// Most units offered by name while typing; beyond that their code is typed.
const UNITS_OFFERED: usize = 400;

async fn shown(ask: &Ask, name: String, told: Told) -> Result<Response, Fault> {
    let asked = ask.verb(move |app, by| {
        let found = managed(app, by, &name)?;
        let today = app.clock.now().date_in_vietnam();
        let mut units: Vec<String> =
            org::all(app, by)?.into_iter().filter(|unit| unit.on(today)).map(|unit| unit.name).collect();
        units.dedup();
        units.truncate(UNITS_OFFERED);
        Ok((found, units, today))
    });
    let (house, (found, units, today)) = asked.await?;
    let say = ask.messages();
    let token = ask.token().map(|token| form_token::made(ask.entropy(), token.text())).transpose()?;
    let page = ask.page(Part::Accounts, &found.account.display_name, &house);
    let issuer = ask.settings().provider.as_ref().map(|provider| provider.issuer().to_owned()).unwrap_or_default();
    let is_refused = told.refusal.is_some();
    let filled = ManagePage::of(page, say, &found, units, today, issuer, token.unwrap_or_default(), told);
    let mut response = html(&filled)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl ManagePage {
    #[expect(clippy::too_many_arguments, reason = "a page of many forms; each argument fills one place")]
    fn of(
        page: Page,
        say: &'static Messages,
        found: &Managed,
        units: Vec<String>,
        today: Date,
        issuer: String,
        form_token: String,
        told: Told,
    ) -> Self {
        let account = &found.account;
        let role_options = Role::ALL.into_iter().map(|role| FilterOption {
            value: role.word().to_owned(),
            label: upper_first(say.get(&format!("role.{}", role.word()))),
            is_chosen: false,
        });
        let roles = found.roles.iter().map(|one| RoleRow {
            line: upper_first(&role_line(say, one)),
            word: one.held.role.word(),
            unit: one.held.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            can_end: one.held.valid_to.is_none_or(|to| today < to),
        });
        let sessions = found.sessions.iter().map(|session| SessionRow {
            user_agent: match in_words(&session.user_agent) {
                told if told.is_empty() => say.get("account.unknown-browser").to_owned(),
                told => told,
            },
            created: session.created_at.in_table(),
            seen: session.seen_at.in_table(),
        });
        let links = found.links.iter().map(|link| LinkRow {
            issuer: link.issuer.clone(),
            subject: link.subject.clone(),
            since: link.linked_at.in_table(),
        });
        Self {
            title: account.display_name.clone(),
            name: account.name.clone(),
            facts: facts(say, found),
            is_open: account.state == AccountState::Open,
            has_second_factor: found.second_factor_since.is_some(),
            roles: roles.collect(),
            role_options: role_options.collect(),
            units,
            today: today.to_string(),
            sessions: sessions.collect(),
            links: links.collect(),
            issuer,
            form_token,
            given: told.given,
            told: if told.done.is_empty() {
                String::new()
            } else {
                say.get(&format!("accounts.done-{}", told.done)).to_owned()
            },
            refusal: told.refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default(),
            page,
        }
    }

    fn to(&self, act: &str) -> String {
        paths::account_act(&self.name, act)
    }

    fn to_list(&self) -> &'static str {
        paths::ACCOUNTS
    }
}

fn facts(say: &'static Messages, found: &Managed) -> Vec<LabelledFact> {
    let account = &found.account;
    let password = match found.password_origin {
        PasswordOrigin::Own => say.with("accounts.password-own", &[("at", &account.password_changed_at.in_table())]),
        PasswordOrigin::Given => {
            say.with("accounts.password-given", &[("at", &account.password_changed_at.in_table())])
        }
    };
    let factor = found.second_factor_since.map_or_else(
        || say.get("accounts.no-factor").to_owned(),
        |since| say.with("accounts.factor-since", &[("at", &since.in_table())]),
    );
    let mut facts = vec![
        LabelledFact::new(say.get("account.name"), &account.name),
        LabelledFact::new(say.get("accounts.state"), state(say, account.state).0),
        LabelledFact::new(say.get("account.password"), password),
        LabelledFact::new(say.get("accounts.second-factor"), factor),
        LabelledFact::new(say.get("accounts.opened"), account.created_at.in_table()),
    ];
    if let Some(until) = found.locked_until {
        facts.push(LabelledFact::new(say.get("accounts.locked-until"), until.in_table()));
    }
    facts
}

#[cfg(test)]
impl crate::sampled::Sampled for ManagePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use thidua_app::account::HeldRole;
        use thidua_base::{Code, Timestamp};
        use thidua_domain::account::{Account, AccountLink, RoleHeld, Session, WayIn};

        let page = crate::sampled::frame(Part::Accounts, lang);
        let say = page.messages();
        let today = Date::new(2020, 7, 5).unwrap();
        let at = Timestamp::parse("2020-07-05T02:00:00Z").unwrap();
        let account = Account {
            id: Code::parse("tk-1").unwrap(),
            name: "hoa\"><b>".into(),
            display_name: "Nguyễn Thị Hòa".into(),
            state: AccountState::Open,
            password_changed_at: at,
            created_at: at,
        };
        let bare = Managed {
            account: account.clone(),
            password_origin: PasswordOrigin::Given,
            locked_until: None,
            roles: Vec::new(),
            sessions: Vec::new(),
            links: Vec::new(),
            second_factor_since: None,
        };
        let role = |role, valid_to, unit: Option<&str>| HeldRole {
            held: RoleHeld {
                account: account.id.clone(),
                role,
                unit: unit.map(|id| Code::parse(id).unwrap()),
                valid_from: today,
                valid_to,
            },
            unit_name: unit.map(|_| crate::sampled::LONG_NAME.to_owned()),
        };
        let session = |user_agent: &str| Session {
            created_at: at,
            seen_at: at,
            expires_at: at,
            user_agent: user_agent.into(),
            way_in: WayIn::Provider,
        };
        let link = AccountLink {
            account: account.id.clone(),
            issuer: "x:sso.example.vn".into(),
            subject: "<b>".into(),
            linked_at: at,
        };
        let full = Managed {
            account: Account { state: AccountState::Closed, ..account.clone() },
            password_origin: PasswordOrigin::Own,
            locked_until: Some(at),
            roles: vec![
                role(Role::Administrator, None, None),
                role(Role::Clerk, Date::new(2020, 7, 5), Some("xa-a")),
                role(Role::Leader, None, Some("xa-a")),
            ],
            sessions: vec![session(""), session("Mozilla/5.0")],
            links: vec![link.clone(), AccountLink { subject: "2".into(), ..link }],
            second_factor_since: Some(at),
        };
        let token = || "0123-abcd".to_owned();
        let given = Told { given: "abcd-efgh-ijkl-mnop".into(), ..Told::default() };
        let told = |refusal, done: &str| Told { refusal, done: done.into(), given: String::new() };
        let mut samples = vec![
            Self::of(page.clone(), say, &bare, Vec::new(), today, String::new(), token(), given),
            Self::of(
                page.clone(),
                say,
                &full,
                vec!["Huyện \"A\"".into(), "Xã B".into()],
                today,
                "x:sso.example.vn".into(),
                token(),
                told(Some(Refusal::OwnAccount), ""),
            ),
        ];
        let dones = Act::ALL.map(|(word, _)| told(None, word));
        samples.extend(
            dones
                .into_iter()
                .map(|done| Self::of(page.clone(), say, &bare, Vec::new(), today, String::new(), token(), done)),
        );
        samples
    }
}
