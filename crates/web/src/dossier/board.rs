//! The board of a round: counts by stage, filters in the address, and steps with many: prepared, then applied.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::dossier::{Board, BoardAsked, BoardRow, Prepared, StepAsked, board, prepare, take_steps};
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::Verb;
use thidua_domain::dossier::{BatchId, DossierId, RoundId, Stage};
use thidua_domain::{Origin, Refusal};

use super::{Marked, Told, refused, round_of, stage_mark, told};
use crate::eligibility::{said, word};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::{Fields, answered};
use crate::option::{FilterOption, options};
use crate::page::{Page, Part};
use crate::paging::Paging;
use crate::paths;
use crate::site::Ask;

/// A round with its dossiers.
#[derive(Debug, Template)]
#[template(path = "dossier/board.html")]
pub struct BoardPage {
    page: Page,
    refusal: String,
    form_token: String,
    address: String,
    name: String,
    lead: String,
    is_sample: bool,
    asked: Asked,
    stages: Vec<StageLink>,
    all_href: String,
    all: usize,
    units: Vec<FilterOption>,
    honours: Vec<FilterOption>,
    batches: Vec<FilterOption>,
    rows: Vec<Row>,
    paging: Paging,
    to_nominate: String,
    acts: Vec<(&'static str, String)>,
}

/// Some dossiers before a step.
#[derive(Debug, Template)]
#[template(path = "dossier/prepared.html")]
pub struct PreparedPage {
    page: Page,
    form_token: String,
    address: String,
    back: String,
    verb: &'static str,
    title: String,
    ripe: usize,
    rows: Vec<PreparedRow>,
}

#[derive(Debug)]
struct PreparedRow {
    name: String,
    href: String,
    key: String,
    is_ripe: bool,
    told: Vec<Told>,
}

#[derive(Debug)]
struct StageLink {
    mark: Marked,
    count: usize,
    href: String,
    is_chosen: bool,
}

#[derive(Debug)]
struct Row {
    id: String,
    name: String,
    href: String,
    unit: String,
    honour: String,
    stage: Marked,
    is_stopped: bool,
    is_sample: bool,
    batch: String,
    since: String,
    is_chosen: bool,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
    #[serde(rename = "buoc", default)]
    stage: String,
    #[serde(rename = "don-vi", default)]
    unit: String,
    #[serde(rename = "danh-hieu", default)]
    honour: String,
    #[serde(rename = "danh-sach", default)]
    batch: String,
    #[serde(rename = "dung", default)]
    stopped: String,
    #[serde(rename = "trang", default)]
    page: String,
}

impl Asked {
    fn query(&self) -> [(&'static str, &str); 6] {
        [
            ("tim", &self.words),
            ("buoc", &self.stage),
            ("don-vi", &self.unit),
            ("danh-hieu", &self.honour),
            ("danh-sach", &self.batch),
            ("dung", &self.stopped),
        ]
    }

    /// What is asked, read; a word that is none narrows nothing.
    fn read(&self) -> BoardAsked {
        BoardAsked {
            words: self.words.clone(),
            stage: Stage::parse(&self.stage),
            unit: OrgId::parse(&self.unit).ok(),
            honour: HonourCode::parse(&self.honour).ok(),
            batch: BatchId::parse(&self.batch).ok(),
            stopped: !self.stopped.is_empty(),
        }
    }
}

/// The verbs that take many at once, by their words.
fn verb_of(word: &str) -> Result<Verb, Fault> {
    let known = [Verb::SubmitDossier, Verb::AppraiseDossier];
    known.into_iter().find(|verb| verb.word() == word).ok_or(Fault::NotFound)
}

/// `GET /dot-xet/{id}`
pub async fn page(ask: Ask, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, round_of(&id)?, asked, None).await
}

/// `POST /dot-xet/{id}`: prepares a step with those that were chosen; applies it where it was prepared.
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = round_of(&id)?;
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, id, Asked::default(), Some(Refusal::StaleForm)).await;
    }
    let verb = verb_of(fields.get("viec"))?;
    if fields.get("ap-dung").is_empty() {
        let chosen = fields.all("ho-so").map(DossierId::parse).collect::<Result<Vec<_>, _>>();
        let chosen = chosen.map_err(|_| Fault::NotFound)?;
        return match ask.verb(move |app, by| prepare(app, by, verb, &chosen)).await {
            Ok((house, prepared)) => {
                let say = ask.messages();
                let title = say.get(&format!("verb.{}", verb.word()));
                let mut view = PreparedPage::of(ask.page(Part::Dossiers, title, &house), say, &id, verb, &prepared);
                view.form_token = ask.form_token()?;
                answered(&view, false)
            }
            Err(Fault::Refused(refusal)) => shown(&ask, id, Asked::default(), Some(refusal)).await,
            Err(fault) => Err(fault),
        };
    }
    let chosen: Option<Vec<(DossierId, usize)>> = fields.all("ho-so").map(seen_of).collect();
    let chosen = chosen.ok_or(Fault::NotFound)?;
    let asked = StepAsked { verb, reason: String::new(), fields: Vec::new() };
    match ask.file(move |app, by| take_steps(app, by, &chosen, &asked)).await {
        Ok(_) => Ok(Redirect::to(&paths::round(&id)).into_response()),
        Err(Fault::Refused(refusal)) => shown(&ask, id, Asked::default(), Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

/// A dossier with the version that was seen: `hs-1~2`.
fn seen_of(text: &str) -> Option<(DossierId, usize)> {
    let (id, version) = text.split_once('~')?;
    Some((DossierId::parse(id).ok()?, version.parse().ok()?))
}

async fn shown(ask: &Ask, id: RoundId, asked: Asked, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let wanted = asked.read();
    let (house, seen) = ask.verb(move |app, by| board(app, by, &id, &wanted)).await?;
    let say = ask.messages();
    let mut view = BoardPage::of(ask.page(Part::Dossiers, &seen.round.round.name, &house), say, &seen, asked);
    view.form_token = ask.form_token()?;
    if view.form_token.is_empty() {
        view.acts.clear();
    }
    view.refusal = refused(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl BoardPage {
    fn to_list(&self) -> &'static str {
        paths::DOSSIERS
    }

    fn of(page: Page, say: &'static Messages, seen: &Board, asked: Asked) -> Self {
        let round = &seen.round.round;
        let here = paths::round(&round.id);
        let with = |name: &str, value: &str| {
            let query = asked.query();
            let values: Vec<(&str, &str)> =
                query.iter().map(|(known, text)| (*known, if *known == name { value } else { *text })).collect();
            paths::with_query(&here, &values)
        };
        let stages = Stage::ALL.into_iter().filter(|stage| seen.round.at(*stage) > 0).map(|stage| StageLink {
            mark: stage_mark(say, stage),
            count: seen.round.at(stage),
            href: with("buoc", stage.word()),
            is_chosen: asked.stage == stage.word(),
        });
        let stages = stages.collect();
        let paging = Paging::of(&here, &asked.query(), asked.page.parse().unwrap_or(1), seen.rows.len());
        let batch_title = |id: &Option<BatchId>| {
            let found = seen.batches.iter().find(|batch| Some(&batch.id) == id.as_ref());
            found.map(|batch| batch.title.clone()).unwrap_or_default()
        };
        let row = |of: &BoardRow| Row {
            id: of.dossier.id.to_string(),
            name: of.name.clone(),
            href: paths::dossier(&of.dossier.id),
            unit: of.unit.clone(),
            honour: said(say, &of.honour).to_owned(),
            stage: stage_mark(say, of.dossier.stage()),
            is_stopped: of.is_stopped,
            is_sample: of.dossier.provenance.origin == Origin::Sample,
            batch: batch_title(&of.dossier.batch),
            since: of.dossier.events.last().map(|event| event.at.date_in_vietnam().in_table()).unwrap_or_default(),
            is_chosen: !of.steps.is_empty() && !asked.batch.is_empty(),
        };
        let mut verbs: Vec<Verb> = seen.rows.iter().flat_map(|row| row.steps.iter().copied()).collect();
        verbs.sort_by_key(|verb| Verb::ALL.iter().position(|known| known == verb));
        verbs.dedup();
        let all = say.get("filter.all");
        Self {
            refusal: String::new(),
            form_token: String::new(),
            name: round.name.clone(),
            lead: say.with(
                "dossier.round-lead",
                &[
                    ("kind", word(say, round.kind)),
                    ("year", &round.year.to_string()),
                    ("unit", &seen.round.unit),
                    ("opens", &round.opens.in_table()),
                    ("closes", &round.closes.in_table()),
                ],
            ),
            is_sample: round.provenance.origin == Origin::Sample,
            stages,
            all_href: with("buoc", ""),
            all: seen.round.all(),
            units: options(all, seen.units.iter().map(|(id, name)| (id.to_string(), name.clone())), &asked.unit),
            honours: options(
                all,
                seen.honours.iter().map(|(code, name)| (code.to_string(), said(say, name).to_owned())),
                &asked.honour,
            ),
            batches: options(
                all,
                seen.batches.iter().map(|batch| (batch.id.to_string(), batch.title.clone())),
                &asked.batch,
            ),
            rows: paging.cut(&seen.rows).iter().map(row).collect(),
            paging,
            to_nominate: if seen.nominates && round.closes >= seen.today {
                paths::with_query(paths::NOMINATE, &[("dot", round.id.as_str())])
            } else {
                String::new()
            },
            acts: verbs
                .iter()
                .map(|verb| (verb.word(), say.get(&format!("verb.{}", verb.word())).to_owned()))
                .collect(),
            address: here,
            asked,
            page,
        }
    }
}

impl PreparedPage {
    fn of(page: Page, say: &'static Messages, id: &RoundId, verb: Verb, prepared: &[Prepared]) -> Self {
        let row = |one: &Prepared| PreparedRow {
            name: one.name.clone(),
            href: paths::dossier(&one.dossier.id),
            key: format!("{}~{}", one.dossier.id, one.dossier.version()),
            is_ripe: one.is_ripe(),
            told: told(say, &one.obstacles),
        };
        Self {
            form_token: String::new(),
            address: paths::round(id),
            back: paths::round(id),
            verb: verb.word(),
            title: say.get(&format!("verb.{}", verb.word())).to_owned(),
            ripe: prepared.iter().filter(|one| one.is_ripe()).count(),
            rows: prepared.iter().map(row).collect(),
            page,
        }
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for BoardPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |many: usize, name: &str| {
            let page = frame(Part::Dossiers, lang);
            let say = page.messages();
            let row = |n: usize| Row {
                id: format!("hs-{n}"),
                name: name.into(),
                href: "/ho-so/hs-1".into(),
                unit: "Xã Dân Lý".into(),
                honour: LONG_NAME.into(),
                stage: stage_mark(say, Stage::ALL[n % Stage::ALL.len()]),
                is_stopped: n == 1,
                is_sample: n == 0,
                batch: if n == 0 { LONG_NAME.into() } else { String::new() },
                since: "16/11/2020".into(),
                is_chosen: n == 2,
            };
            Self {
                refusal: if many > 0 { LONG_NAME.into() } else { String::new() },
                form_token: "0-0".into(),
                address: "/dot-xet/dx-1".into(),
                name: name.into(),
                lead: "Theo công trạng, năm 2020".into(),
                is_sample: many > 0,
                asked: Asked::default(),
                stages: Stage::ALL
                    .into_iter()
                    .take(many)
                    .map(|stage| StageLink {
                        mark: stage_mark(say, stage),
                        count: 3,
                        href: "/dot-xet/dx-1?buoc=draft".into(),
                        is_chosen: stage == Stage::Draft,
                    })
                    .collect(),
                all_href: "/dot-xet/dx-1".into(),
                all: many,
                units: options(say.get("filter.all"), Vec::new(), ""),
                honours: options(say.get("filter.all"), Vec::new(), ""),
                batches: options(say.get("filter.all"), vec![("ds-1".into(), LONG_NAME.into())], "ds-1"),
                rows: (0..many).map(row).collect(),
                paging: Paging::of("/dot-xet/dx-1", &[], 1, many * 10),
                to_nominate: if many > 0 { "/ho-so/de-nghi?dot=dx-1".into() } else { String::new() },
                acts: if many > 0 { vec![("submit-dossier", "Trình hồ sơ".into())] } else { Vec::new() },
                page,
            }
        };
        vec![of(0, "Năm 2020"), of(12, LONG_NAME)]
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for PreparedPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let row = |is_ripe: bool| PreparedRow {
            name: LONG_NAME.into(),
            href: "/ho-so/hs-1".into(),
            key: "hs-1~1".into(),
            is_ripe,
            told: if is_ripe { Vec::new() } else { vec![Told { text: LONG_NAME.into(), refuses: true }] },
        };
        let of = |rows: Vec<PreparedRow>| Self {
            page: frame(Part::Dossiers, lang),
            form_token: "0-0".into(),
            address: "/dot-xet/dx-1".into(),
            back: "/dot-xet/dx-1".into(),
            verb: "submit-dossier",
            title: "Trình hồ sơ".into(),
            ripe: rows.iter().filter(|row| row.is_ripe).count(),
            rows,
        };
        vec![of(vec![row(false)]), of(vec![row(true), row(false)])]
    }
}
