//! Holds the claims of a printed paper against each other and against the data.
//!
//! Found this way in the founding report: percentages its own numbers do not give, parts that do not make up
//! their whole, totals of last year that do not meet, a directive under another's title, a place that had changed
//! its name, headings numbered twice.

mod figures;
mod interval;
mod names;

use thidua_prose::check::Remark;

use super::rank;
use crate::printed::Printed;
use crate::writing::Writing;

/// Every remark on the claims, the most severe first.
pub fn check(writing: &Writing, printed: &Printed) -> Vec<Remark> {
    let mut remarks = figures::check(writing, printed);
    remarks.extend(names::check(writing, printed));
    remarks.sort_by_key(|remark| rank(remark.severity));
    remarks
}
