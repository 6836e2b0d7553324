//! Papers of a movement for small sets of rows: what is said, what is left out, what is stamped.

use thidua_base::code::{MovementCode, OrgId};
use thidua_base::{Date, Timestamp};
use thidua_domain::movement::{
    Addressee, Movement, MovementKind, Outturn, ReviewAnswer, ReviewKind, Round, Standing, Terms,
};
use thidua_domain::{Origin, Provenance};

use super::*;
use crate::official::{House, Paper, Signature, Stamp};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn written(paper: Paper) -> String {
    thidua_paper::text::write(&paper.document()).replace('\u{a0}', "_")
}

fn house() -> House {
    House {
        superior: None,
        issuer: vec!["ỦY BAN NHÂN DÂN".into(), "HUYỆN TRIỆU SƠN".into()],
        place: "Triệu Sơn".into(),
        symbol: "UBND".into(),
        authority: Vec::new(),
    }
}

fn signature() -> Signature {
    Signature { authority: vec!["TM. ỦY BAN NHÂN DÂN".into(), "CHỦ TỊCH".into()], signer: None }
}

fn movement(name: &str) -> Movement {
    Movement {
        code: MovementCode::parse("PT40").unwrap(),
        name: name.into(),
        aliases: Vec::new(),
        kind: MovementKind::Thematic,
        scope: "huyen".into(),
        owners: Vec::new(),
        field: "kinh-te".into(),
        year_from: None,
        year_to: None,
        launched_by: None,
        content: String::new(),
        ordinal: 1,
        provenance: Provenance { origin: Origin::Reported, source: String::new() },
    }
}

fn terms() -> Terms {
    Terms {
        movement: MovementCode::parse("PT40").unwrap(),
        launcher: OrgId::parse("h-397-ubnd").unwrap(),
        parent: None,
        from: day("2020-07-06"),
        to: Some(day("2021-07-05")),
        register_by: day("2020-07-17"),
        contents: vec!["Gieo cấy đúng lịch".into(), "Dùng giống lúa chất lượng.".into()],
        criteria: vec!["Diện tích lúa chất lượng".into()],
        standards: Vec::new(),
        addressees: vec![Addressee::DirectWorkers, Addressee::Farmers],
    }
}

fn target(unit: &str, actual: &str, outturn: Outturn) -> TargetLine {
    TargetLine {
        unit: unit.into(),
        indicator: "Diện tích lúa".into(),
        measure: "ha".into(),
        period: "6 tháng đầu năm 2020".into(),
        assigned: String::new(),
        promised: "250,5".into(),
        actual: actual.into(),
        outturn,
    }
}

fn plan_of(movement: &Movement, terms: &Terms, units: usize, stamps: Vec<Stamp>) -> String {
    let units = (0..units).map(|at| (format!("Xã {at}"), day("2020-07-17"))).collect();
    let above = self::movement("cánh đồng lớn");
    written(plan(PlanOf {
        house: house(),
        signature: signature(),
        dated: day("2020-07-06"),
        movement,
        terms,
        launcher: "Ủy ban nhân dân huyện Triệu Sơn",
        parent: Some(&above),
        basis: "Chỉ thị số 34-CT/TW".into(),
        units,
        stamps,
    }))
}

#[test]
fn a_plan_says_what_is_asked_of_whom_and_until_when() {
    let (movement, terms) = (movement("thi đua thâm canh lúa"), terms());
    let shown = plan_of(&movement, &terms, 2, vec![Stamp::Draft, Stamp::Sample]);
    for line in [
        "Số: ________/KH-UBND\n",
        "DỰ THẢO\nSỐ LIỆU MẪU\nKẾ HOẠCH\nPhát động phong trào thi đua “Thi đua thâm canh lúa”\n",
        "Thực hiện Chỉ thị số 34-CT/TW; hưởng ứng phong trào thi đua “Cánh đồng lớn”, Ủy ban nhân dân huyện Triệu Sơn ban \
         hành Kế hoạch phát động",
        "I. NỘI DUNG THI ĐUA\n- Gieo cấy đúng lịch;\n- Dùng giống lúa chất lượng.\n",
        "1. Đối tượng\nNgười lao động trực tiếp; nông dân.\n2. Thời gian\nTừ ngày 06 tháng 7 năm 2020 đến ngày 05 tháng 7 năm \
         2021.\n",
        "trước hoặc trong ngày 17 tháng 7 năm 2020",
        "- Xã 0;\n- Xã 1;\n- Lưu: VT.\n",
    ] {
        assert!(shown.contains(line), "{line}\n\n{shown}");
    }
    assert!(!shown.contains("TIÊU CHUẨN KHEN THƯỞNG"), "no standards, no heading");
}

#[test]
fn many_units_stand_in_an_annex() {
    let shown = plan_of(&movement("x"), &terms(), 11, Vec::new());
    assert!(shown.contains("- Các đơn vị được phát động (theo danh sách);"), "{shown}");
    assert!(shown.contains("DANH SÁCH ĐƠN VỊ ĐƯỢC PHÁT ĐỘNG\n"), "{shown}");
    assert!(shown.contains("| 11 | Xã 10 | 17/07/2020 |"), "{shown}");
    assert!(!shown.contains("DỰ THẢO"));
}

#[test]
fn a_pledge_has_what_was_registered_and_who_signed() {
    let movement = movement("thi đua thâm canh lúa");
    let of = |signed_on: Option<Date>, text: &'static str, targets: Vec<TargetLine>| {
        written(pledge(PledgeOf {
            house: house(),
            signature: Signature {
                authority: vec!["CHỦ TỊCH UBND XÃ".into()], signer: Some("Lê Văn Cường".into())
            },
            signed_on,
            dated: day("2020-07-06"),
            movement: &movement,
            launcher: "Ủy ban nhân dân huyện",
            unit: "Xã Dân Lý",
            text,
            titles: vec!["Tập thể lao động xuất sắc".into()],
            targets,
            stamps: signed_on.map_or(vec![Stamp::Draft], |_| Vec::new()),
        }))
    };
    let signed =
        of(Some(day("2020-07-08")), "Toàn xã quyết tâm\nKhông bỏ ruộng", vec![target("", "", Outturn::NotReported)]);
    for line in [
        "Triệu Sơn, ngày 08 tháng 7 năm 2020\nGIAO ƯỚC THI ĐUA\nHưởng ứng phong trào thi đua “Thi đua thâm canh lúa”\n",
        "I. NỘI DUNG GIAO ƯỚC\nToàn xã quyết tâm.\nKhông bỏ ruộng.\nII. DANH HIỆU THI ĐUA ĐĂNG KÝ\n- Tập thể lao động xuất sắc.\n",
        "III. CHỈ TIÊU ĐĂNG KÝ\n| TT | Chỉ tiêu | Đơn vị tính | Kỳ | Kế hoạch giao | Đăng ký |\n\
         | 1 | Diện tích lúa | ha | 6 tháng đầu năm 2020 | - | 250,5 |\n",
        "Xã Dân Lý cam kết thực hiện đầy đủ các nội dung đã đăng ký./.\n",
        "CHỦ TỊCH UBND XÃ\nLê Văn Cường\n",
    ] {
        assert!(signed.contains(line), "{line}\n\n{signed}");
    }
    assert!(!signed.contains("Số:") && !signed.contains("DỰ THẢO"), "{signed}");
    let open = of(None, "", Vec::new());
    assert!(open.contains("ngày________ tháng 7 năm 2020\nDỰ THẢO\n"), "{open}");
    assert!(open.contains("I. DANH HIỆU") && !open.contains("CHỈ TIÊU"), "what is empty has no heading: {open}");
}

fn answer(results: &str, shortfalls: &str) -> ReviewAnswer {
    ReviewAnswer {
        movement: MovementCode::parse("PT40").unwrap(),
        round: 1,
        unit: OrgId::parse("x-1").unwrap(),
        results: results.into(),
        shortfalls: shortfalls.into(),
        proposals: String::new(),
        by: String::new(),
        account: None,
        at: Timestamp::parse("2020-12-10T02:00:00Z").unwrap(),
    }
}

fn review_of(kind: ReviewKind, conclusion: Option<&str>, targets: Vec<TargetLine>) -> String {
    let movement = movement("thi đua thâm canh lúa");
    let round = Round {
        number: 1,
        kind,
        due_on: day("2020-12-10"),
        asked: "Nêu diện tích".into(),
        conclusion: conclusion.map(str::to_owned),
    };
    let told = answer("Đạt 60%\nGieo xong", "Thiếu nước");
    let row = |unit, standing, answer| ReviewRow { unit, standing, answer };
    written(review(ReviewOf {
        house: house(),
        signature: signature(),
        dated: day("2020-12-20"),
        movement: &movement,
        launcher: "Ủy ban nhân dân huyện",
        launched_on: Some(day("2020-07-06")),
        round: &round,
        registered: 3,
        signed: 2,
        rows: vec![
            row("Xã A", Standing::Answered(day("2020-12-09")), Some(&told)),
            row("Xã B", Standing::AnsweredLate(day("2020-12-12")), None),
            row("Xã C", Standing::Late, None),
            row("Xã D", Standing::Late, None),
        ],
        titles: vec![TitleLine {
            name: "Tập thể lao động xuất sắc".into(),
            registered: 3,
            reached: 1,
            collectives: 1,
            persons: 0,
        }],
        targets,
        stamps: conclusion.map_or(vec![Stamp::Draft], |_| Vec::new()),
    }))
}

#[test]
fn a_review_names_the_late_and_holds_registered_against_reached() {
    let lines = vec![target("Xã A", "279,8", Outturn::Reached), target("Xã B", "", Outturn::NotReported)];
    let shown = review_of(ReviewKind::Interim, Some("Tiếp tục"), lines);
    for line in [
        "BÁO CÁO\nSơ kết phong trào thi đua “Thi đua thâm canh lúa”\n",
        "do Ủy ban nhân dân huyện phát động ngày 06 tháng 7 năm 2020, kết quả đến ngày 20 tháng 12 năm 2020 như sau:\n",
        "Có 04 đơn vị được phát động; 03 đơn vị đã đăng ký, trong đó 02 đơn vị đã ký giao ước thi đua.\n\
         Nội dung yêu cầu báo cáo: Nêu diện tích.\nHạn báo cáo là ngày 10 tháng 12 năm 2020; 02/04 đơn vị đã báo cáo.\n\
         Có 01 đơn vị báo cáo sau hạn: Xã B.\nCó 02 đơn vị quá hạn chưa báo cáo: Xã C và Xã D.\n",
        "1. Chỉ tiêu đăng ký\nCó 01/02 chỉ tiêu đăng ký đạt, 01 chỉ tiêu chưa có số liệu.\n",
        "| 1 | Xã A | Diện tích lúa | ha | 6 tháng đầu năm 2020 | - | 250,5 | 279,8 | Đạt |\n",
        "2. Danh hiệu thi đua đăng ký\n",
        "| 1 | Tập thể lao động xuất sắc | 3 | 1 | 1 | 0 |\n",
        "3. Kết quả của các đơn vị\n- Xã A: Đạt 60% Gieo xong.\nIII. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN\n- Xã A: Thiếu nước.\n",
        "IV. ĐÁNH GIÁ CHUNG\nTiếp tục.\nTrên đây là báo cáo sơ kết phong trào thi đua “Thi đua thâm canh lúa”./.\n",
    ] {
        assert!(shown.contains(line), "{line}\n\n{shown}");
    }
    assert!(!shown.contains("DỰ THẢO") && !shown.contains("ĐỀ XUẤT"), "{shown}");
}

#[test]
fn a_review_without_a_conclusion_is_a_draft_and_many_figures_stand_in_an_annex() {
    let many = (0..13).map(|at| target(&format!("Xã {at}"), "1", Outturn::Missed)).collect();
    let shown = review_of(ReviewKind::Final, None, many);
    assert!(shown.contains("DỰ THẢO\nBÁO CÁO\nTổng kết phong trào"), "{shown}");
    assert!(shown.contains("Có 0/13 chỉ tiêu đăng ký đạt, 13 chỉ tiêu chưa đạt.\n(Chi tiết theo Phụ lục"), "{shown}");
    assert!(shown.contains("CHỈ TIÊU ĐĂNG KÝ VÀ KẾT QUẢ THỰC HIỆN\n"), "{shown}");
}
