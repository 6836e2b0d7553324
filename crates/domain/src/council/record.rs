//! Acts as they are kept: one record of fields between tabs for each, in the form in which rounds of clusters are frozen.

use thidua_base::code::Kind;
use thidua_base::{Code, Date, Timestamp};
use thidua_law::vocabulary::{Confidence, SubjectKind, VoteBase, VoteMethod, Word};

use super::composition::CompositionAct;
use super::conflict::Declared;
use super::rule::{CountRule, Denominator, HouseRule, Need, RuleSource, Share};
use super::session::SessionAct;
use super::vote::{Ballot, Choice, Count, Heap, Opinion, Outcome, Question};
use super::{Matter, Seat, SeatNumber, SeatRole, Signed, Warrant};
use crate::cluster::freeze::record::{Record, fields};
use crate::cluster::freeze::thaw::Fields;

/// Fields of a seat.
const SEAT_FIELDS: usize = 14;

const YES: &str = "yes";
const NO: &str = "no";

impl CompositionAct {
    /// Its record: one line without its end.
    pub fn record(&self) -> String {
        let record = match self {
            Self::Seated(seat, by) => with_seat(signed("seat", by), seat),
            Self::Unseated(number, until, warrant, by) => {
                let record = signed("seat-end", by).with(&number.to_string()).with(&until.to_string());
                record.with(&warrant.number).with(&warrant.on.to_string())
            }
            Self::Ruled(rule, by) => {
                let record =
                    with_need(with_need(signed("rule", by).with(&rule.from.to_string()), rule.quorum), rule.threshold);
                let record = record.with(rule.method.code()).with(rule.conflict.word());
                record.with(word(rule.written_counts)).with(&rule.cite)
            }
        };
        line(record)
    }

    /// Reads a record back; none where it is no such record.
    pub fn read(record: &str) -> Option<Self> {
        let fields = fields(record)?;
        let of = Fields(&fields);
        let by = signed_of(&of)?;
        Some(match of.text(0)? {
            "seat" => Self::Seated(seat_of(of.rest(3))?, by),
            "seat-end" => {
                Self::Unseated(of.whole(3)?, day(&of, 4)?, Warrant { number: of.owned(5)?, on: day(&of, 6)? }, by)
            }
            "rule" => {
                let rule = HouseRule {
                    from: day(&of, 3)?,
                    quorum: need_of(&of, 4)?,
                    threshold: need_of(&of, 6)?,
                    method: VoteMethod::parse(of.text(8)?)?,
                    conflict: Denominator::parse(of.text(9)?)?,
                    written_counts: yes(&of, 10)?,
                    cite: of.owned(11)?,
                };
                Self::Ruled(rule, by)
            }
            _ => return None,
        })
    }
}

impl SessionAct {
    /// Its record: one line without its end.
    pub fn record(&self) -> String {
        line(match self {
            Self::Tabled(matter, by) => {
                let record = signed("matter", by).with(&matter.number.to_string()).with(&matter.reference);
                let record = record.with(&matter.title).with(matter.honour.as_str()).with(matter.kind.code());
                let record = with_code(record, matter.subject.as_ref()).with(matter.nominated_by.as_str());
                record.with(&matter.summary)
            }
            Self::Opened(members, by) => members.iter().fold(signed("open", by), with_seat),
            Self::Present(seat, here, by) => signed("present", by).with(&seat.to_string()).with(word(*here)),
            Self::Declared(seat, matter, declared) => {
                let record = signed("declared", &declared.signed).with(&seat.to_string()).with(&matter.to_string());
                let record = record.with(word(declared.conflict.is_some()));
                record.with(declared.conflict.as_deref().unwrap_or_default())
            }
            Self::Opined(seat, matter, opinion) => {
                let record = signed("opinion", &opinion.signed).with(&seat.to_string()).with(&matter.to_string());
                let record = record.with(opinion.choice.map_or("", Choice::word)).with(&opinion.text);
                record.with(&opinion.received_on.to_string())
            }
            Self::Put(question) => with_question(signed("put", &question.put), question),
            Self::Voted(question, seat, choice, by) => {
                signed("voted", by).with(&question.to_string()).with(&seat.to_string()).with(choice.word())
            }
            Self::Counted(question, count, by) => with_count(signed("counted", by).with(&question.to_string()), count),
            Self::Voided(question, reason, by) => signed("voided", by).with(&question.to_string()).with(reason),
            Self::Closed(concluded, by) => signed("closed", by).with(concluded),
        })
    }

    /// Reads a record back; none where it is no such record.
    pub fn read(record: &str) -> Option<Self> {
        let fields = fields(record)?;
        let of = Fields(&fields);
        let by = signed_of(&of)?;
        Some(match of.text(0)? {
            "matter" => {
                let matter = Matter {
                    number: of.whole(3)?,
                    reference: of.owned(4)?,
                    title: of.owned(5)?,
                    honour: of.code(6)?,
                    kind: SubjectKind::parse(of.text(7)?)?,
                    subject: maybe(of.text(8)?)?,
                    nominated_by: of.code(9)?,
                    summary: of.owned(10)?,
                };
                Self::Tabled(matter, by)
            }
            "open" => Self::Opened(of.rest(3).chunks(SEAT_FIELDS).map(seat_of).collect::<Option<_>>()?, by),
            "present" => Self::Present(of.whole(3)?, yes(&of, 4)?, by),
            "declared" => {
                let conflict = if yes(&of, 5)? { Some(of.owned(6)?) } else { None };
                Self::Declared(of.whole(3)?, of.whole(4)?, Declared { conflict, signed: by })
            }
            "opinion" => {
                let choice = match of.text(5)? {
                    "" => None,
                    word => Some(Choice::parse(word)?),
                };
                let opinion = Opinion { choice, text: of.owned(6)?, received_on: day(&of, 7)?, signed: by };
                Self::Opined(of.whole(3)?, of.whole(4)?, opinion)
            }
            "put" => Self::Put(question_of(&of, by)?),
            "voted" => Self::Voted(of.whole(3)?, of.whole(4)?, Choice::parse(of.text(5)?)?, by),
            "counted" => Self::Counted(of.whole(3)?, count_of(&of)?, by),
            "voided" => Self::Voided(of.whole(3)?, of.owned(4)?, by),
            "closed" => Self::Closed(of.owned(3)?, by),
            _ => return None,
        })
    }
}

fn signed(kind: &str, by: &Signed) -> Record {
    Record::of(kind).with(&by.by).with(&by.at.second().to_string())
}

fn signed_of(of: &Fields<'_>) -> Option<Signed> {
    Some(Signed { by: of.owned(1)?, at: Timestamp::from_second(of.whole(2)?)? })
}

fn line(record: Record) -> String {
    let mut out = String::new();
    record.end(&mut out);
    out.truncate(out.trim_end_matches('\n').len());
    out
}

fn word(yes: bool) -> &'static str {
    if yes { YES } else { NO }
}

fn yes(of: &Fields<'_>, at: usize) -> Option<bool> {
    match of.text(at)? {
        YES => Some(true),
        NO => Some(false),
        _ => None,
    }
}

fn day(of: &Fields<'_>, at: usize) -> Option<Date> {
    Date::parse(of.text(at)?).ok()
}

fn with_code<K>(record: Record, code: Option<&Code<K>>) -> Record {
    record.with(code.map_or("", Code::as_str))
}

/// A code, or nothing for an empty field; the outer option is whether the field can be read.
#[expect(clippy::option_option, reason = "a field that cannot be read is not an empty one")]
fn maybe<K: Kind>(text: &str) -> Option<Option<Code<K>>> {
    if text.is_empty() { Some(None) } else { Code::parse(text).ok().map(Some) }
}

fn with_need(record: Record, need: Need) -> Record {
    record.with(&need.share.text()).with(need.of.code())
}

fn need_of(of: &Fields<'_>, at: usize) -> Option<Need> {
    Some(Need { share: Share::parse(of.text(at)?)?, of: VoteBase::parse(of.text(at + 1)?)? })
}

fn with_source(record: Record, source: &RuleSource) -> Record {
    match source {
        RuleSource::Law(cite, confidence) => record.with(confidence.code()).with(cite),
        RuleSource::House(cite) => record.with("").with(cite),
    }
}

fn source_of(of: &Fields<'_>, at: usize) -> Option<RuleSource> {
    let cite = of.owned(at + 1)?;
    Some(match of.text(at)? {
        "" => RuleSource::House(cite),
        word => RuleSource::Law(cite, <Confidence as Word>::parse(word)?),
    })
}

fn with_seat(record: Record, seat: &Seat) -> Record {
    let record = record.with(&seat.number.to_string()).with(seat.role.word()).with(word(seat.votes));
    let record = with_code(record.with(&seat.name).with(&seat.position), seat.unit.as_ref());
    let record = with_code(with_code(record, seat.account.as_ref()), seat.subject.as_ref());
    let record = record.with(&seat.from.to_string()).with(&seat.warrant.number).with(&seat.warrant.on.to_string());
    match &seat.ended {
        Some((until, warrant)) => record.with(&until.to_string()).with(&warrant.number).with(&warrant.on.to_string()),
        None => record.with("").with("").with(""),
    }
}

fn seat_of(seat: &[String]) -> Option<Seat> {
    let of = Fields(seat);
    let ended = match of.text(11)? {
        "" => None,
        _ => Some((day(&of, 11)?, Warrant { number: of.owned(12)?, on: day(&of, 13)? })),
    };
    Some(Seat {
        number: of.whole(0)?,
        role: SeatRole::parse(of.text(1)?)?,
        votes: yes(&of, 2)?,
        name: of.owned(3)?,
        position: of.owned(4)?,
        unit: maybe(of.text(5)?)?,
        account: maybe(of.text(6)?)?,
        subject: maybe(of.text(7)?)?,
        from: day(&of, 8)?,
        warrant: Warrant { number: of.owned(9)?, on: day(&of, 10)? },
        ended,
    })
}

fn with_question(record: Record, question: &Question) -> Record {
    let rule = &question.rule;
    let record = record.with(&question.number.to_string()).with(&question.matter.to_string());
    let record = record.with(&question.round.to_string()).with(question.ballot.word());
    let record = record.with(&question.text).with(&question.reason);
    let record = with_source(with_need(record, rule.quorum), &rule.quorum_from);
    let record = with_source(with_need(record, rule.threshold), &rule.threshold_from);
    let record = with_source(record.with(rule.method.code()), &rule.method_from);
    let record = record.with(word(rule.written_counts)).with(rule.conflict.word());
    with_source(record, &rule.conflict_from)
}

fn question_of(of: &Fields<'_>, put: Signed) -> Option<Question> {
    Some(Question {
        number: of.whole(3)?,
        matter: of.whole(4)?,
        round: of.whole(5)?,
        ballot: Ballot::parse(of.text(6)?)?,
        text: of.owned(7)?,
        reason: of.owned(8)?,
        rule: CountRule {
            quorum: need_of(of, 9)?,
            quorum_from: source_of(of, 11)?,
            threshold: need_of(of, 13)?,
            threshold_from: source_of(of, 15)?,
            method: VoteMethod::parse(of.text(17)?)?,
            method_from: source_of(of, 18)?,
            written_counts: yes(of, 20)?,
            conflict: Denominator::parse(of.text(21)?)?,
            conflict_from: source_of(of, 22)?,
        },
        put,
    })
}

fn with_count(record: Record, count: &Count) -> Record {
    let list = |seats: &[SeatNumber]| seats.iter().map(SeatNumber::to_string).collect::<Vec<_>>().join(" ");
    let written: Vec<String> = count.written.iter().map(|(seat, choice)| format!("{seat}:{}", choice.word())).collect();
    let record = record.with(&count.members.to_string()).with(&list(&count.entitled)).with(&list(&count.present));
    let record = record.with(&list(&count.conflicted)).with(&list(&count.voted)).with(&written.join(" "));
    let heap = count.ballots;
    let numbers =
        [heap.agree, heap.disagree, heap.blank, count.quorum_needed, count.denominator, count.needed, count.agreed];
    numbers.iter().fold(record, |record, number| record.with(&number.to_string())).with(count.outcome.word())
}

fn count_of(of: &Fields<'_>) -> Option<Count> {
    let list = |at: usize| of.text(at)?.split_whitespace().map(|seat| seat.parse().ok()).collect::<Option<Vec<_>>>();
    let written = of.text(9)?.split_whitespace().map(|pair| {
        let (seat, choice) = pair.split_once(':')?;
        Some((seat.parse().ok()?, Choice::parse(choice)?))
    });
    Some(Count {
        members: of.whole(4)?,
        entitled: list(5)?,
        present: list(6)?,
        conflicted: list(7)?,
        voted: list(8)?,
        written: written.collect::<Option<_>>()?,
        ballots: Heap { agree: of.whole(10)?, disagree: of.whole(11)?, blank: of.whole(12)? },
        quorum_needed: of.whole(13)?,
        denominator: of.whole(14)?,
        needed: of.whole(15)?,
        agreed: of.whole(16)?,
        outcome: Outcome::parse(of.text(17)?)?,
    })
}
