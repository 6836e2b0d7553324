//! A matter in the room: what it is, who has no part in it, its votes and tallies, what the secretary may do with it.

use thidua_app::council::{MatterSeen, QuestionSeen, Room};
use thidua_base::text::upper_first;
use thidua_domain::council::{Ballot, Choice, CountRule, Ground, RuleSource, SeatNumber, Stage};
use thidua_law::vocabulary::{SubjectKind, VoteMethod, Word};

use super::{method_word, need_words, outcome_mark, spoken};
use crate::messages::{Lang, Messages};
use crate::movement::Marked;
use crate::option::FilterOption;

/// A ballot that the member may cast now.
#[derive(Debug)]
pub struct BallotView {
    pub(super) question: u16,
    pub(super) label: String,
    pub(super) text: String,
    pub(super) title: String,
    pub(super) is_secret: bool,
    pub(super) choices: Vec<(&'static str, &'static str)>,
}

/// A matter.
#[derive(Debug)]
pub struct MatterView {
    pub(super) number: u16,
    pub(super) label: String,
    /// Empty where it is not shown to the member.
    pub(super) title: String,
    /// Why it is not shown.
    pub(super) hidden: String,
    pub(super) facts: String,
    pub(super) summary: String,
    pub(super) reference: String,
    pub(super) conflicts: Vec<String>,
    pub(super) opinions: Vec<OpinionView>,
    pub(super) rounds: Vec<RoundView>,
    /// Whether the member may still say that they have a conflict.
    pub(super) may_declare: bool,
    /// What the secretary may put, where they may.
    pub(super) put: Option<PutView>,
    /// Members of whom an opinion may be written down, where the secretary may.
    pub(super) writers: Vec<FilterOption>,
}

/// An opinion in writing.
#[derive(Debug)]
pub struct OpinionView {
    pub(super) name: String,
    pub(super) received: String,
    pub(super) text: String,
    pub(super) vote: String,
}

/// What may be put to the vote.
#[derive(Debug)]
pub struct PutView {
    pub(super) text: String,
    pub(super) is_again: bool,
    pub(super) methods: Vec<FilterOption>,
    pub(super) rule: Vec<String>,
    pub(super) unread: String,
}

/// A vote.
#[derive(Debug)]
pub struct RoundView {
    pub(super) question: u16,
    pub(super) name: String,
    pub(super) method: String,
    pub(super) text: String,
    pub(super) reason: String,
    pub(super) is_open: bool,
    pub(super) voted: String,
    pub(super) have_voted: bool,
    pub(super) void: String,
    pub(super) tally: Option<TallyView>,
    pub(super) rule: Vec<String>,
    pub(super) unread: String,
}

/// A tally.
#[derive(Debug)]
pub struct TallyView {
    pub(super) outcome: Marked,
    pub(super) line: String,
    pub(super) entitled: String,
    pub(super) rows: Vec<(&'static str, u32, usize)>,
    pub(super) all: (u32, usize),
    pub(super) codes_title: String,
    pub(super) codes: Vec<(String, &'static str)>,
    pub(super) names: Vec<(String, &'static str)>,
}

/// A kind of subject, in the reader's language.
pub fn kind_word(say: &Messages, kind: SubjectKind) -> String {
    upper_first(match say.lang() {
        Lang::Vi => kind.vi(),
        Lang::En => kind.en(),
    })
}

fn choice_word(say: &'static Messages, choice: Choice) -> &'static str {
    say.get(&format!("vote-choice.{}", choice.word()))
}

/// The ballots that the member may cast now.
pub fn ballots(say: &'static Messages, room: &Room) -> Vec<BallotView> {
    let matters = room.matters.iter().filter_map(|matter| Some((matter, matter.matter.as_ref()?)));
    let asked = matters.flat_map(|(matter, of)| matter.questions.iter().map(move |asked| (matter, of, asked)));
    let mine = asked.filter(|(_, _, asked)| asked.is_open && room.mine.is_some() && asked.may_not.is_none());
    mine.map(|(matter, of, asked)| BallotView {
        question: asked.question.number,
        label: say.with("council.matter-n", &[("number", &matter.number.to_string())]),
        text: asked.question.text.clone(),
        title: of.title.clone(),
        is_secret: asked.question.ballot == Ballot::Secret,
        choices: Choice::ALL.map(|choice| (choice.word(), choice_word(say, choice))).into(),
    })
    .collect()
}

/// A matter as the room shows it.
pub fn matter_view(say: &'static Messages, room: &Room, matter: &MatterSeen) -> MatterView {
    let number = matter.number.to_string();
    let of = matter.matter.as_ref();
    let honour = of.and_then(|of| room.honours.get(&of.honour)).map(|said| spoken(say, said));
    let facts = [honour.unwrap_or_default(), kind_word(say, matter.kind), matter.nominated_by.clone()];
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let hidden = match (of, matter.ground) {
        (Some(_), _) => "",
        (None, Some(Ground::Oneself)) => say.get("council.ground-oneself"),
        (None, Some(Ground::Declared)) => say.get("council.ground-declared"),
        (None, None) => say.get("council.not-declared"),
    };
    let is_open = room.stage == Stage::Open;
    let conflicts = matter.conflicts.iter().map(|(seat, reason)| {
        if room.runs && !reason.is_empty() { format!("{} ({reason})", seat.name) } else { seat.name.clone() }
    });
    let counted = matter.questions.last().is_some_and(|asked| asked.count.is_some());
    let opinions = matter.opinions.iter().map(|(seat, opinion)| OpinionView {
        name: seat.name.clone(),
        received: say.with("council.received", &[("day", &opinion.received_on.in_table())]),
        text: opinion.text.clone(),
        // A vote in a letter is shown to members with the tally, not before they vote.
        vote: opinion
            .choice
            .filter(|_| room.runs || counted)
            .map(|choice| choice_word(say, choice).to_owned())
            .unwrap_or_default(),
    });
    let is_asked = matter.questions.iter().any(|asked| asked.is_open);
    let put = (room.runs && is_open && !is_asked).then(|| put_view(say, room, matter));
    let writers = if room.runs && is_open {
        let entitled = |seat: SeatNumber| matter.part.as_ref().is_none_or(|part| !part.conflicted.contains(&seat));
        let members = room.members.iter().filter(|member| entitled(member.seat.number));
        let of = |member: &thidua_app::council::MemberSeen| (member.seat.number.to_string(), member.seat.name.clone());
        super::chosen(members.map(of).collect(), "")
    } else {
        Vec::new()
    };
    MatterView {
        number: matter.number,
        label: say.with("council.matter-n", &[("number", &number)]),
        title: of.map(|of| of.title.clone()).unwrap_or_default(),
        hidden: hidden.to_owned(),
        facts: facts.join(" · "),
        summary: of.map(|of| of.summary.clone()).unwrap_or_default(),
        reference: of.map(|of| of.reference.clone()).unwrap_or_default(),
        conflicts: conflicts.collect(),
        opinions: opinions.collect(),
        rounds: matter.questions.iter().map(|asked| round_view(say, room, asked)).collect(),
        may_declare: is_open
            && room.mine.is_some()
            && of.is_some()
            && matter.declared
            && !matter.questions.iter().any(|asked| asked.have_voted),
        put: put.flatten(),
        writers,
    }
}

fn put_view(say: &'static Messages, room: &Room, matter: &MatterSeen) -> Option<PutView> {
    let (of, rule, part) = (matter.matter.as_ref()?, matter.rule.as_ref()?, matter.part.as_ref()?);
    let written =
        if rule.written_counts { matter.opinions.iter().filter(|(_, said)| said.choice.is_some()).count() } else { 0 };
    let base = part.base(rule.threshold, rule.conflict, written);
    let now = say.with(
        "council.rule-now",
        &[
            ("threshold", &need_words(say, rule.threshold)),
            ("cite", &cite(room, &rule.threshold_from)),
            ("needed", &rule.threshold.share.needed(base).to_string()),
            ("of", &base.to_string()),
        ],
    );
    let mut lines = vec![now];
    lines.extend(method_and_conflict(say, room, rule, !part.conflicted.is_empty()));
    let first = if rule.method == VoteMethod::Open { Ballot::Open } else { Ballot::Secret };
    let methods =
        Ballot::ALL.map(|ballot| (ballot.word().to_owned(), say.get(&format!("ballot.{}", ballot.word())).to_owned()));
    Some(PutView {
        text: say.with("council.question-default", &[("title", &of.title)]),
        is_again: !matter.questions.is_empty(),
        methods: super::chosen(methods.into(), first.word()),
        rule: lines,
        unread: unread(say, room, rule),
    })
}

fn round_view(say: &'static Messages, room: &Room, asked: &QuestionSeen) -> RoundView {
    let question = &asked.question;
    let present = match &asked.count {
        Some(count) => count.present.len(),
        None => room.members.iter().filter(|member| member.seat.votes && member.is_here).count(),
    };
    let rule = &question.rule;
    let threshold = say.with(
        "council.rule-of",
        &[("threshold", &need_words(say, rule.threshold)), ("cite", &cite(room, &rule.threshold_from))],
    );
    let has_conflict = asked.count.as_ref().is_some_and(|count| !count.conflicted.is_empty());
    let mut lines = vec![threshold];
    lines.extend(method_and_conflict(say, room, rule, has_conflict));
    RoundView {
        question: question.number,
        name: say.with("council.round-n", &[("round", &question.round.to_string())]),
        method: say.get(&format!("ballot.{}", question.ballot.word())).to_owned(),
        text: question.text.clone(),
        reason: question.reason.clone(),
        is_open: asked.is_open,
        voted: say
            .with("council.voted-of", &[("voted", &asked.voted.len().to_string()), ("present", &present.to_string())]),
        have_voted: asked.have_voted,
        void: asked.void.as_ref().map(|reason| say.with("council.voided", &[("reason", reason)])).unwrap_or_default(),
        tally: asked.count.as_ref().map(|_| tally_view(say, room, asked)),
        rule: lines,
        unread: unread(say, room, rule),
    }
}

fn tally_view(say: &'static Messages, room: &Room, asked: &QuestionSeen) -> TallyView {
    let count = asked.count.as_ref().expect("only a counted question has a tally");
    let number = |number: usize| number.to_string();
    let written = |choice: Choice| count.written.iter().filter(|(_, chosen)| *chosen == choice).count();
    let heap = count.ballots;
    let rows = [(Choice::Agree, heap.agree), (Choice::Disagree, heap.disagree), (Choice::Blank, heap.blank)];
    let name = |seat: SeatNumber| {
        let of = room.members.iter().find(|member| member.seat.number == seat);
        of.map(|member| member.seat.name.clone()).unwrap_or_default()
    };
    TallyView {
        outcome: outcome_mark(say, count.outcome),
        line: say.with(
            "council.tally-line",
            &[
                ("agreed", &count.agreed.to_string()),
                ("of", &count.denominator.to_string()),
                ("needed", &count.needed.to_string()),
            ],
        ),
        entitled: say.with(
            "council.entitled-line",
            &[
                ("entitled", &number(count.entitled.len())),
                ("present", &number(count.present.len())),
                ("voted", &number(count.voted.len())),
            ],
        ),
        rows: rows.map(|(choice, cast)| (choice_word(say, choice), cast, written(choice))).into(),
        all: (heap.all(), count.written.len()),
        codes_title: say.with("council.codes", &[("count", &number(asked.ballots.len()))]),
        codes: asked.ballots.iter().map(|(code, choice)| (code.clone(), choice_word(say, *choice))).collect(),
        names: asked.named.iter().map(|(seat, choice)| (name(*seat), choice_word(say, *choice))).collect(),
    }
}

fn method_and_conflict(say: &'static Messages, room: &Room, rule: &CountRule, has_conflict: bool) -> Vec<String> {
    let method = method_word(say, rule.method).to_lowercase();
    let mut lines =
        vec![say.with("council.rule-method", &[("method", &method), ("cite", &cite(room, &rule.method_from))])];
    if has_conflict {
        let kept = say.get(&format!("denominator.{}", rule.conflict.word()));
        lines.push(say.with("council.conflict-line", &[("rule", kept), ("cite", &cite(room, &rule.conflict_from))]));
    }
    lines
}

fn unread(say: &'static Messages, room: &Room, rule: &CountRule) -> String {
    let cites: Vec<String> = rule
        .unread()
        .into_iter()
        .map(|cite| room.cites.get(cite).cloned().unwrap_or_else(|| cite.to_owned()))
        .collect();
    if cites.is_empty() { String::new() } else { say.with("council.unread", &[("cites", &cites.join("; "))]) }
}

fn cite(room: &Room, source: &RuleSource) -> String {
    room.cites.get(source.cite()).cloned().unwrap_or_else(|| source.cite().to_owned())
}

/// Rooms for samples: a stranger to the agenda, a member who votes, the secretary, a session that is over.
#[cfg(test)]
pub fn sample_rooms(name: &str) -> Vec<Room> {
    use std::collections::{BTreeMap, BTreeSet};
    use thidua_app::council::MemberSeen;
    use thidua_base::code::HonourCode;
    use thidua_base::{Date, Timestamp};
    use thidua_domain::council::vote::count;
    use thidua_domain::council::{Heap, Matter, Opinion, Part, Question, Session, SessionId, Signed};
    use thidua_law::vocabulary::Confidence;
    let day = Date::parse("2020-07-05").unwrap();
    let signed = || Signed { by: name.to_owned(), at: Timestamp::parse("2020-07-05T02:00:00Z").unwrap() };
    let composition = super::room::sample_composition(name);
    let honour = HonourCode::parse("x").unwrap();
    let rule = CountRule {
        threshold_from: RuleSource::Law(name.to_owned(), Confidence::Recalled),
        ..CountRule::of(None, &composition.rules[0])
    };
    let part = Part { entitled: vec![1], conflicted: vec![2], present: vec![1] };
    let seats = composition.seats.clone();
    let asked = |ballot, is_open: bool, void: bool| {
        let tally =
            count(&rule, &part, &BTreeSet::from([1]), Heap { agree: 1, ..Heap::default() }, &[(3, Choice::Blank)]);
        let is_counted = !is_open && !void;
        QuestionSeen {
            question: Question {
                number: 1,
                matter: 1,
                round: 2,
                ballot,
                text: name.to_owned(),
                reason: name.to_owned(),
                rule: rule.clone(),
                put: signed(),
            },
            is_open,
            voted: vec![1],
            have_voted: !is_open,
            may_not: None,
            count: is_counted.then_some(tally),
            void: void.then(|| name.to_owned()),
            ballots: if is_counted { vec![("K7M2QX9A".into(), Choice::Agree)] } else { Vec::new() },
            named: if is_counted { vec![(1, Choice::Agree)] } else { Vec::new() },
        }
    };
    let opinion = Opinion { choice: Some(Choice::Agree), text: name.to_owned(), received_on: day, signed: signed() };
    let matter = |ground, sees: bool, runs: bool, questions: Vec<QuestionSeen>| MatterSeen {
        number: 1,
        nominated_by: name.to_owned(),
        from_own_unit: true,
        kind: SubjectKind::Person,
        declared: sees,
        ground,
        matter: sees.then(|| Matter {
            number: 1,
            reference: name.to_owned(),
            title: name.to_owned(),
            honour: honour.clone(),
            kind: SubjectKind::Person,
            subject: None,
            nominated_by: seats[0].unit.clone().unwrap(),
            summary: name.to_owned(),
        }),
        conflicts: if sees { vec![(seats[1].clone(), name.to_owned())] } else { Vec::new() },
        opinions: if sees { vec![(seats[2].clone(), opinion.clone())] } else { Vec::new() },
        rule: runs.then(|| rule.clone()),
        part: runs.then(|| part.clone()),
        questions,
    };
    let room = |stage, mine: bool, runs: bool, matters: Vec<MatterSeen>| Room {
        council: super::show::sample_council(name),
        session: Session {
            id: SessionId::parse("ph-1").unwrap(),
            council: super::show::sample_council(name).id,
            held_on: day,
            place: name.to_owned(),
            called: signed(),
            provenance: super::show::sample_council(name).provenance,
        },
        stage,
        opened: Some(signed()),
        closed: (stage == Stage::Closed).then(|| (name.to_owned(), signed())),
        members: seats
            .iter()
            .map(|seat| MemberSeen { seat: seat.clone(), is_here: seat.number == 1, has_declared: seat.number == 1 })
            .collect(),
        quorum: Some((2, 3)),
        mine: mine.then(|| seats[0].clone()),
        runs,
        matters,
        honours: BTreeMap::from([(honour.clone(), thidua_law::table::Said::new(name, name))]),
        cites: BTreeMap::new(),
        today: day,
    };
    let grounds = [None, Some(Ground::Declared), Some(Ground::Oneself)];
    vec![
        room(Stage::Open, true, false, grounds.map(|ground| matter(ground, false, false, Vec::new())).into()),
        room(Stage::Open, true, false, vec![matter(None, true, false, vec![asked(Ballot::Secret, true, false)])]),
        room(
            Stage::Open,
            false,
            true,
            vec![
                matter(None, true, true, vec![asked(Ballot::Open, false, true)]),
                MatterSeen { number: 2, ..matter(None, true, true, vec![asked(Ballot::Open, true, false)]) },
            ],
        ),
        room(Stage::Called, false, true, vec![matter(None, true, true, Vec::new())]),
        room(Stage::Closed, true, false, vec![matter(None, true, false, vec![asked(Ballot::Secret, false, false)])]),
    ]
}
