//! A draft of an achievement report (báo cáo thành tích) from what is known of the nominee; a person edits it afterwards.

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::honour::Subject;
use thidua_domain::subject::{About, Born, Details, Fact};
use thidua_law::vocabulary::Word;

/// What a draft is made from.
#[allow(missing_debug_implementations, reason = "holds closures")]
pub struct Achieved<'a> {
    /// Who is nominated.
    pub details: &'a Details,
    /// The facts that count.
    pub facts: &'a [&'a Fact],
    /// The unit that nominates, by name.
    pub unit: &'a str,
    /// The honour, by name.
    pub honour: &'a str,
    /// The award year.
    pub year: i16,
    /// The achievement in a line.
    pub achievement: &'a str,
    /// The name of an honour.
    pub honour_name: &'a dyn Fn(&HonourCode) -> String,
    /// The name of a unit on a day.
    pub unit_name: &'a dyn Fn(&OrgId, Date) -> String,
}

/// Years of which ratings and initiatives are told.
const YEARS: i16 = 5;

/// Where a person has to write.
const TO_WRITE: &str = "(bổ sung)";

/// The draft, line by line; what is not known is left to be written and marked so.
pub fn draft(of: &Achieved<'_>) -> String {
    let mut lines = vec![
        "BÁO CÁO THÀNH TÍCH".to_owned(),
        format!("Đề nghị tặng: {}", of.honour),
        format!("{}: {}", name_word(of.details.kind), of.details.name),
        String::new(),
        "I. SƠ LƯỢC".to_owned(),
    ];
    lines.extend(outline(of));
    lines.extend([String::new(), "II. THÀNH TÍCH ĐẠT ĐƯỢC".to_owned(), format!("- {}", of.achievement)]);
    let done = achieved(of);
    if done.is_empty() {
        lines.push(format!("- Kết quả thực hiện nhiệm vụ năm {}: {TO_WRITE}", of.year));
    }
    lines.extend(done);
    lines.extend([String::new(), "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG".to_owned()]);
    let awards = awarded(of);
    lines.extend(if awards.is_empty() { vec![format!("- {TO_WRITE}")] } else { awards });
    lines.join("\n")
}

fn name_word(kind: Subject) -> &'static str {
    match kind {
        Subject::Individual => "Họ và tên",
        Subject::Collective => "Tên tập thể",
        Subject::Household => "Hộ gia đình ông, bà",
    }
}

fn outline(of: &Achieved<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let born = match (of.details.kind, of.details.born) {
        (Subject::Collective, Born::Unknown) => format!("- Thành lập: {TO_WRITE}"),
        (Subject::Collective, born) => format!("- Thành lập: {}", born.in_table()),
        (Subject::Household, _) => format!("- Nơi ở: {}", or_write(&of.details.place)),
        (Subject::Individual, Born::Unknown) => format!("- Ngày sinh: {TO_WRITE}"),
        (Subject::Individual, Born::Year(year)) => format!("- Năm sinh: {year}"),
        (Subject::Individual, Born::On(day)) => format!("- Ngày sinh: {}", day.in_table()),
    };
    lines.push(born);
    let mut places: Vec<_> = of
        .facts
        .iter()
        .filter_map(|fact| match &fact.about {
            About::Position(place) => Some(place),
            _ => None,
        })
        .collect();
    places.sort_by_key(|place| place.from);
    match places.last() {
        Some(place) => {
            let unit = (of.unit_name)(&place.unit, place.from);
            let post = if place.post.is_empty() { String::new() } else { format!("{}, ", place.post) };
            lines.push(format!("- Chức vụ, nơi công tác: {post}{unit}"));
        }
        None => lines.push(format!("- Nơi công tác: {}", of.unit)),
    }
    if let Some(day) = of.details.recruited_on {
        lines.push(format!("- Ngày vào ngành: {}", day.in_table()));
    }
    lines
}

fn or_write(text: &str) -> &str {
    if text.is_empty() { TO_WRITE } else { text }
}

/// Ratings, initiatives and ranks of the last years, the oldest first.
fn achieved(of: &Achieved<'_>) -> Vec<String> {
    let is_near = |year: i16| year > of.year - YEARS && year <= of.year;
    let mut told: Vec<(i16, String)> = Vec::new();
    for fact in of.facts {
        match &fact.about {
            About::Rating(rating) if is_near(rating.year) => {
                told.push((rating.year, format!("- Năm {}: xếp loại {}", rating.year, rating.grade.vi())));
            }
            About::Initiative(one) if is_near(one.year) => {
                let line = format!(
                    "- Năm {}: {} “{}” ({}, ngày {})",
                    one.year,
                    one.kind.vi(),
                    one.name,
                    one.number,
                    one.decided_on.in_table()
                );
                told.push((one.year, line));
            }
            About::Ranking(ranking) if is_near(ranking.year) => {
                told.push((
                    ranking.year,
                    format!("- Năm {}: xếp thứ {} trong cụm, khối thi đua", ranking.year, ranking.rank),
                ));
            }
            _ => {}
        }
    }
    told.sort();
    told.into_iter().map(|(_, line)| line).collect()
}

fn awarded(of: &Achieved<'_>) -> Vec<String> {
    let mut told: Vec<(Date, String)> = Vec::new();
    for fact in of.facts {
        if let About::Award(held) = &fact.about
            && held.revoked_on.is_none()
        {
            let line = format!(
                "- Năm {}: {} (số {}, ngày {}, {})",
                held.year,
                (of.honour_name)(&held.honour),
                held.number,
                held.decided_on.in_table(),
                held.authority.vi()
            );
            told.push((held.decided_on, line));
        }
    }
    told.sort();
    told.into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use thidua_base::Timestamp;
    use thidua_domain::subject::fact::FactKind;
    use thidua_domain::subject::{Entered, Fields};
    use thidua_domain::{Origin, Provenance};

    use super::*;

    fn fact(kind: FactKind, fields: &[(&str, &str)]) -> Fact {
        Fact {
            id: thidua_base::Code::parse("f-1").unwrap(),
            subject: thidua_base::Code::parse("s-1").unwrap(),
            about: About::read(kind, &Fields::of(fields.iter().copied())).unwrap(),
            supersedes: None,
            provenance: Provenance { origin: Origin::Sample, source: "mẫu".into() },
            entered: Entered {
                by: "Hòa".into(),
                at: Timestamp::parse("2020-07-05T02:00:00Z").unwrap(),
                reason: String::new(),
            },
        }
    }

    #[test]
    fn a_draft_tells_what_is_known_and_marks_what_is_to_be_written() {
        let mut details = Details::named(Subject::Individual, "Lê Văn Ấn");
        let facts = [
            fact(FactKind::Rating, &[("year", "2025"), ("grade", "hoan-thanh-xuat-sac")]),
            fact(FactKind::Rating, &[("year", "2015"), ("grade", "hoan-thanh")]),
        ];
        let facts: Vec<&Fact> = facts.iter().collect();
        let draft_of = |details: &Details, facts: &[&Fact]| {
            draft(&Achieved {
                details,
                facts,
                unit: "Xã A",
                honour: "Giấy khen của Chủ tịch UBND xã",
                year: 2025,
                achievement: "Cứu người trong lũ",
                honour_name: &|code| code.to_string(),
                unit_name: &|unit, _| unit.to_string(),
            })
        };
        let text = draft_of(&details, &facts);
        for part in
            ["Lê Văn Ấn", "Năm 2025: xếp loại", "Cứu người trong lũ", "Ngày sinh: (bổ sung)", "Nơi công tác: Xã A"]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("2015"), "only the last years are told");
        details.born = Born::Year(1980);
        let bare = draft_of(&details, &[]);
        assert!(bare.contains("Năm sinh: 1980") && bare.contains("Kết quả thực hiện nhiệm vụ năm 2025: (bổ sung)"));
    }
}
