//! What changes in the book between two days, in words.

use std::collections::BTreeMap;

use thidua_base::Date;
use thidua_base::code::HonourCode;

use crate::book::Book;
use crate::case_table::TABLES;
use crate::condition::Condition;
use crate::honour::Honour;
use crate::say;
use crate::table::Said;
use crate::vocabulary::Word;

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Of which honour; `None` for what stands before all.
    pub honour: Option<HonourCode>,
    /// What it is about: `hieu-luc`, `dieu-kien`, a table, `dieu-kien-chung`, `luong-co-so`.
    pub about: String,
    /// Where the later state is read.
    pub cite: Option<String>,
    /// In words.
    pub said: Said,
}

/// What is different on the later of two days.
pub fn diff(book: &Book, before: Date, after: Date, only: Option<&HonourCode>) -> Vec<Change> {
    let mut changes = Vec::new();
    for honour in book.honours().filter(|honour| only.is_none_or(|code| honour.code == *code)) {
        of_honour(book, honour, before, after, &mut changes);
    }
    if only.is_none() {
        of_gates(book, before, after, &mut changes);
        let salary = |day| book.rules().base_salary(day).map(|row| row.what.vnd);
        if salary(before) != salary(after) {
            let words = |vnd: Option<i64>, none: &str| vnd.map_or_else(|| none.to_owned(), |vnd| vnd.to_string());
            changes.push(Change {
                honour: None,
                about: "luong-co-so".to_owned(),
                cite: book.rules().base_salary(after).map(|row| row.cite.to_string()),
                said: Said::new(
                    format!(
                        "Lương cơ sở: {} → {} đồng",
                        words(salary(before), "chưa có"),
                        words(salary(after), "chưa có")
                    ),
                    format!("Base salary: {} → {} đồng", words(salary(before), "none"), words(salary(after), "none")),
                ),
            });
        }
    }
    changes
}

fn of_honour(book: &Book, honour: &Honour, before: Date, after: Date, changes: &mut Vec<Change>) {
    let mut add = |about: &str, cite: Option<String>, vi: String, en: String| {
        let (honour, about) = (Some(honour.code.clone()), about.to_owned());
        changes.push(Change { honour, about, cite, said: Said::new(vi, en) });
    };
    match (honour.version(before), honour.version(after)) {
        (None, None) => {}
        (Some(_), None) => add("hieu-luc", None, "Thôi áp dụng".to_owned(), "No longer in force".to_owned()),
        (None, Some(version)) => {
            let vi = format!("Có từ {}", version.span.from.in_table());
            add("hieu-luc", Some(version.source.to_string()), vi, format!("In force from {}", version.span.from));
        }
        (Some(old), Some(new)) => {
            if let Some(unread) = new.unread.as_ref().filter(|unread| old.unread.as_ref() != Some(unread)) {
                let vi = format!("Bị văn bản {unread} tác động, chưa đọc được nguyên văn: chưa kết luận được");
                let en = format!("Touched by {unread}, which was not read: nothing is final");
                add("hieu-luc", Some(unread.to_string()), vi, en);
            }
            if old.name != new.name && honour.name_on(before) != honour.name_on(after) {
                let (was, is) = (honour.name_on(before), honour.name_on(after));
                add("ten", None, format!("Tên: {} → {}", was.vi, is.vi), format!("Name: {} → {}", was.en, is.en));
            }
            let conditions = |list: &[Condition]| -> BTreeMap<String, (Said, String)> {
                let one = |condition: &Condition| {
                    let id = condition.node.id.clone().unwrap_or_default();
                    (id, (say::node(book.rules(), &condition.node), condition.node.cite.to_string()))
                };
                list.iter().map(one).collect()
            };
            let (was, is) = (conditions(&old.conditions), conditions(&new.conditions));
            for (id, (said, cite)) in &is {
                match was.get(id) {
                    None => {
                        let (vi, en) = (format!("Thêm điều kiện: {}", said.vi), format!("New condition: {}", said.en));
                        add("dieu-kien", Some(cite.clone()), vi, en);
                    }
                    Some((before, _)) if before != said => {
                        let vi = format!("Đổi điều kiện: {} → {}", before.vi, said.vi);
                        let en = format!("Changed condition: {} → {}", before.en, said.en);
                        add("dieu-kien", Some(cite.clone()), vi, en);
                    }
                    Some(_) => {}
                }
            }
            for (_, (said, cite)) in was.iter().filter(|(id, _)| !is.contains_key(*id)) {
                let (vi, en) = (format!("Bỏ điều kiện: {}", said.vi), format!("Condition gone: {}", said.en));
                add("dieu-kien", Some(cite.clone()), vi, en);
            }
        }
    }
    for table in TABLES {
        let (was, is) =
            (book.rows_in_words(&honour.code, table, before), book.rows_in_words(&honour.code, table, after));
        let lists = |rows: &[String]| if rows.is_empty() { "–".to_owned() } else { rows.join("; ") };
        let (gone, new): (Vec<String>, Vec<String>) = (
            was.iter().filter(|row| !is.contains(row)).cloned().collect(),
            is.iter().filter(|row| !was.contains(row)).cloned().collect(),
        );
        if !gone.is_empty() || !new.is_empty() {
            let name = table_name(table);
            let (gone, new) = (lists(&gone), lists(&new));
            add(table, None, format!("{}: {gone} → {new}", name.0), format!("{}: {gone} → {new}", name.1));
        }
    }
}

fn table_name(table: &str) -> (&'static str, &'static str) {
    match table {
        "decider" => ("Thẩm quyền quyết định", "Who decides"),
        "proposer" => ("Nơi đề nghị", "Who proposes"),
        "paper" => ("Hồ sơ", "Papers"),
        "vote" => ("Tỷ lệ phiếu", "Votes"),
        "deadline" => ("Hạn nộp", "Deadlines"),
        "processing" => ("Thời gian xử lý", "Processing times"),
        "bonus" => ("Mức tiền thưởng", "Bonus"),
        "quota" => ("Tỷ lệ tối đa", "Quota"),
        _ => ("Thời gian chờ", "Waiting time"),
    }
}

fn of_gates(book: &Book, before: Date, after: Date, changes: &mut Vec<Change>) {
    for gate in &book.rules().gates {
        let (was, is) = (gate.span.has(before), gate.span.has(after));
        if was == is {
            continue;
        }
        let (vi, en) =
            if is { ("Thêm điều kiện chung", "New gate") } else { ("Bỏ điều kiện chung", "Gate gone") };
        changes.push(Change {
            honour: None,
            about: "dieu-kien-chung".to_owned(),
            cite: Some(gate.node.cite.to_string()),
            said: Said::new(
                format!("{vi}: {} ({})", gate.name.vi, gate.effect.vi()),
                format!("{en}: {} ({})", gate.name.en, gate.effect.en()),
            ),
        });
    }
}
