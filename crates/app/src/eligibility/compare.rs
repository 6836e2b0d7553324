//! Two days side by side: what changes for a subject or a list between the law of one and of the other.

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::eligibility::{Change, Prospect, changes, prospect, prospect_of, standing};
use thidua_domain::subject::{Details, SubjectId};
use thidua_law::answer::Answer;

use super::check::read;
use super::list::{ListAsked, Part, answered, by_subject, gather};
use super::many::{Many, Stands};
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
    /// Of how many of them a prospect differs.
    pub touched: usize,
    /// Those whose prospect differs, in the order of names; of a part, the rows of that part.
    pub rows: Vec<ListChange>,
    /// How many rows the part was taken from.
    pub of: usize,
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
    let book = app.book(by)?;
    let honours = wanted(&book, asked.honour.as_ref())?;
    let (mut recorded, given, _, unit_kind) = app.db.read(|tx| read(tx, app, by, id, after))?;
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
    compare_list_part(app, by, asked, other, Part::ALL)
}

/// [`compare_list`] with a part of the rows; the group of the part is not looked at.
///
/// # Errors
/// As [`super::list`].
pub fn compare_list_part(
    app: &App,
    by: &Actor,
    asked: &ListAsked,
    other: Date,
    part: Part,
) -> Result<ComparedList, Error> {
    let (before, after) = frames(app, &asked.asked, other);
    let book = app.book(by)?;
    let honours = wanted(&book, asked.asked.honour.as_ref())?;
    let gathered = app.db.read(|tx| gather(tx, app, by, asked, after, &[]))?;
    let standing = by_subject(&gathered.people.given);
    let many = Many::of(&gathered);
    let both: Vec<_> = honours
        .into_iter()
        .map(|honour| (honour, Stands::of(&book, honour, before), Stands::of(&book, honour, after)))
        .collect();
    let mut differing = Vec::new();
    let (mut subjects, mut touched) = (0, 0);
    for (at, _) in gathered.persons().enumerate().filter(|(_, person)| person.is_listed) {
        let from = differing.len();
        for (honour, old, new) in &both {
            let place = |stands, frame: Frame| Some(prospect_of(&many.stand(stands, at, &standing)?, frame.year));
            if let Some((old, new)) = place(old, before).zip(place(new, after)).filter(|(old, new)| old != new) {
                differing.push((at, *honour, old, new));
            }
        }
        subjects += 1;
        touched += usize::from(differing.len() > from);
    }
    let of = differing.len();
    let rows = differing.into_iter().skip(part.start(of)).take(part.most).map(|(at, honour, old, new)| {
        let person = gathered.person(at);
        let on = |frame| answered(&book, person, honour, frame, &standing);
        ListChange {
            id: person.recorded.id.clone(),
            details: person.recorded.details.clone(),
            unit: person.recorded.units.first().cloned(),
            honour: honour.code.clone(),
            before: old,
            after: new,
            changes: on(before).zip(on(after)).map(|(old, new)| changes(&old, &new)).unwrap_or_default(),
        }
    });
    let rows = rows.collect();
    let unit_name = gathered.unit_names.get(&asked.unit).cloned().unwrap_or_default();
    Ok(ComparedList { unit_name, before, after, subjects, touched, rows, of })
}
