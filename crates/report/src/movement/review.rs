//! The report of a review (báo cáo sơ kết, tổng kết): who took part, who answered and who is late, registered against
//! reached, what the units tell, what is concluded.

use thidua_base::Date;
use thidua_domain::movement::{Movement, Outturn, ReviewAnswer, ReviewKind, Round, Standing};
use thidua_paper::tree::{Align, Annex, Block, NumberStyle, Sheet};
use thidua_prose::write::join_vi;

use super::{TargetLine, TitleLine, called, count, sentence, targets, typed};
use crate::official::{House, Kind, Paper, Signature, Stamp, dash, paragraph, part, section, table, text};

/// Figures that still stand in the text; more of them stand in an annex.
const TARGETS_MAX: usize = 12;

/// What the report of a review is made from.
#[derive(Debug, Clone)]
pub struct ReviewOf<'a> {
    /// Who issues it.
    pub house: House,
    /// Who signs it.
    pub signature: Signature,
    /// The day it speaks of: of the conclusion, or today before it.
    pub dated: Date,
    /// The movement.
    pub movement: &'a Movement,
    /// The name of who launched it.
    pub launcher: &'a str,
    /// The day of the launch.
    pub launched_on: Option<Date>,
    /// The review.
    pub round: &'a Round,
    /// Units that registered, of those called on.
    pub registered: usize,
    /// Units that signed their pledge.
    pub signed: usize,
    /// The units called on, by name.
    pub rows: Vec<ReviewRow<'a>>,
    /// The titles that units registered for.
    pub titles: Vec<TitleLine>,
    /// The figures that units registered.
    pub targets: Vec<TargetLine>,
    /// What is stamped on it.
    pub stamps: Vec<Stamp>,
}

/// A unit in a review.
#[derive(Debug, Clone)]
pub struct ReviewRow<'a> {
    /// Its name.
    pub unit: &'a str,
    /// How it stands.
    pub standing: Standing,
    /// Its answer that counts.
    pub answer: Option<&'a ReviewAnswer>,
}

/// The report.
pub fn review(of: ReviewOf<'_>) -> Paper {
    let name = called(of.movement);
    let word = match of.round.kind {
        ReviewKind::Interim => "sơ kết",
        ReviewKind::Final => "tổng kết",
    };
    let since = of.launched_on.map(|day| format!(" {}", day.in_words())).unwrap_or_default();
    let opening =
        format!("Thực hiện {name} do {} phát động{since}, kết quả đến {} như sau:", of.launcher, of.dated.in_words());
    let mut body = vec![paragraph(text(opening)), section("tham-gia", "Tình hình tổ chức thực hiện", took_part(&of))];
    let mut annexes = Vec::new();
    let mut results = Vec::new();
    if !of.targets.is_empty() {
        let mut block = vec![paragraph(text(reached(&of.targets)))];
        let listed = targets(&of.targets, true);
        if of.targets.len() > TARGETS_MAX {
            annexes.push(Annex {
                title: "Chỉ tiêu đăng ký và kết quả thực hiện".into(),
                sheet: Sheet::Landscape,
                body: vec![listed],
            });
            block.push(paragraph(text("(Chi tiết theo Phụ lục kèm theo).")));
        } else {
            block.push(listed);
        }
        results.push(part("chi-tieu", NumberStyle::Arabic, "Chỉ tiêu đăng ký", block));
    }
    if !of.titles.is_empty() {
        results.push(part("danh-hieu", NumberStyle::Arabic, "Danh hiệu thi đua đăng ký", vec![titles(&of.titles)]));
    }
    let told = told(&of.rows, |answer| &answer.results);
    if !told.is_empty() {
        results.push(part("don-vi", NumberStyle::Arabic, "Kết quả của các đơn vị", told));
    }
    if results.is_empty() {
        results.push(paragraph(text("Chưa có đơn vị nào báo cáo kết quả.")));
    }
    body.push(section("ket-qua", "Kết quả thực hiện", results));
    for (id, title, lines) in [
        ("ton-tai", "Tồn tại, hạn chế và nguyên nhân", self::told(&of.rows, |answer| &answer.shortfalls)),
        ("de-xuat", "Đề xuất, kiến nghị", self::told(&of.rows, |answer| &answer.proposals)),
    ] {
        if !lines.is_empty() {
            body.push(section(id, title, lines));
        }
    }
    let close = format!("Trên đây là báo cáo {word} {name}./.");
    match of.round.conclusion.as_deref().map(|said| typed(said).collect::<Vec<_>>()) {
        Some(mut said) if !said.is_empty() => {
            said.push(paragraph(text(close)));
            body.push(section("ket-luan", "Đánh giá chung", said));
        }
        Some(_) | None => body.push(paragraph(text(close))),
    }
    Paper {
        kind: Kind::Report,
        house: of.house,
        number: None,
        issued_on: None,
        dated: of.dated,
        about: text(format!("{} {name}", thidua_base::text::upper_first(word))),
        addressees: Vec::new(),
        body,
        recipients: vec!["Các đơn vị được phát động".into(), "Lưu: VT".into()],
        signature: of.signature,
        beside: None,
        annexes,
        stamps: of.stamps,
    }
}

/// Who was called on, registered, signed and answered; the late are named.
fn took_part(of: &ReviewOf<'_>) -> Vec<Block> {
    let all = of.rows.len();
    let of_kind = |wanted: fn(Standing) -> bool| -> Vec<&str> {
        of.rows.iter().filter(|row| wanted(row.standing)).map(|row| row.unit).collect()
    };
    let in_time = of_kind(|standing| matches!(standing, Standing::Answered(_)));
    let after = of_kind(|standing| matches!(standing, Standing::AnsweredLate(_)));
    let late = of_kind(|standing| standing == Standing::Late);
    let awaited = of_kind(|standing| standing == Standing::Awaited);
    let mut lines = vec![
        format!(
            "Có {} đơn vị được phát động; {} đơn vị đã đăng ký, trong đó {} đơn vị đã ký giao ước thi đua.",
            count(all),
            count(of.registered),
            count(of.signed)
        ),
        format!(
            "Hạn báo cáo là {}; {}/{} đơn vị đã báo cáo.",
            of.round.due_on.in_words(),
            count(in_time.len() + after.len()),
            count(all)
        ),
    ];
    for (lead, units) in [
        ("đơn vị báo cáo sau hạn", after),
        ("đơn vị quá hạn chưa báo cáo", late),
        ("đơn vị còn trong hạn, chưa báo cáo", awaited),
    ] {
        if !units.is_empty() {
            lines.push(format!("Có {} {lead}: {}.", count(units.len()), join_vi(&units)));
        }
    }
    let mut blocks: Vec<Block> = lines.into_iter().map(|line| paragraph(text(line))).collect();
    if !of.round.asked.is_empty() {
        blocks.insert(1, paragraph(text(sentence(&format!("Nội dung yêu cầu báo cáo: {}", of.round.asked)))));
    }
    blocks
}

/// `Có 03/05 chỉ tiêu đăng ký đạt hoặc vượt; …`
fn reached(lines: &[TargetLine]) -> String {
    let counted = |wanted: Outturn| lines.iter().filter(|line| line.outturn == wanted).count();
    let mut said = format!("Có {}/{} chỉ tiêu đăng ký đạt", count(counted(Outturn::Reached)), count(lines.len()));
    for (wanted, words) in [(Outturn::Missed, "chưa đạt"), (Outturn::NotReported, "chưa có số liệu")] {
        if counted(wanted) > 0 {
            said.push_str(&format!(", {} chỉ tiêu {words}", count(counted(wanted))));
        }
    }
    said + "."
}

fn titles(lines: &[TitleLine]) -> Block {
    let columns = [
        ("TT", 5, Align::Centre),
        ("Danh hiệu", 35, Align::Left),
        ("Đơn vị đăng ký", 15, Align::Right),
        ("Đơn vị có kết quả", 15, Align::Right),
        ("Tập thể đạt", 15, Align::Right),
        ("Cá nhân đạt", 15, Align::Right),
    ];
    let number = |number: usize| text(number.to_string());
    let rows = lines.iter().enumerate().map(|(place, line)| {
        vec![
            number(place + 1),
            text(line.name.clone()),
            number(line.registered),
            number(line.reached),
            number(line.collectives),
            number(line.persons),
        ]
    });
    table(&columns, rows.collect(), Vec::new())
}

/// What units tell, an entry for each that tells something.
fn told(rows: &[ReviewRow<'_>], of: fn(&ReviewAnswer) -> &String) -> Vec<Block> {
    let said = rows.iter().filter_map(|row| Some((row.unit, of(row.answer?))));
    let said = said.filter(|(_, said)| !said.trim().is_empty());
    said.map(|(unit, said)| {
        let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        dash(text(sentence(&format!("{unit}: {}", lines.join(" ")))))
    })
    .collect()
}
