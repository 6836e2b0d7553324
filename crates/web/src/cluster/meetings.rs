//! The meetings of a cluster's year: minutes with who came and what was decided, and the form in which they are written.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::cluster::{NewMeeting, Seen, record_meeting, scoring};
use thidua_base::Date;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::Refusal;
use thidua_domain::cluster::ClusterRole;
use thidua_domain::cluster::meeting::{Attendance, Meeting, MeetingKind};

use super::{Head, Leaf, key_of};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::{Fault, Spoken};
use crate::messages::Messages;
use crate::option::{FilterOption, Link};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// The meetings of a cluster's year.
#[derive(Debug, Template)]
#[template(path = "cluster/meetings.html")]
pub struct MeetingsPage {
    page: Page,
    refusal: String,
    head: Head,
    meetings: Vec<MeetingView>,
    form: Option<FormView>,
    address: String,
    form_token: String,
}

/// Minutes.
#[derive(Debug)]
struct MeetingView {
    number: i64,
    kind: &'static str,
    day: String,
    place: String,
    chair: String,
    scribe: String,
    came: String,
    attendance: Vec<(String, bool, String)>,
    agenda: Vec<String>,
    conclusions: Vec<String>,
    decided: Vec<String>,
    written: String,
    to_edit: String,
    papers: Vec<Link>,
}

/// The form in which minutes are written; filled with those that are written anew.
#[derive(Debug, Default)]
struct FormView {
    number: String,
    kinds: Vec<FilterOption>,
    day: String,
    place: String,
    chaired_by: Vec<FilterOption>,
    chair: String,
    scribe: String,
    agenda: String,
    conclusions: String,
    decided: String,
    members: Vec<AttendanceField>,
}

/// A member in the form.
#[derive(Debug)]
struct AttendanceField {
    unit: String,
    name: String,
    came: bool,
    person: String,
}

/// Which minutes are written anew.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "sua", default)]
    number: String,
}

/// `GET /cum-thi-dua/{code}/{year}/hop`
pub async fn page(
    ask: Ask,
    Path((code, year)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    shown_page(&ask, key_of(&code, &year)?, &asked.number, &[], None).await
}

/// `POST /cum-thi-dua/{code}/{year}/hop`: keeps minutes.
pub async fn submit(
    ask: Ask,
    Path((code, year)): Path<(String, String)>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let key = key_of(&code, &year)?;
    let number = one(&sent, "so").to_owned();
    if !ask.takes(one(&sent, "ma")) {
        return shown_page(&ask, key, &number, &sent, Some(Refusal::StaleForm)).await;
    }
    let new = match new_of(&key, &sent) {
        Ok(new) => new,
        Err(refusal) => return shown_page(&ask, key, &number, &sent, Some(refusal)).await,
    };
    match ask.file(move |app, by| record_meeting(app, by, &new)).await {
        Ok(kept) => {
            let to = format!("{}#hop-{}", paths::cluster_page(&key.0, key.1, paths::MEETINGS), kept.number);
            Ok(Redirect::to(&to).into_response())
        }
        Err(Fault::Refused(refusal)) => shown_page(&ask, key, &number, &sent, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn one<'a>(sent: &'a [(String, String)], name: &str) -> &'a str {
    sent.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

fn kind_of(word: &str) -> Option<MeetingKind> {
    MeetingKind::ALL.into_iter().find(|kind| kind.word() == word)
}

fn new_of(key: &(ClusterCode, i16), sent: &[(String, String)]) -> Result<NewMeeting, Refusal> {
    let day = one(sent, "ngay");
    let unit =
        |text: &str| OrgId::parse(text).map_err(|_| Refusal::UnknownUnit { asked: text.to_owned(), near: Vec::new() });
    let came: Vec<&str> = sent.iter().filter(|(name, _)| name == "co-mat").map(|(_, value)| value.as_str()).collect();
    let named = sent.iter().filter_map(|(name, person)| Some((name.strip_prefix("ai-")?, person)));
    let attendance =
        named.map(|(of, person)| Ok(Attendance { unit: unit(of)?, came: came.contains(&of), person: person.clone() }));
    Ok(NewMeeting {
        cluster: key.0.clone(),
        year: key.1,
        number: one(sent, "so").parse().ok(),
        kind: kind_of(one(sent, "loai")).unwrap_or(MeetingKind::Other),
        held_on: Date::parse(day)
            .or_else(|_| Date::parse_vi(day))
            .map_err(|_| Refusal::BadDay { asked: day.to_owned() })?,
        place: one(sent, "noi").to_owned(),
        chaired_by: unit(one(sent, "don-vi-chu-tri"))?,
        chair: one(sent, "chu-tri").to_owned(),
        scribe: one(sent, "thu-ky").to_owned(),
        agenda: one(sent, "noi-dung").to_owned(),
        conclusions: one(sent, "ket-luan").to_owned(),
        decided: one(sent, "quyet-nghi").to_owned(),
        attendance: attendance.collect::<Result<_, Refusal>>()?,
    })
}

async fn shown_page(
    ask: &Ask,
    key: (ClusterCode, i16),
    number: &str,
    sent: &[(String, String)],
    refusal: Option<Refusal>,
) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| scoring(app, by, &key.0, key.1)).await?;
    let say = ask.messages();
    if !seen.rights.reads && !seen.rights.meets {
        return Err(Fault::NotFound);
    }
    let title = format!("{} – {}", say.get("scoring.tab-meetings"), seen.cluster.name);
    let page = ask.page(Part::Clusters, &title, &house);
    let mut view = MeetingsPage::of(page, say, &seen, number, sent, ask.form_token()?);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    if refusal.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Spoken);
    }
    Ok(response)
}

/// The name of a kind of meeting.
pub(super) fn kind_name(say: &'static Messages, kind: MeetingKind) -> &'static str {
    say.get(&format!("scoring.meeting-{}", kind.word()))
}

impl MeetingsPage {
    fn of(
        page: Page,
        say: &'static Messages,
        seen: &Seen,
        number: &str,
        sent: &[(String, String)],
        form_token: String,
    ) -> Self {
        let (code, year) = (&seen.cluster.code, seen.cluster.year);
        let address = paths::cluster_page(code, year, paths::MEETINGS);
        let edited = number.parse::<i64>().ok();
        let edited = edited.and_then(|number| seen.meetings.iter().find(|meeting| meeting.number == number));
        Self {
            refusal: String::new(),
            head: Head::of(say, seen, Leaf::Meetings),
            meetings: seen.meetings.iter().rev().map(|meeting| MeetingView::of(say, seen, meeting)).collect(),
            form: seen.rights.meets.then(|| FormView::of(say, seen, edited, sent)),
            address,
            form_token,
            page,
        }
    }
}

fn name_of(seen: &Seen, unit: &OrgId) -> String {
    let member = seen.members.iter().find(|(member, ..)| member.unit == *unit).map(|(_, name, _)| name.clone());
    member.unwrap_or_else(|| if *unit == seen.cluster.formed_by { seen.formed_by.clone() } else { unit.to_string() })
}

impl MeetingView {
    fn of(say: &'static Messages, seen: &Seen, meeting: &Meeting) -> Self {
        let (code, year) = (&seen.cluster.code, seen.cluster.year);
        let (came, all) = (meeting.came().to_string(), meeting.attendance.len().to_string());
        let address = paths::cluster_page(code, year, paths::MEETINGS);
        let chaired_by = name_of(seen, &meeting.chaired_by);
        Self {
            number: meeting.number,
            kind: kind_name(say, meeting.kind),
            day: meeting.held_on.in_table(),
            place: meeting.place.clone(),
            chair: if meeting.chair.is_empty() { chaired_by } else { format!("{} ({chaired_by})", meeting.chair) },
            scribe: meeting.scribe.clone(),
            came: say.with("scoring.meeting-came", &[("came", &came), ("all", &all)]),
            attendance: meeting
                .attendance
                .iter()
                .map(|one| (name_of(seen, &one.unit), one.came, one.person.clone()))
                .collect(),
            agenda: meeting.agenda.clone(),
            conclusions: meeting.conclusions.clone(),
            decided: meeting.decided.clone(),
            written: say.with(
                "scoring.meeting-written",
                &[("who", &meeting.by), ("at", &meeting.at.in_table()), ("revision", &meeting.revision.to_string())],
            ),
            to_edit: if seen.rights.meets {
                format!("{}#bien-ban", paths::with_query(&address, &[("sua", &meeting.number.to_string())]))
            } else {
                String::new()
            },
            papers: super::papers::of_meeting(say, code, year, meeting.number),
        }
    }
}

impl FormView {
    fn of(say: &'static Messages, seen: &Seen, edited: Option<&Meeting>, sent: &[(String, String)]) -> Self {
        // What was sent and refused is shown again; else what is written anew.
        let text = |name: &str, of: &dyn Fn(&Meeting) -> String| {
            if sent.is_empty() { edited.map(of).unwrap_or_default() } else { one(sent, name).to_owned() }
        };
        let chosen_kind = text("loai", &|meeting| meeting.kind.word().to_owned());
        let chosen_chair = text("don-vi-chu-tri", &|meeting| meeting.chaired_by.to_string());
        let heads = seen.members.iter().filter(|(member, ..)| member.role != ClusterRole::Member);
        let heads = heads.map(|(member, name, _)| (member.unit.to_string(), name.clone()));
        let former = [(seen.cluster.formed_by.to_string(), seen.formed_by.clone())];
        let option = |(value, label): (String, String)| FilterOption { is_chosen: value == chosen_chair, value, label };
        let members = seen.members.iter().map(|(member, name, _)| {
            let known = edited.and_then(|meeting| meeting.attendance.iter().find(|one| one.unit == member.unit));
            let id = member.unit.to_string();
            let (came, person) = if sent.is_empty() {
                (known.is_none_or(|one| one.came), known.map(|one| one.person.clone()).unwrap_or_default())
            } else {
                let came = sent.iter().any(|(name, value)| name == "co-mat" && *value == id);
                (came, one(sent, &format!("ai-{id}")).to_owned())
            };
            AttendanceField { unit: id, name: name.clone(), came, person }
        });
        Self {
            number: text("so", &|meeting| meeting.number.to_string()),
            kinds: MeetingKind::ALL
                .into_iter()
                .map(|kind| FilterOption {
                    value: kind.word().to_owned(),
                    label: kind_name(say, kind).to_owned(),
                    is_chosen: kind.word() == chosen_kind,
                })
                .collect(),
            day: text("ngay", &|meeting| meeting.held_on.to_string()),
            place: text("noi", &|meeting| meeting.place.clone()),
            chaired_by: heads.chain(former).map(option).collect(),
            chair: text("chu-tri", &|meeting| meeting.chair.clone()),
            scribe: text("thu-ky", &|meeting| meeting.scribe.clone()),
            agenda: text("noi-dung", &|meeting| meeting.agenda.join("\n")),
            conclusions: text("ket-luan", &|meeting| meeting.conclusions.join("\n")),
            decided: text("quyet-nghi", &|meeting| meeting.decided.join("\n")),
            members: members.collect(),
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for MeetingsPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = Messages::of(lang);
        let lines = || vec![LONG_NAME.to_owned(), LONG_NAME.to_owned()];
        let meeting = |number: i64, full: bool| MeetingView {
            number,
            kind: kind_name(say, MeetingKind::Scoring),
            day: "03/7/2020".into(),
            place: LONG_NAME.into(),
            chair: LONG_NAME.into(),
            scribe: if full { LONG_NAME.into() } else { String::new() },
            came: LONG_NAME.into(),
            attendance: vec![(LONG_NAME.into(), true, LONG_NAME.into()), (LONG_NAME.into(), false, String::new())],
            agenda: if full { lines() } else { Vec::new() },
            conclusions: lines(),
            decided: if full { lines() } else { Vec::new() },
            written: LONG_NAME.into(),
            to_edit: if full { "/cum-thi-dua/c/2020/hop?sua=1#bien-ban".into() } else { String::new() },
            papers: Vec::new(),
        };
        let option = || vec![FilterOption { value: "x".into(), label: LONG_NAME.into(), is_chosen: true }];
        let form = FormView {
            number: "1".into(),
            kinds: option(),
            day: "2020-07-03".into(),
            chaired_by: option(),
            members: vec![AttendanceField {
                unit: "x".into(),
                name: LONG_NAME.into(),
                came: true,
                person: LONG_NAME.into(),
            }],
            ..FormView::default()
        };
        let of = |meetings: Vec<MeetingView>, form: Option<FormView>, refusal: &str| Self {
            page: frame(Part::Clusters, lang),
            refusal: refusal.into(),
            head: Head::sample(say),
            meetings,
            form,
            address: "/cum-thi-dua/c/2020/hop".into(),
            form_token: "0-0".into(),
        };
        let empty = FormView { kinds: option(), chaired_by: option(), ..FormView::default() };
        vec![
            of(Vec::new(), None, ""),
            of(Vec::new(), Some(empty), LONG_NAME),
            of(vec![meeting(2, true), meeting(1, false)], Some(form), ""),
        ]
    }
}
