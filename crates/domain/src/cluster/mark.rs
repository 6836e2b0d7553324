//! Decisions of scoring: whether a claim, a mark or an excuse is taken. What is refused here never reaches a sheet.

use thidua_base::Number;
use thidua_base::code::{CriterionCode, OrgId};

use super::evidence::{Claim, Claimed, Claims};
use super::review::{Excusal, Reviewed, Stated};
use super::scheme::{Criterion, Level, Rule, Scheme};
use super::score::{answer_fits, verdict_points};
use crate::refusal::{MarkFault, Refusal};

/// For whom someone acts in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// A member, for itself and as a peer of the others.
    Member(OrgId),
    /// The head of the cluster, a member like the others who also reviews them.
    Head(OrgId),
    /// Those who appraise.
    Appraiser,
    /// The council.
    Council,
}

/// Whether a round still takes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It does.
    Open,
    /// It was frozen: what is in it is what was decided on.
    Frozen,
}

/// What a decision is taken over.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The members.
    pub members: &'a [OrgId],
    /// Files of evidence.
    pub evidence: &'a Claims,
    /// Whether the round is open.
    pub stage: Stage,
}

impl Desk<'_> {
    /// A claim of a unit for a criterion.
    ///
    /// # Errors
    /// Where the round is frozen, the claim is another unit's, the criterion is scored from figures, the answer does
    /// not fit or is out of range, or a file cited does not stand.
    pub fn claim(
        &self,
        by: &Standing,
        unit: &OrgId,
        criterion: &CriterionCode,
        claimed: &Claimed,
    ) -> Result<(), Refusal> {
        let refused = refusal(unit, criterion);
        let leaf = self.leaf(unit, criterion)?;
        match by {
            Standing::Member(own) | Standing::Head(own) if own == unit => {}
            Standing::Member(_) | Standing::Head(_) | Standing::Appraiser | Standing::Council => {
                return Err(refused(MarkFault::NotYours));
            }
        }
        if leaf.is_from_figures() {
            return Err(refused(MarkFault::FromFigures));
        }
        if matches!(leaf.rule, Some(Rule::Bodies { .. })) || matches!(claimed.claim, Claim::Bodies(_)) {
            return Err(refused(MarkFault::NotYours));
        }
        answer_fits(leaf, &claimed.claim).map_err(&refused)?;
        match claimed.files.iter().find(|file| !self.evidence.stands(unit, file)) {
            Some(file) => Err(refused(MarkFault::NoSuchEvidence { file: file.to_string() })),
            None => Ok(()),
        }
    }

    /// A mark of a level over the mark below it, which is `now`.
    ///
    /// # Errors
    /// Where the round is frozen, the level is not the actor's or a unit would review itself, the mark is out of range or was made over
    /// another than the one there now, or it differs without a reason.
    pub fn review(
        &self,
        by: &Standing,
        unit: &OrgId,
        criterion: &CriterionCode,
        reviewed: &Reviewed,
        now: Number,
    ) -> Result<(), Refusal> {
        let refused = refusal(unit, criterion);
        let leaf = self.leaf(unit, criterion)?;
        let own_level = match by {
            Standing::Member(own) | Standing::Head(own) if own == unit => return Err(refused(MarkFault::NotYours)),
            Standing::Member(_) | Standing::Head(_) => Level::Peer,
            Standing::Appraiser => Level::Appraisal,
            Standing::Council => Level::Council,
        };
        if reviewed.level != own_level {
            return Err(refused(MarkFault::NotYours));
        }
        if !self.scheme.marks.contains(&reviewed.level) {
            return Err(refused(MarkFault::NoSuchLevel));
        }
        if reviewed.over != now {
            return Err(refused(MarkFault::ChangedMeanwhile { now }));
        }
        verdict_points(leaf, reviewed).map(|_| ()).map_err(refused)
    }

    /// An excuse of a unit from a criterion, or from all under a group.
    ///
    /// # Errors
    /// Where the round is frozen, the excuse comes from a member, or it has no reason.
    pub fn excuse(
        &self,
        by: &Standing,
        unit: &OrgId,
        criterion: &CriterionCode,
        excusal: &Excusal,
    ) -> Result<(), Refusal> {
        let refused = refusal(unit, criterion);
        self.open(unit, criterion)?;
        if self.scheme.criterion(criterion).is_none() {
            return Err(refused(MarkFault::NoSuchLeaf));
        }
        self.leads(by).and_then(|()| reasoned(&excusal.reason)).map_err(refused)
    }

    /// A sanction stated for a unit.
    ///
    /// # Errors
    /// Where the round is frozen, the scheme has no such sanction, it comes from a member, or it has no reason.
    pub fn state(&self, by: &Standing, unit: &OrgId, stated: &Stated) -> Result<(), Refusal> {
        let refused = |why| Refusal::BadMark { unit: unit.to_string(), criterion: stated.sanction.clone(), why };
        if self.stage == Stage::Frozen {
            return Err(refused(MarkFault::Frozen));
        }
        if !self.members.contains(unit) {
            return Err(refused(MarkFault::NotMember));
        }
        if !self.scheme.sanctions.iter().any(|sanction| sanction.code == stated.sanction) {
            return Err(refused(MarkFault::NoSuchLeaf));
        }
        self.leads(by).and_then(|()| reasoned(&stated.reason)).map_err(refused)
    }

    /// Whether figures of a member may still be exchanged for newer ones; a unit's own target is refused where it is
    /// written ([`goes_downwards`](crate::indicator::assign::goes_downwards)).
    ///
    /// # Errors
    /// Where the round is frozen.
    pub fn take_figures(&self, unit: &OrgId, criterion: &CriterionCode) -> Result<(), Refusal> {
        self.open(unit, criterion)
    }

    /// Those who lead excuse and sanction; members, the head among them, do not.
    fn leads(&self, by: &Standing) -> Result<(), MarkFault> {
        match by {
            Standing::Appraiser | Standing::Council => Ok(()),
            Standing::Member(_) | Standing::Head(_) => Err(MarkFault::NotYours),
        }
    }

    fn open(&self, unit: &OrgId, criterion: &CriterionCode) -> Result<(), Refusal> {
        let refused = refusal(unit, criterion);
        if self.stage == Stage::Frozen {
            return Err(refused(MarkFault::Frozen));
        }
        if self.members.contains(unit) { Ok(()) } else { Err(refused(MarkFault::NotMember)) }
    }

    fn leaf(&self, unit: &OrgId, criterion: &CriterionCode) -> Result<&Criterion, Refusal> {
        self.open(unit, criterion)?;
        let leaf = self.scheme.criterion(criterion).filter(|found| found.rule.is_some());
        leaf.ok_or_else(|| refusal(unit, criterion)(MarkFault::NoSuchLeaf))
    }
}

fn refusal(unit: &OrgId, criterion: &CriterionCode) -> impl Fn(MarkFault) -> Refusal + use<> {
    let (unit, criterion) = (unit.to_string(), criterion.to_string());
    move |why| Refusal::BadMark { unit: unit.clone(), criterion: criterion.clone(), why }
}

fn reasoned(reason: &str) -> Result<(), MarkFault> {
    if reason.trim().is_empty() { Err(MarkFault::NoReason) } else { Ok(()) }
}
