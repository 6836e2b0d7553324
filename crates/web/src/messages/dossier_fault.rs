//! Sentences of why a step with a dossier is not taken, each with its clause.

use thidua_domain::refusal::DossierFault;
use thidua_law::Book;
use thidua_law::cite::Citation;
use thidua_law::table::Said;

use super::{Lang, Messages};

impl Messages {
    /// The sentence of a fault.
    pub fn dossier_fault(&self, fault: &DossierFault) -> String {
        let key = format!("refusal.{}", fault.code());
        let said = |said: &Said| match self.lang() {
            Lang::Vi => said.vi.clone(),
            Lang::En => said.en.clone(),
        };
        match fault {
            DossierFault::WrongStage { stage } => {
                self.with(&key, &[("stage", self.get(&format!("dossier-stage.{stage}")))])
            }
            DossierFault::RoundClosed { opens, closes } => {
                self.with(&key, &[("opens", &opens.in_table()), ("closes", &closes.in_table())])
            }
            DossierFault::Stopped { cause, from, until } => {
                let until = match until {
                    Some(until) => self.with("dossier.stopped-until", &[("day", &until.in_table())]),
                    None => self.get("dossier.stopped-open").to_owned(),
                };
                let cause = self.get(&format!("stop-cause.{cause}"));
                self.with(&key, &[("cause", cause), ("from", &from.in_table()), ("until", &until)])
            }
            DossierFault::Suspended { condition, cite } | DossierFault::Barred { condition, cite } => {
                self.with(&key, &[("condition", &said(condition)), ("cite", &clause(cite))])
            }
            DossierFault::OutsideLaw { honour, day } => {
                self.with(&key, &[("honour", &said(honour)), ("day", &day.in_table())])
            }
            DossierFault::MissingPapers { papers, cite } => {
                self.with(&key, &[("papers", &said(papers)), ("cite", &clause(cite))])
            }
            DossierFault::OverQuota { unit, asked, places, percent, base, cite } => {
                let numbers = [asked.to_string(), places.to_string(), percent.to_string(), base.to_string()];
                let [asked, places, percent, base] = &numbers;
                let gaps = [("unit", unit.as_str()), ("asked", asked), ("places", places), ("percent", percent)];
                self.with(&key, &[&gaps[..], &[("base", base.as_str()), ("cite", &clause(cite))]].concat())
            }
            DossierFault::SameAchievement { other, cite } => {
                self.with(&key, &[("other", &said(other)), ("cite", &clause(cite))])
            }
            DossierFault::NominatedAlready { by } => self.with(&key, &[("by", by)]),
            DossierFault::NoticeMissing { days: 0, cite } => {
                self.with("refusal.notice-missing-plain", &[("cite", &clause(cite))])
            }
            DossierFault::NoticeMissing { days, cite } | DossierFault::NoticeTooShort { days, cite } => {
                self.with(&key, &[("days", &days.to_string()), ("cite", &clause(cite))])
            }
            DossierFault::NoticeRuns { until } => self.with(&key, &[("until", &until.in_table())]),
            DossierFault::ObjectionsOpen { count } => self.with(&key, &[("count", &count.to_string())]),
            DossierFault::ConsultationRuns { whom, until } => {
                self.with(&key, &[("whom", whom), ("until", &until.in_table())])
            }
            DossierFault::CouncilMissing { cite } => self.with(&key, &[("cite", &clause(cite))]),
            DossierFault::MatterState { state } => {
                self.with(&key, &[("state", self.get(&format!("matter-state.{state}")))])
            }
            DossierFault::UnknownPaper { asked } => self.with(&key, &[("asked", asked)]),
        }
    }
}

/// A clause as people write it: the instrument by its name in the library, then the place.
pub fn clause(cite: &str) -> String {
    let Some(cited) = Citation::parse(cite) else { return cite.to_owned() };
    let library = Book::shipped().ok().map(Book::library);
    let name = library.and_then(|library| library.get(&cited.instrument)).map(|entry| entry.name());
    let name = name.unwrap_or_else(|| cited.instrument.to_string());
    if cited.place.is_empty() { name } else { format!("{name}, {}", cited.place) }
}

/// One refusal of each fault.
#[cfg(test)]
pub(super) fn samples() -> Vec<thidua_domain::Refusal> {
    use thidua_domain::dossier::{MatterState, Stage, StopCause};

    let day = thidua_base::Date::new(2026, 3, 2).unwrap();
    let (text, words) = (|| String::from("x"), || Said::new("x", "x"));
    let cite = || String::from("luat-06-2022-qh15 Điều 84 khoản 1");
    let mut faults = vec![
        DossierFault::RoundClosed { opens: day, closes: day },
        DossierFault::Suspended { condition: words(), cite: cite() },
        DossierFault::Barred { condition: words(), cite: cite() },
        DossierFault::OutsideLaw { honour: words(), day },
        DossierFault::MissingPapers { papers: words(), cite: cite() },
        DossierFault::OverQuota { unit: text(), asked: 3, places: 2, percent: 15, base: 8, cite: cite() },
        DossierFault::SameAchievement { other: words(), cite: text() },
        DossierFault::NominatedAlready { by: text() },
        DossierFault::NoticeMissing { days: 10, cite: cite() },
        DossierFault::NoticeMissing { days: 0, cite: cite() },
        DossierFault::NoticeTooShort { days: 10, cite: cite() },
        DossierFault::NoticeRuns { until: day },
        DossierFault::ObjectionsOpen { count: 2 },
        DossierFault::ConsultationRuns { whom: text(), until: day },
        DossierFault::CouncilMissing { cite: cite() },
        DossierFault::UnknownPaper { asked: text() },
    ];
    faults.extend(Stage::ALL.map(|stage| DossierFault::WrongStage { stage: stage.word() }));
    faults.extend(MatterState::ALL.map(|state| DossierFault::MatterState { state: state.word() }));
    faults.extend(StopCause::ALL.map(|cause| DossierFault::Stopped { cause: cause.word(), from: day, until: None }));
    faults.push(DossierFault::Stopped { cause: "other", from: day, until: Some(day) });
    faults.into_iter().map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::clause;

    #[test]
    fn a_clause_is_told_by_the_name_of_its_instrument() {
        let told = clause("luat-06-2022-qh15 Điều 84 khoản 1");
        assert!(told.contains("06/2022/QH15") && told.ends_with("Điều 84 khoản 1"), "{told}");
        assert_eq!(clause("không phải trích dẫn nào"), "không phải trích dẫn nào");
    }
}
