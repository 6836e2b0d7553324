//! The achievement report (báo cáo thành tích): its versions, and what changed from one to the next.

use thidua_base::Timestamp;
use thidua_base::text::nfc;

use super::REPORT_CHARS_MAX;
use crate::refusal::Refusal;

/// A version of a report; the newest counts, the others stay to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportVersion {
    /// From 1.
    pub version: i64,
    /// The text, line by line.
    pub body: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A line of a comparison of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// In both.
    Same(String),
    /// Only in the newer.
    Added(String),
    /// Only in the older.
    Removed(String),
}

/// Most lines of a text that is compared line by line; a longer one is told as a whole.
const LINES_MAX: usize = 2_000;

/// Decides whether a report can be kept, and brings it into order.
///
/// # Errors
/// [`Refusal::EmptyText`], [`Refusal::LongText`].
pub fn judge_report(body: &str) -> Result<String, Refusal> {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    let body = nfc(lines.join("\n").trim());
    if body.is_empty() {
        return Err(Refusal::EmptyText);
    }
    if body.chars().count() > REPORT_CHARS_MAX {
        return Err(Refusal::LongText { most: REPORT_CHARS_MAX });
    }
    Ok(body)
}

/// What changed from one text to another, line by line, by their longest common lines.
pub fn changes(old: &str, new: &str) -> Vec<Change> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let removed = |line: &&str| Change::Removed((*line).to_owned());
    let added = |line: &&str| Change::Added((*line).to_owned());
    if old.len() > LINES_MAX || new.len() > LINES_MAX {
        return old.iter().map(removed).chain(new.iter().map(added)).collect();
    }
    // How many lines two rests have in common.
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut told) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            told.push(Change::Same(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
            told.push(removed(&old[i]));
            i += 1;
        } else {
            told.push(added(&new[j]));
            j += 1;
        }
    }
    told.extend(old[i..].iter().map(removed));
    told.extend(new[j..].iter().map(added));
    told
}
