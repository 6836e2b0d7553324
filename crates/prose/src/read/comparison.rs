//! Comparisons with a plan and with the same period, shares, and distances from a target.

use super::figure::{amount, plain, words_until_mark};
use super::{Against, AmountRead, Equality, Said, Scan};
use crate::grammar::{AGAINST_SAME_PERIOD, Direction, EQUAL_TO_SAME_PERIOD, LEVEL_WITH_SAME_PERIOD, PlanNoun};

/// Most words an assigner has before `giao`: `UBND tỉnh`, `Hội đồng nhân dân huyện`.
const ASSIGNER_WORDS_MAX: usize = 5;

/// Any comparison that begins here.
pub(super) fn comparison(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    level(scan, at)
        .or_else(|| by_aspect(scan, at))
        .or_else(|| percentage(scan, at))
        .or_else(|| change(scan, at))
        .or_else(|| share(scan, at))
        .or_else(|| beyond(scan, at))
}

fn level(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    const WORDS: [(&str, Equality); 6] = [
        (EQUAL_TO_SAME_PERIOD, Equality::Exact),
        ("bằng so với cùng kỳ", Equality::Exact),
        (LEVEL_WITH_SAME_PERIOD, Equality::About),
        ("tương đương với cùng kỳ", Equality::About),
        ("tương đương so với cùng kỳ", Equality::About),
        ("không đổi", Equality::About),
    ];
    let (end, equality) =
        WORDS.iter().find_map(|(words, equality)| scan.phrase(at, words).map(|end| (end, *equality)))?;
    Some((end, Said::Level { equality }))
}

/// The yardstick first: `so với cùng kỳ tăng 2,3% …`; what follows the percentage is left to the next steps.
fn by_aspect(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let next = scan.phrase_then_space(at, AGAINST_SAME_PERIOD)?;
    let (end, mut said) = change(scan, next).or_else(|| percentage(scan, next))?;
    if let Said::Growth { against, .. } | Said::Delta { against, .. } = &mut said {
        *against = Against::SamePeriod;
    }
    Some((end, said))
}

/// `bằng 54,5% kế hoạch …`, `đạt 100% kế hoạch`, `bằng 97,2% so với cùng kỳ`, `bằng 80,1% về lượt khách`.
fn percentage(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let number_at = ["bằng", "ước bằng", "đạt", "ước đạt", "hoàn thành"]
        .iter()
        .find_map(|verb| scan.phrase_then_space(at, verb))?;
    let (end, percent) = percent(scan, number_at)?;
    let next = scan.skip_space(end);
    if let Some(end) = same_period(scan, next).or_else(|| aspect(scan, next)) {
        return Some((end, Said::OfSamePeriod { percent }));
    }
    let noun_at = scan.phrase_then_space(next, "so với").or_else(|| scan.phrase_then_space(next, "so")).unwrap_or(next);
    let (noun_end, noun) =
        PlanNoun::ALL.iter().find_map(|noun| scan.phrase(noun_at, noun.word()).map(|end| (end, *noun)))?;
    let (assigner_end, assigner) = assigner(scan, noun_end).map_or((noun_end, None), |(end, name)| (end, Some(name)));
    let (end, stated) = stated_plan(scan, assigner_end).map_or((assigner_end, None), |(end, plan)| (end, Some(plan)));
    Some((end, Said::OfPlan { percent, noun, assigner, stated }))
}

/// `tăng 13,2% so với cùng kỳ`, `tăng 1 DN so với cùng kỳ`, `giảm 1,4 điểm phần trăm`, `giảm 2,0%`.
fn change(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let (number_at, direction) = [Direction::Up, Direction::Down]
        .iter()
        .find_map(|direction| scan.phrase_then_space(at, direction.word()).map(|end| (end, *direction)))?;
    let number_at = scan.phrase_then_space(number_at, "thêm").unwrap_or(number_at);
    let (end, amount) = amount(scan, number_at)?;
    let yardstick = same_period(scan, scan.skip_space(end));
    let (end, against) = yardstick.map_or((end, Against::Unsaid), |end| (end, Against::SamePeriod));
    Some((
        end,
        match amount.measure.as_str() {
            "%" => Said::Growth { direction, percent: amount.value, against },
            _ => Said::Delta { direction, amount, against },
        },
    ))
}

fn share(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let number_at = scan.phrase_then_space(at, "chiếm")?;
    let number_at = scan.phrase_then_space(number_at, "tỷ lệ").unwrap_or(number_at);
    let (end, percent) = percent(scan, number_at)?;
    let of_at = scan.skip_space(end);
    let of_end = if of_at == end { end } else { words_until_mark(scan, of_at) };
    let of = scan.text.get(of_at..of_end).map(plain).filter(|of| !of.is_empty());
    Some((if of.is_some() { of_end } else { end }, Said::Share { percent, of }))
}

fn beyond(scan: &Scan, at: usize) -> Option<(usize, Said)> {
    let (number_at, direction) = [("vượt", Direction::Up), ("còn thiếu", Direction::Down)]
        .iter()
        .find_map(|(words, direction)| scan.phrase_then_space(at, words).map(|end| (end, *direction)))?;
    let (end, amount) = amount(scan, number_at)?;
    Some((end, Said::Beyond { direction, amount }))
}

fn percent(scan: &Scan, at: usize) -> Option<(usize, thidua_base::Number)> {
    let (end, AmountRead { value, measure }) = amount(scan, at)?;
    (measure == "%").then_some((end, value))
}

/// After `so với cùng kỳ`, with the year when it is said.
fn same_period(scan: &Scan, at: usize) -> Option<usize> {
    let end = [AGAINST_SAME_PERIOD, "so cùng kỳ", "so với cùng kì"].iter().find_map(|words| scan.phrase(at, words))?;
    let year = scan.skip_space(end);
    Some(scan.phrase(year, "năm trước").or_else(|| year_at(scan, year)).unwrap_or(end))
}

fn year_at(scan: &Scan, at: usize) -> Option<usize> {
    let digits_at = scan.phrase_then_space(at, "năm")?;
    scan.digits(digits_at).map(|(end, _)| end)
}

/// After `về lượt khách`: an aspect of a comparison whose yardstick was named before.
fn aspect(scan: &Scan, at: usize) -> Option<usize> {
    let name_at = scan.phrase_then_space(at, "về")?;
    let end = words_until_mark(scan, name_at);
    (end > name_at).then_some(end)
}

/// The words between the noun of a plan and `giao`.
fn assigner(scan: &Scan, noun_end: usize) -> Option<(usize, String)> {
    let begin = scan.skip_space(noun_end);
    let mut at = begin;
    for _ in 0..=ASSIGNER_WORDS_MAX {
        if let Some(end) = scan.phrase(at, "giao").filter(|_| at > begin) {
            return Some((end, scan.text.get(begin..at).map(plain).unwrap_or_default()));
        }
        let (end, _) = scan.word(at)?;
        at = scan.skip_space(end);
    }
    None
}

/// ` (KH: 70 DN)` after the assigner.
fn stated_plan(scan: &Scan, at: usize) -> Option<(usize, AmountRead)> {
    let inside = scan.skip_space(scan.phrase(scan.skip_space(at), "(")?);
    let label = PlanNoun::ALL
        .iter()
        .flat_map(|noun| [noun.abbreviation(), noun.word()])
        .find_map(|label| scan.phrase(inside, label))?;
    let number_at = scan.skip_space(scan.phrase(label, ":").unwrap_or(label));
    let (end, plan) = amount(scan, number_at)?;
    scan.phrase(scan.skip_space(end), ")").map(|end| (end, plan))
}
