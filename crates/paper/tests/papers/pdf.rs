//! The PDF, measured on its pages.

use std::collections::HashSet;
use std::path::PathBuf;

use thidua_base::Date;
use thidua_base::text::is_nfc;
use thidua_paper::face::Face;
use thidua_paper::tree::Document;
use thidua_paper::{layout_on, pdf};

use crate::measure::{Page, TOLERANCE, mm, near, pages, rules, sets};
use crate::sample;
use crate::tools::{Folder, have_poppler, output};

/// The sample as a file, or nothing where no program can open it.
fn written() -> Option<(Folder, PathBuf)> {
    written_from(&sample::document())
}

fn written_from(document: &Document) -> Option<(Folder, PathBuf)> {
    if !have_poppler() {
        return None;
    }
    let folder = Folder::new();
    let path = folder.put("sample.pdf", &pdf::write(document, sample::layout()).unwrap());
    Some((folder, path))
}

#[test]
fn the_sheet_is_a4_upright_and_on_its_side_for_a_wide_annex() {
    let Some((_folder, path)) = written() else { return };
    let pages = pages(&path);
    assert!(pages.len() >= 5, "{} pages", pages.len());
    for page in &pages {
        let (short, long) = (page.width.min(page.height), page.width.max(page.height));
        near(short, mm(210));
        near(long, mm(297));
    }
    assert!(pages[0].width < pages[0].height);
    let wide: Vec<usize> = (0..pages.len()).filter(|&index| pages[index].width > pages[index].height).collect();
    assert!(wide.len() > 1, "the table of the first annex needs several sheets");
    assert_eq!(pages[wide[0]].lines[0].text, "Phụ lục I");
}

#[test]
fn text_keeps_inside_the_margins() {
    let Some((_folder, path)) = written() else { return };
    for page in pages(&path) {
        let body = page.lines.iter().filter(|line| line.top > mm(19));
        for line in body.clone() {
            assert!(line.left >= mm(30) - TOLERANCE, "{line:?}");
            assert!(line.right <= page.width - mm(15) + TOLERANCE, "{line:?}");
            assert!(line.bottom <= page.height - mm(20) + TOLERANCE, "{line:?}");
        }
        // Body text is justified: some line reaches each margin, but for a sheet with a table or little text.
        if page.width < page.height && page.lines.len() > 15 {
            near(body.clone().map(|line| line.left).min().unwrap(), mm(30));
            near(body.map(|line| line.right).max().unwrap(), page.width - mm(15));
        }
    }
}

#[test]
fn the_boxes_of_the_head_stand_where_the_decree_puts_them() {
    let Some((_folder, path)) = written() else { return };
    let page = &pages(&path)[0];
    let (title, motto) = (page.line("CỘNG HÒA"), page.line("Độc lập"));
    let (first, last) = (page.line("ỦY BAN NHÂN DÂN"), page.line("HUYỆN SƠN ĐÔNG"));
    near(first.top, title.top);
    assert!(first.right < title.left, "the national title stands right of the issuer");
    near(motto.centre(), title.centre());
    near(first.centre(), last.centre());
    let (number, date) = (page.line("Số: 135/BC-UBND"), page.line("Sơn Đông, ngày 05 tháng 7 năm 2020"));
    near(number.top, date.top);
    near(number.centre(), last.centre());
    near(date.centre(), title.centre());
    assert!(number.top > motto.bottom);
    let middle = (mm(30) + page.width - mm(15)) / 2;
    near(page.line("BÁO CÁO").centre(), middle);
    near(page.line("Sơ kết phong trào thi đua, công tác").centre(), middle);
}

#[test]
fn rules_are_as_long_as_the_decree_says() {
    let Some((_folder, path)) = written() else { return };
    let page = &pages(&path)[0];
    let rules = rules(&path, 1);
    let [(issuer, issuer_at), (motto, motto_at), (abstract_rule, abstract_at)] = rules[..] else {
        panic!("three rules, not {rules:?}");
    };
    let line = page.line("HUYỆN SƠN ĐÔNG");
    let width = line.right - line.left;
    assert!((width / 3..=width / 2).contains(&issuer), "{issuer} of {width}");
    assert!(issuer_at > line.bottom && issuer_at < page.line("Số: 135").top);
    let line = page.line("Độc lập");
    near(motto, line.right - line.left);
    assert!(motto_at > line.bottom && motto_at < page.line("Sơn Đông, ngày").top);
    let line = page.line("đầu năm, triển khai");
    let width = line.right - line.left;
    assert!((width / 3..=width / 2).contains(&abstract_rule), "{abstract_rule} of {width}");
    assert!(abstract_at > line.bottom && abstract_at < page.line("Kính gửi:").top);
}

#[test]
fn type_has_the_size_and_style_of_its_element() {
    let Some((_folder, path)) = written() else { return };
    let mut sets_of_all = sets(&path, 1);
    sets_of_all.extend(sets(&path, 3));
    let check = |text: &str, size: u16, face: Face| {
        let set = sets_of_all.iter().find(|set| set.text.starts_with(text)).unwrap_or_else(|| panic!("no {text:?}"));
        let found = match (set.bold, set.italic) {
            (false, false) => Face::Regular,
            (true, false) => Face::Bold,
            (false, true) => Face::Italic,
            (true, true) => Face::BoldItalic,
        };
        assert_eq!((set.size, found), (size, face), "{text}");
    };
    check("CỘNG HÒA XÃ HỘI", 12, Face::Bold);
    check("Độc lập - Tự do", 13, Face::Bold);
    check("HUYỆN SƠN ĐÔNG", 12, Face::Bold);
    check("Số: 135/BC-UBND", 13, Face::Regular);
    check("Sơn Đông, ngày", 13, Face::Italic);
    check("BÁO CÁO", 14, Face::Bold);
    check("Sơ kết phong trào", 14, Face::Bold);
    check("Kính gửi:", 14, Face::Regular);
    check("Thực hiện Công văn", 14, Face::Regular);
    check("I. KẾT QUẢ THỰC HIỆN", 14, Face::Bold);
    check("1. Công tác lãnh đạo", 14, Face::Bold);
    check("ruộng bậc thang", 14, Face::Italic);
    check("TM. ỦY BAN NHÂN DÂN", 14, Face::Bold);
    check("Nguyễn Thị Ước", 14, Face::Bold);
    check("Nơi nhận:", 12, Face::BoldItalic);
    check("- Lưu: VT, NV.", 11, Face::Regular);
}

#[test]
fn addressees_align_under_the_colon() {
    let Some((_folder, path)) = written() else { return };
    let page = &pages(&path)[0];
    let word = page.line("Kính gửi:");
    for addressee in ["- Ban Thi đua - Khen thưởng tỉnh;", "- Cụm thi đua số 2."] {
        let line = page.line(addressee);
        assert!(line.top > word.top && line.left < word.right && line.left > word.left);
        assert!(word.right - line.left < mm(3), "the dash stands under the colon");
    }
}

#[test]
fn a_paragraph_begins_ten_millimetres_in() {
    let Some((_folder, path)) = written() else { return };
    let page = &pages(&path)[0];
    for text in ["Thực hiện Công văn", "I. KẾT QUẢ", "1. Công tác", "- Kế hoạch phát động"] {
        near(page.line(text).left, mm(40));
    }
    near(page.line("thưởng tỉnh về việc").left, mm(30));
}

#[test]
fn page_numbers_stand_at_the_top_centre_of_all_but_first_pages_and_annexes_begin_anew() {
    let Some((_folder, path)) = written() else { return };
    let mut expected = 0;
    for (index, page) in pages(&path).iter().enumerate() {
        let begins = index == 0 || page.lines.iter().any(|line| line.text.starts_with("Phụ lục"));
        expected = if begins { 1 } else { expected + 1 };
        let numbers: Vec<_> = page.lines.iter().filter(|line| line.bottom < mm(20)).collect();
        match (begins, numbers.as_slice()) {
            (true, []) => {}
            (false, [number]) => {
                assert_eq!(number.text, expected.to_string());
                near(number.centre(), (mm(30) + page.width - mm(15)) / 2);
            }
            (_, numbers) => panic!("page {} has {numbers:?} in its top margin", index + 1),
        }
    }
}

#[test]
fn before_the_decree_page_numbers_stood_at_the_bottom_right() {
    if !have_poppler() {
        return;
    }
    let folder = Folder::new();
    let document = Document { dated: Date::new(2019, 7, 5).unwrap(), ..sample::document() };
    let layout = layout_on(document.dated).unwrap();
    let path = folder.put("old.pdf", &pdf::write(&document, layout).unwrap());
    let pages = pages(&path);
    let at_the_foot = |page: usize| pages[page].lines.iter().find(|line| line.top > pages[page].height - mm(20));
    assert!(at_the_foot(0).is_none());
    let number = at_the_foot(1).unwrap();
    assert_eq!(number.text, "2");
    near(number.right, pages[1].width - mm(15));
}

#[test]
fn the_foot_stands_together_under_the_last_words() {
    let Some((_folder, path)) = written() else { return };
    let pages = pages(&path);
    let page = pages.iter().find(|page| page.lines.iter().any(|line| line.text.starts_with("Nơi nhận"))).unwrap();
    let (word, authority) = (page.line("Nơi nhận:"), page.line("TM. ỦY BAN NHÂN DÂN"));
    let (deputy, signer) = (page.line("PHÓ CHỦ TỊCH"), page.line("Nguyễn Thị Ước"));
    near(word.top, authority.top);
    near(word.left, mm(30));
    assert!(authority.left > page.width / 2 - mm(10), "the authority stands in the right half");
    near(signer.centre(), authority.centre());
    assert!(signer.top - deputy.bottom > mm(24), "there is room for a signature");
    assert!(page.line("năm 2020 của").bottom < authority.top, "the last words stand on the same page");
}

#[test]
fn a_foot_that_does_not_fit_takes_the_last_paragraph_along() {
    if !have_poppler() {
        return;
    }
    // Whatever the length of the body, the foot never stands alone.
    for count in 1..=8 {
        let mut document = sample::document();
        document.annexes.clear();
        document.body = (0..12 + count).map(|_| sample::paragraph("Đã thực hiện đúng kế hoạch.")).collect();
        document.body.push(sample::paragraph("Trên đây là báo cáo của huyện./."));
        let Some((_folder, path)) = written_from(&document) else { return };
        let pages = pages(&path);
        let page = pages.last().unwrap();
        assert!(page.line("Trên đây").bottom < page.line("TM. ỦY BAN").top, "{count}");
        assert!(page.line("Nguyễn Thị Ước").bottom < page.height - mm(19), "{count}");
    }
}

#[test]
fn nothing_is_lost_off_the_page() {
    let Some((_folder, path)) = written_from(&sample::towering()) else { return };
    assert_whole(&pages(&path));
}

/// Asserts that the pages of [`sample::towering`] show each of its words inside their margins.
pub fn assert_whole(pages: &[Page]) {
    let mut words: HashSet<String> = HashSet::new();
    for page in pages {
        for line in &page.lines {
            assert!(line.bottom <= page.height - mm(20) + TOLERANCE, "{line:?}");
            words.extend(line.text.split([' ', ';', '.']).map(String::from));
        }
    }
    for word in sample::towering_words() {
        assert!(words.contains(&word), "{word} is missing");
    }
}

#[test]
fn a_table_repeats_its_header_on_every_sheet() {
    let Some((_folder, path)) = written() else { return };
    let wide: Vec<_> = pages(&path).into_iter().filter(|page| page.width > page.height).collect();
    for page in &wide {
        assert!(page.line("Sáu tháng đầu năm").top < page.line("Kế hoạch").top);
    }
    let rows: Vec<String> = wide
        .iter()
        .flat_map(|page| &page.lines)
        .filter(|line| line.right < mm(45))
        .map(|line| line.text.clone())
        .filter(|text| text.parse::<u16>().is_ok())
        .collect();
    assert_eq!(rows, (1..=48).map(|row: u16| row.to_string()).collect::<Vec<_>>());
}

#[test]
fn fonts_are_embedded_and_text_copies_as_nfc() {
    let Some((_folder, path)) = written() else { return };
    let fonts = output("pdffonts", &[path.as_os_str()]);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(rows.len() >= 4, "{fonts}");
    for row in rows {
        assert!(row.contains("LiberationSerif"), "{row}");
        // The columns emb, sub and uni.
        assert!(row.contains("yes yes yes"), "{row}");
    }
    let text = output("pdftotext", &["-raw".as_ref(), path.as_os_str(), "-".as_ref()]);
    assert!(is_nfc(&text));
    for words in ["ỦY BAN NHÂN DÂN", "thủy sản", "được nhân rộng", "Chị Lò Thị Ỷ, xã Bản Đường", "Nguyễn Thị Ước"]
    {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn the_file_says_what_it_is_and_is_the_same_each_time() {
    let Some((_folder, path)) = written() else { return };
    let info = output("pdfinfo", &[path.as_os_str()]);
    for line in ["Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2020", "Tagged:          yes", "2020"] {
        assert!(info.contains(line), "{line} in {info}");
    }
    let bytes = pdf::write(&sample::document(), sample::layout()).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert!(String::from_utf8_lossy(&bytes).contains("/Lang"));
}
