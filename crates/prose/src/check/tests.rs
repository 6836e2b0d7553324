//! For each code a text that raises it and a near miss that does not.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day)
}

fn names(stage: Stage) -> Names {
    let place = |name: &str| PlaceName { name: name.into(), valid_from: None, valid_to: None, now: None };
    let former = PlaceName { valid_to: day(2019, 11, 30), now: Some("thị trấn Nưa".into()), ..place("Tân Ninh") };
    let movement = |name: &str, aliases: &[&str]| MovementName {
        name: name.into(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
    };
    let instrument = |number: &str, title: &str, issued, until| InstrumentName {
        number: number.into(),
        title: title.into(),
        issued_on: issued,
        in_force_from: issued,
        in_force_to: until,
    };
    Names {
        on: Date::new(2020, 7, 5).unwrap(),
        stage,
        places: ["Tiến Nông", "Dân Lý", "Minh Sơn", "Thọ Sơn", "Triệu Sơn", "Nưa"]
            .map(place)
            .into_iter()
            .chain([former])
            .collect(),
        bodies: [
            "Ban Thi đua - Khen thưởng tỉnh",
            "Bộ Chính trị",
            "Hội Nông dân",
            "Hội đồng Thi đua - Khen thưởng huyện",
            "Sở Nội vụ",
        ]
        .map(String::from)
        .to_vec(),
        movements: vec![
            movement("Ngày vì người nghèo", &[]),
            movement("Thi đua Quyết thắng", &[]),
            movement("Toàn dân bảo vệ an ninh Tổ quốc", &["Vì an ninh Tổ quốc"]),
            movement("Xây dựng nông thôn mới", &[]),
        ],
        instruments: vec![
            instrument("34-CT/TW", "tiếp tục đổi mới công tác thi đua, khen thưởng", day(2014, 4, 7), None),
            instrument(
                "39-CT/TW",
                "tiếp tục đổi mới, đẩy mạnh phong trào thi đua yêu nước, phát hiện, bồi dưỡng điển hình tiên tiến",
                day(2004, 5, 21),
                None,
            ),
            instrument("42/2010/NĐ-CP", "quy định chi tiết một số điều", day(2010, 4, 15), day(2014, 6, 30)),
        ],
        abbreviations: vec!["MTTQ".into(), "KT-XH".into()],
    }
}

/// The remarks on lines of plain text, each line its own paragraph.
fn remarks(text: &str) -> Vec<Remark> {
    let lines: Vec<Line> =
        text.lines().enumerate().map(|(i, line)| Line::raw(&format!("dòng {}", i + 1), line)).collect();
    check(&lines, &names(Stage::Issued))
}

fn codes(text: &str) -> BTreeSet<&'static str> {
    remarks(text).into_iter().map(|remark| remark.code).collect()
}

/// The one remark of a code, with its severity, the text it points at and its facts as `name=value`.
fn one(code: &str, text: &str) -> (Severity, String, Vec<String>) {
    let found: Vec<Remark> = remarks(text).into_iter().filter(|remark| remark.code == code).collect();
    let [remark] = &found[..] else { panic!("{code}: {found:?}") };
    let spot = remark.span.map(|(from, to)| text[from..to].to_owned()).unwrap_or_default();
    let facts = remark.facts.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (remark.severity, spot, facts)
}

/// Code, a text that raises it, and a near miss that must not raise it.
const CASES: &[(&str, &str, &str)] = &[
    (
        "capital-after-semicolon",
        "Gieo 5 ha; Chuyển đổi 2 ha.",
        "Gieo tại xã Dân Lý; Thọ Sơn và MTTQ; UBND huyện; Hội Nông dân.",
    ),
    ("cut-sentence", "Tăng tỷ trọng\ncông nghiệp.", "Tăng tỷ trọng;\ncông nghiệp.\nTăng tỷ trọng\nCông nghiệp."),
    ("dotted-abbreviation", "Quyết toán 26 c.trình.", "Quyết toán v.v. và TP. Thanh Hóa."),
    ("doubled-space", "Đạt  kết quả.", "Đạt\u{a0}kết quả cao. "),
    ("doublet", "Huấn luyện chiến sỹ.", "Huấn luyện chiến sĩ; Hội đồng thi đua khen thưởng huyện."),
    ("duplicate-number", "2.5. Quốc phòng\n2.5. Nội chính", "I. Kết quả\n1. Chung\nII. Nhiệm vụ\n1. Chung\n2. Riêng"),
    ("ellipsis-of-four", "Dân Lý, Minh Sơn....", "Dân Lý, Minh Sơn... và Dân Lý…"),
    (
        "empty-date",
        "Triệu Sơn, ngày   tháng 7 năm 2020",
        "Triệu Sơn, ngày 05 tháng 7 năm 2020, hằng ngày tháng nào cũng vậy",
    ),
    ("empty-number", "Số: /BC-UBND", "Số: 05/BC-UBND, số 7/8"),
    ("former-place", "Trồng tại xã Tân Ninh.", "Trồng tại xã Minh Sơn."),
    ("glued-unit", "Gieo 14.854,7ha lúa.", "Gieo 14.854,7 ha lúa, mạng 4G."),
    ("glued-words", "Lực lượng vũ trangChỉ đạo.", "Theo QĐ-TTg, CTr, độ pH, 5 kW, TĐKT, NĐ-CP, OCOP."),
    ("heading-with-colon", "2.4. Xây dựng nông thôn mới:", "2.4. Xây dựng nông thôn mới\nGồm các mặt sau:"),
    (
        "instrument-date",
        "Chỉ thị số 34-CT/TW ngày 8/4/2014 của Bộ Chính trị.",
        "Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị.",
    ),
    ("instrument-not-in-force", "Nghị định số 42/2010/NĐ-CP của Chính phủ.", "Chỉ thị 34-CT/TW của Bộ Chính trị."),
    ("letter-with-dot", "a. Kết quả đạt được", "a) Kết quả đạt được"),
    (
        "lower-after-full-stop",
        "Trồng mít (5 ha). mô hình măng tây.",
        "Trồng mít... mô hình măng tây; TP. vinh danh. Tiếp tục.",
    ),
    ("missing-space", "KT.CHỦ TỊCH và phó.", "KT. CHỦ TỊCH, v.v. xem thidua.gov.vn, 1.437 người, 7:30."),
    ("misspelling", "Phong trào Quân chúng.", "Phong trào quần chúng, Điện Biên Phủ, miền Nam. Miền Nam thống nhất."),
    ("misspelt-body", "Theo Sờ Nội vụ.", "Theo Sở Nội vụ."),
    (
        "misspelt-movement",
        "Phong trào “Toan dân bảo vệ an ninh Tổ quốc”.",
        "Phong trào “Toàn dân bảo vệ an ninh Tổ quốc”.",
    ),
    ("misspelt-place", "Tại xã Tiên Nông.", "Tại xã Tiến Nông."),
    ("mixed-quotes", "Gọi là \"một\".\nGọi là “hai”.", "Gọi là “một”.\nGọi là “hai”."),
    ("n-over-m", "Hoàn thành 30/29 chuỗi cung ứng.", "Hoàn thành 29/29 chuỗi cung ứng, hết ngày 30/6."),
    (
        "named-count",
        "Có 3 xã: Tiến Nông, Dân Lý đạt chuẩn.",
        "Có 2 xã: Tiến Nông, Dân Lý đạt chuẩn; 9 xã: Minh Sơn, Thọ Sơn…",
    ),
    ("named-twice", "Có 2 xã: Dân Lý, Dân Lý đạt chuẩn.", "Có 2 xã: Dân Lý, Minh Sơn đạt chuẩn."),
    ("non-canonical-body", "Phối hợp Hội nông dân.", "Phối hợp Hội Nông dân."),
    (
        "non-canonical-movement",
        "Phong trào “Vì an ninh Tổ quốc”.",
        "Phong trào “Quyết thắng” và phong trào thi đua xây dựng nông thôn mới.",
    ),
    ("not-nfc", "Trie\u{323}\u{302}u Sơn", "Triệu Sơn"),
    (
        "number-style-repeated",
        "2. Giải pháp\n1. Quán triệt Chỉ thị.",
        "2. Giải pháp\na) Quán triệt Chỉ thị.\n- Đổi mới.",
    ),
    (
        "parts-plan-sum",
        "Thu ước đạt 100,0 tỷ đồng, bằng 50,0% dự toán; trong đó: thuế ước đạt 60,0 tỷ đồng, bằng 50,0% dự toán, phí ước đạt 40,0 tỷ đồng, bằng 20,0% dự toán.",
        "Thu ước đạt 100,0 tỷ đồng, bằng 50,0% dự toán; trong đó: thuế ước đạt 60,0 tỷ đồng, bằng 50,0% dự toán, phí ước đạt 40,0 tỷ đồng, bằng 50,0% dự toán.",
    ),
    (
        "parts-prior-sum",
        "Thu đạt 175,8 tỷ đồng, tăng 3,9% so với cùng kỳ; trong đó: phí đạt 38,5 tỷ đồng, bằng 81,5% so với cùng kỳ, đất đạt 137,4 tỷ đồng, tăng 12,1% so với cùng kỳ.",
        "Thu đạt 175,8 tỷ đồng, tăng 3,5% so với cùng kỳ; trong đó: phí đạt 38,5 tỷ đồng, bằng 81,5% so với cùng kỳ, đất đạt 137,4 tỷ đồng, tăng 12,1% so với cùng kỳ.",
    ),
    (
        "parts-sum",
        "Quyết toán 74 công trình (huyện: 27 c.trình, xã: 48 c.trình).",
        "Quyết toán 74 công trình (huyện: 26 c.trình, xã: 48 c.trình).",
    ),
    (
        "percent-recomputed",
        "Có 43 DN, bằng 53,7% kế hoạch huyện giao (KH: 80 DN).",
        "Có 43 DN, bằng 61,4% kế hoạch tỉnh giao (KH: 70 DN), bằng 53,8% kế hoạch huyện giao (KH: 80 DN).",
    ),
    (
        "points-as-percent",
        "Nông nghiệp chiếm 14,6%, giảm 1,4%.",
        "Nông nghiệp chiếm 14,6%, giảm 1,4 điểm phần trăm; xuất khẩu tăng 3%.",
    ),
    (
        "share-sum",
        "Cơ cấu: nông nghiệp chiếm 14,6%, công nghiệp 49,5%, dịch vụ 37,9%.",
        "Cơ cấu: nông nghiệp chiếm 14,6%, công nghiệp 49,5%, dịch vụ 35,9%. Tỷ trọng nông nghiệp 14,6%, dịch vụ 35,9%.",
    ),
    ("space-before-mark", "Nông nghiệp , dịch vụ.", "Nông nghiệp, dịch vụ ... và (các) ngành."),
    ("special-capital", "Đời sống nhân dân.", "Đời sống Nhân dân; Hội đồng nhân dân; Công an nhân dân."),
    ("straight-quotes", "Gọi là \"một\".", "Gọi là “một”."),
    ("stray-markup", "Phong trào *thi đua*.", "Phong trào thi đua."),
    (
        "tone-placement",
        "Nếp sống văn hoá, cấp uỷ, ngoẻo.",
        "Văn hóa, cấp ủy, thủy sản, quý, khoản, hoàn, tuyển, thuở, quả.",
    ),
    (
        "total-without-preposition",
        "Nâng tỷ lệ lao động được đào tạo 68,4%.",
        "Nâng tỷ lệ lao động được đào tạo lên 68,4%.",
    ),
    ("unclosed-quote", "Kiểu mẫu\"; phong trào mới.", "Gọi là \"kiểu mẫu\"; phong trào “mới”."),
    ("unexplained-abbreviation", "Trường THCS đạt chuẩn.", "An toàn thực phẩm (ATTP) theo MTTQ, KT-XH, ATTP, phần II."),
    ("unknown-body", "Theo Sở Ngoại vụ và UBND.", "Ban hành văn bản, Bộ tiêu chí, Hội nghị; theo Sở Nội vụ."),
    ("unknown-instrument", "Chỉ thị số 99-CT/TW.", "Chỉ thị số 34-CT/TW; Kế hoạch năm 2020."),
    (
        "unknown-movement",
        "Phong trào “Chung tay”.",
        "Phong trào “Ngày vì người nghèo”; phong trào sôi nổi; gọi là “Chung tay”.",
    ),
    (
        "unknown-place",
        "Tại xã Tân Phúc và các xã Dân Lý.",
        "Tại xã hội, xã NTM, các xã Dân Lý, Minh Sơn; tỉnh Thanh Hóa.",
    ),
    (
        "wrong-instrument-title",
        "Chỉ thị 34-CT/TW của Bộ Chính trị \"về việc tiếp tục đổi mới, đẩy mạnh phong trào\".",
        "Chỉ thị 34-CT/TW của Bộ Chính trị về tiếp tục đổi mới công tác thi đua, khen thưởng đến cấp ủy.",
    ),
];

#[test]
fn each_code_has_a_text_that_raises_it_and_a_near_miss() {
    for (code, wrong, right) in CASES {
        assert!(codes(wrong).contains(code), "{code} is not raised by: {wrong}");
        assert!(!codes(right).contains(code), "{code} is raised by: {right}\n{:?}", remarks(right));
    }
}

#[test]
fn every_code_is_tested_and_listed_once_in_order() {
    let tested: Vec<&str> = CASES.iter().map(|(code, _, _)| *code).collect();
    assert_eq!(tested, CODES);
    assert!(CODES.is_sorted());
}

#[test]
fn remarks_use_only_listed_codes() {
    let all: String = CASES.iter().map(|(_, wrong, _)| format!("{wrong}\n")).collect();
    assert!(codes(&all).iter().all(|code| CODES.contains(code)));
}

#[test]
fn rounding_explains_a_tenth_but_not_more() {
    let sum = |parts: &str| {
        one(
            "parts-sum",
            &format!("Thu ước đạt 175,8 tỷ đồng; trong đó: phí đạt 38,5 tỷ đồng, đất đạt {parts} tỷ đồng."),
        )
        .0
    };
    assert_eq!(sum("137,4"), Severity::Residue);
    assert_eq!(sum("137,9"), Severity::Error);
    assert_eq!(sum("130,0"), Severity::Hint, "a breakdown may leave something out");
    let percent =
        |printed: &str| one("percent-recomputed", &format!("Có 43 DN, bằng {printed}% kế hoạch (KH: 80 DN).")).0;
    assert_eq!(percent("53,7"), Severity::Residue);
    assert_eq!(percent("53"), Severity::Residue);
    assert_eq!(percent("57,3"), Severity::Error);
    let share = |last: &str| one("share-sum", &format!("Cơ cấu: a chiếm 33,3%, b 33,3%, c {last}%.")).0;
    assert_eq!(share("33,3"), Severity::Residue);
    assert_eq!(share("33,9"), Severity::Error);
}

#[test]
fn a_rounded_value_leaves_room_for_the_percentage() {
    let text = "Đạt 9,4 tỷ đồng, bằng 54,5% kế hoạch (KH: 17,3 tỷ đồng).";
    assert!(!codes(text).contains("percent-recomputed"));
    assert!(codes(&text.replace("54,5", "55,5")).contains("percent-recomputed"));
    assert!(codes("Hoàn thành 13/29 chuỗi, chiếm 48,8%.").contains("percent-recomputed"));
    assert!(!codes("Hoàn thành 13/29 chuỗi, chiếm 44,8%.").contains("percent-recomputed"));
}

#[test]
fn a_part_may_not_exceed_its_whole() {
    assert!(codes("Có 14 lao động, trong đó có 56 lao động đi xa.").contains("parts-sum"));
    assert!(!codes("Có 1.437 lao động, trong đó có 56 lao động đi xa.").contains("parts-sum"));
}

#[test]
fn the_tone_moves_only_where_the_syllable_ends_in_oa_oe_uy() {
    for (school, official) in
        [("hoá", "hóa"), ("xoè", "xòe"), ("thuỷ", "thủy"), ("Uỷ", "Ủy"), ("UỶ", "ỦY"), ("loạ", "lọa")]
    {
        assert_eq!(spelling::old_tone_placement(school), official);
    }
    for same in ["quý", "Quỳ", "hoàn", "huỳnh", "khoẻn", "hóa", "thuở", "à", ""] {
        assert_eq!(spelling::old_tone_placement(same), same);
    }
}

#[test]
fn a_breakdown_within_a_breakdown_is_not_added_up() {
    let text = "Thu đạt 100 tỷ đồng; trong đó: thuế đạt 60 tỷ đồng; trong đó: phí đạt 50 tỷ đồng, lệ phí đạt 10 tỷ đồng; đất đạt 40 tỷ đồng.";
    assert!(!codes(text).contains("parts-sum"));
}

#[test]
fn remarks_carry_the_facts_of_their_sentence() {
    assert_eq!(
        one("former-place", "Tại các xã Dân Lý (0,5 ha), Tân Ninh và Minh Sơn."),
        (
            Severity::Error,
            "Tân Ninh".into(),
            vec!["name=Tân Ninh".into(), "until=30/11/2019".into(), "now=thị trấn Nưa".into()]
        )
    );
    let text = "Chỉ thị số 34-CT/TW của Bộ Chính trị \"về việc tiếp tục đổi mới công tác, đẩy mạnh phong trào thi đua yêu nước, phát hiện, bồi dưỡng điển hình tiên tiến\".";
    let (severity, _, facts) = one("wrong-instrument-title", text);
    assert_eq!(severity, Severity::Error);
    assert!(facts.contains(&"belongs-to=39-CT/TW".to_owned()), "{facts:?}");
    let (_, _, facts) = one("unknown-movement", "Phong trào “Ngày hội vì người nghèo”.");
    assert_eq!(facts, ["name=Ngày hội vì người nghèo", "nearest=Ngày vì người nghèo"]);
    let (_, spot, facts) = one("named-count", "Có 3 xã: Tiến Nông, Dân Lý.");
    assert_eq!(spot, "3 xã: Tiến Nông, Dân Lý");
    assert_eq!(facts, ["stated=3", "measure=xã", "named=2"]);
}

#[test]
fn a_movement_without_a_name_is_pointed_at_by_its_marks() {
    let (_, spot, facts) = one("unknown-movement", "Phát động phong trào \"\".");
    assert_eq!((&*spot, facts), ("\"\"", vec!["name=".to_owned(), "nearest=".to_owned()]));
}

#[test]
fn several_quoted_movements_are_judged_one_by_one() {
    let text = "Các phong trào: \"Ngày vì người nghèo\", \"Chung tay\"; \"Góp sức\" và “Vì an ninh Tổ quốc”.";
    let unknown: Vec<Remark> = remarks(text).into_iter().filter(|r| r.code == "unknown-movement").collect();
    assert_eq!(unknown.len(), 2);
    assert!(codes(text).contains("non-canonical-movement"));
}

#[test]
fn open_places_are_hints_in_a_draft() {
    let lines = [Line::raw("đầu", "Số:      /BC-UBND"), Line::raw("ngày", "Triệu Sơn, ngày … tháng 7 năm 2020")];
    let severities = |stage| -> Vec<(&str, Severity)> {
        let open = |remark: &Remark| remark.code.starts_with("empty");
        check(&lines, &names(stage)).iter().filter(|r| open(r)).map(|r| (r.code, r.severity)).collect()
    };
    assert_eq!(severities(Stage::Draft), [("empty-number", Severity::Hint), ("empty-date", Severity::Hint)]);
    assert_eq!(severities(Stage::Issued), [("empty-number", Severity::Error), ("empty-date", Severity::Error)]);
}

#[test]
fn remarks_come_in_reading_order() {
    let found = remarks("Nếp sống văn hoá.\nLực lượng vũ trangChỉ đạo ở xã Tân Phúc.\nGọi là \"một\".");
    let order: Vec<(&str, &str)> = found.iter().map(|remark| (remark.place.as_str(), remark.code)).collect();
    assert_eq!(
        order,
        [
            ("dòng 1", "tone-placement"),
            ("dòng 2", "glued-words"),
            ("dòng 2", "unknown-place"),
            ("dòng 3", "straight-quotes")
        ]
    );
}

#[test]
fn a_good_paragraph_raises_nothing() {
    let text = "1. Kết quả\n\
        Thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị về tiếp tục đổi mới công tác thi đua, khen thưởng, \
        UBND huyện Triệu Sơn đã phát động phong trào “Ngày vì người nghèo”; thu ngân sách ước đạt 175,8\u{a0}tỷ đồng, bằng \
        62,8% dự toán tỉnh giao, tăng 3,5% so với cùng kỳ; trong đó: thu tiền sử dụng đất ước đạt 137,3\u{a0}tỷ đồng; thu khác \
        ước đạt 38,5\u{a0}tỷ đồng. Có 2\u{a0}xã: Tiến Nông, Dân Lý được công nhận, nâng tổng số xã đạt chuẩn lên 33\u{a0}xã, \
        chiếm 97% số xã; hoàn thành 13/29\u{a0}chuỗi cung ứng như: rau, thịt… Đời sống Nhân dân ổn định.";
    assert_eq!(remarks(text), []);
}

proptest! {
    #[test]
    fn any_text_is_checked_and_spans_lie_between_letters(
        text in "(\\PC|[0-9.,/%;:\"“”() -]|xã |các xã |phong trào |bằng 5% kế hoạch \\(KH: 3\\)|trong đó: |8 xã: |Chỉ thị số 34-CT/TW |Hội |[A-ZĐ]){0,50}"
    ) {
        let lines = [Line::raw("một", &text), Line { number: "a.".into(), ..Line::raw("hai", &text) }];
        for remark in check(&lines, &names(Stage::Issued)) {
            let line = lines.iter().find(|line| line.place == remark.place).unwrap();
            if let Some((from, to)) = remark.span {
                prop_assert!(line.text.get(from..to).is_some_and(|spot| !spot.is_empty()), "{remark:?}");
            }
        }
    }
}
