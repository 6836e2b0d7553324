//! Probes of one leaf: the value, one below, one above, and the neighbours of every word of it.
//!
//! Each is a record with nothing in it but what the leaf looks at, and what the leaf must say is known from how it was
//! built.

use thidua_base::Date;

use crate::answer::Verdict;
use crate::condition::{Leaf, Node, Window};
use crate::construct::{Ground, award, below_in, grade_below, initiative, rate};
use crate::record::{Rating, Record};
use crate::vocabulary::{AwardType, Ends, Grade, InitiativeKind, Run, Scope, Status, Which, Word};

/// A probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What it tries.
    pub name: String,
    /// The record.
    pub record: Record,
    /// What the leaf must say on the evidence.
    pub want: Verdict,
}

/// The probes of a leaf at a way.
pub fn probes(ground: &Ground<'_>, leaf: &Leaf, node: &Node, path: &str) -> Vec<Probe> {
    let mut list = List { ground, found: Vec::new() };
    match leaf {
        Leaf::Held { .. } => held(&mut list, leaf, node, path),
        Leaf::Rated { .. } => rated(&mut list, leaf, node, path),
        Leaf::Initiative { .. } => initiatives(&mut list, leaf, node, path),
        _ => {
            // Met as it was built and failed by as little as can be; the neighbours follow.
            list.add("đúng mức", Verdict::Met, |record| ground.meet_leaf(leaf, node, path, record));
            let mut failed = ground.blank();
            if ground.fail_leaf(leaf, node, path, &mut failed) {
                list.push("thiếu một mức", failed, Verdict::NotMet);
            }
            crate::probe_facts::others(&mut list, leaf);
        }
    }
    list.found
}

/// Probes as they are found.
pub(crate) struct List<'l> {
    /// Where and when they are built.
    pub(crate) ground: &'l Ground<'l>,
    found: Vec<Probe>,
}

impl List<'_> {
    /// A probe on a record built for it.
    pub(crate) fn add(&mut self, name: &str, want: Verdict, build: impl FnOnce(&mut Record)) {
        let mut record = self.ground.blank();
        build(&mut record);
        self.push(name, record, want);
    }

    /// A probe on a record.
    pub(crate) fn push(&mut self, name: &str, record: Record, want: Verdict) {
        self.found.push(Probe { name: name.to_owned(), record, want });
    }
}

fn held(list: &mut List<'_>, leaf: &Leaf, node: &Node, path: &str) {
    let Leaf::Held { honours, times, run, window, ends, by, not_types } = leaf else { return };
    let ground = list.ground;
    let year = ground.year();
    let counted = ground.rules.counted_as(honours);
    let kind = (!not_types.is_empty()).then(|| crate::construct::other_type(not_types));
    // Awards that count and also open the window would move it; only too few of them can be tried.
    let moves = matches!(window, Some(Window::After { honours, which: Which::Latest, .. })
        if ground.rules.counted_as(honours).iter().any(|code| counted.contains(code)));
    let give = |record: &mut Record, years: &[i16]| {
        ground.anchor(window.as_ref(), record);
        for (number, year) in (1_u8..).zip(years) {
            let mut new = award(&honours[0], *year, number);
            (new.level, new.kind) = (*by, kind);
            new.decided_on = ground.decided(window.as_ref()).or(new.decided_on);
            record.awards.push(new);
        }
    };
    let good: Vec<i16> = match run {
        Run::Unbroken => {
            let last = if *ends == Ends::YearBefore { year - 1 } else { year };
            (last - i16::from(*times) + 1..=last).collect()
        }
        Run::Any => vec![ground.first_year(window.as_ref(), 4); usize::from(*times)],
    };
    let own_anchor = matches!(window, Some(Window::After { honours, .. })
        if ground.rules.counted_as(honours).iter().any(|code| counted.contains(code)));
    if !own_anchor || *times > 1 {
        list.add("thiếu một lần", Verdict::NotMet, |record| give(record, &good[1..]));
    }
    if moves {
        return;
    }
    for code in honours {
        list.add(&format!("đủ số lần: {code}"), Verdict::Met, |record| {
            give(record, &good);
            record.awards.iter_mut().filter(|one| one.honour == honours[0] && good.contains(&one.year)).for_each(
                |one| {
                    one.honour = code.clone();
                },
            );
        });
    }
    let mut more = good.clone();
    more.push(if *run == Run::Unbroken { good[0] - 1 } else { good[0] });
    if !(own_anchor && *run == Run::Unbroken) {
        list.add("thêm một lần", Verdict::Met, |record| give(record, &more));
    }
    list.add("đã bị hủy bỏ", if *times > 0 { Verdict::NotMet } else { Verdict::Met }, |record| {
        give(record, &good);
        record
            .awards
            .iter_mut()
            .filter(|one| good.contains(&one.year) && counted.contains(&one.honour))
            .for_each(|one| one.revoked_on = Some(ground.on));
        if own_anchor {
            ground.anchor(window.as_ref(), record);
        }
    });
    if let Some(lower) = by.and_then(below_in) {
        list.add("cấp quyết định thấp hơn", Verdict::NotMet, |record| {
            give(record, &good);
            record
                .awards
                .iter_mut()
                .filter(|one| counted.contains(&one.honour))
                .for_each(|one| one.level = Some(lower));
        });
    }
    for excluded in not_types {
        list.add(&format!("loại hình không tính: {}", excluded.vi()), Verdict::NotMet, |record| {
            give(record, &good);
            record.awards.iter_mut().filter(|one| counted.contains(&one.honour)).for_each(|one| {
                one.kind = Some(*excluded);
            });
        });
    }
    if !not_types.is_empty() {
        let allowed = AwardType::WORDS.iter().map(|row| row.0).filter(|kind| !not_types.contains(kind));
        for allowed in allowed {
            list.add(&format!("loại hình được tính: {}", allowed.vi()), Verdict::Met, |record| {
                give(record, &good);
                record.awards.iter_mut().for_each(|one| one.kind = Some(allowed));
            });
        }
    }
    if *run == Run::Unbroken {
        if *times > 1 {
            let mut gap = good.clone();
            gap[0] -= 1;
            list.add("đứt một năm", Verdict::NotMet, |record| give(record, &gap));
        }
        let earlier: Vec<i16> = good.iter().map(|year| year - 1).collect();
        let want = if *ends == Ends::Any { Verdict::Met } else { Verdict::NotMet };
        list.add("cả chuỗi sớm hơn một năm", want, |record| give(record, &earlier));
    }
    windows(list, leaf, window.as_ref(), own_anchor, &|record, in_year, decided| {
        for number in 1..=*times {
            let mut new = award(&honours[0], in_year, number);
            (new.level, new.kind) = (*by, kind);
            new.decided_on = decided.or(new.decided_on);
            record.awards.push(new);
        }
    });
    let _ = (node, path);
}

/// Puts what counts at the two sides of the edge of a window. `put` adds enough of it in a year.
fn windows(
    list: &mut List<'_>,
    leaf: &Leaf,
    window: Option<&Window>,
    own_anchor: bool,
    put: &dyn Fn(&mut Record, i16, Option<Date>),
) {
    let ground = list.ground;
    let year = ground.year();
    let is_run = matches!(
        leaf,
        Leaf::Held { run: Run::Unbroken, .. }
            | Leaf::Rated { run: Run::Unbroken, .. }
            | Leaf::Initiative { run: Run::Unbroken, .. }
    );
    match window {
        Some(Window::AwardYear | Window::Last(_)) if !is_run => {
            let first = ground.first_year(window, 1);
            list.add("ngay năm đầu của thời gian tính", Verdict::Met, |record| put(record, first, None));
            list.add("trước thời gian tính một năm", Verdict::NotMet, |record| put(record, first - 1, None));
        }
        Some(Window::Career) if !is_run => {
            list.add("từ rất lâu trước", Verdict::Met, |record| put(record, year - 40, None));
        }
        Some(Window::Calendar(years)) => {
            let first = ground.on.year() - i16::from(*years) + 1;
            let before = Date::new(first - 1, 12, 31);
            list.add("quyết định trước năm tính", Verdict::NotMet, |record| put(record, first - 1, before));
        }
        Some(Window::DecidedYearBefore) => {
            let before = Date::new(ground.on.year() - 2, 12, 31);
            list.add("quyết định sớm hơn một năm", Verdict::NotMet, |record| put(record, year - 1, before));
            list.add("quyết định trong năm nộp hồ sơ", Verdict::NotMet, |record| {
                put(record, year, Some(ground.on))
            });
        }
        Some(Window::After { honours, years, which }) => {
            let span = i16::from(*years);
            if span > 1 {
                list.add("chưa đủ số năm sau lần khen trước", Verdict::NotMet, |record| {
                    record.awards.push(award(&honours[0], year - span + 1, 1));
                    put(record, year, None);
                    keep_anchor_alone(ground, record, honours, own_anchor, year - span + 1);
                });
            }
            if !own_anchor {
                for code in honours {
                    list.add(&format!("mốc là {code}"), Verdict::Met, |record| {
                        record.awards.push(award(code, year - span.max(1), 1));
                        put(record, year, None);
                    });
                }
                let late = if *which == Which::AnyOld { Verdict::Met } else { Verdict::NotMet };
                if span > 1 {
                    list.add("có thêm một lần khen mới đây", late, |record| {
                        record.awards.push(award(&honours[0], year - span, 1));
                        record.awards.push(award(&honours[0], year - 1, 1));
                        put(record, year, None);
                    });
                }
                if !is_run {
                    list.add("ngay năm đầu sau lần khen trước", Verdict::Met, |record| {
                        record.awards.push(award(&honours[0], year - span.max(1) - 2, 1));
                        put(record, year - span.max(1) - 1, None);
                    });
                    list.add("trùng năm của lần khen trước", Verdict::NotMet, |record| {
                        record.awards.push(award(&honours[0], year - span.max(1), 1));
                        put(record, year - span.max(1), None);
                    });
                }
            }
        }
        _ => {}
    }
}

/// Where what counts also opens the window, what was put is taken for the first of it and so lies with it.
fn keep_anchor_alone(
    ground: &Ground<'_>,
    record: &mut Record,
    honours: &[thidua_base::code::HonourCode],
    own_anchor: bool,
    year: i16,
) {
    if own_anchor {
        let counted = ground.rules.counted_as(honours);
        record
            .awards
            .iter_mut()
            .filter(|one| counted.contains(&one.honour))
            .for_each(|one| one.year = one.year.max(year));
    }
}

fn rated(list: &mut List<'_>, leaf: &Leaf, node: &Node, path: &str) {
    let Leaf::Rated { at_least, years, run, window, or_held } = leaf else { return };
    let ground = list.ground;
    let year = ground.year();
    let count = i16::from(*years);
    let worst = Grade::Failed;
    let base = |record: &mut Record, from: i16, grade: Grade| {
        ground.anchor(window.as_ref(), record);
        // The years before are known and low, so that nothing is open.
        let back = count.max(match window {
            Some(Window::Last(years) | Window::After { years, .. }) => i16::from(*years),
            _ => count,
        });
        for at in (year - back - 4..=year).rev() {
            let grade = if at >= from { grade } else { worst };
            record.ratings.push(Rating { year: at, grade, key: String::new() });
        }
    };
    let first = year - count + 1;
    list.add("đủ số năm, đúng mức", Verdict::Met, |record| base(record, first, *at_least));
    if *at_least != worst {
        list.add("thiếu năm đầu", Verdict::NotMet, |record| base(record, first + 1, *at_least));
        let lower = grade_below(*at_least).unwrap_or(worst);
        list.add("năm đầu thấp hơn một mức", Verdict::NotMet, |record| {
            base(record, first, *at_least);
            record.ratings.iter_mut().filter(|one| one.year == first).for_each(|one| one.grade = lower);
        });
        if *run == Run::Unbroken && count > 0 {
            list.add("năm cuối thấp hơn một mức, các năm trước đủ", Verdict::NotMet, |record| {
                base(record, first - 1, *at_least);
                record.ratings.iter_mut().filter(|one| one.year == year).for_each(|one| one.grade = lower);
            });
        }
        for code in or_held {
            list.add(&format!("năm đầu thay bằng {code}"), Verdict::Met, |record| {
                base(record, first + 1, *at_least);
                record.awards.push(award(code, first, 1));
            });
        }
    }
    list.add("thêm một năm", Verdict::Met, |record| base(record, first - 1, *at_least));
    if let Some(higher) = Grade::WORDS.iter().map(|row| row.0).find(|grade| grade > at_least) {
        list.add("cao hơn một mức", Verdict::Met, |record| base(record, first, higher));
    }
    if let Some(Window::After { honours, years: span, which }) = window {
        let span = i16::from(*span);
        let with_anchor = |record: &mut Record, anchor: i16| {
            base(record, first, *at_least);
            let counted = ground.rules.counted_as(honours);
            record.awards.retain(|one| !counted.contains(&one.honour));
            record.awards.push(award(&honours[0], anchor, 1));
        };
        if span > 1 {
            list.add("chưa đủ số năm sau lần khen trước", Verdict::NotMet, |record| {
                with_anchor(record, year - span + 1)
            });
            let late = if *which == Which::AnyOld { Verdict::Met } else { Verdict::NotMet };
            list.add("có thêm một lần khen mới đây", late, |record| {
                with_anchor(record, year - span);
                record.awards.push(award(&honours[0], year - 1, 1));
            });
        }
        for code in honours {
            list.add(&format!("mốc là {code}"), Verdict::Met, |record| {
                with_anchor(record, year - span.max(count).max(1));
                record.awards.iter_mut().for_each(|one| one.honour = code.clone());
            });
        }
        if *at_least != worst {
            // Enough good years but with a low one among them: a count does not mind, a run does.
            let want = if *run == Run::Unbroken && count > 1 { Verdict::NotMet } else { Verdict::Met };
            list.add("có một năm thấp xen giữa", want, |record| {
                let long = count.max(span) + 2;
                base(record, year - long + 1, *at_least);
                let counted = ground.rules.counted_as(honours);
                record.awards.retain(|one| !counted.contains(&one.honour));
                record.awards.push(award(&honours[0], year - long, 1));
                let low = if count > 1 { year - 1 } else { year - long + 1 };
                record.ratings.iter_mut().filter(|one| one.year == low).for_each(|one| one.grade = worst);
            });
        }
        list.add(
            "năm tốt chỉ có trước lần khen",
            if *at_least == worst { Verdict::Met } else { Verdict::NotMet },
            |record| {
                with_anchor(record, year - span.max(1));
                for one in &mut record.ratings {
                    one.grade = if one.year <= year - span.max(1) { *at_least } else { worst };
                }
            },
        );
    }
    if *run == Run::Any && *at_least != worst {
        let first_in = ground.first_year(window.as_ref(), count);
        list.add("năm tốt nằm trước thời gian tính", Verdict::NotMet, |record| {
            base(record, year + 1, *at_least);
            for at in first_in - count..first_in {
                record.ratings.retain(|one| one.year != at);
                rate(record, at, *at_least);
            }
        });
    }
    let _ = (node, path);
}

fn initiatives(list: &mut List<'_>, leaf: &Leaf, node: &Node, path: &str) {
    let Leaf::Initiative { kinds, scope, status, times, run, window, by } = leaf else { return };
    let ground = list.ground;
    let year = ground.year();
    let first = ground.first_year(Some(window), 1);
    let years: Vec<i16> = match run {
        Run::Unbroken => (0..i16::from(*times)).map(|back| year - back).collect(),
        Run::Any => vec![first; usize::from(*times)],
    };
    let give = |record: &mut Record, kind: InitiativeKind, scope: Scope, status: Status, years: &[i16]| {
        ground.anchor(Some(window), record);
        record.initiatives.extend(years.iter().map(|year| initiative(kind, scope, status, *year, *by)));
    };
    for kind in kinds {
        list.add(&format!("đủ số lượng: {}", kind.vi()), Verdict::Met, |record| {
            give(record, *kind, *scope, *status, &years);
        });
    }
    list.add("thiếu một", Verdict::NotMet, |record| give(record, kinds[0], *scope, *status, &years[1..]));
    let mut more = years.clone();
    more.push(years[0]);
    list.add("thêm một", Verdict::Met, |record| give(record, kinds[0], *scope, *status, &more));
    for other in InitiativeKind::WORDS.iter().map(|row| row.0).filter(|kind| !kinds.contains(kind)) {
        list.add(&format!("chỉ có {}", other.vi()), Verdict::NotMet, |record| {
            give(record, other, *scope, *status, &years);
        });
    }
    if let Some(lower) = below_in(*scope) {
        list.add("phạm vi thấp hơn một bậc", Verdict::NotMet, |record| {
            give(record, kinds[0], lower, *status, &years)
        });
    }
    if let Some(lower) = below_in(*status) {
        list.add("mức áp dụng thấp hơn một bậc", Verdict::NotMet, |record| {
            give(record, kinds[0], *scope, lower, &years)
        });
    }
    if let Some(lower) = by.and_then(below_in) {
        list.add("cấp công nhận thấp hơn", Verdict::NotMet, |record| {
            give(record, kinds[0], *scope, *status, &years);
            record.initiatives.iter_mut().for_each(|one| one.by = Some(lower));
        });
    }
    if *run == Run::Unbroken && *times > 1 {
        list.add("dồn vào một năm", Verdict::NotMet, |record| {
            give(record, kinds[0], *scope, *status, &vec![year; usize::from(*times)]);
        });
    }
    windows(list, leaf, Some(window), false, &|record, in_year, _| {
        record.initiatives.extend((0..*times).map(|_| initiative(kinds[0], *scope, *status, in_year, *by)));
    });
    let _ = (node, path);
}
