//! What a chairman reads aloud.

use std::collections::BTreeMap;

use thidua_base::code::{CriterionCode, OrgId, PlanId};
use thidua_base::{Date, Number, Timestamp};
use thidua_domain::cluster::evidence::{Claim, Claimed};
use thidua_domain::cluster::explain::explained;
use thidua_domain::cluster::measure::{Measurement, Target};
use thidua_domain::cluster::rank::rank;
use thidua_domain::cluster::review::{Excusal, Excused, Reviewed, Verdict};
use thidua_domain::cluster::scheme::{Level, Scheme, read, shipped};
use thidua_domain::cluster::score::Round;
use thidua_domain::indicator::{Comparator, Value};
use thidua_prose::write::Clause;

use super::{Called, Tongue, in_english, in_vietnamese, rank_said, total_said};

const SCHEME: &str = r#"
code = "THU"
version = 1
name = "Bảng tiêu chí thử"
issuer = "Hội đồng thử"
status = "draft"
valid-from = 2026-01-01
marks = ["council", "appraisal"]

[scale]
content = 60

[[criterion]]
code = "A"
label = "Kinh tế"
label-en = "Economy"
max = 60

[[criterion]]
code = "A.1"
under = "A"
label = "Thu ngân sách"
label-en = "Revenue"
max = 20
rule = { kind = "leader", at-target = 50, outlier = "cap", outlier-limit = 100, no-target = "among-themselves", zero-target = "met-or-not" }

[[criterion]]
code = "A.2"
under = "A"
label = "Hộ nghèo"
label-en = "Poor households"
max = 20
rule = { kind = "plan", curve = "banded", bands = [{ from = 100, points = 20 }, { from = 90, points = 10 }], no-target = "unscored", zero-target = "met-or-not" }

[[criterion]]
code = "A.3"
under = "A"
label = "Giá trị sản xuất"
label-en = "Output"
max = 20
rule = { kind = "plan", curve = "proportional", full-at = 100, cap = 100, no-target = "not-assigned", zero-target = "unscored" }
"#;

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn unit(id: &str) -> OrgId {
    OrgId::parse(id).unwrap()
}

fn code(text: &str) -> CriterionCode {
    CriterionCode::parse(text).unwrap()
}

fn noon() -> Timestamp {
    Timestamp::parse("2026-12-01T12:00:00+07:00").unwrap()
}

fn figure(actual: &str, target: &str, comparator: Comparator) -> Measurement {
    let target = Target {
        value: n(target),
        comparator,
        plan: PlanId::parse("kh-2026").unwrap(),
        assigner: unit("tinh"),
        decided_on: Date::parse("2026-01-05").unwrap(),
    };
    Measurement { target: Some(target), ..Measurement::of(Value::Of(n(actual))) }
}

/// Xã An leads far above, xã Bình is above, xã Cường below.
fn round() -> Round {
    let mut round = Round { members: ["an", "binh", "cuong"].map(unit).to_vec(), ..Round::default() };
    for (id, actual) in [("an", "300"), ("binh", "150"), ("cuong", "90.5")] {
        round.figures.set(&unit(id), &code("A.1"), figure(actual, "100", Comparator::AtLeast));
        round.figures.set(&unit(id), &code("A.2"), figure("4.2", "4", Comparator::AtMost));
        round.figures.set(&unit(id), &code("A.3"), figure("1042", "1000", Comparator::AtLeast));
    }
    round
}

fn said(scheme: &Scheme, round: &Round, whose: &str, criterion: &str) -> (String, String) {
    let sheets = round.score(scheme).unwrap();
    let sheet = sheets.iter().find(|sheet| sheet.unit == unit(whose)).unwrap();
    let explanation = explained(scheme, sheet, scheme.place(&code(criterion)).unwrap()).unwrap();
    let units =
        [("an", "xã An"), ("binh", "xã Bình"), ("cuong", "xã Cường")].map(|(id, name)| (unit(id), name.to_owned()));
    let measures = [("A.1", "tỷ đồng"), ("A.2", "%"), ("A.3", "tỷ đồng")].map(|(of, is)| (code(of), is.to_owned()));
    let (units, measures) = (BTreeMap::from(units), BTreeMap::from(measures));
    let called = Called { units: &units, measures: &measures };
    let joined =
        |clauses: Vec<Clause>| clauses.iter().map(Clause::text).collect::<Vec<_>>().join(" ").replace('\u{a0}', " ");
    (joined(in_vietnamese(&explanation, called)), joined(in_english(&explanation, called)))
}

#[test]
fn the_formula_is_said_with_its_numbers_and_the_leader() {
    let scheme = read("thu.toml", SCHEME).unwrap();
    let (vi, en) = said(&scheme, &round(), "binh", "A.1");
    assert_eq!(
        vi,
        "Tiêu chí A.1 “Thu ngân sách” được 15 trên 20 điểm. Thực hiện 150 tỷ đồng, kế hoạch giao 100 tỷ đồng, \
         vượt 50%; dẫn đầu cụm là xã An, vượt 200%, chỉ tính 100% theo mức trần; điểm bằng 10 + 10 × 50 / 100, \
         làm tròn đến 0,01."
    );
    assert_eq!(
        en,
        "Criterion A.1 “Revenue” has 15 of 20 points. Actual 150 tỷ đồng, plan 100 tỷ đồng, 50% above; the leader is \
         xã An, 200% above, counted as 100% by the cap; the mark is 10 + 10 × 50 / 100, rounded to 0,01."
    );
    let (vi, _) = said(&scheme, &round(), "an", "A.1");
    assert!(vi.contains("vượt 200%, cao nhất cụm nên được điểm tối đa."), "{vi}");
    let (vi, _) = said(&scheme, &round(), "cuong", "A.1");
    assert!(vi.contains("thấp hơn 9,5%; điểm bằng 10 × 90,5%; dẫn đầu cụm là xã An"), "{vi}");
}

#[test]
fn a_band_shows_enough_digits_not_to_be_misread() {
    let scheme = read("thu.toml", SCHEME).unwrap();
    let (vi, _) = said(&scheme, &round(), "an", "A.2");
    assert_eq!(
        vi,
        "Tiêu chí A.2 “Hộ nghèo” được 10 trên 20 điểm. Thực hiện 4,2%, kế hoạch giao không quá 4%, đạt 95% kế hoạch, \
         thuộc mức từ 90% trở lên."
    );
    let mut near = round();
    near.figures.set(&unit("an"), &code("A.2"), figure("99.9999", "100", Comparator::AtLeast));
    let (vi, _) = said(&scheme, &near, "an", "A.2");
    assert!(vi.contains("đạt 99,9999% kế hoạch, thuộc mức từ 90% trở lên"), "{vi}");
}

#[test]
fn what_was_changed_excused_and_left_open_is_said() {
    let scheme = read("thu.toml", SCHEME).unwrap();
    let mut round = round();
    round.reviews.add(
        &unit("binh"),
        &code("A.1"),
        Reviewed {
            level: Level::Appraisal,
            verdict: Verdict::Points(n("14")),
            over: n("16"),
            reason: "số thu gồm 2 tỷ đồng ghi nhầm".to_owned(),
            by: "Nguyễn Văn An".to_owned(),
            by_unit: None,
            at: noon(),
        },
    );
    let (vi, en) = said(&scheme, &round, "binh", "A.1");
    assert!(vi.starts_with("Tiêu chí A.1 “Thu ngân sách” được 14 trên 20 điểm."), "{vi}");
    assert!(
        vi.contains("Thẩm định sửa từ 16 thành 14 điểm, lý do: số thu gồm 2 tỷ đồng ghi nhầm (Nguyễn Văn An)."),
        "{vi}"
    );
    assert!(vi.contains("được quyết định khi điểm bên dưới là 16, nay là 15; điểm đã quyết định giữ nguyên"), "{vi}");
    assert!(en.contains("The appraisal changed it from 16 to 14"), "{en}");
    let excusal = Excusal {
        why: Excused::NotAssigned,
        reason: "xã không có rừng".to_owned(),
        by: "Tổ thẩm định".to_owned(),
        at: noon(),
    };
    round.reviews.excuse(&unit("binh"), &code("A.3"), excusal);
    let (vi, _) = said(&scheme, &round, "binh", "A.3");
    assert_eq!(
        vi,
        "Tiêu chí A.3 “Giá trị sản xuất” được 0 điểm. Không giao tiêu chí này cho đơn vị (Tổ thẩm định: xã không có \
         rừng), không tính vào điểm tối đa của đơn vị."
    );
    let (vi, _) = said(&scheme, &round, "an", "A");
    assert!(vi.contains("Cộng các tiêu chí con: A.1 20, A.2 10, A.3 20; tổng 50 điểm."), "{vi}");
}

fn joined(clauses: &[Clause]) -> String {
    clauses.iter().map(Clause::text).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_total_the_grade_and_the_rank_are_said() {
    let scheme = read(
        "thu.toml",
        &format!(
            "{SCHEME}\n[[grade]]\ncode = \"tot\"\nname = \"Tốt\"\nname-en = \"Good\"\nfrom = 40\n[[grade]]\ncode = \"kha\"\n\
             name = \"Khá\"\nfrom = \"none\"\n[[condition]]\ngrade = \"tot\"\nkind = \"share\"\nof = \"A.2\"\nleast = 60\n"
        ),
    )
    .unwrap();
    let sheets = round().score(&scheme).unwrap();
    let last = BTreeMap::from([(unit("an"), 3), (unit("binh"), 1)]);
    let ranking = rank(&scheme, &sheets, &last).unwrap();
    assert_eq!(
        joined(&total_said(&scheme, &sheets[0], Tongue::Vietnamese)),
        "Tổng điểm 50: nội dung 50 trên 60, thưởng 0, trừ 0. Xếp loại Khá. Không được xếp loại Tốt vì tiêu chí A.2 mới \
         đạt 50% điểm tối đa, cần ít nhất 60%."
    );
    assert_eq!(
        joined(&rank_said(&scheme, &ranking, &ranking.rows[0], Tongue::Vietnamese)),
        "Xếp thứ 1, 50 điểm, tăng 2 bậc so với năm trước. Hơn bình quân của cụm nhiều nhất ở: A.1 5,32. Điểm xếp hạng \
         của mỗi tiêu chí lấy theo cấp chấm đầu tiên có điểm trong thứ tự: hội đồng, thẩm định, tự chấm."
    );
    let english = joined(&rank_said(&scheme, &ranking, &ranking.rows[1], Tongue::English));
    assert!(english.starts_with("Its rank is 2, with 45 points, down 1 on last year."), "{english}");
}

#[test]
fn a_shared_rank_says_why_it_is_shared() {
    let scheme = read("thu.toml", &SCHEME.replace("marks = ", "ties = [\"A.1\", \"vote\"]\nmarks = ")).unwrap();
    let mut round = round();
    round.figures.set(&unit("an"), &code("A.1"), figure("150", "100", Comparator::AtLeast));
    let sheets = round.score(&scheme).unwrap();
    let ranking = rank(&scheme, &sheets, &BTreeMap::new()).unwrap();
    let said = joined(&rank_said(&scheme, &ranking, &ranking.rows[0], Tongue::Vietnamese));
    assert!(said.starts_with("Xếp thứ 1, đồng hạng 2 đơn vị, 50 điểm."), "{said}");
    assert!(said.contains("chờ hội đồng biểu quyết, đến khi đó vẫn đồng hạng."), "{said}");
}

#[test]
fn a_penalty_is_said_as_taken_and_a_count_as_counted() {
    let draft = shipped().unwrap().remove(0);
    let mut round = Round { members: vec![unit("an")], ..Round::default() };
    for (criterion, count) in [("IX.3", "7"), ("VII.1.a", "2")] {
        let (claim, note, by) = (Claim::Amount(n(count)), String::new(), String::new());
        round.evidence.add(&unit("an"), &code(criterion), Claimed { claim, files: vec![], note, by, at: noon() });
    }
    let (vi, en) = said(&draft, &round, "an", "IX.3");
    assert_eq!(
        vi,
        "Tiêu chí IX.3 “Báo cáo chậm” trừ 5 điểm, tối đa 5. Đếm được 7, nhân 1 điểm bằng 7 điểm, chỉ tính đến mức tối đa 5."
    );
    assert_eq!(
        en,
        "Criterion IX.3 “Late reports” takes 5 points, at most 5. 7 counted, at 1 points each, make 7, of which 5 count."
    );
    // Claimed without evidence where the scheme asks for it.
    let (vi, _) = said(&draft, &round, "an", "VII.1.a");
    assert!(vi.ends_with("Không có minh chứng nên không có điểm; theo kê khai thì được 2 điểm."), "{vi}");
}

#[test]
fn every_leaf_of_every_scheme_can_be_said_in_both_languages() {
    for scheme in shipped().unwrap() {
        let mut round = Round { members: vec![unit("an")], ..Round::default() };
        for (_, leaf) in scheme.leaves() {
            for claim in [Claim::Yes, Claim::Amount(n("1")), Claim::Option("a".to_owned()), Claim::Points(n("1"))] {
                let fits = thidua_domain::cluster::score::answer_fits(leaf, &claim).is_ok();
                if fits {
                    let claimed = Claimed { claim, files: vec![], note: String::new(), by: String::new(), at: noon() };
                    round.evidence.add(&unit("an"), &leaf.code, claimed);
                }
            }
        }
        for criterion in &scheme.criteria {
            let (vi, en) = said(&scheme, &round, "an", criterion.code.as_str());
            for text in [&vi, &en] {
                assert!(text.ends_with('.') && !text.contains("..") && !text.contains("  "), "{text}");
            }
        }
    }
}
