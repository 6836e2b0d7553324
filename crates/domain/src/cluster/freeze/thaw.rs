//! Reading a frozen round back: its inputs only, since its results follow from them.

use std::collections::BTreeMap;

use thidua_base::code::{CriterionCode, Kind, OrgId};
use thidua_base::{Code, Date, Number, Timestamp};

use super::record::fields;
use super::write::{ABSENCES, COMPARATORS, DIRECTIONS};
use super::{Freeze, FreezeFault, VERSION};
use crate::cluster::evidence::{Claim, Claimed, Proof, Revoked};
use crate::cluster::measure::{Changed, Measurement, Target};
use crate::cluster::review::{Excusal, Excused, Reviewed, Stated, Verdict};
use crate::cluster::scheme::Level;
use crate::cluster::score::Round;
use crate::indicator::figures::Coverage;
use crate::indicator::{Direction, Value};

/// The round behind a frozen text.
pub(super) fn thawed(text: &str) -> Result<Freeze, FreezeFault> {
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, fields(line)));
    let mut head = |kind: &str| -> Result<Vec<String>, FreezeFault> {
        let (at, found) = lines.next().ok_or(FreezeFault::NotFrozen(1))?;
        found.filter(|found| found.first().is_some_and(|first| first == kind)).ok_or(FreezeFault::NotFrozen(at))
    };
    let version = head("thidua-cham-diem")?.get(1).cloned().unwrap_or_default();
    if version != VERSION {
        return Err(FreezeFault::LaterVersion(version));
    }
    let cluster = head("cluster")?;
    let scheme = head("scheme")?;
    let of_head = || -> Option<Freeze> {
        Some(Freeze {
            cluster: Code::parse(cluster.get(1)?).ok()?,
            year: cluster.get(2)?.parse().ok()?,
            scheme_file: scheme.get(1)?.clone(),
            scheme: scheme.get(2)?.clone(),
            round: Round::default(),
            last: BTreeMap::new(),
        })
    };
    let mut freeze = of_head().ok_or(FreezeFault::NotFrozen(2))?;
    for (at, found) in lines {
        let found = found.ok_or(FreezeFault::NotFrozen(at))?;
        taken(&mut freeze.round, &mut freeze.last, &Fields(&found)).ok_or(FreezeFault::NotFrozen(at))?;
    }
    Ok(freeze)
}

/// The fields of a record, after its kind.
pub(crate) struct Fields<'a>(pub(crate) &'a [String]);

impl<'a> Fields<'a> {
    pub(crate) fn text(&self, at: usize) -> Option<&'a str> {
        self.0.get(at).map(String::as_str)
    }

    pub(crate) fn owned(&self, at: usize) -> Option<String> {
        self.0.get(at).cloned()
    }

    pub(crate) fn code<K: Kind>(&self, at: usize) -> Option<Code<K>> {
        Code::parse(self.text(at)?).ok()
    }

    pub(crate) fn number(&self, at: usize) -> Option<Number> {
        Number::parse(self.text(at)?).ok()
    }

    pub(crate) fn whole<T: std::str::FromStr>(&self, at: usize) -> Option<T> {
        self.text(at)?.parse().ok()
    }

    pub(crate) fn instant(&self, at: usize) -> Option<Timestamp> {
        Timestamp::from_second(self.whole(at)?)
    }

    fn word<T: Copy>(&self, at: usize, words: &[(&str, T)]) -> Option<T> {
        let found = self.text(at)?;
        words.iter().find(|(word, _)| *word == found).map(|(_, meant)| *meant)
    }

    fn value(&self, at: usize) -> Option<Value> {
        match self.word(at, &ABSENCES) {
            Some(absence) => Some(Value::Absent(absence)),
            None => self.number(at).map(Value::Of),
        }
    }

    /// The cell a record is about.
    fn cell(&self) -> Option<(OrgId, CriterionCode)> {
        Some((self.code(1)?, self.code(2)?))
    }

    /// Every field from a place on.
    pub(crate) fn rest(&self, from: usize) -> &'a [String] {
        self.0.get(from..).unwrap_or_default()
    }

    /// Pairs from a place on.
    fn pairs(&self, from: usize) -> Option<Vec<(&'a str, &'a str)>> {
        let rest = self.0.get(from..)?;
        rest.chunks(2).map(|pair| Some((pair.first()?.as_str(), pair.get(1)?.as_str()))).collect()
    }
}

/// Takes a record into the round; `None` where it does not fit.
pub(in crate::cluster) fn taken(round: &mut Round, last: &mut BTreeMap<OrgId, usize>, of: &Fields<'_>) -> Option<()> {
    match of.text(0)? {
        "member" => {
            let unit: OrgId = of.code(1)?;
            if of.text(2)? != "-" {
                last.insert(unit.clone(), of.whole(2)?);
            }
            round.members.push(unit);
        }
        "figure" => {
            let (unit, criterion) = of.cell()?;
            let measured = Measurement {
                actual: of.value(3)?,
                coverage: Coverage { reported: of.whole(4)?, expected: of.whole(5)? },
                target: None,
                direction: of.word::<Direction>(6, &DIRECTIONS)?,
                before: of.value(7)?,
                changed: None,
            };
            round.figures.set(&unit, &criterion, measured);
        }
        "target" => {
            let (unit, criterion) = of.cell()?;
            let target = Target {
                value: of.number(3)?,
                comparator: of.word(4, &COMPARATORS)?,
                plan: of.code(5)?,
                assigner: of.code(6)?,
                decided_on: Date::parse(of.text(7)?).ok()?,
            };
            round.figures.0.get_mut(&unit)?.get_mut(&criterion)?.target = Some(target);
        }
        "changed" => {
            let (unit, criterion) = of.cell()?;
            let changed = Changed { from: of.number(3)?, at: of.instant(4)? };
            round.figures.0.get_mut(&unit)?.get_mut(&criterion)?.changed = Some(changed);
        }
        "file" => {
            let revoked = match of.text(5) {
                None => None,
                Some(reason) => Some(Revoked { reason: reason.to_owned(), by: of.owned(6)?, at: of.instant(7)? }),
            };
            let file = Proof { unit: of.code(2)?, name: of.owned(3)?, hash: of.owned(4)?, revoked };
            round.evidence.files.insert(of.code(1)?, file);
        }
        "claim" => {
            let (unit, criterion) = of.cell()?;
            let files = of.text(6)?.split(' ').filter(|file| !file.is_empty()).map(Code::parse);
            let claimed = Claimed {
                by: of.owned(3)?,
                at: of.instant(4)?,
                note: of.owned(5)?,
                files: files.collect::<Result<_, _>>().ok()?,
                claim: answer(of, 7)?,
            };
            round.evidence.add(&unit, &criterion, claimed);
        }
        "mark" => {
            let (unit, criterion) = of.cell()?;
            let level = of.text(3)?;
            let verdict = match of.text(9)? {
                "agreed" => Verdict::Agreed,
                "points" => Verdict::Points(of.number(10)?),
                "corrected" => Verdict::Corrected(answer(of, 10)?),
                _ => return None,
            };
            let reviewed = Reviewed {
                level: Level::ALL.into_iter().find(|one| one.word() == level)?,
                over: of.number(4)?,
                reason: of.owned(5)?,
                by: of.owned(6)?,
                by_unit: if of.text(7)? == "-" { None } else { Some(of.code(7)?) },
                at: of.instant(8)?,
                verdict,
            };
            round.reviews.add(&unit, &criterion, reviewed);
        }
        "excuse" => {
            let (unit, criterion) = of.cell()?;
            let why = of.word(3, &[("not-assigned", Excused::NotAssigned), ("not-arisen", Excused::NotArisen)])?;
            let excusal = Excusal { why, reason: of.owned(4)?, by: of.owned(5)?, at: of.instant(6)? };
            round.reviews.excuse(&unit, &criterion, excusal);
        }
        "stated" => {
            let stated = Stated { sanction: of.owned(2)?, reason: of.owned(3)?, by: of.owned(4)?, at: of.instant(5)? };
            round.reviews.stated.entry(of.code(1)?).or_default().push(stated);
        }
        "line" | "total" | "rank" | "quota" => {}
        _ => return None,
    }
    Some(())
}

fn answer(of: &Fields<'_>, at: usize) -> Option<Claim> {
    Some(match of.text(at)? {
        "yes" => Claim::Yes,
        "no" => Claim::No,
        "option" => Claim::Option(of.owned(at + 1)?),
        "amount" => Claim::Amount(of.number(at + 1)?),
        "circumstance" => Claim::Circumstance { amount: of.number(at + 1)?, code: of.owned(at + 2)? },
        "share" => Claim::Share { part: of.number(at + 1)?, whole: of.number(at + 2)? },
        "awards" => {
            let held = of.pairs(at + 1)?.into_iter().map(|(code, count)| Some((code.to_owned(), count.parse().ok()?)));
            Claim::Awards(held.collect::<Option<_>>()?)
        }
        "bodies" => {
            let given = of.pairs(at + 1)?.into_iter();
            let given = given.map(|(body, points)| Some((Code::parse(body).ok()?, Number::parse(points).ok()?)));
            Claim::Bodies(given.collect::<Option<_>>()?)
        }
        "parts" => {
            let percents = of.pairs(at + 2)?.into_iter();
            let percents = percents.map(|(part, percent)| Some((part.to_owned(), Number::parse(percent).ok()?)));
            Claim::Parts { set: of.owned(at + 1)?, percents: percents.collect::<Option<_>>()? }
        }
        "own-points" => Claim::Points(of.number(at + 1)?),
        _ => return None,
    })
}
