//! Movements that ask the same of the same people at the same time (phong trào trùng nhau): questions for a person, with
//! the reasons, never a verdict.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;
use thidua_base::code::MovementCode;
use thidua_base::text::fold;

use super::Movement;
use super::terms::{Addressee, Terms};

/// Two movements with what they have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The one that stands first in the register.
    pub one: MovementCode,
    /// The other.
    pub other: MovementCode,
    /// What they have in common: the days, then the people, the field, the words.
    pub reasons: Vec<Likeness>,
}

/// Something two movements have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likeness {
    /// Both run on these days; an end that is not known is open.
    Days {
        /// First day of both; `None` where neither says when it began.
        from: Option<Date>,
        /// Last day of both; `None` where neither ends.
        to: Option<Date>,
    },
    /// Both address them.
    Addressees(Vec<Addressee>),
    /// Both belong to this field of the report.
    Field(String),
    /// Both use these pairs of words in names and contents.
    Words(Vec<String>),
}

/// Pairs of words in common from which two movements of one field or audience are held to be alike.
const WORDS_LEAST: usize = 2;

/// Syllables that carry no subject, folded: what every movement says of itself, and joining words.
const EMPTY_WORDS: &[&str] = &[
    "thi", "dua", "phong", "trao", "cuoc", "van", "dong", "dot", "va", "cac", "cua", "de", "den", "trong", "cho",
    "voi", "tai", "la", "duoc", "khong", "co", "o", "tu", "theo", "ve", "do", "nhung", "mot", "moi", "thuc", "hien",
    "nam", "giai", "doan", "chao", "mung", "lap", "thanh", "tich", "hoan", "nhiem", "vu",
];

/// Finds the pairs of movements that overlap: they run on common days, use at least two pairs of words in common, and
/// address the same people or, where that is not said, belong to one field. A movement and the one it carries out at its own level are
/// meant to be alike and are left out. In the order given.
pub fn overlaps(movements: &[(&Movement, Option<&Terms>)]) -> Vec<Overlap> {
    let words: Vec<BTreeMap<String, String>> =
        movements.iter().map(|(movement, terms)| pairs(movement, *terms)).collect();
    let mut found = Vec::new();
    for (at, one) in movements.iter().enumerate() {
        for (beside, other) in movements.iter().enumerate().skip(at + 1) {
            if let Some(reasons) = alike(*one, *other, &words[at], &words[beside]) {
                found.push(Overlap { one: one.0.code.clone(), other: other.0.code.clone(), reasons });
            }
        }
    }
    found
}

type Seen<'a> = (&'a Movement, Option<&'a Terms>);

fn alike(
    one: Seen<'_>,
    other: Seen<'_>,
    words: &BTreeMap<String, String>,
    others: &BTreeMap<String, String>,
) -> Option<Vec<Likeness>> {
    let carries_out = |below: Seen<'_>, above: Seen<'_>| {
        below.1.and_then(|terms| terms.parent.as_ref()).is_some_and(|parent| *parent == above.0.code)
    };
    if carries_out(one, other) || carries_out(other, one) {
        return None;
    }
    let mut reasons = vec![common_days(one, other)?];
    let addressed = |seen: Seen<'_>| -> BTreeSet<Addressee> {
        seen.1.map(|terms| terms.addressees.iter().copied().collect()).unwrap_or_default()
    };
    let people: Vec<Addressee> = addressed(one).intersection(&addressed(other)).copied().collect();
    let is_one_field = !one.0.field.is_empty() && one.0.field == other.0.field;
    let both_say = !addressed(one).is_empty() && !addressed(other).is_empty();
    if people.is_empty() && (both_say || !is_one_field) {
        return None;
    }
    if !people.is_empty() {
        reasons.push(Likeness::Addressees(people));
    }
    if is_one_field {
        reasons.push(Likeness::Field(one.0.field.clone()));
    }
    let common: Vec<String> =
        words.iter().filter(|(folded, _)| others.contains_key(*folded)).map(|(_, written)| written.clone()).collect();
    if common.len() < WORDS_LEAST {
        return None;
    }
    reasons.push(Likeness::Words(common));
    Some(reasons)
}

/// The days of a movement: by its terms, or by its years in the register; an end not known is open.
pub fn days_of(movement: &Movement, terms: Option<&Terms>) -> (Option<Date>, Option<Date>) {
    match terms {
        Some(terms) => (Some(terms.from), terms.to),
        None => (
            movement.year_from.and_then(|year| Date::new(year, 1, 1)),
            movement.year_to.and_then(|year| Date::new(year, 12, 31)),
        ),
    }
}

fn common_days(one: Seen<'_>, other: Seen<'_>) -> Option<Likeness> {
    let ((from, to), (begins, ends)) = (days_of(one.0, one.1), days_of(other.0, other.1));
    let from = from.max(begins);
    let to = match (to, ends) {
        (Some(to), Some(ends)) => Some(to.min(ends)),
        (to, ends) => to.or(ends),
    };
    let meet = from.zip(to).is_none_or(|(from, to)| from <= to);
    meet.then_some(Likeness::Days { from, to })
}

/// The pairs of neighbouring syllables that carry a subject, folded, with how they are written.
fn pairs(movement: &Movement, terms: Option<&Terms>) -> BTreeMap<String, String> {
    let mut texts = vec![movement.name.as_str(), movement.content.as_str()];
    texts.extend(movement.aliases.iter().map(String::as_str));
    if let Some(terms) = terms {
        texts.extend(terms.contents.iter().map(String::as_str));
    }
    let mut pairs = BTreeMap::new();
    for text in texts {
        // A mark between two words keeps them apart.
        for part in text.split(|c: char| !c.is_alphanumeric() && !c.is_whitespace()) {
            let syllables: Vec<&str> = part.split_whitespace().collect();
            for two in syllables.windows(2) {
                let folded: Vec<String> = two.iter().map(|syllable| fold(syllable)).collect();
                if folded.iter().any(|syllable| EMPTY_WORDS.contains(&syllable.as_str())) {
                    continue;
                }
                pairs.entry(folded.join(" ")).or_insert_with(|| two.join(" ").to_lowercase());
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::movement::MovementKind;
    use crate::origin::{Origin, Provenance};

    fn movement(code: &str, name: &str, content: &str, field: &str, years: Option<(i16, i16)>) -> Movement {
        Movement {
            code: MovementCode::parse(code).unwrap(),
            name: name.to_owned(),
            aliases: Vec::new(),
            kind: MovementKind::Thematic,
            scope: "huyen".to_owned(),
            owners: Vec::new(),
            field: field.to_owned(),
            year_from: years.map(|years| years.0),
            year_to: years.map(|years| years.1),
            launched_by: None,
            content: content.to_owned(),
            ordinal: 0,
            provenance: Provenance { origin: Origin::Reported, source: String::new() },
        }
    }

    fn terms(code: &str, parent: Option<&str>, addressees: &[Addressee]) -> Terms {
        let day = |text: &str| Date::parse(text).unwrap();
        Terms {
            movement: MovementCode::parse(code).unwrap(),
            launcher: thidua_base::Code::parse("h").unwrap(),
            parent: parent.map(|parent| MovementCode::parse(parent).unwrap()),
            from: day("2020-01-01"),
            to: Some(day("2020-12-31")),
            register_by: day("2020-02-01"),
            contents: vec!["Xây dựng nông thôn mới".into()],
            criteria: Vec::new(),
            standards: Vec::new(),
            addressees: addressees.to_vec(),
        }
    }

    const ROADS: &str = "Làm đường giao thông nông thôn mới";

    #[test]
    fn movements_of_one_field_days_and_words_are_a_question() {
        let a = movement("A", "Xây dựng nông thôn mới", ROADS, "nong-thon-moi", Some((2016, 2020)));
        let b = movement("B", "Chung sức xây dựng nông thôn mới", "", "nong-thon-moi", None);
        let found = overlaps(&[(&a, None), (&b, None)]);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.one.as_str(), one.other.as_str()), ("A", "B"));
        let day = |text: &str| Date::parse(text).ok();
        assert_eq!(one.reasons[0], Likeness::Days { from: day("2016-01-01"), to: day("2020-12-31") });
        assert_eq!(one.reasons[1], Likeness::Field("nong-thon-moi".into()));
        let Likeness::Words(words) = &one.reasons[2] else { panic!("{one:?}") };
        assert!(words.contains(&"nông thôn".to_owned()) && words.contains(&"xây dựng".to_owned()), "{words:?}");
    }

    #[test]
    fn other_days_other_people_and_other_words_are_none() {
        let a = movement("A", "Xây dựng nông thôn mới", ROADS, "nong-thon-moi", Some((2011, 2015)));
        let later = movement("B", "Xây dựng nông thôn mới", ROADS, "nong-thon-moi", Some((2016, 2020)));
        assert!(overlaps(&[(&a, None), (&later, None)]).is_empty(), "other days");
        let school = movement("C", "Dạy tốt, học tốt", "", "nong-thon-moi", Some((2011, 2015)));
        assert!(overlaps(&[(&a, None), (&school, None)]).is_empty(), "other words");
        let elsewhere = movement("D", "Xây dựng nông thôn mới", "", "quoc-phong", Some((2011, 2015)));
        assert!(overlaps(&[(&a, None), (&elsewhere, None)]).is_empty(), "another field and nothing said of people");
        let (farmers, pupils) = (terms("A", None, &[Addressee::Farmers]), terms("B", None, &[Addressee::Pupils]));
        assert!(overlaps(&[(&a, Some(&farmers)), (&later, Some(&pupils))]).is_empty(), "other people");
        let both = terms("B", None, &[Addressee::Pupils, Addressee::Farmers]);
        let found = overlaps(&[(&a, Some(&farmers)), (&elsewhere, Some(&both))]);
        assert_eq!(found[0].reasons[1], Likeness::Addressees(vec![Addressee::Farmers]));
        let below = terms("B", Some("A"), &[Addressee::Farmers]);
        assert!(overlaps(&[(&a, Some(&farmers)), (&later, Some(&below))]).is_empty(), "it carries out the other");
    }

    #[test]
    fn the_order_of_two_does_not_matter() {
        let a = movement("A", "Xây dựng nông thôn mới", ROADS, "nong-thon-moi", Some((2016, 2020)));
        let b = movement("B", "Chung sức xây dựng nông thôn mới", "", "nong-thon-moi", None);
        let (there, back) = (overlaps(&[(&a, None), (&b, None)]), overlaps(&[(&b, None), (&a, None)]));
        assert_eq!(there.len(), back.len());
        assert_eq!(there[0].reasons[0], back[0].reasons[0]);
    }
}
