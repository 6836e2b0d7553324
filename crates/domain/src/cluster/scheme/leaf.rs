//! Reading how a leaf is scored.

use thidua_base::Number;

use super::at::At;
use super::check::BrokenScheme;
use super::rule::{
    AgainstLeader, AgainstPlan, AwardPoints, Band, BandOverride, Bands, Curve, Judged, Measure, NoTarget, Outlier,
    PlanSource, Rule, ScoreOption, Take, TargetBy, Threshold, ZeroTarget, Zeroes,
};
use crate::refusal::{PackFault, Wanted};

type Read<T> = Result<T, BrokenScheme>;

/// The rule written in a table.
pub(super) fn rule(at: &At<'_>) -> Read<Rule> {
    let words = Rule::WORDS.map(|word| (word, word));
    match at.one_of("kind", &words)? {
        "plan" => against_plan(at).map(Rule::Plan),
        "leader" => against_leader(at).map(Rule::Leader),
        "flag" => plain(at, Rule::Flag),
        "choice" => {
            at.only(&["kind", "options"])?;
            let options = at.some_tables("options")?.iter().map(option).collect::<Read<Vec<_>>>()?;
            distinct(at, "options", options.iter().map(|option| option.code.as_str()))?;
            Ok(Rule::Choice(options))
        }
        "band" => bands_of_amount(at).map(Rule::Band),
        "ratio" => {
            at.only(&["kind", "none"])?;
            Ok(Rule::Ratio { none: at.points("none")? })
        }
        "count" => {
            at.only(&["kind", "per"])?;
            Ok(Rule::Count { per: above_zero(at, "per")? })
        }
        "deduct-per" => {
            at.only(&["kind", "per", "floor"])?;
            Ok(Rule::DeductPer { per: above_zero(at, "per")?, floor: at.points("floor")? })
        }
        "awards" => {
            at.only(&["kind", "awards", "take"])?;
            let awards = at.some_tables("awards")?.iter().map(award).collect::<Read<Vec<_>>>()?;
            distinct(at, "awards", awards.iter().map(|award| award.code.as_str()))?;
            Ok(Rule::Awards { awards, take: at.one_of("take", &[("each", Take::Each), ("best", Take::Best)])? })
        }
        "bodies" => {
            at.only(&["kind", "each", "take"])?;
            let take = at.one_of("take", &[("sum", Judged::Sum), ("mean", Judged::Mean)])?;
            Ok(Rule::Bodies { each: at.points_or_none("each")?, take })
        }
        "average" => {
            at.only(&["kind", "sets"])?;
            let sets = at.some_tables("sets")?.iter().map(set).collect::<Read<Vec<_>>>()?;
            distinct(at, "sets", sets.iter().map(|(code, _)| code.as_str()))?;
            Ok(Rule::Average { sets })
        }
        "manual" => plain(at, Rule::Manual),
        _ => plain(at, Rule::Unstated),
    }
}

fn plain(at: &At<'_>, rule: Rule) -> Read<Rule> {
    at.only(&["kind"])?;
    Ok(rule)
}

fn source(at: &At<'_>) -> Read<PlanSource> {
    let targets = [("superior", TargetBy::Superior), ("registered", TargetBy::Registered)];
    let without = [
        ("among-themselves", NoTarget::AmongThemselves),
        ("not-assigned", NoTarget::NotAssigned),
        ("unscored", NoTarget::Unscored),
    ];
    let zero =
        [("as-none", ZeroTarget::AsNone), ("met-or-not", ZeroTarget::MetOrNot), ("unscored", ZeroTarget::Unscored)];
    Ok(PlanSource {
        indicator: if at.has("indicator") { Some(at.code("indicator")?) } else { None },
        target_by: at.one_of_or("target-by", &targets, TargetBy::Superior)?,
        // Without a target and with a target of zero are two states: both are written.
        no_target: at.one_of("no-target", &without)?,
        zero_target: at.one_of("zero-target", &zero)?,
    })
}

const SOURCE_KEYS: [&str; 5] = ["kind", "indicator", "target-by", "no-target", "zero-target"];

fn against_plan(at: &At<'_>) -> Read<AgainstPlan> {
    let curves = ["proportional", "banded", "stepped"].map(|word| (word, word));
    let word = at.one_of("curve", &curves)?;
    let of_curve: &[&str] = match word {
        "proportional" => &["full-at", "cap"],
        "banded" => &["bands"],
        _ => &["at", "points", "width", "gain", "loss"],
    };
    at.only(&[&SOURCE_KEYS[..], &["curve", "measure", "percent-decimals"], of_curve].concat())?;
    let curve = match word {
        "proportional" => Curve::Proportional { full_at: above_zero(at, "full-at")?, cap: at.points_or_none("cap")? },
        "banded" => Curve::Banded(bands(at)?),
        _ => Curve::Stepped {
            at: at.points("at")?,
            points: at.points("points")?,
            width: above_zero(at, "width")?,
            gain: at.points("gain")?,
            loss: at.points("loss")?,
        },
    };
    let percent_decimals = match at.points_if("percent-decimals")? {
        None => None,
        Some(decimals) => {
            let wanted = || Wanted::Between { low: "0".to_owned(), high: "4".to_owned() };
            let fits = u8::try_from(decimals.digits()).ok().filter(|d| decimals.scale() == 0 && *d <= 4);
            Some(fits.ok_or_else(|| at.fault("percent-decimals", PackFault::Expected(wanted())))?)
        }
    };
    let measure = at.one_of_or("measure", &[("plan", Measure::Plan), ("growth", Measure::Growth)], Measure::Plan)?;
    Ok(AgainstPlan { source: source(at)?, measure, percent_decimals, curve })
}

fn against_leader(at: &At<'_>) -> Read<AgainstLeader> {
    at.only(&[&SOURCE_KEYS[..], &["at-target", "outlier", "outlier-limit"]].concat())?;
    let outlier = match at.one_of("outlier", &["none", "cap", "set-aside"].map(|word| (word, word)))? {
        "cap" => Outlier::Cap(above_zero(at, "outlier-limit")?),
        "set-aside" => Outlier::SetAside(above_zero(at, "outlier-limit")?),
        _ => Outlier::None,
    };
    Ok(AgainstLeader { source: source(at)?, at_target: percent(at, "at-target")?, outlier })
}

fn option(at: &At<'_>) -> Read<ScoreOption> {
    at.only(&["code", "label", "label-en", "points", "zeroes-group"])?;
    Ok(ScoreOption {
        code: at.text("code")?,
        label: at.text_or_empty("label")?,
        label_en: at.text_or_empty("label-en")?,
        points: at.points("points")?,
        zeroes: at.one_of_or("zeroes-group", &[("yes", Zeroes::Group), ("no", Zeroes::Nothing)], Zeroes::Nothing)?,
    })
}

fn bands_of_amount(at: &At<'_>) -> Read<Bands> {
    at.only(&["kind", "measure", "bands", "overrides"])?;
    let overrides = at.tables("overrides")?.iter().map(band_override).collect::<Read<Vec<_>>>()?;
    distinct(at, "overrides", overrides.iter().map(|one| one.code.as_str()))?;
    Ok(Bands { measure: at.text("measure")?, bands: bands(at)?, overrides })
}

fn bands(at: &At<'_>) -> Read<Vec<Band>> {
    at.some_tables("bands")?
        .iter()
        .map(|at| {
            at.only(&["from", "above", "up-to", "points"])?;
            let edges = ["from", "above", "up-to"].into_iter().filter(|key| at.has(key)).collect::<Vec<_>>();
            let threshold = match edges.as_slice() {
                ["from"] => Threshold::From(at.number("from")?),
                ["above"] => Threshold::Above(at.number("above")?),
                ["up-to"] => Threshold::UpTo(at.number("up-to")?),
                _ => return Err(at.fault("from", PackFault::Expected(Wanted::Value))),
            };
            Ok(Band { threshold, points: at.points("points")? })
        })
        .collect()
}

fn band_override(at: &At<'_>) -> Read<BandOverride> {
    at.only(&["code", "when", "when-en", "below", "points"])?;
    Ok(BandOverride {
        code: at.text("code")?,
        when: at.text("when")?,
        when_en: at.text_or_empty("when-en")?,
        below: at.number("below")?,
        points: at.points("points")?,
    })
}

fn award(at: &At<'_>) -> Read<AwardPoints> {
    at.only(&["code", "label", "points"])?;
    Ok(AwardPoints { code: at.text("code")?, label: at.text("label")?, points: at.points("points")? })
}

fn set(at: &At<'_>) -> Read<(String, Vec<String>)> {
    at.only(&["code", "parts"])?;
    let parts = at.texts("parts")?;
    if parts.is_empty() {
        return Err(at.fault("parts", PackFault::Expected(Wanted::Texts)));
    }
    distinct(at, "parts", parts.iter().map(String::as_str))?;
    Ok((at.text("code")?, parts))
}

/// A percentage from 0 to 100.
pub(super) fn percent(at: &At<'_>, key: &str) -> Read<Number> {
    let number = at.points(key)?;
    if number > Number::whole(100) {
        let wanted = Wanted::Between { low: "0".to_owned(), high: "100".to_owned() };
        return Err(at.fault(key, PackFault::Expected(wanted)));
    }
    Ok(number)
}

/// A number above zero.
pub(super) fn above_zero(at: &At<'_>, key: &str) -> Read<Number> {
    let number = at.points(key)?;
    if number.is_zero() {
        let like = Wanted::Like { kind: "number", example: "\"0.5\"", found: "0".to_owned() };
        return Err(at.fault(key, PackFault::Expected(like)));
    }
    Ok(number)
}

fn distinct<'a>(at: &At<'_>, key: &str, codes: impl Iterator<Item = &'a str>) -> Read<()> {
    let mut seen = std::collections::BTreeSet::new();
    for code in codes {
        if !seen.insert(code) {
            return Err(at.fault(key, PackFault::Twice(code.to_owned())));
        }
    }
    Ok(())
}
