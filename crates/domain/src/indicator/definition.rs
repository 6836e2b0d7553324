//! Which definition of an indicator holds on a day, and which indicators are listed on it: two questions, asked here only.
//!
//! A figure is never without a meaning: where no definition had begun by the day, the oldest one says what it is. Rows of
//! forms, tables and exports go by that rule, so that none is lost in silence because a definition was entered with too
//! late a first day. A list of indicators goes by the strict one: what has not begun or has ended is not offered.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::IndicatorCode;

use super::Indicator;
use crate::org::holds;

/// Of the versions of one indicator, the one by which figures of a day are told: the last that had begun by then, whether
/// or not it has ended since, or the oldest where none had. `None` of no versions only. Their order does not matter.
pub fn holding<'a>(versions: impl IntoIterator<Item = &'a Indicator>, day: Date) -> Option<&'a Indicator> {
    versions.into_iter().reduce(|best, one| {
        let is_better = match (one.valid_from <= day, best.valid_from <= day) {
            (true, true) => one.valid_from > best.valid_from,
            (false, false) => one.valid_from < best.valid_from,
            (has_begun, _) => has_begun,
        };
        if is_better { one } else { best }
    })
}

/// The same of one indicator among the versions of all.
pub fn defined<'a>(all: &'a [Indicator], code: &IndicatorCode, day: Date) -> Option<&'a Indicator> {
    holding(all.iter().filter(|one| one.code == *code), day)
}

/// The same of every indicator among the versions of all, by code.
pub fn all_defined(all: &[Indicator], day: Date) -> BTreeMap<&IndicatorCode, &Indicator> {
    let mut versions: BTreeMap<&IndicatorCode, Vec<&Indicator>> = BTreeMap::new();
    for one in all {
        versions.entry(&one.code).or_default().push(one);
    }
    versions.into_iter().filter_map(|(code, of_code)| Some((code, holding(of_code, day)?))).collect()
}

/// The definitions in force on a day, in the order given: what is listed and may be chosen then.
pub fn in_force(all: &[Indicator], day: Date) -> impl Iterator<Item = &Indicator> {
    all.iter().filter(move |one| holds(one.valid_from, one.valid_to, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::{Direction, Parts, TreeRule, ValueKind};

    fn version(code: &str, from: &str, to: Option<&str>, name: &str) -> Indicator {
        Indicator {
            code: IndicatorCode::parse(code).unwrap(),
            valid_from: Date::parse(from).unwrap(),
            valid_to: to.map(|to| Date::parse(to).unwrap()),
            name: name.into(),
            phrase: name.to_lowercase(),
            name_en: name.into(),
            measure: "ha".into(),
            decimals: 0,
            percent_decimals: 1,
            kind: ValueKind::Flow,
            tree_rule: TreeRule::Sum,
            direction: Direction::Up,
            price_basis: String::new(),
            part_of: None,
            parts: Parts::Some,
            field: "nong-nghiep".into(),
            ordinal: 1,
            owner: None,
            definition: String::new(),
        }
    }

    /// Two versions that meet on 1 January 2025, and one that ended and has no heir.
    fn catalogue() -> Vec<Indicator> {
        vec![
            version("NN01", "2025-01-01", None, "Mới"),
            version("NN01", "2020-01-01", Some("2025-01-01"), "Cũ"),
            version("NN02", "2020-01-01", Some("2024-01-01"), "Đã thôi"),
        ]
    }

    fn name_on(code: &str, day: &str) -> Option<String> {
        let code = IndicatorCode::parse(code).unwrap();
        let day = Date::parse(day).unwrap();
        let all = catalogue();
        let one = defined(&all, &code, day).map(|one| one.name.clone());
        // The two ways to ask give one answer.
        assert_eq!(all_defined(&all, day).get(&code).map(|one| one.name.clone()), one);
        // In whichever order the versions come.
        let turned: Vec<Indicator> = all.into_iter().rev().collect();
        assert_eq!(defined(&turned, &code, day).map(|one| one.name.clone()), one);
        one
    }

    #[test]
    fn a_version_holds_from_its_first_day_and_the_one_before_up_to_the_day_before() {
        assert_eq!(name_on("NN01", "2024-12-31").as_deref(), Some("Cũ"));
        assert_eq!(name_on("NN01", "2025-01-01").as_deref(), Some("Mới"));
        assert_eq!(name_on("NN01", "2020-01-01").as_deref(), Some("Cũ"));
    }

    #[test]
    fn where_none_has_begun_the_oldest_holds() {
        assert_eq!(name_on("NN01", "2019-12-31").as_deref(), Some("Cũ"));
        assert_eq!(name_on("NN09", "2025-01-01"), None);
    }

    #[test]
    fn what_has_ended_still_says_what_a_figure_is_but_is_not_listed() {
        assert_eq!(name_on("NN02", "2024-01-01").as_deref(), Some("Đã thôi"));
        let listed = |day: &str| {
            let day = Date::parse(day).unwrap();
            in_force(&catalogue(), day).map(|one| one.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(listed("2019-12-31"), Vec::<String>::new());
        assert_eq!(listed("2023-12-31"), ["Cũ", "Đã thôi"]);
        assert_eq!(listed("2024-12-31"), ["Cũ"]);
        assert_eq!(listed("2025-01-01"), ["Mới"]);
    }
}
