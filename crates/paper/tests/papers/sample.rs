//! A paper of several pages with every construct, about a place that does not exist.

use std::sync::Arc;

use thidua_base::Date;
use thidua_paper::Layout;
use thidua_paper::tree::{
    Align, Annex, Beside, Block, Cell, Column, Document, Foot, Head, Inline, Marker, NumberStyle, Role, Section, Sheet,
    Table, Tie,
};

/// The day of the sample.
pub fn day() -> Date {
    Date::new(2020, 7, 5).expect("the day is in the calendar")
}

/// The layout in force that day.
pub fn layout() -> &'static Layout {
    thidua_paper::layout_on(day()).expect("the decree is in force")
}

/// The sample.
pub fn document() -> Document {
    Document {
        title: "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2020".into(),
        dated: day(),
        head: Head {
            superior: None,
            issuer: vec!["ỦY BAN NHÂN DÂN".into(), "HUYỆN SƠN ĐÔNG".into()],
            number: Some("135".into()),
            symbol: "BC-UBND".into(),
            place: "Sơn Đông".into(),
            issued_on: Some(day()),
            kind: "BÁO CÁO".into(),
            abstract_line: text(
                "Sơ kết phong trào thi đua, công tác khen thưởng 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2020",
            ),
            addressees: vec!["Ban Thi đua - Khen thưởng tỉnh".into(), "Cụm thi đua số 2".into()],
            stamps: Vec::new(),
        },
        body: body(),
        foot: Foot {
            recipients: [
                "Như trên",
                "Thường trực Huyện ủy (b/c)",
                "Chủ tịch, các Phó Chủ tịch UBND huyện",
                "Các xã, thị trấn",
                "Lưu: VT, NV",
            ]
            .map(String::from)
            .into(),
            authority: ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"].map(String::from).into(),
            signer: Some("Nguyễn Thị Ước".into()),
            beside: None,
        },
        annexes: vec![
            Annex {
                title: "Kết quả thực hiện các chỉ tiêu".into(),
                sheet: Sheet::Landscape,
                body: vec![indicators(48)],
            },
            Annex {
                title: "Danh sách điển hình tiên tiến".into(),
                sheet: Sheet::Portrait,
                body: vec![
                    paragraph("Danh sách lập theo đề nghị của các xã, thị trấn."),
                    item(Marker::Dash, "Chị Lò Thị Ỷ, xã Bản Đường"),
                ],
            },
        ],
    }
}

/// A decision that is a draft still, with articles, signed at both sides and not numbered.
pub fn decision() -> Document {
    let mut document = document();
    document.head.kind = "QUYẾT ĐỊNH".into();
    document.head.abstract_line = text("Về việc tặng Giấy khen cho các tập thể, cá nhân");
    (document.head.number, document.head.symbol) = (None, String::new());
    document.head.addressees.clear();
    document.head.stamps = vec!["Dự thảo".into(), "Số liệu mẫu".into()];
    let article = |content: &str| item(Marker::Article, content);
    document.body = vec![
        Block::Paragraph(vec![Inline::Italic("Căn cứ Luật Thi đua, khen thưởng;".into())]),
        section(
            "quyet-dinh",
            NumberStyle::Centred,
            "Quyết định:",
            vec![
                article("Tặng Giấy khen cho 12 tập thể và 30 cá nhân có thành tích trong phong trào thi đua."),
                item(Marker::Dash, "Mức thưởng theo quy định."),
                article("Quyết định này có hiệu lực từ ngày ký./."),
            ],
        ),
    ];
    document.foot.beside = Some(Beside { authority: vec!["Thư ký".into()], signer: Some("Lò Thị Ỷ".into()) });
    document.annexes.clear();
    document
}

/// A paper with a table cell, a last paragraph and a foot that are each higher than a page.
pub fn towering() -> Document {
    let mut document = document();
    let Block::Table(mut table) = indicators(3) else { unreachable!("the indicators are a table") };
    table.rows[1][2].text = text(&many("c", 400).join(" "));
    document.body = vec![Block::Table(table), paragraph(&many("p", 1500).join(" "))];
    document.foot.recipients = many("n", 120);
    document.annexes.clear();
    document
}

/// The words of the high parts of [`towering`].
pub fn towering_words() -> Vec<String> {
    [many("c", 400), many("p", 1500), many("n", 120)].concat()
}

fn many(letter: &str, count: u16) -> Vec<String> {
    (1..=count).map(|number| format!("{letter}{number}")).collect()
}

/// Plain text.
pub fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

/// A paragraph of plain text.
pub fn paragraph(content: &str) -> Block {
    Block::Paragraph(text(content))
}

/// A figure with its tie.
pub fn figure(text: &str, key: &str) -> Inline {
    Inline::Bound {
        text: text.into(),
        tie: Arc::new(Tie { key: key.into(), sources: vec![key.into()], role: Role::Figure }),
    }
}

fn words(text: &str, key: &str) -> Inline {
    Inline::Bound {
        text: text.into(),
        tie: Arc::new(Tie { key: key.into(), sources: vec![key.into()], role: Role::Words }),
    }
}

fn section(id: &str, style: NumberStyle, title: &str, body: Vec<Block>) -> Block {
    Block::Section(Section { id: id.into(), style, title: text(title), body })
}

fn item(marker: Marker, content: &str) -> Block {
    Block::Item { marker, text: text(content) }
}

fn body() -> Vec<Block> {
    let filler = "Các xã, thị trấn, cơ quan, đơn vị trong huyện đã tổ chức phát động, đăng ký giao ước thi đua ngay từ đầu năm; gắn nội dung thi đua với nhiệm vụ chính trị, với việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh; kịp thời biểu dương, khen thưởng các tập thể, cá nhân có thành tích xuất sắc, nhất là người trực tiếp lao động, sản xuất ở cơ sở.";
    vec![
        paragraph(
            "Thực hiện Công văn số 245/BTĐKT ngày 12/6/2020 của Ban Thi đua - Khen thưởng tỉnh về việc báo cáo sơ kết, Ủy ban nhân dân huyện Sơn Đông báo cáo kết quả như sau:",
        ),
        section(
            "ket-qua",
            NumberStyle::Roman,
            "Kết quả thực hiện 6 tháng đầu năm 2020",
            vec![
                section(
                    "chi-dao",
                    NumberStyle::Arabic,
                    "Công tác lãnh đạo, chỉ đạo",
                    vec![
                        paragraph(filler),
                        paragraph("Ủy ban nhân dân huyện đã ban hành các văn bản sau:"),
                        item(
                            Marker::Dash,
                            "Kế hoạch phát động phong trào thi đua năm 2020, trong đó giao mỗi phong trào cho một cơ quan chủ trì, có tiêu chí và thời hạn sơ kết;",
                        ),
                        item(Marker::Dash, "Quyết định kiện toàn Hội đồng Thi đua - Khen thưởng huyện."),
                    ],
                ),
                section(
                    "phong-trao",
                    NumberStyle::Arabic,
                    "Kết quả tổ chức phong trào thi đua",
                    vec![
                        section(
                            "nong-nghiep",
                            NumberStyle::Decimal,
                            "Trong lĩnh vực nông, lâm, thủy sản",
                            vec![
                                Block::Paragraph(vec![
                                    Inline::Text("Giá trị sản xuất ước đạt ".into()),
                                    figure("1.231,2\u{a0}tỷ đồng", "gtsx-nong-nghiep"),
                                    Inline::Text(", bằng ".into()),
                                    figure("62,5%", "gtsx-nong-nghiep/ke-hoach"),
                                    Inline::Text(" kế hoạch, ".into()),
                                    words("tăng", "gtsx-nong-nghiep/cung-ky"),
                                    Inline::Text(" ".into()),
                                    figure("2,4%", "gtsx-nong-nghiep/cung-ky"),
                                    Inline::Text(" so với cùng kỳ; có mô hình ".into()),
                                    Inline::Italic("ruộng bậc thang kiểu mẫu".into()),
                                    Inline::Text(" được nhân rộng.".into()),
                                ]),
                                paragraph(filler),
                                indicators(4),
                                paragraph(filler),
                            ],
                        ),
                        section(
                            "cong-nghiep",
                            NumberStyle::Decimal,
                            "Trong lĩnh vực công nghiệp, xây dựng và dịch vụ",
                            vec![
                                section(
                                    "diem-a",
                                    NumberStyle::Letter,
                                    "Công nghiệp",
                                    vec![paragraph(filler), paragraph(filler)],
                                ),
                                section(
                                    "diem-b",
                                    NumberStyle::Letter,
                                    "Dịch vụ",
                                    vec![paragraph(filler), paragraph(filler)],
                                ),
                            ],
                        ),
                    ],
                ),
            ],
        ),
        section(
            "han-che",
            NumberStyle::Roman,
            "Hạn chế, tồn tại",
            vec![
                item(Marker::Arabic, "Một số xã chưa quan tâm đúng mức đến công tác sơ kết, tổng kết."),
                item(Marker::Arabic, "Việc phát hiện, nhân rộng điển hình tiên tiến còn chậm."),
                item(Marker::Letter, "Cán bộ làm công tác thi đua phần lớn là kiêm nhiệm;"),
                item(Marker::Letter, "Kinh phí khen thưởng ở cơ sở còn hạn hẹp."),
                paragraph(filler),
            ],
        ),
        section(
            "nhiem-vu",
            NumberStyle::Roman,
            "Nhiệm vụ 6 tháng cuối năm 2020",
            vec![
                paragraph(filler),
                paragraph(filler),
                paragraph("Trên đây là báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2020 của huyện Sơn Đông./."),
            ],
        ),
    ]
}

/// A table with a header of two rows, merged cells and a total.
pub fn indicators(rows: u16) -> Block {
    let column = |width, align| Column { width, align };
    let spanning = |content: &str, columns, rows| Cell { text: text(content), columns, rows };
    let one = |content: &str| Table::cell(text(content));
    Block::Table(Table {
        columns: vec![
            column(80, Align::Centre),
            column(400, Align::Left),
            column(130, Align::Centre),
            column(130, Align::Right),
            column(130, Align::Right),
            column(130, Align::Right),
        ],
        header: vec![
            vec![
                spanning("TT", 1, 2),
                spanning("Chỉ tiêu", 1, 2),
                spanning("Đơn vị tính", 1, 2),
                spanning("Sáu tháng đầu năm", 3, 1),
            ],
            vec![one("Kế hoạch"), one("Thực hiện"), one("Tỷ lệ (%)")],
        ],
        rows: (1..=rows)
            .map(|row| {
                vec![
                    one(&row.to_string()),
                    one(&format!("Chỉ tiêu số {row} về sản xuất nông nghiệp, xây dựng nông thôn mới")),
                    one("tỷ đồng"),
                    one(&format!("{row}.250,0")),
                    Table::cell(vec![figure(&format!("{row}.231,2"), &format!("chi-tieu-{row}"))]),
                    one("62,5"),
                ]
            })
            .collect(),
        totals: vec![vec![spanning("Tổng cộng", 3, 1), one("9.999,9"), one("8.888,8"), one("88,9")]],
    })
}
