//! The plan that launches a movement (kế hoạch phát động).

use thidua_base::Date;
use thidua_domain::movement::{Addressee, Movement, Terms};
use thidua_paper::tree::{Align, Annex, NumberStyle, Sheet};

use super::{called, listed, sentence, typed};
use crate::official::{House, Kind, Paper, Signature, Stamp, dash, paragraph, part, section, table, text};

/// Units that are still named among the recipients; more of them stand in an annex.
const NAMED_MAX: usize = 10;

/// What a plan is made from.
#[derive(Debug, Clone)]
pub struct PlanOf<'a> {
    /// Who issues it.
    pub house: House,
    /// Who signs it.
    pub signature: Signature,
    /// The day whose names and layout hold: of the launch, or today before it.
    pub dated: Date,
    /// The movement.
    pub movement: &'a Movement,
    /// What it asks.
    pub terms: &'a Terms,
    /// The name of who launches it.
    pub launcher: &'a str,
    /// The movement it carries out.
    pub parent: Option<&'a Movement>,
    /// The instrument it rests on, as cited in full; empty where none is named.
    pub basis: String,
    /// The units called on, by name, each with its last day to register.
    pub units: Vec<(String, Date)>,
    /// What is stamped on it.
    pub stamps: Vec<Stamp>,
}

/// The plan.
pub fn plan(of: PlanOf<'_>) -> Paper {
    let (movement, terms) = (of.movement, of.terms);
    let name = called(movement);
    let mut grounds = Vec::new();
    if !of.basis.is_empty() {
        grounds.push(format!("thực hiện {}", of.basis));
    }
    if let Some(parent) = of.parent {
        grounds.push(format!("hưởng ứng {}", called(parent)));
    }
    let opening = match grounds.join("; ") {
        none if none.is_empty() => format!("{} ban hành Kế hoạch phát động {name} như sau:", of.launcher),
        some => format!("{some}, {} ban hành Kế hoạch phát động {name} như sau:", of.launcher),
    };
    let mut asked: Vec<_> = typed(&movement.content).collect();
    asked.extend(listed(&terms.contents, dash));
    let people: Vec<&str> = terms.addressees.iter().map(|known| addressee(*known)).collect();
    let time = match terms.to {
        Some(last) => format!("Từ {} đến {}.", terms.from.in_words(), last.in_words()),
        None => format!("Từ {}, thực hiện thường xuyên hằng năm.", terms.from.in_words()),
    };
    let mut body = vec![
        paragraph(text(thidua_base::text::upper_first(&opening))),
        section("noi-dung", "Nội dung thi đua", asked),
        section(
            "doi-tuong-thoi-gian",
            "Đối tượng, thời gian",
            vec![
                part("doi-tuong", NumberStyle::Arabic, "Đối tượng", typed(&upper(&people.join("; "))).collect()),
                part("thoi-gian", NumberStyle::Arabic, "Thời gian", typed(&time).collect()),
            ],
        ),
    ];
    if !terms.criteria.is_empty() {
        body.push(section("tieu-chi", "Tiêu chí thi đua", listed(&terms.criteria, dash)));
    }
    if !terms.standards.is_empty() {
        body.push(section("khen-thuong", "Tiêu chuẩn khen thưởng", listed(&terms.standards, dash)));
    }
    let register = format!(
        "Các đơn vị được phát động đăng ký thi đua, ký giao ước thi đua và gửi {} trước hoặc trong {}; tổ chức thực hiện, \
         báo cáo tiến độ kèm minh chứng và báo cáo sơ kết, tổng kết khi có yêu cầu.",
        of.launcher,
        terms.register_by.in_words()
    );
    let lead = format!(
        "{} theo dõi, đôn đốc, kiểm tra việc thực hiện; tổ chức sơ kết, tổng kết và xét, đề nghị khen thưởng tập thể, cá \
         nhân có thành tích.",
        of.launcher
    );
    let close = format!("Trên đây là Kế hoạch phát động {name}. Yêu cầu các đơn vị nghiêm túc tổ chức thực hiện./.");
    body.push(section(
        "thuc-hien",
        "Tổ chức thực hiện",
        vec![paragraph(text(sentence(&register))), paragraph(text(sentence(&lead))), paragraph(text(close))],
    ));
    let (mut recipients, annexes) = if of.units.len() > NAMED_MAX {
        let columns = [("TT", 1, Align::Centre), ("Đơn vị", 7, Align::Left), ("Hạn đăng ký", 2, Align::Centre)];
        let rows = of.units.iter().enumerate().map(|(place, (unit, until))| {
            vec![text((place + 1).to_string()), text(unit.clone()), text(until.in_table())]
        });
        let list = table(&columns, rows.collect(), Vec::new());
        let annex = Annex {
            title: "Danh sách đơn vị được phát động".into(), sheet: Sheet::Portrait, body: vec![list]
        };
        (vec!["Các đơn vị được phát động (theo danh sách)".to_owned()], vec![annex])
    } else {
        (of.units.iter().map(|(unit, _)| unit.clone()).collect(), Vec::new())
    };
    recipients.push("Lưu: VT".to_owned());
    Paper {
        kind: Kind::Plan,
        house: of.house,
        number: None,
        issued_on: None,
        dated: of.dated,
        about: text(format!("Phát động {name}")),
        addressees: Vec::new(),
        body,
        recipients,
        signature: of.signature,
        beside: None,
        annexes,
        stamps: of.stamps,
    }
}

fn upper(text: &str) -> String {
    thidua_base::text::upper_first(text)
}

fn addressee(of: Addressee) -> &'static str {
    match of {
        Addressee::Officials => "cán bộ, công chức, viên chức",
        Addressee::DirectWorkers => "người lao động trực tiếp",
        Addressee::Farmers => "nông dân",
        Addressee::PrivateEnterprises => "doanh nghiệp tư nhân, hợp tác xã",
        Addressee::Pupils => "học sinh, sinh viên",
        Addressee::ArmedForces => "lực lượng vũ trang",
        Addressee::Women => "phụ nữ",
        Addressee::Youth => "thanh niên",
        Addressee::Veterans => "cựu chiến binh",
        Addressee::Households => "Nhân dân, hộ gia đình, khu dân cư",
    }
}
