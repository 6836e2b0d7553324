//! Random records, from a seed, with the words of the book.

use thidua_base::code::HonourCode;
use thidua_base::{Date, Number};
use thidua_law::Book;
use thidua_law::record::{
    Award, ClusterResult, DisciplineCase, HumanAnswer, Initiative, Inquiry, Members, MovementResult, OfficeHeld,
    Rating, Record, Registration, Scored, Service,
};
use thidua_law::terms::TermKind;
use thidua_law::vocabulary::{SubjectKind, Word};

/// A source of chance that gives the same for the same seed.
pub struct Chance(u64);

impl Chance {
    /// Of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % bound.max(1)
    }

    /// One time in so many.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        let at = self.below(list.len());
        &list[at]
    }

    fn word<W: Word>(&mut self) -> W {
        self.pick(W::WORDS).0
    }

    fn day(&mut self, year: i16) -> Date {
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        Date::new(year, i8::try_from(month).unwrap(), i8::try_from(day).unwrap()).unwrap()
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.once_in(3) { None } else { Some(value(self)) }
    }
}

/// A record around a year, likely enough to meet things: full of facts of the last years.
pub fn record(book: &Book, subject: SubjectKind, honour: &HonourCode, asks: &[String], year: i16, seed: u64) -> Record {
    let mut chance = Chance::new(seed);
    let honours: Vec<HonourCode> = book.honours().map(|honour| honour.code.clone()).collect();
    let mut record = Record::unknown(subject);
    record.category = chance.maybe(Chance::word);
    record.born_or_founded = chance.maybe(|chance| {
        let year = year - 10 - i16::try_from(chance.below(50)).unwrap();
        chance.day(year)
    });
    record.recruited_on = chance.maybe(|chance| {
        let year = year - i16::try_from(chance.below(20)).unwrap();
        chance.day(year)
    });
    record.woman = chance.maybe(|chance| chance.once_in(2));
    let from = |chance: &mut Chance| chance.maybe(|chance| if chance.once_in(2) { 1900 } else { year - 4 });
    record.awards_complete_from = from(&mut chance);
    record.initiatives_complete_from = from(&mut chance);
    record.disciplines_complete_from = from(&mut chance);
    record.registrations_complete_from = from(&mut chance);
    for _ in 0..chance.below(30) {
        let honour = chance.pick(&honours).clone();
        let first = year - i16::try_from(chance.below(14)).unwrap();
        // Runs of the same title, as careers have them.
        let last = first + i16::try_from(chance.below(6)).unwrap();
        let level = chance.maybe(Chance::word);
        let kind = chance.maybe(Chance::word);
        for year in first..=last {
            let decided_on = chance.maybe(|chance| chance.day(year));
            let period =
                chance.once_in(4).then(|| (Date::new(year - 2, 1, 1).unwrap(), Date::new(year, 12, 31).unwrap()));
            let revoked_on = chance.once_in(12).then(|| Date::new(year + 1, 6, 1).unwrap());
            let key = chance.below(1000).to_string();
            record.awards.push(Award {
                honour: honour.clone(),
                year,
                period,
                decided_on,
                decision: None,
                authority: None,
                level,
                kind,
                revoked_on,
                key,
            });
        }
    }
    for back in 0..14 {
        if !chance.once_in(5) {
            let grade = if chance.once_in(4) { chance.word() } else { thidua_law::vocabulary::Grade::Excellent };
            record.ratings.push(Rating { year: year - back, grade, key: back.to_string() });
            if chance.once_in(15) {
                record.ratings.push(Rating { year: year - back, grade: chance.word(), key: "hai".to_owned() });
            }
        }
    }
    for at in 0..chance.below(12) {
        record.initiatives.push(Initiative {
            kind: chance.word(),
            scope: chance.word(),
            status: chance.word(),
            year: year - i16::try_from(chance.below(8)).unwrap(),
            by: chance.maybe(Chance::word),
            decision: None,
            decided_on: None,
            key: at.to_string(),
        });
    }
    for at in 0..chance.below(3) {
        let begun = year - i16::try_from(chance.below(4)).unwrap();
        record.disciplines.push(DisciplineCase {
            level: chance.word(),
            from: chance.day(begun),
            to: chance.maybe(|chance| chance.day(begun + 1)),
            key: at.to_string(),
        });
    }
    if chance.once_in(4) {
        let from = chance.day(year);
        record.inquiries.push(Inquiry { kind: chance.word(), from, to: None, key: String::new() });
    }
    if chance.once_in(2) {
        record.registrations.push(Registration { year, on: chance.maybe(|chance| chance.day(year)) });
    }
    if chance.once_in(2) {
        let count = 1 + u32::try_from(chance.below(20)).unwrap();
        let mut members = Members { year, count, ..Members::default() };
        for code in ["lao-dong-tien-tien", "chien-si-tien-tien", "chien-si-thi-dua-co-so"] {
            let n = u32::try_from(chance.below(21)).unwrap().min(count);
            members.holding.insert(HonourCode::parse(code).unwrap(), n);
        }
        members.completing = chance.maybe(|chance| if chance.once_in(2) { count } else { count - 1 });
        if chance.once_in(4) {
            members.disciplined.push((chance.word(), 1));
        }
        record.members.push(members);
    }
    for at in 0..chance.below(3) {
        let rank = 1 + u8::try_from(chance.below(3)).unwrap();
        record.clusters.push(ClusterResult { year, rank, organiser: chance.word(), key: at.to_string() });
        let begun = year - i16::try_from(chance.below(8)).unwrap();
        record.movements.push(MovementResult {
            launcher: chance.word(),
            from: chance.day(begun),
            to: chance.maybe(|chance| chance.day(year)),
            result: chance.word(),
            at: chance.word(),
            year,
            key: at.to_string(),
        });
    }
    let words = |kind: TermKind| book.rules().terms.of(kind).map(|(code, _)| code.to_owned()).collect::<Vec<_>>();
    for field in words(TermKind::Field) {
        if chance.once_in(3) {
            let begun = year - i16::try_from(chance.below(40)).unwrap();
            record.service.push(Service {
                field,
                from: chance.day(begun),
                to: chance.maybe(|chance| chance.day(year)),
                hardship: chance.once_in(4),
                key: begun.to_string(),
            });
        }
    }
    let posts = book.honours().flat_map(|honour| &honour.offices).map(|office| office.key.clone());
    for posts in posts.chain(words(TermKind::Post)) {
        if chance.once_in(2) {
            let begun = year - i16::try_from(chance.below(20)).unwrap();
            record.offices.push(OfficeHeld { posts, from: chance.day(begun), to: None, key: begun.to_string() });
        }
    }
    let segments = words(TermKind::Segment);
    if chance.once_in(2) && !segments.is_empty() {
        record.scores.push(Scored {
            year,
            points: Number::new(i64::try_from(500 + chance.below(501)).unwrap(), 1).unwrap(),
            segment: chance.maybe(|chance| chance.pick(&segments).clone()),
            groups_ok: chance.maybe(|chance| !chance.once_in(4)),
            groups: Vec::new(),
        });
    }
    for fact in words(TermKind::Count) {
        if chance.once_in(2) {
            record.counts.insert(fact, u32::try_from(chance.below(12)).unwrap());
        }
    }
    for fact in words(TermKind::Statement) {
        if !chance.once_in(3) {
            record.statements.insert(fact, chance.once_in(2));
        }
    }
    for ask in asks {
        if !chance.once_in(3) {
            record.answers.push(HumanAnswer {
                honour: honour.clone(),
                condition: ask.clone(),
                year,
                yes: !chance.once_in(4),
                by: "Trần Thị B".to_owned(),
                on: Date::new(year, 6, 1).unwrap(),
            });
        }
    }
    record
}
