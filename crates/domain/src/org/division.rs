//! Divisions: how much of a divided unit went to each heir, as somebody entered it from a document (tỷ lệ chia).

use thidua_base::code::OrgId;
use thidua_base::{Date, Number, Timestamp};

use super::{Portion, Share, UnitEvent};
use crate::refusal::Refusal;

/// What units can be divided by; the words of `Share::basis` that people may enter.
pub const BASES: [&str; 3] = ["population", "area", "households"];

/// Longest citation of the document, in characters.
pub const SOURCE_MAX: usize = 500;

/// The shares of a divided unit by one basis, entered by somebody; never changed, only followed by a further one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// The unit divided.
    pub from: OrgId,
    /// The day of the division.
    pub on: Date,
    /// What it was measured by: one of [`BASES`].
    pub basis: String,
    /// 1 for the first of a unit, a day and a basis; the last one counts.
    pub revision: i64,
    /// What each heir got; the shares add up to exactly 1.
    pub shares: Vec<Share>,
    /// Who entered it, as they were then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The parts of a unit that was divided on a day, as (event, heir), in the order of the events and their arrows.
pub fn parts<'a>(events: &'a [UnitEvent], from: &OrgId, on: Date) -> Vec<(&'a UnitEvent, &'a OrgId)> {
    let on_the_day = events.iter().filter(|event| event.effective_on == on);
    on_the_day
        .flat_map(|event| event.links.iter().map(move |link| (event, link)))
        .filter(|(_, link)| link.from == *from && link.portion == Portion::Partial)
        .map(|(event, link)| (event, &link.to))
        .collect()
}

/// The shares of a unit by what each heir got of a quantity: people, hectares. Exact: each share is the quantity of one
/// heir over the sum of all.
///
/// # Errors
/// [`Refusal::NotDivided`] where the unit was not divided on the day; [`Refusal::BadParts`] where an heir is left out or
/// named twice, somebody else is named, a quantity is negative, or all are zero; [`Refusal::NoDocument`] and
/// [`Refusal::LongText`] for a document that is not cited, or at too great length.
pub fn divide(
    events: &[UnitEvent],
    from: &OrgId,
    on: Date,
    basis: &str,
    quantities: &[(OrgId, Number)],
    source: &str,
) -> Result<Vec<Share>, Refusal> {
    let parts = parts(events, from, on);
    if parts.is_empty() {
        return Err(Refusal::NotDivided);
    }
    if source.is_empty() {
        return Err(Refusal::NoDocument);
    }
    if source.chars().count() > SOURCE_MAX {
        return Err(Refusal::LongText { most: SOURCE_MAX });
    }
    let mut heirs: Vec<&OrgId> = parts.iter().map(|(_, heir)| *heir).collect();
    let mut named: Vec<&OrgId> = quantities.iter().map(|(heir, _)| heir).collect();
    heirs.sort();
    named.sort();
    if heirs != named {
        return Err(Refusal::BadParts);
    }
    let scale = quantities.iter().map(|(_, quantity)| quantity.scale()).max().unwrap_or(0);
    let whole = |quantity: &Number| {
        let digits = quantity.at_scale(scale).map(Number::digits);
        digits.filter(|digits| *digits >= 0).ok_or(Refusal::BadParts)
    };
    let mut sum: i64 = 0;
    let mut digits = Vec::with_capacity(quantities.len());
    for (heir, quantity) in quantities {
        let part = whole(quantity)?;
        sum = sum.checked_add(part).ok_or(Refusal::BadParts)?;
        digits.push((heir, part));
    }
    if sum == 0 {
        return Err(Refusal::BadParts);
    }
    let part_of = |heir: &OrgId| digits.iter().find(|(named, _)| *named == heir).map_or(0, |(_, part)| *part);
    Ok(parts
        .into_iter()
        .map(|(event, heir)| Share {
            basis: basis.to_owned(),
            event: event.id.clone(),
            from: from.clone(),
            to: heir.clone(),
            numerator: part_of(heir),
            denominator: sum,
            source: source.to_owned(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::org::{Succession, UnitLink};

    fn id(text: &str) -> OrgId {
        OrgId::parse(text).unwrap()
    }

    fn day() -> Date {
        Date::parse("2025-07-01").unwrap()
    }

    /// Of `d`, parts went to `q` and `r` by two events of one day; `c` went whole.
    fn events() -> Vec<UnitEvent> {
        let event = |name: &str, links: &[(&str, &str, Portion)]| UnitEvent {
            id: name.into(),
            kind: "merge".into(),
            effective_on: day(),
            legal_ref: String::new(),
            links: links
                .iter()
                .map(|(from, to, portion)| UnitLink { from: id(from), to: id(to), portion: *portion })
                .collect(),
        };
        vec![
            event("e1", &[("c", "q", Portion::Full), ("d", "q", Portion::Partial)]),
            event("e2", &[("d", "r", Portion::Partial)]),
        ]
    }

    fn divided(from: &str, quantities: &[(&str, &str)], source: &str) -> Result<Vec<(i64, i64)>, Refusal> {
        let quantities: Vec<(OrgId, Number)> =
            quantities.iter().map(|(heir, text)| (id(heir), Number::parse(text).unwrap())).collect();
        let shares = divide(&events(), &id(from), day(), "population", &quantities, source)?;
        // What was entered is a history that figures can be carried by.
        Succession::by_basis(&events(), &shares, "population").unwrap();
        Ok(shares.iter().map(|share| (share.numerator, share.denominator)).collect())
    }

    #[test]
    fn shares_are_exact_and_make_up_the_whole() {
        assert_eq!(divided("d", &[("r", "1200"), ("q", "3400")], "NQ 1"), Ok(vec![(3400, 4600), (1200, 4600)]));
        assert_eq!(divided("d", &[("q", "10.5"), ("r", "2")], "NQ 1"), Ok(vec![(105, 125), (20, 125)]));
        assert_eq!(divided("d", &[("q", "0"), ("r", "2")], "NQ 1"), Ok(vec![(0, 2), (2, 2)]));
    }

    #[test]
    fn what_is_no_division_is_refused() {
        let whole = [("q", "1")];
        assert_eq!(divided("c", &whole, "NQ 1"), Err(Refusal::NotDivided));
        assert_eq!(divided("d", &[("q", "1"), ("r", "1")], ""), Err(Refusal::NoDocument));
        assert_eq!(divided("d", &[("q", "1"), ("r", "1")], &"x".repeat(501)), Err(Refusal::LongText { most: 500 }));
        for bad in [
            &whole[..],
            &[("q", "1"), ("q", "1")],
            &[("q", "1"), ("r", "1"), ("p", "1")],
            &[("q", "-1"), ("r", "2")],
            &[("q", "0"), ("r", "0")],
            &[("q", "9223372036854775807"), ("r", "1")],
        ] {
            assert_eq!(divided("d", bad, "NQ 1"), Err(Refusal::BadParts), "{bad:?}");
        }
        let other_day = Date::parse("2025-07-02").unwrap();
        let asked = [(id("q"), Number::whole(1)), (id("r"), Number::whole(1))];
        assert_eq!(divide(&events(), &id("d"), other_day, "area", &asked, "NQ 1"), Err(Refusal::NotDivided));
    }
}
