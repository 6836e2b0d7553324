//! What must hold in a scheme as a whole: sums, names, and the order of grades and bands.

use thidua_base::Number;

use super::rule::{Curve, Rule, Threshold};
use super::{Condition, Criterion, Effect, GradeAt, Part, Scheme, TieRule};
use crate::refusal::{PackFault, Refusal, Wanted};

/// What is wrong with a scheme, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("scheme {file}, {key}: {why}")]
pub struct BrokenScheme {
    /// The file.
    pub file: String,
    /// The key, from the outside in: `criterion I.3.a.rule.options[2].points`.
    pub key: String,
    /// What is wrong.
    pub why: PackFault,
}

impl From<BrokenScheme> for Refusal {
    fn from(broken: BrokenScheme) -> Self {
        Self::BrokenScheme { file: broken.file, key: broken.key, why: broken.why }
    }
}

/// The scheme, or everything that is wrong with it.
pub(super) fn checked(scheme: Scheme) -> Result<Scheme, Vec<BrokenScheme>> {
    let mut check = Check { scheme: &scheme, faults: Vec::new() };
    check.tree();
    check.sums();
    check.leaves();
    check.grades();
    check.names();
    if check.faults.is_empty() { Ok(scheme) } else { Err(check.faults) }
}

struct Check<'a> {
    scheme: &'a Scheme,
    faults: Vec<BrokenScheme>,
}

impl Check<'_> {
    fn fault(&mut self, key: String, why: PackFault) {
        self.faults.push(BrokenScheme { file: self.scheme.file.clone(), key, why });
    }

    /// A group has something under it, unless the scheme says that it is incomplete.
    fn tree(&mut self) {
        for (place, criterion) in self.scheme.criteria.iter().enumerate() {
            let is_group = self.scheme.criteria.iter().any(|below| below.under == Some(place));
            if !is_group && criterion.rule.is_none() {
                self.fault(format!("criterion {}.rule", criterion.code), PackFault::Expected(Wanted::Value));
            }
        }
        if self.scheme.criteria.is_empty() && self.scheme.is_whole() {
            self.fault("criterion".to_owned(), PackFault::Expected(Wanted::Tables));
        }
    }

    /// Components make up their group exactly in a whole scheme, and never more than it; bonus and penalty groups may
    /// hold more than their cap.
    fn sums(&mut self) {
        let scheme = self.scheme;
        for (place, group) in scheme.criteria.iter().enumerate().filter(|(_, one)| one.rule.is_none()) {
            let below: Vec<&Criterion> = scheme.criteria.iter().filter(|one| one.under == Some(place)).collect();
            if let Some(max) = group.max {
                self.sum(format!("criterion {}.max", group.code), &below, max, group.part);
            }
        }
        for (key, part, max) in [
            ("scale.content", Part::Content, scheme.scale.content),
            ("scale.bonus", Part::Bonus, scheme.scale.bonus),
            ("scale.penalty", Part::Penalty, scheme.scale.penalty),
        ] {
            let tops: Vec<&Criterion> =
                scheme.criteria.iter().filter(|one| one.under.is_none() && one.part == part).collect();
            match max {
                Some(max) if !tops.is_empty() => self.sum(key.to_owned(), &tops, max, part),
                None if !tops.is_empty() && scheme.is_whole() => {
                    self.fault(key.to_owned(), PackFault::Expected(Wanted::Value));
                }
                Some(_) | None => {}
            }
        }
    }

    fn sum(&mut self, key: String, parts: &[&Criterion], max: Number, part: Part) {
        let known: Vec<Number> = parts.iter().filter_map(|one| one.max).collect();
        let Ok(sum) = Number::sum(known.iter().copied()) else {
            return self.fault(key, PackFault::DoesNotAddUp { sum: "…".to_owned(), total: max.to_string() });
        };
        let all_known = known.len() == parts.len();
        let exceeds = sum > max && part == Part::Content;
        let falls_short = sum < max && all_known && self.scheme.is_whole() && part != Part::Penalty;
        if exceeds || falls_short {
            self.fault(key, PackFault::DoesNotAddUp { sum: sum.to_string(), total: max.to_string() });
        }
    }

    /// A leaf has its maximum, reaches it, and gives no more; bands are listed so that each can be met.
    fn leaves(&mut self) {
        let scheme = self.scheme;
        for (_, leaf) in scheme.leaves() {
            let Some(rule) = &leaf.rule else { continue };
            let key = |inner: &str| format!("criterion {}.{inner}", leaf.code);
            let Some(max) = leaf.max else {
                if scheme.is_whole() || !matches!(rule, Rule::Bodies { each: None, .. } | Rule::Unstated) {
                    self.fault(key("max"), PackFault::Expected(Wanted::Value));
                }
                continue;
            };
            if matches!(rule, Rule::Unstated) && scheme.is_whole() {
                self.fault(key("rule.kind"), PackFault::Expected(Wanted::Value));
            }
            for (inner, points) in points_of(rule) {
                if points > max {
                    let why = PackFault::Expected(Wanted::Between { low: "0".to_owned(), high: max.to_string() });
                    self.fault(key(&format!("rule.{inner}")), why);
                }
            }
            if let Some((inner, reached)) = best_of(rule)
                && reached < max
            {
                let why = PackFault::BelowMax { best: reached.to_string(), max: max.to_string() };
                self.fault(key(inner), why);
            }
            for (before, after) in bands_of(rule).windows(2).filter_map(|pair| pair.first().zip(pair.last())) {
                if !comes_before(before.threshold, after.threshold) {
                    let named = after.threshold.edge().to_string();
                    self.fault(key("rule.bands"), PackFault::NeverReached(named));
                }
            }
        }
    }

    /// Grades fall, and the last takes the rest.
    fn grades(&mut self) {
        let scheme = self.scheme;
        for (place, grade) in scheme.grades.iter().enumerate() {
            let key = format!("grade {}.from", grade.code);
            let before = place.checked_sub(1).and_then(|before| scheme.grades.get(before));
            let last = place + 1 == scheme.grades.len();
            match (before.map(|before| before.from), grade.from) {
                (Some(GradeAt::Total(above)), GradeAt::Total(here)) if here >= above => {
                    let why = Wanted::Between { low: "0".to_owned(), high: above.to_string() };
                    self.fault(key, PackFault::Expected(why));
                }
                (_, GradeAt::Rest) if !last => self.fault(key, PackFault::Expected(Wanted::Value)),
                (_, GradeAt::Total(_)) if last && scheme.is_whole() => {
                    self.fault(key, PackFault::Expected(Wanted::Value));
                }
                _ => {}
            }
            if scheme.grade_place(&grade.code) != Some(place) {
                self.fault(format!("grade {}.code", grade.code), PackFault::Twice(grade.code.clone()));
            }
        }
    }

    /// Every name that is used is defined.
    fn names(&mut self) {
        let scheme = self.scheme;
        let mut grades: Vec<(String, &str)> = Vec::new();
        for (place, condition) in scheme.conditions.iter().enumerate() {
            let key = format!("condition[{}]", place + 1);
            grades.push((format!("{key}.grade"), condition.grade()));
            match condition {
                Condition::Share { of, .. } => {
                    if scheme.criterion(of).is_none_or(|found| found.max.is_none()) {
                        self.fault(format!("{key}.of"), PackFault::Dangling(of.to_string()));
                    }
                }
                Condition::Count { of, .. } => {
                    let counts = |found: &Criterion| matches!(found.rule, Some(Rule::Count { .. } | Rule::Band(_)));
                    if !scheme.criterion(of).is_some_and(counts) {
                        self.fault(format!("{key}.of"), PackFault::Dangling(of.to_string()));
                    }
                }
                Condition::Each { .. } => {}
            }
        }
        for (place, sanction) in scheme.sanctions.iter().enumerate() {
            for effect in std::iter::once(&sanction.effect).chain(&sanction.repeated) {
                if let Effect::AtMost(grade) = effect {
                    grades.push((format!("sanction {}.grade", sanction.code), grade));
                }
            }
            if scheme.sanctions.iter().position(|one| one.code == sanction.code) != Some(place) {
                self.fault(format!("sanction {}.code", sanction.code), PackFault::Twice(sanction.code.clone()));
            }
        }
        if let Some(quota) = &scheme.quota {
            grades.push(("quota.grade".to_owned(), &quota.grade));
            grades.push(("quota.rest".to_owned(), &quota.rest));
        }
        for (key, grade) in grades {
            if scheme.grade_place(grade).is_none() {
                self.fault(key, PackFault::Dangling(grade.to_owned()));
            }
        }
        for criterion in &scheme.criteria {
            let unknown = criterion
                .sanction
                .as_ref()
                .filter(|named| !scheme.sanctions.iter().any(|sanction| sanction.code == **named));
            if let Some(named) = unknown {
                self.fault(format!("criterion {}.sanction", criterion.code), PackFault::Dangling(named.clone()));
            }
        }
        for tie in &scheme.ties {
            if let TieRule::Criterion(code) = tie
                && scheme.criterion(code).is_none()
            {
                self.fault("ties".to_owned(), PackFault::Dangling(code.to_string()));
            }
        }
        let vote = scheme.ties.iter().position(|tie| *tie == TieRule::Vote);
        if vote.is_some_and(|place| place + 1 != scheme.ties.len()) {
            self.fault("ties".to_owned(), PackFault::NotLast("vote".to_owned()));
        }
    }
}

/// Points a rule names, each with its key.
fn points_of(rule: &Rule) -> Vec<(String, Number)> {
    let banded = |bands: &[super::Band]| {
        bands.iter().enumerate().map(|(at, band)| (format!("bands[{}].points", at + 1), band.points)).collect()
    };
    match rule {
        Rule::Choice(options) => {
            let named = options.iter().enumerate();
            named.map(|(at, option)| (format!("options[{}].points", at + 1), option.points)).collect()
        }
        Rule::Band(bands) => {
            let mut all: Vec<(String, Number)> = banded(&bands.bands);
            let others = bands.overrides.iter().enumerate();
            all.extend(others.map(|(at, one)| (format!("overrides[{}].points", at + 1), one.points)));
            all
        }
        Rule::Plan(plan) => match &plan.curve {
            Curve::Banded(bands) => banded(bands),
            Curve::Stepped { points, .. } => vec![("points".to_owned(), *points)],
            Curve::Proportional { .. } => Vec::new(),
        },
        Rule::DeductPer { floor, .. } => vec![("floor".to_owned(), *floor)],
        Rule::Count { per } => vec![("per".to_owned(), *per)],
        Rule::Leader(_)
        | Rule::Flag
        | Rule::Ratio { .. }
        | Rule::Awards { .. }
        | Rule::Bodies { .. }
        | Rule::Average { .. }
        | Rule::Manual
        | Rule::Unstated => Vec::new(),
    }
}

/// The best answer a rule can give, where it lists its answers.
fn best_of(rule: &Rule) -> Option<(&'static str, Number)> {
    match rule {
        Rule::Choice(options) => options.iter().map(|one| one.points).max().map(|best| ("rule.options", best)),
        Rule::Band(_) => bands_of(rule).iter().map(|one| one.points).max().map(|best| ("rule.bands", best)),
        Rule::Plan(plan) if matches!(plan.curve, Curve::Banded(_)) => {
            bands_of(rule).iter().map(|one| one.points).max().map(|best| ("rule.bands", best))
        }
        _ => None,
    }
}

fn bands_of(rule: &Rule) -> &[super::Band] {
    match rule {
        Rule::Band(bands) => &bands.bands,
        Rule::Plan(plan) => match &plan.curve {
            Curve::Banded(bands) => bands,
            Curve::Proportional { .. } | Curve::Stepped { .. } => &[],
        },
        _ => &[],
    }
}

/// Whether a band leaves something for the next.
fn comes_before(first: Threshold, next: Threshold) -> bool {
    match (first, next) {
        (Threshold::From(a), Threshold::From(b) | Threshold::Above(b)) => a > b,
        (Threshold::Above(a), Threshold::From(b)) => a >= b,
        (Threshold::Above(a), Threshold::Above(b)) => a > b,
        (Threshold::UpTo(a), Threshold::UpTo(b)) => a < b,
        (Threshold::UpTo(a), Threshold::From(b) | Threshold::Above(b)) => a <= b,
        (Threshold::From(_) | Threshold::Above(_), Threshold::UpTo(_)) => false,
    }
}
