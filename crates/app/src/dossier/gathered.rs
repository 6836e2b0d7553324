//! Everything that decides about some dossiers, read in a constant number of statements: records, answers, papers, quotas,
//! overlaps, consultations and notices.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::{Reach, Verb, reach_of};
use thidua_domain::dossier::{
    Claimed, Dossier, DossierId, Matter, MatterKind, NO_AWARD_YET, Needed, Obstacle, Overlap, OverlapKind, PUBLISHED,
    PaperHeld, Places, Round, RoundId, Seen, Step, needed, overlaps, places, ripe,
};
use thidua_domain::eligibility::{GivenAnswer, for_question, standing};
use thidua_domain::honour::HonourKind;
use thidua_domain::org::within;
use thidua_domain::subject::record::award_type;
use thidua_domain::subject::{About, Fact, SubjectId, current};
use thidua_domain::{Actor, Refusal, Scope};
use thidua_law::Book;
use thidua_law::answer::{Answer, LawDate, Question};
use thidua_law::honour::{Honour, QuotaBase, on_day};
use thidua_law::table::Said;
use thidua_law::vocabulary::Confidence;
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::dossier::Wanted;

use crate::eligibility::kinds;
use crate::law::LawBook;
use crate::shelf::Ground;
use crate::subject::{Recorded, record_in, records_in};
use crate::{App, Error};

/// From how many dossiers on the records of whole units are read at once.
const AT_ONCE: usize = 4;

/// What is read for some dossiers.
pub(super) struct Gathered {
    /// The law book in force for the tenant.
    pub book: LawBook,
    pub ground: Arc<Ground>,
    pub today: Date,
    rounds: BTreeMap<RoundId, Round>,
    /// Records by everyone they stand for.
    records: BTreeMap<SubjectId, Recorded>,
    given: Vec<GivenAnswer>,
    facts: Vec<Fact>,
    /// Live dossiers of the same nominees, and of the same years where quotas are counted; all of the tenant.
    others: Vec<Dossier>,
    papers: Vec<PaperHeld>,
    with_report: Vec<DossierId>,
    matters: BTreeMap<DossierId, Vec<Matter>>,
    /// Who is known in the units in which quotas are counted.
    people: Vec<Recorded>,
    readable: Reach,
}

/// What decides about one dossier.
#[derive(Debug, Clone)]
pub struct Look {
    /// Its round.
    pub round: Round,
    /// Its honour.
    pub honour: Honour,
    /// What is known of the nominee.
    pub recorded: Recorded,
    /// What the law book says, by the law the dossier is judged by.
    pub answer: Answer,
    /// What it says by the law of today, of a dossier that was sent.
    pub now: Option<Answer>,
    /// Whether that is another law than the one it was sent under.
    pub law_changed: bool,
    /// Papers, the missing ones first.
    pub papers: Vec<Needed>,
    /// Whether the report is written, or attached.
    pub has_report: bool,
    /// Quotas of every tier that the actor sees.
    pub places: Vec<Places>,
    /// What it overlaps with.
    pub overlaps: Vec<Overlap>,
    /// Consultations, notices, objections.
    pub matters: Vec<Matter>,
}

/// Reads what decides about some dossiers.
pub(super) fn gather(tx: &mut Tx, app: &App, by: &Actor, dossiers: &[Dossier]) -> Result<Gathered, Error> {
    let today = app.clock.now().date_in_vietnam();
    let tenant = &by.scope.tenant;
    let whole = Scope::whole(tenant.clone());
    let ground = app.ground(tx, &whole)?;
    let rounds = store::dossier::rounds(tx, tenant)?;
    let rounds: BTreeMap<RoundId, Round> = rounds.into_iter().map(|round| (round.id.clone(), round)).collect();
    let readable = reach_of(by, Verb::ReadSubjects);
    let mut gathered = Gathered {
        book: app.book_in(tx, by)?,
        ground,
        today,
        rounds,
        records: BTreeMap::new(),
        given: Vec::new(),
        facts: Vec::new(),
        others: Vec::new(),
        papers: Vec::new(),
        with_report: Vec::new(),
        matters: BTreeMap::new(),
        people: Vec::new(),
        readable,
    };
    gathered.read_people(tx, app, by, dossiers)?;
    let subjects: Vec<SubjectId> = gathered.records.keys().cloned().collect();
    gathered.given = store::eligibility::answers_of(tx, tenant, &subjects)?;
    gathered.facts = store::subject::fact::facts_of(tx, tenant, &subjects)?;
    let of_subjects = Wanted { subjects: Some(subjects), ..Wanted::default() };
    gathered.others = store::dossier::dossiers(tx, &whole, &of_subjects)?;
    let years: BTreeSet<i16> =
        dossiers.iter().filter(|one| counts_places(&gathered.book, one, today)).map(|one| one.year).collect();
    for year in years {
        let known: BTreeSet<DossierId> = gathered.others.iter().map(|one| one.id.clone()).collect();
        let more = store::dossier::dossiers(tx, &whole, &Wanted { year: Some(year), ..Wanted::default() })?;
        gathered.others.extend(more.into_iter().filter(|one| !known.contains(&one.id)));
    }
    gathered.others.retain(|one| one.stage().is_live());
    let all: Vec<&Dossier> = dossiers.iter().collect();
    gathered.papers = store::dossier::paper::papers(tx, tenant, &all)?;
    gathered.with_report = store::dossier::paper::with_report(tx, tenant, &all)?;
    let ids: Vec<&DossierId> = dossiers.iter().map(|one| &one.id).collect();
    gathered.matters = store::dossier::matter::matters(tx, tenant, &ids)?;
    Ok(gathered)
}

/// The day whose law a dossier is asked by: of one that was sent, the day it was sent under.
fn law_on(dossier: &Dossier, today: Date) -> Date {
    match dossier.judgement() {
        Some(judgement) if !dossier.is_written() => judgement.law_on,
        _ => today,
    }
}

fn counts_places(book: &Book, dossier: &Dossier, today: Date) -> bool {
    let honour = book.honour(&dossier.honour);
    honour.is_some_and(|honour| on_day(&honour.procedure.quotas, law_on(dossier, today)).next().is_some())
}

impl Gathered {
    /// Records of the nominees; and of everyone in the units in which their quotas are counted.
    fn read_people(&mut self, tx: &mut Tx, app: &App, by: &Actor, dossiers: &[Dossier]) -> Result<(), Error> {
        let mut units: BTreeSet<OrgId> = BTreeSet::new();
        for one in dossiers.iter().filter(|one| counts_places(&self.book, one, self.today)) {
            units.extend(self.tiers(one).into_iter().flat_map(|(_, below)| below));
        }
        if dossiers.len() >= AT_ONCE {
            for unit in dossiers.iter().map(|one| &one.unit).collect::<BTreeSet<_>>() {
                units.extend(within(unit, &self.ground.edges, self.today));
            }
        }
        let units: Vec<OrgId> = units.into_iter().filter(|unit| self.readable.holds(unit)).collect();
        if !units.is_empty() {
            self.people = records_in(tx, app, by, &units, self.today)?;
        }
        let mut missing: BTreeSet<&SubjectId> = dossiers.iter().map(|one| &one.subject).collect();
        for recorded in &self.people {
            if recorded.members.iter().any(|id| missing.contains(id)) {
                for id in &recorded.members {
                    missing.remove(id);
                    self.records.insert(id.clone(), recorded.clone());
                }
            }
        }
        for id in missing {
            let recorded = record_in(tx, app, by, id, self.today)?;
            self.records.insert(id.clone(), recorded.clone());
            for member in &recorded.members {
                self.records.insert(member.clone(), recorded.clone());
            }
        }
        Ok(())
    }

    /// The units at which a dossier's quotas are counted, the nearest first, with everything below each: from the unit
    /// that nominates up to the unit of the round, as far as the actor reads who is there.
    fn tiers(&self, dossier: &Dossier) -> Vec<(OrgId, BTreeSet<OrgId>)> {
        let below = |unit: &OrgId| within(unit, &self.ground.edges, self.today);
        let mut tiers = vec![(dossier.unit.clone(), below(&dossier.unit))];
        if let Some(round) = self.rounds.get(&dossier.round) {
            let top = below(&round.unit);
            let mut between: Vec<(OrgId, BTreeSet<OrgId>)> = top
                .iter()
                .filter(|unit| **unit != dossier.unit)
                .map(|unit| (unit.clone(), below(unit)))
                .filter(|(_, under)| under.contains(&dossier.unit))
                .collect();
            between.sort_by_key(|(_, under)| under.len());
            tiers.extend(between);
        }
        tiers.retain(|(unit, _)| self.readable.holds(unit));
        tiers
    }

    /// The round of a dossier.
    pub fn round(&self, dossier: &Dossier) -> Result<&Round, Error> {
        self.rounds.get(&dossier.round).ok_or(Error::NotFound("round"))
    }

    /// What is known of a nominee.
    pub fn recorded(&self, subject: &SubjectId) -> Result<&Recorded, Error> {
        self.records.get(subject).ok_or(Error::NotFound("subject"))
    }

    /// Puts a dossier in the place of what was read of it, for those that are decided after it.
    pub fn replace(&mut self, dossier: &Dossier) {
        self.others.retain(|one| one.id != dossier.id);
        if dossier.stage().is_live() {
            self.others.push(dossier.clone());
        }
    }

    /// The name of a unit today.
    pub fn unit_name(&self, unit: &OrgId) -> String {
        self.ground.units.name_on(unit, self.today)
    }

    /// What decides about one of the dossiers.
    pub fn look(&self, dossier: &Dossier) -> Result<Look, Error> {
        let round = self.round(dossier)?.clone();
        let honour = self.book.honour(&dossier.honour);
        let honour = honour.ok_or_else(|| Refusal::NotInBook { asked: dossier.honour.to_string() })?;
        let recorded = self.recorded(&dossier.subject)?.clone();
        let overlaps = overlaps(&self.claim(dossier), &self.claims(&recorded));
        let matters = self.matters.get(&dossier.id).cloned().unwrap_or_default();
        let (answer, now, law_changed) = self.judge(honour, dossier, &round, &recorded, &overlaps, &matters);
        let own = |paper: &&PaperHeld| {
            paper.dossier.as_ref() == Some(&dossier.id) || (paper.batch.is_some() && paper.batch == dossier.batch)
        };
        let held: Vec<PaperHeld> = self.papers.iter().filter(own).cloned().collect();
        let is_attached = held.iter().any(|paper| paper.code == thidua_domain::dossier::REPORT_PAPER);
        let has_report = is_attached || self.with_report.contains(&dossier.id);
        Ok(Look {
            papers: needed(honour, answer.law_date.day, &held, has_report),
            has_report,
            places: self.places(honour, dossier, &recorded, answer.law_date.day),
            round,
            honour: honour.clone(),
            recorded,
            answer,
            now,
            law_changed,
            overlaps,
            matters,
        })
    }

    /// What stands in the way of a step.
    pub fn obstacles(&self, step: &Step, dossier: &Dossier, look: &Look) -> Vec<Obstacle> {
        let seen = Seen {
            today: self.today,
            dossier,
            round: &look.round,
            honour: &look.honour,
            answer: &look.answer,
            papers: &look.papers,
            places: &look.places,
            overlaps: &look.overlaps,
            matters: &look.matters,
            calendar: self.book.calendar(),
        };
        ripe(step, &seen)
    }

    /// What a dossier claims.
    pub fn claim(&self, dossier: &Dossier) -> Claimed {
        Claimed {
            dossier: Some(dossier.id.clone()),
            name: self.honour_name(&dossier.honour),
            is_form: is_form(&self.book, &dossier.honour),
            honour: dossier.honour.clone(),
            year: dossier.year,
            achievement: dossier.achievement.clone(),
            by: self.unit_name(&dossier.unit),
        }
    }

    /// What is claimed for a nominee elsewhere: by live dossiers of every unit, and by awards.
    pub fn claims(&self, recorded: &Recorded) -> Vec<Claimed> {
        let is_theirs = |id: &SubjectId| recorded.members.contains(id) || recorded.id == *id;
        let dossiers = self.others.iter().filter(|one| is_theirs(&one.subject)).map(|one| self.claim(one));
        let facts = current(&self.facts);
        let awards = facts.into_iter().filter(|fact| is_theirs(&fact.subject)).filter_map(|fact| match &fact.about {
            About::Award(held) if held.revoked_on.is_none() => Some(Claimed {
                dossier: None,
                name: self.honour_name(&held.honour),
                is_form: is_form(&self.book, &held.honour),
                honour: held.honour.clone(),
                year: held.year,
                achievement: held.achievement.clone(),
                by: held.number.clone(),
            }),
            _ => None,
        });
        dossiers.chain(awards).collect()
    }

    fn honour_name(&self, code: &HonourCode) -> Said {
        let unknown = || Said::new(code.to_string(), code.to_string());
        self.book.honour(code).map_or_else(unknown, |honour| honour.name_on(self.today))
    }

    /// The answer by the law the dossier is judged by; by that of today once it was sent; whether these are two laws.
    #[allow(clippy::too_many_arguments, reason = "what one answer rests on, read together and used here only")]
    fn judge(
        &self,
        honour: &Honour,
        dossier: &Dossier,
        round: &Round,
        recorded: &Recorded,
        overlaps: &[Overlap],
        matters: &[Matter],
    ) -> (Answer, Option<Answer>, bool) {
        let mut record = recorded.record.clone();
        if overlaps.iter().any(|one| one.kind == OverlapKind::SameAchievement) {
            record.statements.insert(NO_AWARD_YET.to_owned(), false);
        }
        let is_published = |matter: &Matter| {
            matter.kind == MatterKind::Notice && matter.standing(self.today, self.book.calendar()).is_over
        };
        if matters.iter().any(is_published) {
            record.statements.insert(PUBLISHED.to_owned(), true);
        }
        let unit = recorded.units.first().and_then(|unit| self.ground.units.on(unit, self.today));
        let kinds = kinds(&record, unit.map(|unit| unit.kind.as_str()));
        let fits = kinds.iter().find(|kind| honour.subjects.contains(kind));
        let subject = fits.copied().unwrap_or(record.subject);
        record.subject = subject;
        let question = Question {
            honour: honour.code.clone(),
            on: self.today,
            year: dossier.year,
            received_on: dossier.received_on(),
            proposed_on: dossier.received_on(),
            kind: Some(award_type(round.kind)),
            subject,
        };
        let own = |answer: &&GivenAnswer| recorded.members.contains(&answer.subject);
        let given = standing(self.given.iter().filter(own));
        let asked = |day: Date| for_question(&given, self.book.plan(&honour.code, subject, day), &question);
        record.answers = asked(self.book.law_date(&question).0.day);
        let now = self.book.answer(&question, &record);
        let Some(frozen) = dossier.judgement().filter(|_| !dossier.is_written()) else {
            return (now, None, false);
        };
        record.answers = asked(frozen.law_on);
        let reading = self.book.reading(&question, &record, frozen.law_on);
        let changed = now.reading.version != reading.version || now.reading.unread != reading.unread;
        let cite = thidua_law::cite::Citation::parse(&frozen.rule_cite);
        let law_date = LawDate {
            day: frozen.law_on,
            rule: frozen.rule.clone(),
            said: self.book.law_date(&Question { on: frozen.law_on, ..question.clone() }).0.said,
            cite,
            confidence: Confidence::TextSeen,
        };
        let answer = Answer {
            question,
            law_date,
            outcome: reading.outcome.clone(),
            reading,
            other: None,
            pending: Vec::new(),
            warnings: Vec::new(),
            earliest: None,
            book_hash: self.book.hash().to_owned(),
        };
        (answer, Some(now), changed)
    }

    /// The quotas of a dossier at each tier: of whom they are taken, who has the honour or is nominated for it.
    fn places(&self, honour: &Honour, dossier: &Dossier, recorded: &Recorded, law_on: Date) -> Vec<Places> {
        let mut counted = Vec::new();
        let own = self.book.rules().counted_as(std::slice::from_ref(&honour.code));
        for quota in on_day(&honour.procedure.quotas, law_on) {
            // Whom a share in words is taken of stands in no register.
            let QuotaBase::Honours(codes) = &quota.what.base else { continue };
            let base = self.book.rules().counted_as(codes);
            for (unit, below) in self.tiers(dossier) {
                let holders = |codes: &[HonourCode]| self.holders(codes, dossier.year, &below);
                let mut asked = holders(&own);
                asked.insert(recorded.id.clone());
                // Who has the honour itself has what it is built on.
                let mut of = holders(&base);
                of.extend(self.awarded(&own, dossier.year, &below));
                let number = |set: &BTreeSet<SubjectId>| u32::try_from(set.len()).unwrap_or(u32::MAX);
                let named = (unit.clone(), self.unit_name(&unit));
                counted.push(places(named, quota, number(&of), number(&asked)));
            }
        }
        counted
    }

    /// Who has one of some honours for a year, or was sent for it, in some units.
    fn holders(&self, codes: &[HonourCode], year: i16, units: &BTreeSet<OrgId>) -> BTreeSet<SubjectId> {
        let mut all = self.awarded(codes, year, units);
        let sent = self.others.iter().filter(|one| {
            one.stage().is_sent() && one.year == year && codes.contains(&one.honour) && units.contains(&one.unit)
        });
        all.extend(sent.map(|one| self.records.get(&one.subject).map_or(&one.subject, |known| &known.id).clone()));
        all
    }

    /// Who has one of some honours for a year by the register, in some units.
    fn awarded(&self, codes: &[HonourCode], year: i16, units: &BTreeSet<OrgId>) -> BTreeSet<SubjectId> {
        let of_units = self.people.iter().filter(|one| one.units.iter().any(|unit| units.contains(unit)));
        let holds = |one: &&Recorded| {
            let mut awards = one.record.awards.iter();
            awards.any(|award| award.year == year && award.revoked_on.is_none() && codes.contains(&award.honour))
        };
        of_units.filter(holds).map(|one| one.id.clone()).collect()
    }
}

fn is_form(book: &Book, code: &HonourCode) -> bool {
    book.honour(code).is_some_and(|honour| honour.kind == HonourKind::Form)
}
