//! Quotas: how many of a list may have an honour, and who is inside by rank.
//!
//! A quota is a rule about a list, not about a person: it comes after every person's own answer. Those who share the
//! place at the line are reported as tied, to be voted; no order ever breaks a tie.

use crate::vocabulary::Rounding;

/// How many places a share of a base gives, and how that was made whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Places.
    pub places: u32,
    /// The share, in percent.
    pub percent: u8,
    /// Of how many.
    pub base: u32,
    /// The rule used to make it whole; shown wherever the places are.
    pub rounding: Rounding,
    /// Hundredths cut off or added by the rule.
    pub remainder: i64,
}

/// A ranked list against its places: positions in the list as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranked {
    /// Inside whoever is chosen among the tied.
    pub inside: Vec<usize>,
    /// Equal at the line: some of them fit and no rank says which.
    pub tied: Vec<usize>,
    /// How many of the tied fit.
    pub tied_places: u32,
    /// Outside whoever is chosen.
    pub outside: Vec<usize>,
}

/// How many places there are.
pub fn room(percent: u8, base: u32, rounding: Rounding) -> Room {
    let hundredths = u64::from(percent) * u64::from(base);
    let whole = match rounding {
        Rounding::Down | Rounding::NotFixed => hundredths / 100,
        Rounding::Up => hundredths.div_ceil(100),
        Rounding::Nearest => (hundredths + 50) / 100,
    };
    let difference = i64::try_from(whole * 100).unwrap_or(0) - i64::try_from(hundredths).unwrap_or(0);
    Room { places: u32::try_from(whole).unwrap_or(u32::MAX), percent, base, rounding, remainder: difference }
}

/// Who is inside: the list by rank, the best score first, against its places.
///
/// The result does not depend on the order of the list.
pub fn quota<S: Ord>(scores: &[S], places: u32) -> Ranked {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].cmp(&scores[*a]).then(a.cmp(b)));
    let places = usize::try_from(places).unwrap_or(usize::MAX);
    if places >= order.len() {
        return Ranked { inside: sorted(order), ..Ranked::default() };
    }
    if places == 0 {
        return Ranked { outside: sorted(order), ..Ranked::default() };
    }
    let line = &scores[order[places - 1]];
    let is_cut = scores[order[places]] == *line;
    if !is_cut {
        let outside = order.split_off(places);
        return Ranked { inside: sorted(order), outside: sorted(outside), ..Ranked::default() };
    }
    let first = order.iter().position(|at| scores[*at] == *line).unwrap_or(places);
    let end = order.iter().rposition(|at| scores[*at] == *line).map_or(places, |last| last + 1);
    let outside = order.split_off(end);
    let tied = order.split_off(first);
    let tied_places = u32::try_from(places - first).unwrap_or(u32::MAX);
    Ranked { inside: sorted(order), tied: sorted(tied), tied_places, outside: sorted(outside) }
}

fn sorted(mut positions: Vec<usize>) -> Vec<usize> {
    positions.sort_unstable();
    positions
}

/// Where each unit of a long list stands against its own places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitQuota {
    /// Per person: 0 not in the list, 1 outside, 2 tied at the line, 3 inside.
    pub standing: Vec<Standing>,
    /// Units with a tie at the line, with the number of places the tied share.
    pub ties: Vec<(u32, u32)>,
    /// How many are inside for sure.
    pub inside: u32,
}

/// How a person of a long list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Not eligible, so not ranked.
    #[default]
    NotRanked,
    /// Outside.
    Outside,
    /// Tied at the line.
    Tied,
    /// Inside.
    Inside,
}

/// Quotas of many units at once: `unit` and `score` of each person, who is eligible, and the places of each unit.
///
/// Persons of a unit are grouped by counting; in each group only the part around the line is put in order.
pub fn by_unit(unit: &[u32], score: &[u32], eligible: &[bool], places: &[u32]) -> UnitQuota {
    let units = places.len();
    let mut starts = vec![0_u32; units + 1];
    let ranked = || unit.iter().zip(eligible).enumerate().filter(|(_, (_, eligible))| **eligible);
    for (_, (unit, _)) in ranked() {
        if let Some(count) = starts.get_mut(*unit as usize + 1) {
            *count += 1;
        }
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut grouped = vec![(0_u32, 0_u32); starts[units] as usize];
    for (at, (unit, _)) in ranked() {
        let slot = &mut next[*unit as usize];
        grouped[*slot as usize] = (score[at], u32::try_from(at).unwrap_or(u32::MAX));
        *slot += 1;
    }
    let mut result = UnitQuota { standing: vec![Standing::NotRanked; unit.len()], ..UnitQuota::default() };
    for (number, room) in places.iter().enumerate() {
        let group = &mut grouped[starts[number] as usize..starts[number + 1] as usize];
        let room = *room as usize;
        let mut stand = |person: u32, standing| result.standing[person as usize] = standing;
        if room >= group.len() || room == 0 {
            let all = if room == 0 { Standing::Outside } else { Standing::Inside };
            group.iter().for_each(|(_, person)| stand(*person, all));
            result.inside += if room == 0 { 0 } else { u32::try_from(group.len()).unwrap_or(u32::MAX) };
            continue;
        }
        // The best first: after this the one at the line stands at its place, those before it are not below it.
        let (_, line, _) = group.select_nth_unstable_by(room - 1, |a, b| b.0.cmp(&a.0));
        let line = line.0;
        let above = group.iter().filter(|(score, _)| *score > line).count();
        let equal = group.iter().filter(|(score, _)| *score == line).count();
        let is_tied = above + equal > room;
        for (score, person) in group.iter() {
            let standing = match score.cmp(&line) {
                std::cmp::Ordering::Greater => Standing::Inside,
                std::cmp::Ordering::Less => Standing::Outside,
                std::cmp::Ordering::Equal if is_tied => Standing::Tied,
                std::cmp::Ordering::Equal => Standing::Inside,
            };
            stand(*person, standing);
        }
        let sure = if is_tied { above } else { above + equal };
        result.inside += u32::try_from(sure).unwrap_or(u32::MAX);
        if is_tied {
            let places = u32::try_from(room - above).unwrap_or(u32::MAX);
            result.ties.push((u32::try_from(number).unwrap_or(u32::MAX), places));
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fifteen_percent_of_twenty_is_three_and_of_ten_one_by_default() {
        assert_eq!(room(15, 20, Rounding::NotFixed).places, 3);
        assert_eq!(room(15, 10, Rounding::NotFixed).places, 1);
        assert_eq!(room(15, 10, Rounding::Up).places, 2);
        assert_eq!(room(15, 10, Rounding::Nearest).places, 2);
        assert_eq!(room(15, 9, Rounding::Nearest).places, 1);
        assert_eq!(room(15, 10, Rounding::Down).remainder, -50);
    }

    #[test]
    fn a_tie_at_the_line_is_reported_and_not_broken() {
        let ranked = quota(&[90, 80, 80, 80, 70], 2);
        assert_eq!(ranked.inside, [0]);
        assert_eq!(ranked.tied, [1, 2, 3]);
        assert_eq!(ranked.tied_places, 1);
        assert_eq!(ranked.outside, [4]);
        assert_eq!(quota(&[90, 80, 80, 70], 3).tied, [] as [usize; 0]);
    }

    proptest! {
        #[test]
        fn the_order_of_the_list_does_not_matter(scores in prop::collection::vec(0_u32..20, 0..40), places in 0_u32..40, turn in 0_usize..40) {
            let ranked = quota(&scores, places);
            let turn = if scores.is_empty() { 0 } else { turn % scores.len() };
            let mut turned = scores.clone();
            turned.rotate_left(turn);
            let of_turned = quota(&turned, places);
            let back = |positions: &[usize]| {
                let mut back: Vec<usize> = positions.iter().map(|at| (at + turn) % scores.len()).collect();
                back.sort_unstable();
                back
            };
            prop_assert_eq!(back(&of_turned.inside), ranked.inside.clone());
            prop_assert_eq!(back(&of_turned.tied), ranked.tied.clone());
            let all = ranked.inside.len() + ranked.tied.len() + ranked.outside.len();
            prop_assert_eq!(all, scores.len());
            let sure = ranked.inside.len() + usize::try_from(ranked.tied_places).unwrap();
            prop_assert_eq!(sure, scores.len().min(usize::try_from(places).unwrap()));
        }

        #[test]
        fn many_units_at_once_give_what_each_gives_alone(
            people in prop::collection::vec((0_u32..5, 0_u32..8, any::<bool>()), 0..60),
            places in prop::collection::vec(0_u32..8, 5),
        ) {
            let unit: Vec<u32> = people.iter().map(|one| one.0).collect();
            let score: Vec<u32> = people.iter().map(|one| one.1).collect();
            let eligible: Vec<bool> = people.iter().map(|one| one.2).collect();
            let all = by_unit(&unit, &score, &eligible, &places);
            for (number, places) in (0_u32..).zip(&places) {
                let members: Vec<usize> = (0..people.len()).filter(|at| unit[*at] == number && eligible[*at]).collect();
                let scores: Vec<u32> = members.iter().map(|at| score[*at]).collect();
                let alone = quota(&scores, *places);
                for (positions, standing) in
                    [(&alone.inside, Standing::Inside), (&alone.tied, Standing::Tied), (&alone.outside, Standing::Outside)]
                {
                    for at in positions {
                        prop_assert_eq!(all.standing[members[*at]], standing);
                    }
                }
                prop_assert_eq!(all.ties.iter().any(|tie| tie.0 == number), !alone.tied.is_empty());
            }
        }
    }
}
