//! The story of one session, from the decision that composes the council to its minutes.

use thidua_app::council::{
    Ending, NewOpinion, NewQuestion, cast_ballot, close_session, close_vote, declare_conflict, mark_presence, minutes,
    open_session, put_question, room, write_opinion,
};
use thidua_app::paper::{Format, print};
use thidua_domain::council::{Ballot, Choice, Outcome, Stage};
use thidua_paper::text::write;

use crate::chamber::{Chamber, assert_nothing, day, matter};

#[test]
fn a_session_from_its_call_to_its_minutes() {
    let chamber = Chamber::composed();
    let (app, secretary) = (&chamber.app, chamber.secretary());
    let session = chamber.called(vec![
        matter("Bà Lê Thị Bình: Chiến sĩ thi đua toàn quốc", "chien-si-thi-dua-toan-quoc"),
        matter("Ông Trần Quốc Bảo: Chiến sĩ thi đua cơ sở", "chien-si-thi-dua-co-so"),
    ]);
    // Members know of it before it is opened, and see nothing of it.
    let before = room(app, &chamber.member(0), &session).unwrap();
    assert_eq!((before.stage, before.matters[0].matter.is_none()), (Stage::Called, true));
    open_session(app, &secretary, &session).unwrap();
    for at in 0..5 {
        mark_presence(app, &secretary, &session, u16::try_from(at + 1).unwrap(), true).unwrap();
    }
    for at in [0, 1, 2, 3] {
        declare_conflict(app, &chamber.member(at), &session, &[(1, None), (2, None)]).unwrap();
    }
    let brother = [(1, None), (2, Some("Anh trai của người được đề nghị".to_owned()))];
    declare_conflict(app, &chamber.member(4), &session, &brother).unwrap();
    let seen = room(app, &chamber.member(4), &session).unwrap();
    assert!(seen.matters[0].matter.is_some() && seen.matters[1].matter.is_none());
    let letter = NewOpinion {
        seat: 6,
        matter: 1,
        choice: Some(Choice::Agree),
        text: "Nhất trí đề nghị".to_owned(),
        received_on: day("2020-07-04"),
    };
    write_opinion(app, &secretary, &session, &letter).unwrap();

    let ask = |matter, ballot| {
        let text = "Đồng ý đề nghị cấp có thẩm quyền xét tặng?".to_owned();
        put_question(app, &secretary, &session, &NewQuestion { matter, ballot, text, reason: String::new() }).unwrap()
    };
    let first = ask(1, Ballot::Secret);
    for at in 0..5 {
        chamber.code(&session, first, at, Choice::Agree);
    }
    let first = close_vote(app, &secretary, &session, first, Ending::Count).unwrap().unwrap();
    assert_eq!((first.agreed, first.needed, first.outcome), (6, 6, Outcome::Passed));
    let second = ask(2, Ballot::Open);
    for (at, choice) in [(0, Choice::Agree), (1, Choice::Agree), (2, Choice::Disagree), (3, Choice::Agree)] {
        cast_ballot(app, &chamber.member(at), &session, second, choice).unwrap();
    }
    let second = close_vote(app, &secretary, &session, second, Ending::Count).unwrap().unwrap();
    assert_eq!((second.agreed, second.needed, second.outcome), (3, 4, Outcome::Failed));

    // A draft for the secretary only, until the session is closed.
    assert_nothing(minutes(app, &chamber.member(0), &session));
    assert!(write(&minutes(app, &secretary, &session).unwrap()).contains("DỰ THẢO"));
    close_session(app, &secretary, &session, "Hội đồng thống nhất trình bà Lê Thị Bình.").unwrap();
    let paper = minutes(app, &chamber.member(0), &session).unwrap();
    let told = write(&paper).replace('\u{a0}', " ");
    for words in [
        "BIÊN BẢN",
        "SỐ LIỆU MẪU",
        "HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG",
        "có mặt 5/6",
        "1. Bà Lê Thị Bình: Chiến sĩ thi đua toàn quốc",
        "hình thức bỏ phiếu kín",
        "Tỷ lệ: 6/6 đồng ý; cần ít nhất 6 (ít nhất 90% tổng số thành viên",
        "Ý kiến bằng văn bản của Người thu-ky (nhận ngày 04/7/2020): Nhất trí đề nghị; biểu quyết: đồng ý.",
        "Không tham gia xem xét, biểu quyết vì có xung đột lợi ích (đã khai trước khi xem nội dung): Người uy-vien-d.",
        "1 thành viên có xung đột lợi ích vẫn tính trong tổng số thành viên (Quy chế Hội đồng, Điều 9).",
        "Không đồng ý: Người uy-vien-b.",
        "Kết quả: KHÔNG ĐẠT.",
        "Hội đồng thống nhất trình bà Lê Thị Bình.",
        "THƯ KÝ",
        "CHỦ TRÌ PHIÊN HỌP\nNgười chu-tich",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(!told.contains("Anh trai"), "reasons of conflicts are no part of the minutes\n{told}");
    assert!(!told.contains("DỰ THẢO"));
    for format in [Format::Docx, Format::Pdf] {
        assert!(print(&paper, format).unwrap().len() > 5_000);
    }
    assert_nothing(minutes(app, &chamber.member(4), &session));
}
