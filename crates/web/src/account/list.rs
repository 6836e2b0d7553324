//! The accounts of the tenant, for those who manage them: search, pages, and the form that opens one.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::account::{Listed, list};
use thidua_base::Date;
use thidua_base::text::{fold, upper_first};
use thidua_domain::Refusal;
use thidua_domain::account::AccountState;

use super::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::page::{Page, Part};
use crate::paging::Paging;
use crate::site::{Ask, html};
use crate::{form_token, paths};

/// The accounts of the tenant.
#[derive(Debug, Template)]
#[template(path = "account/list.html")]
pub struct AccountsPage {
    page: Page,
    asked: String,
    rows: Vec<Row>,
    all: usize,
    paging: Paging,
    form_token: String,
    typed: Opening,
    refusal: String,
}

#[derive(Debug)]
struct Row {
    name: String,
    href: String,
    person: String,
    roles: Vec<String>,
    state: &'static str,
    state_class: &'static str,
    second_factor: &'static str,
    provider: &'static str,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "trang", default)]
    page: usize,
}

/// An account to be opened, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Opening {
    /// The name to sign in with.
    #[serde(rename = "ten", default)]
    pub name: String,
    /// The person's full name.
    #[serde(rename = "ho-ten", default)]
    pub person: String,
    /// The form's token.
    #[serde(rename = "ma", default)]
    pub form_token: String,
}

/// `GET /tai-khoan/quan-ly`
pub async fn page(ask: Ask, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, asked, Opening::default(), None).await
}

/// The page, with what was typed and refused where something was.
pub async fn shown(ask: &Ask, asked: Asked, typed: Opening, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let (house, (listed, today)) = ask.verb(|app, by| Ok((list(app, by)?, app.clock.now().date_in_vietnam()))).await?;
    let say = ask.messages();
    let token = ask.token().map(|token| form_token::made(ask.entropy(), token.text())).transpose()?;
    let page = ask.page(Part::Accounts, say.get("accounts.title"), &house);
    let refusal_told = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let filled = AccountsPage::of(page, say, &listed, today, asked, token.unwrap_or_default(), typed, refusal_told);
    let mut response = html(&filled)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

impl AccountsPage {
    #[expect(clippy::too_many_arguments, reason = "a page of one list and one form; each argument fills one place")]
    fn of(
        page: Page,
        say: &'static Messages,
        listed: &[Listed],
        today: Date,
        asked: Asked,
        form_token: String,
        typed: Opening,
        refusal: String,
    ) -> Self {
        let words = fold(&asked.words);
        let fitting: Vec<&Listed> = listed
            .iter()
            .filter(|one| [&one.account.name, &one.account.display_name].iter().any(|text| fold(text).contains(&words)))
            .collect();
        let paging = Paging::of(paths::ACCOUNTS, &[("tim", &asked.words)], asked.page, fitting.len());
        let rows = paging.cut(&fitting).iter().map(|one| row(say, one, today)).collect();
        Self { rows, all: listed.len(), asked: asked.words, paging, form_token, typed, refusal, page }
    }

    fn action(&self) -> &'static str {
        paths::ACCOUNTS
    }
}

fn row(say: &'static Messages, one: &Listed, today: Date) -> Row {
    let mut roles: Vec<String> = one
        .roles
        .iter()
        .filter(|held| held.on(today))
        .map(|held| upper_first(say.get(&format!("role.{}", held.role.word()))))
        .collect();
    roles.dedup();
    let yes_or_no = |yes| if yes { say.get("accounts.yes") } else { "–" };
    let (state, state_class) = state(say, one.account.state);
    Row {
        href: paths::managed_account(&one.account.name),
        name: one.account.name.clone(),
        person: one.account.display_name.clone(),
        roles,
        state,
        state_class,
        second_factor: yes_or_no(one.has_second_factor),
        provider: yes_or_no(one.is_linked),
    }
}

/// The words of a state, and the class of their mark.
pub(super) fn state(say: &'static Messages, state: AccountState) -> (&'static str, &'static str) {
    match state {
        AccountState::Open => (say.get("accounts.open"), "good"),
        AccountState::Closed => (say.get("accounts.closed"), "neutral"),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for AccountsPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use thidua_base::{Code, Timestamp};
        use thidua_domain::account::{Account, RoleHeld};
        use thidua_domain::actor::Role;

        let page = crate::sampled::frame(Part::Accounts, lang);
        let say = page.messages();
        let today = Date::new(2020, 7, 5).unwrap();
        let at = Timestamp::parse("2020-07-05T02:00:00Z").unwrap();
        let one = |number: usize, name: &str, person: &str| {
            let account = Account {
                id: Code::parse(&format!("tk-{number}")).unwrap(),
                name: name.into(),
                display_name: person.into(),
                state: if number.is_multiple_of(2) { AccountState::Open } else { AccountState::Closed },
                password_changed_at: at,
                created_at: at,
            };
            let role = |role| RoleHeld {
                account: account.id.clone(),
                role,
                unit: None,
                valid_from: Date::new(2020, 1, 1).unwrap(),
                valid_to: None,
            };
            let roles = if number.is_multiple_of(2) { Role::ALL.into_iter().map(role).collect() } else { Vec::new() };
            Listed { roles, account, has_second_factor: number.is_multiple_of(2), is_linked: number.is_multiple_of(3) }
        };
        let many: Vec<Listed> =
            (0..120).map(|number| one(number, &format!("nguoi-{number}"), crate::sampled::LONG_NAME)).collect();
        let asked = |words: &str, page| Asked { words: words.into(), page };
        let token = || "0123-abcd".to_owned();
        let typed = Opening { name: "\"><b>".into(), person: "<b>".into(), form_token: String::new() };
        vec![
            Self::of(page.clone(), say, &[], today, asked("", 1), token(), Opening::default(), String::new()),
            Self::of(page, say, &many, today, asked("nguoi", 2), token(), typed, "x".into()),
        ]
    }
}
