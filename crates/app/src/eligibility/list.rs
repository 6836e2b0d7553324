//! A unit and a round (đợt xét): who is entitled, almost, barred, whom a person must judge, who is entitled and not
//! registered; and the quotas of every tier.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::Reach;
use thidua_domain::eligibility::{
    GivenAnswer, Lack, Prospect, Tier, TierCount, lacks, prospect, prospect_of, standing, tier,
};
use thidua_domain::honour::{DirectWorker, Subject};
use thidua_domain::org::within;
use thidua_domain::subject::SubjectId;
use thidua_domain::{Actor, Scope};
use thidua_law::Book;
use thidua_law::answer::{Answer, LawDate, Outcome, Verdict};
use thidua_law::honour::{Dated, Honour, Quota, QuotaBase, on_day};
use thidua_store::Tx;

use super::many::{Judged, Many, Stands};
use super::question::{Asked, Frame, ask, is_for, kinds, wanted};
use crate::shelf::Units;
use crate::subject::{People, Recorded, people_in};
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

/// A group of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Everyone the honour is for.
    Everyone,
    /// Those who stand so.
    Of(Prospect),
    /// Those entitled who have nothing yet and whom nobody registered.
    LeftOut,
}

/// Which rows of a list of one honour are wanted: reasons are sought for these alone.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Of which group.
    pub group: Group,
    /// Rows left out before them; where there are no more, the last full step of `most` is taken.
    pub after: usize,
    /// Most rows.
    pub most: usize,
    /// Whether the best come first, those alike by name; else all by name.
    pub best_first: bool,
}

impl Part {
    /// Everyone by name.
    pub const ALL: Self = Self { group: Group::Everyone, after: 0, most: usize::MAX, best_first: false };

    /// How many of so many rows come before it.
    pub(super) fn start(self, of: usize) -> usize {
        let step = self.most.max(1);
        if self.after < of { self.after } else { of.saturating_sub(1) / step * step }
    }
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
    /// The subjects with their answers, where one honour is asked for; those it is not for are left out. Of a part of
    /// the list, the rows of that part.
    pub rows: Vec<Row>,
    /// How many rows the part was taken from.
    pub of: usize,
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
    /// Whether the actor may nominate somewhere.
    pub nominates: bool,
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

/// The subjects of a unit against one honour, or against all; every row with its reasons.
///
/// # Errors
/// [`Error::NotFound`] where the actor reads no subjects of the unit; [`thidua_domain::Refusal::NotInBook`].
pub fn list(app: &App, by: &Actor, asked: &ListAsked) -> Result<Listed, Error> {
    list_part(app, by, asked, Part::ALL)
}

/// [`list`] with a part of the rows; what is counted is counted over all.
///
/// # Errors
/// As [`list`].
pub fn list_part(app: &App, by: &Actor, asked: &ListAsked, part: Part) -> Result<Listed, Error> {
    let frame = Frame::of(app, &asked.asked);
    let book = app.book(by)?;
    let honours = wanted(&book, asked.asked.honour.as_ref())?;
    let one = asked.asked.honour.is_some();
    let gathered = app.db.read(|tx| gather(tx, app, by, asked, frame, &honours))?;
    let mut listed = Listed {
        unit: asked.unit.clone(),
        unit_name: gathered.unit_names.get(&asked.unit).cloned().unwrap_or_default(),
        frame,
        subjects: gathered.persons().filter(|person| person.is_listed).count(),
        honours: Vec::new(),
        rows: Vec::new(),
        of: 0,
        law_date: None,
        quotas: Vec::new(),
        direct: Direct::default(),
        unit_names: gathered.unit_names.clone(),
        book_hash: book.hash().to_owned(),
        nominates: thidua_domain::actor::reach_of(by, thidua_domain::actor::Verb::Nominate) != Reach::Only(Vec::new()),
    };
    let standing = by_subject(&gathered.people.given);
    let mut many = Many::of(&gathered);
    for honour in honours {
        let stands = Stands::of(&book, honour, frame);
        let placed = placed(&book, &gathered, &mut many, (honour, &stands), frame, &standing);
        let tally = tally(&honour.code, &placed);
        if tally.counts.iter().sum::<usize>() > tally.of(Prospect::Outside) || one {
            listed.honours.push(tally);
        }
        if one {
            let placed: Vec<Placed> = placed.into_iter().filter(|one| one.prospect != Prospect::Outside).collect();
            listed.law_date = placed.first().and_then(|one| many.law_date(&stands, one.at));
            listed.direct = direct(&gathered, &placed);
            listed.quotas = quotas(&book, &gathered, &mut many, honour, frame, &standing);
            let mut wanted: Vec<Placed> = placed.into_iter().filter(|one| one.is_of(part.group)).collect();
            if part.best_first {
                wanted.sort_by_key(|one| one.prospect);
            }
            listed.of = wanted.len();
            let shown = wanted.into_iter().skip(part.start(listed.of)).take(part.most);
            for one in shown {
                let person = gathered.person(one.at);
                let Some(answer) = answered(&book, person, honour, frame, &standing) else { continue };
                listed.rows.push(row(person, &one, &answer));
            }
        }
    }
    Ok(listed)
}

/// A subject with what a list asks of it.
#[derive(Clone, Copy)]
pub(super) struct Person<'a> {
    pub recorded: &'a Recorded,
    pub unit_kind: Option<&'a str>,
    /// Whether it is of the unit asked for, and not only of one above.
    pub is_listed: bool,
}

/// What a list is made from.
pub(super) struct Gathered {
    pub people: Arc<People>,
    /// Of each of the people, the kind of its first unit, and whether it is listed.
    marks: Vec<(Option<String>, bool)>,
    pub unit_names: BTreeMap<OrgId, String>,
    /// The unit asked for and those above it that the actor sees, with everything below each.
    pub tiers: Vec<(OrgId, BTreeSet<OrgId>)>,
}

impl Gathered {
    /// Everyone, in the order of names.
    pub fn persons(&self) -> impl Iterator<Item = Person<'_>> {
        self.people.recorded.iter().zip(&self.marks).map(|(recorded, (unit_kind, is_listed))| Person {
            recorded,
            unit_kind: unit_kind.as_deref(),
            is_listed: *is_listed,
        })
    }

    /// One of them.
    pub fn person(&self, at: usize) -> Person<'_> {
        let (unit_kind, is_listed) = &self.marks[at];
        Person { recorded: &self.people.recorded[at], unit_kind: unit_kind.as_deref(), is_listed: *is_listed }
    }
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
    let people = people_in(tx, app, by, &units, frame.known_on())?;
    let kind = |unit: &OrgId| ground.units.on(unit, frame.on).map(|unit| unit.kind.clone());
    let mark = |recorded: &Recorded| {
        let is_listed = recorded.units.iter().any(|unit| listed.contains(unit));
        (recorded.units.first().and_then(kind), is_listed)
    };
    let marks = people.recorded.iter().map(mark).collect();
    let unit_names = names(&people.recorded, &tiers, &asked.unit, &ground.units, frame);
    Ok(Gathered { people, marks, unit_names, tiers })
}

fn names(
    people: &[Recorded],
    tiers: &[(OrgId, BTreeSet<OrgId>)],
    unit: &OrgId,
    units: &Units,
    frame: Frame,
) -> BTreeMap<OrgId, String> {
    let of_people = people.iter().flat_map(|recorded| &recorded.units);
    let all: BTreeSet<&OrgId> = of_people.chain(tiers.iter().map(|(unit, _)| unit)).chain([unit]).collect();
    all.into_iter().map(|unit| (unit.clone(), units.name_on(unit, frame.on))).collect()
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

/// How one of a list stands, before anything is explained.
struct Placed {
    /// Which of the people.
    at: usize,
    prospect: Prospect,
    is_registered: bool,
    has_it: bool,
}

impl Placed {
    /// Whether it is entitled, has nothing yet, and nobody registered it.
    fn is_left_out(&self) -> bool {
        self.prospect == Prospect::Entitled && !self.is_registered && !self.has_it
    }

    fn is_of(&self, group: Group) -> bool {
        match group {
            Group::Everyone => true,
            Group::Of(prospect) => self.prospect == prospect,
            Group::LeftOut => self.is_left_out(),
        }
    }
}

/// How each of those listed stands whom the honour is for. Everyone is judged at once; of those barred it is then
/// asked, without reasons, who is almost there.
fn placed(
    book: &Book,
    gathered: &Gathered,
    many: &mut Many<'_>,
    (honour, stands): (&Honour, &Stands<'_>),
    frame: Frame,
    standing: &Standing<'_>,
) -> Vec<Placed> {
    let judged = many.judge(book, honour, frame, standing);
    let own = std::slice::from_ref(&honour.code);
    let listed = gathered.persons().zip(judged).enumerate().filter(|(_, (person, _))| person.is_listed);
    listed
        .filter_map(|(at, (person, judged))| {
            let prospect = match judged {
                Judged::Outside => return None,
                Judged::By(Verdict::Met) => Prospect::Entitled,
                Judged::By(Verdict::AskHuman) => Prospect::Ask,
                Judged::By(Verdict::NotMet) | Judged::Unsaid => {
                    prospect_of(&many.stand(stands, at, standing)?, frame.year)
                }
            };
            let registered = |(year, named): &(i16, Option<HonourCode>)| {
                *year == frame.year && named.as_ref().is_none_or(|code| *code == honour.code)
            };
            let is_registered = person.recorded.registered.iter().any(registered);
            Some(Placed { at, prospect, is_registered, has_it: holds(person.recorded, own, frame) })
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
    person: Person<'_>,
    honour: &Honour,
    frame: Frame,
    standing: &Standing<'_>,
) -> Option<Answer> {
    let kinds = kinds(&person.recorded.record, person.unit_kind);
    if !is_for(honour, &kinds) {
        return None;
    }
    let own = person.recorded.members.iter().filter_map(|id| standing.get(id)).flatten().copied();
    let own: Vec<&GivenAnswer> = own.collect();
    let mut record = person.recorded.record.clone();
    Some(ask(book, honour, &mut record, &kinds, frame, &own))
}

fn row(person: Person<'_>, placed: &Placed, answer: &Answer) -> Row {
    let recorded = person.recorded;
    Row {
        id: recorded.id.clone(),
        kind: recorded.details.kind,
        name: recorded.details.name.clone(),
        unit: recorded.units.first().cloned(),
        prospect: prospect(answer),
        lacks: lacks(answer),
        earliest: answer.earliest,
        pending: answer.pending.len(),
        is_registered: placed.is_registered,
        has_it: placed.has_it,
        duty: recorded.duty,
    }
}

/// Whether one of these is held for the award year.
fn holds(recorded: &Recorded, codes: &[HonourCode], frame: Frame) -> bool {
    recorded
        .record
        .awards
        .iter()
        .any(|award| award.year == frame.year && award.revoked_on.is_none() && codes.contains(&award.honour))
}

fn tally(honour: &HonourCode, placed: &[Placed]) -> HonourTally {
    let count = |prospect| placed.iter().filter(|one| one.prospect == prospect).count();
    HonourTally {
        honour: honour.clone(),
        counts: Prospect::ALL.map(count),
        not_registered: placed.iter().filter(|one| one.is_left_out()).count(),
    }
}

impl Row {
    /// Whether it is entitled, has nothing yet, and nobody registered it.
    pub fn is_left_out(&self) -> bool {
        self.prospect == Prospect::Entitled && !self.is_registered && !self.has_it
    }
}

fn direct(gathered: &Gathered, placed: &[Placed]) -> Direct {
    let entitled = placed.iter().filter(|one| one.prospect == Prospect::Entitled);
    let persons = entitled.map(|one| gathered.person(one.at).recorded);
    let duties: Vec<Option<DirectWorker>> =
        persons.filter(|recorded| recorded.details.kind == Subject::Individual).map(|recorded| recorded.duty).collect();
    let count = |duty: Option<DirectWorker>| duties.iter().filter(|one| **one == duty).count();
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
    many: &mut Many<'_>,
    honour: &Honour,
    frame: Frame,
    standing: &Standing<'_>,
) -> Vec<(Dated<Quota>, Vec<Tier>)> {
    let mut counted = Vec::new();
    for row in on_day(&honour.procedure.quotas, frame.on) {
        let tiers = match &row.what.base {
            QuotaBase::Honours(codes) => tiers(book, gathered, many, (honour, codes, &row.what), frame, standing),
            // Whom such a share is taken of stands in no register.
            QuotaBase::Words(_) => Vec::new(),
        };
        counted.push((row.clone(), tiers));
    }
    counted
}

/// Who is entitled to an honour, in the order of the list.
fn entitled(book: &Book, many: &mut Many<'_>, honour: &Honour, frame: Frame, standing: &Standing<'_>) -> Vec<bool> {
    let judged = many.judge(book, honour, frame, standing);
    let stands = Stands::of(book, honour, frame);
    let each = judged.into_iter().enumerate();
    each.map(|(at, judged)| match judged {
        Judged::By(verdict) => verdict == Verdict::Met,
        Judged::Outside => false,
        Judged::Unsaid => many.stand(&stands, at, standing).is_some_and(|stand| stand.outcome == Outcome::Entitled),
    })
    .collect()
}

fn tiers(
    book: &Book,
    gathered: &Gathered,
    many: &mut Many<'_>,
    (honour, base, quota): (&Honour, &[HonourCode], &Quota),
    frame: Frame,
    standing: &Standing<'_>,
) -> Vec<Tier> {
    let own = book.rules().counted_as(std::slice::from_ref(&honour.code));
    let counted = book.rules().counted_as(base);
    let own_entitled = entitled(book, many, honour, frame, standing);
    let mut base_entitled = own_entitled.clone();
    for honour in base.iter().filter_map(|code| book.honour(code)) {
        let more = entitled(book, many, honour, frame, standing);
        base_entitled.iter_mut().zip(more).for_each(|(one, more)| *one |= more);
    }
    let each = gathered.persons().enumerate();
    let judged: Vec<(Person<'_>, [bool; 4])> = each
        .map(|(at, person)| {
            let held = holds(person.recorded, &own, frame);
            // Who has the honour itself has what it is built on, whether or not that was decided apart.
            let base_held = held || holds(person.recorded, &counted, frame);
            (person, [base_held, !base_held && base_entitled[at], held, !held && own_entitled[at]])
        })
        .collect();
    let at = |units: &BTreeSet<OrgId>| {
        let of_tier = |person: &Person<'_>| person.recorded.units.iter().any(|unit| units.contains(unit));
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
