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

impl FaultPage {
    /// The page of a fault, or of a status that a layer gave.
    pub fn of(prefs: Prefs, here: String, status: StatusCode, fault: Option<&Fault>, id: String) -> Self {
        let say = Messages::of(prefs.lang);
        let (title, sentence) = match fault {
            Some(Fault::NotFound) => ("fault-page.not-found", say.get("fault-page.not-found-sentence").to_owned()),
            Some(Fault::Refused(refusal)) => ("fault-page.refused", say.refusal(refusal)),
            Some(Fault::TooMany) => ("fault-page.too-many", say.get("fault-page.too-many-sentence").to_owned()),
            Some(Fault::Busy) => ("fault-page.busy", say.get("fault-page.busy-sentence").to_owned()),
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
        // Who asks is not known here, so the menu shows what everyone may enter.
        let page = Page {
            prefs,
            title: title.clone(),
            here,
            part: Part::Nowhere,
            standing: Standing::default(),
            closed: vec![Part::Journal],
            greeting: Greeting::default(),
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
                Self::of(prefs, "/x".into(), status, fault.as_ref(), "20200705-1".into())
            })
            .collect()
    }
}
