//! Papers of a movement: the plan that launches it, the pledge of a unit, the reports of its reviews.

mod plan;
mod pledge;
mod review;
#[cfg(test)]
mod tests;

use thidua_base::text::upper_first;
use thidua_domain::movement::{Movement, MovementKind, Outturn};
use thidua_paper::tree::{Align, Block, Inline};
use thidua_prose::write::quote;

use crate::official::{table, text};

pub use plan::{PlanOf, plan};
pub use pledge::{PledgeOf, pledge};
pub use review::{ReviewOf, ReviewRow, review};

/// A figure that was registered, as papers show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetLine {
    /// Whose; empty on a paper of the unit itself.
    pub unit: String,
    /// What is measured.
    pub indicator: String,
    /// Its unit of measure.
    pub measure: String,
    /// For when.
    pub period: String,
    /// What the plan assigns; empty where it assigns nothing.
    pub assigned: String,
    /// What was registered.
    pub promised: String,
    /// What was reached; empty where nothing was reported.
    pub actual: String,
    /// What became of it.
    pub outturn: Outturn,
}

/// A title that was registered for, as papers show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleLine {
    /// The title.
    pub name: String,
    /// Units that registered for it.
    pub registered: usize,
    /// Units that registered for it and have it, themselves or in someone of theirs.
    pub reached: usize,
    /// Collectives that were awarded it.
    pub collectives: usize,
    /// Persons that were awarded it.
    pub persons: usize,
}

/// What a movement is called before its name.
pub(crate) fn noun(kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Regular | MovementKind::Thematic => "phong trào",
        MovementKind::Campaign => "cuộc vận động",
        MovementKind::Occasion => "đợt thi đua",
    }
}

/// `phong trào thi đua “…”`
fn called(movement: &Movement) -> String {
    let noun = match movement.kind {
        MovementKind::Regular | MovementKind::Thematic => "phong trào thi đua",
        MovementKind::Campaign | MovementKind::Occasion => noun(movement.kind),
    };
    format!("{noun} {}", quote(&upper_first(&movement.name)))
}

/// What was typed, a paragraph for each of its lines.
fn typed(said: &str) -> impl Iterator<Item = Block> {
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| Block::Paragraph(text(sentence(line))))
}

/// A line with its end mark.
fn sentence(line: &str) -> String {
    let line = line.trim();
    if line.ends_with(['.', '!', '?', ';', ':']) { line.to_owned() } else { format!("{line}.") }
}

/// Lines of a list: each ends with a semicolon, the last with a full stop.
fn listed(lines: &[String], block: fn(Vec<Inline>) -> Block) -> Vec<Block> {
    let last = lines.len().saturating_sub(1);
    let entry = |(place, line): (usize, &String)| {
        let bare = line.trim().trim_end_matches(['.', ';', ',']);
        let mark = if place == last { '.' } else { ';' };
        block(text(format!("{bare}{mark}")))
    };
    lines.iter().enumerate().map(entry).collect()
}

/// Figures registered; with what was reached where a review looks back.
fn targets(lines: &[TargetLine], looks_back: bool) -> Block {
    let of_many = lines.iter().any(|line| !line.unit.is_empty());
    let mut columns = vec![("TT", 45, Align::Centre)];
    if of_many {
        columns.push(("Đơn vị", 150, Align::Left));
    }
    columns.extend([
        ("Chỉ tiêu", 230, Align::Left),
        ("Đơn vị tính", 90, Align::Centre),
        ("Kỳ", 140, Align::Centre),
        ("Kế hoạch giao", 95, Align::Right),
        ("Đăng ký", 100, Align::Right),
    ]);
    if looks_back {
        columns.extend([("Thực hiện", 100, Align::Right), ("Kết quả", 90, Align::Centre)]);
    }
    let dash = |shown: &str| if shown.is_empty() { "-".to_owned() } else { shown.to_owned() };
    let rows = lines.iter().enumerate().map(|(place, line)| {
        let mut row = vec![text((place + 1).to_string())];
        if of_many {
            row.push(text(line.unit.clone()));
        }
        row.extend([
            text(line.indicator.clone()),
            text(line.measure.clone()),
            text(line.period.clone()),
            text(dash(&line.assigned)),
            text(line.promised.clone()),
        ]);
        if looks_back {
            row.extend([text(dash(&line.actual)), text(outturn(line.outturn))]);
        }
        row
    });
    table(&columns, rows.collect(), Vec::new())
}

fn outturn(outturn: Outturn) -> &'static str {
    match outturn {
        Outturn::Reached => "Đạt",
        Outturn::Missed => "Chưa đạt",
        Outturn::NotReported => "Chưa có số liệu",
    }
}

/// `05`: counts below ten of units and figures, as official papers of provinces write them.
fn count(number: usize) -> String {
    if number == 0 { "0".to_owned() } else { format!("{number:02}") }
}
