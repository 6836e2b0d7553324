//! Figures replaced by hand: what the rule prints on a line, whatever a person put there.

use thidua_base::Timestamp;
use thidua_domain::draft::Override;
use thidua_paper::tree::{Block, Document, Inline, numbered};

use crate::compose::compose;
use crate::data::ReportData;
use crate::form::Form;
use crate::writing::Unfillable;

/// A text no figure has, to see where a line is printed.
const MARK: &str = "\u{fffc}";

/// The figure that the rule prints on a line, with its unit or sign; `None` where the report prints no such line.
///
/// # Errors
/// When the report cannot be written at all.
pub fn rule_prints(data: &ReportData, form: &Form, line: &str) -> Result<Option<String>, Unfillable> {
    let mut by_rule = data.clone();
    by_rule.overrides.retain(|over| over.line != line);
    let mut marked = by_rule.clone();
    marked.overrides.push(Override {
        report: data.report.id.clone(),
        line: line.to_owned(),
        computed: String::new(),
        printed: MARK.to_owned(),
        reason: String::new(),
        author: String::new(),
        decided_at: Timestamp::from_second(0).expect("1970 is in range"),
    });
    let (by_rule, marked) = (figures(&compose(&by_rule, form)?), figures(&compose(&marked, form)?));
    Ok(by_rule.into_iter().zip(marked).find(|(_, text)| text.contains(MARK)).map(|(text, _)| text))
}

/// Every bound text of a paper's body, in print order.
fn figures(document: &Document) -> Vec<String> {
    let mut out = Vec::new();
    for block in numbered(&document.body) {
        let text = match block.block {
            Block::Paragraph(text) | Block::Item { text, .. } => text,
            Block::Section(section) => &section.title,
            Block::Table(_) => continue,
        };
        for inline in text {
            if let Inline::Bound { text, .. } = inline {
                out.push(text.clone());
            }
        }
    }
    out
}
