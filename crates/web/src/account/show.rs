//! One's own account: who one is, the roles held, the password, the sessions.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use thidua_app::account::{FactorStanding, HeldRole, ListedSession, Profile, factor_standing, profile, sessions};
use thidua_base::text::upper_first;
use thidua_domain::Refusal;

use super::browser::in_words;
use super::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::LabelledFact;
use crate::page::{Page, Part};
use crate::site::{Ask, html};
use crate::{form_token, paths};

/// The page of one's own account.
#[derive(Debug, Template)]
#[template(path = "account/show.html")]
pub struct Show {
    page: Page,
    facts: Vec<LabelledFact>,
    roles: Vec<String>,
    rows: Vec<Row>,
    factor: String,
    form_token: String,
    refusal: String,
}

#[derive(Debug)]
struct Row {
    user_agent: String,
    created: String,
    seen: String,
    expires: String,
    is_current: bool,
}

/// `GET /tai-khoan`
pub async fn page(ask: Ask) -> Result<Response, Fault> {
    shown(&ask, None).await
}

/// The page, with what was refused where something was.
pub async fn shown(ask: &Ask, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let token = ask.token().cloned().ok_or(Fault::NotFound)?;
    let secret = token.text().to_owned();
    let asked = ask.verb(move |app, by| Ok((profile(app, by)?, sessions(app, by, &token)?, factor_standing(app, by)?)));
    let (house, (own, open, factor)) = asked.await?;
    let say = ask.messages();
    let page = ask.page(Part::Nowhere, say.get("account.title"), &house);
    let filled = Show::of(page, say, &own, &open, factor, form_token::made(ask.entropy(), &secret)?, refusal.as_ref());
    let mut response = html(&filled)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl Show {
    fn of(
        page: Page,
        say: &'static Messages,
        own: &Profile,
        open: &[ListedSession],
        factor: FactorStanding,
        form_token: String,
        refusal: Option<&Refusal>,
    ) -> Self {
        let account = &own.account;
        let facts = vec![
            LabelledFact::new(say.get("account.person"), &account.display_name),
            LabelledFact::new(say.get("account.name"), &account.name),
            LabelledFact::new(say.get("account.password-changed"), account.password_changed_at.in_table()),
        ];
        let rows = open.iter().map(|listed| Row {
            user_agent: match in_words(&listed.session.user_agent) {
                told if told.is_empty() => say.get("account.unknown-browser").to_owned(),
                told => told,
            },
            created: listed.session.created_at.in_table(),
            seen: listed.session.seen_at.in_table(),
            expires: listed.session.expires_at.in_table(),
            is_current: listed.is_current,
        });
        Self {
            page,
            facts,
            roles: own.roles.iter().map(|role| upper_first(&role_line(say, role))).collect(),
            rows: rows.collect(),
            factor: factor_line(say, factor),
            form_token,
            refusal: refusal.map(|refusal| say.refusal(refusal)).unwrap_or_default(),
        }
    }

    fn to_password(&self) -> &'static str {
        paths::PASSWORD
    }

    fn to_second_factor(&self) -> &'static str {
        paths::SECOND_FACTOR
    }

    fn to_keys(&self) -> &'static str {
        paths::ACCESS_KEYS
    }

    fn to_sign_out(&self) -> &'static str {
        paths::SIGN_OUT
    }

    fn to_sign_out_everywhere(&self) -> &'static str {
        paths::SIGN_OUT_EVERYWHERE
    }
}

/// How one's second factor stands, in a sentence.
pub(super) fn factor_line(say: &'static Messages, factor: FactorStanding) -> String {
    match factor.since {
        None => say.get("account.factor-none").to_owned(),
        Some(since) => {
            let facts = [("since", &*since.in_table()), ("left", &*factor.codes_left.to_string())];
            say.with("account.factor-since", &facts)
        }
    }
}

/// A role in a line: what, where, from when to when.
pub(super) fn role_line(say: &'static Messages, role: &HeldRole) -> String {
    let name = say.get(&format!("role.{}", role.held.role.word()));
    let unit = role.unit_name.as_deref().unwrap_or(say.get("account.whole-tenant"));
    let from = role.held.valid_from.in_table();
    let facts = [("role", name), ("unit", unit), ("from", &from)];
    match role.held.valid_to {
        None => say.with("account.role", &facts),
        Some(to) => say.with("account.role-to", &[facts.as_slice(), &[("to", &to.in_table())]].concat()),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for Show {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_base::{Code, Date, Timestamp};
        use thidua_domain::account::{Account, AccountState, RoleHeld, Session, WayIn};
        use thidua_domain::actor::Role;

        let page = frame(Part::Nowhere, lang);
        let say = page.messages();
        let at = Timestamp::parse("2020-07-05T02:00:00Z").unwrap();
        let account = Account {
            id: Code::parse("tk-1").unwrap(),
            name: "hoa".into(),
            display_name: "Nguyễn Thị Hòa".into(),
            state: AccountState::Open,
            password_changed_at: at,
            created_at: at,
        };
        let session = |user_agent: &str, is_current| ListedSession {
            session: Session {
                created_at: at,
                seen_at: at,
                expires_at: at,
                user_agent: user_agent.into(),
                way_in: WayIn::Password,
            },
            is_current,
        };
        let role = |role, valid_to, unit_name| HeldRole {
            held: RoleHeld {
                account: account.id.clone(),
                role,
                unit: None,
                valid_from: Date::new(2020, 7, 1).unwrap(),
                valid_to,
            },
            unit_name,
        };
        let roles = Role::ALL.into_iter().enumerate().map(|(place, one)| match place % 2 {
            0 => role(one, None, None),
            _ => role(one, Date::new(2021, 7, 1), Some(LONG_NAME.to_owned())),
        });
        let bare = Profile { account: account.clone(), roles: Vec::new() };
        let full = Profile { roles: roles.collect(), ..bare.clone() };
        let sessions = [session("", true), session(&"Mozilla/5.0 ".repeat(20), false)];
        let token = || "0123-abcd".to_owned();
        vec![
            Self::of(
                page.clone(),
                say,
                &bare,
                &sessions[..1],
                FactorStanding { since: None, codes_left: 0 },
                token(),
                None,
            ),
            Self::of(
                page,
                say,
                &full,
                &sessions,
                FactorStanding { since: Some(at), codes_left: 9 },
                token(),
                Some(&Refusal::WrongPassword),
            ),
        ]
    }
}
