//! Long lists in pages: which rows are shown, and the links to the others.

use crate::paths;

/// Rows on a page of a long list.
pub const ROWS_A_PAGE: usize = 50;

/// Where a page stands in a long list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// Number of the first row shown, from 1; 0 where there is none.
    pub first: usize,
    /// Number of the last row shown.
    pub last: usize,
    /// Number of all rows.
    pub rows: usize,
    /// This page, from 1.
    pub page: usize,
    /// Number of pages, at least 1.
    pub pages: usize,
    /// Address of the page before; empty on the first.
    pub before: String,
    /// Address of the page after; empty on the last.
    pub after: String,
}

impl Paging {
    /// The page asked for, or the nearest there is, of a list of `rows`; links keep the query given.
    pub fn of(path: &str, query: &[(&str, &str)], asked: usize, rows: usize) -> Self {
        let pages = rows.div_ceil(ROWS_A_PAGE).max(1);
        let page = asked.clamp(1, pages);
        let link = |to: usize| {
            let number = to.to_string();
            let mut values = query.to_vec();
            values.push(("trang", &number));
            paths::with_query(path, &values)
        };
        Self {
            first: if rows == 0 { 0 } else { (page - 1) * ROWS_A_PAGE + 1 },
            last: (page * ROWS_A_PAGE).min(rows),
            rows,
            page,
            pages,
            before: if page > 1 { link(page - 1) } else { String::new() },
            after: if page < pages { link(page + 1) } else { String::new() },
        }
    }

    /// The rows of this page.
    pub fn cut<'a, T>(&self, rows: &'a [T]) -> &'a [T] {
        rows.get(self.first.saturating_sub(1)..self.last.min(rows.len())).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_cover_all_rows_once() {
        let rows: Vec<usize> = (0..10_000).collect();
        let mut seen = Vec::new();
        for asked in 1..=Paging::of("/x", &[], 1, rows.len()).pages {
            seen.extend_from_slice(Paging::of("/x", &[], asked, rows.len()).cut(&rows));
        }
        assert_eq!(seen, rows);
    }

    #[test]
    fn a_page_beyond_the_end_is_the_last_and_links_keep_the_filter() {
        let paging = Paging::of("/x", &[("tim", "an"), ("loai", "")], 99, 120);
        assert_eq!((paging.page, paging.first, paging.last), (3, 101, 120));
        assert_eq!((paging.before.as_str(), paging.after.as_str()), ("/x?tim=an&trang=2", ""));
        let none = Paging::of("/x", &[], 0, 0);
        assert_eq!((none.first, none.last, none.pages), (0, 0, 1));
        assert!(none.cut::<u8>(&[]).is_empty());
    }
}
