//! A unit and a round (đợt xét): who is entitled, almost, barred, whom a person must judge, who is entitled and not
//! registered; and the quotas of every tier.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::Reach;
use thidua_domain::eligibility::{GivenAnswer, Lack, Prospect, Tier, TierCount, lacks, prospect, standing, tier};
use thidua_domain::honour::{DirectWorker, Subject};
use thidua_domain::org::within;
use thidua_domain::subject::SubjectId;
use thidua_domain::{Actor, Scope};
use thidua_law::Book;
use thidua_law::answer::{Answer, LawDate, Verdict};
use thidua_law::honour::{Dated, Honour, Quota, QuotaBase, on_day};
use thidua_store as store;
use thidua_store::Tx;

use super::many::{Judged, Many};
use super::question::{Asked, Frame, ask, is_for, kinds, wanted};
use crate::shelf::Units;
use crate::subject::{Recorded, records_in};
use crate::{App, Error};

/// Which list.
#[derive(Debug, Clone)]
pub struct ListAsked {
    /// The unit.
    pub unit: OrgId,
    /// Whether with everything below it.
    pub below: bool,
    /// The round; without an honour the list is one of counts for each honour.
    pub asked: Asked,
}

/// A list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The unit.
    pub unit: OrgId,
    /// Its name on the day.
    pub unit_name: String,
    /// The day and year that were taken.
    pub frame: Frame,
    /// How many subjects the unit has.
    pub subjects: usize,
    /// Counts for each honour that a law of that day knows for one of them.
    pub honours: Vec<HonourTally>,
    /// The subjects with their answers, in the order of names, where one honour is asked for; those it is not for are
    /// left out.
    pub rows: Vec<Row>,
    /// The law that was used, where one honour is asked for and somebody was asked about.
    pub law_date: Option<LawDate>,
    /// The quotas of the honour on the day, each at the unit and at every unit above it that the actor sees.
    pub quotas: Vec<(Dated<Quota>, Vec<Tier>)>,
    /// How many of those entitled work directly.
    pub direct: Direct,
    /// Names of the units of quotas and rows.
    pub unit_names: BTreeMap<OrgId, String>,
    /// The hash of the book.
    pub book_hash: String,
}

/// The share of direct workers among those entitled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Direct {
    /// Who works directly.
    pub direct: usize,
    /// Who leads.
    pub leading: usize,
    /// Of whom neither is known.
    pub unknown: usize,
}

/// How many stand how to an honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HonourTally {
    /// The honour.
    pub honour: HonourCode,
    /// How many for each prospect, in the order of [`Prospect::ALL`].
    pub counts: [usize; 5],
    /// How many are entitled and not registered.
    pub not_registered: usize,
}

impl HonourTally {
    /// How many have a prospect.
    pub fn of(&self, prospect: Prospect) -> usize {
        Prospect::ALL.iter().position(|one| *one == prospect).map_or(0, |at| self.counts[at])
    }
}

/// A subject of a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Who.
    pub id: SubjectId,
    /// Person, collective, household.
    pub kind: Subject,
    /// The name.
    pub name: String,
    /// The first unit it belongs to.
    pub unit: Option<OrgId>,
    /// How it stands.
    pub prospect: Prospect,
    /// What stands in the way.
    pub lacks: Vec<Lack>,
    /// The earliest award year all could be met.
    pub earliest: Option<i16>,
    /// Gates still open, though it is entitled.
    pub pending: usize,
    /// Whether it is registered for this honour, or in general, in the award year.
    pub is_registered: bool,
    /// Whether it already has the honour for the year.
    pub has_it: bool,
    /// Whether a person works directly or leads.
    pub duty: Option<DirectWorker>,
}

/// The subjects of a unit against one honour, or against all.
///
/// # Errors
/// [`Error::NotFound`] where the actor reads no subjects of the unit; [`thidua_domain::Refusal::NotInBook`].
pub fn list(app: &App, by: &Actor, asked: &ListAsked) -> Result<Listed, Error> {
    let frame = Frame::of(app, &asked.asked);
    let one = asked.asked.honour.is_some();
    let (book, gathered) = app.db.read(|tx| {
        let book = app.book_in(tx, by)?;
        let gathered = gather(tx, app, by, asked, frame, &wanted(&book, asked.asked.honour.as_ref())?)?;
        Ok::<_, Error>((book, gathered))
    })?;
    let honours = wanted(&book, asked.asked.honour.as_ref())?;
    let mut listed = Listed {
        unit: asked.unit.clone(),
        unit_name: gathered.unit_names.get(&asked.unit).cloned().unwrap_or_default(),
        frame,
        subjects: gathered.people.iter().filter(|person| person.is_listed).count(),
        honours: Vec::new(),
        rows: Vec::new(),
        law_date: None,
        quotas: Vec::new(),
        direct: Direct::default(),
        unit_names: gathered.unit_names.clone(),
        book_hash: book.hash().to_owned(),
    };
    let mut many = Many::of(&gathered);
    for honour in honours {
        let mut rows = rows(&book, &gathered, &mut many, honour, frame, one, &mut listed.law_date);
        let tally = tally(&honour.code, &rows);
        if tally.counts.iter().sum::<usize>() > tally.of(Prospect::Outside) || one {
            listed.honours.push(tally);
        }
        if one {
            rows.retain(|row| row.prospect != Prospect::Outside);
            listed.direct = direct(&rows);
            listed.quotas = quotas(&book, &gathered, &mut many, honour, frame);
            listed.rows = std::mem::take(&mut rows);
        }
    }
    Ok(listed)
}

/// A subject with what a list asks of it.
pub(super) struct Person {
    pub recorded: Recorded,
    pub unit_kind: Option<String>,
    /// Whether it is of the unit asked for, and not only of one above.
    pub is_listed: bool,
}

/// What a list is made from.
pub(super) struct Gathered {
    pub people: Vec<Person>,
    pub given: Vec<GivenAnswer>,
    pub unit_names: BTreeMap<OrgId, String>,
    /// The unit asked for and those above it that the actor sees, with everything below each.
    pub tiers: Vec<(OrgId, BTreeSet<OrgId>)>,
}

/// Reads everyone of the unit, and of the units above it where a quota is counted there.
pub(super) fn gather(
    tx: &mut Tx,
    app: &App,
    by: &Actor,
    asked: &ListAsked,
    frame: Frame,
    honours: &[&Honour],
) -> Result<Gathered, Error> {
    let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
    let reach = thidua_domain::actor::reach_of(by, thidua_domain::actor::Verb::ReadSubjects);
    let is_known = ground.units.iter().any(|unit| unit.id == asked.unit);
    if !is_known || !reach.holds(&asked.unit) {
        return Err(Error::NotFound("unit"));
    }
    let below = |unit: &OrgId| within(unit, &ground.edges, frame.on);
    let listed = if asked.below { below(&asked.unit) } else { BTreeSet::from([asked.unit.clone()]) };
    let has_quota = asked.asked.honour.is_some()
        && honours.iter().any(|honour| on_day(&honour.procedure.quotas, frame.on).next().is_some());
    let mut tiers = Vec::new();
    if has_quota {
        tiers.push((asked.unit.clone(), below(&asked.unit)));
        for unit in above(&asked.unit, &ground.edges, frame).into_iter().filter(|unit| reach.holds(unit)) {
            let all = below(&unit);
            tiers.push((unit, all));
        }
    }
    let mut units = listed.clone();
    units.extend(tiers.iter().flat_map(|(_, all)| all.iter().cloned()));
    let units: Vec<OrgId> = units.into_iter().filter(|unit| reach.holds(unit)).collect();
    let recorded = records_in(tx, app, by, &units, frame.known_on())?;
    let ids: Vec<SubjectId> = recorded.iter().flat_map(|one| one.members.iter().cloned()).collect();
    let given = store::eligibility::answers_of(tx, &by.scope.tenant, &ids)?;
    let kind = |unit: &OrgId| ground.units.on(unit, frame.on).map(|unit| unit.kind.clone());
    let mut people: Vec<Person> = recorded
        .into_iter()
        .map(|recorded| Person {
            unit_kind: recorded.units.first().and_then(kind),
            is_listed: recorded.units.iter().any(|unit| listed.contains(unit)),
            recorded,
        })
        .collect();
    people.sort_by_cached_key(|person| thidua_base::text::order_key(&person.recorded.details.name));
    let unit_names = names(&people, &tiers, &asked.unit, &ground.units, frame);
    Ok(Gathered { people, given, unit_names, tiers })
}

fn names(
    people: &[Person],
    tiers: &[(OrgId, BTreeSet<OrgId>)],
    unit: &OrgId,
    units: &Units,
    frame: Frame,
) -> BTreeMap<OrgId, String> {
    let of_people = people.iter().flat_map(|person| &person.recorded.units);
    let all = of_people.chain(tiers.iter().map(|(unit, _)| unit)).chain([unit]);
    all.map(|unit| (unit.clone(), units.name_on(unit, frame.on))).collect()
}

/// The units above one on the day, the nearest first, in every tree; a ring is walked once.
fn above(unit: &OrgId, edges: &[thidua_domain::org::Edge], frame: Frame) -> Vec<OrgId> {
    let mut chain: Vec<OrgId> = Vec::new();
    let mut open = vec![unit.clone()];
    while let Some(at) = open.pop() {
        for edge in edges.iter().filter(|edge| edge.on(frame.on) && edge.child == at) {
            if edge.parent != *unit && !chain.contains(&edge.parent) {
                chain.push(edge.parent.clone());
                open.push(edge.parent.clone());
            }
        }
    }
    chain
}

/// Asks each person of a list. Everyone is judged at once; reasons are then sought where they are shown or decide: for
/// a list of one honour everywhere, for counts of those barred, who may be almost there.
fn rows(
    book: &Book,
    gathered: &Gathered,
    many: &mut Many,
    honour: &Honour,
    frame: Frame,
    explains: bool,
    law_date: &mut Option<LawDate>,
) -> Vec<Row> {
    let standing = by_subject(&gathered.given);
    let judged = many.judge(book, gathered, honour, frame, &standing);
    let listed = gathered.people.iter().zip(judged).filter(|(person, _)| person.is_listed);
    listed
        .filter_map(|(person, judged)| {
            let known = match judged {
                Judged::Outside => return None,
                Judged::By(Verdict::Met) => Some(Prospect::Entitled),
                Judged::By(Verdict::AskHuman) => Some(Prospect::Ask),
                Judged::By(Verdict::NotMet) | Judged::Unsaid => None,
            };
            if let Some(prospect) = known.filter(|_| !explains) {
                return Some(row(person, honour, frame, prospect));
            }
            let answer = answered(book, person, honour, frame, &standing)?;
            if explains && law_date.is_none() {
                *law_date = Some(answer.law_date.clone());
            }
            Some(explained(row(person, honour, frame, prospect(&answer)), &answer))
        })
        .collect()
}

/// The answers that stand, by subject.
pub(super) type Standing<'a> = BTreeMap<&'a SubjectId, Vec<&'a GivenAnswer>>;

pub(super) fn by_subject(given: &[GivenAnswer]) -> Standing<'_> {
    let mut by: Standing<'_> = BTreeMap::new();
    for answer in standing(given) {
        by.entry(&answer.subject).or_default().push(answer);
    }
    by
}

/// The answer about a person of a list; `None` where the honour is not for them at all.
pub(super) fn answered(
    book: &Book,
    person: &Person,
    honour: &Honour,
    frame: Frame,
    standing: &Standing<'_>,
) -> Option<Answer> {
    let kinds = kinds(&person.recorded.record, person.unit_kind.as_deref());
    if !is_for(honour, &kinds) {
        return None;
    }
    let own = person.recorded.members.iter().filter_map(|id| standing.get(id)).flatten().copied();
    let own: Vec<&GivenAnswer> = own.collect();
    let mut record = person.recorded.record.clone();
    Some(ask(book, honour, &mut record, &kinds, frame, &own))
}

fn row(person: &Person, honour: &Honour, frame: Frame, prospect: Prospect) -> Row {
    let recorded = &person.recorded;
    let registered = |(year, named): &(i16, Option<HonourCode>)| {
        *year == frame.year && named.as_ref().is_none_or(|code| *code == honour.code)
    };
    Row {
        id: recorded.id.clone(),
        kind: recorded.details.kind,
        name: recorded.details.name.clone(),
        unit: recorded.units.first().cloned(),
        prospect,
        lacks: Vec::new(),
        earliest: None,
        pending: 0,
        is_registered: recorded.registered.iter().any(registered),
        has_it: holds(recorded, std::slice::from_ref(&honour.code), frame),
        duty: recorded.duty,
    }
}

fn explained(row: Row, answer: &Answer) -> Row {
    Row { lacks: lacks(answer), earliest: answer.earliest, pending: answer.pending.len(), ..row }
}

/// Whether one of these is held for the award year.
fn holds(recorded: &Recorded, codes: &[HonourCode], frame: Frame) -> bool {
    recorded
        .record
        .awards
        .iter()
        .any(|award| award.year == frame.year && award.revoked_on.is_none() && codes.contains(&award.honour))
}

fn tally(honour: &HonourCode, rows: &[Row]) -> HonourTally {
    let count = |prospect| rows.iter().filter(|row| row.prospect == prospect).count();
    HonourTally {
        honour: honour.clone(),
        counts: Prospect::ALL.map(count),
        not_registered: rows.iter().filter(|row| row.is_left_out()).count(),
    }
}

impl Row {
    /// Whether it is entitled, has nothing yet, and nobody registered it.
    pub fn is_left_out(&self) -> bool {
        self.prospect == Prospect::Entitled && !self.is_registered && !self.has_it
    }
}

fn direct(rows: &[Row]) -> Direct {
    let entitled = || rows.iter().filter(|row| row.prospect == Prospect::Entitled && row.kind == Subject::Individual);
    let count = |duty: Option<DirectWorker>| entitled().filter(|row| row.duty == duty).count();
    Direct {
        direct: count(Some(DirectWorker::Direct)),
        leading: count(Some(DirectWorker::Leading)),
        unknown: count(None),
    }
}

/// Every quota of the honour on the day, counted now at each tier.
fn quotas(
    book: &Book,
    gathered: &Gathered,
    many: &mut Many,
    honour: &Honour,
    frame: Frame,
) -> Vec<(Dated<Quota>, Vec<Tier>)> {
    let mut counted = Vec::new();
    for row in on_day(&honour.procedure.quotas, frame.on) {
        let tiers = match &row.what.base {
            QuotaBase::Honours(codes) => tiers(book, gathered, many, (honour, codes, &row.what), frame),
            // Whom such a share is taken of stands in no register.
            QuotaBase::Words(_) => Vec::new(),
        };
        counted.push((row.clone(), tiers));
    }
    counted
}

/// Who is entitled to an honour, in the order of the list.
fn entitled(book: &Book, gathered: &Gathered, many: &mut Many, honour: &Honour, frame: Frame) -> Vec<bool> {
    let standing = by_subject(&gathered.given);
    let judged = many.judge(book, gathered, honour, frame, &standing);
    let each = gathered.people.iter().zip(judged);
    each.map(|(person, judged)| match judged {
        Judged::By(verdict) => verdict == Verdict::Met,
        Judged::Outside => false,
        Judged::Unsaid => answered(book, person, honour, frame, &standing)
            .is_some_and(|answer| prospect(&answer) == Prospect::Entitled),
    })
    .collect()
}

fn tiers(
    book: &Book,
    gathered: &Gathered,
    many: &mut Many,
    (honour, base, quota): (&Honour, &[HonourCode], &Quota),
    frame: Frame,
) -> Vec<Tier> {
    let own = book.rules().counted_as(std::slice::from_ref(&honour.code));
    let counted = book.rules().counted_as(base);
    let own_entitled = entitled(book, gathered, many, honour, frame);
    let mut base_entitled = own_entitled.clone();
    for honour in base.iter().filter_map(|code| book.honour(code)) {
        let more = entitled(book, gathered, many, honour, frame);
        base_entitled.iter_mut().zip(more).for_each(|(one, more)| *one |= more);
    }
    let each = gathered.people.iter().enumerate();
    let judged: Vec<(&Person, [bool; 4])> = each
        .map(|(at, person)| {
            let held = holds(&person.recorded, &own, frame);
            // Who has the honour itself has what it is built on, whether or not that was decided apart.
            let base_held = held || holds(&person.recorded, &counted, frame);
            (person, [base_held, !base_held && base_entitled[at], held, !held && own_entitled[at]])
        })
        .collect();
    let at = |units: &BTreeSet<OrgId>| {
        let of_tier = |person: &Person| person.recorded.units.iter().any(|unit| units.contains(unit));
        let count = |which: usize| {
            let counted = judged.iter().filter(|(person, judged)| judged[which] && of_tier(person)).count();
            u32::try_from(counted).unwrap_or(u32::MAX)
        };
        TierCount { base_held: count(0), base_entitled: count(1), held: count(2), entitled: count(3) }
    };
    let all = gathered.tiers.iter();
    all.map(|(unit, units)| tier(unit.clone(), quota.percent, quota.rounding, at(units))).collect()
}

/// The units a list can be asked for: those in which the actor reads subjects, by name on the day.
pub fn units(app: &App, by: &Actor, frame: Frame) -> Result<Vec<(OrgId, String)>, Error> {
    let reach = thidua_domain::actor::reach_of(by, thidua_domain::actor::Verb::ReadSubjects);
    if reach == Reach::Only(Vec::new()) {
        return Err(Error::NotFound("unit"));
    }
    app.db.read(|tx| {
        let ground = app.ground(tx, &Scope::whole(by.scope.tenant.clone()))?;
        let mut units: Vec<(OrgId, String)> = ground
            .units
            .iter()
            .filter(|unit| unit.on(frame.on) && reach.holds(&unit.id))
            .map(|unit| (unit.id.clone(), unit.name.clone()))
            .collect();
        units.sort_by(|a, b| thidua_base::text::collate(&a.1, &b.1));
        Ok(units)
    })
}
