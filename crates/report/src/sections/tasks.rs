//! Tasks for the period ahead: aims as dash items, measures as lettered points.

use thidua_domain::finding::{Task, TaskKind};
use thidua_paper::tree::{Block, Marker};

use crate::writing::{Unfillable, Writing};

/// The kind a form names: `aim`, `measure`.
pub fn kind_of(word: &str) -> Option<TaskKind> {
    match word {
        "aim" => Some(TaskKind::Aim),
        "measure" => Some(TaskKind::Measure),
        _ => None,
    }
}

/// One item for each task of the reporting unit in the period ahead.
pub fn blocks(writing: &mut Writing, kind: &str) -> Result<Vec<Block>, Unfillable> {
    let data = writing.data;
    let ahead = data.period().next();
    let mut wanted: Vec<&Task> = data
        .tasks
        .iter()
        .filter(|t| Some(t.kind) == kind_of(kind) && t.unit == data.report.unit && t.period == ahead)
        .collect();
    wanted.sort_by_key(|task| (task.ordinal, task.id.clone()));
    wanted
        .iter()
        .map(|task| {
            let marker = match task.kind {
                TaskKind::Aim => Marker::Dash,
                TaskKind::Measure => Marker::Letter,
            };
            Ok(Block::Item { marker, text: writing.fill(&task.text)? })
        })
        .collect()
}
