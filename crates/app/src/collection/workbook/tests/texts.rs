//! Texts of columns: every separator and encoding that Excel writes, and the way back.

use proptest::prelude::*;
use thidua_base::Period;
use thidua_domain::collection::import::mapping::{Candidate, Known, ListKind, apply, propose};
use thidua_domain::refusal::FileFault;

use super::sample::{sheet, words};
use super::*;

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let table = csv_tables(bytes, "xa.csv").unwrap().remove(0);
    table.rows.iter().map(|row| row.iter().map(Written::shown).collect()).collect()
}

#[test]
fn each_separator_and_encoding_is_read() {
    let expected = [vec!["Chỉ tiêu", "Thực hiện", "Ghi chú"], vec!["Lúa, ngô", "1.234,5", "x"]];
    let wide = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let semicolon = "Chỉ tiêu;Thực hiện;Ghi chú\r\nLúa, ngô;1.234,5;x\r\n";
    let comma = "Chỉ tiêu,Thực hiện,Ghi chú\r\n\"Lúa, ngô\",\"1.234,5\",x\r\n";
    let tab = "Chỉ tiêu\tThực hiện\tGhi chú\r\nLúa, ngô\t1.234,5\tx\r\n";
    for text in [semicolon, comma, tab] {
        assert_eq!(cells(text.as_bytes()), expected, "{text}");
        assert_eq!(cells(format!("\u{feff}{text}").as_bytes()), expected, "{text}");
        assert_eq!(cells(&wide(text)), expected, "{text}");
    }
}

#[test]
fn other_encodings_and_sizes_are_refused() {
    let fault = |bytes: &[u8]| csv_tables(bytes, "xa.csv").unwrap_err();
    // "Chỉ tiêu" as Windows-1258 writes it.
    assert_eq!(fault(b"Ch\xec ti\xeau;1\r\n"), FileFault::Encoding);
    assert_eq!(fault(b"\xff\xfeS"), FileFault::Encoding);
    assert_eq!(fault(b"a\0b"), FileFault::Encoding);
    assert_eq!(fault(b" ; ;\r\n"), FileFault::Empty);
    assert_eq!(
        fault("a;b\n".repeat(ROWS_MAX + 1).as_bytes()),
        FileFault::TooManyCells { rows: ROWS_MAX, columns: COLUMNS_MAX }
    );
    assert_eq!(fault(&vec![b'a'; BYTES_MAX + 1]), FileFault::TooLarge { most: 5 });
}

#[test]
fn a_sheet_goes_out_as_text_and_comes_back_by_the_codes_of_its_rows() {
    let sheet = sheet();
    let known = Known {
        list: ListKind::Figures,
        period: Period::parse("2020-H1").unwrap(),
        indicators: sheet
            .rows
            .iter()
            .map(|row| Candidate {
                id: row.indicator.code.clone(),
                names: vec![row.indicator.name.clone(), row.indicator.code.to_string()],
            })
            .collect(),
        units: Vec::new(),
        honours: Vec::new(),
    };
    for separator in Separator::ALL {
        let table = csv_tables(&csv(&sheet, &words(), separator), "bieu.csv").unwrap().remove(0);
        let proposal = propose(&table, &known, None).unwrap();
        assert_eq!(proposal.questions(), 0, "{separator:?} {proposal:?}");
        let applied = apply(&table, &proposal.headings, &proposal.sure(), Some(&sheet.unit));
        let seen = preview(&applied.by_unit[&sheet.unit], &sheet).unwrap();
        assert_eq!(seen.totals(), Totals { unchanged: 3, ..Totals::default() }, "{separator:?} {seen:?}");
    }
}

#[test]
fn the_mark_of_decimals_goes_with_the_separator() {
    let mut sheet = sheet();
    let held = sheet.rows[0].current.as_mut().unwrap();
    held.value = Value::Of(Number::parse("1231.125").unwrap());
    let text = |separator| String::from_utf8(csv(&sheet, &words(), separator)).unwrap();
    assert!(text(Separator::Semicolon).contains(";1231,125;"), "{}", text(Separator::Semicolon));
    // With three decimals only, a reader could take the point for the mark of thousands.
    assert!(text(Separator::Comma).contains(",1231.1250,"), "{}", text(Separator::Comma));
}

#[test]
fn no_text_becomes_a_formula() {
    let mut sheet = sheet();
    sheet.rows[0].note = "=1+1".to_owned();
    sheet.rows[1].note = "a;\"b\"\nc".to_owned();
    let bytes = csv(&sheet, &words(), Separator::Semicolon);
    assert!(String::from_utf8_lossy(&bytes).contains(";'=1+1\r\n"));
    let rows = cells(&bytes);
    assert_eq!((rows[1][7].as_str(), rows[2][7].as_str()), ("=1+1", "a;\"b\"\nc"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[\\PC\n;,\t\"]{0,80}") {
        let _ = csv_tables(text.as_bytes(), "x.csv");
    }
}
