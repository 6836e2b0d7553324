//! Tests of schemes, scoring, ranking, questions, what-if and freezing, with the makers they share.

mod curves;
mod deciding;
mod filling;
mod freezing;
mod meeting;
mod properties;
mod questions;
mod ranking;
mod schemes;
mod taking;
mod trials;
mod worked;

use thidua_base::code::{CriterionCode, EvidenceId, OrgId, PlanId};
use thidua_base::{Date, Number, Timestamp};

use super::evidence::{Claim, Claimed, Proof};
use super::measure::{Measurement, Target};
use super::review::{Excusal, Excused, Reviewed, Verdict};
use super::scheme::{Level, Scheme, read};
use super::score::{Line, Round, ScoreSheet};
use crate::indicator::{Comparator, Value};

pub(super) fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

pub(super) fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

pub(super) fn code(text: &str) -> CriterionCode {
    CriterionCode::parse(text).unwrap()
}

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(super) fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub(super) const NOON: &str = "2026-12-01T12:00:00+07:00";

/// A figure with a target that the province assigned; no target where the text is empty.
pub(super) fn figure(actual: &str, target: &str) -> Measurement {
    let target = (!target.is_empty()).then(|| Target {
        value: n(target),
        comparator: Comparator::AtLeast,
        plan: PlanId::parse("kh-2026").unwrap(),
        assigner: unit("tinh"),
        decided_on: day("2026-01-05"),
    });
    Measurement { target, ..Measurement::of(Value::Of(n(actual))) }
}

pub(super) fn claimed(claim: Claim, files: &[&str]) -> Claimed {
    Claimed {
        claim,
        files: files.iter().map(|file| EvidenceId::parse(file).unwrap()).collect(),
        note: String::new(),
        by: "Lê Thị Bình".to_owned(),
        at: at(NOON),
    }
}

/// A file of evidence of a unit, named after it.
pub(super) fn with_file(round: &mut Round, whose: &str) {
    let file =
        Proof { unit: unit(whose), name: format!("Báo cáo của {whose}"), hash: "00".repeat(32), revoked: None };
    round.evidence.files.insert(EvidenceId::parse(&format!("f-{whose}")).unwrap(), file);
}

pub(super) fn claims(round: &mut Round, whose: &str, criterion: &str, claim: Claim) {
    with_file(round, whose);
    round.evidence.add(&unit(whose), &code(criterion), claimed(claim, &[&format!("f-{whose}")]));
}

pub(super) fn points(level: Level, points: &str, over: &str, reason: &str) -> Reviewed {
    reviewed(level, Verdict::Points(n(points)), over, reason)
}

pub(super) fn reviewed(level: Level, verdict: Verdict, over: &str, reason: &str) -> Reviewed {
    Reviewed {
        level,
        verdict,
        over: n(over),
        reason: reason.to_owned(),
        by: "Nguyễn Văn An".to_owned(),
        by_unit: None,
        at: at(NOON),
    }
}

pub(super) fn excusal(why: Excused) -> Excusal {
    Excusal { why, reason: "Xã không có rừng".to_owned(), by: "Tổ thẩm định".to_owned(), at: at(NOON) }
}

pub(super) fn line<'a>(scheme: &Scheme, sheet: &'a ScoreSheet, criterion: &str) -> &'a Line {
    &sheet.lines[scheme.place(&code(criterion)).unwrap()]
}

pub(super) fn sheet<'a>(sheets: &'a [ScoreSheet], whose: &str) -> &'a ScoreSheet {
    sheets.iter().find(|sheet| sheet.unit == unit(whose)).unwrap()
}

/// The head of a made-up scheme of 100 points; criteria follow.
pub(super) const HEAD: &str = r#"
code = "THU"
version = 1
name = "Bảng tiêu chí thử"
issuer = "Hội đồng thử"
status = "draft"
valid-from = 2026-01-01
marks = ["council", "appraisal", "peer"]
ties = ["bonus", "penalty"]

[scale]
content = 100
bonus = 10
penalty = 20
floor = 0
ceiling = 110

[[grade]]
code = "tot"
name = "Tốt"
from = 80

[[grade]]
code = "con-lai"
name = "Còn lại"
from = "none"
"#;

/// Two criteria against the leader, one against the plan, three that are claimed, a bonus and a penalty.
pub(super) const CRITERIA: &str = r#"
[[criterion]]
code = "A"
label = "Kinh tế"
max = 60

[[criterion]]
code = "A.1"
under = "A"
label = "Thu ngân sách"
max = 20
rule = { kind = "leader", at-target = 50, outlier = "cap", outlier-limit = 100, no-target = "among-themselves", zero-target = "met-or-not" }

[[criterion]]
code = "A.2"
under = "A"
label = "Trồng rừng"
max = 20
rule = { kind = "leader", at-target = 50, outlier = "set-aside", outlier-limit = 5, no-target = "unscored", zero-target = "unscored" }

[[criterion]]
code = "A.3"
under = "A"
label = "Giá trị sản xuất"
max = 20
rule = { kind = "plan", curve = "proportional", full-at = 100, cap = 100, no-target = "not-assigned", zero-target = "met-or-not" }

[[criterion]]
code = "B"
label = "Phong trào"
max = 40

[[criterion]]
code = "B.1"
under = "B"
label = "Ký giao ước"
max = 10
evidence = "required"
rule = { kind = "flag" }

[[criterion]]
code = "B.2"
under = "B"
label = "Báo cáo"
max = 20
rule = { kind = "deduct-per", per = "1.25", floor = 0 }

[[criterion]]
code = "B.3"
under = "B"
label = "Hội nghị"
max = 10
rule = { kind = "choice", options = [
    { code = "du", label = "Đủ", points = 10 },
    { code = "thieu", label = "Thiếu", points = 5 },
    { code = "khong", label = "Không", points = 0, zeroes-group = "yes" },
] }

[[criterion]]
code = "T"
label = "Điểm thưởng"
part = "bonus"
max = 10

[[criterion]]
code = "T.1"
under = "T"
label = "Mô hình"
max = 10
rule = { kind = "count", per = 3 }

[[criterion]]
code = "P"
label = "Điểm trừ"
part = "penalty"
max = 20

[[criterion]]
code = "P.1"
under = "P"
label = "Báo cáo chậm"
max = 5
rule = { kind = "count", per = 1 }
"#;

pub(super) fn made_up() -> Scheme {
    read("thu.toml", &format!("{HEAD}{CRITERIA}")).unwrap()
}

/// Members with equal figures and claims: everyone exactly on target.
pub(super) fn equal_round(members: &[&str]) -> Round {
    let mut round = Round { members: members.iter().map(|id| unit(id)).collect(), ..Round::default() };
    for id in members {
        for criterion in ["A.1", "A.2", "A.3"] {
            round.figures.set(&unit(id), &code(criterion), figure("100", "100"));
        }
        claims(&mut round, id, "B.1", Claim::Yes);
        claims(&mut round, id, "B.2", Claim::Amount(n("0")));
        claims(&mut round, id, "B.3", Claim::Option("du".to_owned()));
    }
    round
}
