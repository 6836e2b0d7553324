//! A piece of evidence as pages show it.

use thidua_domain::collection::{Evidence, Sheet};

use crate::messages::Messages;
use crate::paths;
use crate::report::indicator_name;

/// A piece of evidence.
#[derive(Debug, Clone)]
pub struct EvidenceView {
    pub id: String,
    /// The name of the file; empty where there is none.
    pub file: String,
    /// Kind and size of the file.
    pub facts: String,
    /// Where the file is.
    pub href: String,
    /// Where its withdrawal is sent; empty where it is not to be withdrawn here.
    pub to_withdraw: String,
    pub form_token: String,
    /// Number and date of the document.
    pub document: String,
    pub description: String,
    /// The rows that cite it.
    pub cells: Vec<String>,
    pub added: String,
    /// Who took it back, when and why; empty while it stands.
    pub withdrawn: String,
}

/// The papers of a sheet, with the names of the rows that cite them.
pub fn evidence_views(say: &'static Messages, pieces: &[Evidence], sheet: &Sheet) -> Vec<EvidenceView> {
    let name = |code: &thidua_base::code::IndicatorCode| {
        sheet.row(code).map_or_else(|| code.to_string(), |row| indicator_name(say, &row.indicator))
    };
    let of = |piece: &Evidence| EvidenceView {
        cells: piece.cells.iter().map(name).collect(),
        ..EvidenceView::of(say, piece)
    };
    pieces.iter().map(of).collect()
}

impl EvidenceView {
    /// A piece without the names of its rows.
    pub fn of(say: &'static Messages, piece: &Evidence) -> Self {
        let by_at = |by: &str, at: &str| say.with("collection.by-at", &[("by", by), ("at", at)]);
        let document = match (&piece.number, piece.dated) {
            (number, Some(day)) if number.is_empty() => day.in_table(),
            (number, Some(day)) => say.with("evidence.number-dated", &[("number", number), ("day", &day.in_table())]),
            (number, None) => number.clone(),
        };
        Self {
            id: piece.id.to_string(),
            file: piece.file.as_ref().map(|file| file.name.clone()).unwrap_or_default(),
            facts: piece
                .file
                .as_ref()
                .map(|file| format!("{}, {}", file.kind.word().to_uppercase(), size_words(file.size)))
                .unwrap_or_default(),
            href: match piece.file {
                Some(_) => paths::evidence_file(&piece.form, piece.period, &piece.unit, &piece.id),
                None => String::new(),
            },
            to_withdraw: String::new(),
            form_token: String::new(),
            document,
            description: piece.description.clone(),
            cells: Vec::new(),
            added: by_at(&piece.added_by, &piece.added_at.in_table()),
            withdrawn: piece
                .withdrawn
                .as_ref()
                .map(|gone| {
                    let who = by_at(&gone.by, &gone.at.in_table());
                    say.with("evidence.withdrawn", &[("who", &who), ("reason", &gone.reason)])
                })
                .unwrap_or_default(),
        }
    }
}

/// A size: `12 KB`, `1,4 MB`, rounded up.
fn size_words(bytes: i64) -> String {
    const KB: i64 = 1024;
    if bytes < KB * KB {
        return format!("{} KB", (bytes + KB - 1) / KB);
    }
    let tenths = (bytes * 10 + KB * KB - 1) / (KB * KB);
    format!("{},{} MB", tenths / 10, tenths % 10)
}

/// A standing file and a withdrawn reference.
#[cfg(test)]
pub fn samples() -> Vec<EvidenceView> {
    let file = EvidenceView {
        id: "e-1".into(),
        file: "Biên bản nghiệm thu.pdf".into(),
        facts: "PDF, 1,2 MB".into(),
        href: "/nhap-lieu/b/2020-H1/x-1/minh-chung/e-1".into(),
        to_withdraw: "/nhap-lieu/b/2020-H1/x-1/minh-chung/e-1/rut".into(),
        form_token: "0-0".into(),
        document: "15/BC-UBND, 01/06/2020".into(),
        description: crate::sampled::LONG_NAME.into(),
        cells: vec!["Diện tích".into(), "Sản lượng".into()],
        added: "Lê Thị Thủy, 09:00 05/07/2020".into(),
        withdrawn: String::new(),
    };
    let gone = EvidenceView {
        file: String::new(),
        href: String::new(),
        to_withdraw: String::new(),
        withdrawn: crate::sampled::LONG_NAME.into(),
        ..file.clone()
    };
    vec![file, gone]
}

#[cfg(test)]
mod tests {
    use super::size_words;

    #[test]
    fn a_size_is_rounded_up() {
        let said: Vec<String> = [1, 1024, 1025, 1_048_576, 1_500_000].into_iter().map(size_words).collect();
        assert_eq!(said, ["1 KB", "1 KB", "2 KB", "1,0 MB", "1,5 MB"]);
    }
}
