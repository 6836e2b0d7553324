//! Attaches a paper (nộp giấy tờ) to a dossier or to the list it is in: a file, or a reference to a document.

use thidua_base::Date;
use thidua_base::code::EvidenceId;
use thidua_domain::Actor;
use thidua_domain::Refusal;
use thidua_domain::actor::Verb;
use thidua_domain::collection::evidence::{EvidenceFile, PIECES_MAX};
use thidua_domain::dossier::{DossierId, PaperHeld, Side};
use thidua_domain::refusal::EvidenceFault;
use thidua_store as store;

use super::gathered::gather;
use super::held::{held, may_on, thing};
use crate::collection::file_of;
use crate::entropy::hex;
use crate::{App, Error};

/// A paper to be attached.
#[derive(Debug, Clone, Default)]
pub struct NewPaper {
    /// Which paper of the law book.
    pub code: String,
    /// Whether for the whole list the dossier is in.
    pub for_batch: bool,
    /// Number of the document; may be empty.
    pub number: String,
    /// Its date.
    pub dated: Option<Date>,
    /// What it is; may be empty where there is a file or a number.
    pub description: String,
    /// The file: its name as sent, and its bytes.
    pub file: Option<(String, Vec<u8>)>,
}

/// Attaches it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dossier for this actor, it is not theirs to write, or it is in no list;
/// [`thidua_domain::refusal::DossierFault::WrongStage`] once it was sent;
/// [`thidua_domain::refusal::DossierFault::UnknownPaper`]; [`Refusal::BadEvidence`].
pub fn attach_paper(app: &App, by: &Actor, id: &DossierId, new: NewPaper) -> Result<PaperHeld, Error> {
    let (file, bytes) = match new.file {
        Some((name, bytes)) => (Some(file_of(&name, &bytes)?), bytes),
        None => (None, Vec::new()),
    };
    let now = app.clock.now();
    let paper_id = EvidenceId::parse(&hex(&app.entropy.bytes::<16>()?)).map_err(|why| Error::Internal(why.into()))?;
    let mut tx = app.db.begin()?;
    let (dossier, round) = held(&mut tx, by, id)?;
    if !may_on(by, Verb::Nominate, Side::Nominator, &dossier, &round) {
        return Err(Error::NotFound("dossier"));
    }
    dossier.judge_written()?;
    let batch = if new.for_batch { Some(dossier.batch.clone().ok_or(Error::NotFound("batch"))?) } else { None };
    let look = gather(&mut tx, app, by, std::slice::from_ref(&dossier))?.look(&dossier)?;
    let paper = PaperHeld {
        id: paper_id,
        dossier: batch.is_none().then(|| dossier.id.clone()),
        batch,
        code: new.code,
        number: new.number,
        dated: new.dated,
        description: new.description,
        file,
        by: by.name.clone(),
        at: now,
    };
    let paper = paper.checked(&[&look.honour], look.answer.law_date.day)?;
    let there = store::dossier::paper::papers(&mut tx, &by.scope.tenant, &[&dossier])?;
    if there.len() >= PIECES_MAX {
        return Err(Refusal::from(EvidenceFault::TooMany { most: PIECES_MAX }).into());
    }

    if let Some(file) = &paper.file {
        store::collection::evidence::keep_bytes(&mut tx, &by.scope.tenant, &file.hash, &bytes)?;
    }
    store::dossier::paper::attach(&mut tx, &by.scope.tenant, &paper)?;
    let hash = paper.file.as_ref().map(|file| format!(" {} sha256:{}", file.name, file.hash)).unwrap_or_default();
    let detail = format!("{} {} {}{hash}", paper.id, paper.code, paper.number);
    store::audit::append(&mut tx, by, now, "attach-paper", &thing(id), &detail)?;
    tx.commit()?;
    Ok(paper)
}

/// The file of a paper of a dossier or of its list, and its bytes.
///
/// # Errors
/// [`Error::NotFound`] where there is none for this actor.
pub fn paper_file(app: &App, by: &Actor, id: &DossierId, paper: &EvidenceId) -> Result<(EvidenceFile, Vec<u8>), Error> {
    app.db.read(|tx| {
        let (dossier, _) = held(tx, by, id)?;
        let papers = store::dossier::paper::papers(tx, &by.scope.tenant, &[&dossier])?;
        let file = papers.into_iter().find(|one| one.id == *paper).and_then(|one| one.file);
        let file = file.ok_or(Error::NotFound("paper"))?;
        let bytes = store::collection::evidence::bytes_of(tx, &by.scope, &file.hash)?;
        Ok((file, bytes.ok_or(Error::NotFound("paper"))?))
    })
}
