//! How many movements there are, by scope, duration and form: statistical form 0601 (Circular 02/2023/TT-BNV).

use thidua_base::Date;
use thidua_base::code::MovementCode;

use super::terms::Terms;
use super::{Movement, MovementKind};

/// How long a movement lasts, as form 0601 tells durations apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duration {
    /// Under a year.
    UnderYear,
    /// A year.
    Year,
    /// More than one year, under three.
    UnderThree,
    /// From three to under five years.
    UnderFive,
    /// Five years or more.
    FiveAndMore,
}

/// A row of the form, by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CensusRow {
    /// 01: all.
    Total,
    /// 02: nationwide.
    Nationwide,
    /// 03: of a ministry, a sector, a province.
    MinistryOrProvince,
    /// 04: of a cluster or block.
    Cluster,
    /// 05: of an organ, an organisation, a unit.
    Unit,
    /// 06 to 10: by duration.
    Lasting(Duration),
    /// 11: thematic.
    Thematic,
    /// 12: regular, every year.
    Regular,
}

/// A column of the form: the level that launched it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CensusColumn {
    /// All levels.
    Total,
    /// The centre.
    Centre,
    /// A ministry or a province.
    MinistryOrProvince,
    /// An organ, an organisation, a unit.
    Unit,
}

/// The form filled in: which movements stand in which cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Census {
    placed: Vec<(MovementCode, Vec<CensusRow>, Option<CensusColumn>)>,
}

/// The scopes of the law (Article 16 of the law of 2022) by the words of the register. A district is a unit to the law.
#[rustfmt::skip]
const SCOPES: &[(&str, CensusRow, CensusColumn)] = &[
    ("trung-uong", CensusRow::Nationwide,         CensusColumn::Centre),
    ("bo-nganh",   CensusRow::MinistryOrProvince, CensusColumn::MinistryOrProvince),
    ("tinh",       CensusRow::MinistryOrProvince, CensusColumn::MinistryOrProvince),
    ("cum-khoi",   CensusRow::Cluster,            CensusColumn::Unit),
    ("huyen",      CensusRow::Unit,               CensusColumn::Unit),
    ("xa",         CensusRow::Unit,               CensusColumn::Unit),
    ("nganh",      CensusRow::Unit,               CensusColumn::Unit),
    ("doan-the",   CensusRow::Unit,               CensusColumn::Unit),
    ("co-quan",    CensusRow::Unit,               CensusColumn::Unit),
];

/// The words of scope that the register offers, from the widest.
pub fn scopes() -> impl Iterator<Item = &'static str> {
    SCOPES.iter().map(|(word, _, _)| *word)
}

impl Duration {
    /// Every one, in the order of the form.
    pub const ALL: [Self; 5] = [Self::UnderYear, Self::Year, Self::UnderThree, Self::UnderFive, Self::FiveAndMore];

    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::UnderYear => "under-year",
            Self::Year => "year",
            Self::UnderThree => "under-three",
            Self::UnderFive => "under-five",
            Self::FiveAndMore => "five-and-more",
        }
    }

    /// The class of a span with both its ends; a year is one from a day to the day before it a year later.
    pub fn of(first: Date, last: Date) -> Self {
        let end = last.next_day();
        let after = |years: i16| {
            let year = first.year().saturating_add(years);
            Date::new(year, first.month(), first.day()).or_else(|| Date::new(year, 3, 1)).unwrap_or(end)
        };
        if end < after(1) {
            Self::UnderYear
        } else if end == after(1) {
            Self::Year
        } else if end < after(3) {
            Self::UnderThree
        } else if end < after(5) {
            Self::UnderFive
        } else {
            Self::FiveAndMore
        }
    }
}

/// The duration of a movement: by its terms, or by its years in the register; `None` where an end is not known.
pub fn duration_of(movement: &Movement, terms: Option<&Terms>) -> Option<Duration> {
    match terms {
        Some(terms) => terms.to.map(|last| Duration::of(terms.from, last)),
        None => {
            let (from, to) = (movement.year_from?, movement.year_to?);
            Some(Duration::of(Date::new(from, 1, 1)?, Date::new(to, 12, 31)?))
        }
    }
}

impl CensusRow {
    /// Every row, in the order of the form.
    pub const ALL: [Self; 12] = [
        Self::Total,
        Self::Nationwide,
        Self::MinistryOrProvince,
        Self::Cluster,
        Self::Unit,
        Self::Lasting(Duration::UnderYear),
        Self::Lasting(Duration::Year),
        Self::Lasting(Duration::UnderThree),
        Self::Lasting(Duration::UnderFive),
        Self::Lasting(Duration::FiveAndMore),
        Self::Thematic,
        Self::Regular,
    ];

    /// Its number on the form: `01` to `12`.
    pub fn number(self) -> &'static str {
        match self {
            Self::Total => "01",
            Self::Nationwide => "02",
            Self::MinistryOrProvince => "03",
            Self::Cluster => "04",
            Self::Unit => "05",
            Self::Lasting(Duration::UnderYear) => "06",
            Self::Lasting(Duration::Year) => "07",
            Self::Lasting(Duration::UnderThree) => "08",
            Self::Lasting(Duration::UnderFive) => "09",
            Self::Lasting(Duration::FiveAndMore) => "10",
            Self::Thematic => "11",
            Self::Regular => "12",
        }
    }

    /// Reads the number; an unknown one is none.
    pub fn parse(number: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|row| row.number() == number)
    }
}

impl CensusColumn {
    /// Every column, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Total, Self::Centre, Self::MinistryOrProvince, Self::Unit];

    /// Its number on the form: `1` to `4`.
    pub fn number(self) -> &'static str {
        match self {
            Self::Total => "1",
            Self::Centre => "2",
            Self::MinistryOrProvince => "3",
            Self::Unit => "4",
        }
    }

    /// Reads the number; an unknown one is none.
    pub fn parse(number: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.number() == number)
    }
}

impl Census {
    /// Fills in the form with movements, each with its terms where it has any.
    pub fn of<'a>(movements: impl IntoIterator<Item = (&'a Movement, Option<&'a Terms>)>) -> Self {
        let placed = movements.into_iter().map(|(movement, terms)| {
            let scope = SCOPES.iter().find(|(word, _, _)| *word == movement.scope);
            let mut rows = vec![CensusRow::Total];
            rows.extend(scope.map(|(_, row, _)| *row));
            rows.extend(duration_of(movement, terms).map(CensusRow::Lasting));
            rows.push(match movement.kind {
                MovementKind::Regular => CensusRow::Regular,
                // The law knows two forms (Article 16): what is not held every year is held for a theme.
                MovementKind::Thematic | MovementKind::Campaign | MovementKind::Occasion => CensusRow::Thematic,
            });
            (movement.code.clone(), rows, scope.map(|(_, _, column)| *column))
        });
        Self { placed: placed.collect() }
    }

    /// The movements in a cell, in the order given.
    pub fn cell(&self, row: CensusRow, column: CensusColumn) -> Vec<&MovementCode> {
        let stands = |rows: &[CensusRow], level: Option<CensusColumn>| {
            rows.contains(&row) && (column == CensusColumn::Total || level == Some(column))
        };
        self.placed.iter().filter(|(_, rows, level)| stands(rows, *level)).map(|(code, _, _)| code).collect()
    }

    /// Movements without a scope the form knows: they stand in the total and in no row of scope and no column.
    pub fn without_scope(&self) -> Vec<&MovementCode> {
        self.placed.iter().filter(|(_, _, level)| level.is_none()).map(|(code, _, _)| code).collect()
    }

    /// Movements without a known end: they stand in no row of duration.
    pub fn without_duration(&self) -> Vec<&MovementCode> {
        let lasts = |rows: &[CensusRow]| rows.iter().any(|row| matches!(row, CensusRow::Lasting(_)));
        self.placed.iter().filter(|(_, rows, _)| !lasts(rows)).map(|(code, _, _)| code).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::{Origin, Provenance};

    fn movement(code: &str, kind: MovementKind, scope: &str, years: Option<(i16, i16)>) -> Movement {
        Movement {
            code: MovementCode::parse(code).unwrap(),
            name: code.to_owned(),
            aliases: Vec::new(),
            kind,
            scope: scope.to_owned(),
            owners: Vec::new(),
            field: String::new(),
            year_from: years.map(|years| years.0),
            year_to: years.map(|years| years.1),
            launched_by: None,
            content: String::new(),
            ordinal: 0,
            provenance: Provenance { origin: Origin::Reported, source: String::new() },
        }
    }

    #[test]
    fn durations_have_the_bounds_of_the_form() {
        let day = |text: &str| Date::parse(text).unwrap();
        for (last, class) in [
            ("2020-07-31", Duration::UnderYear),
            ("2021-06-29", Duration::UnderYear),
            ("2021-06-30", Duration::Year),
            ("2021-07-01", Duration::UnderThree),
            ("2023-06-29", Duration::UnderThree),
            ("2023-06-30", Duration::UnderFive),
            ("2025-06-29", Duration::UnderFive),
            ("2025-06-30", Duration::FiveAndMore),
        ] {
            assert_eq!(Duration::of(day("2020-07-01"), day(last)), class, "{last}");
        }
        assert_eq!(Duration::of(day("2020-02-29"), day("2021-02-28")), Duration::Year);
    }

    #[test]
    fn every_row_adds_up_to_the_total_or_says_who_is_missing() {
        let movements = [
            movement("A", MovementKind::Thematic, "trung-uong", Some((2016, 2020))),
            movement("B", MovementKind::Regular, "tinh", Some((2020, 2020))),
            movement("C", MovementKind::Campaign, "huyen", None),
            movement("D", MovementKind::Occasion, "cum-khoi", Some((2020, 2021))),
            movement("E", MovementKind::Regular, "la-gi", None),
        ];
        let census = Census::of(movements.iter().map(|movement| (movement, None)));
        let count = |row, column| census.cell(row, column).len();
        assert_eq!(count(CensusRow::Total, CensusColumn::Total), 5);
        let of_scope = [CensusRow::Nationwide, CensusRow::MinistryOrProvince, CensusRow::Cluster, CensusRow::Unit];
        let by_scope: usize = of_scope.iter().map(|row| count(*row, CensusColumn::Total)).sum();
        assert_eq!(by_scope + census.without_scope().len(), 5);
        let by_duration: usize =
            Duration::ALL.iter().map(|class| count(CensusRow::Lasting(*class), CensusColumn::Total)).sum();
        assert_eq!(by_duration + census.without_duration().len(), 5);
        assert_eq!(count(CensusRow::Thematic, CensusColumn::Total) + count(CensusRow::Regular, CensusColumn::Total), 5);
        let columns: usize = CensusColumn::ALL[1..].iter().map(|column| count(CensusRow::Total, *column)).sum();
        assert_eq!(columns + census.without_scope().len(), 5);
        assert_eq!(census.cell(CensusRow::Lasting(Duration::FiveAndMore), CensusColumn::Centre)[0].as_str(), "A");
        assert_eq!(census.without_scope()[0].as_str(), "E");
    }

    #[test]
    fn numbers_of_rows_and_columns_are_read_back() {
        for (place, row) in CensusRow::ALL.into_iter().enumerate() {
            assert_eq!(row.number().parse::<usize>(), Ok(place + 1));
            assert_eq!(CensusRow::parse(row.number()), Some(row));
        }
        for column in CensusColumn::ALL {
            assert_eq!(CensusColumn::parse(column.number()), Some(column));
        }
        assert_eq!(CensusRow::parse("13"), None);
    }
}
