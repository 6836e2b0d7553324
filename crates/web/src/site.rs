//! What a request has at hand: the program, the reader's choices, and the way to ask a verb.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use thidua_app::{App, Error, org};
use thidua_domain::Actor;
use tokio::sync::Semaphore;

use crate::actor::reader;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::page::{Page, Part, Standing};
use crate::prefs::Prefs;

/// The program behind the pages.
#[derive(Debug, Clone)]
pub struct Site {
    /// The program.
    pub app: Arc<App>,
    gate: Arc<Semaphore>,
}

/// Verbs that may run at once: each holds a thread and a connection of the database.
const VERBS_AT_ONCE: usize = 8;
/// How long a request waits for its turn before it is told to come back.
const TURN_WAIT: Duration = Duration::from_secs(10);

impl Site {
    /// The site of a program.
    pub fn new(app: Arc<App>) -> Self {
        Self { app, gate: Arc::new(Semaphore::new(VERBS_AT_ONCE)) }
    }

    /// Runs a verb on a thread that may block.
    pub async fn verb<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&App, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Fault> {
        let turn = tokio::time::timeout(TURN_WAIT, Arc::clone(&self.gate).acquire_owned());
        let turn = turn.await.map_err(|_| Fault::Busy)?.expect("the gate is never closed");
        let app = Arc::clone(&self.app);
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work itself: a reader who leaves does not free the thread.
            let _turn = turn;
            verb(&app, &reader(&app))
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
}

impl FromRequestParts<Site> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        let here = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Self { site: site.clone(), prefs: Prefs::of(&parts.headers), here })
    }
}

impl Ask {
    /// Asks a verb, and with it whose data the page shows.
    pub async fn verb<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&App, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<(org::Standing, T), Fault> {
        self.site.verb(|app, by| Ok((org::standing(app, by)?, verb(app, by)?))).await
    }

    /// Asks a verb whose answer is no page.
    pub async fn file<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&App, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Fault> {
        self.site.verb(verb).await
    }

    /// The sentences of the reader's language.
    pub fn messages(&self) -> &'static Messages {
        Messages::of(self.prefs.lang)
    }

    /// The frame of the page, titled by the sentence of a key.
    pub fn page(&self, part: Part, title: &str, standing: &org::Standing) -> Page {
        let say = self.messages();
        Page {
            prefs: self.prefs,
            title: title.to_owned(),
            here: self.here.clone(),
            part,
            standing: Standing {
                unit: standing.name.clone(),
                period: standing.period.in_words(),
                dated: standing.dated.in_table(),
                note: say.get("site.note").to_owned(),
            },
        }
    }
}

/// The page as a response.
pub fn html(page: &impl Template) -> Result<Response, Fault> {
    let text = page.render()?;
    Ok(([(CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response())
}
