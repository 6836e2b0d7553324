//! The HTML, read back as a tree.

use thidua_paper::html;
use thidua_paper::tree::{Document, Tie};

use crate::package::{Element, parsed};
use crate::sample;

fn fragment(link: &dyn Fn(&Tie) -> Option<String>) -> Element {
    // The only void element of a fragment.
    parsed(&html::write(&sample::document(), link).replace("<br>", "<br/>"))
}

fn linked() -> Element {
    fragment(&|tie| Some(format!("/so-lieu/{}?ky=2020-H1&in=1", tie.key)))
}

#[test]
fn headings_have_numbers_levels_and_anchors() {
    let article = linked();
    assert_eq!((article.name.as_str(), article.attribute("lang")), ("article", Some("vi-VN")));
    for (tag, id, begins) in [
        ("h2", "ket-qua", "I. Kết quả thực hiện"),
        ("h3", "phong-trao", "2. Kết quả tổ chức"),
        ("h4", "cong-nghiep", "2.2. Trong lĩnh vực công nghiệp"),
        ("h5", "diem-b", "b) Dịch vụ"),
    ] {
        let heading = article.all(tag).into_iter().find(|heading| heading.attribute("id") == Some(id)).unwrap();
        assert!(heading.text.starts_with(begins), "{}", heading.text);
    }
    assert!(article.all("h1").is_empty(), "the page has its own");
}

#[test]
fn figures_link_to_their_passports_and_words_do_not() {
    let article = linked();
    let figures = article.all("a");
    assert_eq!(figures[0].text, "1.231,2\u{a0}tỷ đồng");
    assert_eq!(figures[0].attribute("href"), Some("/so-lieu/gtsx-nong-nghiep?ky=2020-H1&in=1"));
    assert!(figures.iter().all(|figure| figure.attribute("class") == Some("figure")));
    let words: Vec<_> =
        article.all("span").into_iter().filter(|span| span.attribute("class") == Some("word")).collect();
    assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["tăng"]);
    assert!(fragment(&|_| None).all("a").is_empty());
}

#[test]
fn lists_hold_the_items_of_one_run() {
    let article = linked();
    let lists: Vec<(String, Vec<String>)> = article
        .children
        .iter()
        .filter(|child| child.name == "ul" || child.name == "ol")
        .map(|list| (list.name.clone(), list.children.iter().map(|item| item.all("span")[0].text.clone()).collect()))
        .collect();
    let list = |name: &str, markers: &[&str]| (name.to_owned(), markers.iter().map(|m| (*m).to_owned()).collect());
    assert_eq!(lists, [list("ul", &["-", "-"]), list("ol", &["1.", "2."]), list("ol", &["a)", "b)"])]);
}

#[test]
fn tables_have_head_body_and_foot_and_can_be_reached_by_keyboard() {
    let article = linked();
    let frame = article.all("div").into_iter().find(|div| div.attribute("class") == Some("table")).unwrap();
    assert_eq!((frame.attribute("tabindex"), frame.attribute("aria-label")), (Some("0"), Some("Bảng 1")));
    let table = frame.child("table").unwrap();
    let parts: Vec<&str> = table.children.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(parts, ["thead", "tbody", "tfoot"]);
    let heads = table.children[0].all("th");
    assert_eq!(heads[0].attribute("rowspan"), Some("2"));
    assert_eq!((heads[3].attribute("colspan"), heads[3].attribute("scope")), (Some("3"), Some("colgroup")));
    assert_eq!(table.children[1].all("td")[3].attribute("class"), Some("number"));
    assert_eq!(table.children[2].all("td")[0].attribute("colspan"), Some("3"));
}

#[test]
fn a_standalone_file_needs_no_other_file() {
    let html = html::standalone(&sample::document());
    assert!(html.starts_with("<!doctype html>\n<html lang=\"vi-VN\">"));
    for outside in ["src=", "@import", "url(", "<link", "<script", "http"] {
        assert!(!html.contains(outside), "{outside}");
    }
    let root = parsed(
        &html["<!doctype html>\n".len()..]
            .replace("<br>", "<br/>")
            .replace("-8\">", "-8\"/>")
            .replace("=1\">\n<title", "=1\"/>\n<title"),
    );
    assert_eq!(root.all("title")[0].text, "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2020");
    assert_eq!(root.all("h1")[0].text, "BÁO CÁO");
    assert_eq!(root.all("main").len(), 1);
}

#[test]
fn an_open_number_and_an_absent_signer_leave_gaps_not_words() {
    let mut document: Document = sample::document();
    document.head.number = None;
    document.foot.signer = None;
    let html = html::write(&document, &|_| None);
    assert!(html.contains("Số: \u{a0}") && !html.contains("None"));
}
