//! One dossier: what is missing first, the eligibility sheet, the report, consultation and notice, what happened.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use thidua_app::dossier::{DossierSeen, StepSeen, show};
use thidua_base::text::upper_first;
use thidua_domain::dossier::{
    Ask as StepAsk, DossierId, JudgedFinding, Judgement, Matter, MatterKind, Needed, Overlap, PaperStanding, Places,
    Standing, StopCause,
};
use thidua_domain::{Origin, Refusal};
use thidua_law::vocabulary::Confidence;

use super::{Marked, Told, dossier_of, refused, stage_mark, told};
use crate::eligibility::{said, unsure, verdict_word, word};
use crate::fault::Fault;
use crate::messages::{Messages, clause};
use crate::movement::answered;
use crate::option::{FilterOption, LabelledFact};
use crate::page::{Page, Part};
use crate::paths;
use crate::site::Ask;

/// A dossier.
#[derive(Debug, Template)]
#[template(path = "dossier/show.html")]
pub struct Show {
    page: Page,
    refusal: String,
    form_token: String,
    address: String,
    papers_address: String,
    round_name: String,
    to_round: String,
    name: String,
    stage: Marked,
    is_sample: bool,
    facts: Vec<LabelledFact>,
    alerts: Vec<String>,
    version: usize,
    returned: Vec<(String, String)>,
    steps: Vec<StepRow>,
    papers: Vec<PaperRow>,
    missing: usize,
    paper_options: Vec<FilterOption>,
    attaches: bool,
    in_batch: bool,
    accept: String,
    law: String,
    findings: Vec<FindingRow>,
    places: Vec<PlacesRow>,
    overlaps: Vec<OverlapRow>,
    report: Vec<String>,
    report_facts: String,
    to_report: String,
    writes: bool,
    matters: Vec<MatterRow>,
    runs: bool,
    kinds: Vec<FilterOption>,
    today: String,
    stops: bool,
    causes: Vec<FilterOption>,
    history: Vec<HistoryRow>,
}

#[derive(Debug)]
struct StepRow {
    verb: &'static str,
    label: String,
    is_ripe: bool,
    asks_reason: bool,
    fields: Vec<(String, String)>,
    told: Vec<Told>,
}

#[derive(Debug)]
struct PaperRow {
    name: String,
    standing: Marked,
    when: String,
    clause: String,
    unsure: String,
    held: Vec<(String, String)>,
}

#[derive(Debug)]
struct FindingRow {
    said: String,
    depth: usize,
    is_gate: bool,
    verdict: Marked,
    missing: String,
    clause: String,
    unsure: String,
}

#[derive(Debug)]
struct PlacesRow {
    unit: String,
    base: String,
    places: String,
    asked: u32,
    result: Marked,
    clause: String,
}

#[derive(Debug)]
struct OverlapRow {
    kind: Marked,
    honour: String,
    year: i16,
    achievement: String,
    by: String,
}

#[derive(Debug)]
struct MatterRow {
    number: i64,
    kind: String,
    party: String,
    body: String,
    days: String,
    state: Marked,
    acts: Vec<String>,
    open: Vec<(&'static str, String)>,
    extends: bool,
}

#[derive(Debug)]
struct HistoryRow {
    what: String,
    stage: Marked,
    by: String,
    at: String,
    reason: String,
}

/// `GET /ho-so/{id}`
pub async fn page(ask: Ask, Path(id): Path<String>) -> Result<Response, Fault> {
    shown(&ask, dossier_of(&id)?, None).await
}

/// The page, with a refusal above where there is one.
pub(super) async fn shown(ask: &Ask, id: DossierId, refusal: Option<Refusal>) -> Result<Response, Fault> {
    let (house, seen) = ask.verb(move |app, by| show(app, by, &id)).await?;
    let say = ask.messages();
    let title = format!("{} – {}", seen.look.recorded.details.name, said(say, &seen.honour));
    let mut view = Show::of(ask.page(Part::Dossiers, &title, &house), say, &seen);
    view.form_token = ask.form_token()?;
    if view.form_token.is_empty() {
        view.forget_forms();
    }
    view.refusal = refused(say, refusal.as_ref());
    answered(&view, refusal.is_some())
}

impl Show {
    fn to_list(&self) -> &'static str {
        paths::DOSSIERS
    }

    /// A visitor without a session is shown no forms.
    fn forget_forms(&mut self) {
        self.steps.clear();
        (self.attaches, self.writes, self.runs, self.stops) = (false, false, false, false);
    }

    fn of(page: Page, say: &'static Messages, seen: &DossierSeen) -> Self {
        let dossier = &seen.dossier;
        let details = &seen.look.recorded.details;
        let findings: Vec<JudgedFinding> = if dossier.is_written() || seen.frozen.is_empty() {
            Judgement::of(&seen.look.answer).findings
        } else {
            seen.frozen.clone()
        };
        let newest = seen.reports.last();
        let path = |kind| paths::eligibility(kind, &seen.look.recorded.id);
        let eligibility = paths::with_query(
            &path(details.kind),
            &[("danh-hieu", dossier.honour.as_str()), ("nam", &dossier.year.to_string())],
        );
        Self {
            refusal: String::new(),
            form_token: String::new(),
            address: paths::dossier(&dossier.id),
            papers_address: paths::dossier_papers(&dossier.id),
            round_name: seen.look.round.name.clone(),
            to_round: paths::round(&dossier.round),
            name: details.name.clone(),
            stage: stage_mark(say, dossier.stage()),
            is_sample: dossier.provenance.origin == Origin::Sample,
            facts: vec![
                LabelledFact::leading(
                    say.get("dossier.honour"),
                    format!("{}, {}", said(say, &seen.honour), dossier.year),
                    paths::honour(&dossier.honour),
                ),
                LabelledFact::new(say.get("dossier.achievement"), dossier.achievement.clone()),
                LabelledFact::new(say.get("dossier.nominator"), seen.unit.clone()),
                LabelledFact::new(say.get("dossier.receiver"), seen.receiver.clone()),
                LabelledFact::new(
                    say.get("dossier.batch"),
                    seen.batch.as_ref().map_or_else(|| "–".to_owned(), |batch| batch.title.clone()),
                ),
                LabelledFact::leading(
                    say.get("dossier.record"),
                    details.name.clone(),
                    paths::subject(details.kind, &seen.look.recorded.id),
                ),
                LabelledFact::leading(say.get("dossier.prospect"), say.get("dossier.see-conditions"), eligibility),
            ],
            alerts: alerts(say, seen),
            version: dossier.version(),
            returned: dossier
                .returned_fields()
                .iter()
                .map(|field| (field_name(say, seen, &field.field), field.reason.clone()))
                .collect(),
            steps: seen.steps.iter().map(|step| step_row(say, seen, step)).collect(),
            papers: seen.look.papers.iter().map(|paper| paper_row(say, dossier.id.clone(), paper)).collect(),
            missing: seen.look.papers.iter().filter(|paper| paper.standing == PaperStanding::Missing).count(),
            paper_options: seen
                .look
                .papers
                .iter()
                .map(|paper| FilterOption {
                    value: paper.paper.what.code.clone(),
                    label: said(say, &paper.paper.what.name).to_owned(),
                    is_chosen: false,
                })
                .collect(),
            attaches: seen.writes,
            in_batch: dossier.batch.is_some(),
            accept: super::act::accepted_kinds(),
            law: law(say, seen),
            findings: findings.iter().map(|finding| finding_row(say, finding)).collect(),
            places: seen.look.places.iter().map(|places| places_row(say, places)).collect(),
            overlaps: seen.look.overlaps.iter().map(|overlap| overlap_row(say, overlap)).collect(),
            report: newest.map(|report| report.body.lines().map(str::to_owned).collect()).unwrap_or_default(),
            report_facts: newest.map_or_else(String::new, |report| {
                let version = report.version.to_string();
                let at = report.at.in_table();
                say.with("dossier.report-facts", &[("version", &version), ("by", &report.by), ("at", &at)])
            }),
            to_report: paths::dossier_report(&dossier.id),
            writes: seen.writes,
            matters: seen.clocks.iter().map(|(matter, clock)| matter_row(say, matter, *clock)).collect(),
            runs: seen.runs,
            kinds: MatterKind::ALL
                .map(|kind| FilterOption {
                    value: kind.word().to_owned(),
                    label: say.get(&format!("matter-kind.{}", kind.word())).to_owned(),
                    is_chosen: false,
                })
                .into(),
            today: seen.today.to_string(),
            stops: seen.stops,
            causes: StopCause::ALL
                .map(|cause| FilterOption {
                    value: cause.word().to_owned(),
                    label: say.get(&format!("stop-cause.{}", cause.word())).to_owned(),
                    is_chosen: false,
                })
                .into(),
            history: history(say, seen),
            page,
        }
    }
}

/// What is to be known at once: a stop, another law than when it was sent, another book.
fn alerts(say: &'static Messages, seen: &DossierSeen) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(stop) = seen.dossier.stopped_on(seen.today) {
        let fault = thidua_domain::refusal::DossierFault::Stopped {
            cause: stop.cause.word(),
            from: stop.from,
            until: stop.until,
        };
        told.push(format!("{} {}", say.dossier_fault(&fault), stop.reason));
    }
    if seen.look.law_changed {
        let day = seen.look.answer.law_date.day.in_table();
        told.push(say.with("dossier.law-changed", &[("day", &day)]));
    }
    let book = seen.dossier.judgement().map(|judgement| judgement.book.as_str());
    if book.is_some_and(|book| book != seen.book) {
        told.push(say.get("dossier.book-changed").to_owned());
    }
    told
}

fn law(say: &'static Messages, seen: &DossierSeen) -> String {
    let day = seen.look.answer.law_date.day.in_table();
    match seen.dossier.judgement().filter(|_| !seen.dossier.is_written()) {
        Some(judgement) => {
            let asked = judgement.asked_on.in_table();
            let book = judgement.book.get(..12).unwrap_or(&judgement.book);
            let rule = if judgement.rule_cite.is_empty() {
                say.get("dossier.rule-day").to_owned()
            } else {
                clause(&judgement.rule_cite)
            };
            say.with("dossier.law-frozen", &[("day", &day), ("asked", &asked), ("book", book), ("rule", &rule)])
        }
        None => say.with("dossier.law-live", &[("day", &day)]),
    }
}

/// The name of a field that a return names: one of the dossier's own, or a paper.
fn field_name(say: &Messages, seen: &DossierSeen, field: &str) -> String {
    if let Some(word) = say.find(&format!("dossier-field.{field}")) {
        return word.to_owned();
    }
    let paper = seen.look.papers.iter().find(|paper| paper.paper.what.code == field);
    paper.map_or_else(|| field.to_owned(), |paper| said(say, &paper.paper.what.name).to_owned())
}

fn step_row(say: &'static Messages, seen: &DossierSeen, of: &StepSeen) -> StepRow {
    let returns = of.step.verb == thidua_domain::actor::Verb::ReturnDossier;
    let mut fields: Vec<(String, String)> = Vec::new();
    if returns {
        let own = ["report", "eligibility", "achievement"].into_iter().map(str::to_owned);
        let papers = seen.look.papers.iter().map(|paper| paper.paper.what.code.clone());
        fields.extend(own.chain(papers).map(|field| (field.clone(), field_name(say, seen, &field))));
    }
    StepRow {
        verb: of.step.verb.word(),
        label: upper_first(say.get(&format!("verb.{}", of.step.verb.word()))),
        is_ripe: of.is_ripe(),
        asks_reason: of.step.asks.contains(&StepAsk::Reason),
        fields,
        told: told(say, &of.obstacles),
    }
}

fn paper_row(say: &'static Messages, id: DossierId, of: &Needed) -> PaperRow {
    let class = match of.standing {
        PaperStanding::Missing => "bad",
        PaperStanding::Unverified => "warn",
        PaperStanding::Conditional => "plain",
        PaperStanding::Held => "good",
    };
    let held = of.held.iter().map(|one| {
        let dated = one.dated.map(|day| day.in_table()).unwrap_or_default();
        let file = one.file.as_ref().map(|file| file.name.clone()).unwrap_or_default();
        let parts = [one.number.clone(), dated, one.description.clone(), file];
        let label = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let href = one.file.as_ref().map(|_| paths::dossier_paper(&id, &one.id)).unwrap_or_default();
        (label, href)
    });
    PaperRow {
        name: said(say, &of.paper.what.name).to_owned(),
        standing: Marked { word: say.get(&format!("paper-standing.{}", of.standing.word())).to_owned(), class },
        when: of.paper.what.when.as_ref().map(|when| said(say, when).to_owned()).unwrap_or_default(),
        clause: clause(&of.paper.cite.to_string()),
        unsure: unsure(say, of.paper.confidence).to_owned(),
        held: held.collect(),
    }
}

fn finding_row(say: &'static Messages, of: &JudgedFinding) -> FindingRow {
    let (verdict, class) = verdict_word(say, of.verdict);
    FindingRow {
        said: said(say, &of.said).to_owned(),
        depth: of.path.matches('/').count().min(4),
        is_gate: of.is_gate,
        verdict: Marked { word: verdict.to_owned(), class },
        missing: said(say, &of.missing).to_owned(),
        clause: clause(&of.cite),
        unsure: if of.confidence == Confidence::TextSeen {
            String::new()
        } else {
            unsure(say, of.confidence).to_owned()
        },
    }
}

fn places_row(say: &'static Messages, of: &Places) -> PlacesRow {
    let (key, class) = match () {
        () if of.base == 0 => ("dossier.places-unknown", "plain"),
        () if of.is_over() => ("dossier.places-over", "bad"),
        () if of.is_tight() => ("dossier.places-tight", "warn"),
        () => ("dossier.places-fit", "good"),
    };
    PlacesRow {
        unit: of.name.clone(),
        base: if of.base == 0 { "–".to_owned() } else { format!("{}% × {}", of.percent, of.base) },
        places: match () {
            () if of.base == 0 => "–".to_owned(),
            () if of.most > of.places => format!("{} - {}", of.places, of.most),
            () => of.places.to_string(),
        },
        asked: of.asked,
        result: Marked { word: say.get(key).to_owned(), class },
        clause: format!("{} ({})", clause(&of.cite.to_string()), word(say, of.rounding)),
    }
}

fn overlap_row(say: &'static Messages, of: &Overlap) -> OverlapRow {
    use thidua_domain::dossier::OverlapKind;
    OverlapRow {
        kind: Marked {
            word: say.get(&format!("overlap-kind.{}", of.kind.word())).to_owned(),
            class: match of.kind {
                OverlapKind::SameHonour | OverlapKind::SameAchievement => "bad",
                OverlapKind::SameYear => "warn",
            },
        },
        honour: said(say, &of.with.name).to_owned(),
        year: of.with.year,
        achievement: if of.with.achievement.is_empty() { "–".to_owned() } else { of.with.achievement.clone() },
        by: of.with.by.clone(),
    }
}

fn matter_row(say: &'static Messages, of: &Matter, clock: Standing) -> MatterRow {
    use thidua_domain::dossier::{MatterActKind, MatterState};
    let state = of.state();
    let (word, class) = match (of.kind, state) {
        (MatterKind::Notice | MatterKind::Consultation, MatterState::Open) if clock.is_over => {
            (say.get("dossier.clock-over").to_owned(), "plain")
        }
        (MatterKind::Notice | MatterKind::Consultation, MatterState::Open) => {
            (say.with("dossier.days-left", &[("days", &clock.left.to_string())]), "warn")
        }
        (_, state) => (
            upper_first(say.get(&format!("matter-state.{}", state.word()))),
            if matches!(state, MatterState::Open | MatterState::Triaged) { "warn" } else { "good" },
        ),
    };
    let act = |act: &thidua_domain::dossier::MatterAct| {
        let what = say.get(&format!("matter-act.{}", act.kind.word()));
        let days = if act.days > 0 { format!(" +{}", act.days) } else { String::new() };
        format!("{} {}: {what}{days} – {}", act.at.date_in_vietnam().in_table(), act.by, act.body)
    };
    MatterRow {
        number: of.number,
        kind: say.get(&format!("matter-kind.{}", of.kind.word())).to_owned(),
        party: of.party.clone(),
        body: of.body.clone(),
        days: format!("{} - {}", of.from.in_table(), clock.until.in_table()),
        state: Marked { word, class },
        acts: of.acts.iter().map(act).collect(),
        open: of
            .open_acts()
            .map(|act| (act.word(), say.get(&format!("matter-act.{}", act.word())).to_owned()))
            .collect(),
        extends: of.open_acts().any(|act| act == MatterActKind::Extend),
    }
}

fn history(say: &'static Messages, seen: &DossierSeen) -> Vec<HistoryRow> {
    let rows = seen.dossier.events.iter().rev();
    rows.map(|event| HistoryRow {
        what: upper_first(say.get(&format!("verb.{}", event.act.verb().word()))),
        stage: stage_mark(say, event.act.stage()),
        by: event.by.clone(),
        at: event.at.in_table(),
        reason: if event.reason.is_empty() { "–".to_owned() } else { event.reason.clone() },
    })
    .collect()
}

#[cfg(test)]
impl crate::sampled::Sampled for Show {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use thidua_domain::dossier::Stage;

        use crate::sampled::{LONG_NAME, frame};
        let of = |full: bool| {
            let page = frame(Part::Dossiers, lang);
            let say = page.messages();
            let mark = |class| Marked { word: "Còn thiếu".into(), class };
            let many = |rows: usize| if full { rows } else { 0 };
            let option = || FilterOption { value: "to-trinh".into(), label: LONG_NAME.into(), is_chosen: false };
            let told =
                vec![Told { text: LONG_NAME.into(), refuses: true }, Told { text: LONG_NAME.into(), refuses: false }];
            Self {
                refusal: if full { LONG_NAME.into() } else { String::new() },
                form_token: "0-0".into(),
                address: "/ho-so/hs-1".into(),
                papers_address: "/ho-so/hs-1/giay-to".into(),
                round_name: "Năm 2020".into(),
                to_round: "/dot-xet/dx-1".into(),
                name: "Nguyễn Thị Hòa".into(),
                stage: stage_mark(say, Stage::Returned),
                is_sample: full,
                facts: vec![LabelledFact::leading(say.get("dossier.honour"), LONG_NAME, "/danh-hieu/x".into())],
                alerts: vec![LONG_NAME.into(); many(2)],
                version: 1,
                returned: vec![("Báo cáo".into(), LONG_NAME.into()); many(1)],
                steps: (0..many(2))
                    .map(|n| StepRow {
                        verb: ["submit-dossier", "return-dossier"][n],
                        label: "Trình".into(),
                        is_ripe: n == 1,
                        asks_reason: n == 1,
                        fields: vec![("report".into(), LONG_NAME.into()); n],
                        told: if n == 0 { told.clone() } else { Vec::new() },
                    })
                    .collect(),
                papers: (0..many(2))
                    .map(|n| PaperRow {
                        name: LONG_NAME.into(),
                        standing: mark(if n == 0 { "bad" } else { "good" }),
                        when: if n == 0 { LONG_NAME.into() } else { String::new() },
                        clause: "Luật số 06/2022/QH15, Điều 84".into(),
                        unsure: if n == 0 { "theo trí nhớ".into() } else { String::new() },
                        held: vec![("12/TTr".into(), String::new()), ("a.pdf".into(), "/ho-so/hs-1/giay-to/e".into())],
                    })
                    .collect(),
                missing: many(1),
                paper_options: vec![option(); many(1)],
                attaches: full,
                in_batch: full,
                accept: ".pdf".into(),
                law: LONG_NAME.into(),
                findings: (0..many(3))
                    .map(|n| FindingRow {
                        said: LONG_NAME.into(),
                        depth: n,
                        is_gate: n == 2,
                        verdict: mark("warn"),
                        missing: if n == 1 { LONG_NAME.into() } else { String::new() },
                        clause: "Luật".into(),
                        unsure: String::new(),
                    })
                    .collect(),
                places: (0..many(1))
                    .map(|_| PlacesRow {
                        unit: LONG_NAME.into(),
                        base: "15% × 8".into(),
                        places: "1 - 2".into(),
                        asked: 3,
                        result: mark("bad"),
                        clause: "Nghị định".into(),
                    })
                    .collect(),
                overlaps: (0..many(1))
                    .map(|_| OverlapRow {
                        kind: mark("bad"),
                        honour: LONG_NAME.into(),
                        year: 2025,
                        achievement: LONG_NAME.into(),
                        by: "Xã A".into(),
                    })
                    .collect(),
                report: vec![LONG_NAME.into(); many(2)],
                report_facts: "Bản 2".into(),
                to_report: "/ho-so/hs-1/bao-cao".into(),
                writes: full,
                matters: (0..many(2))
                    .map(|n| MatterRow {
                        number: 1,
                        kind: "Công khai".into(),
                        party: LONG_NAME.into(),
                        body: LONG_NAME.into(),
                        days: "02/03/2026 - 16/03/2026".into(),
                        state: mark("warn"),
                        acts: vec![LONG_NAME.into(); n],
                        open: vec![("extend", "Gia hạn".into()); n],
                        extends: n == 1,
                    })
                    .collect(),
                runs: full,
                kinds: vec![option()],
                today: "2026-03-02".into(),
                stops: full,
                causes: vec![option()],
                history: vec![HistoryRow {
                    what: "Đề nghị".into(),
                    stage: stage_mark(say, Stage::Draft),
                    by: "Hòa".into(),
                    at: "02/03/2026 09:00".into(),
                    reason: LONG_NAME.into(),
                }],
                page,
            }
        };
        vec![of(false), of(true)]
    }
}
