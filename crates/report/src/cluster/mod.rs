//! Papers of a cluster's year: minutes of its meetings, the ranking, the score sheet of a unit.

mod minutes;
mod ranking;
mod sheet;

pub use minutes::{MinutesData, minutes};
pub use ranking::{RankingData, ranking};
pub use sheet::{SheetData, sheet};

use std::collections::BTreeMap;

use thidua_base::Number;
use thidua_base::code::{ClusterCode, OrgId};
use thidua_domain::cluster::seat::Turn;

/// What happened to a member in the year, as papers say it.
fn turn_said(turn: &Turn, name: &impl Fn(&OrgId) -> String, clusters: &BTreeMap<ClusterCode, String>) -> String {
    let day = turn.on().in_text();
    let cluster = |code: &Option<ClusterCode>| match code {
        Some(code) => clusters.get(code).cloned().unwrap_or_else(|| code.to_string()),
        None => "ngoài các cụm".to_owned(),
    };
    match turn {
        Turn::Ended { into, .. } => {
            format!("Đơn vị kết thúc từ ngày {day}, nhập vào {}.", into.iter().map(name).collect::<Vec<_>>().join(", "))
        }
        Turn::TookIn { from, .. } => {
            format!("Từ ngày {day} đơn vị nhận {}: chấm cho cả năm theo đơn vị sau sáp nhập.", name(from))
        }
        Turn::Gave { to, .. } => format!("Từ ngày {day} một phần đơn vị chuyển sang {}.", name(to)),
        Turn::Joined { from, .. } => {
            format!("Từ ngày {day} đơn vị chuyển đến từ {}: chấm cho cả năm tại cụm này.", cluster(from))
        }
        Turn::Left { to, .. } => format!("Từ ngày {day} đơn vị chuyển sang {}: chấm cả năm ở nơi đến.", cluster(to)),
    }
}

/// Points as papers print them, without needless decimals.
fn points(number: Number) -> String {
    let short = (0..number.scale()).map(|decimals| number.rounded(decimals)).find(|short| *short == number);
    short.unwrap_or(number).vi()
}

#[cfg(test)]
mod tests;
