//! What is wrong with a mark, a claim or an excuse, and with a scoring scheme, as the end of a sentence.

use thidua_domain::refusal::MarkFault;

use super::Messages;

impl Messages {
    /// Why a mark, a claim or an excuse is not taken.
    pub(super) fn mark_fault(&self, fault: &MarkFault) -> String {
        let key = format!("mark-fault.{}", fault.code());
        match fault {
            MarkFault::OutOfRange { found, most } => self.with(&key, &[("found", &found.vi()), ("most", &most.vi())]),
            MarkFault::NoSuchEvidence { file } => self.with(&key, &[("file", file)]),
            MarkFault::ChangedMeanwhile { now } => self.with(&key, &[("now", &now.vi())]),
            MarkFault::NoSuchLeaf
            | MarkFault::NotMember
            | MarkFault::FromFigures
            | MarkFault::OtherKind
            | MarkFault::NotYours
            | MarkFault::NoSuchLevel
            | MarkFault::NoReason
            | MarkFault::Sent
            | MarkFault::Frozen => self.get(&key).to_owned(),
        }
    }
}

/// One refusal of each fault.
#[cfg(test)]
pub(super) fn samples() -> Vec<thidua_domain::Refusal> {
    use thidua_base::Number;
    use thidua_domain::Refusal;
    use thidua_domain::refusal::{MinutesFault, PackFault};

    let text = || String::from("x");
    let marks = [
        MarkFault::NoSuchLeaf,
        MarkFault::NotMember,
        MarkFault::FromFigures,
        MarkFault::OtherKind,
        MarkFault::OutOfRange { found: Number::whole(999), most: Number::whole(1) },
        MarkFault::NotYours,
        MarkFault::NoSuchLevel,
        MarkFault::NoReason,
        MarkFault::Sent,
        MarkFault::Frozen,
        MarkFault::NoSuchEvidence { file: text() },
        MarkFault::ChangedMeanwhile { now: Number::whole(1) },
    ];
    let schemes = [
        PackFault::UnderLeaf(text()),
        PackFault::NeverReached(text()),
        PackFault::BelowMax { best: text(), max: text() },
        PackFault::NotLast(text()),
    ];
    let mut refusals: Vec<Refusal> =
        marks.map(|why| Refusal::BadMark { unit: text(), criterion: text(), why }).into_iter().collect();
    refusals.extend(schemes.map(|why| Refusal::BrokenScheme { file: text(), key: text(), why }));
    refusals.push(Refusal::IncompleteScheme { name: text(), missing: text() });
    refusals.push(Refusal::OpenObjections { count: 2 });
    refusals.extend(MinutesFault::ALL.map(|why| Refusal::BadMinutes { why }));
    refusals
}
