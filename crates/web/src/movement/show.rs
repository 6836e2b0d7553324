//! One movement: what it asks, its way, who registered, what was reached; and the acts of who leads it.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::App;
use thidua_app::movement::{self, EVENT_KINDS, One, UnitSeen, add_event, ask_review, call_on, launch};
use thidua_base::code::{MovementCode, OrgId};
use thidua_base::text::upper_first;
use thidua_domain::movement::{Act, ReviewKind, census::duration_of};
use thidua_domain::{Actor, Refusal};

use super::papers::{TitleTallyRow, plan_files, title_rows};
use super::{
    Fields, Marked, TargetRow, Tick, answered, code_of, field_word, figure_href, kind_word, occasion_name, phase_mark,
    pledge_mark, said, scope_word, span, target_row,
};
use crate::fault::Fault;
use crate::figure::Mark;
use crate::messages::Messages;
use crate::option::{FilterOption, LabelledFact, Link};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// One movement.
#[derive(Debug, Template)]
#[template(path = "movement/show.html")]
pub struct Show {
    page: Page,
    refusal: String,
    name: String,
    content: String,
    phase: Marked,
    facts: Vec<LabelledFact>,
    aliases: Vec<String>,
    contents: Vec<String>,
    criteria: Vec<String>,
    standards: Vec<String>,
    children: Vec<Link>,
    counted: Option<CountedView>,
    rounds: Vec<RoundRow>,
    units: Vec<UnitRow>,
    papers: Vec<Link>,
    titles: Vec<TitleTallyRow>,
    targets: Vec<TargetRow>,
    occasions: Vec<OccasionLine>,
    anniversaries: Vec<String>,
    milestones: Vec<MilestoneRow>,
    lead: Option<LeadView>,
    origin: Mark,
    source: String,
}

/// What who leads the movement may do now.
#[derive(Debug)]
struct LeadView {
    address: String,
    form_token: String,
    to_terms: String,
    launches: bool,
    callable: Vec<Tick>,
    adds: bool,
    asks_interim: bool,
    asks_final: bool,
    event_kinds: Vec<FilterOption>,
    typed: TypedAct,
}

#[derive(Debug, Default)]
struct TypedAct {
    day: String,
    note: String,
    event: String,
    event_day: String,
    added_until: String,
}

#[derive(Debug)]
struct CountedView {
    called: usize,
    registered: usize,
    signed: usize,
    late: usize,
}

#[derive(Debug)]
struct OccasionLine {
    day: String,
    name: String,
}

#[derive(Debug)]
struct MilestoneRow {
    at: String,
    act: String,
    by: String,
    note: String,
}

#[derive(Debug)]
struct RoundRow {
    name: String,
    href: String,
    due: String,
    answered: String,
    late: usize,
    conclusion: String,
}

#[derive(Debug)]
struct UnitRow {
    name: String,
    href: String,
    until: String,
    state: Marked,
    is_late: bool,
    titles: usize,
    targets: usize,
    signed: String,
    added: String,
}

/// `GET /phong-trao/{code}`
pub async fn page(ask: Ask, Path(code): Path<String>) -> Result<Response, Fault> {
    shown(&ask, code_of(&code)?, None, &Fields::default()).await
}

/// `POST /phong-trao/{code}`: launched, a review asked for, an event recorded.
pub async fn submit(
    ask: Ask,
    Path(code): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let code = code_of(&code)?;
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, code, Some(Refusal::StaleForm), &fields).await;
    }
    let (of, sent) = (code.clone(), fields.clone());
    match ask.file(move |app, by| done(app, by, &of, &sent)).await {
        Ok(()) => Ok(Redirect::to(&paths::movement(&code)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, code, Some(refusal), &fields).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, code: &MovementCode, fields: &Fields) -> Result<(), thidua_app::Error> {
    match fields.get("viec") {
        "phat-dong" => {
            let units: Vec<OrgId> = fields.all("don-vi").filter_map(|id| OrgId::parse(id).ok()).collect();
            launch(app, by, code, &units).map(drop)
        }
        "bo-sung" => {
            let units: Vec<OrgId> = fields.all("don-vi").filter_map(|id| OrgId::parse(id).ok()).collect();
            call_on(app, by, code, &units, fields.day("han-bo-sung")?).map(drop)
        }
        "so-ket" => ask_review(app, by, code, ReviewKind::Interim, fields.day("han")?, fields.get("yeu-cau")).map(drop),
        "tong-ket" => ask_review(app, by, code, ReviewKind::Final, fields.day("han")?, fields.get("yeu-cau")).map(drop),
        "su-kien" => add_event(app, by, code, fields.get("loai"), fields.get("ten"), fields.day("ngay")?).map(drop),
        _ => Err(thidua_app::Error::NotFound("movement")),
    }
}

async fn shown(ask: &Ask, code: MovementCode, refusal: Option<Refusal>, fields: &Fields) -> Result<Response, Fault> {
    let (standing, one) = ask.verb(move |app, by| movement::one(app, by, &code)).await?;
    let say = ask.messages();
    let page = ask.page(Part::Movements, &upper_first(&one.movement.name), &standing);
    let mut view = Show::of(page, say, &one, ask.form_token()?);
    view.refusal = said(say, refusal.as_ref());
    if let Some(lead) = &mut view.lead {
        lead.give_back(fields);
    }
    answered(&view, refusal.is_some())
}

impl LeadView {
    fn give_back(&mut self, fields: &Fields) {
        if matches!(fields.get("viec"), "phat-dong" | "bo-sung") {
            for tick in &mut self.callable {
                tick.is_chosen = fields.all("don-vi").any(|id| id == tick.value);
            }
        }
        self.typed = TypedAct {
            day: fields.get("han").to_owned(),
            note: fields.get("yeu-cau").to_owned(),
            event: fields.get("ten").to_owned(),
            event_day: fields.get("ngay").to_owned(),
            added_until: fields.get("han-bo-sung").to_owned(),
        };
    }
}

impl Show {
    fn to_list(&self) -> &'static str {
        paths::MOVEMENTS
    }

    fn of(page: Page, say: &'static Messages, one: &One, form_token: String) -> Self {
        let movement = &one.movement;
        let phase = one.course.phase();
        let rounds = one.course.rounds().into_iter().map(|round| {
            let of_round =
                |unit: &UnitSeen| unit.reviews.iter().find(|(known, _)| known.number == round.number).cloned();
            let standings: Vec<_> = one.units.iter().filter_map(of_round).map(|(_, standing)| standing).collect();
            let count = |words: &[&str]| standings.iter().filter(|known| words.contains(&known.word())).count();
            RoundRow {
                name: say.get(&format!("review-kind.{}", round.kind.word())).to_owned(),
                href: if one.units.is_empty() { String::new() } else { paths::review(&movement.code, round.number) },
                due: round.due_on.in_table(),
                answered: match standings.len() {
                    0 => String::new(),
                    all => format!("{}/{all}", count(&["answered", "answered-late"])),
                },
                late: count(&["late"]),
                conclusion: round.conclusion.unwrap_or_default(),
            }
        });
        let unit_name = |id: &OrgId| {
            let seen = one.units.iter().find(|unit| unit.unit == *id);
            seen.map_or_else(|| id.to_string(), |unit| unit.name.clone())
        };
        let terms = one.terms.as_ref();
        let lines =
            |of: fn(&thidua_domain::movement::Terms) -> &Vec<String>| terms.map(of).cloned().unwrap_or_default();
        Self {
            refusal: String::new(),
            name: upper_first(&movement.name),
            content: movement.content.clone(),
            phase: phase_mark(say, phase),
            facts: facts(say, one),
            aliases: movement.aliases.clone(),
            contents: lines(|terms| &terms.contents),
            criteria: lines(|terms| &terms.criteria),
            standards: lines(|terms| &terms.standards),
            children: one
                .children
                .iter()
                .map(|(code, name)| Link { label: upper_first(name), href: paths::movement(code) })
                .collect(),
            counted: (one.counted.called > 0).then_some(CountedView {
                called: one.counted.called,
                registered: one.counted.registered,
                signed: one.counted.signed,
                late: one.counted.late,
            }),
            rounds: rounds.collect(),
            units: one.units.iter().map(|unit| unit_row(say, one, unit)).collect(),
            papers: match terms.is_some() && (one.leads || one.course.launched_on().is_some()) {
                true => plan_files(say, &movement.code),
                false => Vec::new(),
            },
            titles: title_rows(&one.titles),
            targets: one
                .targets
                .iter()
                .map(|(unit, seen)| target_row(say, unit_name(unit), figure_href(unit, seen), seen))
                .collect(),
            occasions: one
                .occasions
                .iter()
                .map(|occasion| OccasionLine {
                    day: occasion.on.in_table(),
                    name: upper_first(&occasion_name(say, occasion)),
                })
                .collect(),
            anniversaries: one
                .anniversaries
                .iter()
                .map(|found| {
                    let facts = [("years", found.years.to_string()), ("day", found.on.in_table())];
                    say.with("movement.anniversary-of", &[("years", &facts[0].1), ("day", &facts[1].1)])
                })
                .collect(),
            milestones: one
                .course
                .milestones
                .iter()
                .map(|milestone| MilestoneRow {
                    at: milestone.at.in_table(),
                    act: say.get(&format!("verb.{}", milestone.act.word())).to_owned(),
                    by: milestone.by.clone(),
                    note: milestone.note.clone(),
                })
                .collect(),
            lead: one.leads.then(|| lead(say, one, form_token)),
            origin: Mark::of(say, movement.provenance.origin),
            source: movement.provenance.source.clone(),
            page,
        }
    }
}

fn lead(say: &'static Messages, one: &One, form_token: String) -> LeadView {
    let code = &one.movement.code;
    let kinds = EVENT_KINDS.map(|kind| FilterOption {
        value: kind.to_owned(),
        label: say.get(&format!("movement-event.{kind}")).to_owned(),
        is_chosen: false,
    });
    LeadView {
        address: paths::movement(code),
        form_token,
        to_terms: if one.course.may(Act::Draft) { paths::movement_terms(code) } else { String::new() },
        launches: one.course.may(Act::Launch),
        adds: one.course.phase().is_running() && !one.callable.is_empty(),
        callable: one
            .callable
            .iter()
            .map(|(id, name)| Tick {
                value: id.to_string(),
                label: name.clone(),
                is_chosen: one.course.may(Act::Launch),
            })
            .collect(),
        asks_interim: one.course.may(Act::AskInterim),
        asks_final: one.course.may(Act::AskFinal),
        event_kinds: kinds.into(),
        typed: TypedAct::default(),
    }
}

fn unit_row(say: &'static Messages, one: &One, unit: &UnitSeen) -> UnitRow {
    let promise = unit.pledge.promise();
    UnitRow {
        name: unit.name.clone(),
        href: paths::pledge(&one.movement.code, &unit.unit),
        until: unit.register_by.in_table(),
        state: pledge_mark(say, unit.pledge.state()),
        is_late: unit.is_late,
        titles: promise.map_or(0, |promise| promise.titles.len()),
        targets: promise.map_or(0, |promise| promise.targets.len()),
        added: unit.called_on.map(|day| say.with("movement.added-on", &[("day", &day.in_table())])).unwrap_or_default(),
        signed: unit.pledge.signature().map(|event| format!("{}, {}", event.by, event.position)).unwrap_or_default(),
    }
}

fn facts(say: &'static Messages, one: &One) -> Vec<LabelledFact> {
    let movement = &one.movement;
    let terms = one.terms.as_ref();
    let mut facts = vec![
        LabelledFact::new(say.get("movement.kind"), kind_word(say, movement.kind)),
        LabelledFact::new(say.get("movement.scope"), scope_word(say, &movement.scope)),
        LabelledFact::new(
            say.get("movement.owners"),
            if one.owners.is_empty() { say.get("movement.no-owner").to_owned() } else { one.owners.join(", ") },
        ),
        LabelledFact::new(say.get("movement.years"), span(say, movement, terms)),
    ];
    if let Some(duration) = duration_of(movement, terms) {
        let word = say.get(&format!("duration.{}", duration.word()));
        facts.push(LabelledFact::new(say.get("movement.duration"), word));
    }
    if let Some(terms) = terms {
        let people: Vec<&str> =
            terms.addressees.iter().map(|known| say.get(&format!("addressee.{}", known.word()))).collect();
        facts.push(LabelledFact::new(say.get("movement.addressees"), upper_first(&people.join("; "))));
        facts.push(LabelledFact::new(say.get("movement.launcher"), one.launcher.clone()));
        facts.push(LabelledFact::new(say.get("movement.register-by"), terms.register_by.in_table()));
    }
    if let Some((code, name)) = &one.parent {
        facts.push(LabelledFact::leading(say.get("movement.parent"), upper_first(name), paths::movement(code)));
    }
    if !movement.field.is_empty() {
        facts.push(LabelledFact::new(say.get("movement.field"), field_word(say, &movement.field)));
    }
    facts.push(LabelledFact::new(say.get("movement.code"), movement.code.as_str()));
    if let Some(instrument) = &one.launched_by {
        facts.push(LabelledFact::leading(
            say.get("movement.launched-by"),
            instrument.cited_full(),
            paths::instrument(&instrument.id),
        ));
    }
    facts
}

#[cfg(test)]
impl crate::sampled::Sampled for Show {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        use thidua_domain::movement::{Phase, PledgeState};
        let page = frame(Part::Movements, lang);
        let say = page.messages();
        let bare = |name: &str| Self {
            page: page.clone(),
            refusal: String::new(),
            name: name.into(),
            content: String::new(),
            phase: phase_mark(say, Phase::Listed),
            facts: vec![LabelledFact::leading(say.get("movement.kind"), "x", "/van-ban#x".into())],
            aliases: Vec::new(),
            contents: Vec::new(),
            criteria: Vec::new(),
            standards: Vec::new(),
            children: Vec::new(),
            counted: None,
            rounds: Vec::new(),
            units: Vec::new(),
            papers: Vec::new(),
            titles: Vec::new(),
            targets: Vec::new(),
            occasions: Vec::new(),
            anniversaries: Vec::new(),
            milestones: Vec::new(),
            lead: None,
            origin: Mark::of(say, thidua_domain::Origin::Reported),
            source: "E-70".into(),
        };
        let lead = |launches: bool| LeadView {
            address: "/phong-trao/PT01".into(),
            form_token: "0-0".into(),
            to_terms: if launches { "/phong-trao/PT01/noi-dung".into() } else { String::new() },
            launches,
            callable: vec![Tick { value: "x-1".into(), label: LONG_NAME.into(), is_chosen: true }],
            adds: !launches,
            asks_interim: !launches,
            asks_final: !launches,
            event_kinds: crate::option::options("x", Vec::new(), ""),
            typed: TypedAct::default(),
        };
        let unit = |state, is_late| UnitRow {
            name: LONG_NAME.into(),
            href: "/phong-trao/PT01/dang-ky/x-1".into(),
            until: "17/07/2020".into(),
            state: pledge_mark(say, state),
            is_late,
            titles: 1,
            targets: 2,
            signed: LONG_NAME.into(),
            added: if is_late { say.with("movement.added-on", &[("day", "05/07/2020")]) } else { String::new() },
        };
        let full = Self {
            refusal: LONG_NAME.into(),
            content: "Một câu.".into(),
            aliases: vec!["Tên khác".into()],
            contents: vec![LONG_NAME.into()],
            criteria: vec![LONG_NAME.into()],
            standards: vec![LONG_NAME.into()],
            children: vec![Link { label: LONG_NAME.into(), href: "/phong-trao/PT02".into() }],
            counted: Some(CountedView { called: 3, registered: 2, signed: 1, late: 1 }),
            rounds: vec![RoundRow {
                name: say.get("review-kind.interim").to_owned(),
                href: "/phong-trao/PT01/dot/1".into(),
                due: "10/12/2020".into(),
                answered: "2/3".into(),
                late: 1,
                conclusion: LONG_NAME.into(),
            }],
            units: vec![unit(PledgeState::Asked, true), unit(PledgeState::Signed, false)],
            papers: plan_files(say, &MovementCode::parse("PT01").unwrap()),
            titles: super::papers::sample_titles(),
            targets: vec![super::pledge::sample_target(say)],
            occasions: vec![OccasionLine { day: "15/06/2020".into(), name: LONG_NAME.into() }],
            anniversaries: vec![LONG_NAME.into()],
            milestones: vec![MilestoneRow {
                at: "05/07/2020".into(),
                act: say.get("verb.launch-movement").to_owned(),
                by: LONG_NAME.into(),
                note: LONG_NAME.into(),
            }],
            lead: Some(lead(false)),
            ..bare(LONG_NAME)
        };
        vec![bare("Dân vận khéo"), Self { lead: Some(lead(true)), ..bare("Dân vận khéo") }, full]
    }
}
