//! Clusters and blocks of the year, and the pages of a scoring: the year, a unit's sheet, the table of all, the ranking, what if.

pub mod act;
mod claiming;
pub mod fill;
pub mod fill_preview;
pub mod flags;
pub mod list;
pub mod matrix;
pub mod meetings;
mod objections;
pub mod papers;
pub mod ranking;
pub mod sheet;
pub mod suppose;
pub(crate) mod words;
pub mod year;

use thidua_app::cluster::Seen;
use thidua_base::Number;
use thidua_base::code::ClusterCode;

use crate::fault::Fault;
use crate::figure::Mark;
use crate::messages::Messages;
use crate::paths;

/// What every page of a cluster's year opens with.
#[derive(Debug, Clone)]
pub struct Head {
    title: String,
    facts: String,
    mark: Option<Mark>,
    state: &'static str,
    state_class: &'static str,
    tabs: Vec<Tab>,
}

/// A page beside this one.
#[derive(Debug, Clone)]
struct Tab {
    label: &'static str,
    href: String,
    is_current: bool,
}

/// The pages of a cluster's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaf {
    Year,
    Sheet,
    Matrix,
    Ranking,
    Suppose,
    Meetings,
}

impl Head {
    fn of(say: &'static Messages, seen: &Seen, here: Leaf) -> Self {
        let (code, year) = (&seen.cluster.code, seen.cluster.year);
        let mut facts = vec![seen.formed_by.clone(), say.with("scoring.year", &[("year", &year.to_string())])];
        if let Some(opening) = &seen.opening {
            facts.push(say.period(opening.period));
            facts.push(say.with("scoring.closes-on", &[("day", &opening.closes_on.in_table())]));
        }
        if let Some(scored) = &seen.scored {
            facts.push(if say.lang().code() == "en" && !scored.scheme.name_en.is_empty() {
                scored.scheme.name_en.clone()
            } else {
                scored.scheme.name.clone()
            });
        }
        let frozen = seen.scored.as_ref().is_some_and(|scored| scored.frozen.is_some());
        let (state, state_class) = match (&seen.opening, frozen) {
            (None, _) => ("scoring.not-opened", "plain"),
            (Some(_), false) => ("scoring.under-way", "note"),
            (Some(_), true) => ("scoring.frozen", "good"),
        };
        let mut tabs = vec![(Leaf::Year, "scoring.tab-year", paths::cluster(code, year))];
        if seen.rights.reads || seen.rights.meets {
            tabs.push((Leaf::Meetings, "scoring.tab-meetings", paths::cluster_page(code, year, paths::MEETINGS)));
        }
        if seen.scored.is_some() {
            tabs.push((Leaf::Ranking, "scoring.tab-ranking", paths::cluster_page(code, year, paths::RANKING)));
            tabs.push((Leaf::Matrix, "scoring.tab-matrix", paths::cluster_page(code, year, paths::MATRIX)));
            tabs.push((Leaf::Suppose, "scoring.tab-suppose", paths::cluster_page(code, year, paths::SUPPOSE)));
        }
        Self {
            title: seen.cluster.name.clone(),
            facts: facts.join(" · "),
            mark: seen.opening.as_ref().and_then(|opening| Mark::warning(say, opening.provenance.origin)),
            state: say.get(state),
            state_class,
            tabs: tabs
                .into_iter()
                .map(|(leaf, label, href)| Tab { label: say.get(label), href, is_current: leaf == here })
                .collect(),
        }
    }

    /// A sample.
    #[cfg(test)]
    fn sample(say: &'static Messages) -> Self {
        Self {
            title: crate::sampled::LONG_NAME.into(),
            facts: crate::sampled::LONG_NAME.into(),
            mark: Mark::warning(say, thidua_domain::Origin::Sample),
            state: say.get("scoring.under-way"),
            state_class: "note",
            tabs: vec![Tab {
                label: say.get("scoring.tab-year"),
                href: "/cum-thi-dua/c/2020".into(),
                is_current: true,
            }],
        }
    }
}

/// Cluster and year of an address.
fn key_of(code: &str, year: &str) -> Result<(ClusterCode, i16), Fault> {
    let code = ClusterCode::parse(code).map_err(|_| Fault::NotFound)?;
    Ok((code, year.parse().map_err(|_| Fault::NotFound)?))
}

/// Points as they are shown, without needless decimals.
fn shown(points: Number) -> String {
    let short = (0..points.scale()).map(|decimals| points.rounded(decimals)).find(|short| *short == points);
    short.unwrap_or(points).vi()
}
