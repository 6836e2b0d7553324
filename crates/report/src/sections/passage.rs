//! A passage typed for the report; a paragraph that begins with a dash is an item.

use std::sync::Arc;

use thidua_paper::tree::{Block, Inline, Marker, Role, Tie};

use crate::template::paragraphs;
use crate::writing::{Unfillable, Writing};

/// What stands in a slot nobody has written yet; the checker reports it.
pub const OPEN_PASSAGE: &str = "(chưa soạn nội dung)";

/// The paragraphs of a slot.
pub fn blocks(writing: &mut Writing, slot: &str) -> Result<Vec<Block>, Unfillable> {
    let Some(passage) = writing.data.passage(slot) else {
        let key = format!("passage:{}:{slot}", writing.data.report.id);
        let tie = Arc::new(Tie { key: key.clone(), sources: vec![key], role: Role::Words });
        return Ok(vec![Block::Paragraph(vec![Inline::Bound { text: OPEN_PASSAGE.to_owned(), tie }])]);
    };
    let mut out = Vec::new();
    for paragraph in paragraphs(&passage.text) {
        out.push(match paragraph.strip_prefix("- ") {
            Some(item) => Block::Item { marker: Marker::Dash, text: writing.fill(item)? },
            None => Block::Paragraph(writing.fill(&paragraph)?),
        });
    }
    Ok(out)
}
