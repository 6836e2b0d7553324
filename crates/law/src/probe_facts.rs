//! Probes of the leaves that look at single facts: time, members, clusters, movements, points, counts.

use thidua_base::Date;

use crate::answer::Verdict;
use crate::condition::{Compare, Leaf, MemberMeasure, MemberTrait, Window};
use crate::construct::{award, back_months, below_in, other_category, score, set_members, year_after};
use crate::probe::List;
use crate::record::{
    ClusterResult, DisciplineCase, Inquiry, MovementResult, OfficeHeld, Record, Registration, Service,
};
use crate::vocabulary::{Discipline, InquiryKind, MovementOutcome, MovementReview, Organiser, Which, Word};

/// Probes of the leaves that do not look at years.
pub(crate) fn others(list: &mut List<'_>, leaf: &Leaf) {
    let ground = list.ground;
    let year = ground.year();
    match leaf {
        Leaf::Passed { honours, years, which } => {
            let span = i16::from(*years);
            list.add("thiếu một năm", Verdict::NotMet, |record| {
                record.awards.push(award(&honours[0], year - span + 1, 1));
            });
            for code in honours {
                list.add(&format!("mốc là {code}"), Verdict::Met, |record| {
                    record.awards.push(award(code, year - span, 1));
                });
            }
            let late = if *which == Which::AnyOld { Verdict::Met } else { Verdict::NotMet };
            list.add("có thêm một lần khen mới đây", late, |record| {
                record.awards.push(award(&honours[0], year - span, 1));
                record.awards.push(award(&honours[0], year - 1, 1));
            });
        }
        Leaf::Undisciplined { below, window } => undisciplined(list, *below, window),
        Leaf::NoInquiry { kinds } => {
            for kind in InquiryKind::WORDS.iter().map(|row| row.0) {
                let want = if kinds.contains(&kind) { Verdict::NotMet } else { Verdict::Met };
                list.add(&format!("đang {}", kind.vi()), want, |record| {
                    let from = ground.on.day_before();
                    record.inquiries.push(Inquiry { kind, from, to: None, key: String::new() });
                });
            }
            list.add("đã kết luận", Verdict::Met, |record| {
                let (from, to) = (back_months(ground.on, 3), Some(ground.on));
                record.inquiries.push(Inquiry { kind: kinds[0], from, to, key: String::new() });
            });
        }
        Leaf::Worked { months } => {
            list.add("thêm một tháng", Verdict::Met, |record| {
                record.recruited_on = Some(back_months(year_after(year), i64::from(*months) + 1));
            });
        }
        Leaf::Served { .. } => served(list, leaf),
        Leaf::Founded { years } => {
            list.add("thêm một năm", Verdict::Met, |record| {
                record.born_or_founded = Some(back_months(ground.on, 12 * (i64::from(*years) + 1)));
            });
        }
        Leaf::HeldOffice { posts, years, below, women } => {
            let since = |record: &mut Record, months: i64, late: bool, woman: bool| {
                let from = back_months(ground.on.next_day(), months);
                let from = if late { from.next_day() } else { from };
                record.woman = Some(woman);
                record.offices.push(OfficeHeld { posts: posts.clone(), from, to: None, key: String::new() });
            };
            if let Some(below) = below {
                let months = 12 * i64::from(*below);
                list.add("chạm mức trên", Verdict::NotMet, |record| since(record, months, false, false));
                list.add("ngay dưới mức trên", Verdict::Met, |record| since(record, months, true, false));
            }
            if let Some((a, b)) = women {
                let months = (12 * i64::from(*years) * i64::from(*a) + i64::from(*b) - 1) / i64::from(*b);
                list.add("nữ, đủ phần thời gian", Verdict::Met, |record| since(record, months, false, true));
                list.add("nữ, thiếu một ngày", Verdict::NotMet, |record| since(record, months, true, true));
                list.add("nam, chỉ đủ phần thời gian của nữ", Verdict::NotMet, |record| {
                    since(record, months, false, false);
                });
            }
        }
        Leaf::Members { who, compare, number, measure } => {
            let least = number + u32::from(*compare == Compare::MoreThan);
            list.add("thêm một", Verdict::Met, |record| {
                let members = ground.members(record);
                set_members(members, who, (least + 1).min(members.count));
            });
            // In a body of two hundred a share asks for twice as many heads.
            let twice = match measure {
                MemberMeasure::Percent => 2 * number + u32::from(*compare == Compare::MoreThan),
                MemberMeasure::Count => least,
            };
            list.add("tập thể 200 người, vừa đủ", Verdict::Met, |record| {
                let members = ground.members(record);
                members.count = 200;
                set_members(members, who, twice);
            });
            if twice > 0 {
                list.add("tập thể 200 người, thiếu một", Verdict::NotMet, |record| {
                    let members = ground.members(record);
                    members.count = 200;
                    set_members(members, who, twice - 1);
                });
            }
            if let MemberTrait::Holding(honours) = who {
                for code in honours {
                    list.add(&format!("chỉ tính {code}"), Verdict::Met, |record| {
                        let members = ground.members(record);
                        members.holding.insert(code.clone(), least);
                    });
                }
            }
        }
        Leaf::MembersUndisciplined { below } => {
            if let Some(lighter) = below_in(*below) {
                list.add("kỷ luật nhẹ hơn một bậc", Verdict::Met, |record| {
                    ground.members(record).disciplined = vec![(lighter, 1)];
                });
            }
        }
        Leaf::Cluster { rank, organisers } => {
            let organisers = if organisers.is_empty() { vec![Organiser::Commune] } else { organisers.clone() };
            for organiser in &organisers {
                list.add(&format!("cụm của {}", organiser.vi()), Verdict::Met, |record| {
                    record.clusters.push(ClusterResult {
                        year,
                        rank: *rank,
                        organiser: *organiser,
                        key: String::new(),
                    });
                });
            }
        }
        Leaf::Movement { .. } => movement(list, leaf),
        Leaf::Registered { before } => {
            if let Some(day) = before.and_then(|day| day.in_year(year)) {
                list.add("đúng ngày hạn", Verdict::NotMet, |record| {
                    record.registrations.push(Registration { year, on: Some(day) });
                });
                list.add("trước hạn một ngày", Verdict::Met, |record| {
                    record.registrations.push(Registration { year, on: Some(day.day_before()) });
                });
            }
            list.add("chỉ đăng ký năm trước", Verdict::NotMet, |record| {
                record.registrations.push(Registration { year: year - 1, on: Date::new(year - 1, 1, 2) });
            });
        }
        Leaf::InCategory { categories } => {
            for category in categories {
                list.add(&format!("là {}", category.vi()), Verdict::Met, |record| record.category = Some(*category));
            }
            if let Some(other) = other_category(categories) {
                list.add(&format!("là {}", other.vi()), Verdict::NotMet, |record| record.category = Some(other));
            }
        }
        Leaf::Meets { honours } => {
            for code in honours {
                list.add(&format!("đã được tặng {code}"), Verdict::Met, |record| {
                    record.awards.push(award(code, year, 1));
                });
            }
        }
        Leaf::ScoredAt { at_least, segments, group_floor_percent } => {
            let all = segments.iter().map(|(segment, points)| (segment.as_str(), *points));
            for (segment, points) in all.chain([("noi-khac", *at_least)]) {
                for (more, want) in [(-1, Verdict::NotMet), (0, Verdict::Met), (1, Verdict::Met)] {
                    list.add(&format!("{} điểm, {segment}", i64::from(points) + more), want, |record| {
                        record.scores = vec![score(year, i64::from(points) + more, segment)];
                    });
                }
            }
            if let Some(floor) = group_floor_percent {
                for (points, want) in [(u32::from(*floor) - 1, Verdict::NotMet), (u32::from(*floor), Verdict::Met)] {
                    list.add(&format!("có nhóm tiêu chí đạt {points} %"), want, |record| {
                        let mut scored = score(year, 100, "noi-khac");
                        scored.groups_ok = None;
                        scored.groups = vec![(points, 100), (100, 100)];
                        record.scores = vec![scored];
                    });
                }
            }
        }
        Leaf::Counted { fact, compare, number } => {
            for found in [number.saturating_sub(1), *number, number + 1] {
                let holds = match compare {
                    Compare::AtLeast => found >= *number,
                    Compare::MoreThan => found > *number,
                    Compare::AtMost => found <= *number,
                    Compare::Equals => found == *number,
                };
                let want = if holds { Verdict::Met } else { Verdict::NotMet };
                list.add(&format!("số là {found}"), want, |record| {
                    record.counts.insert(fact.clone(), found);
                });
            }
        }
        _ => {}
    }
}

fn undisciplined(list: &mut List<'_>, below: Discipline, window: &Window) {
    let ground = list.ground;
    let year = ground.year();
    let put = |record: &mut Record, level: Discipline, year: i16| {
        let (Some(from), Some(to)) = (Date::new(year, 3, 1), Date::new(year, 9, 1)) else { return };
        record.disciplines.push(DisciplineCase { level, from, to: Some(to), key: String::new() });
    };
    if let Some(lighter) = below_in(below) {
        list.add("kỷ luật nhẹ hơn một bậc", Verdict::Met, |record| put(record, lighter, year));
    }
    if let Some(heavier) = Discipline::WORDS.iter().map(|row| row.0).find(|level| *level > below) {
        list.add("kỷ luật nặng hơn một bậc", Verdict::NotMet, |record| put(record, heavier, year));
    }
    if *window == Window::Career {
        list.add("kỷ luật từ lâu", Verdict::NotMet, |record| put(record, below, year - 10));
    }
    if let Window::AwardYear | Window::Last(_) = window {
        let first = ground.first_year(Some(window), 1);
        list.add("kỷ luật năm đầu của thời gian xét", Verdict::NotMet, |record| put(record, below, first));
        list.add("kỷ luật trước thời gian xét", Verdict::Met, |record| put(record, below, first - 1));
    }
}

fn served(list: &mut List<'_>, leaf: &Leaf) {
    let Leaf::Served { years, below, fields, continuous, hardship, only_hardship } = leaf else { return };
    let ground = list.ground;
    let end = ground.on.next_day();
    let put = |record: &mut Record, field: &str, from: Date, to: Option<Date>, hardship: bool| {
        record.service.push(Service { field: field.to_owned(), from, to, hardship, key: String::new() });
    };
    if let Some(years) = years {
        let months = 12 * i64::from(*years);
        for field in fields {
            list.add(&format!("đủ {years} năm: {field}"), Verdict::Met, |record| {
                put(record, field, back_months(end, months), None, *only_hardship);
            });
        }
        list.add("thiếu một ngày", Verdict::NotMet, |record| {
            put(record, &fields[0], back_months(end, months).next_day(), None, *only_hardship);
        });
        if *only_hardship {
            list.add("không ở địa bàn khó khăn", Verdict::NotMet, |record| {
                put(record, &fields[0], back_months(end, months), None, false);
            });
        }
        // The same time in two pieces.
        let want = if *continuous { Verdict::NotMet } else { Verdict::Met };
        let fits = below.is_none_or(|below| months / 12 < i64::from(below));
        if months >= 24 && fits && !only_hardship {
            list.add("thời gian đứt quãng", want, |record| {
                put(record, &fields[0], back_months(end, months - 12), None, false);
                let (from, to) = (back_months(end, months + 60), back_months(end, months + 48));
                put(record, &fields[0], from, Some(to), false);
            });
        }
        if *hardship > 1 {
            let times = i64::from(*hardship);
            let needed = (months + times - 1) / times;
            list.add("ở địa bàn khó khăn, tính gấp", Verdict::Met, |record| {
                put(record, &fields[0], back_months(end, needed), None, true);
            });
            list.add("ở địa bàn khó khăn, thiếu một tháng", Verdict::NotMet, |record| {
                put(record, &fields[0], back_months(end, needed - 1), None, true);
            });
        }
    }
    if let Some(below) = below {
        let months = 12 * i64::from(*below);
        list.add("chạm mức trên", Verdict::NotMet, |record| {
            put(record, &fields[0], back_months(end, months), None, *only_hardship);
        });
        list.add("ngay dưới mức trên", Verdict::Met, |record| {
            put(record, &fields[0], back_months(end, months).next_day(), None, *only_hardship);
        });
    }
}

fn movement(list: &mut List<'_>, leaf: &Leaf) {
    let Leaf::Movement { result, launchers, years, at } = leaf else { return };
    let ground = list.ground;
    let year = ground.year();
    let launcher = launchers.first().copied().unwrap_or(Organiser::Commune);
    let review = at.first().copied().unwrap_or(MovementReview::Interim);
    let end = year_after(year);
    let begin = back_months(end, 12 * i64::from(*years));
    let put = |record: &mut Record, launcher, result, at, from| {
        record.movements.push(MovementResult { launcher, from, to: Some(end), result, at, year, key: String::new() });
    };
    for launcher in Organiser::WORDS.iter().map(|row| row.0) {
        let meant = launchers.is_empty() || launchers.iter().any(|one| launcher.is_within(*one));
        let want = if meant { Verdict::Met } else { Verdict::AskHuman };
        list.add(&format!("do {} phát động", launcher.vi()), want, |record| {
            put(record, launcher, *result, review, begin)
        });
    }
    for outcome in MovementOutcome::WORDS.iter().map(|row| row.0) {
        let want = if outcome >= *result { Verdict::Met } else { Verdict::AskHuman };
        list.add(&format!("kết quả {}", outcome.vi()), want, |record| {
            put(record, launcher, outcome, review, begin)
        });
    }
    for review in MovementReview::WORDS.iter().map(|row| row.0) {
        let want = if at.is_empty() || at.contains(&review) { Verdict::Met } else { Verdict::AskHuman };
        list.add(&format!("khi {}", review.vi()), want, |record| put(record, launcher, *result, review, begin));
    }
    if *years > 0 {
        list.add("thiếu một ngày", Verdict::AskHuman, |record| {
            put(record, launcher, *result, review, begin.next_day());
        });
    }
    list.add("mới phát động", if *years == 0 { Verdict::Met } else { Verdict::AskHuman }, |record| {
        put(record, launcher, *result, review, back_months(end, 1));
    });
}
