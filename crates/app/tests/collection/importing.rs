//! Figures from files: a workbook downloaded, filled and sent back; a list made elsewhere; nothing before the word.

use std::io::{Cursor, Read, Write};

use thidua_app::collection::workbook::{ColumnWords, WorkbookWords};
use thidua_app::collection::{
    FileKind, ImportSeen, SheetKey, SheetSeen, WAITS_MINUTES, confirm_import, look_again, preview_import, workbook_of,
};
use thidua_app::{Error, audit};
use thidua_base::Number;
use thidua_domain::Refusal;
use thidua_domain::actor::{Actor, Verb};
use thidua_domain::collection::entry::Outcome;
use thidua_domain::collection::import::{Found, Pick, Totals};
use thidua_domain::indicator::{Absence, Value};
use thidua_domain::refusal::FileFault;
use thidua_testkit::both_engines;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::desk::*;

fn words(seen: &SheetSeen) -> WorkbookWords {
    let s = str::to_owned;
    WorkbookWords {
        tab: s("Biểu nhập"),
        reporter: seen.unit_name.clone(),
        receiver: seen.receiver_name.clone(),
        period: seen.sheet.cycle.period.in_words(),
        hint: s("Chỉ nhập vào các ô nền vàng."),
        columns: ColumnWords {
            ordinal: s("STT"),
            indicator: s("Chỉ tiêu"),
            measure: s("Đơn vị tính"),
            plan_year: s("Kế hoạch năm"),
            plan_to_date: s("Kế hoạch đến kỳ"),
            same_period: s("Cùng kỳ"),
            value: s("Thực hiện kỳ này"),
            absence: s("Không có số vì"),
            accumulated: s("Lũy kế"),
            percent_of_plan: s("% kế hoạch"),
            percent_of_same_period: s("% cùng kỳ"),
            note: s("Ghi chú"),
            code: s("Mã"),
        },
        absences: vec![(Absence::NoneOccurred, s("không phát sinh"))],
        not_comparable: s("không so được"),
        bad_number: s("Ghi một con số."),
        bad_absence: s("Chọn trong danh sách."),
        returned: s("Lý do trả lại"),
        made_by: s("NGƯỜI LẬP BIỂU"),
        head: s("THỦ TRƯỞNG ĐƠN VỊ"),
        signed: s("(Ký, ghi rõ họ tên)"),
        day: s("Ngày …"),
    }
}

fn downloaded(desk: &Desk, by: &Actor) -> Vec<u8> {
    workbook_of(&desk.app, by, &key(), FileKind::Workbook, words).unwrap()
}

/// The workbook with numbers typed into cells of its table.
fn filled(workbook: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let mut xml = String::from_utf8(content).unwrap();
            for (cell, value) in cells {
                let from = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
                let to = from + xml[from..].find("/>").unwrap() + 2;
                xml.replace_range(from..to, &format!("<c r=\"{cell}\"><v>{value}</v></c>"));
            }
            content = xml.into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn picks(seen: &ImportSeen) -> Vec<Pick> {
    let lines = seen.preview.lines.iter().filter(|line| line.brings().is_some());
    lines.map(|line| Pick { place: line.place.clone(), shown: line.held }).collect()
}

fn send(desk: &Desk, by: &Actor, file: &str, bytes: &[u8]) -> Result<ImportSeen, Error> {
    preview_import(&desk.app, by, &key(), file, bytes)
}

both_engines! {
    fn a_workbook_goes_out_and_comes_back_and_nothing_is_written_before_the_word(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let file = filled(&downloaded(&desk, &by), &[("G9", "120.5"), ("G11", "7")]);
        let seen = send(&desk, &by, "Biểu 01.xlsx", &file).unwrap();
        assert_eq!(seen.preview.totals(), Totals { new: 2, empty: 1, ..Totals::default() });
        assert_eq!((desk.holds("NN02"), seen.list.is_none()), (None, true));
        let before = audit::tail(&desk.app, &desk.operator, 1_000).unwrap().len();

        let answers = confirm_import(&desk.app, &by, &key(), &seen.upload, None, &picks(&seen)).unwrap();
        assert!(answers.iter().all(|answer| matches!(answer.outcome, Ok(Outcome::Saved { .. }))), "{answers:?}");
        assert_eq!(desk.holds("NN02").unwrap().value, of("120.5"));
        let source = desk.holds("NN02").unwrap().provenance.source;
        assert!(source.contains("Biểu 01.xlsx") && source.contains("Biểu nhập!G9"), "{source}");
        assert_eq!(audit::tail(&desk.app, &desk.operator, 1_000).unwrap().len(), before + 1);

        // Its word was given: the file waits no more. Sent again, it changes nothing.
        let again = confirm_import(&desk.app, &by, &key(), &seen.upload, None, &picks(&seen));
        assert!(matches!(again, Err(Error::Refused(Refusal::StaleForm))), "{again:?}");
        let same = send(&desk, &by, "Biểu 01.xlsx", &file).unwrap();
        assert_eq!(same.preview.totals(), Totals { unchanged: 2, empty: 1, ..Totals::default() });
    }

    fn a_figure_typed_meanwhile_is_kept_beside_what_the_file_says(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let file = filled(&downloaded(&desk, &by), &[("G9", "120.5")]);
        desk.saved(&by, &change("c-1", "NN02", of("99"), None));
        let seen = send(&desk, &by, "b.xlsx", &file).unwrap();
        assert_eq!(seen.preview.lines[0].found, Found::ConflictsWithNewer { file: of("120.5"), held: of("99") });
        let answers = confirm_import(&desk.app, &by, &key(), &seen.upload, None, &picks(&seen)).unwrap();
        assert!(matches!(answers[0].outcome, Ok(Outcome::Conflict { .. })), "{answers:?}");
        assert_eq!(desk.holds("NN02").unwrap().value, of("99"));
        let row = thidua_app::collection::sheet(&desk.app, &by, &key()).unwrap();
        assert_eq!(row.sheet.row(&code("NN02")).unwrap().conflicts.len(), 1);
    }

    fn a_waiting_file_is_its_senders_and_expires(test) {
        let mut desk = Desk::set(test.db());
        let by = desk.reporter();
        let seen = send(&desk, &by, "b.xlsx", &filled(&downloaded(&desk, &by), &[("G9", "1")])).unwrap();
        let other = confirm_import(&desk.app, &desk.operator, &key(), &seen.upload, None, &picks(&seen));
        assert!(matches!(other, Err(Error::Refused(Refusal::StaleForm) | Error::NotFound(_))), "{other:?}");
        assert!(look_again(&desk.app, &by, &key(), &seen.upload, None).is_ok());
        desk.at("2020-12-10T03:00:00Z");
        assert_eq!(WAITS_MINUTES, 60);
        let late = look_again(&desk.app, &by, &key(), &seen.upload, None);
        assert!(matches!(late, Err(Error::Refused(Refusal::StaleForm))), "{late:?}");
        assert_eq!(desk.holds("NN02"), None);
    }

    fn a_stranger_gets_the_answer_for_what_is_not_there(test) {
        let desk = Desk::set(test.db());
        let file = downloaded(&desk, &desk.reporter());
        // The leader reads the sheet but enters nothing; the reporter does not know of other communes' sheets.
        let sent = send(&desk, &desk.leader(), "b.xlsx", &file);
        assert!(matches!(sent, Err(Error::NotFound(_))), "{sent:?}");
        let other = SheetKey { unit: unit(OTHER), ..key() };
        let sent = preview_import(&desk.app, &desk.reporter(), &other, "b.xlsx", b"%PDF-1.7");
        assert!(matches!(sent, Err(Error::NotFound(_))), "{sent:?}");
        let taken = workbook_of(&desk.app, &desk.reporter(), &other, FileKind::Workbook, words);
        assert!(matches!(taken, Err(Error::NotFound(_))), "{taken:?}");
    }

    fn a_file_that_is_not_taken_is_refused_by_name_and_does_not_wait(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let refused = send(&desk, &by, "b.xlsx", b"%PDF-1.7");
        let Err(Error::Refused(Refusal::BadFile { file, why })) = refused else { panic!("{refused:?}") };
        assert_eq!((file.as_str(), why), ("b.xlsx", FileFault::OtherKind { kind: "pdf".to_owned() }));
        desk.filled();
        desk.step(&by, Verb::SubmitSheet, "").unwrap();
        let sent = send(&desk, &by, "b.xlsx", &downloaded(&desk, &by));
        assert!(matches!(sent, Err(Error::Refused(Refusal::SheetSent { .. }))), "{sent:?}");
    }

    fn a_list_is_understood_once_and_remembered(test) {
        let desk = Desk::set(test.db());
        let by = desk.reporter();
        let names = |code_: &str| {
            let seen = thidua_app::collection::sheet(&desk.app, &by, &key()).unwrap();
            seen.sheet.row(&code(code_)).unwrap().indicator.name.clone()
        };
        let list = |value: &str| {
            format!("TT;Nội dung;Thực hiện\r\n1;{};{value}\r\n2;Khoản mục riêng của xã;7\r\n", names("NN02"))
        };
        let seen = send(&desk, &by, "xa.csv", list("120,5").as_bytes()).unwrap();
        let told = seen.list.as_ref().unwrap();
        assert_eq!((told.unmatched.len(), seen.preview.lines.len()), (1, 1));
        let mut said = told.mapping.clone();
        said.say_indicator("Khoản mục riêng của xã", Some(code("LD01")));
        let looked = look_again(&desk.app, &by, &key(), &seen.upload, Some(&said)).unwrap();
        assert_eq!(looked.preview.totals(), Totals { new: 2, ..Totals::default() });
        confirm_import(&desk.app, &by, &key(), &seen.upload, Some(&said), &picks(&looked)).unwrap();
        assert_eq!(desk.holds("LD01").unwrap().value, Value::Of(Number::whole(7)));
        let again = send(&desk, &by, "xa.csv", list("121").as_bytes()).unwrap();
        let told = again.list.as_ref().unwrap();
        assert_eq!((told.unmatched.len(), told.proposal.questions()), (0, 0));
        assert_eq!(again.preview.totals(), Totals { changed: 1, unchanged: 1, ..Totals::default() });
        // A list is held against what the person was shown: what came between is a conflict.
        let shown = picks(&again);
        desk.saved(&by, &change("c-9", "NN02", of("130"), desk.holds("NN02").map(|held| held.seq)));
        let answers = confirm_import(&desk.app, &by, &key(), &again.upload, None, &shown).unwrap();
        assert!(matches!(answers[0].outcome, Ok(Outcome::Conflict { .. })), "{answers:?}");
    }
}
