//! Two days side by side: what changes for a subject or a list between the law of one and of the other.

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::eligibility::{Change, Prospect, changes, prospect, standing};
use thidua_domain::subject::{Details, SubjectId};
use thidua_law::answer::Answer;

use super::check::read;
use super::list::{ListAsked, answered, by_subject, gather};
use super::question::{Asked, Frame, ask, is_for, kinds, wanted};
use crate::{App, Error};

/// A subject on two days.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Whoever stands for all of it.
    pub id: SubjectId,
    /// Who it is.
    pub details: Details,
    /// The earlier day and its year.
    pub before: Frame,
    /// The later day and its year.
    pub after: Frame,
    /// Every honour that is known on one of the days.
    pub honours: Vec<ComparedOne>,
}

/// An honour on two days.
#[derive(Debug, Clone)]
pub struct ComparedOne {
    /// The honour.
    pub honour: HonourCode,
    /// The answer on the earlier day.
    pub before: Answer,
    /// The answer on the later day.
    pub after: Answer,
    /// The conditions that differ.
    pub changes: Vec<Change>,
}

/// A list on two days.
#[derive(Debug, Clone)]
pub struct ComparedList {
    /// The name of the unit.
    pub unit_name: String,
    /// The earlier day and its year.
    pub before: Frame,
    /// The later day and its year.
    pub after: Frame,
    /// How many subjects were asked about.
    pub subjects: usize,
    /// Those whose prospect differs, in the order of names.
    pub rows: Vec<ListChange>,
}

/// A subject of a list whose prospect differs.
#[derive(Debug, Clone)]
pub struct ListChange {
    /// Who.
    pub id: SubjectId,
    /// Who it is.
    pub details: Details,
    /// The first unit it belongs to.
    pub unit: Option<OrgId>,
    /// The honour.
    pub honour: HonourCode,
    /// The earlier prospect.
    pub before: Prospect,
    /// The later one.
    pub after: Prospect,
    /// The conditions that differ.
    pub changes: Vec<Change>,
}

fn frames(app: &App, asked: &Asked, other: Date) -> (Frame, Frame) {
    let first = Frame::of(app, asked);
    // One year for both: what differs is then the law alone.
    let second = Frame { on: other, ..first };
    if second.on < first.on { (second, first) } else { (first, second) }
}

/// A subject on the day asked and on another.
///
/// # Errors
/// As [`super::check`].
pub fn compare(app: &App, by: &Actor, id: &SubjectId, asked: &Asked, other: Date) -> Result<Compared, Error> {
    let (before, after) = frames(app, asked, other);
    let (book, (mut recorded, given, _, unit_kind)) =
        app.db.read(|tx| Ok::<_, Error>((app.book_in(tx, by)?, read(tx, app, by, id, after)?)))?;
    let honours = wanted(&book, asked.honour.as_ref())?;
    let kinds = kinds(&recorded.record, unit_kind.as_deref());
    let standing = standing(&given);
    let mut compared = Vec::new();
    for honour in honours.into_iter().filter(|honour| asked.honour.is_some() || is_for(honour, &kinds)) {
        let mut on = |frame| ask(&book, honour, &mut recorded.record, &kinds, frame, &standing);
        let (before, after) = (on(before), on(after));
        let is_outside = |answer: &Answer| prospect(answer) == Prospect::Outside;
        if asked.honour.is_some() || !(is_outside(&before) && is_outside(&after)) {
            let changes = changes(&before, &after);
            compared.push(ComparedOne { honour: honour.code.clone(), before, after, changes });
        }
    }
    Ok(Compared { id: recorded.id, details: recorded.details, before, after, honours: compared })
}

/// A list on the day asked and on another: those whose prospect differs.
///
/// # Errors
/// As [`super::list`].
pub fn compare_list(app: &App, by: &Actor, asked: &ListAsked, other: Date) -> Result<ComparedList, Error> {
    let (before, after) = frames(app, &asked.asked, other);
    let (book, gathered) =
        app.db.read(|tx| Ok::<_, Error>((app.book_in(tx, by)?, gather(tx, app, by, asked, after, &[])?)))?;
    let honours = wanted(&book, asked.asked.honour.as_ref())?;
    let standing = by_subject(&gathered.given);
    let mut rows = Vec::new();
    for person in gathered.people.iter().filter(|person| person.is_listed) {
        for honour in &honours {
            let on = |frame| answered(&book, person, honour, frame, &standing);
            let (Some(old), Some(new)) = (on(before), on(after)) else { continue };
            if prospect(&old) != prospect(&new) {
                rows.push(ListChange {
                    id: person.recorded.id.clone(),
                    details: person.recorded.details.clone(),
                    unit: person.recorded.units.first().cloned(),
                    honour: honour.code.clone(),
                    before: prospect(&old),
                    after: prospect(&new),
                    changes: changes(&old, &new),
                });
            }
        }
    }
    Ok(ComparedList {
        unit_name: gathered.unit_names.get(&asked.unit).cloned().unwrap_or_default(),
        before,
        after,
        subjects: gathered.people.iter().filter(|person| person.is_listed).count(),
        rows,
    })
}
