//! What is wrong with a piece of evidence, in sentences.

use thidua_domain::refusal::EvidenceFault;

use super::Messages;

impl Messages {
    /// Why a piece of evidence is not taken, and what to do about it.
    pub fn evidence_fault(&self, fault: &EvidenceFault) -> String {
        let key = format!("evidence-fault.{}", fault.code());
        match fault {
            EvidenceFault::TooLarge { most } | EvidenceFault::TooMany { most } => {
                self.with(&key, &[("most", &most.to_string())])
            }
            EvidenceFault::Mislabelled { ending, kind } => {
                let ending = if ending.is_empty() { self.get("evidence-fault.no-ending") } else { ending };
                self.with(&key, &[("ending", ending), ("kind", kind)])
            }
            EvidenceFault::NoCells
            | EvidenceFault::Nothing
            | EvidenceFault::Empty
            | EvidenceFault::Broken
            | EvidenceFault::NotTaken
            | EvidenceFault::Macros
            | EvidenceFault::Withdrawn => self.get(&key).to_owned(),
        }
    }
}

/// Every refusal of evidence.
#[cfg(test)]
pub(super) fn samples() -> Vec<thidua_domain::Refusal> {
    let faults = [
        EvidenceFault::NoCells,
        EvidenceFault::Nothing,
        EvidenceFault::Empty,
        EvidenceFault::Broken,
        EvidenceFault::TooLarge { most: 10 },
        EvidenceFault::NotTaken,
        EvidenceFault::Macros,
        EvidenceFault::Mislabelled { ending: "exe".into(), kind: "pdf" },
        EvidenceFault::Mislabelled { ending: String::new(), kind: "pdf" },
        EvidenceFault::TooMany { most: 300 },
        EvidenceFault::Withdrawn,
    ];
    faults.map(Into::into).into()
}
