//! Why something about an exemplar is not taken, as a sentence.

use thidua_domain::refusal::ExemplarFault;

use super::Messages;

impl Messages {
    /// Why something about an exemplar is not taken.
    pub(super) fn exemplar_fault(&self, fault: &ExemplarFault) -> String {
        let key = format!("exemplar-fault.{}", fault.code());
        match fault {
            ExemplarFault::UnknownField { asked }
            | ExemplarFault::BadSize { asked }
            | ExemplarFault::UnknownIndicator { asked }
            | ExemplarFault::UnknownMovement { asked } => self.with(&key, &[("asked", asked)]),
            ExemplarFault::BadYear { year } => self.with(&key, &[("year", year)]),
            ExemplarFault::AlreadyThere { name } => self.with(&key, &[("name", name)]),
            ExemplarFault::StepNotOpen { state } => {
                self.with(&key, &[("state", self.get(&format!("exemplar-standing.{state}")))])
            }
            ExemplarFault::PictureTooLarge { most } | ExemplarFault::TooManyPapers { most } => {
                self.with(&key, &[("most", &most.to_string())])
            }
            ExemplarFault::PictureTooWide { most } => self.with(&key, &[("most", &most.to_string())]),
            ExemplarFault::NoName
            | ExemplarFault::NoMeasure
            | ExemplarFault::NoMethod
            | ExemplarFault::NoDecision
            | ExemplarFault::DayAhead
            | ExemplarFault::DayBefore
            | ExemplarFault::OwnCopy
            | ExemplarFault::ToldBefore
            | ExemplarFault::NoIndicator
            | ExemplarFault::NotRecognised
            | ExemplarFault::NoPicture
            | ExemplarFault::NoCaption => self.get(&key).to_owned(),
        }
    }
}

/// One refusal of each fault.
#[cfg(test)]
pub(super) fn samples() -> Vec<thidua_domain::Refusal> {
    let text = || String::from("x");
    [
        ExemplarFault::NoName,
        ExemplarFault::UnknownField { asked: text() },
        ExemplarFault::NoMeasure,
        ExemplarFault::BadSize { asked: text() },
        ExemplarFault::BadYear { year: text() },
        ExemplarFault::NoMethod,
        ExemplarFault::AlreadyThere { name: text() },
        ExemplarFault::StepNotOpen { state: "proposed" },
        ExemplarFault::NoDecision,
        ExemplarFault::DayAhead,
        ExemplarFault::DayBefore,
        ExemplarFault::OwnCopy,
        ExemplarFault::ToldBefore,
        ExemplarFault::NoIndicator,
        ExemplarFault::UnknownIndicator { asked: text() },
        ExemplarFault::UnknownMovement { asked: text() },
        ExemplarFault::NotRecognised,
        ExemplarFault::NoPicture,
        ExemplarFault::PictureTooLarge { most: 5 },
        ExemplarFault::PictureTooWide { most: 12_000 },
        ExemplarFault::NoCaption,
        ExemplarFault::TooManyPapers { most: 60 },
    ]
    .map(Into::into)
    .into_iter()
    .collect()
}
