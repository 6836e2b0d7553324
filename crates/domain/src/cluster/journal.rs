//! What was done in a cluster's scoring, act by act (sổ chấm điểm): only added to, each act a record of the form in which
//! a round is frozen. Read in order the acts make the evidence and the reviews that a round is scored from.

use std::collections::BTreeMap;

use thidua_base::code::{CriterionCode, EvidenceId, OrgId};
use thidua_base::{Date, Timestamp};

use super::evidence::{Claimed, Claims, Proof, Revoked};
use super::freeze::record::{Record, fields};
use super::freeze::thaw::{Fields, taken};
use super::freeze::write;
use super::objection::{Answer, Objection, Outcome, Remark};
use super::review::{Excusal, Reviewed, Reviews, Stated};
use super::scheme::Level;
use super::score::Round;

/// Something that is done in a scoring, ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A file of evidence is added.
    Proved(EvidenceId, Proof),
    /// A file counts no more.
    Revoked(EvidenceId, OrgId, Revoked),
    /// A unit claims.
    Claimed(OrgId, CriterionCode, Claimed),
    /// A level marks.
    Marked(OrgId, CriterionCode, Reviewed),
    /// A unit is excused.
    Excused(OrgId, CriterionCode, Excusal),
    /// A sanction is stated.
    Stated(OrgId, Stated),
    /// A unit's sheet goes up, or comes back.
    Passed(OrgId, Passage),
    /// A unit objects to a mark.
    Objected(Objection),
    /// Something is said in the course of an objection, named by the number of the act that raised it.
    Remarked(i64, OrgId, Remark),
    /// An objection ends.
    Answered(i64, OrgId, Outcome),
}

/// A passage of a unit's sheet between the unit and those who mark it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Which way.
    pub way: Way,
    /// Who, as named then.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Which way a sheet passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Gửi: the unit is done.
    Up,
    /// Trả lại: it is to look again at what is named.
    Back {
        /// Why, in words.
        reason: String,
        /// The criteria named; none where the whole sheet is meant.
        named: Vec<CriterionCode>,
    },
}

/// A scoring as its acts have made it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    /// Files and claims.
    pub evidence: Claims,
    /// Marks, excuses and sanctions.
    pub reviews: Reviews,
    /// Passages of each unit's sheet, the oldest first.
    pub passages: BTreeMap<OrgId, Vec<Passage>>,
    /// Objections by the number of the act that raised them.
    pub objections: BTreeMap<i64, Objection>,
    /// The number of the last act; 0 before the first.
    pub last: i64,
}

const UP: &str = "sent";
const BACK: &str = "returned";

const ANSWERS: [(&str, Answer); 3] =
    [("accepted", Answer::Accepted), ("declined", Answer::Declined), ("withdrawn", Answer::Withdrawn)];

impl Act {
    /// The unit it is about.
    pub fn unit(&self) -> &OrgId {
        match self {
            Self::Proved(_, file) => &file.unit,
            Self::Objected(objection) => &objection.unit,
            Self::Claimed(unit, ..)
            | Self::Marked(unit, ..)
            | Self::Excused(unit, ..)
            | Self::Stated(unit, _)
            | Self::Passed(unit, _)
            | Self::Revoked(_, unit, _)
            | Self::Remarked(_, unit, _)
            | Self::Answered(_, unit, _) => unit,
        }
    }

    /// The criterion it is about, where it is about one.
    pub fn criterion(&self) -> Option<&CriterionCode> {
        match self {
            Self::Claimed(_, criterion, _) | Self::Marked(_, criterion, _) | Self::Excused(_, criterion, _) => {
                Some(criterion)
            }
            Self::Objected(objection) => Some(&objection.criterion),
            Self::Proved(..)
            | Self::Revoked(..)
            | Self::Stated(..)
            | Self::Passed(..)
            | Self::Remarked(..)
            | Self::Answered(..) => None,
        }
    }

    /// Its record: one line without its end.
    pub fn record(&self) -> String {
        let mut out = String::new();
        match self {
            Self::Proved(id, file) => write::file(id, file, &mut out),
            Self::Claimed(unit, criterion, claimed) => write::claim(unit, criterion, claimed, &mut out),
            Self::Marked(unit, criterion, reviewed) => write::mark(unit, criterion, reviewed, &mut out),
            Self::Excused(unit, criterion, excusal) => write::excuse(unit, criterion, excusal, &mut out),
            Self::Stated(unit, stated) => write::stated(unit, stated, &mut out),
            Self::Revoked(id, _, revoked) => {
                let record = Record::of("revoked").with(id.as_str()).with(&revoked.reason);
                signed(record, &revoked.by, revoked.at).end(&mut out);
            }
            Self::Passed(unit, passage) => passed(unit, passage).end(&mut out),
            Self::Objected(objection) => {
                let record = Record::of("objection").with(objection.unit.as_str()).with(objection.criterion.as_str());
                let record = record.with(objection.level.word()).with(&objection.due.to_string());
                signed(record.with(&objection.grounds), &objection.by, objection.at).end(&mut out);
            }
            Self::Remarked(objection, _, remark) => {
                let record = Record::of("remark").with(&objection.to_string()).with(&remark.text);
                signed(record, &remark.by, remark.at).end(&mut out);
            }
            Self::Answered(objection, _, outcome) => {
                let word = ANSWERS.iter().find(|(_, answer)| *answer == outcome.answer).map_or("", |(word, _)| word);
                let record = Record::of("outcome").with(&objection.to_string()).with(word).with(&outcome.reason);
                signed(record, &outcome.by, outcome.at).end(&mut out);
            }
        }
        out.truncate(out.trim_end_matches('\n').len());
        out
    }
}

fn signed(record: Record, by: &str, at: Timestamp) -> Record {
    record.with(by).with(&write::instant(at))
}

fn passed(unit: &OrgId, passage: &Passage) -> Record {
    match &passage.way {
        Way::Up => signed(Record::of(UP).with(unit.as_str()), &passage.by, passage.at),
        Way::Back { reason, named } => {
            let record = signed(Record::of(BACK).with(unit.as_str()), &passage.by, passage.at).with(reason);
            named.iter().fold(record, |record, criterion| record.with(criterion.as_str()))
        }
    }
}

impl Journal {
    /// Takes the next act, by its number and record; `None` where the record is none of an act.
    pub fn take(&mut self, number: i64, record: &str) -> Option<()> {
        let found = fields(record)?;
        let of = Fields(&found);
        match of.text(0)? {
            "claim" | "mark" | "excuse" | "stated" | "file" => {
                let mut round = Round {
                    evidence: std::mem::take(&mut self.evidence),
                    reviews: std::mem::take(&mut self.reviews),
                    ..Round::default()
                };
                let is_taken = taken(&mut round, &mut BTreeMap::new(), &of);
                (self.evidence, self.reviews) = (round.evidence, round.reviews);
                is_taken?;
            }
            "revoked" => {
                let revoked = Revoked { reason: of.owned(2)?, by: of.owned(3)?, at: of.instant(4)? };
                self.evidence.files.get_mut(&of.code(1)?)?.revoked = Some(revoked);
            }
            UP => self.pass(&of, Way::Up)?,
            BACK => {
                let named = of.rest(5).iter().map(|code| CriterionCode::parse(code).ok()).collect::<Option<_>>()?;
                self.pass(&of, Way::Back { reason: of.owned(4)?, named })?;
            }
            "objection" => {
                let level = of.text(3)?;
                let objection = Objection {
                    unit: of.code(1)?,
                    criterion: of.code(2)?,
                    level: Level::ALL.into_iter().find(|one| one.word() == level)?,
                    due: Date::parse(of.text(4)?).ok()?,
                    grounds: of.owned(5)?,
                    by: of.owned(6)?,
                    at: of.instant(7)?,
                    said: Vec::new(),
                    outcome: None,
                };
                self.objections.insert(number, objection);
            }
            "remark" => {
                let remark = Remark { text: of.owned(2)?, by: of.owned(3)?, at: of.instant(4)? };
                self.objections.get_mut(&of.whole(1)?)?.said.push(remark);
            }
            "outcome" => {
                let answer = of.text(2)?;
                let answer = ANSWERS.iter().find(|(word, _)| *word == answer).map(|(_, answer)| *answer)?;
                let outcome = Outcome { answer, reason: of.owned(3)?, by: of.owned(4)?, at: of.instant(5)? };
                self.objections.get_mut(&of.whole(1)?)?.outcome = Some(outcome);
            }
            _ => return None,
        }
        self.last = number;
        Some(())
    }

    fn pass(&mut self, of: &Fields<'_>, way: Way) -> Option<()> {
        let passage = Passage { way, by: of.owned(2)?, at: of.instant(3)? };
        self.passages.entry(of.code(1)?).or_default().push(passage);
        Some(())
    }

    /// The last passage of a unit's sheet.
    pub fn passage(&self, unit: &OrgId) -> Option<&Passage> {
        self.passages.get(unit)?.last()
    }

    /// Whether a unit's sheet lies with those who mark it.
    pub fn is_up(&self, unit: &OrgId) -> bool {
        self.passage(unit).is_some_and(|passage| passage.way == Way::Up)
    }

    /// The criteria for which a unit's sheet was sent back, while it is back; `None` where it is not, none inside where
    /// the whole of it is meant.
    pub fn sent_back(&self, unit: &OrgId) -> Option<(&str, &[CriterionCode])> {
        match &self.passage(unit)?.way {
            Way::Up => None,
            Way::Back { reason, named } => Some((reason, named)),
        }
    }
}

#[cfg(test)]
mod tests {
    use thidua_base::Number;

    use super::*;
    use crate::cluster::evidence::Claim;
    use crate::cluster::review::{Excused, Verdict};

    fn at() -> Timestamp {
        Timestamp::parse("2026-12-01T09:00:00+07:00").unwrap()
    }

    fn unit() -> OrgId {
        OrgId::parse("xa-a").unwrap()
    }

    fn code() -> CriterionCode {
        CriterionCode::parse("B.3").unwrap()
    }

    const SAID: &str = "Đã họp,\tcó biên bản\nký ngày 02/3";

    fn acts() -> Vec<Act> {
        let (by, file) = ("Lê Thị Bình".to_owned(), EvidenceId::parse("mc-1").unwrap());
        let proof = Proof { unit: unit(), name: SAID.to_owned(), hash: "00".repeat(32), revoked: None };
        let claimed = Claimed {
            claim: Claim::Amount(Number::whole(4)),
            files: vec![file.clone()],
            note: SAID.to_owned(),
            by: by.clone(),
            at: at(),
        };
        let reviewed = Reviewed {
            level: Level::Appraisal,
            verdict: Verdict::Points(Number::whole(3)),
            over: Number::whole(4),
            reason: SAID.to_owned(),
            by: by.clone(),
            by_unit: None,
            at: at(),
        };
        let excusal = Excusal { why: Excused::NotArisen, reason: SAID.to_owned(), by: by.clone(), at: at() };
        let stated = Stated { sanction: "ky-luat".to_owned(), reason: SAID.to_owned(), by: by.clone(), at: at() };
        let objection = Objection {
            unit: unit(),
            criterion: code(),
            level: Level::Appraisal,
            grounds: SAID.to_owned(),
            by: by.clone(),
            at: at(),
            due: Date::parse("2026-12-08").unwrap(),
            said: Vec::new(),
            outcome: None,
        };
        let remark = Remark { text: SAID.to_owned(), by: by.clone(), at: at() };
        let outcome = Outcome { answer: Answer::Declined, reason: SAID.to_owned(), by: by.clone(), at: at() };
        let back = Way::Back { reason: SAID.to_owned(), named: vec![code()] };
        vec![
            Act::Proved(file.clone(), proof),
            Act::Claimed(unit(), code(), claimed),
            Act::Passed(unit(), Passage { way: Way::Up, by: by.clone(), at: at() }),
            Act::Marked(unit(), code(), reviewed),
            Act::Excused(unit(), code(), excusal),
            Act::Stated(unit(), stated),
            Act::Passed(unit(), Passage { way: back, by: by.clone(), at: at() }),
            Act::Objected(objection),
            Act::Remarked(8, unit(), remark),
            Act::Answered(8, unit(), outcome),
            Act::Revoked(file, unit(), Revoked { reason: SAID.to_owned(), by, at: at() }),
        ]
    }

    #[test]
    fn records_of_all_acts_make_the_journal_again() {
        let mut journal = Journal::default();
        for (number, act) in (1..).zip(acts()) {
            assert!(!act.record().contains('\n'), "{act:?}");
            assert_eq!(journal.take(number, &act.record()), Some(()), "{act:?}");
        }
        assert_eq!(journal.last, 11);
        assert_eq!(journal.evidence.claim(&unit(), &code()).unwrap().note, SAID);
        assert!(!journal.evidence.stands(&unit(), &EvidenceId::parse("mc-1").unwrap()));
        assert_eq!(journal.reviews.of(&unit(), &code())[0].reason, SAID);
        assert_eq!(journal.reviews.excusals[&unit()][&code()].why, Excused::NotArisen);
        assert_eq!(journal.reviews.stated[&unit()][0].sanction, "ky-luat");
        assert_eq!(journal.sent_back(&unit()), Some((SAID, &[code()][..])));
        let objection = &journal.objections[&8];
        assert_eq!(objection.said[0].text, SAID);
        assert_eq!(objection.outcome.as_ref().unwrap().answer, Answer::Declined);
    }

    #[test]
    fn what_is_no_act_is_not_taken() {
        let mut journal = Journal::default();
        for record in ["", "rank\t1", "claim", "outcome\t7\taccepted\tx\tx\t0", "sent\txa-a"] {
            assert_eq!(journal.take(1, record), None, "{record}");
        }
        assert_eq!(journal.last, 0);
    }
}
