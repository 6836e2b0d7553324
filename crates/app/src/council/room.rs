//! The room of a session (phòng họp): what whoever is in it may see and do now.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::HonourCode;
use thidua_domain::council::session::Closing;
use thidua_domain::council::{
    Ballot, Choice, Council, Count, CountRule, Ground, Matter, MatterNumber, Opinion, Part, Question, Seat, SeatNumber,
    Session, SessionId, Signed, Stage,
};
use thidua_domain::{Actor, Refusal};
use thidua_law::table::Said;
use thidua_law::vocabulary::SubjectKind;
use thidua_store as store;

use super::desk::{Desk, whole};
use super::minutes::cited;
use super::put_question::count_rule;
use crate::{App, Error};

/// A session as someone in it may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The council.
    pub council: Council,
    /// The session.
    pub session: Session,
    /// How far it is.
    pub stage: Stage,
    /// Who opened it.
    pub opened: Option<Signed>,
    /// What was concluded, once it is closed.
    pub closed: Option<(String, Signed)>,
    /// Its members: frozen at the opening, those of its day before.
    pub members: Vec<MemberSeen>,
    /// How many must be present by the council's own rule, of how many voting members.
    pub quorum: Option<(u32, usize)>,
    /// The seat of whoever looks.
    pub mine: Option<Seat>,
    /// Whether they run the session.
    pub runs: bool,
    /// The agenda.
    pub matters: Vec<MatterSeen>,
    /// Names of the honours on the session's day.
    pub honours: BTreeMap<HonourCode, Said>,
    /// Citations of rules in words.
    pub cites: BTreeMap<String, String>,
    /// Today.
    pub today: Date,
}

/// A member in the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberSeen {
    /// The seat.
    pub seat: Seat,
    /// Whether they are present now.
    pub is_here: bool,
    /// Whether they have declared on every matter.
    pub has_declared: bool,
}

/// A matter as someone may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterSeen {
    /// Its place on the agenda.
    pub number: MatterNumber,
    /// The name of the unit that nominated, which stands there for declaring by.
    pub nominated_by: String,
    /// Whether that is the unit the member comes from.
    pub from_own_unit: bool,
    /// Whether for a person, a collective, ….
    pub kind: SubjectKind,
    /// Whether the member declared on it.
    pub declared: bool,
    /// Why the member has no part in it.
    pub ground: Option<Ground>,
    /// What it is; none where the member has not declared or has no part in it.
    pub matter: Option<Matter>,
    /// Members without a part in it, with what they declared; for those who see the matter.
    pub conflicts: Vec<(Seat, String)>,
    /// Opinions in writing; for those who see the matter.
    pub opinions: Vec<(Seat, Opinion)>,
    /// The rule it would be counted by if it were put now; for whoever runs the session.
    pub rule: Option<CountRule>,
    /// Who would take part in a vote now; for whoever runs the session.
    pub part: Option<Part>,
    /// Its votes, in order; for those who see the matter.
    pub questions: Vec<QuestionSeen>,
}

/// A question as someone may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionSeen {
    /// The question as it was put.
    pub question: Question,
    /// Whether it is voted on still.
    pub is_open: bool,
    /// Who cast a ballot.
    pub voted: Vec<SeatNumber>,
    /// Whether the member cast theirs.
    pub have_voted: bool,
    /// Why the member may not vote now, or none where they may.
    pub may_not: Option<Refusal>,
    /// The tally.
    pub count: Option<Count>,
    /// Why it was void.
    pub void: Option<String>,
    /// Ballots of a secret vote by their codes, once it is closed.
    pub ballots: Vec<(String, Choice)>,
    /// Votes cast in the open, once it is closed.
    pub named: Vec<(SeatNumber, Choice)>,
}

/// Reads the room.
///
/// # Errors
/// [`Error::NotFound`] for those who neither run the session nor have a seat in it.
pub fn room(app: &App, by: &Actor, id: &SessionId) -> Result<Room, Error> {
    app.db.read(|tx| {
        let desk = Desk::read(tx, app, by, id)?;
        let ground = app.ground(tx, &whole(by))?;
        let book = app.book_in(tx, by)?;
        let ballots = store::council::ballots(tx, &whole(by), id)?;
        let sitting = &desk.sitting;
        let seats = match sitting.stage() {
            Stage::Called => desk.composition.on(sitting.session.held_on),
            Stage::Open | Stage::Closed => sitting.members.clone(),
        };
        let house = desk.composition.rule_on(sitting.session.held_on);
        let quorum = house.map(|rule| {
            let voting = seats.iter().filter(|seat| seat.votes);
            let (entitled, present) = (
                voting.clone().map(|seat| seat.number).collect::<Vec<_>>(),
                voting.filter(|seat| sitting.present.contains(&seat.number)).map(|seat| seat.number).collect(),
            );
            let count = entitled.len();
            let needed = rule.quorum.share.needed(Part { entitled, conflicted: Vec::new(), present }.base(
                rule.quorum,
                rule.conflict,
                0,
            ));
            (needed, count)
        });
        let matters = sitting.matters.iter().map(|matter| {
            let mine = desk.mine.as_ref();
            let ground_of = |seat: &Seat| sitting.ground(seat, matter);
            let sees = desk.runs || mine.is_some_and(|seat| sitting.sees(seat, matter));
            let conflicts = sitting.members.iter().filter(|seat| ground_of(seat).is_some()).map(|seat| {
                let declared = sitting.declared.get(&(seat.number, matter.number));
                let reason = declared.and_then(|declared| declared.conflict.clone()).unwrap_or_default();
                (seat.clone(), reason)
            });
            let opinions = sitting.opinions.iter().filter(|((_, about), _)| *about == matter.number);
            let opinions =
                opinions.filter_map(|((seat, _), opinion)| Some((sitting.seat(*seat)?.clone(), opinion.clone())));
            MatterSeen {
                number: matter.number,
                nominated_by: ground.units.name_on(&matter.nominated_by, sitting.session.held_on),
                from_own_unit: mine.is_some_and(|seat| seat.unit.as_ref() == Some(&matter.nominated_by)),
                kind: matter.kind,
                declared: mine.is_some_and(|seat| sitting.declared.contains_key(&(seat.number, matter.number))),
                ground: mine.and_then(ground_of),
                matter: sees.then(|| matter.clone()),
                conflicts: if sees { conflicts.collect() } else { Vec::new() },
                opinions: if sees { opinions.collect() } else { Vec::new() },
                rule: house.filter(|_| desk.runs).map(|house| count_rule(&book, &desk, matter, house)),
                part: desk.runs.then(|| sitting.part(matter)),
                questions: if sees {
                    sitting.rounds(matter.number).map(|question| seen(&desk, question, &ballots)).collect()
                } else {
                    Vec::new()
                },
            }
        });
        let matters: Vec<MatterSeen> = matters.collect();
        let named = sitting.matters.iter().filter_map(|matter| {
            let known = book.honour(&matter.honour)?;
            Some((matter.honour.clone(), known.name_on(sitting.session.held_on)))
        });
        let rules = matters.iter().flat_map(|matter| {
            matter.rule.iter().chain(matter.questions.iter().map(|question| &question.question.rule))
        });
        let cites = rules.flat_map(|rule| {
            let sources = [&rule.quorum_from, &rule.threshold_from, &rule.method_from, &rule.conflict_from];
            sources.map(|source| (source.cite().to_owned(), cited(&book, source)))
        });
        let cites = cites.collect();
        let members = seats.into_iter().map(|seat| MemberSeen {
            is_here: sitting.present.contains(&seat.number),
            has_declared: sitting.matters.iter().all(|matter| {
                sitting.declared.contains_key(&(seat.number, matter.number)) || sitting.ground(&seat, matter).is_some()
            }),
            seat,
        });
        Ok(Room {
            stage: sitting.stage(),
            opened: sitting.opened.clone(),
            closed: sitting.closed.clone(),
            members: members.collect(),
            quorum,
            honours: named.collect(),
            cites,
            matters,
            today: desk.now.date_in_vietnam(),
            council: desk.council.clone(),
            session: sitting.session.clone(),
            mine: desk.mine.clone(),
            runs: desk.runs,
        })
    })
}

fn seen(desk: &Desk, question: &Question, ballots: &BTreeMap<u16, Vec<(String, Choice)>>) -> QuestionSeen {
    let sitting = &desk.sitting;
    let number = question.number;
    let of = |(about, _): &&(u16, SeatNumber)| *about == number;
    let closing = sitting.closings.get(&number);
    let (count, void) = match closing {
        Some(Closing::Counted(count, _)) => (Some(count.clone()), None),
        Some(Closing::Voided(reason, _)) => (None, Some(reason.clone())),
        None => (None, None),
    };
    let named = || {
        let votes = sitting.votes.iter().filter(|((about, _), _)| *about == number);
        votes.map(|((_, seat), choice)| (*seat, *choice)).collect::<Vec<_>>()
    };
    let mine = desk.mine.as_ref();
    QuestionSeen {
        is_open: sitting.is_open(question),
        voted: desk.voters.iter().filter(of).map(|(_, seat)| *seat).collect(),
        have_voted: mine.is_some_and(|seat| desk.voters.contains(&(number, seat.number))),
        may_not: mine.and_then(|seat| sitting.judge_cast(number, seat, &desk.voters).err()),
        ballots: ballots.get(&number).cloned().unwrap_or_default(),
        // While others still vote, nobody is shown what the first chose.
        named: if question.ballot == Ballot::Open && count.is_some() { named() } else { Vec::new() },
        question: question.clone(),
        count,
        void,
    }
}
