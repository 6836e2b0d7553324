//! Writes a decision (soạn quyết định), anew as often as needed until it is signed.

use std::collections::BTreeMap;

use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::actor::{Reach, Thing, Verb, reach_of};
use thidua_domain::decision::{Act, DecisionId, Draft, FundId, Line};
use thidua_domain::honour::{CommendationType, DirectWorker};
use thidua_domain::refusal::SubjectFault;
use thidua_domain::subject::fact::Authority;
use thidua_domain::subject::{Fact, Groups, Identity, SubjectId, current, present_units};
use thidua_domain::{Actor, Refusal, Scope};
use thidua_store as store;
use thidua_store::Tx;
use thidua_store::subject::{Part, Wanted};

use super::desk::{decision, fund, keep, overtaken, tidy};
use crate::entropy::hex;
use crate::permit::permit;
use crate::{App, Error};

/// What a person writes.
#[derive(Debug, Clone)]
pub struct DraftAsked {
    /// In whose name; of a decision that is there it stays as it was.
    pub issuer: OrgId,
    /// Who has the authority.
    pub authority: Authority,
    /// What it is about.
    pub title: String,
    /// The year of the achievements.
    pub year: i16,
    /// The type of commendation.
    pub commendation: CommendationType,
    /// The fund that pays.
    pub fund: Option<FundId>,
    /// Whom, in the order of the annex.
    pub lines: Vec<LineAsked>,
}

/// Whom a person writes into it.
#[derive(Debug, Clone)]
pub struct LineAsked {
    /// Whom.
    pub subject: SubjectId,
    /// Which honour.
    pub honour: HonourCode,
    /// For what; may be empty.
    pub achievement: String,
    /// Whether a person works directly or leads; what the record says where `None`.
    pub duty: Option<DirectWorker>,
    /// The dossier it comes from.
    pub dossier: Option<String>,
}

/// Writes a decision: a new one, or one that is there, of which the actor saw so many events.
///
/// # Errors
/// [`Error::NotFound`] where the actor prepares no decisions of the unit, or sees no such decision, fund or subject; what
/// [`Draft::judge`] and [`thidua_domain::decision::Decision::judge`] refuse; [`SubjectFault::UnknownHonour`];
/// [`Refusal::ChangedMeanwhile`] where another was faster.
pub fn draft_decision(
    app: &App,
    by: &Actor,
    known: Option<(&DecisionId, usize)>,
    asked: &DraftAsked,
) -> Result<DecisionId, Error> {
    permit(by, Verb::PrepareDecision, Thing::Unit(&asked.issuer), "unit")?;
    let today = app.clock.now().date_in_vietnam();
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let (id, after) = match known {
        None => (new_id(app)?, 0),
        Some((id, seen)) => {
            let held = decision(&mut tx, by, Verb::PrepareDecision, id)?;
            held.judge(&Act::Draft)?;
            if held.draft.issuer != asked.issuer {
                return Err(Error::NotFound("decision"));
            }
            if held.events.len() != seen {
                return Err(Refusal::ChangedMeanwhile.into());
            }
            (id.clone(), seen)
        }
    };
    if let Some(paying) = &asked.fund {
        fund(&mut tx, by, &asked.issuer, paying)?;
    }
    let known_unit = app.ground(&mut tx, &Scope::whole(by.scope.tenant.clone()))?;
    known_unit.units.on(&asked.issuer, today).ok_or(Error::NotFound("unit"))?;
    let book = app.book_in(&mut tx, by)?;
    for line in &asked.lines {
        if book.honour(&line.honour).is_none() {
            return Err(SubjectFault::UnknownHonour { asked: line.honour.to_string() }.into());
        }
    }
    let people = People::read(&mut tx, by, app, asked.lines.iter().map(|line| &line.subject))?;
    let lines = asked.lines.iter().map(|line| people.line(line)).collect::<Result<_, Error>>()?;
    let draft = Draft {
        issuer: asked.issuer.clone(),
        authority: asked.authority,
        title: tidy(&asked.title),
        year: asked.year,
        commendation: asked.commendation,
        fund: asked.fund.clone(),
        lines,
    };
    draft.judge(today)?;

    if after == 0 {
        store::decision::insert(&mut tx, &by.scope.tenant, &id, &draft.issuer).map_err(overtaken)?;
    }
    let detail = format!("{}: {} lines, year {}", draft.issuer, draft.lines.len(), draft.year);
    keep(&mut tx, app, by, (&id, after), Act::Draft, Some(&draft), &detail)?;
    tx.commit()?;
    Ok(id)
}

fn new_id(app: &App) -> Result<DecisionId, Error> {
    DecisionId::parse(&format!("qd-{}", hex(&app.entropy.bytes::<12>()?))).map_err(|why| Error::Internal(why.into()))
}

/// Those named in a decision, with what is known of them; read with a constant number of statements.
pub(super) struct People {
    groups: Groups,
    identities: BTreeMap<SubjectId, Identity>,
    facts: BTreeMap<SubjectId, Vec<Fact>>,
    today: thidua_base::Date,
}

impl People {
    /// Reads them.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the actor reads of nobody.
    pub(super) fn read<'a>(
        tx: &mut Tx,
        by: &Actor,
        app: &App,
        named: impl Iterator<Item = &'a SubjectId>,
    ) -> Result<Self, Error> {
        let units = reach_of(by, Verb::ReadSubjects);
        if units == Reach::Only(Vec::new()) {
            return Err(Error::NotFound("subject"));
        }
        let scope = Scope { tenant: by.scope.tenant.clone(), units };
        Self::read_in(tx, &scope, app, named)
    }

    /// Reads those of them in a scope.
    pub(super) fn read_in<'a>(
        tx: &mut Tx,
        scope: &Scope,
        app: &App,
        named: impl Iterator<Item = &'a SubjectId>,
    ) -> Result<Self, Error> {
        let today = app.clock.now().date_in_vietnam();
        let groups = Groups::of(&store::subject::merge::merges(tx, &scope.tenant)?);
        let standing: Vec<SubjectId> = named.map(|id| groups.stands_for(id).clone()).collect();
        let wanted = Wanted { among: Some(standing.clone()), ..Wanted::default() };
        let identities = store::subject::subjects(tx, scope, today, &wanted, Part::ALL)?;
        let everyone: Vec<SubjectId> = standing.iter().flat_map(|id| groups.members(id)).collect();
        let mut facts: BTreeMap<SubjectId, Vec<Fact>> = BTreeMap::new();
        for fact in store::subject::fact::facts_of(tx, &scope.tenant, &everyone)? {
            facts.entry(groups.stands_for(&fact.subject).clone()).or_default().push(fact);
        }
        let identities = identities.into_iter().map(|one| (one.id.clone(), one)).collect();
        Ok(Self { groups, identities, facts, today })
    }

    /// Who is meant by an id: themselves, or who stands for them.
    pub(super) fn who(&self, id: &SubjectId) -> Result<&Identity, Error> {
        self.identities.get(self.groups.stands_for(id)).ok_or(Error::NotFound("subject"))
    }

    /// What counts of what is known of them.
    pub(super) fn facts(&self, id: &SubjectId) -> Vec<&Fact> {
        self.facts.get(self.groups.stands_for(id)).map_or_else(Vec::new, |facts| current(facts))
    }

    fn line(&self, asked: &LineAsked) -> Result<Line, Error> {
        let who = self.who(&asked.subject)?;
        let facts = self.facts(&asked.subject);
        let units = present_units(&facts, self.today);
        let unit = units.into_iter().next().ok_or(SubjectFault::MissingField { field: "unit" })?;
        let duty = asked.duty.or_else(|| {
            let mut posts: Vec<_> = facts
                .iter()
                .filter_map(|fact| match &fact.about {
                    thidua_domain::subject::About::Position(position) => Some(position),
                    _ => None,
                })
                .collect();
            posts.sort_by_key(|post| post.from);
            posts.last().and_then(|post| post.duty)
        });
        Ok(Line {
            subject: who.id.clone(),
            kind: who.details.kind,
            name: who.details.name.clone(),
            unit,
            honour: asked.honour.clone(),
            achievement: tidy(&asked.achievement),
            duty,
            dossier: asked.dossier.clone(),
        })
    }
}
