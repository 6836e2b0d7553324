//! What is counted or added up in a pack must come out as the printed paper states it.
//!
//! Sample rows are made up one by one but never as a whole: their total is a printed fact. Figures that the pack
//! holds as such are not asked here, because the paper may be wrong about them and the checker says so.

use std::fmt::Display;

use thidua_base::number::percent;
use thidua_base::{Number, Percent};
use thidua_domain::Refusal;
use thidua_domain::indicator::standard::count_on;
use thidua_domain::indicator::{Figures, TreeRule};
use thidua_domain::refusal::PackFault;
use thidua_report::printed::{AgainstKind, PrintedAgainst, PrintedFigure};

use super::Pack;
use super::files::broken;

/// Refuses the first printed total that the rows do not give.
pub(super) fn check(pack: &Pack) -> Result<(), Refusal> {
    let figures = pack.figures();
    for printed in pack.printed.figures.iter().filter(|printed| !printed.value.is_empty()) {
        rolled_up(pack, &figures, printed)?;
        population(pack, printed)?;
        awards(pack, printed)?;
    }
    Ok(())
}

impl Pack {
    /// Readings and plans with the territory of the pack's day.
    pub(super) fn figures(&self) -> Figures {
        let edges: Vec<_> =
            self.edges.iter().filter(|edge| edge.tree.as_str() == thidua_domain::org::TERRITORY).cloned().collect();
        Figures::new(&self.indicators, &self.readings, &self.plans, &self.plan_values, &edges, self.head.dated)
    }
}

/// A figure made up of the units below.
fn rolled_up(pack: &Pack, figures: &Figures, printed: &PrintedFigure) -> Result<(), Refusal> {
    let made_up = |rule: &TreeRule| match rule {
        TreeRule::Sum | TreeRule::CountPositive(_) => true,
        TreeRule::Own | TreeRule::Quotient(_, _) => false,
    };
    let defined = pack.indicators.iter().find(|indicator| indicator.code.as_str() == printed.subject);
    let Some(indicator) = defined.filter(|indicator| made_up(&indicator.tree_rule)) else { return Ok(()) };
    let Ok(total) = Number::parse_vi(&printed.value) else { return Ok(()) };
    let fault = |sum: String| does_not_add_up("readings.csv", indicator.code.as_str(), &sum, &total.vi());
    let actual = figures
        .actual(&indicator.code, &pack.head.unit, pack.report.report.period)
        .map_err(|error| fault(error.to_string()))?;
    match actual.value {
        Some(sum) if sum == total => Ok(()),
        Some(sum) => Err(fault(sum.vi())),
        None => Err(fault("nothing".to_owned())),
    }
}

/// A count of members of a standard, where its population or share was printed with it.
fn population(pack: &Pack, printed: &PrintedFigure) -> Result<(), Refusal> {
    let Some(standard) = pack.standards.iter().find(|standard| standard.code.as_str() == printed.subject) else {
        return Ok(());
    };
    let cut_off = pack.report.report.period.last_day();
    let count = count_on(&standard.code, &pack.members, &pack.recognitions, cut_off);
    for against in &printed.against {
        let (sum, total) = match against.kind {
            AgainstKind::NOfM => (format!("{}/{}", count.reached.len(), count.population), against.number.clone()),
            AgainstKind::Share => (
                format!("{} ({})", count.reached.len(), share(count.reached.len(), count.population, against)),
                format!("{} ({})", printed.value, against.number),
            ),
            AgainstKind::Plan
            | AgainstKind::Prior
            | AgainstKind::Growth
            | AgainstKind::Delta
            | AgainstKind::ShareChange
            | AgainstKind::Total
            | AgainstKind::Met => continue,
        };
        if sum != total {
            return Err(does_not_add_up("recognitions.csv", standard.code.as_str(), &sum, &total));
        }
    }
    Ok(())
}

/// The share of a count at the precision printed.
fn share(reached: usize, population: usize, against: &PrintedAgainst) -> String {
    let whole = |n: usize| i64::try_from(n).ok().map(Number::whole);
    let decimals = Number::parse_vi(&against.number).map_or(0, Number::scale);
    match whole(reached).zip(whole(population)).and_then(|(a, b)| percent(a, b, decimals).ok()) {
        Some(Percent::Of(share)) => share.vi(),
        Some(Percent::NoBase | Percent::NegativeBase) | None => String::new(),
    }
}

/// The number of awards of an honour in the period.
fn awards(pack: &Pack, printed: &PrintedFigure) -> Result<(), Refusal> {
    let period = pack.report.report.period;
    let count = pack
        .awards
        .iter()
        .filter(|award| award.honour.as_str() == printed.subject)
        .filter(|award| period.first_day() <= award.decided_on && award.decided_on <= period.last_day())
        .count();
    let is_honour = pack.awards.iter().any(|award| award.honour.as_str() == printed.subject);
    if is_honour && Number::parse_vi(&printed.value).ok() != i64::try_from(count).ok().map(Number::whole) {
        return Err(does_not_add_up("awards.csv", &printed.subject, &count, &printed.value));
    }
    Ok(())
}

fn does_not_add_up(file: &str, key: &str, sum: &impl Display, total: &impl Display) -> Refusal {
    broken(file, 0, key, PackFault::DoesNotAddUp { sum: sum.to_string(), total: total.to_string() })
}
