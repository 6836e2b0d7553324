//! Checks of the data itself: sums of parts, shares, units against their total, populations, coverage, pace.

use thidua_base::{Number, Period};
use thidua_domain::indicator::{Indicator, Parts, PlanNaming, TreeRule, ValueKind};
use thidua_domain::org::holds;
use thidua_prose::check::{Remark, Severity};

use super::remark;
use crate::form::Form;
use crate::sections::{Use, behind_pace};
use crate::writing::Writing;

/// Every check of the data.
pub fn check(writing: &Writing, form: &Form) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for whole in writing.figures.indicators() {
        remarks.extend(parts_of(writing, whole));
        remarks.extend(units_below(writing, whole));
        remarks.extend(coverage(writing, whole));
    }
    remarks.extend(outside_population(writing));
    remarks.extend(behind_and_unmentioned(writing, form));
    remarks
}

/// `parts-sum`, `share-sum`, `plan-sum`: parts that make up a whole add up to it, this year, last year and in the plan;
/// printed parts that differ from the printed whole by rounding alone are a residue.
fn parts_of(writing: &Writing, whole: &Indicator) -> Vec<Remark> {
    let parts: Vec<&Indicator> =
        writing.figures.parts_of(&whole.code).into_iter().filter(|part| part.parts == Parts::All).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    let unit = &writing.data.report.unit;
    let now = writing.data.period();
    let mut remarks = Vec::new();
    for (period, printing) in [(now, Printing::Now), (now.same_period_last_year(), Printing::Elsewhere)] {
        let value = |indicator: &Indicator| writing.figures.actual(&indicator.code, unit, period).ok()?.value;
        let code = if whole.kind == ValueKind::Ratio { "share-sum" } else { "parts-sum" };
        remarks.extend(compared(code, whole, &parts, value, printing, &period.to_string()));
    }
    // Plans are held together plan by plan: a part without a figure in that plan says nothing.
    for (plan, assigned) in writing.figures.plans(&whole.code, unit, now) {
        let value = |indicator: &Indicator| {
            if indicator.code == whole.code {
                return Some(assigned.value);
            }
            let plans = writing.figures.plans(&indicator.code, unit, now);
            plans.into_iter().find(|(p, _)| p.id == plan.id).map(|(_, v)| v.value)
        };
        remarks.extend(compared("plan-sum", whole, &parts, value, Printing::Elsewhere, plan.id.as_str()));
    }
    remarks
}

/// Whether figures stand in this paper, where a reader may add them up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Printing {
    /// They do.
    Now,
    /// They are bases and plans that the paper does not print.
    Elsewhere,
}

fn compared(
    code: &'static str,
    whole: &Indicator,
    parts: &[&Indicator],
    value: impl Fn(&Indicator) -> Option<Number>,
    printing: Printing,
    when: &str,
) -> Option<Remark> {
    let total = value(whole)?;
    let values: Vec<Number> = parts.iter().map(|part| value(part)).collect::<Option<_>>()?;
    let sum = Number::sum(values.iter().copied()).ok()?;
    let facts = |sum: Number, total: Number| {
        let named: Vec<&str> = parts.iter().map(|part| part.phrase.as_str()).collect();
        [
            ("what", whole.phrase.clone()),
            ("parts", named.join("; ")),
            ("sum", sum.vi()),
            ("total", total.vi()),
            ("when", when.to_owned()),
        ]
    };
    if sum != total {
        return Some(remark(Severity::Error, code, whole.code.as_str(), &facts(sum, total)));
    }
    let printed = total.rounded(whole.decimals);
    let of_printed = Number::sum(parts.iter().zip(&values).map(|(part, v)| v.rounded(part.decimals))).ok()?;
    // A whole printed more coarsely than its parts differs from them by design.
    (code == "parts-sum" && printing == Printing::Now && of_printed.rounded(whole.decimals) != printed)
        .then(|| remark(Severity::Residue, "rounding-residue", whole.code.as_str(), &facts(of_printed, printed)))
}

/// `units-sum`: a unit's own figure against the sum of those below it.
fn units_below(writing: &Writing, indicator: &Indicator) -> Option<Remark> {
    if indicator.tree_rule != TreeRule::Sum {
        return None;
    }
    let (unit, period) = (&writing.data.report.unit, writing.data.period());
    let own = writing.figures.reading(&indicator.code, unit, period)?.value.number()?;
    let below: Vec<Number> = writing
        .figures
        .children_of(unit)
        .iter()
        .filter_map(|child| writing.figures.reading(&indicator.code, child, period)?.value.number())
        .collect();
    if below.is_empty() || below.len() < writing.figures.children_of(unit).len() {
        return None;
    }
    let sum = Number::sum(below).ok()?;
    (sum != own).then(|| {
        let facts = [("what", indicator.phrase.clone()), ("sum", sum.vi()), ("total", own.vi())];
        remark(Severity::Error, "units-sum", indicator.code.as_str(), &facts)
    })
}

/// `incomplete`: a total that lacks units, this year or in the same period; `missing-figure`: an indicator of the
/// period without any value; `no-figure`: one that cannot be told at all.
fn coverage(writing: &Writing, indicator: &Indicator) -> Vec<Remark> {
    let (unit, now) = (&writing.data.report.unit, writing.data.period());
    let place = indicator.code.as_str();
    let what = || ("what", indicator.phrase.clone());
    let mut remarks = Vec::new();
    for period in [now, now.same_period_last_year()] {
        let actual = match writing.figures.actual(&indicator.code, unit, period) {
            Ok(actual) => actual,
            Err(why) => {
                let facts = [what(), ("why", why.to_string())];
                remarks.push(remark(Severity::Error, "no-figure", place, &facts));
                continue;
            }
        };
        if actual.value.is_none() {
            // A same period that nobody reported is not missing: the paper then makes no comparison.
            if period == now {
                remarks.push(remark(Severity::Error, "missing-figure", place, &[what()]));
            }
        } else if !actual.reported.is_whole() {
            let facts = [
                what(),
                ("reported", actual.reported.reported.to_string()),
                ("expected", actual.reported.expected.to_string()),
                ("when", period.to_string()),
            ];
            remarks.push(remark(Severity::Error, "incomplete", place, &facts));
        }
    }
    remarks
}

/// `outside-population`: a member recognised on a day on which it did not belong to the population.
fn outside_population(writing: &Writing) -> Vec<Remark> {
    let data = writing.data;
    let mut remarks = Vec::new();
    for event in data.recognitions.iter().filter(|event| event.state.holds_standard()) {
        let Some(member) = data.members.iter().find(|member| member.id == event.member) else { continue };
        if !holds(member.valid_from, member.valid_to, event.on) {
            let facts =
                [("what", member.name.clone()), ("standard", member.standard.to_string()), ("on", event.on.in_text())];
            remarks.push(remark(Severity::Error, "outside-population", &event.key(), &facts));
        }
    }
    remarks
}

/// `behind-unmentioned`: indicators behind the pace of the year that no limit speaks of.
fn behind_and_unmentioned(writing: &Writing, form: &Form) -> Vec<Remark> {
    if form.blocks().iter().any(|block| block.r#use == Use::Behind) {
        return Vec::new();
    }
    let data = writing.data;
    let period: Period = data.period();
    let mentioned = |code| data.findings.iter().any(|f| f.period == period && f.about.contains(code));
    behind_pace(writing)
        .behind
        .into_iter()
        .filter(|line| !mentioned(&line.indicator.code))
        .map(|line| {
            let plan = match line.plan.naming {
                PlanNaming::Plain => line.plan.word.clone(),
                PlanNaming::Named => format!("{} ({})", line.plan.word, line.plan.id),
            };
            let facts =
                [("what", line.indicator.phrase.clone()), ("percent", line.percent.vi_with("%")), ("plan", plan)];
            remark(Severity::Hint, "behind-unmentioned", line.indicator.code.as_str(), &facts)
        })
        .collect()
}
