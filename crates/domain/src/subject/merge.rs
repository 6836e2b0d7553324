//! Two that are one (gộp): the facts stay where they are, and one stands for both until the merge is undone.

use std::collections::{BTreeMap, BTreeSet};

use super::{Details, Entered, MergeId, SubjectId};
use crate::refusal::{Refusal, SubjectFault};

/// One subject stands for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Identity.
    pub id: MergeId,
    /// Who stands for both.
    pub kept: SubjectId,
    /// Who is the same.
    pub merged: SubjectId,
    /// Who said so, when, why.
    pub entered: Entered,
    /// Who took it back, when, why.
    pub undone: Option<Entered>,
}

/// Who stands for whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    kept_of: BTreeMap<SubjectId, SubjectId>,
}

impl Groups {
    /// The groups that merges make; those taken back make none.
    pub fn of<'a>(merges: impl IntoIterator<Item = &'a Merge>) -> Self {
        let mut groups = Self::default();
        for merge in merges.into_iter().filter(|merge| merge.undone.is_none()) {
            // A second merge of one, and one that would close a circle, are refused before they are kept.
            if groups.stands_for(&merge.kept) != &merge.merged {
                groups.kept_of.entry(merge.merged.clone()).or_insert_with(|| merge.kept.clone());
            }
        }
        groups
    }

    /// Who stands for a subject; itself where it was not merged.
    pub fn stands_for<'a>(&'a self, subject: &'a SubjectId) -> &'a SubjectId {
        let mut at = subject;
        while let Some(kept) = self.kept_of.get(at) {
            at = kept;
        }
        at
    }

    /// Everyone for whom a subject stands, itself first.
    pub fn members(&self, subject: &SubjectId) -> Vec<SubjectId> {
        let mut members = vec![subject.clone()];
        members.extend(self.kept_of.keys().filter(|merged| self.stands_for(merged) == subject).cloned());
        members
    }

    /// Whether another stands for a subject.
    pub fn is_merged(&self, subject: &SubjectId) -> bool {
        self.kept_of.contains_key(subject)
    }

    /// Everyone for whom another stands.
    pub fn merged(&self) -> BTreeSet<&SubjectId> {
        self.kept_of.keys().collect()
    }
}

/// Whether two may be merged.
///
/// # Errors
/// [`SubjectFault::SameSubject`], [`SubjectFault::MergedAlready`], [`SubjectFault::DifferentKinds`], [`SubjectFault::DifferentCccd`].
pub fn merge(groups: &Groups, kept: (&SubjectId, &Details), merged: (&SubjectId, &Details)) -> Result<(), Refusal> {
    if kept.0 == merged.0 {
        return Err(Refusal::Subject(SubjectFault::SameSubject));
    }
    if groups.is_merged(kept.0) || groups.is_merged(merged.0) {
        return Err(Refusal::Subject(SubjectFault::MergedAlready));
    }
    if kept.1.kind != merged.1.kind {
        return Err(Refusal::Subject(SubjectFault::DifferentKinds));
    }
    match (&kept.1.cccd, &merged.1.cccd) {
        (Some(one), Some(two)) if one != two => Err(Refusal::Subject(SubjectFault::DifferentCccd)),
        _ => Ok(()),
    }
}
