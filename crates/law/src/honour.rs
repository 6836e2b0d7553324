//! Honours: emulation titles and commendation forms, with all that is dated about them.

use thidua_base::code::{HonourCode, InstrumentId};
use thidua_base::{Date, Number};

use crate::cite::Citation;
use crate::condition::Condition;
use crate::table::Said;
use crate::vocabulary::{
    Class, Clock, Confidence, Cycle, DeadlineYear, MonthDay, Rounding, SubjectKind, VoteBase, VoteMethod,
};

/// An honour (danh hiệu thi đua or hình thức khen thưởng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Honour {
    /// Stable code: `giay-khen`. English labels differ between translations, so the code is Vietnamese.
    pub code: HonourCode,
    /// What it is.
    pub kind: HonourKind,
    /// Its class.
    pub class: Class,
    /// Vietnamese name: `Giấy khen`.
    pub name: String,
    /// English label, with the Vietnamese where translations disagree.
    pub name_en: String,
    /// What is counted of it: `cờ thi đua`, `bằng khen`, `tập thể`.
    pub measure: String,
    /// The verb of granting: `tặng` or `công nhận`.
    pub verb: String,
    /// Who can hold it.
    pub subjects: Vec<SubjectKind>,
    /// The honours it is the common name of; it then has no version of its own.
    pub covers: Vec<HonourCode>,
    /// Older honours whose awards count as this one.
    pub succeeds: Vec<HonourCode>,
    /// Its place in the order of its class, from the highest.
    pub rank: Option<u8>,
    /// Its conditions in time; no gap inside its life and no overlap.
    pub versions: Vec<Version>,
    /// Groups of posts its conditions name.
    pub offices: Vec<Office>,
    /// Its procedure in time.
    pub procedure: Procedure,
}

/// A group of posts (chức vụ và tương đương).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The word that conditions use.
    pub key: String,
    /// The posts, in our words.
    pub name: Said,
    /// Where it is read.
    pub cite: Citation,
    /// How surely.
    pub confidence: Confidence,
}

/// The two kinds of honour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HonourKind {
    /// Danh hiệu thi đua.
    Title,
    /// Hình thức khen thưởng.
    Form,
}

/// The conditions of an honour in a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// When.
    pub span: Span,
    /// Who can hold it in that time; whoever can hold the honour where empty.
    pub subjects: Vec<SubjectKind>,
    /// The instrument it follows.
    pub source: InstrumentId,
    /// Its name then, where it differed.
    pub name: Option<Said>,
    /// How awards come about.
    pub cycle: Option<Cycle>,
    /// Our own words on it.
    pub note: Option<Said>,
    /// The open question it hangs on.
    pub open: Option<String>,
    /// An instrument that touches it and was not read: nothing said of it is final.
    pub unread: Option<InstrumentId>,
    /// The first day of the version whose conditions these are, where they were not written anew.
    pub like: Option<Date>,
    /// The conditions, all of which must hold.
    pub conditions: Vec<Condition>,
    /// The line of the file it begins in.
    pub line: usize,
}

/// A span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The first day after it; `None` while it lasts.
    pub to: Option<Date>,
}

impl Span {
    /// Whether a day lies in it.
    pub fn has(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// A dated row of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// When it holds.
    pub span: Span,
    /// Where it is read.
    pub cite: Citation,
    /// Where else.
    pub also: Vec<Citation>,
    /// How surely.
    pub confidence: Confidence,
    /// Our own words on it.
    pub note: Option<Said>,
    /// The open question it hangs on.
    pub open: Option<String>,
    /// What it says.
    pub what: T,
    /// The line of the file it begins in.
    pub line: usize,
}

/// What the book knows of how an honour is proposed, voted, decided and paid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Procedure {
    /// Who decides.
    pub deciders: Vec<Dated<Decider>>,
    /// Who proposes.
    pub proposers: Vec<Dated<Said>>,
    /// Which papers the file has.
    pub papers: Vec<Dated<Paper>>,
    /// Who votes, how.
    pub votes: Vec<Dated<Vote>>,
    /// By when.
    pub deadlines: Vec<Dated<Deadline>>,
    /// How long each step takes.
    pub processing: Vec<Dated<Processing>>,
    /// The bonus in base salaries.
    pub bonuses: Vec<Dated<Bonus>>,
    /// How many at most.
    pub quotas: Vec<Dated<Quota>>,
    /// How long between awards.
    pub waiting: Vec<Dated<Waiting>>,
}

/// Who decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decider {
    /// A word of the vocabulary files.
    pub authority: String,
    /// Whose people.
    pub scope: Option<Said>,
}

/// A paper of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Code of the kind of paper.
    pub code: String,
    /// What it is called.
    pub name: Said,
    /// How many copies.
    pub copies: u8,
    /// Whether the original.
    pub original: bool,
    /// Only when.
    pub when: Option<Said>,
    /// The printed form.
    pub form: Option<String>,
    /// How surely the form is known, where less surely than the paper.
    pub form_confidence: Option<Confidence>,
}

/// A vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// Who votes, a word of the vocabulary files.
    pub body: String,
    /// How.
    pub method: Option<VoteMethod>,
    /// The share needed.
    pub percent: Option<u8>,
    /// Of whom.
    pub of: Option<VoteBase>,
    /// Whether answers in writing count.
    pub written_counts: Option<bool>,
    /// The share that must be present, and of whom.
    pub quorum: Option<(u8, VoteBase)>,
}

/// A deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day.
    pub month_day: MonthDay,
    /// The day for education.
    pub education: Option<MonthDay>,
    /// Of which year.
    pub year: Option<DeadlineYear>,
    /// For what.
    pub about: Option<Said>,
    /// The first day of the window, where it has one.
    pub opens: Option<MonthDay>,
}

/// A step and its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processing {
    /// The step, a word of the vocabulary files.
    pub step: String,
    /// How many days.
    pub days: u16,
    /// Of which kind.
    pub clock: Clock,
    /// At which level.
    pub level: Option<String>,
    /// For what.
    pub about: Option<Said>,
}

/// A bonus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bonus {
    /// For whom.
    pub subject: SubjectKind,
    /// How many base salaries.
    pub times: Number,
    /// At which level.
    pub level: Option<String>,
    /// Whether it is a ceiling and no amount.
    pub at_most: bool,
}

/// A ceiling on how many of a list may have the honour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// The share.
    pub percent: u8,
    /// Of whom.
    pub base: QuotaBase,
    /// For what it is counted: each unit, each province.
    pub per: Option<String>,
    /// How the result is made whole.
    pub rounding: Rounding,
    /// How the order is made, where it is said.
    pub tie: Option<Said>,
}

/// Of whom a quota is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotaBase {
    /// Those who have these honours for the year.
    Honours(Vec<HonourCode>),
    /// Others, in words.
    Words(Said),
}

/// A time that must lie between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Years.
    pub years: u8,
    /// Since what.
    pub since: Said,
}

impl Honour {
    /// The places of an instrument on which its versions, conditions and procedure rest, in the order of the file, each
    /// once; empty text for the instrument as a whole.
    pub fn places_in(&self, instrument: &InstrumentId) -> Vec<String> {
        let mut places: Vec<String> = Vec::new();
        let mut see = |cite: &Citation| {
            if cite.instrument == *instrument && !places.contains(&cite.place) {
                places.push(cite.place.clone());
            }
        };
        for version in &self.versions {
            for condition in &version.conditions {
                condition
                    .node
                    .walk("", &mut |_, node| std::iter::once(&node.cite).chain(&node.also).for_each(&mut see));
            }
        }
        for (_, _, cite) in self.procedure.cites() {
            see(cite);
        }
        let rests = |version: &Version| version.source == *instrument || version.unread.as_ref() == Some(instrument);
        if places.is_empty() && self.versions.iter().any(rests) {
            places.push(String::new());
        }
        places
    }

    /// The version in force on a day, if there is one.
    pub fn version(&self, day: Date) -> Option<&Version> {
        self.versions.iter().find(|version| version.span.has(day))
    }

    /// Its names on a day.
    pub fn name_on(&self, day: Date) -> Said {
        let named = self.version(day).and_then(|version| version.name.clone());
        named.unwrap_or_else(|| Said::new(self.name.clone(), self.name_en.clone()))
    }

    /// Whether it is only the common name of others.
    pub fn is_umbrella(&self) -> bool {
        !self.covers.is_empty()
    }
}

/// The rows that hold on a day.
pub fn on_day<T>(rows: &[Dated<T>], day: Date) -> impl Iterator<Item = &Dated<T>> {
    rows.iter().filter(move |row| row.span.has(day))
}
