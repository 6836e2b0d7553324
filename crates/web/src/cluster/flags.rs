//! The rule of a cluster's year for its flags on the page of the ranking: what it proposes, what it would propose if it were
//! another, and the form that sets it.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use thidua_app::cluster::{NewFlagRule, Scored, Seen, set_flag_rule};
use thidua_base::code::{ClusterCode, HonourCode, OrgId};
use thidua_domain::Refusal;
use thidua_domain::cluster::flags::{Barred, FlagRules, PLACES_MAX};
use thidua_domain::cluster::rank::propose;
use thidua_domain::cluster::scheme::FlagRule;

use super::claiming::number;
use super::ranking::{Asked, shown_page};
use super::{key_of, shown};
use crate::fault::Fault;
use crate::messages::Messages;
use crate::option::FilterOption;
use crate::paths;
use crate::site::Ask;

/// The honour that ranks first in a cluster are proposed for.
const FLAG: &str = "co-thi-dua";

/// A proposal of flags by rank, and the rule behind it.
#[derive(Debug, Default)]
pub(super) struct FlagsView {
    /// The rule in a sentence; empty where none is set and the reader tries one.
    pub(super) rule: String,
    pub(super) barred: Vec<String>,
    pub(super) places: usize,
    pub(super) least: Vec<FilterOption>,
    pub(super) points: String,
    pub(super) units: Vec<String>,
    pub(super) tied: Vec<String>,
    pub(super) open: usize,
    /// Members that may be barred: id, name, why they are.
    pub(super) members: Vec<(String, String, String)>,
    /// Whether the reader may set the rule.
    pub(super) sets: bool,
    /// Whether only the bars may still change.
    pub(super) is_fixed: bool,
    pub(super) to_rule: String,
}

impl FlagsView {
    pub(super) fn of(
        say: &'static Messages,
        seen: &Seen,
        scored: &Scored,
        asked: &Asked,
        name: impl Fn(&str) -> String,
    ) -> Self {
        let held = seen.flag_rule.as_ref();
        let first = held.and_then(|rule| rule.rules.first());
        let places = match asked.places.parse() {
            Ok(places) => Some(places).map(|places: usize| places.min(PLACES_MAX)),
            Err(_) => first.map(|rule| rule.places),
        };
        let known = |code: &&String| scored.scheme.grades.iter().any(|grade| grade.code == **code);
        let asked_least = Some(&asked.least).filter(known).cloned();
        let least =
            asked_least.or_else(|| first.and_then(|rule| rule.least.clone()).filter(|_| asked.places.is_empty()));
        let grades = scored.scheme.grades.iter().map(|grade| (grade.code.clone(), name(&grade.code)));
        let options =
            crate::option::options(say.get("scoring.any-grade"), grades, least.as_deref().unwrap_or_default());
        let tried = asked.places.parse::<usize>().is_ok();
        let proposed = match held.filter(|_| !tried) {
            Some(rule) => rule.proposed(&scored.scheme, &scored.ranking),
            None => {
                let Ok(honour) = HonourCode::parse(FLAG) else { return Self::default() };
                let rule = FlagRule { honour, places: places.unwrap_or(1), least: least.clone() };
                propose(&scored.scheme, &scored.ranking, &[rule])
            }
        };
        let named = |units: &[OrgId]| units.iter().map(|unit| scored.name(unit)).collect::<Vec<_>>();
        let (units, tied, open) =
            proposed.first().map(|one| (named(&one.units), named(&one.tied), one.open)).unwrap_or_default();
        let barred = |unit: &OrgId| held.and_then(|rule| rule.bars(unit)).map(|bar| bar.reason.clone());
        Self {
            rule: held.map(|rule| said(say, rule, &name)).unwrap_or_default(),
            barred: held
                .into_iter()
                .flat_map(|rule| &rule.barred)
                .map(|bar| format!("{}: {}", scored.name(&bar.unit), bar.reason))
                .collect(),
            places: places.unwrap_or(1),
            least: options,
            points: held.and_then(|rule| rule.least_points).map(shown).unwrap_or_default(),
            units,
            tied,
            open,
            members: seen
                .members
                .iter()
                .map(|(member, name, _)| {
                    (member.unit.to_string(), name.clone(), barred(&member.unit).unwrap_or_default())
                })
                .collect(),
            sets: seen.rights.opens,
            is_fixed: scored.frozen.is_some(),
            to_rule: paths::cluster_page(&seen.cluster.code, seen.cluster.year, paths::FLAGS),
        }
    }

    #[cfg(test)]
    pub(super) fn sample(say: &'static Messages, is_empty: bool) -> Self {
        use crate::sampled::LONG_NAME;
        let many = |is: bool| if is { vec![LONG_NAME.to_owned()] } else { Vec::new() };
        Self {
            rule: if is_empty { String::new() } else { LONG_NAME.into() },
            barred: many(!is_empty),
            places: 1,
            least: crate::option::options(
                say.get("scoring.any-grade"),
                [("tot".to_owned(), LONG_NAME.to_owned())],
                "tot",
            ),
            points: "80".into(),
            units: many(!is_empty),
            tied: many(!is_empty),
            open: 1,
            members: vec![("x".into(), LONG_NAME.into(), if is_empty { String::new() } else { LONG_NAME.into() })],
            sets: true,
            is_fixed: is_empty,
            to_rule: "/cum-thi-dua/c/2020/quy-tac-co".into(),
        }
    }
}

/// The rule in a sentence.
fn said(say: &'static Messages, rule: &FlagRules, name: impl Fn(&str) -> String) -> String {
    let places: usize = rule.rules.iter().map(|one| one.places).sum();
    let least = rule.rules.first().and_then(|one| one.least.as_deref()).map(name);
    let mut parts = vec![say.with("scoring.flag-rule-places", &[("places", &places.to_string())])];
    parts.extend(least.map(|grade| say.with("scoring.flag-rule-least", &[("grade", &grade)])));
    parts.extend(rule.least_points.map(|points| say.with("scoring.flag-rule-points", &[("points", &shown(points))])));
    say.with("scoring.flag-rule-set", &[("rule", &parts.join(", ")), ("who", &rule.by), ("at", &rule.at.in_table())])
}

/// `POST /cum-thi-dua/{code}/{year}/quy-tac-co`: sets the rule.
pub async fn submit(
    ask: Ask,
    Path((code, year)): Path<(String, String)>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let key = key_of(&code, &year)?;
    let one = |name: &str| sent.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if !ask.takes(one("ma").unwrap_or_default()) {
        return shown_page(&ask, key, &Asked::default(), Some(Refusal::StaleForm)).await;
    }
    let new = match new_of(&key, &sent, |name| one(name).unwrap_or_default().trim()) {
        Ok(new) => new,
        Err(refusal) => return shown_page(&ask, key, &Asked::default(), Some(refusal)).await,
    };
    match ask.file(move |app, by| set_flag_rule(app, by, &new)).await {
        Ok(_) => {
            let to = format!("{}#co", paths::cluster_page(&key.0, key.1, paths::RANKING));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Fault::Refused(refusal)) => shown_page(&ask, key, &Asked::default(), Some(refusal)).await,
        Err(fault) => Err(fault),
    }
}

fn new_of<'a>(
    key: &(ClusterCode, i16),
    sent: &[(String, String)],
    one: impl Fn(&str) -> &'a str,
) -> Result<NewFlagRule, Refusal> {
    let places = one("co").parse().map_err(|_| Refusal::NotANumber { asked: one("co").to_owned() })?;
    let least = Some(one("tu")).filter(|grade| !grade.is_empty()).map(str::to_owned);
    let honour = HonourCode::parse(FLAG).map_err(|_| Refusal::NotANumber { asked: FLAG.to_owned() })?;
    let barred = sent.iter().filter_map(|(name, reason)| Some((name.strip_prefix("cam-")?, reason.trim())));
    let barred = barred.filter(|(_, reason)| !reason.is_empty()).map(|(unit, reason)| {
        let unknown = |_| Refusal::UnknownUnit { asked: unit.to_owned(), near: Vec::new() };
        Ok(Barred { unit: OrgId::parse(unit).map_err(unknown)?, reason: reason.to_owned() })
    });
    Ok(NewFlagRule {
        cluster: key.0.clone(),
        year: key.1,
        rules: vec![FlagRule { honour, places, least }],
        least_points: match one("diem") {
            "" => None,
            points => Some(number(points)?),
        },
        barred: barred.collect::<Result<_, Refusal>>()?,
    })
}
