//! Reading a scheme from its file.

use std::collections::BTreeSet;

use thidua_base::Number;
use thidua_base::code::CriterionCode;

use super::at::At;
use super::check::{BrokenScheme, checked};
use super::grading::{Condition, Effect, Grade, GradeAt, Quota, QuotaAction, Sanction, TieRule, Watch};
use super::leaf::{above_zero, percent, rule};
use super::{Criterion, Formula, Left, Level, Need, Part, Peers, Scale, Scheme, SchemeFinding, Scored, Status};
use crate::refusal::{PackFault, Wanted};

type Read<T> = Result<T, BrokenScheme>;

/// Reads a scheme and checks it whole.
///
/// # Errors
/// Everything that is wrong with it, each with the file and the key; the grammar and each key first, then, where all of
/// them could be read, the sums and the names.
pub fn read(file: &str, text: &str) -> Result<Scheme, Vec<BrokenScheme>> {
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let key = error.span().map_or_else(String::new, |span| {
            format!("line {}", text.get(..span.start).map_or(0, |before| before.matches('\n').count()) + 1)
        });
        vec![BrokenScheme { file: file.to_owned(), key, why: PackFault::Syntax(error.message().to_owned()) }]
    })?;
    let scheme = whole(&At::whole(file, &table), file).map_err(|fault| vec![fault])?;
    checked(scheme)
}

fn whole(at: &At<'_>, file: &str) -> Read<Scheme> {
    at.only(&[
        "code",
        "version",
        "name",
        "name-en",
        "issuer",
        "province",
        "instrument",
        "subject",
        "status",
        "valid-from",
        "valid-to",
        "sources",
        "missing",
        "notes",
        "formula",
        "marks",
        "peers",
        "evidence",
        "scale",
        "criterion",
        "finding",
        "grade",
        "condition",
        "sanction",
        "quota",
        "ties",
        "watch",
    ])?;
    let scale = scale(&at.table("scale")?)?;
    let need = at.one_of_or("evidence", &NEEDS, Need::Nothing)?;
    let criteria = criteria(at, scale.step, need)?;
    Ok(Scheme {
        code: at.code("code")?,
        version: at.whole_from("version", 1)?,
        name: at.text("name")?,
        name_en: at.text_or_empty("name-en")?,
        issuer: at.text("issuer")?,
        province: at.text_or_empty("province")?,
        instrument: at.text_or_empty("instrument")?,
        subject: at.one_of_or("subject", &[("units", Scored::Units), ("persons", Scored::Persons)], Scored::Units)?,
        status: at.one_of(
            "status",
            &[("draft", Status::Draft), ("issued", Status::Issued), ("practice", Status::Practice)],
        )?,
        valid_from: at.day("valid-from")?,
        valid_to: valid_to(at)?,
        sources: at.texts("sources")?,
        missing: at.texts("missing")?,
        notes: at.texts("notes")?,
        formulas: at.tables("formula")?.iter().map(formula).collect::<Read<_>>()?,
        findings: at.tables("finding")?.iter().map(finding).collect::<Read<_>>()?,
        scale,
        marks: marks(at)?,
        peers: at.one_of_or("peers", &[("last", Peers::Last), ("mean", Peers::Mean)], Peers::Last)?,
        criteria,
        grades: at.tables("grade")?.iter().map(grade).collect::<Read<_>>()?,
        conditions: at.tables("condition")?.iter().map(condition).collect::<Read<_>>()?,
        sanctions: at.tables("sanction")?.iter().map(sanction).collect::<Read<_>>()?,
        quota: if at.has("quota") { Some(quota(&at.table("quota")?)?) } else { None },
        ties: ties(at)?,
        watch: if at.has("watch") { watch(&at.table("watch")?)? } else { Watch::default() },
        file: file.to_owned(),
    })
}

const NEEDS: [(&str, Need); 2] = [("required", Need::Evidence), ("none", Need::Nothing)];

fn valid_to(at: &At<'_>) -> Read<Option<thidua_base::Date>> {
    if !at.has("valid-to") {
        return Ok(None);
    }
    let (from, to) = (at.day("valid-from")?, at.day("valid-to")?);
    if to <= from {
        return Err(at.fault("valid-to", PackFault::Expected(Wanted::DayAfter(from))));
    }
    Ok(Some(to))
}

fn scale(at: &At<'_>) -> Read<Scale> {
    at.only(&["base", "content", "bonus", "penalty", "floor", "ceiling", "step", "not-assigned", "not-arisen"])?;
    let left = [("denominator", Left::Denominator), ("full", Left::Full), ("zero", Left::Zero)];
    Ok(Scale {
        base: at.points_if("base")?.unwrap_or(Number::whole(0)),
        content: at.points_if("content")?,
        bonus: at.points_if("bonus")?,
        penalty: at.points_if("penalty")?,
        floor: at.points_if("floor")?,
        ceiling: at.points_if("ceiling")?,
        step: if at.has("step") { above_zero(at, "step")? } else { HUNDREDTH },
        not_assigned: at.one_of_or("not-assigned", &left, Left::Denominator)?,
        not_arisen: at.one_of_or("not-arisen", &left, Left::Full)?,
    })
}

/// Marks have two decimals where nothing else is said.
const HUNDREDTH: Number = match Number::new(1, 2) {
    Some(number) => number,
    None => Number::whole(1),
};

fn marks(at: &At<'_>) -> Read<Vec<Level>> {
    let mut marks = Vec::new();
    for word in at.texts("marks")? {
        let level = Level::ALL.into_iter().find(|level| level.word() == word);
        let level = level.ok_or_else(|| {
            let words = Level::ALL.map(|level| level.word().to_owned()).to_vec();
            at.fault("marks", PackFault::Expected(Wanted::OneOf { words, found: word.clone() }))
        })?;
        if marks.contains(&level) {
            return Err(at.fault("marks", PackFault::Twice(word)));
        }
        marks.push(level);
    }
    // The unit's own mark is always there, and the weakest.
    marks.retain(|level| *level != Level::Own);
    marks.push(Level::Own);
    Ok(marks)
}

fn criteria(at: &At<'_>, step: Number, need: Need) -> Read<Vec<Criterion>> {
    let mut criteria: Vec<Criterion> = Vec::new();
    let mut codes: BTreeSet<CriterionCode> = BTreeSet::new();
    for at in at.tables("criterion")? {
        let code: CriterionCode = at.code("code")?;
        let at = at.called(format!("criterion {code}"));
        at.only(&[
            "code", "under", "label", "label-en", "part", "max", "rule", "step", "evidence", "sanction", "note",
        ])?;
        if !codes.insert(code.clone()) {
            return Err(at.fault("code", PackFault::Twice(code.to_string())));
        }
        let under = if at.has("under") {
            let above: CriterionCode = at.code("under")?;
            let place = criteria.iter().position(|known| known.code == above);
            Some(place.ok_or_else(|| at.fault("under", PackFault::Dangling(above.to_string())))?)
        } else {
            None
        };
        let above = under.and_then(|place| criteria.get(place));
        let parts = [("content", Part::Content), ("bonus", Part::Bonus), ("penalty", Part::Penalty)];
        let part = at.one_of_or("part", &parts, above.map_or(Part::Content, |above| above.part))?;
        if let Some(above) = above {
            if above.part != part {
                let words = parts.iter().filter(|(_, one)| *one == above.part).map(|(word, _)| (*word).to_owned());
                let found = at.text("part")?;
                return Err(at.fault("part", PackFault::Expected(Wanted::OneOf { words: words.collect(), found })));
            }
            if above.rule.is_some() {
                return Err(at.fault("under", PackFault::UnderLeaf(above.code.to_string())));
            }
        }
        let depth = above.map_or(0, |above| above.depth + 1);
        let rule = if at.has("rule") { Some(rule(&at.table("rule")?)?) } else { None };
        // A penalty needs no proof by the unit it falls on.
        let need = if part == Part::Penalty { Need::Nothing } else { need };
        criteria.push(Criterion {
            label: at.text_or_empty("label")?,
            label_en: at.text_or_empty("label-en")?,
            part,
            under,
            depth,
            max: max(&at)?,
            rule,
            step: if at.has("step") { above_zero(&at, "step")? } else { step },
            evidence: at.one_of_or("evidence", &NEEDS, need)?,
            sanction: if at.has("sanction") { Some(at.text("sanction")?) } else { None },
            note: at.text_or_empty("note")?,
            code,
        });
    }
    Ok(criteria)
}

/// The most points of a criterion; `unknown` where the source does not give them.
fn max(at: &At<'_>) -> Read<Option<Number>> {
    if !at.has("max") {
        return Err(at.fault("max", PackFault::Expected(Wanted::Value)));
    }
    if at.text("max").is_ok_and(|word| word == "unknown") { Ok(None) } else { above_zero(at, "max").map(Some) }
}

fn formula(at: &At<'_>) -> Read<Formula> {
    at.only(&["code", "label", "label-en", "rule"])?;
    Ok(Formula {
        code: at.text("code")?,
        label: at.text("label")?,
        label_en: at.text_or_empty("label-en")?,
        rule: rule(&at.table("rule")?)?,
    })
}

fn finding(at: &At<'_>) -> Read<SchemeFinding> {
    at.only(&["at", "says", "taken"])?;
    Ok(SchemeFinding { at: at.text("at")?, says: at.text("says")?, taken: at.text_or_empty("taken")? })
}

fn grade(at: &At<'_>) -> Read<Grade> {
    at.only(&["code", "name", "name-en", "from"])?;
    Ok(Grade {
        code: at.text("code")?,
        name: at.text("name")?,
        name_en: at.text_or_empty("name-en")?,
        from: at.points_or_none("from")?.map_or(GradeAt::Rest, GradeAt::Total),
    })
}

fn condition(at: &At<'_>) -> Read<Condition> {
    at.only(&["grade", "kind", "of", "least"])?;
    let grade = at.text("grade")?;
    match at.one_of("kind", &["share", "count", "each"].map(|word| (word, word)))? {
        "share" => Ok(Condition::Share { grade, of: at.code("of")?, least: percent(at, "least")? }),
        "count" => Ok(Condition::Count { grade, of: at.code("of")?, least: at.points("least")? }),
        _ => Ok(Condition::Each { grade, least: percent(at, "least")? }),
    }
}

fn sanction(at: &At<'_>) -> Read<Sanction> {
    at.only(&["code", "label", "label-en", "effect", "grade", "repeated"])?;
    let code = at.text("code")?;
    let at = &at.clone().called(format!("sanction {code}"));
    let effect = |key: &str| match at.one_of(key, &["at-most", "one-lower", "lowest"].map(|word| (word, word)))? {
        "at-most" => Ok(Effect::AtMost(at.text("grade")?)),
        "one-lower" => Ok(Effect::OneLower),
        _ => Ok(Effect::Lowest),
    };
    Ok(Sanction {
        code,
        label: at.text("label")?,
        label_en: at.text_or_empty("label-en")?,
        effect: effect("effect")?,
        repeated: if at.has("repeated") { Some(effect("repeated")?) } else { None },
    })
}

fn quota(at: &At<'_>) -> Read<Quota> {
    at.only(&["grade", "share", "rest", "action"])?;
    let actions = [("lower", QuotaAction::Lower), ("warn", QuotaAction::Warn)];
    Ok(Quota {
        grade: at.text("grade")?,
        share: percent(at, "share")?,
        rest: at.text("rest")?,
        action: at.one_of("action", &actions)?,
    })
}

fn ties(at: &At<'_>) -> Read<Vec<TieRule>> {
    let mut ties = Vec::new();
    for word in at.texts("ties")? {
        ties.push(match word.as_str() {
            "bonus" => TieRule::Bonus,
            "penalty" => TieRule::Penalty,
            "vote" => TieRule::Vote,
            code => TieRule::Criterion(
                CriterionCode::parse(code).map_err(|_| at.fault("ties", PackFault::Dangling(code.to_owned())))?,
            ),
        });
    }
    Ok(ties)
}

fn watch(at: &At<'_>) -> Read<Watch> {
    at.only(&["own-above", "mutual", "low-target", "late-jump", "late-days", "lone-excess"])?;
    let ours = Watch::default();
    Ok(Watch {
        own_above: at.points_if("own-above")?.unwrap_or(ours.own_above),
        mutual: at.points_if("mutual")?.unwrap_or(ours.mutual),
        low_target: at.points_if("low-target")?.unwrap_or(ours.low_target),
        late_jump: at.points_if("late-jump")?.unwrap_or(ours.late_jump),
        late_days: if at.has("late-days") { at.whole_from("late-days", 0)? } else { ours.late_days },
        lone_excess: at.points_if("lone-excess")?.unwrap_or(ours.lone_excess),
    })
}
