//! The peers' synthetic nation: communes under 700 districts under 63 provinces, 300 indicators, 24 half-years.
//!
//! A load shape, not a map. The same generator with the same seeds as the Python script of the peers.

use thidua_base::code::{IndicatorCode, OrgId, TreeId};
use thidua_base::{Date, Number, Period};
use thidua_domain::indicator::columns::{Cell, Columns, Entry, Frame, IndicatorAt, PeriodAt, UnitAt, Weakest};
use thidua_domain::indicator::{Direction, Indicator, Nature, Parts, TreeRule, Value, ValueKind};
use thidua_domain::org::Edge;

use crate::pcg64::Pcg64;

pub const INDICATORS: usize = 300;
pub const HALF_YEARS: usize = 24;
pub const DISTRICTS: usize = 700;
pub const PROVINCES: usize = 63;
pub const COMMUNES: usize = 3321;

/// How the figures are written: as they are, or with four zeros after the decimal mark, which takes eight bytes each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    None,
    Four,
}

/// Units, indicators and periods of a data set, numbered.
pub struct Shape {
    pub communes: Vec<UnitAt>,
    pub districts: Vec<UnitAt>,
    pub provinces: Vec<UnitAt>,
    pub nation: UnitAt,
    pub indicators: Vec<IndicatorAt>,
    pub half_years: Vec<PeriodAt>,
    pub decimals: Decimals,
}

/// What one half-year holds, by commune, then indicator.
pub struct HalfYear {
    pub reported: Vec<bool>,
    pub actual: Vec<i64>,
    pub plan: Vec<i64>,
}

impl HalfYear {
    /// `Data.period(p)` of the peers' script.
    pub fn drawn(p: usize, cells: usize) -> Self {
        let mut rng = Pcg64::seeded(1000 + p as u32);
        let plan = plans(&mut rng, cells);
        let mut actual: Vec<i64> = plan.iter().map(|plan| plan * rng.integer(60, 131) / 100).collect();
        let reported: Vec<bool> = (0..cells).map(|_| rng.is_below_98_percent()).collect();
        for (actual, reported) in actual.iter_mut().zip(&reported) {
            *actual *= i64::from(*reported);
        }
        Self { reported, actual, plan }
    }
}

fn plans(rng: &mut Pcg64, cells: usize) -> Vec<i64> {
    (0..cells).map(|_| rng.integer(1, 100_000_000)).collect()
}

/// `picks(d, n)` of the peers' script: half-year, district, commune, indicator, value.
pub fn picks(communes: usize, n: usize) -> Vec<(usize, usize, usize, usize, i64)> {
    let mut rng = Pcg64::seeded(7);
    let mut below = move |low: usize, high: usize| rng.integer(low as i64, high as i64) as usize;
    (0..n)
        .map(|_| {
            let (p, district) = (below(2, HALF_YEARS), below(0, DISTRICTS));
            let (commune, indicator) = (below(0, communes), below(0, INDICATORS));
            (p, district, commune, indicator, below(1, 100_000_000) as i64)
        })
        .collect()
}

/// The parent of commune `c` of `communes` is district `c * 700 / communes`; that of district `d`, province `d * 63 / 700`.
fn edges(communes: usize) -> Vec<Edge> {
    let edge = |child: String, parent: String| Edge {
        tree: TreeId::parse("territory").unwrap(),
        child: OrgId::parse(&child).unwrap(),
        parent: OrgId::parse(&parent).unwrap(),
        valid_from: day("2000-01-01"),
        valid_to: None,
    };
    let provinces = (0..PROVINCES).map(|p| edge(format!("p{p:02}"), "nation".into()));
    let districts = (0..DISTRICTS).map(|d| edge(format!("d{d:03}"), format!("p{:02}", d * PROVINCES / DISTRICTS)));
    let communes = (0..communes).map(|c| edge(format!("c{c:04}"), format!("d{:03}", c * DISTRICTS / communes)));
    provinces.chain(districts).chain(communes).collect()
}

fn indicator(at: usize) -> Indicator {
    Indicator {
        code: IndicatorCode::parse(&format!("I{at:03}")).unwrap(),
        valid_from: day("2000-01-01"),
        valid_to: None,
        name: String::new(),
        phrase: String::new(),
        name_en: String::new(),
        measure: "ha".into(),
        decimals: 0,
        percent_decimals: 2,
        kind: ValueKind::Flow,
        tree_rule: TreeRule::Sum,
        direction: Direction::Up,
        price_basis: String::new(),
        part_of: None,
        parts: Parts::Some,
        field: String::new(),
        ordinal: 0,
        owner: None,
        definition: String::new(),
    }
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn half_years() -> Vec<Period> {
    (0..HALF_YEARS).map(|p| Period::Half { year: 2014 + (p / 2) as i16, half: (p % 2) as i8 + 1 }).collect()
}

fn frame(root: &str, edges: &[Edge], periods: &[Period]) -> Frame {
    let indicators: Vec<Indicator> = (0..INDICATORS).map(indicator).collect();
    Frame::new(&OrgId::parse(root).unwrap(), edges, &indicators, periods, day("2025-12-31")).unwrap()
}

/// The nation, loaded; `communes` are as many as in the peers' script at the same scale.
pub fn nation(communes: usize, decimals: Decimals) -> (Shape, Columns) {
    let periods = half_years();
    let frame = frame("nation", &edges(communes), &periods);
    let unit = |id: String| frame.unit_at(&OrgId::parse(&id).unwrap()).unwrap();
    let shape = Shape {
        communes: (0..communes).map(|c| unit(format!("c{c:04}"))).collect(),
        districts: (0..DISTRICTS).map(|d| unit(format!("d{d:03}"))).collect(),
        provinces: (0..PROVINCES).map(|p| unit(format!("p{p:02}"))).collect(),
        nation: unit("nation".into()),
        indicators: frame.indicators().collect(),
        half_years: periods.iter().map(|period| frame.period_at(*period).unwrap()).collect(),
        decimals,
    };
    let columns = Columns::from_rows(frame, shape.readings(), shape.plans()).unwrap();
    (shape, columns)
}

/// One district of 54 units, the size of a large one, with the same indicators and half-years.
pub fn district() -> Columns {
    let mut edges = edges(COMMUNES);
    edges.truncate(1);
    let first = edges.remove(0);
    for unit in 0..54 {
        let child = OrgId::parse(&format!("c{unit:04}")).unwrap();
        edges.push(Edge { child, parent: OrgId::parse("d000").unwrap(), ..first.clone() });
    }
    let periods = half_years();
    let frame = frame("d000", &edges, &periods);
    let communes: Vec<UnitAt> =
        (0..54).map(|c| frame.unit_at(&OrgId::parse(&format!("c{c:04}")).unwrap()).unwrap()).collect();
    let shape = Shape {
        nation: frame.unit_at(&OrgId::parse("d000").unwrap()).unwrap(),
        communes,
        districts: Vec::new(),
        provinces: Vec::new(),
        indicators: frame.indicators().collect(),
        half_years: periods.iter().map(|period| frame.period_at(*period).unwrap()).collect(),
        decimals: Decimals::None,
    };
    Columns::from_rows(frame, shape.readings(), shape.plans()).unwrap()
}

impl Shape {
    pub fn number(&self, value: i64) -> Number {
        match self.decimals {
            Decimals::None => Number::whole(value),
            Decimals::Four => Number::new(value * 10_000, 4).unwrap(),
        }
    }

    pub fn cell(&self, p: usize, commune: usize, indicator: usize) -> Cell {
        let (unit, indicator, period) = (self.communes[commune], self.indicators[indicator], self.half_years[p]);
        Cell { unit, indicator, period }
    }

    pub fn entry(&self, value: i64) -> Entry {
        Entry { value: Value::Of(self.number(value)), nature: Nature::Official, weakest: Weakest::Reported }
    }

    /// A commune that did not report has no row.
    fn readings(&self) -> impl Iterator<Item = (Cell, Entry)> + '_ {
        let cells = self.communes.len() * INDICATORS;
        (0..HALF_YEARS).flat_map(move |p| {
            let HalfYear { reported, actual, plan: _ } = HalfYear::drawn(p, cells);
            let rows = reported.into_iter().zip(actual).enumerate().filter(|(_, (reported, _))| *reported);
            rows.map(move |(at, (_, actual))| (self.cell(p, at / INDICATORS, at % INDICATORS), self.entry(actual)))
        })
    }

    fn plans(&self) -> impl Iterator<Item = (Cell, Number)> + '_ {
        let cells = self.communes.len() * INDICATORS;
        (0..HALF_YEARS).flat_map(move |p| {
            let plan = plans(&mut Pcg64::seeded(1000 + p as u32), cells);
            let rows = plan.into_iter().enumerate();
            rows.map(move |(at, plan)| (self.cell(p, at / INDICATORS, at % INDICATORS), self.number(plan)))
        })
    }
}
