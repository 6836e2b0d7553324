//! What is asked: which honour, on which day, for which award year; and how a record is asked it.

use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_domain::Refusal;
use thidua_domain::eligibility::{GivenAnswer, for_question};
use thidua_law::answer::{Answer, Question};
use thidua_law::honour::Honour;
use thidua_law::vocabulary::SubjectKind;
use thidua_law::{Book, Record};

use crate::{App, Error};

/// The first month in which the award year is that of the day and no longer the one before.
const YEAR_TURNS: i8 = 10;

/// What is asked; what is `None` is chosen by the day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The honour; every honour of the subject where `None`.
    pub honour: Option<HonourCode>,
    /// The day of decision; today where `None`.
    pub on: Option<Date>,
    /// The award year.
    pub year: Option<i16>,
    /// The day the file was received.
    pub received_on: Option<Date>,
}

/// The day, year and day of receipt that were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The day of decision.
    pub on: Date,
    /// The award year.
    pub year: i16,
    /// The day the file was received.
    pub received_on: Option<Date>,
    /// Today.
    pub today: Date,
}

impl Frame {
    /// The frame of what is asked. Without a year it is that of the day from October on, before that the year before:
    /// the last whose achievements are known.
    pub fn of(app: &App, asked: &Asked) -> Self {
        let today = app.clock.now().date_in_vietnam();
        let on = asked.on.unwrap_or(today);
        let last = if on.month() >= YEAR_TURNS { on.year() } else { on.year() - 1 };
        Self { on, year: asked.year.unwrap_or(last), received_on: asked.received_on, today }
    }

    /// The day up to which entries count: what was entered later than the day asked about counts, too.
    pub fn known_on(self) -> Date {
        self.today.max(self.on)
    }

    pub(super) fn question(self, honour: &HonourCode, subject: SubjectKind) -> Question {
        Question {
            honour: honour.clone(),
            on: self.on,
            year: self.year,
            received_on: self.received_on,
            proposed_on: None,
            kind: None,
            subject,
        }
    }
}

/// The honour of the book that is asked for; every one that can be held in its own name where none is.
///
/// # Errors
/// [`Refusal::NotInBook`].
pub(super) fn wanted<'b>(book: &'b Book, honour: Option<&HonourCode>) -> Result<Vec<&'b Honour>, Error> {
    match honour {
        None => Ok(book.honours().filter(|one| !one.is_umbrella()).collect()),
        Some(code) => {
            let unknown = || Refusal::NotInBook { asked: code.to_string() };
            Ok(vec![book.honour(code).filter(|one| !one.is_umbrella()).ok_or_else(unknown)?])
        }
    }
}

/// The kinds of subject that a record can be asked as: a collective of a commune also as the commune itself.
pub(crate) fn kinds(record: &Record, unit_kind: Option<&str>) -> Vec<SubjectKind> {
    let mut kinds = vec![record.subject];
    if record.subject == SubjectKind::Collective {
        kinds.extend(match unit_kind {
            Some("province" | "city") => Some(SubjectKind::Province),
            Some("commune" | "township" | "ward" | "special-zone") => Some(SubjectKind::Commune),
            Some("village" | "hamlet") => Some(SubjectKind::Hamlet),
            Some(_) | None => None,
        });
    }
    kinds
}

/// Asks a record about an honour, as the first of its kinds that the honour is for, with the answers that stand.
pub(super) fn ask(
    book: &Book,
    honour: &Honour,
    record: &mut Record,
    kinds: &[SubjectKind],
    frame: Frame,
    standing: &[&GivenAnswer],
) -> Answer {
    let fits = |kind: &&SubjectKind| honour.subjects.contains(kind);
    let kind = kinds.iter().find(fits).or_else(|| kinds.first()).copied().unwrap_or(record.subject);
    let question = frame.question(&honour.code, kind);
    let own = std::mem::replace(&mut record.subject, kind);
    record.answers = if standing.is_empty() {
        Vec::new()
    } else {
        let day = book.law_date(&question).0.day;
        for_question(standing, book.plan(&honour.code, kind, day), &question)
    };
    let answer = book.answer(&question, record);
    record.subject = own;
    answer
}

/// Whether an honour can be asked of one of the kinds at all.
pub(super) fn is_for(honour: &Honour, kinds: &[SubjectKind]) -> bool {
    kinds.iter().any(|kind| honour.subjects.contains(kind))
}
