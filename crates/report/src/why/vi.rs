//! The explanation of a score in official Vietnamese.

use thidua_base::Number;
use thidua_domain::cluster::review::Excused;
use thidua_domain::cluster::scheme::{Judged, Left, Level, Measure, Part, Take, Threshold, Zeroes};
use thidua_domain::cluster::score::{ByCurve, Gap, Kept, Lead, Place, TargetGap, Why};
use thidua_domain::indicator::{Absence, Comparator};
use thidua_prose::write::Clause;

use super::{Speaking, share_of, trimmed};

/// The sentences: what it has, why, what was changed, what is open.
pub(super) fn sentences(of: &Speaking<'_>) -> Vec<Clause> {
    let explanation = of.explanation;
    let mut said = vec![headline(of), ended(why(of, explanation.own))];
    for change in &explanation.changes {
        let clause = Clause::words(level(change.level)).say(" sửa từ ").show(&n(change.over)).say(" thành ");
        let clause =
            clause.show(&n(change.points)).say(" điểm, lý do: ").show(&change.reason).say(" (").show(&change.by);
        said.push(ended(clause.say(")")));
        if let Some(corrected) = &change.why {
            said.push(ended(Clause::words("Theo đó: ").join(why(of, corrected).continues_sentence())));
        }
    }
    for agreed in &explanation.agreed {
        said.push(ended(Clause::words(level(*agreed)).say(" giữ nguyên điểm bên dưới")));
    }
    for difference in &explanation.differences {
        let clause = Clause::words("Điểm ").show(&n(difference.points)).say(" của cấp ");
        let clause = clause.say(&level(difference.level).to_lowercase()).say(" được quyết định khi điểm bên dưới là ");
        let clause = clause.show(&n(difference.over)).say(", nay là ").show(&n(difference.now));
        said.push(ended(clause.say("; điểm đã quyết định giữ nguyên, đề nghị xem lại")));
    }
    for void in &explanation.void {
        let clause = Clause::words("Có điểm của cấp ").say(&level(void.level).to_lowercase());
        said.push(ended(clause.say(" không hợp lệ, không được tính")));
    }
    said
}

fn headline(of: &Speaking<'_>) -> Clause {
    let criterion = of.explanation.criterion;
    let clause = Clause::words("Tiêu chí ").show(criterion.code.as_str());
    let clause = if criterion.label.is_empty() { clause } else { clause.say(" “").show(&criterion.label).say("”") };
    let points = n(of.explanation.line.points);
    let max = of.explanation.line.max.filter(|max| !max.is_zero());
    ended(match (criterion.part, max) {
        (Part::Penalty, Some(max)) => clause.say(" trừ ").show(&points).say(" điểm, tối đa ").show(&n(max)),
        (Part::Penalty, None) => clause.say(" trừ ").show(&points).say(" điểm"),
        (Part::Content | Part::Bonus, Some(max)) => {
            clause.say(" được ").show(&points).say(" trên ").show(&n(max)).say(" điểm")
        }
        (Part::Content | Part::Bonus, None) => clause.say(" được ").show(&points).say(" điểm"),
    })
}

fn ended(clause: Clause) -> Clause {
    clause.begins_sentence().say(".")
}

/// A number as a sentence has it.
fn n(number: Number) -> String {
    trimmed(number).vi()
}

/// A percentage as a sentence has it.
fn percent(number: Number) -> String {
    trimmed(number).vi_with("%")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Own => "Tự chấm",
        Level::Peer => "Chấm chéo",
        Level::Appraisal => "Thẩm định",
        Level::Council => "Hội đồng",
    }
}

fn why(of: &Speaking<'_>, why: &Why) -> Clause {
    let max = n(of.max());
    match why {
        Why::Sum { sum, zeroed_by } => group(of, *sum, zeroed_by.as_ref().map(ToString::to_string)),
        Why::Excused { why, left, reason, by } => excused(*why, *left, reason, by),
        Why::Unscored(gap) => Clause::words(unscored(*gap)),
        Why::Plan { actual, base, measure, comparator, percent: reached, by } => {
            let clause = match measure {
                Measure::Plan => actual_and(of, *actual, plan_word(*comparator), *base)
                    .say(", đạt ")
                    .show(&percent(*reached))
                    .say(" kế hoạch"),
                Measure::Growth => actual_and(of, *actual, "cùng kỳ năm trước", *base)
                    .say(if reached.is_negative() { ", giảm " } else { ", tăng " })
                    .show(&percent(reached.magnitude())),
            };
            curve(of, clause, *reached, by)
        }
        Why::Leader { actual, target, comparator, at_target, excess, place, leader } => {
            let clause = actual_and(of, *actual, plan_word(*comparator), *target);
            against_leader(of, clause, *at_target, *excess, *place, leader.as_ref())
        }
        Why::AmongNoTarget { actual, best, units, gap } => {
            let because = match gap {
                TargetGap::None => "Không được giao chỉ tiêu",
                TargetGap::OwnOnly => "Chỉ tiêu do đơn vị tự đặt không được tính",
                TargetGap::Zero => "Chỉ tiêu giao bằng 0, theo quy định coi như không giao",
            };
            let clause = Clause::words(because).say(" nên so với các đơn vị không có chỉ tiêu: thực hiện ");
            let clause = clause.show(&amount(of, *actual)).say(", tốt nhất là ").show(&of.units(units)).say(" với ");
            clause.show(&amount(of, *best)).say(", điểm tối đa ").show(&max)
        }
        Why::ZeroTarget { actual, kept } => {
            let clause = Clause::words("Chỉ tiêu giao bằng 0, thực hiện ").show(&amount(of, *actual));
            clause.say(match kept {
                Kept::Kept => ", đạt chỉ tiêu",
                Kept::Missed => ", không đạt chỉ tiêu",
            })
        }
        Why::Yes => Clause::words("Đạt yêu cầu của tiêu chí"),
        Why::No => Clause::words("Không đạt yêu cầu của tiêu chí"),
        Why::Option { code, label, zeroes, .. } => {
            let said = if label.is_empty() { code } else { label };
            let clause = Clause::words("Mức được chọn: ").show(said);
            match zeroes {
                Zeroes::Group => clause.say(", mức này làm mất toàn bộ điểm của tiêu chí cấp trên"),
                Zeroes::Nothing => clause,
            }
        }
        Why::Band { amount, measure, threshold } => {
            let clause = Clause::words("Kết quả ").show(&trimmed(*amount).vi_with(measure));
            banded(clause, *threshold, measure)
        }
        Why::Circumstance { amount, measure, when, .. } => Clause::words("Kết quả ")
            .show(&trimmed(*amount).vi_with(measure))
            .say(", thuộc trường hợp được tính điểm khác: ")
            .show(when),
        Why::Ratio { part, whole, percent: rate } => {
            let clause = Clause::words("Thực hiện ").show(&n(*part)).say(" trên ").show(&n(*whole)).say(", bằng ");
            let clause = clause.show(&percent(*rate)).say(" của ").show(&max).say(" điểm, làm tròn đến ");
            clause.show(&n(of.explanation.criterion.step))
        }
        Why::NothingToDo { share } => {
            Clause::words("Trong năm không phát sinh nên tính ").show(&percent(*share)).say(" điểm tối đa")
        }
        Why::Count { count, per, uncut } => {
            let clause = Clause::words("Đếm được ").show(&n(*count)).say(", nhân ").show(&n(*per)).say(" điểm bằng ");
            let clause = clause.show(&n(*uncut)).say(" điểm");
            if *uncut > of.max() { clause.say(", chỉ tính đến mức tối đa ").show(&max) } else { clause }
        }
        Why::Deduct { count, per, uncut } => {
            let clause = Clause::words("Đếm được ").show(&n(*count)).say(", mỗi trường hợp trừ ").show(&n(*per));
            let clause = clause.say(" điểm, tính từ ").show(&max).say(" điểm");
            if uncut.is_negative() { clause.say(", không trừ quá mức sàn") } else { clause }
        }
        Why::Awards { held, take } => {
            let told = held.iter().filter(|(_, count, _)| *count > 0).map(|(label, count, points)| {
                Clause::figure(label).say(" × ").show(&count.to_string()).say(" (").show(&n(*points)).say(" điểm)")
            });
            let clause = Clause::words(match take {
                Take::Each => "Cộng điểm mọi danh hiệu, hình thức: ",
                Take::Best => "Lấy mức cao nhất: ",
            });
            clause.join(Clause::joined(told.collect(), ", "))
        }
        Why::Bodies { count, sum, take } => {
            let clause = Clause::figure(&count.to_string()).say(" cơ quan chấm, cộng được ").show(&n(*sum));
            clause.say(match take {
                Judged::Sum => " điểm",
                Judged::Mean => " điểm, lấy trung bình",
            })
        }
        Why::Average { parts, mean } => {
            let told = parts.iter().map(|(part, rate)| Clause::figure(part).say(" ").show(&percent(*rate)));
            let clause = Clause::words("Trung bình của ").join(Clause::joined(told.collect(), ", "));
            clause.say(" là ").show(&percent(*mean)).say(", nhân ").show(&max).say(" điểm")
        }
        Why::Given => Clause::words("Đơn vị tự chấm theo hướng dẫn của tiêu chí"),
        Why::NoEvidence { would, revoked } => {
            let because =
                if revoked.is_empty() { "Không có minh chứng" } else { "Minh chứng đã bị thu hồi" };
            let clause = Clause::words(because).say(" nên không có điểm; theo kê khai thì được ");
            clause.show(&n(*would)).say(" điểm")
        }
    }
}

fn amount(of: &Speaking<'_>, number: Number) -> String {
    trimmed(number).vi_with(of.measure())
}

fn actual_and(of: &Speaking<'_>, actual: Number, beside: &str, base: Number) -> Clause {
    let clause = Clause::words("Thực hiện ").show(&amount(of, actual)).say(", ").say(beside).say(" ");
    clause.show(&amount(of, base))
}

fn plan_word(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "kế hoạch giao",
        Comparator::AtMost => "kế hoạch giao không quá",
        Comparator::Exactly => "kế hoạch giao đúng",
    }
}

fn curve(of: &Speaking<'_>, clause: Clause, reached: Number, by: &ByCurve) -> Clause {
    let max = n(of.max());
    match by {
        ByCurve::Proportional { full_at, capped } => {
            let clause =
                clause.say("; điểm bằng ").show(&max).say(" × ").show(&n(reached)).say(" / ").show(&n(*full_at));
            match capped {
                Some(cap) => clause.say(", không quá ").show(&percent(*cap)).say(" điểm tối đa"),
                None => clause.say(", làm tròn đến ").show(&n(of.explanation.criterion.step)),
            }
        }
        ByCurve::Band(threshold) => banded(clause, *threshold, "%"),
        ByCurve::Steps { at, points, steps, each } => {
            let clause = clause.say("; tại ").show(&percent(*at)).say(" được ").show(&n(*points)).say(" điểm");
            match steps {
                0 => clause,
                1.. => clause.say(", cộng ").show(&steps.to_string()).say(" bậc × ").show(&n(*each)).say(" điểm"),
                _ => {
                    let below = steps.unsigned_abs().to_string();
                    clause.say(", trừ ").show(&below).say(" bậc × ").show(&n(*each)).say(" điểm")
                }
            }
        }
    }
}

fn banded(clause: Clause, threshold: Option<Threshold>, measure: &str) -> Clause {
    let edge = |number: Number| trimmed(number).vi_with(measure);
    match threshold {
        Some(Threshold::From(from)) => clause.say(", thuộc mức từ ").show(&edge(from)).say(" trở lên"),
        Some(Threshold::Above(above)) => clause.say(", thuộc mức trên ").show(&edge(above)),
        Some(Threshold::UpTo(to)) => clause.say(", thuộc mức đến ").show(&edge(to)),
        None => clause.say(", không thuộc mức nào có điểm"),
    }
}

fn against_leader(
    of: &Speaking<'_>,
    clause: Clause,
    at_target: Number,
    excess: Number,
    place: Place,
    leader: Option<&Lead>,
) -> Clause {
    let half = n(share_of(of.max(), at_target));
    let clause = match place {
        Place::Below => clause.say(", thấp hơn ").show(&percent(excess.magnitude())),
        Place::On => clause.say(", đạt đúng kế hoạch"),
        Place::Above | Place::Leading | Place::SetAside => clause.say(", vượt ").show(&percent(excess)),
    };
    let clause = match place {
        Place::Below => {
            let reached = Number::whole(100).plus(excess).unwrap_or(excess);
            clause.say("; điểm bằng ").show(&half).say(" × ").show(&percent(reached))
        }
        Place::On => clause.say(" nên được ").show(&half).say(" điểm"),
        Place::Leading => clause.say(", cao nhất cụm nên được điểm tối đa"),
        Place::SetAside => clause.say(", quá xa các đơn vị khác nên được điểm tối đa và không làm mốc so sánh"),
        Place::Above => match leader {
            Some(lead) => {
                let rest = of.max().minus(share_of(of.max(), at_target)).unwrap_or(of.max());
                let clause = told_leader(of, clause, lead);
                let mine = excess.min(lead.counted);
                let clause = clause.say("; điểm bằng ").show(&half).say(" + ").show(&n(rest)).say(" × ");
                let clause = clause.show(&n(mine)).say(" / ").show(&n(lead.counted)).say(", làm tròn đến ");
                clause.show(&n(of.explanation.criterion.step))
            }
            None => clause,
        },
    };
    match (place, leader) {
        (Place::Below | Place::On, Some(lead)) => told_leader(of, clause, lead),
        _ => clause,
    }
}

fn told_leader(of: &Speaking<'_>, clause: Clause, lead: &Lead) -> Clause {
    let clause =
        clause.say("; dẫn đầu cụm là ").show(&of.units(&lead.units)).say(", vượt ").show(&percent(lead.excess));
    let clause = if lead.counted == lead.excess {
        clause
    } else {
        clause.say(", chỉ tính ").show(&percent(lead.counted)).say(" theo mức trần")
    };
    if lead.aside.is_empty() {
        clause
    } else {
        clause.say(" (không lấy ").show(&of.units(&lead.aside)).say(" làm mốc vì vượt quá xa)")
    }
}

fn excused(why: Excused, left: Left, reason: &str, by: &str) -> Clause {
    let clause = Clause::words(match why {
        Excused::NotAssigned => "Không giao tiêu chí này cho đơn vị",
        Excused::NotArisen => "Nội dung của tiêu chí không phát sinh trong năm",
    });
    let clause = if reason.is_empty() {
        clause.say(" (không có chỉ tiêu, theo quy định của bảng tiêu chí)")
    } else {
        clause.say(" (").show(by).say(": ").show(reason).say(")")
    };
    clause.say(match left {
        Left::Denominator => ", không tính vào điểm tối đa của đơn vị",
        Left::Full => ", tính đủ điểm",
        Left::Zero => ", không có điểm",
    })
}

fn unscored(gap: Gap) -> &'static str {
    match gap {
        Gap::Absent(Absence::NotReported) => "Chưa có điểm vì đơn vị chưa báo cáo số liệu",
        Gap::Absent(Absence::NotApplicable) => {
            "Chưa có điểm vì đơn vị báo không thuộc phạm vi, nhưng chưa có quyết định miễn của cấp thẩm định"
        }
        Gap::Absent(Absence::NoneOccurred) => "Không phát sinh",
        Gap::Absent(Absence::Withheld) => "Chưa có điểm vì số liệu không công bố",
        Gap::NotMeasured => "Chưa có điểm vì tiêu chí chưa gắn với chỉ tiêu nào có số liệu",
        Gap::NoTarget(TargetGap::None) => "Chưa có điểm vì chưa được giao kế hoạch",
        Gap::NoTarget(TargetGap::OwnOnly) => "Chưa có điểm vì kế hoạch do đơn vị tự đặt không được tính",
        Gap::NoTarget(TargetGap::Zero) => "Chưa có điểm vì kế hoạch giao bằng 0 mà bảng tiêu chí không có quy tắc",
        Gap::NoPast => "Chưa có điểm vì không có số liệu cùng kỳ năm trước để so sánh",
        Gap::NotClaimed => "Chưa có điểm vì đơn vị chưa kê khai",
        Gap::BadClaim => "Chưa có điểm vì kê khai không hợp lệ",
        Gap::ByHand => "Chưa có điểm vì chưa có người chấm",
        Gap::TooLarge => "Chưa có điểm vì số liệu quá lớn",
    }
}

fn group(of: &Speaking<'_>, sum: Number, zeroed_by: Option<String>) -> Clause {
    let told = of
        .explanation
        .under
        .iter()
        .map(|(below, points)| Clause::figure(below.code.as_str()).say(" ").show(&n(*points)));
    let clause = Clause::words("Cộng các tiêu chí con: ").join(Clause::joined(told.collect(), ", "));
    let clause = clause.say("; tổng ").show(&n(sum)).say(" điểm");
    match (zeroed_by, of.explanation.cut) {
        (Some(by), _) => clause.say(", bị tính 0 vì mức được chọn ở tiêu chí ").show(&by),
        (None, Some(_)) => clause.say(", chỉ tính đến mức tối đa"),
        (None, None) => clause,
    }
}
