//! The papers of a movement, from the same rows as its pages: the plan that launches it, a unit's pledge, a review's report.

use thidua_base::Number;
use thidua_base::code::{MovementCode, OrgId};
use thidua_domain::actor::Scope;
use thidua_domain::movement::{Act, Phase, PledgeState};
use thidua_domain::{Actor, Origin};
use thidua_paper::tree::Document;
use thidua_report::movement::{self as papers, PlanOf, PledgeOf, ReviewOf, ReviewRow, TargetLine, TitleLine};
use thidua_report::official::{Signature, Stamp};
use thidua_store as store;

use super::desk::Desk;
use super::figures::TargetSeen;
use super::launch::candidates;
use super::titles::TitleTally;
use crate::paper::issuer;
use crate::{App, Error};

/// The plan that launches a movement. Before the launch it is a draft, for who leads the movement only.
///
/// # Errors
/// [`Error::NotFound`] where there is no movement of that code with terms, or it is not launched and the actor does not lead
/// it.
pub fn plan_paper(app: &App, by: &Actor, code: &MovementCode) -> Result<Document, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by)?;
        let movement = desk.movement(code)?;
        let course = desk.course_of(code);
        let terms = desk.terms_of(code).ok_or(Error::NotFound("movement"))?;
        let launched_on = course.launched_on();
        if launched_on.is_none() && !desk.leads(by, movement) {
            return Err(Error::NotFound("movement"));
        }
        let dated = launched_on.unwrap_or(desk.today);
        let (house, signature) = issuer(tx, by, &desk.ground, &terms.launcher, dated)?;
        let launched =
            desk.calls.iter().filter(|call| call.movement == *code).map(|call| (&call.unit, call.register_by));
        let mut units: Vec<_> = launched.map(|(unit, until)| (desk.name(unit), until)).collect();
        if course.phase() == Phase::Drafted {
            let may = candidates(&desk, by, &terms.launcher);
            units = may.iter().map(|unit| (desk.name(unit), terms.register_by)).collect();
        }
        units.sort_by(|a, b| thidua_base::text::collate(&a.0, &b.0));
        let basis = match &movement.launched_by {
            Some(id) => {
                let book = app.book_in(tx, by)?;
                let known = crate::instrument::citable(tx, &book)?;
                known.iter().find(|instrument| instrument.id == *id).map(|known| known.cited_full()).unwrap_or_default()
            }
            None => String::new(),
        };
        let parent = terms.parent.as_ref().and_then(|code| desk.movements.iter().find(|known| known.code == *code));
        let paper = papers::plan(PlanOf {
            house,
            signature,
            dated,
            movement,
            terms,
            launcher: &desk.ground.units.name_on(&terms.launcher, dated),
            parent,
            basis,
            units,
            stamps: stamps(launched_on.is_none(), movement.provenance.origin == Origin::Sample),
        });
        Ok(paper.document())
    })
}

/// The pledge of a unit: as it is signed, or a draft of it.
///
/// # Errors
/// [`Error::NotFound`] as for [`super::pledge`], and where nothing is registered.
pub fn pledge_paper(app: &App, by: &Actor, code: &MovementCode, unit: &OrgId) -> Result<Document, Error> {
    app.db.read(|tx| {
        let seen = super::pledge::seen(tx, app, by, code, unit)?;
        let promise = seen.pledge.promise().ok_or(Error::NotFound("registration"))?;
        let desk = Desk::read(tx, app, by)?;
        let signed = seen.pledge.signature();
        let signed_on = signed.map(|event| event.at.date_in_vietnam());
        let dated = signed_on.unwrap_or(desk.today);
        let (house, signs) = issuer(tx, by, &desk.ground, unit, dated)?;
        let signature = match signed {
            Some(event) => Signature { authority: vec![event.position.to_uppercase()], signer: Some(event.by.clone()) },
            None => signs,
        };
        let launcher = seen.terms.as_ref().map(|terms| desk.ground.units.name_on(&terms.launcher, dated));
        // What is signed are the figures registered; what was reached since is none of its business.
        let is_sample = seen.movement.provenance.origin == Origin::Sample;
        let paper = papers::pledge(PledgeOf {
            house,
            signature,
            signed_on,
            dated,
            movement: &seen.movement,
            launcher: launcher.as_deref().unwrap_or_default(),
            unit: &desk.ground.units.name_on(unit, dated),
            text: &promise.text,
            titles: seen.titles.iter().map(super::titles::TitleSeen::name).collect(),
            targets: seen.targets.iter().map(|target| line(String::new(), target)).collect(),
            stamps: stamps(seen.pledge.state() != PledgeState::Signed, is_sample),
        });
        Ok(paper.document())
    })
}

/// The report of a review: of what was concluded, or a draft before it. It names every unit, so it is for who leads the
/// movement.
///
/// # Errors
/// [`Error::NotFound`] where there is no such review, or the actor does not lead the movement.
pub fn review_paper(app: &App, by: &Actor, code: &MovementCode, number: i64) -> Result<Document, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by)?;
        let movement = desk.permit_leading(by, code)?;
        let terms = desk.terms_of(code).ok_or(Error::NotFound("movement"))?;
        let course = desk.course_of(code);
        let seen = super::review::seen(tx, app, by, code, number)?;
        let ended =
            course.milestones.iter().filter(|known| matches!(known.act, Act::ConcludeInterim | Act::ConcludeFinal));
        let place = usize::try_from(number - 1).map_err(|_| Error::NotFound("review"))?;
        let ended = ended.map(|known| known.day.unwrap_or(desk.today)).nth(place);
        let dated = ended.unwrap_or(desk.today);
        let (house, signature) = issuer(tx, by, &desk.ground, &terms.launcher, dated)?;
        let whole = Scope::whole(by.scope.tenant.clone());
        let pledges = store::movement::pledge::pledges(tx, &whole, Some(code))?;
        let count = |wanted: &[PledgeState]| pledges.iter().filter(|pledge| wanted.contains(&pledge.state())).count();
        let name = |unit: &OrgId| {
            let row = seen.rows.iter().find(|row| row.unit == *unit);
            row.map_or_else(|| unit.to_string(), |row| row.name.clone())
        };
        let is_sample = movement.provenance.origin == Origin::Sample
            || seen.targets.iter().any(|(_, target)| target.origin == Some(Origin::Sample))
            || seen.titles.iter().any(|title| title.has_sample);
        let paper = papers::review(ReviewOf {
            house,
            signature,
            dated,
            movement,
            launcher: &desk.ground.units.name_on(&terms.launcher, dated),
            launched_on: course.launched_on(),
            round: &seen.round,
            registered: count(&[PledgeState::Registered, PledgeState::Signed]),
            signed: count(&[PledgeState::Signed]),
            rows: seen
                .rows
                .iter()
                .map(|row| ReviewRow { unit: &row.name, standing: row.standing, answer: row.answer.as_ref() })
                .collect(),
            titles: seen.titles.iter().map(title).collect(),
            targets: seen.targets.iter().map(|(unit, target)| line(name(unit), target)).collect(),
            stamps: stamps(seen.round.conclusion.is_none(), is_sample),
        });
        Ok(paper.document())
    })
}

fn stamps(is_draft: bool, is_sample: bool) -> Vec<Stamp> {
    [(is_draft, Stamp::Draft), (is_sample, Stamp::Sample)]
        .into_iter()
        .filter_map(|(is, stamp)| is.then_some(stamp))
        .collect()
}

fn title(tally: &TitleTally) -> TitleLine {
    TitleLine {
        name: tally.name.clone(),
        registered: tally.registered,
        reached: tally.reached,
        collectives: tally.collectives,
        persons: tally.persons,
    }
}

fn line(unit: String, seen: &TargetSeen) -> TargetLine {
    let shown = |number: Option<Number>| number.map(Number::vi).unwrap_or_default();
    TargetLine {
        unit,
        indicator: seen.indicator.name.clone(),
        measure: seen.indicator.measure.clone(),
        period: seen.target.period.in_words(),
        assigned: shown(seen.target.assigned),
        promised: seen.target.value.vi(),
        actual: shown(seen.actual),
        outturn: seen.outturn,
    }
}
