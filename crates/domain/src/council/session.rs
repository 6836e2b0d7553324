//! A session of a council (phiên họp): its acts, only added to, and what may be done next.

use std::collections::{BTreeMap, BTreeSet};

use thidua_base::Date;

use super::composition::Composition;
use super::conflict::{Declared, Ground, ground};
use super::rule::CountRule;
use super::vote::{Ballot, Choice, Count, Opinion, Part, Question, SECRET_MIN};
use super::{CouncilId, Matter, MatterNumber, QuestionNumber, Seat, SeatNumber, SessionId, Signed, TEXT_MAX};
use crate::actor::AccountId;
use crate::origin::Provenance;
use crate::refusal::{CouncilFault, Refusal};

/// A session as it was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The council.
    pub council: CouncilId,
    /// The day; its members and its law are those of this day.
    pub held_on: Date,
    /// Where.
    pub place: String,
    /// Who called it, and when.
    pub called: Signed,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Something done in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionAct {
    /// A matter comes on the agenda.
    Tabled(Matter, Signed),
    /// The session is opened, with the members of that day.
    Opened(Vec<Seat>, Signed),
    /// A member comes or goes.
    Present(SeatNumber, bool, Signed),
    /// A member says whether they have a conflict in a matter, and which.
    Declared(SeatNumber, MatterNumber, Declared),
    /// An opinion in writing comes in.
    Opined(SeatNumber, MatterNumber, Opinion),
    /// A question is put.
    Put(Question),
    /// A vote is cast in the open.
    Voted(QuestionNumber, SeatNumber, Choice, Signed),
    /// A vote is closed and counted.
    Counted(QuestionNumber, Count, Signed),
    /// A vote is closed without being counted.
    Voided(QuestionNumber, String, Signed),
    /// The session is closed, with what was concluded.
    Closed(String, Signed),
}

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Called, not yet opened.
    Called,
    /// Under way.
    Open,
    /// Over.
    Closed,
}

/// How a vote ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closing {
    /// It was counted.
    Counted(Count, Signed),
    /// It was void, and why.
    Voided(String, Signed),
}

/// Who cast a ballot on which question; what they chose is not here.
pub type Voters = BTreeSet<(QuestionNumber, SeatNumber)>;

/// A session as its acts have made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// As it was called.
    pub session: Session,
    /// The agenda.
    pub matters: Vec<Matter>,
    /// Who sits in it, frozen at its opening; empty before.
    pub members: Vec<Seat>,
    /// Who opened it, and when.
    pub opened: Option<Signed>,
    /// What was concluded, by whom and when.
    pub closed: Option<(String, Signed)>,
    /// Who is present now.
    pub present: BTreeSet<SeatNumber>,
    /// Who was present at any time.
    pub came: BTreeSet<SeatNumber>,
    /// Declarations.
    pub declared: BTreeMap<(SeatNumber, MatterNumber), Declared>,
    /// Opinions in writing.
    pub opinions: BTreeMap<(SeatNumber, MatterNumber), Opinion>,
    /// Questions, in order.
    pub questions: Vec<Question>,
    /// Votes cast in the open.
    pub votes: BTreeMap<(QuestionNumber, SeatNumber), Choice>,
    /// How votes ended.
    pub closings: BTreeMap<QuestionNumber, Closing>,
    /// The number of the last act; 0 before the first.
    pub last: i64,
}

impl Sitting {
    /// A session of which nothing was done yet.
    pub fn of(session: Session) -> Self {
        Self {
            session,
            matters: Vec::new(),
            members: Vec::new(),
            opened: None,
            closed: None,
            present: BTreeSet::new(),
            came: BTreeSet::new(),
            declared: BTreeMap::new(),
            opinions: BTreeMap::new(),
            questions: Vec::new(),
            votes: BTreeMap::new(),
            closings: BTreeMap::new(),
            last: 0,
        }
    }

    /// Takes an act in, the next after the last.
    pub fn take(&mut self, act: SessionAct) {
        match act {
            SessionAct::Tabled(matter, _) => self.matters.push(matter),
            SessionAct::Opened(members, signed) => {
                self.members = members;
                self.opened = Some(signed);
            }
            SessionAct::Present(seat, true, _) => {
                self.present.insert(seat);
                self.came.insert(seat);
            }
            SessionAct::Present(seat, false, _) => {
                self.present.remove(&seat);
            }
            SessionAct::Declared(seat, matter, declared) => {
                self.declared.insert((seat, matter), declared);
            }
            SessionAct::Opined(seat, matter, opinion) => {
                self.opinions.insert((seat, matter), opinion);
            }
            SessionAct::Put(question) => self.questions.push(question),
            SessionAct::Voted(question, seat, choice, _) => {
                self.votes.insert((question, seat), choice);
            }
            SessionAct::Counted(question, count, signed) => {
                self.closings.insert(question, Closing::Counted(count, signed));
            }
            SessionAct::Voided(question, reason, signed) => {
                self.closings.insert(question, Closing::Voided(reason, signed));
            }
            SessionAct::Closed(concluded, signed) => self.closed = Some((concluded, signed)),
        }
        self.last += 1;
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        match (&self.opened, &self.closed) {
            (_, Some(_)) => Stage::Closed,
            (Some(_), None) => Stage::Open,
            (None, None) => Stage::Called,
        }
    }

    /// A matter of the agenda.
    pub fn matter(&self, number: MatterNumber) -> Option<&Matter> {
        self.matters.iter().find(|matter| matter.number == number)
    }

    /// A question.
    pub fn question(&self, number: QuestionNumber) -> Option<&Question> {
        self.questions.iter().find(|question| question.number == number)
    }

    /// The seat of an account.
    pub fn seat_of(&self, account: &AccountId) -> Option<&Seat> {
        self.members.iter().find(|seat| seat.account.as_ref() == Some(account))
    }

    /// A seat by its number.
    pub fn seat(&self, number: SeatNumber) -> Option<&Seat> {
        self.members.iter().find(|seat| seat.number == number)
    }

    /// Whether a question is still voted on.
    pub fn is_open(&self, question: &Question) -> bool {
        self.stage() == Stage::Open && !self.closings.contains_key(&question.number)
    }

    /// The questions on a matter, in order.
    pub fn rounds(&self, matter: MatterNumber) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |question| question.matter == matter)
    }

    /// Why a seat has no part in a matter, or none.
    pub fn ground(&self, seat: &Seat, matter: &Matter) -> Option<Ground> {
        ground(seat, matter, self.declared.get(&(seat.number, matter.number)))
    }

    /// Whether a seat may see what a matter is: after it declared, and without a conflict.
    pub fn sees(&self, seat: &Seat, matter: &Matter) -> bool {
        self.declared.contains_key(&(seat.number, matter.number)) && self.ground(seat, matter).is_none()
    }

    /// Who takes part in a vote on a matter now.
    pub fn part(&self, matter: &Matter) -> Part {
        let voting = self.members.iter().filter(|seat| seat.votes);
        let (out, entitled): (Vec<&Seat>, Vec<&Seat>) = voting.partition(|seat| self.ground(seat, matter).is_some());
        let numbers = |seats: &[&Seat]| seats.iter().map(|seat| seat.number).collect::<Vec<_>>();
        let here: Vec<&Seat> = entitled.iter().filter(|seat| self.present.contains(&seat.number)).copied().collect();
        Part { entitled: numbers(&entitled), conflicted: numbers(&out), present: numbers(&here) }
    }

    /// Votes of absent members in writing on a matter.
    pub fn written(&self, matter: MatterNumber) -> Vec<(SeatNumber, Choice)> {
        let of = self.opinions.iter().filter(|((_, about), _)| *about == matter);
        of.filter_map(|((seat, _), opinion)| Some((*seat, opinion.choice?))).collect()
    }

    /// Puts a matter on the agenda.
    ///
    /// # Errors
    /// [`CouncilFault::Stage`] after the opening; [`CouncilFault::EmptyText`], [`CouncilFault::LongText`].
    pub fn table(&self, mut matter: Matter, signed: &Signed) -> Result<SessionAct, Refusal> {
        self.judge_stage(Stage::Called)?;
        judge_text(&matter.title, true)?;
        judge_text(&matter.summary, false)?;
        matter.number = MatterNumber::try_from(self.matters.len() + 1).unwrap_or(MatterNumber::MAX);
        Ok(SessionAct::Tabled(matter, signed.clone()))
    }

    /// Opens the session: who sits that day is frozen.
    ///
    /// # Errors
    /// [`CouncilFault::Stage`], [`CouncilFault::EmptyAgenda`], [`CouncilFault::NoHouseRule`], [`CouncilFault::NoChair`].
    pub fn open(&self, composition: &Composition, signed: &Signed) -> Result<SessionAct, Refusal> {
        self.judge_stage(Stage::Called)?;
        if self.matters.is_empty() {
            return Err(CouncilFault::EmptyAgenda.into());
        }
        if composition.rule_on(self.session.held_on).is_none() {
            return Err(CouncilFault::NoHouseRule.into());
        }
        let members = composition.on(self.session.held_on);
        if !members.iter().any(|seat| seat.votes) {
            return Err(CouncilFault::NoChair.into());
        }
        Ok(SessionAct::Opened(members, signed.clone()))
    }

    /// Marks a member present or gone.
    ///
    /// # Errors
    /// [`CouncilFault::Stage`], [`CouncilFault::NoSuchSeat`].
    pub fn presence(&self, seat: SeatNumber, here: bool, signed: &Signed) -> Result<SessionAct, Refusal> {
        self.judge_stage(Stage::Open)?;
        self.member(seat)?;
        Ok(SessionAct::Present(seat, here, signed.clone()))
    }

    /// What a member declares of matters: those named with a reason are conflicts, the others of `asked` are none.
    ///
    /// # Errors
    /// [`CouncilFault::Stage`], [`CouncilFault::NoSuchMatter`]; [`CouncilFault::VotedAlready`] for a conflict in what
    /// they voted on; [`CouncilFault::LongText`].
    pub fn declare(
        &self,
        seat: SeatNumber,
        asked: &[(MatterNumber, Option<String>)],
        voters: &Voters,
        signed: &Signed,
    ) -> Result<Vec<SessionAct>, Refusal> {
        self.judge_stage(Stage::Open)?;
        self.member(seat)?;
        let mut acts = Vec::new();
        for (number, conflict) in asked {
            let matter = self.matter(*number).ok_or(CouncilFault::NoSuchMatter)?;
            let held = self.declared.get(&(seat, *number));
            let conflict = conflict.as_ref().map(|reason| reason.trim().to_owned());
            if conflict.as_ref().is_some_and(|reason| reason.chars().count() > TEXT_MAX) {
                return Err(CouncilFault::LongText { most: TEXT_MAX }.into());
            }
            // A conflict is never taken back, and saying the same again adds nothing.
            if held.is_some_and(|held| held.conflict.is_some() || held.conflict == conflict) {
                continue;
            }
            let voted = self.rounds(matter.number).any(|question| voters.contains(&(question.number, seat)));
            if conflict.is_some() && voted {
                return Err(CouncilFault::VotedAlready.into());
            }
            acts.push(SessionAct::Declared(seat, *number, Declared { conflict, signed: signed.clone() }));
        }
        Ok(acts)
    }

    /// Writes an opinion down.
    ///
    /// # Errors
    /// [`CouncilFault::Stage`] before the opening or after the closing; [`CouncilFault::NoSuchSeat`],
    /// [`CouncilFault::NoSuchMatter`], [`CouncilFault::Conflicted`], [`CouncilFault::EmptyText`]; [`CouncilFault::BallotClosed`]
    /// for a vote on a matter whose vote is counted; [`CouncilFault::DayAhead`].
    pub fn opine(
        &self,
        seat: SeatNumber,
        matter: MatterNumber,
        mut opinion: Opinion,
        today: Date,
    ) -> Result<SessionAct, Refusal> {
        self.judge_stage(Stage::Open)?;
        let seat = self.member(seat)?;
        let of = self.matter(matter).ok_or(CouncilFault::NoSuchMatter)?;
        if self.ground(seat, of).is_some() {
            return Err(CouncilFault::Conflicted.into());
        }
        opinion.text = opinion.text.trim().to_owned();
        judge_text(&opinion.text, opinion.choice.is_none())?;
        if opinion.received_on > today {
            return Err(CouncilFault::DayAhead.into());
        }
        let rounds: Vec<&Question> = self.rounds(matter).collect();
        if opinion.choice.is_some() && rounds.last().is_some_and(|question| !self.is_open(question)) {
            return Err(CouncilFault::BallotClosed.into());
        }
        Ok(SessionAct::Opined(seat.number, matter, opinion))
    }

    /// Puts a question on a matter, the first time or again.
    ///
    /// # Errors
    /// [`CouncilFault::Stage`], [`CouncilFault::NoSuchMatter`]; [`CouncilFault::QuestionOpen`] while the matter is voted
    /// on; [`CouncilFault::RevoteWithoutReason`]; [`CouncilFault::MustBeSecret`]; [`CouncilFault::TooFewForSecrecy`];
    /// [`CouncilFault::QuorumLacking`].
    pub fn put(
        &self,
        matter: MatterNumber,
        ballot: Ballot,
        asked: (&str, &str),
        rule: CountRule,
        signed: &Signed,
    ) -> Result<Question, Refusal> {
        use thidua_law::vocabulary::VoteMethod;
        self.judge_stage(Stage::Open)?;
        let of = self.matter(matter).ok_or(CouncilFault::NoSuchMatter)?;
        let (text, reason) = (asked.0.trim(), asked.1.trim());
        judge_text(text, true)?;
        judge_text(reason, false)?;
        let rounds: Vec<&Question> = self.rounds(matter).collect();
        if rounds.iter().any(|question| self.is_open(question)) {
            return Err(CouncilFault::QuestionOpen.into());
        }
        if !rounds.is_empty() && reason.is_empty() {
            return Err(CouncilFault::RevoteWithoutReason.into());
        }
        if rule.method == VoteMethod::Secret && ballot == Ballot::Open && rule.method_from.is_certain() {
            return Err(CouncilFault::MustBeSecret { cite: rule.method_from.cite().to_owned() }.into());
        }
        let part = self.part(of);
        let (here, needed) = (part.present.len(), part.quorum(&rule));
        if u32::try_from(here).unwrap_or(u32::MAX) < needed && rule.quorum_from.is_certain() {
            return Err(CouncilFault::QuorumLacking { present: here, needed }.into());
        }
        if ballot == Ballot::Secret && here < SECRET_MIN {
            return Err(CouncilFault::TooFewForSecrecy { least: SECRET_MIN }.into());
        }
        let count = |length: usize| QuestionNumber::try_from(length + 1).unwrap_or(QuestionNumber::MAX);
        Ok(Question {
            number: count(self.questions.len()),
            matter,
            round: count(rounds.len()),
            ballot,
            text: text.to_owned(),
            reason: reason.to_owned(),
            rule,
            put: signed.clone(),
        })
    }

    /// Whether a seat may cast a ballot on a question now.
    ///
    /// # Errors
    /// [`CouncilFault::NoSuchQuestion`], [`CouncilFault::BallotClosed`], [`CouncilFault::NoVote`],
    /// [`CouncilFault::NotDeclared`], [`CouncilFault::Conflicted`], [`CouncilFault::NotPresent`],
    /// [`CouncilFault::VotedAlready`].
    pub fn judge_cast(&self, question: QuestionNumber, seat: &Seat, voters: &Voters) -> Result<&Question, Refusal> {
        let question = self.question(question).ok_or(CouncilFault::NoSuchQuestion)?;
        let matter = self.matter(question.matter).ok_or(CouncilFault::NoSuchMatter)?;
        let fault = if !self.is_open(question) {
            CouncilFault::BallotClosed
        } else if !seat.votes {
            CouncilFault::NoVote
        } else if self.ground(seat, matter).is_some() {
            CouncilFault::Conflicted
        } else if !self.sees(seat, matter) {
            CouncilFault::NotDeclared
        } else if !self.present.contains(&seat.number) {
            CouncilFault::NotPresent
        } else if voters.contains(&(question.number, seat.number)) {
            CouncilFault::VotedAlready
        } else {
            return Ok(question);
        };
        Err(fault.into())
    }

    /// The question that may be closed now.
    ///
    /// # Errors
    /// [`CouncilFault::NoSuchQuestion`], [`CouncilFault::BallotClosed`].
    pub fn judge_close(&self, question: QuestionNumber) -> Result<&Question, Refusal> {
        let question = self.question(question).ok_or(CouncilFault::NoSuchQuestion)?;
        if self.is_open(question) { Ok(question) } else { Err(CouncilFault::BallotClosed.into()) }
    }

    /// Counts a question from its ballots; `ballots` are the choices without names, or the votes cast in the open.
    ///
    /// # Errors
    /// As [`Self::judge_close`]; [`CouncilFault::UrnLost`] where there are not as many ballots as voters;
    /// [`CouncilFault::TooFewForSecrecy`] for a secret ballot of too few.
    pub fn count(&self, question: QuestionNumber, ballots: &[Choice], voters: &Voters) -> Result<Count, Refusal> {
        let question = self.judge_close(question)?;
        let matter = self.matter(question.matter).ok_or(CouncilFault::NoSuchMatter)?;
        let voted: BTreeSet<SeatNumber> =
            voters.iter().filter(|(of, _)| *of == question.number).map(|(_, seat)| *seat).collect();
        if voted.len() != ballots.len() {
            return Err(CouncilFault::UrnLost { voters: voted.len(), ballots: ballots.len() }.into());
        }
        if question.ballot == Ballot::Secret && voted.len() < SECRET_MIN {
            return Err(CouncilFault::TooFewForSecrecy { least: SECRET_MIN }.into());
        }
        let heap = super::vote::Heap::of(ballots.iter().copied());
        let written = self.written(question.matter);
        Ok(super::vote::count(&question.rule, &self.part(matter), &voted, heap, &written))
    }

    /// Closes the session.
    ///
    /// # Errors
    /// [`CouncilFault::Stage`]; [`CouncilFault::OpenQuestions`]; [`CouncilFault::LongText`].
    pub fn close(&self, concluded: &str, signed: &Signed) -> Result<SessionAct, Refusal> {
        self.judge_stage(Stage::Open)?;
        judge_text(concluded, false)?;
        let open = self.questions.iter().filter(|question| self.is_open(question)).count();
        if open > 0 {
            return Err(CouncilFault::OpenQuestions { count: open }.into());
        }
        Ok(SessionAct::Closed(concluded.trim().to_owned(), signed.clone()))
    }

    fn judge_stage(&self, wanted: Stage) -> Result<(), Refusal> {
        let found = self.stage();
        if found == wanted { Ok(()) } else { Err(CouncilFault::Stage { found: found.word() }.into()) }
    }

    fn member(&self, seat: SeatNumber) -> Result<&Seat, Refusal> {
        self.seat(seat).ok_or_else(|| CouncilFault::NoSuchSeat { number: seat }.into())
    }
}

/// Whether a text is there where it must be, and not too long.
fn judge_text(text: &str, needed: bool) -> Result<(), Refusal> {
    if needed && text.trim().is_empty() {
        return Err(CouncilFault::EmptyText.into());
    }
    if text.chars().count() > TEXT_MAX {
        return Err(CouncilFault::LongText { most: TEXT_MAX }.into());
    }
    Ok(())
}

impl Stage {
    /// The word in keys of sentences and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Called => "called",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}
