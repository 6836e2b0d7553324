//! Nominates (đề nghị khen thưởng): one nominee for one honour in a round, alone or in a list.

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::{Reach, Thing, Verb, reach_of};
use thidua_domain::dossier::{Act, Batch, BatchId, Dossier, OverlapKind, Round, RoundId, line, overlaps};
use thidua_domain::refusal::DossierFault;
use thidua_domain::subject::SubjectId;
use thidua_domain::{Actor, Provenance, Refusal, Scope};
use thidua_law::table::Said;
use thidua_store as store;

use super::gathered::gather;
use super::held::{event, new_id, overtaken, round, scope_of, thing};
use crate::permit::permit;
use crate::subject::record_in;
use crate::{App, Error};

/// A nomination.
#[derive(Debug, Clone)]
pub struct NewDossier {
    /// The round.
    pub round: RoundId,
    /// The unit that nominates.
    pub unit: OrgId,
    /// The nominee.
    pub subject: SubjectId,
    /// The honour.
    pub honour: HonourCode,
    /// The achievement, in a line.
    pub achievement: String,
    /// The list it goes into.
    pub batch: Option<BatchId>,
    /// The title of a new list; empty for none.
    pub new_batch: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// What a form of nomination offers.
#[derive(Debug, Clone)]
pub struct Nominating {
    /// Rounds that take dossiers today, with the names of their units.
    pub rounds: Vec<(Round, String)>,
    /// Units in whose name the actor nominates, with their names.
    pub units: Vec<(OrgId, String)>,
    /// Honours in force today, with their names.
    pub honours: Vec<(HonourCode, Said)>,
    /// Lists of the round asked for, of these units.
    pub batches: Vec<Batch>,
    /// The nominee asked for: the name, and the unit it belongs to.
    pub subject: Option<(SubjectId, String, Option<OrgId>)>,
    /// Today.
    pub today: Date,
}

/// Nominates.
///
/// # Errors
/// [`Error::NotFound`] where the unit is not the actor's, the nominee is not to be seen, or there is no such round or
/// list; [`Refusal::NotInBook`]; [`Refusal::EmptyText`] without an achievement; [`DossierFault::OutsideLaw`] for an honour
/// that such a nominee cannot have today; [`DossierFault::NominatedAlready`] for the same honour and year.
pub fn nominate(app: &App, by: &Actor, new: &NewDossier) -> Result<Dossier, Error> {
    permit(by, Verb::Nominate, Thing::Unit(&new.unit), "unit")?;
    let achievement = line(&new.achievement)?;
    let now = app.clock.now();
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let round = round(&mut tx, by, &new.round)?;
    let recorded = record_in(&mut tx, app, by, &new.subject, now.date_in_vietnam())?;
    let book = app.book_in(&mut tx, by)?;
    let honour = book.honour(&new.honour).filter(|honour| !honour.is_umbrella());
    let honour = honour.ok_or_else(|| Refusal::NotInBook { asked: new.honour.to_string() })?;
    let batch = match (&new.batch, new.new_batch.trim()) {
        (Some(batch), _) => {
            let known = store::dossier::batches(&mut tx, &scope_of(by)?, &round.id)?;
            let known = known.into_iter().find(|one| one.id == *batch && one.unit == new.unit);
            Some(known.ok_or(Error::NotFound("batch"))?.id)
        }
        (None, "") => None,
        (None, title) => {
            let id: BatchId = new_id(app, "ds")?;
            let batch = Batch {
                id: id.clone(),
                round: round.id.clone(),
                unit: new.unit.clone(),
                title: line(title)?,
                by: by.name.clone(),
                at: now,
            };
            store::dossier::make_batch(&mut tx, &by.scope.tenant, &batch)?;
            Some(id)
        }
    };
    let dossier = Dossier {
        id: new_id(app, "hs")?,
        round: round.id.clone(),
        batch,
        unit: new.unit.clone(),
        subject: recorded.id.clone(),
        honour: honour.code.clone(),
        year: round.year,
        achievement,
        provenance: new.provenance.clone(),
        events: vec![event(by, Act::Nominate, now, "")],
        stops: Vec::new(),
    };
    let gathered = gather(&mut tx, app, by, std::slice::from_ref(&dossier))?;
    let look = gathered.look(&dossier)?;
    let outside = look.answer.outcome.code();
    if matches!(outside, "chua-co-luat" | "khong-thuoc-doi-tuong") {
        let (day, honour) = (look.answer.law_date.day, honour.name_on(look.answer.law_date.day));
        return Err(Refusal::from(DossierFault::OutsideLaw { honour, day }).into());
    }
    let same = overlaps(&gathered.claim(&dossier), &gathered.claims(&recorded));
    if let Some(overlap) = same.into_iter().find(|one| one.kind == OverlapKind::SameHonour) {
        return Err(Refusal::from(DossierFault::NominatedAlready { by: overlap.with.by }).into());
    }

    store::dossier::insert(&mut tx, &by.scope.tenant, std::slice::from_ref(&dossier)).map_err(overtaken)?;
    let detail = format!("{} {} {} {}", dossier.subject, dossier.honour, dossier.year, dossier.unit);
    store::audit::append(&mut tx, by, now, Verb::Nominate.word(), &thing(&dossier.id), &detail)?;
    tx.commit()?;
    Ok(dossier)
}

/// What can be nominated, by whom, in which round.
///
/// # Errors
/// [`Error::NotFound`] where the actor nominates nowhere, or the nominee asked for is not to be seen.
pub fn nominating(
    app: &App,
    by: &Actor,
    in_round: Option<&RoundId>,
    subject: Option<&SubjectId>,
) -> Result<Nominating, Error> {
    let reach = reach_of(by, Verb::Nominate);
    if reach == Reach::Only(Vec::new()) {
        return Err(Error::NotFound("round"));
    }
    let scope = scope_of(by)?;
    let today = app.clock.now().date_in_vietnam();
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let rounds = store::dossier::rounds(tx, &by.scope.tenant)?;
        let batches = match in_round {
            Some(round) => store::dossier::batches(tx, &scope, round)?,
            None => Vec::new(),
        };
        let subject = match subject {
            None => None,
            Some(id) => {
                let recorded = record_in(tx, app, by, id, today)?;
                let unit = recorded.units.iter().find(|unit| reach.holds(unit)).cloned();
                Some((recorded.id, recorded.details.name, unit))
            }
        };
        let mine = ground.units.iter().filter(|unit| unit.on(today) && reach.holds(&unit.id));
        let mut units: Vec<(OrgId, String)> = mine.map(|unit| (unit.id.clone(), unit.name.clone())).collect();
        units.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
        let book = app.book_in(tx, by)?;
        let in_force = book.honours().filter(|honour| !honour.is_umbrella() && honour.version(today).is_some());
        Ok(Nominating {
            rounds: rounds
                .into_iter()
                .filter(|round| round.closes >= today)
                .map(|round| (ground.units.name_on(&round.unit, today), round))
                .map(|(name, round)| (round, name))
                .collect(),
            batches: batches.into_iter().filter(|batch| reach.holds(&batch.unit)).collect(),
            honours: in_force.map(|honour| (honour.code.clone(), honour.name_on(today))).collect(),
            units,
            subject,
            today,
        })
    })
}
