//! Every kind of figure clause of the founding report, with its exact text, and the edges around it.

use proptest::prelude::*;
use thidua_base::{Date, Number};

use super::*;
use crate::grammar::{Certainty, PlanNoun, Qualifier, TotalKind, Verb};

fn n(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// No-break spaces shown as plain ones, so that expectations stay readable.
fn plain(clause: &Clause) -> String {
    clause.text().replace('\u{a0}', " ")
}

fn said<'a>(number: &str, decimals: u8, measure: &'a str) -> ValueSaid<'a> {
    ValueSaid {
        amount: Amount::new(n(number), decimals, measure),
        verb: Verb::Reached,
        certainty: Certainty::Final,
        qualifier: Qualifier::Exactly,
    }
}

fn levels(actual: &str, base: &str) -> Compared {
    Compared::Levels { actual: n(actual), base: n(base) }
}

fn prior_text(compared: Compared, decimals: u8) -> String {
    plain(&prior(&PriorSaid::new(compared, decimals)))
}

#[test]
fn levels_with_estimate_and_qualifier() {
    let estimated = ValueSaid { certainty: Certainty::Estimated, ..said("9427", 0, "tỷ đồng") };
    assert_eq!(value(&estimated).text(), "ước đạt 9.427\u{a0}tỷ đồng");
    assert_eq!(plain(&value(&said("14854.7", 1, "ha"))), "đạt 14.854,7 ha");
    assert_eq!(plain(&value(&said("65.7", 1, "tạ/ha"))), "đạt 65,7 tạ/ha");
    assert_eq!(plain(&value(&said("83.1", 1, "%"))), "đạt 83,1%");
    assert_eq!(plain(&value(&ValueSaid { verb: Verb::Left, ..said("12.5", 1, "%") })), "còn 12,5%");
    let more_than = ValueSaid { qualifier: Qualifier::Above, ..estimated };
    let debts = ValueSaid { amount: Amount::new(n("9.8"), 1, "tỷ đồng"), ..more_than };
    assert_eq!(plain(&value(&debts)), "ước đạt trên 9,8 tỷ đồng");
    let sown = ValueSaid { verb: Verb::None, qualifier: Qualifier::Above, ..said("96", 0, "%") };
    assert_eq!(plain(&value(&sown)), "trên 96%");
    assert_eq!(plain(&value(&ValueSaid { verb: Verb::None, ..said("175.75", 2, "ha") })), "175,75 ha");
}

#[test]
fn rounding_never_makes_more_than_untrue() {
    let above = ValueSaid { qualifier: Qualifier::Above, ..said("9.86", 1, "tỷ đồng") };
    assert_eq!(plain(&value(&above)), "đạt trên 9,8 tỷ đồng");
    let nearly = ValueSaid { qualifier: Qualifier::Nearly, ..said("9.81", 1, "tỷ đồng") };
    assert_eq!(plain(&value(&nearly)), "đạt gần 9,9 tỷ đồng");
    assert_eq!(plain(&value(&said("9.86", 1, "tỷ đồng"))), "đạt 9,9 tỷ đồng");
}

#[test]
fn plans_with_assigner_and_stated_figure() {
    let plan_of = |actual, target, decimals, noun, assigner| {
        let said = PlanSaid { assigner, ..PlanSaid::new(n(actual), n(target), decimals, noun) };
        plain(&plan(&said))
    };
    assert_eq!(plan_of("9427", "17297.3", 1, PlanNoun::Plan, None), "bằng 54,5% kế hoạch");
    assert_eq!(plan_of("175.8", "279.9", 1, PlanNoun::Budget, Some("tỉnh")), "bằng 62,8% dự toán tỉnh giao");
    assert_eq!(plan_of("175.8", "391.5", 1, PlanNoun::Budget, Some("huyện")), "bằng 44,9% dự toán huyện giao");
    assert_eq!(plan_of("1437", "3500", 0, PlanNoun::Plan, None), "bằng 41% kế hoạch");
    assert_eq!(plan_of("1", "1", 0, PlanNoun::Target, Some("tỉnh")), "đạt 100% chỉ tiêu tỉnh giao");
    assert_eq!(plan_of("99.98", "100", 1, PlanNoun::Plan, None), "bằng 100,0% kế hoạch");
    assert_eq!(plan_of("5", "0", 1, PlanNoun::Plan, None), "kế hoạch bằng 0");
    assert_eq!(plan_of("5", "-1", 1, PlanNoun::Plan, Some("tỉnh")), "kế hoạch tỉnh giao là số âm");
}

#[test]
fn enterprises_against_two_plans_and_the_override_of_2020() {
    let stated = Some(StatedPlan { decimals: 0, measure: "DN" });
    let province = PlanSaid { assigner: Some("tỉnh"), stated, ..PlanSaid::new(n("43"), n("70"), 1, PlanNoun::Plan) };
    let district = PlanSaid { assigner: Some("huyện"), plan: n("80"), ..province };
    assert_eq!(plain(&plan(&province)), "bằng 61,4% kế hoạch tỉnh giao (KH: 70 DN)");
    assert_eq!(plain(&plan(&district)), "bằng 53,8% kế hoạch huyện giao (KH: 80 DN)");
    let as_printed = PlanSaid { printed: Some("53,7"), ..district };
    assert_eq!(plain(&plan(&as_printed)), "bằng 53,7% kế hoạch huyện giao (KH: 80 DN)");
}

#[test]
fn small_targets_are_met_exceeded_or_missed() {
    let met_text = |actual, target| {
        let said = MetSaid { actual: n(actual), target: n(target), decimals: 0, measure: "bếp" };
        plain(&met(&said).in_brackets())
    };
    assert_eq!(met_text("1", "1"), " (đạt 100%)");
    assert_eq!(met_text("3", "2"), " (vượt 1 bếp)");
    assert_eq!(met_text("1", "3"), " (còn thiếu 2 bếp)");
}

#[test]
fn the_same_period_is_worded_by_the_value() {
    assert_eq!(prior_text(levels("9427", "8327.7"), 1), "tăng 13,2% so với cùng kỳ");
    assert_eq!(prior_text(levels("14854.7", "15282.6"), 1), "bằng 97,2% so với cùng kỳ");
    assert_eq!(prior_text(levels("975", "1548"), 0), "bằng 63% so với cùng kỳ");
    assert_eq!(prior_text(levels("50", "50"), 1), "bằng cùng kỳ");
    assert_eq!(prior_text(levels("9995", "10000"), 1), "tương đương cùng kỳ");
    assert_eq!(prior_text(levels("5", "0"), 1), "không tính được tỷ lệ so với cùng kỳ (kỳ gốc bằng 0)");
    assert_eq!(prior_text(levels("5", "-1"), 1), "không tính được tỷ lệ so với cùng kỳ (kỳ gốc âm)");
    assert_eq!(prior_text(Compared::Growth(n("3.6")), 1), "tăng 3,6% so với cùng kỳ");
    assert_eq!(prior_text(Compared::Growth(n("-5.2")), 1), "bằng 94,8% so với cùng kỳ");
    assert_eq!(prior_text(Compared::Growth(n("-0.05")), 1), "tương đương cùng kỳ");
}

#[test]
fn transport_speaks_of_goods_and_passengers_in_one_clause() {
    let goods = PriorSaid::new(levels("569", "556.2"), 1);
    let passengers = PriorSaid::new(levels("432", "539.3"), 1);
    assert_eq!(
        plain(&prior_by_aspect(&[(goods, "hàng hóa"), (passengers, "lượt khách")])),
        "so với cùng kỳ tăng 2,3% về hàng hóa, bằng 80,1% về lượt khách"
    );
}

#[test]
fn differences_growths_and_share_changes() {
    let difference = |actual, base| {
        let said = DeltaSaid { actual: n(actual), base: n(base), decimals: 0, measure: "DN", printed: None };
        plain(&delta(&said))
    };
    assert_eq!(difference("43", "42"), "tăng 1 DN so với cùng kỳ");
    assert_eq!(difference("40", "43"), "giảm 3 DN so với cùng kỳ");
    assert_eq!(difference("43", "43"), "bằng cùng kỳ");

    let growth_text = |text| plain(&growth(&GrowthSaid::new(Compared::Growth(n(text)), 1)));
    assert_eq!(growth_text("18.8"), "tăng 18,8%");
    assert_eq!(growth_text("-2"), "giảm 2,0%");
    assert_eq!(growth_text("0"), "không đổi");

    let change = |actual, base, level| {
        let said = ShareChangeSaid { actual: n(actual), base: n(base), decimals: 1, level: n(level), printed: None };
        plain(&share_change(&said))
    };
    assert_eq!(change("14.6", "16.0", "0.1"), "giảm 1,4 điểm phần trăm");
    assert_eq!(change("49.5", "48.2", "0.1"), "tăng 1,3 điểm phần trăm");
    assert_eq!(change("35.9", "35.8", "0.1"), "tương đương cùng kỳ");
    assert_eq!(change("35.9", "35.8", "0"), "tăng 0,1 điểm phần trăm");
}

#[test]
fn totals_with_and_without_their_share() {
    let schools = ShareSaid { part: n("85"), whole: n("108"), decimals: 1, of: None, printed: None };
    let reached = [Amount::new(n("85"), 0, "trường")];
    let total_of_schools =
        TotalSaid { kind: TotalKind::Count, name: "trường đạt chuẩn", reached: &reached, share: Some(schools) };
    assert_eq!(plain(&total(&total_of_schools)), "nâng tổng số trường đạt chuẩn lên 85 trường, chiếm 78,7%");

    let communes =
        ShareSaid { part: n("33"), whole: n("34"), decimals: 0, of: Some("số xã, thị trấn"), printed: None };
    assert_eq!(plain(&share(&communes)), "chiếm 97% số xã, thị trấn");
    assert!(share(&ShareSaid { whole: n("0"), ..communes }).is_empty());

    let seedlings = [Amount::new(n("30"), 0, "cơ sở"), Amount::new(n("65"), 0, "máy cấy")];
    let name = "cơ sở sản xuất mạ khay";
    let both = TotalSaid { kind: TotalKind::Count, name, reached: &seedlings, share: None };
    assert_eq!(plain(&total(&both)), "nâng tổng số cơ sở sản xuất mạ khay lên 30 cơ sở và 65 máy cấy");

    let trained = [Amount::new(n("68.4"), 1, "%")];
    let rate =
        TotalSaid { kind: TotalKind::Rate, name: "lao động được đào tạo", reached: &trained, share: None };
    assert_eq!(plain(&total(&rate)), "nâng tỷ lệ lao động được đào tạo lên 68,4%");
}

#[test]
fn n_of_m_and_counts_with_names() {
    let chains = NOfM { reached: 13, population: 29, name: "chuỗi cung ứng thực phẩm an toàn" };
    assert_eq!(n_of_m(&chains).text(), "13/29\u{a0}chuỗi cung ứng thực phẩm an toàn");
    let products = ["Mật ong bốn mùa hoa rừng nguyên chất", "Chè sạch Bình Sơn"];
    let named = CountNamed { count: 2, measure: "sản phẩm", names: &products };
    assert_eq!(plain(&count_named(&named)), "có 2 sản phẩm: Mật ong bốn mùa hoa rừng nguyên chất, Chè sạch Bình Sơn");
    let villages =
        CountNamed { count: 2, measure: "thôn", names: &["Thôn 1, xã Thọ Sơn", "Thôn 7, xã Thọ Sơn"] };
    assert_eq!(plain(&count_named(&villages)), "có 2 thôn: Thôn 1, xã Thọ Sơn; Thôn 7, xã Thọ Sơn");
    assert_eq!(plain(&count_named(&CountNamed { names: &[], ..villages })), "có 2 thôn");
}

#[test]
fn a_list_ends_with_an_ellipsis_only_when_something_is_left_out() {
    let items: Vec<Clause> = [("may mặc", "19.6"), ("gạch", "12.9"), ("gỗ xẻ", "14.2")]
        .iter()
        .map(|(name, rate)| growth(&GrowthSaid::new(Compared::Growth(n(rate)), 1)).after(&format!("{name} ")))
        .collect();
    assert_eq!(
        plain(&list(&items, 3, ListStyle::SuchAs)),
        "như: may mặc tăng 19,6%, gạch tăng 12,9%, gỗ xẻ tăng 14,2%"
    );
    assert_eq!(plain(&list(&items, 2, ListStyle::SuchAs)), "như: may mặc tăng 19,6%, gạch tăng 12,9%…");
    assert_eq!(plain(&list(&items, 9, ListStyle::AndLast)), "may mặc tăng 19,6%, gạch tăng 12,9% và gỗ xẻ tăng 14,2%");
    assert_eq!(plain(&list(&items, 2, ListStyle::AndLast)), "may mặc tăng 19,6%, gạch tăng 12,9%…");
    assert_eq!(plain(&list(&items, 1, ListStyle::Plain)), "may mặc tăng 19,6%…");
    assert!(list(&items, 0, ListStyle::SuchAs).is_empty() && list(&[], 3, ListStyle::Plain).is_empty());
}

#[test]
fn breakdowns_follow_the_whole() {
    let revenue = |name: &str, number| {
        value(&ValueSaid { certainty: Certainty::Estimated, ..said(number, 1, "tỷ đồng") }).after(name)
    };
    let whole = revenue("Thu ngân sách ", "175.8");
    let children =
        vec![revenue("thu không bao gồm tiền sử dụng đất ", "38.5"), revenue("thu tiền sử dụng đất ", "137.3")];
    assert_eq!(
        plain(&whole.join(parts(children))),
        "Thu ngân sách ước đạt 175,8 tỷ đồng; trong đó: thu không bao gồm tiền sử dụng đất ước đạt 38,5 tỷ đồng; \
         thu tiền sử dụng đất ước đạt 137,3 tỷ đồng"
    );
    assert!(parts(vec![]).is_empty() && some_of_which(Clause::default()).is_empty());
    let abroad = Clause::figure("56 lao động").say(" đi làm việc ở nước ngoài");
    assert_eq!(plain(&some_of_which(abroad)), ", trong đó có 56 lao động đi làm việc ở nước ngoài");
}

#[test]
fn dates_quotes_and_capitals() {
    assert_eq!(as_of(Date::new(2020, 6, 28).unwrap()).text(), "đến ngày 28/6/2020");
    assert_eq!(quote("Ngày vì người nghèo"), "“Ngày vì người nghèo”");
    assert_eq!(join_vi(&["a", "b", "c"]), "a, b và c");
    assert_eq!((join_vi(&["a"]), join_vi(&[])), ("a".into(), String::new()));
    let run = run_on(vec![Clause::words("Chuyển đổi 187 ha"), Clause::words("Tích tụ"), Clause::figure("Dân Lý")]);
    assert_eq!(run.text(), "Chuyển đổi 187 ha; tích tụ; Dân Lý");
    assert_eq!(
        sentence(vec![Clause::words("đàn bò"), Clause::default(), Clause::words("GTSX")]).text(),
        "Đàn bò, GTSX."
    );
}

#[test]
fn pieces_tell_figures_from_words() {
    let clause = prior(&PriorSaid::new(levels("9427", "8327.7"), 1));
    assert_eq!(
        clause.0,
        [Piece::Words("tăng ".into()), Piece::Figure("13,2%".into()), Piece::Words(" so với cùng kỳ".into())]
    );
}

proptest! {
    #[test]
    fn the_words_agree_with_the_printed_number(actual in 0i64..1_000_000, base in 1i64..1_000_000, decimals in 0u8..=2) {
        let text = prior_text(Compared::Levels { actual: Number::whole(actual), base: Number::whole(base) }, decimals);
        let below = text.starts_with("bằng ") && text.contains('%');
        prop_assert!(!text.contains("giảm") && !text.contains('-'), "{}", text);
        if text.starts_with("tăng") {
            prop_assert!(actual > base && !text.starts_with("tăng 0% ") && !text.contains(" 0,0%"), "{}", text);
        } else if below {
            prop_assert!(actual < base && !text.contains("100"), "{}", text);
        } else {
            prop_assert_eq!(text == "bằng cùng kỳ", actual == base);
        }
    }

    #[test]
    fn more_than_and_nearly_stay_true(digits in 0i64..10_000_000, decimals in 0u8..3) {
        let exact = Number::new(digits, 4).unwrap();
        let printed = |qualifier| {
            let said = ValueSaid {
                amount: Amount::new(exact, decimals, ""),
                verb: Verb::None,
                certainty: Certainty::Final,
                qualifier,
            };
            let text = value(&said).text();
            Number::parse_vi(text.rsplit(' ').next().unwrap()).unwrap()
        };
        prop_assert!(printed(Qualifier::Above) <= exact);
        prop_assert!(printed(Qualifier::Nearly) >= exact);
    }
}

#[test]
fn a_figure_that_should_fall_is_held_against_its_limit_without_a_percentage() {
    let said = |actual: &str, assigner| {
        let limit = Amount::new(Number::parse("5").unwrap(), 0, "%");
        limit_kept(&LimitSaid { actual: Number::parse(actual).unwrap(), limit, noun: PlanNoun::Plan, assigner }).text()
    };
    assert_eq!(said("3", None), "đạt kế hoạch (không quá 5%)");
    assert_eq!(said("5", Some("tỉnh")), "đạt kế hoạch tỉnh giao (không quá 5%)");
    assert_eq!(said("5.1", Some("tỉnh")), "chưa đạt kế hoạch tỉnh giao (không quá 5%)");
}
