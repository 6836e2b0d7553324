//! The score sheet of a unit (báo cáo tự chấm điểm): the result in words, and all criteria with the marks of every level as an
//! annex on its side.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::cluster::Cluster;
use thidua_domain::cluster::rank::Ranked;
use thidua_domain::cluster::scheme::{Level, Scheme};
use thidua_domain::cluster::score::{Counted, Line, ScoreSheet};
use thidua_domain::cluster::seat::Seat;
use thidua_paper::tree::{Align, Annex, Inline, Sheet};

use super::{points, turn_said};
use crate::official::{House, Kind, Paper, Signature, Stamp, dash, paragraph, table, text};

/// What a score sheet is made from.
#[derive(Debug)]
pub struct SheetData<'a> {
    /// The cluster.
    pub cluster: &'a Cluster,
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The sheet.
    pub sheet: &'a ScoreSheet,
    /// Its row of the ranking.
    pub row: Option<&'a Ranked>,
    /// Names of units.
    pub names: &'a BTreeMap<OrgId, String>,
    /// What happened to the unit in the year.
    pub seat: Option<&'a Seat>,
    /// Names of the clusters of the year.
    pub clusters: &'a BTreeMap<ClusterCode, String>,
    /// Whether the ranking is frozen.
    pub is_frozen: bool,
    /// The day of the paper.
    pub dated: Date,
    /// The body of the unit.
    pub house: House,
    /// Who signs for it.
    pub signature: Signature,
    /// Whether something it prints is made up.
    pub is_sample: bool,
}

/// The score sheet as a paper; a draft while the ranking is not frozen.
pub fn sheet(data: SheetData<'_>) -> Paper {
    let name = |unit: &OrgId| data.names.get(unit).cloned().unwrap_or_else(|| unit.to_string());
    let total = &data.sheet.total;
    let grade = data.row.and_then(|row| row.grade.as_deref());
    let grade = grade.and_then(|code| data.scheme.grades.iter().find(|grade| grade.code == code));
    let mut body = vec![
        paragraph(text(format!(
            "Thực hiện {}, {} báo cáo kết quả chấm điểm thi đua năm {} tại {} như sau:",
            data.scheme.name,
            name(&data.sheet.unit),
            data.cluster.year,
            data.cluster.name
        ))),
        dash(text(format!("Điểm nội dung: {} trên {}.", points(total.content), points(total.content_max)))),
        dash(text(format!("Điểm thưởng: {}; điểm trừ: {}.", points(total.bonus), points(total.penalty)))),
        dash(text(format!("Tổng điểm: {}.", points(total.points)))),
    ];
    if let Some(grade) = grade {
        body.push(dash(text(format!("Xếp loại: {}.", grade.name))));
    }
    if let Some(row) = data.row {
        let shared =
            if row.shared_by > 1 { format!(" (đồng hạng, {} đơn vị)", row.shared_by) } else { String::new() };
        body.push(dash(text(format!("Xếp hạng trong cụm: {}{shared}.", row.rank))));
    }
    let turns = data.seat.into_iter().flat_map(|seat| &seat.turns);
    body.extend(turns.map(|turn| paragraph(text(turn_said(turn, &name, data.clusters)))));
    body.push(paragraph(text("Điểm từng tiêu chí và lý do sửa điểm ghi ở bảng kèm theo./.")));
    let mut stamps = if data.is_frozen { Vec::new() } else { vec![Stamp::Draft] };
    stamps.extend(data.is_sample.then_some(Stamp::Sample));
    Paper {
        kind: Kind::Report,
        about: text(format!("Kết quả chấm điểm thi đua năm {}", data.cluster.year)),
        recipients: vec![name(&data.cluster.formed_by), data.cluster.name.clone(), "Lưu: VT".to_owned()],
        annexes: vec![Annex {
            title: format!("Bảng chấm điểm thi đua năm {}", data.cluster.year),
            sheet: Sheet::Landscape,
            body: vec![marks(&data)],
        }],
        house: data.house,
        number: None,
        issued_on: None,
        dated: data.dated,
        addressees: vec![name(&data.cluster.formed_by)],
        body,
        signature: data.signature,
        beside: None,
        stamps,
    }
}

/// The heading of a level.
fn heading(level: Level) -> &'static str {
    match level {
        Level::Own => "Tự chấm",
        Level::Peer => "Chấm chéo",
        Level::Appraisal => "Thẩm định",
        Level::Council => "Hội đồng",
    }
}

fn marks(data: &SheetData<'_>) -> thidua_paper::tree::Block {
    let above = |level: &Level| *level == Level::Own || data.scheme.marks.contains(level);
    let levels: Vec<Level> = Level::ALL.into_iter().filter(above).collect();
    let mut columns = vec![("Mã", 5, Align::Left), ("Tiêu chí", 30, Align::Left), ("Tối đa", 6, Align::Right)];
    columns.extend(levels.iter().map(|level| (heading(*level), 7, Align::Right)));
    columns.extend([("Điểm", 6, Align::Right), ("Lý do sửa điểm", 24, Align::Left)]);
    let number = |value: Option<thidua_base::Number>| text(value.map(points).unwrap_or_default());
    let rows = data.scheme.criteria.iter().zip(&data.sheet.lines).map(|(criterion, line)| {
        let is_group = criterion.rule.is_none();
        let label = if is_group { criterion.label.to_uppercase() } else { criterion.label.clone() };
        let mut cells = vec![text(criterion.code.to_string()), text(label), number(line.max)];
        cells.extend(levels.iter().map(|level| number(line.mark(*level).filter(|_| !is_group))));
        cells.push(text(counted(line)));
        cells.push(reasons(line));
        cells
    });
    let mut total: Vec<Vec<Inline>> = vec![text(""), text("Tổng điểm"), text("")];
    total.extend(levels.iter().map(|_| text("")));
    total.extend([text(points(data.sheet.total.points)), text("")]);
    table(&columns, rows.collect(), vec![total])
}

fn counted(line: &Line) -> String {
    match line.counted {
        Counted::Unscored => "Chưa chấm".to_owned(),
        Counted::Excused => "Miễn".to_owned(),
        Counted::Level(_) | Counted::Sum => points(line.points),
    }
}

fn reasons(line: &Line) -> Vec<Inline> {
    let given = line.marks.iter().filter(|mark| !mark.reason.is_empty());
    text(given.map(|mark| format!("{}: {}", heading(mark.level), mark.reason)).collect::<Vec<_>>().join("; "))
}
