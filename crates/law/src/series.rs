//! What happened year by year, surely and possibly: the common ground of runs and counts.

use thidua_base::Date;
use thidua_base::code::HonourCode;

use crate::answer::Question;
use crate::condition::{Leaf, Window};
use crate::record::{Award, Initiative, Record};
use crate::vocabulary::{Ends, Run, Which};

/// No award of the state of today is older.
pub const FIRST_YEAR: i16 = 1945;

/// How far ahead an earliest year is looked for.
pub const YEARS_AHEAD: i16 = 25;

/// More than any count asked for: what may have happened in a year the register does not cover.
pub const MANY: u16 = 200;

/// What is asked of the years: a count or a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// So many in the window.
    Count(u8),
    /// So many years without a break.
    Run(u8, Ends),
}

/// Counts by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Years with what surely and what possibly happened in them, in order.
    rows: Vec<(i16, u16, u16)>,
    /// Years before this may hold more; `i16::MAX` where every year may.
    known_from: i16,
    /// Whether a year that is listed is wholly known.
    rows_are_whole: bool,
    /// Years after this are assumed to hold one more each; `i16::MAX` for no assumption.
    assumed_after: i16,
}

impl Series {
    /// What surely and what possibly happened in a year.
    pub fn year(&self, year: i16) -> (u16, u16) {
        let row = self.rows.iter().find(|row| row.0 == year);
        let (sure, possible) = row.map_or((0, 0), |row| (row.1, row.2));
        let open = year < self.known_from && !(self.rows_are_whole && row.is_some());
        let assumed = u16::from(year > self.assumed_after);
        let most = if open { MANY } else { possible };
        (sure + assumed, most.saturating_add(assumed))
    }

    /// The years of a window that hold something for sure.
    pub fn years_in(&self, first: i16, last: i16) -> impl Iterator<Item = i16> {
        self.rows.iter().filter(move |row| row.1 > 0 && (first..=last).contains(&row.0)).map(|row| row.0)
    }

    fn add(&mut self, year: i16, sure: u16, possible: u16) {
        match self.rows.iter_mut().find(|row| row.0 == year) {
            Some(row) => {
                row.1 = row.1.saturating_add(sure).min(MANY);
                row.2 = row.2.saturating_add(possible).min(MANY);
            }
            None => {
                self.rows.push((year, sure, possible));
                self.rows.sort_unstable();
            }
        }
    }

    /// Whether the need is met, surely and possibly, in the years from first to last; runs end with the award year.
    pub fn meets(&self, need: Need, first: i16, last: i16, award_year: i16) -> (bool, bool) {
        match need {
            Need::Count(times) => {
                let (sure, possible) = self.count(first, last);
                (sure >= u16::from(times), possible >= u16::from(times))
            }
            Need::Run(length, ends) => self.run(i16::from(length), ends, first, last, award_year),
        }
    }

    /// How many, surely and possibly.
    pub fn count(&self, first: i16, last: i16) -> (u16, u16) {
        let listed = self.rows.iter().filter(|row| (first..=last).contains(&row.0));
        let (mut sure, mut possible) =
            listed.fold((0_u16, 0_u16), |sum, row| (sum.0.saturating_add(row.1), sum.1.saturating_add(row.2)));
        let assumed = last.saturating_sub(self.assumed_after.max(first - 1)).max(0).unsigned_abs();
        sure = sure.saturating_add(assumed);
        possible = possible.saturating_add(assumed);
        // Years before the register begins may hold more.
        let open_last = last.min(self.known_from.saturating_sub(1));
        if first <= open_last {
            let whole = self.rows.iter().filter(|row| (first..=open_last).contains(&row.0)).count();
            let years = usize::from((open_last - first).unsigned_abs()) + 1;
            if !self.rows_are_whole || whole < years {
                possible = MANY;
            }
        }
        (sure, possible)
    }

    fn run(&self, length: i16, ends: Ends, first: i16, last: i16, award_year: i16) -> (bool, bool) {
        let at = |end: i16| {
            let begin = end - length + 1;
            if begin < first {
                return (false, false);
            }
            (begin..=end)
                .map(|year| self.year(year))
                .fold((true, true), |all, year| (all.0 && year.0 > 0, all.1 && year.1 > 0))
        };
        match ends {
            Ends::AwardYear => at(award_year),
            Ends::YearBefore => at(award_year - 1),
            Ends::Any => {
                (first.max(last - 100)..=last).map(at).fold((false, false), |any, one| (any.0 || one.0, any.1 || one.1))
            }
        }
    }

    /// How long the unbroken run is that ends with a year.
    pub fn streak(&self, last: i16) -> i64 {
        let years = (0..200_i16).map(|back| last - back);
        i64::try_from(years.take_while(|year| self.year(*year).0 > 0).count()).unwrap_or(0)
    }

    /// The same years with one more assumed in each after a year.
    #[must_use]
    pub fn assuming_after(&self, year: i16) -> Self {
        Self { assumed_after: year, ..self.clone() }
    }
}

/// The years a test looks at, for one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Years {
    /// From first to last.
    From(i16, i16),
    /// Of the award that opens the window nothing is known.
    Unknown,
    /// The award that opens the window was never given.
    NoAnchor,
    /// Too few years have passed since that award, of this year.
    TooShort(i16),
}

/// The test of a leaf over years, where it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearTest {
    /// What is asked.
    pub need: Need,
    /// How many years back a leaf without a window looks.
    pub back: u8,
}

impl Leaf {
    /// What this leaf asks of the years; `None` for one that does not look at years.
    pub fn year_test(&self) -> Option<YearTest> {
        match self {
            Self::Held { times, run: Run::Any, .. } => Some(YearTest { need: Need::Count(*times), back: 0 }),
            Self::Held { times, run: Run::Unbroken, ends, .. } => {
                Some(YearTest { need: Need::Run(*times, *ends), back: 0 })
            }
            Self::Rated { years, run: Run::Unbroken, .. } => {
                Some(YearTest { need: Need::Run(*years, Ends::AwardYear), back: *years })
            }
            Self::Rated { years, run: Run::Any, .. } => Some(YearTest { need: Need::Count(*years), back: *years }),
            Self::Initiative { times, run: Run::Any, .. } => Some(YearTest { need: Need::Count(*times), back: 1 }),
            Self::Initiative { times, run: Run::Unbroken, .. } => {
                Some(YearTest { need: Need::Run(*times, Ends::AwardYear), back: *times })
            }
            _ => None,
        }
    }

    /// Whether decisions rather than achievements are dated.
    pub fn is_by_decision(&self) -> bool {
        matches!(self.window(), Some(Window::Calendar(_) | Window::DecidedYearBefore))
    }

    /// What happened year by year that this leaf counts.
    pub fn series(&self, record: &Record, question: &Question) -> Option<Series> {
        match self {
            Self::Held { honours, by, not_types, .. } => {
                let mut series = empty(record.awards_complete_from, false);
                let mut seen: Vec<&Award> = Vec::new();
                for award in counted(record, honours, question.on) {
                    if seen.iter().any(|before| is_same(before, award)) {
                        continue;
                    }
                    seen.push(award);
                    if award.kind.is_some_and(|kind| not_types.contains(&kind)) {
                        continue;
                    }
                    let level = by.is_none_or(|by| award.level.is_some_and(|level| level >= by));
                    let level_possible = by.is_none() || award.level.is_none() || level;
                    let kind = not_types.is_empty() || award.kind.is_some();
                    let (year, dated) = if self.is_by_decision() {
                        (award.decided_on.map_or(award.year, Date::year), award.decided_on.is_some())
                    } else {
                        (award.year, true)
                    };
                    series.add(year, u16::from(level && kind && dated), u16::from(level_possible));
                }
                Some(series)
            }
            Self::Rated { at_least, or_held, .. } => Some(ratings(record, question, *at_least, or_held)),
            Self::Initiative { .. } => {
                let mut series = empty(record.initiatives_complete_from, false);
                for one in &record.initiatives {
                    if one.decided_on.is_none_or(|day| day <= question.on) {
                        let (sure, possible) = self.counts(one);
                        if possible {
                            series.add(one.year, u16::from(sure), 1);
                        }
                    }
                }
                Some(series)
            }
            _ => None,
        }
    }

    /// Whether an initiative counts, surely and possibly.
    pub fn counts(&self, one: &Initiative) -> (bool, bool) {
        let Self::Initiative { kinds, scope, status, by, .. } = self else { return (false, false) };
        let fits = kinds.contains(&one.kind) && one.scope >= *scope && one.status >= *status;
        let sure = by.is_none_or(|by| one.by.is_some_and(|level| level >= by));
        (fits && sure, fits && (sure || one.by.is_none()))
    }

    /// The years this leaf looks at.
    pub fn years(&self, record: &Record, question: &Question) -> Years {
        let test = self.year_test();
        let year = question.year;
        let last = |back: u8| Years::From(year - i16::from(back) + 1, year);
        match (self.window(), test.map(|test| test.need)) {
            (None, Some(Need::Count(_))) if matches!(self, Self::Held { .. }) => career(record, question),
            (None, Some(Need::Run(length, ends))) if matches!(self, Self::Held { .. }) => match ends {
                Ends::AwardYear => last(length),
                Ends::YearBefore => last(length.saturating_add(1)),
                Ends::Any => career(record, question),
            },
            (None, _) => last(test.map_or(1, |test| test.back.max(1))),
            (Some(Window::AwardYear), _) => last(1),
            (Some(Window::Last(years)), _) => last(*years),
            (Some(Window::Career), _) => career(record, question),
            (Some(Window::Calendar(years)), _) => {
                let this = question.on.year();
                Years::From(this - i16::from(*years) + 1, this)
            }
            (Some(Window::DecidedYearBefore), _) => {
                let before = question.received_on.unwrap_or(question.on).year() - 1;
                Years::From(before, before)
            }
            (Some(Window::After { honours, years, which }), _) => after(record, question, honours, *years, *which),
        }
    }
}

/// Everything up to the day asked; nothing can be older than the subject.
fn career(record: &Record, question: &Question) -> Years {
    Years::From(first_year(record), question.year.max(question.on.year()))
}

/// The first year of which anything can be known.
fn first_year(record: &Record) -> i16 {
    record.born_or_founded.map_or(FIRST_YEAR, Date::year).max(FIRST_YEAR)
}

/// The window opened by an award.
pub fn after(record: &Record, question: &Question, honours: &[HonourCode], years: u8, which: Which) -> Years {
    let award_year = question.year;
    let is_whole = is_known_from(record, record.awards_complete_from);
    let all = counted(record, honours, question.on).map(Award::last_year).filter(|year| *year <= award_year);
    let old_enough = |year: &i16| award_year - *year >= i16::from(years);
    let latest = all.clone().max();
    let chosen = match which {
        Which::Latest => latest,
        Which::AnyOld => all.filter(old_enough).max(),
    };
    match (chosen, latest) {
        (Some(year), _) if old_enough(&year) => Years::From(year + 1, award_year),
        (Some(year), _) => Years::TooShort(year),
        // None is old enough; an older one that the register does not know would change that.
        (None, Some(year)) if is_whole => Years::TooShort(year),
        (None, None) if is_whole => Years::NoAnchor,
        (None, _) => Years::Unknown,
    }
}

/// Whether a register that is complete from a year on covers the whole life of the subject.
pub fn is_known_from(record: &Record, complete_from: Option<i16>) -> bool {
    complete_from.is_some_and(|year| year <= first_year(record))
}

/// Awards of these honours that count on a day.
pub fn counted<'r>(record: &'r Record, honours: &'r [HonourCode], on: Date) -> impl Iterator<Item = &'r Award> + Clone {
    record.awards.iter().filter(move |award| award.counts_on(on) && honours.contains(&award.honour))
}

/// Two entries of the same award.
fn is_same(a: &Award, b: &Award) -> bool {
    a.honour == b.honour && a.year == b.year && a.decision == b.decision && a.decided_on == b.decided_on
}

fn empty(complete_from: Option<i16>, rows_are_whole: bool) -> Series {
    Series { rows: Vec::new(), known_from: complete_from.unwrap_or(i16::MAX), rows_are_whole, assumed_after: i16::MAX }
}

/// Years rated so, or in which an honour that stands for the grade is held. A year with two grades that disagree is
/// possible and not sure.
fn ratings(record: &Record, question: &Question, at_least: crate::vocabulary::Grade, or_held: &[HonourCode]) -> Series {
    let mut series = empty(None, true);
    for rating in &record.ratings {
        if series.rows.iter().any(|row| row.0 == rating.year) {
            continue;
        }
        let mut same = record.ratings.iter().filter(|other| other.year == rating.year);
        let sure = same.clone().all(|other| other.grade >= at_least);
        let possible = same.any(|other| other.grade >= at_least);
        series.add(rating.year, u16::from(sure), u16::from(possible));
    }
    if !or_held.is_empty() {
        let held_unknown = |year: i16| record.awards_complete_from.is_none_or(|from| year < from);
        for row in &mut series.rows {
            if held_unknown(row.0) {
                row.2 = 1;
            }
        }
        for award in counted(record, or_held, question.on) {
            match series.rows.iter_mut().find(|row| row.0 == award.year) {
                Some(row) => (row.1, row.2) = (1, 1),
                None => series.add(award.year, 1, 1),
            }
        }
    }
    series
}
