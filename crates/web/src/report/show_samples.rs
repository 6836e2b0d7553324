//! Examples of a report on the screen.

use thidua_base::Date;
use thidua_paper::tree::{Annex, Column, Foot, Head, Marker as ItemMarker, Section, Sheet};

use super::*;
use crate::messages::Lang;
use crate::sampled::{LONG_NAME, Sampled, frame};

impl Sampled for Show {
    fn samples(lang: Lang) -> Vec<Self> {
        let page = frame(Part::Reports, lang);
        let say = page.messages();
        let facts = Facts::default();
        let issue = |corrected: &str| IssueView {
            number: "1".into(),
            by: LONG_NAME.into(),
            at: "09:00 05/07/2020".into(),
            files: vec![Link { label: "DOCX".into(), href: "/bao-cao/x/ban-hanh/1.docx".into() }],
            corrected: corrected.into(),
            figures: vec![Link { label: LONG_NAME.into(), href: "/so-lieu/x".into() }],
        };
        let of = |document: Document, issues: Vec<IssueView>| Self {
            refusal: if issues.is_empty() { String::new() } else { LONG_NAME.into() },
            may_issue: !issues.is_empty(),
            issues,
            issue_href: "/bao-cao/x/ban-hanh".into(),
            form_token: "0-0".into(),
            page: page.clone(),
            files: vec![Link { label: "DOCX".into(), href: "/bao-cao/x/x.docx".into() }],
            remarks_href: "/bao-cao/x/kiem-tra".into(),
            remarks_label: say.with("report.remarks-counted", &[("errors", "0"), ("others", "3")]),
            contents: contents(&document),
            paper: paper(&document, &Marker { say, facts: &facts }),
        };
        vec![
            of(document(Vec::new(), Vec::new()), Vec::new()),
            of(document(body(), vec![annex()]), vec![issue("có 3 số"), issue("")]),
        ]
    }
}

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.into())]
}

fn figure(words: &str) -> Inline {
    let tie = Tie { key: "reading:KT01:h-397:2020-H1".into(), sources: Vec::new(), role: Role::Figure };
    Inline::Bound { text: words.into(), tie: tie.into() }
}

fn body() -> Vec<Block> {
    let paragraph =
        vec![Inline::Text("Giá trị sản xuất ước đạt ".into()), figure("9.427 tỷ đồng"), Inline::Italic("; <b>".into())];
    let table = Table {
        columns: vec![Column { width: 700, align: Align::Left }, Column { width: 300, align: Align::Right }],
        header: vec![vec![Table::cell(text("Chỉ tiêu")), Table::cell(text("Thực hiện"))]],
        rows: vec![vec![Table::cell(text(LONG_NAME)), Table::cell(vec![figure("9.427")])]],
        totals: vec![vec![Table::cell(text("Cộng")), Table::cell(vec![figure("9.427")])]],
    };
    let inner = Block::Section(Section {
        id: "nong-nghiep".into(),
        style: NumberStyle::Arabic,
        title: text(LONG_NAME),
        body: vec![
            Block::Paragraph(paragraph),
            Block::Item { marker: ItemMarker::Dash, text: text("Một việc.") },
            Block::Table(table),
        ],
    });
    vec![Block::Section(Section {
        id: "ket-qua".into(),
        style: NumberStyle::Roman,
        title: text("KẾT QUẢ THỰC HIỆN"),
        body: vec![inner],
    })]
}

fn annex() -> Annex {
    Annex { title: "Danh sách".into(), sheet: Sheet::Landscape, body: vec![Block::Paragraph(text("x"))] }
}

fn document(body: Vec<Block>, annexes: Vec<Annex>) -> Document {
    Document {
        title: "Báo cáo sơ kết".into(),
        dated: Date::parse("2020-07-05").unwrap(),
        head: Head {
            superior: None,
            issuer: vec!["ỦY BAN NHÂN DÂN".into(), "HUYỆN TRIỆU SƠN".into()],
            number: None,
            symbol: "BC-UBND".into(),
            place: "Triệu Sơn".into(),
            issued_on: None,
            kind: "BÁO CÁO".into(),
            abstract_line: text("Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm 2020"),
            addressees: vec!["Ban Thi đua - Khen thưởng tỉnh".into(), "Cụm thi đua số 2 của tỉnh".into()],
            stamps: Vec::new(),
        },
        body,
        foot: Foot {
            recipients: vec!["Như trên".into(), "Lưu: VT, NV".into()],
            authority: vec!["TM. ỦY BAN NHÂN DÂN".into(), "KT. CHỦ TỊCH".into(), "PHÓ CHỦ TỊCH".into()],
            signer: Some("Hồ Trường Sơn".into()),
            beside: None,
        },
        annexes,
    }
}
