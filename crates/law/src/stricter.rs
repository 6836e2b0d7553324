//! Whether one test is at least as strict as another of the same word.

use thidua_base::code::HonourCode;

use crate::condition::{Compare, Leaf};
use crate::vocabulary::{Run, Word};

/// Fails with the reason in Vietnamese where the local test is looser than the national one anywhere.
pub fn stricter(national: &Leaf, local: &Leaf) -> Result<(), String> {
    match (national, local) {
        (
            Leaf::Held { honours, times, run, window, ends, by, not_types },
            Leaf::Held { honours: h, times: t, run: r, window: w, ends: e, by: b, not_types: n },
        ) => {
            same("các danh hiệu, hình thức", &sorted(honours), &sorted(h))?;
            same("thời gian tính", window, w)?;
            same("năm cuối", ends, e)?;
            least("số lần", i64::from(*times), i64::from(*t))?;
            unbroken(*run, *r)?;
            level(by.map_or(-1, order), b.map_or(-1, order))?;
            if not_types.iter().all(|kind| n.contains(kind)) { Ok(()) } else { Err(loose("loại hình không tính")) }
        }
        (
            Leaf::Rated { at_least, years, run, window, or_held },
            Leaf::Rated { at_least: a, years: y, run: r, window: w, or_held: o },
        ) => {
            least("mức xếp loại", order(*at_least), order(*a))?;
            least("số năm", i64::from(*years), i64::from(*y))?;
            unbroken(*run, *r)?;
            same("thời gian tính", window, w)?;
            if o.iter().all(|code| or_held.contains(code)) { Ok(()) } else { Err(loose("danh hiệu thay thế")) }
        }
        (
            Leaf::Initiative { kinds, scope, status, times, run, window, by },
            Leaf::Initiative { kinds: k, scope: s, status: st, times: t, run: r, window: w, by: b },
        ) => {
            if !k.iter().all(|kind| kinds.contains(kind)) {
                return Err(loose("loại sáng kiến"));
            }
            least("phạm vi", order(*scope), order(*s))?;
            least("mức áp dụng", order(*status), order(*st))?;
            least("số lượng", i64::from(*times), i64::from(*t))?;
            unbroken(*run, *r)?;
            same("thời gian tính", window, w)?;
            level(by.map_or(-1, order), b.map_or(-1, order))
        }
        (Leaf::Undisciplined { below, window }, Leaf::Undisciplined { below: b, window: w }) => {
            same("thời gian tính", window, w)?;
            most("mức kỷ luật", order(*below), order(*b))
        }
        (Leaf::MembersUndisciplined { below }, Leaf::MembersUndisciplined { below: b }) => {
            most("mức kỷ luật", order(*below), order(*b))
        }
        (Leaf::NoInquiry { kinds }, Leaf::NoInquiry { kinds: k }) => {
            if kinds.iter().all(|kind| k.contains(kind)) {
                Ok(())
            } else {
                Err(loose("việc đang xem xét"))
            }
        }
        (Leaf::Worked { months }, Leaf::Worked { months: m }) => least("số tháng", i64::from(*months), i64::from(*m)),
        (Leaf::Founded { years }, Leaf::Founded { years: y }) => least("số năm", i64::from(*years), i64::from(*y)),
        (
            Leaf::Members { who, compare, number, measure },
            Leaf::Members { who: w, compare: c, number: n, measure: m },
        ) => {
            same("đối tượng tính", who, w)?;
            same("cách tính", measure, m)?;
            let strict =
                |compare: Compare, number: u32| i64::from(number) * 2 + i64::from(compare == Compare::MoreThan);
            least("tỷ lệ, số lượng", strict(*compare, *number), strict(*c, *n))
        }
        (Leaf::Cluster { rank, organisers }, Leaf::Cluster { rank: r, organisers: o }) => {
            same("cụm, khối", organisers, o)?;
            most("thứ hạng", i64::from(*rank), i64::from(*r))
        }
        (
            Leaf::Movement { result, launchers, years, at },
            Leaf::Movement { result: r, launchers: l, years: y, at: a },
        ) => {
            least("kết quả", order(*result), order(*r))?;
            least("số năm", i64::from(*years), i64::from(*y))?;
            same("nơi phát động", launchers, l)?;
            same("dịp xét", at, a)
        }
        (Leaf::Registered { before }, Leaf::Registered { before: b }) => match (before, b) {
            (None, _) => Ok(()),
            (Some(day), Some(local)) if local <= day => Ok(()),
            _ => Err(loose("ngày đăng ký")),
        },
        (
            Leaf::ScoredAt { at_least, segments, group_floor_percent },
            Leaf::ScoredAt { at_least: a, segments: s, group_floor_percent: g },
        ) => {
            least("điểm", i64::from(*at_least), i64::from(*a))?;
            for (segment, points) in segments {
                least("điểm", i64::from(*points), i64::from(s.get(segment).copied().unwrap_or(*a)))?;
            }
            // A place the national rule does not name has its general threshold.
            for (segment, points) in s.iter().filter(|(segment, _)| !segments.contains_key(*segment)) {
                least(&format!("điểm của {segment}"), i64::from(*at_least), i64::from(*points))?;
            }
            least("mức tối thiểu của nhóm", group_floor_percent.map_or(-1, i64::from), g.map_or(-1, i64::from))
        }
        (Leaf::Counted { fact, compare, number }, Leaf::Counted { fact: f, compare: c, number: n }) => {
            same("sự việc", fact, f)?;
            same("cách so sánh", compare, c)?;
            match compare {
                Compare::AtLeast | Compare::MoreThan => least("số", i64::from(*number), i64::from(*n)),
                Compare::AtMost => most("số", i64::from(*number), i64::from(*n)),
                Compare::Equals => same("số", number, n),
            }
        }
        (Leaf::InCategory { categories }, Leaf::InCategory { categories: c }) => {
            let within = |one: &crate::vocabulary::Category| categories.iter().any(|other| one.is_within(*other));
            if c.iter().all(within) { Ok(()) } else { Err(loose("nhóm người")) }
        }
        (national, local) if national == local => Ok(()),
        _ => Err("phép thử phải cùng loại với quy định chung".to_owned()),
    }
}

fn order<W: Word>(word: W) -> i64 {
    let at = W::WORDS.iter().position(|row| row.0 == word);
    at.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1)
}

fn sorted(honours: &[HonourCode]) -> Vec<HonourCode> {
    let mut all = honours.to_vec();
    all.sort();
    all
}

fn loose(what: &str) -> String {
    format!("{what} rộng hơn quy định chung")
}

fn least(what: &str, national: i64, local: i64) -> Result<(), String> {
    if local >= national { Ok(()) } else { Err(format!("{what} thấp hơn quy định chung")) }
}

fn most(what: &str, national: i64, local: i64) -> Result<(), String> {
    if local <= national { Ok(()) } else { Err(format!("{what} cao hơn quy định chung")) }
}

fn level(national: i64, local: i64) -> Result<(), String> {
    least("cấp quyết định, công nhận", national, local)
}

fn unbroken(national: Run, local: Run) -> Result<(), String> {
    if national == Run::Unbroken && local == Run::Any { Err(loose("tính liên tục")) } else { Ok(()) }
}

fn same<T: PartialEq>(what: &str, national: &T, local: &T) -> Result<(), String> {
    if national == local { Ok(()) } else { Err(format!("{what} khác quy định chung")) }
}
