//! What a movement asks, of whom, and by when (nội dung phát động).

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::{MovementCode, OrgId};

use crate::org::Edge;
use crate::refusal::Refusal;

/// Most lines of contents, criteria or standards.
pub const LINES_MAX: usize = 40;

/// Most characters of one line, of a pledge, of an answer to a review.
pub const TEXT_CHARS_MAX: usize = 4_000;

/// What a movement asks, of whom, and by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The movement.
    pub movement: MovementCode,
    /// In whose name it is launched.
    pub launcher: OrgId,
    /// The movement it carries out at this level (phong trào cấp trên).
    pub parent: Option<MovementCode>,
    /// First day.
    pub from: Date,
    /// Last day; `None` where it runs without end.
    pub to: Option<Date>,
    /// Last day on which a unit registers in time.
    pub register_by: Date,
    /// What is to be done (nội dung thi đua), line by line.
    pub contents: Vec<String>,
    /// By what it is judged (tiêu chí).
    pub criteria: Vec<String>,
    /// What must be reached to be commended (tiêu chuẩn khen thưởng).
    pub standards: Vec<String>,
    /// Whom it addresses (đối tượng), in the order of [`Addressee::ALL`].
    pub addressees: Vec<Addressee>,
}

/// Whom a movement addresses (đối tượng thi đua).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Addressee {
    /// Cán bộ, công chức, viên chức.
    Officials,
    /// Người lao động trực tiếp.
    DirectWorkers,
    /// Nông dân.
    Farmers,
    /// Doanh nghiệp tư nhân, hợp tác xã.
    PrivateEnterprises,
    /// Học sinh, sinh viên.
    Pupils,
    /// Lực lượng vũ trang.
    ArmedForces,
    /// Phụ nữ.
    Women,
    /// Thanh niên.
    Youth,
    /// Cựu chiến binh.
    Veterans,
    /// Nhân dân, hộ gia đình, khu dân cư.
    Households,
}

impl Addressee {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Officials,
        Self::DirectWorkers,
        Self::Farmers,
        Self::PrivateEnterprises,
        Self::Pupils,
        Self::ArmedForces,
        Self::Women,
        Self::Youth,
        Self::Veterans,
        Self::Households,
    ];

    /// The word in columns, forms, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Officials => "officials",
            Self::DirectWorkers => "direct-workers",
            Self::Farmers => "farmers",
            Self::PrivateEnterprises => "private-enterprises",
            Self::Pupils => "pupils",
            Self::ArmedForces => "armed-forces",
            Self::Women => "women",
            Self::Youth => "youth",
            Self::Veterans => "veterans",
            Self::Households => "households",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// Whether terms can stand: something is asked of someone, the days are in order, no line is too long.
///
/// # Errors
/// [`Refusal::EmptyTerms`], [`Refusal::MovementDays`], [`Refusal::TooMany`], [`Refusal::LongText`].
pub fn judge(terms: &Terms) -> Result<(), Refusal> {
    if terms.contents.is_empty() || terms.addressees.is_empty() {
        return Err(Refusal::EmptyTerms);
    }
    let last = terms.to.unwrap_or(terms.register_by);
    if last < terms.from || last < terms.register_by {
        return Err(Refusal::MovementDays);
    }
    for lines in [&terms.contents, &terms.criteria, &terms.standards] {
        if lines.len() > LINES_MAX {
            return Err(Refusal::TooMany { most: LINES_MAX });
        }
        lines.iter().try_for_each(|line| judge_length(line))?;
    }
    Ok(())
}

/// Whether a text is short enough to be kept.
///
/// # Errors
/// [`Refusal::LongText`].
pub fn judge_length(text: &str) -> Result<(), Refusal> {
    if text.chars().count() > TEXT_CHARS_MAX { Err(Refusal::LongText { most: TEXT_CHARS_MAX }) } else { Ok(()) }
}

/// Whether a movement may have this parent: another one, which does not carry out the movement itself, however far up.
/// `parents` are the parents of all movements as they stand.
///
/// # Errors
/// [`Refusal::OwnParent`].
pub fn judge_parent(
    movement: &MovementCode,
    parent: &MovementCode,
    parents: &BTreeMap<MovementCode, MovementCode>,
) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    let mut above = Some(parent);
    while let Some(code) = above {
        if code == movement {
            return Err(Refusal::OwnParent);
        }
        if !seen.insert(code) {
            break;
        }
        above = parents.get(code);
    }
    Ok(())
}

/// The units that a launcher may call on, in the order of their ids: those directly below it in any tree on the day; below
/// the unit it is an office of, where nothing is below itself; itself alone, where there is no such unit.
///
/// A people's committee is an office of its district: it calls on the communes and on the offices beside it.
pub fn callable(launcher: &OrgId, edges: &[Edge], day: Date) -> Vec<OrgId> {
    let below = |parent: &OrgId| -> BTreeSet<OrgId> {
        edges
            .iter()
            .filter(|edge| edge.parent == *parent && edge.child != *launcher && edge.on(day))
            .map(|edge| edge.child.clone())
            .collect()
    };
    let mut units = below(launcher);
    if units.is_empty() {
        let above = edges.iter().filter(|edge| edge.child == *launcher && edge.on(day));
        units = above.flat_map(|edge| below(&edge.parent)).collect();
    }
    if units.is_empty() {
        units.insert(launcher.clone());
    }
    units.into_iter().collect()
}

/// Whether a launch calls on someone, and on nobody else than the launcher may.
///
/// # Errors
/// [`Refusal::NothingChosen`]; [`Refusal::UnknownUnit`] for a unit that is not the launcher's to call on.
pub fn judge_calls(chosen: &[OrgId], callable: &[OrgId]) -> Result<(), Refusal> {
    if chosen.is_empty() {
        return Err(Refusal::NothingChosen);
    }
    match chosen.iter().find(|unit| !callable.contains(unit)) {
        Some(stranger) => Err(Refusal::UnknownUnit { asked: stranger.to_string(), near: Vec::new() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_base::Code;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn terms() -> Terms {
        Terms {
            movement: Code::parse("PT01").unwrap(),
            launcher: Code::parse("h-ubnd").unwrap(),
            parent: None,
            from: day("2020-07-01"),
            to: Some(day("2021-06-30")),
            register_by: day("2020-07-15"),
            contents: vec!["Làm đường giao thông nông thôn".into()],
            criteria: Vec::new(),
            standards: Vec::new(),
            addressees: vec![Addressee::Farmers],
        }
    }

    fn edge(tree: &str, child: &str, parent: &str) -> Edge {
        Edge {
            tree: Code::parse(tree).unwrap(),
            child: Code::parse(child).unwrap(),
            parent: Code::parse(parent).unwrap(),
            valid_from: day("2019-01-01"),
            valid_to: None,
        }
    }

    #[test]
    fn terms_ask_something_of_someone_in_days_that_are_in_order() {
        assert_eq!(judge(&terms()), Ok(()));
        assert_eq!(judge(&Terms { to: None, ..terms() }), Ok(()));
        assert_eq!(judge(&Terms { contents: Vec::new(), ..terms() }), Err(Refusal::EmptyTerms));
        assert_eq!(judge(&Terms { addressees: Vec::new(), ..terms() }), Err(Refusal::EmptyTerms));
        assert_eq!(judge(&Terms { to: Some(day("2020-06-30")), ..terms() }), Err(Refusal::MovementDays));
        assert_eq!(judge(&Terms { register_by: day("2021-07-01"), ..terms() }), Err(Refusal::MovementDays));
        let long = vec!["ă".repeat(TEXT_CHARS_MAX + 1)];
        assert_eq!(judge(&Terms { criteria: long, ..terms() }), Err(Refusal::LongText { most: TEXT_CHARS_MAX }));
        let many = vec!["x".to_owned(); LINES_MAX + 1];
        assert_eq!(judge(&Terms { standards: many, ..terms() }), Err(Refusal::TooMany { most: LINES_MAX }));
    }

    #[test]
    fn no_movement_carries_out_itself() {
        let code = |text: &str| MovementCode::parse(text).unwrap();
        let parents = BTreeMap::from([(code("B"), code("A")), (code("C"), code("B")), (code("X"), code("X"))]);
        assert_eq!(judge_parent(&code("D"), &code("C"), &parents), Ok(()));
        assert_eq!(judge_parent(&code("A"), &code("A"), &parents), Err(Refusal::OwnParent));
        assert_eq!(judge_parent(&code("A"), &code("C"), &parents), Err(Refusal::OwnParent));
        assert_eq!(judge_parent(&code("D"), &code("X"), &parents), Ok(()), "a loop elsewhere ends the search");
    }

    #[test]
    fn a_committee_calls_on_the_units_of_its_district_and_a_hamlet_on_itself() {
        let edges = [
            edge("territory", "xa-a", "h"),
            edge("territory", "xa-b", "h"),
            edge("offices", "h-ubnd", "h"),
            edge("offices", "h-gd", "h"),
            edge("offices", "truong-1", "h-gd"),
        ];
        let of = |unit: &str| -> Vec<String> {
            let found = callable(&Code::parse(unit).unwrap(), &edges, day("2020-07-05"));
            found.iter().map(ToString::to_string).collect()
        };
        assert_eq!(of("h"), ["h-gd", "h-ubnd", "xa-a", "xa-b"]);
        assert_eq!(of("h-ubnd"), ["h-gd", "xa-a", "xa-b"]);
        assert_eq!(of("h-gd"), ["truong-1"]);
        assert_eq!(of("mot-minh"), ["mot-minh"]);
        assert_eq!(
            callable(&Code::parse("h").unwrap(), &edges, day("2018-01-01")).len(),
            1,
            "no unit stood there then"
        );
        let unit = |text: &str| OrgId::parse(text).unwrap();
        let may = callable(&unit("h-ubnd"), &edges, day("2020-07-05"));
        assert_eq!(judge_calls(&[unit("xa-a")], &may), Ok(()));
        assert_eq!(judge_calls(&[], &may), Err(Refusal::NothingChosen));
        assert!(
            matches!(judge_calls(&[unit("truong-1")], &may), Err(Refusal::UnknownUnit { asked, .. }) if asked == "truong-1")
        );
    }

    #[test]
    fn words_of_addressees_are_read_back() {
        for known in Addressee::ALL {
            assert_eq!(Addressee::parse(known.word()), Some(known));
        }
        assert_eq!(Addressee::parse("nobody"), None);
    }
}
