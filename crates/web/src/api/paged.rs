//! Lists in parts: an opaque cursor leads to the next one.

use serde::{Deserialize, Serialize};
use thidua_app::entropy::hex;
use utoipa::{IntoParams, ToSchema};

use super::problem::ApiFault;

/// Most lines of one answer.
pub const LIMIT_MAX: usize = 500;
/// Lines of an answer where nothing was asked.
const LIMIT: usize = 100;

/// Which part of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// Most lines of the answer, 1 to 500 (số dòng); 100 without it.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<usize>,
    /// The `next` of the answer before (con trỏ trang).
    pub cursor: Option<String>,
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Paged<T> {
    /// The lines.
    pub items: Vec<T>,
    /// The cursor of the next part; `null` at the end.
    pub next: Option<String>,
}

impl Part {
    /// The lines before the part, and most lines of it, of a list whose lines are numbered.
    pub fn numbered(&self) -> Result<(usize, usize), ApiFault> {
        let limit = self.limit.unwrap_or(LIMIT);
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(ApiFault::BadParameter("limit"));
        }
        let Some(cursor) = &self.cursor else { return Ok((0, limit)) };
        let last: usize = read(cursor)?.parse().map_err(|_| ApiFault::BadParameter("cursor"))?;
        Ok((last.saturating_add(1), limit))
    }

    /// The cursor that goes on after the line of a number, counted from 0.
    pub fn after_number(number: usize) -> String {
        hex(format!("{number:08}").as_bytes())
    }

    /// The part of a list; `key` names a line, once in the list and in its order.
    pub fn of<S, T>(
        &self,
        mut all: Vec<S>,
        key: impl Fn(&S) -> String,
        shown: impl FnMut(S) -> T,
    ) -> Result<Paged<T>, ApiFault> {
        let limit = self.limit.unwrap_or(LIMIT);
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(ApiFault::BadParameter("limit"));
        }
        let after = self.cursor.as_deref().map(read).transpose()?;
        all.sort_by_key(|line| key(line));
        let mut rest: Vec<S> = match &after {
            Some(after) => all.into_iter().filter(|line| key(line) > *after).collect(),
            None => all,
        };
        let is_more = rest.len() > limit;
        rest.truncate(limit);
        let next = rest.last().filter(|_| is_more).map(|last| hex(key(last).as_bytes()));
        Ok(Paged { items: rest.into_iter().map(shown).collect(), next })
    }
}

fn read(cursor: &str) -> Result<String, ApiFault> {
    let bad = || ApiFault::BadParameter("cursor");
    let pairs = cursor.as_bytes().chunks(2);
    let bytes = pairs.map(|pair| {
        let text = std::str::from_utf8(pair).ok().filter(|text| text.len() == 2)?;
        u8::from_str_radix(text, 16).ok()
    });
    let bytes = bytes.collect::<Option<Vec<u8>>>().ok_or_else(bad)?;
    String::from_utf8(bytes).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_list_goes_on_after_the_line_before() {
        let part = |cursor: Option<String>| Part { limit: Some(7), cursor };
        assert_eq!(part(None).numbered().unwrap(), (0, 7));
        assert_eq!(part(Some(Part::after_number(6))).numbered().unwrap(), (7, 7));
        for bad in ["", "zz", "c3", &hex(b"mot")] {
            assert!(part(Some(bad.into())).numbered().is_err(), "{bad}");
        }
        assert!(Part { limit: Some(LIMIT_MAX + 1), cursor: None }.numbered().is_err());
    }

    #[test]
    fn a_list_is_read_whole_part_by_part() {
        let all: Vec<String> = (0..25).map(|number| format!("{number:02}-ấ")).collect();
        let mut part = Part { limit: Some(7), cursor: None };
        let mut read = Vec::new();
        loop {
            let paged = part.of(all.clone(), String::clone, |line| line).unwrap();
            assert!(paged.items.len() <= 7);
            read.extend(paged.items);
            match paged.next {
                Some(next) => part.cursor = Some(next),
                None => break,
            }
        }
        assert_eq!(read, all);
    }

    #[test]
    fn nonsense_is_no_part() {
        for (limit, cursor) in
            [(Some(0), None), (Some(501), None), (None, Some("xy")), (None, Some("abc")), (None, Some("ff"))]
        {
            let part = Part { limit, cursor: cursor.map(str::to_owned) };
            assert!(part.of(vec!["a"], |line| (*line).to_owned(), |line| line).is_err(), "{part:?}");
        }
    }
}
