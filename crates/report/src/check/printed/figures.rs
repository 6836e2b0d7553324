//! Numbers against numbers: recomputed comparisons, sums, last year's parts, populations, plans alike.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::{IndicatorCode, StandardCode};
use thidua_base::number::percent;
use thidua_base::{Number, Percent};
use thidua_domain::indicator::standard::count_on;
use thidua_domain::indicator::{Indicator, PlanNaming, TreeRule, ValueKind};
use thidua_prose::check::{Remark, Severity};

use super::super::remark;
use super::interval::Interval;
use crate::printed::{AgainstKind, Printed, PrintedAgainst, PrintedFigure};
use crate::writing::Writing;

/// Every check of the printed numbers.
pub fn check(writing: &Writing, printed: &Printed) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for figure in &printed.figures {
        for against in &figure.against {
            remarks.extend(recomputed(writing, figure, against));
        }
    }
    remarks.extend(sums(printed));
    remarks.extend(share_changes(writing, printed));
    remarks.extend(shares_of_another_basis(writing, printed));
    remarks.extend(populations(writing, printed));
    remarks.extend(counters(printed));
    remarks.extend(raised_without_base(writing, printed));
    remarks.extend(plans_alike(printed));
    remarks
}

/// `percent-recomputed`: a printed comparison that the stored value and base do not give at the printed precision.
fn recomputed(writing: &Writing, figure: &PrintedFigure, against: &PrintedAgainst) -> Option<Remark> {
    let printed = Number::parse_vi(&against.number).ok()?;
    let decimals = printed.scale();
    let (value, base) = value_and_base(writing, figure, against)?;
    let percentage = || match percent(value, base, decimals).ok()? {
        Percent::Of(percent) => Some(percent),
        Percent::NoBase | Percent::NegativeBase => None,
    };
    let computed = match against.kind {
        AgainstKind::Plan | AgainstKind::Prior | AgainstKind::Share => percentage()?,
        AgainstKind::Growth => thidua_base::number::growth_of(percentage()?),
        AgainstKind::Delta => value.minus(base).ok()?.rounded(decimals),
        AgainstKind::ShareChange | AgainstKind::NOfM | AgainstKind::Total | AgainstKind::Met => return None,
    };
    (computed != printed).then(|| {
        let facts = [
            ("what", figure.name.clone()),
            ("printed", printed.vi()),
            ("computed", computed.vi()),
            ("value", value.vi()),
            ("base", base.vi()),
            ("fact", figure.fact.clone()),
        ];
        remark(Severity::Error, "percent-recomputed", &figure.fact, &facts)
    })
}

/// The stored value and the base of a comparison.
fn value_and_base(writing: &Writing, figure: &PrintedFigure, against: &PrintedAgainst) -> Option<(Number, Number)> {
    let data = writing.data;
    let (unit, period) = (&data.report.unit, data.period());
    if against.kind == AgainstKind::Share {
        let code = StandardCode::parse(&figure.subject).ok()?;
        let count = count_on(&code, &data.members, &data.recognitions, data.cut_off());
        let whole = |n: usize| i64::try_from(n).ok().map(Number::whole);
        return Some((whole(count.reached.len())?, whole(count.population)?));
    }
    let code = IndicatorCode::parse(&figure.subject).ok()?;
    let value = writing.figures.actual(&code, unit, period).ok()?.value?;
    let base = match against.kind {
        AgainstKind::Plan => {
            let plans = writing.figures.plans(&code, unit, period);
            let named = |kind: &str| {
                plans.iter().find(|(plan, _)| {
                    plan.naming == PlanNaming::Named
                        && data.unit(&plan.assigner).is_some_and(|u| u.name.to_lowercase().starts_with(kind))
                })
            };
            let found = if against.by.is_empty() { plans.first() } else { named(&against.by) };
            found.map(|(_, assigned)| assigned.value)?
        }
        AgainstKind::Prior | AgainstKind::Growth | AgainstKind::Delta => {
            writing.figures.actual(&code, unit, period.same_period_last_year()).ok()?.value?
        }
        AgainstKind::ShareChange | AgainstKind::Share | AgainstKind::NOfM | AgainstKind::Total | AgainstKind::Met => {
            return None;
        }
    };
    Some((value, base))
}

/// `parts-sum` and `rounding-residue` on printed parts, `prior-parts` on what they say of last year.
fn sums(printed: &Printed) -> Vec<Remark> {
    let by_fact: BTreeMap<&str, &PrintedFigure> = printed.figures.iter().map(|f| (f.fact.as_str(), f)).collect();
    let mut remarks = Vec::new();
    for sum in &printed.sums {
        let Some(whole) = by_fact.get(sum.whole.as_str()) else { continue };
        let Some(parts) = sum.parts.iter().map(|part| by_fact.get(part.as_str()).copied()).collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        remarks.extend(printed_sum(whole, &parts));
        remarks.extend(prior_parts(whole, &parts));
    }
    remarks
}

fn printed_sum(whole: &PrintedFigure, parts: &[&PrintedFigure]) -> Option<Remark> {
    let total = Number::parse_vi(&whole.value).ok()?;
    let values: Vec<Number> = parts.iter().map(|part| Number::parse_vi(&part.value).ok()).collect::<Option<_>>()?;
    let sum = Number::sum(values.iter().copied()).ok()?;
    if sum == total {
        return None;
    }
    // Each printed number may be half a unit off, so the whole may be off by half a unit for each of them.
    let mut terms = values.iter().copied().chain([total]).map(Interval::of_printed);
    let possible =
        terms.clone().take(values.len()).try_fold(Interval::exactly(Number::whole(0))?, |all, term| all.plus(term?))?;
    let residue = possible.meets(terms.next_back()??)?;
    let (severity, code) =
        if residue { (Severity::Residue, "rounding-residue") } else { (Severity::Error, "parts-sum") };
    let named: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let facts = [
        ("what", whole.name.clone()),
        ("parts", named.join("; ")),
        ("sum", sum.vi()),
        ("total", total.vi()),
        ("when", String::new()),
    ];
    Some(remark(severity, code, &whole.fact, &facts))
}

/// Last year's whole and last year's parts, each inside what this year's percentages allow, must be able to agree.
fn prior_parts(whole: &PrintedFigure, parts: &[&PrintedFigure]) -> Option<Remark> {
    let total = prior_interval(whole)?;
    let sum = parts
        .iter()
        .map(|part| prior_interval(part))
        .try_fold(Interval::exactly(Number::whole(0))?, |all, part| all.plus(part?))?;
    (!total.meets(sum)?).then(|| {
        let facts = [("what", whole.name.clone()), ("total", total.text()), ("sum", sum.text())];
        remark(Severity::Error, "prior-parts", &whole.fact, &facts)
    })
}

/// What last year's value can have been.
fn prior_interval(figure: &PrintedFigure) -> Option<Interval> {
    let value = Interval::of_printed(Number::parse_vi(&figure.value).ok()?)?;
    figure.against.iter().find_map(|against| {
        let number = Number::parse_vi(&against.number).ok()?;
        let percent = match against.kind {
            AgainstKind::Prior => number,
            AgainstKind::Growth => number.plus(Number::whole(100)).ok()?,
            AgainstKind::Plan
            | AgainstKind::Delta
            | AgainstKind::ShareChange
            | AgainstKind::Share
            | AgainstKind::NOfM
            | AgainstKind::Total
            | AgainstKind::Met => return None,
        };
        Interval::base_of(value, Interval::of_printed(percent)?)
    })
}

/// `share-change-sum`: printed changes of the shares of one whole must cancel out, but for rounding.
fn share_changes(writing: &Writing, printed: &Printed) -> Vec<Remark> {
    let mut changes: BTreeMap<IndicatorCode, Vec<Number>> = BTreeMap::new();
    for figure in &printed.figures {
        let Some(code) = IndicatorCode::parse(&figure.subject).ok() else { continue };
        let Some(whole) = writing.figures.indicator(&code).and_then(|i| i.part_of.clone()) else { continue };
        for against in figure.against.iter().filter(|a| a.kind == AgainstKind::ShareChange) {
            if let Ok(number) = Number::parse_vi(&against.number) {
                changes.entry(whole.clone()).or_default().push(number);
            }
        }
    }
    changes
        .into_iter()
        .filter_map(|(whole, numbers)| {
            let sum = Number::sum(numbers.iter().copied()).ok()?;
            (!sum.is_zero() && numbers.len() > 1).then(|| {
                let name = writing.figures.indicator(&whole).map_or_else(String::new, |i| i.phrase.clone());
                remark(Severity::Residue, "share-change-sum", whole.as_str(), &[("what", name), ("sum", sum.vi())])
            })
        })
        .collect()
}

/// `share-other-basis`: printed shares that the printed levels do not give, the two being on different price bases;
/// on one basis it is an error, `share-recomputed`.
fn shares_of_another_basis(writing: &Writing, printed: &Printed) -> Vec<Remark> {
    let (unit, period) = (&writing.data.report.unit, writing.data.period());
    let indicators = writing.figures.indicators();
    let level_of = |share: &Indicator| {
        let sector = share.phrase.strip_prefix("tỷ trọng ")?;
        indicators.iter().find(|level| level.kind == ValueKind::Flow && level.phrase.ends_with(sector)).copied()
    };
    let mut remarks = Vec::new();
    for figure in &printed.figures {
        let Some(share) = IndicatorCode::parse(&figure.subject).ok().and_then(|c| writing.figures.indicator(&c)) else {
            continue;
        };
        let Some(level) = level_of(share) else { continue };
        let Some(whole) = level.part_of.as_ref() else { continue };
        let value = |code| writing.figures.actual(code, unit, period).ok()?.value;
        let (Some(part), Some(total), Ok(said)) = (value(&level.code), value(whole), Number::parse_vi(&figure.value))
        else {
            continue;
        };
        let Ok(Percent::Of(computed)) = percent(part, total, said.scale()) else { continue };
        if computed != said {
            let (severity, code) = if level.price_basis == share.price_basis {
                (Severity::Error, "share-recomputed")
            } else {
                (Severity::Hint, "share-other-basis")
            };
            let facts = [
                ("what", figure.name.clone()),
                ("printed", said.vi()),
                ("computed", computed.vi()),
                ("basis", share.price_basis.clone()),
                ("level-basis", level.price_basis.clone()),
            ];
            remarks.push(remark(severity, code, &figure.fact, &facts));
        }
    }
    remarks
}

/// `several-populations`: counts of one kind of unit out of different populations, none of them explained.
fn populations(writing: &Writing, printed: &Printed) -> Vec<Remark> {
    let data = writing.data;
    let mut bases: BTreeSet<usize> = BTreeSet::new();
    let mut named: Vec<String> = Vec::new();
    for figure in &printed.figures {
        let counted = IndicatorCode::parse(&figure.subject).ok().and_then(|code| writing.figures.indicator(&code));
        if let Some(indicator) = counted
            && matches!(indicator.tree_rule, TreeRule::CountPositive(_))
            && let Ok(count) = figure.value.parse::<usize>()
            && bases.insert(count)
        {
            named.push(format!("{} ({count})", figure.name));
        }
        let counts_units = figure.against.iter().any(|a| matches!(a.kind, AgainstKind::NOfM | AgainstKind::Share));
        let Some(standard) = StandardCode::parse(&figure.subject).ok().and_then(|code| data.standard(&code)) else {
            continue;
        };
        if !counts_units || !standard.measure.starts_with("xã") {
            continue;
        }
        let count = count_on(&standard.code, &data.members, &data.recognitions, data.cut_off());
        if bases.insert(count.population) {
            named.push(format!("{} ({})", figure.name, count.population));
        }
    }
    let differ = bases.len() > 1;
    let facts = [("what", named.join("; "))];
    differ.then(|| remark(Severity::Hint, "several-populations", "", &facts)).into_iter().collect()
}

/// `counter-undefined`: counts out of a population that do not say since when they count.
fn counters(printed: &Printed) -> Vec<Remark> {
    let open: Vec<&str> = printed
        .figures
        .iter()
        .filter(|figure| figure.against.iter().any(|against| against.kind == AgainstKind::NOfM))
        .map(|figure| figure.name.as_str())
        .collect();
    let facts = [("what", open.join("; "))];
    (!open.is_empty()).then(|| remark(Severity::Hint, "counter-undefined", "", &facts)).into_iter().collect()
}

/// `raised-without-base`: a rate said to be raised, whose value before nobody knows.
fn raised_without_base(writing: &Writing, printed: &Printed) -> Vec<Remark> {
    let (unit, period) = (&writing.data.report.unit, writing.data.period());
    let lacks_base = |figure: &&PrintedFigure| {
        let raised = figure.against.iter().any(|a| a.kind == AgainstKind::Total && a.number.is_empty());
        let code = IndicatorCode::parse(&figure.subject).ok();
        let prior = code.and_then(|c| writing.figures.actual(&c, unit, period.same_period_last_year()).ok()?.value);
        raised && prior.is_none()
    };
    let said = |figure: &PrintedFigure| {
        let facts = [("what", figure.name.clone()), ("printed", figure.value.clone())];
        remark(Severity::Hint, "raised-without-base", &figure.fact, &facts)
    };
    printed.figures.iter().filter(lacks_base).map(said).collect()
}

/// `plans-alike`: plans of two figures of one family that come out as the same number, perhaps copied.
fn plans_alike(printed: &Printed) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for sum in &printed.sums {
        let family: Vec<&PrintedFigure> =
            printed.figures.iter().filter(|f| f.fact == sum.whole || sum.parts.contains(&f.fact)).collect();
        let plans: Vec<(&PrintedFigure, &PrintedAgainst, Interval)> = family
            .iter()
            .flat_map(|figure| figure.against.iter().map(move |against| (*figure, against)))
            .filter(|(_, against)| against.kind == AgainstKind::Plan)
            .filter_map(|(figure, against)| {
                let value = Interval::of_printed(Number::parse_vi(&figure.value).ok()?)?;
                let percent = Interval::of_printed(Number::parse_vi(&against.number).ok()?)?;
                Some((figure, against, Interval::base_of(value, percent)?))
            })
            .collect();
        for (i, (figure, by, plan)) in plans.iter().enumerate() {
            for (other, other_by, other_plan) in &plans[i + 1..] {
                if figure.fact != other.fact && by.by != other_by.by && plan.meets(*other_plan) == Some(true) {
                    let facts = [
                        ("what", figure.name.clone()),
                        ("plan", plan.text()),
                        ("other", other.name.clone()),
                        ("other-plan", other_plan.text()),
                    ];
                    remarks.push(remark(Severity::Hint, "plans-alike", &figure.fact, &facts));
                }
            }
        }
    }
    remarks
}
