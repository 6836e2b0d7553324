//! What columns of lists can hold.

use thidua_base::code::IndicatorCode;

/// What a column of a list holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Something that is not taken.
    Ignored,
    /// Numbers of rows.
    Ordinal,
    /// The code of the indicator.
    Code,
    /// The name of the indicator.
    Indicator,
    /// The name of the unit.
    Unit,
    /// The unit of measure.
    Measure,
    /// What was reached in the period; the only kind of column that is taken.
    Actual,
    /// What was reached in the period, of one indicator: lists with a row for each unit.
    ActualOf(IndicatorCode),
    /// The same period a year earlier.
    SamePeriod,
    /// A plan.
    Plan,
    /// Since the beginning of the year.
    Accumulated,
    /// A percentage of something beside it.
    Percent,
    /// A note.
    Note,
    /// The name of who holds an award; this and what follows stand in lists of awards.
    Person,
    /// The citizen's number.
    Cccd,
    /// Birth or founding.
    Born,
    /// Person, collective or household.
    SubjectKind,
    /// The post.
    Post,
    /// The honour.
    Honour,
    /// The year of the achievement.
    Year,
    /// The number of the decision.
    Number,
    /// The day of the decision.
    DecidedOn,
    /// Who decided.
    Authority,
    /// For what.
    Achievement,
}

/// What a list is of (loại danh sách).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListKind {
    /// Figures of a form.
    #[default]
    Figures,
    /// Awards that were given.
    Awards,
}

/// The roles that need no further word, with the word of each in files and forms.
const PLAIN_ROLES: [(Role, &str); 12] = [
    (Role::Ignored, "ignored"),
    (Role::Ordinal, "ordinal"),
    (Role::Code, "code"),
    (Role::Indicator, "indicator"),
    (Role::Unit, "unit"),
    (Role::Measure, "measure"),
    (Role::Actual, "actual"),
    (Role::SamePeriod, "same-period"),
    (Role::Plan, "plan"),
    (Role::Accumulated, "accumulated"),
    (Role::Percent, "percent"),
    (Role::Note, "note"),
];

/// The roles of lists of awards, with the word of each.
const AWARD_ROLES: [(Role, &str); 15] = [
    (Role::Ignored, "ignored"),
    (Role::Ordinal, "ordinal"),
    (Role::Person, "person"),
    (Role::Cccd, "cccd"),
    (Role::Born, "born"),
    (Role::SubjectKind, "subject-kind"),
    (Role::Unit, "unit"),
    (Role::Post, "post"),
    (Role::Honour, "honour"),
    (Role::Year, "year"),
    (Role::Number, "number"),
    (Role::DecidedOn, "decided-on"),
    (Role::Authority, "authority"),
    (Role::Achievement, "achievement"),
    (Role::Note, "note"),
];

impl Role {
    /// The word in forms and in a remembered mapping: `actual`, `actual:KT01`.
    pub fn word(&self) -> String {
        let plain = PLAIN_ROLES.iter().chain(&AWARD_ROLES).find(|(role, _)| role == self);
        match (plain, self) {
            (Some((_, word)), _) => (*word).to_owned(),
            (None, Self::ActualOf(code)) => format!("actual:{code}"),
            (None, _) => "ignored".to_owned(),
        }
    }

    /// The role of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        if let Some(code) = word.strip_prefix("actual:") {
            return IndicatorCode::parse(code).ok().map(Self::ActualOf);
        }
        PLAIN_ROLES.iter().chain(&AWARD_ROLES).find(|(_, known)| *known == word).map(|(role, _)| role.clone())
    }

    /// Every role that needs no further word, for a list to choose from.
    pub fn plain() -> impl Iterator<Item = Self> {
        PLAIN_ROLES.iter().map(|(role, _)| role.clone())
    }

    /// Every role of a list of awards.
    pub fn of_awards() -> impl Iterator<Item = Self> {
        AWARD_ROLES.iter().map(|(role, _)| role.clone())
    }
}
