//! One exemplar: its facts, proof, pictures, way and copies; and the steps of those who keep it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::App;
use thidua_app::exemplar::{
    ChangeSeen, CopySeen, NewReplication, One, confirm, one, recognise, retract, tell_replication, withdraw,
    withdraw_paper,
};
use thidua_base::code::{EvidenceId, ExemplarId, IndicatorCode, OrgId};
use thidua_base::text::upper_first;
use thidua_domain::actor::Verb;
use thidua_domain::collection::evidence::{EvidenceKind, FILE_BYTES_MAX};
use thidua_domain::exemplar::picture::PICTURE_BYTES_MAX;
use thidua_domain::exemplar::profile::size;
use thidua_domain::exemplar::replication::INDICATORS_MAX;
use thidua_domain::exemplar::{Paper, Standing};
use thidua_domain::{Actor, Refusal};

use super::{Fields, Marked, answered, day, field, field_word, id_of, kind_word, standing_mark};
use crate::fault::Fault;
use crate::figure::Mark;
use crate::messages::Messages;
use crate::option::{FilterOption, LabelledFact, options};
use crate::page::{Page, Part};
use crate::paths;
use crate::report::indicator_name;
use crate::site::Ask;

/// One exemplar.
#[derive(Debug, Template)]
#[template(path = "exemplar/show.html")]
pub struct Show {
    page: Page,
    refusal: String,
    name: String,
    mark: Option<Mark>,
    standing: Marked,
    grey: String,
    facts: Vec<LabelledFact>,
    story: String,
    method: String,
    pictures: Vec<PictureView>,
    papers: Vec<PaperView>,
    copies: Vec<CopyView>,
    history: Vec<EventView>,
    reads: bool,
    as_public: bool,
    to_list: String,
    to_public: String,
    to_own: String,
    desk: Option<DeskView>,
}

/// What the reader may do now.
#[derive(Debug)]
struct DeskView {
    address: String,
    to_papers: String,
    form_token: String,
    recognises: bool,
    confirms: bool,
    retracts: bool,
    withdraws: bool,
    adds: bool,
    copying: Vec<FilterOption>,
    indicators: Vec<FilterOption>,
    citable: Vec<FilterOption>,
    accept_paper: String,
    accept_picture: String,
    most_paper: usize,
    most_picture: usize,
    measure: String,
    typed: Fields,
}

impl DeskView {
    fn typed(&self, name: &str) -> &str {
        field(&self.typed, name)
    }
}

#[derive(Debug)]
struct PictureView {
    src: String,
    width: i64,
    height: i64,
    caption: String,
    note: String,
    id: String,
}

#[derive(Debug)]
struct PaperView {
    what: String,
    href: String,
    file: String,
    added: String,
    gone: String,
    id: String,
}

#[derive(Debug)]
struct CopyView {
    unit: String,
    since: String,
    how: String,
    changes: Vec<ChangeView>,
}

#[derive(Debug)]
struct ChangeView {
    indicator: String,
    before: String,
    before_period: String,
    before_href: String,
    after: String,
    after_period: String,
    after_href: String,
    difference: String,
}

#[derive(Debug)]
struct EventView {
    day: String,
    act: String,
    by: String,
    note: String,
}

/// How the page is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "cong-khai", default)]
    public: String,
}

/// `GET /dien-hinh/{id}`
pub async fn page(ask: Ask, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, id_of(&id)?, None, &Fields::new(), !asked.public.is_empty()).await
}

/// `POST /dien-hinh/{id}`: recognised, confirmed, withdrawn, copied; a paper taken back.
pub async fn submit(ask: Ask, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    if !ask.takes(field(&fields, "ma")) {
        return shown(&ask, id, Some(Refusal::StaleForm), &fields, false).await;
    }
    let (of, sent) = (id.clone(), fields.clone());
    match ask.file(move |app, by| done(app, by, &of, &sent)).await {
        Ok(()) => {
            // Who took a proposal back may see it no more only where they lost the right to: they may.
            Ok(Redirect::to(&paths::exemplar(&id, false)).into_response())
        }
        Err(Fault::Refused(refusal)) => shown(&ask, id, Some(refusal), &fields, false).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, id: &ExemplarId, fields: &Fields) -> Result<(), thidua_app::Error> {
    let text = |name: &str| field(fields, name);
    match text("viec") {
        "cong-nhan" => recognise(app, by, id, text("quyet-dinh"), day(fields, "ngay")?, text("ghi-chu")).map(drop),
        "xac-nhan" => {
            let found = match text("quy-mo") {
                "" => None,
                typed => Some(size(typed).map_err(Refusal::from)?),
            };
            confirm(app, by, id, day(fields, "ngay")?, found, text("ghi-chu")).map(drop)
        }
        "thoi" => retract(app, by, id, text("ly-do")).map(drop),
        "rut" => withdraw(app, by, id, text("ly-do")).map(drop),
        "hoc-theo" => {
            let unit = OrgId::parse(text("don-vi")).map_err(|_| thidua_app::Error::NotFound("unit"))?;
            let chosen = (1..=INDICATORS_SHOWN).map(|at| text_of(fields, at)).filter(|code| !code.is_empty());
            let indicators = chosen.map(IndicatorCode::parse).collect::<Result<Vec<_>, _>>();
            let indicators = indicators.map_err(|_| thidua_app::Error::NotFound("indicator"))?;
            let new = NewReplication { unit, since: day(fields, "tu-ngay")?, how: text("cach").to_owned(), indicators };
            tell_replication(app, by, id, &new).map(drop)
        }
        "rut-tai-lieu" => {
            let paper = EvidenceId::parse(text("tai-lieu")).map_err(|_| thidua_app::Error::NotFound("paper"))?;
            withdraw_paper(app, by, id, &paper, text("ly-do"))
        }
        _ => Err(thidua_app::Error::NotFound("exemplar")),
    }
}

/// Choices of indicators that the form of a copy shows.
const INDICATORS_SHOWN: usize = 3;
const _: () = assert!(INDICATORS_SHOWN <= INDICATORS_MAX, "no more than a copy may have");

fn text_of(fields: &Fields, at: usize) -> &str {
    field(fields, &format!("chi-tieu-{at}"))
}

/// The page after something was done with it, or was not.
pub(super) async fn shown(
    ask: &Ask,
    id: ExemplarId,
    refusal: Option<Refusal>,
    fields: &Fields,
    as_public: bool,
) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| one(app, by, &id, as_public)).await?;
    let say = ask.messages();
    let page = ask.page(Part::Exemplars, &upper_first(&seen.exemplar.name), &house);
    let mut view = Show::of(page, say, &seen, as_public, &ask.form_token()?, fields);
    view.refusal = refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default();
    answered(&view, refusal.is_some())
}

impl Show {
    fn of(page: Page, say: &'static Messages, seen: &One, as_public: bool, form_token: &str, fields: &Fields) -> Self {
        let exemplar = &seen.exemplar;
        let grey = match (seen.standing, seen.vouched_on, seen.grey_from) {
            (Standing::Grey, Some(last), _) => say.with("exemplar.is-grey", &[("day", &last.in_table())]),
            (Standing::Recognised | Standing::Confirmed, _, Some(from)) if seen.reads => {
                say.with("exemplar.grey-from", &[("day", &from.in_table())])
            }
            _ => String::new(),
        };
        let taken_back = seen.standing == Standing::Withdrawn;
        Self {
            refusal: String::new(),
            name: upper_first(&exemplar.name),
            mark: Mark::warning(say, exemplar.provenance.origin),
            standing: standing_mark(say, seen.standing),
            grey,
            facts: facts(say, seen),
            story: exemplar.story.clone(),
            method: seen.profile.method.clone(),
            pictures: seen
                .pictures
                .iter()
                .filter(|picture| picture.stands())
                .map(|picture| picture_view(say, seen, picture, !taken_back))
                .collect(),
            papers: seen
                .papers
                .iter()
                .chain(seen.pictures.iter().filter(|picture| !picture.stands()))
                .map(|paper| paper_view(say, seen, paper))
                .collect(),
            copies: seen.copies.iter().map(|copy| copy_view(say, copy)).collect(),
            history: history(say, seen),
            reads: seen.reads,
            as_public,
            to_list: paths::with_query(paths::EXEMPLARS, &[("cong-khai", if as_public { "1" } else { "" })]),
            to_public: paths::exemplar(&exemplar.id, true),
            to_own: paths::exemplar(&exemplar.id, false),
            desk: DeskView::of(say, seen, form_token, fields),
            page,
        }
    }
}

impl DeskView {
    /// The forms; `None` where there is nothing the reader may do.
    fn of(say: &'static Messages, seen: &One, form_token: &str, fields: &Fields) -> Option<Self> {
        let takes = |verb: Verb| seen.steps.iter().any(|step| step.verb == verb);
        if seen.steps.is_empty() && !seen.adds && seen.copying.is_empty() {
            return None;
        }
        let typed = |name: &str| field(fields, name).to_owned();
        let copying = seen.copying.iter().map(|(id, name)| FilterOption {
            is_chosen: id.as_str() == typed("don-vi"),
            value: id.to_string(),
            label: name.clone(),
        });
        let choose = say.get("person.choose");
        let indicators = seen.indicators.iter().map(|indicator| {
            (indicator.code.to_string(), format!("{} ({})", indicator_name(say, indicator), indicator.code))
        });
        let citable = seen.citable.iter().map(|award| {
            let number =
                if award.decision_number.is_empty() { String::new() } else { format!(", {}", award.decision_number) };
            (award.id.to_string(), format!("{}, {}{number}", award.subject_name, award.decided_on.in_table()))
        });
        let accept =
            |kinds: &[EvidenceKind]| kinds.iter().map(|kind| format!(".{}", kind.word())).collect::<Vec<_>>().join(",");
        Some(Self {
            address: paths::exemplar(&seen.exemplar.id, false),
            to_papers: paths::exemplar_papers(&seen.exemplar.id),
            form_token: form_token.to_owned(),
            recognises: takes(Verb::RecogniseExemplar),
            confirms: takes(Verb::ConfirmExemplar),
            retracts: takes(Verb::RetractExemplar) && !takes(Verb::WithdrawExemplar),
            withdraws: takes(Verb::WithdrawExemplar),
            adds: seen.adds,
            copying: copying.collect(),
            indicators: options(choose, indicators, ""),
            citable: options(say.get("exemplar.no-award"), citable, &typed("khen-thuong")),
            accept_paper: accept(&EvidenceKind::ALL),
            accept_picture: ".png,.jpg,.jpeg".to_owned(),
            most_paper: FILE_BYTES_MAX >> 20,
            most_picture: PICTURE_BYTES_MAX >> 20,
            measure: seen.exemplar.measure.clone(),
            typed: fields.clone(),
        })
    }
}

fn facts(say: &'static Messages, seen: &One) -> Vec<LabelledFact> {
    let exemplar = &seen.exemplar;
    let mut facts = vec![
        LabelledFact::new(say.get("exemplar.kind"), kind_word(say, seen.profile.kind)),
        LabelledFact::new(say.get("exemplar.field"), field_word(say, &exemplar.field)),
    ];
    match (&exemplar.unit, &seen.place) {
        (Some(unit), Some(place)) => {
            facts.push(LabelledFact::leading(say.get("exemplar.place"), place.clone(), paths::unit(unit)));
        }
        _ => facts.push(LabelledFact::new(say.get("exemplar.place"), say.get("exemplar.no-place"))),
    }
    if let Some(size) = seen.size {
        facts.push(LabelledFact::new(say.get("exemplar.size"), size.vi_with(&exemplar.measure)));
    }
    if let Some(year) = exemplar.since {
        facts.push(LabelledFact::new(say.get("exemplar.since"), year.to_string()));
    }
    if let Some((code, name)) = &seen.movement {
        facts.push(LabelledFact::leading(say.get("exemplar.movement"), name.clone(), paths::movement(code)));
    }
    if let Some((number, day)) = &seen.decision {
        facts.push(LabelledFact::new(say.get("exemplar.decision"), format!("{number}, {}", day.in_table())));
    } else if seen.is_taken_over {
        facts.push(LabelledFact::new(say.get("exemplar.decision"), say.get("exemplar.taken-over")));
    }
    if let Some(day) = seen.vouched_on {
        facts.push(LabelledFact::new(say.get("exemplar.vouched"), day.in_table()));
    }
    if let (Some((id, name)), Some(kind)) = (&seen.subject, seen.profile.kind.subject()) {
        facts.push(LabelledFact::leading(say.get("exemplar.record"), name.clone(), paths::subject(kind, id)));
    }
    let contact = [seen.profile.contact.name.as_str(), seen.profile.contact.way.as_str()];
    let contact: Vec<&str> = contact.into_iter().filter(|text| !text.is_empty()).collect();
    if !contact.is_empty() {
        facts.push(LabelledFact::new(say.get("exemplar.contact"), contact.join(", ")));
    }
    let source = &exemplar.provenance.source;
    if seen.reads && !source.is_empty() {
        let href = paths::passport(&exemplar.key());
        facts.push(LabelledFact::leading(say.get("exemplar.source"), source.clone(), href));
    }
    facts
}

fn picture_view(say: &'static Messages, seen: &One, picture: &Paper, may_be_taken_back: bool) -> PictureView {
    let measures = picture.picture.unwrap_or(thidua_domain::exemplar::Picture { width: 1, height: 1 });
    let seen_at = seen.history.iter().rev().find(|event| {
        matches!(event.to, thidua_domain::exemplar::State::Recognised | thidua_domain::exemplar::State::Confirmed)
    });
    let waits = seen.reads && seen_at.is_none_or(|event| picture.added_at > event.at);
    PictureView {
        src: paths::exemplar_paper(&seen.exemplar.id, &picture.id),
        width: measures.width,
        height: measures.height,
        caption: picture.description.clone(),
        note: if waits { say.get("exemplar.picture-waits").to_owned() } else { String::new() },
        id: if may_be_taken_back { picture.id.to_string() } else { String::new() },
    }
}

fn paper_view(say: &'static Messages, seen: &One, paper: &Paper) -> PaperView {
    let award = paper.award.as_ref().and_then(|id| seen.awards.iter().find(|award| award.id == *id));
    let award = award.map(|award| {
        let facts = [("name", award.subject_name.as_str()), ("day", &award.decided_on.in_table())];
        say.with("exemplar.cited-award", &facts)
    });
    let day = paper.dated.map(thidua_base::Date::in_table).unwrap_or_default();
    let what = [paper.number.clone(), day, paper.description.clone(), award.unwrap_or_default()];
    let what: Vec<String> = what.into_iter().filter(|text| !text.is_empty()).collect();
    let file = paper.file.as_ref();
    PaperView {
        what: if what.is_empty() { "–".to_owned() } else { what.join("; ") },
        href: file.map(|_| paths::exemplar_paper(&seen.exemplar.id, &paper.id)).unwrap_or_default(),
        file: file.map(|file| file.name.clone()).unwrap_or_default(),
        added: format!("{}, {}", paper.added_by, paper.added_at.in_table()),
        gone: match &paper.withdrawn {
            Some(gone) => say.with(
                "exemplar.paper-gone",
                &[("by", &gone.by), ("day", &gone.at.in_table()), ("reason", &gone.reason)],
            ),
            None => String::new(),
        },
        id: if paper.stands() { paper.id.to_string() } else { String::new() },
    }
}

fn copy_view(say: &'static Messages, seen: &CopySeen) -> CopyView {
    CopyView {
        unit: seen.unit_name.clone(),
        since: seen.copy.since.in_table(),
        how: seen.copy.how.clone(),
        changes: seen.changes.iter().map(|change| change_view(say, &seen.copy.unit, change)).collect(),
    }
}

fn change_view(say: &'static Messages, unit: &OrgId, seen: &ChangeSeen) -> ChangeView {
    let indicator = format!("{} ({})", indicator_name(say, &seen.indicator), seen.indicator.measure);
    let Some(change) = &seen.change else {
        let none = say.get("exemplar.no-period").to_owned();
        return ChangeView {
            indicator,
            before: String::new(),
            before_period: String::new(),
            before_href: String::new(),
            after: none,
            after_period: String::new(),
            after_href: String::new(),
            difference: String::new(),
        };
    };
    let none = || say.get("exemplar.no-figure").to_owned();
    let href = |period, value: Option<thidua_base::Number>| {
        let key = format!("reading:{}:{unit}:{period}", seen.indicator.code);
        if value.is_some() { paths::passport(&key) } else { String::new() }
    };
    let difference = change.difference().map(|by| {
        let sign = if by.digits() > 0 { "+" } else { "" };
        format!("{sign}{}", by.vi())
    });
    ChangeView {
        indicator,
        before: change.before.map_or_else(none, thidua_base::Number::vi),
        before_period: say.period(change.before_period),
        before_href: href(change.before_period, change.before),
        after: change.after.map_or_else(none, thidua_base::Number::vi),
        after_period: say.period(change.after_period),
        after_href: href(change.after_period, change.after),
        difference: difference.unwrap_or_else(|| "–".to_owned()),
    }
}

fn history(say: &'static Messages, seen: &One) -> Vec<EventView> {
    let event = |event: &thidua_domain::exemplar::Event| {
        let size = event.size.map(|size| size.vi_with(&seen.exemplar.measure));
        let note = [event.decision.clone(), size.unwrap_or_default(), event.reason.clone()];
        let note: Vec<String> = note.into_iter().filter(|text| !text.is_empty()).collect();
        EventView {
            day: event.day.in_table(),
            act: say.get(&format!("verb.{}", event.verb.word())).to_owned(),
            by: format!("{}, {}", event.by, event.at.in_table()),
            note: note.join("; "),
        }
    };
    seen.history.iter().map(event).collect()
}

#[cfg(test)]
impl crate::sampled::Sampled for Show {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let say = Messages::of(lang);
        let bare = || Self {
            page: frame(Part::Exemplars, lang),
            refusal: String::new(),
            name: LONG_NAME.into(),
            mark: None,
            standing: standing_mark(say, Standing::Recognised),
            grey: String::new(),
            facts: vec![LabelledFact::new(say.get("exemplar.place"), LONG_NAME)],
            story: String::new(),
            method: String::new(),
            pictures: Vec::new(),
            papers: Vec::new(),
            copies: Vec::new(),
            history: Vec::new(),
            reads: false,
            as_public: false,
            to_list: "/dien-hinh".into(),
            to_public: "/dien-hinh/x?cong-khai=1".into(),
            to_own: "/dien-hinh/x".into(),
            desk: None,
        };
        let change = |after: &str| ChangeView {
            indicator: LONG_NAME.into(),
            before: "1.202,3".into(),
            before_period: "6 tháng đầu năm 2019".into(),
            before_href: "/so-lieu/x".into(),
            after: after.into(),
            after_period: "6 tháng đầu năm 2020".into(),
            after_href: String::new(),
            difference: "+28,9".into(),
        };
        let option = || vec![FilterOption { value: "x".into(), label: LONG_NAME.into(), is_chosen: true }];
        let full = Self {
            refusal: LONG_NAME.into(),
            mark: Some(Mark::of(say, thidua_domain::Origin::Sample)),
            standing: standing_mark(say, Standing::Grey),
            grey: LONG_NAME.into(),
            story: LONG_NAME.into(),
            method: LONG_NAME.into(),
            pictures: vec![PictureView {
                src: "/dien-hinh/x/tai-lieu/y".into(),
                width: 480,
                height: 270,
                caption: LONG_NAME.into(),
                note: LONG_NAME.into(),
                id: "y".into(),
            }],
            papers: vec![
                PaperView {
                    what: LONG_NAME.into(),
                    href: "/dien-hinh/x/tai-lieu/z".into(),
                    file: LONG_NAME.into(),
                    added: LONG_NAME.into(),
                    gone: String::new(),
                    id: "z".into(),
                },
                PaperView {
                    what: "x".into(),
                    href: String::new(),
                    file: String::new(),
                    added: "x".into(),
                    gone: LONG_NAME.into(),
                    id: String::new(),
                },
            ],
            copies: vec![CopyView {
                unit: LONG_NAME.into(),
                since: "10/08/2019".into(),
                how: LONG_NAME.into(),
                changes: vec![change("1.231,2"), change(say.get("exemplar.no-figure"))],
            }],
            history: vec![EventView {
                day: "05/07/2020".into(),
                act: "x".into(),
                by: LONG_NAME.into(),
                note: LONG_NAME.into(),
            }],
            reads: true,
            desk: Some(DeskView {
                address: "/dien-hinh/x".into(),
                to_papers: "/dien-hinh/x/tai-lieu".into(),
                form_token: "0-0".into(),
                recognises: true,
                confirms: true,
                retracts: true,
                withdraws: true,
                adds: true,
                copying: option(),
                indicators: option(),
                citable: option(),
                accept_paper: ".pdf".into(),
                accept_picture: ".png".into(),
                most_paper: 10,
                most_picture: 5,
                measure: "ha".into(),
                typed: Fields::from([("ly-do".to_owned(), "<b>\"".to_owned())]),
            }),
            ..bare()
        };
        vec![bare(), full, Self { as_public: true, ..bare() }]
    }
}
