//! The workflow of every kind of commendation: one table of steps. Buttons, rights, ripeness, the API and the printed
//! page read it; who may take a step is said by the table of rights for its verb.

use super::Dossier;
use crate::actor::Verb;
use crate::refusal::DossierFault;

/// Where a dossier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Đang lập.
    Draft,
    /// Trả lại để sửa.
    Returned,
    /// Đã trình.
    Submitted,
    /// Đã thẩm định.
    Appraised,
    /// Trước hội đồng.
    BeforeCouncil,
    /// Hội đồng thông qua.
    Recommended,
    /// Đã trình cấp trên.
    Forwarded,
    /// Có quyết định khen.
    Granted,
    /// Hội đồng không thông qua.
    Declined,
    /// Quyết định không khen.
    Refused,
    /// Đơn vị rút.
    Withdrawn,
    /// Gạch khỏi danh sách.
    Dropped,
}

/// What is asked before a step is ripe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ask {
    /// The days of the round.
    Round,
    /// That nothing stops it.
    Stops,
    /// That no condition of the law bars it.
    Law,
    /// That the achievement has no other form yet.
    OneForm,
    /// Required papers and the achievement report.
    Papers,
    /// The quota at the unit that nominates.
    UnitQuota,
    /// The quotas of every tier up to the unit of the round.
    Quotas,
    /// Offices that were asked.
    Consultation,
    /// Public notice where the law requires it, and objections.
    Notice,
    /// A council's vote where the law requires one.
    Council,
    /// A reason in words.
    Reason,
}

/// In whose name a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The unit that nominates.
    Nominator,
    /// The unit that opened the round.
    Receiver,
}

/// One permitted step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub verb: Verb,
    /// From which stages; none for the first.
    pub from: &'static [Stage],
    /// To which stage.
    pub to: Stage,
    /// In whose name.
    pub side: Side,
    /// What must hold.
    pub asks: &'static [Ask],
}

use Ask::{Consultation, Council, Law, Notice, OneForm, Papers, Quotas, Reason, Round, Stops, UnitQuota};
use Side::{Nominator, Receiver};
use Stage::{
    Appraised, BeforeCouncil, Declined, Draft, Dropped, Forwarded, Granted, Recommended, Refused, Returned, Submitted,
    Withdrawn,
};

const fn step(verb: Verb, from: &'static [Stage], to: Stage, side: Side, asks: &'static [Ask]) -> Step {
    Step { verb, from, to, side, asks }
}

/// The table: one row for each verb.
#[rustfmt::skip]
pub const STEPS: &[Step] = &[
    step(Verb::Nominate,         &[],                                        Draft,         Nominator, &[]),
    step(Verb::SubmitDossier,    &[Draft, Returned],                         Submitted,     Nominator, &[Round, Stops, Law, OneForm, Papers, UnitQuota]),
    step(Verb::WithdrawDossier,  &[Draft, Returned, Submitted, Appraised],   Withdrawn,     Nominator, &[Reason]),
    step(Verb::ReturnDossier,    &[Submitted, Appraised],                    Returned,      Receiver,  &[Reason]),
    step(Verb::AppraiseDossier,  &[Submitted],                               Appraised,     Receiver,  &[Stops, Law, OneForm, Papers, Quotas]),
    step(Verb::RejudgeDossier,   &[Submitted, Appraised],                    Submitted,     Receiver,  &[Reason]),
    step(Verb::DropDossier,      &[Returned, Submitted, Appraised],          Dropped,       Receiver,  &[Reason]),
    step(Verb::TableDossier,     &[Appraised],                               BeforeCouncil, Receiver,  &[Stops, Law, Consultation, Notice]),
    step(Verb::RecommendDossier, &[BeforeCouncil],                           Recommended,   Receiver,  &[Stops]),
    step(Verb::DeclineDossier,   &[BeforeCouncil],                           Declined,      Receiver,  &[]),
    step(Verb::ForwardDossier,   &[Recommended],                             Forwarded,     Receiver,  &[Stops]),
    step(Verb::GrantHonour,      &[Appraised, Recommended, Forwarded],       Granted,       Receiver,  &[Stops, Law, OneForm, Consultation, Notice, Council]),
    step(Verb::RefuseHonour,     &[Appraised, Recommended, Forwarded],       Refused,       Receiver,  &[Reason]),
];

impl Stage {
    /// Every stage: first those on the way, then the ends.
    pub const ALL: [Self; 12] = [
        Draft,
        Returned,
        Submitted,
        Appraised,
        BeforeCouncil,
        Recommended,
        Forwarded,
        Granted,
        Declined,
        Refused,
        Withdrawn,
        Dropped,
    ];

    /// The word in columns, addresses, keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Draft => "draft",
            Returned => "returned",
            Submitted => "submitted",
            Appraised => "appraised",
            BeforeCouncil => "before-council",
            Recommended => "recommended",
            Forwarded => "forwarded",
            Granted => "granted",
            Declined => "declined",
            Refused => "refused",
            Withdrawn => "withdrawn",
            Dropped => "dropped",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// Whether it still can lead to an award, or did.
    pub fn is_live(self) -> bool {
        !matches!(self, Declined | Refused | Withdrawn | Dropped)
    }

    /// Whether it was sent and still counts against quotas.
    pub fn is_sent(self) -> bool {
        self.is_live() && self != Draft && self != Returned
    }
}

impl Ask {
    /// Every question.
    pub const ALL: [Self; 11] =
        [Round, Stops, Law, OneForm, Papers, UnitQuota, Quotas, Consultation, Notice, Council, Reason];

    /// The word in the API and in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Round => "round",
            Stops => "stops",
            Law => "law",
            OneForm => "one-form",
            Papers => "papers",
            UnitQuota => "unit-quota",
            Quotas => "quotas",
            Consultation => "consultation",
            Notice => "notice",
            Council => "council",
            Reason => "reason",
        }
    }
}

/// The steps that lead on from a stage, whoever may take them.
pub fn steps_from(stage: Stage) -> impl Iterator<Item = &'static Step> {
    STEPS.iter().filter(move |step| step.from.contains(&stage))
}

/// The step of a verb for a dossier where it stands.
///
/// # Errors
/// [`DossierFault::WrongStage`].
pub fn step_of(verb: Verb, dossier: &Dossier) -> Result<&'static Step, DossierFault> {
    let stage = dossier.stage();
    let step = steps_from(stage).find(|step| step.verb == verb);
    step.ok_or(DossierFault::WrongStage { stage: stage.word() })
}
