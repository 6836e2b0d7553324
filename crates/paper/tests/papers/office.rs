//! The DOCX as LibreOffice opens it, beside our PDF.

use thidua_paper::tree::Document;
use thidua_paper::{docx, pdf, text};

use crate::measure::{Page, mm, near, pages, rules};
use crate::pdf::assert_whole;
use crate::sample;
use crate::tools::{Folder, have, have_poppler, office_pdf};

/// Pages of the sample as the office sets the DOCX, and as we set the PDF.
fn both() -> Option<(Folder, Vec<Page>, Vec<Page>)> {
    both_of(sample::document())
}

fn both_of(document: Document) -> Option<(Folder, Vec<Page>, Vec<Page>)> {
    if !have("soffice", "office", "libreoffice-writer") || !have_poppler() {
        return None;
    }
    let folder = Folder::new();
    let docx = folder.put("theirs.docx", &docx::write(&document, sample::layout()).unwrap());
    let ours = folder.put("ours.pdf", &pdf::write(&document, sample::layout()).unwrap());
    let theirs = office_pdf(&folder, &docx);
    let (theirs, ours) = (pages(&theirs), pages(&ours));
    Some((folder, theirs, ours))
}

#[test]
fn the_office_sets_the_docx_as_we_set_the_pdf() {
    let Some((folder, theirs, ours)) = both() else { return };
    assert_eq!(theirs.len(), ours.len(), "pages");
    let words = |page: &Page| {
        let mut words: Vec<String> =
            page.lines.iter().flat_map(|line| line.text.split_whitespace()).map(String::from).collect();
        // Cells of a table have no one order between programs.
        words.sort();
        words
    };
    for (index, (theirs, ours)) in theirs.iter().zip(&ours).enumerate() {
        assert_eq!(words(theirs), words(ours), "page {}", index + 1);
        near(theirs.width, ours.width);
    }
    for text in [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA",
        "Độc lập",
        "Số: 135",
        "Sơn Đông, ngày",
        "BÁO CÁO",
        "Kính gửi:",
        "- Cụm thi đua số 2.",
        "Thực hiện Công văn",
        "I. KẾT QUẢ",
    ] {
        let (theirs, ours) = (theirs[0].line(text), ours[0].line(text));
        near(theirs.left, ours.left);
        near(theirs.right, ours.right);
        assert!((theirs.top - ours.top).abs() < mm(3), "{text}: {} and {}", theirs.top, ours.top);
    }
    let motto = theirs[0].line("Độc lập");
    let drawn = rules(&folder.path("office").join("theirs.pdf"), 1);
    assert!(
        drawn.iter().any(|(length, _)| (length - (motto.right - motto.left)).abs() < mm(1)),
        "a rule as long as the motto among {drawn:?}"
    );
}

#[test]
fn the_office_sets_a_draft_of_a_decision_as_we_do() {
    let Some((_folder, theirs, ours)) = both_of(sample::decision()) else { return };
    assert_eq!((theirs.len(), ours.len()), (1, 1), "pages");
    let middle = ours[0].line("QUYẾT ĐỊNH:");
    near((middle.left + middle.right) / 2, (mm(30) + ours[0].width - mm(15)) / 2);
    for text in ["DỰ THẢO", "SỐ LIỆU MẪU", "QUYẾT ĐỊNH:", "Điều 1.", "- Mức thưởng", "Điều 2.", "Lò Thị", "Nơi nhận:"]
    {
        let (theirs, ours) = (theirs[0].line(text), ours[0].line(text));
        near(theirs.left, ours.left);
        assert!((theirs.top - ours.top).abs() < mm(4), "{text}: {} and {}", theirs.top, ours.top);
    }
    assert!(ours[0].lines.iter().all(|line| !line.text.contains("Số:")), "a paper without a number has no line of it");
}

#[test]
fn the_office_loses_nothing_off_the_page() {
    if !have("soffice", "office", "libreoffice-writer") || !have_poppler() {
        return;
    }
    let folder = Folder::new();
    let docx = folder.put("towering.docx", &docx::write(&sample::towering(), sample::layout()).unwrap());
    assert_whole(&pages(&office_pdf(&folder, &docx)));
}

#[test]
fn the_office_shows_the_text_in_the_order_of_the_tree() {
    let Some((_folder, theirs, _)) = both() else { return };
    let document = sample::document();
    let below_margin = theirs.iter().flat_map(|page| &page.lines).filter(|line| line.bottom > mm(20));
    let shown: String = below_margin.map(|line| line.text.clone() + " ").collect();
    let shown = squeezed(&shown);
    let mut from = 0;
    for line in text::write_blocks(&document.body).lines().filter(|line| !line.starts_with('|')) {
        let line = squeezed(line);
        let at = shown[from..].find(&line).unwrap_or_else(|| panic!("{line} does not follow"));
        from += at + line.len();
    }
}

/// A text without spaces, for programs differ in where they break lines.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
