//! Reads pages back out of a PDF with poppler: words with their boxes, letters with their type, drawn rules.
//!
//! Lengths are in thousandths of a point.

use std::ffi::OsStr;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::tools::output;

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    pub width: i64,
    pub height: i64,
    pub lines: Vec<Line>,
}

/// A line of text and its box.
#[derive(Debug, Default, Clone)]
pub struct Line {
    pub text: String,
    pub left: i64,
    pub right: i64,
    pub top: i64,
    pub bottom: i64,
}

impl Line {
    /// Where its middle is, from the left.
    pub fn centre(&self) -> i64 {
        (self.left + self.right) / 2
    }
}

impl Page {
    /// The line that holds a text.
    pub fn line(&self, text: &str) -> &Line {
        self.lines.iter().find(|line| line.text.contains(text)).unwrap_or_else(|| panic!("no line {text:?}"))
    }
}

/// Millimetres in thousandths of a point.
pub fn mm(mm: i64) -> i64 {
    mm * 72_000_000 / 25_400
}

/// Half a millimetre, the tolerance of positions.
pub const TOLERANCE: i64 = 1_417;

/// Asserts that two lengths differ by no more than the tolerance.
#[track_caller]
pub fn near(a: i64, b: i64) {
    assert!((a - b).abs() <= TOLERANCE, "{a} and {b} thousandths of a point differ by more than half a millimetre");
}

/// The pages with their lines.
pub fn pages(pdf: &Path) -> Vec<Page> {
    let text = output("pdftotext", &["-bbox-layout".as_ref(), pdf.as_os_str(), "-".as_ref()]);
    let mut pages: Vec<Page> = Vec::new();
    for_each_element(&text, |start, content| {
        let place = |name| thousandths(&attribute(start, name));
        match start.name().as_ref() {
            "page" => pages.push(Page { width: place("width"), height: place("height"), lines: Vec::new() }),
            "line" => pages.last_mut().unwrap().lines.push(Line {
                text: String::new(),
                left: place("xMin"),
                right: place("xMax"),
                top: place("yMin"),
                bottom: place("yMax"),
            }),
            "word" => {
                let line = pages.last_mut().unwrap().lines.last_mut().unwrap();
                if !line.text.is_empty() {
                    line.text.push(' ');
                }
                line.text.push_str(content);
            }
            _ => {}
        }
    });
    pages
}

/// A stretch of text with its type size in points and its tags (`b`, `i`).
#[derive(Debug)]
pub struct Set {
    pub text: String,
    pub size: u16,
    pub bold: bool,
    pub italic: bool,
}

/// The stretches of a page.
pub fn sets(pdf: &Path, page: u32) -> Vec<Set> {
    let page = page.to_string();
    let arguments: [&OsStr; 10] = [
        "-xml".as_ref(),
        "-stdout".as_ref(),
        "-i".as_ref(),
        "-zoom".as_ref(),
        "1".as_ref(),
        "-f".as_ref(),
        page.as_ref(),
        "-l".as_ref(),
        page.as_ref(),
        pdf.as_os_str(),
    ];
    let text = output("pdftohtml", &arguments);
    let mut sizes: Vec<(String, u16)> = Vec::new();
    let mut sets: Vec<Set> = Vec::new();
    for_each_element(&text, |start, content| match start.name().as_ref() {
        "fontspec" => sizes.push((attribute(start, "id"), attribute(start, "size").parse().unwrap())),
        "text" => {
            let font = attribute(start, "font");
            let size = sizes.iter().find(|(id, _)| *id == font).unwrap().1;
            sets.push(Set { text: content.to_owned(), size, bold: false, italic: false });
        }
        "b" => {
            let set = sets.last_mut().unwrap();
            set.bold = true;
            set.text.push_str(content);
        }
        "i" => {
            let set = sets.last_mut().unwrap();
            set.italic = true;
            set.text.push_str(content);
        }
        _ => {}
    });
    sets
}

/// Lengths of the horizontal rules drawn on a page, from top to bottom, with their distance from the top.
pub fn rules(pdf: &Path, page: u32) -> Vec<(i64, i64)> {
    let page = page.to_string();
    let arguments: [&OsStr; 7] =
        ["-svg".as_ref(), "-f".as_ref(), page.as_ref(), "-l".as_ref(), page.as_ref(), pdf.as_os_str(), "-".as_ref()];
    let svg = output("pdftocairo", &arguments);
    let mut rules = Vec::new();
    for_each_element(&svg, |start, _| {
        if start.name().as_ref() != "path" || !attribute(start, "style").contains("stroke-width:0.75") {
            return;
        }
        let path = numbers(&attribute(start, "d"));
        let matrix = numbers(&attribute(start, "transform"));
        if let (&[from, y, to, _], &[scale, _, _, _, _, down]) = (path.as_slice(), matrix.as_slice()) {
            rules.push(((to - from) * scale / 1000, y * scale / 1000 + down));
        }
    });
    rules.sort_by_key(|rule| rule.1);
    rules
}

/// The numbers in a text, in thousandths.
fn numbers(text: &str) -> Vec<i64> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')
        .filter(|number| number.bytes().any(|b| b.is_ascii_digit()))
        .map(thousandths)
        .collect()
}

/// `12.34567` as 12345; digits past the third are dropped.
fn thousandths(text: &str) -> i64 {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    sign * (whole.parse::<i64>().unwrap() * 1000 + fraction.parse::<i64>().unwrap())
}

/// Calls `each` with every element in order and the text directly at its beginning.
fn for_each_element(xml: &str, mut each: impl FnMut(&BytesStart<'_>, &str)) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut open: Option<(BytesStart<'_>, String)> = None;
    loop {
        let event = reader.read_event().unwrap();
        match event {
            Event::Text(text) => {
                if let Some((_, content)) = &mut open {
                    content.push_str(&text);
                }
                continue;
            }
            Event::GeneralRef(entity) => {
                if let Some((_, content)) = &mut open {
                    let text = format!("&{};", &*entity);
                    content.push_str(&quick_xml::escape::unescape(&text).unwrap());
                }
                continue;
            }
            _ => {}
        }
        if let Some((start, content)) = open.take() {
            each(&start, &content);
        }
        match event {
            Event::Start(start) => open = Some((start, String::new())),
            Event::Empty(start) => each(&start, ""),
            Event::Eof => return,
            _ => {}
        }
    }
}

/// An attribute's value, empty where there is none.
fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    start.try_get_attribute(name).unwrap().map(|attribute| attribute.value.into_owned()).unwrap_or_default()
}
