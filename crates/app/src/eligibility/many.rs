//! Many at once: the outcome of everyone of a list for an honour, by the executor that runs over columns. It says the
//! same as the explained answer, and says no reasons.

use thidua_domain::eligibility::{GivenAnswer, for_question};
use thidua_law::answer::Verdict;
use thidua_law::batch::{BatchAnswer, run};
use thidua_law::honour::Honour;
use thidua_law::population::Population;
use thidua_law::vocabulary::{Confidence, SubjectKind};
use thidua_law::{Book, Record};

use super::list::{Gathered, Standing};
use super::question::{Frame, kinds};

/// How one of a list stands, as far as it was judged without reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// The honour is not for them, or has no law.
    Outside,
    /// Barred, open or entitled.
    By(Verdict),
    /// A transition clause stands between: only the explained answer can say.
    Unsaid,
}

/// The people of a list as records by kind of subject, made once for all honours.
pub(super) struct Many {
    /// The kinds of each person, the first first.
    kinds: Vec<Vec<SubjectKind>>,
    /// For each kind, who can be asked as it, and their records.
    by_kind: Vec<(SubjectKind, Vec<usize>, Vec<Record>)>,
    answer: BatchAnswer,
}

impl Many {
    /// The people of a list.
    pub fn of(gathered: &Gathered) -> Self {
        let kinds: Vec<Vec<SubjectKind>> =
            gathered.people.iter().map(|person| kinds(&person.recorded.record, person.unit_kind.as_deref())).collect();
        let mut by_kind: Vec<(SubjectKind, Vec<usize>, Vec<Record>)> = Vec::new();
        for (at, person) in gathered.people.iter().enumerate() {
            for kind in &kinds[at] {
                let record = Record { subject: *kind, ..person.recorded.record.clone() };
                match by_kind.iter_mut().find(|row| row.0 == *kind) {
                    Some(row) => {
                        row.1.push(at);
                        row.2.push(record);
                    }
                    None => by_kind.push((*kind, vec![at], vec![record])),
                }
            }
        }
        Self { kinds, by_kind, answer: BatchAnswer::default() }
    }

    /// How each stands to an honour, in the order of the list.
    pub fn judge(
        &mut self,
        book: &Book,
        gathered: &Gathered,
        honour: &Honour,
        frame: Frame,
        standing: &Standing<'_>,
    ) -> Vec<Judged> {
        let mut judged = vec![Judged::Outside; self.kinds.len()];
        let kinds = &self.kinds;
        let fits = |at: usize| kinds[at].iter().find(|kind| honour.subjects.contains(kind)).copied();
        for (kind, who, records) in &mut self.by_kind {
            if !honour.subjects.contains(kind) {
                continue;
            }
            let question = frame.question(&honour.code, *kind);
            let (law, better) = book.law_date(&question);
            let is_plain = law.confidence == Confidence::TextSeen && !(better && law.day != frame.on);
            let mut put = |number: usize, one: Judged| {
                let at = who[number];
                if fits(at) == Some(*kind) {
                    judged[at] = one;
                }
            };
            if !is_plain {
                (0..who.len()).for_each(|number| put(number, Judged::Unsaid));
                continue;
            }
            let Some(plan) = book.plan(&honour.code, *kind, law.day) else { continue };
            for (number, record) in records.iter_mut().enumerate() {
                let members = &gathered.people[who[number]].recorded.members;
                let own: Vec<&GivenAnswer> =
                    members.iter().filter_map(|id| standing.get(id)).flatten().copied().collect();
                record.answers = if own.is_empty() { Vec::new() } else { for_question(&own, Some(plan), &question) };
            }
            let population = Population::of_records(plan, &question, records);
            run(plan, &population, &question, &mut self.answer);
            for number in 0..who.len() {
                let verdict = if plan.unread.is_some() { Verdict::AskHuman } else { self.answer.outcome(number) };
                put(number, Judged::By(verdict));
            }
        }
        judged
    }
}
