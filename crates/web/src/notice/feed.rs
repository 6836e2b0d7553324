//! The calendar feed: what is due for a person, for calendar programs that know its address.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use thidua_app::notice::{Feed, FeedToken, feed};
use thidua_base::code::TenantId;
use thidua_base::text::upper_first;

use super::ical::{Event, calendar};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::Fault;
use crate::messages::Messages;
use crate::site::Site;

/// `GET /lich-han/{token}.ics`
pub async fn file(State(site): State<Site>, Path(file): Path<String>) -> Result<Response, Fault> {
    let token = file.strip_suffix(".ics").and_then(FeedToken::read).ok_or(Fault::NotFound)?;
    let (tenant, feed) = site
        .verb(move |app, _| {
            let tenant = app.home.tenant.clone();
            let feed = feed(app, &tenant, &token)?;
            Ok((tenant, feed))
        })
        .await?;
    // A calendar has no reader to choose a language.
    let say = Messages::vi();
    let name = say.with("notice.calendar-name", &[("person", &feed.person)]);
    let text = calendar(&name, feed.at, &events(say, &tenant, &feed));
    Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8")], [(CACHE_CONTROL, NEVER_STORED)], text).into_response())
}

fn events(say: &'static Messages, tenant: &TenantId, feed: &Feed) -> Vec<Event> {
    let chores = feed.chores.iter().map(|chore| {
        let item = &chore.item;
        let what = say.get(&format!("chore.{}", item.chore.word()));
        Event {
            uid: format!("{}:{}:{}@{tenant}.thidua", item.movement, item.chore.word(), item.unit),
            day: item.until,
            summary: say.with(
                "notice.chore",
                &[("what", what), ("movement", &upper_first(&chore.movement_name)), ("unit", &chore.unit_name)],
            ),
            description: String::new(),
        }
    });
    let events = feed.due.iter().map(|due| {
        let item = &due.item;
        let period = say.period(item.period);
        let state = upper_first(say.get(&format!("sheet-state.{}", item.state.word())));
        let next = say.get(&format!("verb.{}", item.next.word()));
        let facts = [("form", due.form_number.as_str()), ("period", &period), ("unit", &due.unit_name)];
        Event {
            // Without the day: a moved due day moves the event.
            uid: format!("{}:{}:{}@{tenant}.thidua", item.form, item.period, item.unit),
            day: item.until,
            summary: say.with("notice.event", &facts),
            description: format!(
                "{}\n{}",
                due.form_name,
                say.with("notice.event-more", &[("state", &state), ("next", next)])
            ),
        }
    });
    events.chain(chores).collect()
}
