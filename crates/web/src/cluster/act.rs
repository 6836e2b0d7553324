//! What is sent from a score sheet: claims, marks, excuses, objections and their answers, sending up and back, files.

use axum::Form;
use axum::extract::{Multipart, Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::cluster::{
    CellKey, answer_objection, claim, evidence_file, excuse, mark, object, prove, remark, return_scores,
    revoke_evidence, scoring, send_scores, state_sanction,
};
use thidua_app::{App, Error};
use thidua_base::code::{ClusterCode, CriterionCode, EvidenceId, OrgId};
use thidua_domain::cluster::objection::Answer;
use thidua_domain::cluster::review::{Excused, Verdict};
use thidua_domain::cluster::scheme::Level;
use thidua_domain::collection::evidence::{EvidenceFile, FILE_BYTES_MAX, kind_of};
use thidua_domain::refusal::EvidenceFault;
use thidua_domain::{Actor, Refusal};

use super::claiming::{claim_of, number};
use super::key_of;
use super::sheet::{Asked, cell_of, sheet_of, shown_page};
use crate::collection::evidence::attached;
use crate::fault::Fault;
use crate::paths;
use crate::site::Ask;

/// What a form sends: names may come more than once.
#[derive(Debug, Clone, Default)]
struct Sent(Vec<(String, String)>);

impl Sent {
    fn one(&self, name: &str) -> String {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// `POST /cum-thi-dua/{code}/{year}/cham/{unit}`
pub async fn submit(
    ask: Ask,
    Path((code, year, unit)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let key = sheet_of(&code, &year, &unit)?;
    let sent = Sent(sent);
    if !ask.takes(&sent.one("ma")) {
        return shown_page(&ask, key, &asked.criterion, Some(Refusal::StaleForm)).await;
    }
    let at = cell_of(&key, &asked.criterion)?;
    match ask.file(move |app, by| done(app, by, &at, &sent)).await {
        Ok(()) => Ok(Redirect::to(&paths::score_sheet(&key.0, key.1, &key.2, &asked.criterion)).into_response()),
        Err(Fault::Refused(refusal)) => shown_page(&ask, key, &asked.criterion, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn done(app: &App, by: &Actor, at: &CellKey, sent: &Sent) -> Result<(), Error> {
    let absent = || Error::NotFound("scoring");
    let reason = sent.one("ly-do");
    let objection = || sent.one("kien-nghi").parse::<i64>().map_err(|_| absent());
    let level = || Level::ALL.into_iter().find(|level| level.word() == sent.one("cap")).ok_or_else(absent);
    match sent.one("viec").as_str() {
        "ke-khai" => {
            let seen = scoring(app, by, &at.cluster, at.year)?;
            let scored = seen.scored.ok_or_else(absent)?;
            let criterion = scored.scheme.criterion(&at.criterion).ok_or_else(absent)?;
            let claimed = claim_of(criterion, |name| sent.one(name))?;
            let files = sent.all("tep").map(EvidenceId::parse).collect::<Result<Vec<_>, _>>().map_err(|_| absent())?;
            claim(app, by, at, claimed, files, &sent.one("ghi-chu")).map(drop)
        }
        "cham" => {
            let over = number(&sent.one("duoi"))?;
            let verdict = match sent.one("diem").trim() {
                "" => Verdict::Agreed,
                points => match number(points)? {
                    same if same == over => Verdict::Agreed,
                    points => Verdict::Points(points),
                },
            };
            mark(app, by, at, level()?, verdict, over, &reason).map(drop)
        }
        "mien" => {
            let why = if sent.one("vi") == "khong-phat-sinh" { Excused::NotArisen } else { Excused::NotAssigned };
            excuse(app, by, at, why, &reason)
        }
        "kien-nghi" => object(app, by, at, level()?, &reason).map(drop),
        "trao-doi" => remark(app, by, &at.cluster, at.year, objection()?, &reason),
        "chap-nhan" => answer_objection(app, by, &at.cluster, at.year, objection()?, Answer::Accepted, &reason),
        "khong-chap-nhan" => answer_objection(app, by, &at.cluster, at.year, objection()?, Answer::Declined, &reason),
        "rut" => answer_objection(app, by, &at.cluster, at.year, objection()?, Answer::Withdrawn, &reason),
        "gui" => send_scores(app, by, &at.cluster, at.year, &at.unit),
        "tra-lai" => {
            let named = sent.all("muc").map(CriterionCode::parse).collect::<Result<Vec<_>, _>>();
            return_scores(app, by, &at.cluster, at.year, &at.unit, named.map_err(|_| absent())?, &reason)
        }
        "che-tai" => {
            let sanction = sent.one("che-tai");
            state_sanction(app, by, &at.cluster, at.year, &at.unit, &sanction, &reason)
        }
        "thu-hoi" => {
            let id = EvidenceId::parse(&sent.one("tep")).map_err(|_| absent())?;
            revoke_evidence(app, by, &at.cluster, at.year, &id, &reason).map(drop)
        }
        _ => Err(absent()),
    }
}

/// `POST /cum-thi-dua/{code}/{year}/cham/{unit}/minh-chung`: a file of evidence.
pub async fn attach(
    ask: Ask,
    Path((code, year, unit)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
    fields: Multipart,
) -> Result<Response, Fault> {
    let key = sheet_of(&code, &year, &unit)?;
    let (token, name, bytes) = match received(fields).await {
        Ok(sent) => sent,
        Err(refusal) => return shown_page(&ask, key, &asked.criterion, Some(refusal)).await,
    };
    if !ask.takes(&token) {
        return shown_page(&ask, key, &asked.criterion, Some(Refusal::StaleForm)).await;
    }
    let (cluster, year, unit): (ClusterCode, i16, OrgId) = key.clone();
    let kept = ask.file(move |app, by| prove(app, by, &cluster, year, &unit, &name, &bytes)).await;
    match kept {
        Ok(_) => Ok(Redirect::to(&paths::score_sheet(&key.0, key.1, &key.2, &asked.criterion)).into_response()),
        Err(Fault::Refused(refusal)) => shown_page(&ask, key, &asked.criterion, Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

/// Longest name of a file that is kept, in characters.
const NAME_CHARS_MAX: usize = 200;

/// Token, name and bytes of a form with a file; no more is read than a file may have.
async fn received(mut fields: Multipart) -> Result<(String, String, Vec<u8>), Refusal> {
    let broken = || Refusal::from(EvidenceFault::Empty);
    let (mut token, mut file, mut bytes) = (String::new(), String::new(), Vec::new());
    while let Some(mut field) = fields.next_field().await.map_err(|_| broken())? {
        match field.name() {
            Some("ma") => token = field.text().await.map_err(|_| Refusal::StaleForm)?,
            Some("tep") => {
                let name = field.file_name().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
                file = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
                while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
                    if bytes.len() + chunk.len() > FILE_BYTES_MAX {
                        return Err(EvidenceFault::TooLarge { most: FILE_BYTES_MAX >> 20 }.into());
                    }
                    bytes.extend_from_slice(&chunk);
                }
            }
            Some(_) | None => {}
        }
    }
    Ok((token, file, bytes))
}

/// `GET /cum-thi-dua/{code}/{year}/minh-chung/{id}`
pub async fn file(ask: Ask, Path((code, year, id)): Path<(String, String, String)>) -> Result<Response, Fault> {
    let (code, year) = key_of(&code, &year)?;
    let id = EvidenceId::parse(&id).map_err(|_| Fault::NotFound)?;
    let (proof, bytes) = ask.file(move |app, by| evidence_file(app, by, &code, year, &id)).await?;
    let kind = kind_of(&proof.name, &bytes).map_err(|_| Fault::NotFound)?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Ok(attached(&EvidenceFile { name: proof.name, kind, size, hash: proof.hash }, bytes))
}
