//! Adds a paper or a picture to an exemplar (thêm tài liệu, ảnh); bytes are kept with all other evidence.

use thidua_base::Date;
use thidua_base::code::{AwardId, EvidenceId, ExemplarId};
use thidua_domain::Actor;
use thidua_domain::Refusal;
use thidua_domain::actor::{Scope, Thing, Verb};
use thidua_domain::collection::evidence::{EvidenceFile, kept_name};
use thidua_domain::exemplar::{Paper, State, picture};
use thidua_domain::refusal::ExemplarFault;
use thidua_store as store;

use super::desk::{Desk, Eyes, account, subject};
use crate::collection::file_of;
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// A file as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewFile {
    /// A paper: its name and its bytes.
    Paper(String, Vec<u8>),
    /// A picture to be shown: its name and its bytes.
    Picture(String, Vec<u8>),
}

/// A paper to be added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewPaper {
    /// Number of the document; may be empty.
    pub number: String,
    /// Its date.
    pub dated: Option<Date>,
    /// What it is; for a picture, what is to be seen on it.
    pub description: String,
    /// The award of the register that it refers to.
    pub award: Option<AwardId>,
    /// The file.
    pub file: Option<NewFile>,
}

/// Adds it. Of a picture only the picture is kept, without what a camera wrote beside it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such exemplar or award for this actor, or they may not propose there;
/// [`Refusal::BadEvidence`] and [`Refusal::BadExemplar`] for a file that is not taken, for nothing at all, and where the
/// exemplar was withdrawn.
pub fn attach_paper(app: &App, by: &Actor, id: &ExemplarId, new: NewPaper) -> Result<Paper, Error> {
    let size = |bytes: &[u8]| i64::try_from(bytes.len()).map_err(|why| Error::Internal(why.into()));
    let (file, picture, bytes) = match new.file {
        None => (None, None, Vec::new()),
        Some(NewFile::Paper(name, bytes)) => (Some(file_of(&name, &bytes)?), None, bytes),
        Some(NewFile::Picture(name, bytes)) => {
            let name = kept_name(&name);
            let (kind, picture, kept) = picture::taken(&name, &bytes)?;
            let hash = crate::collection::workbook::hash(&kept);
            (Some(EvidenceFile { name, kind, size: size(&kept)?, hash }), Some(picture), kept)
        }
    };
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by, Some(id))?;
    let exemplar = desk.seen(by, id, Eyes::Own)?;
    permit(by, Verb::ProposeExemplar, Thing::Unit(desk.place(exemplar)), "exemplar")?;
    if desk.course(exemplar).state() == State::Withdrawn {
        return Err(Refusal::from(ExemplarFault::StepNotOpen { state: State::Withdrawn.word() }).into());
    }
    let whole = Scope::whole(by.scope.tenant.clone());
    if let Some(award) = &new.award {
        let first = Date::new(thidua_domain::exemplar::profile::YEAR_MIN, 1, 1).unwrap_or(desk.today);
        let known = store::award::awards(&mut tx, &whole, first, desk.today)?;
        let found = known.iter().find(|known| known.id == *award && known.unit == *desk.place(exemplar));
        found.ok_or(Error::NotFound("award"))?;
    }
    let there = store::exemplar::paper::papers(&mut tx, &whole, Some(id))?;
    let paper_id = hex(&app.entropy.bytes::<16>()?);
    let paper = Paper {
        id: EvidenceId::parse(&paper_id).map_err(|why| Error::Internal(why.into()))?,
        exemplar: id.clone(),
        number: new.number,
        dated: new.dated,
        description: new.description,
        award: new.award,
        file,
        picture,
        added_by: by.name.clone(),
        added_at: desk.now,
        withdrawn: None,
    };
    let paper = paper.checked(there.len())?;

    store::exemplar::paper::insert(&mut tx, &by.scope.tenant, &paper, account(by).as_deref(), &bytes)?;
    let file = paper.file.as_ref().map(|file| format!(" {} sha256:{}", file.name, file.hash)).unwrap_or_default();
    let detail = format!("{} {} {}{file}", paper.id, paper.number, paper.description);
    store::audit::append(&mut tx, by, desk.now, "attach-exemplar-paper", &subject(id), &detail)?;
    tx.commit()?;
    Ok(paper)
}
