//! What is done in the room of a session: one form for each act, one word each.

use axum::Form;
use axum::extract::Path;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::council::{
    Ending, NewOpinion, NewQuestion, Receipt, cast_ballot, close_session, close_vote, declare_conflict, mark_presence,
    open_session, put_question, room, write_opinion,
};
use thidua_app::{App, Error};
use thidua_domain::council::{Ballot, Choice, SessionId};
use thidua_domain::refusal::CouncilFault;
use thidua_domain::{Actor, Refusal};

use super::receipt::ReceiptPage;
use super::room::shown;
use super::{absent, session_of};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::Fault;
use crate::movement::Fields;
use crate::page::Part;
use crate::paths;
use crate::site::{Ask, html};

/// `POST /hoi-dong/phien/{id}`
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (id, fields) = (session_of(&id)?, Fields(fields));
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, id, Some(Refusal::StaleForm)).await;
    }
    let (sent, of) = (fields, id.clone());
    // The code of a ballot is in the answer to the form and nowhere else: to lead on to a page would have to keep it.
    match ask.verb(move |app, by| done(app, by, &of, &sent)).await {
        Ok((_, None)) => Ok(Redirect::to(&paths::session(&id)).into_response()),
        Ok((house, Some(receipt))) => {
            let code = match receipt {
                Receipt::Open => String::new(),
                Receipt::Secret(code) => code,
            };
            let page = ask.page(Part::Councils, ask.messages().get("council.your-ballot"), &house);
            let mut response = html(&ReceiptPage { page, code, to_room: paths::session(&id) })?;
            response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
            Ok(response)
        }
        Err(Fault::Refused(refusal)) => shown(&ask, id, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, session: &SessionId, fields: &Fields) -> Result<Option<Receipt>, Error> {
    let number = |name: &str| fields.get(name).parse::<u16>().map_err(|_| absent());
    match fields.get("viec") {
        "khai-mac" => open_session(app, by, session)?,
        "diem-danh" => mark_presence(app, by, session, number("ghe")?, fields.get("co-mat") == "co")?,
        "khai" => declare_conflict(app, by, session, &declared(app, by, session, fields)?)?,
        "dua-ra" => {
            let asked = NewQuestion {
                matter: number("so")?,
                ballot: Ballot::parse(fields.get("cach")).ok_or_else(absent)?,
                text: fields.get("noi-dung").to_owned(),
                reason: fields.get("ly-do").to_owned(),
            };
            put_question(app, by, session, &asked).map(drop)?;
        }
        "bo-phieu" => {
            let choice = Choice::parse(fields.get("y-kien"));
            // A ballot sent without a choice is none.
            let choice = choice.ok_or_else(|| Error::Refused(CouncilFault::EmptyText.into()))?;
            return cast_ballot(app, by, session, number("lan")?, choice).map(Some);
        }
        "kiem-phieu" => close_vote(app, by, session, number("lan")?, Ending::Count).map(drop)?,
        "huy" => {
            close_vote(app, by, session, number("lan")?, Ending::Void(fields.get("ly-do").to_owned())).map(drop)?
        }
        "y-kien" => {
            let asked = NewOpinion {
                seat: number("ghe")?,
                matter: number("so")?,
                choice: Choice::parse(fields.get("y-kien")),
                text: fields.get("noi-dung").to_owned(),
                received_on: fields.day("ngay")?,
            };
            write_opinion(app, by, session, &asked)?;
        }
        "be-mac" => close_session(app, by, session, fields.get("ket-luan"))?,
        _ => return Err(absent()),
    }
    Ok(None)
}

/// What is declared: of the matters that the form names, or of every one not declared yet.
fn declared(app: &App, by: &Actor, session: &SessionId, fields: &Fields) -> Result<Vec<(u16, Option<String>)>, Error> {
    let named: Vec<u16> = fields.all("so").filter_map(|number| number.parse().ok()).collect();
    let matters = room(app, by, session)?.matters;
    let known = matters.into_iter().filter(|matter| named.contains(&matter.number));
    let conflict = |number: u16| {
        let has = fields.get(&format!("xung-dot-{number}")) == "co";
        has.then(|| fields.get(&format!("ly-do-{number}")).to_owned())
    };
    Ok(known.map(|matter| (matter.number, conflict(matter.number))).collect())
}
