//! What a key of another program leaves of the rights of the account it acts for.

use super::{Reach, Verb};

/// Something a key may be used for (phạm vi của khóa): a group of verbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenScope {
    /// Read the record, reports and sheets.
    Read,
    /// Enter, correct and explain figures.
    Enter,
    /// Send and withdraw sheets, verify one's own, propose targets.
    Send,
    /// Collect: keep forms and cycles, return and take in sheets, approve, publish, assign plans, issue reports.
    Keep,
    /// Manage accounts: see, open, close, give and end roles. Passwords and second factors go through no key.
    Accounts,
}

/// What a key leaves of the rights of its account (giới hạn của khóa).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// The units it may be used for; `None` for all of the account's.
    pub units: Option<Reach>,
}

impl Limit {
    /// Whether it leaves a verb.
    pub fn covers(&self, verb: Verb) -> bool {
        self.scopes.iter().any(|scope| scope.covers(verb))
    }
}

impl TokenScope {
    /// Every scope, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Read, Self::Enter, Self::Send, Self::Keep, Self::Accounts];

    /// The word in columns, on the command line, in keys of sentences and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Enter => "enter",
            Self::Send => "send",
            Self::Keep => "keep",
            Self::Accounts => "accounts",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }

    /// Whether a verb belongs to it. Who sends or takes in a sheet has to read it; no key keeps passwords and keys,
    /// loads packs or reads the journal.
    pub fn covers(self, verb: Verb) -> bool {
        match verb {
            Verb::ReadPages | Verb::PrintReport | Verb::ReadSubjects | Verb::ReadCouncils => self == Self::Read,
            // A signature is a person's.
            Verb::SignPledge => false,
            Verb::RegisterForMovement | Verb::ReportMovement => self == Self::Send,
            Verb::ManageMovements => self == Self::Keep,
            Verb::ReadSheets | Verb::ReadScores | Verb::ReadPledges => {
                matches!(self, Self::Read | Self::Send | Self::Keep)
            }
            Verb::EnterFigures
            | Verb::ClaimScores
            | Verb::CorrectFigures
            | Verb::EnterFacts
            | Verb::AnswerCondition => self == Self::Enter,
            Verb::SubmitSheet
            | Verb::WithdrawSheet
            | Verb::VerifySheet
            | Verb::ProposePlan
            | Verb::SendScores
            | Verb::MarkAsPeer => self == Self::Send,
            Verb::ManageForms
            | Verb::ReturnSheet
            | Verb::AcceptSheet
            | Verb::ApproveSheets
            | Verb::PublishSheets
            | Verb::AmendSheet
            | Verb::AssignPlan
            | Verb::OverrideFigure
            | Verb::IssueReport
            | Verb::DivideUnit
            | Verb::ReadCccd
            | Verb::MergeSubjects
            | Verb::OpenScoring
            | Verb::AppraiseScores => self == Self::Keep,
            Verb::ReadDossiers => matches!(self, Self::Read | Self::Send | Self::Keep),
            Verb::Nominate => self == Self::Enter,
            Verb::SubmitDossier | Verb::WithdrawDossier => self == Self::Send,
            Verb::OpenRound
            | Verb::ReturnDossier
            | Verb::AppraiseDossier
            | Verb::RejudgeDossier
            | Verb::DropDossier
            | Verb::StopDossier
            | Verb::RunNotice => self == Self::Keep,
            // What goes before a council, what it decided and what is granted is a person's to sign for.
            Verb::TableDossier
            | Verb::RecommendDossier
            | Verb::DeclineDossier
            | Verb::ForwardDossier
            | Verb::GrantHonour
            | Verb::RefuseHonour => false,
            // What a council decided, and what is frozen, is a person's to sign for.
            Verb::DecideScores | Verb::FreezeRanking => false,
            Verb::ReadDecisions => matches!(self, Self::Read | Self::Keep),
            Verb::PrepareDecision | Verb::KeepFund | Verb::PayBonus => self == Self::Keep,
            Verb::SignDecision | Verb::RevokeAward => false,
            Verb::ManageAccounts => self == Self::Accounts,
            Verb::LoadPack | Verb::ReadJournal | Verb::VerifyAudit | Verb::KeepAccount => false,
            // Nobody votes, and nobody runs a session, by a key.
            Verb::ComposeCouncil | Verb::RunSession | Verb::SitInCouncil => false,
            Verb::ReadExemplars => matches!(self, Self::Read | Self::Send | Self::Keep),
            Verb::ProposeExemplar | Verb::RetractExemplar | Verb::TellReplication => self == Self::Send,
            Verb::RecogniseExemplar | Verb::ConfirmExemplar | Verb::WithdrawExemplar => self == Self::Keep,
            // A law book is put in force by a person who answers for it.
            Verb::LoadLaw => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use thidua_base::code::{OrgId, TenantId};

    use super::*;
    use crate::actor::{AccountId, Actor, Post, Role, Thing, may};

    fn unit(id: &str) -> OrgId {
        OrgId::parse(id).unwrap()
    }

    fn specialist() -> Actor {
        let reach = Reach::Only(vec![unit("huyen"), unit("xa-a"), unit("xa-b")]);
        let posts = vec![Post { role: Role::Specialist, reach }];
        Actor::person("Hòa", TenantId::parse("trieu-son").unwrap(), AccountId::parse("tk-1").unwrap(), posts)
    }

    fn by(scopes: &[TokenScope], units: Option<&[&str]>) -> Actor {
        let units = units.map(|ids| Reach::Only(ids.iter().map(|id| unit(id)).collect()));
        specialist().limited(Limit { scopes: scopes.to_vec(), units })
    }

    #[test]
    fn words_are_read_back() {
        for scope in TokenScope::ALL {
            assert_eq!(TokenScope::parse(scope.word()), Some(scope));
        }
        assert_eq!(TokenScope::parse("all"), None);
    }

    #[test]
    fn a_key_never_gives_what_its_account_has_not() {
        let everything = by(&TokenScope::ALL, None);
        for verb in Verb::ALL {
            for thing in [Thing::Tenant, Thing::Unit(&unit("xa-a")), Thing::Unit(&unit("xa-c"))] {
                let (own, keyed) = (may(&specialist(), verb, thing), may(&everything, verb, thing));
                assert!(own.is_granted() || !keyed.is_granted(), "{verb:?} {thing:?}");
            }
        }
    }

    #[test]
    fn a_key_is_cut_down_to_its_scopes_and_units() {
        let of = |actor: &Actor, verb, id: &str| may(actor, verb, Thing::Unit(&unit(id))).is_granted();
        let enters = by(&[TokenScope::Enter], Some(&["xa-a", "xa-c"]));
        assert!(of(&enters, Verb::EnterFigures, "xa-a"));
        assert!(!of(&enters, Verb::EnterFigures, "xa-b") && !of(&enters, Verb::EnterFigures, "xa-c"));
        assert!(!of(&enters, Verb::SubmitSheet, "xa-a") && !of(&enters, Verb::ReadSheets, "xa-a"));
        assert_eq!(enters.scope.units, Reach::Only(vec![unit("xa-a")]));
        assert!(of(&by(&[TokenScope::Send], None), Verb::ReadSheets, "xa-b"));
    }

    #[test]
    fn reading_by_a_key_stays_within_its_units() {
        let read = by(&[TokenScope::Read], Some(&["xa-a", "xa-c"])).reading();
        assert!(read.scope.reaches(&unit("xa-c")) && !read.scope.reaches(&unit("xa-b")));
        assert_eq!(by(&[TokenScope::Read], None).reading().scope.units, Reach::Everything);
        let enters = by(&[TokenScope::Enter], None).reading();
        assert!(!enters.scope.reaches(&unit("xa-z")), "without the right to read nothing more is seen");
    }
}
