//! Indicators behind the pace of the year, computed: what a typed list of limits tends to leave out.

use thidua_base::{Number, Percent};
use thidua_domain::indicator::cell_key;
use thidua_domain::indicator::compare::{Pace as Standing, against};
use thidua_domain::indicator::{Indicator, Plan, PlanNaming, PlanValue};
use thidua_paper::tree::{Block, Inline, Marker};
use thidua_prose::write::Clause;

use crate::writing::{Unfillable, Writing, bind};

/// An indicator that lies behind the pace of the year against a plan.
#[derive(Debug, Clone)]
pub struct Behind<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The plan it is held against.
    pub plan: &'a Plan,
    /// The assigned figure.
    pub assigned: &'a PlanValue,
    /// Percentage of the annual plan.
    pub percent: Number,
}

/// What was held against the pace of the year, and what lies behind it.
#[derive(Debug, Clone)]
pub struct Pace<'a> {
    /// The lines behind, weakest first.
    pub behind: Vec<Behind<'a>>,
    /// Every stored value that was compared: whether a line stands here depends on all of them.
    pub compared: Vec<String>,
}

/// Every indicator of the reporting unit behind the pace, weakest first; one line a plan.
///
/// Only annual plans of indicators that should rise have a pace; an incomplete sum has none.
pub fn behind_pace<'a>(writing: &'a Writing) -> Pace<'a> {
    let data = writing.data;
    let (unit, period) = (&data.report.unit, data.period());
    let mut out = Vec::new();
    let mut compared = Vec::new();
    for indicator in writing.figures.indicators() {
        let Ok(actual) = writing.figures.actual(&indicator.code, unit, period) else { continue };
        let Some(value) = actual.value else { continue };
        for (plan, assigned) in writing.figures.plans(&indicator.code, unit, period) {
            let standing = writing.figures.pace(&indicator.code, &actual, assigned, period);
            if standing == Standing::NotJudged {
                continue;
            }
            compared.extend(actual.sources.iter().cloned());
            compared.push(assigned.key());
            let Ok(held) = against(value, assigned.value, indicator.percent_decimals) else { continue };
            if let (Standing::Behind, Percent::Of(percent)) = (standing, held.percent) {
                out.push(Behind { indicator, plan, assigned, percent });
            }
        }
    }
    out.sort_by(|a, b| a.percent.cmp(&b.percent).then_with(|| a.indicator.ordinal.cmp(&b.indicator.ordinal)));
    Pace { behind: out, compared }
}

/// One item that names them all; nothing where none is behind.
pub fn blocks(writing: &mut Writing, lead: &str) -> Result<Vec<Block>, Unfillable> {
    let Pace { behind, compared: all } = behind_pace(writing);
    if behind.is_empty() {
        return Ok(Vec::new());
    }
    let unit = &writing.data.report.unit;
    let period = writing.data.period();
    let mut text = bind(Clause::words(lead).say(" "), "behind", all.clone());
    for (i, line) in behind.iter().enumerate() {
        let noun = match line.plan.naming {
            PlanNaming::Plain => format!(" {}", line.plan.word),
            PlanNaming::Named => {
                let kind = writing.data.unit(&line.plan.assigner).map(|unit| unit.kind_in_words());
                kind.map(|kind| format!(" {} {kind} giao", line.plan.word)).unwrap_or_default()
            }
        };
        // The mark between two lines stands only where both do, so it is bound like them.
        let clause = Clause::words(if i > 0 { "; " } else { "" })
            .say(&line.indicator.phrase)
            .say(" đạt ")
            .show(&line.percent.vi_with("%"))
            .say(&noun);
        text.extend(bind(clause, &cell_key(&line.indicator.code, unit, period), all.clone()));
    }
    text.push(Inline::Text(".".to_owned()));
    Ok(vec![Block::Item { marker: Marker::Dash, text }])
}
