//! Score sheets that go out as workbooks and come back filled: looked at row by row, kept when confirmed, never before.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::Workbook;
use thidua_app::Error;
use thidua_app::cluster::{
    ScoreFileWords, ScoreIntake, confirm_scores, look_at_scores, preview_scores, score_file, send_scores,
};
use thidua_base::code::OrgId;
use thidua_domain::actor::Role;
use thidua_domain::cluster::filled::{Came, ScoreLine, Taken};
use thidua_domain::cluster::scheme::Level;
use thidua_domain::refusal::{FileFault, MarkFault};
use thidua_domain::{Actor, Refusal};
use thidua_testkit::both_engines;

use crate::hall::{Hall, YEAR, assert_nothing, n, open};

fn words() -> ScoreFileWords {
    let text = |text: &str| text.to_owned();
    ScoreFileWords {
        tab: text("Phiếu"),
        title: text("PHIẾU CHẤM ĐIỂM"),
        facts: text("Cụm thi đua số 1, năm 2020"),
        hint: text("Chỉ ghi vào ô màu vàng"),
        columns: ["Mã", "Tiêu chí", "Tối đa", "Kê khai", "Minh chứng", "Ghi chú"].map(text),
        levels: ["Tự chấm", "Chấm chéo", "Thẩm định", "Hội đồng"].map(text),
        reason: text("Lý do {level}"),
        total: text("Tổng điểm"),
    }
}

/// A table made elsewhere: a heading row and rows of cells.
fn table(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*row) {
            match text.parse::<i32>() {
                Ok(number) => drop(sheet.write_number(at, column, number).unwrap()),
                Err(_) => drop(sheet.write_string(at, column, *text).unwrap()),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// A workbook with a text of one of its parts exchanged.
fn with_text(book: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            bytes = String::from_utf8(bytes).unwrap().replace(from, to).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn into(unit: &OrgId, taken: Taken) -> ScoreIntake {
    ScoreIntake { cluster: open(), year: YEAR, unit: unit.clone(), taken }
}

fn line<'a>(lines: &'a [ScoreLine], criterion: &str) -> &'a ScoreLine {
    lines.iter().find(|line| line.criterion == criterion).unwrap_or_else(|| panic!("{criterion}: {lines:?}"))
}

/// The last member, whose sheet is not sent yet.
fn last(hall: &Hall) -> OrgId {
    hall.members().last().unwrap().clone()
}

both_engines! {
    fn a_filled_sheet_is_looked_at_row_by_row_and_kept_when_confirmed(test) {
        let hall = Hall::sampled_in(test.db().clone());
        let (app, own) = (&hall.app, last(&hall));
        let by = hall.reporter(own.as_str());
        let acts = |hall: &Hall| hall.scored(&open()).journal.last;
        let before = acts(&hall);

        // As it was handed out nothing differs.
        let scored = hall.scored(&open());
        let sheet = scored.sheet(&own).unwrap().clone();
        let book = score_file(&scored, &sheet, &[Taken::Claims], &words()).unwrap();
        assert_eq!(book, score_file(&scored, &sheet, &[Taken::Claims], &words()).unwrap());
        let looked = preview_scores(app, &by, &into(&own, Taken::Claims), "Phiếu.xlsx", &book).unwrap();
        let is_quiet = |line: &&ScoreLine| matches!(line.came, Came::Empty | Came::Unchanged);
        let loud: Vec<_> = looked.lines.iter().filter(|line| !is_quiet(line)).collect();
        assert!(loud.is_empty() && looked.lines.len() > 8, "{loud:?}");

        // A table of one's own making: new, changed, and refused with the reason, each row by itself.
        let filled = table(&[
            &["BẢNG TỰ CHẤM ĐIỂM"],
            &["Mã tiêu chí", "Nội dung", "Kết quả thực hiện", "Ghi chú"],
            &["A.1", "Thu ngân sách", "999", ""],
            &["B.2", "Báo cáo", "2", "Theo sổ"],
            &["B.3", "Hội nghị", "Sai", ""],
            &["Z.1", "Không có", "7", ""],
            &["", "Người lập", "", ""],
        ]);
        let looked = preview_scores(app, &by, &into(&own, Taken::Claims), "Tự chấm.xlsx", &filled).unwrap();
        let fault = |criterion: &str| match &line(&looked.lines, criterion).came {
            Came::Refused(Refusal::BadMark { why, .. }) => why.clone(),
            other => panic!("{criterion}: {other:?}"),
        };
        assert_eq!(fault("A.1"), MarkFault::FromFigures);
        assert_eq!(fault("B.3"), MarkFault::OtherKind);
        assert_eq!(fault("Z.1"), MarkFault::NoSuchLeaf);
        assert_eq!((&line(&looked.lines, "B.2").came, line(&looked.lines, "B.2").row), (&Came::Changed, 4));
        assert_eq!(acts(&hall), before, "nothing is written by looking");

        // Others do not find the file, and what was not chosen is not kept.
        let stranger = hall.person("Trần Văn Lạ", Role::Reporter, &[hall.members()[0].as_str()]);
        assert_nothing(look_at_scores(app, &stranger, &open(), YEAR, &own, &looked.upload));
        let none = confirm_scores(app, &by, &open(), YEAR, &own, &looked.upload, &[3]);
        assert!(matches!(none, Err(Error::Refused(Refusal::BadMark { .. }))), "{none:?}");
        let kept = confirm_scores(app, &by, &open(), YEAR, &own, &looked.upload, &[4]).unwrap();
        assert_eq!((kept.len(), acts(&hall)), (1, before + 1));
        let claimed = hall.scored(&open());
        let claimed = claimed.round.evidence.claim(&own, &crate::hall::code("B.2")).unwrap();
        assert_eq!((claimed.note.as_str(), claimed.by.as_str()), ("Theo sổ", "Lê Thị Bình"));
        let twice = confirm_scores(app, &by, &open(), YEAR, &own, &looked.upload, &[4]);
        assert!(matches!(twice, Err(Error::Refused(Refusal::StaleForm))), "{twice:?}");
    }

    fn a_file_for_another_sheet_a_broken_one_and_one_with_macros_are_refused(test) {
        let hall = Hall::sampled_in(test.db().clone());
        let (app, own) = (&hall.app, last(&hall));
        let by = hall.reporter(own.as_str());
        let refused = |by: &Actor, file: &str, bytes: &[u8]| match preview_scores(app, by, &into(&own, Taken::Claims), file, bytes) {
            Err(Error::Refused(Refusal::BadFile { why, .. })) => why,
            other => panic!("{other:?}"),
        };
        let scored = hall.scored(&open());
        let other = scored.sheet(&hall.members()[0]).unwrap();
        let book = score_file(&scored, other, &[Taken::Claims], &words()).unwrap();
        assert!(matches!(refused(&by, "Phiếu.xlsx", &book), FileFault::OtherSheet { .. }));
        assert_eq!(refused(&by, "Phiếu.xlsx", b""), FileFault::Empty);
        assert_eq!(refused(&by, "Phiếu.xlsx", b"<html>"), FileFault::Html);
        assert_eq!(refused(&by, "Phiếu.xlsx", &book[..book.len() / 2]), FileFault::Broken);
        assert!(matches!(refused(&by, "Phiếu.xlsx", b"%PDF-1.7"), FileFault::OtherKind { .. }));
        let macros = with_text(&book, "[Content_Types].xml", "spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml");
        let found = refused(&by, "Phiếu.xlsx", &macros);
        assert!(matches!(found, FileFault::Macros), "{found:?}");
        assert_eq!(refused(&by, "Danh sách.xlsx", &table(&[&["Họ tên", "Số"], &["An", "1"]])), FileFault::NoHeadings);
        // Who may not claim for the unit learns nothing of the file.
        let stranger = hall.person("Trần Văn Lạ", Role::Reporter, &[hall.members()[0].as_str()]);
        assert_nothing(preview_scores(app, &stranger, &into(&own, Taken::Claims), "a.xlsx", b""));
    }

    fn who_appraises_fills_marks_over_what_the_file_shows(test) {
        let hall = Hall::sampled_in(test.db().clone());
        let (app, own) = (&hall.app, last(&hall));
        send_scores(app, &hall.person("Lê Thị Bình", Role::Specialist, &[own.as_str()]), &open(), YEAR, &own).unwrap();
        let by = hall.appraiser();
        let marks = into(&own, Taken::Marks(Level::Appraisal));
        let filled = table(&[
            &["Mã", "Tự chấm", "Điểm thẩm định", "Lý do"],
            &["B.1", "5", "4", "Thiếu chữ ký"],
            &["B.2", "3", "9", "Sai số cũ"],
            &["C.1", "", "7", "Theo kết quả kiểm tra"],
        ]);
        let looked = preview_scores(app, &by, &marks, "Thẩm định.xlsx", &filled).unwrap();
        assert!(matches!(line(&looked.lines, "C.1").came, Came::New), "{:?}", looked.lines);
        // It was made before the unit's own mark changed.
        let old = &line(&looked.lines, "B.2").came;
        assert!(matches!(old, Came::Refused(Refusal::BadMark { why: MarkFault::ChangedMeanwhile { .. }, .. })), "{old:?}");
        let chosen: Vec<usize> = looked.lines.iter().filter(|line| line.act.is_some()).map(|line| line.row).collect();
        confirm_scores(app, &by, &open(), YEAR, &own, &looked.upload, &chosen).unwrap();
        let line = hall.line(&open(), &own, "C.1");
        assert_eq!((line.points, line.marks[0].reason.as_str()), (n("7"), "Theo kết quả kiểm tra"));
        // A unit does not mark itself by a file either.
        let unit = hall.person("Lê Thị Bình", Role::Specialist, &[own.as_str()]);
        assert_nothing(preview_scores(app, &unit, &marks, "a.xlsx", &filled));
    }
}
