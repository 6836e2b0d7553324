//! The schemes that ship with the program.

use thidua_base::Date;
use thidua_base::code::SchemeCode;

use super::check::BrokenScheme;
use super::{Scheme, read};
use crate::refusal::PackFault;

/// The files, each with its name.
pub const SHIPPED: &[(&str, &str)] = &[
    ("th-hdnd-2026-xa.toml", include_str!("../../../data/schemes/th-hdnd-2026-xa.toml")),
    ("th-hdnd-2026-tinh.toml", include_str!("../../../data/schemes/th-hdnd-2026-tinh.toml")),
    ("th-kpi-2025.toml", include_str!("../../../data/schemes/th-kpi-2025.toml")),
    ("qt-congan-2025.toml", include_str!("../../../data/schemes/qt-congan-2025.toml")),
    ("btp-2012.toml", include_str!("../../../data/schemes/btp-2012.toml")),
    ("btp-2022-dt.toml", include_str!("../../../data/schemes/btp-2022-dt.toml")),
    ("dt-tuphap-huyen-2020.toml", include_str!("../../../data/schemes/dt-tuphap-huyen-2020.toml")),
    ("tth-804-2018.toml", include_str!("../../../data/schemes/tth-804-2018.toml")),
    ("hcm-2008-tdkt.toml", include_str!("../../../data/schemes/hcm-2008-tdkt.toml")),
    ("hcm-2008-sector.toml", include_str!("../../../data/schemes/hcm-2008-sector.toml")),
    ("twd-2021.toml", include_str!("../../../data/schemes/twd-2021.toml")),
    ("twd-2016.toml", include_str!("../../../data/schemes/twd-2016.toml")),
    ("qng-doan-2018.toml", include_str!("../../../data/schemes/qng-doan-2018.toml")),
    ("budang-2015.toml", include_str!("../../../data/schemes/budang-2015.toml")),
    ("honquan-2012.toml", include_str!("../../../data/schemes/honquan-2012.toml")),
    ("bg-thpt-2011.toml", include_str!("../../../data/schemes/bg-thpt-2011.toml")),
    ("na-2025-draft.toml", include_str!("../../../data/schemes/na-2025-draft.toml")),
    ("cualo-ldld-2010.toml", include_str!("../../../data/schemes/cualo-ldld-2010.toml")),
    ("mttq-2017.toml", include_str!("../../../data/schemes/mttq-2017.toml")),
    ("mttq-dongnai-app.toml", include_str!("../../../data/schemes/mttq-dongnai-app.toml")),
];

/// Every scheme that ships with the program, in the order of their files.
///
/// # Errors
/// When the data is not of its format: a fault of a release, found by tests.
pub fn shipped() -> Result<Vec<Scheme>, Vec<BrokenScheme>> {
    read_all(SHIPPED.iter().copied())
}

/// Schemes from files, each with its name.
///
/// # Errors
/// Everything that is wrong with any of them, and versions of one scheme of which two would hold on one day.
pub fn read_all<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<Scheme>, Vec<BrokenScheme>> {
    let (mut schemes, mut faults): (Vec<Scheme>, Vec<BrokenScheme>) = (Vec::new(), Vec::new());
    for (file, text) in files {
        match read(file, text) {
            Ok(scheme) => {
                let before = |a: &Scheme, b: &Scheme| a.valid_to.is_some_and(|end| end <= b.valid_from);
                let versions = schemes.iter().filter(|one| one.code == scheme.code);
                let clashes =
                    |one: &&Scheme| one.version == scheme.version || !(before(one, &scheme) || before(&scheme, one));
                if versions.clone().any(|one| clashes(&one)) {
                    let why = PackFault::Twice(scheme.code.to_string());
                    faults.push(BrokenScheme { file: file.to_owned(), key: "valid-from".to_owned(), why });
                }
                schemes.push(scheme);
            }
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(schemes) } else { Err(faults) }
}

/// The version of a scheme that holds on a day.
pub fn version_on<'a>(schemes: &'a [Scheme], code: &SchemeCode, day: Date) -> Option<&'a Scheme> {
    schemes.iter().find(|scheme| scheme.code == *code && scheme.on(day))
}
