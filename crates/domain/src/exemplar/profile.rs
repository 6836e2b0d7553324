//! What a proposal says of an exemplar beyond its row, and whether it is taken.

use thidua_base::code::{ExemplarId, MovementCode, OrgId};
use thidua_base::text::{fold, nfc};
use thidua_base::{Number, Timestamp};

use super::Exemplar;
use crate::honour::Subject;
use crate::refusal::{ExemplarFault, Refusal};
use crate::subject::SubjectId;

/// Fields of exemplars (lĩnh vực), in the order of lists.
pub const FIELDS: [&str; 11] = [
    "chuoi-cung-ung",
    "trong-trot",
    "chan-nuoi",
    "trang-trai",
    "ocop",
    "nong-thon-moi",
    "giao-duc-y-te",
    "cai-cach-hanh-chinh",
    "an-ninh-quoc-phong",
    "tap-the",
    "ca-nhan",
];
/// Most characters of a name.
pub const NAME_CHARS_MAX: usize = 200;
/// Most characters of what is told and of how it is done.
pub const STORY_CHARS_MAX: usize = 4_000;
/// Most characters of a measure, a name of a contact and a way to reach it.
pub const SHORT_CHARS_MAX: usize = 100;
/// The first year of which anything is known here.
pub const YEAR_MIN: i16 = 1945;

/// What an exemplar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExemplarKind {
    /// A way of doing something (mô hình).
    Model,
    /// A person (cá nhân điển hình).
    Person,
    /// A collective (tập thể điển hình).
    Collective,
    /// A household (hộ gia đình).
    Household,
}

/// Whom to ask about an exemplar; never shown to the public.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Name; may be empty.
    pub name: String,
    /// Telephone, address or mail; may be empty.
    pub way: String,
}

/// What a proposal says beyond the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Which exemplar.
    pub exemplar: ExemplarId,
    /// What it is.
    pub kind: ExemplarKind,
    /// The record of the person, collective or household, where it is one of them.
    pub subject: Option<SubjectId>,
    /// How it is done (cách làm).
    pub method: String,
    /// Whom to ask.
    pub contact: Contact,
    /// The movement it came out of.
    pub movement: Option<MovementCode>,
    /// Who told it, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An exemplar as it is proposed, in words as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What it is.
    pub kind: ExemplarKind,
    /// Its record.
    pub subject: Option<SubjectId>,
    /// A word of [`FIELDS`].
    pub field: String,
    /// Its name.
    pub name: String,
    /// Where.
    pub unit: OrgId,
    /// How big, as typed; may be empty.
    pub size: String,
    /// Measured in; may be empty without a size.
    pub measure: String,
    /// Since which year, as typed; may be empty.
    pub since: String,
    /// What is told about it.
    pub story: String,
    /// How it is done.
    pub method: String,
    /// Whom to ask.
    pub contact: Contact,
    /// The movement it came out of.
    pub movement: Option<MovementCode>,
}

/// What a proposal comes to: texts in order, numbers read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The proposal with its texts in order.
    pub proposal: Proposal,
    /// Its size.
    pub size: Option<Number>,
    /// Its year.
    pub since: Option<i16>,
}

impl ExemplarKind {
    /// Every kind, in the order of forms.
    pub const ALL: [Self; 4] = [Self::Model, Self::Person, Self::Collective, Self::Household];

    /// The word in columns, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Person => "person",
            Self::Collective => "collective",
            Self::Household => "household",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What its record is, where it may have one.
    pub fn subject(self) -> Option<Subject> {
        match self {
            Self::Model => None,
            Self::Person => Some(Subject::Individual),
            Self::Collective => Some(Subject::Collective),
            Self::Household => Some(Subject::Household),
        }
    }

    /// What a row of a pack is, which says so by its field.
    pub fn of_field(field: &str) -> Self {
        match field {
            "tap-the" => Self::Collective,
            "ca-nhan" => Self::Person,
            _ => Self::Model,
        }
    }
}

impl Profile {
    /// The profile of a row of a pack, which tells no more than the row.
    pub fn of_row(exemplar: &Exemplar, at: Timestamp) -> Self {
        Self {
            exemplar: exemplar.id.clone(),
            kind: ExemplarKind::of_field(&exemplar.field),
            subject: None,
            method: String::new(),
            contact: Contact::default(),
            movement: None,
            by: String::new(),
            at,
        }
    }
}

/// Reads a proposal; `there` are the names of the exemplars at its place that were not withdrawn.
///
/// # Errors
/// [`ExemplarFault`] for a missing name or method, an unknown field, a size without measure or that is no number, a
/// year that cannot be, or a name that is there; [`Refusal::LongText`].
pub fn judge(proposal: Proposal, year_now: i16, there: &[String]) -> Result<Judged, Refusal> {
    let tidy = |text: &str| nfc(text.trim());
    let proposal = Proposal {
        field: tidy(&proposal.field),
        name: tidy(&proposal.name),
        size: tidy(&proposal.size),
        measure: tidy(&proposal.measure),
        since: tidy(&proposal.since),
        story: tidy(&proposal.story),
        method: tidy(&proposal.method),
        contact: Contact { name: tidy(&proposal.contact.name), way: tidy(&proposal.contact.way) },
        ..proposal
    };
    if proposal.name.is_empty() {
        return Err(ExemplarFault::NoName.into());
    }
    for (text, most) in [
        (&proposal.name, NAME_CHARS_MAX),
        (&proposal.measure, SHORT_CHARS_MAX),
        (&proposal.story, STORY_CHARS_MAX),
        (&proposal.method, STORY_CHARS_MAX),
        (&proposal.contact.name, SHORT_CHARS_MAX),
        (&proposal.contact.way, SHORT_CHARS_MAX),
    ] {
        if text.chars().count() > most {
            return Err(Refusal::LongText { most });
        }
    }
    if !FIELDS.contains(&proposal.field.as_str()) {
        return Err(ExemplarFault::UnknownField { asked: proposal.field }.into());
    }
    if proposal.method.is_empty() {
        return Err(ExemplarFault::NoMethod.into());
    }
    let size = match proposal.size.as_str() {
        "" => None,
        typed => Some(size(typed)?),
    };
    if size.is_some() && proposal.measure.is_empty() {
        return Err(ExemplarFault::NoMeasure.into());
    }
    let since = match proposal.since.as_str() {
        "" => None,
        typed => match typed.parse::<i16>() {
            Ok(year) if (YEAR_MIN..=year_now).contains(&year) => Some(year),
            Ok(_) | Err(_) => return Err(ExemplarFault::BadYear { year: typed.to_owned() }.into()),
        },
    };
    if let Some(name) = there.iter().find(|name| fold(name) == fold(&proposal.name)) {
        return Err(ExemplarFault::AlreadyThere { name: name.clone() }.into());
    }
    Ok(Judged { proposal, size, since })
}

/// Reads a size as people type it: a number above zero.
///
/// # Errors
/// [`ExemplarFault::BadSize`].
pub fn size(typed: &str) -> Result<Number, ExemplarFault> {
    let read = Number::parse_vi(typed.trim()).ok().filter(|number| number.digits() > 0);
    read.ok_or_else(|| ExemplarFault::BadSize { asked: typed.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn proposal() -> Proposal {
        Proposal {
            kind: ExemplarKind::Model,
            subject: None,
            field: "trong-trot".to_owned(),
            name: " Dưa trong nhà màng ".to_owned(),
            unit: OrgId::parse("x-1").unwrap(),
            size: "0,5".to_owned(),
            measure: "ha".to_owned(),
            since: "2018".to_owned(),
            story: String::new(),
            method: "Ươm trong khay, tưới nhỏ giọt.".to_owned(),
            contact: Contact::default(),
            movement: None,
        }
    }

    fn fault(change: impl Fn(&mut Proposal)) -> Refusal {
        let mut asked = proposal();
        change(&mut asked);
        judge(asked, 2020, &["Rau an toàn".to_owned()]).unwrap_err()
    }

    #[test]
    fn a_whole_proposal_is_read() {
        let judged = judge(proposal(), 2020, &[]).unwrap();
        assert_eq!(judged.proposal.name, "Dưa trong nhà màng");
        assert_eq!((judged.size.unwrap().vi(), judged.since), ("0,5".to_owned(), Some(2018)));
        let bare = Proposal { size: String::new(), since: " ".to_owned(), ..proposal() };
        let judged = judge(bare, 2020, &[]).unwrap();
        assert_eq!((judged.size, judged.since), (None, None));
    }

    #[test]
    fn what_is_missing_or_cannot_be_is_named() {
        assert_eq!(fault(|asked| asked.name.clear()), ExemplarFault::NoName.into());
        assert_eq!(fault(|asked| asked.method = "  ".into()), ExemplarFault::NoMethod.into());
        assert_eq!(fault(|asked| asked.measure.clear()), ExemplarFault::NoMeasure.into());
        assert_eq!(fault(|asked| asked.field = "x".into()), ExemplarFault::UnknownField { asked: "x".into() }.into());
        for size in ["-1", "0", "nửa"] {
            assert_eq!(fault(|asked| asked.size = size.into()), ExemplarFault::BadSize { asked: size.into() }.into());
        }
        for year in ["2021", "1066", "năm nay"] {
            assert_eq!(fault(|asked| asked.since = year.into()), ExemplarFault::BadYear { year: year.into() }.into());
        }
        let there = ExemplarFault::AlreadyThere { name: "Rau an toàn".into() };
        assert_eq!(fault(|asked| asked.name = "rau an toan".into()), there.into());
        let long = fault(|asked| asked.contact.way = "0".repeat(SHORT_CHARS_MAX + 1));
        assert_eq!(long, Refusal::LongText { most: SHORT_CHARS_MAX });
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(name in ".{0,40}", size in ".{0,12}", since in ".{0,6}", field in ".{0,12}") {
            let asked = Proposal { name, size, since, field, ..proposal() };
            if let Ok(judged) = judge(asked, 2020, &[]) {
                prop_assert!(!judged.proposal.name.is_empty());
                prop_assert!(judged.size.is_none_or(|size| size.digits() > 0));
                prop_assert!(judged.since.is_none_or(|year| (YEAR_MIN..=2020).contains(&year)));
                prop_assert!(FIELDS.contains(&judged.proposal.field.as_str()));
            }
        }
    }
}
