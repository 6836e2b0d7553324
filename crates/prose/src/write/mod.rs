//! Figures written as clauses.
//!
//! One function for each row of the sentence grammar. A function takes a small struct of exact
//! numbers, computes through `thidua_base::number` only (a percentage is rounded once, growth is
//! the rounded percentage minus 100) and returns a [`Clause`]: pieces that say whether they show a
//! figure or are words chosen by one, so that a report can bind each piece to what it follows from.
//!
//! Every `…Said` struct carries `printed`: a recorded override that replaces the number alone.
//! The words around it still follow from the exact values; where the words leave no number
//! (`bằng cùng kỳ`) there is nothing to replace.
//!
//! ```
//! use thidua_base::Number;
//! use thidua_prose::grammar::{Certainty, PlanNoun, Qualifier, Verb};
//! use thidua_prose::write::{Amount, Compared, PlanSaid, PriorSaid, ValueSaid, plan, prior, sentence, value};
//!
//! let n = |text| Number::parse(text).unwrap();
//! let output = sentence(vec![
//!     value(&ValueSaid {
//!         amount: Amount::new(n("9427"), 0, "tỷ đồng"),
//!         verb: Verb::Reached,
//!         certainty: Certainty::Estimated,
//!         qualifier: Qualifier::Exactly,
//!     })
//!     .after("giá trị sản xuất "),
//!     plan(&PlanSaid::new(n("9427"), n("17297"), 1, PlanNoun::Plan)),
//!     prior(&PriorSaid::new(Compared::Levels { actual: n("9427"), base: n("8327.7") }, 1)),
//! ]);
//! assert_eq!(
//!     output.text(),
//!     "Giá trị sản xuất ước đạt 9.427\u{a0}tỷ đồng, bằng 54,5% kế hoạch, tăng 13,2% so với cùng kỳ."
//! );
//! ```

mod clause;
mod listing;
mod plan;
mod prior;
mod total;
mod value;

pub use clause::{Clause, Piece};
pub use listing::{
    CountNamed, ListStyle, as_of, count_named, join_vi, list, parts, quote, run_on, sentence, some_of_which,
};
pub use plan::{LimitSaid, MetSaid, PlanSaid, StatedPlan, limit_kept, met, plan};
pub use prior::{
    Compared, DeltaSaid, GrowthSaid, PriorSaid, ShareChangeSaid, delta, growth, prior, prior_by_aspect, share_change,
};
pub use total::{NOfM, ShareSaid, TotalSaid, n_of_m, share, total};
pub use value::{Amount, ValueSaid, value};

#[cfg(test)]
mod tests;
