//! Numbers of headings and items, and the open places for number and day.

use super::{Line, LineKind, On, Remark, Severity, Stage};
use crate::read::{NumberShape, Scan};

/// Checks of one line: open number and day, dotted letters, a colon after a heading.
pub(super) fn check_line(on: &On, found: &mut Vec<Remark>) {
    open_places(on, found);
    let line = on.line;
    if line.shape() == Some(NumberShape::Letter) && line.number.ends_with('.') {
        let right = line.number.replace('.', ")");
        let remark = on.remark(Severity::Hint, "letter-with-dot");
        found.push(remark.fact("printed", &line.number).fact("right", &right));
    }
    if line.kind == LineKind::Heading && line.text.trim_end().ends_with(':') {
        let end = line.text.trim_end().len();
        found.push(on.remark(Severity::Hint, "heading-with-colon").at(end - 1..end));
    }
}

/// Checks of the whole text: a number used twice at one level, and a level that repeats the style above it.
pub(super) fn check_all(lines: &[Line], found: &mut Vec<Remark>) {
    let mut seen: Vec<(NumberShape, &str, &Line)> = Vec::new();
    let mut above: Option<NumberShape> = None;
    let mut repeated = false;
    for line in lines {
        let Some(shape) = line.shape() else { continue };
        match line.kind {
            LineKind::Heading => {
                // A heading opens its level anew for all that stands below it.
                seen.retain(|(below, _, _)| *below <= shape);
                if let Some((_, _, first)) = seen.iter().find(|(_, number, _)| *number == line.number) {
                    let remark = Remark::new(Severity::Error, "duplicate-number", line);
                    found.push(remark.fact("number", &line.number).fact("first", &first.text));
                }
                seen.push((shape, &line.number, line));
                above = Some(shape);
                repeated = false;
            }
            LineKind::Item if above == Some(shape) && !repeated && shape != NumberShape::Dash => {
                let remark = Remark::new(Severity::Hint, "number-style-repeated", line);
                found.push(remark.fact("number", &line.number));
                repeated = true;
            }
            LineKind::Item | LineKind::Text => {}
        }
    }
}

/// `Số: /BC-UBND`, `ngày tháng 7 năm 2020`, `tháng năm 2020`.
fn open_places(on: &On, found: &mut Vec<Remark>) {
    let severity = match on.names.stage {
        Stage::Draft => Severity::Hint,
        Stage::Issued => Severity::Error,
    };
    let scan = Scan::new(on.text());
    let mut at = 0;
    while at < on.text().len() {
        if scan.begins_word(at) {
            if let Some(end) = open_number(&scan, at) {
                found.push(on.remark(severity, "empty-number").at(at..end));
            }
            if let Some(end) = open_day(&scan, at) {
                found.push(on.remark(severity, "empty-date").at(at..end));
            }
        }
        at = scan.after_token(at);
    }
}

fn open_number(scan: &Scan, at: usize) -> Option<usize> {
    let label = scan.phrase(at, "số")?;
    let colon = scan.phrase(label, ":").unwrap_or(label);
    let end = scan.phrase(gap(scan, colon), "/")?;
    scan.char_at(end).filter(|c| c.is_alphabetic()).map(|_| end)
}

fn open_day(scan: &Scan, at: usize) -> Option<usize> {
    let day = scan.phrase(at, "ngày").map(|end| gap(scan, end));
    if let Some(end) = day.and_then(|at| scan.phrase(at, "tháng")) {
        let month = scan.digits(gap(scan, end)).map(|(end, _)| end);
        let open_month = scan.phrase(gap(scan, end), "năm");
        return month.or(open_month).map(|_| end);
    }
    let month = scan.phrase(at, "tháng").map(|end| gap(scan, end))?;
    let end = scan.phrase(month, "năm")?;
    let year = scan.digits(scan.skip_space(end))?;
    // "tháng Năm 2020" is May.
    (year.1 >= 1000 && scan.rest(month).starts_with('n')).then_some(end)
}

/// After white space and the dots that hold a place open.
fn gap(scan: &Scan, at: usize) -> usize {
    let rest = scan.rest(at);
    at + (rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '_')).len())
}
