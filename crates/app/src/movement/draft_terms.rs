//! Writes the terms of a movement (soạn nội dung phát động), anew as often as needed until the launch.

use thidua_domain::Actor;
use thidua_domain::actor::{Thing, Verb};
use thidua_domain::movement::terms::{judge, judge_parent};
use thidua_domain::movement::{Act, Addressee, Terms};
use thidua_store as store;

use super::desk::{Desk, milestone, reach, tidy_lines};
use crate::permit::permit;
use crate::{App, Error};

/// Writes them.
///
/// # Errors
/// [`Error::NotFound`] where there is no such movement, launcher or parent for this actor, who must lead the movement and
/// may act in the launcher's name; what [`judge`], [`judge_parent`] and [`thidua_domain::movement::Course::judge`] refuse.
pub fn draft_terms(app: &App, by: &Actor, asked: &Terms) -> Result<Terms, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let desk = Desk::read(&mut tx, app, by)?;
    desk.permit_leading(by, &asked.movement)?;
    permit(by, Verb::ManageMovements, Thing::Unit(&asked.launcher), "unit")?;
    desk.ground.units.on(&asked.launcher, desk.today).ok_or(Error::NotFound("unit"))?;
    let terms = Terms {
        contents: tidy_lines(&asked.contents),
        criteria: tidy_lines(&asked.criteria),
        standards: tidy_lines(&asked.standards),
        addressees: Addressee::ALL.into_iter().filter(|known| asked.addressees.contains(known)).collect(),
        ..asked.clone()
    };
    judge(&terms)?;
    if let Some(parent) = &terms.parent {
        desk.movement(parent)?;
        judge_parent(&terms.movement, parent, &desk.parents())?;
    }
    let course = desk.course_of(&terms.movement);
    course.judge(Act::Draft)?;

    store::movement::course::put_terms(&mut tx, &by.scope.tenant, &terms)?;
    let to = terms.to.map(|day| day.to_string()).unwrap_or_default();
    let detail = format!("{} {}..{to}, {} contents", terms.launcher, terms.from, terms.contents.len());
    reach(&mut tx, by, &course, &milestone(by, Act::Draft, None, "", desk.now), &detail)?;
    tx.commit()?;
    Ok(terms)
}
