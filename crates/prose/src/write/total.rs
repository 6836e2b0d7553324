//! Totals reached, shares of a whole, and n of m.

use thidua_base::number::percent;
use thidua_base::text::NBSP;
use thidua_base::{Number, Percent};

use super::clause::Clause;
use super::value::{Amount, with_measure};
use crate::grammar::TotalKind;

/// What is said of a cumulative total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TotalSaid<'a> {
    /// Whether a count or a rate is raised.
    pub kind: TotalKind,
    /// What is counted, in words: `trường đạt chuẩn`.
    pub name: &'a str,
    /// The totals reached; more than one share the verb: `lên 30 cơ sở và 65 máy cấy`.
    pub reached: &'a [Amount<'a>],
    /// The share of the population, or `None` to leave it out.
    pub share: Option<ShareSaid<'a>>,
}

/// What is said of a part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareSaid<'a> {
    /// The part.
    pub part: Number,
    /// The whole: the population it belongs to.
    pub whole: Number,
    /// Decimals of the percentage.
    pub decimals: u8,
    /// The population in words, or `None` where the sentence has named it: `số xã, thị trấn`.
    pub of: Option<&'a str>,
    /// A recorded override of the percentage, without the sign.
    pub printed: Option<&'a str>,
}

/// How many of a population reached a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NOfM<'a> {
    /// How many did.
    pub reached: u32,
    /// How many there are.
    pub population: u32,
    /// What they are: `chuỗi cung ứng thực phẩm an toàn`.
    pub name: &'a str,
}

/// Row *total*: `nâng tổng số trường đạt chuẩn lên 85 trường, chiếm 78,7%`,
/// `nâng tỷ lệ lao động được đào tạo lên 68,4%`.
pub fn total(said: &TotalSaid) -> Clause {
    let reached = said.reached.iter().map(|amount| Clause::figure(&amount.text())).collect();
    let clause = Clause::joined(reached, " và ").after(&format!("nâng {} {} lên ", said.kind.word(), said.name));
    match &said.share {
        None => clause,
        Some(of_whole) => Clause::joined(vec![clause, share(of_whole)], ", "),
    }
}

/// A share of a population: `chiếm 78,7%`, `chiếm 97% số xã, thị trấn`; nothing where the population is empty.
pub fn share(said: &ShareSaid) -> Clause {
    let Ok(Percent::Of(rounded)) = percent(said.part, said.whole, said.decimals) else { return Clause::default() };
    let figure = said.printed.map_or_else(|| rounded.vi_with("%"), |printed| with_measure(printed, "%"));
    let of = said.of.map(|of| format!(" {of}")).unwrap_or_default();
    Clause::words("chiếm ").show(&figure).say(&of)
}

/// Row *n_of_m*: `13/29 chuỗi cung ứng thực phẩm an toàn`.
pub fn n_of_m(said: &NOfM) -> Clause {
    let whole = |count: u32| Number::whole(i64::from(count)).vi();
    let figure = format!("{}/{}", whole(said.reached), whole(said.population));
    match said.name {
        "" => Clause::figure(&figure),
        name => Clause::figure(&figure).say(&format!("{NBSP}{name}")),
    }
}
