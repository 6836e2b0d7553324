//! What if: the ranking with one mark as it might be, or without one member, beside the ranking as it is. Nothing is kept.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header::CACHE_CONTROL;
use axum::response::Response;
use serde::Deserialize;
use thidua_app::cluster::{scoring, suppose};
use thidua_base::code::{CriterionCode, OrgId};
use thidua_base::{Number, Timestamp};
use thidua_domain::Refusal;
use thidua_domain::cluster::review::{Reviewed, Verdict};
use thidua_domain::cluster::scheme::Level;
use thidua_domain::cluster::suppose::Supposed;

use super::claiming::number;
use super::year::rank_of;
use super::{Head, Leaf, key_of, shown, words};
use crate::account::sign_in::NEVER_STORED;
use crate::fault::Fault;
use crate::option::FilterOption;
use crate::page::{Page, Part};
use crate::paths;
use crate::site::{Ask, html};

/// What if.
#[derive(Debug, Template)]
#[template(path = "cluster/suppose.html")]
pub struct SupposePage {
    page: Page,
    refusal: String,
    head: Head,
    units: Vec<FilterOption>,
    criteria: Vec<FilterOption>,
    points: String,
    without: Vec<FilterOption>,
    is_asked: bool,
    rows: Vec<SupposedRow>,
    lines: Vec<(String, String, String, String)>,
    address: String,
}

/// A member as it is and as it would be.
#[derive(Debug)]
struct SupposedRow {
    name: String,
    rank: String,
    would: String,
    total: String,
    would_total: String,
    is_other: bool,
}

/// What is supposed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(rename = "dv", default)]
    unit: String,
    #[serde(rename = "tc", default)]
    criterion: String,
    #[serde(rename = "diem", default)]
    points: String,
    #[serde(rename = "bo", default)]
    without: String,
}

/// `GET /cum-thi-dua/{code}/{year}/gia-dinh`
pub async fn page(
    ask: Ask,
    Path((code, year)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (code, year) = key_of(&code, &year)?;
    let say = ask.messages();
    let sent = asked.clone();
    let (house, (seen, would, refusal)) = ask
        .verb(move |app, by| {
            let seen = scoring(app, by, &code, year)?;
            let strongest = seen.scored.as_ref().and_then(|scored| scored.scheme.marks.first().copied());
            let changes = match changes(&sent, strongest) {
                Ok(changes) => changes,
                Err(refusal) => return Ok((seen, None, Some(refusal))),
            };
            if changes.is_empty() {
                return Ok((seen, None, None));
            }
            let (seen, would) = suppose(app, by, &code, year, &changes)?;
            Ok((seen, Some(would), None))
        })
        .await?;
    let scored = seen.scored.clone().ok_or(Fault::NotFound)?;
    let (code, year) = (&seen.cluster.code, seen.cluster.year);
    let members = || scored.ranking.rows.iter().map(|row| (row.unit.to_string(), scored.name(&row.unit)));
    let leaves = scored.scheme.leaves();
    let leaves = leaves.map(|(_, leaf)| {
        let max = leaf.max.map(shown).unwrap_or_default();
        (leaf.code.to_string(), format!("{} {} ({max})", leaf.code, words::label(say, leaf)))
    });
    let rows = would.iter().flat_map(|would| {
        would.ranking.rows.iter().map(|row| {
            let is = scored.ranking.rows.iter().find(|one| one.unit == row.unit);
            SupposedRow {
                name: scored.name(&row.unit),
                rank: is.map(|row| rank_of(say, row.rank, row.shared_by)).unwrap_or_default(),
                would: rank_of(say, row.rank, row.shared_by),
                total: is.map(|row| shown(row.points)).unwrap_or_default(),
                would_total: shown(row.points),
                is_other: is.is_some_and(|is| (is.rank, is.points) != (row.rank, row.points)),
            }
        })
    });
    let lines = would.iter().flat_map(|would| {
        would.lines.iter().filter_map(|line| {
            let criterion = scored.scheme.criteria.get(line.criterion).filter(|found| found.rule.is_some())?;
            let label = format!("{} {}", criterion.code, words::label(say, criterion));
            Some((scored.name(&line.unit), label, shown(line.before), shown(line.after)))
        })
    });
    let title = format!("{} – {}", say.get("scoring.tab-suppose"), seen.cluster.name);
    let view = SupposePage {
        refusal: refusal.as_ref().map(|refusal| say.refusal(refusal)).unwrap_or_default(),
        head: Head::of(say, &seen, Leaf::Suppose),
        units: crate::option::options(say.get("scoring.choose"), members(), &asked.unit),
        criteria: crate::option::options(say.get("scoring.choose"), leaves, &asked.criterion),
        points: asked.points.clone(),
        without: crate::option::options(say.get("scoring.nobody"), members(), &asked.without),
        is_asked: would.is_some(),
        rows: rows.collect(),
        lines: lines.collect(),
        address: paths::cluster_page(code, year, paths::SUPPOSE),
        page: ask.page(Part::Clusters, &title, &house),
    };
    let mut response = html(&view)?;
    response.headers_mut().insert(CACHE_CONTROL, NEVER_STORED);
    Ok(response)
}

/// What is asked, as changes: a mark of the strongest level, or a member that is not there.
fn changes(asked: &Asked, strongest: Option<Level>) -> Result<Vec<Supposed>, Refusal> {
    let mut changes = Vec::new();
    if let (Ok(unit), Ok(criterion)) = (OrgId::parse(&asked.unit), CriterionCode::parse(&asked.criterion))
        && !asked.points.trim().is_empty()
    {
        let level = strongest.filter(|level| *level != Level::Own).unwrap_or(Level::Council);
        let reviewed = Reviewed {
            level,
            verdict: Verdict::Points(number(&asked.points)?),
            over: Number::whole(0),
            reason: "–".to_owned(),
            by: String::new(),
            by_unit: None,
            at: Timestamp::from_second(0).unwrap_or_else(|| unreachable!("the first second is an instant")),
        };
        changes.push(Supposed::Mark(unit, criterion, reviewed));
    }
    if let Ok(unit) = OrgId::parse(&asked.without) {
        changes.push(Supposed::Without(unit));
    }
    Ok(changes)
}

#[cfg(test)]
impl crate::sampled::Sampled for SupposePage {
    fn samples(lang: crate::messages::Lang) -> Vec<Self> {
        use crate::sampled::{LONG_NAME, frame};
        let options = || crate::option::options("–", [("x".to_owned(), LONG_NAME.to_owned())], "x");
        let of = |rows: Vec<SupposedRow>| Self {
            page: frame(Part::Clusters, lang),
            refusal: if rows.is_empty() { LONG_NAME.into() } else { String::new() },
            head: Head::sample(crate::messages::Messages::of(lang)),
            units: options(),
            criteria: options(),
            points: "7,5".into(),
            without: options(),
            is_asked: !rows.is_empty(),
            lines: rows
                .iter()
                .map(|row| (row.name.clone(), LONG_NAME.to_owned(), "1".to_owned(), "2".to_owned()))
                .collect(),
            rows,
            address: "/cum-thi-dua/c/2020/gia-dinh".into(),
        };
        let row = SupposedRow {
            name: LONG_NAME.into(),
            rank: "1".into(),
            would: "2".into(),
            total: "92,5".into(),
            would_total: "88".into(),
            is_other: true,
        };
        vec![of(Vec::new()), of(vec![row])]
    }
}
