//! Packs inside the program.

use super::Files;

/// A pack by its code.
pub fn shipped(code: &str) -> Option<Files> {
    (code == "trieu-son-2020").then(|| TRIEU_SON_2020.clone())
}

/// The first half of 2020 in Triệu Sơn district: the founding report as facts.
pub const TRIEU_SON_2020: Files = Files::Embedded(&[
    ("pack.toml", include_str!("../../../../packs/trieu-son-2020/pack.toml")),
    ("units.csv", include_str!("../../../../packs/trieu-son-2020/units.csv")),
    ("edges.csv", include_str!("../../../../packs/trieu-son-2020/edges.csv")),
    ("events.toml", include_str!("../../../../packs/trieu-son-2020/events.toml")),
    ("indicators.csv", include_str!("../../../../packs/trieu-son-2020/indicators.csv")),
    ("plans.toml", include_str!("../../../../packs/trieu-son-2020/plans.toml")),
    ("plan-values.csv", include_str!("../../../../packs/trieu-son-2020/plan-values.csv")),
    ("readings.csv", include_str!("../../../../packs/trieu-son-2020/readings.csv")),
    ("standards.csv", include_str!("../../../../packs/trieu-son-2020/standards.csv")),
    ("members.csv", include_str!("../../../../packs/trieu-son-2020/members.csv")),
    ("recognitions.csv", include_str!("../../../../packs/trieu-son-2020/recognitions.csv")),
    ("movements.toml", include_str!("../../../../packs/trieu-son-2020/movements.toml")),
    ("occasions.csv", include_str!("../../../../packs/trieu-son-2020/occasions.csv")),
    ("clusters.toml", include_str!("../../../../packs/trieu-son-2020/clusters.toml")),
    ("awards.csv", include_str!("../../../../packs/trieu-son-2020/awards.csv")),
    ("exemplars.csv", include_str!("../../../../packs/trieu-son-2020/exemplars.csv")),
    ("instruments.csv", include_str!("../../../../packs/trieu-son-2020/instruments.csv")),
    ("findings.toml", include_str!("../../../../packs/trieu-son-2020/findings.toml")),
    ("tasks.toml", include_str!("../../../../packs/trieu-son-2020/tasks.toml")),
    ("report.toml", include_str!("../../../../packs/trieu-son-2020/report.toml")),
    ("printed.toml", include_str!("../../../../packs/trieu-son-2020/printed.toml")),
]);
