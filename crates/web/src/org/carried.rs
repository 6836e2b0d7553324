//! The figures of a unit by a structure, as the page of the unit shows them.

use thidua_app::indicator::{RestatedDetail, RestatedLine, RestatedRow, restated_key};
use thidua_base::code::OrgId;
use thidua_base::number::percent;
use thidua_base::{Number, Percent};
use thidua_domain::indicator::cell_key;
use thidua_domain::org::{Came, Restated, Structure};

use super::show::{AS_IT_WAS, AS_OF, RESTATED, Seen, link};
use crate::figure::{Figure, Mark};
use crate::messages::Messages;
use crate::option::Link;
use crate::paths;
use crate::report::indicator_name;

/// An indicator with the figure of all rows.
#[derive(Debug)]
pub(super) struct LineView {
    pub(super) name: Link,
    pub(super) is_chosen: bool,
    pub(super) measure: String,
    pub(super) value: Figure,
    pub(super) how: String,
}

/// One indicator, unit by unit.
#[derive(Debug)]
pub(super) struct DetailView {
    pub(super) title: String,
    pub(super) measure: String,
    pub(super) rows: Vec<RowView>,
    pub(super) total: Figure,
    pub(super) total_how: String,
    pub(super) residue: String,
}

#[derive(Debug)]
pub(super) struct RowView {
    pub(super) unit: Link,
    pub(super) value: Figure,
    pub(super) how: String,
    pub(super) blockers: Vec<Link>,
    pub(super) made_of: Vec<MadeOfView>,
}

#[derive(Debug)]
pub(super) struct MadeOfView {
    pub(super) unit: Link,
    pub(super) portion: String,
    pub(super) value: Figure,
}

/// A share as a percentage with what it follows from: `73,91% = 3.400/4.600`.
pub fn fraction(up: i64, down: i64) -> String {
    let (up, down) = (Number::whole(up), Number::whole(down));
    match percent(up, down, 2) {
        Ok(Percent::Of(share)) => format!("{} = {}/{}", share.vi_with("%"), up.vi(), down.vi()),
        Ok(Percent::NoBase | Percent::NegativeBase) | Err(_) => format!("{}/{}", up.vi(), down.vi()),
    }
}

fn restated_figure(
    say: &'static Messages,
    figure: &Restated,
    decimals: u8,
    mark: Option<Mark>,
    href: String,
) -> Figure {
    match figure {
        Restated::Exact(total) | Restated::Shared(total) => Figure::bound(total.sum.rounded(decimals).vi(), href, mark),
        Restated::NotComparable { .. } => Figure::missing(say.get("lineage.not-comparable")),
    }
}

fn how(say: &'static Messages, seen: &Seen, figure: &Restated) -> String {
    let is_carried = seen.structure.restated_to(seen.figures.period).is_some();
    let (mut said, missing) = match figure {
        Restated::Exact(total) => {
            (say.get(if is_carried { "lineage.exact" } else { "lineage.own" }).to_owned(), total.missing.len())
        }
        Restated::Shared(total) => (say.get("lineage.shared").to_owned(), total.missing.len()),
        Restated::NotComparable { .. } => (say.get("lineage.because").to_owned(), 0),
    };
    if missing > 0 {
        said = format!("{said}; {}", say.with("lineage.missing", &[("n", &missing.to_string())]));
    }
    said
}

pub(super) fn line_view(say: &'static Messages, seen: &Seen, line: &RestatedLine, is_chosen: bool) -> LineView {
    let mark = line.origin.and_then(|origin| Mark::warning(say, origin));
    let mut said = match &line.total {
        Restated::NotComparable { .. } => String::new(),
        Restated::Exact(_) | Restated::Shared(_) => how(say, seen, &line.total),
    };
    if line.not_comparable > 0 {
        let (n, all) = (line.not_comparable.to_string(), line.rows.to_string());
        let rows = say.with("lineage.not-comparable-rows", &[("n", &n), ("all", &all)]);
        said = if said.is_empty() { rows } else { format!("{said}; {rows}") };
    }
    let way = match seen.structure {
        Structure::AsItWas => AS_IT_WAS,
        Structure::AsOf(_) => AS_OF,
        Structure::RestatedTo(_) => RESTATED,
    };
    let query = [
        ("chi-tieu", line.indicator.code.as_str()),
        ("ky", &*seen.figures.period.to_string()),
        ("cach", way),
        ("ngay", &*seen.day.to_string()),
        ("chia-theo", seen.basis.as_str()),
    ];
    LineView {
        name: Link {
            label: indicator_name(say, &line.indicator),
            href: format!("{}#theo-don-vi", paths::with_query(&paths::unit(&seen.lineage.unit.id), &query)),
        },
        is_chosen,
        measure: line.indicator.measure.clone(),
        value: restated_figure(say, &line.total, line.indicator.decimals, mark, String::new()),
        how: said,
    }
}

pub(super) fn detail_view(say: &'static Messages, seen: &Seen, detail: &RestatedDetail) -> DetailView {
    let indicator = &detail.indicator;
    let residue = detail.residue.filter(|rest| !rest.is_zero());
    let name = indicator_name(say, indicator);
    let mark = seen.figures.lines.iter().find(|line| line.indicator.code == indicator.code);
    let mark = mark.and_then(|line| line.origin).and_then(|origin| Mark::warning(say, origin));
    DetailView {
        title: say.with("lineage.by-unit", &[("name", &name)]),
        measure: indicator.measure.clone(),
        rows: detail.rows.iter().map(|row| row_view(say, seen, detail, row)).collect(),
        total: restated_figure(say, &detail.total, indicator.decimals, mark, String::new()),
        total_how: how(say, seen, &detail.total),
        residue: residue
            .map(|rest| say.with("lineage.residue", &[("rest", &rest.vi_with(&indicator.measure))]))
            .unwrap_or_default(),
    }
}

fn row_view(say: &'static Messages, seen: &Seen, detail: &RestatedDetail, row: &RestatedRow) -> RowView {
    let indicator = &detail.indicator;
    let named = |id: &OrgId| {
        let part = row.made_of.iter().find(|part| part.unit.id == *id);
        part.map_or_else(|| link(id.as_str(), id), |part| link(&part.unit.name, id))
    };
    let blockers = match &row.figure {
        Restated::NotComparable { blockers } => blockers
            .iter()
            .map(|id| {
                let Link { label, href } = named(id);
                Link { label, href: format!("{href}#ty-le") }
            })
            .collect(),
        Restated::Exact(_) | Restated::Shared(_) => Vec::new(),
    };
    let weakest = row
        .made_of
        .iter()
        .filter_map(|part| part.provenance.as_ref())
        .find_map(|known| Mark::warning(say, known.origin));
    // What was only added up from itself says nothing new.
    let is_itself = row.made_of.len() == 1 && row.made_of[0].unit.id == row.unit.id;
    let passport = |unit: &OrgId| paths::passport(&cell_key(&indicator.code, unit, seen.figures.period));
    let made_of = row.made_of.iter().filter(|_| !is_itself).map(|part| MadeOfView {
        unit: link(&part.unit.name, &part.unit.id),
        portion: match part.came {
            Came::Whole => say.get("lineage.full").to_owned(),
            Came::Unknown => say.get("lineage.unknown-part").to_owned(),
            Came::Part(share) => match share.terms() {
                Some((up, down)) => fraction(up, down),
                None => say.get("lineage.partial").to_owned(),
            },
        },
        value: match part.value {
            Some(value) => Figure::bound(
                value.rounded(indicator.decimals.max(value.scale())).vi(),
                passport(&part.unit.id),
                part.provenance.as_ref().and_then(|known| Mark::warning(say, known.origin)),
            ),
            None => Figure::missing(say.get("figure.not-reported")),
        },
    });
    let href = match seen.structure.restated_to(seen.figures.period) {
        Some(day) => {
            paths::passport(&restated_key(&indicator.code, &row.unit.id, seen.figures.period, day, &seen.basis))
        }
        None => passport(&row.unit.id),
    };
    let has_any = row.made_of.iter().any(|part| part.value.is_some());
    RowView {
        unit: link(&row.unit.name, &row.unit.id),
        value: match (&row.figure, has_any) {
            (Restated::Exact(_) | Restated::Shared(_), false) => Figure::missing(say.get("figure.not-reported")),
            (Restated::Exact(_) | Restated::Shared(_) | Restated::NotComparable { .. }, _) => {
                restated_figure(say, &row.figure, indicator.decimals, weakest, href)
            }
        },
        how: how(say, seen, &row.figure),
        blockers,
        made_of: made_of.collect(),
    }
}
