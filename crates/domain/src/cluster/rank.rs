//! Ranks inside a cluster: shared ranks look shared, ties are settled by the rules the scheme names, and each rank says
//! how it moved and which criteria made it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use thidua_base::Number;
use thidua_base::code::OrgId;
use thidua_base::number::BadNumber;

use super::exact::Exact;
use super::scheme::{FlagRule, Level, Part, QuotaAction, Scheme, TieRule};
use super::score::ScoreSheet;

/// The ranking of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// Whose mark was ranked: the first of these levels that marked a criterion.
    pub marks: Vec<Level>,
    /// The members, the best first; of equals by id.
    pub rows: Vec<Ranked>,
    /// How a quota was applied, where the scheme has one.
    pub quota: Option<QuotaUsed>,
}

/// A row of a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Whose.
    pub unit: OrgId,
    /// The rank: 1, 1, 3.
    pub rank: usize,
    /// How many hold it.
    pub shared_by: usize,
    /// The total.
    pub points: Number,
    /// The rule that put it below or above others with the same total; `None` where no total is the same.
    pub settled_by: Option<TieRule>,
    /// The grade, after any quota.
    pub grade: Option<String>,
    /// Whether the quota lowered it.
    pub quota: Within,
    /// Against last year.
    pub movement: Movement,
    /// Criteria that won most against the mean of the cluster, the most first.
    pub won: Vec<Apart>,
    /// Criteria that cost most.
    pub cost: Vec<Apart>,
}

/// Whether a unit fits a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// It does, or no quota looks at it.
    Fits,
    /// It does not, and takes the next grade.
    Lowered,
    /// It does not, which is only told.
    Beyond,
}

/// How a rank moved since last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    /// There is no rank of last year to hold it against.
    New,
    /// Up by so many places.
    Up(usize),
    /// The same.
    Same,
    /// Down by so many places.
    Down(usize),
}

/// A criterion, and how far a unit's points are from others'.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// The criterion, by its place.
    pub criterion: usize,
    /// How far, rounded to two decimals; above zero where it won.
    pub by: Number,
}

/// How a quota was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaUsed {
    /// How many were assessed.
    pub assessed: usize,
    /// How many may hold the grade.
    pub most: usize,
    /// How many reached it.
    pub reached: usize,
}

/// Criteria shown as having won or cost most.
const SHOWN: usize = 3;

/// Ranks the sheets of a cluster; `last` holds last year's ranks.
///
/// # Errors
/// Where a mean does not fit in 64 bits.
pub fn rank(scheme: &Scheme, sheets: &[ScoreSheet], last: &BTreeMap<OrgId, usize>) -> Result<Ranking, BadNumber> {
    let ties = Ties::of(scheme);
    let mut order: Vec<&ScoreSheet> = sheets.iter().collect();
    order.sort_by(|a, b| ties.between(a, b).0.then_with(|| a.unit.cmp(&b.unit)));
    let means = Means::of(scheme, sheets)?;
    let mut rows: Vec<Ranked> = Vec::with_capacity(order.len());
    // Those of one rank stand together.
    let runs: Vec<&[&ScoreSheet]> = order.chunk_by(|a, b| ties.between(a, b).0 == Ordering::Equal).collect();
    for (at, run) in runs.iter().enumerate() {
        let rank = rows.len() + 1;
        let above = at.checked_sub(1).and_then(|above| runs.get(above));
        let settled_by = ties.settled(run, above, runs.get(at + 1));
        for sheet in *run {
            let (won, cost) = means.apart(scheme, sheet)?;
            rows.push(Ranked {
                unit: sheet.unit.clone(),
                rank,
                shared_by: run.len(),
                points: sheet.total.points,
                settled_by: settled_by.clone(),
                grade: sheet.graded.grade.clone(),
                quota: Within::Fits,
                movement: Movement::between(last.get(&sheet.unit).copied(), rank),
                won,
                cost,
            });
        }
    }
    let quota = apply_quota(scheme, &mut rows)?;
    Ok(Ranking { marks: scheme.marks.clone(), rows, quota })
}

impl Movement {
    /// From last year's rank to this year's.
    fn between(before: Option<usize>, rank: usize) -> Self {
        match before {
            None => Self::New,
            Some(before) if before > rank => Self::Up(before - rank),
            Some(before) if before < rank => Self::Down(rank - before),
            Some(_) => Self::Same,
        }
    }
}

/// The rules of ties, with the place of each criterion they look at.
struct Ties<'a>(Vec<(&'a TieRule, Option<usize>)>);

impl<'a> Ties<'a> {
    fn of(scheme: &'a Scheme) -> Self {
        let place = |tie: &TieRule| match tie {
            TieRule::Criterion(code) => scheme.place(code),
            TieRule::Bonus | TieRule::Penalty | TieRule::Vote => None,
        };
        Self(scheme.ties.iter().map(|tie| (tie, place(tie))).collect())
    }

    /// Which of two sheets stands higher, and by which rule; equal by `Vote` where only the council can tell.
    fn between(&self, a: &ScoreSheet, b: &ScoreSheet) -> (Ordering, Option<&'a TieRule>) {
        let by_total = b.total.points.cmp(&a.total.points);
        if by_total != Ordering::Equal {
            return (by_total, None);
        }
        for (tie, place) in &self.0 {
            let points = |sheet: &ScoreSheet| place.and_then(|place| sheet.lines.get(place)).map(|line| line.points);
            let found = match tie {
                TieRule::Bonus => b.total.bonus.cmp(&a.total.bonus),
                TieRule::Penalty => a.total.penalty.cmp(&b.total.penalty),
                TieRule::Criterion(_) => points(b).cmp(&points(a)),
                TieRule::Vote => return (Ordering::Equal, Some(tie)),
            };
            if found != Ordering::Equal {
                return (found, Some(tie));
            }
        }
        (Ordering::Equal, None)
    }

    /// The rule that parts those of a rank from the ranks beside them with the same total, or leaves them together.
    fn settled(
        &self,
        run: &[&ScoreSheet],
        above: Option<&&[&ScoreSheet]>,
        below: Option<&&[&ScoreSheet]>,
    ) -> Option<TieRule> {
        let first = run.first()?;
        let beside = [above.and_then(|run| run.last()), below.and_then(|run| run.first()), run.get(1)];
        let found = beside.into_iter().flatten().find_map(|other| self.between(first, other).1);
        found.cloned()
    }
}

/// Those beyond the quota take the next grade. Holders of one shared rank are lowered together or not at all: the quota
/// is never exceeded and no rule is made up to tell equals apart.
fn apply_quota(scheme: &Scheme, rows: &mut [Ranked]) -> Result<Option<QuotaUsed>, BadNumber> {
    let Some(quota) = &scheme.quota else { return Ok(None) };
    let assessed = rows.len();
    let count = Number::whole(i64::try_from(assessed).map_err(|_| BadNumber::TooLarge)?);
    let share = Exact::of(quota.share).over(Exact::of(Number::whole(100)))?.unwrap_or(Exact::ZERO);
    let most = usize::try_from(Exact::of(count).times(share)?.floor()).map_err(|_| BadNumber::TooLarge)?;
    let holds = |row: &Ranked| row.grade.as_deref() == Some(quota.grade.as_str());
    let reached = rows.iter().filter(|row| holds(row)).count();
    let ranks: Vec<usize> = rows.iter().filter(|row| holds(row)).map(|row| row.rank).collect();
    for row in rows.iter_mut().filter(|row| holds(row)) {
        // How many hold the grade at this rank or better.
        if ranks.iter().filter(|rank| **rank <= row.rank).count() > most {
            match quota.action {
                QuotaAction::Lower => {
                    row.grade = Some(quota.rest.clone());
                    row.quota = Within::Lowered;
                }
                QuotaAction::Warn => row.quota = Within::Beyond,
            }
        }
    }
    Ok(Some(QuotaUsed { assessed, most, reached }))
}

/// The mean points of the cluster for each leaf.
struct Means(Vec<Exact>);

impl Means {
    fn of(scheme: &Scheme, sheets: &[ScoreSheet]) -> Result<Self, BadNumber> {
        let count = Exact::of(Number::whole(i64::try_from(sheets.len()).map_err(|_| BadNumber::TooLarge)?));
        let mean = |place: usize| -> Result<Exact, BadNumber> {
            let points = sheets.iter().filter_map(|sheet| sheet.lines.get(place)).map(|line| line.points);
            Exact::of(Number::sum(points)?).over(count).map(|mean| mean.unwrap_or(Exact::ZERO))
        };
        (0..scheme.criteria.len()).map(mean).collect::<Result<_, _>>().map(Self)
    }

    /// The leaves in which a sheet is furthest above and below the mean.
    fn apart(&self, scheme: &Scheme, sheet: &ScoreSheet) -> Result<(Vec<Apart>, Vec<Apart>), BadNumber> {
        let mut all: Vec<(Exact, usize)> = Vec::new();
        for (place, leaf) in scheme.leaves() {
            let (Some(line), Some(mean)) = (sheet.lines.get(place), self.0.get(place)) else { continue };
            let by = Exact::of(line.points).minus(*mean)?;
            let by = if leaf.part == Part::Penalty { Exact::ZERO.minus(by)? } else { by };
            if !by.is_zero() {
                all.push((by, place));
            }
        }
        all.sort_by(|(a, place), (b, other)| b.cmp(a).then_with(|| place.cmp(other)));
        let told = |(by, place): &(Exact, usize)| by.shown(2).map(|by| Apart { criterion: *place, by });
        let won = all.iter().filter(|(by, _)| !by.is_negative()).take(SHOWN).map(told).collect::<Result<_, _>>()?;
        all.sort_by(|(a, place), (b, other)| a.cmp(b).then_with(|| place.cmp(other)));
        let cost = all.iter().filter(|(by, _)| by.is_negative()).take(SHOWN).map(told).collect::<Result<_, _>>()?;
        Ok((won, cost))
    }
}

/// The leaves in which two sheets differ, the widest first: what one won on the other.
///
/// # Errors
/// Where a difference does not fit in 64 bits.
pub fn between(scheme: &Scheme, mine: &ScoreSheet, theirs: &ScoreSheet) -> Result<Vec<Apart>, BadNumber> {
    let mut apart = Vec::new();
    for (place, leaf) in scheme.leaves() {
        let (Some(here), Some(there)) = (mine.lines.get(place), theirs.lines.get(place)) else { continue };
        let by = here.points.minus(there.points)?;
        let by = if leaf.part == Part::Penalty { by.negated() } else { by };
        if !by.is_zero() {
            apart.push(Apart { criterion: place, by });
        }
    }
    apart.sort_by(|a, b| b.by.magnitude().cmp(&a.by.magnitude()).then_with(|| a.criterion.cmp(&b.criterion)));
    Ok(apart)
}

/// An honour proposed by rank, for the council to vote on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The rule.
    pub rule: FlagRule,
    /// Those it falls to.
    pub units: Vec<OrgId>,
    /// Those who share the last place between them, where there are more of them than places: the council chooses.
    pub tied: Vec<OrgId>,
    /// How many places are left for them, or without anyone.
    pub open: usize,
}

/// Honours by rank: each rule takes those after the ones before it. A proposal only; nothing is decided.
pub fn propose(scheme: &Scheme, ranking: &Ranking, rules: &[FlagRule]) -> Vec<Proposed> {
    let mut taken: Vec<OrgId> = Vec::new();
    let mut proposed = Vec::new();
    for rule in rules {
        let good_enough = |row: &&Ranked| match &rule.least {
            None => true,
            Some(least) => {
                let place = |code: &str| scheme.grade_place(code);
                let (Some(least), Some(has)) = (place(least), row.grade.as_deref().and_then(place)) else {
                    return false;
                };
                has <= least
            }
        };
        let free: Vec<&Ranked> =
            ranking.rows.iter().filter(|row| !taken.contains(&row.unit)).filter(good_enough).collect();
        let (mut units, mut tied, mut open) = (Vec::new(), Vec::new(), rule.places);
        let mut at = 0;
        while let Some(row) = free.get(at).filter(|_| open > 0) {
            let together: Vec<OrgId> =
                free.iter().skip(at).take_while(|other| other.rank == row.rank).map(|one| one.unit.clone()).collect();
            if together.len() > open {
                tied = together;
                break;
            }
            open -= together.len();
            at += together.len();
            units.extend(together);
        }
        taken.extend(units.iter().chain(&tied).cloned());
        proposed.push(Proposed { rule: rule.clone(), units, tied, open });
    }
    proposed
}
