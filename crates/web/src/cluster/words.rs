//! Words for what a scoring shows: levels, what happened to members, what rules ask, questions.

use thidua_app::cluster::{Scored, Seen as SeenYear};
use thidua_base::Number;
use thidua_base::code::{ClusterCode, CriterionCode, OrgId};
use thidua_domain::cluster::question::{Question, Seen};
use thidua_domain::cluster::rank::Movement;
use thidua_domain::cluster::scheme::{Criterion, Curve, Level, Need, Rule, Sanction, Threshold};
use thidua_domain::cluster::seat::Turn;

use super::shown;
use crate::messages::{Lang, Messages};

/// The name of a level.
pub(super) fn level(say: &'static Messages, level: Level) -> &'static str {
    say.get(match level {
        Level::Own => "scoring.own",
        Level::Peer => "scoring.peer",
        Level::Appraisal => "scoring.appraisal",
        Level::Council => "scoring.council",
    })
}

/// The name of a criterion.
pub(crate) fn label(say: &Messages, criterion: &Criterion) -> String {
    let english = say.lang() == Lang::En && !criterion.label_en.is_empty();
    if english { criterion.label_en.clone() } else { criterion.label.clone() }
}

/// The name of a sanction.
pub(super) fn sanction(say: &Messages, sanction: &Sanction) -> String {
    let english = say.lang() == Lang::En && !sanction.label_en.is_empty();
    if english { sanction.label_en.clone() } else { sanction.label.clone() }
}

/// What happened to a member in the year, as a sentence.
pub(crate) fn turn(say: &Messages, seen: &SeenYear, turn: &Turn) -> String {
    let name = |unit: &OrgId| {
        let of_member = seen.members.iter().find(|(member, ..)| member.unit == *unit);
        let of_scored = || seen.scored.as_ref().map(|scored| scored.name(unit));
        of_member.map(|(_, name, _)| name.clone()).or_else(of_scored).unwrap_or_else(|| unit.to_string())
    };
    let cluster = |code: &Option<ClusterCode>, none: &str| match code {
        Some(code) => seen.clusters.get(code).cloned().unwrap_or_else(|| code.to_string()),
        None => say.get(none).to_owned(),
    };
    match turn {
        Turn::Joined { on, from } => {
            let facts = [("day", &*on.in_table()), ("cluster", &*cluster(from, "scoring.from-nowhere"))];
            say.with("scoring.joined", &facts)
        }
        Turn::Left { on, to } => {
            let facts = [("day", &*on.in_table()), ("cluster", &*cluster(to, "scoring.to-nowhere"))];
            say.with("scoring.left", &facts)
        }
        Turn::Ended { on, into } => {
            let names: Vec<String> = into.iter().map(&name).collect();
            say.with("scoring.ended", &[("day", &on.in_table()), ("units", &names.join(", "))])
        }
        Turn::TookIn { on, from } => say.with("scoring.took-in", &[("day", &on.in_table()), ("unit", &name(from))]),
        Turn::Gave { on, to } => say.with("scoring.gave", &[("day", &on.in_table()), ("unit", &name(to))]),
    }
}

/// How a rank moved, in a word and its class.
pub(super) fn movement(say: &Messages, movement: Movement) -> String {
    match movement {
        Movement::New => say.get("scoring.rank-new").to_owned(),
        Movement::Up(by) => say.with("scoring.rank-up", &[("by", &by.to_string())]),
        Movement::Same => say.get("scoring.rank-same").to_owned(),
        Movement::Down(by) => say.with("scoring.rank-down", &[("by", &by.to_string())]),
    }
}

/// How a criterion is scored, in a few sentences.
pub(crate) fn rule(say: &Messages, criterion: &Criterion) -> Vec<String> {
    let n = |number: Number| shown(number);
    let mut said = Vec::new();
    match &criterion.rule {
        None => {}
        Some(Rule::Plan(plan)) => {
            said.push(say.get("scoring.rule-figures").to_owned());
            match &plan.curve {
                Curve::Proportional { full_at, .. } => {
                    said.push(say.with("scoring.rule-proportional", &[("percent", &n(*full_at))]));
                }
                Curve::Banded(bands) => {
                    said.extend(bands.iter().map(|band| edge(say, band.threshold, band.points, "%")))
                }
                Curve::Stepped { at, points, .. } => {
                    said.push(say.with("scoring.rule-stepped", &[("percent", &n(*at)), ("points", &n(*points))]));
                }
            }
        }
        Some(Rule::Leader(leader)) => {
            said.push(say.get("scoring.rule-figures").to_owned());
            said.push(say.with("scoring.rule-leader", &[("percent", &n(leader.at_target))]));
        }
        Some(Rule::Flag) => said.push(say.get("scoring.rule-flag").to_owned()),
        Some(Rule::Choice(_)) => said.push(say.get("scoring.rule-choice").to_owned()),
        Some(Rule::Band(bands)) => {
            said.extend(bands.bands.iter().map(|band| edge(say, band.threshold, band.points, &bands.measure)));
        }
        Some(Rule::Ratio { .. }) => said.push(say.get("scoring.rule-ratio").to_owned()),
        Some(Rule::Count { per }) => said.push(say.with("scoring.rule-count", &[("points", &n(*per))])),
        Some(Rule::DeductPer { per, .. }) => said.push(say.with("scoring.rule-deduct", &[("points", &n(*per))])),
        Some(Rule::Awards { .. }) => said.push(say.get("scoring.rule-awards").to_owned()),
        Some(Rule::Average { .. }) => said.push(say.get("scoring.rule-average").to_owned()),
        Some(Rule::Bodies { .. } | Rule::Manual | Rule::Unstated) => {
            said.push(say.get("scoring.rule-manual").to_owned())
        }
    }
    if criterion.rule.is_some() && criterion.evidence == Need::Evidence {
        said.push(say.get("scoring.rule-evidence").to_owned());
    }
    said
}

fn edge(say: &Messages, threshold: Threshold, points: Number, measure: &str) -> String {
    let key = match threshold {
        Threshold::From(_) => "scoring.band-from",
        Threshold::Above(_) => "scoring.band-above",
        Threshold::UpTo(_) => "scoring.band-up-to",
    };
    say.with(key, &[("edge", &shown(threshold.edge())), ("measure", measure), ("points", &shown(points))])
}

/// A question for a person, as a sentence.
pub(super) fn question(say: &'static Messages, scored: &Scored, question: &Question) -> String {
    let criterion = |code: &CriterionCode| {
        scored.scheme.criterion(code).map_or_else(|| code.to_string(), |found| format!("{code} {}", label(say, found)))
    };
    match &question.seen {
        Seen::OwnFarAbove { own, reviewed } => {
            say.with("scoring.ask-own", &[("own", &shown(*own)), ("reviewed", &shown(*reviewed))])
        }
        Seen::Mutual { with, given, had } => say.with(
            "scoring.ask-mutual",
            &[("unit", &scored.name(with)), ("given", &shown(*given)), ("had", &shown(*had))],
        ),
        Seen::LowTarget { criterion: code, target, before } => say.with(
            "scoring.ask-low",
            &[("criterion", &criterion(code)), ("target", &shown(*target)), ("before", &shown(*before))],
        ),
        Seen::OwnTarget { criterion: code } => say.with("scoring.ask-own-target", &[("criterion", &criterion(code))]),
        Seen::LateJump { criterion: code, from, to, at } => say.with(
            "scoring.ask-late",
            &[
                ("criterion", &criterion(code)),
                ("from", &shown(*from)),
                ("to", &shown(*to)),
                ("day", &at.date_in_vietnam().in_table()),
            ],
        ),
        Seen::LoneExcess { criterion: code, excess, next } => say.with(
            "scoring.ask-lone",
            &[("criterion", &criterion(code)), ("excess", &shown(*excess)), ("next", &shown(*next))],
        ),
        Seen::SelfExcused { criterion: code } => say.with("scoring.ask-excused", &[("criterion", &criterion(code))]),
    }
}

/// The criterion that a question is about, where it is about one.
pub(super) fn asked_about(question: &Question) -> Option<&CriterionCode> {
    match &question.seen {
        Seen::OwnFarAbove { .. } | Seen::Mutual { .. } => None,
        Seen::LowTarget { criterion, .. }
        | Seen::OwnTarget { criterion }
        | Seen::LateJump { criterion, .. }
        | Seen::LoneExcess { criterion, .. }
        | Seen::SelfExcused { criterion } => Some(criterion),
    }
}
