//! The explanation of a score in English, for readers of the interface.

use thidua_base::Number;
use thidua_domain::cluster::review::Excused;
use thidua_domain::cluster::scheme::{Judged, Left, Level, Measure, Part, Take, Threshold, Zeroes};
use thidua_domain::cluster::score::{ByCurve, Gap, Kept, Lead, Place, TargetGap, Why};
use thidua_domain::indicator::{Absence, Comparator};
use thidua_prose::write::Clause;

use super::{Speaking, share_of, trimmed};

/// The sentences: what it has, why, what was changed, what is open.
pub(super) fn sentences(of: &Speaking<'_>) -> Vec<Clause> {
    let explanation = of.explanation;
    let mut said = vec![headline(of), ended(why(of, explanation.own))];
    for change in &explanation.changes {
        let clause = Clause::words(level(change.level)).say(" changed it from ").show(&n(change.over)).say(" to ");
        let clause = clause.show(&n(change.points)).say(": ").show(&change.reason).say(" (").show(&change.by);
        said.push(ended(clause.say(")")));
        if let Some(corrected) = &change.why {
            said.push(ended(Clause::words("Hence: ").join(why(of, corrected).continues_sentence())));
        }
    }
    for agreed in &explanation.agreed {
        said.push(ended(Clause::words(level(*agreed)).say(" let the mark below stand")));
    }
    for difference in &explanation.differences {
        let clause = Clause::words(level(difference.level)).say(" decided on ").show(&n(difference.points));
        let clause = clause.say(" when the mark below was ").show(&n(difference.over)).say("; it is ");
        said.push(ended(clause.show(&n(difference.now)).say(" by now; the decision stands and wants a look")));
    }
    for void in &explanation.void {
        said.push(ended(Clause::words("A mark of ").say(level(void.level)).say(" is not valid and does not count")));
    }
    said
}

fn headline(of: &Speaking<'_>) -> Clause {
    let criterion = of.explanation.criterion;
    let label = if criterion.label_en.is_empty() { &criterion.label } else { &criterion.label_en };
    let clause = Clause::words("Criterion ").show(criterion.code.as_str());
    let clause = if label.is_empty() { clause } else { clause.say(" “").show(label).say("”") };
    let points = n(of.explanation.line.points);
    let max = of.explanation.line.max.filter(|max| !max.is_zero());
    ended(match (criterion.part, max) {
        (Part::Penalty, Some(max)) => clause.say(" takes ").show(&points).say(" points, at most ").show(&n(max)),
        (Part::Penalty, None) => clause.say(" takes ").show(&points).say(" points"),
        (Part::Content | Part::Bonus, Some(max)) => {
            clause.say(" has ").show(&points).say(" of ").show(&n(max)).say(" points")
        }
        (Part::Content | Part::Bonus, None) => clause.say(" has ").show(&points).say(" points"),
    })
}

fn ended(clause: Clause) -> Clause {
    clause.begins_sentence().say(".")
}

/// A number as the interface has it in both languages: comma for decimals.
fn n(number: Number) -> String {
    trimmed(number).vi()
}

fn percent(number: Number) -> String {
    trimmed(number).vi_with("%")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Own => "the unit",
        Level::Peer => "a peer",
        Level::Appraisal => "the appraisal",
        Level::Council => "the council",
    }
}

fn why(of: &Speaking<'_>, why: &Why) -> Clause {
    let max = n(of.max());
    match why {
        Why::Sum { sum, zeroed_by } => group(of, *sum, zeroed_by.as_ref().map(ToString::to_string)),
        Why::Excused { why, left, reason, by } => excused(*why, *left, reason, by),
        Why::Unscored(gap) => Clause::words(unscored(*gap)),
        Why::Plan { actual, base, measure, comparator, percent: reached, by } => {
            let clause = match measure {
                Measure::Plan => actual_and(of, *actual, plan_word(*comparator), *base)
                    .say(", ")
                    .show(&percent(*reached))
                    .say(" of the plan"),
                Measure::Growth => actual_and(of, *actual, "the same period last year", *base)
                    .say(if reached.is_negative() { ", down " } else { ", up " })
                    .show(&percent(reached.magnitude())),
            };
            curve(of, clause, *reached, by)
        }
        Why::Leader { actual, target, comparator, at_target, excess, place, leader } => {
            let clause = actual_and(of, *actual, plan_word(*comparator), *target);
            against_leader(of, clause, *at_target, *excess, *place, leader.as_ref())
        }
        Why::AmongNoTarget { actual, best, units, gap } => {
            let because = match gap {
                TargetGap::None => "No target was assigned",
                TargetGap::OwnOnly => "A target of the unit's own does not count",
                TargetGap::Zero => "A target of zero counts as none by the scheme",
            };
            let clause = Clause::words(because).say(", so it is held against those without one: actual ");
            let clause = clause.show(&amount(of, *actual)).say(", the best is ").show(&of.units(units)).say(" with ");
            clause.show(&amount(of, *best)).say(", at most ").show(&max).say(" points")
        }
        Why::ZeroTarget { actual, kept } => {
            let clause = Clause::words("The target is zero, the actual ").show(&amount(of, *actual));
            clause.say(match kept {
                Kept::Kept => ": it was kept",
                Kept::Missed => ": it was missed",
            })
        }
        Why::Yes => Clause::words("It meets what the criterion asks"),
        Why::No => Clause::words("It does not meet what the criterion asks"),
        Why::Option { code, label, label_en, zeroes } => {
            let said = [label_en, label, code].into_iter().find(|text| !text.is_empty());
            let clause = Clause::words("The answer is: ").show(said.map_or("", String::as_str));
            match zeroes {
                Zeroes::Group => clause.say(", which takes all points of the group above"),
                Zeroes::Nothing => clause,
            }
        }
        Why::Band { amount, measure, threshold } => {
            let clause = Clause::words("The result is ").show(&trimmed(*amount).vi_with(measure));
            banded(clause, *threshold, measure)
        }
        Why::Circumstance { amount, measure, when, when_en } => Clause::words("The result is ")
            .show(&trimmed(*amount).vi_with(measure))
            .say(", in a circumstance of its own: ")
            .show(if when_en.is_empty() { when } else { when_en }),
        Why::Ratio { part, whole, percent: rate } => {
            let clause = Clause::figure(&n(*part)).say(" of ").show(&n(*whole)).say(" are ").show(&percent(*rate));
            let clause = clause.say(" of ").show(&max).say(" points, rounded to ");
            clause.show(&n(of.explanation.criterion.step))
        }
        Why::NothingToDo { share } => {
            Clause::words("Nothing arose in the year, which counts as ").show(&percent(*share)).say(" of the maximum")
        }
        Why::Count { count, per, uncut } => {
            let clause = Clause::figure(&n(*count)).say(" counted, at ").show(&n(*per)).say(" points each, make ");
            let clause = clause.show(&n(*uncut));
            if *uncut > of.max() { clause.say(", of which ").show(&max).say(" count") } else { clause }
        }
        Why::Deduct { count, per, uncut } => {
            let clause = Clause::figure(&n(*count)).say(" counted, at ").show(&n(*per)).say(" points each, off ");
            let clause = clause.show(&max);
            if uncut.is_negative() { clause.say(", not below the floor") } else { clause }
        }
        Why::Awards { held, take } => {
            let told = held.iter().filter(|(_, count, _)| *count > 0).map(|(label, count, points)| {
                Clause::figure(label).say(" × ").show(&count.to_string()).say(" (").show(&n(*points)).say(" points)")
            });
            let clause = Clause::words(match take {
                Take::Each => "All awards count: ",
                Take::Best => "The best award counts: ",
            });
            clause.join(Clause::joined(told.collect(), ", "))
        }
        Why::Bodies { count, sum, take } => {
            let clause = Clause::figure(&count.to_string()).say(" bodies gave ").show(&n(*sum));
            clause.say(match take {
                Judged::Sum => " points together",
                Judged::Mean => " points together, of which the mean counts",
            })
        }
        Why::Average { parts, mean } => {
            let told = parts.iter().map(|(part, rate)| Clause::figure(part).say(" ").show(&percent(*rate)));
            let clause = Clause::words("The mean of ").join(Clause::joined(told.collect(), ", "));
            clause.say(" is ").show(&percent(*mean)).say(", of ").show(&max).say(" points")
        }
        Why::Given => Clause::words("The unit marked itself as the criterion guides"),
        Why::NoEvidence { would, revoked } => {
            let because = if revoked.is_empty() { "There is no evidence" } else { "Its evidence was revoked" };
            let clause = Clause::words(because).say(", so there are no points; the claim would bring ");
            clause.show(&n(*would))
        }
    }
}

fn amount(of: &Speaking<'_>, number: Number) -> String {
    trimmed(number).vi_with(of.measure())
}

fn actual_and(of: &Speaking<'_>, actual: Number, beside: &str, base: Number) -> Clause {
    let clause = Clause::words("Actual ").show(&amount(of, actual)).say(", ").say(beside).say(" ");
    clause.show(&amount(of, base))
}

fn plan_word(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "plan",
        Comparator::AtMost => "plan at most",
        Comparator::Exactly => "plan exactly",
    }
}

fn curve(of: &Speaking<'_>, clause: Clause, reached: Number, by: &ByCurve) -> Clause {
    match by {
        ByCurve::Proportional { full_at, capped } => {
            let clause = clause.say("; the mark is ").show(&n(of.max())).say(" × ").show(&n(reached)).say(" / ");
            let clause = clause.show(&n(*full_at));
            match capped {
                Some(cap) => clause.say(", at most ").show(&percent(*cap)).say(" of the maximum"),
                None => clause.say(", rounded to ").show(&n(of.explanation.criterion.step)),
            }
        }
        ByCurve::Band(threshold) => banded(clause, *threshold, "%"),
        ByCurve::Steps { at, points, steps, each } => {
            let clause = clause.say("; ").show(&n(*points)).say(" points at ").show(&percent(*at));
            match steps {
                0 => clause,
                1.. => clause.say(", plus ").show(&steps.to_string()).say(" steps × ").show(&n(*each)),
                _ => clause.say(", less ").show(&steps.unsigned_abs().to_string()).say(" steps × ").show(&n(*each)),
            }
        }
    }
}

fn banded(clause: Clause, threshold: Option<Threshold>, measure: &str) -> Clause {
    let edge = |number: Number| trimmed(number).vi_with(measure);
    match threshold {
        Some(Threshold::From(from)) => clause.say(", in the band from ").show(&edge(from)),
        Some(Threshold::Above(above)) => clause.say(", in the band above ").show(&edge(above)),
        Some(Threshold::UpTo(to)) => clause.say(", in the band up to ").show(&edge(to)),
        None => clause.say(", in no band that brings points"),
    }
}

fn against_leader(
    of: &Speaking<'_>,
    clause: Clause,
    at_target: Number,
    excess: Number,
    place: Place,
    leader: Option<&Lead>,
) -> Clause {
    let half = n(share_of(of.max(), at_target));
    let clause = match place {
        Place::Below => {
            let reached = Number::whole(100).plus(excess).unwrap_or(excess);
            let clause = clause.say(", ").show(&percent(excess.magnitude())).say(" below; the mark is ");
            clause.show(&half).say(" × ").show(&percent(reached))
        }
        Place::On => clause.say(", exactly on target, which brings ").show(&half).say(" points"),
        Place::Leading => clause.say(", ").show(&percent(excess)).say(" above, the best of the cluster: the maximum"),
        Place::SetAside => clause
            .say(", ")
            .show(&percent(excess))
            .say(" above, so far beyond the rest that it has the maximum and is no measure for others"),
        Place::Above => {
            let clause = clause.say(", ").show(&percent(excess)).say(" above");
            match leader {
                Some(lead) => {
                    let rest = of.max().minus(share_of(of.max(), at_target)).unwrap_or(of.max());
                    let clause = told_leader(of, clause, lead).say("; the mark is ").show(&half).say(" + ");
                    let clause = clause.show(&n(rest)).say(" × ").show(&n(excess.min(lead.counted))).say(" / ");
                    let clause = clause.show(&n(lead.counted)).say(", rounded to ");
                    clause.show(&n(of.explanation.criterion.step))
                }
                None => clause,
            }
        }
    };
    match (place, leader) {
        (Place::Below | Place::On, Some(lead)) => told_leader(of, clause, lead),
        _ => clause,
    }
}

fn told_leader(of: &Speaking<'_>, clause: Clause, lead: &Lead) -> Clause {
    let clause = clause.say("; the leader is ").show(&of.units(&lead.units)).say(", ").show(&percent(lead.excess));
    let clause = clause.say(" above");
    let clause = if lead.counted == lead.excess {
        clause
    } else {
        clause.say(", counted as ").show(&percent(lead.counted)).say(" by the cap")
    };
    if lead.aside.is_empty() {
        clause
    } else {
        clause.say(" (").show(&of.units(&lead.aside)).say(" set aside as far beyond the rest)")
    }
}

fn excused(why: Excused, left: Left, reason: &str, by: &str) -> Clause {
    let clause = Clause::words(match why {
        Excused::NotAssigned => "The criterion was not assigned to the unit",
        Excused::NotArisen => "Its matter did not arise in the year",
    });
    let clause = if reason.is_empty() {
        clause.say(" (without a target, by the scheme's own rule)")
    } else {
        clause.say(" (").show(by).say(": ").show(reason).say(")")
    };
    clause.say(match left {
        Left::Denominator => ", and leaves the denominator",
        Left::Full => ", and counts as full",
        Left::Zero => ", and brings nothing",
    })
}

fn unscored(gap: Gap) -> &'static str {
    match gap {
        Gap::Absent(Absence::NotReported) => "Not scored: the unit has not reported",
        Gap::Absent(Absence::NotApplicable) => {
            "Not scored: the unit says it is outside its scope, but nobody has excused it"
        }
        Gap::Absent(Absence::NoneOccurred) => "Nothing occurred",
        Gap::Absent(Absence::Withheld) => "Not scored: the figure is withheld",
        Gap::NotMeasured => "Not scored: no indicator with figures is tied to it",
        Gap::NoTarget(TargetGap::None) => "Not scored: no target was assigned",
        Gap::NoTarget(TargetGap::OwnOnly) => "Not scored: a target of the unit's own does not count",
        Gap::NoTarget(TargetGap::Zero) => "Not scored: the target is zero, and the scheme has no rule for that",
        Gap::NoPast => "Not scored: there is no figure of the same period last year",
        Gap::NotClaimed => "Not scored: the unit has claimed nothing",
        Gap::BadClaim => "Not scored: the claim is not valid",
        Gap::ByHand => "Not scored: nobody has marked it",
        Gap::TooLarge => "Not scored: the numbers are too large",
    }
}

fn group(of: &Speaking<'_>, sum: Number, zeroed_by: Option<String>) -> Clause {
    let told = of
        .explanation
        .under
        .iter()
        .map(|(below, points)| Clause::figure(below.code.as_str()).say(" ").show(&n(*points)));
    let clause = Clause::words("The sum of those under it: ").join(Clause::joined(told.collect(), ", "));
    let clause = clause.say("; ").show(&n(sum)).say(" points");
    match (zeroed_by, of.explanation.cut) {
        (Some(by), _) => clause.say(", taken by the answer to ").show(&by),
        (None, Some(_)) => clause.say(", of which the maximum counts"),
        (None, None) => clause,
    }
}
