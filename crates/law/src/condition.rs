//! Conditions: a tree of tests from the closed vocabulary, each with its citation and confidence.

use std::collections::BTreeMap;
use std::sync::Arc;

use thidua_base::code::HonourCode;

use crate::cite::Citation;
use crate::table::Said;
use crate::vocabulary::{
    AwardType, Category, Confidence, Discipline, Ends, Grade, InitiativeKind, InquiryKind, Level, MonthDay,
    MovementOutcome, MovementReview, Organiser, Run, Scope, Status, SubjectKind, Which,
};

/// A condition of a version; all of a version's must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The test with its citation; its id names the condition.
    pub node: Node,
    /// For whom it is; everybody where empty.
    pub subjects: Vec<SubjectKind>,
    /// The overlay it comes from; the national book where `None`.
    pub layer: Option<Arc<Layer>>,
    /// The line of the file it begins in.
    pub line: usize,
}

/// Where a condition comes from that is not of the national book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Code of the overlay.
    pub code: String,
    /// Its name.
    pub name: Said,
    /// What it did: added, tightened, filled.
    pub change: LayerChange,
    /// Whether it is a sample and no real regulation.
    pub is_sample: bool,
}

/// What an overlay did to a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerChange {
    /// Added it.
    Added,
    /// Replaced a test by a stricter one.
    Tightened,
    /// Filled what the national rule delegates.
    Filled,
}

/// A test with what the book says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id, where it has one; a condition always has.
    pub id: Option<String>,
    /// Where it is read.
    pub cite: Citation,
    /// Where else.
    pub also: Vec<Citation>,
    /// How surely.
    pub confidence: Confidence,
    /// Our own words on it.
    pub note: Option<Said>,
    /// The open question of `docs/law/open-questions.md` it hangs on.
    pub open: Option<String>,
    /// The test.
    pub test: Test,
}

/// A test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// All must hold.
    All(Vec<Node>),
    /// One must hold.
    Any(Vec<Node>),
    /// It must not hold.
    Not(Box<Node>),
    /// One word of the vocabulary.
    Leaf(Leaf),
}

/// The years a test looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// The award year.
    AwardYear,
    /// So many years ending with the award year.
    Last(u8),
    /// The years after the achievement period of an earlier award, of which so many must have passed.
    After {
        /// The awards that open it.
        honours: Vec<HonourCode>,
        /// How many years at least.
        years: u8,
        /// Which of several.
        which: Which,
    },
    /// Everything decided up to the day asked.
    Career,
    /// So many calendar years ending with that of the day asked, by date of decision.
    Calendar(u8),
    /// The calendar year before that of the file, by date of decision.
    DecidedYearBefore,
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compare {
    /// At least.
    AtLeast,
    /// More than.
    MoreThan,
    /// At most.
    AtMost,
    /// Exactly.
    Equals,
}

impl Compare {
    /// Whether the found value passes.
    pub fn holds(self, found: i64, wanted: i64) -> bool {
        match self {
            Self::AtLeast => found >= wanted,
            Self::MoreThan => found > wanted,
            Self::AtMost => found <= wanted,
            Self::Equals => found == wanted,
        }
    }

    /// The key as data writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::MoreThan => "more_than",
            Self::AtMost => "at_most",
            Self::Equals => "equals",
        }
    }
}

/// What of a collective's members is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberTrait {
    /// Those who hold one of these for the year.
    Holding(Vec<HonourCode>),
    /// Those who completed their tasks.
    Completing,
}

/// Whether members are counted or shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberMeasure {
    /// In percent of all members.
    Percent,
    /// By heads.
    Count,
}

/// One word of the vocabulary with its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// Awards in the register.
    Held {
        /// One of these; umbrellas and successions are honoured.
        honours: Vec<HonourCode>,
        /// How many times.
        times: u8,
        /// Whether in a row.
        run: Run,
        /// In which years; `None`: everything, or the years of the run.
        window: Option<Window>,
        /// With which year a run ends.
        ends: Ends,
        /// Level of the deciding authority, at least.
        by: Option<Level>,
        /// Types of commendation that do not count.
        not_types: Vec<AwardType>,
    },
    /// Yearly ratings.
    Rated {
        /// The grade, at least.
        at_least: Grade,
        /// In how many years.
        years: u8,
        /// Whether unbroken up to the award year.
        run: Run,
        /// In which years; `None`: the last `years`.
        window: Option<Window>,
        /// Honours that stand for the grade in the year they are held for.
        or_held: Vec<HonourCode>,
    },
    /// Years that have passed since the achievement period of an award.
    Passed {
        /// The awards.
        honours: Vec<HonourCode>,
        /// How many years at least.
        years: u8,
        /// Which of several.
        which: Which,
    },
    /// Initiatives, research, resourcefulness.
    Initiative {
        /// Which kinds count.
        kinds: Vec<InitiativeKind>,
        /// Reach, at least.
        scope: Scope,
        /// How far it has come, at least.
        status: Status,
        /// How many; in a row: in how many years.
        times: u8,
        /// Whether one is asked for in each of so many years up to the award year.
        run: Run,
        /// In which years.
        window: Window,
        /// Level of who recognised it, at least.
        by: Option<Level>,
    },
    /// No discipline at this level or above.
    Undisciplined {
        /// The lightest that counts.
        below: Discipline,
        /// In which years.
        window: Window,
    },
    /// Nothing of these open on the day.
    NoInquiry {
        /// Which.
        kinds: Vec<InquiryKind>,
    },
    /// Months since recruitment.
    Worked {
        /// At least so many.
        months: u16,
    },
    /// Years of service in a field.
    Served {
        /// At least so many.
        years: Option<u8>,
        /// Less than so many.
        below: Option<u8>,
        /// The fields, added up; words of the vocabulary files.
        fields: Vec<String>,
        /// Whether without a break.
        continuous: bool,
        /// How many times years in listed hard areas count.
        hardship: u8,
        /// Whether only such years count.
        only_hardship: bool,
    },
    /// Age of a collective, in years, on the day.
    Founded {
        /// At least so many.
        years: u16,
    },
    /// Years in posts of a group.
    HeldOffice {
        /// The group, of the honour's file or a word of the vocabulary files.
        posts: String,
        /// At least so many years.
        years: u8,
        /// Less than so many.
        below: Option<u8>,
        /// The part of the years that is needed of a woman.
        women: Option<(u8, u8)>,
    },
    /// Members of a collective.
    Members {
        /// Which of them.
        who: MemberTrait,
        /// How the number is compared.
        compare: Compare,
        /// With what.
        number: u32,
        /// In percent or by heads.
        measure: MemberMeasure,
    },
    /// No member disciplined at this level or above.
    MembersUndisciplined {
        /// The lightest that counts.
        below: Discipline,
    },
    /// Rank in a cluster.
    Cluster {
        /// This rank or better.
        rank: u8,
        /// Of a cluster of one of these; any where empty.
        organisers: Vec<Organiser>,
    },
    /// Result in a movement.
    Movement {
        /// The result, at least.
        result: MovementOutcome,
        /// Launched by one of these; any where empty.
        launchers: Vec<Organiser>,
        /// How many years it lasted at least.
        years: u8,
        /// At which review; any where empty.
        at: Vec<MovementReview>,
    },
    /// Emulation registered for the award year.
    Registered {
        /// Before this day of the award year.
        before: Option<MonthDay>,
    },
    /// What the person is by work.
    InCategory {
        /// One of these.
        categories: Vec<Category>,
    },
    /// Holds, or meets the conditions of, one of these in the award year.
    Meets {
        /// Which.
        honours: Vec<HonourCode>,
    },
    /// Points by criteria.
    ScoredAt {
        /// At least so many of 100.
        at_least: u16,
        /// Other thresholds by kind of place.
        segments: BTreeMap<String, u16>,
        /// Each group at least this share of its own maximum.
        group_floor_percent: Option<u8>,
    },
    /// A counted fact.
    Counted {
        /// The fact, a word of the vocabulary files.
        fact: String,
        /// How it is compared.
        compare: Compare,
        /// With what.
        number: u32,
    },
    /// A fact that holds or not, with proof.
    Stated {
        /// The fact, a word of the vocabulary files.
        fact: String,
    },
    /// Left to a local rule.
    Local {
        /// Whose.
        issuer: Organiser,
        /// About what.
        about: Said,
    },
    /// A judgement: always a person's.
    Ask(Said),
}

impl Node {
    /// Walks this test and everything below it, with the way to each.
    pub fn walk<'n>(&'n self, path: &str, visit: &mut dyn FnMut(&str, &'n Self)) {
        visit(path, self);
        for (at, child) in self.children().iter().enumerate() {
            child.walk(&child.way(path, at), visit);
        }
    }

    /// The parts of a combinator.
    pub fn children(&self) -> &[Self] {
        match &self.test {
            Test::All(parts) | Test::Any(parts) => parts,
            Test::Not(part) => std::slice::from_ref(part),
            Test::Leaf(_) => &[],
        }
    }

    /// The way to this test from its parent's: its id, or its number from 1.
    pub fn way(&self, parent: &str, at: usize) -> String {
        match &self.id {
            Some(id) => format!("{parent}/{id}"),
            None => format!("{parent}/{}", at + 1),
        }
    }
}

impl Leaf {
    /// Every honour it names.
    pub fn honours(&self) -> Vec<&HonourCode> {
        let mut all: Vec<&HonourCode> = match self {
            Self::Held { honours, .. } | Self::Meets { honours } | Self::Passed { honours, .. } => {
                honours.iter().collect()
            }
            Self::Rated { or_held, .. } => or_held.iter().collect(),
            Self::Members { who: MemberTrait::Holding(honours), .. } => honours.iter().collect(),
            _ => Vec::new(),
        };
        if let Some(Window::After { honours, .. }) = self.window() {
            all.extend(honours);
        }
        all
    }

    /// The window it looks at, where it has one.
    pub fn window(&self) -> Option<&Window> {
        match self {
            Self::Held { window, .. } | Self::Rated { window, .. } => window.as_ref(),
            Self::Initiative { window, .. } | Self::Undisciplined { window, .. } => Some(window),
            _ => None,
        }
    }

    /// Whether only a person can answer: judgements and local rules.
    pub fn is_judgement(&self) -> bool {
        matches!(self, Self::Ask(_) | Self::Local { .. })
    }
}
