//! Files by their bytes and names, and what a piece must say.

use proptest::prelude::*;

use super::*;

fn archive(first: &[u8], rest: &[u8]) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.resize(30, 0);
    bytes.extend_from_slice(first);
    bytes.extend_from_slice(rest);
    bytes
}

#[test]
fn a_file_is_what_its_bytes_are_and_is_named_so() {
    let word = archive(b"[Content_Types].xml", b"..word/document.xml..");
    let sheet = archive(b"[Content_Types].xml", b"..xl/workbook.xml..");
    let text = archive(b"mimetypeapplication/vnd.oasis.opendocument.textPK", b"");
    for (name, bytes, kind) in [
        ("Quyết định.PDF", b"%PDF-1.7 ...".as_slice(), EvidenceKind::Pdf),
        ("anh.jpeg", b"\xff\xd8\xff\xe0", EvidenceKind::Jpeg),
        ("anh.png", b"\x89PNG\r\n\x1a\n..", EvidenceKind::Png),
        ("bien ban.docx", &word, EvidenceKind::Docx),
        ("bang.xlsx", &sheet, EvidenceKind::Xlsx),
        ("bien ban.odt", &text, EvidenceKind::Odt),
    ] {
        assert_eq!(kind_of(name, bytes), Ok(kind), "{name}");
    }
}

#[test]
fn what_could_run_or_lies_about_itself_is_not_taken() {
    let macros = archive(b"[Content_Types].xml", b"word/document.xml word/vbaProject.bin");
    let other = archive(b"a.txt", b"");
    for (name, bytes, why) in [
        ("a.pdf", b"".as_slice(), EvidenceFault::Empty),
        ("a.pdf", b"MZ\x90\x00", EvidenceFault::NotTaken),
        ("a.exe", b"MZ\x90\x00", EvidenceFault::NotTaken),
        ("a.pdf", b"\x7fELF", EvidenceFault::NotTaken),
        ("a.html", b"<html><script>", EvidenceFault::NotTaken),
        ("a.svg", b"<svg onload=", EvidenceFault::NotTaken),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", EvidenceFault::NotTaken),
        ("a.zip", &other, EvidenceFault::NotTaken),
        ("a.docm", &macros, EvidenceFault::Macros),
        ("a.docx", &macros, EvidenceFault::Macros),
        ("a.exe", b"%PDF-1.7", EvidenceFault::Mislabelled { ending: "exe".into(), kind: "pdf" }),
        ("a", b"%PDF-1.7", EvidenceFault::Mislabelled { ending: String::new(), kind: "pdf" }),
        ("a.png", b"\xff\xd8\xff", EvidenceFault::Mislabelled { ending: "png".into(), kind: "jpg" }),
    ] {
        assert_eq!(kind_of(name, bytes), Err(why), "{name}");
    }
    let large = [b"%PDF-".as_slice(), &vec![0; FILE_BYTES_MAX]].concat();
    assert_eq!(kind_of("a.pdf", &large), Err(EvidenceFault::TooLarge { most: 10 }));
}

fn piece() -> Evidence {
    Evidence {
        id: EvidenceId::parse("e-1").unwrap(),
        form: FormId::parse("bieu-01").unwrap(),
        period: Period::parse("2020-H1").unwrap(),
        unit: OrgId::parse("x-1").unwrap(),
        cells: ["B", "A", "B"].map(|code| IndicatorCode::parse(code).unwrap()).to_vec(),
        number: " 12/BC-UBND ".into(),
        dated: None,
        description: String::new(),
        file: None,
        added_by: "Thủy".into(),
        added_at: Timestamp::parse("2020-07-05T02:00:00Z").unwrap(),
        withdrawn: None,
    }
}

#[test]
fn a_piece_names_cells_once_and_is_something() {
    let checked = piece().checked().unwrap();
    assert_eq!(checked.cells.iter().map(IndicatorCode::as_str).collect::<Vec<_>>(), ["A", "B"]);
    assert_eq!(checked.number, "12/BC-UBND");
    let none = Evidence { cells: Vec::new(), ..piece() };
    assert_eq!(none.checked(), Err(EvidenceFault::NoCells.into()));
    let nothing = Evidence { number: " ".into(), ..piece() };
    assert_eq!(nothing.checked(), Err(EvidenceFault::Nothing.into()));
    let long = Evidence { description: "a".repeat(DESCRIPTION_CHARS_MAX + 1), ..piece() };
    assert_eq!(long.checked(), Err(Refusal::LongText { most: DESCRIPTION_CHARS_MAX }));
}

#[test]
fn a_name_is_its_last_part() {
    assert_eq!(kept_name("C:\\Hồ sơ\\Quyết\u{0}định.pdf"), "Quyếtđịnh.pdf");
    assert_eq!(kept_name("../../a.pdf"), "a.pdf");
}

proptest! {
    /// Whatever is sent, it is one of the kinds by its opening, or refused.
    #[test]
    fn no_file_is_taken_for_what_it_is_not(name in ".{0,20}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(kind) = kind_of(&name, &bytes) {
            prop_assert!(name.to_lowercase().contains(&kind.word()[..2]));
            prop_assert!(!bytes.starts_with(b"MZ") && !bytes.starts_with(b"\x7fELF") && !bytes.starts_with(b"<"));
        }
    }
}
