//! Many at once: the outcome of everyone of a list for an honour, by the executor that runs over columns. It says the
//! same as the explained answer, and says no reasons.

use std::borrow::Cow;

use thidua_domain::eligibility::{GivenAnswer, for_question};
use thidua_law::answer::{LawDate, Question, Verdict};
use thidua_law::batch::{BatchAnswer, run};
use thidua_law::honour::Honour;
use thidua_law::plan::Plan;
use thidua_law::population::Population;
use thidua_law::stand::{Asked, Stand};
use thidua_law::vocabulary::{Confidence, SubjectKind};
use thidua_law::{Book, Record};

use super::list::{Gathered, Standing};
use super::question::{Frame, kinds};
use crate::subject::Recorded;

/// How one of a list stands, as far as it was judged without reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// The honour is not for them, or has no law.
    Outside,
    /// Barred, open or entitled.
    By(Verdict),
    /// A transition clause stands between: each has to be asked alone.
    Unsaid,
}

/// The people of a list as records by kind of subject, made once for all honours.
pub(super) struct Many<'a> {
    people: Vec<&'a Recorded>,
    /// The kinds of each person, the first first.
    kinds: Vec<Vec<SubjectKind>>,
    /// For each kind, who can be asked as it.
    by_kind: Vec<(SubjectKind, Vec<usize>)>,
    answer: BatchAnswer,
}

/// An honour asked of many, as each kind of subject it is for: the law is found once.
pub(super) struct Stands<'b> {
    book: &'b Book,
    asked: Vec<Asked<'b>>,
}

impl<'b> Stands<'b> {
    /// An honour on a day.
    pub fn of(book: &'b Book, honour: &Honour, frame: Frame) -> Self {
        let asked = honour.subjects.iter().map(|kind| book.asked(frame.question(&honour.code, *kind))).collect();
        Self { book, asked }
    }

    /// As the first of its kinds that the honour is for.
    fn as_one_of(&self, kinds: &[SubjectKind]) -> Option<&Asked<'b>> {
        kinds.iter().find_map(|kind| self.asked.iter().find(|asked| asked.question().subject == *kind))
    }
}

impl<'a> Many<'a> {
    /// The people of a list.
    pub fn of(gathered: &'a Gathered) -> Self {
        let people = gathered.persons().map(|person| person.recorded).collect();
        let kinds: Vec<Vec<SubjectKind>> =
            gathered.persons().map(|person| kinds(&person.recorded.record, person.unit_kind)).collect();
        let mut by_kind: Vec<(SubjectKind, Vec<usize>)> = Vec::new();
        for (at, kinds) in kinds.iter().enumerate() {
            for kind in kinds {
                match by_kind.iter_mut().find(|row| row.0 == *kind) {
                    Some(row) => row.1.push(at),
                    None => by_kind.push((*kind, vec![at])),
                }
            }
        }
        Self { people, kinds, by_kind, answer: BatchAnswer::default() }
    }

    /// The record of one of them with the answers that count for a question.
    fn record<'p>(
        &self,
        at: usize,
        standing: &Standing<'_>,
        plan: impl FnOnce() -> Option<&'p Plan>,
        question: &Question,
    ) -> Cow<'a, Record> {
        let recorded = self.people[at];
        if standing.is_empty() {
            return Cow::Borrowed(&recorded.record);
        }
        let own: Vec<&GivenAnswer> =
            recorded.members.iter().filter_map(|id| standing.get(id)).flatten().copied().collect();
        if own.is_empty() {
            return Cow::Borrowed(&recorded.record);
        }
        Cow::Owned(Record { answers: for_question(&own, plan(), question), ..recorded.record.clone() })
    }

    /// How one of them stands, without reasons; `None` where the honour is not for them at all.
    pub fn stand(&self, stands: &Stands<'_>, at: usize, standing: &Standing<'_>) -> Option<Stand> {
        let asked = stands.as_one_of(&self.kinds[at])?;
        let question = asked.question();
        let plan = || stands.book.plan(&question.honour, question.subject, asked.law_date().day);
        Some(asked.of(&self.record(at, standing, plan, question)))
    }

    /// The law by which one of them is judged.
    pub fn law_date(&self, stands: &Stands<'_>, at: usize) -> Option<LawDate> {
        stands.as_one_of(&self.kinds[at]).map(|asked| asked.law_date().clone())
    }

    /// How each stands to an honour, in the order of the list.
    pub fn judge(&mut self, book: &Book, honour: &Honour, frame: Frame, standing: &Standing<'_>) -> Vec<Judged> {
        let mut judged = vec![Judged::Outside; self.kinds.len()];
        let by_kind = std::mem::take(&mut self.by_kind);
        let mut answer = std::mem::take(&mut self.answer);
        for (kind, who) in by_kind.iter().filter(|(kind, _)| honour.subjects.contains(kind)) {
            let question = frame.question(&honour.code, *kind);
            let (law, better) = book.law_date(&question);
            let is_plain = law.confidence == Confidence::TextSeen && !(better && law.day != frame.on);
            let kinds = &self.kinds;
            let fits = |at: usize| kinds[at].iter().find(|kind| honour.subjects.contains(kind)) == Some(kind);
            if !is_plain {
                who.iter().filter(|at| fits(**at)).for_each(|at| judged[*at] = Judged::Unsaid);
                continue;
            }
            let Some(plan) = book.plan(&honour.code, *kind, law.day) else { continue };
            let records: Vec<Cow<'_, Record>> =
                who.iter().map(|at| self.record(*at, standing, || Some(plan), &question)).collect();
            let population = Population::of_records(plan, &question, &records);
            run(plan, &population, &question, &mut answer);
            for (number, at) in who.iter().enumerate().filter(|(_, at)| fits(**at)) {
                let verdict = if plan.unread.is_some() { Verdict::AskHuman } else { answer.outcome(number) };
                judged[*at] = Judged::By(verdict);
            }
        }
        (self.by_kind, self.answer) = (by_kind, answer);
        judged
    }
}
