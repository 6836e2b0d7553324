//! Who a name may mean: the same citizen's number is the same person; anything less is a candidate with its reasons.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::code::OrgId;
use thidua_base::text::fold;

use super::{Born, Cccd, SubjectId};
use crate::collection::import::similar::likeness;

/// From this likeness on, names written differently may be one.
const ALIKE: u8 = 85;
/// From this weight on, a candidate is told.
const TOLD: u8 = 45;
/// From this weight on, the only candidate is taken as found, with its reasons beside it.
const SURE: u8 = 85;
/// By how much the nearest must be ahead of the next to be taken as found.
const AHEAD: u8 = 20;
/// From this weight on, two are shown among the doubles.
const DOUBLE: u8 = 65;

/// Who is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The name.
    pub name: String,
    /// Birth or founding.
    pub born: Born,
    /// The citizen's number.
    pub cccd: Option<Cccd>,
    /// The unit.
    pub unit: Option<OrgId>,
}

/// Someone who is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Identity.
    pub id: SubjectId,
    /// Who.
    pub is: Sought,
    /// Every unit they ever belonged to.
    pub units: Vec<OrgId>,
}

/// Why someone may be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The same citizen's number.
    SameCccd,
    /// The same name.
    SameName,
    /// The same name but for marks and case.
    NameWithoutMarks,
    /// A similar name.
    SimilarName,
    /// Born the same day.
    SameBirth,
    /// Born the same year.
    SameBirthYear,
    /// Of the same unit.
    SameUnit,
}

impl Reason {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::SameCccd => "same-cccd",
            Self::SameName => "same-name",
            Self::NameWithoutMarks => "name-without-marks",
            Self::SimilarName => "similar-name",
            Self::SameBirth => "same-birth",
            Self::SameBirthYear => "same-birth-year",
            Self::SameUnit => "same-unit",
        }
    }

    fn weight(self) -> u8 {
        match self {
            Self::SameCccd => 100,
            Self::SameName => 50,
            Self::NameWithoutMarks => 45,
            Self::SimilarName => 30,
            Self::SameBirth => 40,
            Self::SameBirthYear => 25,
            Self::SameUnit => 20,
        }
    }
}

/// Someone who may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub id: SubjectId,
    /// Why.
    pub reasons: Vec<Reason>,
    /// How much speaks for it, from 0 to 100.
    pub weight: u8,
}

/// What a search for someone came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nobody like that is known.
    Nobody,
    /// One, and nobody nearly as near.
    One(Candidate),
    /// Some who may be meant, nearest first: a person must say.
    Unclear(Vec<Candidate>),
}

/// Two who may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// One.
    pub one: SubjectId,
    /// The other.
    pub two: SubjectId,
    /// Why.
    pub reasons: Vec<Reason>,
    /// How much speaks for it.
    pub weight: u8,
}

/// Who is known, found by number and by name.
#[derive(Debug)]
pub struct Register<'a> {
    all: &'a [Known],
    folded: Vec<String>,
    by_cccd: BTreeMap<&'a Cccd, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
    by_birth: BTreeMap<(i16, String), Vec<usize>>,
}

impl<'a> Register<'a> {
    /// The register of all who are known.
    pub fn of(all: &'a [Known]) -> Self {
        let folded = all.iter().map(|known| fold(&known.is.name)).collect();
        let mut register =
            Self { all, folded, by_cccd: BTreeMap::new(), by_name: BTreeMap::new(), by_birth: BTreeMap::new() };
        for (at, known) in all.iter().enumerate() {
            if let Some(cccd) = &known.is.cccd {
                register.by_cccd.entry(cccd).or_default().push(at);
            }
            register.by_name.entry(fold(&known.is.name)).or_default().push(at);
            if let Some(key) = birth_key(&known.is) {
                register.by_birth.entry(key).or_default().push(at);
            }
        }
        register
    }

    /// Who is meant. Someone with another citizen's number or another birth is not.
    pub fn find(&self, sought: &Sought) -> Found {
        let by_number = sought.cccd.as_ref().and_then(|cccd| self.by_cccd.get(cccd)).map_or(&[][..], Vec::as_slice);
        if let [one] = by_number {
            let mut candidate = self.candidate(sought, *one).unwrap_or(Candidate {
                id: self.all[*one].id.clone(),
                reasons: Vec::new(),
                weight: 0,
            });
            if !candidate.reasons.contains(&Reason::SameCccd) {
                candidate.reasons.insert(0, Reason::SameCccd);
            }
            return Found::One(Candidate { weight: 100, ..candidate });
        }
        let named = self.by_name.get(&fold(&sought.name)).into_iter().flatten();
        let born = birth_key(sought).and_then(|key| self.by_birth.get(&key)).into_iter().flatten();
        let near: BTreeSet<usize> = by_number.iter().chain(named).chain(born).copied().collect();
        let mut candidates: Vec<Candidate> =
            near.into_iter().filter_map(|at| self.candidate(sought, at)).filter(|one| one.weight >= TOLD).collect();
        candidates.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
        match candidates.as_slice() {
            [] => Found::Nobody,
            [one] if one.weight >= SURE => Found::One(one.clone()),
            [one, next, ..] if one.weight >= SURE && next.weight + AHEAD <= one.weight => Found::One(one.clone()),
            _ => Found::Unclear(candidates),
        }
    }

    /// Those who may be one, surest first, at most [`PAIRS_MAX`].
    pub fn doubles(&self) -> Vec<Pair> {
        let groups = self.by_cccd.values().chain(self.by_name.values()).chain(self.by_birth.values());
        let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
        for group in groups.filter(|group| group.len() > 1) {
            // A name that hundreds bear is not compared each with each beyond a point where nobody would read it.
            for (place, one) in group.iter().enumerate().take(PAIRED_MAX) {
                seen.extend(group[place + 1..].iter().take(PAIRED_MAX).map(|two| (*one, *two)));
            }
        }
        let mut pairs: Vec<Pair> = seen
            .into_iter()
            .filter_map(|(one, two)| {
                let (known, other) = (&self.all[one], &self.all[two]);
                let shared = other.units.iter().find(|unit| known.units.contains(unit));
                let candidate = self.candidate(&Sought { unit: shared.cloned(), ..other.is.clone() }, one)?;
                Some(Pair {
                    one: self.all[one].id.clone(),
                    two: self.all[two].id.clone(),
                    reasons: candidate.reasons,
                    weight: candidate.weight,
                })
            })
            .filter(|pair| pair.weight >= DOUBLE)
            .collect();
        pairs.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| (&a.one, &a.two).cmp(&(&b.one, &b.two))));
        pairs.truncate(PAIRS_MAX);
        pairs
    }

    fn candidate(&self, sought: &Sought, at: usize) -> Option<Candidate> {
        let known = &self.all[at];
        let mut reasons = Vec::new();
        match (&sought.cccd, &known.is.cccd) {
            (Some(one), Some(two)) if one == two => reasons.push(Reason::SameCccd),
            (Some(_), Some(_)) => return None,
            _ if !sought.born.agrees_with(known.is.born) => return None,
            _ => {}
        }
        let (ours, theirs) = (fold(&sought.name), &self.folded[at]);
        if sought.name == known.is.name {
            reasons.push(Reason::SameName);
        } else if ours == *theirs {
            reasons.push(Reason::NameWithoutMarks);
        } else if likeness(&ours, theirs) >= ALIKE {
            reasons.push(Reason::SimilarName);
        }
        match (sought.born, known.is.born) {
            (Born::On(one), Born::On(two)) if one == two => reasons.push(Reason::SameBirth),
            (one, two) if one.year().is_some() && one.year() == two.year() => reasons.push(Reason::SameBirthYear),
            _ => {}
        }
        if sought.unit.as_ref().is_some_and(|unit| known.units.contains(unit)) {
            reasons.push(Reason::SameUnit);
        }
        let has_name = reasons.iter().any(|reason| {
            matches!(reason, Reason::SameCccd | Reason::SameName | Reason::NameWithoutMarks | Reason::SimilarName)
        });
        let weight = reasons.iter().map(|reason| u16::from(reason.weight())).sum::<u16>().min(100);
        let weight = u8::try_from(weight).unwrap_or(100);
        has_name.then(|| Candidate { id: known.id.clone(), reasons, weight })
    }
}

/// Most pairs that are shown; the next come when these are settled.
pub const PAIRS_MAX: usize = 500;
/// Most of one group that are held against each other.
const PAIRED_MAX: usize = 200;

/// By year of birth and first word of the name: among these, names written differently are compared.
fn birth_key(sought: &Sought) -> Option<(i16, String)> {
    let folded = fold(&sought.name);
    let first = folded.split(' ').next().unwrap_or_default().to_owned();
    sought.born.year().map(|year| (year, first))
}
