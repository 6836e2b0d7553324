//! What happens to a dossier; an act carries what belongs to it, so that none is sent without the law it is judged by.

use thidua_base::Timestamp;

use super::{Judgement, Stage};
use crate::actor::Verb;

/// What was done with a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Đề nghị: the dossier is there.
    Nominate,
    /// Trình, with what the law book said.
    Submit(Box<Judgement>),
    /// Xét lại theo luật của ngày, with what it said then.
    Rejudge(Box<Judgement>),
    /// Trả lại, with the fields to be changed.
    Return(Vec<NamedField>),
    /// Thẩm định xong.
    Appraise,
    /// Gạch khỏi danh sách.
    Drop,
    /// Rút.
    Withdraw,
    /// Đưa ra hội đồng.
    Table,
    /// Hội đồng thông qua.
    Recommend,
    /// Hội đồng không thông qua.
    Decline,
    /// Trình cấp trên.
    Forward,
    /// Quyết định tặng.
    Grant,
    /// Quyết định không tặng.
    Refuse,
}

/// A field of a dossier that has to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedField {
    /// Which: `report`, `papers`, `eligibility`, `achievement`, `honour`, or the code of a paper.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}

/// One thing that happened to a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub act: Act,
    /// Who, as named then.
    pub by: String,
    /// Their account, where a person signed in did it.
    pub account: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Why; may be empty where no reason is asked.
    pub reason: String,
}

impl Act {
    /// The right it takes, and its word in the journal.
    pub fn verb(&self) -> Verb {
        match self {
            Self::Nominate => Verb::Nominate,
            Self::Submit(_) => Verb::SubmitDossier,
            Self::Rejudge(_) => Verb::RejudgeDossier,
            Self::Return(_) => Verb::ReturnDossier,
            Self::Appraise => Verb::AppraiseDossier,
            Self::Drop => Verb::DropDossier,
            Self::Withdraw => Verb::WithdrawDossier,
            Self::Table => Verb::TableDossier,
            Self::Recommend => Verb::RecommendDossier,
            Self::Decline => Verb::DeclineDossier,
            Self::Forward => Verb::ForwardDossier,
            Self::Grant => Verb::GrantHonour,
            Self::Refuse => Verb::RefuseHonour,
        }
    }

    /// Where the dossier stands after it, which the table of steps says.
    pub fn stage(&self) -> Stage {
        super::STEPS.iter().find(|step| step.verb == self.verb()).map_or(Stage::Draft, |step| step.to)
    }

    /// The judgement it carries.
    pub fn judgement(&self) -> Option<&Judgement> {
        match self {
            Self::Submit(judgement) | Self::Rejudge(judgement) => Some(judgement),
            _ => None,
        }
    }

    /// The plain act of a verb; none for those that carry something.
    pub fn plain(verb: Verb) -> Option<Self> {
        Some(match verb {
            Verb::Nominate => Self::Nominate,
            Verb::AppraiseDossier => Self::Appraise,
            Verb::DropDossier => Self::Drop,
            Verb::WithdrawDossier => Self::Withdraw,
            Verb::TableDossier => Self::Table,
            Verb::RecommendDossier => Self::Recommend,
            Verb::DeclineDossier => Self::Decline,
            Verb::ForwardDossier => Self::Forward,
            Verb::GrantHonour => Self::Grant,
            Verb::RefuseHonour => Self::Refuse,
            _ => return None,
        })
    }
}
