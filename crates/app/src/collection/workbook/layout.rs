//! Where everything stands in a workbook made here, and the hidden data by which it is known again.

use sha2::{Digest, Sha256};
use thidua_base::Period;
use thidua_base::code::{FormId, IndicatorCode, OrgId};
use thidua_domain::collection::import::Stamp;
use thidua_domain::indicator::Absence;
use thidua_domain::refusal::FileFault;

/// The version of this layout; a workbook of another is refused.
const VERSION: &str = "1";

/// The name of the hidden sheet.
pub(super) const HIDDEN_SHEET: &str = "_thidua";

/// The columns of the table, by the keys in its hidden row: a column that a person moved or added is still found.
pub(super) const KEYS: [&str; 13] = [
    "thidua:stt",
    "thidua:chi-tieu",
    "thidua:don-vi-tinh",
    "thidua:ke-hoach-nam",
    "thidua:ke-hoach-den-ky",
    "thidua:cung-ky",
    "thidua:thuc-hien",
    "thidua:khong-co-so-vi",
    "thidua:luy-ke",
    "thidua:phan-tram-ke-hoach",
    "thidua:phan-tram-cung-ky",
    "thidua:ghi-chu",
    "thidua:ma",
];

pub(super) const ORDINAL: u16 = 0;
pub(super) const NAME: u16 = 1;
pub(super) const MEASURE: u16 = 2;
pub(super) const PLAN_YEAR: u16 = 3;
pub(super) const PLAN_TO_DATE: u16 = 4;
pub(super) const SAME_PERIOD: u16 = 5;
pub(super) const VALUE: u16 = 6;
pub(super) const ABSENCE: u16 = 7;
pub(super) const ACCUMULATED: u16 = 8;
pub(super) const PERCENT_OF_PLAN: u16 = 9;
pub(super) const PERCENT_OF_SAME: u16 = 10;
pub(super) const NOTE: u16 = 11;
pub(super) const CODE: u16 = 12;

/// What the hidden sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) stamp: Stamp,
    /// The words of the list of reasons for having no number, as they were written.
    pub(super) absences: Vec<(Absence, String)>,
    /// Each row's indicator and the reading it was filled over.
    pub(super) rows: Vec<(IndicatorCode, Option<i64>)>,
}

/// The reasons for having no number that can be chosen, with their keys in the hidden sheet.
const ABSENCES: [(Absence, &str); 4] = [
    (Absence::NoneOccurred, "none-occurred"),
    (Absence::NotApplicable, "not-applicable"),
    (Absence::Withheld, "withheld"),
    (Absence::NotReported, "not-reported"),
];

impl Hidden {
    /// The lines of the hidden sheet, three cells each, with the sum of all in the last.
    pub(super) fn lines(&self) -> Vec<[String; 3]> {
        let line = |key: &str, value: &str, more: &str| [key.to_owned(), value.to_owned(), more.to_owned()];
        let mut lines = vec![
            line("layout", VERSION, ""),
            line("form", self.stamp.form.as_str(), ""),
            line("period", &self.stamp.period.to_string(), ""),
            line("unit", self.stamp.unit.as_str(), ""),
        ];
        for (absence, word) in &self.absences {
            let key = ABSENCES.iter().find(|(known, _)| known == absence).map_or("", |(_, key)| key);
            lines.push(line("absence", key, word));
        }
        for (code, seq) in &self.rows {
            lines.push(line("row", code.as_str(), &seq.map(|seq| seq.to_string()).unwrap_or_default()));
        }
        let sum = sum_of(&lines);
        lines.push(line("sum", &sum, ""));
        lines
    }

    /// Reads the lines of the hidden sheet.
    ///
    /// The sum is no seal: whoever can compute it can forge it. It finds what was altered by accident or by hand, and
    /// nothing more is trusted to it: every figure goes through the same decision as a typed one.
    pub(super) fn of_lines(lines: &[[String; 3]]) -> Result<Self, FileFault> {
        let (version, sum) = match lines {
            [first, .., last] if first[0] == "layout" && last[0] == "sum" => (&first[1], &last[1]),
            _ => return Err(FileFault::Tampered),
        };
        if version != VERSION {
            return Err(FileFault::OtherLayout);
        }
        let told = &lines[..lines.len() - 1];
        if sum_of(told) != *sum {
            return Err(FileFault::Tampered);
        }
        Self::of_sound_lines(told).ok_or(FileFault::Tampered)
    }

    fn of_sound_lines(lines: &[[String; 3]]) -> Option<Self> {
        let value = |key: &str| lines.iter().find(|line| line[0] == key).map(|line| line[1].as_str());
        let stamp = Stamp {
            form: FormId::parse(value("form")?).ok()?,
            period: Period::parse(value("period")?).ok()?,
            unit: OrgId::parse(value("unit")?).ok()?,
        };
        let (mut absences, mut rows) = (Vec::new(), Vec::new());
        for [key, value, more] in lines {
            match key.as_str() {
                "absence" => {
                    let (absence, _) = ABSENCES.iter().find(|(_, known)| known == value)?;
                    absences.push((*absence, more.clone()));
                }
                "row" => {
                    let seq = if more.is_empty() { None } else { Some(more.parse().ok()?) };
                    rows.push((IndicatorCode::parse(value).ok()?, seq));
                }
                _ => {}
            }
        }
        Some(Self { stamp, absences, rows })
    }
}

fn sum_of(lines: &[[String; 3]]) -> String {
    let text: Vec<String> = lines.iter().map(|line| line.join("\t")).collect();
    hex_of(text.join("\n").as_bytes())
}

/// SHA-256 in lower-case hexadecimal digits.
pub(super) fn hex_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
