//! Everything that has to be said of one criterion of a unit, gathered from its sheet: the rule with its numbers, what was
//! excused, what was changed and why, and what is open.

use thidua_base::Number;

use super::scheme::{Criterion, Level, Scheme};
use super::score::{Counted, Difference, LevelMark, Line, ScoreSheet, StepKind, Void, Why};

/// Why a criterion has its points (vì sao điểm này).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// The criterion.
    pub criterion: &'a Criterion,
    /// Its line.
    pub line: &'a Line,
    /// Why the unit's own mark is what it is.
    pub own: &'a Why,
    /// Marks of levels that changed the one below, in the order of the way up.
    pub changes: Vec<&'a LevelMark>,
    /// Levels that let it stand.
    pub agreed: Vec<Level>,
    /// For a group: those directly under it.
    pub under: Vec<(&'a Criterion, Number)>,
    /// For a group: what it lost because it held more than its maximum.
    pub cut: Option<Number>,
    /// Marks made over another mark than the one there now.
    pub differences: Vec<&'a Difference>,
    /// Marks that were not taken.
    pub void: Vec<&'a Void>,
}

/// What has to be said of the criterion at a place; `None` where the scheme has none there.
pub fn explained<'a>(scheme: &'a Scheme, sheet: &'a ScoreSheet, place: usize) -> Option<Explanation<'a>> {
    let criterion = scheme.criteria.get(place)?;
    let line = sheet.lines.get(place)?;
    let changed = |mark: &&LevelMark| mark.points != mark.over;
    let under = scheme.criteria.iter().zip(&sheet.lines).filter(|(below, _)| below.under == Some(place));
    let cut = sheet.total.steps.iter().find(|step| step.kind == StepKind::Cut(place)).map(|step| step.points);
    Some(Explanation {
        criterion,
        line,
        own: &line.why,
        changes: line.marks.iter().filter(changed).collect(),
        agreed: line.marks.iter().filter(|mark| !changed(mark)).map(|mark| mark.level).collect(),
        under: under.map(|(below, line)| (below, line.points)).collect(),
        cut,
        differences: sheet.differences.iter().filter(|one| one.criterion == criterion.code).collect(),
        void: sheet.void.iter().filter(|one| one.criterion == criterion.code).collect(),
    })
}

impl Explanation<'_> {
    /// The level whose mark counts; `None` where nobody's does.
    pub fn counted(&self) -> Option<Level> {
        match self.line.counted {
            Counted::Level(level) => Some(level),
            Counted::Excused | Counted::Unscored | Counted::Sum => None,
        }
    }
}
