//! The ranking of a cluster's year as a notice (thông báo kết quả chấm điểm, xếp hạng), with what is proposed by it.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::OrgId;
use thidua_domain::cluster::Cluster;
use thidua_domain::cluster::flags::FlagRules;
use thidua_domain::cluster::rank::{Movement, Ranking};
use thidua_domain::cluster::scheme::Scheme;
use thidua_domain::cluster::seat::{Seat, Turn};
use thidua_paper::tree::{Align, Block};

use super::points;
use crate::official::{House, Kind, Paper, Signature, Stamp, dash, paragraph, section, table, text};

/// What the ranking is made from.
#[derive(Debug)]
pub struct RankingData<'a> {
    /// The cluster.
    pub cluster: &'a Cluster,
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The ranking.
    pub ranking: &'a Ranking,
    /// The members with what happened to them.
    pub seats: &'a [Seat],
    /// The rule for flags, where one is set.
    pub flags: Option<&'a FlagRules>,
    /// SHA-256 of the frozen ranking; `None` while it is not frozen.
    pub frozen: Option<&'a str>,
    /// Names of units.
    pub names: &'a BTreeMap<OrgId, String>,
    /// The day of the paper.
    pub dated: Date,
    /// The body of the unit that formed the cluster.
    pub house: House,
    /// Who signs for it.
    pub signature: Signature,
    /// Whether something it prints is made up.
    pub is_sample: bool,
}

/// The ranking as a paper; a draft while it is not frozen.
pub fn ranking(data: RankingData<'_>) -> Paper {
    let name = |unit: &OrgId| data.names.get(unit).cloned().unwrap_or_else(|| unit.to_string());
    let grade = |code: Option<&str>| {
        let found = data.scheme.grades.iter().find(|grade| Some(grade.code.as_str()) == code);
        found.map(|grade| grade.name.clone()).unwrap_or_default()
    };
    let rows = data.ranking.rows.iter().map(|row| {
        let rank = if row.shared_by > 1 { format!("{} (đồng hạng)", row.rank) } else { row.rank.to_string() };
        let moved = match row.movement {
            Movement::New => String::new(),
            Movement::Up(by) => format!("Lên {by} bậc"),
            Movement::Same => "Giữ nguyên".to_owned(),
            Movement::Down(by) => format!("Xuống {by} bậc"),
        };
        vec![
            text(rank),
            text(name(&row.unit)),
            text(points(row.points)),
            text(grade(row.grade.as_deref())),
            text(moved),
        ]
    });
    let columns = [
        ("Hạng", 3, Align::Centre),
        ("Đơn vị", 8, Align::Left),
        ("Tổng điểm", 3, Align::Right),
        ("Xếp loại", 5, Align::Left),
        ("So với năm trước", 4, Align::Left),
    ];
    let mut result: Vec<Block> = vec![table(&columns, rows.collect(), Vec::new())];
    let apart: Vec<String> = data.seats.iter().filter(|seat| !seat.is_scored()).map(|seat| left(seat, &name)).collect();
    if !apart.is_empty() {
        result.push(paragraph(text("Đơn vị không xếp hạng tại cụm:")));
        result.extend(apart.into_iter().map(|line| dash(text(line))));
    }
    let mut body = vec![
        paragraph(text(format!(
            "Căn cứ {}, {} thông báo kết quả chấm điểm, xếp hạng năm {} như sau:",
            data.scheme.name,
            name(&data.cluster.formed_by),
            data.cluster.year
        ))),
        section("ket-qua", "Kết quả xếp hạng", result),
    ];
    if let Some(rules) = data.flags {
        body.push(section("co", "Đề nghị tặng cờ thi đua", flags(&data, rules, &name)));
    }
    match data.frozen {
        Some(hash) => {
            body.push(paragraph(text("Kết quả đã chốt; mã băm SHA-256 của bản chốt:")));
            // A line of its own: a word of 64 letters tears a justified line apart.
            body.push(paragraph(text(format!("{hash}./."))));
        }
        None => body.push(paragraph(text("Kết quả chưa chốt, còn có thể thay đổi./."))),
    }
    let mut stamps = if data.frozen.is_some() { Vec::new() } else { vec![Stamp::Draft] };
    stamps.extend(data.is_sample.then_some(Stamp::Sample));
    Paper {
        kind: Kind::Notice,
        house: data.house,
        number: None,
        issued_on: None,
        dated: data.dated,
        about: text(format!("Kết quả chấm điểm, xếp hạng {} năm {}", data.cluster.name, data.cluster.year)),
        addressees: Vec::new(),
        body,
        recipients: vec!["Các thành viên của cụm".to_owned(), "Lưu: VT".to_owned()],
        signature: data.signature,
        beside: None,
        annexes: Vec::new(),
        stamps,
    }
}

fn flags(data: &RankingData<'_>, rules: &FlagRules, name: &impl Fn(&OrgId) -> String) -> Vec<Block> {
    let mut blocks = Vec::new();
    for one in rules.proposed(data.scheme, data.ranking) {
        blocks.extend(one.units.iter().map(|unit| dash(text(format!("{}.", name(unit))))));
        if !one.tied.is_empty() {
            let tied: Vec<String> = one.tied.iter().map(name).collect();
            let said = format!("Còn {} cờ, các đơn vị đồng hạng để hội đồng chọn: {}.", one.open, tied.join(", "));
            blocks.push(dash(text(said)));
        } else if one.open > 0 {
            blocks.push(dash(text(format!("Còn {} cờ chưa có đơn vị đủ điều kiện.", one.open))));
        }
    }
    for bar in &rules.barred {
        blocks.push(dash(text(format!(
            "{} không được đề nghị: {}.",
            name(&bar.unit),
            bar.reason.trim_end_matches('.')
        ))));
    }
    blocks.push(paragraph(text("Đây là đề nghị để hội đồng xét, không phải quyết định.")));
    blocks
}

/// Why a member has no rank, by what happened to it last.
fn left(seat: &Seat, name: &impl Fn(&OrgId) -> String) -> String {
    let unit = name(&seat.unit);
    match seat.turns.iter().rfind(|turn| matches!(turn, Turn::Ended { .. } | Turn::Left { .. })) {
        Some(Turn::Ended { on, into }) => {
            let names: Vec<String> = into.iter().map(name).collect();
            format!("{unit}: kết thúc từ ngày {}, nhập vào {}.", on.in_text(), names.join(", "))
        }
        Some(Turn::Left { on, .. }) => {
            format!("{unit}: chuyển cụm từ ngày {}, chấm cả năm ở nơi đến.", on.in_text())
        }
        Some(Turn::TookIn { .. } | Turn::Gave { .. } | Turn::Joined { .. }) | None => format!("{unit}."),
    }
}
