//! Packs inside the program.

use super::Files;

/// A pack by its code.
pub fn shipped(code: &str) -> Option<Files> {
    match code {
        "trieu-son-2020" => Some(TRIEU_SON_2020.clone()),
        "thanh-hoa-2026" => Some(THANH_HOA_2026.clone()),
        "don-vi-hanh-chinh" => Some(DON_VI_HANH_CHINH.clone()),
        _ => None,
    }
}

/// The first half of 2020 in Triệu Sơn district: the founding report as facts.
pub const TRIEU_SON_2020: Files = Files::Embedded(&[
    ("pack.toml", include_str!("../../../../packs/trieu-son-2020/pack.toml")),
    ("units.csv", include_str!("../../../../packs/trieu-son-2020/units.csv")),
    ("edges.csv", include_str!("../../../../packs/trieu-son-2020/edges.csv")),
    ("events.csv", include_str!("../../../../packs/trieu-son-2020/events.csv")),
    ("links.csv", include_str!("../../../../packs/trieu-son-2020/links.csv")),
    ("shares.csv", include_str!("../../../../packs/trieu-son-2020/shares.csv")),
    ("indicators.csv", include_str!("../../../../packs/trieu-son-2020/indicators.csv")),
    ("plans.toml", include_str!("../../../../packs/trieu-son-2020/plans.toml")),
    ("plan-values.csv", include_str!("../../../../packs/trieu-son-2020/plan-values.csv")),
    ("readings.csv", include_str!("../../../../packs/trieu-son-2020/readings.csv")),
    ("forms.toml", include_str!("../../../../packs/trieu-son-2020/forms.toml")),
    ("standards.csv", include_str!("../../../../packs/trieu-son-2020/standards.csv")),
    ("members.csv", include_str!("../../../../packs/trieu-son-2020/members.csv")),
    ("recognitions.csv", include_str!("../../../../packs/trieu-son-2020/recognitions.csv")),
    ("movements.toml", include_str!("../../../../packs/trieu-son-2020/movements.toml")),
    ("occasions.csv", include_str!("../../../../packs/trieu-son-2020/occasions.csv")),
    ("clusters.toml", include_str!("../../../../packs/trieu-son-2020/clusters.toml")),
    ("awards.csv", include_str!("../../../../packs/trieu-son-2020/awards.csv")),
    ("subjects.csv", include_str!("../../../../packs/trieu-son-2020/subjects.csv")),
    ("facts.csv", include_str!("../../../../packs/trieu-son-2020/facts.csv")),
    ("exemplars.csv", include_str!("../../../../packs/trieu-son-2020/exemplars.csv")),
    ("instruments.csv", include_str!("../../../../packs/trieu-son-2020/instruments.csv")),
    ("findings.toml", include_str!("../../../../packs/trieu-son-2020/findings.toml")),
    ("tasks.toml", include_str!("../../../../packs/trieu-son-2020/tasks.toml")),
    ("report.toml", include_str!("../../../../packs/trieu-son-2020/report.toml")),
    ("printed.toml", include_str!("../../../../packs/trieu-son-2020/printed.toml")),
]);

/// The first half of 2026 in Thanh Hóa, a province of two tiers, with made-up figures.
pub const THANH_HOA_2026: Files = Files::Embedded(&[
    ("pack.toml", include_str!("../../../../packs/thanh-hoa-2026/pack.toml")),
    ("units.csv", include_str!("../../../../packs/thanh-hoa-2026/units.csv")),
    ("edges.csv", include_str!("../../../../packs/thanh-hoa-2026/edges.csv")),
    ("events.csv", include_str!("../../../../packs/thanh-hoa-2026/events.csv")),
    ("links.csv", include_str!("../../../../packs/thanh-hoa-2026/links.csv")),
    ("shares.csv", include_str!("../../../../packs/thanh-hoa-2026/shares.csv")),
    ("indicators.csv", include_str!("../../../../packs/thanh-hoa-2026/indicators.csv")),
    ("plans.toml", include_str!("../../../../packs/thanh-hoa-2026/plans.toml")),
    ("plan-values.csv", include_str!("../../../../packs/thanh-hoa-2026/plan-values.csv")),
    ("readings.csv", include_str!("../../../../packs/thanh-hoa-2026/readings.csv")),
    ("forms.toml", include_str!("../../../../packs/thanh-hoa-2026/forms.toml")),
    ("standards.csv", include_str!("../../../../packs/thanh-hoa-2026/standards.csv")),
    ("members.csv", include_str!("../../../../packs/thanh-hoa-2026/members.csv")),
    ("recognitions.csv", include_str!("../../../../packs/thanh-hoa-2026/recognitions.csv")),
    ("movements.toml", include_str!("../../../../packs/thanh-hoa-2026/movements.toml")),
    ("occasions.csv", include_str!("../../../../packs/thanh-hoa-2026/occasions.csv")),
    ("clusters.toml", include_str!("../../../../packs/thanh-hoa-2026/clusters.toml")),
    ("awards.csv", include_str!("../../../../packs/thanh-hoa-2026/awards.csv")),
    ("subjects.csv", include_str!("../../../../packs/thanh-hoa-2026/subjects.csv")),
    ("facts.csv", include_str!("../../../../packs/thanh-hoa-2026/facts.csv")),
    ("exemplars.csv", include_str!("../../../../packs/thanh-hoa-2026/exemplars.csv")),
    ("instruments.csv", include_str!("../../../../packs/thanh-hoa-2026/instruments.csv")),
    ("findings.toml", include_str!("../../../../packs/thanh-hoa-2026/findings.toml")),
    ("tasks.toml", include_str!("../../../../packs/thanh-hoa-2026/tasks.toml")),
    ("report.toml", include_str!("../../../../packs/thanh-hoa-2026/report.toml")),
    ("printed.toml", include_str!("../../../../packs/thanh-hoa-2026/printed.toml")),
]);

/// The administrative units of the country with their history since 2020.
pub const DON_VI_HANH_CHINH: Files = Files::Embedded(&[
    ("pack.toml", include_str!("../../../../packs/don-vi-hanh-chinh/pack.toml")),
    ("units.csv", include_str!("../../../../packs/don-vi-hanh-chinh/units.csv")),
    ("edges.csv", include_str!("../../../../packs/don-vi-hanh-chinh/edges.csv")),
    ("events.csv", include_str!("../../../../packs/don-vi-hanh-chinh/events.csv")),
    ("links.csv", include_str!("../../../../packs/don-vi-hanh-chinh/links.csv")),
    ("shares.csv", include_str!("../../../../packs/don-vi-hanh-chinh/shares.csv")),
]);
