//! Whether a step is ripe: what the table asks of it, held against the law book and the dossier.
//!
//! Only what a clause that was read says refuses; everything else warns.

use thidua_base::Date;
use thidua_law::answer::{Answer, Finding, Outcome, Verdict};
use thidua_law::holiday::Calendar;
use thidua_law::honour::{Honour, on_day};
use thidua_law::table::Said;
use thidua_law::vocabulary::{Confidence, Effect};

use super::matter::term;
use super::{
    Ask, Dossier, Matter, MatterKind, MatterState, Needed, Overlap, OverlapKind, PaperStanding, Places, Round, Stage,
    Step,
};
use crate::refusal::{DossierFault, Refusal};

/// The fact of the law book that says that an achievement has no form yet.
pub const NO_AWARD_YET: &str = "chua-khen-cho-thanh-tich-nay";
/// The fact of the law book that says that the people were asked.
pub const PUBLISHED: &str = "lay-y-kien-nhan-dan";
/// The step of the law book in which other offices are asked.
pub const CONSULTED: &str = "hiep-y";

/// What a dossier is seen with on a day.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The day.
    pub today: Date,
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Its round.
    pub round: &'a Round,
    /// Its honour.
    pub honour: &'a Honour,
    /// What the law book says of the nominee, by the law the dossier is judged by.
    pub answer: &'a Answer,
    /// The papers.
    pub papers: &'a [Needed],
    /// The quotas, from the unit that nominates upwards.
    pub places: &'a [Places],
    /// What it overlaps with.
    pub overlaps: &'a [Overlap],
    /// Consultations, notices, objections.
    pub matters: &'a [Matter],
    /// Days off.
    pub calendar: &'a Calendar,
}

/// What stands in the way of a step, or is to be known before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// What.
    pub fault: DossierFault,
    /// Whether it refuses; else it warns.
    pub refuses: bool,
}

fn refuses(fault: DossierFault) -> Obstacle {
    Obstacle { fault, refuses: true }
}

fn warns(fault: DossierFault) -> Obstacle {
    Obstacle { fault, refuses: false }
}

/// What stands in the way of a step, in the order of the table; empty where it is ripe.
pub fn ripe(step: &Step, seen: &Seen<'_>) -> Vec<Obstacle> {
    let mut found = Vec::new();
    for ask in step.asks {
        match ask {
            Ask::Round => found.extend(round(seen)),
            Ask::Stops => found.extend(stops(seen)),
            Ask::Law => found.extend(law(seen)),
            Ask::OneForm => found.extend(one_form(seen)),
            Ask::Papers => found.extend(papers(seen)),
            Ask::UnitQuota => {
                found.extend(seen.places.iter().filter(|at| at.unit == seen.dossier.unit).filter_map(quota))
            }
            Ask::Quotas => found.extend(seen.places.iter().filter_map(quota)),
            Ask::Consultation => found.extend(consultation(seen)),
            Ask::Notice => found.extend(notice(seen)),
            Ask::Council => found.extend(council(seen)),
            // Whoever acts brings it; asked where it is taken.
            Ask::Reason => {}
        }
    }
    found
}

/// The first thing that refuses.
///
/// # Errors
/// That.
pub fn first_refusal(obstacles: &[Obstacle]) -> Result<(), Refusal> {
    match obstacles.iter().find(|one| one.refuses) {
        Some(obstacle) => Err(obstacle.fault.clone().into()),
        None => Ok(()),
    }
}

fn round(seen: &Seen<'_>) -> Option<Obstacle> {
    let is_first = seen.dossier.received_on().is_none();
    let Round { opens, closes, .. } = *seen.round;
    (is_first && !seen.round.takes_on(seen.today)).then(|| refuses(DossierFault::RoundClosed { opens, closes }))
}

fn stops(seen: &Seen<'_>) -> Option<Obstacle> {
    let stop = seen.dossier.stopped_on(seen.today)?;
    Some(refuses(DossierFault::Stopped { cause: stop.cause.word(), from: stop.from, until: stop.until }))
}

/// What the law book says: conditions and gates that bar, gates that suspend. One achievement, one form is asked by
/// itself; what the dossier shows of notice is asked where it counts.
fn law(seen: &Seen<'_>) -> Vec<Obstacle> {
    let answer = seen.answer;
    match &answer.outcome {
        Outcome::Entitled | Outcome::AskHuman(_) => Vec::new(),
        Outcome::NotInForce | Outcome::NotForThisSubject => {
            let honour = seen.honour.name_on(answer.law_date.day);
            vec![refuses(DossierFault::OutsideLaw { honour, day: answer.law_date.day })]
        }
        Outcome::Barred(paths) => {
            let all = answer.reading.findings.iter().chain(&answer.reading.gates);
            let barring = all.filter(|finding| paths.contains(&finding.path)).filter(|finding| !asked_apart(finding));
            barring
                .map(|finding| {
                    let (condition, cite) = ((*finding.said).clone(), finding.cite.to_string());
                    refuses(match finding.effect {
                        Some(Effect::Suspend) => DossierFault::Suspended { condition, cite },
                        _ => DossierFault::Barred { condition, cite },
                    })
                })
                .collect()
        }
    }
}

/// Gates that this chapter settles from the dossier itself: the last part of their way is such a fact.
fn asked_apart(finding: &Finding) -> bool {
    finding.effect.is_some() && finding.evidence.iter().any(|one| one.what == NO_AWARD_YET || one.what == PUBLISHED)
}

fn one_form(seen: &Seen<'_>) -> Option<Obstacle> {
    let overlap = seen.overlaps.iter().find(|one| one.kind == OverlapKind::SameAchievement)?;
    let gate = seen.answer.reading.gates.iter().find(|gate| gate.evidence.iter().any(|one| one.what == NO_AWARD_YET));
    let other = overlap.with.name.clone();
    let cite = gate.map(|gate| gate.cite.to_string()).unwrap_or_default();
    let is_read = gate.is_some_and(|gate| gate.verdict == Verdict::NotMet && gate.effect == Some(Effect::Refuse));
    let fault = DossierFault::SameAchievement { other, cite };
    Some(if is_read { refuses(fault) } else { warns(fault) })
}

fn papers(seen: &Seen<'_>) -> Vec<Obstacle> {
    let mut found = Vec::new();
    for (standing, make) in [(PaperStanding::Missing, refuses as fn(_) -> _), (PaperStanding::Unverified, warns)] {
        let rows: Vec<&Needed> = seen.papers.iter().filter(|one| one.standing == standing).collect();
        if let Some(first) = rows.first() {
            let names =
                |of: fn(&Said) -> &str| rows.iter().map(|row| of(&row.paper.what.name)).collect::<Vec<_>>().join("; ");
            let papers = Said::new(names(|said| &said.vi), names(|said| &said.en));
            found.push(make(DossierFault::MissingPapers { papers, cite: first.paper.cite.to_string() }));
        }
    }
    found
}

fn quota(at: &Places) -> Option<Obstacle> {
    let fault = |places| DossierFault::OverQuota {
        unit: at.name.clone(),
        asked: at.asked,
        places,
        percent: at.percent,
        base: at.base,
        cite: at.cite.to_string(),
    };
    if at.is_over() {
        let fault = fault(at.most);
        Some(if at.confidence == Confidence::TextSeen { refuses(fault) } else { warns(fault) })
    } else {
        at.is_tight().then(|| warns(fault(at.places)))
    }
}

fn consultation(seen: &Seen<'_>) -> Vec<Obstacle> {
    let asked = seen.matters.iter().filter(|matter| matter.kind == MatterKind::Consultation);
    let open = asked.filter(|matter| matter.state() == MatterState::Open);
    let running = open.filter_map(|matter| {
        let standing = matter.standing(seen.today, seen.calendar);
        // Silence after the last day counts as the law says: the file goes on.
        (!standing.is_over).then_some((matter, standing.until))
    });
    running
        .map(|(matter, until)| refuses(DossierFault::ConsultationRuns { whom: matter.party.clone(), until }))
        .collect()
}

/// Public notice: given where a clause that was read asks for it, over, and every objection closed.
fn notice(seen: &Seen<'_>) -> Vec<Obstacle> {
    let law_on = seen.answer.law_date.day;
    let notices: Vec<&Matter> = seen.matters.iter().filter(|matter| matter.kind == MatterKind::Notice).collect();
    let mut found = Vec::new();
    if notices.is_empty() {
        let by_term = term(seen.honour, law_on, MatterKind::Notice);
        let by_gate = seen
            .answer
            .reading
            .gates
            .iter()
            .find(|gate| gate.evidence.iter().any(|one| one.what == PUBLISHED) || &*gate.id == "lay-y-kien-nhan-dan")
            .map(|gate| (0, gate.cite.to_string(), gate.confidence));
        let asked = by_term.map(|(days, _, cite, confidence)| (days, cite, confidence)).or(by_gate);
        if let Some((days, cite, confidence)) = asked {
            let fault = DossierFault::NoticeMissing { days, cite };
            found.push(if confidence == Confidence::TextSeen { refuses(fault) } else { warns(fault) });
        }
    }
    // A notice that was given runs to its end, whether or not the law asked for it.
    let running = notices.iter().map(|matter| matter.standing(seen.today, seen.calendar)).filter(|at| !at.is_over);
    found.extend(running.map(|at| refuses(DossierFault::NoticeRuns { until: at.until })));
    let objections = seen.matters.iter().filter(|matter| matter.kind == MatterKind::Objection);
    let count = objections.filter(|matter| matter.state() != MatterState::Closed).count();
    if count > 0 {
        found.push(refuses(DossierFault::ObjectionsOpen { count }));
    }
    found
}

/// A vote where the law of the day knows one: straight from the appraisal only where it knows none.
fn council(seen: &Seen<'_>) -> Option<Obstacle> {
    if seen.dossier.stage() != Stage::Appraised {
        return None;
    }
    let vote = on_day(&seen.honour.procedure.votes, seen.answer.law_date.day).next()?;
    let fault = DossierFault::CouncilMissing { cite: vote.cite.to_string() };
    Some(if vote.confidence == Confidence::TextSeen { refuses(fault) } else { warns(fault) })
}
