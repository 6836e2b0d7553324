//! Broken, huge, armed and mislabelled files: each is refused for what it is, and none breaks the reader.

use proptest::prelude::*;
use thidua_base::Date;
use thidua_domain::refusal::FileFault;

use super::sample::{packed, parts, sheet, words};
use super::*;

fn whole() -> Vec<u8> {
    write(&sheet(), &words()).unwrap()
}

fn fault(bytes: &[u8]) -> FileFault {
    read(bytes, "bieu.xlsx").unwrap_err()
}

/// The sample workbook with one more part.
fn with_part(name: &str, content: &[u8]) -> Vec<u8> {
    let mut parts = parts(&whole());
    parts.push((name.to_owned(), content.to_vec()));
    packed(&parts)
}

/// The sample workbook with the content of a part replaced.
fn with_content(name: &str, content: &[u8]) -> Vec<u8> {
    let mut parts = parts(&whole());
    parts.iter_mut().find(|(known, _)| known == name).unwrap().1 = content.to_vec();
    packed(&parts)
}

fn kind(kind: &str) -> FileFault {
    FileFault::OtherKind { kind: kind.to_owned() }
}

#[test]
fn each_mislabelled_file_is_told_by_what_it_is() {
    let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert_eq!(fault(b""), FileFault::Empty);
    assert_eq!(fault(&ole), FileFault::LegacyXls);
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(fault(&[&ole[..], &[0; 600], &name].concat()), FileFault::Encrypted);
    assert_eq!(fault(b"<html><body><table><tr><td>1</td></tr></table></body></html>"), FileFault::Html);
    assert_eq!(fault("<meta charset=utf-8><table>".as_bytes()), FileFault::Html);
    assert_eq!(fault("STT;Chỉ tiêu;Thực hiện\r\n1;Lúa;2\r\n".as_bytes()), FileFault::PlainText);
    assert_eq!(fault(b"\xff\xfeS\0T\0T\0"), FileFault::PlainText);
    assert_eq!(fault(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), kind("pdf"));
    assert_eq!(fault(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), kind("png"));
    assert_eq!(fault(&[1, 2, 3, 4]), FileFault::Broken);
    let archive = |name: &str| packed(&[(name.to_owned(), b"x".to_vec())]);
    assert_eq!(fault(&archive("a.txt")), kind("zip"));
    assert_eq!(fault(&archive("word/document.xml")), kind("docx"));
    assert_eq!(fault(&archive("xl/workbook.bin")), kind("xlsb"));
}

#[test]
fn armed_files_are_refused_whatever_they_are_called() {
    assert_eq!(fault(&with_part("xl/vbaProject.bin", b"x")), FileFault::Macros);
    assert_eq!(fault(&with_part("XL\\VBAPROJECT.BIN", b"x")), FileFault::Macros);
    assert_eq!(fault(&with_part("xl/macrosheets/sheet1.xml", b"x")), FileFault::Macros);
    assert_eq!(fault(&with_part("xl/externalLinks/externalLink1.xml", b"x")), FileFault::ExternalLinks);
    assert_eq!(fault(&with_part("xl/connections.xml", b"x")), FileFault::ExternalLinks);
    assert_eq!(fault(&with_part("xl/embeddings/oleObject1.bin", b"x")), FileFault::Embedded);
    assert_eq!(fault(&with_part("xl/activeX/activeX1.xml", b"x")), FileFault::Embedded);
    // A project under another name is known by the list of parts.
    let name = "[Content_Types].xml".to_owned();
    let all = parts(&whole());
    let types = String::from_utf8(all.iter().find(|(known, _)| *known == name).unwrap().1.clone()).unwrap();
    let armed = types.replace("spreadsheetml.sheet.main+xml", "spreadsheetml.sheet.macroEnabled.main+xml");
    assert_ne!(armed, types);
    assert_eq!(fault(&with_content(&name, armed.as_bytes())), FileFault::Macros);
}

#[test]
fn files_beyond_measure_are_refused_before_they_are_unfolded() {
    assert_eq!(fault(&vec![b'x'; BYTES_MAX + 1]), FileFault::TooLarge { most: 5 });
    assert_eq!(fault(&with_part("xl/media/zeros.bin", &vec![0; 40 << 20])), FileFault::Swollen);
    let many: Vec<(String, Vec<u8>)> = (0..1_100).map(|at| (format!("xl/{at}.xml"), Vec::new())).collect();
    assert_eq!(fault(&packed(&[parts(&whole()), many].concat())), FileFault::Swollen);
}

/// A table with one more cell.
fn with_cell(cell: &str) -> Vec<u8> {
    let name = "xl/worksheets/sheet1.xml";
    let all = parts(&whole());
    let xml = String::from_utf8(all.iter().find(|(known, _)| known == name).unwrap().1.clone()).unwrap();
    with_content(name, xml.replace("</sheetData>", &format!("{cell}</sheetData>")).as_bytes())
}

#[test]
fn a_cell_at_the_end_of_the_world_costs_nothing() {
    let many = FileFault::TooManyCells { rows: ROWS_MAX, columns: COLUMNS_MAX };
    assert_eq!(fault(&with_cell("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")), many);
    assert_eq!(fault(&with_cell("<row r=\"40\"><c r=\"XFD40\"><v>1</v></c></row>")), many);
    // One that is only coloured is nothing.
    let coloured = with_cell("<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>");
    assert!(read(&coloured, "bieu.xlsx").is_ok());
}

#[test]
fn a_workbook_made_elsewhere_is_read_as_a_list_and_one_without_table_is_not_ours() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "STT").unwrap().write(0, 1, "Chỉ tiêu").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(fault(&bytes), FileFault::NotOurs);
    let lists = match Read::of(&bytes, "xa.xlsx").unwrap() {
        Read::Lists(lists) => lists,
        Read::Form(form) => panic!("{form:?}"),
    };
    assert_eq!(lists[0].rows, [vec![Written::text("STT"), Written::text("Chỉ tiêu")]]);
    assert_eq!(lists[0].source.sheet, "Sheet1");
    let empty = rust_xlsxwriter::Workbook::new().save_to_buffer();
    assert_eq!(tables(&empty.unwrap(), "x.xlsx"), Err(FileFault::Empty));
}

#[test]
fn every_cut_of_a_file_is_refused() {
    let bytes = whole();
    for cut in (1..bytes.len()).step_by(97) {
        assert!(read(&bytes[..cut], "bieu.xlsx").is_err(), "cut at {cut}");
    }
}

#[test]
fn a_day_a_formula_an_error_and_a_flag_are_told_apart() {
    let lines = "<row r=\"40\"><c r=\"A40\" t=\"e\"><v>#REF!</v></c><c r=\"B40\" t=\"b\"><v>1</v></c>\
        <c r=\"C40\"><f>1+1</f><v>2</v></c><c r=\"D40\" t=\"d\"><v>2020-01-02</v></c></row>";
    let lists = tables(&with_cell(lines), "x.xlsx").unwrap();
    let row = &lists[0].rows[39];
    let two = Number::whole(2);
    assert_eq!(row[0], Written::Fault("#REF!".to_owned()));
    assert_eq!(row[1], Written::Text("TRUE".to_owned()));
    assert_eq!((&row[2], &row[3]), (&Written::Number(two), &Written::Day(Date::new(2020, 1, 2))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_changed_are_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = whole();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes, "bieu.xlsx");
        let _ = Read::of(&bytes, "bieu.csv");
    }

    /// Inside the archive the sums are right again, so the reader of the parts itself is tried.
    #[test]
    fn any_part_changed_is_read_or_refused(
        part in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u8>(), prop::sample::select(b"<>/\"=0915rcvst".to_vec())]), 1..16),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut parts = parts(&whole());
        let at = part.index(parts.len());
        let content = &mut parts[at].1;
        for (at, byte) in changes {
            if !content.is_empty() {
                let at = at.index(content.len());
                content[at] = byte;
            }
        }
        if let Some(cut) = cut && !content.is_empty() {
            content.truncate(cut.index(content.len()));
        }
        let bytes = packed(&parts);
        let _ = read(&bytes, "bieu.xlsx");
        let _ = tables(&bytes, "bieu.xlsx");
    }

    #[test]
    fn any_bytes_at_all_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes, "bieu.xlsx").is_err());
        let _ = csv_tables(&bytes, "bieu.csv");
    }
}
