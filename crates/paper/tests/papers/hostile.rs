//! Text that would break a file if it were taken for anything but text.

use proptest::prelude::*;
use thidua_paper::tree::{Annex, Block, Document, Inline, Marker, NumberStyle, Section, Sheet};
use thidua_paper::wording::printable;
use thidua_paper::{docx, html, pdf};

use crate::package::{names, parsed, part};
use crate::sample;
use crate::tools::{Folder, have_poppler, output};

/// Markup of every language we write.
const MARKUP: &str = r##"#*_$@<x>&amp;"\ // /* */ `raw` ] ) } #panic("x") #read("/etc/passwd") {{x}} ]]> <!-- -->"##;

/// A document with a text in every slot.
fn filled(text: &str) -> Document {
    let own = || text.to_owned();
    let line = || vec![Inline::Text(own()), Inline::Italic(own()), sample::figure(text, text)];
    let mut document = sample::document();
    document.title = own();
    document.head.superior = Some(own());
    document.head.issuer = vec![own(), own()];
    document.head.number = Some(own());
    document.head.symbol = own();
    document.head.place = own();
    document.head.kind = own();
    document.head.abstract_line = line();
    document.head.addressees = vec![own(), own()];
    document.foot.recipients = vec![own(), own()];
    document.foot.authority = vec![own()];
    document.foot.signer = Some(own());
    let Block::Table(mut table) = sample::indicators(1) else { unreachable!("the sample is a table") };
    table.header[0][0].text = line();
    table.rows[0][1].text = line();
    table.totals[0][0].text = line();
    let body = vec![
        Block::Paragraph(line()),
        Block::Section(Section {
            id: own(),
            style: NumberStyle::Roman,
            title: line(),
            body: vec![Block::Item { marker: Marker::Letter, text: line() }, Block::Table(table)],
        }),
        Block::Paragraph(vec![]),
    ];
    document.annexes = vec![Annex { title: own(), sheet: Sheet::Landscape, body: body.clone() }];
    document.body = body;
    document
}

/// Reads back every part and returns the text of the body.
fn reopened(document: &Document) -> String {
    let docx = docx::write(document, sample::layout()).unwrap();
    for name in names(&docx) {
        part(&docx, &name);
    }
    part(&docx, "word/document.xml").shown()
}

fn reread(document: &Document) {
    parsed(&html::write(document, &|tie| Some(tie.key.clone())).replace("<br>", "<br/>"));
}

#[test]
fn markup_is_printed_as_it_stands() {
    let document = filled(MARKUP);
    assert!(reopened(&document).contains(MARKUP));
    reread(&document);
    let pdf = pdf::write(&document, sample::layout()).unwrap();
    if !have_poppler() {
        return;
    }
    let folder = Folder::new();
    let path = folder.put("markup.pdf", &pdf);
    let text = output("pdftotext", &["-raw".as_ref(), path.as_os_str(), "-".as_ref()]);
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert!(squeezed(&text).contains(&squeezed(MARKUP)), "{text}");
}

#[test]
fn control_characters_and_long_words_break_nothing() {
    let control: String =
        (0..0x20_u32).chain(0x7f..0xa0).chain([0xfffe, 0xffff, 0x2028]).filter_map(char::from_u32).collect();
    for text in [control.as_str(), "", " ", "\u{301}", &"chữ".repeat(400), "\u{202e}a\u{200b}b\u{ad}c", "日本語 🙂"]
    {
        let document = filled(text);
        reopened(&document);
        reread(&document);
        pdf::write(&document, sample::layout()).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_survives_the_docx_and_the_html(text in any::<String>()) {
        let document = filled(&text);
        let shown = reopened(&document);
        prop_assert!(shown.contains(&printable(&text)));
        reread(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_typeset(text in any::<String>()) {
        let written = pdf::write(&filled(&text), sample::layout());
        prop_assert!(written.is_ok(), "{written:?}");
    }
}
