//! Days off of state offices (ngày nghỉ lễ, tết, nghỉ bù, hoán đổi), day by day, with where each is read.

use std::collections::BTreeMap;

use serde::Deserialize;
use thidua_base::Date;

use crate::book::BrokenBook;

/// Which days are worked and which are not, as far as the table reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    week: Week,
    years: BTreeMap<i16, Year>,
    days: BTreeMap<Date, MarkedDay>,
}

/// The weekly days off, and where that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Days of the week that are off; 1 is Monday.
    pub off: Vec<i8>,
    /// Where it is read.
    pub cites: String,
    /// How surely.
    pub confidence: Confidence,
}

/// A day that differs from its place in the week, or bears a holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedDay {
    /// The day.
    pub day: Date,
    /// What for.
    pub occasion: Occasion,
    /// What becomes of it.
    pub kind: DayKind,
    /// The holiday a day off stands in for; the other day of an exchange.
    pub with: Option<Date>,
    /// Where it is read.
    pub cites: String,
    /// How surely.
    pub confidence: Confidence,
}

/// What becomes of a marked day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// A holiday by the Labour Code (ngày nghỉ lễ, tết).
    Holiday,
    /// Off in lieu of a holiday that fell on a weekly day off (nghỉ bù).
    Substitute,
    /// A working day that is off by exchange (ngày nghỉ hoán đổi).
    SwapOff,
    /// A weekly day off that is worked by exchange (ngày làm bù).
    SwapWork,
}

/// What a day off is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// Tết Dương lịch.
    NewYear,
    /// Tết Âm lịch.
    Tet,
    /// Ngày Giỗ Tổ Hùng Vương.
    HungKings,
    /// Ngày Chiến thắng, 30 April.
    ReunificationDay,
    /// Ngày Quốc tế lao động.
    LabourDay,
    /// Quốc khánh.
    NationalDay,
    /// Ngày Văn hóa Việt Nam, from 2026.
    CultureDay,
}

/// How surely a rule of the data is known (mức tin cậy).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Read in the gazette or the national database of laws.
    TextSeen,
    /// Read elsewhere, where it is repeated.
    Secondary,
    /// Remembered or worked out, and compared with nothing.
    Recalled,
}

impl Confidence {
    /// Its word in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::TextSeen => "text-seen",
            Self::Secondary => "secondary",
            Self::Recalled => "recalled",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Year {
    is_announced: bool,
}

const FILE: &str = "holidays.toml";

impl Calendar {
    /// Reads the table that ships with the program.
    ///
    /// # Errors
    /// When the table is not of its format, not in order, or a year of it is not whole.
    pub fn shipped() -> Result<Self, BrokenBook> {
        Self::read(include_str!("../data/holidays.toml")).map_err(|why| BrokenBook { file: FILE, why })
    }

    fn read(text: &str) -> Result<Self, String> {
        let table: Table = toml::from_str(text).map_err(|e| e.to_string())?;
        let off = table.week.off;
        if !off.is_sorted_by(|a, b| a < b) || !off.iter().all(|day| (1..=7).contains(day)) || off.len() > 6 {
            return Err("the weekly days off are not days of a week, in order".to_owned());
        }
        let week = Week { off, cites: table.week.cites, confidence: confidence(&table.week.confidence)? };
        let mut calendar = Self { week, years: BTreeMap::new(), days: BTreeMap::new() };
        for row in table.year {
            let after = calendar.years.keys().next_back().map(|last| last + 1);
            if after.is_some_and(|wanted| wanted != row.year) {
                return Err(format!("{} does not follow the year before it", row.year));
            }
            calendar.years.insert(row.year, Year { is_announced: row.announced });
            for day in row.day {
                let marked = day.checked()?;
                let latest = calendar.days.keys().next_back().copied();
                if marked.day.year() != row.year || latest.is_some_and(|latest| marked.day <= latest) {
                    return Err(format!("{} stands in the wrong place, or twice", marked.day));
                }
                calendar.days.insert(marked.day, marked);
            }
        }
        for marked in calendar.days.values() {
            calendar.fits_week(marked)?;
        }
        for marked in calendar.days.values() {
            calendar.has_partner(marked)?;
        }
        for year in calendar.years.keys() {
            calendar.is_whole(*year)?;
        }
        Ok(calendar)
    }

    /// The weekly days off.
    pub fn week(&self) -> &Week {
        &self.week
    }

    /// The first and the last year of the table.
    pub fn years(&self) -> Option<(i16, i16)> {
        Some((*self.years.keys().next()?, *self.years.keys().next_back()?))
    }

    /// What the table says of a day; `None` for the ordinary days of a week.
    pub fn marked(&self, day: Date) -> Option<&MarkedDay> {
        self.days.get(&day)
    }

    /// The marked days after a day and up to another, in order.
    pub fn marked_between(&self, after: Date, until: Date) -> impl Iterator<Item = &MarkedDay> {
        let span = (after < until).then(|| self.days.range(after.next_day()..=until));
        span.into_iter().flatten().map(|(_, marked)| marked)
    }

    /// Whether a day of the week is off every week.
    pub fn is_weekly_off(&self, day: Date) -> bool {
        self.week.off.contains(&day.weekday())
    }

    /// Whether state offices work on a day, as far as the table knows.
    pub fn is_working(&self, day: Date) -> bool {
        match self.marked(day).map(|marked| marked.kind) {
            Some(DayKind::Holiday | DayKind::Substitute | DayKind::SwapOff) => false,
            Some(DayKind::SwapWork) => true,
            None => !self.is_weekly_off(day),
        }
    }

    /// Whether a year lies in the table and its announcement is known.
    pub fn is_known(&self, year: i16) -> bool {
        self.years.get(&year).is_some_and(|year| year.is_announced)
    }

    /// A holiday may fall anywhere; what moves a day must move it from the other side of the week.
    fn fits_week(&self, marked: &MarkedDay) -> Result<(), String> {
        let is_off = self.is_weekly_off(marked.day);
        let fits = match marked.kind {
            DayKind::Holiday => true,
            DayKind::Substitute | DayKind::SwapOff => !is_off,
            DayKind::SwapWork => is_off,
        };
        if fits { Ok(()) } else { Err(format!("{} is already so by the week", marked.day)) }
    }

    fn has_partner(&self, marked: &MarkedDay) -> Result<(), String> {
        let Some(other) = marked.with else {
            return match marked.kind {
                DayKind::Holiday => Ok(()),
                DayKind::Substitute | DayKind::SwapOff | DayKind::SwapWork => {
                    Err(format!("{} does not say what it stands for", marked.day))
                }
            };
        };
        // An exchange may reach over the first or the last New Year of the table.
        if !self.years.contains_key(&other.year()) && marked.kind != DayKind::Substitute {
            return Ok(());
        }
        let partner = self.marked(other);
        let fits = partner.is_some_and(|partner| match marked.kind {
            DayKind::Holiday => false,
            DayKind::Substitute => partner.kind == DayKind::Holiday && self.is_weekly_off(other) && other < marked.day,
            DayKind::SwapOff => partner.kind == DayKind::SwapWork && partner.with == Some(marked.day),
            DayKind::SwapWork => partner.kind == DayKind::SwapOff && partner.with == Some(marked.day),
        });
        if fits { Ok(()) } else { Err(format!("{} and {other} do not belong together", marked.day)) }
    }

    /// A year has as many days of each occasion as the code gives, and a day in lieu for each that fell on a weekly one.
    fn is_whole(&self, year: i16) -> Result<(), String> {
        let of_year = || self.days.values().filter(|marked| marked.day.year() == year);
        for (occasion, wanted) in Occasion::in_year(year) {
            let found = of_year().filter(|m| m.kind == DayKind::Holiday && m.occasion == occasion).count();
            if found != wanted {
                return Err(format!("{year} has {found} days of {occasion:?} and not {wanted}"));
            }
        }
        let lost = of_year().filter(|m| m.kind == DayKind::Holiday && self.is_weekly_off(m.day));
        for holiday in lost {
            let in_lieu = self.days.values().filter(|m| m.kind == DayKind::Substitute && m.with == Some(holiday.day));
            if in_lieu.count() != 1 {
                return Err(format!("{} has not one day in lieu", holiday.day));
            }
        }
        Ok(())
    }
}

impl Occasion {
    /// Every occasion, in the order of the year.
    pub const ALL: [Self; 7] = [
        Self::NewYear,
        Self::Tet,
        Self::HungKings,
        Self::ReunificationDay,
        Self::LabourDay,
        Self::NationalDay,
        Self::CultureDay,
    ];

    /// The word in the data and in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::NewYear => "new-year",
            Self::Tet => "tet",
            Self::HungKings => "hung-kings",
            Self::ReunificationDay => "reunification-day",
            Self::LabourDay => "labour-day",
            Self::NationalDay => "national-day",
            Self::CultureDay => "culture-day",
        }
    }

    /// How many days of each occasion the code gives in a year: the Labour Code of 2019 gave National Day a second one
    /// from 2021; the day of culture came in 2026.
    fn in_year(year: i16) -> [(Self, usize); 7] {
        Self::ALL.map(|occasion| {
            let days = match occasion {
                Self::NewYear | Self::HungKings | Self::ReunificationDay | Self::LabourDay => 1,
                Self::Tet => 5,
                Self::NationalDay => 1 + usize::from(year >= 2021),
                Self::CultureDay => usize::from(year >= 2026),
            };
            (occasion, days)
        })
    }
}

impl DayKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Holiday, Self::Substitute, Self::SwapOff, Self::SwapWork];

    /// The word in the data and in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Substitute => "substitute",
            Self::SwapOff => "swap-off",
            Self::SwapWork => "swap-work",
        }
    }
}

pub(crate) fn confidence(word: &str) -> Result<Confidence, String> {
    match word {
        "text-seen" => Ok(Confidence::TextSeen),
        "secondary" => Ok(Confidence::Secondary),
        "recalled" => Ok(Confidence::Recalled),
        other => Err(format!("'{other}' is not a degree of confidence")),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    week: WeekRow,
    year: Vec<YearRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeekRow {
    off: Vec<i8>,
    cites: String,
    confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearRow {
    year: i16,
    announced: bool,
    day: Vec<DayRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayRow {
    day: toml::value::Datetime,
    occasion: String,
    kind: String,
    with: Option<toml::value::Datetime>,
    cites: String,
    confidence: String,
}

impl DayRow {
    fn checked(self) -> Result<MarkedDay, String> {
        let day = |value: &toml::value::Datetime| Date::parse(&value.to_string()).map_err(|e| e.to_string());
        let marked = day(&self.day)?;
        let occasion = Occasion::ALL.into_iter().find(|known| known.word() == self.occasion);
        let kind = DayKind::ALL.into_iter().find(|known| known.word() == self.kind);
        if self.cites.trim().is_empty() {
            return Err(format!("{marked} cites nothing"));
        }
        Ok(MarkedDay {
            day: marked,
            occasion: occasion.ok_or_else(|| format!("'{}' is not an occasion", self.occasion))?,
            kind: kind.ok_or_else(|| format!("'{}' is not a kind of day", self.kind))?,
            with: self.with.as_ref().map(day).transpose()?,
            confidence: confidence(&self.confidence)?,
            cites: self.cites,
        })
    }
}

#[cfg(test)]
mod tests;
