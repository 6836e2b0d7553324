//! An answer to what a criterion of a scheme asks, as it is sent and handed out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thidua_base::Number;
use thidua_base::code::OrgId;
use thidua_domain::cluster::evidence::Claim;
use utoipa::ToSchema;

use super::problem::ApiFault;

/// An answer to what a criterion asks; its `kind` follows from the rule of the criterion.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ScoreAnswer {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// One of the answers of a choice.
    Option {
        /// Its code.
        code: String,
    },
    /// So many, or so much.
    Amount {
        /// A decimal.
        amount: String,
    },
    /// So much, in a circumstance that gives other points.
    Circumstance {
        /// A decimal.
        amount: String,
        /// The code of the circumstance.
        code: String,
    },
    /// A part of a whole.
    Share {
        /// The part.
        part: String,
        /// The whole.
        whole: String,
    },
    /// Awards held, by code.
    Awards {
        /// How many of each.
        held: BTreeMap<String, i64>,
    },
    /// Points by judging body.
    Bodies {
        /// Points by unit.
        points: BTreeMap<String, String>,
    },
    /// Percentages by part.
    Parts {
        /// The kind of subject.
        set: String,
        /// The percentages.
        percents: BTreeMap<String, String>,
    },
    /// Points, where a person marks the criterion.
    Points {
        /// A decimal.
        points: String,
    },
}

impl ScoreAnswer {
    /// An answer as it is kept.
    pub fn of(claim: &Claim) -> Self {
        let text = |number: &Number| number.to_string();
        match claim {
            Claim::Yes => Self::Yes,
            Claim::No => Self::No,
            Claim::Option(code) => Self::Option { code: code.clone() },
            Claim::Amount(amount) => Self::Amount { amount: text(amount) },
            Claim::Circumstance { amount, code } => Self::Circumstance { amount: text(amount), code: code.clone() },
            Claim::Share { part, whole } => Self::Share { part: text(part), whole: text(whole) },
            Claim::Awards(held) => Self::Awards { held: held.clone() },
            Claim::Bodies(points) => {
                Self::Bodies { points: points.iter().map(|(unit, points)| (unit.to_string(), text(points))).collect() }
            }
            Claim::Parts { set, percents } => Self::Parts {
                set: set.clone(),
                percents: percents.iter().map(|(part, percent)| (part.clone(), text(percent))).collect(),
            },
            Claim::Points(points) => Self::Points { points: text(points) },
        }
    }

    /// The claim that was sent; what fits a criterion is decided further on.
    pub fn read(&self) -> Result<Claim, ApiFault> {
        let number = |text: &String, name| Number::parse(text).map_err(|_| ApiFault::BadParameter(name));
        Ok(match self {
            Self::Yes => Claim::Yes,
            Self::No => Claim::No,
            Self::Option { code } => Claim::Option(code.clone()),
            Self::Amount { amount } => Claim::Amount(number(amount, "amount")?),
            Self::Circumstance { amount, code } => {
                Claim::Circumstance { amount: number(amount, "amount")?, code: code.clone() }
            }
            Self::Share { part, whole } => Claim::Share { part: number(part, "part")?, whole: number(whole, "whole")? },
            Self::Awards { held } => Claim::Awards(held.clone()),
            Self::Bodies { points } => {
                let one = |(unit, points): (&String, &String)| {
                    let unit = OrgId::parse(unit).map_err(|_| ApiFault::BadParameter("points"))?;
                    Ok((unit, number(points, "points")?))
                };
                Claim::Bodies(points.iter().map(one).collect::<Result<_, ApiFault>>()?)
            }
            Self::Parts { set, percents } => {
                let one = |(part, percent): (&String, &String)| Ok((part.clone(), number(percent, "percents")?));
                let percents = percents.iter().map(one).collect::<Result<_, ApiFault>>()?;
                Claim::Parts { set: set.clone(), percents }
            }
            Self::Points { points } => Claim::Points(number(points, "points")?),
        })
    }
}
