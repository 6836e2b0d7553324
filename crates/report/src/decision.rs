//! The paper of a decision on awards (quyết định khen thưởng), Decree 30/2020, Appendix III, Mẫu 1.2: grounds, articles, list.

use thidua_base::{Date, Number};
use thidua_paper::tree::{Align, Annex, NumberStyle, Sheet};

use crate::official::{House, Kind, Paper, Signature, Stamp, article, paragraph, part, table, text};

/// Lines that still stand in the article; more of them stand in an annex.
const NAMED_MAX: usize = 3;

/// What the paper of a decision is made from.
#[derive(Debug, Clone)]
pub struct DecisionOf<'a> {
    /// Who issues it.
    pub house: House,
    /// Who signs it.
    pub signature: Signature,
    /// Its number with its symbol as registered, before the first slash; `None` while it has none.
    pub number: Option<String>,
    /// The day it was signed; `None` before.
    pub issued_on: Option<Date>,
    /// The day whose names and law hold.
    pub dated: Date,
    /// What it is about: `Về việc tặng Giấy khen …`.
    pub title: &'a str,
    /// Who has the authority, as printed: `Chủ tịch UBND huyện`.
    pub authority: &'a str,
    /// The laws and decrees it rests on, as cited in full.
    pub grounds: Vec<String>,
    /// Who proposed it; empty where nobody is named.
    pub proposer: &'a str,
    /// Whom, in the order of the annex.
    pub lines: Vec<LineOf<'a>>,
    /// What is stamped on it.
    pub stamps: Vec<Stamp>,
}

/// One case of the list.
#[derive(Debug, Clone)]
pub struct LineOf<'a> {
    /// The name as it stands in the decision.
    pub name: &'a str,
    /// The unit.
    pub unit: &'a str,
    /// The honour's name.
    pub honour: &'a str,
    /// For what; may be empty.
    pub achievement: &'a str,
    /// Whether it is a person; else a collective or a household.
    pub is_person: bool,
    /// The bonus, in đồng; zero where the book knows none.
    pub vnd: i64,
}

/// The paper.
pub fn decision(of: DecisionOf<'_>) -> Paper {
    let ends = |grounds: Vec<String>| grounds.into_iter().map(|ground| paragraph(text(format!("Căn cứ {ground};"))));
    let mut opening: Vec<_> = ends(of.grounds).collect();
    if !of.proposer.is_empty() {
        opening.push(paragraph(text(format!("Theo đề nghị của {}.", of.proposer))));
    }
    let is_long = of.lines.len() > NAMED_MAX;
    let total: i64 = of.lines.iter().map(|line| line.vnd).sum();
    let mut articles = Vec::new();
    if is_long {
        articles.push(article(text(format!("{} (có danh sách kèm theo).", grants(&of.lines)))));
    } else {
        for line in &of.lines {
            articles.push(article(text(format!(
                "Tặng {} cho {}{}{}.",
                line.honour,
                line.name,
                if line.unit == line.name { String::new() } else { format!(", {}", line.unit) },
                cause(line.achievement)
            ))));
        }
    }
    if total > 0 {
        articles.push(article(text(format!(
            "Kèm theo tiền thưởng, tổng số {} đồng, chi từ quỹ thi đua, khen thưởng theo quy định.",
            money(total)
        ))));
    }
    articles.push(article(text(
        "Thủ trưởng các cơ quan, đơn vị liên quan và tập thể, cá nhân có tên tại Quyết định này chịu trách nhiệm thi hành. \
         Quyết định có hiệu lực từ ngày ký./."
            .to_owned(),
    )));
    let last = articles.len();
    let body = vec![
        part("tham-quyen", NumberStyle::Centred, &of.authority.to_uppercase(), opening),
        part("quyet-dinh", NumberStyle::Centred, "QUYẾT ĐỊNH:", articles),
    ];
    let annexes = match is_long {
        true => {
            vec![Annex {
                title: "Danh sách khen thưởng".into(), sheet: Sheet::Landscape, body: vec![list(&of.lines)]
            }]
        }
        false => Vec::new(),
    };
    Paper {
        kind: Kind::Decision,
        house: of.house,
        number: of.number,
        issued_on: of.issued_on,
        dated: of.dated,
        about: text(of.title.to_owned()),
        addressees: Vec::new(),
        body,
        recipients: vec![format!("Như Điều {last}"), "Lưu: VT".to_owned()],
        signature: of.signature,
        beside: None,
        annexes,
        stamps: of.stamps,
    }
}

/// `Tặng Giấy khen cho 3 tập thể và 12 cá nhân`, once for each honour.
fn grants(lines: &[LineOf<'_>]) -> String {
    let mut honours: Vec<&str> = Vec::new();
    for line in lines {
        if !honours.contains(&line.honour) {
            honours.push(line.honour);
        }
    }
    let each = honours.into_iter().map(|honour| {
        let of = |is_person| lines.iter().filter(|line| line.honour == honour && line.is_person == is_person).count();
        let (others, persons) = (of(false), of(true));
        let whom = match (others, persons) {
            (0, persons) => format!("{persons} cá nhân"),
            (others, 0) => format!("{others} tập thể, hộ gia đình"),
            (others, persons) => format!("{others} tập thể, hộ gia đình và {persons} cá nhân"),
        };
        format!("tặng {honour} cho {whom}")
    });
    thidua_base::text::upper_first(&each.collect::<Vec<_>>().join("; "))
}

fn cause(achievement: &str) -> String {
    if achievement.is_empty() { String::new() } else { format!(", đã có thành tích: {achievement}") }
}

fn list(lines: &[LineOf<'_>]) -> thidua_paper::tree::Block {
    let columns = [
        ("TT", 1, Align::Centre),
        ("Họ và tên, tập thể", 6, Align::Left),
        ("Đơn vị", 6, Align::Left),
        ("Hình thức, danh hiệu", 5, Align::Left),
        ("Thành tích", 7, Align::Left),
        ("Tiền thưởng (đồng)", 3, Align::Right),
    ];
    let rows = lines.iter().enumerate().map(|(place, line)| {
        let bonus = if line.vnd > 0 { money(line.vnd) } else { String::new() };
        vec![
            text((place + 1).to_string()),
            text(line.name.to_owned()),
            text(line.unit.to_owned()),
            text(line.honour.to_owned()),
            text(line.achievement.to_owned()),
            text(bonus),
        ]
    });
    let sum = lines.iter().map(|line| line.vnd).sum();
    let blank = || text(String::new());
    let totals = vec![vec![blank(), text("Tổng cộng".to_owned()), blank(), blank(), blank(), text(money(sum))]];
    table(&columns, rows.collect(), totals)
}

fn money(vnd: i64) -> String {
    Number::new(vnd, 0).map_or_else(|| vnd.to_string(), Number::vi)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &'static str, is_person: bool) -> LineOf<'static> {
        LineOf {
            name,
            unit: "Phòng Giáo dục và Đào tạo",
            honour: "Giấy khen",
            achievement: "phòng, chống dịch",
            is_person,
            vnd: 447_000,
        }
    }

    fn written(lines: Vec<LineOf<'_>>) -> String {
        let paper = decision(DecisionOf {
            house: House {
                superior: None,
                issuer: vec!["ỦY BAN NHÂN DÂN".into(), "HUYỆN TRIỆU SƠN".into()],
                place: "Triệu Sơn".into(),
                symbol: "UBND".into(),
                authority: Vec::new(),
            },
            signature: Signature {
                authority: vec!["KT. CHỦ TỊCH".into(), "PHÓ CHỦ TỊCH".into()], signer: None
            },
            number: None,
            issued_on: None,
            dated: Date::parse("2020-06-26").unwrap(),
            title: "Về việc tặng Giấy khen",
            authority: "Chủ tịch UBND huyện Triệu Sơn",
            grounds: vec!["Luật Thi đua, khen thưởng".into()],
            proposer: "Phòng Nội vụ",
            lines,
            stamps: vec![Stamp::Draft],
        });
        thidua_paper::text::write(&paper.document()).replace('\u{a0}', " ")
    }

    #[test]
    fn few_are_named_in_the_articles() {
        let paper = written(vec![line("Lê Thị Nguyệt", true)]);
        for said in [
            "CHỦ TỊCH UBND HUYỆN TRIỆU SƠN",
            "Căn cứ Luật Thi đua, khen thưởng;",
            "Theo đề nghị của Phòng Nội vụ.",
            "Điều 1. Tặng Giấy khen cho Lê Thị Nguyệt, Phòng Giáo dục và Đào tạo, đã có thành tích: phòng, chống dịch.",
            "Điều 2. Kèm theo tiền thưởng, tổng số 447.000 đồng",
            "- Như Điều 3;",
            "DỰ THẢO",
        ] {
            assert!(paper.contains(said), "{said}\n{paper}");
        }
        assert!(!paper.contains("Danh sách"), "{paper}");
    }

    #[test]
    fn many_stand_in_a_list_with_its_sum() {
        let persons = ["Lê A", "Lê B", "Lê C"].map(|name| line(name, true));
        let all: Vec<_> = persons.into_iter().chain([line("Trường Tiểu học Dân Lý", false)]).collect();
        let paper = written(all);
        let said = "Điều 1. Tặng Giấy khen cho 1 tập thể, hộ gia đình và 3 cá nhân (có danh sách kèm theo).";
        assert!(paper.contains(said), "{paper}");
        assert!(paper.to_lowercase().contains("danh sách khen thưởng") && paper.contains("1.788.000"), "{paper}");
    }
}
