//! One decision: its list, its signature, what happened after, and what the reader may do with it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use thidua_app::decision::{
    DecisionSeen, DraftAsked, LineAsked, SigningWarning, correct_award, decision_paper, draft_decision, drop_decision,
    pay_bonus, revoke_award, show_decision, sign_decision,
};
use thidua_app::eligibility::Names;
use thidua_app::paper::print;
use thidua_app::subject::{Asked as Sought, SubjectRow, list};
use thidua_app::{App, Error};
use thidua_base::code::HonourCode;
use thidua_base::text::upper_first;
use thidua_domain::decision::{Act, DecisionId, Event, Signature, SignedAs};
use thidua_domain::refusal::{DecisionFault, SubjectFault};
use thidua_domain::subject::SubjectId;
use thidua_domain::{Actor, Refusal};

use super::write::lines_of;
use super::{authority_word, commendation_key, id_of, money, state_word, typed_money};
use crate::eligibility::{honour_name, honour_options};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::movement::{Fields, answered, said};
use crate::option::{FilterOption, LabelledFact, Link};
use crate::page::{Page, Part};
use crate::paper::{asked, files, saved};
use crate::paths;
use crate::site::Ask;

/// Most subjects that a search shows.
const FOUND_MAX: usize = 20;

/// A decision.
#[derive(Debug, Template)]
#[template(path = "decision/show.html")]
pub struct ShowPage {
    page: Page,
    refusal: String,
    warnings: Vec<String>,
    form_token: String,
    address: String,
    to_head: String,
    seen: usize,
    title: String,
    state: &'static str,
    class: &'static str,
    facts: Vec<LabelledFact>,
    rows: Vec<Row>,
    total: String,
    paid: String,
    due: String,
    writes: bool,
    signs: bool,
    revokes: bool,
    pays: bool,
    sought: String,
    found: Option<Vec<Candidate>>,
    honours: Vec<FilterOption>,
    forms: Vec<FilterOption>,
    today: String,
    standing: Vec<FilterOption>,
    owed: Vec<FilterOption>,
    history: Vec<HistoryRow>,
    papers: Vec<Link>,
}

#[derive(Debug)]
struct Row {
    nr: usize,
    name: String,
    href: String,
    unit: String,
    honour: String,
    achievement: String,
    bonus: String,
    is_unsure: bool,
    paid: String,
    due: String,
    revoked: String,
}

#[derive(Debug)]
struct Candidate {
    id: String,
    name: String,
    born: String,
    units: String,
}

#[derive(Debug)]
struct HistoryRow {
    what: &'static str,
    at: String,
    by: String,
    detail: String,
}

/// Whom the reader seeks to put in.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "tim", default)]
    words: String,
}

/// `GET /quyet-dinh/{id}`
pub async fn page(ask: Ask, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    shown(&ask, id_of(&id)?, asked.words, None, Vec::new()).await
}

/// `GET /quyet-dinh/{id}/{file}`: `quyet-dinh.docx`, `quyet-dinh.pdf`
pub async fn file(ask: Ask, Path((id, file)): Path<(String, String)>) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let ("quyet-dinh", format) = asked(&file)? else { return Err(Fault::NotFound) };
    let bytes = ask.file(move |app, by| print(&decision_paper(app, by, &id)?, format)).await?;
    Ok(saved("quyet-dinh-khen-thuong", format, bytes))
}

/// `POST /quyet-dinh/{id}`
pub async fn submit(
    ask: Ask,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    let fields = Fields(fields);
    if !ask.takes(fields.get("ma")) {
        return shown(&ask, id, String::new(), Some(Refusal::StaleForm), Vec::new()).await;
    }
    let of = id.clone();
    match ask.file(move |app, by| done(app, by, &of, &fields)).await {
        Ok(warnings) if warnings.is_empty() => Ok(Redirect::to(&paths::decision(&id)).into_response()),
        Ok(warnings) => shown(&ask, id, String::new(), None, warnings).await,
        Err(Fault::Refused(refusal)) => shown(&ask, id, String::new(), Some(refusal), Vec::new()).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, id: &DecisionId, fields: &Fields) -> Result<Vec<SigningWarning>, Error> {
    let absent = || Error::NotFound("decision");
    let line = || -> Result<usize, Error> {
        let asked = fields.get("dong");
        asked.parse().map_err(|_| DecisionFault::NoSuchLine { line: 0 }.into())
    };
    match fields.get("viec") {
        "dua-vao" | "bo-ra" => {
            let held = show_decision(app, by, id)?.decision;
            let mut lines = lines_of(&held.draft);
            if fields.get("viec") == "bo-ra" {
                let gone: Vec<usize> = fields.all("dong").filter_map(|nr| nr.parse().ok()).collect();
                if gone.is_empty() {
                    return Err(Refusal::NothingChosen.into());
                }
                let mut nr = 0;
                lines.retain(|_| {
                    nr += 1;
                    !gone.contains(&nr)
                });
            } else {
                lines.extend(put_in(fields)?);
            }
            let draft = DraftAsked {
                issuer: held.draft.issuer,
                authority: held.draft.authority,
                title: held.draft.title,
                year: held.draft.year,
                commendation: held.draft.commendation,
                fund: held.draft.fund,
                lines,
            };
            let seen = fields.get("da-xem").parse().unwrap_or_default();
            draft_decision(app, by, Some((id, seen)), &draft)?;
        }
        "ban-hanh" => {
            let signature = Signature {
                number: fields.get("so").to_owned(),
                on: fields.day("ngay")?,
                signer: fields.get("nguoi-ky").to_owned(),
                position: fields.get("chuc-vu").to_owned(),
                signed_as: SignedAs::parse(fields.get("the-thuc")).ok_or_else(absent)?,
            };
            let seen = fields.get("da-xem").parse().unwrap_or_default();
            return Ok(sign_decision(app, by, (id, seen), &signature)?.warnings);
        }
        "bo-du-thao" => drop_decision(app, by, id, fields.get("ly-do"))?,
        "thu-hoi" => {
            revoke_award(app, by, id, line()?, fields.get("so"), fields.day("ngay")?, fields.get("ly-do"))?;
        }
        "dinh-chinh" => {
            let paper = (fields.get("so"), fields.day("ngay")?);
            correct_award(app, by, id, (line()?, fields.get("ten")), paper, fields.get("ly-do"))?;
        }
        "chi" => {
            let vnd = match fields.get("so-tien") {
                "" => None,
                text => Some(typed_money(text)?),
            };
            pay_bonus(app, by, id, line()?, fields.get("so"), fields.day("ngay")?, vnd)?;
        }
        _ => return Err(absent()),
    }
    Ok(Vec::new())
}

fn put_in(fields: &Fields) -> Result<Vec<LineAsked>, Error> {
    let asked = fields.get("danh-hieu");
    let unknown = || SubjectFault::UnknownHonour { asked: asked.to_owned() };
    let honour = HonourCode::parse(asked).map_err(|_| unknown())?;
    let chosen: Vec<SubjectId> = fields.all("ho-so").filter_map(|id| SubjectId::parse(id).ok()).collect();
    if chosen.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    let lines = chosen.into_iter().map(|subject| LineAsked {
        subject,
        honour: honour.clone(),
        achievement: fields.get("thanh-tich").to_owned(),
        duty: None,
        dossier: None,
    });
    Ok(lines.collect())
}

async fn shown(
    ask: &Ask,
    id: DecisionId,
    words: String,
    refusal: Option<Refusal>,
    warnings: Vec<SigningWarning>,
) -> Result<Response, Fault> {
    let sought = words.clone();
    let (house, (seen, found, names, today)) = ask
        .verb(move |app, by| {
            let seen = show_decision(app, by, &id)?;
            let found = match seen.writes && !sought.trim().is_empty() {
                true => {
                    let asked = Sought { words: sought, most: FOUND_MAX, ..Sought::default() };
                    Some(list(app, by, &asked)?.rows)
                }
                false => None,
            };
            let book = app.book(by)?;
            let names = Names::of(&book, seen.day);
            Ok((seen, found, names, app.clock.now().date_in_vietnam()))
        })
        .await?;
    let say = ask.messages();
    let page = ask.page(Part::Decisions, &seen.decision.draft.title, &house);
    let mut view = ShowPage::of(page, say, &seen, &names, ask.form_token()?, &today.to_string());
    view.refusal = said(say, refusal.as_ref());
    view.warnings = warnings.iter().map(|warning| warned(say, warning)).collect();
    view.sought = words;
    view.found = found.map(|rows| rows.iter().map(candidate).collect());
    answered(&view, refusal.is_some())
}

fn warned(say: &Messages, warning: &SigningWarning) -> String {
    let (key, line, honour) = match warning {
        SigningWarning::NotInForce { line, honour } => ("decision.warn-not-in-force", line, honour),
        SigningWarning::PerhapsNotTheirs { line, honour } => ("decision.warn-perhaps-not-theirs", line, honour),
        SigningWarning::NoBonusKnown { line, honour } => ("decision.warn-no-bonus", line, honour),
    };
    say.with(key, &[("line", &line.to_string()), ("honour", honour)])
}

fn candidate(row: &SubjectRow) -> Candidate {
    Candidate {
        id: row.identity.id.to_string(),
        name: row.identity.details.name.clone(),
        born: row.identity.details.born.in_table(),
        units: row.units.join(", "),
    }
}

impl ShowPage {
    fn to_list(&self) -> &'static str {
        paths::DECISIONS
    }

    fn of(
        page: Page,
        say: &'static Messages,
        seen: &DecisionSeen,
        names: &Names,
        form_token: String,
        today: &str,
    ) -> Self {
        let (state, class) = state_word(say, seen.decision.state());
        let id = &seen.decision.id;
        let sum = |of: fn(&thidua_app::decision::LineSeen) -> i64| money(seen.lines.iter().map(of).sum());
        let choice = |line: &thidua_app::decision::LineSeen| FilterOption {
            value: line.nr.to_string(),
            label: format!("{}. {}", line.nr, line.name),
            is_chosen: false,
        };
        let lines_where = |fits: fn(&thidua_app::decision::LineSeen) -> bool| -> Vec<FilterOption> {
            seen.lines.iter().filter(|line| fits(line)).map(choice).collect()
        };
        let forms = SignedAs::ALL.into_iter().map(|form| FilterOption {
            value: form.word().to_owned(),
            label: say.get(&format!("signed-as.{}", form.word())).to_owned(),
            is_chosen: form == SignedAs::Own,
        });
        Self {
            refusal: String::new(),
            warnings: Vec::new(),
            form_token,
            address: paths::decision(id),
            to_head: paths::decision_head(id),
            seen: seen.decision.events.len(),
            title: seen.decision.draft.title.clone(),
            state,
            class,
            facts: facts(say, seen),
            rows: seen.lines.iter().map(|line| row(say, names, line)).collect(),
            total: sum(|line| if line.revoked_on.is_some() { line.paid } else { line.bonus.vnd }),
            paid: sum(|line| line.paid),
            due: sum(|line| line.due),
            writes: seen.writes,
            signs: seen.signs,
            revokes: seen.revokes,
            pays: seen.pays,
            sought: String::new(),
            found: None,
            honours: honour_options(say, names, "–", ""),
            forms: forms.collect(),
            today: today.to_owned(),
            standing: lines_where(|line| line.revoked_on.is_none()),
            owed: lines_where(|line| line.due > 0),
            history: seen.decision.events.iter().map(|event| history(say, event)).collect(),
            papers: match seen.lines.is_empty() {
                true => Vec::new(),
                false => files(say, say.get("decision.paper"), |ending| paths::decision_file(id, ending)),
            },
            page,
        }
    }
}

fn facts(say: &'static Messages, seen: &DecisionSeen) -> Vec<LabelledFact> {
    let draft = &seen.decision.draft;
    let mut facts = Vec::new();
    let mut add = |key: &str, text: String, href: String| {
        facts.push(LabelledFact { label: say.get(key), text, href });
    };
    if let Some(signature) = seen.decision.signature() {
        add("decision.number", signature.number.clone(), String::new());
        add("decision.day", signature.on.in_table(), String::new());
        let sign = signature.signed_as.sign();
        let by = say.with(
            "decision.signed-by",
            &[("sign", sign), ("position", &signature.position), ("signer", &signature.signer)],
        );
        add("decision.signer", by.trim().to_owned(), String::new());
    }
    add("decision.issuer", seen.issuer_name.clone(), paths::unit(&draft.issuer));
    add("decision.authority", authority_word(say, draft.authority).to_owned(), String::new());
    add("decision.year", draft.year.to_string(), String::new());
    add("decision.commendation", say.get(commendation_key(draft.commendation)).to_owned(), String::new());
    match &seen.fund {
        Some((fund, free)) => {
            let text = format!("{}; {}: {} đồng", fund.name, say.get("decision.free").to_lowercase(), money(*free));
            add("decision.fund", text, paths::FUNDS.to_owned());
        }
        None => add("decision.fund", say.get("decision.no-fund").to_owned(), String::new()),
    }
    facts
}

fn row(say: &'static Messages, names: &Names, line: &thidua_app::decision::LineSeen) -> Row {
    let bonus = &line.bonus;
    Row {
        nr: line.nr,
        name: line.name.clone(),
        href: paths::subject(line.line.kind, &line.line.subject),
        unit: line.unit_name.clone(),
        honour: honour_name(say, names, &line.line.honour),
        achievement: line.line.achievement.clone(),
        bonus: if bonus.times.is_some() { money(bonus.vnd) } else { String::new() },
        is_unsure: bonus.times.is_some() && bonus.confidence != "text-seen",
        paid: if line.paid > 0 { money(line.paid) } else { String::new() },
        due: if line.due > 0 { money(line.due) } else { String::new() },
        revoked: line
            .revoked_on
            .map_or_else(String::new, |on| say.with("decision.revoked", &[("day", &on.in_table())])),
    }
}

fn history(say: &'static Messages, event: &Event) -> HistoryRow {
    let detail = match &event.act {
        Act::Draft => String::new(),
        Act::Sign(signature) => format!("{}, {}", signature.number, signature.on.in_table()),
        Act::Drop { reason } => reason.clone(),
        Act::Revoke { line, number, on, reason } => {
            format!("{}. {number}, {}: {reason}", line, on.in_table())
        }
        Act::Correct { line, name, number, on, reason } => {
            format!("{}. {name}; {number}, {}: {reason}", line, on.in_table())
        }
        Act::Pay { line, number, on, vnd } => format!("{}. {number}, {}: {} đồng", line, on.in_table(), money(*vnd)),
    };
    HistoryRow {
        what: say.get(&format!("decision-act.{}", event.act.word())),
        at: event.at.date_in_vietnam().in_table(),
        by: event.by.clone(),
        detail: upper_first(&detail),
    }
}

#[cfg(test)]
impl crate::sampled::Sampled for ShowPage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let of = |names: &[&str], refusal: &str| {
            let option = |label: &str| FilterOption { value: "1".into(), label: label.into(), is_chosen: false };
            let is_draft = refusal.is_empty();
            Self {
                page: frame(Part::Decisions, lang),
                refusal: refusal.into(),
                warnings: names.iter().map(|name| (*name).to_owned()).collect(),
                form_token: "0-0".into(),
                address: "/quyet-dinh/qd-1".into(),
                to_head: "/quyet-dinh/qd-1/noi-dung".into(),
                seen: 1,
                title: names.last().copied().unwrap_or("Về việc tặng Giấy khen").into(),
                state: "dự thảo",
                class: "note",
                facts: vec![LabelledFact { label: "Năm", text: "2020".into(), href: String::new() }],
                rows: names
                    .iter()
                    .enumerate()
                    .map(|(at, name)| Row {
                        nr: at + 1,
                        name: (*name).into(),
                        href: "/nguoi/ts-p-01".into(),
                        unit: (*name).into(),
                        honour: (*name).into(),
                        achievement: (*name).into(),
                        bonus: if at == 0 { String::new() } else { "447.000".into() },
                        is_unsure: at > 0,
                        paid: "447.000".into(),
                        due: String::new(),
                        revoked: if at > 0 { "Thu hồi ngày 05/07/2020".into() } else { String::new() },
                    })
                    .collect(),
                total: "447.000".into(),
                paid: "447.000".into(),
                due: "0".into(),
                writes: is_draft,
                signs: is_draft,
                revokes: !is_draft,
                pays: !is_draft,
                sought: "hoa".into(),
                found: Some(
                    names
                        .iter()
                        .map(|name| Candidate {
                            id: "ts-p-01".into(),
                            name: (*name).into(),
                            born: "1980".into(),
                            units: (*name).into(),
                        })
                        .collect(),
                ),
                honours: vec![option("Giấy khen")],
                forms: vec![option("TM.")],
                today: "2020-07-05".into(),
                standing: names.iter().map(|name| option(name)).collect(),
                owed: names.iter().map(|name| option(name)).collect(),
                history: names
                    .iter()
                    .map(|name| HistoryRow {
                        what: "Soạn",
                        at: "05/07/2020".into(),
                        by: (*name).into(),
                        detail: (*name).into(),
                    })
                    .collect(),
                papers: vec![Link {
                    label: "Quyết định (DOCX)".into(),
                    href: "/quyet-dinh/qd-1/quyet-dinh.docx".into(),
                }],
            }
        };
        vec![of(&[], ""), of(&["Lê Thị Nguyệt", LONG_NAME], ""), of(&["Lê Thị Nguyệt", LONG_NAME], LONG_NAME)]
    }
}
