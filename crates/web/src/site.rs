//! What a request has at hand: the program, the reader's choices, and the way to ask a verb.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use thidua_app::account::{Token, Visitor, visitor};
use thidua_app::permit::permit;
use thidua_app::{App, Entropy, Error, org};
use thidua_domain::Actor;
use thidua_domain::account::Duty;
use thidua_domain::actor::{Reach, Thing, Verb, may, reach_of};
use tokio::sync::Semaphore;

use crate::actor::{acting, reader};
use crate::api::Turns;
use crate::attempts::Attempts;
use crate::fault::Fault;
use crate::fault_page::Who;
use crate::messages::Messages;
use crate::page::{Greeting, Page, Part, Standing};
use crate::prefs::Prefs;
use crate::settings::Settings;
use crate::{cookie, form_token, paths};

/// The program behind the pages.
#[derive(Debug, Clone)]
pub struct Site {
    /// The program.
    pub app: Arc<App>,
    gate: Arc<Semaphore>,
    attempts: Attempts,
    /// How often each key may ask.
    pub(crate) turns: Turns,
    /// What the operator set.
    pub settings: Arc<Settings>,
}

/// Verbs that may run at once: each holds a thread and a connection of the database.
const VERBS_AT_ONCE: usize = 8;
/// How long a request waits for its turn before it is told to come back.
const TURN_WAIT: Duration = Duration::from_secs(10);

impl Site {
    /// The site of a program, as its operator set it.
    pub fn new(app: Arc<App>, settings: Settings) -> Self {
        Self {
            app,
            gate: Arc::new(Semaphore::new(VERBS_AT_ONCE)),
            attempts: Attempts::default(),
            turns: Turns::default(),
            settings: Arc::new(settings),
        }
    }

    /// What the page of a fault may say of whoever asks; nothing where that cannot be found out.
    pub async fn who(&self, headers: &HeaderMap) -> Who {
        let Some(token) = token_of(headers) else { return Who::unknown() };
        let found = self.blocking(move |app| {
            let visitor = visitor(app, &app.home.tenant, Some(&token))?;
            Ok(Who { closed: closed(app, &acting(app, &visitor)), greeting: Greeting::of(&visitor) })
        });
        // The page of a fault is never itself a fault.
        found.await.unwrap_or_else(|_| Who::unknown())
    }

    /// Runs a verb as a reader, on a thread that may block.
    pub async fn verb<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&App, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Fault> {
        self.blocking(|app| verb(app, &reader(app))).await
    }

    /// Runs work on a thread that may block.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Fault> {
        let turn = tokio::time::timeout(TURN_WAIT, Arc::clone(&self.gate).acquire_owned());
        let turn = turn.await.map_err(|_| Fault::Busy)?.expect("the gate is never closed");
        let app = Arc::clone(&self.app);
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work itself: a reader who leaves does not free the thread.
            let _turn = turn;
            work(&app)
        });
        match done.await {
            Ok(answer) => answer.map_err(Fault::from),
            Err(panicked) => Err(Fault::Internal(Arc::new(panicked.into()))),
        }
    }
}

/// A request for a page.
#[derive(Debug, Clone)]
pub struct Ask {
    site: Site,
    prefs: Prefs,
    here: String,
    token: Option<Token>,
}

/// Whose data a page shows, and to whom.
#[derive(Debug, Clone)]
pub struct House {
    standing: org::Standing,
    /// Who the request comes from.
    pub visitor: Visitor,
    closed: Vec<Part>,
}

impl House {
    /// The account of whoever asks; empty where nobody signed in. Keeps changes on a shared device apart.
    pub fn account(&self) -> String {
        match &self.visitor {
            Visitor::Person(person) => person.account.id.to_string(),
            Visitor::Anyone | Visitor::Stranger => String::new(),
        }
    }
}

impl FromRequestParts<Site> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        let here = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Self { site: site.clone(), prefs: Prefs::of(&parts.headers), here, token: token_of(&parts.headers) })
    }
}

impl Ask {
    /// Asks a verb, and with it whose data the page shows and to whom.
    pub async fn verb<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&App, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<(House, T), Fault> {
        let (token, here) = (self.token.clone(), self.here.clone());
        let work = move |app: &App| {
            let visitor = visitor(app, &app.home.tenant, token.as_ref())?;
            if let Some(duty) = first(&visitor, &here) {
                return Ok(Err(duty));
            }
            let by = acting(app, &visitor);
            permit(&by, Verb::ReadPages, Thing::Tenant, "page")?;
            let house = House { standing: org::standing(app, &by)?, visitor, closed: closed(app, &by) };
            Ok(Ok((house, verb(app, &by)?)))
        };
        self.site.blocking(work).await?.map_err(Fault::First)
    }

    /// Asks a verb whose answer is no page.
    pub async fn file<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&App, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Fault> {
        let (token, here) = (self.token.clone(), self.here.clone());
        let work = move |app: &App| {
            let visitor = visitor(app, &app.home.tenant, token.as_ref())?;
            if let Some(duty) = first(&visitor, &here) {
                return Ok(Err(duty));
            }
            let by = acting(app, &visitor);
            permit(&by, Verb::ReadPages, Thing::Tenant, "page")?;
            Ok(Ok(verb(app, &by)?))
        };
        self.site.blocking(work).await?.map_err(Fault::First)
    }

    /// What the operator set.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.site.settings)
    }

    /// The token of the session the request carries, whether or not it is one.
    pub fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// Whether a form's token was made for the session the request carries.
    pub fn takes(&self, given: &str) -> bool {
        self.token.as_ref().is_some_and(|token| form_token::fits(token.text(), given))
    }

    /// The attempts to sign in, by address.
    pub fn attempts(&self) -> &Attempts {
        &self.site.attempts
    }

    /// A token for the forms of a page; empty for a visitor without a session, who is shown none.
    ///
    /// # Errors
    /// Where the machine has no random bytes to give.
    pub fn form_token(&self) -> Result<String, Fault> {
        match &self.token {
            Some(token) => Ok(form_token::made(self.entropy(), token.text())?),
            None => Ok(String::new()),
        }
    }

    /// Where the tokens of forms get their chance from.
    pub fn entropy(&self) -> &Entropy {
        &self.site.app.entropy
    }

    /// The sentences of the reader's language.
    pub fn messages(&self) -> &'static Messages {
        Messages::of(self.prefs.lang)
    }

    /// The frame of the page, titled by the sentence of a key.
    pub fn page(&self, part: Part, title: &str, house: &House) -> Page {
        let say = self.messages();
        let standing = &house.standing;
        Page {
            prefs: self.prefs,
            title: title.to_owned(),
            here: self.here.clone(),
            part,
            standing: Standing {
                unit: standing.name.clone(),
                period: say.period(standing.period),
                dated: standing.dated.in_text(),
                note: say.get("site.note").to_owned(),
            },
            closed: house.closed.clone(),
            greeting: Greeting::of(&house.visitor),
        }
    }
}

/// The session's token that a browser sent.
fn token_of(headers: &HeaderMap) -> Option<Token> {
    cookie::value(headers, cookie::SESSION).and_then(Token::read)
}

/// The parts of the site that an actor may not enter.
fn closed(app: &App, by: &Actor) -> Vec<Part> {
    let parts = [
        (Part::Journal, Verb::ReadJournal, Thing::Tenant),
        (Part::Accounts, Verb::ManageAccounts, Thing::Tenant),
        (Part::Forms, Verb::ManageForms, Thing::Unit(&app.home.unit)),
    ];
    let refused = parts.into_iter().filter(|(_, verb, thing)| !may(by, *verb, *thing).is_granted());
    let mut closed: Vec<Part> = refused.map(|(part, _, _)| part).collect();
    if reach_of(by, Verb::ReadDossiers) == Reach::Only(Vec::new()) {
        closed.push(Part::Dossiers);
    }
    if reach_of(by, Verb::ReadSubjects) == Reach::Only(Vec::new()) {
        closed.extend([Part::Persons, Part::Collectives, Part::Households, Part::Eligibility]);
    }
    if reach_of(by, Verb::ReadDecisions) == Reach::Only(Vec::new()) {
        closed.push(Part::Decisions);
    }
    if reach_of(by, Verb::ReadCouncils) == Reach::Only(Vec::new()) {
        closed.push(Part::Councils);
    }
    closed
}

/// What a visitor has to do before they may ask for this address; leaving is always allowed.
fn first(visitor: &Visitor, here: &str) -> Option<Duty> {
    let Visitor::Person(person) = visitor else { return None };
    let path = here.split('?').next().unwrap_or_default();
    let leads_there = match person.duty? {
        Duty::ChangePassword => path == paths::PASSWORD,
        Duty::EnrolSecondFactor => path == paths::SECOND_FACTOR,
    };
    let leaves = [paths::SIGN_OUT, paths::SIGN_OUT_EVERYWHERE].contains(&path);
    person.duty.filter(|_| !leads_there && !leaves)
}

/// The page as a response.
pub fn html(page: &impl Template) -> Result<Response, Fault> {
    let text = page.render()?;
    Ok(([(CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response())
}
