//! Standards reached: n of m of each, and one standard's register member by member.

use thidua_base::code::StandardCode;
use thidua_base::number::percent;
use thidua_base::{Date, Number, Percent};
use thidua_domain::Actor;
use thidua_domain::indicator::standard::{Member, Recognition, Standard, count_on};
use thidua_domain::org::holds;
use thidua_store as store;

use crate::{App, Error};

/// A standard counted on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardCount {
    /// The standard.
    pub standard: Standard,
    /// Members that hold it (n).
    pub reached: usize,
    /// Members of its population (m).
    pub population: usize,
    /// n of m in percent, rounded as the standard says.
    pub share: Percent,
}

/// A standard member by member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardRegister {
    /// The count.
    pub count: StandardCount,
    /// The day counted on: the last of the period.
    pub day: Date,
    /// Members of the population by name, each with its last event up to that day.
    pub members: Vec<(Member, Option<Recognition>)>,
}

/// Reads one standard's register.
pub fn standard(app: &App, by: &Actor, code: &StandardCode) -> Result<StandardRegister, Error> {
    app.db.read(|tx| {
        let standards = store::standard::standards(tx, &by.scope)?;
        let members = store::standard::members(tx, &by.scope)?;
        let recognitions = store::standard::recognitions(tx, &by.scope)?;
        let ground = app.ground(tx, &by.scope)?;
        let day = crate::org::standing::of(tx, app, by, &ground.units)?.period.last_day();
        let standard = standards.iter().find(|s| s.code == *code).ok_or(Error::NotFound("standard"))?;
        let mut listed: Vec<(Member, Option<Recognition>)> = members
            .iter()
            .filter(|member| member.standard == *code && holds(member.valid_from, member.valid_to, day))
            .map(|member| (member.clone(), last_event(member, &recognitions, day).cloned()))
            .collect();
        listed.sort_by(|(a, _), (b, _)| thidua_base::text::collate(&a.name, &b.name));
        Ok(StandardRegister { count: counted(standard, &members, &recognitions, day), day, members: listed })
    })
}

/// Every standard counted on a day, in list order.
pub(crate) fn counts(
    standards: &[Standard],
    members: &[Member],
    recognitions: &[Recognition],
    day: Date,
) -> Vec<StandardCount> {
    let mut sorted: Vec<&Standard> = standards.iter().collect();
    sorted.sort_by_key(|standard| (standard.ordinal, standard.code.clone()));
    sorted.into_iter().map(|standard| counted(standard, members, recognitions, day)).collect()
}

fn counted(standard: &Standard, members: &[Member], recognitions: &[Recognition], day: Date) -> StandardCount {
    let count = count_on(&standard.code, members, recognitions, day);
    let whole = |n: usize| Number::whole(i64::try_from(n).expect("a population is smaller than 2^63"));
    let reached = count.reached.len();
    let share = percent(whole(reached), whole(count.population), standard.percent_decimals)
        .expect("the share of a part in its whole is at most 100");
    StandardCount { standard: standard.clone(), reached, population: count.population, share }
}

fn last_event<'a>(member: &Member, recognitions: &'a [Recognition], day: Date) -> Option<&'a Recognition> {
    recognitions.iter().filter(|event| event.member == member.id && event.on <= day).max_by_key(|event| event.on)
}
