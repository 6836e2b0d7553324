//! Asks other offices (hiệp y), gives public notice (công khai), enters objections, and what is done about each.

use thidua_base::Date;
use thidua_domain::actor::Verb;
use thidua_domain::dossier::{DossierId, Matter, MatterAct, MatterActKind, MatterKind, Side, judge_opening, line};
use thidua_domain::refusal::DossierFault;
use thidua_domain::{Actor, Refusal};
use thidua_law::vocabulary::Clock;
use thidua_store as store;

use super::gathered::gather;
use super::held::{held, held_many, may_on, overtaken, said, thing};
use crate::{App, Error};

/// Most days that a consultation or a notice is given at once.
const DAYS_MAX: u16 = 365;

/// A matter to be opened.
#[derive(Debug, Clone)]
pub struct NewMatter {
    /// What.
    pub kind: MatterKind,
    /// The day it began: asked, published, received.
    pub from: Date,
    /// How many days it lasts; of an objection, within which it is answered.
    pub days: u16,
    /// Of which kind.
    pub clock: Clock,
    /// The office asked, where it is published, or who objects.
    pub party: String,
    /// The question, the words of the notice, the objection.
    pub body: String,
}

/// Opens it for some dossiers at once: a list is published and asked about as one.
///
/// # Errors
/// [`Error::NotFound`] where one is not the actor's to see or to run; [`DossierFault::WrongStage`] before it was sent or
/// at an end; [`DossierFault::NoticeTooShort`] by a clause that was read; [`Refusal::EmptyText`], [`Refusal::LongText`],
/// [`Refusal::BadDay`] for a day ahead; [`Refusal::TooMany`] days.
pub fn open_matter(app: &App, by: &Actor, ids: &[DossierId], new: &NewMatter) -> Result<(), Error> {
    let now = app.clock.now();
    let (party, body) = (line(&new.party)?, said(&new.body, Refusal::EmptyText)?);
    if new.kind == MatterKind::Objection && new.from > now.date_in_vietnam() {
        return Err(Refusal::BadDay { asked: new.from.in_table() }.into());
    }
    if new.days > DAYS_MAX {
        return Err(Refusal::TooMany { most: usize::from(DAYS_MAX) }.into());
    }
    if ids.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    let mut tx = app.db.begin()?;
    let dossiers = held_many(&mut tx, by, ids)?;
    let gathered = gather(&mut tx, app, by, &dossiers)?;
    let mut opened: Vec<(&DossierId, Matter)> = Vec::with_capacity(dossiers.len());
    for dossier in &dossiers {
        if !may_on(by, Verb::RunNotice, Side::Receiver, dossier, gathered.round(dossier)?) {
            return Err(Error::NotFound("dossier"));
        }
        let stage = dossier.stage();
        let is_open = stage.is_sent() && thidua_domain::dossier::steps_from(stage).next().is_some();
        if !is_open {
            return Err(Refusal::from(DossierFault::WrongStage { stage: stage.word() }).into());
        }
        let look = gathered.look(dossier)?;
        judge_opening(&look.honour, look.answer.law_date.day, new.kind, new.days)?;
        let matter = Matter {
            number: 1 + look.matters.iter().map(|one| one.number).max().unwrap_or(0),
            kind: new.kind,
            from: new.from,
            days: new.days,
            clock: new.clock,
            party: party.clone(),
            body: body.clone(),
            by: by.name.clone(),
            at: now,
            acts: Vec::new(),
        };
        opened.push((&dossier.id, matter));
    }

    store::dossier::matter::open_many(&mut tx, &by.scope.tenant, &opened).map_err(overtaken)?;
    for (id, matter) in &opened {
        let detail =
            format!("{} {} {} {}: {}", matter.number, matter.kind.word(), matter.from, matter.days, matter.party);
        store::audit::append(&mut tx, by, now, "open-matter", &thing(id), &detail)?;
    }
    tx.commit()?;
    Ok(())
}

/// Does something about a matter: extends it, enters an answer, triages or closes an objection.
///
/// # Errors
/// [`Error::NotFound`] where there is no such matter for this actor, or it is not theirs to run;
/// [`DossierFault::MatterState`] out of turn; [`Refusal::EmptyText`] without words; [`Refusal::ChangedMeanwhile`].
pub fn act_on_matter(
    app: &App,
    by: &Actor,
    id: &DossierId,
    number: i64,
    kind: MatterActKind,
    days: u16,
    body: &str,
) -> Result<Matter, Error> {
    let body = said(body, Refusal::EmptyText)?;
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    let (dossier, round) = held(&mut tx, by, id)?;
    if !may_on(by, Verb::RunNotice, Side::Receiver, &dossier, &round) {
        return Err(Error::NotFound("dossier"));
    }
    let mut matters = store::dossier::matter::matters(&mut tx, &by.scope.tenant, &[id])?;
    let matters = matters.remove(id).unwrap_or_default();
    let mut matter = matters.into_iter().find(|one| one.number == number).ok_or(Error::NotFound("matter"))?;
    matter.judge(kind)?;
    let days = if kind == MatterActKind::Extend { days } else { 0 };
    if kind == MatterActKind::Extend && (days == 0 || days > DAYS_MAX) {
        return Err(Refusal::TooMany { most: usize::from(DAYS_MAX) }.into());
    }
    let act = MatterAct { kind, days, body, by: by.name.clone(), at: now };

    store::dossier::matter::act(&mut tx, &by.scope.tenant, id, &matter, &act).map_err(overtaken)?;
    let detail = format!("{number} {} {days}: {}", kind.word(), act.body);
    let detail = thidua_domain::subject::hide_numbers(&detail);
    store::audit::append(&mut tx, by, now, "act-on-matter", &thing(id), &detail)?;
    tx.commit()?;
    matter.acts.push(act);
    Ok(matter)
}
