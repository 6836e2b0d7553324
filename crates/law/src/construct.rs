//! Building records that meet a test, or just fail it: the other direction of the evaluator, and written without it.

use std::collections::BTreeMap;

use thidua_base::code::HonourCode;
use thidua_base::{Date, Number};

use crate::condition::{Compare, Leaf, MemberTrait, Node, Test, Window};
use crate::record::{
    Award, ClusterResult, HumanAnswer, Initiative, Inquiry, Members, MovementResult, OfficeHeld, Rating, Record,
    Registration, Scored, Service,
};
use crate::rules::Rules;
use crate::vocabulary::{
    AwardType, Category, Ends, Grade, InitiativeKind, Level, MovementReview, Organiser, Run, Scope, Status,
    SubjectKind, Word,
};

/// Where and when records are built.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'g> {
    /// The rules.
    pub rules: &'g Rules,
    /// The honour asked about.
    pub honour: &'g HonourCode,
    /// For whom.
    pub subject: SubjectKind,
    /// The day asked.
    pub on: Date,
}

/// Which branch is built of each choice, by the way to it; the first where nothing is said.
pub type Choices = BTreeMap<String, usize>;

/// No register of these records begins later.
pub const COMPLETE_FROM: i16 = 1900;

impl Ground<'_> {
    /// The award year: the one that ended before the day asked.
    pub fn year(&self) -> i16 {
        self.on.year() - 1
    }

    /// A record whose registers are complete and empty.
    pub fn blank(&self) -> Record {
        Record::unknown(self.subject).complete_from(COMPLETE_FROM)
    }

    /// Adds to a record what a test needs; `seen` is told each test that then holds. False where it cannot be built.
    pub fn meet(
        &self,
        node: &Node,
        path: &str,
        choices: &Choices,
        record: &mut Record,
        seen: &mut Vec<String>,
    ) -> bool {
        let met = match &node.test {
            Test::All(parts) => parts
                .iter()
                .enumerate()
                .fold(true, |all, (at, part)| self.meet(part, &part.way(path, at), choices, record, seen) && all),
            Test::Any(parts) => match choices.get(path) {
                Some(at) => {
                    let at = (*at).min(parts.len() - 1);
                    self.meet(&parts[at], &parts[at].way(path, at), choices, record, seen)
                }
                // Where nothing is chosen the first that does not contradict what is built already.
                None => parts.iter().enumerate().any(|(at, part)| {
                    let (mut tried, mut told) = (record.clone(), seen.clone());
                    let met = self.meet(part, &part.way(path, at), choices, &mut tried, &mut told);
                    if met {
                        (*record, *seen) = (tried, told);
                    }
                    met
                }),
            },
            Test::Not(part) => self.fail(part, &part.way(path, 0), record),
            Test::Leaf(leaf) => {
                let contradicts = matches!((leaf, record.category), (Leaf::InCategory { categories }, Some(category))
                    if !categories.iter().any(|one| category.is_within(*one)));
                if !contradicts {
                    self.meet_leaf(leaf, node, path, record);
                }
                !contradicts
            }
        };
        if met {
            seen.push(path.to_owned());
        }
        met
    }

    /// Changes a record so that a test surely does not hold. False where it cannot be built.
    pub fn fail(&self, node: &Node, path: &str, record: &mut Record) -> bool {
        match &node.test {
            Test::All(parts) => parts.iter().enumerate().any(|(at, part)| self.fail(part, &part.way(path, at), record)),
            Test::Any(parts) => parts
                .iter()
                .enumerate()
                .fold(true, |all, (at, part)| self.fail(part, &part.way(path, at), record) && all),
            Test::Not(part) => self.meet(part, &part.way(path, 0), &Choices::new(), record, &mut Vec::new()),
            Test::Leaf(leaf) => self.fail_leaf(leaf, node, path, record),
        }
    }

    /// The first year of a window, the award that opens it lying just far enough back.
    pub fn first_year(&self, window: Option<&Window>, default: i16) -> i16 {
        match window {
            None => self.year() - default + 1,
            Some(Window::AwardYear) => self.year(),
            Some(Window::Last(years)) => self.year() - i16::from(*years) + 1,
            Some(Window::After { years, .. }) => self.year() - i16::from(*years).max(1) + 1,
            Some(Window::Career) => self.year() - 3,
            Some(Window::Calendar(years)) => self.on.year() - i16::from(*years) + 1,
            Some(Window::DecidedYearBefore) => self.on.year() - 1,
        }
    }

    /// Adds the award that opens a window, just far enough back, unless there is one that does.
    pub fn anchor(&self, window: Option<&Window>, record: &mut Record) {
        let Some(Window::After { honours, years, .. }) = window else { return };
        self.anchor_at(honours, self.year() - i16::from(*years).max(1), record);
    }

    fn anchor_at(&self, honours: &[HonourCode], year: i16, record: &mut Record) {
        let counted = self.rules.counted_as(honours);
        let has = record.awards.iter().any(|award| counted.contains(&award.honour) && award.year <= year);
        if has {
            // One that serves a nearer window lies too late for this one and is moved back.
            return;
        }
        record.awards.retain(|award| !counted.contains(&award.honour) || award.year > self.year() - 1);
        record.awards.push(award(&honours[0], year, 1));
    }

    /// Adds what a leaf needs.
    pub fn meet_leaf(&self, leaf: &Leaf, node: &Node, path: &str, record: &mut Record) {
        let year = self.year();
        match leaf {
            Leaf::Held { honours, times, run, window, ends, by, not_types } => {
                self.anchor(window.as_ref(), record);
                let kind = (!not_types.is_empty()).then(|| other_type(not_types));
                let counted = self.rules.counted_as(honours);
                for found in record.awards.iter_mut().filter(|award| counted.contains(&award.honour)) {
                    found.level = found.level.max(*by);
                    found.kind = found.kind.or(kind);
                }
                match run {
                    Run::Unbroken => {
                        let last = if *ends == Ends::YearBefore { year - 1 } else { year };
                        for year in last - i16::from(*times) + 1..=last {
                            let has = record.awards.iter().any(|one| counted.contains(&one.honour) && one.year == year);
                            if !has {
                                record.awards.push(Award { level: *by, kind, ..award(&honours[0], year, 1) });
                            }
                        }
                    }
                    Run::Any => {
                        let first = self.first_year(window.as_ref(), 4);
                        let mut number = 0;
                        for _ in 0..*times {
                            let here = self.count_here(leaf, &counted, record);
                            if here >= usize::from(*times) {
                                break;
                            }
                            number += 1;
                            let mut new = Award { level: *by, kind, ..award(&honours[0], first, number) };
                            new.decided_on = self.decided(window.as_ref()).or(new.decided_on);
                            record.awards.push(new);
                        }
                    }
                }
            }
            Leaf::Rated { at_least, years, window, .. } => {
                self.anchor(window.as_ref(), record);
                for year in year - i16::from(*years) + 1..=year {
                    rate(record, year, *at_least);
                }
            }
            Leaf::Passed { honours, years, .. } => {
                self.anchor_at(honours, year - i16::from(*years), record);
            }
            Leaf::Initiative { kinds, scope, status, times, run, window, by } => {
                self.anchor(Some(window), record);
                let first = self.first_year(Some(window), 1);
                for at in 0..i16::from(*times) {
                    let in_year = if *run == Run::Unbroken { year - at } else { first };
                    record.initiatives.push(initiative(kinds[0], *scope, *status, in_year, *by));
                }
            }
            Leaf::Undisciplined { .. } | Leaf::NoInquiry { .. } => {}
            Leaf::Worked { months } => {
                let since = back_months(year_after(year), i64::from(*months));
                record.recruited_on = Some(record.recruited_on.map_or(since, |day| day.min(since)));
            }
            Leaf::Served { years, below, fields, only_hardship, .. } => {
                // Half a year below an upper bound that stands alone.
                let months =
                    years.map_or_else(|| below.map_or(1, |below| 12 * i64::from(below) - 6), |n| 12 * i64::from(n));
                record.service.retain(|one| !fields.contains(&one.field));
                record.service.push(Service {
                    field: fields[0].clone(),
                    from: back_months(self.on.next_day(), months),
                    to: None,
                    hardship: *only_hardship,
                    key: String::new(),
                });
            }
            Leaf::Founded { years } => {
                let since = back_months(self.on, 12 * i64::from(*years));
                record.born_or_founded = Some(record.born_or_founded.map_or(since, |day| day.min(since)));
            }
            Leaf::HeldOffice { posts, years, .. } => {
                record.woman = Some(false);
                record.offices.retain(|one| one.posts != *posts);
                record.offices.push(OfficeHeld {
                    posts: posts.clone(),
                    from: back_months(self.on.next_day(), 12 * i64::from(*years)),
                    to: None,
                    key: String::new(),
                });
            }
            Leaf::Members { who, compare, number, .. } => {
                let wanted = number + u32::from(*compare == Compare::MoreThan);
                set_members(self.members(record), who, wanted);
            }
            Leaf::MembersUndisciplined { .. } => self.members(record).disciplined.clear(),
            Leaf::Cluster { rank, organisers } => record.clusters.push(ClusterResult {
                year,
                rank: *rank,
                organiser: organisers.first().copied().unwrap_or(Organiser::MinistryOrProvince),
                key: String::new(),
            }),
            Leaf::Movement { result, launchers, years, at } => record.movements.push(MovementResult {
                launcher: launchers.first().copied().unwrap_or(Organiser::MinistryOrProvince),
                from: back_months(year_after(year), 12 * i64::from(*years).max(1)),
                to: Some(year_after(year)),
                result: *result,
                at: at.first().copied().unwrap_or(MovementReview::Final),
                year,
                key: String::new(),
            }),
            Leaf::Registered { before } => {
                let on = before.and_then(|day| day.in_year(year)).map(Date::day_before);
                if before.is_none() && record.registrations.iter().any(|one| one.year == year) {
                    return;
                }
                record.registrations.retain(|one| one.year != year);
                record.registrations.push(Registration { year, on });
            }
            Leaf::InCategory { categories } => {
                if !record.category.is_some_and(|category| categories.iter().any(|one| category.is_within(*one))) {
                    record.category = categories.first().copied();
                }
            }
            Leaf::Meets { honours } => record.awards.push(award(&honours[0], year, 1)),
            Leaf::ScoredAt { at_least, .. } => {
                record.scores = vec![score(year, i64::from(*at_least), "noi-khac")];
            }
            Leaf::Counted { fact, number, .. } => {
                record.counts.insert(fact.clone(), *number);
            }
            Leaf::Stated { fact } => {
                record.statements.insert(fact.clone(), true);
            }
            Leaf::Local { .. } | Leaf::Ask(_) => self.answer(node, path, true, record),
        }
    }

    /// Changes a record so that a leaf surely does not hold, by as little as can be.
    pub fn fail_leaf(&self, leaf: &Leaf, node: &Node, path: &str, record: &mut Record) -> bool {
        let year = self.year();
        match leaf {
            Leaf::Held { honours, .. } => {
                let counted = self.rules.counted_as(honours);
                record.awards.retain(|award| !counted.contains(&award.honour));
            }
            Leaf::Passed { honours, .. } => {
                let counted = self.rules.counted_as(honours);
                record.awards.retain(|award| !counted.contains(&award.honour));
            }
            Leaf::Rated { at_least, window, or_held, .. } => {
                let Some(below) = grade_below(*at_least) else { return false };
                let counted = self.rules.counted_as(or_held);
                record.awards.retain(|award| !counted.contains(&award.honour));
                self.anchor(window.as_ref(), record);
                let back = match window {
                    Some(Window::Last(years) | Window::After { years, .. }) => i16::from(*years),
                    Some(Window::Career) => return false,
                    _ => 1,
                };
                // The last year alone breaks a run; a count needs every year of the window.
                let years = if matches!(leaf, Leaf::Rated { run: Run::Unbroken, .. }) { 1 } else { back };
                for year in year - years + 1..=year {
                    record.ratings.retain(|one| one.year != year);
                    record.ratings.push(Rating { year, grade: below, key: String::new() });
                }
            }
            Leaf::Initiative { kinds, window, .. } => {
                self.anchor(Some(window), record);
                record.initiatives.retain(|one| !kinds.contains(&one.kind));
            }
            Leaf::Undisciplined { below, .. } => {
                let (Some(from), Some(to)) = (Date::new(year, 3, 1), Date::new(year, 9, 1)) else { return false };
                let level = *below;
                record.disciplines.push(crate::record::DisciplineCase {
                    level,
                    from,
                    to: Some(to),
                    key: String::new(),
                });
            }
            Leaf::NoInquiry { kinds } => {
                let from = self.on.day_before();
                record.inquiries.push(Inquiry { kind: kinds[0], from, to: None, key: String::new() });
            }
            Leaf::Worked { months } => {
                record.recruited_on = Some(back_months(year_after(year), i64::from(*months)).next_day());
            }
            Leaf::Served { years, below, fields, .. } => {
                let Some(first) = record.service.iter_mut().find(|one| fields.contains(&one.field)) else {
                    self.meet_leaf(leaf, node, path, record);
                    return self.fail_leaf(leaf, node, path, record);
                };
                match (years, below) {
                    (Some(_), _) => first.from = first.from.next_day(),
                    (None, Some(below)) => first.from = back_months(self.on.next_day(), 12 * i64::from(*below)),
                    (None, None) => return false,
                }
            }
            Leaf::Founded { years } => {
                record.born_or_founded = Some(back_months(self.on, 12 * i64::from(*years)).next_day());
            }
            Leaf::HeldOffice { posts, .. } => {
                self.meet_leaf(leaf, node, path, record);
                for one in record.offices.iter_mut().filter(|one| one.posts == *posts) {
                    one.from = one.from.next_day();
                }
            }
            Leaf::Members { who, compare, number, .. } => {
                let least = number + u32::from(*compare == Compare::MoreThan);
                let Some(less) = least.checked_sub(1) else { return false };
                set_members(self.members(record), who, less);
            }
            Leaf::MembersUndisciplined { below } => self.members(record).disciplined = vec![(*below, 1)],
            Leaf::Cluster { rank, organisers } => {
                let organiser = organisers.first().copied().unwrap_or(Organiser::MinistryOrProvince);
                record.clusters = vec![ClusterResult { year, rank: rank + 1, organiser, key: String::new() }];
            }
            // No register of movements is complete: not to be found leaves it open.
            Leaf::Movement { .. } => return false,
            Leaf::Registered { .. } => record.registrations.clear(),
            Leaf::InCategory { categories } => match other_category(categories) {
                Some(other) => record.category = Some(other),
                None => return false,
            },
            // Needs every condition of the other honour to fail, which its own cases try.
            Leaf::Meets { .. } => return false,
            Leaf::ScoredAt { at_least, .. } => {
                record.scores = vec![score(year, i64::from(*at_least) - 1, "noi-khac")];
            }
            Leaf::Counted { fact, compare, number } => {
                let wrong = match compare {
                    Compare::AtMost | Compare::Equals => number + 1,
                    Compare::AtLeast => match number.checked_sub(1) {
                        Some(less) => less,
                        None => return false,
                    },
                    Compare::MoreThan => *number,
                };
                record.counts.insert(fact.clone(), wrong);
            }
            Leaf::Stated { fact } => {
                record.statements.insert(fact.clone(), false);
            }
            Leaf::Local { .. } | Leaf::Ask(_) => self.answer(node, path, false, record),
        }
        true
    }

    /// An answer of a person to a question, given by the way to it, which names it for sure.
    pub fn answer(&self, _node: &Node, path: &str, yes: bool, record: &mut Record) {
        let year = self.year();
        record.answers.retain(|one| one.condition != path);
        record.answers.push(HumanAnswer {
            honour: self.honour.clone(),
            condition: path.to_owned(),
            year,
            yes,
            by: "Nguyễn Văn A".to_owned(),
            on: year_after(year).day_before(),
        });
    }

    /// The members of the award year, a hundred unless said otherwise.
    pub fn members<'r>(&self, record: &'r mut Record) -> &'r mut Members {
        let year = self.year();
        if !record.members.iter().any(|one| one.year == year) {
            record.members.push(Members { year, count: 100, ..Members::default() });
        }
        let at = record.members.iter().position(|one| one.year == year).unwrap_or(0);
        &mut record.members[at]
    }

    /// The day of decision that a window by decisions asks for.
    pub fn decided(&self, window: Option<&Window>) -> Option<Date> {
        match window {
            Some(Window::Calendar(years)) => {
                Date::new(self.on.year() - i16::from(*years) + 1, self.on.month(), self.on.day()).or(Some(self.on))
            }
            Some(Window::DecidedYearBefore) => Date::new(self.on.year() - 1, 6, 1),
            _ => None,
        }
    }

    fn count_here(&self, leaf: &Leaf, counted: &[HonourCode], record: &Record) -> usize {
        let Leaf::Held { window, .. } = leaf else { return 0 };
        let year = self.year();
        let first = match window {
            None | Some(Window::Career) => i16::MIN,
            other => self.first_year(other.as_ref(), 1),
        };
        let by_decision = leaf.is_by_decision();
        let fits = |award: &&Award| {
            let at = if by_decision { award.decided_on.map_or(award.year, Date::year) } else { award.year };
            counted.contains(&award.honour)
                && (first..=year.max(self.on.year())).contains(&at)
                && (!matches!(window, Some(Window::DecidedYearBefore)) || at == first)
        };
        record.awards.iter().filter(fits).count()
    }
}

/// An award decided at the end of its year; `number` tells several of one year apart.
pub fn award(honour: &HonourCode, year: i16, number: u8) -> Award {
    let decision = if number > 1 { format!("{number}/{year}/QĐ") } else { format!("{year}/QĐ") };
    Award {
        honour: honour.clone(),
        year,
        period: None,
        decided_on: Date::new(year, 12, 31),
        decision: Some(decision),
        authority: None,
        level: None,
        kind: None,
        revoked_on: None,
        key: String::new(),
    }
}

/// An initiative of a year.
pub fn initiative(kind: InitiativeKind, scope: Scope, status: Status, year: i16, by: Option<Level>) -> Initiative {
    Initiative {
        kind,
        scope,
        status,
        year,
        by,
        decision: Some("1/QĐ-SK".to_owned()),
        decided_on: None,
        key: String::new(),
    }
}

/// Points of a year with every group of criteria at its maximum.
pub fn score(year: i16, points: i64, segment: &str) -> Scored {
    Scored {
        year,
        points: Number::whole(points),
        segment: Some(segment.to_owned()),
        groups_ok: Some(true),
        groups: Vec::new(),
    }
}

/// Rates a year at least so.
pub fn rate(record: &mut Record, year: i16, grade: Grade) {
    match record.ratings.iter_mut().find(|one| one.year == year) {
        Some(one) => one.grade = one.grade.max(grade),
        None => record.ratings.push(Rating { year, grade, key: String::new() }),
    }
}

/// Sets how many members are so.
pub fn set_members(members: &mut Members, who: &MemberTrait, number: u32) {
    match who {
        MemberTrait::Holding(honours) => {
            for code in honours {
                members.holding.insert(code.clone(), 0);
            }
            members.holding.insert(honours[0].clone(), number);
        }
        MemberTrait::Completing => members.completing = Some(number),
    }
}

/// The first day after a year.
pub fn year_after(year: i16) -> Date {
    const FIRST: i16 = 1;
    let day = |year: i16| Date::new(year, 1, 1);
    day(year.saturating_add(1)).or_else(|| day(FIRST)).expect("the first day of the calendar is a day")
}

/// So many months before a day; a day that the month has not is its last.
pub fn back_months(day: Date, months: i64) -> Date {
    let all = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 - months;
    let (year, month) = (all.div_euclid(12), all.rem_euclid(12) + 1);
    let (year, month) = (i16::try_from(year).unwrap_or(1), i8::try_from(month).unwrap_or(1));
    (0..4).find_map(|less| Date::new(year, month, day.day() - less)).unwrap_or(day)
}

/// The grade below.
pub fn grade_below(grade: Grade) -> Option<Grade> {
    below_in(grade)
}

/// The word before another in a list that goes from the least.
pub fn below_in<W: Word>(word: W) -> Option<W> {
    let at = W::WORDS.iter().position(|row| row.0 == word)?;
    at.checked_sub(1).map(|at| W::WORDS[at].0)
}

/// A category outside a list.
pub fn other_category(categories: &[Category]) -> Option<Category> {
    let all = Category::WORDS.iter().map(|row| row.0);
    all.rev().find(|one| !categories.iter().any(|listed| one.is_within(*listed)))
}

/// A type of commendation outside a list.
pub fn other_type(types: &[AwardType]) -> AwardType {
    AwardType::WORDS.iter().map(|row| row.0).find(|one| !types.contains(one)).unwrap_or(AwardType::Merit)
}
