//! Why a unit has its total, its grade and its rank, in both languages.

use thidua_base::Number;
use thidua_domain::cluster::rank::{Movement, Ranked, Ranking, Within};
use thidua_domain::cluster::scheme::{Condition, Level, Scheme, TieRule};
use thidua_domain::cluster::score::ScoreSheet;
use thidua_prose::write::Clause;

use super::trimmed;

/// A language of the explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// Official Vietnamese.
    Vietnamese,
    /// English, for readers of the interface.
    English,
}

impl Tongue {
    fn of(self, vi: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Vietnamese => vi,
            Self::English => en,
        }
    }
}

fn n(number: Number) -> String {
    trimmed(number).vi()
}

/// The total and the grade of a sheet, as sentences.
pub fn total_said(scheme: &Scheme, sheet: &ScoreSheet, tongue: Tongue) -> Vec<Clause> {
    let total = &sheet.total;
    let clause = Clause::words(tongue.of("Tổng điểm ", "The total is ")).show(&n(total.points));
    let clause = clause.say(tongue.of(": nội dung ", ": content ")).show(&n(total.content));
    let clause = clause.say(tongue.of(" trên ", " of ")).show(&n(total.content_max));
    let clause = if total.scaled == total.content {
        clause
    } else {
        let why = tongue.of(", quy đổi do có tiêu chí không giao thành ", ", brought to the full scale as ");
        clause.say(why).show(&n(total.scaled))
    };
    let clause = match scheme.scale.base {
        base if base.is_zero() => clause,
        base => clause.say(tongue.of(", điểm ban đầu ", ", starting with ")).show(&n(base)),
    };
    let clause = clause.say(tongue.of(", thưởng ", ", bonus ")).show(&n(total.bonus));
    let mut said = vec![clause.say(tongue.of(", trừ ", ", penalty ")).show(&n(total.penalty)).say(".")];
    if let Some(grade) = grade_named(scheme, sheet.graded.grade.as_deref(), tongue) {
        said.push(Clause::words(tongue.of("Xếp loại ", "Its grade is ")).show(&grade).say("."));
    }
    for failed in &sheet.graded.failed {
        let Some(condition) = scheme.conditions.get(failed.condition) else { continue };
        said.extend(failed_said(scheme, condition, failed.criterion, failed.had, tongue));
    }
    for fallen in &sheet.graded.fallen {
        let Some(sanction) = scheme.sanctions.iter().find(|one| one.code == fallen.sanction) else { continue };
        let label = match tongue {
            Tongue::English if !sanction.label_en.is_empty() => &sanction.label_en,
            Tongue::Vietnamese | Tongue::English => &sanction.label,
        };
        let clause = Clause::words(tongue.of("Chế tài: ", "Sanction: ")).show(label);
        let by = fallen.by.and_then(|place| scheme.criteria.get(place));
        let clause = match by {
            Some(penalty) => clause.say(tongue.of(", theo mục ", ", by ")).show(penalty.code.as_str()),
            None => clause.say(tongue.of(", lý do: ", ", because: ")).show(&fallen.reason),
        };
        said.push(clause.say("."));
    }
    said
}

fn grade_named(scheme: &Scheme, code: Option<&str>, tongue: Tongue) -> Option<String> {
    let grade = scheme.grades.iter().find(|grade| Some(grade.code.as_str()) == code)?;
    Some(match tongue {
        Tongue::English if !grade.name_en.is_empty() => grade.name_en.clone(),
        Tongue::Vietnamese | Tongue::English => grade.name.clone(),
    })
}

fn failed_said(
    scheme: &Scheme,
    condition: &Condition,
    criterion: usize,
    had: Number,
    tongue: Tongue,
) -> Option<Clause> {
    let grade = grade_named(scheme, Some(condition.grade()), tongue)?;
    let code = scheme.criteria.get(criterion)?.code.to_string();
    let clause = Clause::words(tongue.of("Không được xếp loại ", "It is not graded ")).show(&grade);
    let clause = clause.say(tongue.of(" vì tiêu chí ", " since criterion ")).show(&code);
    Some(match condition {
        Condition::Count { least, .. } => {
            let clause = clause.say(tongue.of(" chỉ đếm được ", " counts ")).show(&n(had));
            clause.say(tongue.of(", cần ít nhất ", ", where it takes at least ")).show(&n(*least)).say(".")
        }
        Condition::Share { least, .. } | Condition::Each { least, .. } => {
            let percent = |number: Number| trimmed(number).vi_with("%");
            let clause = clause.say(tongue.of(" mới đạt ", " reached ")).show(&percent(had));
            let clause = clause.say(tongue.of(" điểm tối đa, cần ít nhất ", " of its maximum, where it takes "));
            clause.show(&percent(*least)).say(".")
        }
    })
}

/// The rank of a unit, as sentences: shared or not, by which rule, how it moved, what won and cost.
pub fn rank_said(scheme: &Scheme, ranking: &Ranking, row: &Ranked, tongue: Tongue) -> Vec<Clause> {
    let clause = Clause::words(tongue.of("Xếp thứ ", "Its rank is ")).show(&row.rank.to_string());
    let clause = if row.shared_by > 1 {
        let clause = clause.say(tongue.of(", đồng hạng ", ", shared by ")).show(&row.shared_by.to_string());
        clause.say(tongue.of(" đơn vị", " units"))
    } else {
        clause
    };
    let clause = clause.say(tongue.of(", ", ", with ")).show(&n(row.points)).say(tongue.of(" điểm", " points"));
    let clause = match row.movement {
        Movement::New => clause,
        Movement::Same => clause.say(tongue.of(", giữ hạng so với năm trước", ", as last year")),
        Movement::Up(places) => moved(clause, places, tongue.of(", tăng ", ", up "), tongue),
        Movement::Down(places) => moved(clause, places, tongue.of(", giảm ", ", down "), tongue),
    };
    let mut said = vec![clause.say(".")];
    if let Some(tie) = &row.settled_by {
        said.push(tie_said(tie, tongue));
    }
    let apart = |list: &[thidua_domain::cluster::rank::Apart]| {
        let told = list.iter().filter_map(|one| {
            let code = scheme.criteria.get(one.criterion)?.code.as_str();
            Some(Clause::figure(code).say(" ").show(&n(one.by.magnitude())))
        });
        Clause::joined(told.collect(), ", ")
    };
    for (list, words) in [
        (&row.won, tongue.of("Hơn bình quân của cụm nhiều nhất ở: ", "It won most on the mean of the cluster in: ")),
        (&row.cost, tongue.of("Kém bình quân của cụm nhiều nhất ở: ", "It lost most against the mean in: ")),
    ] {
        if !list.is_empty() {
            said.push(Clause::words(words).join(apart(list)).say("."));
        }
    }
    if let (Some(quota), Within::Lowered | Within::Beyond) = (&ranking.quota, row.quota) {
        let clause = Clause::words(tongue.of("Tỷ lệ khống chế cho tối đa ", "The quota allows "));
        let clause = clause.show(&quota.most.to_string()).say(tongue.of(" trong ", " of "));
        let clause = clause.show(&quota.assessed.to_string());
        said.push(match row.quota {
            Within::Lowered => clause.say(
                tongue.of(" đơn vị, đơn vị này xuống mức liền dưới.", " units, so this one takes the next grade."),
            ),
            Within::Fits | Within::Beyond => {
                clause.say(tongue.of(" đơn vị, số đạt đang vượt.", " units, and more have reached it."))
            }
        });
    }
    said.push(marks_said(&ranking.marks, tongue));
    said
}

fn moved(clause: Clause, places: usize, way: &'static str, tongue: Tongue) -> Clause {
    clause.say(way).show(&places.to_string()).say(tongue.of(" bậc so với năm trước", " on last year"))
}

fn tie_said(tie: &TieRule, tongue: Tongue) -> Clause {
    let clause = Clause::words(tongue.of("Bằng điểm với đơn vị khác; ", "Others have the same total; "));
    match tie {
        TieRule::Bonus => {
            clause.say(tongue.of("thứ tự xét theo điểm thưởng cao hơn.", "the order is by more bonus points."))
        }
        TieRule::Penalty => {
            clause.say(tongue.of("thứ tự xét theo điểm trừ ít hơn.", "the order is by fewer penalty points."))
        }
        TieRule::Criterion(code) => clause
            .say(tongue.of("thứ tự xét theo điểm tiêu chí ", "the order is by the points of criterion "))
            .show(code.as_str())
            .say("."),
        TieRule::Vote => clause.say(tongue.of(
            "chờ hội đồng biểu quyết, đến khi đó vẫn đồng hạng.",
            "the council has to vote, and until then the rank is shared.",
        )),
    }
}

fn marks_said(marks: &[Level], tongue: Tongue) -> Clause {
    let names: Vec<&str> = marks
        .iter()
        .map(|level| match level {
            Level::Own => tongue.of("tự chấm", "the unit's own"),
            Level::Peer => tongue.of("chấm chéo", "the peers'"),
            Level::Appraisal => tongue.of("thẩm định", "the appraisal's"),
            Level::Council => tongue.of("hội đồng", "the council's"),
        })
        .collect();
    let clause = Clause::words(tongue.of(
        "Điểm xếp hạng của mỗi tiêu chí lấy theo cấp chấm đầu tiên có điểm trong thứ tự: ",
        "For each criterion the rank takes the first mark there is of: ",
    ));
    clause.say(&names.join(", ")).say(".")
}
