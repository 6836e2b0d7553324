//! Reads a DOCX back: its parts, and their XML as a small tree.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// An element of a part.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The child of a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The `w:val` of a child.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name).and_then(|child| child.attribute("w:val"))
    }

    /// All elements of a name below, in order.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut out = Vec::new();
        for child in &self.children {
            if child.name == name {
                out.push(child);
            }
            out.extend(child.all(name));
        }
        out
    }

    /// The text of all `w:t` below.
    pub fn shown(&self) -> String {
        self.all("w:t").iter().map(|text| text.text.as_str()).collect()
    }
}

/// Names of the parts of a package, in order.
pub fn names(docx: &[u8]) -> Vec<String> {
    let archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    archive.file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// A part of a package.
pub fn part(docx: &[u8], name: &str) -> Element {
    let mut archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    archive.by_name(name).unwrap_or_else(|_| panic!("no part {name}")).read_to_string(&mut xml).unwrap();
    parsed(&xml)
}

/// XML as a tree; panics where it is not well-formed.
pub fn parsed(xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut stack = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => stack.push(element(&start)),
            Event::Empty(start) => stack.last_mut().unwrap().children.push(element(&start)),
            Event::End(_) => {
                let done = stack.pop().unwrap();
                stack.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => stack.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(entity) => {
                let entity = format!("&{};", &*entity);
                stack.last_mut().unwrap().text.push_str(&quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::Eof => break,
            Event::Decl(_) | Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let mut root = stack.pop().unwrap();
    assert!(stack.is_empty(), "every element is closed");
    root.children.pop().unwrap()
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start
        .attributes()
        .map(|attribute| {
            let attribute = attribute.unwrap();
            let key: &str = attribute.key.as_ref();
            (key.to_owned(), quick_xml::escape::unescape(&attribute.value).unwrap().into_owned())
        })
        .collect();
    let name: &str = start.name().into_inner();
    Element { name: name.to_owned(), attributes, ..Element::default() }
}
