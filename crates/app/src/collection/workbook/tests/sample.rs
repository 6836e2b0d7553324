//! A sheet as a commune has it, and hands that fill its workbook.

use std::io::{Cursor, Read, Write};

use thidua_base::code::{FormId, IndicatorCode, OrgId, PlanId};
use thidua_base::period::PeriodKind;
use thidua_base::{Date, Number, Period, Timestamp};
use thidua_domain::collection::sheet::{Prior, SheetRow};
use thidua_domain::collection::{Cycle, Form, FormRow, Sheet, Stage, Submission};
use thidua_domain::indicator::{
    Absence, Comparator, Direction, Indicator, Nature, Parts, PlanValue, Qualifier, Reading, TreeRule, Value, ValueKind,
};
use thidua_domain::{Origin, Provenance};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::{ColumnWords, WorkbookWords, write};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn provenance() -> Provenance {
    Provenance { origin: Origin::Reported, source: String::new() }
}

pub fn reading(code: &str, seq: i64, value: Value) -> Reading {
    Reading {
        seq,
        indicator: IndicatorCode::parse(code).unwrap(),
        unit: OrgId::parse("x-1").unwrap(),
        period: Period::parse("2020-H1").unwrap(),
        nature: Nature::Estimate,
        value,
        qualifier: Qualifier::Plain,
        as_of: None,
        provenance: provenance(),
        entered_by: "Lê Thị Thủy".to_owned(),
        entered_at: Timestamp::parse("2020-06-10T02:00:00Z").unwrap(),
        supersedes: None,
        reason: String::new(),
    }
}

fn row(code: &str, label: &str, name: &str, measure: &str, kind: ValueKind, definition: &str) -> SheetRow {
    let code = IndicatorCode::parse(code).unwrap();
    SheetRow {
        row: FormRow { heading: String::new(), label: label.to_owned(), indicator: code.clone(), is_required: true },
        indicator: Indicator {
            code,
            valid_from: day("2019-01-01"),
            valid_to: None,
            name: name.to_owned(),
            phrase: name.to_lowercase(),
            name_en: String::new(),
            measure: measure.to_owned(),
            decimals: 1,
            percent_decimals: 1,
            kind,
            tree_rule: TreeRule::Sum,
            direction: Direction::Up,
            price_basis: String::new(),
            part_of: None,
            parts: Parts::Some,
            field: "nong-nghiep".to_owned(),
            ordinal: 10,
            owner: None,
            definition: definition.to_owned(),
        },
        current: None,
        plan_year: None,
        plan_to_date: None,
        same_period: Prior::NotReported,
        accumulated: None,
        earlier: Vec::new(),
        peers: Vec::new(),
        below: None,
        note: String::new(),
        conflicts: Vec::new(),
        returned: None,
    }
}

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn plan(code: &str, value: &str) -> PlanValue {
    PlanValue {
        plan: PlanId::parse("kh-2020").unwrap(),
        indicator: IndicatorCode::parse(code).unwrap(),
        unit: OrgId::parse("x-1").unwrap(),
        period: Period::parse("2020").unwrap(),
        comparator: Comparator::AtLeast,
        value: n(value),
        provenance: provenance(),
    }
}

/// Six rows: with value, plan and same period; empty; of another kind; with sixteen digits; with none occurred; a rate.
pub fn sheet() -> Sheet {
    let (form, period) = (FormId::parse("bieu-01").unwrap(), Period::parse("2020-H1").unwrap());
    let unit = OrgId::parse("x-1").unwrap();
    let flow = ValueKind::Flow;
    let mut rows = vec![
        row(
            "NN01",
            "1",
            "Tổng diện tích gieo trồng",
            "ha",
            flow,
            "Diện tích gieo trồng các loại cây hằng năm trong kỳ.",
        ),
        row("NN02", "1.1", "Diện tích lúa", "ha", flow, ""),
        row("CN01", "2", "Tổng đàn bò tại thời điểm cuối kỳ", "con", ValueKind::Stock, "Số bò có mặt ngày cuối kỳ."),
        row("TC01", "3", "Thu ngân sách trên địa bàn", "đồng", flow, ""),
        row("XH01", "4", "Số vụ cháy", "vụ", flow, ""),
        row("XH02", "5", "Tỷ lệ dân số tham gia bảo hiểm y tế", "%", ValueKind::Ratio, ""),
    ];
    rows[0].row.heading = "I. NÔNG NGHIỆP".to_owned();
    rows[3].row.heading = "II. TÀI CHÍNH, XÃ HỘI".to_owned();
    rows[0].current = Some(reading("NN01", 7, Value::Of(n("431.2"))));
    rows[0].accumulated = Some(n("431.2"));
    rows[0].plan_year = Some(plan("NN01", "500"));
    rows[0].same_period = Prior::Of(n("420.5"));
    rows[0].note = "Vụ chiêm xuân".to_owned();
    rows[1].plan_year = Some(plan("NN02", "300"));
    rows[1].same_period = Prior::Of(n("250"));
    rows[1].returned = Some("Chưa khớp với số của thống kê".to_owned());
    rows[2].same_period = Prior::NotComparable;
    rows[3].current = Some(reading("TC01", 9, Value::Of(n("1234567890123456.5"))));
    rows[4].current = Some(reading("XH01", 11, Value::Absent(Absence::NoneOccurred)));
    rows[5].plan_year = Some(plan("XH02", "90"));
    rows[5].same_period = Prior::Of(n("85.2"));
    Sheet {
        form: Form {
            id: form.clone(),
            number: "Biểu số 01/TĐKT".to_owned(),
            name: "Kết quả thực hiện các chỉ tiêu thi đua".to_owned(),
            receiver: OrgId::parse("h").unwrap(),
            every: PeriodKind::Half,
            is_verified: false,
            valid_from: day("2020-01-01"),
            valid_to: None,
            legal_ref: "Ban hành kèm theo Quyết định số 12/QĐ-UBND".to_owned(),
            rows: rows.iter().map(|row| row.row.clone()).collect(),
        },
        cycle: Cycle {
            form: form.clone(),
            period,
            opens_on: day("2020-06-01"),
            due_on: day("2020-06-15"),
            grace_until: day("2020-06-20"),
            closes_on: day("2020-06-26"),
            nature: Nature::Estimate,
            closing: None,
        },
        unit: unit.clone(),
        stage: Stage::Open,
        submission: Submission::new(form, period, unit),
        rows,
    }
}

pub fn words() -> WorkbookWords {
    let s = str::to_owned;
    WorkbookWords {
        tab: s("Biểu nhập"),
        reporter: s("Đơn vị báo cáo: Xã Dân Lý"),
        receiver: s("Đơn vị nhận báo cáo: Huyện Triệu Sơn"),
        period: s("Kỳ báo cáo: 6 tháng đầu năm 2020"),
        hint: s("Chỉ nhập vào các ô nền vàng. Không có số thì để trống ô Thực hiện và chọn lý do."),
        columns: ColumnWords {
            ordinal: s("STT"),
            indicator: s("Chỉ tiêu"),
            measure: s("Đơn vị tính"),
            plan_year: s("Kế hoạch năm"),
            plan_to_date: s("Kế hoạch đến kỳ"),
            same_period: s("Cùng kỳ năm trước"),
            value: s("Thực hiện kỳ này"),
            absence: s("Không có số vì"),
            accumulated: s("Lũy kế từ đầu năm"),
            percent_of_plan: s("% kế hoạch"),
            percent_of_same_period: s("% cùng kỳ"),
            note: s("Ghi chú"),
            code: s("Mã"),
        },
        absences: vec![
            (Absence::NoneOccurred, s("không phát sinh")),
            (Absence::NotApplicable, s("không thuộc phạm vi")),
            (Absence::Withheld, s("không công bố")),
        ],
        not_comparable: s("không so được"),
        bad_number: s("Ghi một con số, không kèm đơn vị."),
        bad_absence: s("Chọn trong danh sách."),
        returned: s("Lý do trả lại"),
        made_by: s("NGƯỜI LẬP BIỂU"),
        head: s("THỦ TRƯỞNG ĐƠN VỊ"),
        signed: s("(Ký, ghi rõ họ tên)"),
        day: s("Ngày …… tháng …… năm 2020"),
    }
}

/// The parts of a workbook.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.push((part.name().unwrap().to_string(), content));
    }
    parts
}

/// A workbook of these parts.
pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The workbook with one of its texts replaced everywhere.
pub fn with_texts(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut parts = parts(bytes);
    for (_, content) in parts.iter_mut().filter(|(name, _)| name.ends_with("sharedStrings.xml")) {
        let text = String::from_utf8(content.clone()).unwrap();
        assert!(text.contains(from), "{from} is not in the workbook");
        *content = text.replace(from, to).into_bytes();
    }
    packed(&parts)
}

/// The sample workbook with cells of its table filled in: `("G10", "440.5")`, numbers as numbers.
pub fn edited(cells: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = parts(&write(&sheet(), &words()).unwrap());
    let (_, content) = parts.iter_mut().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap();
    let mut xml = String::from_utf8(content.clone()).unwrap();
    for (cell, value) in cells {
        let from = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("there is no cell {cell}"));
        let end_of_tag = from + xml[from..].find('>').unwrap();
        let to = if xml[..end_of_tag].ends_with('/') {
            end_of_tag + 1
        } else {
            from + xml[from..].find("</c>").unwrap() + "</c>".len()
        };
        let new = match Number::parse(value) {
            Ok(_) => format!("<c r=\"{cell}\"><v>{value}</v></c>"),
            Err(_) => format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
        };
        xml.replace_range(from..to, &new);
    }
    *content = xml.into_bytes();
    packed(&parts)
}
