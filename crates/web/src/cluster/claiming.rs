//! A claim as fields of a form: what a criterion asks, what was claimed last, and what was sent read back.

use std::collections::BTreeMap;

use thidua_base::Number;
use thidua_domain::Refusal;
use thidua_domain::cluster::evidence::Claim;
use thidua_domain::cluster::scheme::{Criterion, Rule};

use super::shown;
use crate::messages::{Lang, Messages};

/// What a criterion asks, as fields.
#[derive(Debug, Clone, Default)]
pub(super) struct Asks {
    /// A choice among answers, the first empty: value, words, whether it is the one claimed.
    pub(super) options: Vec<(String, String, bool)>,
    /// Numbers: name of the field, words, what was claimed.
    pub(super) numbers: Vec<(String, String, String)>,
}

/// The fields of a criterion, filled with what was claimed last; none where it is not the unit's to claim.
pub(super) fn asks(say: &'static Messages, criterion: &Criterion, last: Option<&Claim>) -> Asks {
    let chosen = |wanted: &str| match last {
        Some(Claim::Yes) => wanted == "co",
        Some(Claim::No) => wanted == "khong",
        Some(Claim::Option(code) | Claim::Circumstance { code, .. }) => wanted == code,
        Some(Claim::Parts { set, .. }) => wanted == set,
        Some(_) | None => false,
    };
    let option = |value: &str, words: String| (value.to_owned(), words, chosen(value));
    let number =
        |name: &str, words: &str, value: Option<String>| (name.to_owned(), words.to_owned(), value.unwrap_or_default());
    let amount = match last {
        Some(Claim::Amount(amount) | Claim::Circumstance { amount, .. } | Claim::Points(amount)) => {
            Some(shown(*amount))
        }
        Some(_) | None => None,
    };
    let words =
        |vi: &String, en: &String| if say.lang() == Lang::En && !en.is_empty() { en.clone() } else { vi.clone() };
    let mut asks = Asks::default();
    match &criterion.rule {
        Some(Rule::Flag) => {
            asks.options.push(option("co", say.get("scoring.yes").to_owned()));
            asks.options.push(option("khong", say.get("scoring.no").to_owned()));
        }
        Some(Rule::Choice(options)) => asks.options.extend(
            options
                .iter()
                .map(|one| option(&one.code, format!("{} ({})", words(&one.label, &one.label_en), shown(one.points)))),
        ),
        Some(Rule::Band(bands)) => {
            asks.numbers.push(number("so", &format!("{} ({})", say.get("scoring.amount"), bands.measure), amount));
            asks.options.extend(bands.overrides.iter().map(|one| option(&one.code, words(&one.when, &one.when_en))));
        }
        Some(Rule::Ratio { .. }) => {
            let (part, whole) = match last {
                Some(Claim::Share { part, whole }) => (Some(shown(*part)), Some(shown(*whole))),
                Some(_) | None => (None, None),
            };
            asks.numbers.push(number("phan", say.get("scoring.part"), part));
            asks.numbers.push(number("tong", say.get("scoring.whole"), whole));
        }
        Some(Rule::Count { .. } | Rule::DeductPer { .. }) => {
            asks.numbers.push(number("so", say.get("scoring.how-many"), amount));
        }
        Some(Rule::Awards { awards, .. }) => {
            let held = |code: &str| match last {
                Some(Claim::Awards(held)) => held.get(code).map(ToString::to_string),
                Some(_) | None => None,
            };
            asks.numbers
                .extend(awards.iter().map(|one| number(&format!("k-{}", one.code), &one.label, held(&one.code))));
        }
        Some(Rule::Average { sets }) => {
            for (set, parts) in sets {
                asks.options.push(option(set, set.clone()));
                asks.numbers.extend(parts.iter().map(|part| {
                    let value = match last {
                        Some(Claim::Parts { set: claimed, percents }) if claimed == set => {
                            percents.get(part).copied().map(shown)
                        }
                        Some(_) | None => None,
                    };
                    number(&format!("p-{set}-{part}"), &format!("{set}: {part} (%)"), value)
                }));
            }
        }
        Some(Rule::Manual | Rule::Unstated) => asks.numbers.push(number("so", say.get("scoring.own-points"), amount)),
        Some(Rule::Plan(_) | Rule::Leader(_) | Rule::Bodies { .. }) | None => {}
    }
    asks
}

/// A number as people write it.
pub(super) fn number(text: &str) -> Result<Number, Refusal> {
    let text = text.trim();
    Number::parse_vi(text).or_else(|_| Number::parse(text)).map_err(|_| Refusal::NotANumber { asked: text.to_owned() })
}

/// The claim that was sent for a criterion.
///
/// # Errors
/// [`Refusal::NotANumber`] for a field that is none.
pub(super) fn claim_of(criterion: &Criterion, field: impl Fn(&str) -> String) -> Result<Claim, Refusal> {
    let chosen = field("chon");
    match &criterion.rule {
        Some(Rule::Flag) => Ok(if chosen == "co" { Claim::Yes } else { Claim::No }),
        Some(Rule::Choice(_)) => Ok(Claim::Option(chosen)),
        Some(Rule::Band(_)) if !chosen.is_empty() => {
            Ok(Claim::Circumstance { amount: number(&field("so"))?, code: chosen })
        }
        Some(Rule::Ratio { .. }) => Ok(Claim::Share { part: number(&field("phan"))?, whole: number(&field("tong"))? }),
        Some(Rule::Awards { awards, .. }) => {
            let mut held = BTreeMap::new();
            for award in awards {
                let text = field(&format!("k-{}", award.code));
                if !text.trim().is_empty() {
                    let count = text.trim().parse().map_err(|_| Refusal::NotANumber { asked: text.clone() })?;
                    held.insert(award.code.clone(), count);
                }
            }
            Ok(Claim::Awards(held))
        }
        Some(Rule::Average { sets }) => {
            let mut percents = BTreeMap::new();
            for part in sets.iter().filter(|(set, _)| *set == chosen).flat_map(|(_, parts)| parts) {
                percents.insert(part.clone(), number(&field(&format!("p-{chosen}-{part}")))?);
            }
            Ok(Claim::Parts { set: chosen, percents })
        }
        Some(Rule::Manual | Rule::Unstated | Rule::Bodies { .. } | Rule::Plan(_) | Rule::Leader(_)) => {
            number(&field("so")).map(Claim::Points)
        }
        Some(Rule::Band(_) | Rule::Count { .. } | Rule::DeductPer { .. }) | None => {
            number(&field("so")).map(Claim::Amount)
        }
    }
}
