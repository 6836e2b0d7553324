//! The DOCX, measured in its parts. Lengths are in twips: a millimetre is 56,7.

use thidua_base::Date;
use thidua_base::text::is_nfc;
use thidua_paper::tree::{Block, Cell, Document, Table};
use thidua_paper::{BadTable, WriteError, docx, layout_on};

use crate::package::{Element, names, part};
use crate::sample;

fn written() -> Vec<u8> {
    docx::write(&sample::document(), sample::layout()).unwrap()
}

fn document() -> Element {
    part(&written(), "word/document.xml")
}

/// The paragraph that shows a text.
fn paragraph<'a>(document: &'a Element, text: &str) -> &'a Element {
    document
        .all("w:p")
        .into_iter()
        .find(|paragraph| paragraph.shown().contains(text))
        .unwrap_or_else(|| panic!("no paragraph {text:?}"))
}

/// The style of the paragraph that shows a text: its properties of paragraph and letters.
fn style_of(docx: &[u8], text: &str) -> (Element, Element) {
    let document = part(docx, "word/document.xml");
    let id = paragraph(&document, text).child("w:pPr").unwrap().value("w:pStyle").unwrap().to_owned();
    let styles = part(docx, "word/styles.xml");
    let mut style = styles.children.into_iter().find(|style| style.attribute("w:styleId") == Some(&id)).unwrap();
    let letters = style.children.pop().unwrap();
    let lines = style.children.pop().unwrap();
    assert_eq!((lines.name.as_str(), letters.name.as_str()), ("w:pPr", "w:rPr"));
    (lines, letters)
}

#[test]
fn the_sheets_have_the_measures_of_the_decree() {
    let document = document();
    let sheets = document.all("w:sectPr");
    assert_eq!(sheets.len(), 3);
    for (sheet, [width, height, orient]) in
        sheets.iter().zip([["11906", "16838", ""], ["16838", "11906", "landscape"], ["11906", "16838", ""]])
    {
        let size = sheet.child("w:pgSz").unwrap();
        assert_eq!((size.attribute("w:w"), size.attribute("w:h")), (Some(width), Some(height)));
        assert_eq!(size.attribute("w:orient").unwrap_or_default(), orient);
        let margins = sheet.child("w:pgMar").unwrap();
        for (side, twips) in
            [("w:top", "1134"), ("w:bottom", "1134"), ("w:left", "1701"), ("w:right", "850"), ("w:header", "567")]
        {
            assert_eq!(margins.attribute(side), Some(twips), "{side}");
        }
        assert_eq!(sheet.child("w:pgNumType").unwrap().attribute("w:start"), Some("1"));
        assert!(sheet.child("w:titlePg").is_some(), "the first page hides its number");
    }
}

#[test]
fn page_numbers_are_a_field_in_the_header_of_all_but_first_pages() {
    let docx = written();
    let relations = part(&docx, "word/_rels/document.xml.rels");
    let sheet = part(&docx, "word/document.xml");
    let target = |kind: &str| {
        let reference = sheet
            .all("w:headerReference")
            .into_iter()
            .find(|reference| reference.attribute("w:type") == Some(kind))
            .unwrap();
        let id = reference.attribute("r:id");
        let relation = relations.children.iter().find(|relation| relation.attribute("Id") == id).unwrap();
        part(&docx, &format!("word/{}", relation.attribute("Target").unwrap()))
    };
    let numbered = target("default");
    assert_eq!(numbered.all("w:instrText")[0].text.trim(), "PAGE");
    assert_eq!(numbered.all("w:pPr")[0].value("w:jc"), Some("center"));
    assert!(target("first").all("w:r").is_empty());
}

#[test]
fn before_the_decree_page_numbers_stood_in_the_footer() {
    let document = Document { dated: Date::new(2019, 7, 5).unwrap(), ..sample::document() };
    let docx = docx::write(&document, layout_on(document.dated).unwrap()).unwrap();
    assert!(names(&docx).contains(&"word/footer1.xml".to_owned()));
    assert!(part(&docx, "word/document.xml").all("w:headerReference").is_empty());
    assert_eq!(part(&docx, "word/footer1.xml").all("w:pPr")[0].value("w:jc"), Some("right"));
}

#[test]
fn every_element_has_a_style_of_its_size_weight_and_place() {
    let docx = written();
    let defaults = part(&docx, "word/styles.xml");
    let fonts = defaults.all("w:rFonts");
    assert_eq!(fonts.len(), 1, "one font for all");
    assert_eq!(fonts[0].attribute("w:ascii"), Some("Times New Roman"));
    assert_eq!(defaults.all("w:lang")[0].attribute("w:val"), Some("vi-VN"));
    for (text, size, bold, italic, align) in [
        ("CỘNG HÒA XÃ HỘI", "24", true, false, "center"),
        ("Độc lập - Tự do - Hạnh phúc", "26", true, false, "center"),
        ("HUYỆN SƠN ĐÔNG", "24", true, false, "center"),
        ("Số: 135/BC-UBND", "26", false, false, "center"),
        ("Sơn Đông, ngày 05 tháng 7 năm 2020", "26", false, true, "center"),
        ("BÁO CÁO", "28", true, false, "center"),
        ("Sơ kết phong trào thi đua, công tác", "28", true, false, "center"),
        ("Kính gửi:", "28", false, false, "left"),
        ("Thực hiện Công văn", "28", false, false, "both"),
        ("I. KẾT QUẢ THỰC HIỆN", "28", true, false, "both"),
        ("2.1. Trong lĩnh vực", "28", true, false, "both"),
        ("TM. ỦY BAN NHÂN DÂN", "28", true, false, "center"),
        ("Nguyễn Thị Ước", "28", true, false, "center"),
        ("Nơi nhận:", "24", true, true, "left"),
        ("- Lưu: VT, NV.", "22", false, false, "left"),
        ("(Kèm theo Báo cáo", "28", false, true, "center"),
    ] {
        let (lines, letters) = style_of(&docx, text);
        assert_eq!(letters.value("w:sz"), Some(size), "{text}");
        assert_eq!(letters.child("w:b").is_some(), bold, "{text}");
        assert_eq!(letters.child("w:i").is_some(), italic, "{text}");
        assert_eq!(lines.value("w:jc"), Some(align), "{text}");
    }
    let (lines, _) = style_of(&docx, "Thực hiện Công văn");
    assert_eq!(lines.child("w:ind").unwrap().attribute("w:firstLine"), Some("567"));
    let spacing = lines.child("w:spacing").unwrap();
    assert_eq!(spacing.attribute("w:before"), Some("120"));
    assert_eq!((spacing.attribute("w:line"), spacing.attribute("w:lineRule")), (Some("264"), Some("auto")));
}

#[test]
fn headings_keep_their_level_and_stay_with_what_they_head() {
    let docx = written();
    for (text, level) in [("I. KẾT QUẢ", "0"), ("1. Công tác", "1"), ("2.1. Trong", "2"), ("a) Công nghiệp", "3")]
    {
        let (lines, _) = style_of(&docx, text);
        assert_eq!(lines.value("w:outlineLvl"), Some(level), "{text}");
        assert!(lines.child("w:keepNext").is_some(), "{text}");
    }
}

#[test]
fn the_head_is_a_table_of_two_columns_with_rules_of_the_right_length() {
    let document = document();
    let head = document.all("w:tbl")[0];
    let widths: Vec<_> = head.all("w:gridCol").iter().map(|column| column.attribute("w:w").unwrap()).collect();
    assert_eq!(widths, ["3685", "5669"]);
    assert!(head.all("w:tblBorders").is_empty());
    let rows = head.all("w:tr");
    let shown = |row: usize, cell: usize| rows[row].all("w:tc")[cell].shown();
    assert_eq!(shown(0, 0), "ỦY BAN NHÂN DÂNHUYỆN SƠN ĐÔNG");
    assert_eq!(shown(0, 1), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc");
    assert_eq!((shown(1, 0).as_str(), rows.len()), ("Số: 135/BC-UBND", 2));
    // The motto in Times bold 13 is 159 points wide, its column 283.
    let rule = rows[0].all("w:tc")[1].all("w:p")[2].child("w:pPr").unwrap();
    assert_eq!(rule.child("w:pBdr").unwrap().child("w:top").unwrap().attribute("w:sz"), Some("6"));
    let indent = rule.child("w:ind").unwrap();
    let side = |name| indent.attribute(name).unwrap().parse::<i64>().unwrap();
    let length = 5669 - side("w:left") - side("w:right");
    assert!((length - 3179).abs() <= 10, "{length}");
}

#[test]
fn the_foot_is_kept_together_and_with_the_last_words() {
    let document = document();
    let last = paragraph(&document, "Trên đây là báo cáo").child("w:pPr").unwrap();
    assert!(last.child("w:keepNext").is_some());
    let tables = document.all("w:tbl");
    let foot = tables.iter().find(|table| table.shown().contains("Nơi nhận")).unwrap();
    let cells = foot.all("w:tc");
    assert!(cells[0].shown().starts_with("Nơi nhận:- Như trên;"));
    assert_eq!(cells[1].shown(), "TM. ỦY BAN NHÂN DÂNKT. CHỦ TỊCHPHÓ CHỦ TỊCHNguyễn Thị Ước");
    assert!(foot.all("w:cantSplit").len() == 1);
    for paragraph in foot.all("w:p") {
        assert!(paragraph.child("w:pPr").unwrap().child("w:keepNext").is_some(), "{}", paragraph.shown());
    }
}

#[test]
fn tables_repeat_their_header_and_merge_cells() {
    let document = document();
    let tables = document.all("w:tbl");
    let table = tables.iter().find(|table| table.shown().starts_with("TTChỉ tiêu")).unwrap();
    let rows = table.all("w:tr");
    let heads: Vec<bool> = rows.iter().map(|row| !row.all("w:tblHeader").is_empty()).collect();
    assert_eq!(heads[..3], [true, true, false]);
    let merges: Vec<_> = rows[..2]
        .iter()
        .map(|row| row.all("w:vMerge").iter().map(|m| m.attribute("w:val").unwrap()).collect::<Vec<_>>())
        .collect();
    assert_eq!(merges, [["restart"; 3], ["continue"; 3]]);
    assert_eq!(rows[0].all("w:gridSpan")[0].attribute("w:val"), Some("3"));
    let grid: i64 =
        table.all("w:gridCol").iter().map(|column| column.attribute("w:w").unwrap().parse::<i64>().unwrap()).sum();
    assert!((grid - 9355).abs() <= 3, "the table is as wide as the text: {grid}");
    for row in rows {
        let columns: usize = row
            .all("w:tcPr")
            .iter()
            .map(|cell| cell.value("w:gridSpan").map_or(1, |span| span.parse::<usize>().unwrap()))
            .sum();
        assert_eq!(columns, 6);
    }
}

#[test]
fn runs_of_one_style_are_one_run_and_ties_leave_no_trace() {
    let document = document();
    let runs = paragraph(&document, "Giá trị sản xuất ước đạt").all("w:r");
    let shown: Vec<String> = runs.iter().map(|run| run.shown()).collect();
    assert_eq!(
        shown,
        [
            "Giá trị sản xuất ước đạt 1.231,2\u{a0}tỷ đồng, bằng 62,5% kế hoạch, tăng 2,4% so với cùng kỳ; có mô hình ",
            "ruộng bậc thang kiểu mẫu",
            " được nhân rộng."
        ]
    );
    assert!(runs[1].all("w:i").len() == 1 && runs[0].all("w:i").is_empty());
}

#[test]
fn every_part_is_declared_and_related() {
    let docx = written();
    let names = names(&docx);
    let types = part(&docx, "[Content_Types].xml");
    for name in names.iter().filter(|name| !name.ends_with(".rels") && !name.starts_with('[')) {
        let declared = types.all("Override").iter().any(|kind| kind.attribute("PartName") == Some(&format!("/{name}")));
        assert!(declared, "{name}");
        let target = name.strip_prefix("word/").unwrap_or(name);
        let related = ["_rels/.rels", "word/_rels/document.xml.rels"]
            .iter()
            .flat_map(|relations| part(&docx, relations).children)
            .any(|relation| relation.attribute("Target").is_some_and(|to| to == target || to == name));
        assert!(related, "{name}");
    }
}

#[test]
fn equal_documents_give_equal_bytes_and_nfc_text() {
    assert_eq!(written(), written());
    let shown = document().shown();
    assert!(is_nfc(&shown));
    let core = part(&written(), "docProps/core.xml");
    assert_eq!(core.child("dcterms:created").unwrap().text, "2020-07-05T00:00:00Z");
    assert_eq!(core.child("dc:title").unwrap().text, "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2020");
}

#[test]
fn a_table_with_a_missing_cell_is_refused() {
    let mut document = sample::document();
    let Block::Table(table) = sample::indicators(1) else { panic!("a table") };
    let rows = vec![vec![Cell { text: vec![], columns: 5, rows: 1 }]];
    document.body = vec![Block::Table(Table { rows, ..table })];
    let refused = docx::write(&document, sample::layout()).unwrap_err();
    assert_eq!(refused, WriteError::Table(BadTable::Row { band: "rows", row: 1, columns: 6 }));
    assert_eq!(refused.to_string(), "row 1 of a table's rows does not fill its 6 columns");
}
