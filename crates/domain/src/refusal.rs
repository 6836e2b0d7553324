//! Why something was not done, for a person who can do something about it.
//!
//! Each refusal carries the facts a good sentence needs; the sentences are message files of `web`.

mod code;
mod council;
mod decision;
mod dossier;
mod evidence;
mod exemplar;
mod file;
mod mark;
mod pack;
mod passage;
mod subject;

pub use council::CouncilFault;
pub use decision::DecisionFault;
pub use dossier::DossierFault;
pub use evidence::EvidenceFault;
pub use exemplar::ExemplarFault;
pub use file::{CellFault, FileFault};
pub use mark::{MarkFault, MinutesFault};
pub use pack::{PackFault, Wanted};
pub use passage::PassageFault;
pub use subject::{CccdFault, SubjectFault};
use thidua_law::table::Said;

/// A refusal; [`Refusal::code`] names its sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A unit that does not exist, or is not to be seen.
    #[error("unknown unit '{asked}'")]
    UnknownUnit {
        /// What was asked for.
        asked: String,
        /// Units close in name, for the sentence.
        near: Vec<String>,
    },
    /// A text that is no period, or a period without data.
    #[error("unknown period '{asked}'")]
    UnknownPeriod {
        /// What was asked for.
        asked: String,
        /// Periods that have data.
        known: Vec<String>,
    },
    /// A form that does not exist.
    #[error("unknown form '{asked}'")]
    UnknownForm {
        /// What was asked for.
        asked: String,
        /// Forms that exist.
        known: Vec<String>,
    },
    /// A report that does not exist, or is not to be seen.
    #[error("unknown report '{asked}'")]
    UnknownReport {
        /// What was asked for.
        asked: String,
    },
    /// A data pack that cannot be read as a whole.
    #[error("pack file {file}, line {line}, key '{key}': {why}")]
    BrokenPack {
        /// The file inside the pack.
        file: String,
        /// Line, from 1; 0 where the file as a whole is meant.
        line: usize,
        /// The key or column, empty where none can be named.
        key: String,
        /// What is wrong.
        why: PackFault,
    },
    /// A scheme of which not all is known, so that nobody can be judged by it.
    #[error("the scheme {name} lacks: {missing}")]
    IncompleteScheme {
        /// Its title.
        name: String,
        /// What is not known of it.
        missing: String,
    },
    /// Something about an exemplar that is not taken.
    #[error("exemplar: {why}")]
    BadExemplar {
        /// Why.
        why: ExemplarFault,
    },
    /// A ranking that would be frozen over open objections.
    #[error("{count} objections are open")]
    OpenObjections {
        /// How many.
        count: usize,
    },
    /// A scoring scheme that cannot be used.
    #[error("scheme {file}, {key}: {why}")]
    BrokenScheme {
        /// The file.
        file: String,
        /// The key, from the outside in.
        key: String,
        /// What is wrong.
        why: PackFault,
    },
    /// A mark, a claim or an excuse that is not taken.
    #[error("criterion {criterion} of {unit}: {why}")]
    BadMark {
        /// The unit that is scored.
        unit: String,
        /// The criterion.
        criterion: String,
        /// What is wrong.
        why: MarkFault,
    },
    /// Minutes of a cluster's meeting, or a move between clusters, that are not taken.
    #[error("not taken: {why}")]
    BadMinutes {
        /// What is wrong.
        why: MinutesFault,
    },
    /// Several tenants hold reports and none was named, or one was that holds none.
    #[error("which tenant: {}", known.join(", "))]
    WhichTenant {
        /// The tenants that hold a report.
        known: Vec<String>,
    },
    /// A database without any report.
    #[error("nothing is loaded")]
    NothingLoaded,
    /// A pack that is loaded already.
    #[error("pack '{pack}' is loaded already")]
    PackLoaded {
        /// The pack's code.
        pack: String,
    },
    /// A line of a report that does not exist.
    #[error("the report has no line '{asked}'")]
    UnknownLine {
        /// What was asked for.
        asked: String,
    },
    /// A typed passage or template that cannot be filled.
    #[error("a passage cannot be filled: {slot}: {fault:?}")]
    BadPassage {
        /// The words between the braces, or the place of a brace that does not match.
        slot: String,
        /// What is wrong.
        fault: PassageFault,
    },
    /// No official layout is known for a day.
    #[error("no official layout is known for {day}")]
    NoLayout {
        /// The day.
        day: thidua_base::Date,
    },
    /// An override that nobody answers for.
    #[error("an override needs the name of who decides it")]
    NoAuthor,
    /// A text that is not written as a number.
    #[error("'{asked}' is not a number")]
    NotANumber {
        /// What was asked for.
        asked: String,
    },
    /// An override that would print what the rule prints anyhow.
    #[error("the line '{line}' prints {computed} by the rule")]
    AsTheRule {
        /// The line.
        line: String,
        /// What the rule prints.
        computed: String,
    },
    /// An override without a reason.
    #[error("an override needs a reason")]
    NoReason,
    /// A sign-in that is not let in: unknown name, wrong password, locked or closed, without telling which.
    #[error("name or password do not fit, or the account is locked for the moment")]
    SignInRefused,
    /// A name that no account can have.
    #[error("'{asked}' cannot be the name of an account")]
    BadAccountName {
        /// What was asked for.
        asked: String,
        /// Longest name, in characters.
        most: usize,
    },
    /// A name that an account has already.
    #[error("an account named '{asked}' exists already")]
    AccountExists {
        /// What was asked for.
        asked: String,
    },
    /// A name that no account has.
    #[error("no account is named '{asked}'")]
    UnknownAccount {
        /// What was asked for.
        asked: String,
    },
    /// An account without a person's name.
    #[error("an account needs the name of its person")]
    NoDisplayName,
    /// A password that is too short.
    #[error("a password has at least {least} characters")]
    ShortPassword {
        /// Fewest characters.
        least: usize,
    },
    /// A password that is too long.
    #[error("a password has at most {most} characters")]
    LongPassword {
        /// Most characters.
        most: usize,
    },
    /// A password that is the name of its owner.
    #[error("the password is the owner's name")]
    PasswordIsName,
    /// A password that everyone tries first.
    #[error("the password is among the commonest")]
    CommonPassword,
    /// A new password typed differently the second time.
    #[error("the new password was typed differently the second time")]
    PasswordsDiffer,
    /// A present password that is not the account's.
    #[error("the present password does not fit")]
    WrongPassword,
    /// A word that names no role.
    #[error("unknown role '{asked}'")]
    UnknownRole {
        /// What was asked for.
        asked: String,
        /// The roles.
        known: Vec<String>,
    },
    /// A span of days that ends before it begins.
    #[error("the span ends on {to}, before it begins on {from}")]
    EmptySpan {
        /// First day.
        from: thidua_base::Date,
        /// First day after.
        to: thidua_base::Date,
    },
    /// A role that is held already on some of the days.
    #[error("the role is held already on some of these days")]
    RoleHeldAlready,
    /// A role to be ended that is not held.
    #[error("the role is not held on that day")]
    RoleNotHeld,
    /// A form that was not made for this visitor, or too long ago.
    #[error("the form is stale")]
    StaleForm,
    /// Days of a cycle that are not in order.
    #[error("the days of the cycle are not in order")]
    CycleDays,
    /// A cell that two forms would ask of one unit.
    #[error("'{indicator}' is asked of {unit} by form '{by}' already")]
    AskedTwice {
        /// The indicator.
        indicator: String,
        /// The unit.
        unit: String,
        /// The form that asks for it already.
        by: String,
    },
    /// A figure that the form does not ask for.
    #[error("the form does not ask for '{indicator}'")]
    NotAsked {
        /// The indicator.
        indicator: String,
    },
    /// An entry outside the days of its cycle.
    #[error("the cycle takes no entries now: {stage}")]
    CycleClosed {
        /// Where the cycle stands for the unit, as a word.
        stage: &'static str,
    },
    /// An entry into a sheet that is on its way.
    #[error("the sheet was sent: {state}")]
    SheetSent {
        /// Where the sheet stands, as a word.
        state: &'static str,
    },
    /// A text that is too long.
    #[error("a text has at most {most} characters")]
    LongText {
        /// Most characters.
        most: usize,
    },
    /// A text that is too short to say anything.
    #[error("a text has at least {least} characters")]
    ShortText {
        /// Fewest characters.
        least: usize,
    },
    /// A number with more decimals than its indicator keeps.
    #[error("at most {most} decimals")]
    TooManyDecimals {
        /// Most decimals.
        most: u8,
    },
    /// A figure less firm than one that is there.
    #[error("a firmer figure is there already")]
    LessFirm,
    /// A step that the sheet's state does not allow.
    #[error("no such step from {state}")]
    StepNotOpen {
        /// Where the sheet stands, as a word.
        state: &'static str,
    },
    /// A step that the same person may not take after another of theirs.
    #[error("the same person did: {did}")]
    SamePerson {
        /// The word of what they did.
        did: &'static str,
    },
    /// A sheet that is sent with cells empty or findings unanswered.
    #[error("{empty} cells are empty, {unanswered} findings are unanswered")]
    SheetNotReady {
        /// Required cells without a value.
        empty: usize,
        /// Findings that block, or want an explanation that is not there.
        unanswered: usize,
        /// Conflicts that nobody has settled.
        conflicts: usize,
    },
    /// A choice of several of which none was made.
    #[error("nothing is chosen")]
    NothingChosen,
    /// More of something than one request may bring.
    #[error("at most {most} at once")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// Someone else changed the thing meanwhile.
    #[error("changed meanwhile")]
    ChangedMeanwhile,
    /// An id that a form has already.
    #[error("a form '{asked}' exists already")]
    FormExists {
        /// What was asked for.
        asked: String,
    },
    /// A form without rows or without a name.
    #[error("a form needs a name and rows")]
    EmptyForm,
    /// A period of another kind than the form is reported for.
    #[error("the form is not reported for '{asked}'")]
    WrongPeriod {
        /// What was asked for.
        asked: String,
    },
    /// A cycle that is there already.
    #[error("the form has a cycle for this period already")]
    CycleExists,
    /// An indicator that nobody defined.
    #[error("no indicator is called '{asked}'")]
    UndefinedIndicator {
        /// What was asked for.
        asked: String,
    },
    /// A line of a plan that has not its columns.
    #[error("a line of a plan has indicator, unit, value, or indicator, unit, period, value, and '{asked}' has not")]
    BadPlanLine {
        /// The line.
        asked: String,
    },
    /// A target that a plan sets twice.
    #[error("the plan sets this target twice")]
    TargetTwice,
    /// A target for a period outside the year of its plan.
    #[error("{period} is no part of the year of the plan")]
    TargetOutsideYear {
        /// The period.
        period: String,
    },
    /// A unit that would write its own target.
    #[error("a unit cannot write its own target")]
    OwnTarget,
    /// A code that is wrong, used up, or typed while the account is locked, without telling which.
    #[error("the code does not fit, was used, or the account is locked for the moment")]
    WrongCode,
    /// A sign-in that began too long ago, or in another browser.
    #[error("the sign-in began too long ago or elsewhere")]
    StaleSignIn,
    /// A second factor to be enrolled where there is one.
    #[error("there is a second factor already")]
    SecondFactorHeld,
    /// A second factor to be taken away where there is none.
    #[error("there is no second factor")]
    NoSecondFactor,
    /// A provider or a person there that cannot be named so.
    #[error("a link needs a provider and a person there")]
    BadLink {
        /// Most characters of each.
        most: usize,
    },
    /// A person of a provider who is tied to an account already.
    #[error("'{subject}' is linked to an account already")]
    LinkExists {
        /// The person, as the provider knows them.
        subject: String,
    },
    /// A tie that is not there.
    #[error("there is no such link")]
    UnknownLink,
    /// A person of a provider whom no open account is tied to.
    #[error("'{subject}' is linked to no account")]
    NotLinked {
        /// The person, as the provider knows them.
        subject: String,
    },
    /// A provider that does not answer.
    #[error("the sign-in provider does not answer")]
    ProviderSilent,
    /// A provider that did not vouch for anyone, or whose word could not be checked.
    #[error("the sign-in provider did not vouch for anyone")]
    ProviderRefused,
    /// A text that is no day.
    #[error("'{asked}' is not a day")]
    BadDay {
        /// What was asked for.
        asked: String,
    },
    /// A key of another program at an account that administers.
    #[error("keys do nothing to administrators")]
    AdministratorByKey,
    /// An act on one's own account that would shut its owner out.
    #[error("nobody shuts themselves out")]
    OwnAccount,
    /// A text that cannot name a key.
    #[error("a key needs a name of at most {most} characters")]
    BadTokenName {
        /// Longest name, in characters.
        most: usize,
    },
    /// A key for nothing.
    #[error("a key needs at least one scope")]
    NoTokenScope,
    /// A key without an end, or with one too far away.
    #[error("a key lasts from 1 to {most} days")]
    TokenDays {
        /// Longest life, in days.
        most: i64,
    },
    /// No such key of the account.
    #[error("the account has no key '{asked}' that can be revoked")]
    UnknownToken {
        /// What was asked for.
        asked: String,
    },
    /// One key more than an account may have.
    #[error("an account has at most {most} keys")]
    TooManyTokens {
        /// Most keys.
        most: usize,
    },
    /// A text that is no e-mail address.
    #[error("'{asked}' is not an e-mail address")]
    BadEmail {
        /// What was asked for.
        asked: String,
    },
    /// A file of figures that is not taken.
    #[error("the file '{file}' is not taken: {why}")]
    BadFile {
        /// Its name, as sent.
        file: String,
        /// What is wrong.
        why: FileFault,
    },
    /// A piece of evidence that is not taken.
    #[error("the evidence is not taken: {why}")]
    BadEvidence {
        /// What is wrong.
        why: EvidenceFault,
    },
    /// A cell of a file that is not taken.
    #[error("the cell is not taken: {why}")]
    BadCell {
        /// What is wrong.
        why: CellFault,
    },
    /// Shares of a unit that was not divided on the day.
    #[error("the unit was not divided on that day")]
    NotDivided,
    /// Parts of a divided unit that do not make up the whole: one is left out, negative, or all are zero.
    #[error("the parts do not make up the whole")]
    BadParts,
    /// A fact that must rest on a document and names none.
    #[error("a document has to be cited")]
    NoDocument,
    /// Something about a person, a collective or a household that is not taken.
    #[error(transparent)]
    Subject(#[from] SubjectFault),
    /// A decision on awards, or the money for it.
    #[error(transparent)]
    Decision(#[from] DecisionFault),
    /// Something in a council or its session that is not done.
    #[error(transparent)]
    Council(#[from] CouncilFault),
    /// Something about a dossier that is not done.
    #[error(transparent)]
    Dossier(#[from] DossierFault),
    /// A movement without contents, or without anyone it addresses.
    #[error("a movement needs contents and someone it addresses")]
    EmptyTerms,
    /// Days of a movement that are not in order.
    #[error("the days of the movement are not in order")]
    MovementDays,
    /// A movement that would carry out itself.
    #[error("a movement cannot be below itself")]
    OwnParent,
    /// An act that a movement's phase does not allow.
    #[error("no such act while the movement is {phase}")]
    MovementPhase {
        /// Where the movement stands, as a word.
        phase: &'static str,
    },
    /// An act that a registration's state does not allow.
    #[error("no such act while the registration is {state}")]
    PledgeState {
        /// Where the registration stands, as a word.
        state: &'static str,
    },
    /// A registration that promises nothing.
    #[error("a registration needs a text, a title or a target")]
    EmptyPledge,
    /// A figure registered twice for one period.
    #[error("'{indicator}' is registered twice")]
    PromisedTwice {
        /// The indicator.
        indicator: String,
    },
    /// A figure registered that asks less than the plan.
    #[error("'{indicator}' is assigned as {assigned}")]
    BelowAssigned {
        /// The indicator.
        indicator: String,
        /// The figure assigned, as printed.
        assigned: String,
    },
    /// A text that has to say something and does not.
    #[error("a text is empty")]
    EmptyText,
    /// A movement without a name or an owner.
    #[error("a movement needs a name and an owner")]
    NamelessMovement,
    /// A name that a movement of the register has already, as its own or as another wording.
    #[error("the movement '{code}' is called so already")]
    MovementExists {
        /// The movement's code.
        code: String,
    },
    /// An honour that the law book does not hold.
    #[error("the law book has no honour '{asked}'")]
    NotInBook {
        /// What was asked for.
        asked: String,
    },
    /// An answer to a condition that the record settles and no person.
    #[error("the record settles '{condition}', not a person's answer")]
    NotAPersonsAnswer {
        /// The condition in words.
        condition: String,
    },
    /// A pack of law whose files cannot be taken: where and what.
    #[error("the pack of law has {} faults", .found.len())]
    LawFaults {
        /// Every fault: file, line, key, what is wrong.
        found: Vec<Said>,
    },
    /// A pack of law whose cases come out otherwise than they say.
    #[error("{} cases of the pack of law fail", .found.len())]
    LawCases {
        /// Every case: file, line, name, wanted and found.
        found: Vec<Said>,
    },
    /// A pack of law that is in force as it is.
    #[error("'{name}' is in force as it is")]
    LawInForce {
        /// Its name.
        name: String,
    },
    /// A pack of law that is not in force.
    #[error("no pack of law '{asked}' is in force")]
    LawNotInForce {
        /// The code asked for.
        asked: String,
        /// The codes of those in force.
        known: Vec<String>,
    },
    /// What was loaded earlier does not fit on the book this program ships with.
    #[error("what was loaded no longer fits the shipped law book")]
    LawUnfit {
        /// Every fault.
        found: Vec<Said>,
    },
}
