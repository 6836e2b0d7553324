//! What a form, a file or another program says, read as who a subject is or what a fact says.

use thidua_base::code::{AwardId, HonourCode, OrgId};
use thidua_base::text::nfc;
use thidua_base::{Date, Number};

use super::cccd::{Cccd, CccdCheck};
use super::fact::{
    About, Authority, Category, Complete, Completed, Count, Discipline, DisciplineLevel, FactKind, Grade, Held,
    Initiative, InitiativeKind, Inquiry, InquiryKind, Level, MovementOutcome, MovementResult, Organiser, Position,
    Ranking, Rating, RecognitionScope, RecognitionStatus, Registration, ReviewKind, Score, Service, Statement,
};
use super::term::Term;
use super::{Born, Details, Fields, Sex, TEXT_CHARS_MAX, YEAR_MIN, name_of};
use crate::honour::{CommendationType, DirectWorker, Subject};
use crate::refusal::{Refusal, SubjectFault};

/// The fields of who a subject is, in the order of the form.
pub const IDENTITY_FIELDS: [&str; 7] = ["name", "born", "sex", "cccd", "place", "recruited_on", "note"];

/// Most groups of criteria of a score.
const GROUPS_MAX: usize = 20;

/// The fields of a kind of fact, in the order of the form.
pub fn fields_of(kind: FactKind) -> &'static [&'static str] {
    match kind {
        FactKind::Position => &["unit", "post", "from", "to", "category", "duty", "office"],
        FactKind::Rating => &["year", "grade", "number", "decided_on"],
        FactKind::Initiative => {
            &["year", "name", "initiative_kind", "scope", "status", "level", "number", "decided_on"]
        }
        FactKind::Award => &[
            "year",
            "honour",
            "number",
            "decided_on",
            "authority",
            "level",
            "period_from",
            "period_to",
            "achievement",
            "commendation",
            "duty",
            "unit",
            "revoked_on",
        ],
        FactKind::Registration => &["year", "on", "honour"],
        FactKind::Discipline => &["discipline_level", "from", "to", "number"],
        FactKind::Inquiry => &["inquiry_kind", "from", "to", "name"],
        FactKind::Service => &["field", "from", "to", "hardship"],
        FactKind::Ranking => &["year", "rank", "organiser", "name"],
        FactKind::Result => &["year", "name", "launcher", "from", "to", "outcome", "review"],
        FactKind::Score => &["year", "points", "segment", "groups_ok", "groups", "number"],
        FactKind::Count => &["fact", "amount", "number"],
        FactKind::Statement => &["fact", "holds", "number"],
        FactKind::Complete => &["completed", "year"],
    }
}

impl Details {
    /// Reads who a subject is.
    ///
    /// # Errors
    /// What is wrong with a field, never repeating a citizen's number.
    pub fn read(kind: Subject, fields: &Fields) -> Result<Self, Refusal> {
        let name = name_of(fields.get("name"))?;
        let born = born_of(fields.get("born"))?;
        let is_person = kind == Subject::Individual;
        let sex = optional::<Sex>(fields, "sex")?.filter(|_| is_person);
        let cccd = match fields.get("cccd") {
            "" => None,
            text if is_person => Some(Cccd::parse(text)?),
            _ => None,
        };
        if let Some(number) = &cccd {
            number.check(CccdCheck { born, sex })?;
        }
        Ok(Self {
            kind,
            name,
            born,
            // The number knows more than nobody said.
            sex: sex.or_else(|| cccd.as_ref().map(Cccd::sex)),
            cccd,
            place: text(fields, "place")?,
            recruited_on: if is_person { maybe_day(fields, "recruited_on")? } else { None },
            note: text(fields, "note")?,
        })
    }

    /// The fields from which [`Details::read`] reads the same; the citizen's number only where it may be seen.
    pub fn fields(&self, is_open: bool) -> Fields {
        let cccd = self.cccd.as_ref().filter(|_| is_open).map_or("", Cccd::digits);
        Fields::of([
            ("name", self.name.clone()),
            ("born", self.born.in_iso()),
            ("sex", self.sex.map_or("", Term::word).to_owned()),
            ("cccd", cccd.to_owned()),
            ("place", self.place.clone()),
            ("recruited_on", self.recruited_on.map(|day| day.to_string()).unwrap_or_default()),
            ("note", self.note.clone()),
        ])
    }
}

impl About {
    /// Reads what a fact says.
    ///
    /// # Errors
    /// What is wrong with a field.
    pub fn read(kind: FactKind, fields: &Fields) -> Result<Self, Refusal> {
        Ok(match kind {
            FactKind::Position => {
                let (from, to) = span(fields)?;
                Self::Position(Position {
                    unit: unit(fields)?.ok_or(Refusal::Subject(SubjectFault::MissingField { field: "unit" }))?,
                    post: text(fields, "post")?,
                    from,
                    to,
                    category: optional::<Category>(fields, "category")?,
                    duty: optional::<DirectWorker>(fields, "duty")?,
                    office: if fields.get("office").is_empty() { String::new() } else { word(fields, "office")? },
                })
            }
            FactKind::Rating => Self::Rating(Rating {
                year: year(fields)?,
                grade: Grade::read("grade", fields.get("grade"))?,
                number: text(fields, "number")?,
                decided_on: maybe_day(fields, "decided_on")?,
            }),
            FactKind::Initiative => Self::Initiative(Initiative {
                kind: InitiativeKind::read("initiative_kind", fields.get("initiative_kind"))?,
                name: needed(fields, "name")?,
                scope: RecognitionScope::read("scope", fields.get("scope"))?,
                status: RecognitionStatus::read("status", fields.get("status"))?,
                by: optional::<Level>(fields, "level")?,
                year: year(fields)?,
                number: decision_number(fields)?,
                decided_on: day(fields, "decided_on")?,
            }),
            FactKind::Award => Self::Award(held(fields)?),
            FactKind::Registration => Self::Registration(Registration {
                year: year(fields)?,
                on: day(fields, "on")?,
                honour: maybe_honour(fields)?,
            }),
            FactKind::Discipline => {
                let (from, to) = span(fields)?;
                let level = DisciplineLevel::read("discipline_level", fields.get("discipline_level"))?;
                Self::Discipline(Discipline { level, from, to, number: text(fields, "number")? })
            }
            FactKind::Inquiry => {
                let (from, to) = span(fields)?;
                let kind = InquiryKind::read("inquiry_kind", fields.get("inquiry_kind"))?;
                Self::Inquiry(Inquiry { kind, from, to, name: text(fields, "name")? })
            }
            FactKind::Service => {
                let (from, to) = span(fields)?;
                let is_hardship = yes(fields, "hardship")?.unwrap_or(false);
                Self::Service(Service { field: word(fields, "field")?, from, to, is_hardship })
            }
            FactKind::Ranking => Self::Ranking(Ranking {
                year: year(fields)?,
                rank: whole(fields, "rank", 1)?,
                organiser: Organiser::read("organiser", fields.get("organiser"))?,
                name: text(fields, "name")?,
            }),
            FactKind::Result => {
                let (from, to) = span(fields)?;
                Self::Result(MovementResult {
                    name: needed(fields, "name")?,
                    launcher: Organiser::read("launcher", fields.get("launcher"))?,
                    from,
                    to,
                    outcome: MovementOutcome::read("outcome", fields.get("outcome"))?,
                    at: ReviewKind::read("review", fields.get("review"))?,
                    year: year(fields)?,
                })
            }
            FactKind::Score => Self::Score(Score {
                year: year(fields)?,
                points: points(fields)?,
                segment: if fields.get("segment").is_empty() { String::new() } else { word(fields, "segment")? },
                groups_ok: yes(fields, "groups_ok")?,
                groups: groups(fields)?,
                number: text(fields, "number")?,
            }),
            FactKind::Count => Self::Count(Count {
                fact: word(fields, "fact")?,
                amount: whole(fields, "amount", 0)?,
                number: text(fields, "number")?,
            }),
            FactKind::Statement => Self::Statement(Statement {
                fact: word(fields, "fact")?,
                holds: yes(fields, "holds")?.ok_or(Refusal::Subject(SubjectFault::MissingField { field: "holds" }))?,
                number: text(fields, "number")?,
            }),
            FactKind::Complete => Self::Complete(Complete {
                what: Completed::read("completed", fields.get("completed"))?,
                year: year(fields)?,
            }),
        })
    }

    /// The fields from which [`About::read`] reads the same.
    pub fn fields(&self) -> Fields {
        let mut out = Fields::default();
        let days = |out: &mut Fields, from: Date, to: Option<Date>| {
            out.set("from", &from.to_string());
            out.set("to", &shown(to));
        };
        if let Some(year) = self.year() {
            out.set("year", &year.to_string());
        }
        match self {
            Self::Position(position) => {
                out.set("unit", position.unit.as_str());
                out.set("post", &position.post);
                days(&mut out, position.from, position.to);
                out.set("category", position.category.map_or("", Term::word));
                out.set("duty", position.duty.map_or("", Term::word));
                out.set("office", &position.office);
            }
            Self::Rating(rating) => {
                out.set("grade", rating.grade.word());
                out.set("number", &rating.number);
                out.set("decided_on", &shown(rating.decided_on));
            }
            Self::Initiative(initiative) => {
                out.set("initiative_kind", initiative.kind.word());
                out.set("name", &initiative.name);
                out.set("scope", initiative.scope.word());
                out.set("status", initiative.status.word());
                out.set("level", initiative.by.map_or("", Term::word));
                out.set("number", &initiative.number);
                out.set("decided_on", &initiative.decided_on.to_string());
            }
            Self::Discipline(discipline) => {
                out.set("discipline_level", discipline.level.word());
                days(&mut out, discipline.from, discipline.to);
                out.set("number", &discipline.number);
            }
            Self::Inquiry(inquiry) => {
                out.set("inquiry_kind", inquiry.kind.word());
                days(&mut out, inquiry.from, inquiry.to);
                out.set("name", &inquiry.name);
            }
            Self::Registration(registration) => {
                out.set("on", &registration.on.to_string());
                out.set("honour", registration.honour.as_ref().map_or("", |code| code.as_str()));
            }
            Self::Award(held) => held_fields(&mut out, held),
            Self::Service(service) => {
                out.set("field", &service.field);
                days(&mut out, service.from, service.to);
                out.set("hardship", yes_word(service.is_hardship));
            }
            Self::Count(count) => {
                out.set("fact", &count.fact);
                out.set("amount", &count.amount.to_string());
                out.set("number", &count.number);
            }
            Self::Statement(statement) => {
                out.set("fact", &statement.fact);
                out.set("holds", yes_word(statement.holds));
                out.set("number", &statement.number);
            }
            Self::Complete(complete) => out.set("completed", complete.what.word()),
            Self::Ranking(ranking) => {
                out.set("rank", &ranking.rank.to_string());
                out.set("organiser", ranking.organiser.word());
                out.set("name", &ranking.name);
            }
            Self::Result(result) => {
                out.set("name", &result.name);
                out.set("launcher", result.launcher.word());
                days(&mut out, result.from, result.to);
                out.set("outcome", result.outcome.word());
                out.set("review", result.at.word());
            }
            Self::Score(score) => {
                out.set("points", &score.points.vi());
                out.set("segment", &score.segment);
                out.set("groups_ok", score.groups_ok.map_or("", yes_word));
                out.set("groups", &groups_text(&score.groups));
                out.set("number", &score.number);
            }
            Self::Withdrawn => {}
        }
        out
    }
}

fn held(fields: &Fields) -> Result<Held, Refusal> {
    let authority = match fields.get("authority") {
        "" => return Err(Refusal::Subject(SubjectFault::MissingField { field: "authority" })),
        word => authority_of(word)?,
    };
    let period = match (maybe_day(fields, "period_from")?, maybe_day(fields, "period_to")?) {
        (Some(from), Some(to)) if to < from => return Err(Refusal::Subject(SubjectFault::BackwardSpan { from, to })),
        (Some(from), Some(to)) => Some((from, to)),
        (None, None) => None,
        (Some(_), None) => return Err(Refusal::Subject(SubjectFault::MissingField { field: "period_to" })),
        (None, Some(_)) => return Err(Refusal::Subject(SubjectFault::MissingField { field: "period_from" })),
    };
    Ok(Held {
        honour: maybe_honour(fields)?.ok_or(Refusal::Subject(SubjectFault::MissingField { field: "honour" }))?,
        year: year(fields)?,
        period,
        number: decision_number(fields)?,
        decided_on: day(fields, "decided_on")?,
        authority,
        level: optional::<Level>(fields, "level")?.unwrap_or_else(|| authority.level()),
        achievement: text(fields, "achievement")?,
        commendation: optional::<CommendationType>(fields, "commendation")?.unwrap_or(CommendationType::Achievement),
        duty: optional::<DirectWorker>(fields, "duty")?,
        unit: unit(fields)?,
        revoked_on: maybe_day(fields, "revoked_on")?,
        register: match fields.get("register") {
            "" => None,
            id => Some(AwardId::parse(id).map_err(|_| unknown("register", id))?),
        },
    })
}

fn held_fields(out: &mut Fields, held: &Held) {
    out.set("honour", held.honour.as_str());
    out.set("period_from", &shown(held.period.map(|(from, _)| from)));
    out.set("period_to", &shown(held.period.map(|(_, to)| to)));
    out.set("number", &held.number);
    out.set("decided_on", &held.decided_on.to_string());
    out.set("authority", held.authority.word());
    out.set("level", held.level.word());
    out.set("achievement", &held.achievement);
    out.set("commendation", held.commendation.word());
    out.set("duty", held.duty.map_or("", Term::word));
    out.set("unit", held.unit.as_ref().map_or("", |unit| unit.as_str()));
    out.set("revoked_on", &shown(held.revoked_on));
    out.set("register", held.register.as_ref().map_or("", |id| id.as_str()));
}

/// The authority of a word.
///
/// # Errors
/// [`SubjectFault::UnknownAuthority`] with those that are known.
pub fn authority_of(word: &str) -> Result<Authority, Refusal> {
    let known = || Authority::all().map(|authority| authority.word().to_owned()).collect();
    Authority::of_word(word)
        .ok_or_else(|| Refusal::Subject(SubjectFault::UnknownAuthority { asked: word.to_owned(), known: known() }))
}

impl Authority {
    /// The level it decides at, where nothing else is told.
    pub fn level(self) -> Level {
        match self {
            Self::President | Self::StandingCommittee | Self::Government | Self::PrimeMinister => Level::Centre,
            Self::Minister | Self::CentralMass => Level::Ministry,
            Self::ProvinceChair => Level::Province,
            Self::DistrictChair | Self::DepartmentHead => Level::District,
            Self::CommuneChair
            | Self::MinistryUnitHead
            | Self::ArmedUnitHead
            | Self::EnterpriseHead
            | Self::UnitHead => Level::Base,
        }
    }
}

/// Birth or founding as typed: a day, a year, or nothing.
///
/// # Errors
/// [`SubjectFault::BadBirth`].
pub fn born_of(text: &str) -> Result<Born, Refusal> {
    if text.is_empty() {
        return Ok(Born::Unknown);
    }
    let bad = || Refusal::Subject(SubjectFault::BadBirth { asked: text.to_owned() });
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = text.parse().ok().filter(|year| *year >= YEAR_MIN);
        return year.map(Born::Year).ok_or_else(bad);
    }
    day_of(text).map(Born::On).ok_or_else(bad)
}

/// A day as people and programs write it: `05/02/1980`, `5-2-1980`, `5.2.1980`, `1980-02-05`.
pub fn day_of(text: &str) -> Option<Date> {
    day_in(text.trim()).filter(|day| day.year() >= YEAR_MIN)
}

fn day_in(text: &str) -> Option<Date> {
    if let Ok(day) = Date::parse(text) {
        return Some(day);
    }
    let mut parts = text.split(['/', '-', '.']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let fits = parts.next().is_none() && digits(day, 2) && digits(month, 2) && digits(year, 4) && year.len() == 4;
    if !fits {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn unknown(field: &'static str, asked: &str) -> Refusal {
    Refusal::Subject(SubjectFault::UnknownWord { field, asked: asked.to_owned(), known: Vec::new() })
}

fn shown(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn text(fields: &Fields, name: &'static str) -> Result<String, Refusal> {
    let text = fields.get(name);
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(Refusal::LongText { most: TEXT_CHARS_MAX });
    }
    Ok(nfc(text))
}

fn needed(fields: &Fields, name: &'static str) -> Result<String, Refusal> {
    let text = text(fields, name)?;
    if text.is_empty() { Err(Refusal::Subject(SubjectFault::MissingField { field: name })) } else { Ok(text) }
}

fn decision_number(fields: &Fields) -> Result<String, Refusal> {
    let number = text(fields, "number")?;
    // A number has a digit: `không số` and a dash are none.
    if number.chars().any(|c| c.is_ascii_digit()) {
        Ok(number)
    } else {
        Err(Refusal::Subject(SubjectFault::NoDecisionNumber))
    }
}

/// A word of the law book: letters, digits, hyphens.
fn word(fields: &Fields, name: &'static str) -> Result<String, Refusal> {
    let text = needed(fields, name)?;
    let fits = text.len() <= 80 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits { Ok(text) } else { Err(unknown(name, &text)) }
}

fn optional<T: Term>(fields: &Fields, name: &'static str) -> Result<Option<T>, Refusal> {
    match fields.get(name) {
        "" => Ok(None),
        word => T::read(name, word).map(Some),
    }
}

fn maybe_day(fields: &Fields, name: &'static str) -> Result<Option<Date>, Refusal> {
    match fields.get(name) {
        "" => Ok(None),
        text => match day_of(text) {
            Some(day) => Ok(Some(day)),
            None => Err(Refusal::BadDay { asked: text.to_owned() }),
        },
    }
}

fn day(fields: &Fields, name: &'static str) -> Result<Date, Refusal> {
    maybe_day(fields, name)?.ok_or(Refusal::Subject(SubjectFault::MissingField { field: name }))
}

fn span(fields: &Fields) -> Result<(Date, Option<Date>), Refusal> {
    let (from, to) = (day(fields, "from")?, maybe_day(fields, "to")?);
    match to {
        Some(to) if to <= from => Err(Refusal::Subject(SubjectFault::BackwardSpan { from, to })),
        to => Ok((from, to)),
    }
}

fn year(fields: &Fields) -> Result<i16, Refusal> {
    let text = fields.get("year");
    if text.is_empty() {
        return Err(Refusal::Subject(SubjectFault::MissingField { field: "year" }));
    }
    let year = text.parse::<i16>().ok().filter(|year| text.len() == 4 && *year >= YEAR_MIN);
    year.ok_or_else(|| Refusal::Subject(SubjectFault::BadYear { asked: text.to_owned() }))
}

fn whole(fields: &Fields, name: &'static str, least: i64) -> Result<i64, Refusal> {
    let text = needed(fields, name)?;
    let number = text.parse::<i64>().ok().filter(|number| (least..=1_000_000).contains(number));
    number.ok_or(Refusal::NotANumber { asked: text })
}

/// Points of 100, with at most two decimals; a comma or a point divides them.
fn points(fields: &Fields) -> Result<Number, Refusal> {
    let text = needed(fields, "points")?;
    let number = Number::parse(&text.replace(',', ".")).ok();
    let fits = |number: &Number| !number.is_negative() && *number <= Number::whole(100) && number.scale() <= 2;
    number.filter(fits).ok_or_else(|| SubjectFault::BadPoints { asked: text }.into())
}

fn groups(fields: &Fields) -> Result<Vec<(u32, u32)>, Refusal> {
    let text = text(fields, "groups")?;
    groups_of(&text).ok_or(SubjectFault::BadGroups { asked: text }.into())
}

/// Points and maximum of each group of criteria: `18/20, 25/30`; `None` for another text.
pub fn groups_of(text: &str) -> Option<Vec<(u32, u32)>> {
    let group = |part: &str| {
        let whole = |digits: &str| digits.parse::<u32>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
        let (points, most) = part.split_once('/')?;
        whole(points).zip(whole(most)).filter(|(points, most)| points <= most && (1..=100).contains(most))
    };
    let parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty());
    parts.map(group).collect::<Option<Vec<_>>>().filter(|groups| groups.len() <= GROUPS_MAX)
}

/// Groups of criteria as [`About::read`] reads them.
pub fn groups_text(groups: &[(u32, u32)]) -> String {
    let parts: Vec<String> = groups.iter().map(|(points, most)| format!("{points}/{most}")).collect();
    parts.join(", ")
}

fn yes(fields: &Fields, name: &'static str) -> Result<Option<bool>, Refusal> {
    match fields.get(name) {
        "" => Ok(None),
        "yes" | "true" => Ok(Some(true)),
        "no" | "false" => Ok(Some(false)),
        other => Err(Refusal::Subject(SubjectFault::UnknownWord {
            field: name,
            asked: other.to_owned(),
            known: vec!["yes".to_owned(), "no".to_owned()],
        })),
    }
}

fn yes_word(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn unit(fields: &Fields) -> Result<Option<OrgId>, Refusal> {
    match fields.get("unit") {
        "" => Ok(None),
        id => match OrgId::parse(id) {
            Ok(id) => Ok(Some(id)),
            Err(_) => Err(Refusal::UnknownUnit { asked: id.to_owned(), near: Vec::new() }),
        },
    }
}

fn maybe_honour(fields: &Fields) -> Result<Option<HonourCode>, Refusal> {
    match fields.get("honour") {
        "" => Ok(None),
        code => match HonourCode::parse(code) {
            Ok(code) => Ok(Some(code)),
            Err(_) => Err(Refusal::Subject(SubjectFault::UnknownHonour { asked: code.to_owned() })),
        },
    }
}
