//! The room of a session: presence, conflicts first, ballots, the agenda with its tallies, and what the secretary does.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use thidua_app::council::{Room, minutes, room};
use thidua_app::paper::print;
use thidua_domain::council::{Choice, SessionId, Stage};
use thidua_domain::{Origin, Refusal};

use super::matter_view::{BallotView, MatterView, ballots, matter_view};
use super::{session_of, stage_mark};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::{Marked, answered, said};
use crate::option::{FilterOption, Link};
use crate::page::{Page, Part};
use crate::paper::{asked, files, saved};
use crate::paths;
use crate::site::Ask;

/// The room.
#[derive(Debug, Template)]
#[template(path = "council/room.html")]
pub struct RoomPage {
    page: Page,
    refusal: String,
    form_token: String,
    address: String,
    to_council: String,
    council: String,
    title: String,
    place: String,
    stage: Marked,
    is_sample: bool,
    is_called: bool,
    is_open: bool,
    here: usize,
    present_of: String,
    quorum: Marked,
    open_votes: usize,
    concluded: String,
    papers: Vec<Link>,
    mine: Option<Mine>,
    runs: bool,
    undeclared: Vec<Undeclared>,
    ballots: Vec<BallotView>,
    members: Vec<MemberRow>,
    matters: Vec<MatterView>,
    today: String,
    choices: Vec<FilterOption>,
}

/// The seat of whoever looks.
#[derive(Debug)]
struct Mine {
    number: u16,
    name: String,
    is_here: bool,
}

/// A matter on which the member has not declared.
#[derive(Debug)]
struct Undeclared {
    number: u16,
    label: String,
    unit: String,
    kind: String,
    is_own: bool,
}

#[derive(Debug)]
struct MemberRow {
    number: u16,
    name: String,
    position: String,
    role: String,
    votes: bool,
    is_here: bool,
    has_declared: bool,
}

/// `GET /hoi-dong/phien/{id}`
pub async fn page(ask: Ask, Path(id): Path<String>) -> Result<Response, Fault> {
    shown(&ask, session_of(&id)?, None).await
}

/// `GET /hoi-dong/phien/{id}/bien-ban.docx`, `.pdf`
pub async fn minutes_file(ask: Ask, Path((id, file)): Path<(String, String)>) -> Result<Response, Fault> {
    let id = session_of(&id)?;
    let (name, format) = asked(&file)?;
    if name != "bien-ban" {
        return Err(Fault::NotFound);
    }
    let bytes = ask.file(move |app, by| print(&minutes(app, by, &id)?, format)).await?;
    Ok(saved("bien-ban-hop-hoi-dong", format, bytes))
}

/// The room, with why something was refused.
pub async fn shown(ask: &Ask, id: SessionId, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| room(app, by, &id)).await?;
    let say = ask.messages();
    let title = say.with("council.session-title", &[("day", &seen.session.held_on.in_table())]);
    let mut view = RoomPage::of(ask.page(Part::Councils, &title, &house), say, &seen);
    view.form_token = ask.form_token()?;
    view.refusal = said(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl RoomPage {
    fn to_list(&self) -> &'static str {
        paths::COUNCILS
    }

    fn of(page: Page, say: &'static Messages, seen: &Room) -> Self {
        let id = &seen.session.id;
        let (needed, voting) = seen.quorum.unwrap_or((0, 0));
        let here = seen.members.iter().filter(|member| member.seat.votes && member.is_here).count();
        let is_met = u32::try_from(here).unwrap_or(u32::MAX) >= needed;
        let quorum_key = if is_met { "council.quorum-met" } else { "council.quorum-lacking" };
        let number = |number: usize| number.to_string();
        let is_open = seen.stage == Stage::Open;
        let mine = seen.mine.as_ref().map(|seat| Mine {
            number: seat.number,
            name: seat.name.clone(),
            is_here: seen.members.iter().any(|member| member.seat.number == seat.number && member.is_here),
        });
        let kind = |kind| super::matter_view::kind_word(say, kind);
        let undeclared = seen
            .matters
            .iter()
            .filter(|matter| is_open && mine.is_some() && !matter.declared && matter.ground.is_none());
        let undeclared = undeclared.map(|matter| Undeclared {
            number: matter.number,
            label: say.with("council.matter-n", &[("number", &matter.number.to_string())]),
            unit: matter.nominated_by.clone(),
            kind: kind(matter.kind),
            is_own: matter.from_own_unit,
        });
        let members = seen.members.iter().map(|member| MemberRow {
            number: member.seat.number,
            name: member.seat.name.clone(),
            position: member.seat.position.clone(),
            role: say.get(&format!("seat-role.{}", member.seat.role.word())).to_owned(),
            votes: member.seat.votes,
            is_here: member.is_here,
            has_declared: member.has_declared,
        });
        let sees_all = seen.matters.iter().all(|matter| matter.matter.is_some());
        let has_minutes = seen.runs || (seen.stage == Stage::Closed && sees_all);
        let minutes_key = if seen.stage == Stage::Closed { "council.minutes" } else { "council.minutes-draft" };
        let papers = if has_minutes && seen.stage != Stage::Called {
            files(say, say.get(minutes_key), |ending| paths::session_minutes(id, ending))
        } else {
            Vec::new()
        };
        let choice =
            |choice: Choice| (choice.word().to_owned(), say.get(&format!("vote-choice.{}", choice.word())).to_owned());
        Self {
            refusal: String::new(),
            form_token: String::new(),
            address: paths::session(id),
            to_council: paths::council(&seen.council.id),
            council: seen.council.name.clone(),
            title: say.with("council.session-title", &[("day", &seen.session.held_on.in_table())]),
            place: seen.session.place.clone(),
            stage: stage_mark(say, seen.stage),
            is_sample: seen.council.provenance.origin == Origin::Sample,
            is_called: seen.stage == Stage::Called,
            is_open,
            here,
            present_of: say.with("council.present-of", &[("voting", &number(voting))]),
            quorum: Marked {
                word: say.with(quorum_key, &[("needed", &needed.to_string())]),
                class: if is_met { "good" } else { "warn" },
            },
            open_votes: seen.matters.iter().flat_map(|matter| &matter.questions).filter(|asked| asked.is_open).count(),
            concluded: seen.closed.as_ref().map(|(concluded, _)| concluded.clone()).unwrap_or_default(),
            papers,
            undeclared: undeclared.collect(),
            ballots: ballots(say, seen),
            members: members.collect(),
            matters: seen.matters.iter().map(|matter| matter_view(say, seen, matter)).collect(),
            mine,
            runs: seen.runs,
            today: seen.today.to_string(),
            choices: crate::option::options(
                say.get("council.vote-in-it-none"),
                [choice(Choice::Agree), choice(Choice::Disagree), choice(Choice::Blank)],
                "",
            ),
            page,
        }
    }
}

/// A composition for samples: three seats, one of which ended.
#[cfg(test)]
pub fn sample_composition(name: &str) -> thidua_domain::council::Composition {
    use thidua_base::code::OrgId;
    use thidua_domain::council::{Composition, Denominator, HouseRule, Need, Seat, SeatRole, Share, Warrant};
    use thidua_law::vocabulary::{VoteBase, VoteMethod};
    let day = |text: &str| thidua_base::Date::parse(text).unwrap();
    let warrant = || Warrant { number: "12/QĐ-UBND".to_owned(), on: day("2020-01-10") };
    let seat = |number: u16, role| Seat {
        number,
        role,
        votes: number != 2,
        name: name.to_owned(),
        position: name.to_owned(),
        unit: OrgId::parse("h-397").ok(),
        account: None,
        subject: None,
        from: day("2020-01-10"),
        warrant: warrant(),
        ended: (number == 3).then(|| (day("2020-06-01"), warrant())),
    };
    let need = |share| Need { share: Share::parse(share).unwrap(), of: VoteBase::Members };
    let rule = HouseRule {
        from: day("2020-01-10"),
        quorum: need("2/3"),
        threshold: need(">1/2"),
        method: VoteMethod::Either,
        conflict: Denominator::Keeps,
        written_counts: true,
        cite: name.to_owned(),
    };
    Composition {
        seats: vec![seat(1, SeatRole::Chair), seat(2, SeatRole::Secretary), seat(3, SeatRole::Member)],
        rules: vec![rule],
        last: 4,
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for RoomPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        super::matter_view::sample_rooms(LONG_NAME)
            .iter()
            .enumerate()
            .map(|(at, seen)| {
                let page = frame(Part::Councils, lang);
                let say = page.messages();
                let refusal = if at == 1 { LONG_NAME.to_owned() } else { String::new() };
                Self { refusal, form_token: "0-0".into(), ..Self::of(page, say, seen) }
            })
            .collect()
    }
}
