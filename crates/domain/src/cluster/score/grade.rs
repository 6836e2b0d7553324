//! The grade of a sheet: by its total, then what each grade asks, then what bars or lowers it.

use thidua_base::Number;
use thidua_base::number::BadNumber;

use super::claim::count_of;
use super::sheet::ScoreSheet;
use super::total::Tree;
use crate::cluster::exact::{Exact, hundredth};
use crate::cluster::review::Reviews;
use crate::cluster::scheme::{Condition, Effect, GradeAt, Part, Sanction, Scheme};

/// What a total is worth, before any quota.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graded {
    /// The grade by points alone; `None` where the scheme does not classify.
    pub by_points: Option<String>,
    /// The grade that holds.
    pub grade: Option<String>,
    /// Conditions that kept it from a better one, by their place in the scheme, each with what there was.
    pub failed: Vec<Lowered>,
    /// Sanctions that fell.
    pub fallen: Vec<Fallen>,
}

/// A condition that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lowered {
    /// The condition, by its place in the scheme.
    pub condition: usize,
    /// The criterion that falls short, by its place.
    pub criterion: usize,
    /// What there was: percent, or how many.
    pub had: Number,
}

/// A sanction that fell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallen {
    /// Its code.
    pub sanction: String,
    /// How often.
    pub times: i64,
    /// The penalty it follows from, by its place; `None` where it was stated.
    pub by: Option<usize>,
    /// The reason stated; empty where a penalty brought it.
    pub reason: String,
}

/// The grade of a sheet whose total is ready.
pub(super) fn graded(scheme: &Scheme, tree: &Tree, sheet: &ScoreSheet, reviews: &Reviews) -> Result<Graded, BadNumber> {
    let by_total = |from: GradeAt| match from {
        GradeAt::Total(least) => sheet.total.points >= least,
        GradeAt::Rest => true,
    };
    let fallen = fallen(scheme, sheet, reviews);
    let Some(by_points) = scheme.grades.iter().position(|grade| by_total(grade.from)) else {
        return Ok(Graded { fallen, ..Graded::default() });
    };
    let lowest = scheme.grades.len() - 1;
    let mut place = by_points;
    let mut failed = Vec::new();
    while place < lowest {
        let here = unmet(scheme, tree, sheet, place)?;
        if here.is_empty() {
            break;
        }
        failed.extend(here);
        place += 1;
    }
    let effects: Vec<&Effect> = fallen.iter().filter_map(|one| effect(scheme, one)).collect();
    for effect in &effects {
        if let Effect::AtMost(grade) = effect {
            place = place.max(scheme.grade_place(grade).unwrap_or(place));
        }
    }
    for effect in &effects {
        match effect {
            Effect::OneLower => place = (place + 1).min(lowest),
            Effect::Lowest => place = lowest,
            Effect::AtMost(_) => {}
        }
    }
    let code = |place: usize| scheme.grades.get(place).map(|grade| grade.code.clone());
    Ok(Graded { by_points: code(by_points), grade: code(place), failed, fallen })
}

fn effect<'a>(scheme: &'a Scheme, fallen: &Fallen) -> Option<&'a Effect> {
    let sanction = scheme.sanctions.iter().find(|sanction| sanction.code == fallen.sanction)?;
    Some(if fallen.times > 1 { sanction.repeated.as_ref().unwrap_or(&sanction.effect) } else { &sanction.effect })
}

fn fallen(scheme: &Scheme, sheet: &ScoreSheet, reviews: &Reviews) -> Vec<Fallen> {
    let mut fallen: Vec<Fallen> = Vec::new();
    for (place, leaf) in scheme.leaves() {
        let (Some(named), Some(line)) = (&leaf.sanction, sheet.lines.get(place)) else { continue };
        if line.points.is_zero() {
            continue;
        }
        let times = count_of(line.why_counted()).map_or(1, |count| count.rounded(0).digits().max(1));
        fallen.push(Fallen { sanction: named.clone(), times, by: Some(place), reason: String::new() });
    }
    let known = |code: &str| scheme.sanctions.iter().any(|sanction: &Sanction| sanction.code == code);
    let stated = reviews.stated.get(&sheet.unit).map_or(&[][..], Vec::as_slice);
    for one in stated.iter().filter(|one| known(&one.sanction)) {
        match fallen.iter_mut().find(|before| before.sanction == one.sanction && before.by.is_none()) {
            Some(before) => before.times += 1,
            None => {
                fallen.push(Fallen { sanction: one.sanction.clone(), times: 1, by: None, reason: one.reason.clone() })
            }
        }
    }
    fallen
}

/// The conditions of a grade that a sheet does not meet.
fn unmet(scheme: &Scheme, tree: &Tree, sheet: &ScoreSheet, grade: usize) -> Result<Vec<Lowered>, BadNumber> {
    let Some(grade) = scheme.grades.get(grade) else { return Ok(Vec::new()) };
    let mut unmet = Vec::new();
    let asked = scheme.conditions.iter().enumerate().filter(|(_, condition)| condition.grade() == grade.code);
    for (condition, asks) in asked {
        match asks {
            Condition::Share { of, least, .. } => {
                let Some(criterion) = scheme.place(of) else { continue };
                unmet.extend(below_share(sheet, condition, criterion, *least)?);
            }
            Condition::Each { least, .. } => {
                for criterion in tree.tops(scheme, Part::Content) {
                    unmet.extend(below_share(sheet, condition, criterion, *least)?);
                }
            }
            Condition::Count { of, least, .. } => {
                let Some(criterion) = scheme.place(of) else { continue };
                let line = sheet.lines.get(criterion);
                let had = line.and_then(|line| count_of(line.why_counted())).unwrap_or(Number::whole(0));
                if had < *least {
                    unmet.push(Lowered { condition, criterion, had });
                }
            }
        }
    }
    Ok(unmet)
}

fn below_share(
    sheet: &ScoreSheet,
    condition: usize,
    criterion: usize,
    least: Number,
) -> Result<Option<Lowered>, BadNumber> {
    let Some(line) = sheet.lines.get(criterion) else { return Ok(None) };
    let Some(max) = line.max.filter(|max| !max.is_zero()) else { return Ok(None) };
    let rate = Exact::of(line.points).over(Exact::of(max))?.unwrap_or(Exact::ONE);
    if rate >= hundredth(least)? {
        return Ok(None);
    }
    let had = rate.times(Exact::of(Number::whole(100)))?.shown(2)?;
    Ok(Some(Lowered { condition, criterion, had }))
}
