//! Who may do what: one table, which [`may`] reads and a test prints into `docs/domain/permissions.md`.

use thidua_base::code::OrgId;

use super::{AccountId, Actor, Capacity, Reach, Role};

/// Something that can be done, as rights know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Read the pages that show the record.
    ReadPages,
    /// Print a report and read the checker's remarks.
    PrintReport,
    /// Replace a printed figure, with a reason.
    OverrideFigure,
    /// Load a data pack.
    LoadPack,
    /// Read the journal of who did what.
    ReadJournal,
    /// Verify the chain of the journal.
    VerifyAudit,
    /// See, change the password of, and end the sessions of an account.
    KeepAccount,
    /// Open accounts, set others' passwords, give and end roles.
    ManageAccounts,
    /// Keep forms, who reports by them, and their cycles; the thing is the unit that collects.
    ManageForms,
    /// Read a unit's sheets, also before they are taken in.
    ReadSheets,
    /// Enter figures of a unit.
    EnterFigures,
    /// Correct a figure of a unit below, with a reason; the thing is the unit that collects.
    CorrectFigures,
    /// Send a unit's sheet.
    SubmitSheet,
    /// Take a sheet back before it is taken in.
    WithdrawSheet,
    /// Verify a sheet of one's own unit.
    VerifySheet,
    /// Send a sheet back; the thing is the unit that collects, as for the three that follow.
    ReturnSheet,
    /// Take a sheet in.
    AcceptSheet,
    /// Approve sheets and sign for them.
    ApproveSheets,
    /// Make approved sheets public.
    PublishSheets,
    /// Begin a new revision of a sheet that was taken in.
    AmendSheet,
    /// Issue a plan; the thing is the unit that assigns it.
    AssignPlan,
    /// Propose another target for one's own unit.
    ProposePlan,
    /// Issue a report, which freezes it.
    IssueReport,
    /// Say how much of a divided unit went to an heir, with a document; the thing is each heir.
    DivideUnit,
    /// Read who persons, collectives and households are and what is known of them; the thing is a unit they belong to.
    ReadSubjects,
    /// See citizens' numbers whole.
    ReadCccd,
    /// Enter and correct who subjects are and what is known of them, also from lists.
    EnterFacts,
    /// Say that two subjects are one, and take it back.
    MergeSubjects,
    /// Put movements into the register, launch them, ask for and conclude their reviews; the thing is the unit in whose name.
    ManageMovements,
    /// Read what a unit registered for a movement and reported of it.
    ReadPledges,
    /// Register a unit for a movement.
    RegisterForMovement,
    /// Sign a unit's pledge.
    SignPledge,
    /// Tell a unit's progress and answer reviews.
    ReportMovement,
    /// Answer a condition of an honour that only a person can judge.
    AnswerCondition,
    /// Open a cluster's scoring, state meetings; the thing is the unit that formed the cluster.
    OpenScoring,
    /// Read marks of a cluster; the thing is one of its members, or the unit that formed it.
    ReadScores,
    /// Claim for one's own unit, with evidence.
    ClaimScores,
    /// Send one's own unit's sheet up, and object to marks of others.
    SendScores,
    /// Mark the other members of the cluster in one's own unit's name.
    MarkAsPeer,
    /// Appraise members, excuse them, send sheets back; the thing is the unit that formed the cluster.
    AppraiseScores,
    /// Enter the council's marks; the thing is the unit that formed the cluster.
    DecideScores,
    /// Freeze the ranking; the thing is the unit that formed the cluster.
    FreezeRanking,
    /// Read decisions on awards as long as they are drafts, and who was paid; the thing is the unit in whose name they are
    /// made, as for the six that follow.
    ReadDecisions,
    /// Write decisions, drop drafts.
    PrepareDecision,
    /// Enter signature, number and day of a decision, which grants its awards.
    SignDecision,
    /// Take an award back, put a line of a decision right.
    RevokeAward,
    /// Open funds, enter what came in; the thing is the unit whose fund it is.
    KeepFund,
    /// Enter that a bonus was paid.
    PayBonus,
    /// Read who sits in a council and when it meets; the thing is the unit it advises, as for the three that follow.
    ReadCouncils,
    /// Compose a council, change its composition, keep its own rules.
    ComposeCouncil,
    /// Call, open and close sessions, put questions, close votes, write opinions down.
    RunSession,
    /// Take part in sessions by a seat of one's own: declare, vote.
    SitInCouncil,
    /// Read what the public does not see of exemplars; the thing is the place, as for those that follow.
    ReadExemplars,
    /// Propose an exemplar, add its papers and pictures.
    ProposeExemplar,
    /// Recognise an exemplar by a decision.
    RecogniseExemplar,
    /// Confirm that an exemplar still is what it was.
    ConfirmExemplar,
    /// Take back a proposal nobody has decided on.
    RetractExemplar,
    /// Withdraw an exemplar, with a reason.
    WithdrawExemplar,
    /// Tell that a unit copied an exemplar; the thing is the unit that copied.
    TellReplication,
    /// Read dossiers; the thing is the unit that nominates, or the one that opened the round.
    ReadDossiers,
    /// Open a round; the thing is the unit in whose name.
    OpenRound,
    /// Nominate for one's own unit, write the report, attach papers.
    Nominate,
    /// Send a dossier of one's own unit up.
    SubmitDossier,
    /// Take a dossier of one's own unit back for good.
    WithdrawDossier,
    /// Send a dossier back; the thing is the unit that opened the round, as for all that follow.
    ReturnDossier,
    /// Appraise a dossier.
    AppraiseDossier,
    /// Judge a dossier anew by the law of the day.
    RejudgeDossier,
    /// Strike one nominee off a list.
    DropDossier,
    /// Stop a dossier for some days.
    StopDossier,
    /// Ask other offices, give public notice, answer objections.
    RunNotice,
    /// Put a dossier before the council.
    TableDossier,
    /// Say that the council voted for it.
    RecommendDossier,
    /// Say that the council did not.
    DeclineDossier,
    /// Send it to a higher level.
    ForwardDossier,
    /// Decide for it.
    GrantHonour,
    /// Decide against it.
    RefuseHonour,
    /// Load local rules or a newer law book, and take them out of force.
    LoadLaw,
}

/// What a verb is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing<'a> {
    /// The tenant as a whole: its journal, its packs, its accounts.
    Tenant,
    /// A unit, or a thing that belongs to one.
    Unit(&'a OrgId),
    /// An account.
    Account(&'a AccountId),
}

/// The answer of [`may`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Permission {
    /// Go on.
    Granted,
    /// Answer as if the thing did not exist.
    Denied,
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever opens the public pages.
    Reader,
    /// Whoever opens the pages of a house without accounts.
    Unguarded,
    /// Whoever signed in, whatever their roles.
    Person,
    /// Whoever holds a role.
    Holder(Role),
    /// The command line.
    Operator,
}

/// A cell of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Nothing.
    Never,
    /// Their own account.
    Own,
    /// The units of their reach; the tenant only where the reach is the whole of it.
    Reached,
    /// Everything in the tenant.
    Everywhere,
}

use Right::{Everywhere as All, Never as No, Own, Reached as In};

/// The table. Columns: reader, reader of a house without accounts, person, then the roles in the order of [`Role::ALL`], then the operator.
#[rustfmt::skip]
const TABLE: &[(Verb, [Right; 12])] = &[
    //                     reader unguarded person reporter specialist lead secretary member leader clerk admin   operator
    (Verb::ReadPages,      [All,   All,      All,    All,     All,       All, All,      All,   All,   All,  All,    All]),
    (Verb::PrintReport,    [All,   All,      All,    All,     All,       All, All,      All,   All,   All,  All,    All]),
    (Verb::OverrideFigure, [No,    No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::LoadPack,       [No,    No,       No,     No,      No,        No,  No,       No,    No,    No,   In,     All]),
    (Verb::ReadJournal,    [No,    All,      No,     No,      No,        No,  No,       No,    In,    No,   In,     All]),
    (Verb::VerifyAudit,    [No,    All,      No,     No,      No,        No,  No,       No,    In,    No,   In,     All]),
    (Verb::KeepAccount,    [No,    No,       Own,    Own,     Own,       Own, Own,      Own,   Own,   Own,  Own,    All]),
    (Verb::ManageAccounts, [No,    No,       No,     No,      No,        No,  No,       No,    No,    No,   In,     All]),
    (Verb::ManageForms,    [No,    No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ReadSheets,     [No,    No,       No,     In,      In,        No,  No,       No,    In,    In,   No,     All]),
    (Verb::EnterFigures,   [No,    No,       No,     In,      In,        No,  No,       No,    No,    No,   No,     All]),
    (Verb::CorrectFigures, [No,    No,       No,     No,      In,        No,  No,       No,    No,    No,   No,     All]),
    (Verb::SubmitSheet,    [No,    No,       No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::WithdrawSheet,  [No,    No,       No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::VerifySheet,    [No,    No,       No,     No,      No,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ReturnSheet,    [No,    No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::AcceptSheet,    [No,    No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ApproveSheets,  [No,    No,       No,     No,      No,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::PublishSheets,  [No,    No,       No,     No,      No,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::AmendSheet,     [No,    No,       No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::AssignPlan,     [No,    No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ProposePlan,    [No,    No,       No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::IssueReport,    [No,    No,       No,     No,      In,        No,  No,       No,    In,    In,   No,     All]),
    (Verb::DivideUnit,     [No,    No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ReadSubjects,   [No,    All,      No,     In,      In,        No,  In,       In,    In,    No,   No,     All]),
    (Verb::ReadCccd,       [No,    No,       No,     No,      In,        No,  In,       No,    In,    No,   No,     All]),
    (Verb::EnterFacts,     [No,    No,       No,     In,      In,        No,  No,       No,    No,    No,   No,     All]),
    (Verb::MergeSubjects,  [No,    No,       No,     No,      In,        No,  No,       No,    No,    No,   No,     All]),
    (Verb::ManageMovements,     [No, No,     No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ReadPledges,         [No, No,     No,     In,      In,        No,  No,       No,    In,    In,   No,     All]),
    (Verb::RegisterForMovement, [No, No,     No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::SignPledge,          [No, No,     No,     No,      No,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ReportMovement,      [No, No,     No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::AnswerCondition,[No,    No,       No,     No,      In,        No,  In,       No,    In,    No,   No,     All]),
    (Verb::OpenScoring,    [No,    No,       No,     No,      In,        No,  In,       No,    In,    No,   No,     All]),
    (Verb::ReadScores,     [No,    No,       No,     In,      In,        In,  In,       In,    In,    In,   No,     All]),
    (Verb::ClaimScores,    [No,    No,       No,     In,      In,        In,  No,       No,    No,    No,   No,     All]),
    (Verb::SendScores,     [No,    No,       No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::MarkAsPeer,     [No,    No,       No,     No,      No,        In,  No,       No,    No,    No,   No,     All]),
    (Verb::AppraiseScores, [No,    No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::DecideScores,   [No,    No,       No,     No,      No,        No,  In,       No,    No,    No,   No,     All]),
    (Verb::FreezeRanking,  [No,    No,       No,     No,      No,        No,  In,       No,    In,    No,   No,     All]),
    (Verb::ReadDecisions,  [No,    No,       No,     No,      In,        No,  In,       No,    In,    In,   No,     All]),
    (Verb::PrepareDecision,[No,    No,       No,     No,      In,        No,  In,       No,    No,    No,   No,     All]),
    (Verb::SignDecision,   [No,    No,       No,     No,      No,        No,  No,       No,    In,    In,   No,     All]),
    (Verb::RevokeAward,    [No,    No,       No,     No,      No,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::KeepFund,       [No,    No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::PayBonus,       [No,    No,       No,     No,      In,        No,  No,       No,    No,    In,   No,     All]),
    (Verb::ReadCouncils,   [No,    All,      No,     No,      In,        In,  In,       In,    In,    In,   No,     All]),
    (Verb::ComposeCouncil, [No,    No,       No,     No,      In,        No,  In,       No,    In,    No,   No,     All]),
    (Verb::RunSession,     [No,    No,       No,     No,      No,        No,  In,       No,    No,    No,   No,     All]),
    (Verb::SitInCouncil,   [No,    No,       No,     No,      In,        In,  In,       In,    In,    No,   No,     No]),
    (Verb::ReadExemplars,     [No, All,      No,     In,      In,        No,  In,       In,    In,    In,   No,     All]),
    (Verb::ProposeExemplar,   [No, No,       No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::RecogniseExemplar, [No, No,       No,     No,      No,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ConfirmExemplar,   [No, No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::RetractExemplar,   [No, No,       No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::WithdrawExemplar,  [No, No,       No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::TellReplication,   [No, No,       No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ReadDossiers,     [No,    All,     No,     In,      In,        No,  In,       No,    In,    No,   No,     All]),
    (Verb::OpenRound,        [No,    No,      No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::Nominate,         [No,    No,      No,     In,      In,        No,  No,       No,    No,    No,   No,     All]),
    (Verb::SubmitDossier,    [No,    No,      No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::WithdrawDossier,  [No,    No,      No,     In,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::ReturnDossier,    [No,    No,      No,     No,      In,        No,  No,       No,    No,    No,   No,     All]),
    (Verb::AppraiseDossier,  [No,    No,      No,     No,      In,        No,  No,       No,    No,    No,   No,     All]),
    (Verb::RejudgeDossier,   [No,    No,      No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::DropDossier,      [No,    No,      No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::StopDossier,      [No,    No,      No,     No,      In,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::RunNotice,        [No,    No,      No,     No,      In,        No,  No,       No,    No,    No,   No,     All]),
    (Verb::TableDossier,     [No,    No,      No,     No,      No,        No,  In,       No,    No,    No,   No,     All]),
    (Verb::RecommendDossier, [No,    No,      No,     No,      No,        No,  In,       No,    No,    No,   No,     All]),
    (Verb::DeclineDossier,   [No,    No,      No,     No,      No,        No,  In,       No,    No,    No,   No,     All]),
    (Verb::ForwardDossier,   [No,    No,      No,     No,      No,        No,  In,       No,    No,    No,   No,     All]),
    (Verb::GrantHonour,      [No,    No,      No,     No,      No,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::RefuseHonour,     [No,    No,      No,     No,      No,        No,  No,       No,    In,    No,   No,     All]),
    (Verb::LoadLaw,        [No,    No,       No,     No,      No,        No,  No,       No,    No,    No,   In,     All]),
];

/// Whether an actor may do a verb to a thing. Pure, over the one table; posts add up, none takes away.
pub fn may(actor: &Actor, verb: Verb, thing: Thing<'_>) -> Permission {
    if actor.limit.as_ref().is_some_and(|limit| !limit.covers(verb)) {
        return Permission::Denied;
    }
    let granted = match &actor.capacity {
        Capacity::Reader => covers(right_of(verb, Who::Reader), &actor.scope.units, None, thing),
        Capacity::Unguarded => covers(right_of(verb, Who::Unguarded), &actor.scope.units, None, thing),
        Capacity::Operator => covers(right_of(verb, Who::Operator), &actor.scope.units, None, thing),
        Capacity::Person { account, posts } => {
            let nowhere = Reach::Only(Vec::new());
            covers(right_of(verb, Who::Person), &nowhere, Some(account), thing)
                || posts
                    .iter()
                    .any(|post| covers(right_of(verb, Who::Holder(post.role)), &post.reach, Some(account), thing))
        }
    };
    if granted { Permission::Granted } else { Permission::Denied }
}

/// The units to which an actor may do a verb; none where they may not do it at all.
///
/// Pages are read with a wider scope than anyone's posts give; what only some may read is read with this one.
pub fn reach_of(actor: &Actor, verb: Verb) -> Reach {
    let nowhere = || Reach::Only(Vec::new());
    if actor.limit.as_ref().is_some_and(|limit| !limit.covers(verb)) {
        return nowhere();
    }
    let of = |who: Who| match right_of(verb, who) {
        Right::Everywhere => actor.limit.as_ref().and_then(|limit| limit.units.clone()).unwrap_or(Reach::Everything),
        Right::Reached => actor.scope.units.clone(),
        Right::Never | Right::Own => nowhere(),
    };
    match &actor.capacity {
        Capacity::Reader => of(Who::Reader),
        Capacity::Unguarded => of(Who::Unguarded),
        Capacity::Operator => of(Who::Operator),
        Capacity::Person { posts, .. } => {
            let holds = |post: &&super::Post| {
                matches!(right_of(verb, Who::Holder(post.role)), Right::Reached | Right::Everywhere)
            };
            Reach::joined(posts.iter().filter(holds).map(|post| &post.reach))
        }
    }
}

/// The cell of the table.
pub fn right_of(verb: Verb, who: Who) -> Right {
    let column = match who {
        Who::Reader => 0,
        Who::Unguarded => 1,
        Who::Person => 2,
        Who::Holder(role) => {
            3 + Role::ALL.iter().position(|known| *known == role).expect("every role stands in Role::ALL")
        }
        Who::Operator => 11,
    };
    let row = TABLE.iter().find(|(known, _)| *known == verb);
    row.expect("every verb has a row, which a test demands").1[column]
}

/// Whether a right reaches a thing.
fn covers(right: Right, reach: &Reach, own: Option<&AccountId>, thing: Thing<'_>) -> bool {
    match (right, thing) {
        (Right::Never, Thing::Tenant | Thing::Unit(_) | Thing::Account(_)) => false,
        (Right::Own, Thing::Account(account)) => own == Some(account),
        (Right::Own, Thing::Tenant | Thing::Unit(_)) => false,
        (Right::Reached, Thing::Unit(unit)) => reach.holds(unit),
        (Right::Reached, Thing::Tenant | Thing::Account(_)) => *reach == Reach::Everything,
        (Right::Everywhere, Thing::Tenant | Thing::Unit(_) | Thing::Account(_)) => true,
    }
}

impl Verb {
    /// Every verb, in the order of the table.
    pub const ALL: [Self; 77] = [
        Self::ReadPages,
        Self::PrintReport,
        Self::OverrideFigure,
        Self::LoadPack,
        Self::ReadJournal,
        Self::VerifyAudit,
        Self::KeepAccount,
        Self::ManageAccounts,
        Self::ManageForms,
        Self::ReadSheets,
        Self::EnterFigures,
        Self::CorrectFigures,
        Self::SubmitSheet,
        Self::WithdrawSheet,
        Self::VerifySheet,
        Self::ReturnSheet,
        Self::AcceptSheet,
        Self::ApproveSheets,
        Self::PublishSheets,
        Self::AmendSheet,
        Self::AssignPlan,
        Self::ProposePlan,
        Self::IssueReport,
        Self::DivideUnit,
        Self::ReadSubjects,
        Self::ReadCccd,
        Self::EnterFacts,
        Self::MergeSubjects,
        Self::ManageMovements,
        Self::ReadPledges,
        Self::RegisterForMovement,
        Self::SignPledge,
        Self::ReportMovement,
        Self::AnswerCondition,
        Self::OpenScoring,
        Self::ReadScores,
        Self::ClaimScores,
        Self::SendScores,
        Self::MarkAsPeer,
        Self::AppraiseScores,
        Self::DecideScores,
        Self::FreezeRanking,
        Self::ReadDecisions,
        Self::PrepareDecision,
        Self::SignDecision,
        Self::RevokeAward,
        Self::KeepFund,
        Self::PayBonus,
        Self::ReadCouncils,
        Self::ComposeCouncil,
        Self::RunSession,
        Self::SitInCouncil,
        Self::ReadExemplars,
        Self::ProposeExemplar,
        Self::RecogniseExemplar,
        Self::ConfirmExemplar,
        Self::RetractExemplar,
        Self::WithdrawExemplar,
        Self::TellReplication,
        Self::ReadDossiers,
        Self::OpenRound,
        Self::Nominate,
        Self::SubmitDossier,
        Self::WithdrawDossier,
        Self::ReturnDossier,
        Self::AppraiseDossier,
        Self::RejudgeDossier,
        Self::DropDossier,
        Self::StopDossier,
        Self::RunNotice,
        Self::TableDossier,
        Self::RecommendDossier,
        Self::DeclineDossier,
        Self::ForwardDossier,
        Self::GrantHonour,
        Self::RefuseHonour,
        Self::LoadLaw,
    ];
}

impl Verb {
    /// The word in the journal, in columns, in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::ReadPages => "read-pages",
            Self::PrintReport => "print-report",
            Self::OverrideFigure => "override-figure",
            Self::LoadPack => "load",
            Self::ReadJournal => "read-journal",
            Self::VerifyAudit => "verify-audit",
            Self::KeepAccount => "keep-account",
            Self::ManageAccounts => "manage-accounts",
            Self::ManageForms => "manage-forms",
            Self::ReadSheets => "read-sheets",
            Self::EnterFigures => "enter-figures",
            Self::CorrectFigures => "correct-figures",
            Self::SubmitSheet => "submit-sheet",
            Self::WithdrawSheet => "withdraw-sheet",
            Self::VerifySheet => "verify-sheet",
            Self::ReturnSheet => "return-sheet",
            Self::AcceptSheet => "accept-sheet",
            Self::ApproveSheets => "approve-sheets",
            Self::PublishSheets => "publish-sheets",
            Self::AmendSheet => "amend-sheet",
            Self::AssignPlan => "assign-plan",
            Self::ProposePlan => "propose-plan",
            Self::IssueReport => "issue-report",
            Self::DivideUnit => "divide-unit",
            Self::ReadSubjects => "read-subjects",
            Self::ReadCccd => "read-cccd",
            Self::EnterFacts => "enter-facts",
            Self::MergeSubjects => "merge-subjects",
            Self::ManageMovements => "manage-movements",
            Self::ReadPledges => "read-pledges",
            Self::RegisterForMovement => "register-for-movement",
            Self::SignPledge => "sign-pledge",
            Self::ReportMovement => "report-movement",
            Self::AnswerCondition => "answer-condition",
            Self::OpenScoring => "open-scoring",
            Self::ReadScores => "read-scores",
            Self::ClaimScores => "claim-scores",
            Self::SendScores => "send-scores",
            Self::MarkAsPeer => "mark-as-peer",
            Self::AppraiseScores => "appraise-scores",
            Self::DecideScores => "decide-scores",
            Self::FreezeRanking => "freeze-ranking",
            Self::ReadDecisions => "read-decisions",
            Self::PrepareDecision => "prepare-decision",
            Self::SignDecision => "sign-decision",
            Self::RevokeAward => "revoke-award",
            Self::KeepFund => "keep-fund",
            Self::PayBonus => "pay-bonus",
            Self::ReadCouncils => "read-councils",
            Self::ComposeCouncil => "compose-council",
            Self::RunSession => "run-session",
            Self::SitInCouncil => "sit-in-council",
            Self::ReadExemplars => "read-exemplars",
            Self::ProposeExemplar => "propose-exemplar",
            Self::RecogniseExemplar => "recognise-exemplar",
            Self::ConfirmExemplar => "confirm-exemplar",
            Self::RetractExemplar => "retract-exemplar",
            Self::WithdrawExemplar => "withdraw-exemplar",
            Self::TellReplication => "tell-replication",
            Self::ReadDossiers => "read-dossiers",
            Self::OpenRound => "open-round",
            Self::Nominate => "nominate",
            Self::SubmitDossier => "submit-dossier",
            Self::WithdrawDossier => "withdraw-dossier",
            Self::ReturnDossier => "return-dossier",
            Self::AppraiseDossier => "appraise-dossier",
            Self::RejudgeDossier => "rejudge-dossier",
            Self::DropDossier => "drop-dossier",
            Self::StopDossier => "stop-dossier",
            Self::RunNotice => "run-notice",
            Self::TableDossier => "table-dossier",
            Self::RecommendDossier => "recommend-dossier",
            Self::DeclineDossier => "decline-dossier",
            Self::ForwardDossier => "forward-dossier",
            Self::GrantHonour => "grant-honour",
            Self::RefuseHonour => "refuse-honour",
            Self::LoadLaw => "load-law",
        }
    }
}

impl Permission {
    /// Whether to go on.
    pub fn is_granted(self) -> bool {
        self == Self::Granted
    }
}

#[cfg(test)]
mod tests;
