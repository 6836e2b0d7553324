//! Writing a frozen round: inputs first, each kind in the order of its keys, then results.

use thidua_base::code::{CriterionCode, EvidenceId, OrgId};
use thidua_base::number::BadNumber;
use thidua_base::{Number, Timestamp};

use super::record::Record;
use super::{Freeze, VERSION};
use crate::cluster::evidence::{Claim, Claimed, Proof};
use crate::cluster::measure::Measurement;
use crate::cluster::rank::{Ranking, Within, rank};
use crate::cluster::review::{Excusal, Excused, Reviewed, Stated, Verdict};
use crate::cluster::scheme::{Scheme, TieRule};
use crate::cluster::score::{Counted, Round, ScoreSheet};
use crate::indicator::{Absence, Comparator, Direction, Value};

/// The whole text.
pub(super) fn written(freeze: &Freeze, scheme: &Scheme) -> Result<String, BadNumber> {
    let mut members = freeze.round.members.clone();
    members.sort();
    members.dedup();
    let round = Round { members, ..freeze.round.clone() };
    let mut out = String::new();
    Record::of("thidua-cham-diem").with(VERSION).end(&mut out);
    Record::of("cluster").with(freeze.cluster.as_str()).with(&freeze.year.to_string()).end(&mut out);
    Record::of("scheme").with(&freeze.scheme_file).with(&freeze.scheme).end(&mut out);
    for unit in &round.members {
        let last = freeze.last.get(unit).map_or_else(|| "-".to_owned(), ToString::to_string);
        Record::of("member").with(unit.as_str()).with(&last).end(&mut out);
    }
    inputs(&round, &mut out);
    let sheets = round.score(scheme)?;
    for sheet in &sheets {
        results(scheme, sheet, &mut out);
    }
    ranks(&rank(scheme, &sheets, &freeze.last)?, &mut out);
    Ok(out)
}

/// What members brought and others said; nothing of anyone else.
fn inputs(round: &Round, out: &mut String) {
    for unit in &round.members {
        for (criterion, measurement) in round.figures.0.get(unit).into_iter().flatten() {
            figure(unit, criterion, measurement, out);
        }
    }
    for (id, proof) in round.evidence.files.iter().filter(|(_, file)| round.members.contains(&file.unit)) {
        file(id, proof, out);
    }
    for unit in &round.members {
        for (criterion, claims) in round.evidence.claims.get(unit).into_iter().flatten() {
            claims.iter().for_each(|claimed| claim(unit, criterion, claimed, out));
        }
        for (criterion, marks) in round.reviews.marks.get(unit).into_iter().flatten() {
            marks.iter().for_each(|reviewed| mark(unit, criterion, reviewed, out));
        }
        for (criterion, given) in round.reviews.excusals.get(unit).into_iter().flatten() {
            excuse(unit, criterion, given, out);
        }
        for sanction in round.reviews.stated.get(unit).into_iter().flatten() {
            stated(unit, sanction, out);
        }
    }
}

/// The record of a file of evidence.
pub(in crate::cluster) fn file(id: &EvidenceId, file: &Proof, out: &mut String) {
    let record = Record::of("file").with(id.as_str()).with(file.unit.as_str()).with(&file.name).with(&file.hash);
    match &file.revoked {
        Some(revoked) => record.with(&revoked.reason).with(&revoked.by).with(&instant(revoked.at)),
        None => record,
    }
    .end(out);
}

/// The record of an excuse.
pub(in crate::cluster) fn excuse(unit: &OrgId, criterion: &CriterionCode, excusal: &Excusal, out: &mut String) {
    let why = match excusal.why {
        Excused::NotAssigned => "not-assigned",
        Excused::NotArisen => "not-arisen",
    };
    let record = Record::of("excuse").with(unit.as_str()).with(criterion.as_str()).with(why);
    record.with(&excusal.reason).with(&excusal.by).with(&instant(excusal.at)).end(out);
}

/// The record of a sanction stated.
pub(in crate::cluster) fn stated(unit: &OrgId, stated: &Stated, out: &mut String) {
    let record = Record::of("stated").with(unit.as_str()).with(&stated.sanction).with(&stated.reason);
    record.with(&stated.by).with(&instant(stated.at)).end(out);
}

/// An instant in a record: seconds since 1970.
pub(in crate::cluster) fn instant(at: Timestamp) -> String {
    at.second().to_string()
}

/// The words of an amount or of its absence.
pub(super) const ABSENCES: [(&str, Absence); 4] = [
    ("not-reported", Absence::NotReported),
    ("not-applicable", Absence::NotApplicable),
    ("none-occurred", Absence::NoneOccurred),
    ("withheld", Absence::Withheld),
];

/// The words of directions.
pub(super) const DIRECTIONS: [(&str, Direction); 3] =
    [("up", Direction::Up), ("down", Direction::Down), ("neutral", Direction::Neutral)];

/// The words of comparators.
pub(super) const COMPARATORS: [(&str, Comparator); 3] =
    [("at-least", Comparator::AtLeast), ("at-most", Comparator::AtMost), ("exactly", Comparator::Exactly)];

fn word<T: PartialEq>(words: &[(&'static str, T)], meant: &T) -> &'static str {
    words.iter().find(|(_, one)| one == meant).map_or("", |(word, _)| word)
}

fn value(record: Record, value: Value) -> Record {
    match value {
        Value::Of(number) => record.number(number),
        Value::Absent(absence) => record.with(word(&ABSENCES, &absence)),
    }
}

fn figure(unit: &OrgId, criterion: &CriterionCode, measured: &Measurement, out: &mut String) {
    let key = |kind: &str| Record::of(kind).with(unit.as_str()).with(criterion.as_str());
    let record = value(key("figure"), measured.actual);
    let record = record.with(&measured.coverage.reported.to_string()).with(&measured.coverage.expected.to_string());
    value(record.with(word(&DIRECTIONS, &measured.direction)), measured.before).end(out);
    if let Some(target) = &measured.target {
        let record = key("target").number(target.value).with(word(&COMPARATORS, &target.comparator));
        let record = record.with(target.plan.as_str()).with(target.assigner.as_str());
        record.with(&target.decided_on.to_string()).end(out);
    }
    if let Some(changed) = &measured.changed {
        key("changed").number(changed.from).with(&instant(changed.at)).end(out);
    }
}

/// The record of a claim.
pub(in crate::cluster) fn claim(unit: &OrgId, criterion: &CriterionCode, claimed: &Claimed, out: &mut String) {
    let files: Vec<&str> = claimed.files.iter().map(thidua_base::Code::as_str).collect();
    let record = Record::of("claim").with(unit.as_str()).with(criterion.as_str());
    let record = record.with(&claimed.by).with(&instant(claimed.at)).with(&claimed.note).with(&files.join(" "));
    answer(record, &claimed.claim).end(out);
}

/// The record of a mark.
pub(in crate::cluster) fn mark(unit: &OrgId, criterion: &CriterionCode, reviewed: &Reviewed, out: &mut String) {
    let record = Record::of("mark").with(unit.as_str()).with(criterion.as_str()).with(reviewed.level.word());
    let record = record.number(reviewed.over).with(&reviewed.reason).with(&reviewed.by);
    let by_unit = reviewed.by_unit.as_ref().map_or("-", thidua_base::Code::as_str);
    let record = record.with(by_unit).with(&instant(reviewed.at));
    match &reviewed.verdict {
        Verdict::Agreed => record.with("agreed"),
        Verdict::Points(points) => record.with("points").number(*points),
        Verdict::Corrected(claim) => answer(record.with("corrected"), claim),
    }
    .end(out);
}

fn answer(record: Record, claim: &Claim) -> Record {
    match claim {
        Claim::Yes => record.with("yes"),
        Claim::No => record.with("no"),
        Claim::Option(code) => record.with("option").with(code),
        Claim::Amount(amount) => record.with("amount").number(*amount),
        Claim::Circumstance { amount, code } => record.with("circumstance").number(*amount).with(code),
        Claim::Share { part, whole } => record.with("share").number(*part).number(*whole),
        Claim::Awards(held) => {
            held.iter().fold(record.with("awards"), |record, (code, count)| record.with(code).with(&count.to_string()))
        }
        Claim::Bodies(given) => given
            .iter()
            .fold(record.with("bodies"), |record, (body, points)| record.with(body.as_str()).number(*points)),
        Claim::Parts { set, percents } => percents
            .iter()
            .fold(record.with("parts").with(set), |record, (part, percent)| record.with(part).number(*percent)),
        Claim::Points(points) => record.with("own-points").number(*points),
    }
}

fn results(scheme: &Scheme, sheet: &ScoreSheet, out: &mut String) {
    let total = &sheet.total;
    for (criterion, line) in scheme.criteria.iter().zip(&sheet.lines) {
        let counted = match line.counted {
            Counted::Level(level) => level.word(),
            Counted::Excused => "excused",
            Counted::Unscored => "unscored",
            Counted::Sum => "sum",
        };
        let record = Record::of("line").with(sheet.unit.as_str()).with(criterion.code.as_str());
        record.number_or_dash(line.max).number_or_dash(line.own).with(counted).number(line.points).end(out);
    }
    let grade = sheet.graded.grade.as_deref().unwrap_or("-");
    let record = Record::of("total").with(sheet.unit.as_str()).number(total.content).number(total.content_max);
    let record = record.number(total.scaled).number(total.bonus).number(total.penalty);
    record.number(total.points).with(grade).end(out);
}

fn ranks(ranking: &Ranking, out: &mut String) {
    for row in &ranking.rows {
        let settled = match &row.settled_by {
            None => "-",
            Some(TieRule::Bonus) => "bonus",
            Some(TieRule::Penalty) => "penalty",
            Some(TieRule::Vote) => "vote",
            Some(TieRule::Criterion(code)) => code.as_str(),
        };
        let within = match row.quota {
            Within::Fits => "fits",
            Within::Lowered => "lowered",
            Within::Beyond => "beyond",
        };
        let record = Record::of("rank").with(&row.rank.to_string()).with(&row.shared_by.to_string());
        let record = record.with(row.unit.as_str()).number(row.points).with(settled);
        record.with(row.grade.as_deref().unwrap_or("-")).with(within).end(out);
    }
    if let Some(quota) = &ranking.quota {
        let count = |count: usize| Number::whole(i64::try_from(count).unwrap_or(i64::MAX));
        let record = Record::of("quota").number(count(quota.assessed)).number(count(quota.most));
        record.number(count(quota.reached)).end(out);
    }
}
