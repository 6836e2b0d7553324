//! Awards of the period, counted from the register: by honour, and split by subject.

use thidua_base::Number;
use thidua_base::code::HonourCode;
use thidua_domain::decision::Award;
use thidua_domain::honour::Subject;
use thidua_paper::tree::Inline;
use thidua_prose::write::{Clause, join_vi};

use super::Slot;
use crate::writing::{Unfillable, Writing, bind};

/// `{khen HONOUR}` `3 cờ thi đua`; with `doi-tuong`, the split `96 tập thể và 229 cá nhân`;
/// with `so`, the bare count.
pub fn said(writing: &Writing, slot: &Slot) -> Result<Vec<Inline>, Unfillable> {
    let code: HonourCode = slot.code(1)?;
    let honour = writing.data.honours.iter().find(|honour| honour.code == code);
    let honour = honour.ok_or_else(|| slot.unknown_name(code.as_str()))?;
    let period = writing.data.period();
    let awards: Vec<&Award> = writing
        .data
        .awards
        .iter()
        .filter(|a| a.honour == code && period.first_day() <= a.decided_on && a.decided_on <= period.last_day())
        .collect();
    let sources = awards.iter().map(|award| award.key()).collect();
    let clause = match (slot.word(2), slot.word(3)) {
        ("", _) => Clause::figure(&counted(writing, awards.len(), &honour.measure, slot)?),
        ("so", "") => Clause::figure(&counted(writing, awards.len(), "", slot)?),
        ("doi-tuong", "") => {
            let mut parts = Vec::new();
            for (subject, noun) in [
                (Subject::Collective, "tập thể"),
                (Subject::Household, "hộ gia đình"),
                (Subject::Individual, "cá nhân"),
            ] {
                let count = awards.iter().filter(|award| award.subject == subject).count();
                if count > 0 {
                    parts.push(counted(writing, count, noun, slot)?);
                }
            }
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            Clause::figure(&join_vi(&parts))
        }
        (word, "") | (_, word) => return Err(slot.unknown_word(word)),
    };
    Ok(bind(clause, &format!("honour:{code}"), sources))
}

fn counted(writing: &Writing, count: usize, measure: &str, slot: &Slot) -> Result<String, Unfillable> {
    let count = i64::try_from(count).map_err(|e| slot.bad_number(e))?;
    Ok(Number::whole(count).vi_count(writing.counts, measure))
}
