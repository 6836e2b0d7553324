//! The page of a request that has none: what happened, what to do, and the id to quote.

use askama::Template;
use axum::http::StatusCode;

use crate::fault::Fault;
use crate::messages::Messages;
use crate::page::{Greeting, Page, Part, Standing};
use crate::prefs::Prefs;

/// The page of a fault.
#[derive(Debug, Template)]
#[template(path = "parts/fault.html")]
pub struct FaultPage {
    page: Page,
    title: String,
    sentence: String,
    id: String,
}

/// What the page knows of whoever asks.
#[derive(Debug, Clone)]
pub struct Who {
    /// How the header greets them.
    pub greeting: Greeting,
    /// Parts they may not enter.
    pub closed: Vec<Part>,
}

impl Who {
    /// Nobody in particular: the menu shows what everyone may enter.
    pub fn unknown() -> Self {
        Self { greeting: Greeting::default(), closed: vec![Part::Journal, Part::Accounts] }
    }
}

impl FaultPage {
    /// The page of a fault, or of a status that a layer gave.
    ///
    /// Who asks is known only where they carry a session that could be looked up.
    pub fn of(prefs: Prefs, here: String, status: StatusCode, fault: Option<&Fault>, id: String, who: Who) -> Self {
        let say = Messages::of(prefs.lang);
        let (title, sentence) = match fault {
            Some(Fault::NotFound) => ("fault-page.not-found", say.get("fault-page.not-found-sentence").to_owned()),
            Some(Fault::Refused(refusal)) => ("fault-page.refused", say.refusal(refusal)),
            Some(Fault::TooMany) => ("fault-page.too-many", say.get("fault-page.too-many-sentence").to_owned()),
            Some(Fault::Busy) => ("fault-page.busy", say.get("fault-page.busy-sentence").to_owned()),
            // Led elsewhere before any page is made; here for the day that changes.
            Some(Fault::First(_)) => ("fault-page.refused", say.get("fault-page.request-sentence").to_owned()),
            Some(Fault::Internal(_)) => ("fault-page.internal", say.get("fault-page.internal-sentence").to_owned()),
            None if status == StatusCode::NOT_FOUND => {
                ("fault-page.not-found", say.get("fault-page.not-found-sentence").to_owned())
            }
            None if status.is_client_error() => {
                ("fault-page.request", say.get("fault-page.request-sentence").to_owned())
            }
            None => ("fault-page.busy", say.get("fault-page.busy-sentence").to_owned()),
        };
        let title = say.get(title).to_owned();
        let page = Page {
            prefs,
            title: title.clone(),
            here,
            part: Part::Nowhere,
            standing: Standing::default(),
            closed: who.closed,
            greeting: who.greeting,
        };
        Self { page, title, sentence, id }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for FaultPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        let prefs = crate::sampled::frame(Part::Nowhere, lang).prefs;
        let faults = [
            Some(Fault::NotFound),
            Some(Fault::Refused(thidua_domain::Refusal::UnknownReport { asked: "x".into() })),
            Some(Fault::Busy),
            Some(Fault::TooMany),
            Some(Fault::Internal(std::sync::Arc::new(anyhow::anyhow!("secret")))),
            None,
        ];
        faults
            .iter()
            .map(|fault| {
                let status = fault.as_ref().map_or(StatusCode::PAYLOAD_TOO_LARGE, Fault::status);
                Self::of(prefs, "/x".into(), status, fault.as_ref(), "20200705-1".into(), Who::unknown())
            })
            .collect()
    }
}
