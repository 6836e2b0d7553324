//! The first lines of a new honour, with the cases its conditions make.

use std::fmt::Write as _;

use thidua_base::Date;
use thidua_base::code::HonourCode;

use crate::book::Book;
use crate::fault::Fault;
use crate::generate::honour_cases;
use crate::honour::Honour;
use crate::table::Source;

/// A file of an honour to fill in: one condition of each common shape, to keep, change or strike out.
pub fn honour_file(code: &HonourCode, from: Date) -> String {
    let mut text = String::new();
    let _ = write!(
        text,
        r#"code     = "{code}"
kind     = "danh-hieu-thi-dua"      # hoặc hinh-thuc-khen-thuong
class    = "danh-hieu-khac"         # nhóm: xem docs/law/README.md
name     = {{ vi = "Tên tiếng Việt", en = "English name" }}
measure  = "danh hiệu"
verb     = "công nhận"              # hoặc tặng
subjects = ["ca-nhan"]

[[version]]
from   = {from}
source = "luat-06-2022-qh15"

[[version.condition]]
id         = "xep-loai"
cite       = "luat-06-2022-qh15 Điều 24"
confidence = "recalled"             # text-seen chỉ khi người đọc lại đã đọc nguyên văn
test       = {{ rated = {{ at_least = "hoan-thanh-tot", years = 1, in = "nam-xet" }} }}

[[version.condition]]
id         = "can-cu"
cite       = "luat-06-2022-qh15 Điều 24"
confidence = "recalled"
test       = {{ any = [
  {{ id = "sang-kien", test = {{ initiative = {{ scope = "co-so", times = 1 }} }} }},
  {{ id = "nhan-xet", test = {{ ask = {{ vi = "Câu hỏi cho người có trách nhiệm?", en = "A question for a person?" }} }} }},
] }}
"#
    );
    text
}

/// The cases of an honour: of that of the book, or of a file that may join it.
///
/// # Errors
/// When the file is not of its format.
pub fn cases_of(book: &Book, file: &str, text: &str) -> Result<String, Fault> {
    let honour = Source { file, text }.read(|table| Honour::read(table, &book.rules().terms))?;
    let mut book = book.clone();
    let added = honour.clone();
    book.change_rules(|rules| {
        rules.files.insert(added.code.clone(), file.to_owned());
        rules.honours.insert(added.code.clone(), added);
    });
    Ok(honour_cases(&book, &honour))
}
