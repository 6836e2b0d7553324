//! Whether a fact may stand beside what is known already.

use std::fmt;

use thidua_base::Date;
use thidua_base::code::HonourCode;

use super::fact::{About, Fact, Held};
use super::{Born, Details, Term};
use crate::honour::Subject;
use crate::refusal::{Refusal, SubjectFault};

/// What of the law book a decision asks.
pub trait Honours {
    /// The name of an honour; `None` for one the book does not hold.
    fn name(&self, honour: &HonourCode) -> Option<String>;

    /// Whether the honour existed on a day.
    fn in_force(&self, honour: &HonourCode, on: Date) -> bool;

    /// Whether the book has a word for a kind of place or household.
    fn has_segment(&self, word: &str) -> bool;
}

/// What a fact is held against.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    /// Whom it is about.
    pub details: &'a Details,
    /// What counts of what is known, of the subject and of those merged into it; without what it corrects.
    pub facts: &'a [&'a Fact],
    /// The law book.
    pub honours: &'a dyn Honours,
    /// Today.
    pub today: Date,
}

impl fmt::Debug for Beside<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Beside").field("facts", &self.facts.len()).field("today", &self.today).finish_non_exhaustive()
    }
}

/// Something to be looked at that does not stop a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The honour did not exist on the day of the decision, as far as the law book knows.
    NotInForce {
        /// Its name.
        honour: String,
        /// The day.
        on: Date,
    },
}

/// Says whether a fact may stand; gives what should be looked at.
///
/// # Errors
/// What speaks against it, in one refusal.
pub fn decide(about: &About, beside: Beside<'_>) -> Result<Vec<Warning>, Refusal> {
    let latest = beside.today.year() + 1;
    if let Some(year) = about.year().filter(|year| *year > latest) {
        return Err(Refusal::Subject(SubjectFault::BadYear { asked: year.to_string() }));
    }
    born_before(about, beside.details)?;
    match about {
        About::Award(held) => return award(held, beside),
        About::Rating(rating) => {
            for other in beside.facts {
                let About::Rating(known) = &other.about else { continue };
                if known.year == rating.year && known.grade != rating.grade {
                    return Err(Refusal::Subject(SubjectFault::ContradictoryRating {
                        year: rating.year,
                        held: Term::word(known.grade),
                    }));
                }
                if known.year == rating.year {
                    return Err(Refusal::Subject(SubjectFault::FactHeldAlready));
                }
            }
            not_ahead(rating.decided_on, beside.today)?;
        }
        About::Score(score) => {
            if !score.segment.is_empty() && !beside.honours.has_segment(&score.segment) {
                let asked = score.segment.clone();
                return Err(SubjectFault::UnknownWord { field: "segment", asked, known: Vec::new() }.into());
            }
            for other in beside.facts {
                let About::Score(known) = &other.about else { continue };
                if known.year == score.year && known != score {
                    let held = known.points;
                    return Err(SubjectFault::ContradictoryScore { year: score.year, held }.into());
                }
            }
        }
        About::Initiative(initiative) => not_ahead(Some(initiative.decided_on), beside.today)?,
        About::Registration(registration) => {
            if let Some(honour) = &registration.honour {
                beside
                    .honours
                    .name(honour)
                    .ok_or_else(|| Refusal::Subject(SubjectFault::UnknownHonour { asked: honour.to_string() }))?;
            }
            not_ahead(Some(registration.on), beside.today)?;
        }
        About::Discipline(discipline) => not_ahead(Some(discipline.from), beside.today)?,
        About::Inquiry(inquiry) => not_ahead(Some(inquiry.from), beside.today)?,
        About::Position(_)
        | About::Service(_)
        | About::Count(_)
        | About::Statement(_)
        | About::Complete(_)
        | About::Ranking(_)
        | About::Result(_)
        | About::Withdrawn => {}
    }
    if beside.facts.iter().any(|fact| fact.about == *about) && *about != About::Withdrawn {
        return Err(Refusal::Subject(SubjectFault::FactHeldAlready));
    }
    Ok(Vec::new())
}

fn award(held: &Held, beside: Beside<'_>) -> Result<Vec<Warning>, Refusal> {
    let unknown = || Refusal::Subject(SubjectFault::UnknownHonour { asked: held.honour.to_string() });
    let name = beside.honours.name(&held.honour).ok_or_else(unknown)?;
    not_ahead(Some(held.decided_on), beside.today)?;
    if let Some((from, to)) = held.period
        && !(from.year()..=to.year()).contains(&held.year)
    {
        return Err(Refusal::Subject(SubjectFault::YearOutsidePeriod { year: held.year, from, to }));
    }
    if held.year > held.decided_on.year() {
        return Err(Refusal::Subject(SubjectFault::YearAfterDecision { year: held.year, on: held.decided_on }));
    }
    if let Some(on) = held.revoked_on.filter(|on| *on < held.decided_on) {
        return Err(Refusal::Subject(SubjectFault::BackwardSpan { from: held.decided_on, to: on }));
    }
    if let Some(known) = awards(beside.facts).find(|known| is_same(known, held)) {
        return Err(Refusal::Subject(SubjectFault::DuplicateAward {
            honour: name,
            year: known.year,
            number: known.number.clone(),
            on: known.decided_on,
        }));
    }
    let is_known = beside.honours.in_force(&held.honour, held.decided_on);
    Ok(if is_known { Vec::new() } else { vec![Warning::NotInForce { honour: name, on: held.decided_on }] })
}

/// The awards among facts.
pub fn awards<'a>(facts: &'a [&'a Fact]) -> impl Iterator<Item = &'a Held> {
    facts.iter().filter_map(|fact| match &fact.about {
        About::Award(held) => Some(held),
        _ => None,
    })
}

/// Whether two rows tell of one award: the same honour for the same year by the same decision.
pub fn is_same(one: &Held, two: &Held) -> bool {
    let bare = |number: &str| number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let numbers: (String, String) = (bare(&one.number), bare(&two.number));
    one.honour == two.honour
        && one.year == two.year
        && (one.decided_on == two.decided_on
            || (numbers.0 == numbers.1 && one.decided_on.year() == two.decided_on.year()))
}

fn not_ahead(day: Option<Date>, today: Date) -> Result<(), Refusal> {
    match day {
        Some(on) if on > today => Err(Refusal::Subject(SubjectFault::DayAhead { on })),
        Some(_) | None => Ok(()),
    }
}

/// Nothing happens to anyone before birth, and to a collective before it is founded.
fn born_before(about: &About, details: &Details) -> Result<(), Refusal> {
    let refused = |on: Date| {
        let born = details.born.in_table();
        match details.kind {
            Subject::Collective => Refusal::Subject(SubjectFault::BeforeFounding { on, founded: born }),
            Subject::Individual | Subject::Household => Refusal::Subject(SubjectFault::BeforeBirth { on, born }),
        }
    };
    if let Some(on) = about.begins().filter(|on| details.born.is_after(*on)) {
        return Err(refused(on));
    }
    if let About::Award(held) = about
        && details.born.is_after(held.decided_on)
    {
        return Err(refused(held.decided_on));
    }
    let last_day = |year| Date::new(year, 12, 31);
    match about.year().and_then(last_day) {
        Some(on) if details.born.is_after(on) => Err(refused(on)),
        Some(_) | None => Ok(()),
    }
}

/// Whether a corrected birth leaves every known fact after it.
///
/// # Errors
/// [`SubjectFault::BeforeBirth`], [`SubjectFault::BeforeFounding`] for the first fact that would come before it.
pub fn birth_fits(details: &Details, facts: &[&Fact]) -> Result<(), Refusal> {
    match details.born {
        Born::Unknown => Ok(()),
        Born::Year(_) | Born::On(_) => facts.iter().try_for_each(|fact| born_before(&fact.about, details)),
    }
}
