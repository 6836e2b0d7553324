//! The period reported and the one that follows, in words.

use thidua_base::Period;
use thidua_paper::tree::Inline;
use thidua_prose::write::Clause;

use super::Slot;
use crate::writing::{Unfillable, Writing, bind};

/// `{ky}` `6 tháng đầu năm 2020`, `{ky-sau}` `6 tháng cuối năm 2020`, `{nam}` `2020`, `{nam-sau}` `2021`,
/// `{nam-sau-nua}` `2022`, `{nua-nam}` `6 tháng đầu năm`, `{nua-nam-sau}` `6 tháng cuối năm`.
pub fn said(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let period = writing.data.period();
    let text = match slot.word(0) {
        "ky" => period.in_words(),
        "ky-sau" => period.next().in_words(),
        "nam" => period.year().to_string(),
        "nam-sau" => (period.year() + 1).to_string(),
        "nam-sau-nua" => (period.year() + 2).to_string(),
        "nua-nam" => span(period),
        "nua-nam-sau" => span(period.next()),
        word => return Err(slot.unknown_word(word)),
    };
    if let Some(extra) = slot.words_from(1).next() {
        return Err(slot.unknown_word(extra));
    }
    let key = format!("report:{}", writing.data.report.id);
    Ok(bind(Clause::figure(&text), &key, vec![key.clone()]))
}

/// The period without its year, for sentences that name the year elsewhere.
fn span(period: Period) -> String {
    match period {
        Period::Half { .. } | Period::NineMonths { .. } => format!("{} năm", period.span_in_words()),
        Period::Month { .. }
        | Period::Quarter { .. }
        | Period::Year { .. }
        | Period::Term { .. }
        | Period::SchoolYear { .. } => period.in_words(),
    }
}
